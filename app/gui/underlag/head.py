"""The page's head: what there is, how to add to it, and while files are read how far that has come. Its height never changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.elided import Elided
from app.gui.messages import tr
from app.gui.underlag.parts import button, label
from app.gui.underlag.rows import DocumentRow, Run
from app.workflow.check import Step

__all__ = ["UnderlagHead"]


class UnderlagHead(QFrame):
    """Title, one grey line, the ways to add; along the lower edge a bar that is always there and fills while reading."""

    stop_asked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagHead")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(8)
        text = QVBoxLayout()
        text.setSpacing(2)
        self.title = label(tr("underlag.title"), "large", self, wrap=False)
        self.about = Elided("small", self)
        text.addWidget(self.title)
        text.addWidget(self.about)
        line.addLayout(text, 1)
        self.stop = button(tr("underlag.stop"), "plain", tr("underlag.stop_spoken"), self)
        self.stop.setToolTip(actions["stop_reading"].toolTip())
        self.stop.clicked.connect(self.stop_asked)
        kept = self.stop.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.stop.setSizePolicy(kept)
        self.stop.hide()
        line.addWidget(self.stop)
        for name in ("add_files", "add_folder"):
            made = QToolButton(self)
            made.setDefaultAction(actions[name])
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setProperty("underlag", "tool")
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            line.addWidget(made)
        column.addLayout(line)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("underlagProgress")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(3)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("underlag.progress"))
        column.addWidget(self.bar)
        self._reading = False

    def show_rows(self, rows: Sequence[DocumentRow]) -> None:
        """What there is, when nothing is being read."""
        if self._reading:
            return
        pages = sum(row.record.summary.pages or 0 for row in rows if row.record is not None)
        parts = [tr("underlag.sum_documents", count=len(rows))]
        if pages:
            parts.append(tr("underlag.sum_pages", count=pages))
        parts.append(tr("underlag.sum_items", count=sum(row.items for row in rows)))
        unread = sum(row.settled and (bool(row.unread_pages) or not _readable(row)) for row in rows)
        if unread:
            parts.append(tr("underlag.sum_unread", count=unread))
        self.about.setText(" · ".join(parts))

    def show_run(self, run: Run, step: Step | None) -> None:
        """How far reading has come, and what is read just now."""
        self._reading = True
        self.stop.show()
        self.bar.setValue(round(run.share * 1000))
        parts = [tr("underlag.run_files", done=run.finished, count=len(run.files))]
        if step is not None and not step.finished:
            name = step.document.rsplit("/", 1)[-1]
            page = tr("underlag.reading_page", done=step.done, total=step.total) if step.total else ""
            parts.append(tr("underlag.run_now", file=name))
            parts += [page] if page else []
        self.about.setText(" · ".join(parts))

    def end_run(self) -> None:
        """Reading is over."""
        self._reading = False
        self.stop.hide()
        self.stop.setEnabled(True)
        self.bar.reset()


def _readable(row: DocumentRow) -> bool:
    return row.record is None or row.record.summary.error is None
