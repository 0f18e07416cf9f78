"""Conditions: the words that tell when something holds, "Om ombud anlitas", "if applicable"."""

from __future__ import annotations

import re

from app.extraction import kept
from app.extraction.cues import Cues, by_role, find_cues, word

_NEAR = 60  # letters
_CONDITION_END = kept.pattern(r"[,:]|(?<!\w)(?:ska|skall|måste|bör|får|kan|shall|must|should|may)(?!\w)", re.IGNORECASE)
_CLAUSE_END = kept.pattern(r"[,.;:()](?=\s|$)|(?<!\w)(?:ska|skall|måste|shall|must)(?!\w)", re.IGNORECASE)


def condition_in(text: str) -> str | None:
    """The condition that words without a verb name: "Fullmakt, om annan än firmatecknare undertecknar".

    One for the form of what is handed in is none: "arbetsprover, avidentifierade om så krävs".
    """
    cues = find_cues(text, making=False)
    condition = find_condition(text, cues) if cues is not None else None
    if cues is None or not sets_condition(condition, cues):
        return None
    form = word("of_the_form").search(text)
    if form is not None and condition is not None and form.start() < condition.start() < form.end():
        return None
    return words_of(text, condition)


def find_condition(sentence: str, cues: Cues) -> re.Match[str] | None:
    """The words that open a condition. After "informeras" or "kunskap" the word tells what that is about."""
    found = cues.first("condition")
    while found is not None and word("governs_about").search(sentence[max(0, found.start() - _NEAR) : found.start()]) is not None:
        after = found.end()
        later = [match for rule in by_role()["condition"] if (match := rule.pattern.search(sentence, after)) is not None]
        found = min(later, key=lambda match: match.start()) if later else None
    return found


def sets_condition(condition: re.Match[str] | None, cues: Cues) -> bool:
    """Whether the words found set a condition. "om" and "if" inside a sentence may as well tell what something is about."""
    return condition is not None and (
        condition.start() < 3 or condition[0] not in ("om", "if") or "condition.clause" in cues.ids("condition")
    )


def words_of(sentence: str, condition: re.Match[str] | None) -> str | None:
    """The condition in the document's words."""
    if condition is None:
        return None
    if condition.start() >= 3:
        if word("only_if").match(condition[0]) is None:
            return sentence[condition.start() : condition.end()]
        stop = _CLAUSE_END.search(sentence, condition.end())
        return sentence[condition.start() : stop.start() if stop is not None else len(sentence)].strip()
    # The word that opens a condition may be one that ends another: "Should the bidder be foreign, …".
    opened = condition.start() + len(condition[0].split()[0])
    stop = _CONDITION_END.search(sentence, opened) or word("given").search(sentence, opened)
    return sentence[condition.start() : stop.start() if stop is not None else condition.end()].strip()
