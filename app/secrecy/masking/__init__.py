"""Masked copies: the bytes of a file and what is marked in it to the bytes of a copy in which that can no longer be found.

Every copy is proven before it is given: it is read again by a library that did not write it, and its bytes are searched. Whatever
is not certain is an error, and then there is no copy.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from app.core.errors import UnsupportedFormatError
from app.secrecy.masking.model import Mark, Masked, MaskJob

__all__ = ["FORMATS", "Mark", "MaskJob", "Masked", "mask"]

FORMATS = ("pdf", "docx", "xlsx", "text", "csv")
"""The formats that can be masked."""

_MASKERS = {
    "pdf": ("pdf", "mask_pdf"),
    "docx": ("word", "mask_docx"),
    "xlsx": ("excel", "mask_xlsx"),
    "text": ("plain", "mask_plain"),
    "csv": ("plain", "mask_plain"),
}


def mask(job: MaskJob, form: str) -> Masked:
    """The masked copy of a file in one of `FORMATS`. Raises MaskingError and other errors of the tree; then there is no copy."""
    if form not in _MASKERS:
        raise UnsupportedFormatError(job.name)
    module, name = _MASKERS[form]
    masker: Callable[[MaskJob], Masked] = getattr(import_module(f"app.secrecy.masking.{module}"), name)
    return masker(job)
