"""The layers of an Office file that a masked copy does without: dropped before anything is looked for in them.

Metadata, thumbnails, stored data of other programs, embedded files, macros, signatures, printers' settings, pivot caches, the log
of a shared workbook: nobody who reads the copy misses them, and each could hold what is masked.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from app.core.document import Finding
from app.secrecy.masking.package import Package, local, take_out
from app.secrecy.masking.sweep import PICTURES, drop_elements

__all__ = ["drop_layers"]

Element = Any

_DROPPED = re.compile(
    r"(^|/)(docProps/|customXml/|_xmlsignatures/|glossary/|embeddings/|activeX/|ctrlProps/|printerSettings/|revisions/|pivotTables/"
    r"|pivotCache/|slicers/|slicerCaches/|timelines/|timelineCaches/|userCustomization/|webextensions/|attachedToolbars|customUI/|customui/"
    r"|vbaProject|vbaData|calcChain\.xml$|people\.xml$|persons/|threadedComments/|macrosheets/|dialogsheets/|queryTables/|model/|queries/|mailMerge|richData/"
    r"|recipientData|changesInfos|commentsIds|commentsExtensible|webSettings\.xml$|xmlMaps\.xml$|connections\.xml$|[^/]*thumbnail[^/]*$)",
    re.IGNORECASE,
)
_SAID = {
    "embeddings/": "embedded",
    "vbaproject": "macros",
    "pivottables/": "pivot",
    "activex/": "controls",
    "ctrlprops/": "controls",
}
_SETTINGS = frozenset({"docVars", "mailMerge", "attachedTemplate", "attachedSchema"})
_BINDINGS = frozenset({"dataBinding", "placeholder"})
_WORKBOOK = frozenset({"fileSharing", "pivotCaches", "customWorkbookViews", "smartTagPr", "functionGroups"})
_SHEET = frozenset({"scenarios", "cellWatches", "smartTags", "webPublishItems"})
_ORDINARY = re.compile(r"image\d+\.\w+")
_MACRO_TYPES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ),
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    ),
}


def drop_layers(package: Package) -> list[Finding]:
    """Drop what the copy does without, and say what a reader might miss."""
    doomed = [part for part in package.names() if _goes(part)]
    said = {word for part in doomed for mark, word in _SAID.items() if mark in part.lower()}
    if any(not _DROPPED.search(part) for part in doomed):  # sound, film, text of another format
        said.add("embedded")
    _drop_objects(package)
    if any("richdata/" in part.lower() for part in doomed):
        doomed += _rich_values(package)
    package.drop(doomed)
    reached = _reached(package)
    package.drop([part for part in package.names() if part not in reached])
    for part in package.names():
        root = package.tree(part)
        if root is None:
            continue
        name = local(root)
        if name == "settings":
            drop_elements(root, _SETTINGS)
        elif name == "workbook":
            drop_elements(root, _WORKBOOK)
        elif name == "worksheet":
            drop_elements(root, _SHEET)
        elif name == "table":
            _unbind(root)
        drop_elements(root, _BINDINGS)
    _retype(package)
    _name_pictures(package)
    return [Finding("mask.layer_dropped", package.name, None, (("reason", f"mask_{word}"),)) for word in sorted(said)]


def _rich_values(package: Package) -> list[str]:
    """Stocks, places and pictures in cells are stored beside the sheets. Cells keep what they show and no longer point there."""
    for part in package.names():
        root = package.tree(part)
        if root is not None and local(root) == "worksheet":
            for element in root.iter():
                if local(element) == "c":
                    for name in ("vm", "cm"):
                        element.attrib.pop(name, None)
    return [part for part in package.names() if part.lower() == "xl/metadata.xml"]


def _name_pictures(package: Package) -> None:
    """Pictures are named by number: some programs name them after the file that they came from."""
    number = 0
    for part in package.names():
        folder, base = posixpath.split(part)
        ending = base.rpartition(".")[2].lower()
        if ending not in (*PICTURES, "svg") or _ORDINARY.fullmatch(base):
            continue
        while True:
            number += 1
            name = posixpath.join(folder, f"image{number}.{ending}")
            if name not in package.parts and f"{name[: -len(ending)]}{ending.upper()}" not in package.parts:
                break
        package.rename(part, name)


def _goes(part: str) -> bool:
    if _DROPPED.search(part):
        return True
    ending = part.rpartition(".")[2].lower()
    return ending not in PICTURES and ending not in ("xml", "rels", "vml", "svg")


def _drop_objects(package: Package) -> None:
    """An embedded object goes with its preview, a picture of its content that cannot be searched."""
    for part in package.names():
        root = package.tree(part) if part.endswith(".xml") else None
        if root is None or not any(local(element) in ("OLEObject", "oleObject", "externalData") for element in root.iter()):
            continue
        for element in [element for element in root.iter() if local(element) in ("object", "oleObjects")]:
            take_out(element)
        drop_elements(root, frozenset({"OLEObject", "oleObject", "externalData"}))


def _unbind(table: Element) -> None:
    """A table that was filled by a query is an ordinary one without it."""
    if table.get("tableType") is not None:
        for element in table.iter():
            for name in ("tableType", "queryTableFieldId", "connectionId", "insertRow"):
                element.attrib.pop(name, None)


def _reached(package: Package) -> set[str]:
    """The parts to which some chain of relations leads. The rest is what a program left over, or somebody hid."""
    found = {"[Content_Types].xml"}
    waiting = [""]
    while waiting:
        source = waiting.pop()
        folder, base = posixpath.split(source)
        found.add(posixpath.join(folder, "_rels", f"{base}.rels"))
        for _, target in package.relations(source):
            if target in package.parts and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _retype(package: Package) -> None:
    """Without its macros a file is an ordinary one."""
    types = package.tree("[Content_Types].xml")
    for entry in types if types is not None else ():
        if entry.get("ContentType") in _MACRO_TYPES:
            entry.set("ContentType", _MACRO_TYPES[entry.get("ContentType")])
