"""What is asked of a child that shows one document, and what it answers. Frames as in `workers.frames`; pictures go elsewhere."""

from __future__ import annotations

from functools import cache

import msgspec

from app.core.document import Box, Document, DocumentKind, Finding
from app.core.errors import WorkerError
from app.core.limits import Limits
from app.workflow.pages import PageHit

__all__ = [
    "Answer",
    "Ask",
    "Blocks",
    "Bytes",
    "Drawn",
    "Failed",
    "File",
    "Hits",
    "Open",
    "Picture",
    "Place",
    "Quote",
    "Raw",
    "Search",
    "Text",
    "Whole",
    "Word",
    "Words",
    "decode_answer",
    "decode_ask",
]


class Open(msgspec.Struct, frozen=True, tag="open"):
    """The document to show; its bytes follow as a frame of their own."""

    name: str
    member: str | None
    passwords: tuple[str, ...]
    limits: Limits

    def __repr__(self) -> str:
        """Without the passwords."""
        return f"Open({self.name!r})"


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """Draw a part of a page into the shared memory of that name: see `documents.pdf.picture.Cut`."""

    page: int
    cut: tuple[int, int, int, int, int, int]
    memory: str


class Words(msgspec.Struct, frozen=True, tag="words"):
    """The words of a page."""

    page: int


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """Where a quote that begins on the page stands."""

    page: int
    quote: str


class Search(msgspec.Struct, frozen=True, tag="search"):
    """Where a text stands on some pages."""

    text: str
    first: int = 1
    last: int | None = None


class Whole(msgspec.Struct, frozen=True, tag="whole"):
    """All blocks."""


class Raw(msgspec.Struct, frozen=True, tag="raw"):
    """The document's own bytes."""


Ask = Open | Picture | Words | Quote | Search | Whole | Raw


class File(msgspec.Struct, frozen=True, tag="file"):
    """It is open."""

    kind: DocumentKind
    sizes: tuple[tuple[float, float], ...]


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """The picture is in the memory."""


class Word(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A word: see `documents.pdf.words.PageWord`."""

    text: str
    box: Box
    line: int
    joined: bool = False


class Text(msgspec.Struct, frozen=True, tag="text"):
    """The words of the page."""

    words: tuple[Word, ...]


class Place(msgspec.Struct, frozen=True, tag="place"):
    """Page and box of every line of the quote."""

    boxes: tuple[tuple[int, Box], ...]


class Hits(msgspec.Struct, frozen=True, tag="hits"):
    """The places found."""

    hits: tuple[PageHit, ...]


class Blocks(msgspec.Struct, frozen=True, tag="blocks"):
    """The document."""

    document: Document


class Bytes(msgspec.Struct, frozen=True, tag="bytes"):
    """As they lie in the archive."""

    data: bytes

    def __repr__(self) -> str:
        """Without what they say."""
        return f"Bytes({len(self.data)})"


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """It could not be done."""

    finding: Finding


Answer = File | Drawn | Text | Place | Hits | Blocks | Bytes | Failed


@cache
def _asks() -> msgspec.json.Decoder[Ask]:
    return msgspec.json.Decoder(Ask)


@cache
def _answers() -> msgspec.json.Decoder[Answer]:
    return msgspec.json.Decoder(Answer)


def decode_ask(body: bytes) -> Ask:
    """What the parent asks."""
    return _asks().decode(body)


def decode_answer(body: bytes) -> Answer:
    """What the child answers, every type checked. Raises WorkerError on anything else."""
    try:
        return _answers().decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorkerError(code="worker.protocol") from error
