"""Why something is suggested, in words: from the message files that command line and window share."""

from __future__ import annotations

from app.core.catalogue import filled, message_file
from app.gui.messages import language
from app.gui.secrecy.words import one_line
from app.secrecy.suggestions import Suggestion

__all__ = ["suggestion_words"]


def suggestion_words(one: Suggestion) -> str:
    """Its reason, and the label that gave it away."""
    entry = message_file(language()).get("suggestions", {}).get(one.why)
    said = entry.get("text", "") if isinstance(entry, dict) and "text" in entry else entry
    reason = filled(said, dict(one.values)) if said else ""
    return ": ".join(part for part in (reason, one_line(one.label, 60)) if part)
