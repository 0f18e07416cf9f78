"""A document to look at is opened, drawn and read in a process of its own, and what happens there stays there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest

from app.core.document import DocumentKind
from app.core.errors import AnbudsklarError, WorkerError
from app.workers.pages import FailedPageError, PageReader
from tests.support.pdfs import drawn, texts

FIRST = texts((72, 72, "Anbudsgivaren ska bifoga ett intyg om"), (72, 90, "skatter och avgifter."), (72, 700, "Nästa sida fort-"))
SECOND = texts((72, 72, "sätter meningen här."), (300, 400, "INTYG"))
PAPER = drawn(FIRST, SECOND)
SHARED = Path("/dev/shm")


@pytest.fixture
def reader() -> Iterator[PageReader]:
    made = PageReader("inbjudan.pdf", PAPER)
    yield made
    made.close()


def is_shared(name: str) -> bool:
    """Whether there is shared memory of a name: other programs have their own."""
    return (SHARED / name).exists()


def test_a_document_tells_what_it_is_and_how_large_its_pages_are(reader: PageReader) -> None:
    file = reader.open()
    assert file.kind is DocumentKind.PDF
    assert [(round(width), round(height)) for width, height in file.sizes] == [(595, 842)] * 2


def test_another_document_is_opened_in_the_same_child_and_a_broken_one_ends_it(reader: PageReader) -> None:
    reader.open()
    child = reader._child
    assert reader.turn_to("svar.txt", b"Beskriv er metod.").kind is DocumentKind.TEXT
    assert reader._child is child
    assert [block.text for block in reader.document().blocks] == ["Beskriv er metod."]
    with pytest.raises(FailedPageError):
        reader.turn_to("trasig.pdf", b"%PDF-1.7 nothing")
    assert len(reader.turn_to("inbjudan.pdf", PAPER).sizes) == 2, "the next document is read all the same"


def test_a_page_is_drawn_over_the_pixels_asked_for(reader: PageReader) -> None:
    small, large = reader.picture(1, 60, 84), reader.picture(1, 595, 842)
    assert (len(small), len(large)) == (60 * 84 * 4, 595 * 842 * 4)
    rows = [large[row * 595 * 4 : (row + 1) * 595 * 4] for row in range(842)]
    inked = [number for number, row in enumerate(rows) if any(value < 128 for value in row[0::4])]
    assert min(inked) in range(60, 75)  # the first line's letters stand above its baseline at 72
    assert rows[400] == b"\xff\xff\xff\xff" * 595


def test_words_have_their_places(reader: PageReader) -> None:
    words = reader.words(1)
    assert [word.text for word in words[:3]] == ["Anbudsgivaren", "ska", "bifoga"]
    assert words[0].box.x0 == pytest.approx(72, abs=2)
    assert words[0].box.y1 == pytest.approx(75, abs=4)
    assert {word.line for word in words[:6]} == {0}


def test_a_quote_is_found_again_over_lines_and_pages(reader: PageReader) -> None:
    over_lines = reader.quote(1, "ett intyg om skatter")
    assert [page for page, _ in over_lines] == [1, 1]
    over_pages = reader.quote(1, "Nästa sida fortsätter meningen")
    assert [page for page, _ in over_pages] == [1, 2]
    assert reader.quote(1, "något helt annat") == ()


def test_searching_minds_neither_case_nor_line_ends(reader: PageReader) -> None:
    assert [hit.page for hit in reader.find("intyg")] == [1, 2]
    [hit] = reader.find("OM skatter")
    assert (hit.text, hit.before.split()[-1], len(hit.boxes)) == ("om skatter", "intyg", 2)
    assert reader.find("  ") == ()


def test_text_and_members_of_archives_are_told_as_blocks(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "allt.zip", "w") as archive:
        archive.writestr("bilagor/krav.txt", "Anbudsgivaren ska bifoga ett intyg.\n")
    reader = PageReader("allt.zip", (tmp_path / "allt.zip").read_bytes(), member="bilagor/krav.txt")
    try:
        assert reader.open().kind is DocumentKind.TEXT
        assert "intyg" in reader.document().blocks[0].text
    finally:
        reader.close()


def test_a_member_that_is_not_there_is_said_so() -> None:
    reader = PageReader("allt.pdf", PAPER, member="borta.pdf")
    try:
        with pytest.raises(AnbudsklarError) as caught:
            reader.open()
        assert caught.value.code_used == "file.not_found"
    finally:
        reader.close()


def test_a_page_that_is_not_there_is_no_end(reader: PageReader) -> None:
    with pytest.raises(FailedPageError):
        reader.words(3)
    assert reader.words(2)


def test_a_broken_document_is_said_so() -> None:
    reader = PageReader("trasig.pdf", b"%PDF-1.7 nothing more")
    try:
        with pytest.raises(FailedPageError) as caught:
            reader.open()
        assert (caught.value.code_used, caught.value.file) == ("file.corrupt", "trasig.pdf")
    finally:
        reader.close()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_child_that_is_killed_costs_one_answer(reader: PageReader) -> None:
    reader.open()
    child = reader._child
    assert child is not None
    os.kill(child.process.pid, signal.SIGKILL)
    with pytest.raises(WorkerError):
        reader.words(1)
    assert reader.words(1)


def test_closing_ends_the_wait_of_another_thread(reader: PageReader) -> None:
    reader.open()
    child = reader._child
    assert child is not None
    errors: list[str] = []

    def look() -> None:
        try:
            for _ in range(100_000):
                reader.picture(1, 900, 1200)
        except AnbudsklarError as error:
            errors.append(error.code_used)

    thread = Thread(target=look)
    thread.start()
    reader.close()
    thread.join(20)
    assert errors == ["worker.crashed"]
    assert child.process.returncode is not None


@pytest.mark.skipif(not SHARED.is_dir(), reason="no /dev/shm on this system")
def test_no_memory_is_left_when_either_side_is_killed() -> None:
    script = (
        "import sys; from app.workers.pages import PageReader\n"
        "reader = PageReader('a.pdf', sys.stdin.buffer.read()); reader.picture(1, 300, 400)\n"
        "print(reader._memory.name, flush=True); import time; time.sleep(60)\n"
    )
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen([sys.executable, "-c", script], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(PAPER)
    process.stdin.close()
    name = process.stdout.readline().decode().strip()
    assert name
    assert is_shared(name)
    process.kill()
    process.wait()
    process.stdout.read()  # ends when the last of its children is gone
    process.stdout.close()
    assert not is_shared(name)


def test_a_part_of_a_page_is_the_same_as_in_the_whole(reader: PageReader) -> None:
    whole = reader.picture(1, 400, 560)
    part = reader.picture(1, 400, 560, (40, 30, 200, 60))
    rows = [whole[(row * 400 + 40) * 4 : (row * 400 + 240) * 4] for row in range(30, 90)]
    assert part == b"".join(rows)
    assert any(value < 128 for value in part)


def test_a_search_keeps_to_its_pages(reader: PageReader) -> None:
    assert [hit.page for hit in reader.find("intyg", 2, 2)] == [2]
    assert reader.find("intyg", 3, 9) == ()
