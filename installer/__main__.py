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
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import app
from app.core.parts import Part
from installer.freezing import LARGEST, ROOT, FreezingError, carried_parts, freeze, moment, size_of

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Make what was asked for. Answers with the exit status."""
    asked = argparse.ArgumentParser(prog="python -m installer", description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("what", nargs="?", choices=("all", "freeze"), default="all")
    asked.add_argument("--target", type=Path, default=ROOT / "dist", help="folder for what is made (dist)")
    given = asked.parse_args(arguments)
    target: Path = given.target.absolute()
    try:
        program = freeze(target)
    except FreezingError as error:
        print(f"The program could not be frozen:\n{error}", file=sys.stderr)
        return 1
    size = size_of(program)
    print(f"{program.name}: {size / 1e6:.0f} MB")
    if size > LARGEST:
        print(f"That is more than {LARGEST / 1e6:.0f} MB: see what was collected that nobody needs.", file=sys.stderr)
        return 1
    if given.what == "all":
        made = [*_packages(program, target), _bill(carried_parts(program), target)]
        sums = _sums(made, target)
        for path in (*made, sums):
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


def _packages(program: Path, target: Path) -> list[Path]:
    if sys.platform == "win32":
        return _windows(program, target)
    if sys.platform == "darwin":
        return _macos(target)
    from installer.deb import DESKTOP, build_deb, metainfo

    (target / f"{DESKTOP}.metainfo.xml").write_text(metainfo(), "utf-8")  # for the recipes in installer/linux
    made = [_archive(program, target)]
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


def _bill(parts: tuple[Part, ...], target: Path) -> Path:
    from installer.bill import bill

    path = target / f"anbudsklar-{app.__version__}-{platform.system().lower()}.cdx.json"
    path.write_text(bill(parts), "utf-8")
    return path


def _sums(made: list[Path], target: Path) -> Path:
    path = target / "SHA256SUMS"
    path.write_text("".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made), "utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
