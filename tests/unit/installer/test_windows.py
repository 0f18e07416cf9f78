"""The installer for Windows, read as its compiler would: it cannot be compiled here."""

from __future__ import annotations

import configparser
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from installer import __main__ as making
from installer.deb import DESKTOP
from installer.freezing import ROOT, FreezingError

WINDOWS = ROOT / "installer" / "windows"


def inno() -> dict[str, list[str]]:
    """The script by its sections, without comments."""
    sections: dict[str, list[str]] = {"": []}
    name = ""
    for line in (WINDOWS / "anbudsklar.iss").read_text("utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            name = match[1]
            assert name not in sections, "a section stands once"
            sections[name] = []
        elif line.strip() and not line.startswith(";"):
            sections[name].append(line)
    return sections


def seen(*, signing: bool) -> list[str]:
    """The lines that the compiler sees when there is a tool to sign with, and when there is none."""
    lines: list[str] = []
    stack: list[bool] = []
    for line in (WINDOWS / "anbudsklar.iss").read_text("utf-8").splitlines():
        if line == "#ifdef Sign":
            stack.append(signing)
        elif line.startswith("#if"):
            stack.append(True)
        elif line == "#else":
            stack[-1] = not stack[-1]
        elif line == "#endif":
            stack.pop()
        elif all(stack):
            lines.append(line)
    assert stack == []
    return lines


def test_without_a_tool_to_sign_with_nothing_is_to_be_signed() -> None:
    """The compiler stops at a signed uninstaller when it has no tool."""
    plain = [line for line in seen(signing=False) if not line.startswith(";")]
    assert not [line for line in plain if re.search("sign", line, re.IGNORECASE)]
    assert 'Source: "{#Source}\\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs' in plain


def test_with_one_the_programs_are_signed_in_the_same_run() -> None:
    lines = seen(signing=True)
    assert "SignTool=sign" in lines
    files = [line for line in lines if line.startswith('Source: "{#Source}')]
    assert files == [
        'Source: "{#Source}\\*.exe"; DestDir: "{app}"; Flags: ignoreversion signonce',
        'Source: "{#Source}\\*"; Excludes: "\\*.exe"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs',
    ]


def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sign: str) -> list[str]:
    """What the compiler would be started with."""
    started: list[list[str]] = []
    drawn = tmp_path / "icons"

    def draw(_root: Path, folder: Path) -> None:
        folder.mkdir()
        for name in ("anbudsklar.ico", "tender.ico"):
            (folder / name).touch()

    (tmp_path / "installer" / "windows").mkdir(parents=True)
    monkeypatch.setattr(making, "ROOT", tmp_path)
    monkeypatch.setattr("installer.icons.write_icons", draw)
    monkeypatch.setattr(shutil, "which", lambda name: f"C:\\{name}.exe")
    monkeypatch.setattr(making, "subprocess", SimpleNamespace(run=lambda command, check: started.append(command)))
    monkeypatch.setenv("SIGN_COMMAND", sign)
    making._windows(tmp_path / "anbudsklar", tmp_path)
    assert not drawn.exists()
    return started[0]


def test_the_compiler_is_told_how_to_sign(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = compiled(monkeypatch, tmp_path, "signtool sign /n $qNorrsken & Lod$q $f")
    assert "/Ssign=signtool sign /n $qNorrsken & Lod$q $f" in command
    assert "/DSign" in command


def test_without_a_command_it_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not [word for word in compiled(monkeypatch, tmp_path, "") if "sign" in word.lower()]


@pytest.mark.parametrize("command", ['signtool sign /n "Norrsken" $f', "signtool sign /a"])
def test_a_command_that_the_compiler_would_misread_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    with pytest.raises(FreezingError, match=r"\$q"):
        compiled(monkeypatch, tmp_path, command)


def test_the_same_documents_are_offered_as_on_linux() -> None:
    """By their endings there, by their types here; a folder has an entry of its own."""
    script = "\n".join(inno()["Registry"])
    offered = re.findall(r'SupportedTypes"; ValueType: string; ValueName: "(\.\w+)"', script)
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "installer" / "linux" / f"{DESKTOP}.desktop", "utf-8")
    types = [one for one in entry["Desktop Entry"]["MimeType"].split(";") if one]
    assert len(offered) == len(set(offered)) == len(types)
    assert {".anbudsklar", ".pdf", ".docx", ".doc", ".csv", ".zip"} <= set(offered)


def test_nothing_of_it_is_left_in_the_registry() -> None:
    for line in inno()["Registry"]:
        key = re.search(r'Subkey: "([^"]+)"', line)
        assert key is not None
        if key[1].startswith("Software\\Classes\\.anbudsklar"):
            assert "uninsdeletevalue uninsdeletekeyifempty" in line


def test_the_windows_installer_needs_no_administrator_and_speaks_both_languages() -> None:
    script = inno()
    assert "PrivilegesRequired=lowest" in script["Setup"]
    assert [re.match(r'Name: "(\w+)"', line)[1] for line in script["Languages"]] == ["sv", "en"]  # type: ignore[index]
    keys: dict[str, set[str]] = {"sv": set(), "en": set()}
    for line in script["CustomMessages"]:
        language, _, key = line.partition("=")[0].partition(".")
        keys[language].add(key)
    assert keys["sv"] == keys["en"]
    whole = "\n".join(line for name, lines in script.items() if name != "CustomMessages" for line in lines)
    used = set(re.findall(r"\{cm:(\w+)", whole)) | set(re.findall(r"CustomMessage\('(\w+)'\)", whole))
    assert keys["sv"] == used - {"LaunchProgram"}


def test_the_windows_installer_refuses_to_go_back_and_keeps_the_vault() -> None:
    code = "\n".join(inno()["Code"])
    setup = "\n".join(inno()["Setup"])
    identity = re.search(r"AppId=\{(\{[0-9A-F-]+\})", setup)
    assert identity is not None
    assert f"Uninstall\\{identity[1]}_is1" in code
    assert "ComparePackedVersion(Theirs, Mine) > 0" in code
    assert re.search(r"MB_DEFBUTTON2, IDNO\) = IDYES then\s+begin\s+DelTree\(Vault", code), "kept unless the answer is yes"
    assert re.search(r"if UninstallSilent then\s+exit;.*SuppressibleMsgBox\(CustomMessage\('RemoveVault", code, re.DOTALL)
    assert code.count("begin") + code.count("case ") == len(re.findall(r"\bend\b", code))


def test_windows_and_the_program_agree_on_where_the_vault_is() -> None:
    assert "{localappdata}\\Anbudsklar" in "\n".join(inno()["Code"])
    from platformdirs.windows import Windows

    assert Windows("Anbudsklar", appauthor=False).roaming is False
