"""An Office file's parts changed and added, with the relations and content types that they need."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

__all__ = ["KINDS", "with_parts"]

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def with_parts(
    data: bytes,
    changes: Mapping[str, Callable[[bytes], bytes]] | None = None,
    added: Mapping[str, str | bytes] | None = None,
    relations: Sequence[tuple[str, str, str, str]] = (),
    types: Mapping[str, str] | None = None,
    comment: bytes = b"",
) -> bytes:
    """The file with some parts changed and some added. A relation is (source part, id, kind, target); an address is external."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in (changes or {}).items():
        assert change(parts[name]) != parts[name], f"nothing to change in {name}"
        parts[name] = change(parts[name])
    for name, content in (added or {}).items():
        parts[name] = content.encode() if isinstance(content, str) else content
    for source, key, kind, target in relations:
        folder, base = posixpath.split(source)
        held = posixpath.join(folder, "_rels", f"{base}.rels")
        outside = ' TargetMode="External"' if "://" in target else ""
        full = kind if "://" in kind else f"{KINDS}/{kind}"
        entry = f'<Relationship Id="{key}" Type="{full}" Target="{target}"{outside}/></Relationships>'
        old = parts.get(held, _RELATIONS)
        parts[held] = old.replace(b"</Relationships>", entry.encode()).replace(
            b'/relationships"/>', b'/relationships">' + entry.encode()
        )
    for ending in ("xlsx", "bin", "jpeg", "vml", "png", "emf", "wmf"):
        entry = f'<Default Extension="{ending}" ContentType="application/octet-stream"/>'
        if f'Extension="{ending}"'.encode() not in parts["[Content_Types].xml"] and any(name.endswith(ending) for name in parts):
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry.encode() + b"</Types>")
    for name, kind in (types or {}).items():
        entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry.encode())
    target_file = BytesIO()
    with ZipFile(target_file, "w", ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return target_file.getvalue()
