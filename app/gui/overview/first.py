"""The first thing a new user sees: what this is, and two ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.icons import icon
from app.gui.messages import tr
from app.gui.shell.sheet import words

__all__ = ["FirstRun"]


class FirstRun(QWidget):
    """Three sentences, two buttons, and a place to drop files (which works anywhere in the window)."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(words(tr("overview.first_title"), "title"))
        for text in (tr("overview.first_what"), tr("overview.first_how"), tr("overview.first_private")):
            column.addWidget(words(text))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.setContentsMargins(0, 8, 0, 8)
        for name, primary in (("open_sample", True), ("add_files", False), ("add_folder", False)):
            button = QPushButton(actions[name].text())
            button.setProperty("primary", primary)
            button.setToolTip(actions[name].toolTip())
            button.clicked.connect(actions[name].trigger)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        area = QFrame()
        area.setObjectName("dropArea")
        area.setMinimumHeight(160)
        inside = QVBoxLayout(area)
        picture = QLabel()
        picture.setPixmap(icon("ph.file-plus", "ink_3").pixmap(QSize(32, 32)))
        hint = words(tr("overview.drop"), "muted")
        for label in (picture, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addStretch(1)
        inside.addWidget(picture)
        inside.addWidget(hint)
        inside.addStretch(1)
        column.addWidget(area)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(640)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 4)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(2)
