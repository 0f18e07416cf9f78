"""One file to readings, and a serial runner that composes the same as the child does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from app.core.document import Finding
from app.core.points import Glimpse, Reading
from app.documents.reader import ReadRequest
from app.workers.serial import SerialRunner
from app.workflow.check import CancelledError, Step
from app.workflow.reading import read_file
from tests.support import workers


@pytest.fixture(autouse=True)
def _fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import ModuleType

    extraction = ModuleType("app.extraction.reading")
    extraction.__dict__["find"] = workers.find
    monkeypatch.setattr("app.documents.package.leaves", workers.leaves)
    monkeypatch.setattr("app.documents.read", workers.read)
    monkeypatch.setitem(sys.modules, "app.extraction.reading", extraction)


def names(results: Iterable[Reading | Finding | Glimpse]) -> list[str]:
    return [f"{result.file}: {result.code}" if isinstance(result, Finding) else document_of(result) for result in results]


def document_of(result: Reading | Glimpse) -> str:
    return f"glimpse of {result.reading.document.name}" if isinstance(result, Glimpse) else result.document.name


def request(words: str) -> ReadRequest:
    return ReadRequest("a", data=words.encode())


def test_one_documents_trouble_is_not_the_next_ones() -> None:
    assert names(read_file(request("ok bad fault link ok"))) == [
        "a/0-ok",
        "a/1-bad: file.corrupt",
        "a/2-fault: worker.failed",
        "a/3: file.link",
        "a/4-ok",
    ]


def test_skipped_documents_are_not_read() -> None:
    assert names(read_file(request("ok bad"), frozenset(["a/1-bad"]))) == ["a/0-ok"]


def test_a_fault_names_the_place_in_the_program_only() -> None:
    [finding] = read_file(request("fault"))
    assert isinstance(finding, Finding)
    values = dict(finding.values)
    assert values["error"] == "KeyError"
    assert values["where"].startswith("app.workflow.reading:")


def test_the_serial_runner_gives_summaries_and_progress(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("ok")
    (tmp_path / "b").write_text("bad")
    steps: list[Step] = []
    requests = [ReadRequest("a", tmp_path / "a"), ReadRequest("b", tmp_path / "b")]
    results = list(SerialRunner().run(requests, steps.append, lambda: False))
    assert [index for index, _ in results] == [0, 1]
    first = results[0][1]
    assert isinstance(first, Reading)
    assert first.document.blocks == ()
    assert Step(0, "a", "a", 2, 2) in steps
    assert [step.index for step in steps if step.finished] == [0, 1]


def test_the_serial_runner_can_be_cancelled(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("ok")
    with pytest.raises(CancelledError):
        list(SerialRunner().run([ReadRequest("a", tmp_path / "a")], lambda step: None, lambda: True))
