"""A small bid for tests: two documents as they are read, kept in memory, on a desk."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from app.core.checklist import DocumentSummary, Tender
from app.core.claims import Anchor, AnchorState, SecrecyClaim
from app.core.document import Block, BlockKind, Cell, Document, DocumentKind, Place
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, TenderRecord, WorkItem
from app.workflow.bid import BidShelf
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.secrecy_desk import Placed
from app.workflow.stored_reading import packed_document
from app.workflow.writer import SerialWriter
from tests.support.memory_store import MemoryStore

TENDER = "7" * 32
METHOD, PRICES = "1" * 32, "2" * 32


def paragraph(at: int, text: str, kind: BlockKind = BlockKind.PARAGRAPH, **more: Any) -> Block:
    return Block(kind, text, Place(paragraph=at), **more)


def row(sheet: str, number: int, *texts: str) -> Block:
    cells = tuple(
        Cell(text, column, place=Place(sheet=sheet, cell=f"{'ABCDEF'[column]}{number}")) for column, text in enumerate(texts)
    )
    return Block(BlockKind.TABLE_ROW, "\t".join(texts), Place(sheet=sheet), cells=cells, table=0, row=number)


def method(*more: str, name: str = "Metod.docx") -> Document:
    """A heading, three paragraphs, what is given, a header and a comment."""
    texts = [
        "Vi arbetar i tre steg som vi har tagit fram själva.",
        "Steg två körs om natten.",
        "Priset är 1 285 kr per timme.",
        *more,
    ]
    blocks = [
        paragraph(0, "Metod", BlockKind.HEADING, number="2.3", level=1),
        *(paragraph(number, text) for number, text in enumerate(texts, 1)),
        paragraph(40, "Anbudsgivaren AB, 1 285 kr", BlockKind.FURNITURE),
        paragraph(41, "Är 1285 rätt?", BlockKind.COMMENT),
    ]
    digest = sha256("\n".join(texts).encode()).hexdigest()
    return Document(name, DocumentKind.DOCX, digest, tuple(blocks), metadata=(("title", "Pris 1285"),))


def prices(name: str = "Priser.xlsx") -> Document:
    blocks = [
        row("Pris", 1, "Roll", "Timmar", "Timpris"),
        row("Pris", 2, "Arkitekt", "320", "1285"),
        row("Pris", 3, "Utvecklare", "640", "1090"),
        row("Pris", 4, "Totalt", "960", "1108400"),
    ]
    return Document(name, DocumentKind.XLSX, "ef" * 32, tuple(blocks), sheets=("Pris",))


def bid_file(key: str, position: int, document: Document, store: MemoryStore) -> BidFileRecord:
    """The record of a document, with its bytes kept."""
    summary = DocumentSummary(key, document.name, document.kind, document.sha256)
    file = store.put_blob(document.name.encode())
    return BidFileRecord(
        key, TENDER, position, summary, f"/bud/{document.name}", file, 10, store.put_blob(packed_document(document))
    )


def bid_desk(*items: WorkItem, tender: Tender | None = None) -> tuple[Desk, MemoryStore, BidShelf]:
    """A desk with the two files, the store behind it and the documents."""
    record = TenderRecord(TENDER, "2026-11-25T09:00:00", tender or Tender("Drift", "Myndigheten för register", "2026/1"))
    store = MemoryStore(record, *items)
    desk = Desk(records_of(TENDER, store), store, SerialWriter())
    files = [bid_file(METHOD, 0, method(), store), bid_file(PRICES, 1, prices(), store)]
    desk.take_in_bid(files, {}, run="1")
    return desk, store, BidShelf(store)


def claim(number: int, file: str, quote: str | None, state: ClaimState = ClaimState.DRAFT, **fields: Any) -> ClaimRecord:
    """A claim as the page shows it."""
    anchor = Anchor(file, quote, **fields.pop("anchor", {}))
    asked = SecrecyClaim(number, (anchor,), fields.pop("category", "method"), "osl-31-16", **fields.pop("words", {}))
    return ClaimRecord(f"{number:032x}", TENDER, float(number), asked, state, fields.pop("places", (AnchorState.FOUND,)))


def placed(shelf: BidShelf, desk: Desk, file: str, text: str) -> Placed:
    """The mark on a text of a file."""
    from app.workflow.marks import Selection, selected

    made = selected(shelf.finder(desk.bid_file(file)), Selection(file, text))
    assert made is not None
    return made
