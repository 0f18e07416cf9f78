"""The export formats by the names that the command line has for them."""

from __future__ import annotations

from functools import partial

from app.cli.messages import describe
from app.cli.output import Write
from app.core.checklist import Checklist

__all__ = ["writer"]


def writer(name: str, checklist: Checklist, language: str) -> Write:
    """A function that writes the checklist to a binary stream in the format."""
    if name == "json":
        from app.export.json import write_json as write
    elif name == "xlsx":
        from app.export.xlsx import write_xlsx as write
    elif name == "docx":
        from app.export.docx import write_docx as write
    else:
        from app.export.html import write_html as write
    return partial(write, checklist, language=language, describe=partial(describe, language=language))
