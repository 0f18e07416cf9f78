"""The report of a filled form beside the list: its rows lead there, the file is opened or linked from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.core.forms import FillReport, Outcome
from app.gui.checklist.files import Identify, LinkedFile
from app.gui.checklist.wording import one_line
from app.gui.filling.lines import Line
from app.gui.filling.sheets import ReportSheet
from app.gui.filling.work import FormMade
from app.gui.jobs import Job
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.window import CHECKLIST, MainWindow
from app.workflow.desk import Desk

__all__ = ["Reporting"]

_LONGEST = 40


class Reporting(QObject):
    """Shows one report at a time; it goes with its tender."""

    def __init__(self, session: Session, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._sheet: ReportSheet | None = None
        self._linking: Job | None = None
        session.opened.connect(self._on_opened)

    def show(self, desk: Desk, made: FormMade) -> None:
        """The report of what was made."""
        self._close()
        sheet = self._sheet = ReportSheet(
            tr("filling.report_title") if made.written else tr("filling.nothing_title"),
            _lead(made.report, made),
            made.rows,
            _link_words(desk, _there(desk, made.linked)),
            made.written,
            self._window,
        )
        sheet.wanted.connect(self._on_wanted)
        sheet.open_wanted.connect(partial(self._on_open, made.target))
        sheet.link_wanted.connect(partial(self._on_link, desk, made.linked, made.target))
        sheet.finished.connect(self._on_gone)
        sheet.show()

    def shut(self) -> None:
        """End what runs behind it."""
        self._close()
        job, self._linking = self._linking, None
        if job is not None:
            job.close()

    def _on_opened(self, _desk: Desk | None) -> None:
        self._close()

    # --- what the rows and buttons do

    def _on_wanted(self, line: Line) -> None:
        if line.item:
            self._window.show_page(CHECKLIST)
            self._window.focus_item(line.item)

    def _on_open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_link(self, desk: Desk, keys: Sequence[str], path: Path) -> None:
        """As the file is now: it may have been opened and saved since it was written."""
        if self._linking is None:
            self._linking = Job(Identify([path]), None, self)
            self._linking.finished.connect(partial(self._on_identified, desk, keys))
            self._linking.failed.connect(self._session.failed)
            self._linking.ended.connect(self._on_link_ended)
            self._linking.start()

    def _on_identified(self, desk: Desk, keys: Sequence[str], found: Sequence[LinkedFile]) -> None:
        if desk is not self._session.desk:
            return
        (file,) = found
        there = _there(desk, keys)
        if file.sha256 is None:
            self._window.toast.tell(tr("filling.link_gone", file=file.path.name), can_undo=False)
        elif there:
            desk.link(there, file.path, file.sha256, file.size)
            if self._sheet is not None:
                self._sheet.show_linked(tr("filling.linked"))

    def _on_link_ended(self) -> None:
        job, self._linking = self._linking, None
        if job is not None:
            job.deleteLater()

    def _close(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.close()

    def _on_gone(self, _result: int) -> None:
        self._sheet = None


def _there(desk: Desk, keys: Sequence[str]) -> list[str]:
    """Those that are still on the list."""
    known = {work.key for work in desk.items()} if keys else set()
    return [key for key in keys if key in known]


def _link_words(desk: Desk, keys: Sequence[str]) -> str:
    if not keys:
        return ""
    if len(keys) == 1:
        return tr("filling.link_one", name=one_line(desk.item(keys[0]).item.text, _LONGEST))
    return tr("filling.link_some", count=len(keys))


def _lead(report: FillReport, made: FormMade) -> str:
    filled, unfit, nowhere = (report.count(one) for one in (Outcome.FILLED, Outcome.UNFIT, Outcome.NO_PLACE))
    if not made.written:
        return tr("filling.nothing_lead")
    said = [tr("filling.report_filled", count=filled, file=made.target.name)]
    if unfit:
        said.append(tr("filling.report_unfit", count=unfit))
    if nowhere:
        said.append(tr("filling.report_no_place", count=nowhere))
    return " ".join(said)
