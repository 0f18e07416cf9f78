"""Reads Word documents. `read_docx` is the only way in."""

from app.documents.docx.reader import read_docx

__all__ = ["read_docx"]
