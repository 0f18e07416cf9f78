"""The list as lines: facts first, kinds in order, the contract's duties last, everything accounted for."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO, StringIO

import pytest

from app.cli import table
from app.core.checklist import Checklist, ChecklistItem, DocumentSummary, Tender
from app.core.document import AnswerType, DocumentKind, Finding, Place
from app.core.points import Answer, LineCounts, PointKind, Source


def item(
    number: str, kind: PointKind, text: str, must: bool = True, page: int = 1, answer: Answer | None = None
) -> ChecklistItem:
    source = Source("d1", text, Place(page=page))
    return ChecklistItem(number, kind, must, text, source, number=number, answer=answer or Answer())


LIST = Checklist(
    Tender(name="Drift av växel", buyer="Exempelverket", tender_deadline="2030-01-31T23:59", lots=("Norr", "Söder")),
    (
        DocumentSummary(
            "d1",
            "Underlag.pdf",
            DocumentKind.PDF,
            "0" * 64,
            9,
            unreadable_pages=(2, 3, 4, 7),
            warnings=(Finding("file.external_link", "Underlag.pdf"),),
            lines=LineCounts(10, 4, 3, 2, 1),
        ),
        DocumentSummary("d2", "Trasig.docx", DocumentKind.DOCX, "", error=Finding("file.corrupt", "Trasig.docx")),
    ),
    (
        item("9", PointKind.CONTRACT, "Leverantören ska rapportera varje månad."),
        item("1", PointKind.QUESTION, "Ange\torganisationsnummer\x1b[31m", answer=Answer(AnswerType.YES_NO, "Ja"), page=3),
        item("2", PointKind.REQUIREMENT, "Kravet", must=False),
    ),
)


def written(language: str) -> list[str]:
    stream = BytesIO()
    table.write_plain(LIST, stream, language)
    return stream.getvalue().decode().splitlines()


def test_facts_stand_first() -> None:
    assert written("sv")[:3] == ["Upphandling: Drift av växel", "Köpare: Exempelverket", "Diarienummer: hittades inte"]
    assert "Anbudsområden: Norr; Söder" in written("sv")
    assert "Sista anbudsdag: 2030-01-31 23:59" in written("sv")


def test_only_a_moment_loses_the_letter_between_day_and_hour() -> None:
    named = replace(LIST, tender=replace(LIST.tender, name="IT-tjänster T1", buyer="Trafikverket", reference="TRV 7"))
    stream = BytesIO()
    table.write_plain(named, stream, "sv")
    assert stream.getvalue().decode().splitlines()[:3] == [
        "Upphandling: IT-tjänster T1",
        "Köpare: Trafikverket",
        "Diarienummer: TRV 7",
    ]


def test_an_item_is_one_line_with_tabs_and_nothing_that_steers_a_terminal() -> None:
    [line] = [line for line in written("sv") if "organisationsnummer" in line]
    assert line.split("\t") == ["1", "ska", "Ange organisationsnummer [31m", "ja/nej = Ja", "Underlag.pdf s. 3"]


def test_contract_duties_come_last_and_don_t_count_as_must() -> None:
    lines = written("en")
    heads = [line for line in lines if line.endswith("– Underlag.pdf")]
    assert heads[0].startswith("Questions to answer (1)")
    assert heads[-1].startswith("Duties after award (1)")
    assert any("Mandatory items in the tender: 1." in line for line in lines)


def test_the_end_tells_what_was_not_read() -> None:
    end = "\n".join(written("sv")[-5:])
    assert "10 rader lästa" in end
    assert "1 ej tilldelade" in end
    assert "oläsbara sidor: 2–4, 7." in end
    assert "Trasig.docx: Filen är skadad" in end
    assert "utanför sig själv" in end


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("COLUMNS", "100")
    table.show(LIST, "sv")
    shown = screen.getvalue()
    assert "Exempelverket" in shown
    assert "organisationsnummer" in shown
    assert "oläsbara sidor" in shown


def test_a_pipe_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    table.show(LIST, "sv")
    assert capsys.readouterr().out.splitlines() == written("sv")
