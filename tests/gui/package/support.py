"""A bid on a desk in memory with files in a folder: nothing is parsed, the review is the test's own."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.core.checklist import Tender
from app.core.document import AnswerType
from app.core.points import Answer, PointKind
from app.workflow.desk import Desk
from tests.support.desks import desk_of, point, work
from tests.support.memory_store import MemoryStore

__all__ = ["bid", "link"]

LAST = Tender(name="Drift av växel", buyer="Storköpings kommun", reference="KS 2026/17", tender_deadline="2099-12-04T23:59")


def bid(folder: Path) -> tuple[Desk, MemoryStore]:
    """Two questions and an attachment; the letter is linked to it, the second question is answered."""
    attachment = work(2, item=point(2, PointKind.ATTACHMENT))
    first = work(1, item=replace(point(1), answer=Answer(AnswerType.TEXT)))
    second = work(
        3, item=replace(point(3), text="Har leverantören jour för driftstörningar?"), answer="Ja, dygnet runt.\nMed jour."
    )
    desk, store = desk_of(first, attachment, second)
    desk.take_in(LAST, (), (), run="1", lasting=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Anbudsbrev.pdf").write_bytes(b"%PDF-1.7 brevet")
    desk.set_bid_folder(str(folder))
    link(desk, attachment.key, folder / "Anbudsbrev.pdf")
    return desk, store


def link(desk: Desk, key: str, path: Path) -> None:
    """Link a file as it is now."""
    data = path.read_bytes()
    desk.link([key], path, sha256(data).hexdigest(), len(data))
