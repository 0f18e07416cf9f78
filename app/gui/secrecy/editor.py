"""All about one claim: what it is called, what kind it is and on which ground, who, how and what loss, and how well that stands.

Every change goes to the desk. What is typed is kept when the user pauses or goes elsewhere, and never replaced meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.core.claims import AnchorState
from app.core.errors import AnbudsklarError
from app.core.work import ClaimRecord, ClaimState
from app.gui.checklist.parts import caption, wrapped
from app.gui.checklist.tag import restyle
from app.gui.messages import language, tr
from app.gui.secrecy import words
from app.gui.secrecy.anchors import AnchorList
from app.gui.secrecy.fields import Choice, GrowingText, TitleLine
from app.gui.secrecy.verdict import Verdict, VerdictPanel
from app.gui.theme import theme
from app.secrecy.catalogue import DEFAULT_GROUND, categories, category, ground, grounds
from app.workflow.desk import Desk

__all__ = ["ClaimEditor"]

_QUIET = 400
"""Milliseconds without a keystroke after which what was typed is kept."""
_TEXTS = ("used_by", "how", "loss", "not_known_because", "market", "may_be_released", "note")
_OPTIONAL = frozenset({"not_known_because", "market", "may_be_released", "note"})
_BESIDE = 210
"""Pixels of the ground from which there is no room for the kind beside it."""
_YEARS = (1, 2, 3, 5, 10, 20)


class ClaimEditor(QWidget):
    """The claim in focus."""

    anchor_wanted = Signal(object)  # tuple[str, int]: the claim and the number of the anchor to show
    again_wanted = Signal(object)  # tuple[str, int]: to be marked anew
    ready_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secrecyEditor")
        self.setAccessibleName(tr("secrecy.editor_name"))
        self._desk: Desk | None = None
        self._record: ClaimRecord | None = None
        self._due: set[str] = set()  # fields that are typed in and not handed over yet
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self.flush)
        self.texts = {name: GrowingText(1 if name in ("used_by", "market", "note", "may_be_released") else 2) for name in _TEXTS}
        self._build()
        self.show_claim(None, ())

    # --- what is shown

    def set_desk(self, desk: Desk | None) -> None:
        """Another tender; None when the window goes."""
        self.flush()
        self._desk = desk
        self._record = None
        self.show_claim(None, ())

    @property
    def key(self) -> str | None:
        """The claim that is shown."""
        return self._record.key if self._record is not None else None

    def show_claim(self, key: str | None, places: Sequence[tuple[str, AnchorState]]) -> None:
        """Another claim, or the same one as it is now. `places` are its anchors' places in words."""
        record = None
        if self._record is not None and key != self._record.key:
            self.flush()
        if key is not None and self._desk is not None:
            with suppress(KeyError):  # it went away with its file
                record = self._desk.claim(key)
        same = record is not None and self._record is not None and record.key == self._record.key
        self._record = record
        self._scroll.setVisible(record is not None)
        self._foot.setVisible(record is not None)
        self._empty.setVisible(record is None)
        if record is None:
            self._due.clear()
            return
        if not same:
            self._due.clear()
            self._scroll.verticalScrollBar().setValue(0)
        self._show(record, places, another=not same)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """How well it stands."""
        self.verdict.show_verdict(verdict)

    def flush(self) -> None:
        """Hand over what was typed and not yet kept."""
        self._quiet.stop()
        desk, record = self._desk, self._record
        due, self._due = self._due, set()
        if desk is None or record is None:
            return
        for name in (*_TEXTS, "title", "duration"):
            if name in due:
                with suppress(KeyError):
                    desk.edit_claim(record.key, **{name: self._value(name)})

    def focus_first(self) -> None:
        """To the first field that asks for something."""
        empty = next((text for name, text in self.texts.items() if name not in _OPTIONAL and not text.toPlainText()), None)
        (empty or self.texts["used_by"]).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- parts

    def _build(self) -> None:
        """From the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(self._scroll, 1)
        page = QWidget(self._scroll)
        page.setObjectName("surface")
        self._scroll.setWidget(page)
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        left = QVBoxLayout()
        left.setSpacing(4)
        grid.addLayout(left, 0, 0)
        self.number = QLabel()
        self.number.setObjectName("secrecyNumber")
        self.title = TitleLine()
        self.title.setObjectName("secrecyTitle")
        self.title.setAccessibleName(tr("secrecy.title"))
        self.title.setToolTip(tr("secrecy.title_tip"))
        self.category = Choice(tr("secrecy.category"))
        for one in categories():
            self.category.addItem(one.name(language()), one.id)
        self.ground = Choice(tr("secrecy.ground"))
        for provision in grounds():
            self.ground.addItem(provision.paragraph(language()), provision.id)
            self.ground.setItemData(self.ground.count() - 1, provision.name(language()), Qt.ItemDataRole.ToolTipRole)
        self.ground_words = wrapped("small")
        self.duration = Choice(tr("secrecy.duration"))
        self.duration.setEditable(True)
        self.duration.addItem("", "")
        for years in _YEARS:
            self.duration.addItem(words.duration(f"P{years}Y"), f"P{years}Y")
        self.cap = wrapped("small")
        self.quote = QCheckBox(tr("secrecy.quote"))
        self.quote_warning = wrapped("fault")
        self.quote_warning.setText(tr("secrecy.quote_warning"))
        self.anchors = AnchorList()
        self.verdict = VerdictPanel()
        self.ready, self.withdraw = QPushButton(), QPushButton()
        self.state = QLabel()
        self.state.setProperty("role", "small")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number)
        head.addWidget(self.title, 1)
        left.addLayout(head)
        left.addWidget(caption(tr("secrecy.category_ground")))
        wide = self.ground.hold(ground(DEFAULT_GROUND).paragraph(language())) > _BESIDE * theme.scale
        chosen: QBoxLayout = QVBoxLayout() if wide else QHBoxLayout()
        chosen.setSpacing(4 if wide else 8)
        chosen.addWidget(self.category, 1)
        chosen.addWidget(self.ground)
        left.addLayout(chosen)
        left.addWidget(self.ground_words)
        names = {
            "used_by": tr("secrecy.used_by"),
            "how": tr("secrecy.how"),
            "loss": tr("secrecy.loss"),
            "not_known_because": tr("secrecy.not_known"),
            "market": tr("secrecy.market"),
        }
        for name, text in names.items():
            left.addWidget(caption(text))
            self.texts[name].setAccessibleName(text)
            left.addWidget(self.texts[name])
        pair = QGridLayout()
        pair.setHorizontalSpacing(12)
        pair.setVerticalSpacing(4)
        self.texts["may_be_released"].setAccessibleName(tr("secrecy.may_be_released"))
        pair.addWidget(caption(tr("secrecy.duration")), 0, 0)
        pair.addWidget(caption(tr("secrecy.may_be_released")), 0, 1)
        pair.addWidget(self.duration, 1, 0, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self.texts["may_be_released"], 1, 1)
        pair.setColumnStretch(0, 1)
        pair.setColumnStretch(1, 1)
        left.addLayout(pair)
        left.addWidget(self.cap)
        left.addWidget(caption(tr("secrecy.places")))
        left.addWidget(self.anchors)
        left.addWidget(self.quote)
        left.addWidget(self.quote_warning)
        left.addWidget(caption(tr("secrecy.note")))
        self.texts["note"].setAccessibleName(tr("secrecy.note"))
        self.texts["note"].ask(tr("secrecy.note_hint"))
        left.addWidget(self.texts["note"])
        left.addStretch(1)
        grid.addWidget(self.verdict, 0, 1)
        self._empty = wrapped("muted")
        self._empty.setText(tr("secrecy.editor_empty"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._foot = QWidget()
        self._foot.setObjectName("detailFoot")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(16, 8, 16, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self.ready)
        buttons.addWidget(self.withdraw)
        buttons.addWidget(self.state, 1)
        whole.addWidget(self._empty, 1)
        whole.addWidget(self._foot)
        self._connect()

    def _connect(self) -> None:
        for text in self.texts.values():
            text.textChanged.connect(self._on_typed)
            text.left.connect(self.flush)
        self.title.textEdited.connect(self._on_typed)
        self.title.left.connect(self.flush)
        self.category.activated.connect(self._on_category)
        self.ground.activated.connect(self._on_ground)
        self.duration.activated.connect(self._on_duration)
        line = self.duration.lineEdit()
        if line is not None:
            line.textEdited.connect(self._on_length_typed)
            line.editingFinished.connect(self._on_duration)
        self.quote.clicked.connect(self._on_quote)
        self.ready.clicked.connect(self.ready_wanted)
        self.withdraw.clicked.connect(self.withdraw_wanted)
        self.anchors.shown.connect(self._on_anchor)
        self.anchors.removed.connect(self._on_removed)
        self.anchors.again.connect(self._on_again)
        self.anchors.accepted.connect(self._on_accepted)

    # --- showing

    def _show(self, record: ClaimRecord, places: Sequence[tuple[str, AnchorState]], *, another: bool) -> None:
        claim, withdrawn = record.claim, record.state is ClaimState.WITHDRAWN
        self.number.setText(tr("secrecy.withdrawn") if withdrawn else tr("secrecy.request", number=claim.number))
        if "title" not in self._due:
            self.title.show_text(claim.title or "")
        self.title.setPlaceholderText(words.claim_title(claim))
        self.category.show_choice(claim.category)
        self.ground.show_choice(claim.ground)
        for name, text in self.texts.items():
            if name not in self._due:
                text.show_text(str(getattr(claim, name) or ""))
        self._show_questions(claim.category)
        self._show_ground(claim.ground)
        self._show_duration(claim.category, claim.ground, claim.duration)
        self.quote.setChecked(claim.quote_in_annex)
        self.quote_warning.setVisible(claim.quote_in_annex)
        self.anchors.show_anchors(places, another=another)
        ready = record.state is ClaimState.READY
        self.ready.setText(tr("secrecy.button_draft") if ready else tr("secrecy.button_ready"))
        self.ready.setVisible(not withdrawn)
        restyle(self.ready, "primary", not ready)
        self.withdraw.setText(tr("secrecy.button_restore") if withdrawn else tr("secrecy.button_withdraw"))
        self.state.setText(_state_words(record))

    def _show_questions(self, name: str) -> None:
        try:
            asked = category(name).ask
        except AnbudsklarError:
            return
        for field in ("used_by", "how", "loss", "not_known_because", "market", "may_be_released"):
            self.texts[field].ask(getattr(asked, field)(language()))

    def _show_ground(self, name: str) -> None:
        try:
            provision = ground(name)
        except AnbudsklarError:
            self.ground_words.setText("")
            return
        parts = [f"{provision.name(language())}.", provision.test(language())]
        if not provision.checked:
            parts.append(tr("secrecy.unchecked"))
        # The usual ground needs no words each time; whoever chooses another should know what it asks for.
        self.ground_words.setText(" ".join(parts))
        self.ground_words.setVisible(name != DEFAULT_GROUND)
        self.ground.setToolTip(" ".join(parts))

    def _show_duration(self, kind: str, name: str, value: str | None) -> None:
        line = self.duration.lineEdit()
        if line is not None and "duration" not in self._due:
            self.duration.blockSignals(True)
            at = self.duration.findData(value or "")
            self.duration.setCurrentIndex(at)
            if at < 0:
                self.duration.setEditText(words.duration(value))
            self.duration.blockSignals(False)
        unknown = value is not None and words.parse_duration(value) is None
        self.cap.setText(tr("secrecy.duration_unknown") if unknown else words.cap(kind, name))

    # --- what the user does

    def _value(self, name: str) -> str | None:
        if name == "title":
            return self.title.text().strip() or None
        if name == "duration":
            typed = self.duration.currentText()
            return words.parse_duration(typed) or (typed.strip() or None)
        text = self.texts[name].toPlainText()
        return (text if text.strip() else None) if name in _OPTIONAL else text

    def _on_typed(self) -> None:
        sender = self.sender()
        name = next((name for name, text in self.texts.items() if text is sender), "title")
        if self._record is None:
            return
        self._due.add(name)
        self._quiet.start()

    def _edit(self, **fields: object) -> None:
        if self._desk is not None and self._record is not None:
            self.flush()
            self._desk.edit_claim(self._record.key, **fields)

    def _on_category(self) -> None:
        name = str(self.category.currentData())
        if self._record is None or name == self._record.claim.category:
            return
        fields: dict[str, object] = {"category": name}
        provision = ground(self._record.claim.ground)
        if not provision.is_for(name):
            fields["ground"] = category(name).grounds[0]
        self._edit(**fields)

    def _on_ground(self) -> None:
        if self._record is not None and self.ground.currentData() != self._record.claim.ground:
            self._edit(ground=str(self.ground.currentData()))

    def _on_duration(self) -> None:
        value = self._value("duration")
        self._due.discard("duration")
        if self._record is not None and value != self._record.claim.duration:
            self._edit(duration=value)

    def _on_length_typed(self) -> None:
        self._due.add("duration")  # half of "3 år" is no length: kept when the user goes elsewhere, not at a pause

    def _on_quote(self, wanted: bool) -> None:
        self._edit(quote_in_annex=wanted)

    def _on_anchor(self, number: int) -> None:
        if self._record is not None:
            self.anchor_wanted.emit((self._record.key, number))

    def _on_removed(self, number: int) -> None:
        if self._desk is not None and self._record is not None:
            self._desk.remove_anchor(self._record.key, number)

    def _on_again(self, number: int) -> None:
        if self._record is not None:
            self.again_wanted.emit((self._record.key, number))

    def _on_accepted(self) -> None:
        if self._desk is not None and self._record is not None:
            self._desk.accept_places([self._record.key])


def _state_words(record: ClaimRecord) -> str:
    match record.state:
        case ClaimState.READY:
            return tr("secrecy.ready_words")
        case ClaimState.WITHDRAWN:
            return tr("secrecy.withdrawn_words")
        case ClaimState.DRAFT:
            return tr("secrecy.draft_words")
