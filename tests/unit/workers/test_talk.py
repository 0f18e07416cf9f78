"""One question to a child and its answer, whatever the child does."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from app.core.document import Finding
from app.core.limits import Limits
from app.documents.reader import ReadRequest
from app.workers.file_work import FileTask
from app.workers.talk import Talk

_READ = (
    "import sys, time\n"
    "def body():\n"
    "    size = int.from_bytes(sys.stdin.buffer.read(8), 'big')\n"
    "    return sys.stdin.buffer.read(size)\n"
    "def say(data):\n"
    "    sys.stdout.buffer.write(len(data).to_bytes(8, 'big') + data)\n"
)


def ask(program: str, data: bytes = b"x", limits: Limits | None = None, cancelled: bool = False) -> Sequence[bytes] | Finding:
    request = ReadRequest("a.pdf", data=data, limits=limits or Limits(seconds_per_file=30))
    task = FileTask("inspect", "a.pdf", b"null", (), request.limits)
    talk = Talk([sys.executable, "-c", _READ + program], (lambda: True) if cancelled else None)

    def understood(bodies: Sequence[bytes]) -> Sequence[bytes] | Finding:
        return tuple(bodies)

    return talk.ask(request, task, understood)


def test_a_slow_child_is_sent_all_of_a_large_file_and_heard_out() -> None:
    data = bytes(range(256)) * 4096  # more than a pipe holds
    answer = ask("time.sleep(0.7); body(); data = body(); say(b'said'); say(data[::-1])", data)
    assert answer == (b"said", data[::-1])


def test_a_child_that_does_not_listen_is_one_that_died() -> None:
    answer = ask("sys.exit(3)", bytes(1 << 20))
    assert answer == Finding("worker.crashed", "a.pdf", None, (("status", "3"),))


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("say(b'1'); say(b'2'); say(b'3')", "worker.protocol"),
        ("sys.stdout.buffer.write(b'nonsense that is long enough')", "worker.protocol"),
        ("sys.exit(86)", "limit.memory"),
    ],
)
def test_nonsense_is_told(program: str, code: str) -> None:
    answer = ask(program)
    assert isinstance(answer, Finding)
    assert answer.code == code


def test_one_that_hangs_is_ended_and_so_is_one_that_nobody_waits_for() -> None:
    hangs = ask("time.sleep(600)", bytes(1 << 20), Limits(seconds_per_file=0.5))
    assert isinstance(hangs, Finding)
    assert hangs.code == "limit.time"
    stopped = ask("time.sleep(600)", bytes(1 << 20), cancelled=True)
    assert isinstance(stopped, Finding)
    assert stopped.code == "work.cancelled"
