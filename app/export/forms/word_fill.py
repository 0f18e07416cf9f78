"""An answer into one place of a Word form, if the place takes it: its length, its options, its kind, its lock."""

from __future__ import annotations

from app.core.document import Finding
from app.export.forms.model import Result, Target, unfit
from app.export.forms.surgery import Element, Surgeon
from app.export.forms.values import as_day, as_number, as_yes_no, option_of
from app.export.forms.word_binding import Bindings
from app.export.forms.word_text import BOXES, Kind, Spot, Token, W, flag, value
from app.export.forms.word_write import (
    choose_entry,
    is_multi_line,
    most_characters,
    set_day,
    tick,
    write_control,
    write_field,
    write_text,
    written_day,
)

__all__ = ["into_spot"]


def into_spot(target: Target, tokens: list[Token], spot: Spot, surgeon: Surgeon, bindings: Bindings) -> Result:
    """Write the answer into the place, or say why it does not fit."""
    if spot.kind in BOXES:
        said = as_yes_no(target.value)
        if said is None:
            return unfit(target, "fill.not_yes_no")
        if spot.kind is Kind.TICK and _locked(spot.element):
            return unfit(target, "fill.locked")
        tick(tokens, spot, said, surgeon)
        return Result(target.number, "☒" if said else "☐", target.place, target.field)
    if spot.kind is Kind.CONTROL:
        return _control(target, spot.element, surgeon, bindings)
    if spot.kind is Kind.FIELD and spot.token is not None:
        return _field(target, spot.token, surgeon)
    write_text(tokens, spot, target.value, surgeon)
    return Result(target.number, target.value, target.place, target.field)


def _locked(control: Element) -> bool:
    return (value(control.find(W + "sdtPr"), "lock") or "").lower() in ("contentlocked", "sdtcontentlocked")


def _control(target: Target, control: Element, surgeon: Surgeon, bindings: Bindings) -> Result:
    properties = control.find(W + "sdtPr")
    if _locked(control):
        return unfit(target, "fill.locked")
    text, stored, notes = target.value, None, []
    for tag in ("dropDownList", "comboBox"):
        choices = properties.find(W + tag)
        if choices is None:
            continue
        listed = [
            ((each.get(W + "displayText") or each.get(W + "value") or "").strip(), each.get(W + "value") or "")
            for each in choices.iter(W + "listItem")
            if each.get(W + "value") != ""
        ]
        shown = [words for words, _ in listed]
        chosen = option_of(text, shown)
        if chosen is None and tag == "dropDownList":
            return unfit(target, "fill.not_in_list", tuple(shown))
        if chosen is not None:
            text, stored = listed[chosen]
            choices.set(W + "lastValue", stored)
    date = properties.find(W + "date")
    if date is not None:
        moment = as_day(text)
        if moment is None:
            return unfit(target, "fill.not_date")
        set_day(control, moment)
        text = written_day(moment, value(date, "dateFormat"), value(date, "lid") or "sv")
        stored = moment.strftime("%Y-%m-%d")
    elif "\n" in text and not is_multi_line(control):
        text = " ".join(line.strip() for line in text.split("\n") if line.strip())
        notes.append(Finding("fill.one_line", ""))
    if not write_control(control, text, surgeon):
        return unfit(target, "fill.not_open")
    bound = properties.find(W + "dataBinding")
    if bound is not None and not bindings.write(bound, stored or text):
        notes.append(Finding("fill.bound", ""))
    return Result(target.number, text, target.place, target.field, None, tuple(notes))


def _field(target: Target, token: Token, surgeon: Surgeon) -> Result:
    mark = token.element
    data = mark.find(W + "ffData")
    if data.find(W + "enabled") is not None and not flag(data, "enabled"):
        return unfit(target, "fill.locked")
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [each.get(W + "val", "") for each in choices.iter(W + "listEntry")]
        chosen = option_of(target.value, entries)
        if chosen is None:
            return unfit(target, "fill.not_in_list", tuple(entry for entry in entries if entry.strip()))
        choose_entry(mark, chosen)
        surgeon.changed(mark)
        return Result(target.number, entries[chosen], target.place, target.field)
    kind = (value(data.find(W + "textInput"), "type") or "regular").lower()
    if kind.startswith(("calculat", "current")):
        return unfit(target, "fill.formula")
    if kind == "number" and as_number(target.value) is None:
        return unfit(target, "fill.not_number")
    if kind == "date" and as_day(target.value) is None:
        return unfit(target, "fill.not_date")
    most = most_characters(mark)
    if most is not None and len(target.value) > most:
        return unfit(target, "fill.too_long", length=len(target.value), limit=most)
    if not write_field(token, target.value, surgeon):
        return unfit(target, "fill.not_open")
    return Result(target.number, target.value, target.place, target.field)
