"""The real program, in a process of its own, over a real package."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import psutil
import pytest

from tests.support.package import add_broken_files, build_package, pdf_bytes, zip_bytes
from tests.support.processes import children_in_time, left

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "resources" / "schemas" / "checklist.schema.json"
COMMAND = [sys.executable, "-m", "app"]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ANBUDSKLAR"))}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "sv_SE.UTF-8", "PYTHONUTF8": "1", **more}


def run(*arguments: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env=env or environment(),
        cwd=ROOT.parent,
    )


def listed(text: str) -> dict[str, Any]:
    checklist: dict[str, Any] = json.loads(text)
    jsonschema.validate(checklist, json.loads(SCHEMA.read_text("utf-8")))
    return checklist


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_package(tmp_path_factory.mktemp("underlag"))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_broken_files(build_package(tmp_path_factory.mktemp("trasigt")))


def test_everything_is_read_and_listed(package: Path) -> None:
    done = run("check", package, "--format", "json")
    assert done.stderr == ""
    assert done.returncode == 0
    checklist = listed(done.stdout)
    names = {document["name"] for document in checklist["documents"]}
    assert {"Upphandlingsdokument.pdf", "Bilaga 1 Åtaganden.docx", "Kravlista.xlsx"} <= names
    assert {"Övrigt.zip/mapp/Underlag.pdf", "Övrigt.zip/inre.zip/Läs mig.txt"} <= names
    quotes = " ".join(item["source"]["quote"] for item in checklist["items"])
    assert "ha ett kvalitetsledningssystem" in quotes
    assert "registreringsbevis" in quotes
    for document in checklist["documents"]:
        lines = document["lines"]
        assert lines["total"] == sum(count for key, count in lines.items() if key != "total")


def test_broken_files_are_told_and_the_rest_is_listed(broken: Path, tmp_path: Path) -> None:
    target = tmp_path / "lista.json"
    done = run("check", broken, "-o", target)
    assert done.returncode == 1
    assert done.stdout == ""
    checklist = listed(target.read_text("utf-8"))
    assert len(checklist["items"]) > 5
    for name in ("Tom.pdf: ", "Trasig.pdf: ", "Avkortad.docx: ", "Skannad.pdf, sidan 1: "):
        assert name in done.stderr
    assert "Traceback" not in done.stderr
    english = run("check", broken / "Tom.pdf", package_file := broken / "Kravlista.xlsx", "--lang", "en")
    assert package_file.exists()
    assert "Tom.pdf: The file is empty." in english.stderr


def test_nothing_readable(tmp_path: Path) -> None:
    target = tmp_path / "lista.json"
    done = run("check", tmp_path / "finns inte.pdf", "-o", target)
    assert done.returncode == 3
    assert "finns inte.pdf: Det finns ingen sådan fil" in done.stderr
    assert not target.exists()


def test_wrong_command() -> None:
    assert run("check").returncode == 2
    assert run("check", "a", "--format", "xlsx").returncode == 2


@pytest.mark.parametrize("form", ["xlsx", "docx", "html", "json"])
def test_every_format_to_a_file(package: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"lista.{form}"
    done = run("check", package / "Upphandlingsdokument.pdf", "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.stat().st_size > 500
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_table_when_piped_is_plain(package: Path) -> None:
    done = run("check", package)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "Exempelverket" in done.stdout
    assert "\tska\t" in done.stdout


def test_only(package: Path) -> None:
    done = run("check", package, "--format", "json", "--only", "attachment")
    assert {item["kind"] for item in listed(done.stdout)["items"]} == {"attachment"}


def test_a_reader_that_has_had_enough_hears_no_complaint(package: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "check", str(package)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_without_swedish_letters(package: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "check", str(package)],
        capture_output=True,
        timeout=120,
        env=environment(PYTHONIOENCODING="ascii", PYTHONUTF8="0"),
        cwd=ROOT,
    )
    assert done.returncode == 0
    assert b"Fr?gor" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(package: Path) -> None:
    done = run("check", package / "Kravlista.xlsx", "--format", "json", "-o", "/dev/full")
    assert done.returncode == 4
    assert "Disken är full" in done.stderr
    for form in ("json", "table"):
        with Path("/dev/full").open("w") as full:
            piped = subprocess.run(
                [*COMMAND, "check", str(package / "Kravlista.xlsx"), "--format", form],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=environment(),
                cwd=ROOT,
            )
        assert piped.returncode == 4
        assert "Disken är full" in piped.stderr
        assert "Traceback" not in piped.stderr
        assert "ignored" not in piped.stderr


def test_a_password_opens_and_is_never_told(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    plain = tmp_path / "plain.pdf"
    plain.write_bytes(pdf_bytes())
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt("Hemligt-åäö", algorithm="AES-256")
    locked = tmp_path / "låst.pdf"
    writer.write(locked)
    without = run("check", locked)
    assert without.returncode == 3
    assert "låst.pdf: Filen är skyddad med lösenord." in without.stderr
    wrong = run("check", locked, "--password", "fel-lösen")
    assert wrong.returncode == 3
    assert "fel-lösen" not in wrong.stderr
    right = run("check", locked, "--format", "json", env=environment(ANBUDSKLAR_PASSWORD="Hemligt-åäö"))
    assert right.returncode == 0, right.stderr
    assert "Hemligt-åäö" not in right.stdout + right.stderr


def test_files_named_like_modules_are_not_imported(package: Path, tmp_path: Path) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('imported from the folder of the tender')")
    (tmp_path / "pypdfium2.py").write_text("raise SystemExit('imported from the folder of the tender')")
    entry = "import sys; from app.cli.main import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", entry, "check", str(package / "Upphandlingsdokument.pdf"), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_at_once_and_leaves_nothing_half(tmp_path: Path, number: signal.Signals) -> None:
    target = tmp_path / "ut" / "lista.json"
    target.parent.mkdir()
    target.write_text("förra")
    large = tmp_path / "stor.pdf"
    large.write_bytes(pdf_bytes(pages=1500))
    process = subprocess.Popen(
        [*COMMAND, "check", str(large), "-o", str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    )
    children = children_in_time(psutil.Process(process.pid))
    time.sleep(0.3)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err) == (b"", b"")
    assert target.read_text("utf-8") == "förra"
    assert [path.name for path in target.parent.iterdir()] == ["lista.json"]
    assert not left(children)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_killed_parent_takes_its_child_along(tmp_path: Path) -> None:
    large = tmp_path / "stor.pdf"
    large.write_bytes(pdf_bytes(pages=1500))
    process = subprocess.Popen(
        [*COMMAND, "check", str(large)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT
    )
    children = children_in_time(psutil.Process(process.pid))
    process.kill()
    process.wait()
    assert not left(children)


def test_a_large_archive_is_read_whole(tmp_path: Path) -> None:
    archive = tmp_path / "paket.zip"
    archive.write_bytes(zip_bytes({f"Bilaga {number}.pdf": pdf_bytes() for number in range(12)}))
    done = run("check", archive, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert [document["name"] for document in listed(done.stdout)["documents"]] == [
        f"paket.zip/Bilaga {number}.pdf" for number in range(12)
    ]


def test_an_annex_from_a_claims_file(tmp_path: Path) -> None:
    from app.secrecy.claimsfile import dump_claims
    from tests.support.claims import claim_set

    source, target = tmp_path / "begäran.json", tmp_path / "sekretess.pdf"
    source.write_bytes(dump_claims(claim_set()))
    done = run("annex", source, "-o", target, "--lang", "en")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["begäran.json", "sekretess.pdf"]
