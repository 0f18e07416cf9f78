"""Whether things may move on the screen: the user's own word, else what the system says where it can be asked.

Qt tells it for its own styles. Beyond that Windows is asked directly and a Linux desktop through `desktop`; on macOS there is no
way to ask, and the settings say so.
"""

from __future__ import annotations

import sys
from enum import StrEnum

from PySide6.QtWidgets import QApplication, QStyle

from app.gui.desktop import Desktop

__all__ = ["FLASH", "Allowed", "Motion", "ask_desktop", "choose", "reduced", "system_is_asked"]

FLASH = 300
"""Milliseconds that a passage flashes when it has been landed on."""

_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION: what "Show animations in Windows" sets."""


class Allowed(StrEnum):
    """What the user has chosen."""

    SYSTEM = "system"
    ALWAYS = "always"
    NEVER = "never"


class Motion:
    """The program's one answer. `desktop_still` is set once the desktop has said that nothing should move."""

    allowed = Allowed.SYSTEM
    desktop_still = False
    desktop: Desktop | None = None


def ask_desktop() -> None:
    """Ask the desktop, once. Its answer comes later, and counts for what moves after that."""
    if Motion.desktop is None and Motion.allowed is Allowed.SYSTEM:
        Motion.desktop = Desktop()
        Motion.desktop.still.connect(_on_still)
        Motion.desktop.ask()


def _on_still() -> None:
    Motion.desktop_still = True


def choose(allowed: str) -> None:
    """Follow what the user has chosen; the system for what is no choice."""
    Motion.allowed = Allowed(allowed) if allowed in tuple(Allowed) else Allowed.SYSTEM


def reduced() -> bool:
    """Whether nothing should move."""
    match Motion.allowed:
        case Allowed.ALWAYS:
            return False
        case Allowed.NEVER:
            return True
        case _:
            style = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
            return style or Motion.desktop_still or _still()


def system_is_asked() -> bool:
    """Whether there is a way to know what this system says."""
    return sys.platform != "darwin"


if sys.platform == "win32":

    def _still() -> bool:
        from ctypes import byref, c_int, windll

        moving = c_int(1)
        windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, byref(moving), 0)
        return not moving.value

else:

    def _still() -> bool:
        return False
