"""How fast the window is: from its start to a list of twenty thousand items. Prints as ratios or longest blocks; judges nothing.

A block is the longest time that the window's own thread was away from its events; "own" is what the thread itself did in one.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.gui.shell.window import CHECKLIST, SECRECY
from app.workflow.opening import Vault
from tests.benchmarks.bench import ROOT, of_pages, pages_with_text
from tests.benchmarks.probe import Probe
from tests.support.vaults import item, tender
from tests.support.window import Home, Running, wait

__all__ = ["measure"]

_EMPTY = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
import time
print("usable", time.process_time(), flush=True)
"""
_OURS = """
import gc
gc.disable()
import json, sys, time
from pathlib import Path
import app.storage.keychain
def known():
    from tests.support.keyrings import MemoryKeyring
    made = MemoryKeyring()
    made.secrets = {tuple(key): secret for key, secret in json.loads(sys.argv[2])}
    return made
app.storage.keychain._system_keyring = known
from app.gui import start
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
folder = Path(sys.argv[1])
start.settings_file = lambda: QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
qt = QApplication([])
program = start.Program(qt, folder / "vault")
def shown(tenders):
    if tenders:
        program.window.repaint()
        print("usable", time.process_time(), flush=True)
        QTimer.singleShot(0, program.end)
program.session.tenders_changed.connect(shown)
program.begin()
qt.exec()
"""
_IDLE = 5
"""Seconds that the window stands before files are dropped on it: a child that reads makes itself ready meanwhile."""
_REACH = 0.05
"""Seconds until a quick hand has clicked on the list, once there is one: not in the same round of events."""
_WORDS = ("driftsäkerhet", "krav 77", "beskriv hur krav 9", "avtalstiden uppfylls", "7", "finns inte", "dri", "hur krav på")


def measure(corpus: Path, rounds: int, where: bool) -> None:
    """Print all of it."""
    gc.disable()  # as `app.__main__` does before the window
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _start(folder / "start", rounds)
        _import(folder / "import", corpus, where)
        _many(folder / "many", where)
    app.processEvents()


# --- start


def _start(folder: Path, rounds: int) -> None:
    home = _home(folder)
    with home.runs() as running:
        running.enter()
        running.session.open_sample()
        running.read()
    secrets = json.dumps(list(home.secrets().items()))
    empty, ours = [], []
    for _ in range(max(5, rounds)):  # by turns: what else the machine does meets both
        empty.append(_seconds([sys.executable, "-c", _EMPTY]))
        ours.append(_seconds([sys.executable, "-c", _OURS, str(folder), secrets]))
    print("cold start to usable window")
    for words, place in (("on the wall", 0), ("of processors", 1)):
        first, second = (min(figures[place] for figures in measured) for measured in (ours, empty))
        print(f"  {words:13} the vault open and its tenders shown {first:6.2f} s, an empty PySide6 window {second:5.2f} s")
        print(f"  {'':13} ours / empty                         {first / second:6.2f} x   (at most 4)")


def _seconds(command: list[str]) -> tuple[float, float]:
    """On the wall and of processors, until it says that it is usable."""
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        took = time.perf_counter() - began
        _, err = process.communicate(timeout=60)
    word, _, spent = line.partition(b" ")
    if word != b"usable":
        raise SystemExit(err.decode(errors="replace"))
    return took, float(spent)


# --- reading


def _import(folder: Path, corpus: Path, where: bool) -> None:
    home = _home(folder)
    file = of_pages(pages_with_text(corpus, folder), folder, 300)
    with home.runs() as running:
        _begin(running)
        _stand(_IDLE)
        probe = Probe(where)
        probe.start()
        began = time.perf_counter()
        running.drop(file)
        wait(lambda: running.session.desk is not None)
        _stand(_REACH)
        running.window.show_page(CHECKLIST)
        model = running.checklist.model
        wait(lambda: model.rowCount() > 0, "the first items", 120)
        first = time.perf_counter() - began
        wait(lambda: running.session.job is None, "the end", 120)
        wait(lambda: not running.busy() and bool(running.desk.documents))
        whole = time.perf_counter() - began
        block = probe.stop()
        print(f"import of 300 pages ({len(running.desk.items())} items), dropped on a window that has been idle for {_IDLE} s")
        print(f"  first items on the list {first:8.2f} s   (under 1)")
        print(f"  whole list              {whole:8.2f} s   (under 5)")
        _tell("longest block           ", block, probe, 50)


# --- many items


def _many(folder: Path, where: bool) -> None:
    home = _home(folder)
    with home.runs() as running:
        _begin(running)
        vault = running.office.vault
        for number in range(20):
            _fill(vault, number, 1000)
        _search(running)
        big = _fill(vault, 99, 20_000)
        probe = Probe(where)
        probe.start()
        running.window.show_page(0)
        running.session.open_tender(big)
        wait(lambda: running.session.desk is not None)
        _stand(_REACH)
        running.window.show_page(CHECKLIST)
        wait(lambda: running.checklist.model.rowCount() > 20_000 and not running.busy(), "the list")
        running.rest()
        opened = probe.stop()
        print("a tender of 20,000 items")
        _tell("opening it, longest block", opened, probe, 50)
        _scroll(running, where)


def _fill(vault: Vault, number: int, count: int) -> str:
    key = f"{number:032x}"
    items = [replace(item(place, tender=key), key=f"{number + 1:08x}{place:024x}") for place in range(1, count + 1)]
    vault.write(key, "create", [tender(key), *items])
    return key


def _search(running: Running) -> None:
    office = running.office
    took = []
    for words in _WORDS:
        began = time.perf_counter()
        hits = office.search(words)
        took.append((time.perf_counter() - began, words, len(hits)))
    worst, words, hits_of_worst = max(took)
    middle = sorted(took)[len(took) // 2][0]
    print("search over 20 tenders with 20,000 items")
    print(f"  middle {middle * 1000:6.1f} ms, slowest {worst * 1000:6.1f} ms ({words!r}, {hits_of_worst} hits)   (under 50 ms)")


def _scroll(running: Running, where: bool) -> None:
    view = running.checklist.view
    bar = view.verticalScrollBar()
    probe = Probe(where)
    probe.start()
    steps = []
    for step in range(401):
        began = time.perf_counter()
        bar.setValue(bar.maximum() * step // 400)
        view.viewport().repaint()
        steps.append(time.perf_counter() - began)
        QCoreApplication.processEvents()
    block = probe.stop()
    print(f"  scrolling all of it: {sum(steps) / len(steps) * 1000:.1f} ms a screen, slowest {max(steps) * 1000:.1f} ms")
    _tell("scrolling, longest block ", block, probe, 50)


def _begin(running: Running) -> None:
    """Until the window has made its pages, which it does by itself as soon as it is idle."""
    probe = Probe()
    probe.start()
    running.enter()
    wait(lambda: running.window.page(SECRECY) is not None, "the pages")  # the last that is made ahead
    running.rest()
    print(
        f"first start until all pages are made, longest block {probe.stop():.0f} ms, own {probe.own * 1000:.0f} ms   (at most 50)"
    )


def _tell(words: str, block: float, probe: Probe, most: int) -> None:
    print(f"  {words} {block:7.0f} ms, own {probe.own * 1000:4.0f} ms   (at most {most})")
    for place, times in probe.late.most_common(8):
        print(f"      {times:4} × {place}")


def _stand(seconds: float) -> None:
    """As a window does while its user looks for the files."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def _home(folder: Path) -> Home:
    folder.mkdir()
    return Home(folder)
