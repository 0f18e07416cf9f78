"""The layers that nobody sees, cleaned: every attribute and text of every part in which a marked text or a piece of it stands.

A distinctive needle is looked for everywhere. A common word or a short number would also hit the format's own words and
measures, so it is looked for only where people's text can stand.
"""

from __future__ import annotations

import re
from typing import Any

from app.secrecy.masking.folding import is_numeric
from app.secrecy.masking.model import mask_name, mask_text
from app.secrecy.masking.needles import Needle, Needles
from app.secrecy.masking.package import Package, local, take_out

__all__ = ["PICTURES", "drop_elements", "found_in_tree", "is_shown", "sweep", "text_attribute"]

Element = Any


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "webp", "ico", "wdp", "jxr", "odttf"})
_NOT_SWEPT = ("[Content_Types].xml",)
_FORMATS_OWN = ("theme", "fonttable", "styles")
_TEXT_ATTRIBUTES = _words(
    """name descr title alt tooltip author initials displayText value prompt promptTitle error errorTitle string
    anchor location display userId displayName caption defaultValue comment description help statusBar text Target
    uniqueName command connection sourceFile url dataField r sourceRef formula oldName tag alias refersTo
    publishedName destination longDescription label hint styleId macro textlink altText formatCode uri codeName providerId
    lastEdited instr docLocation schemaLocation fullDate"""
)
_VALUE_OF = _words(
    """alias tag docVar default statusText helpText tblCaption tblDescription lvlText docPart name query connectString
    udl address filter customFilter pStyle rStyle tblStyle next link ffData entryMacro exitMacro headerSource
    dataSource mailSubject addressFieldName basedOn attachedSchema caption styleLink numStyleLink aliases listEntry attr
    docPartGallery docPartCategory sheetName"""
)
_NUMBERS_TEXT = _words(
    """t delText instrText delInstrText text author oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter
    definedName formula1 formula2 formula f title subject creator description keywords category lastModifiedBy Company
    Manager lpstr lpwstr name a contentStatus identifier version"""
)
_MARGINS = _words("oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter")
_MARGIN_CODE = re.compile(r"""(&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|.))""", re.DOTALL)
"""What a workbook's header is set with: place, font, size, colour. It stands right before the text: "&L1285" says 1285."""
_CELLS_OWN = _words("sheetData row c v is si sst")
_POINTS = frozenset({"v", "pt"})
_AS_NAME = frozenset(["instrText", "delInstrText", "f", "formula", "formula1", "formula2", "definedName"])


def text_attribute(element: Element, name: str) -> bool:
    """Whether people's text can stand in the attribute."""
    bare = name.rpartition("}")[2]
    if bare == "val":
        return local(element) in _VALUE_OF
    return bare in _TEXT_ATTRIBUTES


def sweep(package: Package, needles: Needles) -> int:
    """Replace every needle in texts and attributes of all parts; in what is not seen, also those that stand open elsewhere.

    How many places were cleaned.
    """
    count = 0
    for part in package.names():
        root = None if part in _NOT_SWEPT else package.tree(part)
        if root is None:
            continue
        own = _is_formats_own_part(part)
        for element in list(root.iter()):
            count += _sweep_element(element, needles, own=own and _is_formats_own(element))
            if needles.unseen is not None and not is_shown(element):
                count += _sweep_element(element, needles.unseen, own=own and _is_formats_own(element))
    return count


def is_shown(element: Element) -> bool:
    """Whether an element is, or may be, what a reader sees: the text of a run, a cell and what is in it. The chains of texts tell
    more of them (hidden runs, comments) and have been cleaned before."""
    name = local(element)
    if name == "t":
        return True
    return name in _CELLS_OWN and next((local(above) for above in element.iterancestors()), "") in _CELLS_OWN


def _is_formats_own_part(part: str) -> bool:
    """Whether a part holds names of fonts, colours and built-in styles, which are no people's words."""
    return any(word in part.lower() for word in _FORMATS_OWN)


def _is_formats_own(element: Element) -> bool:
    """Whether an element of such a part is not of a style or a number format that people have made."""
    if local(element) == "numFmt":
        return False
    style = element if local(element) in ("style", "cellStyle") else element.getparent()
    named = style is not None and (
        any(name.endswith("customStyle") for name in style.attrib)
        or (local(style) == "cellStyle" and style.get("builtinId") is None)
    )
    return not named


def _sweep_element(element: Element, needles: Needles, *, own: bool) -> int:
    count = 0
    for name, value in list(element.attrib.items()):
        words = not own and text_attribute(element, name)
        if local(element) == "Relationship":
            changed = _target(element, name, value, needles)
        else:
            changed = needles.replaced(value, mask_name, anywhere=not words)
            if not words and not own:
                changed = needles.renamed(changed, mask_name)
        if changed != value:
            element.set(name, changed)
            count += 1
    instead = mask_name if local(element) in _AS_NAME else mask_text
    if element.text and (changed := _swept(element.text, local(element), needles, instead)) != element.text:
        element.text = changed
        count += 1
    if element.tail and (changed := needles.replaced(element.tail, mask_text)) != element.tail:
        element.tail = changed
        count += 1
    return count


def _swept(text: str, tag: str, needles: Needles, instead: Any) -> str:
    """Short numbers are replaced only in elements that hold people's text: elsewhere they are measures."""
    if tag in _MARGINS:
        text = "".join(needles.replaced(piece, instead) for piece in _MARGIN_CODE.split(text))
    found = needles.first_in(text)
    if found is None:
        return text
    if is_numeric(found.text) and not found.anywhere and tag not in _NUMBERS_TEXT:
        return needles.replaced(text, instead, anywhere=True)
    return needles.replaced(text, instead)


def _target(element: Element, name: str, value: str, needles: Needles) -> str:
    """A link whose address tells is cut; a part's own name is not changed here (see `prove_office`)."""
    if name == "Target" and element.get("TargetMode") == "External":
        return "about:blank" if needles.first_in(_unescaped(value)) or needles.first_in(value) else value
    return value


def _unescaped(value: str) -> str:
    from urllib.parse import unquote

    return unquote(value)


def found_in_tree(root: Element, part: str, needles: Needles, *, shown: bool = True) -> Needle | None:
    """A needle that is still in a part, by the same rules by which it is swept; without `shown`, in what is not seen."""
    of_format = _is_formats_own_part(part)
    people_write = _NUMBERS_TEXT | _POINTS if local(root) == "chartSpace" else _NUMBERS_TEXT
    for element in root.iter():
        if not shown and is_shown(element):
            continue
        own = of_format and _is_formats_own(element)
        for name, value in element.attrib.items():
            words = not own and text_attribute(element, name)
            found = needles.first_in(value, anywhere=not words)
            if found is None and not words and not own and local(element) != "Relationship":
                found = needles.name_in(value)
            if found is not None:
                return found
        for text in (element.text, element.tail):
            found = needles.first_in(text) if text else None
            if found is not None:
                if is_numeric(found.text) and not found.anywhere and local(element) not in people_write:
                    found = needles.first_in(text or "", anywhere=True)
                if found is not None:
                    return found
        if local(element) in _MARGINS:
            for piece in _MARGIN_CODE.split(element.text or ""):
                if (found := needles.first_in(piece)) is not None:
                    return found
    return None


def drop_elements(root: Element, tags: frozenset[str]) -> int:
    """Take out every element of these names. How many there were."""
    doomed = [element for element in root.iter() if local(element) in tags]
    for element in doomed:
        take_out(element)
    return len(doomed)
