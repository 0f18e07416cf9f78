"""Columns get their names wherever the table has them, and no row of values is taken for names."""

from __future__ import annotations

from app.core.document import Block, BlockKind, Cell, Document, DocumentKind
from app.secrecy.finders.view import View


def columns(*rows: str) -> dict[str, str]:
    """What stands over each value of a table."""
    blocks = [
        Block(
            BlockKind.TABLE_ROW,
            "\t".join(part.strip() for part in row.split("|")),
            cells=tuple(Cell(part.strip(), number) for number, part in enumerate(row.split("|"))),
            table=1,
        )
        for row in rows
    ]
    view = View(Document("Pris.docx", DocumentKind.DOCX, "", tuple(blocks)), "1")
    return {entry.text: entry.column for entry in view.entries()}


def test_the_first_row_has_the_names() -> None:
    assert columns("Roll | Timpris | Antal", "Montör | 612 | 40")["612"] == "Timpris"


def test_a_title_above_the_names_is_none_of_them() -> None:
    assert columns("Prislista 2031 | | ", "Roll | Timpris | Antal", "Montör | 612 | 40")["612"] == "Timpris"
    assert (
        columns("Prislista | | | ", "Firma AB | | Datum | 2031-03-01", "Del | Pris | Enhet | Antal", "A | 95 | st | 4")["95"]
        == "Pris"
    )
    assert columns("Prislista | ", "Roll | Timpris", "Montör | 612")["612"] == "Timpris"


def test_a_title_within_a_table_begins_new_names() -> None:
    found = columns("Del | Pris | Vikt", "Kabel | 12 | 40", "Rörligt | | ", "Roll | Timpris | Vikt", "Montör | 612 | 60")
    assert (found["12"], found["612"]) == ("Pris", "Timpris")


def test_names_in_two_rows_are_read_together() -> None:
    found = columns("Pos | Pris per timme | | Antal", " | Dag | Natt | ", "1 | 412 | 512 | 40")
    assert (found["412"], found["512"], found["40"]) == ("Pris per timme Dag", "Pris per timme Natt", "Antal")
    found = columns(" | Pris per timme | | Tak", "Roll | Dag | Natt | per timme", "Montör | 412 | 512 | 900")
    assert (found["412"], found["512"], found["900"]) == ("Pris per timme Dag", "Pris per timme Natt", "Tak per timme")


def test_rows_of_text_are_no_names() -> None:
    found = columns("Kund | Uppdrag | Kontaktperson", "Falu bruk | Städning | Ulla", "Ets AB | Pris och leverans | Per")
    assert (found["Ulla"], found["Per"], found["Ets AB"]) == ("Kontaktperson", "Kontaktperson", "Kund")
