"""The text of a Word paragraph or cell with the element behind each character, and the places to fill in that are part of the
text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.export.forms.surgery import Element

__all__ = ["BOXES", "MC", "PROMPT", "W14", "Kind", "Spot", "Token", "W", "flag", "spots_in_text", "tokens_of", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_GONE = frozenset(W + tag for tag in ("del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid"))
_CONTAINERS = frozenset(("docPartObj", "docPartList", "group", "citation", "bibliography", "equation", "picture"))
_BLANK = re.compile(r"_(?:[ _]{0,3}_){2,}|\.(?: ?\.){5,}|…(?: ?…)+|(?<=[:\s])…(?=\s|$)|-(?: ?-){7,}|\uE000+")
_DRAWN = re.compile(r"[ \u00a0_]{3,}")
_SQUARE = re.compile(r"[☐□❑❒▢◻⬜◯○]|\[ {0,3}\]|\( {1,3}\)")
PROMPT = re.compile(r"\[[^\[\]\n]{2,80}\]|<[^<>\n]{2,80}>|[Kk]licka[^\n]{0,20} här[^\n]{0,40}")
_SYMBOLS = {"f06f": "☐", "f071": "☐", "f072": "☐", "f0a8": "☐", "f0a3": "☐", "f0fe": "☒", "f0fd": "☒", "f078": "☒", "f052": "☒"}
_LEADERS = frozenset(("dot", "hyphen", "underscore", "heavy", "middleDot"))
_TAB, _EDGE = "\ue000", "\n"


class Kind(StrEnum):
    """What a place to fill in is in the file."""

    CONTROL = "control"  # content control to write or choose in
    TICK = "tick"  # content control that is a check box
    FIELD = "field"  # legacy form field to write or choose in
    BOX = "box"  # legacy check box
    BLANK = "blank"  # underscores, dots, a drawn tab
    SQUARE = "square"  # a square in the text
    PROMPT = "prompt"  # words in brackets that say what to write
    CELL = "cell"  # an empty cell


BOXES = frozenset({Kind.TICK, Kind.BOX, Kind.SQUARE})


@dataclass(slots=True)
class Token:
    """A stretch of shown text. `element` holds it (a text, a tab, a symbol), or is the control or the field's first mark."""

    text: str
    element: Element
    spot: Kind | None = None
    field_runs: list[Element] = field(default_factory=list)
    underlined: bool = False


@dataclass(slots=True)
class Spot:
    """A place to fill in: its kind, the element it is or the characters it takes, the words right before and after it."""

    kind: Kind
    element: Element | None
    start: int
    end: int
    before: str = ""
    after: str = ""
    token: Token | None = None


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child."""
    child = parent.find(W + tag) if parent is not None else None
    return None if child is None else child.get(W + "val")


def flag(parent: Element | None, tag: str) -> bool:
    """Whether a switch is on."""
    child = parent.find(W + tag) if parent is not None else None
    return child is not None and child.get(W + "val", "1") not in ("0", "false", "off")


def tokens_of(scope: Element) -> list[Token]:
    """The shown text of a paragraph or a cell (without tables inside it), controls and fields as single tokens without text."""
    found: list[Token] = []
    _scan(scope, found)
    return found


def _scan(scope: Element, found: list[Token]) -> None:
    if scope.tag == W + "p":
        _walk(scope, scope, found, [])
        found.append(Token(_EDGE, scope))
        return
    for child in scope:
        if child.tag == W + "sdt" and is_place(child) and child.find(f".//{W}tbl") is None:
            # A control around whole paragraphs is one place.
            found += [_control_token(child), Token(_EDGE, child)]
        elif child.tag not in _GONE and child.tag != W + "tbl" and isinstance(child.tag, str):
            _scan(child, found)


def _control_token(control: Element) -> Token:
    ticks = control.find(f"{W}sdtPr/{W14}checkbox") is not None
    return Token("", control, Kind.TICK if ticks else Kind.CONTROL)


def is_place(control: Element) -> bool:
    """Whether a content control is something to fill in: a kind that takes an answer, or text that is only its prompt so far."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return False
    kinds = {child.tag.rpartition("}")[2] for child in properties if isinstance(child.tag, str)}
    if kinds & _CONTAINERS or any("repeatingSection" in kind for kind in kinds):
        return False
    if kinds & {"text", "checkbox", "dropDownList", "comboBox", "date"}:
        return True
    shown = "".join(each.text or "" for each in control.iter(W + "t")).strip()
    return flag(properties, "showingPlcHdr") or not shown or PROMPT.fullmatch(shown) is not None


def _walk(parent: Element, paragraph: Element, found: list[Token], fields: list[Token]) -> None:
    for child in parent:
        tag = child.tag
        if tag in _GONE or not isinstance(tag, str):
            continue
        if tag == W + "r":
            _run(child, paragraph, found, fields)
        elif tag == W + "sdt":
            if is_place(child):
                found.append(_control_token(child))
            else:
                content = child.find(W + "sdtContent")
                if content is not None:
                    _walk(content, paragraph, found, fields)
        elif tag == MC + "AlternateContent":
            choice = child.find(MC + "Choice")
            if choice is not None:
                _walk(choice, paragraph, found, fields)
        else:
            _walk(child, paragraph, found, fields)


def _run(run: Element, paragraph: Element, found: list[Token], fields: list[Token]) -> None:
    if fields:
        fields[-1].field_runs.append(run)
    underlined = value(run.find(W + "rPr"), "u") not in (None, "none")
    for child in run:
        tag = child.tag
        if tag == W + "fldChar":
            kind = child.get(W + "fldCharType")
            if kind == "begin":
                token = Token("", child, None, [run])
                fields.append(token)
                if child.find(W + "ffData") is not None:
                    token.spot = Kind.BOX if child.find(f"{W}ffData/{W}checkBox") is not None else Kind.FIELD
                    found.append(token)
            elif kind == "end" and fields:
                fields.pop()
        elif any(each.spot is not None for each in fields):
            continue
        elif tag == W + "t":
            found.append(Token(child.text or "", child, underlined=underlined))
        elif tag in (W + "tab", W + "ptab"):
            found.append(Token(_TAB if underlined or _leads(child, paragraph) else "\t", child))
        elif tag == W + "sym":
            found.append(Token(_SYMBOLS.get((child.get(W + "char") or "").lower(), " "), child))
        elif tag in (W + "br", W + "cr"):
            found.append(Token(" ", child))


def _leads(tab: Element, paragraph: Element) -> bool:
    """Whether a tab draws dots or a line."""
    if tab.get(W + "leader") in _LEADERS:
        return True
    return any(stop.get(W + "leader") in _LEADERS for stop in paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab"))


def spots_in_text(tokens: list[Token]) -> tuple[str, list[Spot]]:
    """The text, and its places to fill in, in order, with the words between them."""
    text = "".join(token.text for token in tokens)
    spots: list[Spot] = []
    position = 0
    for token in tokens:
        if token.spot is not None:
            spots.append(Spot(token.spot, token.element, position, position, token=token))
        if token.underlined:
            spots += [Spot(Kind.BLANK, None, position + m.start(), position + m.end()) for m in _DRAWN.finditer(token.text)]
        position += len(token.text)
    taken = [(spot.start, spot.end) for spot in spots]
    for kind, pattern in ((Kind.BLANK, _BLANK), (Kind.SQUARE, _SQUARE), (Kind.PROMPT, PROMPT)):
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                spots.append(Spot(kind, None, *match.span()))
    spots.sort(key=lambda spot: (spot.start, spot.end))
    for number, spot in enumerate(spots):
        before = text[spots[number - 1].end if number else 0 : spot.start]
        after = text[spot.end : spots[number + 1].start if number + 1 < len(spots) else len(text)]
        spot.before, spot.after = before.rpartition(_EDGE)[2], after.partition(_EDGE)[0]
    return text.replace(_TAB, " "), spots
