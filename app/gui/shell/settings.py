"""The settings: few, each with its unit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from app.gui.messages import tr
from app.gui.motion import system_is_asked
from app.gui.shell.preferences import Preferences
from app.gui.shell.sheet import Sheet, form_layout, words

__all__ = ["SettingsDialog"]


class SettingsDialog(Sheet):
    """Shows preferences and tells, with `chosen`, which the user wants instead."""

    chosen = Signal(object)
    """Preferences"""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(tr("settings.title"), parent=parent)
        self._language = _choice(("sv", tr("settings.language_sv")), ("en", tr("settings.language_en")))
        self._theme = _choice(
            ("system", tr("settings.theme_system")), ("light", tr("settings.theme_light")), ("dark", tr("settings.theme_dark"))
        )
        self._motion = _choice(
            ("system", tr("settings.motion_system")),
            ("always", tr("settings.motion_always")),
            ("never", tr("settings.motion_never")),
        )
        self._scale = _number(80, 200, " %", 10)
        self._me = QLineEdit()
        self._me.setObjectName("me")
        self._me.setPlaceholderText(tr("settings.me_hint"))
        self._plan = _number(0, 60, "")
        self._count = _number(1, 200, "")
        self._days = _number(1, 3650, "")
        form = form_layout()
        for key, field in (
            (tr("settings.language"), self._language),
            (tr("settings.theme"), self._theme),
            (tr("settings.scale"), self._scale),
            (tr("settings.motion"), self._motion),
            (tr("settings.me"), self._me),
            (tr("settings.plan_days"), self._plan),
            (tr("settings.backup_count"), self._count),
            (tr("settings.backup_days"), self._days),
        ):
            field.setAccessibleName(key)
            form.addRow(key, field)
        self.body.addLayout(form)
        if not system_is_asked():
            self.body.addWidget(words(tr("settings.motion_unknown"), "small"))
        self.body.addWidget(words(tr("settings.private"), "small"))
        self.button(tr("shell.cancel")).clicked.connect(self.reject)
        self.button(tr("settings.save"), primary=True).clicked.connect(self._on_save)
        self._show(preferences)
        self._language.setFocus()

    def _show(self, preferences: Preferences) -> None:
        self._language.setCurrentIndex(self._language.findData(preferences.language))
        self._theme.setCurrentIndex(self._theme.findData(preferences.theme))
        self._scale.setValue(round(preferences.scale * 100))
        self._motion.setCurrentIndex(self._motion.findData(preferences.motion))
        self._me.setText(preferences.me)
        self._plan.setValue(preferences.plan_days)
        self._count.setValue(preferences.backup_count)
        self._days.setValue(preferences.backup_days)

    def _on_save(self) -> None:
        wanted = Preferences(
            language=str(self._language.currentData()),
            theme=str(self._theme.currentData()),
            scale=self._scale.value() / 100,
            me=self._me.text(),
            motion=str(self._motion.currentData()),
            plan_days=self._plan.value(),
            backup_count=self._count.value(),
            backup_days=self._days.value(),
        )
        self.accept()
        self.chosen.emit(wanted.checked())


def _choice(*options: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    for value, text in options:
        box.addItem(text, value)
    return box


def _number(least: int, most: int, unit: str, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setSuffix(unit)
    box.lineEdit().setTextMargins(4, 0, 0, 0)
    return box
