"""What stands at the places of a Word form in a copy that somebody filled in, found by the words around them in the original."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from app.export.forms.model import FormJob, Target
from app.export.forms.surgery import Element
from app.export.forms.values import as_yes_no
from app.export.forms.word import WordForm, WordScope, box_labels, place_to_write
from app.export.forms.word_text import BOXES, PROMPT, W14, Kind, Spot, W, flag, value

__all__ = ["held_in_word"]

_TICKED = frozenset("☒☑●")
_WORD = re.compile(r"[^\W_]+")
_DRAWN = re.compile(r"[☐□❑❒▢◻⬜◯○☒☑●]|\[[ xX]{0,3}\]|\([ xX]{1,3}\)")
_MOST_PAIRS = 250_000
_EMPTY = 0.05
"""An empty paragraph may have become any other, when that has no better counterpart."""


def held_in_word(original: FormJob, copy: FormJob) -> dict[int, tuple[str, str]]:
    """What each target's place holds in the original and in the copy."""
    old, new = WordForm(original), WordForm(copy)
    places = _aligned(old.paragraphs, new.paragraphs)
    found: dict[int, tuple[str, str]] = {}
    for target in original.targets:
        scopes = old.scopes(target)
        moved = [places.get(number) for number in target.paragraphs]
        if not scopes or any(number is None for number in moved):
            continue
        others = new.scopes(_at(target, tuple(number for number in moved if number is not None)))
        pairs = list(zip(scopes, others, strict=False))
        if len(scopes) != len(others):
            continue
        held = _held(old, new, target, pairs)
        if held is not None:
            found[target.number] = held
    return found


def _at(target: Target, paragraphs: tuple[int, ...]) -> Target:
    return Target(target.number, "", paragraphs=paragraphs, whole_cell=target.whole_cell)


def _aligned(old: Sequence[Element], new: Sequence[Element]) -> dict[int, int]:
    """Which paragraph of the copy each one of the original has become."""
    if len(old) == len(new):
        return {number: number for number in range(len(old))}
    before, after = ([_text(each) for each in some] for some in (old, new))
    places: dict[int, int] = {}
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            places.update({number: j1 + number - i1 for number in range(i1, i2)})
        elif kind == "replace":
            places.update(_alike(before, after, range(i1, i2), range(j1, j2)))
    return places


def _alike(before: Sequence[str], after: Sequence[str], old: range, new: range) -> dict[int, int]:
    """Paragraphs between two that are the same, paired in their order so that their words agree most; empty ones may become
    any."""
    if len(old) * len(new) > _MOST_PAIRS:
        return dict(zip(old, new, strict=False))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = best[i + 1][j + 1] + _likeness(before[old[i]], after[new[j]])
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    places: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j + 1] + _likeness(before[old[i]], after[new[j]]):
            places[old[i]] = new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return places


def _likeness(one: str, other: str) -> float:
    """How far two paragraphs say the same, from 0 to 1: the words of the first that the second has in the same order."""
    words, others = _WORD.findall(one.casefold()), _WORD.findall(other.casefold())
    if not words:
        return _EMPTY
    common = sum(block.size for block in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks())
    return common / len(words)


def _text(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(W + "t"))


def _held(old: WordForm, new: WordForm, target: Target, pairs: list[tuple[WordScope, WordScope]]) -> tuple[str, str] | None:
    boxes = [(scope, spot) for scope, _ in pairs for spot in scope.spots if spot.kind in BOXES]
    if boxes and target.type in ("yes_no", "choice"):
        return _ticked(old, new, target, pairs)
    found = place_to_write(old, target, [scope for scope, _ in pairs])
    if found is None:
        for scope, other in pairs:
            if scope.empty_cell and other.text.strip():
                return "", other.text.strip()
        return ("", "") if any(scope.empty_cell for scope, _ in pairs) else None
    scope, spot = found
    old.used.add(spot.element if spot.element is not None else (scope.element, spot.start))
    if spot.element is not None:
        twin = _twin(old, new, spot.element)
        return (_shown(spot.element), _shown(twin)) if twin is not None else None
    other = next(after for before, after in pairs if before is scope)
    now = _between(scope, spot, other)
    return ("", now) if now is not None else None


def _twin(old: WordForm, new: WordForm, element: Element) -> Element | None:
    """The same control or field in the copy: by its id, else by its turn when there are as many."""
    if element.tag == W + "sdt":
        identity = value(element.find(W + "sdtPr"), "id")
        same = [each for each in new.surgeon.root.iter(W + "sdt") if identity and value(each.find(W + "sdtPr"), "id") == identity]
        if len(same) == 1:
            return same[0]
    before, after = (list(form.surgeon.root.iter(element.tag)) for form in (old, new))
    return after[before.index(element)] if len(before) == len(after) else None


def _shown(element: Element) -> str:
    """What a control or field holds; nothing while it shows its prompt."""
    if element.tag == W + "sdt":
        properties = element.find(W + "sdtPr")
        box = properties.find(W14 + "checkbox")
        if box is not None:
            checked = box.find(W14 + "checked")
            return "Ja" if checked is not None and checked.get(W14 + "val", "0") in ("1", "true") else ""
        lines = ["".join(each.text or "" for each in line.iter(W + "t")) for line in element.iter(W + "p")] or [_text(element)]
        text = "\n".join(lines).strip()
        return "" if flag(properties, "showingPlcHdr") or PROMPT.fullmatch(text) else text
    data = element.find(W + "ffData")
    if data.find(W + "checkBox") is not None:
        box = data.find(W + "checkBox")
        on = flag(box, "checked") if box.find(W + "checked") is not None else flag(box, "default")
        return "Ja" if on else ""
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [each.get(W + "val", "") for each in choices.iter(W + "listEntry")]
        chosen = value(choices, "result")
        return entries[int(chosen)].strip() if chosen and chosen.isdigit() and int(chosen) < len(entries) else ""
    return _result(element)


def _result(mark: Element) -> str:
    """The text between a field's separator and its end, in its paragraph."""
    paragraph = next(mark.iterancestors(W + "p"))
    inside, shown, text = False, False, ""
    for each in paragraph.iter(W + "fldChar", W + "t", W + "br"):
        if each is mark:
            inside = True
        elif inside and each.tag == W + "fldChar":
            if each.get(W + "fldCharType") == "end":
                break
            shown = True
        elif inside and shown:
            text += each.text or "" if each.tag == W + "t" else "\n"
    return text.replace("\u2002", " ").strip()


def _between(scope: WordScope, spot: Spot, other: WordScope) -> str | None:
    """What stands in the copy where the original has a blank: the words around it are the same."""
    pattern, position, group = "", 0, 0
    marks = [each for each in scope.spots if each.element is None and each.kind is not Kind.SQUARE]
    for number, each in enumerate(marks, 1):
        pattern += re.escape(scope.text[position : each.start]) + "(.*?)"
        position = each.end
        group = number if each is spot else group
    pattern += re.escape(scope.text[position:])
    match = re.fullmatch(re.sub(r"(?:\\\s|\s)+", r"\\s+", pattern), other.text, re.DOTALL)
    if match is None or not group:
        return None
    found = match[group].strip()
    blank = scope.text[spot.start : spot.end].strip()
    return "" if found == blank else found.strip("_ .…") if spot.kind is Kind.BLANK and set(found) & set("_…") else found


def _ticked(old: WordForm, new: WordForm, target: Target, pairs: list[tuple[WordScope, WordScope]]) -> tuple[str, str] | None:
    """The words of the boxes that are ticked, before and now."""
    before: list[str] = []
    after: list[str] = []
    boxes = [(scope, spot) for scope, _ in pairs for spot in scope.spots if spot.kind in BOXES]
    count = len(boxes)
    labels = iter(box_labels(boxes, len(pairs), target.heads))
    for scope, other in pairs:
        drawn = [mark in _TICKED or "x" in mark.lower() for mark in _DRAWN.findall(other.text)]
        turn = 0
        for spot in (each for each in scope.spots if each.kind in BOXES):
            label = next(labels)
            if spot.element is not None:
                twin = _twin(old, new, spot.element)
                was, now = bool(_shown(spot.element)), twin is not None and bool(_shown(twin))
            else:
                was, now = False, turn < len(drawn) and drawn[turn]
                turn += 1
            name = label if count > 1 and label else "Ja"
            before += [name] if was else []
            after += [name] if now else []
    told = "\n".join(after)
    return "\n".join(before), {True: "Ja", False: "Nej"}.get(said, told) if (
        said := as_yes_no(told)
    ) is not None and count <= 2 else told
