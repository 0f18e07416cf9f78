from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.frozen import Frozen


@pytest.fixture(scope="session")
def built() -> Path:
    """The frozen program, made once for all tests, and again only when something that goes into it has changed."""
    if sys.platform != "linux":
        pytest.skip("tried on Linux only")
    pytest.importorskip("PyInstaller", reason="the program cannot be frozen without PyInstaller")
    if shutil.which("strip") is None:
        pytest.skip("the program cannot be frozen without strip (package binutils)")
    from installer.freezing import frozen

    cache = Path(os.environ.get("ANBUDSKLAR_FROZEN") or Path(sys.prefix) / "cache" / "frozen")
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "lock"):
        return frozen(cache)


@pytest.fixture(scope="session")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same program where a user may have put it: in a folder with å, ä, ö and spaces."""
    place = tmp_path_factory.mktemp("Mina anbud på Åsö") / "Anbudsklar ä ö"
    try:
        shutil.copytree(built, place, symlinks=True, copy_function=os.link)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(built, place, symlinks=True)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def program(folder: Path, tmp_path: Path) -> Iterator[Frozen]:
    """The frozen program with a new home. What a test leaves running is ended, process by process."""
    found = Frozen(folder / "anbudsklar", tmp_path / "Hem åäö")
    yield found
    found.close()
