"""The page Sekretess in pictures: empty, with cells, text and a page marked, suggestions, occurrences, the annex, the guide."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.core.claims import Bidder
from app.core.document import Place
from app.core.work import ClaimState
from app.gui.secrecy.bidder import BidderDialog
from app.gui.secrecy.page import SecrecyPage
from app.gui.secrecy.rows import Filter
from app.gui.shell.window import SECRECY
from app.workflow.marks import Selection, selected
from tests.pictures.album import Album
from tests.support.window import Running, wait

__all__ = ["prepare_secrecy", "secrecy_empty", "secrecy_pages"]

_REASONS = {
    "title": "Timpriser per kompetensnivå",
    "used_by": "Konkurrenter i samma ramavtalsområde lämnar anbud på likartade avrop varje kvartal.",
    "how": "Med våra priser per nivå kan de räkna fram vår marginal och lägga sig strax under.",
    "loss": "Vi förlorar nästa avrop, värt omkring två miljoner kronor om året.",
    "not_known_because": "Prislistan finns bara hos tre personer och publiceras inte.",
    "may_be_released": "Totalpris, roller, timmar",
}


def _page(running: Running) -> SecrecyPage:
    running.window.show_page(SECRECY)
    page = running.window.page(SECRECY)
    assert isinstance(page, SecrecyPage)
    return page


def _calm(running: Running) -> None:
    page = _page(running)
    wait(lambda: not page.busy, "the page", 180)
    running.rest()
    running.window.toast.hide()
    page.left.foot.unsay()
    for _ in range(12):  # a layout within a layout asks anew, one turn each
        QApplication.processEvents()


def prepare_secrecy(running: Running) -> None:
    """The sample bid with a strong claim, weak ones, one on a page and one that was withdrawn."""
    page, desk = _page(running), running.desk
    page.adding.sample()
    wait(lambda: len(desk.bid_files) == 9 and not page.busy, "the bid", 240)
    wanted: list[tuple[str, str, str, Place, str | None]] = [
        ("Prisbilaga", "hourly-rate", "1165", Place(sheet="Anbudsområde A"), "C5:C7"),
        ("Prisbilaga", "total-price", "1027.75", Place(sheet="Anbudsområde A"), "D8"),
        ("Anbudsbrev", "method", "Vi arbetar efter vår egen metod Lodlinjen, som har tre steg.", Place(), None),
        ("Referensuppdrag", "reference-contact", "Kaisa Lindwall-Berg", Place(page=1), None),
        ("Rutiner", "security", "En incident rapporteras till kunden inom fyra timmar", Place(), None),
    ]
    made = []
    for name, kind, text, place, cells in wanted:
        record = next(one for one in desk.bid_files if name in one.summary.name)
        reader = running.session.reader
        assert reader is not None
        placed = selected(reader.bids.shelf.finder(record), Selection(record.key, text, place, cells))
        assert placed is not None, name
        made.append(desk.mark([placed], kind, "osl-31-16", duration="P2Y"))
    for field, words in _REASONS.items():
        desk.edit_claim(made[0].key, **{field: words})
    desk.set_claim_state([made[0].key], ClaimState.READY)
    desk.edit_claim(made[1].key, title="Totalt utvärderingspris", used_by="Alla", how="Ser priset", loss="Vår affär")
    for field in ("used_by", "how", "loss", "not_known_because"):
        desk.edit_claim(made[2].key, **{field: f"{_REASONS[field]} Det gäller metoden."})
    desk.set_claim_state([made[4].key], ClaimState.WITHDRAWN)
    desk.edit_bidder(Bidder("Norrsken & Lod IT AB", "459999-9994", "Roald Ekensparr", "Tilda Frostvik, 070-000 00 01"))
    _calm(running)


def secrecy_empty(running: Running, album: Album) -> None:
    """Before the bid has any files."""
    _page(running)
    _calm(running)
    album.take("secrecy-empty", running.window)


def secrecy_pages(running: Running, album: Album) -> None:
    """The page and what it opens, with the bid that `prepare_secrecy` has marked."""
    page, desk, window = _page(running), running.desk, running.window
    _calm(running)
    for number, name in enumerate(("secrecy-sheet", "secrecy-weak", "secrecy-text", "secrecy-pdf")):
        order = {"secrecy-sheet": "hourly-rate", "secrecy-weak": "total-price", "secrecy-text": "method"}
        kind = order.get(name, "reference-contact")
        record = next(one for one in desk.claims() if one.claim.category == kind)
        page.left.choose(Filter.ALL)
        page.select(record.key)
        page.left.view.setFocus()
        _calm(running)
        file = record.claim.anchors[0].file

        def there(file: str = file) -> bool:
            surface = page.source.surface
            return page.source.document == file and surface is not None and surface.is_sharp() and not surface.flash.strength

        wait(there, name, 60)
        _calm(running)
        album.take(name, window)
        if not number:
            page.editor._scroll.verticalScrollBar().setValue(10_000)
            _calm(running)
            album.take("secrecy-fields", window)
    page.deciding.suggest()
    wait(lambda: page.suggesting.all, "suggestions", 60)
    page.left.go_to(0)
    _calm(running)
    album.take("secrecy-suggestions", window)
    page.left.choose(Filter.ALL)
    strong = next(one for one in desk.claims() if one.claim.category == "reference-contact")
    page.spreading.begin(None, strong.key, page)
    found = wait(lambda: page.spreading.dialog, "occurrences", 60)
    _calm(running)
    album.take("secrecy-occurrences", window, found)
    found.close()
    page.annexing.preview()
    shown = wait(lambda: page.annexing.dialog, "the annex")
    wait(lambda: shown.shown, "the annex drawn", 120)
    album.take("secrecy-annex", window, shown)
    shown.paste.limit_field.setValue(2400)
    wait(lambda: shown.paste.copy.isEnabled() and not shown.paste._quiet.isActive(), "the text shortened")
    album.take("secrecy-text-shortened", window, shown)
    shown.paste.limit_field.setValue(0)
    shown.close()
    page.annexing.choosing.begin()
    items = wait(lambda: page.annexing.choosing.dialog, "the items")
    items.field.setText("sekretess")
    _calm(running)
    album.take("secrecy-item", window, items)
    items.close()
    asked = BidderDialog(page.outgoing.bidder, window)
    asked.open()
    _calm(running)
    album.take("secrecy-bidder", window, asked)
    asked.close()
    page.show_guide()
    _calm(running)
    album.take("secrecy-guide", window)
    page.guide.closed.emit()
    _calm(running)
