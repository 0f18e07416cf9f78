"""A child process whose readers do what the file says: for tests of everything that can go wrong with one.

A file holds one word a line, each a document: `ok`, `crash`, `hang`, `eat` (memory), `noise`, `fault` (an unforeseen exception),
`garbage` (bytes that are no frame), `secret` (tells what it was given), `bad` (a coded error), `half` (a half surrogate pair).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from app.core.document import Block, BlockKind, Document, DocumentKind, Finding, Place
from app.core.errors import CorruptFileError
from app.core.points import Point, PointKind, Reading, Source
from app.documents.reader import ReadRequest

ROOT = Path(__file__).resolve().parents[2]


def fake_child() -> list[str]:
    """The command that starts a real child with these readers."""
    start = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]; from tests.support import workers; workers.install();"
        " from app.workers.child import main; main()"
    )
    return [sys.executable, "-c", start]


def install() -> None:
    """Put the readers in the place of the real ones."""
    import app.documents
    import app.documents.package

    app.documents.package.leaves = leaves
    app.documents.read = read
    extraction = ModuleType("app.extraction.reading")
    extraction.__dict__["find"] = find
    sys.modules["app.extraction.reading"] = extraction


def leaves(request: ReadRequest, skip: frozenset[str] = frozenset()) -> Iterator[ReadRequest | Finding]:
    words = request.bytes().decode().split()
    if words == ["stuck"]:
        time.sleep(600)
    for index, word in enumerate(words):
        if word == "link":
            yield Finding("file.link", f"{request.name}/{index}")
        else:
            name = f"{request.name}/{index}-{word}" if len(words) > 1 else request.name
            if name not in skip:
                yield ReadRequest(name, None, word.encode(), request.passwords, request.limits)


def read(request: ReadRequest) -> Document:
    word = request.bytes().decode()
    request.report(1, 2)
    match word:
        case "crash":
            os.abort()
        case "hang":
            time.sleep(600)
        case "eat":
            hoard = [bytearray(16 << 20) for _ in range(1000)]
            raise AssertionError(len(hoard))
        case "noise":
            os.write(1, b"warning: bad xref\n")
            os.write(2, b"warning: bad xref\n")
        case "fault":
            raise KeyError("the document's own words")
        case "garbage":
            for descriptor in range(3, 20):
                try:
                    os.write(descriptor, b"\xff" * 64)
                except OSError:
                    continue
            time.sleep(600)
        case "bad":
            raise CorruptFileError(request.name)
        case "secret":
            text = " ".join([*sys.argv, *sys.orig_argv, *os.environ, *os.environ.values()])
            return _document(request, f"{len(request.passwords)} {'hemligt' in text} {'TOKEN' in text}")
        case "half":
            return _document(request, "half \ud800")
        case _:
            pass
    request.report(2, 2)
    return _document(request, word)


def find(document: Document) -> Reading:
    text = document.blocks[0].text
    return Reading(document, (Point(PointKind.QUESTION, True, text, Source(document.id, text, Place(page=1))),))


def _document(request: ReadRequest, text: str) -> Document:
    digest = sha256(request.bytes()).hexdigest()
    return Document(request.name, DocumentKind.TEXT, digest, (Block(BlockKind.PARAGRAPH, text),), pages=2)
