"""The leaves of a Word part: every element that holds text, in reading order, and whether anybody sees it.

Text boxes come after the paragraph that they hang on. Of alternates (`mc:AlternateContent`) the first is what is seen. Deleted
and moved-away text, hidden text, field codes and comments are not running text, but they are text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.secrecy.masking.chains import Leaf
from app.secrecy.masking.package import local
from app.secrecy.masking.symbols import symbol_of

__all__ = ["State", "pieces"]

Element = Any

_TEXT = frozenset({"t", "delText"})
_CODE = frozenset({"instrText", "delInstrText"})
_BLANKS = {"tab": "\t", "br": " ", "cr": " ", "ptab": "\t", "noBreakHyphen": "-"}
_DELETED = frozenset({"del", "moveFrom"})
_INSERTED = frozenset({"ins", "moveTo"})
_BOXES = frozenset({"txbxContent"})
_HIDING = frozenset({"vanish", "specVanish", "webHidden"})
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class State:
    """Where the walk is: in which part, and whether what stands there is seen."""

    part: str
    open: bool = True
    margin: bool = False
    inserted: bool = False


def pieces(element: Element, state: State) -> Iterator[Leaf | str]:
    """Leaves, and blanks where something stands between them."""
    later: list[tuple[Element, State]] = []
    yield from _walk(element, state, later)
    while later:
        box, held = later.pop(0)
        yield "\n"
        yield from _walk(box, held, later)


def _walk(element: Element, state: State, later: list[tuple[Element, State]]) -> Iterator[Leaf | str]:
    for child in element:
        name = local(child)
        if name in _TEXT:
            yield _leaf(child, state, hidden=name == "delText")
        elif name in _CODE:
            yield _leaf(child, state, hidden=True, code=True)
        elif name == "sym":
            yield Leaf(child, state.part, state.open, state.margin, state.inserted, sign=symbol_of(child))
        elif name in _BLANKS and local(element) == "r":
            yield _BLANKS[name]
        elif name in _BOXES:
            later.append((child, state))
        elif name == "p":
            boxes: list[tuple[Element, State]] = []
            yield from _walk(child, state, boxes)
            yield "\n"
            for box, held in boxes:
                yield from pieces(box, held)
        elif name == "AlternateContent":
            yield from _alternates(child, state, later)
        else:
            yield from _walk(child, _inside(child, name, state), later)


def _alternates(element: Element, state: State, later: list[tuple[Element, State]]) -> Iterator[Leaf | str]:
    for number, branch in enumerate(element):
        held = state if number == 0 else replace(state, open=False, margin=False)
        own: list[tuple[Element, State]] = []
        yield from _walk(branch, held, own)
        later.extend(own)


def _inside(child: Element, name: str, state: State) -> State:
    if name in _DELETED:
        return replace(state, open=False, margin=False)
    if name in _INSERTED:
        return replace(state, inserted=True)
    if name == "r" and _is_hidden(child):
        return replace(state, open=False, margin=False)
    return state


def _is_hidden(run: Element) -> bool:
    for look in run:
        if local(look) == "rPr":
            return any(local(entry) in _HIDING and next(iter(entry.attrib.values()), "1") not in _OFF for entry in look)
    return False


def _leaf(element: Element, state: State, *, hidden: bool, code: bool = False) -> Leaf:
    seen = state.open and not hidden
    return Leaf(element, state.part, seen, state.margin and not hidden, state.inserted, code)
