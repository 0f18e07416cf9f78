"""Colours, spacing and type by role, light and dark, and the style sheet made of them. Nothing else names a colour."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.core.points import PointKind
from app.core.resources import resource

__all__ = ["DARK", "LIGHT", "SPACE", "Theme", "Tokens", "kind_colours", "theme"]

SPACE = 4
"""The step of all spacing, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A colour per role, as #rrggbb. `…_soft` is the surface that goes with an ink: contrast at least 4.5:1."""

    ink: str
    ink_2: str
    ink_3: str
    paper: str
    canvas: str
    rail: str
    line: str
    hover: str
    accent: str
    accent_soft: str
    on_accent: str
    attachment: str
    attachment_soft: str
    requirement: str
    requirement_soft: str
    criterion: str
    criterion_soft: str
    deadline: str
    deadline_soft: str
    contract: str
    contract_soft: str
    secrecy: str
    secrecy_soft: str
    error: str
    error_soft: str
    done: str
    done_soft: str


LIGHT = Tokens(
    ink="#1c2630",
    ink_2="#55636f",
    ink_3="#5b6873",
    paper="#ffffff",
    canvas="#f3f5f7",
    rail="#f8fafb",
    line="#dde3e8",
    hover="#f0f3f5",
    accent="#0b6b63",
    accent_soft="#e3f1ef",
    on_accent="#ffffff",
    attachment="#9a5b00",
    attachment_soft="#fff3dc",
    requirement="#3f4c57",
    requirement_soft="#eceff2",
    criterion="#1f5fa8",
    criterion_soft="#e6effa",
    deadline="#b3261e",
    deadline_soft="#fdecea",
    contract="#55636f",
    contract_soft="#f3f5f7",
    secrecy="#5b3aa6",
    secrecy_soft="#efe9fb",
    error="#b3261e",
    error_soft="#fdecea",
    done="#1f7a3d",
    done_soft="#e6f4ea",
)

DARK = Tokens(
    ink="#e8edf1",
    ink_2="#b3bfc9",
    ink_3="#95a3af",
    paper="#1b2127",
    canvas="#14181d",
    rail="#171c21",
    line="#323b44",
    hover="#242c34",
    accent="#5fc9bd",
    accent_soft="#17332f",
    on_accent="#08211e",
    attachment="#f0b457",
    attachment_soft="#3a2c12",
    requirement="#c3ced8",
    requirement_soft="#2a323a",
    criterion="#8dbcf5",
    criterion_soft="#182b42",
    deadline="#f79a92",
    deadline_soft="#41201d",
    contract="#b3bfc9",
    contract_soft="#232a31",
    secrecy="#c1a8f7",
    secrecy_soft="#2c2246",
    error="#f79a92",
    error_soft="#41201d",
    done="#7fd69b",
    done_soft="#17331f",
)

_KINDS = {
    PointKind.QUESTION: "accent",
    PointKind.ATTACHMENT: "attachment",
    PointKind.REQUIREMENT: "requirement",
    PointKind.CRITERION: "criterion",
    PointKind.DEADLINE: "deadline",
    PointKind.CONTRACT: "contract",
}


class Theme(QObject):
    """The tokens in use. `changed` comes after a switch, for what paints by itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.choice = "system"
        self.scale = 1.0
        self.fonts: dict[tuple[float, bool, bool], QFont] = {}
        """What `font` has made: a list asks for the same few with every row it paints."""

    def colour(self, role: str) -> QColor:
        """The colour of a role: a field's name of `Tokens`."""
        return QColor(getattr(self.tokens, role))

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in use."""
        return self.tokens is DARK

    def apply(self, choice: str = "system", scale: float = 1.0) -> None:
        """Dress the application: "light", "dark" or as the system says. Follows the system from then on.

        `scale` multiplies every size of text.
        """
        self.choice = choice
        self.scale = scale
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed, Qt.ConnectionType.UniqueConnection)
        self._dress()

    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self._dress()

    def _dress(self) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        dark = self.choice == "dark" or (
            self.choice == "system" and QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.tokens = DARK if dark else LIGHT
        app.setPalette(_palette(self.tokens))
        self.fonts.clear()
        app.setFont(font())
        self.fonts.clear()
        sheet = Template(resource("styles", "window.qss").read_text("utf-8"))
        app.setStyleSheet(sheet.substitute(asdict(self.tokens) | _sizes(self.scale)))
        self.changed.emit()


def _sizes(scale: float) -> dict[str, str]:
    """The sizes of text that the style sheet may name, in pixels."""
    sizes = {"text_small": 12, "text": 13, "text_large": 16, "text_title": 22}
    return {name: f"{round(size * scale)}px" for name, size in sizes.items()}


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.canvas,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.paper,
        QPalette.ColorRole.AlternateBase: tokens.rail,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.Button: tokens.paper,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.ToolTipBase: tokens.paper,
        QPalette.ColorRole.ToolTipText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.ink_3,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Link: tokens.criterion,
        QPalette.ColorRole.Mid: tokens.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.ink_3))
    return palette


def kind_colours(kind: PointKind) -> tuple[QColor, QColor]:
    """Ink and soft surface of a kind of item."""
    role = _KINDS[kind]
    return theme.colour(role), theme.colour(f"{role}_soft")


def font(size: float = 13, *, strong: bool = False, tabular: bool = False) -> QFont:
    """The system's font at `size` pixels, times the user's scale. `tabular` gives figures of one width, for counts."""
    known = theme.fonts.get((size, strong, tabular))
    if known is None:
        known = QFont(QApplication.font())
        known.setPixelSize(round(size * theme.scale))
        if strong:
            known.setWeight(QFont.Weight.DemiBold)
        if tabular:
            known.setFeature(QFont.Tag("tnum"), 1)
        theme.fonts[size, strong, tabular] = known
    return QFont(known)


theme = Theme()
"""The one theme of the program."""
