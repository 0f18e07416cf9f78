"""Old formats (.doc, .xls, .odt, .ods, .rtf), turned into new ones by LibreOffice and read by the reader of those.

LibreOffice works in a private folder with a profile of its own that runs no macros and follows no links, under a time
limit after which the whole process group ends. The folder is removed whatever happens: should this process be killed, a guard
that outlives it ends LibreOffice and removes the folder, for it holds the tender's text.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from app.core.document import Document
from app.core.errors import CorruptFileError, LimitError, PasswordNeededError, UnsupportedFormatError
from app.documents.formats import Format, detect
from app.documents.ooxml import checked_package
from app.documents.reader import ReadRequest

__all__ = ["find_converter", "read_legacy"]

# The name that LibreOffice goes by, and where its installers put it when the search path does not have it.
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "~/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/usr/local/bin/soffice",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432", "LOCALAPPDATA")
_TARGETS = {Format.DOC: "docx", Format.ODT: "docx", Format.RTF: "docx", Format.XLS: "xlsx", Format.ODS: "xlsx"}
_PASSED_ON = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH")

# The guard waits for the end of its standard input, which comes with the end of this process however that ends. Each line
# names a process group; the last is ended. A file that the group was writing may hold up the first removal.
_SHELL = Path("/bin/sh")
_GUARD = """while read -r line; do group=$line; done
[ -n "$group" ] && kill -s KILL -- "-$group"
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }"""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Save/Document", "AutoSave", "false"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
)


def find_converter() -> Path | None:
    """LibreOffice's program on this machine, None when it is not there."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    places = [Path(place).expanduser() for place in _PLACES]
    for variable in _WINDOWS_FOLDERS:
        folder = os.environ.get(variable)
        if folder:
            places.append(Path(folder) / "LibreOffice" / "program" / "soffice.exe")
    return next((place for place in places if place.is_file()), None)


def read_legacy(request: ReadRequest) -> Document:
    """The document, with the name and hash of the original.

    Raises UnsupportedFormatError (`file.needs_converter`) without LibreOffice, PasswordNeededError, CorruptFileError when
    LibreOffice makes nothing of the file, LimitError (`limit.time`) when it takes too long.
    """
    kind = detect(request)
    if kind not in _TARGETS:
        raise UnsupportedFormatError(request.name, format=kind)
    if kind in (Format.ODT, Format.ODS):
        _check_open_document(request)
    elif kind in (Format.DOC, Format.XLS) and _is_encrypted(request.bytes(), kind):
        raise PasswordNeededError(request.name, remedy="remove_password")
    converter = find_converter()
    if converter is None:
        raise UnsupportedFormatError(request.name, code="file.needs_converter", format=kind, target=_TARGETS[kind])
    converted = replace(request, path=None, data=_converted(request, converter, kind))
    document = _read(converted, _TARGETS[kind])
    return replace(document, sha256=request.digest())


def _read(request: ReadRequest, target: str) -> Document:
    if target == "docx":
        from app.documents.docx import read_docx

        return read_docx(request)
    from app.documents.xlsx import read_xlsx

    return read_xlsx(request)


def _check_open_document(request: ReadRequest) -> None:
    """An OpenDocument file is a ZIP too: held to the same limits, and its encryption stands in its manifest."""
    with checked_package(request) as stream:
        try:
            with ZipFile(stream) as package:
                if b"encryption-data" in package.read("META-INF/manifest.xml"):
                    raise PasswordNeededError(request.name, remedy="remove_password")
        except (KeyError, BadZipFile, OSError) as error:
            raise CorruptFileError(request.name) from error


def _is_encrypted(data: bytes, kind: Format) -> bool:
    """Word's encryption bit (MS-DOC 2.5.2, FibBase.fEncrypted), Excel's FILEPASS record after BOF (MS-XLS 2.4.117)."""
    if kind is Format.DOC:
        start = data.find(b"\xec\xa5", 512)
        return start % 512 == 0 and start + 12 <= len(data) and bool(data[start + 11] & 0x01)
    start = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00", 512)
    return start >= 0 and data[start + 20 : start + 22] == b"\x2f\x00"


def _converted(request: ReadRequest, converter: Path, kind: Format) -> bytes:
    target = _TARGETS[kind]
    # mkdtemp makes the folder readable by its owner only, before anything is in it.
    folder = Path(tempfile.mkdtemp(prefix="anbudsklar-"))
    guard: subprocess.Popen[bytes] | None = None
    try:
        guard = _guard(folder)
        (folder / "home").mkdir()
        (folder / "out").mkdir()
        _write_profile(folder / "profile")
        source = folder / f"source.{kind}"
        source.write_bytes(request.bytes())
        _run(request, converter, folder, source, target, guard)
        result = folder / "out" / f"source.{target}"
        if not result.is_file() or result.is_symlink():
            raise CorruptFileError(request.name)
        size = result.stat().st_size
        if size > request.limits.file_bytes:
            raise LimitError(request.name, code="limit.size", limit=request.limits.file_bytes, size=size)
        return result.read_bytes()
    except OSError as error:
        raise UnsupportedFormatError(request.name, code="file.conversion_failed") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if guard is not None:
            _end(guard)


def _write_profile(profile: Path) -> None:
    """A profile of its own: nobody's open LibreOffice is disturbed, and no setting of the user's lets a macro run."""
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _guard(folder: Path) -> subprocess.Popen[bytes] | None:
    """The guard of the folder, in a session of its own so that it survives this process. None where there is no such shell."""
    if not _SHELL.is_file():
        return None
    return subprocess.Popen(  # noqa: S603 - the script is ours and the folder's name was made here
        [str(_SHELL), "-c", _GUARD, "guard", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath},
        start_new_session=True,
    )


def _run(
    request: ReadRequest, converter: Path, folder: Path, source: Path, target: str, guard: subprocess.Popen[bytes] | None
) -> None:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    private = str(folder / "home")
    environment |= {
        "HOME": private,
        "USERPROFILE": private,
        "APPDATA": private,
        "TMPDIR": private,
        "TMP": private,
        "TEMP": private,
    }
    command = [
        str(converter),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        "--norestore",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is found by us and the arguments hold no user's text
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise UnsupportedFormatError(request.name, code="file.needs_converter", target=target) from error
    try:
        if guard is not None and guard.stdin is not None:
            with contextlib.suppress(OSError):
                guard.stdin.write(b"%d\n" % process.pid)
                guard.stdin.flush()
        process.wait(timeout=request.limits.seconds_per_file)
    except subprocess.TimeoutExpired as error:
        raise LimitError(request.name, code="limit.time", limit=request.limits.seconds_per_file) from error
    finally:
        # Also after success: LibreOffice is a launcher with children, and none of them may outlive its folder.
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
