"""Broken files through the readers: only errors of the tree, no crash, no hang, and every place inside its document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest

from tests.fuzz.sources import sources
from tests.support.corpus import PROJECT

_BATCHES = 10
_PER_BATCH = 220
_SECONDS = 45.0  # for one file: far beyond what any of them takes, a hang all the same


class _Reader:
    """A child process and its answers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=PROJECT,
        )
        self.answers: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def ask(self, place: int, seed: int) -> dict[str, Any] | str:
        """The answer, or "crash" or "hang"."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{place} {seed}\n")
            self.process.stdin.flush()
            answer = self.answers.get(timeout=_SECONDS)
        except Empty:
            return "hang"
        except BrokenPipeError:
            return "crash"
        if not answer:
            return "crash"
        found: dict[str, Any] = json.loads(answer)
        return found

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        try:
            for line in self.process.stdout:
                self.answers.put(line)
        except ValueError:
            pass  # closed while listening
        self.answers.put("")


@pytest.mark.parametrize("batch", range(_BATCHES))
def test_broken_files_are_read_or_refused(batch: int) -> None:
    reader = _Reader()
    wrong: list[str] = []
    codes: Counter[str] = Counter()
    foreign: Counter[str] = Counter()
    count = len(sources())
    try:
        for seed in range(batch * _PER_BATCH, (batch + 1) * _PER_BATCH):
            place = seed % count
            answer = reader.ask(place, seed)
            if isinstance(answer, str):
                wrong.append(f"{answer}: {sources()[place][0]}, place {place}, seed {seed}")
                reader.stop()
                reader = _Reader()
                continue
            codes[answer["code"] or "read"] += 1
            if answer["foreign"]:
                foreign[f"{answer['name'].rpartition('.')[2]}: {answer['foreign']} (place {place}, seed {seed})"] += 1
            wrong += [f"{problem}: {answer['name']}, place {place}, seed {seed}" for problem in answer["problems"]]
    finally:
        reader.stop()
    print(dict(codes))
    for fault in sorted(foreign):
        print("unforeseen by its reader:", fault)
    assert wrong == []
    assert codes["read"] > 0
    assert len(codes) > 1, "no file was broken enough to be refused"
