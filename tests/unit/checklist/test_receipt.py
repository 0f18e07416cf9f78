"""The portal's printout against the bid: every planted difference is found, in several layouts, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checklist.receipt import (
    AnswerVerdict,
    Comparison,
    Outcome,
    SubmittedAnswer,
    SubmittedFile,
    compare_receipt,
)
from app.checklist.receipt_text import canonical
from app.core.document import Block, BlockKind, Document, DocumentKind, Place
from tests.support.printouts import LAYOUTS, Asked, printed

NAME = "IT-konsulttjänster för Vattenregistret"
REFERENCE = "VRM 2027/0417"
LONG = (
    "Vi överlämnar varje uppdrag under två veckor. Ersättaren får tillgång till uppdragets loggbok och träffar beställaren "
    "samma vecka. Informationssäkerheten följs upp varje kvartal, första gången den 15 mars 2028, och kostar högst 125 000 "
    "kronor per år."
)
BID = (
    SubmittedAnswer("a", "3.1", "Anbudsgivarens namn", "Konsult & Vatten AB"),
    SubmittedAnswer("b", "3.2", "Organisationsnummer", "556824-1234"),
    SubmittedAnswer("c", "4.1", "Accepteras samtliga krav i kapitel 4?", "Ja"),
    SubmittedAnswer("d", "4.2", "Begärs sekretess för uppgifter i anbudet?", "Nej"),
    SubmittedAnswer("e", "5.1", "Ange pris per timme i kronor", "1 250,00"),
    SubmittedAnswer("f", "5.2", "Ange när uppdraget kan börja", "2028-01-15"),
    SubmittedAnswer("g", "6.1", "Beskriv hur en ersättare sätter sig in i uppdraget", LONG),
    SubmittedAnswer("h", "6.2", "Övriga upplysningar", None),
)
FILES = (
    SubmittedFile("01_Registreringsbevis.pdf", 1_234_567, "a" * 64),
    SubmittedFile("02_CV Anna.docx", 40_868, "b" * 64),
    SubmittedFile("CV.pdf", 10_000, "c" * 64),
)
LISTED = ("01_Registreringsbevis.pdf (1,2 MB)", "02_CV Anna.docx (41 kB)", "CV.pdf (10 kB)")


def asked(**changed: str) -> list[Asked]:
    return [(one.number or "", one.text, changed.get(one.item, one.answer or "")) for one in BID]


def compared(
    layout: str, rows: list[Asked], files: tuple[str, ...] = LISTED, name: str = NAME, reference: str = REFERENCE
) -> Comparison:
    return compare_receipt(printed(layout, rows, files, name, reference), BID, FILES, name=NAME, reference=REFERENCE)


def odd(found: Comparison) -> dict[str, Outcome]:
    return {one.item: one.outcome for one in found.answers if one.outcome is not Outcome.SAME}


def verdict(found: Comparison, item: str) -> AnswerVerdict:
    (one,) = [one for one in found.answers if one.item == item]
    return one


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_faithful_printout_agrees(layout: str) -> None:
    found = compared(layout, asked())
    assert odd(found) == {}
    assert {one.outcome for one in found.files} == {"same"}
    assert found.tender.told
    assert found.agrees
    assert {one.item for one in found.answers} == {"a", "b", "c", "d", "e", "f", "g"}


def test_numbers_dates_and_spaces_may_be_written_otherwise(layout: str) -> None:
    found = compared(
        layout, asked(e="1250", f="15 januari 2028", b="5568241234", a="KONSULT  & vatten ab", g=LONG.replace(" ", "  "))
    )
    assert odd(found) == {}
    assert found.agrees


def test_the_order_may_be_another(layout: str) -> None:
    assert odd(compared(layout, asked()[::-1])) == {}


@pytest.mark.parametrize(
    ("item", "printed_answer", "outcome"),
    [
        ("a", "Konsult & Wasser AB", Outcome.DIFFERENT),
        ("b", "556824-1243", Outcome.DIFFERENT),
        ("c", "Nej", Outcome.DIFFERENT),
        ("d", "Ja", Outcome.DIFFERENT),
        ("e", "1 520,00", Outcome.DIFFERENT),
        ("e", "250,00", Outcome.DIFFERENT),
        ("e", "11 250,00", Outcome.DIFFERENT),
        ("e", "12,50", Outcome.DIFFERENT),
        ("f", "2028-01-25", Outcome.DIFFERENT),
        ("g", LONG.replace("två veckor", "tre veckor"), Outcome.DIFFERENT),
        ("g", LONG.replace("125 000", "152 000"), Outcome.DIFFERENT),
        ("g", LONG.replace("15 mars", "16 mars"), Outcome.DIFFERENT),
        ("g", LONG[:100], Outcome.CUT),
        ("g", LONG[:100] + "…", Outcome.CUT),
        ("a", "", Outcome.MISSING),
        ("c", "", Outcome.MISSING),
        ("g", "", Outcome.MISSING),
        ("g", "Ej besvarad", Outcome.MISSING),
    ],
)
def test_each_planted_difference_is_found_and_nothing_else(layout: str, item: str, printed_answer: str, outcome: Outcome) -> None:
    found = compared(layout, asked(**{item: printed_answer}))
    assert odd(found) == {item: outcome}
    assert not found.agrees


def test_both_texts_are_there_to_be_compared(layout: str) -> None:
    one = verdict(compared(layout, asked(a="Konsult & Wasser AB")), "a")
    assert one.ours == "Konsult & Vatten AB"
    assert "Konsult & Wasser AB" in one.theirs
    assert "namn" not in one.theirs


def test_how_much_of_a_cut_answer_is_left(layout: str) -> None:
    one = verdict(compared(layout, asked(g=LONG[:120])), "g")
    assert abs(one.kept - 120) <= 2


def test_an_answer_that_nobody_meant_to_give() -> None:
    found = compared("paragraphs", asked(h="Priserna gäller exklusive resor"))
    assert odd(found) == {"h": Outcome.EXTRA}
    assert verdict(found, "h").theirs == "Priserna gäller exklusive resor"


def test_a_question_that_is_not_in_the_printout_is_missing_with_its_answer(layout: str) -> None:
    rows = [row for row in asked() if row[0] != "4.1"]
    assert odd(compared(layout, rows)) == {"c": Outcome.MISSING}


def test_an_answer_is_found_also_where_the_portal_words_the_question_otherwise(layout: str) -> None:
    rows = [
        (number, "Beskriv hur en ersättare kan sätta sig in i uppdraget" if number == "6.1" else text, answer)
        for number, text, answer in asked()
    ]
    assert odd(compared(layout, rows)) == {}
    rows = [(number, "Fråga om ersättare" if number == "6.1" else text, answer) for number, text, answer in asked()]
    assert odd(compared(layout, rows)) == {}


def test_many_questions_with_the_same_words_are_told_apart_by_their_numbers(layout: str) -> None:
    same = [SubmittedAnswer(str(number), f"7.{number}", "Uppfylls kravet i avsnittet?", "Ja") for number in range(1, 13)]
    rows = [(one.number or "", one.text, "Nej" if one.item == "7" else "Ja") for one in same]
    found = compare_receipt(printed(layout, rows, (), NAME, REFERENCE), same, (), name=NAME, reference=REFERENCE)
    assert odd(found) == {"7": Outcome.DIFFERENT}


@pytest.mark.parametrize(("mark", "outcome"), [("☒ Ja ☐ Nej", Outcome.SAME), ("☐ Ja ☒ Nej", Outcome.DIFFERENT)])
def test_ticked_boxes(mark: str, outcome: Outcome) -> None:
    texts = ["Diarienummer VRM 2027/0417", "4.1 Accepteras samtliga krav i kapitel 4?", mark]
    document = Document("k", DocumentKind.TEXT, "", tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))
    found = compare_receipt(document, BID[2:3], (), name=NAME, reference=REFERENCE)
    assert [one.outcome for one in found.answers] == [outcome]


def test_files_that_are_missing_or_extra(layout: str) -> None:
    found = compared(layout, asked(), (LISTED[0], LISTED[2], "Broschyr 2027.pdf (3 MB)"))
    assert {one.name: one.outcome for one in found.files if one.outcome != "same"} == {
        "02_CV Anna.docx": "missing",
        "Broschyr 2027.pdf": "extra",
    }


def test_a_file_whose_name_ends_like_another_is_not_taken_for_it(layout: str) -> None:
    found = compared(layout, asked(), (*LISTED[:2], "Bengts CV.pdf (10 kB)"))
    assert {one.name: one.outcome for one in found.files if one.outcome != "same"} == {
        "CV.pdf": "missing",
        "Bengts CV.pdf": "extra",
    }


def test_names_as_portals_change_them(layout: str) -> None:
    found = compared(layout, asked(), ("01_Registreringsbevis.PDF", "02_CV_Anna.docx", "CV.pdf"))
    assert {one.outcome for one in found.files} == {"same"}


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("02_CV Anna.docx (40 868 byte)", "same"),
        ("02_CV Anna.docx (40,9 kB)", "same"),
        ("02_CV Anna.docx (39,9 KB)", "same"),
        ("02_CV Anna.docx (0,04 MB)", "same"),
        ("02_CV Anna.docx (38,8 kB)", "different"),
        ("02_CV Anna.docx (40 860 byte)", "different"),
        ("02_CV Anna.docx (0 byte)", "different"),
        (f"02_CV Anna.docx SHA-256 {'b' * 64}", "same"),
        (f"02_CV Anna.docx SHA-256 {'d' * 64}", "different"),
    ],
)
def test_sizes_and_checksums_are_compared_where_they_are_printed(line: str, outcome: str) -> None:
    found = compared("paragraphs", asked(), (LISTED[0], line, LISTED[2]))
    assert {one.name: one.outcome for one in found.files}["02_CV Anna.docx"] == outcome


def test_a_receipt_of_another_tender_says_so_and_nothing_else(layout: str) -> None:
    found = compared(layout, asked(), name="Städtjänster i Luleå", reference="LUL 2027/99")
    assert found.tender.is_other or not found.tender.told
    if layout != "table":  # a bare line without a label does not say what it is
        assert (found.tender.ours, found.tender.theirs) == (REFERENCE, "LUL 2027/99")
        assert found.answers == ()
        assert found.files == ()
    assert not found.agrees or not found.tender.told


def test_without_a_reference_the_name_decides() -> None:
    document = printed("paragraphs", asked(), LISTED, NAME.upper(), "")
    assert compare_receipt(document, BID, FILES, name=NAME).agrees
    other = printed("paragraphs", asked(), LISTED, "Städtjänster i Luleå", "")
    found = compare_receipt(other, BID, FILES, name=NAME)
    assert found.tender.is_other
    assert "Luleå" in found.tender.theirs


def test_a_printout_without_text_cannot_be_compared() -> None:
    empty = Document("k", DocumentKind.PDF, "", (), pages=1)
    found = compare_receipt(empty, BID, FILES, name=NAME, reference=REFERENCE)
    assert not found.readable
    assert not found.agrees


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1 250 000,00", "1250000", True),
        ("1.250.000", "1 250 000", True),
        ("9,50", "9.5", True),
        ("9,5", "95", False),
        ("2028-01-15", "15 jan 2028", True),
        ("15/1/2028", "January 15, 2028", True),
        ("2028-01-15T00:00", "2028-01-15", True),
        ("3.2.1", "321", True),
        ("informations-\nsäkerhet", "informationssäkerhet", True),
        ("Å\u0308", "a", False),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, same: bool) -> None:
    assert (canonical(one) == canonical(other)) is same


def test_hundreds_of_answers(layout: str) -> None:
    bid = [
        SubmittedAnswer(
            str(n),
            f"{n // 20 + 1}.{n % 20 + 1}",
            f"Beskriv er rutin nummer {n} för uppföljning",
            f"Rutin {n} följs av grupp {n * 7}",
        )
        for n in range(300)
    ]
    rows = [
        (one.number or "", one.text, (one.answer or "") if one.item != "150" else "Rutin 150 följs av grupp 1") for one in bid
    ]
    found = compare_receipt(printed(layout, rows, (), NAME, REFERENCE), bid, (), name=NAME, reference=REFERENCE)
    assert odd(found) == {"150": Outcome.DIFFERENT}
    assert replace(found, answers=()).files == ()


def test_answers_that_go_on_over_pages_are_whole(layout: str) -> None:
    long = " ".join(f"Mening {number} beskriver hur vi levererar del {number} av uppdraget i tid." for number in range(120))
    bid = [
        SubmittedAnswer(str(number), f"3.{number}", f"Beskriv er rutin nummer {number} för uppföljning", text)
        for number, text in enumerate((long, "Ja", "Anna Berg", long, "1 250,50", long, "Nej"), 1)
    ]
    rows = [(one.number or "", one.text, one.answer or "") for one in bid]
    faithful = printed(layout, rows, LISTED, NAME, REFERENCE)
    assert (faithful.pages or 0) >= 4
    assert compare_receipt(faithful, bid, FILES, name=NAME, reference=REFERENCE).agrees
    rows[3] = (*rows[3][:2], long.replace("del 97 av", "del 79 av"))
    changed = compare_receipt(printed(layout, rows, LISTED, NAME, REFERENCE), bid, FILES, name=NAME, reference=REFERENCE)
    assert odd(changed) == {"4": Outcome.DIFFERENT}


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("Tilda Frostvik", "Tilda Frostvik-Berg", Outcome.DIFFERENT),
        ("Frostvik", "Anna-Frostvik", Outcome.DIFFERENT),
        ("Tilda Frostvik", "Tilda Frostvik, 070-000 00 01", Outcome.SAME),
        ("Tilda Frostvik", "Tilda Frostvik - konsult", Outcome.SAME),
        ("1 250,50", "-1 250,50", Outcome.DIFFERENT),
        ("1 250,50", "\u22121250.50 SEK", Outcome.DIFFERENT),
        ("-1 250,50", "1 250,50", Outcome.DIFFERENT),
        ("-1 250,50", "- 1250,50", Outcome.SAME),
        ("1 250,50", "1 250,50 SEK", Outcome.SAME),
    ],
)
def test_a_hyphen_or_a_minus_makes_another_answer(ours: str, theirs: str, outcome: Outcome) -> None:
    question = "Ange uppgiften som efterfrågas i punkten ovan"
    blocks = (Block(BlockKind.PARAGRAPH, question, Place(page=1)), Block(BlockKind.PARAGRAPH, f"Svar: {theirs}", Place(page=1)))
    found = compare_receipt(Document("kvitto.pdf", DocumentKind.PDF, "", blocks), [SubmittedAnswer("a", "1", question, ours)], [])
    assert [one.outcome for one in found.answers] == [outcome]
