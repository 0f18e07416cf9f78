"""Masked copies of PDF files: the right signs are covered, nothing else, and odd pages are no way out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)
from reportlab.lib.pdfencrypt import StandardEncryption

from app.core.document import Box, Finding
from app.core.errors import CorruptFileError, MaskingError, PasswordNeededError, WrongPasswordError
from app.documents.reader import ReadRequest
from app.secrecy.masking.pdf_copy import PageCopier
from app.secrecy.masking.pdf_faults import read_by_pypdf
from app.workers.masking import SerialMasker
from tests.support.hiding.pdfs import PDF_PLACES, bid_pdf, scanned_pdf
from tests.support.leaks import leaks
from tests.support.masks import drawn_page, mark, masked, pdf_text
from tests.support.pdfs import drawn, set_in, table, texts

SECRET = "Nordvik Kraftverk"


def code(error: pytest.ExceptionInfo[MaskingError]) -> str:
    return error.value.code_used


def codes(copy: Any) -> list[str]:
    return [finding.code for finding in copy.findings if finding.code != "mask.covers_more"]


def lettered(lines: list[str]) -> bytes:
    """A page whose signs are squares that stand for any letters at all, so that no font is needed."""
    signs = sorted({sign for line in lines for sign in line})
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    square, unicode = DecodedStreamObject(), DecodedStreamObject()
    square.set_data(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
    entries = "".join(f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>\n" for code, sign in enumerate(signs, 1))
    unicode.set_data(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        + f"{len(signs)} beginbfchar\n{entries}endbfchar endcmap end".encode()
    )
    names = [NameObject(f"/g{code}") for code in range(1, len(signs) + 1)]
    held = writer._add_object(square)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, (0, 0, 500, 700))),
            NameObject("/FontMatrix"): ArrayObject(map(FloatObject, (0.001, 0, 0, 0.001, 0, 0))),
            NameObject("/CharProcs"): DictionaryObject(dict.fromkeys(names, held)),
            NameObject("/Encoding"): DictionaryObject({NameObject("/Differences"): ArrayObject([NumberObject(1), *names])}),
            NameObject("/FirstChar"): NumberObject(1),
            NameObject("/LastChar"): NumberObject(len(signs)),
            NameObject("/Widths"): ArrayObject(NumberObject(500) for _ in signs),
            NameObject("/ToUnicode"): writer._add_object(unicode),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    content = DecodedStreamObject()
    shown = [
        f"BT /F 12 Tf 60 {780 - 24 * row} Td <{''.join(f'{signs.index(sign) + 1:02x}' for sign in line)}> Tj ET"
        for row, line in enumerate(lines)
    ]
    content.set_data("\n".join(shown).encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_marked_words_are_gone_and_the_others_can_be_searched_for() -> None:
    copy = masked("pdf", bid_pdf(SECRET), mark(SECRET, page=1))
    first, second, third = pdf_text(copy.data)
    assert "Vi anger" in first
    assert "perioden enligt avtalet." in first
    assert "[1]" in first
    assert "Nordvik" not in first
    assert second == "Leveransplan och bemanning Varje leverans prövas mot kraven innan den lämnas."
    assert third.startswith("Uppföljning")
    assert copy.places == 1
    assert codes(copy) == []
    assert dict(copy.findings[0].values) == {"count": "1"}
    assert "hela" in first


def test_pages_without_a_mask_stay_text_and_look_as_before() -> None:
    original = bid_pdf(SECRET)
    copy = masked("pdf", original, mark(SECRET))
    resources: list[Any] = [page["/Resources"] for page in PdfReader(BytesIO(copy.data)).pages]
    assert ["/XObject" in held for held in resources] == [True, False, False]
    for page in (1, 2):
        assert drawn_page(copy.data, page).tobytes() == drawn_page(original, page).tobytes()


def test_the_length_of_a_mask_does_not_tell_the_length_of_the_text() -> None:
    def width(secret: str) -> int:
        page = texts((60, 100, f"Pris: {secret}"), (60, 130, "Slut"))
        row = drawn_page(masked("pdf", drawn(page), mark(secret)).data).crop((0, 97, 595, 98)).convert("L")
        return sum(value < 40 for value in row.tobytes())

    assert width("950 kr") == width("1 250 kr") == width("14 950 kr") > 60


def test_a_mask_covers_every_sign_it_is_for() -> None:
    page = texts((60, 100, "Konsult: Ågjpqy Öfjord"), (60, 130, "Slut"), size=14)
    copy = masked("pdf", drawn(page), mark("Ågjpqy Öfjord"))
    left = drawn_page(copy.data, scale=3).crop((3 * 121, 3 * 80, 3 * 400, 3 * 110)).convert("L")
    original = drawn_page(drawn(page), scale=3).crop((3 * 121, 3 * 80, 3 * 400, 3 * 110)).convert("L")
    number = range(3 * 30, 3 * 60)  # the claim's own number stands there
    for index, (before, after) in enumerate(zip(original.tobytes(), left.tobytes(), strict=True)):
        assert after < 60 or before > 200 or index % original.width in number


def test_overlapping_claims_share_their_mask() -> None:
    copy = masked("pdf", bid_pdf(SECRET), mark(SECRET, 1), mark(f"anger {SECRET}", 2))
    assert leaks(copy.data, SECRET) == []
    assert "[1,2]" in pdf_text(copy.data)[0]


def test_a_claim_across_two_pages_passes_the_footer_and_header() -> None:
    head, tail = "Metoden bygger på tre steg som", "vi har prövat i åtta uppdrag"
    data = drawn(
        texts((60, 700, "Inledning"), (60, 740, head), (60, 800, "Sida 1 av 2")),
        texts((60, 40, "Anbud"), (60, 90, tail), (60, 120, "Slut")),
    )
    copy = masked("pdf", data, mark(f"{head} {tail}", page=1))
    first, second = pdf_text(copy.data)
    assert first.split() == ["Inledning", "Sida", "1", "av", "2", "[1]"]
    assert second.split() == ["Anbud", "Slut", "[1]"]


def test_a_word_divided_at_the_end_of_a_line_is_found_whole() -> None:
    data = drawn(texts((60, 100, "Vi använder en egen konsult-"), (60, 116, "pool med tolv personer.")))
    copy = masked("pdf", data, mark("konsultpool"))
    assert pdf_text(copy.data)[0].split() == ["Vi", "använder", "en", "egen", "med", "tolv", "personer.", "[1]", "[1]"]


def test_a_claim_across_the_cells_of_a_table_is_found_row_by_row() -> None:
    data = set_in(table([["Roll", "Pris"], ["Arkitekt", "1 165 kr"], ["Utvecklare", "1 040 kr"]], [200, 200]))
    copy = masked("pdf", data, mark("Arkitekt 1 165 kr"))
    assert "1 040" in pdf_text(copy.data)[0]
    assert leaks(copy.data, "Arkitekt") == leaks(copy.data, "1 165") == []


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_turned_page_is_masked_where_it_shows_the_text(turns: int) -> None:
    writer = PdfWriter(clone_from=BytesIO(bid_pdf(SECRET)))
    writer.pages[0].rotate(turns)
    target = BytesIO()
    writer.write(target)
    copy = masked("pdf", target.getvalue(), mark(SECRET))
    assert leaks(copy.data, SECRET) == []
    assert drawn_page(copy.data).size == drawn_page(target.getvalue()).size
    assert {"Vi", "perioden", "enligt", "avtalet.", "Genomförande", "[1]"} <= set(pdf_text(copy.data)[0].split())


def test_a_scanned_page_is_masked_by_its_box() -> None:
    copy = masked("pdf", scanned_pdf("Timpris 1 165 kr"), mark(page=1, box=Box(50, 90, 300, 130)))
    picture = drawn_page(copy.data).convert("L")
    assert picture.getpixel((60, 100)) == 0
    assert picture.getpixel((20, 20)) == 255
    assert max(picture.crop((52, 92, 150, 128)).tobytes()) < 40


def outlined(letters: str) -> bytes:
    """Of the letters OLO those asked for, as the curves and lines of their outlines: so programs for print write text."""

    def page(paper: Any) -> None:
        path = paper.beginPath()
        for x, letter in zip((80, 100, 140), letters, strict=True):
            if letter == "O":
                path.circle(x, 742, 12)
            elif letter == "L":
                path.moveTo(x, 730)
                for right, up in ((0, 24), (4, 24), (4, 4), (14, 4), (14, 0)):
                    path.lineTo(x + right, 730 + up)
                path.close()
        paper.drawPath(path, stroke=1, fill=0)

    return drawn(page)


def test_text_that_is_drawn_as_curves_has_no_quote_and_is_masked_by_its_box() -> None:
    data = outlined("OLO")
    with pytest.raises(MaskingError) as error:
        masked("pdf", data, mark("OLO"))
    assert code(error) == "mask.not_found"
    copy, without = (masked("pdf", held, mark(page=1, box=Box(64, 84, 118, 116))) for held in (data, outlined("  O")))
    assert drawn_page(data).tobytes() != drawn_page(outlined("  O")).tobytes()
    assert drawn_page(copy.data).tobytes() == drawn_page(without.data).tobytes()
    assert min(drawn_page(copy.data).convert("L").crop((126, 84, 156, 116)).tobytes()) < 100
    (page,) = PdfReader(BytesIO(copy.data)).pages
    assert not {b"c", b"l"} & {operator for _, operator in ContentStream(page.get_contents(), None).operations}


def test_a_box_over_text_takes_the_words_it_touches() -> None:
    copy = masked("pdf", bid_pdf(SECRET), mark(page=1, box=Box(58, 98, 240, 114)))
    assert leaks(copy.data, SECRET) == []
    assert "perioden" in pdf_text(copy.data)[0]


def test_a_whole_page_leaves_nothing_of_it() -> None:
    copy = masked("pdf", bid_pdf(SECRET), mark(page=1))
    assert pdf_text(copy.data)[0] == "[1]"
    assert set(drawn_page(copy.data).convert("L").crop((0, 0, 500, 300)).tobytes()) == {0}


@pytest.mark.parametrize(
    ("printed", "quote"), [("Kon\ufb01gurationsbas", "Konfigurationsbas"), ("A\u030angström-modellen", "Ångström-modellen")]
)
def test_ligatures_and_accents_are_read_as_letters(printed: str, quote: str) -> None:
    copy = masked("pdf", lettered([f"Vi har {printed} i drift", "Slut här"]), mark(quote))
    assert quote[4:9] not in "".join(pdf_text(copy.data))
    assert "Slut" in pdf_text(copy.data)[0]


@pytest.mark.parametrize("visual", [True, False])
def test_text_from_right_to_left_is_found_in_either_order(visual: bool) -> None:
    quote = "\u05d7\u05d1\u05e8\u05d4 \u05e1\u05d5\u05d3\u05d9\u05ea"
    copy = masked("pdf", lettered([quote[::-1] if visual else quote, "Slut"]), mark(quote))
    assert leaks(copy.data, quote) == leaks(copy.data, quote[::-1]) == []
    assert "Slut" in pdf_text(copy.data)[0]


def test_a_protected_file_needs_its_password_and_the_copy_has_none() -> None:
    data = bid_pdf(SECRET, encrypt=StandardEncryption("hemlig", ownerPassword="egen", canPrint=0))
    with pytest.raises(PasswordNeededError):
        masked("pdf", data, mark(SECRET))
    with pytest.raises(WrongPasswordError):
        masked("pdf", data, mark(SECRET), passwords=("fel",))
    copy = masked("pdf", data, mark(SECRET), passwords=("fel", "hemlig"))
    assert codes(copy) == ["mask.decrypted"]
    assert not PdfReader(BytesIO(copy.data)).is_encrypted


def test_a_signed_file_says_that_the_copy_is_not() -> None:
    copy = masked("pdf", PDF_PLACES["a signature"](bid_pdf(SECRET), SECRET), mark(SECRET))
    assert codes(copy) == ["mask.signature_broken"]


def test_filled_in_fields_are_part_of_the_page_and_can_be_marked() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, 700, "Kontakt:")
        paper.acroForm.textfield(name="kontakt", x=60, y=600, width=300, height=30, value=SECRET, borderStyle="solid")
        paper.acroForm.textfield(name="plats", x=60, y=500, width=300, height=30, value="Härnösand", borderStyle="solid")

    copy = masked("pdf", drawn(page, texts((60, 80, "Slut"))), mark(SECRET))
    assert leaks(copy.data, SECRET) == []
    assert "Härnösand" in pdf_text(copy.data)[0]


def test_the_same_text_printed_openly_elsewhere_stops_the_copy() -> None:
    data = drawn(texts((60, 80, f"Vi anger {SECRET}")), texts((60, 80, f"Enligt {SECRET} gäller")))
    with pytest.raises(MaskingError) as error:
        masked("pdf", data, mark(SECRET, page=1))
    assert (code(error), error.value.page) == ("mask.elsewhere", 2)
    everywhere = masked("pdf", data, mark(SECRET, page=1, all_occurrences=True))
    assert everywhere.places == 2
    assert leaks(everywhere.data, SECRET) == []
    left = masked("pdf", data, mark(SECRET, page=1), left=frozenset({1}))
    first, second = pdf_text(left.data)
    assert SECRET not in first
    assert SECRET in second


def test_a_text_outside_the_page_is_masked_with_the_others() -> None:
    data = drawn(texts((60, 80, f"Vi anger {SECRET}"), (60, -40, f"Utanför sidan: {SECRET}")))
    copy = masked("pdf", data, mark(SECRET, page=1, all_occurrences=True))
    assert leaks(copy.data, SECRET) == []
    assert "Vi anger" in pdf_text(copy.data)[0]


def test_a_short_number_elsewhere_is_only_told_of() -> None:
    data = drawn(texts((60, 80, "Timpris 950 kronor")), texts((60, 80, "Bilagan har 950 ord")))
    copy = masked("pdf", data, mark("950", page=1))
    assert codes(copy) == ["mask.number_elsewhere"]
    assert "950" not in pdf_text(copy.data)[0]


def test_the_words_around_tell_which_place_is_meant() -> None:
    data = drawn(texts((60, 80, "Roll ett 950 kr"), (60, 110, "Roll två 950 kr")))
    copy = masked("pdf", data, mark("950", prefix="Roll två "), left=frozenset({1}))
    assert "Roll ett 950 kr" in pdf_text(copy.data)[0]
    with pytest.raises(MaskingError, match=r"mask\.ambiguous"):
        masked("pdf", data, mark("950"))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"quote": "finns inte alls"}, "mask.not_found"),
        ({"quote": SECRET, "page": 2}, "mask.not_found"),
        ({"quote": SECRET, "page": 9}, "mask.no_page"),
        ({"page": 1, "box": Box(700, 10, 800, 20)}, "mask.no_box"),
        ({"box": Box(10, 10, 80, 20)}, "mask.nothing"),
        ({}, "mask.nothing"),
        ({"quote": " - ", "page": 1}, "mask.nothing"),
    ],
)
def test_what_is_not_certain_is_an_error(place: dict[str, Any], expected: str) -> None:
    with pytest.raises(MaskingError) as error:
        masked("pdf", bid_pdf(SECRET), mark(SECRET), mark(number=2, **place))
    assert code(error) == expected
    assert SECRET not in str(error.value)
    assert SECRET not in repr(error.value.finding())


def test_a_page_with_text_in_a_picture_keeps_its_other_colours() -> None:
    def page(paper: Any) -> None:
        paper.setFillColorRGB(1, 0, 0)
        paper.rect(60, 400, 100, 100, fill=1, stroke=0)
        paper.setFillColorRGB(0, 0, 0)
        paper.drawString(60, 700, f"Vi anger {SECRET}")

    picture = drawn_page(masked("pdf", drawn(page), mark(SECRET)).data)
    assert picture.getpixel((100, 842 - 450)) == (255, 0, 0)


def test_a_picture_that_only_a_masked_page_shows_is_not_left_in_resources_that_pages_share() -> None:
    picture = scanned_pdf("Timpris 1 165 kr")
    writer = PdfWriter(clone_from=BytesIO(picture))
    writer.append(BytesIO(bid_pdf(SECRET)))
    shared: Any = writer.pages[0]["/Resources"]
    own: Any = writer.pages[2]["/Resources"]
    for kind in [kind for kind in own if kind != "/ProcSet"]:
        shared.setdefault(kind, DictionaryObject()).get_object().update(own[kind].get_object())
    held = writer._add_object(shared)
    for page in writer.pages:
        page[NameObject("/Resources")] = held
    target = BytesIO()
    writer.write(target)
    copy = masked("pdf", target.getvalue(), mark(page=1, box=Box(50, 90, 300, 130)))
    for leaf in list(PdfReader(BytesIO(copy.data)).pages)[1:]:
        resources: Any = leaf["/Resources"]
        assert not resources.get("/XObject")
    assert len(copy.data) < len(target.getvalue()) + 60_000


def test_a_hidden_layer_does_not_come_to_light_on_a_page_that_is_kept() -> None:
    data = PDF_PLACES["a hidden layer"](bid_pdf(SECRET), "Utkast till prislista")
    copy = masked("pdf", data, mark(SECRET))
    assert drawn_page(copy.data, 1).convert("L").crop((50, 320, 500, 360)).getextrema() == (255, 255)
    assert "Utkast" not in pdf_text(copy.data)[1]


def test_a_masked_picture_that_another_page_shows_stops_the_copy() -> None:
    writer = PdfWriter(clone_from=BytesIO(scanned_pdf("Organisationsschema")))
    writer.append(BytesIO(scanned_pdf("Organisationsschema")))
    target = BytesIO()
    writer.write(target)
    whole = mark(page=1, box=Box(0, 0, 595, 842))
    with pytest.raises(MaskingError) as error:
        masked("pdf", target.getvalue(), whole)
    assert (code(error), error.value.page) == ("mask.elsewhere", 2)
    part = mark(page=1, box=Box(50, 90, 300, 130))
    assert masked("pdf", target.getvalue(), part).places == 1
    assert masked("pdf", target.getvalue(), whole, left=frozenset({1})).places == 1


def price_column(*prices: str) -> bytes:
    """A table whose prices end at the same margin, with a heading that does so, too."""
    from reportlab.pdfgen.canvas import Canvas

    held = BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    for row, (role, price) in enumerate(zip(("Roll", "Arkitekt", "Utvecklare", "Testare"), ("Pris", *prices), strict=False)):
        canvas.drawString(72, 700 - 40 * row, role)
        canvas.drawRightString(400, 700 - 40 * row, price)
    canvas.save()
    return held.getvalue()


def dark_stretch(data: bytes, down: int) -> tuple[int, int]:
    """Where a mask begins and ends in a row of pixels above its claim's number."""
    row = drawn_page(data).crop((200, down, 595, down + 1)).convert("L").tobytes()
    dark = [place for place, value in enumerate(row) if value < 60]
    return dark[0], dark[-1]


def test_where_a_mask_begins_does_not_tell_how_long_a_price_at_the_right_margin_is() -> None:
    ends = {
        dark_stretch(masked("pdf", price_column(price, "999", "1 001"), mark(price)).data, 174)
        for price in ("985", "1 285", "12 850")
    }
    assert len(ends) == 1


def test_masks_of_a_column_are_equally_long() -> None:
    prices = ("Nordvik Kraftverk och Värme AB", "Zephyr", "Öhrn-Qvist Måleri")
    copy = masked("pdf", price_column(*prices), *(mark(price, number) for number, price in enumerate(prices, 1)))
    assert len({dark_stretch(copy.data, down) for down in (174, 214, 254)}) == 1
    assert copy.places == 3


def test_words_that_a_box_cuts_are_told() -> None:
    page = texts((60, 100, "Vår hemliga metod"), (60, 130, "Slut"))
    whole = masked("pdf", drawn(page), mark(page=1, box=Box(55, 88, 300, 112)))
    cut = masked("pdf", drawn(page), mark(page=1, box=Box(55, 88, 85, 112)))
    assert "mask.covers_more" not in {finding.code for finding in whole.findings}
    assert dict(next(one for one in cut.findings if one.code == "mask.covers_more").values) == {"count": "1"}


def test_only_what_pypdf_cannot_read_is_called_a_broken_file() -> None:
    with pytest.raises(CorruptFileError), read_by_pypdf("a.pdf"):
        raise PdfReadError("broken")
    with pytest.raises(CorruptFileError), read_by_pypdf("a.pdf"):
        DictionaryObject()["/Contents"]
    with pytest.raises(KeyError), read_by_pypdf("a.pdf"):
        raise KeyError


def test_a_fault_of_our_own_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: PageCopier, page: object) -> None:
        raise TypeError

    monkeypatch.setattr(PageCopier, "copy", broken)
    request = ReadRequest("anbud.pdf", data=bid_pdf(SECRET))
    outcome = SerialMasker().mask(request, [mark(SECRET, page=1)], frozenset())
    assert isinstance(outcome, Finding)
    assert outcome.code == "worker.failed"
