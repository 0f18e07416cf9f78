"""Excel workbooks (xlsx, xlsm, xltx) to documents. Formulas are not computed, macros not run, links not followed."""

from __future__ import annotations

from app.documents.xlsx.reader import read_xlsx

__all__ = ["read_xlsx"]
