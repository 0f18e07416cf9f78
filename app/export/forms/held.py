"""What the places of a form hold: of the original and of a copy that somebody filled in, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from lxml import etree

from app.core.errors import CorruptFileError
from app.export.forms.model import FormJob, Target

__all__ = ["held"]


def held(original: FormJob, copy: FormJob, kind: str) -> Mapping[int, tuple[str, str]]:
    """What each target's place holds in the original and in the copy, by the target's number; those that are not found left out.

    The original's job has the targets. Raises errors of the tree.
    """
    if kind == "xlsx":
        return _both(_cells(original, original.targets), _cells(copy, original.targets))
    if kind == "pdf":
        from app.export.forms.pdf import held_in_pdf

        return _both(held_in_pdf(original, original.targets), held_in_pdf(copy, original.targets))
    from app.export.forms.word_held import held_in_word

    try:
        return held_in_word(original, copy)
    except etree.XMLSyntaxError as error:
        raise CorruptFileError(copy.name) from error


def _both(before: Mapping[int, str], after: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    return {number: (before[number], after[number]) for number in before if number in after}


def _cells(job: FormJob, targets: Sequence[Target]) -> dict[int, str]:
    from openpyxl import load_workbook

    from app.export.matrix import entry_text

    try:
        workbook = load_workbook(BytesIO(job.data), data_only=True, keep_links=False)
    except Exception as error:
        raise CorruptFileError(job.name) from error
    found: dict[int, str] = {}
    for target in targets:
        sheet, cell = target.place.sheet, target.place.cell
        if sheet in workbook.sheetnames and cell and ":" not in cell:
            value = workbook[sheet][cell].value
            number = isinstance(value, float)
            found[target.number] = entry_text(value).replace(".", ",") if number else entry_text(value)
    return found
