"""PDF: text and drawing as blocks in reading order. Pages are handled one at a time."""

from __future__ import annotations

from app.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
