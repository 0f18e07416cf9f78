"""Answer slots: every place that the bidder fills in or hands in a file at, found by what it is, in any layout."""

from app.extraction.slots.find import find_slots

__all__ = ["find_slots"]
