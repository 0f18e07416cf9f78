"""Nothing of a marked text is left in a masked copy, wherever the bid's file hides it besides where it is marked.

Each file is searched by three extractors and in its bytes (`tests.support.leaks`, which shares no code with the masker). That
the search would see a leak is shown place by place: the original leaks there, and so does a copy whose masker forgot one place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfWriter

from app.core.claims import Anchor
from app.core.errors import MaskingError
from app.secrecy.masking import Mark, Masked, MaskJob, mask
from app.secrecy.masking.needles import Needles
from app.secrecy.masking.office_proof import prove_book, prove_document, prove_office
from app.secrecy.masking.pdf_proof import prove_pdf
from tests.support.hiding import pdfs, sheets, words
from tests.support.leaks import leaks
from tests.support.pdfs import drawn, texts

Hide = Callable[[bytes, str], bytes]

SECRETS = ("Nordvik Kraftverk", "Åsa Öhrn-Qvist", "1 487 250 kronor", "Zephyrmetoden 9", "870412-9980")
SHORT = ("Karlsson", "1285")
"""Like any word and any number: nothing but their being marked tells them from what a format itself says."""
BIDS: dict[str, Callable[[str], bytes]] = {"pdf": pdfs.bid_pdf, "docx": words.bid_docx, "xlsx": sheets.bid_xlsx}
PLACES: dict[str, dict[str, Hide]] = {"pdf": pdfs.PDF_PLACES, "docx": words.WORD_PLACES, "xlsx": sheets.SHEET_PLACES}
CASES = [
    pytest.param(form, hide, SECRETS[number % len(SECRETS)], id=f"{form}: {name}")
    for form, places in PLACES.items()
    for number, (name, hide) in enumerate(places.items())
]
SHORT_CASES = [
    pytest.param(form, hide, SHORT[number % len(SHORT)], id=f"{form}: {name}")
    for form, places in PLACES.items()
    for number, (name, hide) in enumerate(places.items())
]
IN_SIGHT = (pdfs.PDF_PLACES["text said otherwise"],)
"""What a reader of the text sees and a reader of the page does not: it must be marked."""
PACKED = (words.WORD_PLACES["an embedded workbook"],)
"""What the search, which does not unpack files in files, cannot see; the masker drops it."""
TEXT = "Genomförande\nVi anger {} för hela perioden.\nLeveransplan;{};kvalitetsgranskning\n"


def masked(form: str, data: bytes, secret: str, *, everywhere: bool = False) -> Masked:
    anchor = Anchor("a", quote=secret, all_occurrences=everywhere)
    return mask(MaskJob(f"anbud.{form}", data, (Mark(1, anchor),)), form)


@cache
def plain_copy(form: str, secret: str) -> bytes:
    """The masked copy of a file that hides nothing."""
    return masked(form, BIDS[form](secret), secret).data


def prove(form: str, data: bytes, secret: str) -> None:
    """What the masker asks of its own copies."""
    needles = Needles.of([(1, secret)], lambda _: False)
    if form == "pdf":
        prove_pdf(data, "anbud.pdf", needles, {}, 3, 50_000_000)
        return
    prove_office(data, f"anbud.{form}", needles)
    (prove_document if form == "docx" else prove_book)(data, f"anbud.{form}", needles)


def test_there_are_enough_files() -> None:
    assert len(CASES) + 5 >= 60


@pytest.mark.parametrize(("form", "hide", "secret"), [*CASES, *SHORT_CASES])
def test_nothing_is_left_of_a_secret_that_a_file_also_hides(form: str, hide: Hide, secret: str) -> None:
    original = hide(BIDS[form](secret), secret)
    assert leaks(original, secret)
    copy = masked(form, original, secret, everywhere=hide in IN_SIGHT)
    assert leaks(copy.data, secret) == []
    for word in ("Genomförande", "Leveransplan", "kvalitetsgranskning"):
        assert leaks(copy.data, word), f"{word} cannot be searched for"


def also_open(form: str, data: bytes, secret: str) -> bytes:
    """The file with the same text in sight at another place, where it means something else."""
    held = BytesIO()
    if form == "xlsx":
        book = load_workbook(BytesIO(data))
        book.worksheets[0]["C9"] = int(secret) if secret.isdigit() else f"{secret} öppet"
        book.save(held)
        return sheets.shared(held.getvalue())
    if form == "docx":
        document = Document(BytesIO(data))
        document.add_paragraph(f"Kalenderår {secret} öppet")
        document.save(held)
        return held.getvalue()
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.append(BytesIO(drawn(texts((60, 80, f"Kalenderår {secret} öppet")))))
    writer.write(held)
    return held.getvalue()


def told_by(data: bytes, secret: str) -> Counter[str]:
    """What is found, without the numbers of streams and parts: they change with what is beside them."""
    return Counter(re.sub(r"stream \d+|xl/\S+?(?=: )", "", found) for found in leaks(data, secret))


@pytest.mark.parametrize(("form", "hide", "secret"), SHORT_CASES)
def test_what_also_stands_open_elsewhere_is_left_there_and_nowhere_else(form: str, hide: Hide, secret: str) -> None:
    anchor = Anchor("a", quote=secret, prefix="Vi anger ", suffix=" för hela")
    base = also_open(form, BIDS[form](secret), secret)
    copies = [
        mask(MaskJob(f"anbud.{form}", data, (Mark(1, anchor),), left=frozenset({1})), form).data
        for data in (base, hide(base, secret))
    ]
    allowed, found = (told_by(copy, secret) for copy in copies)
    assert allowed, "it stands open"
    if hide is sheets.SHEET_PLACES["a table"]:
        return  # its header cell is in sight, and the table must say the same
    assert found - allowed == Counter()


@pytest.mark.parametrize(("form", "hide", "secret"), CASES)
def test_a_masker_that_forgot_one_place_is_caught(form: str, hide: Hide, secret: str) -> None:
    clean = plain_copy(form, secret)
    assert leaks(clean, secret) == []
    prove(form, clean, secret)
    broken = hide(clean, secret)
    if hide not in PACKED:
        assert leaks(broken, secret)
    with pytest.raises(MaskingError, match=r"mask\.left|mask\.unreadable_copy"):
        prove(form, broken, secret)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("secret", SECRETS[:3])
def test_nothing_is_left_in_a_text_file(encoding: str, secret: str) -> None:
    original = TEXT.format(secret, secret).encode(encoding)
    assert leaks(original, secret)
    copy = masked("text", original, secret, everywhere=True)
    assert leaks(copy.data, secret) == []
    assert copy.data.decode(encoding).count(" 1 ") == 2
    assert "Genomförande" in copy.data.decode(encoding)
