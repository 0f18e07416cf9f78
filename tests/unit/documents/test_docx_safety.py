"""Hostile, damaged and odd Word files."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.core.errors import AnbudsklarError, CorruptFileError, LimitError, PasswordNeededError, UnsafeFileError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents.docx import read_docx
from app.documents.ooxml import checked_package
from app.documents.reader import ReadRequest
from tests.support.words import W_SPACE, p, part, read, relations, tbl, tc, texts, tr, word_file


def request(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReadRequest:
    return ReadRequest("underlag.docx", data=data, limits=limits)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    f'<w:document xmlns:w="{W_SPACE}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels", "customXml/item1.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_document_type_is_refused_in_every_part_and_encoding(name: str, encoding: str) -> None:
    with pytest.raises(UnsafeFileError):
        read_docx(request(word_file(p("A"), {name: LAUGHS.encode(encoding)})))


def test_document_type_behind_a_long_comment_is_refused() -> None:
    text = LAUGHS.replace("<!DOCTYPE", f"<!--{'x' * 65_525}--><!DOCTYPE")
    with pytest.raises(UnsafeFileError):
        read_docx(request(word_file(p("A"), {"word/document.xml": text})))


def test_encoding_that_could_hide_a_document_type_is_refused() -> None:
    odd = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE w+AD4-'
    with pytest.raises(UnsafeFileError):
        read_docx(request(word_file(p("A"), {"word/styles.xml": odd})))


def test_words_about_document_types_are_text() -> None:
    assert texts(read(p("Skriv &lt;!DOCTYPE html&gt; överst."))) == ["Skriv <!DOCTYPE html> överst."]


def test_bomb_stops_at_the_ratio_and_at_the_unpacked_size() -> None:
    bomb = word_file(p("A"), {"word/media/image1.bmp": b"\0" * (40 * 1024 * 1024)})
    with pytest.raises(LimitError) as ratio:
        checked_package(request(bomb))
    assert ratio.value.code_used == "limit.ratio"
    with pytest.raises(LimitError) as size:
        checked_package(request(bomb, replace(DEFAULT_LIMITS, unpacked_bytes=1_000_000)))
    assert size.value.code_used == "limit.unpacked"


def test_too_many_members() -> None:
    with pytest.raises(LimitError) as count:
        checked_package(request(word_file(p("A")), replace(DEFAULT_LIMITS, package_files=2)))
    assert count.value.code_used == "limit.count"


def test_encrypted_file_needs_its_password() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
    with pytest.raises(PasswordNeededError):
        read_docx(request(data))


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_cut_file_is_corrupt(keep: float) -> None:
    data = word_file(p("A"), {"word/media/a.bin": bytes(range(256)) * 40})
    with pytest.raises(CorruptFileError):
        read_docx(request(data[: int(len(data) * keep)]))


def test_every_flipped_byte_gives_a_document_or_an_error_of_the_tree() -> None:
    data = word_file(p("Anbudet ska lämnas.") + tbl(tr("A", "B")))
    for place in range(0, len(data), 7):
        broken = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        try:
            read_docx(request(broken))
        except AnbudsklarError:
            continue


def test_archive_without_a_document_is_corrupt() -> None:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as package:
        package.writestr("hej.txt", "hej")
    with pytest.raises(CorruptFileError):
        read_docx(request(held.getvalue()))


def test_broken_side_parts_do_not_stop_the_reading() -> None:
    parts = {"word/styles.xml": "<w:styles", "word/numbering.xml": "", "docProps/core.xml": "x", "word/comments.xml": "<a/>"}
    assert texts(read(p("Anbudet ska lämnas.", '<w:pStyle w:val="Saknas"/>'), parts)) == ["Anbudet ska lämnas."]


def test_strict_documents_are_read() -> None:
    strict = part("document", f"<w:body>{p('Strikt text')}</w:body>").replace(
        W_SPACE, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert texts(read("", {"word/document.xml": strict})) == ["Strikt text"]


def test_style_that_is_based_on_itself() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    assert texts(read(p("Text", '<w:pStyle w:val="A"/>'), {"word/styles.xml": part("styles", styles)})) == ["Text"]


def test_tables_nested_without_end_are_an_error_or_read() -> None:
    inner = p("Botten")
    for _ in range(60):
        inner = tbl(tr(tc(inner + p())))
    with pytest.raises(AnbudsklarError):
        read(inner)


def test_what_the_file_carries_is_reported() -> None:
    parts: dict[str, str | bytes] = {
        "word/vbaProject.bin": b"macro",
        "word/embeddings/oleObject1.bin": b"object",
        "word/_rels/document.xml.rels": relations(
            ("a", "oleObject", "embeddings/oleObject1.bin", False),
            ("b", "hyperlink", "https://example.org/", True),
            ("c", "image", "https://example.org/bild.png", True),
        ),
        "word/_rels/settings.xml.rels": relations(("a", "attachedTemplate", "file:///c:/mall.dotm", True)),
    }
    found = {finding.code: dict(finding.values) for finding in read(p("A"), parts).warnings}
    assert found == {
        "file.macros": {"count": "1"},
        "file.embedded_object": {"count": "1"},
        "file.external_link": {"count": "2"},
    }
