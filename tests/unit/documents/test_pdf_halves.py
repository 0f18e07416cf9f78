"""A long PDF read by two processes is the PDF read by one, whatever happens to the second."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.package import pdf_bytes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")

ROOT = Path(__file__).resolve().parents[3]

ALONE = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from app.core.errors import AnbudsklarError
from app.core.limits import DEFAULT_LIMITS
from app.documents import read
from app.documents.pdf import halves
from app.documents.reader import ReadRequest

file, harm, characters = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
os.sched_getaffinity = lambda _: {0, 1}
copies, encode = [], halves._data
fork = os.fork

def counted():
    number = fork()
    copies.append(number)
    return number

def full():
    copies.append(0)
    raise BlockingIOError("no room for another process")

def harmed(page):
    if harm == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if harm == "fails":
        raise ValueError("a copy's trouble")
    return encode(page)

os.fork = full if harm == "no room" else counted
halves._data = harmed
if harm == "unheard":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # as from whoever started the program
if harm == "no memory":
    def decode(_):
        raise MemoryError
    halves._DECODER = type("Decoder", (), {"decode": staticmethod(decode)})
if harm == "nonsense":
    halves._work = lambda work, outgoing, *_: (os.write(outgoing, b"no pages"), os._exit(0))
limits = replace(DEFAULT_LIMITS, characters=characters)
told = []

def tell(may_copy):
    steps = []
    data = file.read_bytes() if harm == "in memory" else None
    request = ReadRequest(file.name, None if data else file, data, limits=limits, may_copy=may_copy, passwords=("hemligt",),
                          progress=lambda done, total: steps.append((done, total)))
    try:
        return read(request), steps
    except AnbudsklarError as error:
        return error.finding(), steps

def descriptors():
    return len(os.listdir("/proc/self/fd"))

alone, steps_alone = tell(False)
assert not copies
before = descriptors()
two, steps = tell(True)
assert descriptors() == before, "a descriptor is left"
assert len(copies) == 1, copies
assert two == alone, (two, alone)
assert all(before[0] <= after[0] for before, after in zip(steps, steps[1:])), steps
assert not steps or steps[-1][0] <= steps[-1][1]
try:
    os.waitpid(-1, 0)
    raise SystemExit("a process is left")
except ChildProcessError:
    print(type(alone).__name__, getattr(alone, "pages", None))
"""


def long_pdf(password: str = "") -> bytes:
    """Pages with text, tables drawn with lines, a picture and fields, different on each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=password or None)
    for page in range(81):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(70, 780, f"{page + 1} Krav på leverans")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70, 750, f"Anbudsgivaren ska beskriva hur krav {page} uppfylls, även vid köp av 2 000 enheter.")
        canvas.rect(70, 600, 300, 100)
        canvas.line(200, 600, 200, 700)
        canvas.drawString(80, 650, "Svar:")
        canvas.acroForm.textfield(name=f"svar{page}", tooltip=f"Svar {page}", x=210, y=620, width=150, height=20)
        canvas.drawString(70, 40, f"Sida {page + 1} av 81")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def read_both_ways(file: Path, harm: str = "", characters: int = 10_000_000) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", ALONE, str(file), harm, str(characters)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


@pytest.mark.parametrize("harm", ["", "in memory", "killed", "fails", "nonsense", "no room", "no memory", "unheard"])
def test_what_two_read_is_what_one_reads(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "Lång upphandling.pdf"
    file.write_bytes(long_pdf())
    assert read_both_ways(file, harm) == "Document 81"


def test_a_password_opens_it_for_both(tmp_path: Path) -> None:
    file = tmp_path / "Låst.pdf"
    file.write_bytes(long_pdf("hemligt"))
    assert read_both_ways(file) == "Document 81"


@pytest.mark.parametrize("characters", [100, 5_000, 8_000])
def test_a_limit_is_met_at_the_same_page(tmp_path: Path, characters: int) -> None:
    file = tmp_path / "Lång.pdf"
    file.write_bytes(long_pdf())
    assert read_both_ways(file, characters=characters).startswith("Finding")


def test_half_a_file_is_damaged_the_same(tmp_path: Path) -> None:
    file = tmp_path / "Trasig.pdf"
    content = pdf_bytes(pages=90)
    file.write_bytes(content[: len(content) // 2] + b"\0" * 1000 + content[len(content) // 2 + 1000 :])
    assert read_both_ways(file).partition(" ")[0] in ("Document", "Finding")


def test_a_short_document_is_read_by_one(tmp_path: Path) -> None:
    from app.documents.pdf.halves import is_worth_it
    from app.documents.reader import ReadRequest

    assert not is_worth_it(ReadRequest("a.pdf", may_copy=True), 59)
    assert not is_worth_it(ReadRequest("a.pdf"), 5_000), "only where a process is there for reading"
