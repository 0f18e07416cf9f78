"""What Word and Excel packages have in common: properties, signatures, authors of comments."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from app.documents.ooxml import unpack_errors

__all__ = ["local", "properties", "signed_package", "xml_part"]

_CORE = {"creator": "author", "lastModifiedBy": "last_modified_by", "title": "title"}
_APP = {"Company": "company", "Manager": "manager", "Pages": "pages", "Template": "template"}
_LARGEST = 64 * 1024 * 1024


def xml_part(package: ZipFile, name: str) -> etree._Element | None:
    """The root of a part of a checked package; None where there is none or it cannot be read."""
    try:
        if package.getinfo(name).file_size > _LARGEST:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        return etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, *unpack_errors):
        return None


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def properties(package: ZipFile) -> tuple[tuple[str, str], ...]:
    """Author, company and the like, as far as they are set."""
    found = []
    for part, names in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        root = xml_part(package, part)
        for child in root if root is not None else ():
            name = names.get(local(child))
            text = " ".join((child.text or "").split())
            if name and text:
                found.append((name, text[:200]))
    return tuple(found)


def signed_package(package: ZipFile) -> bool:
    """Whether the package carries a digital signature."""
    return any(
        name.startswith("_xmlsignatures/") and name.endswith(".xml") and "origin" not in name for name in package.namelist()
    )
