"""What is in the pictures: a first start, and the sample procurement with some work done on it."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QPoint
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.core.document import AnswerType, DocumentKind, Finding
from app.core.points import PointKind
from app.core.resources import resource
from app.core.work import ItemState, WorkItem
from app.gui.answers.page import AnswersPage
from app.gui.checklist.dialogs import EditDialog, SplitDialog
from app.gui.shell.about import AboutDialog
from app.gui.shell.book import ANSWERS
from app.gui.shell.fault import FaultDialog
from app.gui.shell.palette import CommandPalette
from app.gui.shell.passphrase import NewPassphrase
from app.gui.shell.preferences import Preferences
from app.gui.shell.recovery import AskedCode, RecoveryCodeDialog
from app.gui.shell.settings import SettingsDialog
from app.gui.shell.trouble import Trouble, VaultTrouble
from app.gui.shell.window import CHECKLIST, DOCUMENTS, MainWindow
from app.gui.underlag.page import UnderlagPage
from tests.pictures.album import Album, picture
from tests.pictures.secrecy import prepare_secrecy, secrecy_empty, secrecy_pages
from tests.support.package import add_broken_files, build_package
from tests.support.window import Home, Running, sample_files, wait

__all__ = ["first_start", "pages", "prepare", "readme"]

_SIZE = (1366, 768)
_BESIDE = "Upphandling av växeltelefoni"
_ANSWER = (
    "En ersättare går bredvid i två veckor på vår bekostnad, får en namngiven fadder i teamet och har läst in sig på "
    "dokumentationen innan den första arbetsdagen."
)


def prepare(home: Home) -> None:
    """Read the sample and work on a third of it; a second tender has files that cannot be read."""
    with home.runs() as running:
        running.enter()
        running.session.add_to_new(sample_files())
        running.read()
        desk = running.desk
        items = [item.key for item in desk.items() if item.item.kind is not PointKind.CONTRACT]
        chosen = _chosen(running)
        items.remove(chosen.key)
        desk.done(items[::3])
        desk.keep(items[1::6])
        desk.reject(items[7:40:16], "Gäller bara anbudsområde B")
        for number, name in enumerate(("Karin", "Ahmed", "Elin")):
            desk.assign(items[2 + number :: 9], name)
        desk.due(items[1::12], "2027-10-21")
        desk.answer(chosen.key, _ANSWER)
        desk.keep([chosen.key])
        desk.assign([chosen.key], "Karin")
        desk.due([chosen.key], "2027-10-21")
        desk.link([chosen.key], Path("/anbud/Arbetssätt och metod.docx"), sha256(b"").hexdigest(), 48_000)
        running.rest()
        prepare_secrecy(running)
        broken = add_broken_files(build_package(home.folder / _BESIDE))
        running.session.close_tender()
        running.session.add_to_new([broken])
        running.read()


def first_start(home: Home, album: Album, preferences: Preferences) -> None:
    """What a new user sees: the code, and the page with two ways to begin."""
    with home.runs(preferences=preferences) as running:
        window = _sized(running)
        album.take("recovery-code", window, running.asked(RecoveryCodeDialog))
        running.confirm_code()
        wait(lambda: running.session.ready)
        running.rest()
        album.take("first-start", window)
        for name, dialog in (
            ("passphrase", NewPassphrase("", "", window)),
            ("lost-key", AskedCode("", window)),
            ("vault-damaged", VaultTrouble(Trouble.DAMAGED, (), window)),
        ):
            _over(album, name, window, dialog)


def pages(home: Home, album: Album, preferences: Preferences) -> None:
    """Every page with the sample, and the dialogs over it."""
    with home.runs(preferences=preferences) as running:
        running.enter()
        window = _sized(running)
        album.take("overview", window)
        _open(running, "IT-konsult")
        window.show_page(DOCUMENTS)
        _settled(running)
        album.take("underlag", window)
        window.show_page(CHECKLIST)
        _show(running, _chosen(running))
        album.take("checklist-pdf", window)
        for name, kind, wanted in (
            ("checklist-word", DocumentKind.DOCX, PointKind.QUESTION),
            ("checklist-excel", DocumentKind.XLSX, PointKind.QUESTION),
        ):
            _show(running, _of(running, kind, wanted))
            album.take(name, window)
        running.checklist.decisions.reject()
        _settled(running)
        album.take("reject", window)
        running.checklist.left.ask.leave()
        running.program.actions["show_unassigned"].setChecked(True)
        _settled(running)
        album.take("ledger", window)
        running.program.actions["show_unassigned"].setChecked(False)
        _dialogs(running, album)
        _answers(running, album)
        secrecy_pages(running, album)
        _open(running, "Exempelverket", "EX 2030/17")
        secrecy_empty(running, album)
        window.show_page(DOCUMENTS)
        _settled(running)
        album.take("underlag-unreadable", window)


def readme(home: Home, target: Path) -> None:
    """The checklist beside the page that asks, small enough to be part of the project."""
    with home.runs(preferences=Preferences("sv", "light")) as running:
        running.enter()
        window = _sized(running)
        _open(running, "IT-konsult")
        window.show_page(CHECKLIST)
        _show(running, _chosen(running))
        window.toast.hide()
        buffer = QBuffer()
        picture(window).save(buffer, "PNG")
        with Image.open(BytesIO(buffer.data().data())) as shown:
            shown.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1).save(target, optimize=True)


def _dialogs(running: Running, album: Album) -> None:
    window, page = running.window, running.checklist
    running.program.actions["palette"].trigger()
    palette = wait(lambda: window.findChild(CommandPalette))
    palette.type("int")
    wait(lambda: palette.model.rowCount() > 0 and not palette._more.isActive())
    _turn()
    album.take("palette", window, palette, QPoint((window.width() - palette.width()) // 2, 56))
    palette.close()
    work = _chosen(running).item
    for name, dialog in (
        ("settings", SettingsDialog(running.program.preferences, window)),
        ("about", AboutDialog(window)),
        ("edit", EditDialog(work.text, work.kind, work.must, work.number, parent=window)),
        ("split", SplitDialog(work.text, window)),
        ("error", FaultDialog.of(Finding("vault.disk_full", ""), window)),
    ):
        page.source.setFocus()
        _over(album, name, window, dialog)


def _answers(running: Running, album: Album) -> None:
    """The sample's own bid beside what asks for files, and the library."""
    window, desk = running.window, running.desk
    window.show_page(ANSWERS)
    page = window.page(ANSWERS)
    assert isinstance(page, AnswersPage)
    desk.set_bid_folder(str(resource("sample", "bid")))
    wait(lambda: page.looking.looked.whole and not page.busy, "the bid folder", 120)
    window.toast.hide()
    _turn()
    album.take("answers", window)
    page.show_library(True)
    _turn()
    album.take("library", window)
    page.show_library(False)
    desk.undo()


def _over(album: Album, name: str, window: QWidget, dialog: QDialog) -> None:
    dialog.open()
    _turn()
    album.take(name, window, dialog)
    dialog.close()
    dialog.deleteLater()
    _turn()


def _sized(running: Running) -> MainWindow:
    running.window.setGeometry(0, 0, *_SIZE)
    running.window.activateWindow()
    _turn()
    return running.window


def _open(running: Running, *words: str) -> None:
    """Open the tender whose name, buyer or reference begins with one of the words."""

    facts = ("name", "buyer", "reference")
    records = [tender.record for tender in running.session.tenders]
    key = next(record.key for record in records if any((record.value(fact) or "").startswith(words) for fact in facts))
    running.session.open_tender(key)
    wait(lambda: running.session.desk is not None and running.desk.key == key)
    running.rest()


def _chosen(running: Running) -> WorkItem:
    """A question of the PDF that asks for running text."""
    document = next(one.summary.id for one in running.desk.documents if one.summary.name.endswith("Upphandlingsdokument.pdf"))
    return next(
        item
        for item in running.desk.items()
        if item.item.source.document == document
        and item.item.text.startswith("Beskriv hur")
        and item.item.answer.type is AnswerType.TEXT
    )


def _of(running: Running, kind: DocumentKind, wanted: PointKind) -> WorkItem:
    documents = [one.summary.id for one in running.desk.documents if one.summary.kind is kind]
    items = (item for item in running.desk.items() if item.state is ItemState.OPEN)
    found = [item for item in items if item.item.source.document in documents and item.item.kind is wanted]
    return found[len(found) // 2]


def _show(running: Running, item: WorkItem) -> None:
    page = running.checklist
    running.session.select(item.key)
    page.view.setFocus()

    def there() -> bool:
        surface = page.source.surface
        return page.source.document == item.item.source.document and surface is not None and surface.is_sharp()

    wait(lambda: not running.busy() and there(), "the source")
    wait(lambda: not _flashing(page.source.surface))
    _settled(running)


def _flashing(surface: object) -> bool:
    flash = getattr(surface, "flash", None)
    return bool(flash is not None and flash.strength)


def _settled(running: Running) -> None:
    """Nothing moves any more, and no word lies over the page."""
    window = running.window
    wait(lambda: not window._counting.isActive() and not running.busy())
    facts = window.page(DOCUMENTS)
    wait(lambda: not (isinstance(facts, UnderlagPage) and (facts._calm.isActive() or facts.facts.busy)))
    running.rest()
    window.toast.hide()
    _turn()


def _turn() -> None:
    for _ in range(3):
        QApplication.processEvents()
