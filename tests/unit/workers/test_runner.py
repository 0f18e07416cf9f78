"""A child that crashes, hangs, lies or grows is a failure of one document, and the rest is still read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.document import Finding
from app.core.errors import WorkerError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import Glimpse, Reading
from app.documents.reader import ReadRequest
from app.workers import frames
from app.workers.runner import ProcessRunner
from app.workflow.check import CancelledError, Step
from app.workflow.reading import read_file
from tests.support.pdfs import drawn, texts
from tests.support.workers import fake_child

SHORT = replace(DEFAULT_LIMITS, seconds_per_file=3.0)


@pytest.fixture
def runner() -> Iterator[ProcessRunner]:
    with ProcessRunner(command=fake_child()) as made:
        yield made


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[ReadRequest]]:
    def build(*contents: str, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()) -> list[ReadRequest]:
        requests = []
        for index, content in enumerate(contents):
            path = tmp_path / f"{index}.txt"
            path.write_text(content)
            requests.append(ReadRequest(path.name, path, passwords=passwords, limits=limits))
        return requests

    return build


def run(runner: ProcessRunner, requests: list[ReadRequest], steps: list[Step] | None = None) -> list[tuple[int, str, str]]:
    """(number of the file, name, "ok" or code) of every result, in order of the files."""
    found = []
    for index, result in runner.run(requests, (steps if steps is not None else []).append, lambda: False):
        if isinstance(result, Glimpse):
            found.append((index, result.reading.document.name, "glimpse"))
        elif isinstance(result, Reading):
            found.append((index, result.document.name, "ok"))
        else:
            found.append((index, result.file, result.code))
    return sorted(found, key=lambda row: row[0])


def only_result(runner: ProcessRunner, requests: list[ReadRequest]) -> Reading | Finding:
    [(_, result)] = runner.run(requests, lambda step: None, lambda: False)
    assert not isinstance(result, Glimpse)
    return result


Files = Callable[..., list[ReadRequest]]


def test_files_are_read_one_after_another(runner: ProcessRunner, files: Files) -> None:
    steps: list[Step] = []
    assert run(runner, files("ok", "ok"), steps) == [(0, "0.txt", "ok"), (1, "1.txt", "ok")]
    assert Step(0, "0.txt", "0.txt", 2, 2) in steps
    assert [step.file for step in steps if step.finished] == ["0.txt", "1.txt"]


def test_a_long_reading_is_decoded_in_parts_to_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("krav.txt")
    text = "4.1 Krav\n\n" + "\n".join(f"Anbudsgivaren ska bifoga intyg {number}. Rad." for number in range(40))
    [whole] = read_file(ReadRequest(str(path), None, text.encode()))
    assert isinstance(whole, Reading)
    assert whole.points
    body = frames.encode(frames.Found(whole))[8:]
    one = frames.decode_message(body)
    monkeypatch.setattr("app.workers.frames._LONG", 0)
    assert frames.decode_message(body) == one == frames.Found(whole)
    bare = frames.Found(Reading(whole.document))
    assert frames.decode_message(frames.encode(bare)[8:]) == bare


@pytest.mark.parametrize(
    "harm", [(b'"points":[', b'"points":[{"kind":7},'), (b'"lines":{', b'"lines":{"total":"x",'), (b"}}", b"}")]
)
def test_a_long_reading_is_checked_in_every_part(harm: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workers.frames._LONG", 0)
    [whole] = read_file(ReadRequest("krav.txt", None, b"Anbudsgivaren ska bifoga ett intyg.\n"))
    assert isinstance(whole, Reading)
    body = frames.encode(frames.Found(whole))[8:]
    assert harm[0] in body
    place = body.rindex(harm[0]) if harm[0] == b"}}" else body.index(harm[0])
    with pytest.raises(WorkerError):
        frames.decode_message(body[:place] + harm[1] + body[place + len(harm[0]) :])


def test_what_comes_back_is_the_list_and_not_the_document(runner: ProcessRunner, files: Files) -> None:
    result = only_result(runner, files("ok"))
    assert isinstance(result, Reading)
    assert result.document.blocks == ()
    assert result.document.pages == 2
    assert result.points[0].text == "ok"
    assert result.points[0].source.place.page == 1


def test_a_crash_fails_one_file(runner: ProcessRunner, files: Files) -> None:
    assert run(runner, files("crash", "ok", "bad")) == [
        (0, "0.txt", "worker.crashed"),
        (1, "1.txt", "ok"),
        (2, "2.txt", "file.corrupt"),
    ]


def test_a_crash_fails_one_member_of_an_archive_and_nothing_is_told_twice(runner: ProcessRunner, files: Files) -> None:
    assert run(runner, files("link ok crash ok")) == [
        (0, "0.txt/0", "file.link"),
        (0, "0.txt/1-ok", "ok"),
        (0, "0.txt/2-crash", "worker.crashed"),
        (0, "0.txt/3-ok", "ok"),
    ]


def test_a_hang_is_ended_in_time(runner: ProcessRunner, files: Files) -> None:
    assert run(runner, files("ok hang ok", "ok", limits=SHORT)) == [
        (0, "0.txt/0-ok", "ok"),
        (0, "0.txt/1-hang", "limit.time"),
        (0, "0.txt/2-ok", "ok"),
        (1, "1.txt", "ok"),
    ]


def test_an_archive_that_hangs_before_its_first_member_fails_whole(runner: ProcessRunner, files: Files) -> None:
    assert run(runner, files("stuck", "ok", limits=SHORT)) == [(0, "0.txt", "limit.time"), (1, "1.txt", "ok")]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux bounds what a process may write to")
def test_memory_is_bounded(runner: ProcessRunner, files: Files) -> None:
    small = replace(DEFAULT_LIMITS, memory_bytes=512 << 20)
    assert run(runner, files("ok eat ok", limits=small)) == [
        (0, "0.txt/0-ok", "ok"),
        (0, "0.txt/1-eat", "limit.memory"),
        (0, "0.txt/2-ok", "ok"),
    ]


def test_garbage_is_not_believed(runner: ProcessRunner, files: Files) -> None:
    assert run(runner, files("garbage", "ok")) == [(0, "0.txt", "worker.protocol"), (1, "1.txt", "ok")]


def test_a_message_beyond_the_limit_is_not_read(files: Files) -> None:
    with ProcessRunner(replace(DEFAULT_LIMITS, message_bytes=200), command=fake_child()) as runner:
        assert run(runner, files("ok")) == [(0, "0.txt", "worker.protocol")]


def test_noise_of_libraries_neither_breaks_the_frames_nor_shows(
    runner: ProcessRunner, files: Files, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(runner, files("noise")) == [(0, "0.txt", "ok")]
    assert capfd.readouterr() == ("", "")


def test_an_unforeseen_fault_is_told_without_the_documents_words(runner: ProcessRunner, files: Files) -> None:
    result = only_result(runner, files("fault"))
    assert isinstance(result, Finding)
    assert result.code == "worker.failed"
    assert dict(result.values)["error"] == "KeyError"
    assert "words" not in str(result)


def test_half_a_surrogate_pair_gets_through(runner: ProcessRunner, files: Files) -> None:
    result = only_result(runner, files("half"))
    assert isinstance(result, Reading)
    assert result.points[0].text == "half ?"


def test_passwords_travel_neither_in_arguments_nor_environment(
    runner: ProcessRunner, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "hemligt")
    with ProcessRunner(command=fake_child()) as late:
        requests = files("secret", passwords=("hemligt", "annat"))
        result = only_result(late, requests)
    assert isinstance(result, Reading)
    assert result.points[0].text == "2 False False"
    assert "hemligt" not in repr(requests)


def test_cancelling_ends_the_child(runner: ProcessRunner, files: Files) -> None:
    began = time.monotonic()
    with pytest.raises(CancelledError):
        list(runner.run(files("hang"), lambda step: None, lambda: time.monotonic() - began > 0.5))
    assert runner._busy == {}


def test_closing_leaves_no_process(files: Files) -> None:
    runner = ProcessRunner(command=fake_child())
    [child] = runner._idle
    assert run(runner, files("ok")) == [(0, "0.txt", "ok")]
    runner.close()
    assert child.process.poll() is not None


def test_a_child_that_cannot_start_is_a_failure_of_the_files(files: Files) -> None:
    with ProcessRunner(command=["/bin/false"] if os.name == "posix" else ["cmd", "/c", "exit 1"]) as runner:
        assert run(runner, files("ok", "ok")) == [(0, "0.txt", "worker.crashed"), (1, "1.txt", "worker.crashed")]


def test_much_work_is_shared_by_two(tmp_path: Path, files: Files) -> None:
    requests = files(*["ok " * 600_000] * 2)
    with ProcessRunner(processes=2, command=fake_child()) as runner:
        generator = runner.run(requests, lambda step: None, lambda: False)
        next(generator)
        assert len(runner._busy) == 2
        generator.close()
        assert len(runner._busy) == 0


def test_bytes_that_are_in_no_file_are_read_in_the_child_too() -> None:
    data = b"Anbudsgivaren ska bifoga ett registreringsbevis till anbudet."
    with ProcessRunner() as runner:
        result = only_result(runner, [ReadRequest("kvar.txt", data=data)])
    assert isinstance(result, Reading)
    assert result.document.name == "kvar.txt"
    assert result.points


def test_the_first_pages_of_a_long_document_come_before_the_whole(tmp_path: Path) -> None:
    page = texts((72, 72, "Anbudsgivaren ska bifoga ett registreringsbevis till anbudet."))
    for name, pages in (("lang.pdf", 60), ("kort.pdf", 3)):
        (tmp_path / name).write_bytes(drawn(*[page] * pages))
    requests = [ReadRequest(name, tmp_path / name, glimpse=True) for name in ("lang.pdf", "kort.pdf")]
    with ProcessRunner(processes=1) as runner:
        found = [
            (result.reading.document.name, "glimpse") if isinstance(result, Glimpse) else (requests[index].name, "whole")
            for index, result in runner.run(requests, lambda step: None, lambda: False)
        ]
    assert found == [("lang.pdf", "glimpse"), ("lang.pdf", "whole"), ("kort.pdf", "whole")]
