"""All about one item: what it says and why it is on the list, the answer, the files, who and when, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.checklist.planning import day_of, proposal
from app.core.points import Answer, PointKind, Source
from app.core.work import ItemState, WorkItem
from app.gui.checklist.answers import AnswerEditor, Paper, editor_for
from app.gui.checklist.columns import Columns
from app.gui.checklist.earlier_answers import EarlierAnswers
from app.gui.checklist.files import FileArea, Identify, LinkedFile
from app.gui.checklist.history import HistoryLines
from app.gui.checklist.parts import PlaceLink, WhyLine, caption, side_by_side, wrapped
from app.gui.checklist.people import DueField, OwnerField
from app.gui.checklist.tag import KindTag, restyle
from app.gui.checklist.wording import Wording, cue_words, difference, fault, one_line, weekday_words
from app.gui.flowing import FlowLayout
from app.gui.jobs import Job
from app.gui.messages import tr
from app.workflow.desk import Desk

__all__ = ["DetailPanel"]

QUIET = 400
"""Milliseconds without a keystroke after which what was typed is kept."""
_MOST_ALSO = 6


class DetailPanel(QWidget):
    """The item in focus. Every change goes to the desk; decisions are signals, because they also move the list on."""

    place_wanted = Signal(object)  # Source
    done_wanted = Signal()
    reject_wanted = Signal()
    restore_wanted = Signal()
    keep_wanted = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setAccessibleName(tr("checklist.detail_name"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wording = wording
        self._desk: Desk | None = None
        self._work: WorkItem | None = None
        self._answer: Answer | None = None
        self._jobs: list[tuple[Job, Desk, str]] = []  # with the tender and the item that the files are for
        self._answer_due = self._note_due = False  # typed, not yet handed over
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self.flush)
        self.editor: AnswerEditor | None = None
        self._build()
        self.show_item(None)

    # --- what is shown

    def set_desk(self, desk: Desk | None) -> None:
        """Another tender; None when the window goes."""
        self.flush()
        if desk is None:
            self.shut()
        self._desk = desk
        self._work = None
        self.show_item(None)

    def show_item(self, key: str | None) -> None:
        """Another item, or the same one as it is now."""
        work = None
        if key is not None and self._desk is not None:
            with suppress(KeyError):  # it went away with its document
                work = self._desk.item(key)
        # Before another item, or another way to answer this one, takes the place of what is being typed.
        if self._work is not None and (work is None or work.key != self._work.key or work.item.answer != self._answer):
            self.flush()
            work = self._desk.item(work.key) if work is not None and self._desk is not None else None
        same = work is not None and self._work is not None and work.key == self._work.key
        self._work = work
        for part in (self._page, self._foot, self._reason):
            part.setVisible(work is not None)
        self._empty.setVisible(work is None)
        if work is None or self._desk is None:
            return
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
            self.files.say("")
        self._show_words(work)
        self._show_answer(work, same)
        self._show_plan(work, self._desk)
        self.files.show_links(self._desk.links_of(work.key))
        self._show_state(work)
        self.history.show_item(work, self._desk, self.wording.today)

    @property
    def key(self) -> str | None:
        """The item that is shown."""
        return self._work.key if self._work else None

    def lost(self, source: Source) -> bool:
        """Whether a place is one of an item that the documents hold no longer."""
        work = self._work
        return work is not None and work.withdrawn and source in (work.item.source, *work.item.also)

    def flush(self) -> None:
        """Hand over what was typed and not yet kept."""
        self._quiet.stop()
        desk, work = self._desk, self._work
        if desk is None or work is None:
            return
        self.owner.finish()
        self.due.finish()
        if self._answer_due and self.editor is not None:
            self._answer_due = False
            desk.answer(work.key, self.editor.text())
        if self._note_due:
            self._note_due = False
            desk.note(work.key, self.note.toPlainText())

    def shut(self) -> None:
        """Keep what was typed, stop reading files."""
        self.flush()
        for job, *_ in self._jobs:
            job.close()
        self._jobs.clear()

    # --- parts

    def _build(self) -> None:
        self.tag = KindTag()
        self.title = wrapped("strong")
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.changed = wrapped("small")
        self.why = WhyLine()
        self.place = QPushButton()
        self.place.setProperty("link", True)
        self.place.clicked.connect(self._on_place)
        self.answer_caption = caption(tr("checklist.answer"))
        self.required = QLabel()
        self.required.setObjectName("required")
        self._slot = QVBoxLayout()
        self._slot.setSpacing(4)
        self.earlier = EarlierAnswers()
        self.earlier.taken.connect(self._on_earlier)
        self.files = FileArea()
        self.files.chosen.connect(self.link_files)
        self.files.removed.connect(self._on_unlink)
        self.done = QPushButton(tr("checklist.button_done"))
        self.done.setProperty("primary", True)
        self.keep = QPushButton(tr("checklist.button_keep"))
        self.reject = QPushButton(tr("checklist.button_reject"))
        self.restore = QPushButton(tr("checklist.button_restore"))
        wanted = (self.done_wanted, self.keep_wanted, self.reject_wanted, self.restore_wanted)
        for button, signal in zip((self.done, self.keep, self.reject, self.restore), wanted, strict=True):
            button.clicked.connect(signal)
        self.owner = OwnerField()
        self.due = DueField()
        self.propose = QPushButton()
        self.propose.setProperty("link", True)
        self.owner.named.connect(self._on_named)
        self.due.dated.connect(self._on_dated)
        self.propose.clicked.connect(self._on_propose)
        self.note = Paper()
        self.note.left.connect(self.flush)
        self.note.setPlaceholderText(tr("checklist.note_hint"))
        self.note.setAccessibleName(tr("checklist.note"))
        self.note.setFixedHeight(56)
        self.note.textChanged.connect(self._on_note)
        self.also = QWidget()
        self._also = FlowLayout(self.also, 4)
        self.history = HistoryLines()

        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        # Outside what scrolls: a decision is always in reach, however long the answer.
        self._foot = QWidget()
        self._foot.setObjectName("detailFoot")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(16, 8, 16, 8)
        buttons.setSpacing(8)
        for button in (self.done, self.keep, self.reject, self.restore):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._reason = side_by_side(self.why, self.place)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(head)
        left.addWidget(self.changed)
        asked = QHBoxLayout()
        asked.setSpacing(12)
        asked.addWidget(self.answer_caption)
        asked.addWidget(self.required)
        asked.addStretch(1)
        left.addLayout(asked)
        left.addLayout(self._slot)
        left.addWidget(self.earlier)
        for below in (caption(tr("checklist.file")), self.files, caption(tr("checklist.note")), self.note):
            left.addWidget(below)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        for title, parts in (
            (tr("checklist.owner"), (self.owner,)),
            (tr("checklist.due"), (self.due, self.propose)),
            (tr("checklist.also"), (self.also,)),
            (tr("checklist.history"), (self.history,)),
        ):
            right.addWidget(caption(title))
            for part in parts:
                right.addWidget(part)
        right.addStretch(1)
        self._page = Columns(left, right)
        self._page.setObjectName("surface")
        self._empty = wrapped("muted")
        self._empty.setText(tr("checklist.detail_empty"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        both = QWidget()
        both.setObjectName("surface")
        whole = QVBoxLayout(both)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._empty)
        self._scroll.setWidget(both)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._reason)
        outer.addWidget(self._foot)

    def _show_words(self, work: WorkItem) -> None:
        item = work.item
        self.tag.show_kind(item.kind)
        self.title.setText(" ".join(part for part in (item.number, one_line(item.text_after_number, 2000)) if part))
        self.changed.setText(changed := difference(work))
        self.changed.setVisible(bool(changed))
        why = list(cue_words(item.cues))
        if item.when:
            why.append(tr("checklist.why_when", when=one_line(item.when, 200)))
        if item.lot:
            why.append(tr("checklist.why_lot", lot=one_line(item.lot, 80)))
        why.append(tr("checklist.quoted", quote=one_line(item.source.quote, 600)))
        self.why.setText(tr("checklist.why_line", why=" · ".join(why)))
        self.why.setToolTip(self.why.text())
        where = self.wording.where(item.source)
        self.place.setText(where)
        self.place.setAccessibleName(tr("checklist.go_to_source", place=where))
        while (old := self._also.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for source in item.also[:_MOST_ALSO]:
            link = PlaceLink(source, self.wording.where(source))
            link.wanted.connect(self.place_wanted)
            self._also.addWidget(link)
        rest = len(item.also) - _MOST_ALSO
        words = tr("checklist.also_more", count=rest) if rest > 0 else "" if item.also else tr("checklist.also_none")
        if words:
            label = QLabel(words)
            label.setProperty("role", "muted")
            self._also.addWidget(label)

    def _show_answer(self, work: WorkItem, same: bool) -> None:
        item = work.item
        if not same or item.answer != self._answer:
            if self.editor is not None:
                self.editor.hide()
                self._slot.removeWidget(self.editor)
                self.editor.deleteLater()
            self.editor = editor_for(item.kind, item.answer, bool(work.answer), self.wording.today)
            self._answer = item.answer
            self._answer_due = False
            if self.editor is not None:
                self.editor.set_text(work.answer or "")
                self.editor.typed.connect(self._on_typed)
                self.editor.left.connect(self.flush)
                self._slot.addWidget(self.editor)
        # Undone, or written elsewhere. What is being typed is never replaced.
        elif self.editor is not None and not self._answer_due and self.editor.text().strip() != (work.answer or "").strip():
            self.editor.set_text(work.answer or "")
        self.answer_caption.setVisible(self.editor is not None)
        self.earlier.show_item(work, self.editor)
        required = item.answer.required
        parts = [tr("checklist.answer_required", answer=one_line(required, 40))] if required else []
        if item.answer.limit:
            parts.append(tr("checklist.answer_limit", limit=one_line(item.answer.limit, 60)))
        self.required.setText(" · ".join(parts))
        self.required.setVisible(bool(parts))
        wrong = bool(fault(work, self.wording.today)) and bool(work.answer)
        restyle(self.required, "wrong", wrong)

    def _show_plan(self, work: WorkItem, desk: Desk) -> None:
        self.owner.show_owner(work.owner, desk.owners)
        last, today = self.wording.deadline, self.wording.today
        self.due.show_day(day_of(work.due), last, today)
        offered = last is not None and not work.due and last >= today and work.item.kind is not PointKind.CONTRACT
        self.propose.setVisible(offered)
        if offered and last is not None:
            days = self.wording.lead_days(work.item.kind)
            words = weekday_words(proposal(last, days, today), today)
            self.propose.setText(tr("checklist.due_propose", day=words, count=days))
            self.propose.setAccessibleName(tr("checklist.due_take", day=words))
        if not self._note_due and self.note.toPlainText() != work.note:
            self.note.blockSignals(True)
            self.note.setPlainText(work.note)
            self.note.blockSignals(False)

    def _show_state(self, work: WorkItem) -> None:
        rejected, done = work.state is ItemState.REJECTED, work.state is ItemState.DONE
        self.done.setText(tr("checklist.button_reopen") if done else tr("checklist.button_done"))
        restyle(self.done, "primary", not done)
        self.done.setVisible(not rejected)
        self.keep.setVisible(not rejected and (work.changed or (not done and not work.reviewed)))
        self.reject.setVisible(not rejected or work.changed)  # still not, for all that it has changed
        self.restore.setVisible(rejected or work.changed)

    # --- what the user does

    def _on_typed(self) -> None:
        self._answer_due = True
        self._quiet.start()

    def _on_earlier(self, text: str) -> None:
        if self.editor is not None:
            self.editor.set_text(text)
            self._answer_due = True
            self.flush()

    def _on_note(self) -> None:
        self._note_due = True
        self._quiet.start()

    def _on_named(self, name: str) -> None:
        if self._desk is not None and self._work is not None:
            self._desk.type_owner(self._work.key, name)

    def _on_dated(self, day: str | None) -> None:
        if self._desk is not None and self._work is not None:
            self._desk.type_due(self._work.key, day)

    def _on_propose(self) -> None:
        if self._work is not None and self.wording.deadline is not None:
            day = proposal(self.wording.deadline, self.wording.lead_days(self._work.item.kind), self.wording.today)
            self._on_dated(day.isoformat())

    def _on_place(self) -> None:
        if self._work is not None:
            self.place_wanted.emit(self._work.item.source)

    def _on_unlink(self, key: str) -> None:
        if self._desk is not None:
            self._desk.unlink(key)

    def link_files(self, paths: Sequence[Path]) -> None:
        """Link files to the item that is shown, once they have been read."""
        if self._desk is None or self._work is None or not paths:
            return
        self.files.say(tr("checklist.file_reading", file=one_line(paths[0].name, 60)))
        job = Job(Identify(paths), parent=self)
        job.finished.connect(self._on_identified)
        self._jobs.append((job, self._desk, self._work.key))
        job.start()

    def _on_identified(self, files: tuple[LinkedFile, ...]) -> None:
        done = next(((job, desk, key) for job, desk, key in self._jobs if job is self.sender()), None)
        if done is None:
            return
        self._jobs.remove(done)
        job, desk, key = done
        job.deleteLater()
        failed = ""
        for file in files:
            if file.sha256 is None:
                failed = tr("checklist.file_failed", file=one_line(file.path.name, 60))
            else:
                desk.link([key], file.path, file.sha256, file.size)
        if key == self.key:
            self.files.say(failed)
