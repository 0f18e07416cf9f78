"""Sentences of a block, as spans of characters. Abbreviations, numbers and addresses don't end a sentence."""

from __future__ import annotations

import re

from app.extraction import kept

_END = kept.pattern(r"[.!?…](?:[\"”’')\]]*)\s+(?=[\"”“’'(\[•\-–]*\s*[A-ZÅÄÖÉ0-9]|\([a-zåäö])")
_ABBREVIATION = kept.pattern(
    r"(?:^|[\s(/])(?:t\.?\s?ex|bl\.?\s?a|d\.?\s?v\.?\s?s|dvs|m\.?\s?m|m\.?\s?fl|e\.?\s?d|o\.?\s?d|o\.?\s?dyl|fr\.?\s?o\.?\s?m|"
    r"t\.?\s?o\.?\s?m|f\.?\s?n|p\.?\s?g\.?\s?a|s\.?\s?k|i\.?\s?e|e\.?\s?g|etc|kap|kl|nr|st|tel|exkl|inkl|ev|resp|jfr|ca|max|min|"
    r"alt|avd|enl|ang|avs|bil|fig|forts|gm|milj|mkr|tkr|mån|dat|osv|obs|ref|sid|no|nos|art|sec|inc|ltd|co|corp|mr|mrs|ms|dr|prof|"
    r"jan|feb|apr|aug|sept|okt|nov|dec|vs|approx|est|dept|st|ave|[A-ZÅÄÖ]|\d{1,2}(?:\.\d{1,3}){0,5})$",
    re.IGNORECASE,
)
# What stands after a sentence and only says how it is to be answered belongs to it: "(högst 500 ord)", "Ja/Nej".
_REMARK = kept.pattern(
    r"\((?:max|högst|not |no more|up to)[^()]{2,60}\)[.]?(?=\s|$)|[(\[]?(?:ja ?/ ?nej|yes ?/ ?no)[)\]]?[.]?(?=\s|$)",
    re.IGNORECASE,
)
_ALWAYS_ABBREVIATED = kept.pattern(r"(?:^|\s)\d{1,2}(?:\.\d{1,3}){0,5}$")
# A letter by which a document goes is no abbreviation: "… shall be stated in Annex D. Prices …".
_LETTERED = kept.pattern(
    r"(?:^|\s)(?:annex|appendix|attachment|schedule|exhibit|enclosure|part|lot|section|bilaga|del|flik|"
    r"rev|revision|version|utgåva|alternativ|nivå|klass|kategori|grupp|level|class|category|group|option)\s[A-ZÅÄÖ]$",
    re.IGNORECASE,
)
_PARTICLE = kept.pattern(r"\si$")  # "fylls i", not "I." before a name
# What carries a number: "avsnitt 3. Anbud" is no end.
_COUNTED = frozenset(
    (
        *("avsnitt", "kapitel", "kap", "kap.", "punkt", "p", "p.", "pkt", "bilaga", "del", "nr", "nr.", "krav", "fråga", "steg"),
        *("post", "rad", "tabell", "figur", "kl", "kl.", "§", "artikel", "version", "section", "chapter", "clause", "part"),
        *("annex", "appendix", "item", "question", "step", "row", "table", "figure", "lot", "article", "option", "no", "no."),
    )
)
_SIGNS = ".!?…"
_LONG_WORD = 7  # letters: "approx" has six
_REMARK_STARTS = frozenset("([JjYy")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences between `start` and `end`, without surrounding white space, in order."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    # Most texts hold one sentence: no sign in them but at their end.
    several = any(text.find(sign, start, stop - 2) >= 0 for sign in _SIGNS)
    for match in _END.finditer(text, start, stop) if several else ():
        if match.end() <= begin:
            continue
        before = text[begin : match.start()]
        if text[match.start()] == "." and _is_abbreviation(before[-14:]) and not _ends_in_number(before):
            continue
        remark = _REMARK.match(text, match.end(), stop) if text[match.end()] in _REMARK_STARTS else None
        end = match.end() if remark is None else remark.end()
        _append(found, text, begin, end)
        begin = end
    _append(found, text, begin, stop)
    return found


def _is_abbreviation(ending: str) -> bool:
    # None has as many letters at its end as most words have.
    word = ending[-_LONG_WORD:]
    return not (len(word) == _LONG_WORD and word.isalpha()) and _ABBREVIATION.search(ending) is not None


def _ends_in_number(before: str) -> bool:
    # "… avsnitt 3.2. Anbudet …" ends a sentence; "3.2. Anbudet" at the start of a block is a number before its title.
    # The same holds for a letter: "… in Annex B. Prices" and "Annex B. Price form".
    # "Motorn uppfyller Euro 6. Hytten …" and "… när växeln läggs i. Vågen …" end theirs as well.
    match = _ALWAYS_ABBREVIATED.search(before) or _LETTERED.search(before) or _PARTICLE.search(before)
    if match is None or match.start() == 0:
        return False
    words = before[: match.start()].split()
    return len(words) > 3 or (len(words) > 1 and words[-1].strip("(").lower() not in _COUNTED)


def _append(found: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        found.append((begin, end))
