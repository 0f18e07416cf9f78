"""A bid folder on a disk and a desk in memory: files are read in this process, the library is the test's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.core.checklist import ChecklistItem, Tender
from app.core.document import AnswerType
from app.core.points import Answer, PointKind
from app.workflow.desk import Desk
from tests.support.desks import desk_of, point, work
from tests.support.memory_store import MemoryStore

__all__ = ["CV", "INSURANCE", "LAST", "LETTER", "REFERENCES", "bid", "link", "make"]

LAST = Tender(name="Drift av växel", buyer="Storköpings kommun", reference="KS 2026/17", tender_deadline="2099-12-04T23:59")
CV, REFERENCES, INSURANCE, LETTER = (f"{number:032x}" for number in (1, 2, 3, 4))


def asked(number: int, text: str, kind: PointKind = PointKind.ATTACHMENT, *, must: bool = True) -> ChecklistItem:
    return replace(point(number, kind, must=must), text=text)


def bid(
    folder: Path, names: Sequence[str] = ("CV projektledare.txt", "Referensuppdrag.txt", "Omslag.txt")
) -> tuple[Desk, MemoryStore]:
    """Three attachments that must be handed in, one that may, and a question; three files of which one is asked for by nobody."""
    desk, store = desk_of(
        work(1, item=asked(1, "Bifoga CV för projektledaren.")),
        work(2, item=asked(2, "Bifoga en beskrivning av tre referensuppdrag.")),
        work(3, item=asked(3, "Bifoga bevis om ansvarsförsäkring.")),
        work(4, item=asked(4, "Ett följebrev får bifogas.", must=False)),
        work(5, item=replace(point(5), answer=Answer(AnswerType.TEXT))),
    )
    desk.take_in(LAST, (), (), run="1", lasting=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        make(folder / name)
    desk.set_bid_folder(str(folder))
    return desk, store


def make(path: Path, text: str = "") -> Path:
    """A file whose words are its own."""
    path.write_text(f"{path.stem}\n\n{text or 'Innehåll.'}\n", "utf-8")
    return path


def link(desk: Desk, key: str, path: Path) -> None:
    """Link a file as it is now."""
    data = path.read_bytes()
    desk.link([key], path, sha256(data).hexdigest(), len(data))
