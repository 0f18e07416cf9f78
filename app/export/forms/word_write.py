"""Writing into the places of a Word form. The look of what is written is that of the place: its run, its control, its
paragraph."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime

from app.export.forms.surgery import Element, Surgeon
from app.export.forms.word_text import BOXES, PROMPT, W14, Kind, Spot, Token, W, flag, value

__all__ = ["strike", "tick", "write_cell", "write_control", "write_field", "write_text", "written_day"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = re.compile(r"[\n\t]")
_CODE = re.compile(r"(?!0*[dD][89a-fA-F])0*[1-9a-fA-F][0-9a-fA-F]{1,3}")
_MARKS = {"○": "●", "◯": "●"}
_SWEDISH = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_AFTER_STRIKE = frozenset(
    W + name
    for name in (
        "outline",
        "shadow",
        "emboss",
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
        "w",
        "kern",
        "position",
        "sz",
        "szCs",
        "highlight",
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
    )
)
"""Properties of a run that stand after the one that strikes it out."""


def _made(like: Element, tag: str, **attributes: str) -> Element:
    return like.makeelement(tag, {W + name: text for name, text in attributes.items()}, nsmap=like.nsmap)


def _pieces(like: Element, text: str) -> list[Element]:
    """Text with its line breaks and tabs, as what stands in a run."""
    made: list[Element] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(_made(like, W + "br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                made.append(_made(like, W + "tab"))
            if part:
                piece = _made(like, W + "t")
                piece.text = part
                piece.set(_SPACE, "preserve")
                made.append(piece)
    return made


def _run(like: Element, text: str, look: Element | None) -> Element:
    run = _made(like, W + "r")
    if look is not None:
        properties = deepcopy(look)
        properties.tag = W + "rPr"
        properties.tail = None
        # What marks the paragraph's own sign as inserted or deleted says nothing of the text.
        for gone in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
            for each in properties.findall(W + gone):
                properties.remove(each)
        if len(properties):
            run.append(properties)
    run.extend(_pieces(like, text))
    return run


def write_text(tokens: list[Token], spot: Spot, text: str, surgeon: Surgeon) -> None:
    """Put the text where the characters of a blank, a square or a prompt stand, in their run and look."""
    position, first = 0, True
    for token in tokens:
        start, end = max(spot.start, position), min(spot.end, position + len(token.text))
        if start < end:
            left, right = start - position, end - position
            _exchange(token, left, right, text if first else "", surgeon)
            first = False
        position += len(token.text)


def _exchange(token: Token, left: int, right: int, text: str, surgeon: Surgeon) -> None:
    element, run = token.element, token.element.getparent()
    at = run.index(element)
    new = _pieces(run, text)
    if element.tag == W + "t":
        before, after = (element.text or "")[:left], (element.text or "")[right:]
        # The buyer's own words around the answer hold no break: what looks like one in them is a blank to Word.
        new = _pieces(run, f"{_BREAKS.sub(' ', before)}{text}{_BREAKS.sub(' ', after)}")
        run.remove(element)
    elif element.tag == W + "sym":
        run.remove(element)
    elif not text:
        return  # a tab that draws a line stays, to draw the rest of it
    run[at:at] = new
    surgeon.changed(run)


def tick(tokens: list[Token], spot: Spot, on: bool, surgeon: Surgeon) -> None:
    """Tick a box of any kind, or take its tick away."""
    if spot.kind not in BOXES:
        raise ValueError(spot.kind)
    if spot.kind is Kind.SQUARE:
        if on:
            shown = "".join(token.text for token in tokens)[spot.start : spot.end]
            mark = "[X]" if shown[0] == "[" else "(X)" if shown[0] == "(" else _MARKS.get(shown[0], "☒")
            write_text(tokens, spot, mark, surgeon)
        return
    if spot.kind is Kind.BOX:
        _tick_field(spot.element, on)
        surgeon.changed(spot.element)
        return
    control: Element = spot.element
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    state = box.find(W14 + "checked")
    if state is None:
        state = box.makeelement(W14 + "checked", {}, nsmap=box.nsmap)
        box.insert(0, state)
    state.set(W14 + "val", "1" if on else "0")
    drawn = box.find(W14 + ("checkedState" if on else "uncheckedState"))
    code = drawn.get(W14 + "val", "") if drawn is not None else ""
    sign = chr(int(code, 16)) if _CODE.fullmatch(code) else "☒" if on else "☐"
    font = drawn.get(W14 + "font") if drawn is not None else None
    content = control.find(W + "sdtContent")
    run = next(content.iter(W + "r"), None) if content is not None else None
    if run is not None:
        for each in [each for each in run if each.tag != W + "rPr"]:
            run.remove(each)
        run.extend(_pieces(run, sign))
        fonts = run.find(f"{W}rPr/{W}rFonts")
        if fonts is not None and font:
            for name in ("ascii", "hAnsi", "eastAsia", "cs"):
                if fonts.get(W + name) is not None:
                    fonts.set(W + name, font)
    surgeon.changed(control)


def _tick_field(mark: Element, on: bool) -> None:
    box = mark.find(f"{W}ffData/{W}checkBox")
    state = box.find(W + "checked")
    if state is None:
        state = _made(box, W + "checked")
        box.append(state)  # the last of the box's children in the schema
    state.set(W + "val", "1" if on else "0")


def write_control(control: Element, text: str, surgeon: Surgeon) -> bool:
    """Write into a content control; its prompt goes, its look stays. False when it holds what cannot be written over (a
    table)."""
    properties: Element = control.find(W + "sdtPr")
    content: Element = control.find(W + "sdtContent")
    if properties is None or content is None or content.find(f".//{W}tbl") is not None:
        return False
    marked = flag(properties, "showingPlcHdr")
    prompting = marked or PROMPT.fullmatch("".join(each.text or "" for each in content.iter(W + "t")).strip()) is not None
    first = next(content.iter(W + "r"), None)
    look = first.find(W + "rPr") if first is not None else None
    own = properties.find(W + "rPr")
    if prompting:
        look = own if own is not None else _without_style(look)
    if marked:
        properties.remove(properties.find(W + "showingPlcHdr"))
    holder = next(content.iter(W + "p"), content)
    keep = {holder, *holder.iterancestors()}
    for each in list(content.iter(W + "p")):
        if each is not holder and each.getparent() is not None and each not in keep:
            each.getparent().remove(each)
    for each in list(holder):
        if each.tag != W + "pPr":
            holder.remove(each)
    holder.append(_run(holder, text, look))
    surgeon.changed(control)
    return True


def _without_style(look: Element | None) -> Element | None:
    """The look of a prompt without the style that makes it grey."""
    if look is None:
        return None
    look = deepcopy(look)
    for style in look.findall(W + "rStyle"):
        look.remove(style)
    return look


def write_field(token: Token, text: str, surgeon: Surgeon) -> bool:
    """Write the result of a legacy field; its look is that of the result before. False when it ends in another paragraph."""
    runs = token.field_runs
    marks = [(number, each.get(W + "fldCharType")) for number, run in enumerate(runs) for each in run.iter(W + "fldChar")]
    ends = [number for number, kind in marks if kind == "end"]
    if not ends or any(run.getparent() is not runs[0].getparent() for run in runs):
        return False
    last = ends[-1]
    separators = [number for number, kind in marks if kind == "separate"]
    parent = runs[0].getparent()
    if not separators:
        middle = _made(parent, W + "r")
        middle.append(_made(parent, W + "fldChar", fldCharType="separate"))
        at = parent.index(runs[last])
        parent.insert(at, middle)
        parent.insert(at + 1, _run(parent, text, runs[0].find(W + "rPr")))
    elif separators[0] == last:
        return False
    else:
        results = runs[separators[0] + 1 : last]
        look = next((run.find(W + "rPr") for run in results if run.find(W + "rPr") is not None), runs[0].find(W + "rPr"))
        for run in results:
            parent.remove(run)
        parent.insert(parent.index(runs[last]), _run(parent, text, look))
    surgeon.changed(parent)
    return True


def write_cell(cell: Element, text: str, surgeon: Surgeon) -> None:
    """Write into the first paragraph of an empty cell, in the look that the paragraph's sign has."""
    paragraph = next(each for each in cell.iter(W + "p"))
    run = _run(paragraph, text, paragraph.find(f"{W}pPr/{W}rPr"))
    surgeon.insert(run, paragraph, None)


def strike(tokens: list[Token], start: int, end: int, surgeon: Surgeon) -> bool:
    """Strike out a word of the text. False when it stands in several runs."""
    position = 0
    for token in tokens:
        if position <= start and end <= position + len(token.text) and token.element.tag == W + "t":
            run = token.element.getparent()
            if [each for each in run if each.tag not in (W + "rPr", W + "t")] or len(run.findall(W + "t")) != 1:
                return False
            text, parent, look = token.element.text or "", run.getparent(), run.find(W + "rPr")
            left, right = start - position, end - position
            new = [_run(parent, part, look) for part in (text[:left], text[left:right], text[right:]) if part]
            struck = new[1 if left else 0]
            properties = struck.find(W + "rPr")
            if properties is None:
                properties = _made(struck, W + "rPr")
                struck.insert(0, properties)
            at = next((n for n, each in enumerate(properties) if each.tag in _AFTER_STRIKE), len(properties))
            if properties.find(W + "strike") is None:
                properties.insert(at, _made(properties, W + "strike"))
            place = parent.index(run)
            parent.remove(run)
            parent[place:place] = new
            surgeon.changed(parent)
            return True
        position += len(token.text)
    return False


def written_day(moment: datetime, picture: str | None, language: str) -> str:
    """A day as a date control writes it: "yyyy-MM-dd", "d MMMM yyyy". What is no part of a date stays as it is."""
    if not picture:
        return moment.strftime("%Y-%m-%d")
    months = _ENGLISH if language.lower().startswith("en") else _SWEDISH
    out, position = [], 0
    while position < len(picture):
        letter = picture[position]
        if letter == "'":
            close = picture.find("'", position + 1)
            close = close if close > 0 else len(picture)
            out.append(picture[position + 1 : close])
            position = close + 1
            continue
        count = len(picture[position:]) - len(picture[position:].lstrip(letter))
        match (letter, count):
            case ("y", _):
                out.append(f"{moment.year:04}" if count > 2 else f"{moment.year % 100:02}")
            case ("M", 1 | 2):
                out.append(f"{moment.month:0{count}}")
            case ("M", _):
                name = months[moment.month - 1]
                out.append(name[:3] if count == 3 else name)
            case ("d", 1 | 2):
                out.append(f"{moment.day:0{count}}")
            case ("d", _):
                pass
            case _:
                out.append(letter * count)
        position += count
    return "".join(out).strip(" ,") or moment.strftime("%Y-%m-%d")


def set_day(control: Element, moment: datetime) -> None:
    """What a date control knows beside what it shows."""
    date = control.find(f"{W}sdtPr/{W}date")
    if date is not None:
        date.set(W + "fullDate", moment.strftime("%Y-%m-%dT00:00:00Z"))


def choose_entry(mark: Element, index: int) -> None:
    """The chosen entry of a legacy drop-down."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    result = choices.find(W + "result")
    if result is None:
        result = _made(choices, W + "result")
        choices.insert(0, result)
    result.set(W + "val", str(index))


def is_multi_line(control: Element) -> bool:
    """Whether a control takes several lines: rich text does, plain text when it says so."""
    text = control.find(f"{W}sdtPr/{W}text")
    return text is None or text.get(W + "multiLine", "0") in ("1", "true", "on")


def most_characters(mark: Element) -> int | None:
    """A legacy field's cap in characters; 0 stands for none."""
    length = value(mark.find(f"{W}ffData/{W}textInput"), "maxLength")
    return int(length) if length is not None and length.isdigit() and int(length) else None
