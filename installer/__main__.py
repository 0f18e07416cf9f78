"""`make package`: the frozen program, the package for this system, the bill of materials and the hashes, in dist/.

    python -m installer             all of it
    python -m installer freeze      only the frozen program

On Linux a .deb where dpkg-deb is, and a .tar.xz for other systems; on Windows the installer where Inno Setup's iscc is; on macOS
the bundle and its disk image. What cannot be made here is said, and how to make it is in installer/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import app
from installer.freezing import LARGEST, ROOT, FreezingError, carried_parts, freeze, library_sums, moment, size_of
from installer.system import UnknownLibraryError

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Make what was asked for. Answers with the exit status."""
    asked = argparse.ArgumentParser(prog="python -m installer", description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("what", nargs="?", choices=("all", "freeze"), default="all")
    asked.add_argument("--target", type=Path, default=ROOT / "dist", help="folder for what is made (dist)")
    given = asked.parse_args(arguments)
    try:
        return _make(given.target.absolute(), packages=given.what == "all")
    except FreezingError as error:
        print(f"The program could not be frozen:\n{error}", file=sys.stderr)
    except UnknownLibraryError as error:
        print(
            f"No Debian package is known for what the program needs: {error} (see PACKAGES in installer/system.py)",
            file=sys.stderr,
        )
    except subprocess.CalledProcessError as error:
        command = shlex.join(map(str, error.cmd)) if isinstance(error.cmd, (list, tuple)) else str(error.cmd)
        print(f"A tool failed with status {error.returncode}: {command}\n{_said(error)}".rstrip(), file=sys.stderr)
    return 1


def _make(target: Path, *, packages: bool) -> int:
    program = freeze(target)
    size = size_of(program)
    print(f"{program.name}: {size / 1e6:.1f} MB")
    if size > LARGEST:
        print(f"That is more than {LARGEST / 1e6:.0f} MB: see what was collected that nobody needs.", file=sys.stderr)
        return 1
    if packages:
        made = [*_packages(program, target), _bill(program, target)]
        sums = _sums(made, target)
        for path in (*made, sums):
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _said(error: subprocess.CalledProcessError) -> str:
    """What the tool itself said, if it was listened to; else it stands above."""
    said = error.stderr or error.output or ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _packages(program: Path, target: Path) -> list[Path]:
    if sys.platform == "win32":
        return _windows(program, target)
    if sys.platform == "darwin":
        return _macos(target)
    from installer.deb import DESKTOP, build_deb, metainfo

    described = target / f"{DESKTOP}.metainfo.xml"  # for the recipes in installer/linux
    described.write_text(metainfo(), "utf-8")
    made = [_archive(program, target), described]
    if shutil.which("dpkg-deb") and shutil.which("objdump"):
        made.append(build_deb(program, carried_parts(program), target))
    else:
        print("No .deb: dpkg-deb (package dpkg) and objdump (package binutils) are needed.", file=sys.stderr)
    return made


def _archive(program: Path, target: Path) -> Path:
    """The folder as it is, for systems without .deb: the same bytes from the same folder."""
    path = target / f"anbudsklar-{app.__version__}-linux-{platform.machine()}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = moment()
        return entry

    with tarfile.open(path, "w:xz", format=tarfile.PAX_FORMAT) as archive:
        for file in sorted(program.rglob("*")):
            archive.add(file, Path(program.name) / file.relative_to(program), recursive=False, filter=plain)
    return path


def _windows(program: Path, target: Path) -> list[Path]:
    iscc = shutil.which("iscc")
    if iscc is None:
        print("No installer: Inno Setup's iscc is not on the search path.", file=sys.stderr)
        return []
    from installer.icons import write_icons

    scripts = ROOT / "installer" / "windows"
    drawn = target / "icons"
    write_icons(ROOT, drawn)
    for name in ("anbudsklar.ico", "tender.ico"):
        shutil.copyfile(drawn / name, scripts / name)
    shutil.rmtree(drawn)
    defined = [f"/DVersion={app.__version__}", f"/DSource={program}", f"/DTarget={target}"]
    sign = os.environ.get("SIGN_COMMAND", "")
    if sign and ('"' in sign or "$f" not in sign):
        raise FreezingError("SIGN_COMMAND: write $q for a quotation mark, and $f for the file that is signed.")
    signed = [f"/Ssign={sign}", "/DSign"] if sign else []
    subprocess.run([iscc, "/Q", *defined, *signed, str(scripts / "anbudsklar.iss")], check=True)
    return [target / f"anbudsklar-{app.__version__}-windows-x64.exe"]


def _macos(target: Path) -> list[Path]:
    image = target / f"anbudsklar-{app.__version__}-macos-{platform.machine()}.dmg"
    script = ROOT / "installer" / "macos" / "make_dmg.sh"
    subprocess.run(["/bin/sh", str(script), str(target / "Anbudsklar.app"), str(image)], check=True)
    return [image]


def _bill(program: Path, target: Path) -> Path:
    from installer.bill import bill

    path = target / f"anbudsklar-{app.__version__}-{platform.system().lower()}-{platform.machine().lower()}.cdx.json"
    path.write_text(bill(carried_parts(program), library_sums(program)), "utf-8")
    return path


def _sums(made: list[Path], target: Path) -> Path:
    path = target / "SHA256SUMS"
    path.write_text("".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made), "utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
