"""The tags beside questions of a printout, and the key that explains them."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.extraction.printouts import Key, is_points, key_of
from app.extraction.reading import find
from tests.support.documents import document, row

_KEY = (
    row("Krav", "Frågan måste besvaras."),
    row("Utvärdering", "Svaret poängsätts."),
    row("Valfri", "Frågan besvaras upplysningsvis."),
    row("Köparen", "Fältet fylls i av köparen."),
)


@pytest.mark.parametrize(
    ("text", "meaning", "must"),
    [
        ("Krav", "must", True),
        ("Obligatoriskt", "must", True),
        ("Ska-krav", "must", True),
        ("Utvärderas", "weighted", False),
        ("Frivillig uppgift", "optional", False),
        ("Beställaren", "buyer", None),
    ],
)
def test_a_tag_says_who_answers_and_whether_it_must_be(text: str, meaning: str, must: bool | None) -> None:
    assert Key().tag(text) == (meaning, must)


@pytest.mark.parametrize("text", ["Kravet", "Krav på anbudsgivaren", "Informationssäkerhet", "Beställarens ombud", ""])
def test_other_words_are_no_tags(text: str) -> None:
    assert Key().tag(text) is None


def test_a_tag_at_the_end_of_a_line_is_cut_off() -> None:
    found = Key().cut("1.2 Vem är kontaktperson? Obligatorisk")
    assert found is not None
    assert (found[0], found[1].must) == (len("1.2 Vem är kontaktperson? "), True)


@pytest.mark.parametrize("line", ["Ange vem som är kontakt hos Beställaren", "Beskriv era krav", "Krav", "Uppfylls alla krav"])
def test_words_of_a_question_are_not_cut_off(line: str) -> None:
    assert Key().cut(line) is None


def test_the_key_explains_marks_of_its_own() -> None:
    key = key_of(document([row("S", "Frågan måste besvaras."), row("Mervärde", "Svaret poängsätts."), "1 Frågor"]))
    assert key.tag("S") == ("must", True)
    assert Key().tag("S") is None


@pytest.mark.parametrize(
    "blocks",
    [
        ["Krav: Frågan måste besvaras", "Frivillig: Uppgiften får utelämnas"],
        ["Krav = frågan måste besvaras", "Frivillig = uppgiften får utelämnas"],
        ["Krav Frågan måste besvaras.", "Frivillig Uppgiften får utelämnas."],
    ],
)
def test_a_key_is_written_in_many_ways(blocks: list[Block | str]) -> None:
    assert dict(key_of(document(blocks)).tags) == {"krav": "must", "frivillig": "optional"}


@pytest.mark.parametrize(
    "rows",
    [
        [row("CV", "Obligatorisk uppgift"), row("Intyg", "Frivillig uppgift")],
        [row("Krav", "Kravet ska uppfyllas vid start."), row("Krav", "Svaret utvärderas.")],
        [row("Krav", "Systemet ska svara på frågor."), row("Krav", "Leverantören ska ange uppgifter.")],
    ],
)
def test_a_table_of_documents_or_requirements_is_no_key(rows: list[Block | str]) -> None:
    assert key_of(document(rows)).tags == {}


@pytest.mark.parametrize(
    "line",
    [
        "En röd stjärna (*) visar att fältet är obligatoriskt.",
        "Obligatoriska frågor är markerade med *.",
        "Mandatory fields are marked with *",
    ],
)
def test_a_star_is_explained(line: str) -> None:
    key = key_of(document([f"Läs igenom frågorna. {line}"]))
    assert key.starred
    assert len(key.spans) == 1


def test_other_stars_mark_nothing() -> None:
    assert not key_of(document(["Pris* ska anges.", "* Exklusive moms.", "Obligatoriska frågor besvaras."])).starred


def test_the_key_asks_for_nothing() -> None:
    assert find(document([*_KEY, "Anbudet ska lämnas på svenska."])).points[0].source.quote == "Anbudet ska lämnas på svenska."


@pytest.mark.parametrize("text", ["0–20 poäng", "Ja = 5 poäng", "max 10 p", "Vikt: 20 %"])
def test_what_an_answer_is_worth(text: str) -> None:
    assert is_points(text)


@pytest.mark.parametrize("text", ["Beskriv hur 20 poäng kan nås", "10 procent", "Poäng"])
def test_other_numbers_are_no_worth(text: str) -> None:
    assert not is_points(text)


@pytest.mark.parametrize(
    "blocks",
    [
        ["Krav: Uppgifter om fel ska lämnas inom två timmar.", "Mervärde: Svar på anmälan inom en timme poängsätts."],
        ["Mandatory: Answers to reports must be completed at once.", "Optional: Responses within one hour are scored."],
    ],
)
def test_requirements_of_the_service_are_no_key(blocks: list[Block | str]) -> None:
    assert key_of(document(blocks)).tags == {}
    assert len(find(document(["1 Kravspecifikation", *blocks])).points) == 2


@pytest.mark.parametrize(
    "words", ["Dokument märkta med * är obligatoriska att läsa.", "Chapters marked with * are mandatory reading."]
)
def test_a_star_that_marks_something_else_makes_no_question_optional(words: str) -> None:
    assert not key_of(document([words])).starred


def test_a_key_in_running_text_asks_for_nothing() -> None:
    guide = "Krav: ska vara uppfyllt. Fråga: besvaras av anbudsgivaren. Värderas: ger poäng. Upplysning: läses men besvaras inte."
    made = document([f"Rutorna är av fyra slag. {guide} Raden under texten visar hur rutan besvaras.", "1 Frågor"])
    assert find(made).points == ()
    assert key_of(made).tag("Krav") == ("must", True)


@pytest.mark.parametrize(
    "text",
    [
        "Krav: båten ska vara besiktigad. Leverans: båten ska levereras i maj. Service: leverantören ska utföra service.",
        "Krav: båten ska vara besiktigad. Båten ska ha åror.",
    ],
)
def test_demands_that_begin_with_a_name_are_no_key(text: str) -> None:
    assert find(document(["1 Krav på båten", text])).points
