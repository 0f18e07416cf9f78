"""Every line is in the ledger once, and what may matter stays in sight."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.document import Block, BlockKind, Document, Flag, Line, Place
from app.core.points import LineClass, Point, PointKind, Source, Span
from app.extraction.facts import find_facts
from app.extraction.ledger import account, classify
from app.extraction.sections import outline
from tests.support.documents import document, furniture, heading, item, paragraph, row
from tests.support.strategies import documents


def _point(block: int, start: int, end: int, kind: PointKind = PointKind.REQUIREMENT) -> Point:
    return Point(kind, must=True, text="", source=Source("", ""), spans=(Span(block, start, end),))


def _classes(made: Document, points: Sequence[Point] = ()) -> list[LineClass]:
    chapters = outline(made)
    return [line for _, classes in classify(made, chapters, points, find_facts(made, chapters)) for line in classes]


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(documents(), st.lists(st.tuples(st.integers(-1, 14), st.integers(-2, 130), st.integers(-2, 130)), max_size=6))
def test_it_adds_up_whatever_the_document_and_the_points(made: Document, spans: list[tuple[int, int, int]]) -> None:
    chapters = outline(made)
    counts, unassigned = account(made, chapters, [_point(*span) for span in spans], find_facts(made, chapters))
    assert counts.total == made.line_count()
    assert counts.items + counts.context + counts.furniture + counts.unassigned == counts.total
    assert len(unassigned) == counts.unassigned
    assert counts.furniture == sum(len(block.lines) for block in made.blocks if block.kind is BlockKind.FURNITURE)


def test_only_the_lines_that_a_point_takes_are_its() -> None:
    text = "Leverantören ska leverera varje dag. Leverantören kan därutöver behöva leverera på natten."
    lines = (Line(0, 1), Line(37, 1), Line(64, 1))
    made = Document("a.pdf", document([]).kind, "", (Block(BlockKind.PARAGRAPH, text, Place(1), lines),), 1)
    assert _classes(made, [_point(0, 0, 36)]) == [LineClass.ITEMS, LineClass.UNASSIGNED, LineClass.UNASSIGNED]
    _, unassigned = account(made, outline(made), [_point(0, 0, 36)], [])
    assert [line.text for line in unassigned] == ["Leverantören kan därutöver", "behöva leverera på natten."]
    assert all(line.place.page == 1 for line in unassigned)


def test_layout_is_context() -> None:
    made = document(
        [
            heading("1 Krav på tjänsten"),
            paragraph("2 Utvärdering 7", Flag.CONTENTS),
            row("Krav", "Svar", header=True),
            paragraph("• 12"),
            furniture("Sida 1 (9)"),
        ]
    )
    assert _classes(made) == [LineClass.CONTEXT] * 4 + [LineClass.FURNITURE]


def test_what_a_rule_explains_is_context() -> None:
    explained = [
        "Fritext",
        "Telefon: 010-123 45 67",
        "Myndigheten ska fatta beslut om tilldelning så snart som möjligt.",
        "Utvärderingen sker i tre steg av anbuden.",
        "Med anbudsgivare avses den som lämnar anbud.",
        "Trädgården anlades för länge sedan och ligger vackert vid ån.",
    ]
    assert _classes(document(explained)) == [LineClass.CONTEXT] * len(explained)


def test_what_nothing_explains_stays_in_sight() -> None:
    open_lines = [
        "Leverantören kan med fördel beskriva sin bemanning.",
        "Hur hanteras avvikelser?",
        "Priset bör inte ändras.",
    ]
    assert _classes(document(open_lines)) == [LineClass.UNASSIGNED] * len(open_lines)


def test_a_list_is_as_open_as_its_lead_in() -> None:
    made = document(["Leverantören har dessutom:", item("• vana vid parker"), item("• egna redskap"), "Parken är stor."])
    assert _classes(made) == [LineClass.UNASSIGNED] * 3 + [LineClass.CONTEXT]
    about = document(["I parken finns:", item("• en damm"), item("• tre broar")])
    assert _classes(about) == [LineClass.CONTEXT] * 3


def test_a_fact_is_context() -> None:
    assert _classes(document(["Anbud ska lämnas senast 2031-02-03."])) == [LineClass.CONTEXT]


def test_a_contract_section_is_shown_by_its_first_duty() -> None:
    made = document([heading("Avtalsvillkor"), "Leverantören ska bära kostnaden.", "Leverantören ska även betala skatt."])
    assert _classes(made) == [LineClass.CONTEXT, LineClass.UNASSIGNED, LineClass.UNASSIGNED]
    assert _classes(made, [_point(1, 0, 30, PointKind.CONTRACT)]) == [LineClass.CONTEXT, LineClass.ITEMS, LineClass.CONTEXT]


def test_a_point_in_a_paragraph_does_not_speak_for_the_rest_of_it() -> None:
    text = "Leverantören ska leverera varje dag. Priset bör inte ändras. Parken är stor."
    made = document([text])
    assert _classes(made, [_point(0, 0, 36)]) == [LineClass.UNASSIGNED]
    counts, unassigned = account(made, outline(made), [_point(0, 0, 36)], [])
    assert (counts.total, counts.items, counts.unassigned) == (1, 0, 1)
    assert [line.text for line in unassigned] == ["Priset bör inte ändras."], "what the point holds is not told again"


def test_a_paragraph_whose_other_sentences_ask_nothing_is_the_points() -> None:
    made = document(["Leverantören ska leverera varje dag. Parken är stor."])
    assert _classes(made, [_point(0, 0, 36)]) == [LineClass.ITEMS]


def test_a_fact_in_a_paragraph_does_not_speak_for_the_rest_of_it() -> None:
    made = document(["Anbud ska lämnas senast 2031-02-03. Hur hanteras avvikelser?"])
    assert _classes(made) == [LineClass.UNASSIGNED]


def test_a_sentence_between_two_points_on_two_lines_stays_in_sight() -> None:
    text = "Leverantören ska leverera. Priset bör inte ändras. Leverantören ska städa."
    block = Block(BlockKind.PARAGRAPH, text, Place(1), (Line(0, 1), Line(34, 1)))
    made = Document("a.pdf", document([]).kind, "", (block,), 1)
    points = [_point(0, 0, 26), _point(0, 51, len(text))]
    assert _classes(made, points) == [LineClass.UNASSIGNED, LineClass.ITEMS]


def test_a_cell_beside_the_one_that_a_point_took_stays_in_sight() -> None:
    wish, plain = "Leverantören kan med fördel redovisa hur avfallet hanteras.", "Ja/Nej"
    assert _classes(document([row("Leverantören ska leverera.", wish)]), [_point(0, 0, 26)]) == [LineClass.UNASSIGNED]
    assert _classes(document([row("Leverantören ska leverera.", plain)]), [_point(0, 0, 26)]) == [LineClass.ITEMS]
