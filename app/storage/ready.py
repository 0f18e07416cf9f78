"""The questions of `asked`, as the vault's own database is asked them: what SQLAlchemy makes of them, ready before it is there.

Written by `python -m tests.support.ready`; a test compares. Belongs to `engine`.
"""

# ruff: noqa: E501 - a statement is a line

from __future__ import annotations

from typing import NamedTuple

__all__ = ["READY", "Ready"]


class Ready(NamedTuple):
    """A statement, the names of its values in their order, and its columns: each with its name and what its value is kept as.

    That is empty for what comes out as it went in.
    """

    text: str
    values: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


READY = {
    "revision": Ready(
        "SELECT alembic_version.version_num FROM alembic_version",
        (),
        (("version_num", ""),),
    ),
    "tenders": Ready(
        'SELECT tenders."key", tenders.created, tenders.archived, tenders.rest FROM tenders ORDER BY tenders.created, tenders."key"',
        (),
        (
            ("key", ""),
            ("created", ""),
            ("archived", ""),
            ("rest", "json"),
        ),
    ),
    "tender_keys": Ready(
        'SELECT tenders."key" FROM tenders ORDER BY tenders.created, tenders."key"',
        (),
        (("key", ""),),
    ),
    "tender": Ready(
        'SELECT tenders."key", tenders.created, tenders.archived, tenders.rest FROM tenders WHERE tenders."key" = ?',
        ("tender",),
        (
            ("key", ""),
            ("created", ""),
            ("archived", ""),
            ("rest", "json"),
        ),
    ),
    "documents": Ready(
        'SELECT documents."key", documents.tender, documents.position, documents.file, documents.reading, documents.unread_pages, documents.unassigned, documents.failed, documents.rest FROM documents WHERE documents.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("position", ""),
            ("file", "words"),
            ("reading", "words"),
            ("unread_pages", ""),
            ("unassigned", ""),
            ("failed", "boolean"),
            ("rest", "json"),
        ),
    ),
    "items": Ready(
        'SELECT items."key", items.tender, items.position, items.kind, items.must, items.state, items.reviewed, items.replaced, items.owner, items.due, items.number, items.text, items.rest FROM items WHERE items.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("position", ""),
            ("kind", ""),
            ("must", "boolean"),
            ("state", ""),
            ("reviewed", "boolean"),
            ("replaced", "boolean"),
            ("owner", "words"),
            ("due", "words"),
            ("number", "words"),
            ("text", "words"),
            ("rest", "json"),
        ),
    ),
    "links": Ready(
        'SELECT links."key", links.tender, links.item, links.path, links.sha256, links.size FROM links WHERE links.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("item", ""),
            ("path", "words"),
            ("sha256", "words"),
            ("size", ""),
        ),
    ),
    "bid_files": Ready(
        'SELECT bid_files."key", bid_files.tender, bid_files.position, bid_files.path, bid_files.file, bid_files.size, bid_files.reading, bid_files.rest FROM bid_files WHERE bid_files.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("position", ""),
            ("path", "words"),
            ("file", "words"),
            ("size", ""),
            ("reading", "words"),
            ("rest", "json"),
        ),
    ),
    "claims": Ready(
        'SELECT claims."key", claims.tender, claims.position, claims.number, claims.state, claims.lost, claims.rest FROM claims WHERE claims.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("position", ""),
            ("number", ""),
            ("state", ""),
            ("lost", "boolean"),
            ("rest", "json"),
        ),
    ),
    "kept_files": Ready(
        'SELECT kept_files."key", kept_files.tender, kept_files.use, kept_files.name, kept_files.file, kept_files.size, kept_files.at FROM kept_files WHERE kept_files.tender = ?',
        ("tender",),
        (
            ("key", ""),
            ("tender", ""),
            ("use", ""),
            ("name", "words"),
            ("file", "words"),
            ("size", ""),
            ("at", ""),
        ),
    ),
    "counts": Ready(
        "SELECT items.tender, items.kind, items.state, items.must, items.reviewed, items.owner, count(*) AS count, min(items.due) AS due FROM items WHERE items.replaced = 0 GROUP BY items.tender, items.kind, items.state, items.must, items.reviewed, items.owner",
        (),
        (
            ("tender", ""),
            ("kind", ""),
            ("state", ""),
            ("must", "boolean"),
            ("reviewed", "boolean"),
            ("owner", "words"),
            ("count", ""),
            ("due", "words"),
        ),
    ),
    "papers": Ready(
        "SELECT documents.tender, count(*) AS count, sum(documents.unread_pages) AS unread_pages, sum(CASE WHEN documents.failed THEN 1 ELSE 0 END) AS failed, sum(documents.unassigned) AS unassigned FROM documents GROUP BY documents.tender",
        (),
        (
            ("tender", ""),
            ("count", ""),
            ("unread_pages", ""),
            ("failed", ""),
            ("unassigned", ""),
        ),
    ),
    "lost_claims": Ready(
        "SELECT claims.tender, count(*) AS count FROM claims WHERE claims.lost = 1 GROUP BY claims.tender",
        (),
        (
            ("tender", ""),
            ("count", ""),
        ),
    ),
    "history": Ready(
        "SELECT history.tender, history.number, history.at, history.action, history.details, history.undone FROM history WHERE history.tender = ? AND history.number < ? ORDER BY history.number DESC LIMIT ? OFFSET 0",
        (
            "tender",
            "before",
            "limit",
        ),
        (
            ("tender", ""),
            ("number", ""),
            ("at", ""),
            ("action", ""),
            ("details", "json"),
            ("undone", "boolean"),
        ),
    ),
    "history_keys": Ready(
        "SELECT history_parts.number, history_parts.keys FROM history_parts WHERE history_parts.tender = ? AND history_parts.number BETWEEN ? AND ? ORDER BY history_parts.number, history_parts.part",
        (
            "tender",
            "first",
            "last",
        ),
        (
            ("number", ""),
            ("keys", "json"),
        ),
    ),
    "library": Ready(
        'SELECT library."key", library.kind, library.name, library.file, library.size, library.issued, library.expires, library.retired, library.rest FROM library ORDER BY library.kind, library.name, library."key"',
        (),
        (
            ("key", ""),
            ("kind", ""),
            ("name", "words"),
            ("file", "words"),
            ("size", ""),
            ("issued", "words"),
            ("expires", "words"),
            ("retired", "words"),
            ("rest", "json"),
        ),
    ),
    "setting": Ready(
        "SELECT settings.value FROM settings WHERE settings.name = ?",
        ("name",),
        (("value", "json"),),
    ),
    "loose": Ready(
        "SELECT blobs.sha256 FROM blobs WHERE (blobs.sha256 NOT IN (SELECT documents.file FROM documents UNION SELECT documents.reading FROM documents WHERE documents.reading IS NOT NULL UNION SELECT bid_files.file FROM bid_files UNION SELECT bid_files.reading FROM bid_files WHERE bid_files.reading IS NOT NULL UNION SELECT kept_files.file FROM kept_files UNION SELECT library.file FROM library UNION SELECT history_files.sha256 FROM history_files)) LIMIT 1 OFFSET 0",
        (),
        (("sha256", ""),),
    ),
    "loose_part": Ready(
        "SELECT blob_parts.sha256 FROM blob_parts WHERE (blob_parts.sha256 NOT IN (SELECT documents.file FROM documents UNION SELECT documents.reading FROM documents WHERE documents.reading IS NOT NULL UNION SELECT bid_files.file FROM bid_files UNION SELECT bid_files.reading FROM bid_files WHERE bid_files.reading IS NOT NULL UNION SELECT kept_files.file FROM kept_files UNION SELECT library.file FROM library UNION SELECT history_files.sha256 FROM history_files)) LIMIT 1 OFFSET 0",
        (),
        (("sha256", ""),),
    ),
}
