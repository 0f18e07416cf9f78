"""Sets up the project's own environment and runs its tasks: what `make` calls, and what to type where there is no make.

    python bootstrap.py run        the window with the sample procurement
    python bootstrap.py test       every check and test
    python bootstrap.py help       all tasks

Needs nothing but Python 3.11 or newer. The environment is `.venv` in the project, made from the hash-locked files in
`requirements/` and made again only when they (or the Python) change. Nothing outside the project is touched, except
that a missing system package is installed where that is permitted without asking for a password; elsewhere the one
command to type is printed.

This file must be readable by Python 3.7, so that an old Python can say which one is needed.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = VENV / "cache"
LOCKS = ROOT / "requirements"
OLDEST = (3, 11)
TRIED = ("3.14", "3.13", "3.12", "3.11")
SAMPLE = "resources/sample/procurement"
CHECKED = ("app", "installer", "resources", "tests", "bootstrap.py")
TESTS = ("tests/unit", "tests/gui", "tests/golden", "tests/corpus", "tests/fuzz", "tests/e2e", "tests/installer")
WINDOWS = os.name == "nt"
# What Qt's window loads from the system, and the Debian package that has it.
WINDOW_LIBRARIES = {
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libexpat.so.1": "libexpat1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb.so.1": "libxcb1",
    "libX11.so.6": "libx11-6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

HELP = """\
run      the window with the sample procurement (in the terminal where there is no display)
test     ruff, mypy, the import contracts, then every test
bench    time and memory against the bare libraries, as ratios; the window's blocks
pictures every page of the window, in both languages and themes, as pictures in the folder named (or build/pictures)
format   put the code in order: ruff's fixes and its formatter
sample   build the sample procurement and bid again (no difference when nothing changed)
package  the program as people install it, in the folder dist (or the one after --target): see installer/README.md
lock     pin what pyproject.toml asks for; lock --upgrade takes the newest (needs uv)
env      only make the environment; then use .venv like any other
help     this list

With make: make run.  Without: python bootstrap.py run.  Words after the task go to it: python bootstrap.py test -k rules
"""


class StopError(Exception):
    """Ends the task with a message and a status other than 0."""

    def __init__(self, message: str = "", status: int = 1) -> None:
        super().__init__(message)
        self.status = status


# --- the right Python -------------------------------------------------------------------------------------------------


def candidates() -> list[list[str]]:
    """The commands by which a newer Python may answer, newest first."""
    if WINDOWS:
        return [["py", "-" + version] for version in TRIED]
    return [["python" + version] for version in TRIED]


def newer_python() -> list[str] | None:
    """The command of a Python that is new enough, or None."""
    probe = "import sys; sys.exit(sys.version_info < ({}, {}))".format(*OLDEST)
    for command in candidates():
        if shutil.which(command[0]) and subprocess.run([*command, "-c", probe], stderr=subprocess.DEVNULL).returncode == 0:
            return command
    return None


def python_advice() -> str:
    """What to type to get a Python that is new enough."""
    if WINDOWS:
        return "winget install Python.Python.3.13"
    if sys.platform == "darwin":
        return "brew install python@3.13   (or the installer from python.org)"
    if shutil.which("apt-get"):
        return "sudo apt-get install -y python3.11 python3.11-venv   (where the release has it; else see python.org)"
    return "install python3.11 or newer with the system's package manager"


def need_python(arguments: list[str]) -> int | None:
    """Hand over to a newer Python when this one is too old. None: this one will do."""
    if sys.version_info >= OLDEST:
        return None
    command = newer_python()
    if command is None:
        raise StopError(
            f"Python {platform.python_version()} is too old, 3.11 or newer is needed. Install it:\n\n    {python_advice()}\n"
        )
    return subprocess.run([*command, str(Path(__file__).resolve()), *arguments]).returncode


# --- the environment --------------------------------------------------------------------------------------------------


def venv_python() -> Path:
    """The environment's interpreter."""
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages where that is permitted without asking for a password. Returns whether it was done."""
    if not shutil.which("apt-get"):
        return False
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    permitted = root or (
        shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode == 0
    )
    if not permitted:
        return False
    print("Installing {} ...".format(" ".join(packages)), flush=True)
    subprocess.run([*sudo, "apt-get", "update", "-qq"])
    command = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0


def need_venv_module() -> None:
    """Debian and Ubuntu split `venv` off: install it where permitted, otherwise say the one command."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if not shutil.which("apt-get"):
        raise StopError("This Python has no venv module. Install it with the system's package manager, then try again.")
    installed = install_packages([package])
    importlib.invalidate_caches()
    if not (installed and importlib.util.find_spec("ensurepip")):
        raise StopError(f"Python's venv module is missing. Type this, then try again:\n\n    sudo apt-get install -y {package}\n")


def missing_libraries() -> list[str]:
    """Packages with the libraries and the fonts that a window needs and this Linux lacks."""
    if not sys.platform.startswith("linux"):
        return []
    packages = []
    for library, package in WINDOW_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    fonts = [Path(folder) for folder in ("/usr/share/fonts", "/usr/local/share/fonts")]
    if not any(next(folder.rglob("*.[to]t[fc]"), None) for folder in fonts if folder.is_dir()):
        packages.append("fonts-dejavu-core")
    return packages


def need_window_libraries() -> None:
    """On Linux: install what a window needs where permitted, otherwise say the one command."""
    packages = missing_libraries()
    if packages:
        install_packages(packages)
        packages = missing_libraries()
    if packages:
        raise StopError(
            "The window needs libraries that are not on this system. On Debian and Ubuntu, type this, then try again:\n\n"
            "    sudo apt-get install -y {}\n".format(" ".join(packages))
        )


def fingerprint(lock: Path) -> str:
    """What the environment depends on: the lock, the interpreter, and where the project stands."""
    made_for = (sys.version, sysconfig.get_platform(), str(ROOT))
    parts = [lock.read_bytes(), *(os.fsencode(part) for part in made_for)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def environment(group: str) -> None:
    """Make `.venv` hold what `requirements/GROUP.txt` pins; do nothing when it already does. `dev` contains `run`."""
    stamps = {name: VENV / f"installed-{name}" for name in ("run", "dev")}
    current = {name: fingerprint(LOCKS / f"{name}.txt") for name in stamps}
    enough = ("dev",) if group == "dev" else ("run", "dev")
    if venv_python().exists() and any(stamps[name].exists() and stamps[name].read_text() == current[name] for name in enough):
        return
    need_venv_module()
    began = VENV / "made-by-bootstrap"
    foreign = VENV.exists() and not began.exists()
    if foreign and (VENV / "pyvenv.cfg").exists():
        raise StopError(f"{VENV} was made by something else. Move it away (or delete it), then try again.")
    half = began.exists() and not any(stamp.exists() for stamp in stamps.values())
    stale = [name for name, stamp in stamps.items() if stamp.exists() and stamp.read_text() != current[name]]
    if half or stale or not venv_python().exists():
        print(f"Making the environment in {VENV.name} (Python {platform.python_version()}) ...", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        if made.returncode != 0:
            raise StopError("The environment could not be made; the message above says why.")
        began.touch()
    print(f"Installing what requirements/{group}.txt pins ...", flush=True)
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-qq"]
    # No source builds: they would fetch build tools that no lock names.
    pip += ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(LOCKS / f"{group}.txt")]
    if subprocess.run(pip).returncode != 0:
        raise StopError(
            "The dependencies could not be installed; the message above says why. A network connection is needed once."
        )
    link_project()
    stamps[group].write_text(current[group])


def link_project() -> None:
    """Let the environment import the project in place, and give it the command `anbudsklar`."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([str(venv_python()), "-c", where], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    (Path(packages) / "anbudsklar.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    if WINDOWS:
        command = venv_python().with_name("anbudsklar.cmd")
        command.write_text(f'@"{venv_python()}" -m app %*\r\n', encoding="utf-8")
    else:
        command = venv_python().with_name("anbudsklar")
        command.write_text(f'#!/bin/sh\nexec "{venv_python()}" -m app "$@"\n', encoding="utf-8")
        command.chmod(0o755)


# --- tasks ------------------------------------------------------------------------------------------------------------


def child_environment() -> dict[str, str]:
    """Environment of every task: UTF-8, and all caches inside `.venv`, so that the working tree stays as it was."""
    values = dict(os.environ)
    values.pop("PYTHONPATH", None)
    values.update(
        PYTHONUTF8="1",
        PYTHONPYCACHEPREFIX=str(CACHE / "pycache"),
        RUFF_CACHE_DIR=str(CACHE / "ruff"),
        MYPY_CACHE_DIR=str(CACHE / "mypy"),
        HYPOTHESIS_STORAGE_DIRECTORY=str(CACHE / "hypothesis"),
        VIRTUAL_ENV=str(VENV),
        PATH=str(venv_python().parent) + os.pathsep + os.environ.get("PATH", ""),
    )
    return values


def start(command: list[str]) -> int:
    """Run a command in the project's folder. Returns its status."""
    return subprocess.run(command, cwd=str(ROOT), env=child_environment()).returncode


def python(*arguments: str) -> int:
    """Run the environment's Python in the project's folder. Returns its status."""
    return start([str(venv_python()), *arguments])


def has_display() -> bool:
    """Whether a window can be shown."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """The window with the sample; the sample's checklist in the terminal where there is no display or words are given."""
    environment("run")
    if arguments or not has_display():
        return python("-m", "app", "check", SAMPLE, *arguments)
    need_window_libraries()
    return python("-m", "app", "--sample")


def test(arguments: list[str]) -> int:
    """Everything that must hold. The checks all run; the tests follow when the checks passed, so that they end the output."""
    environment("dev")
    need_window_libraries()
    lint_imports = venv_python().with_name("lint-imports.exe" if WINDOWS else "lint-imports")
    checks = {
        "ruff check": [str(venv_python()), "-m", "ruff", "check", "--quiet", "."],
        "ruff format": [str(venv_python()), "-m", "ruff", "format", "--check", "--quiet", "."],
        "mypy": [str(venv_python()), "-m", "mypy", *CHECKED],
        "import contracts": [str(lint_imports), "--no-logo", "--cache-dir", str(CACHE / "imports")],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if start(command) != 0:
            failed.append(name)
    if failed:
        raise StopError("failed: {}".format(", ".join(failed)))
    print("== tests", flush=True)
    chosen = any((ROOT / word.split("::")[0]).exists() for word in arguments)
    paths = [] if chosen else [path for path in TESTS if (ROOT / path).is_dir()]
    CACHE.mkdir(exist_ok=True)
    settings = ["-o", f"cache_dir={CACHE / 'pytest'}", "--basetemp", str(CACHE / "tmp"), "-n", "2"]
    return python("-m", "pytest", *settings, *paths, *arguments)


def tool(module: str, *defaults: str, window: bool = False) -> Callable[[list[str]], int]:
    """A task that runs a module of the project with the words after the task, or with the defaults."""

    def task(arguments: list[str]) -> int:
        environment("dev")
        if window:
            need_window_libraries()
        return python("-m", module, *(arguments or defaults))

    return task


def tidy(arguments: list[str]) -> int:
    """Ruff's safe fixes, then its formatter."""
    environment("dev")
    return python("-m", "ruff", "check", "--fix", ".", *arguments) or python("-m", "ruff", "format", ".")


def lock(arguments: list[str]) -> int:
    """Pin versions with the hashes of every file of every platform. Pins that still fit stay; `lock --upgrade` renews them."""
    uv = shutil.which("uv")
    if uv is None:
        raise StopError("Pinning needs uv. Install it:  pip install uv")
    for name, extra in (("run", []), ("dev", ["--group", "dev", "--constraint", "requirements/run.txt"])):
        target = LOCKS / f"{name}.txt"
        inputs = ["pyproject.toml", "--constraint", "requirements/platforms.in", *extra]
        command = [uv, "pip", "compile", *inputs, "--universal", "--python-version", "{}.{}".format(*OLDEST)]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"]
        done = subprocess.run([*command, "--output-file", str(target), *arguments], cwd=str(ROOT), stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            return done.returncode
        head = f"# Pinned by `make lock` for Python 3.11 to 3.14 on every platform: what the {name} tasks need.\n"
        pins = target.read_text(encoding="utf-8")
        target.write_bytes((pins if pins.startswith(head) else head + pins).encode("utf-8"))
    return 0


def env(_arguments: list[str]) -> int:
    """Only the environment, with everything in it."""
    environment("dev")
    print(f"Ready: {venv_python()}")
    return 0


def usage(_arguments: list[str]) -> int:
    """The list of tasks."""
    print(HELP, end="")
    return 0


TASKS = {
    "run": run,
    "test": test,
    "bench": tool("tests.benchmarks", window=True),
    "pictures": tool("tests.pictures", str(ROOT / "build" / "pictures"), window=True),
    "format": tidy,
    "sample": tool("resources.sample.build"),
    "package": tool("installer"),
    "lock": lock,
    "env": env,
    "help": usage,
}


def main(arguments: list[str]) -> int:
    """Run one task. Returns the status to exit with."""
    if not arguments or arguments[0] in ("-h", "--help"):
        arguments = ["help"]
    task = TASKS.get(arguments[0])
    if task is None:
        print(f"There is no task {arguments[0]!r}.\n\n{HELP}", end="", file=sys.stderr)
        return 2
    try:
        handed_over = need_python(arguments)
        return task(arguments[1:]) if handed_over is None else handed_over
    except StopError as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
