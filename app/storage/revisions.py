"""The versions of the schema, known without its tables: a vault is looked at before SQLAlchemy is there."""

from __future__ import annotations

__all__ = ["REVISIONS"]

REVISIONS = ("0001", "0002", "0003")
"""Every version of the schema that this program knows, oldest first."""
