"""What other pages are made of is found without importing it, and is then imported one module at a time on the main thread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

ALONE = """
import json, sys, threading
from importlib import import_module
from app.gui.start import Program
from app.gui.shell.ahead import PAGES, find_ahead, take_ahead

def ours():
    return {name for name in sys.modules if name.startswith("app.gui.")}

def others():
    return {name for name in sys.modules if name.startswith("app.") and not name.startswith("app.gui")}

before, found = ours(), []
thread = threading.Thread(target=lambda: found.extend(find_ahead()))
thread.start()
thread.join()
on_thread, rooms = sorted(ours() - before), others()
brought = {}
for name in found:
    before = ours()
    take_ahead(name)
    brought[name] = len(ours() - before)
before = ours()
for name in PAGES:
    import_module(name)
told = {"thread": on_thread, "brought": brought, "left": sorted(ours() - before), "rooms": sorted(others() - rooms)}
print(json.dumps(told))
"""


def test_modules_of_the_window_are_found_on_a_thread_and_imported_one_by_one() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ALONE], env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["thread"] == [], "nothing of the window is imported beside the main thread"
    assert told["left"] == [], "nothing is left to import when a page is wanted"
    assert told["rooms"] == [], "what knows no Qt has been imported already"
    assert len(told["brought"]) > 100
    assert max(told["brought"].values()) <= 3, told["brought"]
