"""Old formats through LibreOffice: a stand-in for its behaviour, and the real program where it is installed."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.core.document import BlockKind, DocumentKind
from app.core.errors import AnbudsklarError, CorruptFileError, LimitError, PasswordNeededError, UnsupportedFormatError
from app.core.limits import DEFAULT_LIMITS
from app.documents import legacy
from app.documents.formats import Format
from app.documents.legacy import find_converter, read_legacy
from app.documents.reader import ReadRequest
from tests.support.words import p, word_file

RTF = rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}}\f0 Anbudet ska vara p\'e5 svenska.\par Bifoga intyg.\par}"
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script with a #! line")
installed = pytest.mark.skipif(find_converter() is None, reason="LibreOffice is not installed")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program named soffice that runs `script` with the arguments in `args` and the output folder in `out`."""
    program = folder / "soffice"
    head = "import os, sys, time, pathlib\nargs = sys.argv\nout = pathlib.Path(args[args.index('--outdir') + 1])\n"
    program.write_text(f"#!{sys.executable}\n{head}{script}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(legacy, "find_converter", lambda: program)
    (folder / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "temporary"))


def left(folder: Path) -> list[str]:
    return [path.name for path in (folder / "temporary").iterdir()]


@posix
def test_converted_file_is_read_under_the_name_and_hash_of_the_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ready.docx").write_bytes(word_file(p("Anbudet ska vara på svenska.")))
    note = tmp_path / "note"
    stand_in(
        tmp_path,
        monkeypatch,
        f"(out / 'source.docx').write_bytes(pathlib.Path({str(tmp_path / 'ready.docx')!r}).read_bytes())\n"
        "profile = [a for a in args if a.startswith('-env:UserInstallation=file://')][0].partition('file://')[2]\n"
        "settings = (pathlib.Path(profile) / 'user' / 'registrymodifications.xcu').read_text()\n"
        f"pathlib.Path({str(note)!r}).write_text(oct(os.stat(out.parent).st_mode) + settings + ' '.join(sorted(os.environ)))\n",
    )
    monkeypatch.setenv("SECRET_TOKEN", "x")
    document = read_legacy(ReadRequest("mapp/krav.rtf", data=RTF))
    assert (document.name, document.sha256) == ("mapp/krav.rtf", sha256(RTF).hexdigest())
    assert [block.text for block in document.blocks] == ["Anbudet ska vara på svenska."]
    seen = note.read_text(encoding="utf-8")
    assert "700" in seen[:10]
    assert "DisableMacrosExecution" in seen
    assert "SECRET_TOKEN" not in seen
    assert left(tmp_path) == []


@posix
def test_hanging_converter_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "child"
    stand_in(
        tmp_path,
        monkeypatch,
        f"pid = os.fork()\nif pid:\n    pathlib.Path({str(mark)!r}).write_text(str(pid))\ntime.sleep(600)\n",
    )
    request = ReadRequest("krav.rtf", data=RTF, limits=replace(DEFAULT_LIMITS, seconds_per_file=2.0))
    with pytest.raises(LimitError) as raised:
        read_legacy(request)
    assert raised.value.code_used == "limit.time"
    assert left(tmp_path) == []
    child = Path("/proc") / mark.read_text(encoding="utf-8")
    if Path("/proc/self").exists() and child.exists():
        assert "\nState:\tZ" in (child / "status").read_text(encoding="utf-8")


@posix
@pytest.mark.parametrize("script", ["", "sys.exit(1)", "(out / 'source.docx').write_bytes(b'PK junk')"])
def test_converter_that_makes_nothing_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(CorruptFileError):
        read_legacy(ReadRequest("krav.rtf", data=RTF))
    assert left(tmp_path) == []


def test_missing_converter_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "find_converter", lambda: None)
    with pytest.raises(UnsupportedFormatError) as raised:
        read_legacy(ReadRequest("krav.rtf", data=RTF))
    assert raised.value.code_used == "file.needs_converter"


def test_other_formats_are_not_converted() -> None:
    with pytest.raises(AnbudsklarError):
        read_legacy(ReadRequest("a.txt", data=b"hej"))


def test_encrypted_word_file_needs_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "detect", lambda _request: Format.DOC)
    header = bytearray(512)
    stream = bytearray(512)
    stream[0:2], stream[11] = b"\xec\xa5", 0x01
    with pytest.raises(PasswordNeededError):
        read_legacy(ReadRequest("a.doc", data=bytes(header + stream)))


@installed
def test_real_conversion_of_rich_text() -> None:
    document = read_legacy(ReadRequest("krav.rtf", data=RTF))
    assert document.kind is DocumentKind.DOCX
    body = [block.text for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    assert body == ["Anbudet ska vara på svenska.", "Bifoga intyg."]
