"""The frozen program: one folder with everything that it needs, made again only when what goes into it has changed."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import app
from app.core.parts import Part, loaded
from installer.contents import data_files
from installer.elf import forget_folders, unlink
from installer.icons import write_icons

__all__ = [
    "LARGEST",
    "ROOT",
    "FreezingError",
    "carried_parts",
    "executable",
    "freeze",
    "frozen",
    "library_sums",
    "moment",
    "size_of",
]

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 250_000_000
"""Bytes on the disk that the folder may have."""

_STAMP = "made-of.sha256"
_READ_WORDS = """
from app.core.resources import resource
from app.core.tables import read_table
for file in sorted(resource().rglob("*.toml")):
    read_table(file)
"""
_SPEC = ROOT / "installer" / "anbudsklar.spec"
_EPOCH = 1_767_225_600
"""The moment that files are given where the project has no history: 2026-01-01."""


class FreezingError(Exception):
    """The program could not be frozen."""


def moment() -> int:
    """The time that everything is marked with: SOURCE_DATE_EPOCH, else that of the last change of the project."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    git = shutil.which("git")
    if git is not None:
        asked = subprocess.run([git, "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout.strip().isdecimal():
            return int(asked.stdout)
    return _EPOCH


def executable(folder: Path) -> Path:
    """The program in a folder that `freeze` made."""
    return folder / ("anbudsklar-cli.exe" if os.name == "nt" else "anbudsklar")


def carried_parts(folder: Path) -> tuple[Part, ...]:
    """What the frozen program says that it is made of."""
    return loaded((folder / "_internal" / "resources" / "licences" / "parts.json").read_text("utf-8"))


def frozen(cache: Path) -> Path:
    """The frozen program, kept in the cache for as long as nothing that goes into it changes."""
    mark = _mark()
    folder = cache / "anbudsklar"
    stamp = cache / _STAMP
    if not (stamp.is_file() and stamp.read_text("ascii") == mark and executable(folder).is_file()):
        stamp.unlink(missing_ok=True)
        freeze(cache)
        stamp.write_text(mark, "ascii")
    return folder


def freeze(target: Path) -> Path:
    """Make `target/anbudsklar`. Raises FreezingError with the end of what PyInstaller said."""
    work = target / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _prepare(work)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONPYCACHEPREFIX")}
    environment |= {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment()), "ANBUDSKLAR_BUILD": str(work), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(target), "--workpath", str(work / "pyinstaller"), str(_SPEC)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FreezingError("\n".join(done.stderr.splitlines()[-20:]))
    shutil.rmtree(work, ignore_errors=True)
    folder = target / "anbudsklar"
    _strip(folder)
    _date(folder)
    return folder


def library_sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every shared library that the program carries, by file name."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and _is_library(path)]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def size_of(folder: Path) -> int:
    """Bytes on the disk: what a file takes up in blocks of 4 kB, each once."""
    block = 4096
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(-(-path.stat().st_size // block) * block for path in files)


def _prepare(work: Path) -> None:
    """What the spec takes from the folder: the rules as `re` has them, and icons and versions where executables have such."""
    _keep_rules(work)
    if sys.platform in ("win32", "darwin"):
        write_icons(ROOT, work)
    if sys.platform == "win32":
        from installer.windows.version import version_file

        (work / "version.txt").write_text(version_file(app.__version__), encoding="utf-8")


def _keep_rules(work: Path) -> None:
    """Have the rules compiled and the words read as the program does it: by the interpreter that goes into it, in one order, from
    the same files."""
    place = work / "kept"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(place), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    steps = "from app.workflow.reading import keep, warm\nfor _ in warm(): pass\nkeep()\n" + _READ_WORDS
    done = subprocess.run([sys.executable, "-c", steps], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    for pattern, name in (("kept.*.patterns", "kept.patterns"), ("tables.*.tables", "tables.tables")):
        kept = sorted(place.rglob(pattern))
        if done.returncode != 0 or len(kept) != 1:
            raise FreezingError("\n".join(("The rules could not be compiled ahead.", *done.stderr.splitlines()[-20:])))
        shutil.copyfile(kept[0], work / name)


def _strip(folder: Path) -> None:
    """On Linux: without symbols for debuggers and this computer's folders.

    Pillow's libraries were patched and Qt's have none: they are left alone.
    """
    if sys.platform != "linux":
        return
    strip = shutil.which("strip")
    if strip is None:
        raise FreezingError("strip is needed (on Debian and Ubuntu: sudo apt-get install -y binutils)")
    for file in sorted(folder.rglob("*.so*")):
        if file.is_file() and not file.is_symlink() and "pillow.libs" not in file.parts and "PySide6" not in file.parts:
            subprocess.run([strip, "--strip-unneeded", str(file)], check=False, stderr=subprocess.DEVNULL)
            forget_folders(file)  # a Python that was built by hand has its own folder written into each
    for file in folder.glob("_internal/PIL/_imaging.*.so"):
        unlink(file, "libxcb-", "xcb_")  # which `contents.py` leaves out, with the module that would call it


def _date(folder: Path) -> None:
    """All files from the same moment, with rights that do not depend on who built them."""
    at = moment()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (at, at))
    os.utime(folder, (at, at))


def _is_library(path: Path) -> bool:
    return ".so" in path.name or path.suffix in (".dll", ".dylib")


def _mark() -> str:
    """A hash of all that goes into the program."""
    digest = hashlib.sha256()
    sources = sorted((ROOT / "app").rglob("*.py")) + [Path(file) for file, _ in data_files(ROOT)]
    sources += sorted((ROOT / "resources" / "licences").iterdir())
    sources += sorted(file for file in (ROOT / "installer").rglob("*") if file.suffix in (".py", ".spec", ".plist"))
    for source in sources:
        name = source.relative_to(ROOT).as_posix() if source.is_relative_to(ROOT) else source.name
        digest.update(name.encode() + b"\0" + source.read_bytes() + b"\0")
    installed = sorted(f"{found.name} {found.version}" for found in metadata.distributions())
    digest.update("\n".join((*installed, sys.version, platform.platform())).encode())
    return digest.hexdigest()
