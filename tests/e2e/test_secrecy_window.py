"""The page Sekretess in the whole program: from the bid's files to marks, reasons, strength, the annex and masked copies."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.core.claims import AnchorState, Strength
from app.core.resources import resource
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, Record
from app.gui.secrecy.bidder import BidderDialog
from app.gui.secrecy.masked import MaskedDialog
from app.gui.secrecy.page import SecrecyPage
from app.gui.secrecy.rows import Filter
from app.gui.shell.window import SECRECY
from app.gui.source.book import At
from app.gui.source.caret import Caret
from app.gui.source.flow import FlowView
from app.gui.source.paper import PaperView
from app.gui.source.sheets import SheetsView
from app.workflow.secrecy_asked import annex_item
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.window import Home, Running, labels, press_primary, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]  # what every test of the window keeps to, these as well

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


def page_of(running: Running) -> SecrecyPage:
    page = running.window.page(SECRECY)
    assert isinstance(page, SecrecyPage)
    return page


def calm(running: Running) -> None:
    """Wait until the page shows all there is to know."""
    wait(lambda: not page_of(running).busy, "the page", 120)
    running.rest()


def opened(running: Running, bid: Path) -> SecrecyPage:
    """The sample procurement with the sample bid, copied to where it may be changed."""
    running.session.open_sample()
    running.read()
    running.key(Key.Key_5, Modifier.ControlModifier)
    page = page_of(running)
    assert page.pages.currentWidget() is page.empty
    bid.mkdir()
    for file in sorted(resource("sample", "bid").iterdir(), key=str):
        (bid / file.name).write_bytes(file.read_bytes())
    page.adding.add([bid])
    count = len(list(bid.iterdir()))
    wait(lambda: len(running.desk.bid_files) == count and not page.busy, "the bid", 180)
    running.rest()
    return page


def file_of(running: Running, name: str) -> BidFileRecord:
    return next(record for record in running.desk.bid_files if name in record.summary.name)


def show(running: Running, name: str) -> object:
    """A file of the bid in the document view."""
    page, record = page_of(running), file_of(running, name)
    page.left.file_wanted.emit(record.key)

    def there() -> object:
        surface = page.source.surface
        return surface if page.source.document == record.key and surface is not None and surface.is_sharp() else None

    return wait(there, name, 60)


def select_cells(running: Running, sheet: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Mark a range in the price sheet, rows and columns from 0."""
    surface = show(running, "Prisbilaga")
    assert isinstance(surface, SheetsView)
    names = [surface.tabs.tabText(number) for number in range(surface.tabs.count())]
    surface.tabs.setCurrentIndex(names.index(sheet))
    chosen = QItemSelection(surface.model.index(*first), surface.model.index(*last))
    surface.table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    surface.table.setFocus()


def write(running: Running, field: str, text: str) -> None:
    """Type in a field of the editor, and wait until it is kept."""
    page = page_of(running)
    page.editor.texts[field].setFocus()
    running.type(text)
    key = page.editor.key
    assert key is not None
    wait(lambda: getattr(running.desk.claim(key).claim, field) == text, field, 5)


def current(running: Running) -> ClaimRecord:
    """The claim in focus: the list, the editor and the page agree on it."""
    page = page_of(running)
    assert page.claim is not None
    assert page.editor.key == page.claim
    (key,) = page.left.chosen_claims()
    assert key == page.claim
    return running.desk.claim(key)


def test_from_the_bids_files_to_the_annex_and_masked_copies(home: Home, tmp_path: Path) -> None:
    bid = tmp_path / "anbud"
    originals = {file.name: file.read_bytes() for file in resource("sample", "bid").iterdir()}
    with home.runs() as running:
        running.enter()
        page, desk = opened(running, bid), running.desk
        assert page.pages.currentWidget() is page.panes
        assert all(record.summary.error is None for record in desk.bid_files)

        # cells
        select_cells(running, "Anbudsområde A", (4, 2), (6, 2))
        running.key(Key.Key_S)
        wait(lambda: desk.claims(), "the claim")
        calm(running)
        first = current(running)
        (anchor,) = first.claim.anchors
        assert (anchor.sheet, anchor.cells, first.claim.category) == ("Anbudsområde A", "C5:C7", "unit-price")
        assert page.verdicts[first.key].strength is Strength.WEAK, "no harm is written yet"
        surface = page.source.surface
        assert isinstance(surface, SheetsView)
        assert [mark.group for mark in surface.marks_at(At(5, 2))] == [first.key]

        # reasons
        write(running, "used_by", "Konsultföretag som lämnar anbud i samma upphandlingar varje år.")
        write(running, "how", "Av priset per roll kan de räkna fram vårt påslag och lägga sig strax under.")
        write(running, "loss", "Vi förlorar nästa avrop, värt två miljoner kronor om året.")
        write(running, "not_known_because", "Priserna finns bara hos tre personer och publiceras inte.")
        write(running, "may_be_released", "Roller, vikter och det totala priset.")
        calm(running)
        assert page.verdicts[first.key].strength is Strength.STRONG, page.verdicts[first.key]
        assert page.editor.verdict.verdict == page.verdicts[first.key]
        page.left.view.setFocus()
        running.key(Key.Key_Space)
        assert desk.claim(first.key).state is ClaimState.READY

        # text
        flow = show(running, "Rutiner")
        assert isinstance(flow, FlowView)
        block = next(number for number, one in enumerate(flow.text.blocks) if one.text.startswith("En incident"))
        mark_block(flow, block)
        running.key(Key.Key_S)
        wait(lambda: len(desk.claims()) == 2, "the second claim")
        calm(running)
        assert current(running).claim.anchors[0].quote == flow.text.blocks[block].text
        assert current(running).claim.number == 2, "the bid's order"

        # a box on a page, by keys
        paper = show(running, "Referensuppdrag")
        assert isinstance(paper, PaperView)
        paper.setFocus()
        running.key(Key.Key_B)
        pencil = wait(lambda: page.marking._pencil, "the pencil")
        running.key(Key.Key_Up)
        running.key(Key.Key_Right, Modifier.ShiftModifier)
        assert pencil.place() is not None
        running.key(Key.Key_Return)
        wait(lambda: len(desk.claims()) == 3, "the box")
        calm(running)
        boxed = current(running).claim
        assert (boxed.number, boxed.anchors[0].page) == (2, 1)
        assert boxed.anchors[0].box is not None
        wait(lambda: paper.marks.on(1), "the box to be seen")

        # every occurrence of a name, in several files
        page.select(first.key)
        mark_word(running, "CV Losningsarkitekt", "Elvira Stensjö-Lod")
        running.key(Key.Key_S, Modifier.ShiftModifier)
        dialog = wait(lambda: page.spreading.dialog, "the occurrences")
        assert len({one.file for one in dialog.chosen()}) > 1
        running_count = len(desk.claims())
        dialog.ok.click()
        wait(lambda: len(desk.claims()) == running_count + 1, "the claim on all of them")
        calm(running)
        assert len({anchor.file for anchor in current(running).claim.anchors}) > 1

        # suggestions
        page.left.view.setFocus()
        running.key(Key.Key_F)
        wait(lambda: page.suggesting.all, "suggestions", 60)
        calm(running)
        offered = len(page.suggesting.all)
        running.key(Key.Key_D)
        wait(lambda: len([one for one in page.suggesting.all if not one.dismissed]) == offered - 1)
        before = len(desk.claims())
        running.key(Key.Key_T)
        wait(lambda: len(desk.claims()) == before + 1, "the suggestion taken")
        page.left.choose(Filter.ALL)
        calm(running)

        # the annex
        item = annex_item(desk)
        assert item is not None
        page.left.view.setFocus()
        running.program.actions["preview_annex"].trigger()
        asked = wait(lambda: page.outgoing.dialog, "who asks")
        assert isinstance(asked, BidderDialog)
        for field, text in zip(
            asked.findChildren(QLineEdit), ("Norrsken & Lod IT AB", "556000-4615", "R. Ek", "T. F."), strict=True
        ):
            field.setText(text)
        press_primary(asked)
        shown = wait(lambda: page.annexing.dialog, "the preview")
        wait(lambda: shown.shown, "the annex drawn", 60)
        assert any("svag" in words for words in labels(shown))
        wait(shown.paste.copy.isEnabled, "the text", 60)
        shown.paste.copy.click()
        assert "tecken kopierade" in shown.paste.said.text()
        assert "BEGÄRAN OM SEKRETESS" in QApplication.clipboard().text()
        shown.close()
        target = tmp_path / "Sekretessbilaga.pdf"
        page.annexing.write(target, "sv")
        wait(target.exists, "the annex", 60)
        calm(running)
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(target))
        assert "Norrsken & Lod IT AB" in text
        assert "C5:C7" in text
        assert "1165" not in text, "the secret itself is not in the annex"
        assert [link.path for link in desk.links_of(item.key)] == [str(target)]
        if page.annexing.doubts is not None:
            page.annexing.doubts.close()
        assert not desk.annex_stale
        desk.set_claim_state([first.key], ClaimState.WITHDRAWN)
        assert desk.annex_stale
        running.rest()
        running.program.actions["undo"].trigger()
        running.rest()
        assert not desk.annex_stale

        # masked copies
        page.outgoing.mask_into(tmp_path / "maskat")
        told = wait(lambda: page.outgoing.dialog if isinstance(page.outgoing.dialog, MaskedDialog) else None, "the copies", 180)
        told.close()
        copy = next((tmp_path / "maskat").glob("*Prisbilaga*"))
        with ZipFile(copy) as parts:
            assert not [name for name in parts.namelist() if b"1165" in parts.read(name)]
        kept = contents(running)
        running.rest()

    assert {file.name: file.read_bytes() for file in bid.iterdir()} == originals, "the bid itself is never written"
    with home.runs() as again:
        again.enter()
        again.session.open_tender(next(one.record.key for one in again.session.tenders))
        wait(lambda: again.session.desk is not None)
        assert contents(again) == kept


def test_a_file_that_changes_moves_its_marks_and_loses_what_is_gone(home: Home, tmp_path: Path) -> None:
    from docx import Document

    bid = tmp_path / "anbud"
    with home.runs() as running:
        running.enter()
        running.session.open_sample()
        running.read()
        bid.mkdir()
        path = bid / "Metod.docx"
        passages = ["Vi arbetar i tre steg som vi har tagit fram själva.", "Steg två körs om natten med dubbla skrivningar."]
        document = Document()
        document.add_heading("Metod", 1)
        for passage in passages:
            document.add_paragraph(passage)
        document.save(str(path))
        running.window.show_page(SECRECY)
        page, desk = page_of(running), running.desk
        page.adding.add([path])
        wait(lambda: desk.bid_files and not page.busy, "the file", 60)
        flow = show(running, "Metod")
        assert isinstance(flow, FlowView)
        for passage in passages:
            mark_block(flow, next(number for number, one in enumerate(flow.text.blocks) if one.text == passage))
            page.marking.mark()
            wait(partial(marked, running, passage), "a claim")
        calm(running)

        document = Document()
        document.add_paragraph("En ny inledning, som skjuter allt nedåt.")
        document.add_heading("Metod", 1)
        document.add_paragraph(passages[1])
        document.save(str(path))
        page.watching.look()
        wait(lambda: page.watching.stale, "the change to be seen")
        page.adding.again()
        wait(lambda: desk.readiness().lost_claims == 1 and not page.busy, "the marks to be looked up", 60)
        calm(running)
        lost = next(record for record in desk.claims() if record.lost)
        assert lost.claim.anchors[0].quote == passages[0]
        assert page.left.chips[Filter.LOST].isVisible()
        assert any("finns inte kvar" in words for words in labels(page.top))
        found = next(record for record in desk.claims() if not record.lost)
        assert found.places[0] in (AnchorState.FOUND, AnchorState.MOVED)

        flow = show(running, "Metod")
        assert isinstance(flow, FlowView)
        mark_block(flow, 0)
        page.select(lost.key)
        page.editor.anchors.again.emit(0)
        wait(lambda: desk.readiness().lost_claims == 0, "the mark made anew")
        calm(running)
        assert not page.left.chips[Filter.LOST].isVisible()


def marked(running: Running, passage: str) -> bool:
    return any(record.claim.anchors[0].quote == passage for record in running.desk.claims())


def mark_block(flow: FlowView, block: int) -> None:
    """Mark the text of a whole block, as dragging over it does."""
    flow._anchor, flow._head = Caret(block, 0, 0), Caret(block, 0, len(flow.text.blocks[block].text))
    flow.text_marked.emit(flow.marked())
    flow.setFocus()


def mark_word(running: Running, file: str, text: str) -> None:
    """Mark a text inside the block where it stands first."""
    flow = show(running, file)
    assert isinstance(flow, FlowView)
    block, start = next((number, at) for number, one in enumerate(flow.text.blocks) if (at := one.text.find(text)) >= 0)
    flow._anchor, flow._head = Caret(block, 0, start), Caret(block, 0, start + len(text))
    flow.text_marked.emit(flow.marked())
    flow.setFocus()


def contents(running: Running) -> dict[str, Record]:
    desk = running.desk
    records: tuple[Record, ...] = (desk.tender, *desk.bid_files, *desk.claims(), *desk.links)
    return {record.key: record for record in records}
