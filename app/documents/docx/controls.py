"""Content controls and legacy form fields as slots: what they are called, what they take, what they hold."""

from __future__ import annotations

import re

from app.core.document import AnswerType, Slot, SlotOrigin
from app.documents.docx.parts import W14, Element, W, is_on, value

# What Word itself shows in an empty control. It names no question, so it is neither text nor value.
GENERIC = re.compile(
    r"[\[(<]?\s*(?:klicka|tryck|click|tap|enter|choose|välj|ange|skriv|select|type)\b[^:?]{0,60}?"
    r"(?:\btext\b|\bobjekt\b|\bitem\b|\bdatum\b|\bdate\b|\bhär\b|\bhere\b|\balternativ\b|\bvärde\b)[^:?\w]*$",
    re.IGNORECASE,
)
_CHOOSE = re.compile(r"[\[(<]?\s*(?:välj|choose|select|ange datum|klicka)\b", re.IGNORECASE)
_JUNK_TAG = re.compile(r"goog_|^[_\W]|^[0-9a-f-]{16,}$|^\d+$|^(?:text|dropdown|listruta|kryss|check|kombobox)\d*$", re.IGNORECASE)
_YES_NO = frozenset({"ja", "nej", "yes", "no"})
_CONTAINERS = ("docPartObj", "docPartList", "group", "citation", "bibliography", "equation", "picture")
# Properties of the document itself (its title, its author) are shown by controls, and nobody is asked for them.
_PROPERTIES = ("coreProperties", "core-properties", "extended-properties", "CoverPageProperties")


def is_contents(control: Element) -> bool:
    """Whether the control holds a table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in gallery.get(W + "val", "").lower()


def is_placeholder(control: Element) -> bool:
    """Whether what the control shows is only its prompt."""
    return bool(is_on(control.find(W + "sdtPr"), "showingPlcHdr"))


def is_prompt(control: Element, shown: str) -> bool:
    """Whether what the control shows is a prompt that says no more than "fill in here"."""
    shown = shown.strip()
    if checkbox(control) is not None:
        return False
    if GENERIC.match(shown):
        return True
    properties = control.find(W + "sdtPr")
    listed = properties is not None and any(properties.find(W + tag) is not None for tag in ("dropDownList", "comboBox", "date"))
    return listed and len(shown) < 60 and _CHOOSE.match(shown) is not None


def checkbox(control: Element) -> bool | None:
    """None when the control is no check box, else whether it is ticked."""
    box = control.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return None
    checked = box.find(W14 + "checked")
    return checked is not None and checked.get(W14 + "val", "0") in ("1", "true", "on")


def control_slot(control: Element, shown: str) -> Slot | None:
    """The slot of a content control that shows `shown`; None when it is no place to fill in."""
    properties = control.find(W + "sdtPr")
    if properties is None or any(properties.find(W + tag) is not None for tag in _CONTAINERS):
        return None
    if any("repeatingSection" in child.tag for child in properties if isinstance(child.tag, str)):
        return None
    if (value(properties, "lock") or "").lower() in ("contentlocked", "sdtcontentlocked"):
        return None
    binding = properties.find(W + "dataBinding")
    if binding is not None and any(
        each in binding.get(W + "xpath", "") + binding.get(W + "prefixMappings", "") for each in _PROPERTIES
    ):
        return None
    empty, label = is_placeholder(control) or is_prompt(control, shown), _label(properties)
    ticked = checkbox(control)
    if ticked is not None:
        return Slot(SlotOrigin.CONTENT_CONTROL, AnswerType.YES_NO, label, value="☒" if ticked else None)
    options = _options(properties)
    kind = AnswerType.TEXT
    if options is not None:
        kind = AnswerType.YES_NO if {each.lower() for each in options} == {"ja", "nej"} else AnswerType.CHOICE
    elif properties.find(W + "date") is not None:
        kind = AnswerType.DATE
    elif properties.find(W + "text") is None and not empty and shown.strip():
        # Rich text that already holds text is part of the document; some editors wrap every paragraph so.
        return None
    if empty and label is None and not is_prompt(control, shown):
        label = shown.strip() or None
    held = None if empty or not shown.strip() else shown.strip()
    return Slot(SlotOrigin.CONTENT_CONTROL, kind, label, options or (), value=held)


def field_slot(begin: Element, instruction: str, shown: str) -> Slot | None:
    """The slot of a legacy form field; `begin` holds its data."""
    data = begin.find(W + "ffData")
    name = instruction.split(None, 1)[0].upper() if instruction.split() else ""
    if name not in ("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN") or is_on(data, "enabled") is False:
        return None
    label = _human(value(data, "statusText")) or _human(value(data, "helpText")) or _human(value(data, "name"))
    if name == "FORMCHECKBOX":
        ticked = field_ticked(begin)
        return Slot(SlotOrigin.LEGACY_FIELD, AnswerType.YES_NO, label, value="☒" if ticked else None)
    if name == "FORMDROPDOWN":
        entries = tuple(each.get(W + "val", "") for each in data.iter(W + "listEntry")) if data is not None else ()
        options = tuple(each for each in entries if each.strip())
        chosen = value(data.find(W + "ddList"), "result") if data is not None else None
        held = entries[int(chosen)] if chosen is not None and chosen.isdigit() and int(chosen) < len(entries) else None
        kind = AnswerType.YES_NO if {each.lower() for each in options} <= _YES_NO and options else AnswerType.CHOICE
        return Slot(SlotOrigin.LEGACY_FIELD, kind, label, options, value=(held or "").strip() or None)
    text = data.find(W + "textInput") if data is not None else None
    given = (value(text, "type") or "regular").lower()
    kind = {"number": AnswerType.NUMBER, "date": AnswerType.DATE}.get(given, AnswerType.TEXT)
    if given.startswith(("calculat", "current")):
        return None
    held = shown.replace("\u2002", " ").strip()
    if held == (value(text, "default") or "").strip():
        held = ""
    return Slot(SlotOrigin.LEGACY_FIELD, kind, label, value=held or None, limit=_most(value(text, "maxLength")))


def _most(length: str | None) -> str | None:
    """A field's cap in characters; 0 stands for none to Word."""
    return length if length is not None and length.isdigit() and int(length) else None


def field_ticked(begin: Element) -> bool:
    """Whether a legacy check box is ticked: its state, else its default."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    state = is_on(box, "checked")
    return bool(state if state is not None else is_on(box, "default"))


def _label(properties: Element) -> str | None:
    return _human(value(properties, "alias")) or _human(value(properties, "tag"))


def _human(text: str | None) -> str | None:
    """A name that somebody gave; None for what an editor made up."""
    text = " ".join((text or "").split())
    return None if not text or _JUNK_TAG.search(text) else text


def _options(properties: Element) -> tuple[str, ...] | None:
    for tag in ("dropDownList", "comboBox"):
        choices = properties.find(W + tag)
        if choices is not None:
            listed = [
                (each.get(W + "displayText") or each.get(W + "value") or "", each.get(W + "value"))
                for each in choices.iter(W + "listItem")
            ]
            # The first entry without a value is the prompt.
            return tuple(
                text.strip() for text, held in listed if held != "" and text.strip() and not (GENERIC.match(text.strip()))
            )
    return None
