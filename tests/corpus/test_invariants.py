"""What holds for every document, labelled or not: nothing gets lost, and every source can be found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.document import Document
from app.core.points import LineClass, Source
from app.core.resources import resource
from app.extraction.ledger import classify
from app.extraction.sections import outline
from tests.support.corpus import MISSING, checked, files

pytestmark = pytest.mark.skipif(not files(), reason=MISSING)
_FILES = [pytest.param(path, id=f"{path.parent.name}/{path.stem[:40]}") for path in files()]
_TOLERANCE = 1.0  # points: a glyph's box may reach over the page's edge by its side bearing


@pytest.mark.parametrize("path", _FILES)
def test_it_is_read(path: Path) -> None:
    result = checked(path)
    assert result.failures == ()
    assert [reading.document.name for reading in result.readings][:1] == [path.name]
    for reading in result.readings:
        empty = len(reading.document.unreadable_pages)
        assert empty == (reading.document.pages if path.parent.name == "scan" else 0)
        assert reading.document.blocks or empty


@pytest.mark.parametrize("path", _FILES)
def test_the_ledger_adds_up(path: Path) -> None:
    for reading in checked(path).readings:
        lines = reading.lines
        assert lines.total == reading.document.line_count()
        assert lines.items + lines.context + lines.furniture + lines.unassigned == lines.total
        assert len(reading.unassigned) == lines.unassigned
        print(f"{reading.document.name[:60]:60} {lines.total:6} lines, unassigned {lines.unassigned / max(1, lines.total):.3f}")


@pytest.mark.parametrize("path", _FILES)
def test_every_item_takes_lines(path: Path) -> None:
    for reading in checked(path).readings:
        # A paragraph that holds a point and a sentence that nothing explains is one line, and unassigned.
        taken = {
            index
            for index, (_, classes) in enumerate(
                classify(reading.document, outline(reading.document), reading.points, reading.facts)
            )
            if LineClass.ITEMS in classes or LineClass.UNASSIGNED in classes
        }
        for point in reading.points:
            spans = [span for span in point.spans if reading.document.blocks[span.block].lines]
            assert not spans or any(span.block in taken for span in spans), point.text


@pytest.mark.parametrize("path", _FILES)
def test_every_source_is_in_its_document(path: Path) -> None:
    for reading in checked(path).readings:
        document = reading.document
        text = " ".join(" ".join(block.text.split()) for block in document.blocks)
        sources = [source for point in reading.points for source in (point.source, *point.also)]
        sources += [fact.source for fact in reading.facts if fact.source.place.page or fact.source.place.paragraph]
        wrong = [problem for source in sources if (problem := _problem(source, document, text)) is not None]
        assert wrong == []


@pytest.mark.parametrize("path", _FILES)
def test_the_list_keeps_to_its_schema(path: Path) -> None:
    import jsonschema

    schema = json.loads(resource("schemas", "checklist.schema.json").read_text("utf-8"))
    data = checked(path).data
    jsonschema.Draft202012Validator(schema).validate(data)
    identities = [item["id"] for item in data["items"]]
    assert len(set(identities)) == len(identities)
    assert {item["source"]["document"] for item in data["items"]} <= {document["id"] for document in data["documents"]}


def _problem(source: Source, document: Document, text: str) -> str | None:
    place, quote = source.place, " ".join(source.quote.split())
    if source.document != document.id:
        return f"another document: {quote[:60]}"
    if quote and quote not in text:
        return f"not in the text: {quote[:80]}"
    if place.page is not None and not 1 <= place.page <= (document.pages or 0):
        return f"page {place.page}: {quote[:60]}"
    if place.sheet is not None and place.sheet not in document.sheets:
        return f"sheet: {quote[:60]}"
    if place.box is not None and place.page is not None:
        width, height = document.page_sizes[place.page - 1]
        inside = -_TOLERANCE <= place.box.x0 <= place.box.x1 <= width + _TOLERANCE
        if not inside or not -_TOLERANCE <= place.box.y0 <= place.box.y1 <= height + _TOLERANCE:
            return f"box outside page {place.page}: {quote[:60]}"
    return None
