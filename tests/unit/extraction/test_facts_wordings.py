"""Facts in everyday wordings: letters, forms, administrative regulations and calls for tenders in both languages."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from app.checklist.tender import choose
from app.core.checklist import Tender
from app.core.document import Block, BlockKind, Document, DocumentKind
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.facts import find_facts
from app.extraction.sections import outline
from tests.support.documents import document, heading, row


def _tender(*documents: Document) -> Tender:
    return choose([fact for made in documents for fact in find_facts(made, outline(made))])


def _values(text: str, name: str) -> list[str]:
    made = document([heading("Inledning"), *["Annan text."] * 45, text])
    return [fact.value for fact in find_facts(made, outline(made)) if fact.name == name]


DAY = "2031-01-10"
DEADLINES = """Anbudstiden löper till och med 2031-01-10.
Anbud lämnas in senast 2031-01-10.
Senaste dag för anbud: 2031-01-10
Sista dag för anbudslämning: 2031-01-10
Anbudstid t.o.m. 2031-01-10
Inlämning av anbud senast: 2031-01-10
Vi vill ha ert anbud senast den 10 januari 2031.
Sista dag för att komma in med anbud är 2031-01-10.
Time limit for receipt of tenders: 10 January 2031
Final date for submission is 10 January 2031
Tenders to be received by 10 January 2031
Last day for tenders: 10 January 2031
Please submit your proposal by 10 January 2031.
Tiden för att komma in med anbud går ut den 10 januari 2031.
Svarstiden går ut fredagen den 10 januari 2031.
Bara anbud som har kommit in till oss senast den 10 januari 2031 prövas.
Ert svar ska ha lämnats i tjänsten senast fredagen den 10 januari 2031.
Svaret ska vara Kustverket till handa senast den 10 januari 2031.
Blanketten skickas med övriga anbudshandlingar senast 2031-01-10.
The submission period closes on 10 January 2031.
Your tender has to be with us by 10 January 2031.
Tenders no later than 10 January 2031
Anbudsinlämning: 2031-01-10
Svar önskas senast den 10 januari 2031.
Anbud som kommer in efter den 10 januari 2031 prövas inte.
Deadline: 10 January 2031"""
QUESTIONS = """Frågor tas emot till och med 2031-01-10.
Ni kan ställa frågor fram till och med 2031-01-10 via portalen.
Frågetid: till och med 2031-01-10
Begäran om kompletterande upplysningar ska ha inkommit senast 2031-01-10.
Frågor ska vara upphandlaren tillhanda 2031-01-10.
Frågor och svar t.o.m. 2031-01-10
Era frågor vill vi ha senast den 10 januari 2031.
Önskas förtydligande ska detta begäras senast 2031-01-10.
Frågor om förfrågningsunderlaget ska ställas skriftligen och vara beställaren tillhanda senast 2031-01-10.
Question period ends 10 January 2031
Clarification questions: by 10 January 2031
Q&A deadline 10 January 2031
Tenderers may ask questions up to 10 January 2031.
Any queries should be raised in writing by 10 January 2031.
Frågor tar vi emot i tjänsten till och med fredagen den 10 januari 2031.
Har ni frågor ställer ni dem i portalen senast den 10 januari 2031.
Clarifications may be requested until 10 January 2031."""
VALIDITY = """Anbudet ska vara bindande t o m 2031-01-10.
Giltighetstid för anbud: 2031-01-10
Anbudsgivaren är bunden vid sitt anbud till och med 2031-01-10
Anbudsgivare är bundna av sina anbud t.o.m. 2031-01-10.
Anbudet ska stå fast till den 10 januari 2031.
Tenders must be kept open until 10 January 2031.
The tenderer is bound by the tender until 10 January 2031
Svaret är bindande till och med den 10 januari 2031.
Ni är bundna av svaret till och med den 10 januari 2031.
Vi utgår från att ni står fast vid det till och med den 10 januari 2031."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (text, name)
        for name, texts in (("tender_deadline", DEADLINES), ("question_deadline", QUESTIONS), ("valid_until", VALIDITY))
        for text in texts.splitlines()
    ],
)
def test_a_last_day_is_read(text: str, name: str) -> None:
    assert _values(text, name) == [DAY]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Anbudets bundenhetstid är 4 månader.", "validity_period", "P4M"),
        ("Bid validity: 90 days", "validity_period", "P90D"),
        ("Validity of tenders: 6 months", "validity_period", "P6M"),
        ("Ref. no. 31/77-A", "reference", "31/77-A"),
        ("Case no: 31-A-7", "reference", "31-A-7"),
        ("Procurement ID: 4455-31", "reference", "4455-31"),
        ("Diarienr. KS/2031:44", "reference", "KS/2031:44"),
        ("Reference: HOW/2031/88", "reference", "HOW/2031/88"),
        ("Beställare är Granby kommun.", "buyer", "Granby kommun"),
        ("Uppdragsgivare: Kustverket", "buyer", "Kustverket"),
        ("Contracting entity: Westmere Water Ltd", "buyer", "Westmere Water Ltd"),
        ("Name of contracting authority: Harbour Board. Contact: A. Person", "buyer", "Harbour Board"),
        ("Delområde 1. El", "lot", "Delområde 1. El"),
        ("Beskrivningen ska rymmas på två A4-sidor.", "page_limit", "rymmas på två A4-sidor"),
        ("Max. antal sidor: 5", "page_limit", "Max. antal sidor: 5"),
        ("It must be no longer than 20 sides of A4.", "page_limit", "no longer than 20 sides of A4"),
        ("Typsnitt: Arial, storlek 11", "font_limit", "Typsnitt: Arial, storlek 11"),
        ("Use a 10-point font or larger.", "font_limit", "10-point font"),
        ("Skriv i Times New Roman 12.", "font_limit", "Times New Roman 12"),
        ("Anbudsspråk: svenska", "tender_language", "svenska"),
        ("The language of the tender shall be Swedish.", "tender_language", "Swedish"),
        ("Documents shall be named after the annex.", "file_naming", "Documents shall be named after the annex."),
    ],
)
def test_a_wording_gives_its_fact(text: str, name: str, value: str) -> None:
    assert _values(text, name) == [value]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Each answer gets up to 10 points.", "font_limit"),
        ("Kravet ger som mest 10 punkter.", "font_limit"),
        ("Poäng: minst 12 punkter", "font_limit"),
        ("Insurance at all times during the term and for three (3) years.", "font_limit"),
        ("Svar på frågor lämnas senast 2031-01-10.", "question_deadline"),
        ("Frågor besvaras senast 2031-01-10.", "question_deadline"),
        ("Svar på frågor ska ha lämnats senast 2031-01-10.", "tender_deadline"),
        ("Svaret på frågan ska ha publicerats senast 2031-01-10.", "tender_deadline"),
        ("Svar ska lämnas till alla senast 2031-01-10.", "tender_deadline"),
        ("Tid för anbudsöppning: 2031-01-10", "tender_deadline"),
        ("Anbudsinlämning sker i portalen. Avtalet börjar 2031-01-10.", "tender_deadline"),
        ("Rapporten ska ha kommit in senast den 10 januari 2031.", "tender_deadline"),
        ("Nuvarande avtal går ut den 10 januari 2031.", "tender_deadline"),
        ("Tiden räknas från sista anbudsdag. Kvaliteten mäts från 2031-01-10.", "tender_deadline"),
        ("Sista dag för inlämning av frågor: 2031-01-10", "tender_deadline"),
        ("Deadline for submission of questions: 10 January 2031", "tender_deadline"),
        ("The portal is open until 10 January 2031.", "valid_until"),
        ("Referens: 070-1234567", "reference"),
        ("Reference: 15 years", "reference"),
        ("Språk: svenska", "tender_language"),
    ],
)
def test_a_near_miss_gives_none(text: str, name: str) -> None:
    assert _values(text, name) == []


@pytest.mark.parametrize(
    ("text", "buyer", "reference"),
    [
        ("Upphandlande myndighet: Granby kommun Diarienummer: KS 2031-00123", "Granby kommun", "KS 2031-00123"),
        (
            "Contracting authority: Harbour Office of Westmere. Reference: HOW/2031/88",
            "Harbour Office of Westmere",
            "HOW/2031/88",
        ),
        ("Beställare: Tallmo fastigheter AB  Diarienr: TF-2031-0044", "Tallmo fastigheter AB", "TF-2031-0044"),
        ("Upphandlande myndighet: Kustverket Sista anbudsdag: 2031-03-11", "Kustverket", None),
        ("Upphandlande myndighet: Kustverket Postadress: Hamnen 1", "Kustverket", None),
        ("Köpare: St. Olofs sjukhus. Frågor ställs i portalen.", "St. Olofs sjukhus", None),
    ],
)
def test_a_labelled_name_ends_at_its_sentence_or_at_the_next_label(text: str, buyer: str, reference: str | None) -> None:
    found = _tender(document([text]))
    assert (found.buyer, found.reference) == (buyer, reference)


def test_a_title_keeps_its_colon_and_loses_the_next_label() -> None:
    assert _tender(document(["Upphandlingens namn: Nya Fordon: leasing Dnr: 31-77"])).name == "Nya Fordon: leasing"


@pytest.mark.parametrize(
    ("words", "phrase", "day"),
    [
        ("Frågor ställs senast tio dagar före anbudstidens utgång.", "tio dagar före anbudstidens utgång", "2031-03-10"),
        ("Frågor ska ha inkommit senast 8 dagar innan sista anbudsdag.", "8 dagar innan sista anbudsdag", "2031-03-12"),
        ("Eventuella oklarheter påtalas senast en vecka före sista anbudsdag.", "en vecka före sista anbudsdag", "2031-03-13"),
        ("Questions must be received no later than 10 days before the tender deadline.", None, "2031-03-10"),
        ("Questions must be submitted at least seven days prior to the closing date.", None, "2031-03-13"),
        ("Frågor ska ställas senast tio (10) dagar före sista anbudsdag 2031-03-20.", None, "2031-03-10"),
        (
            "Questions received later than five working days before the deadline will not be answered.",
            "five working days before the deadline",
            None,
        ),
        ("Frågor ställs senast tio dagar före mötet.", "tio dagar före mötet", None),
    ],
)
def test_a_question_deadline_counts_back_from_the_tender_deadline(words: str, phrase: str | None, day: str | None) -> None:
    alone, known = document([words]), document(["Sista anbudsdag är 2031-03-20 kl. 23:59."], name="inbjudan.pdf")
    told = [fact.value for fact in _tender(alone).facts if fact.name == "question_deadline"]
    assert len(told) == 1
    assert phrase is None or told == [phrase]
    assert _tender(alone, known).question_deadline == day
    if "2031" not in words:
        assert _tender(alone).question_deadline is None


def test_a_dated_question_deadline_goes_before_a_counted_one() -> None:
    made = document(
        ["Sista anbudsdag: 2031-03-20", "Frågor ställs senast tio dagar före sista anbudsdag.", "Sista frågedag: 2031-03-11"]
    )
    assert _tender(made).question_deadline == "2031-03-11"


def test_administrative_regulations() -> None:
    made = document(
        [
            heading("AFB.1 Former och förutsättningar för upphandling"),
            "Byggherre: Björkviks kommun",
            heading("AFB.22 Anbudstid"),
            "Anbud ska vara beställaren tillhanda senast 2031-05-20.",
            heading("AFB.25 Frågor under anbudstiden"),
            "Eventuella oklarheter påtalas senast tio dagar före anbudstidens utgång.",
            heading("AFB.32 Anbuds giltighetstid"),
            "Anbudsgivaren är bunden av sitt anbud i 90 dagar efter anbudstidens utgång.",
        ]
    )
    found = _tender(made)
    assert (found.name, found.buyer, found.tender_deadline) == (None, "Björkviks kommun", "2031-05-20")
    assert (found.question_deadline, found.valid_until) == ("2031-05-10", "2031-08-18")


def test_a_chapter_with_a_number_of_its_own_is_no_name() -> None:
    chapter = Block(BlockKind.HEADING, "Former och förutsättningar", number="AFB.1")
    assert _tender(document([chapter])).name is None
    assert _tender(document([Block(BlockKind.HEADING, "1 Allmän orientering")])).name is None
    assert _tender(document([heading("E18 Broar vid Granby")])).name == "E18 Broar vid Granby"


@pytest.mark.parametrize(
    "title",
    [
        "(anonymous)",
        "untitled",
        "Document1",
        "Presentation1",
        "Microsoft Word - krav.doc",
        "Namnlös-1",
        "Blad1",
        "Book1",
        "pris.xlsx",
    ],
)
def test_what_programs_call_a_document_is_no_name(title: str) -> None:
    made = document(["Text."])
    named = Document(made.name, made.kind, made.sha256, made.blocks, 1, metadata=(("Title", title),))
    assert _tender(named).name is None


def test_metadata_that_somebody_wrote_is_a_name() -> None:
    made = document(["Text."])
    named = Document(made.name, made.kind, made.sha256, made.blocks, 1, metadata=(("Title", "Leasing av fordon"),))
    assert _tender(named).name == "Leasing av fordon"


def _workbook(sheet: str, corner: str | None, *, bold: bool) -> Document:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    if corner is not None:
        page["A1"] = corner
        page["A1"].font = Font(bold=bold)
    for cells in (("Nr", "Krav", "Svar"), (1, "Bilen ska ha dragkrok.", None)):
        page.append(cells)
    target = BytesIO()
    book.save(target)
    return read(ReadRequest("krav.xlsx", data=target.getvalue()))


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("sheet", ["Kravspec", "Blad1", "Tekniska krav"])
def test_the_name_of_a_sheet_is_no_title_and_its_corner_is(sheet: str, bold: bool) -> None:
    assert _workbook(sheet, None, bold=bold).kind is DocumentKind.XLSX
    assert _tender(_workbook(sheet, None, bold=bold)).name is None
    assert _tender(_workbook(sheet, "Leasing av transportfordon", bold=bold)).name == "Leasing av transportfordon"
    other = document([heading("Fordon för hemtjänsten"), "Text."])
    assert _tender(_workbook(sheet, "Svarsmall fordon", bold=bold), other).name == "Fordon för hemtjänsten"


def test_a_form_of_labels_and_values() -> None:
    rows = (
        ("Upphandlande organisation", "Granby kommun"),
        ("Ärendenummer", "2031/445"),
        ("Upphandlingens namn", "Leasing av transportfordon"),
        ("Sista svarsdag", "2031-02-11"),
        ("Sista dag för frågor", "2031-02-01"),
        ("Anbudets giltighetstid t.o.m.", "2031-06-30"),
    )
    found = _tender(document([row(*cells) for cells in rows]))
    assert (found.buyer, found.reference, found.name) == ("Granby kommun", "2031/445", "Leasing av transportfordon")
    assert (found.tender_deadline, found.question_deadline, found.valid_until) == ("2031-02-11", "2031-02-01", "2031-06-30")
