"""Every action of the program, declared once: its id, icon, shortcut and where it belongs. Words are `actions.<id>` and
`actions.<id>_tip`.

Views take actions from `Actions` and connect to them; nobody else makes a QAction or names a shortcut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from app.gui.icons import icon
from app.gui.messages import tr

__all__ = ["DECLARED", "FORM_ACTIONS", "Actions", "Declared"]


@dataclass(frozen=True, slots=True)
class Declared:
    """An action before it is made. `keys` are portable texts ("Ctrl+K"), the first is shown. `group` sorts the palette."""

    name: str
    icon: str
    keys: tuple[str, ...]
    group: str
    checkable: bool = False


DECLARED = (
    # the program
    Declared("palette", "ph.magnifying-glass", ("Ctrl+K",), "program"),
    Declared("settings", "ph.gear", ("Ctrl+,",), "program"),
    Declared("about", "ph.info", ("F1",), "program"),
    Declared("quit", "ph.sign-out", ("Ctrl+Q",), "program"),
    Declared("undo", "ph.arrow-counter-clockwise", ("Ctrl+Z",), "program"),
    Declared("redo", "ph.arrow-clockwise", ("Ctrl+Shift+Z", "Ctrl+Y"), "program"),
    Declared("back", "ph.caret-left", ("Alt+Left",), "program"),
    Declared("forward", "ph.caret-right", ("Alt+Right",), "program"),
    Declared("backup_now", "ph.floppy-disk", ("Ctrl+Shift+B",), "program"),
    Declared("restore_backup", "ph.clock-counter-clockwise", ("Ctrl+Shift+R",), "program"),
    # pages
    Declared("page_overview", "ph.squares-four", ("Ctrl+1",), "pages"),
    Declared("page_documents", "ph.files", ("Ctrl+2",), "pages"),
    Declared("page_checklist", "ph.list-bullets", ("Ctrl+3",), "pages"),
    Declared("page_answers", "ph.paperclip", ("Ctrl+4",), "pages"),
    Declared("page_secrecy", "ph.lock-simple", ("Ctrl+5",), "pages"),
    Declared("page_review", "ph.check-circle", ("Ctrl+6",), "pages"),
    Declared("page_package", "ph.package", ("Ctrl+7",), "pages"),
    # tenders
    Declared("open_sample", "ph.student", ("Ctrl+Shift+E",), "tender"),
    Declared("add_files", "ph.file-plus", ("Ctrl+O",), "tender"),
    Declared("add_folder", "ph.folder-plus", ("Ctrl+Shift+O",), "tender"),
    Declared("archive", "ph.archive", ("Ctrl+Shift+A",), "tender"),
    Declared("delete_tender", "ph.trash", ("Ctrl+Shift+Del",), "tender"),
    Declared("export_tender", "ph.export", ("Ctrl+Shift+S",), "tender"),
    Declared("import_tender", "ph.download-simple", ("Ctrl+Shift+I",), "tender"),
    Declared("export_list", "ph.table", ("Ctrl+E",), "tender"),
    Declared("fill_form", "ph.pencil-line", ("Ctrl+Shift+Y",), "tender"),
    Declared("read_matrix", "ph.file-arrow-down", ("Ctrl+Shift+H",), "tender"),
    Declared("read_form", "ph.file-arrow-up", ("Ctrl+Shift+N",), "tender"),
    Declared("print_list", "ph.printer", ("Ctrl+P",), "tender"),
    Declared("build_package", "ph.package", ("Ctrl+B",), "tender"),
    Declared("open_companion", "ph.picture-in-picture", ("Ctrl+Shift+C",), "tender"),
    Declared("export_calendar", "ph.calendar-plus", ("Ctrl+Shift+T",), "tender"),
    Declared("print_review", "ph.printer", ("Ctrl+Shift+G",), "tender"),
    Declared("review_again", "ph.arrows-clockwise", ("Shift+F5",), "tender"),
    Declared("read_again", "ph.arrows-clockwise", ("F5",), "tender"),
    Declared("stop_reading", "ph.stop", ("Ctrl+.",), "tender"),
    # the list
    Declared("next_item", "ph.arrow-down", ("J",), "list"),
    Declared("previous_item", "ph.arrow-up", ("K",), "list"),
    Declared("show_source", "ph.crosshair", ("Return",), "list"),
    Declared("done", "ph.check", ("Space",), "list"),
    Declared("keep", "ph.thumbs-up", ("B",), "list"),
    Declared("reject", "ph.x", ("X",), "list"),
    Declared("restore", "ph.arrow-u-up-left", ("R",), "list"),
    Declared("assign", "ph.user", ("A",), "list"),
    Declared("due", "ph.calendar-blank", ("D",), "list"),
    Declared("edit_item", "ph.pencil-simple", ("F2",), "list"),
    Declared("split", "ph.arrows-out-line-vertical", ("Ctrl+Shift+D",), "list"),
    Declared("merge", "ph.arrows-in-line-vertical", ("Ctrl+M",), "list"),
    Declared("add_from_selection", "ph.plus", ("N",), "list"),
    Declared("promote", "ph.arrow-fat-up", ("P",), "list"),
    Declared("show_unassigned", "ph.rows", ("U",), "list", checkable=True),
    Declared("filter_list", "ph.funnel", ("/",), "list"),
    Declared("link_file", "ph.paperclip", ("L",), "list"),
    Declared("earlier_answers", "ph.clock-counter-clockwise", ("T",), "list"),
    # files and attachments: in force on their own page
    Declared("next_asked", "ph.arrow-down", ("J",), "answers"),
    Declared("previous_asked", "ph.arrow-up", ("K",), "answers"),
    Declared("attach_file", "ph.link-simple", ("L",), "answers"),
    Declared("take_fit", "ph.check", ("T",), "answers"),
    Declared("attach_sure", "ph.checks", ("Shift+L",), "answers"),
    Declared("attach_again", "ph.arrows-clockwise", ("R",), "answers"),
    Declared("detach_file", "ph.link-break", ("Del",), "answers"),
    Declared("open_bid_file", "ph.eye", ("O",), "answers"),
    Declared("choose_bid_folder", "ph.folder", ("M",), "answers"),
    Declared("show_library", "ph.books", ("B",), "answers", checkable=True),
    Declared("add_to_library", "ph.plus", ("N",), "answers"),
    Declared("edit_document", "ph.pencil-simple", ("F2",), "answers"),
    Declared("renew_document", "ph.arrows-clockwise", ("Shift+R",), "answers"),
    # the source
    Declared("find_in_source", "ph.magnifying-glass", ("Ctrl+F",), "source"),
    Declared("find_next", "ph.arrow-down", ("F3",), "source"),
    Declared("find_previous", "ph.arrow-up", ("Shift+F3",), "source"),
    Declared("mark_text", "ph.text-t", ("F7",), "source"),
    Declared("zoom_in", "ph.magnifying-glass-plus", ("Ctrl++", "Ctrl+="), "source"),
    Declared("zoom_out", "ph.magnifying-glass-minus", ("Ctrl+-",), "source"),
    Declared("fit_width", "ph.arrows-out-line-horizontal", ("Ctrl+0",), "source"),
    Declared("thumbnails", "ph.columns", ("Ctrl+T",), "source", checkable=True),
    # secrecy: in force on its own page, so letters mean something else here than on the list
    Declared("next_claim", "ph.arrow-down", ("J",), "secrecy"),
    Declared("previous_claim", "ph.arrow-up", ("K",), "secrecy"),
    Declared("show_claim", "ph.crosshair", ("Return",), "secrecy"),
    Declared("mark_secret", "ph.highlighter-circle", ("S",), "secrecy"),
    Declared("mark_everywhere", "ph.copy", ("Shift+S",), "secrecy"),
    Declared("mark_also", "ph.plus", ("M",), "secrecy"),
    Declared("mark_box", "ph.selection", ("B",), "secrecy", checkable=True),
    Declared("mark_page", "ph.file", ("Shift+B",), "secrecy"),
    Declared("edit_claim", "ph.pencil-simple", ("E",), "secrecy"),
    Declared("suggest", "ph.lightbulb", ("F",), "secrecy"),
    Declared("take_suggestion", "ph.check", ("T",), "secrecy"),
    Declared("dismiss_suggestion", "ph.x", ("D",), "secrecy"),
    Declared("claim_ready", "ph.check", ("Space",), "secrecy"),
    Declared("withdraw_claim", "ph.arrow-u-up-left", ("X",), "secrecy"),
    Declared("delete_claim", "ph.trash", ("Del",), "secrecy"),
    Declared("accept_places", "ph.thumbs-up", ("G",), "secrecy"),
    Declared("add_bid_files", "ph.file-plus", ("Ctrl+Shift+F",), "secrecy"),
    Declared("read_bid_again", "ph.arrows-clockwise", ("Ctrl+F5",), "secrecy"),
    Declared("bid_file_up", "ph.arrow-up", ("Alt+Up",), "secrecy"),
    Declared("bid_file_down", "ph.arrow-down", ("Alt+Down",), "secrecy"),
    Declared("remove_bid_file", "ph.trash", ("Ctrl+Del",), "secrecy"),
    Declared("restore_suggestions", "ph.arrow-u-up-left", ("Shift+D",), "secrecy"),
    Declared("edit_bidder", "ph.identification-card", ("Ctrl+Shift+U",), "secrecy"),
    Declared("preview_annex", "ph.eye", ("Ctrl+Shift+P",), "secrecy"),
    Declared("export_annex", "ph.export", ("Ctrl+Shift+X",), "secrecy"),
    Declared("choose_annex_item", "ph.list-bullets", ("Ctrl+Shift+L",), "secrecy"),
    Declared("export_masked", "ph.eye-slash", ("Ctrl+Shift+M",), "secrecy"),
    Declared("export_claims", "ph.download-simple", ("Ctrl+Shift+K",), "secrecy"),
    Declared("import_claims", "ph.upload-simple", ("Ctrl+Shift+J",), "secrecy"),
    Declared("secrecy_guide", "ph.question", ("Shift+F1",), "secrecy"),
)
FORM_ACTIONS = ("fill_form", "read_matrix", "read_form")
"""What goes into forms and comes back from colleagues."""


class Actions(QObject):
    """The actions, made once for a window. `actions["undo"]` is a QAction."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._made: dict[str, QAction] = {}
        for declared in DECLARED:
            action = QAction(self)
            action.setObjectName(declared.name)
            action.setShortcuts([QKeySequence(keys) for keys in declared.keys])
            action.setCheckable(declared.checkable)
            action.setEnabled(declared.group != "answers")  # until that page is in sight
            action.setIcon(icon(declared.icon))
            self._made[declared.name] = action
        self.rename()

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._made.values())

    def rename(self) -> None:
        """Give every action its words in the window's language."""
        for declared in DECLARED:
            action = self._made[declared.name]
            action.setText(tr(f"actions.{declared.name}"))
            keys = QKeySequence(declared.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{tr(f'actions.{declared.name}_tip')} ({keys})")
