"""The export formats by the names that the command line has for them."""

from __future__ import annotations

from functools import partial

from app.cli.messages import describe
from app.cli.output import Write
from app.core.checklist import Checklist

__all__ = ["writer"]


def writer(name: str, checklist: Checklist, language: str) -> Write:
    """A function that writes the checklist to a binary stream in the format. Only that format's library is loaded."""
    words = partial(describe, language=language)
    match name:
        case "xlsx":
            from app.export.xlsx import write_xlsx

            return partial(write_xlsx, checklist, language=language, describe=words)
        case "docx":
            from app.export.docx import write_docx

            return partial(write_docx, checklist, language=language, describe=words)
        case "html":
            from app.export.html import write_html

            return partial(write_html, checklist, language=language, describe=words)
        case _:
            from app.export.json import write_json

            return partial(write_json, checklist, language=language, describe=words)
