"""What the user has chosen for the window: kept in the system's settings, as nothing in it says anything of a tender."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QByteArray, QLocale, QSettings

from app.core.catalogue import LANGUAGES

__all__ = ["Preferences", "load_geometry", "load_preferences", "save_geometry", "save_preferences", "settings_file"]

_LONGEST = 100
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting and its default. `plan_days` are the working days before the deadline when everything should be done,
    `scale` multiplies the size of text, `backup_days` is how old a backup may become, `me` is the user's name as an owner of
    items (empty: not told), `motion` whether things may move on the screen ("system", "always", "never").
    """

    language: str = "sv"
    theme: str = "system"
    scale: float = 1.0
    plan_days: int = 2
    backup_count: int = 10
    backup_days: int = 60
    me: str = ""
    motion: str = "system"

    def checked(self) -> Preferences:
        """With anything out of range back inside it: the file may have been edited by hand."""
        return replace(
            self,
            language=self.language if self.language in LANGUAGES else LANGUAGES[0],
            theme=self.theme if self.theme in ("system", "light", "dark") else "system",
            motion=self.motion if self.motion in ("system", "always", "never") else "system",
            scale=min(2.0, max(0.8, self.scale)),
            me=" ".join(self.me.split())[:_LONGEST],
            plan_days=min(60, max(0, self.plan_days)),
            backup_count=min(200, max(1, self.backup_count)),
            backup_days=min(3650, max(1, self.backup_days)),
        )


def settings_file() -> QSettings:
    """The user's own settings file."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Anbudsklar", "Anbudsklar")


def load_preferences(settings: QSettings) -> Preferences:
    """What was saved; the system's language where nothing was: English only for those who have it, else Swedish."""
    system = "en" if QLocale.system().language() is QLocale.Language.English else "sv"
    found = Preferences(language=system)
    for field in fields(Preferences):
        kept = settings.value(f"window/{field.name}")
        if kept is not None:
            kind = type(getattr(found, field.name))
            try:
                found = replace(found, **{field.name: kind(kept)})
            except (TypeError, ValueError):
                continue
    return found.checked()


def save_preferences(settings: QSettings, preferences: Preferences) -> None:
    """Keep them."""
    for field in fields(Preferences):
        settings.setValue(f"window/{field.name}", str(getattr(preferences, field.name)))


def load_geometry(settings: QSettings, name: str = "geometry") -> QByteArray:
    """Size and place of the window last time (or its panes': `name`); empty the first time."""
    kept = settings.value(f"window/{name}")
    return kept if isinstance(kept, QByteArray) else QByteArray()


def save_geometry(settings: QSettings, geometry: QByteArray, name: str = "geometry") -> None:
    """Keep size and place of the window, or its panes'."""
    settings.setValue(f"window/{name}", geometry)
