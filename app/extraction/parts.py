"""Parts of a sentence that are points of their own: the entries it enumerates, the documents it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from app.core.points import PointKind
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.rules import listed, words, words_pattern
from app.extraction.sentences import sentences
from app.extraction.verdicts import Verdict

_MARKER = kept.pattern(r"(?<![\w(])\(?(?P<mark>[a-zåäö]|\d{1,2}|[ivx]{2,4})\)\s+(?=[\w\"“”’'])", re.IGNORECASE)
_MARKERS = (
    "abcdefghijklmnopqrstuvwxyz",
    tuple(str(number) for number in range(1, 31)),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
)
_ENTRY_END = kept.pattern(r"(?:[\s;,.]|(?<!\w)(?:and|or|och|samt|eller|as well as)(?=[\s;,.]*$))+$", re.IGNORECASE)
_ENTRY_LETTERS = 4
_JOIN = r"(?:samt|och|and|eller|or|as well as|jämte|dels)(?:,\s*|\s+)"
_SEPARATOR = kept.pattern(rf"(?:\s*;\s*(?:{_JOIN})?|,\s*(?:{_JOIN})?|\s+{_JOIN})(?:även\s+|also\s+)?", re.IGNORECASE)
_EITHER = kept.pattern(r"(?<!\w)(?:eller|or)(?!\w)", re.IGNORECASE)
_BARE = kept.pattern(
    r"(?:(?:e[nt]t?|a|an|the|your|er|ert|era)\s+)?(?:[a-zåäö-]+\s+){0,2}[a-zåäö-]{6,}(?<!ande)(?<!ade)(?<!erna)", re.IGNORECASE
)
_SEVERAL = 3
_SHORT = 6  # words: a longer opening or ending of the sentence is left out of the name of its first or last document


def enumerated(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the entries "(a) …; (b) …" between `start` and `end`, each with its letter; none unless two are in order."""
    matches = list(_MARKER.finditer(text, start, end))
    for series in _MARKERS if len(matches) > 1 else ():
        marks: list[int] = []
        for match in matches:
            if len(marks) < len(series) and match["mark"].lower() == series[len(marks)]:
                marks.append(match.start())
        # Letters within letters, or a second row of them, are the prose of terms.
        if len(marks) < 2 or len(marks) != len(matches):
            continue
        before = text[start : marks[0]]
        if before.strip() and not _refers(before) and word("defines").search(before) is None:
            return _entries(text, [*marks, end])
    return []


def _refers(before: str) -> bool:
    """Whether letters after these words name entries that stand elsewhere: "krav a) och b)"."""
    last = before.rsplit(maxsplit=1)[-1]
    return word("refers").fullmatch(last) is not None


def _entries(text: str, marks: list[int]) -> list[tuple[int, int]]:
    found = []
    for mark, stop in pairwise(marks):
        entry = _ENTRY_END.sub("", text[mark:stop])
        if sum(letter.isalpha() for letter in entry) <= _ENTRY_LETTERS:
            return []
        found.append((mark, mark + len(entry)))
    return found


def asked_besides(
    text: str, start: int, end: int, judged: Callable[[str], Verdict | None]
) -> tuple[int, list[tuple[int, int, Verdict]]]:
    """Where a requirement ends, and what the last sentences beside it ask for: "… ISO 27001. If so, enclose a copy."."""
    asked: list[tuple[int, int, Verdict]] = []
    for first, last in reversed(sentences(text, start, end)[1:]):
        verdict = judged(text[first:last])
        if verdict is None or verdict.kind not in (PointKind.ATTACHMENT, PointKind.QUESTION):
            break
        asked.insert(0, (first, last, verdict))
        end = first
    return start + len(text[start:end].rstrip()), asked


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a sentence between two separators."""

    start: int
    end: int
    either: bool  # the separator before it says "or"
    joined: bool  # it says "and" or "or"
    strong: bool  # it is more than an "and" between two words
    besides: bool  # it is ", samt": what follows is beside all that stands before
    also: bool  # it is "samt" or the like, with or without a comma


def named_documents(sentence: str) -> list[tuple[int, int]]:
    """Spans of the documents that a sentence asks for one beside the other; empty when it asks for one, or it cannot be told.

    Alternatives are one document, and what follows a document's name up to the next document belongs to it.
    """
    documents = list(listed("statements", "own_document").finditer(sentence))
    if (
        not documents
        or (len(documents) < 2 and word("hands_in").search(sentence) is None)
        or word("one_of_several").search(sentence) is not None
        or _is_about(sentence[: documents[0].start()])
    ):
        return []
    found: list[list[int]] = []
    condition: int | None = None
    handed_in = word("hands_in").search(sentence)
    # Among several documents, or after words of handing in, a bare name is one more, known or not.
    among = handed_in is not None or len(documents) >= _SEVERAL
    for piece in _pieces(sentence, documents):
        text = sentence[piece.start : piece.end]
        if not found:
            if handed_in is not None and piece.start <= handed_in.start() and _is_bare(sentence[handed_in.end() : piece.end]):
                found.append([0, piece.end])
                continue
            if documents[0].start() < piece.end:
                # What is listed after "bifoga" before the first known document is asked for too: it stays with that one.
                start = 0 if _asked_before(sentence, piece.start) else _opening(sentence, piece.start, documents[0])
                found.append([start, piece.end])
            continue
        before = sentence[max(found[-1][0], documents[0].start()) : found[-1][1]]
        if _is_its_number(before, text, piece):
            found[-1][1] = piece.end
            continue
        known = _named().match(text) is not None or (among and _is_bare(text) and not _goes_on(before))
        if not known or piece.either or not _apart(before, text, piece):
            # "… och, om ombud anlitas, fullmakt": the condition belongs to what follows it.
            if piece.joined and word("only_if").match(text) is not None:
                condition = piece.start
            else:
                found[-1][1], condition = piece.end, None
            continue
        found.append([piece.start if condition is None else condition, piece.end])
        condition = None
    if found and condition is not None:
        found[-1][1] = len(sentence.rstrip(" .;,"))
    if len(found) > 1:
        found = [part for part in found if word("but_not").match(sentence, part[0]) is None]
    if len(found) < 2 or _shared(sentence, found):
        return []
    found[-1][1] = _closing(sentence, found[-1][0], found[-1][1])
    return [(start, end) for start, end in found]


def _is_bare(text: str) -> bool:
    """Whether a stretch of a list of what is handed in is a name and nothing else: "en bemanningsplan"."""
    verb = word("demands").search(text)
    name = text[: verb.start()] if verb is not None else text
    return _BARE.fullmatch(name.strip()) is not None and not any(
        word(told).search(name) is not None for told in ("about", "explains", "no_document")
    )


def _goes_on(before: str) -> bool:
    """Whether what stands before tells more of a document than its name."""
    return word("about").search(before) is not None or word("explains").search(before) is not None


def _asked_before(sentence: str, start: int) -> bool:
    """Whether the verb that asks stands before another stretch of its list."""
    verb = word("demands").search(sentence, 0, start)
    return verb is not None and sum(letter.isalpha() for letter in sentence[verb.end() : start]) > _ENTRY_LETTERS


def _is_about(before: str) -> bool:
    """Whether the name after these words only tells what another thing is about: "enligt bilaga 1"."""
    words_before = before.split()
    return bool(words_before) and word("about").fullmatch(words_before[-1]) is not None


def _pieces(sentence: str, documents: Sequence[re.Match[str]]) -> list[_Piece]:
    end = len(sentence.rstrip(" .;,"))
    pieces: list[_Piece] = []
    begin, said = 0, ","
    for match in _SEPARATOR.finditer(sentence, 0, end):
        if match.end() >= end or any(name.start() < match.start() < name.end() for name in documents):
            continue
        pieces.append(_piece(begin, match.start(), said))
        begin, said = match.end(), match[0].strip().lower()
    return [*pieces, _piece(begin, end, said)]


def _piece(start: int, end: int, said: str) -> _Piece:
    joined = any(letter.isalpha() for letter in said)
    besides = said.rstrip(" ,").endswith(("samt", "as well as"))
    marked = said[:1] in (",", ";")
    return _Piece(start, end, _EITHER.search(said) is not None, joined, marked or besides, marked and besides, besides)


def _is_its_number(before: str, text: str, piece: _Piece) -> bool:
    """Whether the text is only the number by which the document before it goes: "ifylld prisbilaga, bilaga 2"."""
    if piece.joined or word("annex_number").fullmatch(text.strip()) is None:
        return False
    return not any(match.end() == len(before.rstrip()) for match in word("annex_number").finditer(before))


def _apart(before: str, text: str, piece: _Piece) -> bool:
    """Whether a document named after another is one more, not part of what the other is about or shows."""
    article = word("article").match(text) is not None
    if word("explains").search(before) is not None:
        return piece.besides or (article and piece.strong) or (piece.joined and _told_of(text, piece))
    about = word("about").search(before)
    if about is None or word("copy_of").search(before, 0, about.start()) is not None:
        return True
    return article or piece.strong or _named().match(before[about.end() :].lstrip()) is None


def _told_of(text: str, piece: _Piece) -> bool:
    """Whether a document has words of its own, "CV för den ansvarige", so that it is not among what another one shows."""
    own = _named().match(text) if piece.also else word("proves").match(text)
    return own is not None and word("about").match(text[own.end() :].lstrip()) is not None


def _shared(sentence: str, found: list[list[int]]) -> bool:
    """Whether two bare names share what follows the second: "CV och referenslista för varje konsult"."""
    if len(found) != 2:
        return False
    (_, end), (start, stop) = found
    if word("copy_of").match(sentence, start) is not None:
        return False
    bare = (
        word("about").search(sentence[found[0][0] : end]) is None and word("article").search(sentence[found[0][0] : end]) is None
    )
    return bare and word("article").match(sentence, start) is None and word("of_each").search(sentence, start, stop) is not None


def _opening(sentence: str, start: int, first: re.Match[str]) -> int:
    """Where the first document's part begins: with the sentence when little stands before the name."""
    named = next((match.start() for match in _named().finditer(sentence, start) if match.end() >= first.end()), first.start())
    return 0 if start == 0 and len(sentence[:named].split()) <= _SHORT else named


def _closing(sentence: str, start: int, end: int) -> int:
    """Where the last document's part ends: before a long "… ska bifogas anbudet i original"."""
    verb = word("demands").search(sentence, start, end)
    if verb is None or len(sentence[verb.start() : end].split()) <= _SHORT:
        return end
    return verb.start() - 1


@cache
def _named() -> re.Pattern[str]:
    lists = words("statements")
    others = "|".join(lists[name] for name in ("demands", "about", "explains"))
    return words_pattern(rf"(?:{lists['article']} )?(?:(?!(?:{others})(?!\w))[\w-]+ ){{0,3}}?{lists['own_document']}")
