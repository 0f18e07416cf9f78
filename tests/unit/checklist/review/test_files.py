"""Each check on a file: one that trips it, and one that nearly does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Highlight, Text
from pypdf.generic import ArrayObject, FloatObject

from app.core.checklist import Tender
from app.core.claims import Bidder
from app.core.packaging import PortalProfile
from app.core.points import PointKind
from app.core.review_words import worded
from resources.sample.build.ink import signature
from tests.support.package import pdf_bytes, scanned_pdf_bytes, zip_bytes
from tests.support.reviews import DEADLINE, asked, fact, review, rules
from tests.support.sheets import changed, workbook

PORTAL = PortalProfile(
    "p", "Portalen", file_bytes=60_000, total_bytes=90_000, name_length=30, ascii_names=True, suffixes=(".pdf", ".docx")
)
SWEDISH = "Vi har arbetat med registret och det som hör till det sedan flera år, och vi är på plats med det som behövs. " * 3
ENGLISH = "We have worked with the register and all that belongs to it for years, and we are on site with the team. " * 3


def word(*texts: str, edit: Callable[[Any], object] | None = None) -> bytes:
    document = Document()
    document.core_properties.author = ""
    for text in texts or ("Vi utför uppdraget på plats.",):
        document.add_paragraph(text)
    if edit is not None:
        edit(document)
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def sheet(fill: Callable[[Worksheet], None]) -> bytes:
    def start(page: Worksheet) -> None:
        page["A1"] = "Bemanning"
        fill(page)

    return workbook(start)


def hidden_row(page: Worksheet) -> None:
    page["A2"] = "Marginal"
    page.row_dimensions[2].hidden = True


def pdf(edit: Callable[[PdfWriter], object], *texts: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_bytes(texts or ("Vi utför uppdraget.",)))))
    edit(writer)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def inserted(text: str) -> Callable[[Any], object]:
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    return lambda document: document.paragraphs[0]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="T">{run}</w:ins>')
    )


def highlighted(writer: PdfWriter) -> None:
    box = (70, 700, 200, 715)
    corners = ArrayObject(FloatObject(value) for value in (70, 715, 200, 715, 70, 700, 200, 700))
    writer.add_annotation(0, Highlight(rect=box, quad_points=corners))


def with_macros(data: bytes) -> bytes:
    return changed(data, {}, {"word/vbaProject.bin": b"\x00macro"})


CV = "Meritförteckning bifogas, högst två sidor"
RECENT = "Registreringsbevis som inte är äldre än tre månader"

LINKS = asked("Hänvisning till webbsidor beaktas inte.", PointKind.REQUIREMENT)
SIGNED = asked("Ett undertecknat åtagande ska bifogas")
NAMED = asked("Bifoga referenser. Filen ska namnges ”Bilaga 3 Referenser”.")


def page_breaks(count: int) -> Callable[[Any], object]:
    def edit(document: Any) -> None:
        for _ in range(count):
            document.add_page_break()
            document.add_paragraph("Mer.")

    return edit


def sized(points: float) -> bytes:
    return word(SWEDISH, edit=lambda document: setattr(document.paragraphs[0].runs[0].font, "size", Pt(points)))


def picture(near: bool) -> Callable[[Any], object]:
    def edit(document: Any) -> None:
        if not near:
            for number in range(12):
                document.add_paragraph(f"Stycke {number}.")
        document.add_paragraph().add_run().add_picture(BytesIO(signature()))

    return edit


# What trips the rule, and what nearly does: files by name, and what the bid is asked for.
CASES: dict[str, tuple[dict[str, bytes], dict[str, bytes], dict[str, Any]]] = {
    "open.failed": ({"a.pdf": pdf_bytes()[:300]}, {"a.pdf": pdf_bytes()}, {}),
    "open.empty": ({"a.docx": b""}, {"a.docx": word("En rad.")}, {}),
    "open.empty/no content": ({"a.docx": word("")}, {"a.docx": word("1")}, {}),
    "open.password": (
        {"a.pdf": pdf(lambda writer: writer.encrypt("hemligt"))},
        {"a.pdf": pdf(lambda writer: writer.encrypt("", "ägare"))},
        {},
    ),
    "open.scanned": ({"a.pdf": scanned_pdf_bytes()}, {"a.pdf": pdf_bytes()}, {}),
    "format.mismatch": ({"a.pdf": word()}, {"a.docm": word()}, {}),
    "format.mismatch/text": ({"a.docx": b"Bara text."}, {"a.txt": b"Bara text."}, {}),
    "format.not_taken": ({"a.zip": zip_bytes({"a.txt": b"text"})}, {"A.PDF": pdf_bytes()}, {"profile": PORTAL}),
    "size.file": ({"a.txt": b"x " * 30_001}, {"a.txt": b"x " * 30_000}, {"profile": PORTAL}),
    "size.total": (
        {"a.txt": b"x " * 25_000, "b.txt": b"y " * 25_000},
        {"a.txt": b"x " * 25_000, "b.txt": b"y " * 20_000},
        {"profile": PORTAL},
    ),
    "name.length": ({"a" * 27 + ".pdf": pdf_bytes()}, {"a" * 26 + ".pdf": pdf_bytes()}, {"profile": PORTAL}),
    "name.letters": ({"bilaga å.pdf": pdf_bytes()}, {"bilaga a.pdf": pdf_bytes()}, {"profile": PORTAL}),
    "name.prescribed": ({"Referenser.pdf": pdf_bytes()}, {"bilaga 3 referenser.pdf": pdf_bytes()}, {"items": [NAMED]}),
    "macros.left": ({"a.docm": with_macros(word())}, {"a.docm": word("Makron används inte.")}, {}),
    "comments.left": (
        {"a.docx": word(edit=lambda d: d.add_comment(d.paragraphs[0].runs, "Stämmer det?", author="T"))},
        {"a.docx": word("Kommentar: det stämmer.")},
        {},
    ),
    "comments.left/xlsx": (
        {"a.xlsx": sheet(lambda page: setattr(page["A1"], "comment", Comment("Kolla", "T")))},
        {"a.xlsx": sheet(lambda page: page.__setitem__("B1", "Kommentar: Kolla"))},
        {},
    ),
    "comments.left/pdf": (
        {"a.pdf": pdf(lambda writer: writer.add_annotation(0, Text(rect=(50, 50, 70, 70), text="Kolla")))},
        {"a.pdf": pdf_bytes(("Kommentar: Kolla",))},
        {},
    ),
    "changes.tracked": (
        {"a.docx": word(edit=inserted("nytt"))},
        {"a.docx": word(edit=inserted(" "))},
        {},
    ),
    "hidden.text": (
        {"a.docx": word(edit=lambda d: setattr(d.add_paragraph().add_run("Dold gräns").font, "hidden", True))},
        {"a.docx": word(edit=lambda d: setattr(d.add_paragraph().add_run("Öppen gräns").font, "hidden", False))},
        {},
    ),
    "hidden.sheets": (
        {
            "a.xlsx": workbook(
                lambda page: page.__setitem__("A1", "Pris"), ("Kalkyl", lambda page: setattr(page, "sheet_state", "hidden"))
            )
        },
        {"a.xlsx": workbook(lambda page: page.__setitem__("A1", "Pris"), ("Kalkyl", lambda page: page.__setitem__("A1", "x")))},
        {},
    ),
    "hidden.rows": (
        {"a.xlsx": sheet(hidden_row)},
        {"a.xlsx": sheet(lambda page: setattr(page.row_dimensions[2], "hidden", True))},
        {},
    ),
    "leftovers.placeholder": (
        {"a.docx": word("Vi på <ange företag> lämnar.")},
        {"a.docx": word("Vi lämnar enligt [1] och <3 veckor.")},
        {},
    ),
    "leftovers.placeholder/crosses": (
        {"a.pdf": pdf_bytes(("Avtalet löper i xx år.",))},
        {"a.pdf": pdf_bytes(("Storlek XXL.",))},
        {},
    ),
    "leftovers.marked": (
        {"a.docx": word(edit=lambda d: setattr(d.paragraphs[0].runs[0].font, "highlight_color", WD_COLOR_INDEX.YELLOW))},
        {"a.docx": word(edit=lambda d: setattr(d.paragraphs[0].runs[0].font, "highlight_color", WD_COLOR_INDEX.WHITE))},
        {},
    ),
    "leftovers.marked/pdf": ({"a.pdf": pdf(highlighted)}, {"a.pdf": pdf_bytes(("Gult är fint.",))}, {}),
    "metadata.company": (
        {"a.docx": word(edit=lambda d: setattr(d.core_properties, "author", "Rivalen Konsult AB"))},
        {"a.docx": word(edit=lambda d: setattr(d.core_properties, "author", "Norrsken & Lod IT"))},
        {"bidder": Bidder("Norrsken & Lod IT AB", "459999-9994")},
    ),
    "metadata.company/person": (
        {"a.docx": word(edit=lambda d: setattr(d.core_properties, "last_modified_by", "Skogsverket"))},
        {"a.docx": word(edit=lambda d: setattr(d.core_properties, "last_modified_by", "Tilda Frostvik"))},
        {"bidder": Bidder("Norrsken & Lod IT AB", "459999-9994")},
    ),
    "layout.pages": ({"a.docx": word(edit=page_breaks(2))}, {"a.docx": word(edit=page_breaks(1))}, {"items": [asked(CV)]}),
    "layout.font": (
        {"a.docx": sized(10)},
        {"a.docx": sized(11)},
        {"tender": Tender(tender_deadline=DEADLINE, facts=(fact("font_limit", "teckenstorlek minst 11"),))},
    ),
    "language.other": (
        {"a.docx": word(ENGLISH)},
        {"a.docx": word(SWEDISH, "Best practice and quality of service.")},
        {"tender": Tender(tender_deadline=DEADLINE, facts=(fact("tender_language", "svenska"),))},
    ),
    "signature.missing": (
        {"a.docx": word("Underskrift", "Roald Ekensparr")},
        {"a.docx": word("Underskrift", "Roald Ekensparr", edit=picture(near=True))},
        {"items": [SIGNED]},
    ),
    "signature.missing/picture elsewhere": (
        {"a.docx": word("Underskrift", "Roald Ekensparr", edit=picture(near=False))},
        {"a.docx": word("Underskrift", edit=picture(near=True))},
        {"items": [SIGNED]},
    ),
    "date.too_old": (
        {"a.pdf": pdf_bytes(("Registreringsbevis", "Utfärdat 2027-07-25"))},
        {"a.pdf": pdf_bytes(("Registreringsbevis", "Utfärdat 2027-07-26"))},
        {"items": [asked(RECENT)]},
    ),
    "date.unknown": (
        {"a.pdf": pdf_bytes(("Registreringsbevis", "Giltig tills vidare"))},
        {"a.pdf": pdf_bytes(("Registreringsbevis", "Utskriftsdatum: 1 oktober 2027"))},
        {"items": [asked(RECENT)]},
    ),
    "date.expired": (
        {"a.pdf": pdf_bytes(("Certifikat ISO 9001", "Giltigt till och med 2027-10-25"))},
        {"a.pdf": pdf_bytes(("Certifikat ISO 9001", "Giltigt till och med 2027-10-26"))},
        {"items": [asked("Certifikat enligt ISO 9001 ska bifogas")]},
    ),
    "date.year": (
        {"arsredovisning-2022.pdf": pdf_bytes(("Årsredovisning 2022",))},
        {"arsredovisning-2025.pdf": pdf_bytes(("Årsredovisning 2025",))},
        {"items": [asked("Årsredovisning för de två senaste räkenskapsåren")]},
    ),
    "bid.too_short": (
        {"a.docx": word("Anbudet är bindande till och med den 30 mars 2028.")},
        {"a.docx": word("Anbudet är bindande till och med den 31 mars 2028. Avtalet gäller till och med 2027-12-31.")},
        {},
    ),
    "number.organisation": (
        {"a.docx": word("Organisationsnummer: 459999-9949")},
        {"a.docx": word("Organisationsnummer: 459999-9994", "Ordernummer 459999-9949")},
        {},
    ),
    "number.person": (
        {"a.docx": word("Personnummer: 811228-9875")},
        {"a.docx": word("Personnummer: 811228-9874")},
        {},
    ),
    "other.reference": (
        {"Anbudsbrev.docx": word("Anbud, diarienummer SLV 2026/0112")},
        {"Referensuppdrag.docx": word("Referensuppdrag", "Ramavtal, diarienummer SLV 2026/0112")},
        {},
    ),
    "other.buyer": (
        {"Anbudsbrev.docx": word("Anbud till Storstads kommun")},
        {"Anbudsbrev.docx": word("Anbud till Vattenregistermyndigheten", "Uppdraget utfördes åt kommunen i Storstads kommun.")},
        {},
    ),
    "reservation.words": (
        {"a.docx": word("Leverans sker enligt våra villkor.")},
        {"a.docx": word("Priset anges exklusive moms och lämnas utan förbehåll, enligt villkoren i avtalsutkastet.")},
        {},
    ),
    "reservation.words/excluding": (
        {"a.docx": word("Priset är exklusive resor.")},
        {"a.docx": word("Priset är exkl. moms.")},
        {},
    ),
    "links.ignored": (
        {"a.docx": word("Se https://exempel.example/referenser")},
        {"a.docx": word("Skriv till anbud@exempel.example")},
        {"items": [LINKS]},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_trips_the_check_and_one_that_nearly_does_passes_it(case: str) -> None:
    trips, nearly, given = CASES[case]
    rule = case.partition("/")[0]
    items = given.get("items", ())
    more = {key: value for key, value in given.items() if key != "items"}
    assert rule in rules(trips, items, **more)
    assert rule not in rules(nearly, items, **more)


def test_a_limit_that_is_our_own_guess_warns_and_a_known_one_blocks() -> None:
    large = {"a.txt": b"x " * 40_000}
    known = review(large, profile=PORTAL)
    guessed = review(large, profile=replace(PORTAL, own=("file_bytes", "suffixes", "total_bytes")))
    assert {one.severity.value for one in known.findings if one.rule == "size.file"} == {"obstacle"}
    assert {one.severity.value for one in guessed.findings if one.rule == "size.file"} == {"warning"}


def test_what_the_buyer_wrote_himself_is_no_reservation_of_the_bidders() -> None:
    text = "Restid tillkommer efter överenskommelse."
    theirs = {"Villkor.docx": word(text, "Annat.")}
    assert "reservation.words" in rules({"a.docx": word(text)})
    assert "reservation.words" not in rules({"a.docx": word(text)}, originals=theirs)


def test_a_personal_number_is_told_without_the_number() -> None:
    (found,) = [one for one in review({"a.docx": word("Personnummer: 811228-9875")}).findings if one.rule == "number.person"]
    assert "811228" not in str(found)
    assert "811228" not in " ".join(worded(found, "sv"))
