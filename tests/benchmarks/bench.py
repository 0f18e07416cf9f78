"""How fast and how large: `anbudsklar check` against libraries that only read text, as ratios of one run.

The pages come from the corpus' PDFs that have text (from a generated file where there is no corpus), merged and repeated to the
size wanted. Every figure is of a process of its own, start included, the best of some rounds. Prints; judges nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
CHECK = [sys.executable, "-m", "app", "check"]
PDFIUM = """
import sys, pypdfium2
document = pypdfium2.PdfDocument(sys.argv[1])
count = 0
for index in range(len(document)):
    page = document[index]
    text = page.get_textpage()
    count += len(text.get_text_range())
    text.close()
    page.close()
"""
PLUMBER = """
import sys, time, pdfplumber
wanted = [int(number) for number in sys.argv[2].split(",")]
began = time.perf_counter()
with pdfplumber.open(sys.argv[1], pages=wanted) as document:
    for page in document.pages:
        page.extract_text()
        page.close()
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, seconds of all processors, peak bytes of the process tree (0 when not measured)."""

    wall: float
    cpu: float
    peak: int = 0


def measure(corpus: Path, pages: int, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = pages_with_text(corpus, folder)
        _against_libraries(source, folder, pages, rounds)
        _by_size(source, folder)


def _against_libraries(source: Path, folder: Path, pages: int, rounds: int) -> None:
    file = of_pages(source, folder, pages)
    out = folder / "out.json"
    ours = _best([*CHECK, str(file), "-o", str(out)], rounds)
    pdfium = _best([sys.executable, "-c", PDFIUM, str(file)], rounds)
    sample = sorted({1 + index * pages // 20 for index in range(20)})
    plumber = subprocess.run(
        [sys.executable, "-c", PLUMBER, str(file), ",".join(map(str, sample))], check=True, capture_output=True, text=True
    )
    plumber_all = float(plumber.stdout) * pages / len(sample)
    print(f"{pages} pages            wall      cpu      per page")
    for label, cost in (("anbudsklar check", ours), ("pypdfium2 text", pdfium)):
        print(f"  {label:17}{cost.wall:7.2f} s {cost.cpu:7.2f} s {cost.cpu / pages * 1000:8.2f} ms")
    print(f"  pdfplumber text  {plumber_all:7.2f} s  (from {len(sample)} pages)")
    print(f"check / pypdfium2    wall {ours.wall / pdfium.wall:5.2f} x, cpu {ours.cpu / pdfium.cpu:5.2f} x   (at most 4)")
    print(f"pdfplumber / check   wall {plumber_all / ours.wall:5.1f} x   (at least 10)")


def _by_size(source: Path, folder: Path) -> None:
    print("\npages    wall      cpu     cpu per page   peak memory of the process tree")
    start = _best([*CHECK, str(of_pages(source, folder, 1)), "-o", str(folder / "out.json")], 2)
    print(f"{1:5} {start.wall:7.2f} s {start.cpu:7.2f} s")
    for pages in (100, 1000, 3000):
        cost = _run([*CHECK, str(of_pages(source, folder, pages)), "-o", str(folder / "out.json")], memory=True)
        each = (cost.cpu - start.cpu) / pages * 1000
        bar = "   (under 300 at 1000 pages)" if pages == 1000 else ""
        print(f"{pages:5} {cost.wall:7.2f} s {cost.cpu:7.2f} s {each:8.2f} ms {cost.peak / 1e6:12.0f} MB{bar}")


def _best(command: Sequence[str], rounds: int) -> Cost:
    return min((_run(command) for _ in range(rounds)), key=lambda cost: cost.wall)


def _run(command: Sequence[str], memory: bool = False) -> Cost:
    """Run to the end. The processors' time includes what the process started and waited for."""
    before = os.times()
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    peak = 0
    while memory and process.poll() is None:
        peak = max(peak, _tree(process.pid))
        time.sleep(0.02)
    _, err = process.communicate()
    wall = time.perf_counter() - began
    after = os.times()
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command[:4])}: {process.returncode}\n{err.decode(errors='replace')}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, peak)


def _tree(number: int) -> int:
    """Bytes that the process and its descendants hold: shared pages counted in parts where the system tells, else whole."""
    total = 0
    try:
        parent = psutil.Process(number)
        for process in (parent, *parent.children(recursive=True)):
            info = process.memory_full_info()
            total += getattr(info, "pss", 0) or getattr(info, "uss", 0) or info.rss
    except psutil.Error:
        return 0
    return total


def pages_with_text(corpus: Path, folder: Path) -> Path:
    """One file of all pages that have text: of the corpus, or generated."""
    import pypdfium2

    target = folder / "source.pdf"
    found = sorted(path for path in corpus.rglob("*.pdf") if path.parent.name != "scan") if corpus.is_dir() else []
    if not found:
        from tests.support.package import pdf_bytes

        print("(no corpus here: measuring a generated file)")
        target.write_bytes(pdf_bytes(pages=50))
        return target
    merged = pypdfium2.PdfDocument.new()
    for path in found:
        with pypdfium2.PdfDocument(path) as document:
            with_text = [index for index in range(len(document)) if document[index].get_textpage().count_chars() > 100]
            merged.import_pages(document, with_text)
    merged.save(target)
    return target


def of_pages(source: Path, folder: Path, pages: int) -> Path:
    """A file of so many pages: those of the source, evenly chosen when it has more, repeated when it has fewer."""
    import pypdfium2

    target = folder / f"{pages}.pdf"
    if target.exists():
        return target
    made = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(source) as document:
        have = len(document)
        if have >= pages:
            made.import_pages(document, [index * have // pages for index in range(pages)])
        while len(made) < pages:
            made.import_pages(document, list(range(min(have, pages - len(made)))))
    made.save(target)
    return target
