"""What running prose asks the bidder to write or to enclose, in the words of letters and of procurement documents."""

from __future__ import annotations

from app.core.points import PointKind
from app.extraction.cues import Cues, word
from app.extraction.sections import ChapterKind

# Where a demand is not one to meet in the tender: terms of the contract, and what only tells of the matter.
_SPEECHLESS = (ChapterKind.CONTRACT, ChapterKind.INFORMATION)
# Told without a word of the tender, these may as well be papers that go with the work.
_BARE = {"asks_file.shown_with", "asks_file.besides", "asks_file.is_given"}
_GIVEN = "asks_file.is_given"
# Where the work is specified, what is given is given while it runs.
_WORKING = (ChapterKind.REQUIREMENTS, ChapterKind.PRICE)
_LEFT = "asks_file.instead"
_WITH = "asks_file.goes_with"
_ENCLOSES, _TELLS = "asks_file.you_enclose", "asks.you_tell"


def requested(sentence: str, cues: Cues, chapter: ChapterKind) -> tuple[PointKind, bool, tuple[str, ...]] | None:
    """The slot that a sentence asks for, whether it is demanded but for conditions, and the rules that tell."""
    if not cues.any("asks", "asks_file") or chapter in _SPEECHLESS or cues.any("later", "waived"):
        return None
    files, asks = _not_negated(sentence, cues, "asks_file"), _not_negated(sentence, cues, "asks")
    if chapter is ChapterKind.REQUIREMENTS and not _for_tender(sentence):
        # There a bidder that is spoken to is told how the work is done.
        files = files if word("proves").search(sentence) is not None and not _upon_occasion(sentence) else _but(files, _ENCLOSES)
        told = word("of_the_bidder").search(sentence) is not None and not _upon_occasion(sentence)
        asks = asks if told else _but(asks, _TELLS)
    if (
        files
        and set(files) <= _BARE
        and (
            word("performing").search(sentence) is not None
            or word("of_procurement").search(sentence) is not None
            or (files == (_GIVEN,) and chapter in _WORKING)
        )
    ):
        files = ()
    # What is to be kept secret is told by those who wish it, and only then.
    # A time to answer by is a deadline.
    if word("confidential").search(sentence) is not None or "deadline" in cues:
        asks = ()
    if "attach.made" in cues.ids("attach"):
        asks = ()  # "beskrivs på två sidor och bifogas"
    if _WITH in files and _tells_of_it(sentence, cues):
        files = _but(files, _WITH)
    if not (files or asks) or word("not_handed_in").search(sentence) is not None:
        return None
    wished = ("should" in cues and "must" not in cues) or word("gladly").search(sentence) is not None or _LEFT in files
    return PointKind.ATTACHMENT if files else PointKind.QUESTION, not wished, (*files, *asks)


def _not_negated(sentence: str, cues: Cues, role: str) -> tuple[str, ...]:
    """The rules of a role that are met by what is asked for; "att ni inte bifogar broschyrer" asks for none."""
    negated = word("negated")
    return tuple(
        rule.id
        for rule, match in cues.found.get(role, ())
        if negated.search(sentence, match.start(), match.end()) is None and negated.match(sentence, match.end() + 1) is None
    )


def _for_tender(sentence: str) -> bool:
    return word("tender").search(sentence) is not None or word("your_reply").search(sentence) is not None


def _upon_occasion(sentence: str) -> bool:
    """Whether something is told or handed over on occasions of the work: "Vid avvikelser ska ni …"."""
    return word("upon_occasion").search(sentence) is not None or word("performing").search(sentence) is not None


def _but(rules: tuple[str, ...], left: str) -> tuple[str, ...]:
    return tuple(rule for rule in rules if rule != left)


def _tells_of_it(sentence: str, cues: Cues) -> bool:
    """Whether going with the tender is only told of something: "de uppdrag som ska fyllas i och bifogas anbudet"."""
    found = next(match for rule, match in cues.found["asks_file"] if rule.id == _WITH)
    return word("told_of").search(sentence, 0, found.start()) is not None
