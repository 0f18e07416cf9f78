"""Invented bytes and documents: what is read is whole, what is found lies in it, what is not found is counted."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.checklist.build import build
from app.core.document import Document, Finding
from app.core.errors import AnbudsklarError
from app.core.points import Reading
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.reading import find
from app.workflow.reading import read_file
from tests.support.invariants import document_problems, reading_problems
from tests.support.strategies import documents, texts

_SETTINGS = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
_HEADS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1 ",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<?xml ",
)
_NAMES = ("a.pdf", "a.docx", "a.xlsx", "a.txt", "a.md", "a.csv", "a", "å ä ö.PDF", "x.zip")


@_SETTINGS
@given(documents())
def test_everything_in_any_document_is_accounted_for(document: Document) -> None:
    reading = find(document)
    assert list(reading_problems(reading)) == []
    assert len(reading.unassigned) == reading.lines.unassigned


@_SETTINGS
@given(st.lists(documents(), max_size=3))
def test_any_package_gives_a_list_with_every_identity_once(package: list[Document]) -> None:
    readings = [find(document) for document in package]
    checklist = build(readings, [])
    identities = [item.id for item in checklist.items]
    assert len(identities) == len(set(identities))
    assert len(checklist.items) <= sum(len(reading.points) for reading in readings)
    # Nothing is lost on the way: a point is an item of its own or one of an item's other places.
    listed = {source.quote for item in checklist.items for source in (item.source, *item.also)}
    assert {point.source.quote for reading in readings for point in reading.points} <= listed


@_SETTINGS
@given(st.sampled_from(_HEADS), st.binary(max_size=400), st.sampled_from(_NAMES))
def test_any_bytes_are_read_or_refused(head: bytes, tail: bytes, name: str) -> None:
    with suppress(AnbudsklarError):
        assert list(document_problems(read(ReadRequest(name, data=head + tail)))) == []


@_SETTINGS
@given(st.lists(texts(), min_size=1, max_size=12), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_read_to_the_last_word(lines: list[str], encoding: str) -> None:
    data = "\n".join(lines).encode(encoding, "replace")
    for result in read_file(ReadRequest("underlag.txt", data=data or b" ")):
        if isinstance(result, Reading):
            assert list(document_problems(result.document)) == []
            assert list(reading_problems(result)) == []
        else:
            assert isinstance(result, Finding)
            assert not result.code.startswith("worker"), result
