"""The annex is, part by part, what it was when somebody last looked at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tests.support.annexes import SEVERAL, pages_of, written
from tests.support.golden import REGENERATE, compare, parts

LANGUAGES = ("sv", "en")


def test_golden_files_are_compared_and_not_made_anew() -> None:
    """Fails whenever they are, so that no run that makes them can pass for a test."""
    assert not REGENERATE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["txt", "json"])
def test_text_and_data(form: str, language: str) -> None:
    compare(f"annex/{language}.{form}", written(form, SEVERAL, language).decode("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_word(language: str) -> None:
    names = r"word/(document|header\d+|footer\d+)\.xml|docProps/core\.xml"
    compare(f"annex/{language}.docx.xml", parts(written("docx", SEVERAL, language), names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel(language: str) -> None:
    names = r"xl/(worksheets/sheet\d+|sharedStrings|workbook)\.xml|docProps/core\.xml"
    compare(f"annex/{language}.xlsx.xml", parts(written("xlsx", SEVERAL, language), names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf(language: str) -> None:
    content = written("pdf", SEVERAL, language)
    pages = [f"=== page {number}\n{re.sub(chr(13), '', page)}" for number, page in enumerate(pages_of(content), 1)]
    root: Any = PdfReader(BytesIO(content)).trailer["/Root"]
    compare(
        f"annex/{language}.pdf.txt", "\n".join([*pages, "=== structure", *structure(root["/StructTreeRoot"]["/K"], 0)]) + "\n"
    )


def structure(node: Any, depth: int) -> Iterator[str]:
    """The tags of a PDF, an element a line."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for part in node:
            yield from structure(part, depth)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield f"{'  ' * depth}{node['/S']}"
            depth += 1
        if "/K" in node:
            yield from structure(node["/K"], depth)
