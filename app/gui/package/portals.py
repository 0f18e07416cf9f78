"""The portals' limits as the user knows them: read from the vault, changed in a sheet, used by review, plan and build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QWidget

from app.core.errors import AnbudsklarError
from app.core.packaging import PortalProfile
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.sheet import Sheet, form_layout
from app.workflow.packaging import profile_named, read_profiles, written

__all__ = ["PortalSheet", "Portals"]

_SETTING = "portals.own"
"""The vault's setting with the user's own profiles, written as `portals.toml` is."""
_MEGA = 1_000_000
_LIMITS = ("file_bytes", "total_bytes", "name_length", "text_length", "suffixes", "ascii_names", "links_ignored")


class Portals(QObject):
    """`own` are the profiles that the user has changed; they replace those of the same id."""

    changed = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.own: tuple[PortalProfile, ...] = ()
        self._used: tuple[PortalProfile, ...] = ()
        session.attached.connect(self.load)
        if session.ready:
            self.load()

    def load(self) -> None:
        """Read them again."""
        self._session.writer.submit(partial(self._session.office.setting, _SETTING), self._on_loaded, self._session.failed.emit)

    def edit(self, profile: PortalProfile) -> None:
        """Ask for a portal's limits."""
        sheet = PortalSheet(profile, any(one.id == profile.id for one in self.own), self._window)
        sheet.told.connect(self.keep)
        sheet.usual_wanted.connect(partial(self.forget, profile.id))
        sheet.open()

    def keep(self, profile: PortalProfile) -> None:
        """A portal as the user knows it."""
        self._set((*(one for one in self.own if one.id != profile.id), profile))

    def forget(self, portal: str) -> None:
        """As the program knows it again."""
        self._set(tuple(one for one in self.own if one.id != portal))

    def named(self, portal: str) -> PortalProfile:
        """The profile in force for an id."""
        return profile_named(portal, self.own)

    def _set(self, own: Sequence[PortalProfile]) -> None:
        self.own = tuple(own)
        text = written(self.own) if self.own else ""
        work = partial(self._session.office.set_setting, _SETTING, text)
        self._session.writer.submit(work, _nothing, self._session.failed.emit)
        self._use()

    def _on_loaded(self, kept: object) -> None:
        """What cannot be read (a later version wrote it) counts as nothing: the program's own profiles are in force."""
        try:
            self.own = read_profiles(kept.encode("utf-8")) if isinstance(kept, str) and kept else ()
        except AnbudsklarError:
            self.own = ()
        self._use()

    def _use(self) -> None:
        if self._session.reader is not None and self.own != self._used:
            self._session.reader.audits.use_portals(self.own)
            self._used = self.own
        self.changed.emit()


class PortalSheet(Sheet):
    """A portal's limits. What is left empty or at zero is not known, and is told as not known."""

    told = Signal(object)  # PortalProfile
    usual_wanted = Signal()

    def __init__(self, profile: PortalProfile, changed: bool, parent: QWidget | None = None) -> None:
        super().__init__(tr("package.limits_title", portal=profile.name), tr("package.limits_lead"), parent)
        self._profile = profile
        self.file = _number(tr("package.limits_megabytes"), (profile.file_bytes or 0) // _MEGA)
        self.total = _number(tr("package.limits_megabytes"), (profile.total_bytes or 0) // _MEGA)
        self.name = _number(tr("package.limits_characters"), profile.name_length or 0)
        self.text = _number(tr("package.limits_characters"), profile.text_length or 0)
        self.kinds = QLineEdit(", ".join(suffix.lstrip(".") for suffix in profile.suffixes))
        self.kinds.setPlaceholderText(tr("package.limits_any"))
        self.ascii = QCheckBox(tr("package.limits_ascii"))
        self.ascii.setChecked(profile.ascii_names)
        self.links = QCheckBox(tr("package.limits_links"))
        self.links.setChecked(profile.links_ignored)
        form = form_layout()
        for words, field in (
            (tr("package.limits_file"), self.file),
            (tr("package.limits_total"), self.total),
            (tr("package.limits_kinds"), self.kinds),
            (tr("package.limits_name"), self.name),
            (tr("package.limits_text"), self.text),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        form.addRow("", self.ascii)
        form.addRow("", self.links)
        self.body.addLayout(form)
        if changed:
            self.button(tr("package.limits_usual"), left=True).clicked.connect(self._on_usual)
        self.button(tr("package.cancel")).clicked.connect(self.reject)
        self.button(tr("package.limits_ok"), primary=True).clicked.connect(self._on_ok)

    @property
    def profile(self) -> PortalProfile:
        """As it is typed. What the user has changed is known; what is left as it was stays the guess it was."""
        kinds = [kind.strip().lstrip(".").casefold() for kind in self.kinds.text().replace(";", ",").split(",")]
        old = self._profile
        new = replace(
            old,
            file_bytes=_same(old.file_bytes, self.file.value()),
            total_bytes=_same(old.total_bytes, self.total.value()),
            name_length=self.name.value() or None,
            text_length=self.text.value() or None,
            suffixes=tuple(f".{kind}" for kind in dict.fromkeys(kinds) if kind.isalnum()),
            ascii_names=self.ascii.isChecked(),
            links_ignored=self.links.isChecked(),
        )
        told = {name for name in _LIMITS if getattr(new, name) != getattr(old, name)}
        return replace(new, own=tuple(name for name in old.own if name not in told))

    def _on_ok(self) -> None:
        self.told.emit(self.profile)
        self.accept()

    def _on_usual(self) -> None:
        self.usual_wanted.emit()
        self.accept()


def _number(unit: str, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, 100_000)
    field.setSuffix(f" {unit}")
    field.setSpecialValueText(tr("package.limits_unknown"))
    field.setValue(value)
    return field


def _same(old: int | None, megabytes: int) -> int | None:
    """The limit in bytes; what was not whole megabytes and is not touched stays what it was."""
    return old if (old or 0) // _MEGA == megabytes else megabytes * _MEGA or None


def _nothing(_value: object) -> None:
    """Kept."""
