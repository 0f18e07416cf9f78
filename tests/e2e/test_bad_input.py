"""Every kind of bad input on the command line: alone, beside a good file in a folder, and beside it in an archive.

Whatever the file is, the good one is listed, the trouble is told in words with a remedy, no word of a document and no password
is told, nothing is left on the disk, and the exit status says how it went.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import psutil
import pytest

from tests.support.package import docx_bytes, pdf_bytes, scanned_pdf_bytes, xlsx_bytes, zip_bytes
from tests.support.processes import children, children_in_time, left

ROOT = Path(__file__).resolve().parents[2]
ENTITIES = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
RELATION = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/>'
)
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def run(*arguments: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANBUDSKLAR", "PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "app", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**kept, "PYTHONIOENCODING": "utf-8", "TMPDIR": str(folder), **variables},
        cwd=ROOT,
    )


def changed(data: bytes, **parts: Callable[[bytes], bytes | None]) -> bytes:
    """An Office file with some parts changed (named by the end of their path, dots as underscores), or left out for None."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name.rsplit("/", 1)[-1].replace(".", "_"))
            content = change(old.read(name)) if change else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def declared(declaration: bytes) -> Callable[[bytes], bytes]:
    def change(part: bytes) -> bytes:
        end = part.find(b"?>", 0, 100) + 2 if part.startswith(b"<?xml") else 0
        return part[:end] + declaration + part[end:]

    return change


def related(kind: bytes, target: bytes, outside: bool) -> Callable[[bytes], bytes]:
    relation = RELATION % (kind, target, b' TargetMode="External"' if outside else b"")
    return lambda part: part.replace(b"</Relationships>", relation + b"</Relationships>")


def with_macros(data: bytes) -> bytes:
    stream = BytesIO(data)
    with ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"0" * 100)
    return stream.getvalue()


def locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_bytes())))
    writer.encrypt("Hemligt-åäö", algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def strange_names() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in ("../ut.pdf", "/etc/rot.pdf", "C:\\Windows\\enhet.pdf", "..\\..\\bak.pdf"):
            archive.writestr(ZipInfo(name), pdf_bytes())
        link = ZipInfo("länk.pdf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("nollor.pdf", bytes(32 << 20))
    return stream.getvalue()


def nested(times: int) -> bytes:
    data = zip_bytes({"djup.txt": b"x"})
    for _ in range(times):
        data = zip_bytes({"inre.zip": data})
    return data


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from one; `@` in the trailer is where the table of objects is."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer.replace(b"@", b"%d" % table))
    return out + b"startxref\n%d\n%%%%EOF\n" % table


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
MACRO_MAIN = b"vnd.ms-word.document.macroEnabled.main+xml"

# name of the file, its bytes, the Swedish words it is told with (None: nothing to tell), whether some of it is read
KINDS: dict[str, tuple[str, Callable[[], bytes], str | None, bool]] = {
    "empty": ("tom.pdf", lambda: b"", "Filen är tom.", False),
    "pdf named docx": ("a.docx", pdf_bytes, "Filändelsen stämmer inte", True),
    "docx named pdf": ("a.pdf", docx_bytes, "Filändelsen stämmer inte", True),
    "text named xlsx": ("a.xlsx", lambda: b"Anbudsgivaren ska bifoga intyg.\n", "Filändelsen stämmer inte", True),
    "cut pdf": ("a.pdf", lambda: pdf_bytes()[:600], "Filen är skadad", False),
    "cut docx": ("a.docx", lambda: docx_bytes()[:9000], "Filen är skadad", False),
    "cut xlsx": ("a.xlsx", lambda: xlsx_bytes()[:-40], "Filen är skadad", False),
    "cut zip": ("a.zip", lambda: zip_bytes({"a.pdf": pdf_bytes()})[:900], "Filen är skadad", False),
    "no sheet": ("a.xlsx", lambda: changed(xlsx_bytes(), sheet1_xml=lambda part: None), "Filen är skadad", False),
    "half xml": ("a.docx", lambda: changed(docx_bytes(), document_xml=lambda part: part[:900]), "Filen är skadad", False),
    "noise": ("a.bin", lambda: bytes(range(256)) * 20, "Filformatet går inte att läsa", False),
    "locked": ("a.pdf", locked_pdf, "skyddad med lösenord", False),
    "scanned": ("a.pdf", scanned_pdf_bytes, "sidan 1: Där finns ingen text", True),
    "bomb": ("a.zip", bomb, "zip-bomb", False),
    "nested": ("a.zip", lambda: nested(12), "för djupt", False),
    "empty zip": ("a.zip", lambda: zip_bytes({}), "inga filer att läsa", False),
    "only folders": ("a.zip", lambda: zip_bytes({"mapp/": b"", "__MACOSX/._x": b"x"}), "inga filer att läsa", False),
    "names": ("a.zip", strange_names, "leder ut ur arkivet", False),
    "entities docx": ("a.docx", lambda: changed(docx_bytes(), document_xml=declared(ENTITIES)), "XML-deklarationer", False),
    "entities xlsx": ("a.xlsx", lambda: changed(xlsx_bytes(), sheet1_xml=declared(ENTITIES)), "XML-deklarationer", False),
    "outside docx": ("a.docx", lambda: changed(docx_bytes(), document_xml=declared(OUTSIDE)), "XML-deklarationer", False),
    "outside xlsx": ("a.xlsx", lambda: changed(xlsx_bytes(), workbook_xml=declared(OUTSIDE)), "XML-deklarationer", False),
    "macros": ("a.docm", lambda: with_macros(docx_bytes()), "innehåller makron", True),
    "links": (
        "a.docx",
        lambda: changed(docx_bytes(), document_xml_rels=related(b"attachedTemplate", b"http://127.0.0.1:9/x.dotm", True)),
        "utanför sig själv",
        True,
    ),
    "objects": (
        "a.docx",
        lambda: changed(docx_bytes(), document_xml_rels=related(b"oleObject", b"embeddings/o.bin", False)),
        "inbäddade objekt",
        True,
    ),
    "pages in a circle": ("a.pdf", lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", PAGE), None, True),
    "tables in a circle": (
        "a.pdf",
        lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, trailer=b"/Prev @"),
        None,
        True,
    ),
    "no page": ("a.pdf", lambda: raw_pdf(CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"), "Filen är skadad", False),
    "name": ("rad\nesc\x1b[2Ja\u030a😀{x}.pdf", lambda: b"", "Filen är tom.", False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_bad_file_beside_a_good_one(kind: str, tmp_path: Path) -> None:
    """In a folder and in an archive at once: the same trouble is told of both, and both good files are listed."""
    name, build, words, read = KINDS[kind]
    data = build()
    package = tmp_path / "paket"
    package.mkdir()
    try:
        (package / name).write_bytes(data)
    except OSError:
        pytest.skip("the file system does not take this name")
    (package / "god.pdf").write_bytes(pdf_bytes())
    (package / "arkiv.zip").write_bytes(zip_bytes({name: data, "god.pdf": pdf_bytes()}))
    done = run(package, "--format", "json", folder=tmp_path / "tmp")
    assert done.returncode in (0, 1), done.stderr
    documents = {document["name"]: document for document in json.loads(done.stdout)["documents"]}
    assert documents["god.pdf"]["lines"]["total"] > 5
    assert documents["arkiv.zip/god.pdf"]["lines"]["total"] > 5
    assert "Traceback" not in done.stderr
    assert "Exempelverket" not in done.stderr
    assert all(letter.isprintable() for letter in done.stderr.replace("\n", ""))
    if words is not None:
        lines = [line for line in done.stderr.splitlines() if words in line]
        assert len(lines) >= 2, done.stderr
        assert len([line for line in lines if line.startswith("arkiv.zip/")]) * 2 == len(lines)
    if not read:
        assert done.returncode == 1
    assert list((tmp_path / "tmp").iterdir()) == []
    assert sorted(path.name for path in package.iterdir()) == sorted([name, "god.pdf", "arkiv.zip"])


@pytest.mark.parametrize("kind", ["empty", "cut docx", "no sheet", "empty zip", "names", "entities docx", "locked"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_bad_file_alone(kind: str, language: str, tmp_path: Path) -> None:
    name, build, words, _ = KINDS[kind]
    (tmp_path / name).write_bytes(build())
    target = tmp_path / "lista.json"
    done = run(tmp_path / name, "-o", target, "--lang", language, "--password", "fel-lösen", folder=tmp_path / "tmp")
    assert done.returncode == 3
    told = done.stderr.splitlines()
    assert len(told) >= 2
    assert all(line.startswith(name) and line.endswith(".") for line in told[:-1])
    assert (words is not None and words in done.stderr) == (language == "sv" and kind != "locked")
    assert "fel-lösen" not in done.stderr
    assert not target.exists()


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "tom mapp").mkdir()
    done = run(tmp_path / "tom mapp", tmp_path / "borta.pdf", folder=tmp_path / "tmp")
    assert done.returncode == 3
    assert "tom mapp: Där finns inga filer att läsa." in done.stderr
    assert "borta.pdf: Det finns ingen sådan fil" in done.stderr
    done = run("", folder=tmp_path / "tmp")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Ange minst en fil" in done.stderr


@posix
def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör.pdf")
    done = run(tmp_path / "rör.pdf", "/dev/zero", folder=tmp_path / "tmp")
    assert done.returncode == 3
    assert done.stderr.count("ingen vanlig fil") == 2


def test_an_output_that_cannot_be_written_says_why_in_the_language(tmp_path: Path) -> None:
    (tmp_path / "god.pdf").write_bytes(pdf_bytes())
    (tmp_path / "mapp.json").mkdir()
    good = tmp_path / "god.pdf"
    done = run(good, "-o", tmp_path / "mapp.json", folder=tmp_path / "tmp")
    assert (done.returncode, done.stdout) == (4, "")
    assert "(det är en mapp)" in done.stderr
    done = run(good, "-o", tmp_path / "finns inte" / "lista.xlsx", "--lang", "en", folder=tmp_path / "tmp")
    assert done.returncode == 4
    assert "(there is no such folder)" in done.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_a_password_file_that_never_ends(tmp_path: Path) -> None:
    (tmp_path / "god.pdf").write_bytes(pdf_bytes())
    assert run(tmp_path / "god.pdf", "--password-file", "/dev/zero", folder=tmp_path / "tmp").returncode == 0


@posix
@pytest.mark.parametrize("hundredths", [5, 7, 8, 9, 12, 20, 40])
def test_an_interrupt_during_the_start_is_never_lost(tmp_path: Path, hundredths: int) -> None:
    """An exception raised inside an import lock was once swallowed, and the program hung."""
    (tmp_path / "stor.pdf").write_bytes(pdf_bytes(pages=300))
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "check", str(tmp_path / "stor.pdf"), "-o", str(tmp_path / "ut.json")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    started = psutil.Process(process.pid)
    while process.poll() is None and not started.children():  # from here on our handler is in place
        time.sleep(0.001)
    time.sleep(hundredths / 100 - 0.05)
    running = children(started)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, told) == (130, b"")
    assert not left(running)
    assert not (tmp_path / "ut.json").exists()


@posix
@pytest.mark.parametrize("killed", ["program", "child"])
def test_a_conversion_that_is_killed_leaves_no_process_and_no_file(tmp_path: Path, killed: str) -> None:
    """The copy that LibreOffice converts holds the tender's text."""
    programs, temporary = tmp_path / "bin", tmp_path / "tmp"
    programs.mkdir()
    temporary.mkdir()
    (programs / "soffice").write_text("#!/bin/sh\nsleep 300\n")
    (programs / "soffice").chmod(0o755)
    (tmp_path / "gammal.rtf").write_bytes(b"{\\rtf1 Anbudsgivaren ska bifoga intyg.}")
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "check", str(tmp_path / "gammal.rtf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(temporary)},
        cwd=ROOT,
    )
    started = psutil.Process(process.pid)
    children_in_time(started, where=lambda child: "sleep" in child.name())
    processes = children(started)
    (started if killed == "program" else started.children()[0]).kill()
    process.wait(30)
    assert process.returncode == (-signal.SIGKILL if killed == "program" else 3)
    assert not left(processes)
    assert list(temporary.iterdir()) == []
