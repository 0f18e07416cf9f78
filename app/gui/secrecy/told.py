"""Why something is suggested, in words: from the message files that command line and window share."""

from __future__ import annotations

from app.core.catalogue import filled, message_file
from app.gui.messages import language
from app.gui.secrecy.words import one_line
from app.secrecy.suggestions import Suggestion

__all__ = ["suggestion_words"]


def suggestion_words(one: Suggestion) -> str:
    """Its reason, with the label that gave it away where there is one; nothing for a reason that this version does not know."""
    words, values = message_file(language())["words"], dict(one.values)
    key = f"why_{one.why}" if values.get("label") else f"why_{one.why}_bare"
    return filled(words.get(key, ""), {name: one_line(value, 60) for name, value in values.items()})
