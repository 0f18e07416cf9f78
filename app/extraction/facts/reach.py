"""How far the words that announce a day reach: to the end of their sentence, and not past a time that is told without a day."""

from __future__ import annotations

import re

from app.extraction import kept
from app.extraction.facts.dates import moments

_SENTENCE_END = kept.pattern(r"(?<![\d\s][\d.])(?<!kl)(?<!den)(?<!\b[a-zåäö])[.;!?]\s+(?=[A-ZÅÄÖ])")
# A figure ends a sentence as well ("… vecka 20. Sista anbudsdag …"), unless it counts a month, or the words before it a part.
_FIGURE_END = kept.pattern(
    r"(?<=\d)[.!?]\s+(?=(?-i:[A-ZÅÄÖ]))(?!(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\b)", re.IGNORECASE
)
_COUNTS = kept.pattern(
    r"(?:avsnitt|kapitel|kap\.?|punkt|pkt|bilaga|nr\.?|section|clause|annex|no\.?|den|the|kl\.?|klockan)\s[\d.:]+$", re.I
)
# A time that is no day: what stands after it and is more than the same time in figures belongs to something else.
_ROUGH = kept.pattern(
    r"[\s:–-]*(?:(?:till|i|under|tidigast|preliminärt|ca|cirka|to|for|in|during|around|ske|fattas|meddelas|be|is|är)\s+){0,4}"
    r"(?:(?:vecka|v\.?|week|kvartal|quarter|Q)\s?\d{1,2}|(?:våren|sommaren|hösten|vintern|spring|summer|autumn|winter)"
    r"|(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*(?=\s20\d\d))(?:,?\s(?:of\s)?20\d\d)?\b",
    re.IGNORECASE,
)
_SAME_TIME = kept.pattern(
    r"[\s:,(–-]*(?:(?:dvs|det vill säga|i\.?e\.?|närmare bestämt|den|the|on|från|from|med start|starting|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s.:,]*)*",
    re.IGNORECASE,
)


def sentence_stop(text: str, start: int, stop: int) -> int:
    """Where the sentence ends that goes on at `start`, or the stretch; a label in a cell goes on in the next one.

    A day at a sentence's end lets the next one be read: where the day no longer holds, that one tells the new day.
    """
    ends = [found.start() for found in (_SENTENCE_END.search(text, start, stop),) if found is not None]
    ends += [found.start() for found in _FIGURE_END.finditer(text, start, stop) if not _goes_on(text, start, found.start())]
    closing = min(ends, default=None)
    return stop if closing is None or "\t" in text[start:closing] else closing + 1


def _goes_on(text: str, start: int, end: int) -> bool:
    return _COUNTS.search(text, start, end) is not None or any(moment.end == end for moment in moments(text, start, end))


def is_beyond(text: str, end: int, day: int) -> bool:
    """Whether a time without a day ("vecka 20") stands between the words that end at `end` and the day, which is another's."""
    rough = _ROUGH.match(text, end, max(end, day))
    return rough is not None and _SAME_TIME.fullmatch(text, rough.end(), day) is None
