"""What a file is, by its bytes; and that reading it never fails in a foreign way."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.core.document import Document, DocumentKind
from app.core.errors import (
    CorruptFileError,
    EmptyFileError,
    LimitError,
    NotFoundError,
    PasswordNeededError,
    UnsafeFileError,
    UnsupportedFormatError,
)
from app.documents import read
from app.documents.formats import Format, detect, wrong_extension
from tests.support.sheets import archive, request, saved

TYPES = '<Types><Override PartName="/{part}" ContentType="application/vnd.{kind}"/></Types>'


def ole(*names: str) -> bytes:
    """A compound file with one directory sector: a root and its children."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))

    def entry(name: str, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le")
        made = bytearray(128)
        made[: len(raw)] = raw
        struct.pack_into("<HBBIII", made, 64, len(raw) + 2, 2, 1, 0xFFFFFFFF, right, child)
        return bytes(made)

    entries = [entry("Root Entry", 0xFFFFFFFF, 1)]
    entries += [entry(name, number + 2 if number + 1 < len(names) else 1, 0xFFFFFFFF) for number, name in enumerate(names)]
    return bytes(header) + fat + b"".join(entries).ljust(512, b"\0")


def office(part: str, kind: str) -> bytes:
    return archive({"[Content_Types].xml": TYPES.format(part=part, kind=kind).encode(), part: b"<x/>"})


WORD = "openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n", Format.PDF),
        ("junk.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500 + b"%PDF-1.4\n", Format.PDF),
        ("a.docx", office("word/document.xml", WORD), Format.DOCX),
        ("a.docm", office("word/document.xml", "ms-word.document.macroEnabled.main+xml"), Format.DOCX),
        ("a.dotx", office("word/document.xml", "openxmlformats-officedocument.wordprocessingml.template.main+xml"), Format.DOCX),
        ("a.xlsx", office("xl/workbook.xml", SHEET), Format.XLSX),
        ("a.xlsm", office("xl/workbook.xml", "ms-excel.sheet.macroEnabled.main+xml"), Format.XLSX),
        ("a.xltx", office("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.template.main+xml"), Format.XLSX),
        ("a.xlsb", office("xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main"), Format.XLSB),
        (
            "a.pptx",
            office("ppt/p.xml", "openxmlformats-officedocument.presentationml.presentation.main+xml"),
            Format.PRESENTATION,
        ),
        ("a.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), Format.ODT),
        ("a.ods", archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), Format.ODS),
        ("a.zip", archive({"x.txt": b"hej"}), Format.ZIP),
        ("tom.zip", archive({}), Format.ZIP),
        ("a.doc", ole("1Table", "WordDocument"), Format.DOC),
        ("a.xls", ole("Workbook"), Format.XLS),
        ("a.xlsx", ole("EncryptionInfo", "EncryptedPackage"), Format.ENCRYPTED),
        ("a.msg", ole("__properties_version1.0", "__nameid_version1.0"), Format.MAIL),
        ("a.ppt", ole("PowerPoint Document"), Format.PRESENTATION),
        ("a.rtf", b"{\\rtf1\\ansi hej}", Format.RTF),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Format.IMAGE),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", Format.IMAGE),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", Format.SEVEN_ZIP),
        ("a.rar", b"Rar!\x1a\x07\x01\0", Format.RAR),
        ("a.html", b"\n<!-- x --><!DOCTYPE html><html>", Format.HTML),
        ("a.txt", "Räksmörgås ska bifogas".encode(), Format.TEXT),
        ("a.txt", "Räksmörgås ska bifogas".encode("cp1252"), Format.TEXT),
        ("a.txt", "Räksmörgås ska bifogas".encode("utf-16"), Format.TEXT),
        ("a.txt", b"BM och BZh inleder texten", Format.TEXT),
        ("a.csv", b"a;b\n1;2\n", Format.CSV),
        ("a.bin", bytes(range(256)) * 4, Format.UNKNOWN),
    ],
)
def test_format_follows_the_bytes(name: str, data: bytes, kind: Format) -> None:
    assert detect(request(data, name)) is kind


@pytest.mark.parametrize("kind", [Format.PDF, Format.XLSX])
def test_name_does_not_decide(kind: Format) -> None:
    data = b"%PDF-1.7" if kind is Format.PDF else saved(Workbook())
    for name in ("a.docx", "a.txt", "a", "ingen ändelse.zip"):
        assert detect(request(data, name)) is kind


def test_a_word_file_embedding_a_workbook_is_a_word_file() -> None:
    types = (
        f'<Types><Override PartName="/xl/e.xlsx" ContentType="application/vnd.{SHEET}"/>'
        f'<Override PartName="/word/document.xml" ContentType="application/vnd.{WORD}"/></Types>'
    )
    data = archive({"[Content_Types].xml": types.encode(), "word/document.xml": b"<x/>", "word/embeddings/e.xlsx": b"PK"})
    assert detect(request(data, "a.docx")) is Format.DOCX


@pytest.mark.parametrize("junk", [b"HTTP/1.1 200 OK\r\n\r\n", bytes(range(60)), b"x" * 20_000])
@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("krav.docx", office("word/document.xml", WORD), Format.DOCX),
        ("pris.xlsx", office("xl/workbook.xml", SHEET), Format.XLSX),
        ("paket.zip", archive({"krav.txt": b"Krav"}), Format.ZIP),
    ],
)
def test_junk_before_the_first_header_hides_no_package(junk: bytes, name: str, data: bytes, kind: Format) -> None:
    assert detect(request(junk + data, name)) is kind


def test_a_cut_package_after_junk_is_damaged_not_unsupported() -> None:
    data = office("word/document.xml", WORD)
    with pytest.raises(CorruptFileError):
        read(request(b"skrap" + data[:-60], "krav.docx"))
    assert detect(request(b"skrap" + archive({"a.txt": b"hej"})[:-30], "paket.zip")) is Format.ZIP


def test_a_package_inside_another_format_does_not_count() -> None:
    inside = archive({"a.txt": b"hej"})
    assert detect(request(b"%PDF-1.7\n" + inside, "a.pdf")) is Format.PDF
    assert detect(request(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + inside, "a.png")) is Format.IMAGE


def test_a_workbook_after_junk_is_read() -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "Pris"
    assert read(request(b"\0\1\2" + saved(book), "pris.xlsx")).kind is DocumentKind.XLSX


def test_wrong_extension_is_a_warning_and_the_file_is_read() -> None:
    book = Workbook()
    book.create_sheet("Två")["A1"] = "Text"
    document = read(request(saved(book), "bilaga.pdf"))
    assert document.kind is DocumentKind.XLSX
    assert document.warnings[0].code == "file.wrong_extension"
    assert document.warnings[0].values == (("extension", ".pdf"), ("format", "xlsx"))


def test_names_that_promise_nothing_are_never_wrong() -> None:
    for name in ("protokoll", "brev.2024", "a.dat"):
        assert wrong_extension(request(b"%PDF-1.7", name), Format.PDF) is None
    assert wrong_extension(request(b"%PDF-1.7", "A.PDF"), Format.PDF) is None


def test_empty_missing_and_special_files(tmp_path: Path) -> None:
    from app.documents.reader import ReadRequest

    with pytest.raises(EmptyFileError):
        detect(request(b"", "tom.pdf"))
    with pytest.raises(NotFoundError):
        read(ReadRequest("borta.pdf", path=tmp_path / "borta.pdf"))
    with pytest.raises(UnsafeFileError):
        read(ReadRequest("mapp", path=tmp_path))


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("a.pptx", office("ppt/p.xml", "openxmlformats-officedocument.presentationml.presentation.main+xml"), "save_as_pdf"),
        ("a.rar", b"Rar!\x1a\x07\x01\0", "unpack"),
        ("a.msg", ole("__properties_version1.0"), "save_as_pdf"),
        ("a.bin", bytes(range(256)) * 4, "check_by_hand"),
    ],
)
def test_unsupported_formats_say_what_to_do(name: str, data: bytes, remedy: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read(request(data, name))
    assert ("remedy", remedy) in caught.value.values


def test_encrypted_office_file() -> None:
    with pytest.raises(PasswordNeededError):
        read(request(ole("EncryptionInfo", "EncryptedPackage"), "hemlig.docx"))


def test_a_picture_is_an_unreadable_page() -> None:
    document = read(request(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "karta.png"))
    assert (document.kind, document.pages, document.unreadable_pages) == (DocumentKind.OTHER, 1, (1,))


@pytest.mark.parametrize(
    ("thrown", "expected"),
    [
        (ZeroDivisionError(), CorruptFileError),
        (AssertionError("hemlig text"), CorruptFileError),
        (RecursionError(), LimitError),
        (MemoryError(), LimitError),
    ],
)
def test_foreign_exceptions_become_errors_of_the_tree(
    monkeypatch: pytest.MonkeyPatch, thrown: Exception, expected: type[Exception]
) -> None:
    import app.documents

    def fail(_: object) -> Document:
        raise thrown

    monkeypatch.setattr(app.documents, "_reader", lambda request, kind: fail)
    with pytest.raises(expected) as caught:
        read(request(b"%PDF-1.7", "a.pdf"))
    assert "hemlig" not in str(caught.value)


@pytest.mark.parametrize("cut", [8, 30, 520, 700, 1_200])
def test_damaged_compound_files_are_never_foreign_errors(cut: int) -> None:
    data = ole("WordDocument", "Workbook")[:cut]
    assert detect(request(data, "x.bin")) in (Format.UNKNOWN, Format.DOC, Format.XLS)


def test_a_compound_directory_that_loops_ends() -> None:
    data = bytearray(ole("WordDocument"))
    struct.pack_into("<I", data, 512 + 4, 1)
    assert detect(request(bytes(data), "x.doc")) is Format.DOC


def test_truncated_workbook_keeps_its_format_and_is_corrupt() -> None:
    data = saved(Workbook())
    assert detect(request(data[: len(data) // 2], "a.xlsx")) is Format.XLSX
    with pytest.raises(CorruptFileError):
        read(request(data[: len(data) // 2], "a.xlsx"))


def test_separated_values_are_a_table() -> None:
    text = "Krav;Svar;Kommentar\nLoggning ska finnas;;\nPris, per timme;100;\n"
    for data in (text.encode(), text.encode("cp1252"), text.encode("utf-16"), text.encode("utf-8-sig")):
        blocks = read(request(data, "krav.csv")).blocks
        assert [block.text for block in blocks] == ["Krav\tSvar\tKommentar", "Loggning ska finnas\t\t", "Pris, per timme\t100\t"]
        assert [sorted(block.flags) for block in blocks] == [["header_row"], [], []]
        assert blocks[1].cells[1].place.cell == "B2"
