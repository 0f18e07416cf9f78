"""Answers into copies of the buyer's own forms. What was not asked to change stays as it is, byte for byte where the format
allows."""

from __future__ import annotations

from app.export.forms.model import Filled, FormJob, Result, Target

__all__ = ["Filled", "FormJob", "Result", "Target", "fill"]


def fill(job: FormJob, kind: str) -> Filled:
    """The filled copy of a form; `kind` is xlsx, docx or pdf. Raises errors of the tree. The job's bytes have been checked."""
    if kind == "xlsx":
        from app.export.forms.workbook import fill_workbook

        return fill_workbook(job)
    if kind == "docx":
        from app.export.forms.word import fill_word

        return fill_word(job)
    from app.export.forms.pdf import fill_pdf

    return fill_pdf(job)
