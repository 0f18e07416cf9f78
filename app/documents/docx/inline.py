"""What a paragraph shows: its runs, fields, controls and breaks in order. Judges nothing about its place in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.core.document import Slot
from app.documents.docx.controls import GENERIC, checkbox, control_slot, field_slot, field_ticked, is_prompt
from app.documents.docx.parts import MC, Element, W, is_on, value, whole
from app.documents.docx.styles import LEADERS, Style, Styles, merged_stops
from app.documents.docx.symbols import from_symbol_font, visible

__all__ = ["Inline", "Piece", "Shown", "alternative"]

FILL_LINE = "____"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DESCEND = frozenset(W + tag for tag in ("hyperlink", "smartTag", "customXml", "bdo", "dir", "fldSimple", "moveTo", "ins"))
_GONE = frozenset(W + tag for tag in ("del", "moveFrom", "pPr", "delText", "rt"))
_BLANKS = re.compile(r"[ \u00a0\t_]{3,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some shown text of one look, a break, or a slot where it stands."""

    text: str = ""
    slot: Slot | None = None
    line_break: bool = False
    hidden: bool = False
    inserted: bool = False
    bold: bool = False
    struck: bool = False
    size: float | None = None


@dataclass(slots=True)
class Shown:
    """A paragraph as shown, and what hangs on it: text boxes, notes, comments."""

    style_id: str | None
    style: Style
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    contents: bool = False


@dataclass(slots=True)
class _Field:
    begin: Element
    instruction: str = ""
    in_result: bool = False
    start: int = 0


class Inline:
    """Reads paragraphs in order. Fields may run over several paragraphs, so their state is kept between them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.fields: list[_Field] = []
        self.shown = Shown(None, styles.default)
        self.stops: list[str] = []
        self.tabs = 0
        self.inserted = 0

    def read(self, paragraph: Element) -> Shown:
        """The paragraph as shown."""
        properties = paragraph.find(W + "pPr")
        style_id = value(properties, "pStyle")
        style = self.styles.of(style_id)
        self.shown = shown = Shown(style_id, style)
        self.stops = [leader for _, leader in merged_stops(style.stops, properties)]
        self.tabs = self.inserted = 0
        for each in self.fields:
            # An instruction ends with its paragraph at the latest: a field that was cut must not swallow the text.
            each.start, each.in_result = 0, True
        shown.contents = self._in_contents() or style.name.startswith(("toc ", "innehåll"))
        self._children(paragraph)
        shown.contents = shown.contents or self._in_contents()
        return shown

    def _in_contents(self) -> bool:
        return any(each.instruction.split(None, 1)[:1] == ["TOC"] for each in self.fields)

    def _children(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag in _GONE:
                continue
            elif tag in _DESCEND:
                self._nested(child, tag)
            elif tag == MC + "AlternateContent":
                self._children(alternative(child))
            elif tag in (W + "commentRangeStart", W + "commentReference"):
                self._comment(child)
            elif tag == W + "ruby":
                self._children(child.find(W + "rubyBase") if child.find(W + "rubyBase") is not None else child)
            elif isinstance(tag, str) and tag.endswith(("}oMath", "}oMathPara")):
                self._add("".join(each.text or "" for each in child.iter(_MATH_TEXT)))

    def _nested(self, child: Element, tag: str) -> None:
        if tag == W + "fldSimple":
            start = len(self.shown.pieces)
            self._children(child)
            shown = "".join(piece.text for piece in self.shown.pieces[start:])
            self._field_end(_Field(child, child.get(W + "instr", ""), True, start), shown)
            return
        new = tag in (W + "ins", W + "moveTo")
        self.inserted += new
        self._children(child)
        self.inserted -= new

    def _comment(self, child: Element) -> None:
        comment = child.get(W + "id")
        if comment is not None and comment not in self.shown.comments:
            self.shown.comments.append(comment)

    def _control(self, control: Element) -> None:
        content = control.find(W + "sdtContent")
        if content is None:
            return
        start = len(self.shown.pieces)
        self._children(content)
        shown = "".join(piece.text for piece in self.shown.pieces[start:])
        slot = control_slot(control, shown)
        if slot is None:
            return
        ticked = checkbox(control)
        if ticked is not None and not shown.strip():
            self._add("☒" if ticked else "☐")
        if is_prompt(control, shown):
            del self.shown.pieces[start:]
        self.shown.pieces.append(Piece(slot=slot))

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        look = self._look(properties)
        font, underlined = _font(properties), value(properties, "u") not in (None, "none")
        for child in run:
            tag = child.tag
            if tag == W + "t":
                text = visible(child.text or "", font)
                self._add(_BLANKS.sub(FILL_LINE, text) if underlined else text, look)
            elif tag in (W + "tab", W + "ptab"):
                self._tab(child, look, underlined)
            elif tag in (W + "br", W + "cr"):
                if self._visible():
                    self.shown.pieces.append(Piece(" ", line_break=child.get(W + "type", "textWrapping") == "textWrapping"))
            elif tag == W + "noBreakHyphen":
                self._add("-", look)
            elif tag == W + "sym":
                self._add(from_symbol_font(_hex(child.get(W + "char")), child.get(W + "font", "")), look)
            elif tag == W + "fldChar":
                self._field(child)
            elif tag == W + "instrText":
                if self.fields and not self.fields[-1].in_result:
                    self.fields[-1].instruction += child.text or ""
            elif tag == W + "footnoteReference":
                self.shown.footnotes.append(child.get(W + "id", ""))
            elif tag == W + "endnoteReference":
                self.shown.endnotes.append(child.get(W + "id", ""))
            elif tag == W + "commentReference":
                self._comment(child)
            elif tag == MC + "AlternateContent":
                self._drawing(alternative(child))
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child)
            elif tag == W + "ruby":
                self._children(child.find(W + "rubyBase") if child.find(W + "rubyBase") is not None else child)

    def _look(self, properties: Element | None) -> Piece:
        """The look of a run: its own properties, else its character style's, else the paragraph's."""
        if properties is None:
            style = self.shown.style
            return Piece(hidden=style.hidden, inserted=self.inserted > 0, bold=style.bold, size=style.size)
        style, own = self.shown.style, value(properties, "rStyle")
        given = self.styles.of(own) if own is not None and own in self.styles.raw else None
        hidden, bold = is_on(properties, "vanish"), is_on(properties, "b")
        inherited_hidden = style.hidden or (given is not None and given.hidden)
        inherited_bold = style.bold or (given is not None and given.bold)
        size = value(properties, "sz")
        return Piece(
            hidden=inherited_hidden if hidden is None else hidden,
            inserted=self.inserted > 0 or properties.find(W + "ins") is not None,
            bold=inherited_bold if bold is None else bold,
            struck=bool(is_on(properties, "strike") or is_on(properties, "dstrike")),
            size=whole(size) / 2 if size is not None else style.size,
        )

    def _visible(self) -> bool:
        return all(each.in_result for each in self.fields)

    def _add(self, text: str, look: Piece | None = None) -> None:
        if text and self._visible():
            look = look or Piece(inserted=self.inserted > 0)
            self.shown.pieces.append(
                Piece(text, hidden=look.hidden, inserted=look.inserted, bold=look.bold, struck=look.struck, size=look.size)
            )

    def _tab(self, tab: Element, look: Piece, underlined: bool) -> None:
        """A tab that draws a line of dots or underscores is a place to write on, except in a table of contents."""
        leader = tab.get(W + "leader") or (self.stops[min(self.tabs, len(self.stops) - 1)] if self.stops else "none")
        self.tabs += 1
        drawn = (leader in LEADERS or underlined) and not self.shown.contents and not self._in_contents()
        self._add(f" {FILL_LINE} " if drawn else "\t", look)

    def _field(self, mark: Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(_Field(mark, start=len(self.shown.pieces)))
        elif not self.fields:
            return
        elif kind == "separate":
            self.fields[-1].in_result, self.fields[-1].start = True, len(self.shown.pieces)
        elif kind == "end":
            ended = self.fields.pop()
            self._field_end(ended, "".join(piece.text for piece in self.shown.pieces[ended.start :]) if ended.in_result else "")

    def _field_end(self, ended: _Field, shown: str) -> None:
        name, _, rest = ended.instruction.strip().partition(" ")
        name = name.upper()
        if name == "MACROBUTTON" and not shown:
            # Old templates prompt with a button that runs nothing: its face is its second word onwards.
            self._add(rest.strip().partition(" ")[2].strip())
            return
        if name == "FORMCHECKBOX":
            self._add("☒" if field_ticked(ended.begin) else "☐")
        slot = field_slot(ended.begin, ended.instruction, shown)
        if slot is not None and self._visible():
            if slot.value is None and name != "FORMCHECKBOX":
                # The empty field's blanks, a prompt that is its default or a drop-down's first entry: not an answer.
                default = shown.replace("\u2002", "").strip()
                if not default or GENERIC.match(default):
                    del self.shown.pieces[ended.start :]
            self.shown.pieces.append(Piece(slot=slot))

    def _drawing(self, drawing: Element) -> None:
        """The text boxes of a drawing: the outermost ones, for a box in a box is read with its holder."""
        for each in drawing:
            if each.tag == W + "txbxContent":
                self.shown.boxes.append(each)
            elif each.tag == MC + "AlternateContent":
                self._drawing(alternative(each))
            elif isinstance(each.tag, str):
                self._drawing(each)


def alternative(element: Element) -> Element:
    """Of content given twice, the one that newer programs show; the fallback where that holds nothing."""
    choice, fallback = element.find(MC + "Choice"), element.find(MC + "Fallback")
    if choice is not None and (fallback is None or len(choice)):
        return choice
    return fallback if fallback is not None else element


def _font(properties: Element | None) -> str:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    if fonts is None:
        return ""
    font: str = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(W + "cs") or ""
    return font


def _hex(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0
