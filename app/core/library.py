"""Documents that a company uses again from tender to tender, and answers that it has given before. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EarlierAnswer", "LibraryDocument", "LibraryKind", "LibraryUse"]


class LibraryKind(StrEnum):
    """What a document of the library is."""

    REGISTRATION = "registration"
    TAX = "tax"
    INSURANCE = "insurance"
    CERTIFICATE = "certificate"
    FINANCES = "finances"
    REFERENCE = "reference"
    CURRICULUM = "curriculum"
    POLICY = "policy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LibraryUse:
    """Where it was used: the tender's key and name, when (UTC, ISO 8601), and the file it became."""

    tender: str
    name: str
    at: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class LibraryDocument:
    """A document of the company's own. `file` is the hash of its bytes, `size` their number, `filename` what it is called.

    `issued` and `expires` are local days (ISO 8601). `retired` ones are kept but not offered: an older issue, for example.
    """

    key: str
    name: str
    kind: LibraryKind
    filename: str
    file: str
    size: int
    added: str
    issued: str | None = None
    expires: str | None = None
    note: str = ""
    retired: str | None = None
    uses: tuple[LibraryUse, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer of another tender: what was asked, what was answered, where and when. `likeness` is 0 to 1."""

    tender: str
    item: str
    tender_name: str
    buyer: str
    at: str
    question: str
    answer: str
    likeness: float = 0.0
