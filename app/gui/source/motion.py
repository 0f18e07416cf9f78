"""Whether things may move on the screen."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QStyle

__all__ = ["FLASH", "Motion", "reduced"]

FLASH = 300
"""Milliseconds that a passage flashes when it has been landed on."""

_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION: what "Show animations in Windows" sets."""


class Motion:
    """The program's own word: `allowed` off means that nothing moves whatever the system says."""

    allowed = True


def reduced() -> bool:
    """Whether nothing should move: the program, the style or the system asks for it."""
    return not Motion.allowed or QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0 or _still()


if sys.platform == "win32":

    def _still() -> bool:
        from ctypes import byref, c_int, windll

        moving = c_int(1)
        windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, byref(moving), 0)
        return not moving.value

else:

    def _still() -> bool:
        return False
