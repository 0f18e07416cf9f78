"""Answers into a Word form: into its controls, fields, blanks, boxes and empty cells, in the look that the form gives them."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from app.core.document import AnswerType, Finding
from app.core.errors import CorruptFileError
from app.export.forms.model import Filled, FormJob, Result, Target, unfit
from app.export.forms.package import Package
from app.export.forms.surgery import Element, Surgeon, parsed
from app.export.forms.values import as_yes_no, legal_text, option_of
from app.export.forms.word_binding import Bindings
from app.export.forms.word_fill import into_spot
from app.export.forms.word_text import BOXES, Kind, Spot, Token, W, is_place, spots_in_text, tokens_of, value
from app.export.forms.word_write import strike, tick, write_cell

__all__ = ["WordForm", "WordScope", "fill_word", "place_to_write"]

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_CHOICES = frozenset({AnswerType.YES_NO, AnswerType.CHOICE})
_WRITABLE = frozenset({Kind.CONTROL, Kind.FIELD, Kind.BLANK})


class WordScope:
    """A paragraph or a cell with the places in it. They are looked for anew when something was written."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.tokens: list[Token] = tokens_of(element)
        self.text, self.spots = spots_in_text(self.tokens)
        around = _control_around(element)
        if around is not None and not any(spot.element is around for spot in self.spots):
            self.spots.insert(0, Spot(Kind.CONTROL, around, 0, len(self.text)))

    @property
    def empty_cell(self) -> bool:
        """Whether it is a cell with nothing in it."""
        return self.element.tag == W + "tc" and not self.text.strip() and not self.spots


class WordForm:
    """A Word file being filled in."""

    def __init__(self, job: FormJob) -> None:
        self.package = Package(job.name, job.data)
        self.main = self.package.main("word/document.xml")
        data = self.package.read(self.main)
        if data is None:
            raise CorruptFileError(job.name)
        self.surgeon = Surgeon(data, _STRICT)
        self.paragraphs: list[Element] = list(self.surgeon.root.iter(W + "p"))
        self.bindings = Bindings(self.package)
        self.protection = self._protection()
        self.used: set[Element | tuple[Element, int]] = set()
        self.by_answer: dict[Element, int] = {}

    def _protection(self) -> str | None:
        """forms: only fields can be filled in; readOnly and the like: nothing; None: not protected."""
        for kind, part in self.package.relations(self.main).values():
            data = self.package.read(part) if kind == "settings" else None
            if data is not None:
                for old, new in _STRICT:
                    data = data.replace(old, new)
                found = parsed(data).find(W + "documentProtection")
                if found is not None and found.get(W + "enforcement", "0") in ("1", "true", "on"):
                    return str(found.get(W + "edit", "none"))
        return None

    def scopes(self, target: Target) -> list[WordScope]:
        """The paragraphs and cells that may hold the target's place."""
        found: list[Element] = []
        for number in target.paragraphs:
            if number < len(self.paragraphs):
                paragraph = self.paragraphs[number]
                cell = _cell_of(paragraph) if target.whole_cell else None
                found.append(cell if cell is not None else paragraph)
        return [WordScope(element) for element in dict.fromkeys(found)]


def fill_word(job: FormJob) -> Filled:
    """The filled copy. Raises CorruptFileError."""
    try:
        form = WordForm(job)
        results = tuple(_one(form, target) for target in job.targets)
        parts = {}
        member = form.package.member(form.main)
        if form.surgeon.touched and member is not None:
            parts[member] = form.surgeon.result()
        parts |= form.bindings.changed()
        findings = _told(form, job.name)
    except etree.XMLSyntaxError as error:
        raise CorruptFileError(job.name) from error
    return Filled(form.package.with_parts(parts) if parts else job.data, results, findings, tuple(sorted(parts)))


def _told(form: WordForm, name: str) -> tuple[Finding, ...]:
    found = []
    if any(member.lower().endswith("vbaproject.bin") for member in form.package.members):
        found.append(Finding("fill.macros", name))
    if any("_xmlsignatures/" in member.lower() for member in form.package.members):
        found.append(Finding("fill.signature_broken", name))
    return tuple(found)


def _one(form: WordForm, target: Target) -> Result:
    target = replace(target, value=legal_text(target.value))
    if target.field is not None:
        return _named(form, target)
    scopes = form.scopes(target)
    if not scopes:
        return unfit(target, "fill.no_slot")
    if form.protection not in (None, "none", "forms", "trackedChanges", "comments"):
        return unfit(target, "fill.locked")
    if target.type in _CHOICES:
        chosen = _under_head(form, target, scopes) or _choice(form, target, scopes)
        if chosen is not None:
            return chosen
    spot = place_to_write(form, target, scopes)
    if spot is None:
        return _cell(form, target, scopes)
    return _write(form, target, *spot)


def _write(form: WordForm, target: Target, scope: WordScope, spot: Spot) -> Result:
    fields = (Kind.CONTROL, Kind.FIELD, Kind.TICK, Kind.BOX)
    if form.protection == "forms" and spot.kind not in fields:
        return unfit(target, "fill.locked")
    result = into_spot(target, scope.tokens, spot, form.surgeon, form.bindings)
    if result.reason is None:
        form.used.add(_key(scope, spot))
    return result


def _key(scope: WordScope, spot: Spot) -> Element | tuple[Element, int]:
    return spot.element if spot.element is not None else (scope.element, spot.start)


# Text and choices written out


def place_to_write(form: WordForm, target: Target, scopes: list[WordScope]) -> tuple[WordScope, Spot] | None:
    """The place to write at: the one right after the question's words, else the one at the question's turn."""
    for kinds in (_WRITABLE, frozenset({Kind.PROMPT})):
        free = [
            (scope, spot) for scope in scopes for spot in scope.spots if spot.kind in kinds and _key(scope, spot) not in form.used
        ]
        if not free:
            continue
        words = _words(target.after)
        after = [pair for pair in free if words and _words(pair[1].before).endswith(words)]
        if after:
            return after[0]
        below = [pair for pair in free if words and not pair[1].before.strip() and _words(pair[1].after).startswith(words)]
        if below:
            return below[0]
        # Places that other questions of the same text have taken leave the next one for this.
        return free[0]
    return None


def _cell(form: WordForm, target: Target, scopes: list[WordScope]) -> Result:
    """An empty cell, when there is no place of any other kind; a unit or a currency in it stays behind the answer."""
    for scope in scopes:
        if scope.empty_cell and scope.element not in form.used:
            return _into_cell(form, target, scope, target.value, target.value)
        cell = scope.element.tag == W + "tc" and scope.element not in form.used and target.slot
        if cell and not scope.spots and len(scope.text.strip()) <= 12 and scope.text.strip().lower().strip(".:") in _UNITS:
            first = next((token for token in scope.tokens if token.text.strip()), None)
            if first is not None:
                from app.export.forms.word_write import write_text

                start = len(scope.text) - len(scope.text.lstrip())
                write_text(
                    scope.tokens, Spot(Kind.PROMPT, None, start, start + 1), f"{target.value} {scope.text[start]}", form.surgeon
                )
                form.used.add(scope.element)
                return Result(target.number, target.value, target.place)
    return unfit(target, "fill.taken" if any(scope.spots for scope in scopes) else "fill.no_slot")


_UNITS = frozenset(
    {"kr", "sek", "%", "st", "tim", "h", "kr/tim", "kr/st", "sek/tim", "sek/h", "timmar", "eur", "€", "kr/h", "år"}
)


def _into_cell(form: WordForm, target: Target, scope: WordScope, text: str, told: str) -> Result:
    if form.protection == "forms":
        return unfit(target, "fill.locked")
    write_cell(scope.element, text, form.surgeon)
    form.used.add(scope.element)
    return Result(target.number, told, target.place)


# Boxes to tick


def _choice(form: WordForm, target: Target, scopes: list[WordScope]) -> Result | None:
    """Tick what is chosen; None when there is nothing to tick, so that the answer is written out."""
    boxes = [
        (scope, spot) for scope in scopes for spot in scope.spots if spot.kind in BOXES and _key(scope, spot) not in form.used
    ]
    if not boxes:
        return _printed(form, target, scopes)
    if form.protection == "forms" and any(spot.kind is Kind.SQUARE for _, spot in boxes):
        return unfit(target, "fill.locked")
    if len(boxes) == 1:
        said = as_yes_no(target.value)
        label = _labels(boxes)[0]
        if said is None and (option_of(target.value, [label]) is None or not label):
            return unfit(target, "fill.not_yes_no", (label,) if label else ())
        return _ticked(form, target, boxes, [0] if said is not False else [], "☒" if said is not False else "☐")
    labels = _labels(boxes)
    one_each = len({id(scope) for scope, _ in boxes}) == len(boxes) == len(scopes) == len(target.heads)
    if one_each and not all(labels):
        labels = target.heads  # bare boxes, each below the name of its column
    chosen = option_of(target.value, labels)
    if chosen is not None:
        return _ticked(form, target, boxes, [chosen], labels[chosen])
    several = [option_of(line, labels) for line in target.value.splitlines() if line.strip()]
    if several and all(each is not None for each in several) and target.type is AnswerType.CHOICE:
        return _ticked(form, target, boxes, [each for each in several if each is not None], target.value)
    return unfit(target, "fill.not_in_list", tuple(labels))


def _under_head(form: WordForm, target: Target, scopes: list[WordScope]) -> Result | None:
    """A cross in the column of the chosen answer ("Ja | Nej"), when that is what the columns of the open cells are called."""
    index = option_of(target.value, target.heads) if len(target.heads) == len(scopes) > 1 else None
    if index is None or any(spot.kind in BOXES for scope in scopes for spot in scope.spots):
        return None
    scope, told = scopes[index], target.heads[index]
    if scope.empty_cell:
        return _into_cell(form, target, scope, "X", told)
    spot = next((spot for spot in scope.spots if spot.kind in _WRITABLE and _key(scope, spot) not in form.used), None)
    if spot is None:
        return None
    result = _write(form, replace(target, value="X", type=AnswerType.TEXT), scope, spot)
    return replace(result, written=told) if result.reason is None else None


def _ticked(form: WordForm, target: Target, boxes: list[tuple[WordScope, Spot]], chosen: list[int], told: str) -> Result:
    # From the end, so that the characters before keep their places.
    for number in sorted(range(len(boxes)), reverse=True):
        scope, spot = boxes[number]
        if number in chosen or spot.kind is not Kind.SQUARE:
            tick(scope.tokens, spot, number in chosen, form.surgeon)
            if spot.kind is Kind.SQUARE:
                _renew(scope)
        form.used.add(_key(scope, spot))
    return Result(target.number, told, target.place)


def _renew(scope: WordScope) -> None:
    """The text after something was written into it."""
    scope.tokens = tokens_of(scope.element)


def _labels(boxes: list[tuple[WordScope, Spot]]) -> tuple[str, ...]:
    """What each box stands for: the words after it, or those before it where they come first."""
    after = [spot.after.strip(" \t/,;:.") for _, spot in boxes]
    before = [spot.before.strip(" \t/,;:.?") for _, spot in boxes]
    if all(after):
        return tuple(after)
    if all(before):
        # The words before the first box may hold the question too.
        before[0] = before[0].split()[-1] if as_yes_no(before[0].split()[-1]) is not None else before[0]
        return tuple(before)
    return tuple(one or other for one, other in zip(after, before, strict=True))


def _printed(form: WordForm, target: Target, scopes: list[WordScope]) -> Result | None:
    """ "Ja / Nej" in print, one of which is struck out."""
    for scope in scopes:
        words = scope.text.strip().rstrip(".:*").replace("|", "/").split("/")
        options = [word.strip() for word in words]
        if scope.element.tag != W + "tc" or len(options) != 2 or {as_yes_no(word) for word in options} != {True, False}:
            continue
        chosen = option_of(target.value, options)
        if chosen is None:
            return unfit(target, "fill.not_in_list", tuple(options))
        if form.protection == "forms":
            return unfit(target, "fill.locked")
        other = options[1 - chosen]
        start = scope.text.find(other)
        if strike(scope.tokens, start, start + len(other), form.surgeon):
            form.used.add(scope.element)
            return Result(target.number, options[chosen], target.place)
    return None


# Places by their names


def _named(form: WordForm, target: Target) -> Result:
    wanted = (target.field or "").strip().casefold()
    found: list[Spot] = []
    for control in form.surgeon.root.iter(W + "sdt"):
        properties = control.find(W + "sdtPr")
        if wanted in _names(properties, ("alias", "tag")) and is_place(control):
            ticks = any(str(each.tag).endswith("}checkbox") for each in properties)
            found.append(Spot(Kind.TICK if ticks else Kind.CONTROL, control, 0, 0))
    for data in form.surgeon.root.iter(W + "ffData"):
        if wanted in _names(data, ("name",)):
            paragraph = next((each for each in data.iterancestors(W + "p")), None)
            for token in tokens_of(paragraph) if paragraph is not None else ():
                if token.spot is not None and token.element is data.getparent():
                    found.append(Spot(token.spot, token.element, 0, 0, token=token))
    free = [spot for spot in found if spot.element not in form.used]
    if not free:
        return unfit(target, "fill.taken" if found else "fill.no_field")
    if form.protection not in (None, "none", "forms", "trackedChanges", "comments"):
        return unfit(target, "fill.locked")
    spot = free[0]
    result = into_spot(target, [], spot, form.surgeon, form.bindings)
    if result.reason is None:
        form.used.add(spot.element)
        if len(free) > 1:
            note = Finding("fill.same_name", "", None, (("count", str(len(free))),))
            result = replace(result, notes=(*result.notes, note))
    return result


def _names(properties: Element | None, tags: tuple[str, ...]) -> set[str]:
    return {(value(properties, tag) or "").strip().casefold() for tag in tags} - {""}


def _control_around(element: Element) -> Element | None:
    """The content control to fill in that a paragraph or a cell stands in."""
    for up in element.iterancestors():
        if up.tag == W + "sdt":
            return up if is_place(up) and up.find(f".//{W}tbl") is None else None
        if up.tag in (W + "tbl", W + "body") or (up.tag == W + "tc" and element.tag == W + "tc"):
            return None
    return None


def _cell_of(paragraph: Element) -> Element | None:
    return next((up for up in paragraph.iterancestors() if up.tag == W + "tc"), None)


def _words(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
