"""The sheets about forms: which one, what became of it, and what came back. Nothing of the sample is changed for them."""

from __future__ import annotations

from app.core.differences import Comparison, Difference, Entry, Gone
from app.core.document import Finding, Place
from app.core.forms import Entry as Filled
from app.core.forms import FillReport, FormAnswer, OpenPlace, Outcome
from app.gui.filling.compare_lines import compare_rows
from app.gui.filling.report_lines import report_rows
from app.gui.filling.sheets import BusySheet, CompareSheet, FormsSheet, ReportSheet
from app.gui.messages import tr
from app.workflow.form_list import forms_of
from tests.pictures.album import Album
from tests.support.window import Running

__all__ = ["form_sheets"]


def form_sheets(running: Running, album: Album) -> None:
    """Over the checklist."""
    window, items = running.window, running.desk.items()
    asked = [work for work in items if work.item.source.place.cell][:6]
    places = [work.item.source.place for work in asked]
    report = FillReport(
        "Bilaga 2 Prisbilaga.xlsx",
        (
            Filled(0, Outcome.UNFIT, asked[0].item.id, asked[0].item.text, places[0], reason=Finding("fill.not_number", "")),
            *(
                Filled(number, Outcome.FILLED, work.item.id, work.item.text, places[number], written="1150,5")
                for number, work in enumerate(asked[:4])
                if number
            ),
        ),
        tuple(OpenPlace(work.item.id, work.item.text, work.item.must, work.item.source.place) for work in asked[4:]),
        (Finding("fill.recalculated", "", None, (("count", "7"),)),),
    )
    answers = tuple(FormAnswer("1150,5", item=work.item.id) for work in asked)
    keys = {work.item.id: work.key for work in items}
    lead = tr("filling.report_filled", count=3, file="Bilaga 2 Prisbilaga ifylld.xlsx")
    link = tr("filling.link_one", name="ifylld prisbilaga, bilaga 2")
    one, other = asked[1], asked[2]
    comparison = Comparison(
        "Kravmatris.xlsx",
        (
            Difference(one.key, one.item.id, one.item.text, Entry.ANSWER, "Nordlys", "Nordlys Konsult AB\nmed dotterbolag", True),
            Difference(one.key, one.item.id, one.item.text, Entry.OWNER, "", "Åsa Öberg"),
            Difference(other.key, other.item.id, other.item.text, Entry.STATE, "open", "done"),
        ),
        same=218,
        unknown=(Gone("k-1", "En rad från en annan lista", Place(cell="A14")),),
        reworded=(Gone(other.item.id, "Frågan med andra ord", Place(cell="A7")),),
    )
    busy = BusySheet(tr("filling.busy"), "Kravmatris.xlsx", window)
    busy.show_step(1)
    for name, sheet in (
        ("forms", FormsSheet(forms_of(running.desk.documents, items), window)),
        ("form-busy", busy),
        ("form-report", ReportSheet(tr("filling.report_title"), lead, report_rows(report, answers, keys), link, True, window)),
        (
            "form-compare",
            CompareSheet(comparison, compare_rows(comparison, items, form=False), tr("filling.compare_title"), window),
        ),
    ):
        sheet.show()
        running.rest()
        album.take(name, window, sheet)
        sheet.close()
