"""What a Linux desktop says of motion, asked of its settings portal over the session's own bus.

The bus is a local socket: nothing leaves the machine and no other program is started. Where there is no bus, no portal or no
answer, nothing is known and nothing changes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

__all__ = ["Desktop", "says_still"]

_SERVICE, _PATH, _INTERFACE = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
_KEYS = (
    ("org.freedesktop.appearance", "reduced-motion"),
    ("org.gnome.desktop.interface", "enable-animations"),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
)
_PATIENCE = 5000
"""Milliseconds."""


def says_still(key: str, value: object) -> bool:
    """Whether the value of a setting means that nothing should move."""
    match key, value:
        case "enable-animations", bool():
            return not value
        case "reduced-motion", int():
            return value == 1
        case "AnimationDurationFactor", str() | float() | int():
            try:
                return float(value) == 0
            except ValueError:
                return False
        case _:
            return False


class Desktop(QObject):
    """Asks once; `still` comes when one of the settings wants nothing to move."""

    still = Signal()

    def ask(self) -> None:
        """Returns at once, also where there is nobody to answer."""
        if not _has_bus():
            return
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        for namespace, key in _KEYS:
            message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "Read")
            message.setArguments([namespace, key])
            message.setAutoStartService(False)
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _PATIENCE), self)
            watcher.setObjectName(key)
            watcher.finished.connect(self._on_finished)

    def _on_finished(self, watcher: Any) -> None:
        from PySide6.QtDBus import QDBusMessage

        reply = watcher.reply()
        told = reply.arguments() if reply.type() is QDBusMessage.MessageType.ReplyMessage else []
        if told and says_still(watcher.objectName(), _plain(told[0])):
            self.still.emit()
        watcher.deleteLater()


def _has_bus() -> bool:
    """Whether a bus is running. Without its address a library would start one."""
    if not sys.platform.startswith("linux"):
        return False
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return folder is not None and folder != "" and (Path(folder) / "bus").exists()


def _plain(value: Any) -> object:
    """A value out of the variants that it is wrapped in."""
    while hasattr(value, "variant"):
        value = value.variant()
    return value
