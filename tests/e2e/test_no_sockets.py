"""The program opens no connection: neither its own process nor a child of it asks the system for an internet socket.

Unix sockets are allowed: by them Qt talks with the screen and the session bus, on the same machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_LOCAL = ("AF_UNIX", "AF_LOCAL")
DRIVER = """
import sys
heard = []
def listen(event, arguments):
    if event.startswith("socket."):
        heard.append(f"{event} {arguments[1:] if event == 'socket.__new__' else arguments}")
sys.addaudithook(listen)

from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.support.window import CHECKLIST, Home, wait

home = Home(Path(sys.argv[1]))
app = QApplication([])
with home.runs([Path(name) for name in sys.argv[2:]]) as running:
    running.enter()
    running.read()
    assert running.desk.readiness().total
    running.window.show_page(CHECKLIST)
    running.checklist.left.go_next()
    wait(lambda: running.checklist.source.surface is not None, "the source")
    running.rest()
print("\\n".join(heard))
print("done")
"""


def watched(tmp_path: Path, *prefix: str) -> subprocess.CompletedProcess[str]:
    """The program from a file to its list and its source, in a process that tells of every socket."""
    home = tmp_path / "home"
    home.mkdir()
    file = ROOT / "resources" / "sample" / "procurement" / "Upphandlingsdokument.pdf"
    command = [*prefix, sys.executable, "-c", DRIVER, str(home), str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.endswith("done\n"), done.stderr
    return done


def test_the_process_makes_no_socket(tmp_path: Path) -> None:
    """Python itself tells of everything its sockets do (PEP 578); the window and all libraries written in Python go that way."""
    assert watched(tmp_path).stdout == "\ndone\n"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: the children were not watched for sockets")
def test_no_child_opens_a_connection(tmp_path: Path) -> None:
    """The system tells of every process, whatever it is written in."""
    trace = tmp_path / "trace"
    watched(tmp_path, "strace", "-f", "-qq", "-e", "trace=socket,connect,execve", "-o", str(trace))
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    started = [call for call in calls if "execve(" in call and " = 0" in call]
    assert len(started) > 1, "the children that read were watched too"
    opened = [call for call in calls if re.search(r"\b(socket|connect)\(", call)]
    assert [call for call in opened if not any(family in call for family in _LOCAL)] == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: the typesetter was not watched")
def test_the_typesetter_opens_no_connection_and_no_font_of_the_system(tmp_path: Path) -> None:
    """It is a native library that could do both."""
    from app.secrecy.claimsfile import dump_claims
    from tests.support.claims import claim_set

    source, target, trace = tmp_path / "begäran.json", tmp_path / "bilaga.pdf", tmp_path / "trace"
    source.write_bytes(dump_claims(claim_set()))
    watch = ["strace", "-f", "-qq", "-e", "trace=socket,connect,openat,open", "-o", str(trace)]
    command = [*watch, sys.executable, "-m", "app", "annex", str(source), "-o", str(target)]
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=True)
    calls = trace.read_text(encoding="utf-8", errors="replace")
    assert target.read_bytes().startswith(b"%PDF")
    assert "typst" in calls, "the typesetter was watched"
    opened = [call for call in calls.splitlines() if re.search(r"\b(socket|connect)\(", call)]
    assert [call for call in opened if not any(family in call for family in _LOCAL)] == []
    assert not re.search(r'"[^"]*(\.ttf|\.otf|\.ttc|/fonts/?|fonts\.conf)"[^\n]* = \d', calls)
