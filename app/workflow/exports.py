"""The list as a file: the formats by their names, and the writing that leaves a file whole or untouched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.core.checklist import Checklist
from app.core.document import Finding
from app.export.file import Guard, Write, output_error, whole
from app.export.file import to_file as write_file
from app.export.work import NO_WORK, Work

__all__ = ["NO_WORK", "Guard", "Work", "Write", "output_error", "whole", "write_file", "writer"]


def writer(
    name: str, checklist: Checklist, language: str, describe: Callable[[Finding, str], str], work: Work = NO_WORK
) -> Write:
    """A function that writes the checklist to a binary stream in the format; `describe` puts findings in words.

    With `work`, the file holds what was made of the list as well. Only that format's library is loaded.
    """
    words = _in(describe, language)
    match name:
        case "xlsx":
            from app.export.xlsx import write_xlsx

            return partial(write_xlsx, checklist, language=language, describe=words, work=work)
        case "docx":
            from app.export.docx import write_docx

            return partial(write_docx, checklist, language=language, describe=words, work=work)
        case "html":
            from app.export.html import write_html

            return partial(write_html, checklist, language=language, describe=words, work=work)
        case _:
            from app.export.json import write_json

            return partial(write_json, checklist, language=language, describe=words, work=work)


def _in(describe: Callable[[Finding, str], str], language: str) -> Callable[[Finding], str]:
    def words(finding: Finding) -> str:
        return describe(finding, language)

    return words
