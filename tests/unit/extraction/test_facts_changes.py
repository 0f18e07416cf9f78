"""Days that have been changed: the new one holds, wherever the old one is still printed."""

from __future__ import annotations

import pytest

from app.checklist.tender import choose
from app.core.checklist import Tender
from app.core.document import Block, BlockKind, Document, Flag
from app.extraction.facts import find_facts
from app.extraction.sections import outline
from tests.support.documents import document, furniture, heading, row

OLD, NEW = "2031-02-03", "2031-02-17"


def _tender(*documents: Document) -> Tender:
    return choose([fact for made in documents for fact in find_facts(made, outline(made))])


def _of(*blocks: Block | str) -> Tender:
    return _tender(document([heading("Inledning"), *["Annan text."] * 45, *blocks]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tidigare lydelse", "Ny lydelse"),
        ("Nuvarande", "Ändras till"),
        ("Gammalt", "Nytt"),
        ("Utgår", "Ersätts med"),
        ("Nuvarande text", "Ändrad text"),
        ("Gamla datumet", "Nya datumet"),
        ("Före ändring", "Efter ändring"),
        ("Was", "Now"),
        ("Current wording", "Revised wording"),
        ("Deleted", "Replaced by"),
    ],
)
@pytest.mark.parametrize("swapped", [False, True])
def test_the_new_column_of_a_table_holds(old: str, new: str, swapped: bool) -> None:
    heads, values = ((new, old), (NEW, OLD)) if swapped else ((old, new), (OLD, NEW))
    found = _of(row("Uppgift", *heads), row("Sista anbudsdag", *values), row("Closing date", *values))
    assert found.tender_deadline == NEW
    assert [fact.value for fact in found.facts if fact.name == "tender_deadline"] == [NEW]


def test_whole_sentences_in_the_columns() -> None:
    found = _of(
        row("Nr", "Avser", "Tidigare lydelse", "Ny lydelse"),
        row(
            "1",
            "Anbudstid",
            "Anbudet lämnas senast 2031-02-03. Anbud som kommer in därefter öppnas inte, och anbudsgivaren får besked om det.",
            "Anbudet lämnas senast 2031-02-17 kl. 12.00.",
        ),
        row("2", "Giltighet", "Anbudet är bindande i fyra månader.", "Anbudet är bindande till och med 2031-07-31."),
        row("3", "Frågor", "Frågor ställs senast 2031-01-20.", "Frågor ställs senast 2031-02-05."),
    )
    assert (found.tender_deadline, found.question_deadline, found.valid_until) == ("2031-02-17T12:00", "2031-02-05", "2031-07-31")


def test_columns_hold_on_the_next_page_too() -> None:
    heads = Block(BlockKind.FURNITURE, "Uppgift\tTidigare\tNytt", cells=row("Uppgift", "Tidigare", "Nytt").cells)
    assert _of(heads, row("Sista anbudsdag", OLD, NEW, table=4)).tender_deadline == NEW


@pytest.mark.parametrize(
    "text",
    [
        "Sista anbudsdag flyttas från 3 februari till 17 februari 2031.",
        "Sista anbudsdag flyttas från måndagen den 3 februari 2031 till måndagen den 17 februari.",
        "Sista anbudsdag: i stället för 3 februari gäller 17 februari 2031.",
        "I stället för den 3 februari 2031 gäller den 17 februari 2031 som sista anbudsdag.",
        "Sista anbudsdag är den 17 februari 2031 (tidigare den 3 februari 2031).",
        "Sista anbudsdag: 2031-02-03 ändras till 2031-02-17.",
        "Sista anbudsdag var 2031-02-03. Nu gäller 2031-02-17.",
        "Sista anbudsdag är nu den 17 februari 2031.",
        "Sista dag för att lämna anbud senareläggs till 2031-02-17.",
        "The closing date is postponed from 3 February to 17 February 2031.",
        "The deadline for tenders is 17 February 2031 instead of 3 February 2031.",
        "The closing date has been moved to 17 February 2031.",
    ],
)
def test_a_sentence_that_moves_a_day(text: str) -> None:
    assert _of(text).tender_deadline == NEW
    earlier = [document([f"Sista anbudsdag: {day}"], name=f"{day}.pdf") for day in (OLD, OLD, OLD, "2031-03-03")]
    assert _tender(*earlier, document([heading("Inledning"), *["Text."] * 45, text])).tender_deadline == NEW


def test_old_and_new_wording_under_each_other() -> None:
    old, new = f"Anbud ska ha inkommit senast {OLD}.", f"Anbud ska ha inkommit senast {NEW}."
    assert _of(f"Tidigare lydelse: {old}", f"Ny lydelse: {new}").tender_deadline == NEW
    assert _of("Tidigare lydelse:", old, "Ny lydelse:", new).tender_deadline == NEW
    assert _of(f"Tidigare lydelse: {old} Ny lydelse: {new}").tender_deadline == NEW
    assert _of(row("Tidigare", f"Sista anbudsdag {OLD}"), row("Nytt", f"Sista anbudsdag {NEW}")).tender_deadline == NEW


def test_what_is_crossed_out_does_not_hold() -> None:
    struck = Block(BlockKind.PARAGRAPH, f"Sista anbudsdag: {NEW}", flags=frozenset({Flag.STRUCK}))
    assert _of(struck, f"Sista anbudsdag: {OLD}").tender_deadline == OLD


def test_the_later_of_two_changes_holds_and_both_are_told() -> None:
    first = document([heading("Komplettering 1"), f"Sista anbudsdag flyttas till {NEW}."], name="k1.pdf")
    second = document([heading("Komplettering 2"), *["Text."] * 60, "Anbudstiden förlängs till 2031-02-24."], name="k2.pdf")
    found = _tender(document([f"Sista anbudsdag: {OLD}"]), first, second)
    assert found.tender_deadline == "2031-02-24"
    assert {fact.value for fact in found.facts if fact.name == "tender_deadline"} == {OLD, NEW, "2031-02-24"}


@pytest.mark.parametrize(
    "blocks",
    [
        (row("Nr", "Fråga", "Svar"), row("1", "Vi vill att sista anbudsdag flyttas till 2031-03-03.", "Nej.")),
        (row("No", "Question", "Answer"), row("1", "Is the closing date extended to 3 March 2031?", "No.")),
        ("Kan sista anbudsdag flyttas till 2031-03-03?",),
        ("Vi önskar att anbudstiden förlängs till 2031-03-03.",),
        ("Avtalets sista dag flyttas från 1 mars till 1 april 2031.",),
        (row("Avser", "Tidigare lydelse", "Ny lydelse"), row("Avtalsstart", "2031-03-01", "2031-04-01")),
    ],
)
def test_what_bidders_ask_for_and_other_days_change_nothing(blocks: tuple[Block | str, ...]) -> None:
    assert _of(f"Sista anbudsdag: {OLD}", *blocks).tender_deadline == OLD


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Anbudsgivaren är bunden av anbudet till och med 2031-08-31. Vid överprövning förlängs det, dock längst sex månader.",
            True,
        ),
        ("Anbudet gäller t.o.m. 2031-08-31 och kan på begäran förlängas med högst tre månader.", True),
        (
            "Tenders are valid until 31 August 2031. If a court reviews the award, validity is prolonged by two months at most.",
            True,
        ),
        ("Anbudets giltighet: 2031-08-31. Anbudet ska vara giltigt i minst tre månader.", True),
        ("Vid överprövning är anbudet bindande längst till 2031-08-31.", False),
        ("Anbudet kan på begäran bli bindande till och med 2031-08-31.", False),
    ],
)
def test_a_cap_or_a_condition_is_not_how_long_a_tender_binds(text: str, day: bool) -> None:
    assert _of("Sista anbudsdag: 2031-05-09", text).valid_until == ("2031-08-31" if day else None)


def test_a_printed_day_beats_a_counted_one_whatever_stands_first() -> None:
    period, stated = "Anbudets giltighetstid: sex månader", "Anbudet är bindande till och med 2031-08-31."
    assert _tender(document([f"Sista anbudsdag: {OLD}", period, *["Text."] * 60, stated])).valid_until == "2031-08-31"


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("Frågor tar vi emot till och med söndagen den 2 februari.", f"Sista anbudsdag: {NEW}"), "2031-02-02"),
        (("Frågor tas emot till och med den 20 december.", "Sista anbudsdag: 2031-01-17"), "2030-12-20"),
        (("Questions no later than 2 February at noon", "Closing date: 17 February 2031"), "2031-02-02T12:00"),
        (("Frågor tas emot till och med den 2 februari.",), None),
    ],
)
def test_a_question_day_without_a_year_lies_before_the_last_tender_day(texts: tuple[str, ...], day: str | None) -> None:
    assert _of(*texts).question_deadline == day


def test_another_day_that_moves_says_nothing_of_this_one() -> None:
    made = document([f"Startmötet flyttas från 1 mars 2031 till 8 mars 2031. Sista anbudsdag är {OLD}."])
    change = document([heading("Komplettering"), *["Text."] * 45, "Anbudstiden har tidigarelagts till 2031-01-27."], name="k.pdf")
    assert _tender(made).tender_deadline == OLD
    assert _tender(made, change).tender_deadline == "2031-01-27"


def test_a_date_in_the_page_header_is_none_of_these() -> None:
    assert _of(furniture("Tidigare version 2031-01-01"), f"Sista anbudsdag: {NEW}").tender_deadline == NEW


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Avtalsstart: från 2031-07-01 till 2033-06-30.", "2031-07-01"),
        ("Avtalet gäller från den 1 juli 2031 till den 30 juni 2033.", "2031-07-01"),
        ("Ramavtalet gäller från 2031-07-01 till 2033-06-30 och kan förlängas till 2035-06-30.", "2031-07-01"),
        ("Ramavtalet gäller från 2031-07-01 till 2033-06-30, om det inte förlängs.", "2031-07-01"),
        ("Tiderna ändras. Avtalet gäller från 2031-07-01 till 2033-06-30.", "2031-07-01"),
        ("Kommunen kan flytta avtalsstart från 2031-07-01 till 2031-09-01.", "2031-07-01"),
        ("Project start date: from 1 July 2031 to 30 June 2033", "2031-07-01"),
        ("Avtalsstart flyttas från 2031-07-01 till 2031-09-01.", "2031-09-01"),
        ("Avtalsstart senareläggs med två månader, från 2031-07-01 till 2031-09-01.", "2031-09-01"),
        ("Vi får meddela att avtalsstart flyttas från 1 juli till 1 september 2031.", "2031-09-01"),
        ("The contract start is postponed from 1 July 2031 to 1 September 2031.", "2031-09-01"),
    ],
)
def test_from_one_day_to_another_is_a_period_unless_something_moves(text: str, start: str) -> None:
    found = _of(text)
    assert [fact.value for fact in found.facts if fact.name == "contract_start"] == [start]


@pytest.mark.parametrize(
    "text",
    [
        "The contract is valid from 1 July 2031 to 30 June 2033.",
        "The insurance must be valid until 30 June 2033.",
        "Avtalets giltighetstid: till 2033-06-30",
        "The agreement remains binding for 24 months.",
    ],
)
def test_how_long_a_contract_runs_is_not_how_long_a_tender_binds(text: str) -> None:
    assert not [fact for fact in _of(text).facts if fact.name in ("valid_until", "validity_period")]


def test_a_tender_may_bind_until_the_contract_is_signed() -> None:
    assert _of("Tenders are valid until the contract is signed, yet to 30 June 2033.").valid_until == "2033-06-30"
    assert _of("Anbudet är bindande tills avtal har tecknats, dock till och med 2033-06-30.").valid_until == "2033-06-30"


BESIDE = [
    ("Före", "Efter"),
    ("Står", "Ska stå"),
    ("Det står", "Skall stå"),
    ("I stället för", "Ska det stå"),
    ("Instead of", "Read"),
    ("Before", "After"),
    ("Tidigare lydelse", "Ska lyda"),
]


@pytest.mark.parametrize(("old", "new"), BESIDE)
def test_words_that_tell_old_from_new_beside_each_other(old: str, new: str) -> None:
    assert _of(row("Avser", old, new), row("Sista anbudsdag", OLD, NEW)).tender_deadline == NEW
    assert _of(row("Avser", new, old), row("Sista anbudsdag", NEW, OLD)).tender_deadline == NEW
    assert _of(row(old, f"Sista anbudsdag {OLD}"), row(new, f"Sista anbudsdag {NEW}")).tender_deadline == NEW
    assert _of(f"{old}: Sista anbudsdag {OLD}.", f"{new}: Sista anbudsdag {NEW}.").tender_deadline == NEW
    assert _of(f"{old}:", f"Sista anbudsdag {OLD}.", f"{new}:", f"Sista anbudsdag {NEW}.").tender_deadline == NEW
    assert _of(f"{old}: Sista anbudsdag {OLD}. {new}: Sista anbudsdag {NEW}.").tender_deadline == NEW


@pytest.mark.parametrize(
    "text",
    [
        "I stället för ”Sista anbudsdag 2031-02-03” ska det stå ”Sista anbudsdag 2031-02-17”.",
        "Där det står ”sista anbudsdag den 3 februari 2031” ska stå ”sista anbudsdag den 17 februari 2031”.",
        'Instead of "closing date 3 February 2031" read "closing date 17 February 2031".',
    ],
)
def test_wordings_in_quotation_marks(text: str) -> None:
    assert [fact.value for fact in _of(text).facts if fact.name == "tender_deadline"] == [NEW]


@pytest.mark.parametrize(
    "blocks",
    [
        (row("Moment", "Före", "Under", "Efter"), row("Sista anbudsdag", OLD, "", "")),
        ("Före: Sista anbudsdag 2031-02-03.", "Annan text."),
        ("Före:", "Sista anbudsdag 2031-02-03.", "Annan text."),
        ("Står: Sista anbudsdag 2031-02-03.", "Annan text."),
        (row("Före", f"Sista anbudsdag {OLD}"), row("Därutöver", "Startmöte")),
    ],
)
def test_such_a_word_alone_takes_no_day_back(blocks: tuple[Block | str, ...]) -> None:
    assert _of(*blocks).tender_deadline == OLD
