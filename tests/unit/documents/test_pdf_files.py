"""PDF files as files: passwords, damage, limits, scans, embedded files, scripts."""

from __future__ import annotations

import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, TextStringObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from app.core.errors import CorruptFileError, EmptyFileError, InputError, LimitError, PasswordNeededError, WrongPasswordError
from app.core.limits import DEFAULT_LIMITS
from app.documents.pdf import read_pdf
from app.documents.pdf.embedded import embedded_files
from app.documents.reader import ReadRequest
from tests.support.pdfs import drawn, read, texts

PAGE = texts((60, 100, "Anbudet ska vara undertecknat."))


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(PAGE))))
    writer.encrypt(user, owner, algorithm="AES-256")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_file_that_only_its_owner_locked_opens_without_a_password() -> None:
    assert read(encrypted("", "hemligt")).blocks[0].text == "Anbudet ska vara undertecknat."


def test_a_user_password_is_asked_for_tried_and_never_told() -> None:
    data = encrypted("sesam", "hemligt")
    with pytest.raises(PasswordNeededError):
        read(data)
    with pytest.raises(WrongPasswordError) as caught:
        read(data, "fel-losen")
    assert "fel-losen" not in f"{caught.value} {caught.value.finding()}"
    assert read(data, "fel-losen", "sesam").blocks[0].text == "Anbudet ska vara undertecknat."


def test_what_is_no_pdf_or_a_stump_of_one_is_corrupt() -> None:
    for data in (b"%PDF-1.7\n", b"inte alls en pdf", drawn(PAGE)[:200]):
        with pytest.raises(CorruptFileError):
            read(data)
    with pytest.raises(EmptyFileError):
        read(b"")


def test_damaged_bytes_give_a_document_or_an_error_of_the_tree() -> None:
    data = drawn(PAGE, PAGE)
    for step in range(40, len(data) - 20, 37):
        broken = data[:step] + bytes([data[step] ^ 0x55, data[step + 1] ^ 0xFF]) + data[step + 2 :]
        try:
            document = read(broken)
        except InputError:
            continue
        assert document.pages is not None


def test_limits_on_pages_and_characters() -> None:
    data = drawn(*[PAGE] * 3)
    with pytest.raises(LimitError) as caught:
        read(data, limits=replace(DEFAULT_LIMITS, pages=2))
    assert caught.value.code_used == "limit.pages"
    with pytest.raises(LimitError):
        read(data, limits=replace(DEFAULT_LIMITS, characters=40))


def test_scanned_pages_are_reported_and_blank_ones_are_not() -> None:
    from PIL import Image

    def scan(paper: canvas.Canvas) -> None:
        paper.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)

    def blank(paper: Any) -> None:
        paper.saveState()
        paper.restoreState()

    document = read(drawn(PAGE, scan, scan, blank, scan))
    assert document.unreadable_pages == (2, 3, 5)
    found = [finding for finding in document.warnings if finding.code == "page.unreadable"]
    assert [(finding.page, dict(finding.values)["last"]) for finding in found] == [(2, "3"), (5, "5")]


def shown_by(*contents: bytes, filters: int = 1, form: bool = False) -> bytes:
    """A PDF with a page for each stream of packed content, drawn by the page itself or by a form that it places."""
    writer = PdfWriter()
    for content in contents:
        page = writer.add_blank_page(595, 842)
        stream = EncodedStreamObject()
        stream._data = content
        stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * filters)
        stream[NameObject("/Subtype")] = NameObject("/Form")
        packed = writer._add_object(stream)
        if form:
            forms = DictionaryObject({NameObject("/A"): packed})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): forms})
        else:
            page[NameObject("/Contents")] = packed
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_page_whose_content_is_a_bomb_or_damaged_is_unreadable_and_an_empty_one_is_not() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(80)), packer.flush()])
    empty, damaged = zlib.compress(b"q Q\n" * 50), b"\x91" * 400
    document = read(shown_by(bomb, empty, damaged, zlib.compress(b"")))
    assert document.unreadable_pages == (1, 3)
    assert [(found.code, found.page) for found in document.warnings] == [("page.unreadable", 1), ("page.unreadable", 3)]
    assert read(shown_by(zlib.compress(bomb), filters=2)).unreadable_pages == (1,)
    assert read(shown_by(bomb, form=True)).unreadable_pages == (1,)


def test_embedded_files_are_named_and_given_within_limits() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(PAGE))))
    writer.add_attachment("prisbilaga å.txt", b"timpris")
    target = BytesIO()
    writer.write(target)
    data = target.getvalue()
    (finding,) = [finding for finding in read(data).warnings if finding.code == "pdf.embedded"]
    assert dict(finding.values)["names"] == "prisbilaga å.txt"
    request = ReadRequest("prov.pdf", data=data)
    assert list(embedded_files(request)) == [("prisbilaga å.txt", b"timpris")]
    with pytest.raises(LimitError):
        list(embedded_files(replace(request, limits=replace(DEFAULT_LIMITS, unpacked_bytes=3))))


def test_scripts_are_reported() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(PAGE))))
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.beep(0);")})
    writer.root_object[NameObject("/OpenAction")] = action
    target = BytesIO()
    writer.write(target)
    assert "pdf.active_content" in {finding.code for finding in read(target.getvalue()).warnings}
    assert read(drawn(PAGE)).warnings == ()


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    request = ReadRequest("prov.pdf", data=drawn(PAGE, PAGE), progress=lambda done, total: told.append((done, total)))
    document = read_pdf(request)
    assert told == [(1, 2), (2, 2)]
    assert document.sha256 == request.digest()
    assert document.page_sizes == ((595.3, 841.9), (595.3, 841.9))
