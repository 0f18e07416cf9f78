"""Broken files of a bid, inspected: facts or an error of the tree, and every excerpt within its bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.inspection import EXCERPT, FORM_TEXT, FileFacts
from app.documents.reader import ReadRequest
from app.workflow.inspecting import all_facts_from, inspect_file, inspections
from app.workflow.reviewing import ReviewInputs, review_of
from tests.support.mutations import mutated
from tests.support.package import zip_bytes
from tests.support.planted import SAMPLE
from tests.support.reviews import NOW

FILES = sorted((SAMPLE / "bid").iterdir())


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_broken_file_gives_facts_or_an_error(path: Path, seed: int) -> None:
    facts = inspect_file(ReadRequest(path.name, data=mutated(path.read_bytes(), seed)))
    assert facts.error is None or facts.error.code != "worker.failed"
    spots = (*facts.comments, *facts.tracked, *facts.hidden, *facts.marked, *facts.placeholders, *facts.links, *facts.names)
    assert all(len(spot.text) <= EXCERPT and len(spot.what) <= EXCERPT for spot in spots)
    assert all(len(block.text) <= FORM_TEXT for block in facts.blocks)
    assert review_of(ReviewInputs(NOW, files=(facts,), originals=(facts,))) is not None


def test_one_broken_member_of_an_archive_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: ReadRequest) -> FileFacts:
        if request.name.endswith("b.txt"):
            raise ZeroDivisionError
        return real(request)

    real = inspect_file
    monkeypatch.setattr("app.workflow.inspecting.inspect_file", fail)
    said, _ = inspections(ReadRequest("a.zip", data=zip_bytes({"a.txt": b"Anbud", "b.txt": b"Anbud"})), b"null")
    first, second = all_facts_from(said)
    assert first.error is None
    assert second.error is not None
    assert second.error.code == "worker.failed"
