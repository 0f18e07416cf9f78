"""Who acts in a sentence: the bidder, the buyer or something else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from app.core.document import Document
from app.extraction import kept
from app.extraction.rules import bounded, rules, word_bounded, words, words_pattern

_CLAUSE_BREAK = kept.pattern(r"[,;:(–]|\s-\s")
_FRONTED = kept.pattern(
    r"(?:om|när|där|för|i|vid|efter|av|på|genom|med|under|innan|före|därför|det|detta|dessa|utöver|enligt|senast|inom|till|från|som|således|"
    r"då|härvid|därmed|därutöver|vidare|också|även|samtidigt|sedan|inför|mot|åt|hos|såvida|därefter|dock|först|if|when|where|in|for|upon|after|"
    r"before|under|by|at|prior|during|unless|should)(?!\w)",
    re.IGNORECASE,
)
_NOT_SUBJECT = kept.pattern(
    r"(?:som|vilka|vilket|vilken|att|av|till|hos|från|med|för|enligt|åt|på|i|om|mellan|mot|utan|inom|via|gentemot|inför|of|by|to|for|with|from|"
    r"that|which|the|and|och|eller|or)\s+(?:den\s+|det\s+|the\s+|respektive\s+)?$",
    re.IGNORECASE,
)
_ARTICLE = kept.pattern(r"(?:and|och|eller|or|the)\s+(?:den\s+|det\s+|the\s+|respektive\s+)?$", re.IGNORECASE)
_BY = kept.pattern(r"\s*(?:(?!begäran|anmodan|grund|anledning|del|hjälp)\w+\s+){0,2}?av\s+(?:den\s+)?", re.IGNORECASE)
# "ska den bekostas av": who a passive verb names acts, whoever stands before it.
_ACTS = kept.pattern(
    r"\s+(?:\w+\s+){0,2}?(?:\w{3,}s(?:\s+i)?\s+av|be\s+\w+\s+by(?:\s+the)?)\s+(?:den\s+|varje\s+)?", re.IGNORECASE
)
# English mostly keeps the subject before these: "For each part the tenderer shall state …", but "In no event shall the buyer …".
_SUBJECT_FIRST = kept.pattern(r"(?:shall|must|should|will|may)(?!\w)", re.IGNORECASE)
_FAR = 9  # a party further than this many words before its verb is hardly its subject


class Actor(Enum):
    """Whose act a sentence states."""

    BIDDER = "bidder"
    BUYER = "buyer"
    AGREEMENT = "agreement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Parties:
    """The words for the parties in one document."""

    bidder: re.Pattern[str]
    buyer: re.Pattern[str]
    tender: re.Pattern[str]
    agreement: re.Pattern[str]

    def actor(self, sentence: str, verb_start: int, verb_end: int) -> Actor:
        """Subject of the verb that stands at `verb_start` to `verb_end` of the sentence."""
        clause = 0
        for match in _CLAUSE_BREAK.finditer(sentence, 0, verb_start):
            clause = match.end()
        segment = sentence[clause:verb_start].strip()
        # In "krav på att leverantören ska" the verb's subject stands after "att".
        inner = segment.rpartition(" att ")[2]
        if inner != segment and any(pattern.search(inner) for _, pattern in self._patterns()):
            segment = inner
        # Swedish puts the subject after the verb when something else stands first: "Om så sker ska myndigheten …".
        if not segment or _FRONTED.match(segment):
            if _SUBJECT_FIRST.match(sentence, verb_start) is not None and (before := self._last(segment)) is not None:
                return before
            after = self._first(sentence[verb_end : verb_end + 60], 0, nearest=4)
            if after is not None:
                return after
        acts = _ACTS.match(sentence, verb_end)
        if acts is not None and self.bidder.match(sentence, acts.end()) and self.agreement.search(segment) is None:
            return Actor.BIDDER
        agent = _BY.match(sentence[verb_end : verb_end + 80])
        if agent is not None and self.bidder.search(sentence) is None and self.buyer.match(sentence, verb_end + agent.end()):
            return Actor.BUYER
        before = self._last(segment or sentence[:verb_start])
        return before or Actor.OTHER

    def _patterns(self) -> tuple[tuple[Actor, re.Pattern[str]], ...]:
        return (
            (Actor.BUYER, self.buyer),
            (Actor.BIDDER, self.bidder),
            (Actor.BIDDER, self.tender),
            (Actor.AGREEMENT, self.agreement),
        )

    def _first(self, text: str, start: int, nearest: int) -> Actor | None:
        found = [
            (match.start(), actor)
            for actor, pattern in self._patterns()
            if (match := pattern.search(text, start)) is not None
            and len(text[: match.start()].split()) <= nearest
            and not _prepositional(text[: match.start()])
        ]
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _last(self, text: str) -> Actor | None:
        best: tuple[int, Actor] | None = None
        for actor, pattern in self._patterns():
            for match in pattern.finditer(text):
                if _prepositional(text[: match.start()]) or len(text[match.end() :].split()) > _FAR:
                    continue
                # "beställarens krav ska": what is owned is the subject, not its owner.
                if actor is Actor.BUYER and match[0].lower().endswith(("s", "’s", "'s")) and text[match.end() :].strip():
                    continue
                if best is None or match.start() < best[0]:
                    best = (match.start(), actor)
        return best[1] if best else None


def _prepositional(before: str) -> bool:
    return _NOT_SUBJECT.search(before) is not None and _ARTICLE.search(before) is None


def _starts_word(text: str, place: int) -> bool:
    return place == 0 or not (text[place - 1].isalnum() or text[place - 1] == "_")


def find_parties(document: Document) -> Parties:
    """The parties' words, with the buyer's names that this document itself uses."""
    lists = words("parties")
    bidder, tender = words_pattern(lists["bidder"]), words_pattern(lists["tender"])
    common = words_pattern(f"{lists['agreement']}|{lists['common']}")
    # A name begins with a capital, and the words of the act don't. Without a look behind, a search skips to the capitals, which
    # is several times faster; one inside a word is left then.
    acting = [(rule, kept.pattern(bounded(rule.source).removeprefix(r"(?<!\w)"))) for rule in rules("parties")]
    named = Counter(
        match["name"]
        for _, block in document.body()
        for lowered in (block.text.lower(),)
        for rule, acts in acting
        if not rule.is_absent(lowered)
        for match in acts.finditer(block.text)
        if _starts_word(block.text, match.start())
        and not any(pattern.fullmatch(match["name"]) for pattern in (bidder, tender, common))
    )
    names = [re.escape(name) + "(?:s|['’]s|:s)?" for name, count in named.items() if count > 1]
    buyer = lists["buyer"]
    if names:
        buyer = f"(?:{buyer}|(?-i:{'|'.join(names)}))"
    if any(block.text.startswith(("AFB", "AFC")) for _, block in document.body()):
        # General provisions for construction works write B for the buyer and E for the contractor.
        buyer = f"(?:{buyer}|(?-i:B:?s?))"
        bidder = words_pattern(f"(?:{lists['bidder']}|(?-i:(?:E|UE|SE)(?:[:’']?s)?))")
    return Parties(bidder, (word_bounded if names else words_pattern)(buyer), tender, words_pattern(lists["agreement"]))
