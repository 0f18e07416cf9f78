"""The tokens can be read: contrast as WCAG 2 computes it. And the style sheet names no colour of its own."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from string import Template

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from app.core.points import PointKind
from app.core.resources import resource
from app.gui.theme import DARK, LIGHT, Tokens, font, kind_colours, theme

INKS = [field.name.removesuffix("_soft") for field in fields(Tokens) if field.name.endswith("_soft")]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_readable_on_its_soft_and_on_paper(tokens: Tokens, ink: str) -> None:
    colours = asdict(tokens)
    for surface in (f"{ink}_soft", "paper", "canvas"):
        assert contrast(colours[ink], colours[surface]) >= 4.5, surface


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "ink_2", "ink_3"])
def test_text_is_readable_on_every_surface(tokens: Tokens, ink: str) -> None:
    colours = asdict(tokens)
    for surface in ("paper", "canvas", "rail", "hover", "accent_soft"):
        assert contrast(colours[ink], colours[surface]) >= 4.5, surface


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_filled_buttons_and_turned_surfaces_are_readable(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.paper, tokens.ink) >= 4.5


def test_the_style_sheet_takes_every_colour_from_the_tokens() -> None:
    sheet = resource("styles", "window.qss").read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*[{\[,:>])", re.sub(r"Q\w+#\w+", "", sheet))
    known = {field.name for field in fields(Tokens)} | {"text", "text_small", "text_large", "text_title"}
    named = {name for match in Template.pattern.finditer(sheet) if (name := match["named"] or match["braced"])}
    assert named <= known


def test_a_switch_is_told_and_changes_the_colours(dressed: QApplication) -> None:
    told: list[bool] = []

    def hear() -> None:
        told.append(theme.dark)

    theme.changed.connect(hear)
    try:
        theme.apply("dark")
        dark = theme.colour("paper")
        theme.apply("light")
    finally:
        theme.changed.disconnect(hear)
    assert told == [True, False]
    assert dark == QColor(DARK.paper)
    assert theme.colour("paper") == QColor(LIGHT.paper)
    assert dressed.palette().window().color() == QColor(LIGHT.canvas)


def test_every_kind_has_colours() -> None:
    pairs = {kind: tuple(colour.name() for colour in kind_colours(kind)) for kind in PointKind}
    assert len(set(pairs.values())) == len(pairs)


def test_text_grows_with_the_scale() -> None:
    usual = font(13).pixelSize()
    theme.apply("light", 2.0)
    assert font(13).pixelSize() == 2 * usual
