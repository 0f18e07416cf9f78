"""What masking is made of: texts compared as a reader does, needles, bytes in all writings, names of copies, text files."""

from __future__ import annotations

import codecs
from base64 import b64encode
from typing import Any

import pytest

from app.core.errors import MaskingError, UnsupportedFormatError
from app.secrecy.masking.folding import compact, find, folded
from app.secrecy.masking.naming import copy_name
from app.secrecy.masking.needles import Needles, number_in, pieces_of, whole
from app.secrecy.masking.raw import RawSearch
from tests.support.masks import mark, masked


def places(text: str, wanted: str, *, bounded: bool) -> list[str]:
    return [text[span.start : span.end] for span in find(folded(text), compact(wanted), bounded=bounded)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kon\ufb01guration", "Konfiguration"),
        ("A\u030asa O\u0308hrn", "ÅSA ÖHRN"),
        ("Nord\u00advik  Kraft-\nverk", "Nordvik Kraftverk"),
        ("1\u00a0487\u202f250", "1 487 250"),
        ("\u202bסודית\u202c", "סודית"),
        ("re‑enter – igen", "re-enter - igen"),
    ],
)
def test_texts_that_read_alike_are_alike(text: str, wanted: str) -> None:
    assert len(places(text, wanted, bounded=False)) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pris 950 kr", 1),
        ("1950", 0),
        ("9501", 0),
        ("2 950", 0),
        ("950 000", 0),
        ("950,50", 0),
        ("950,00", 1),
        ("(950)", 1),
        ("950kr", 0),
    ],
)
def test_a_number_is_found_as_a_number_of_its_own(text: str, found: int) -> None:
    assert len(places(text, "950", bounded=True)) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 250,00 kr", "1250.00"), ("1,250.50", "1250.50"), ("SEK 995", "995"), ("12 av 14", None), ("ingen", None)],
)
def test_the_number_of_a_short_text_is_read_as_people_write_it(text: str, number: str | None) -> None:
    found = number_in(text)
    assert (None if found is None else str(found)) == number


def test_pieces_are_words_numbers_and_runs_that_would_tell() -> None:
    found = {piece.source for piece in pieces_of("Åsa Öhrn leder Nordvik, pris 1 250,00 kr", 1)}
    assert {"Åsa Öhrn", "Nordvik", "leder", "1250", "1 250,00"} <= found
    assert "kr" not in found


def test_what_stands_open_elsewhere_is_no_needle() -> None:
    needles = Needles.of([(1, "Nordvik lämnar pris")], lambda needle: needle.text in compact("Vi lämnar anbud"))
    assert needles.first_in("Vi lämnar anbud") is None
    found = needles.first_in("i Nordvik")
    assert found is not None
    assert found.number == 1


SECRET = "Åsa Öhrn & Nordvik"


@pytest.mark.parametrize(
    "data",
    [
        SECRET.encode(),
        SECRET.upper().encode(),
        SECRET.encode("utf-16-le"),
        b"x" + SECRET.encode("utf-16-be"),
        SECRET.encode("cp1252"),
        "A\u030asa O\u0308hrn & Nordvik".encode(),
        SECRET.encode("utf-16-be").hex().encode(),
        SECRET.encode("cp1252").hex().upper().encode(),
        b"\\305sa \\326hrn & Nordvik",
        b"&#197;sa &#214;hrn &#38; Nordvik".replace(b"&#38;", b"&"),
        "Åsa Öhrn &amp; Nordvik".encode(),
        b"%C3%85sa%20%C3%96hrn%20%26%20Nordvik",
        b64encode(b"1" + SECRET.encode() + b"22"),
        b64encode(b"22" + SECRET.encode() + b"1"),
        "Åsa\n Öhrn   &\u00a0Nord\u00advik".encode(),
    ],
)
def test_bytes_are_searched_in_every_writing(data: bytes) -> None:
    search = RawSearch(Needles.of([(7, SECRET)], lambda _: False))
    found = search.find(b"<<<" + data + b">>>")
    assert found is not None
    assert found.number == 7
    assert search.find(b"<<< Asa Ohrn, Sydvik >>>") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Prisbilaga.xlsx", ("Prisbilaga_maskad.xlsx", False)),
        ("CV Nordvik_Kraftverk.pdf", ("maskerad-3_maskad.pdf", True)),
        ("cv-nordvik-kraftverk (2).PDF", ("maskerad-3_maskad.PDF", True)),
        ("Prisbilaga.xlsm", ("Prisbilaga_maskad.xlsx", False)),
    ],
)
def test_the_copy_is_named_after_the_file_unless_that_tells(name: str, expected: tuple[str, bool]) -> None:
    assert copy_name(name, [(3, "Nordvik Kraftverk")], lambda _: False) == expected


LONG = "Systemutvecklare som vi föreslår har byggt betalflöden åt Öhrnström i Zetaplattformen, pris 1487250 kr, som ingen annan."


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("4.2 CV Systemutvecklare.docx", False),
        ("Betalflöden.docx", False),
        ("CV Öhrnström.docx", True),
        ("Zetaplattformen.docx", True),
        ("Pris 1 487 250.docx", True),
        ("vi_föreslår_har byggt.docx", True),
    ],
)
def test_one_ordinary_word_of_a_long_passage_does_not_make_a_name_tell(name: str, told: bool) -> None:
    assert copy_name(name, [(9, LONG)], lambda _: False)[1] is told


def test_a_long_word_of_a_short_quote_makes_a_name_tell() -> None:
    assert copy_name("Zetaplattformen.docx", [(9, "i Zetaplattformen")], lambda _: False)[0] == "maskerad-9_maskad.docx"


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = {"Pris_maskad.pdf", "Pris_maskad (2).pdf"}
    assert copy_name("Pris.pdf", [], taken.__contains__) == ("Pris_maskad (3).pdf", False)


def text(data: bytes, *marks: Any, form: str = "text", **more: Any) -> bytes:
    return masked(form, data, *marks, **more).data


def test_a_text_keeps_its_encoding_and_its_lines() -> None:
    source = "Kund: Nordvik\nKraftverk i Ö\r\nSlut"
    assert text(source.encode(), mark("Nordvik Kraftverk")).decode() == "Kund: [█ 1 █]\n[█ 1 █] i Ö\r\nSlut"
    wide = codecs.BOM_UTF16_LE + source.encode("utf-16-le")
    assert text(wide, mark("Nordvik Kraftverk")).decode("utf-16") == "Kund: [█ 1 █]\n[█ 1 █] i Ö\r\nSlut"
    assert text(source.encode("cp1252"), mark("Nordvik Kraftverk")).decode("cp1252") == "Kund: [# 1 #]\n[# 1 #] i Ö\r\nSlut"


def test_cells_of_separated_values_are_told_by_row_and_column() -> None:
    source = 'Roll;Pris\r\n"Arkitekt; senior";1165\r\nTestare;990\r\n'
    assert text(source.encode(), mark(cells="B2"), form="csv").decode() == source.replace("1165", "[█ 1 █]")
    assert text(source.encode(), mark("Arkitekt", cells="A2:A3"), form="csv").decode() == source.replace("Arkitekt", "[█ 1 █]")


def test_a_text_that_also_stands_elsewhere_stops_the_copy() -> None:
    with pytest.raises(MaskingError, match=r"mask\.elsewhere_text"):
        text(b"A: Nordvik Kraftverk\nB: Nordvik Kraftverk", mark("Nordvik Kraftverk", prefix="A: "))
    with pytest.raises(MaskingError, match=r"mask\.ambiguous"):
        text(b"Nordvik Kraftverk\nNordvik Kraftverk", mark("Nordvik Kraftverk"))


def test_what_cannot_be_masked_is_said() -> None:
    with pytest.raises(UnsupportedFormatError):
        masked("rtf", b"{\\rtf1}", mark("x"))


def test_the_number_of_a_claim_is_all_that_a_needle_says_in_an_error() -> None:
    needle = whole("Nordvik Kraftverk", 5)
    with pytest.raises(MaskingError) as error:
        text(b"inget", mark("Nordvik Kraftverk", 5))
    assert needle.source not in repr(error.value.finding())
