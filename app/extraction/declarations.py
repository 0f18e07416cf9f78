"""What a document says of its own parts: that all that stands there is required, or that it belongs to the contract.

"Samtliga påståenden i kapitel 4–6 är ska-krav": then "Systemet visar …" demands as much as "Systemet ska visa …". The sentence
tells which parts it governs: those it names by number, this one, the list below, what carries a mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.core.document import BlockKind, Document, Flag
from app.extraction import kept
from app.extraction.entries import is_item
from app.extraction.rules import Rule, listed, rules
from app.extraction.sections import ChapterKind, Outline
from app.extraction.sentences import sentences

# Of each role, words one of which is in every match: most texts hold none, and are looked at no further.
_HINTS: dict[str, tuple[str, ...]] = {
    "contract": (
        *("föras in i", "förs in i", "tas in i", "arbetas in i", "skrivs in i", "ingå i", "ingår i", "del av", "gäller efter"),
        *("gäller först", "gäller när", "gäller sedan", "incorporated in", "part of", "apply ", "applies ", "included in"),
    ),
    "stated": (
        *("krav", "obligatorisk", "accepteras genom", "godkänns genom", "bekräftas genom", "godtas genom", "mandatory"),
        *("compulsory", "obligatory", "requirements", "accepted by"),
    ),
    "follows": (
        *("krav gäller", "krav ställs", "krav omfattar", "nedan gäller", "är följande", "gäller följande", "enligt nedan"),
        *("requirements apply", "requirements are"),
    ),
}
_HINTS["required"] = (
    "uppfyll",
    "ska-krav",
    "skakrav",
    "skall-krav",
    "skallkrav",
    "ska krav",
    "tvingande",
    "absoluta krav",
    "minimikrav",
    "bindande krav",
    *_HINTS["stated"][1:],
)
_CONTRACTS = ("avtal", "kontrakt", "contract", "agreement")
_REQUIRING = ("krav", "oblig", "genom att", "tvingande", "mandatory", "compulsory", "requirements", "accepted by")
_NAMED = ("krav", "mandatory", "compulsory", "obligatorisk", "requirements")  # one is in every heading that declares
_NUMBERS = kept.pattern(
    r"(?<!\w)(?:kapitlen|kapitel|kap\.?|avsnitten|avsnitt|punkterna|punkt|delarna|del|sections?|chapters?|clauses?|parts?|paragraphs?)"
    r"\s+(?P<list>\d{1,2}(?:\.\d{1,2})*"
    r"(?:(?:\s?[–-]\s?|\s?,\s?|\s(?:och|samt|till|t\.?\s?o\.?\s?m\.?|and|to|through)\s)\d{1,2}(?:\.\d{1,2})*)*)",
    re.IGNORECASE,
)
_RANGE = kept.pattern(r"(\d+(?:\.\d+)*)(?:\s?[–-]\s?|\s(?:till|t\.?\s?o\.?\s?m\.?|to|through)\s)(\d+(?:\.\d+)*)", re.IGNORECASE)
_NUMBER = kept.pattern(r"\d+(?:\.\d+)*")
_THESE = kept.pattern(r"(?<!\w)(?:dessa|these|där|there)(?!\w)", re.IGNORECASE)
_CHAPTER = kept.pattern(r"(?<!\w)(?:detta kapitel|kapitlet|denna del|this (?:chapter|part))(?!\w)", re.IGNORECASE)
_SECTION = kept.pattern(
    r"(?<!\w)(?:detta avsnitt|avsnittet|denna punkt|denna (?:lista|tabell)|this (?:section|clause|list|table)|nedan(?:stående)?|"
    r"följande|below|the following)(?!\w)",
    re.IGNORECASE,
)
_NEXT = kept.pattern(r"(?<!\w)(?:nedanstående|följande|the following)(?!\w)", re.IGNORECASE)
_MARK = kept.pattern(
    r"(?<!\w)(?:märkta?|markerade?|betecknade|beteckningen|märkningen|marked|denoted|labelled|designated)(?: med| with| as| by)?"
    r" [“”\"’'(\[]?(?P<mark>[A-ZÅÄÖ]{1,3}|\*)(?![\wåäö])"
)
_MARKED = kept.pattern(
    r"(?<!\w)(?:märk(?:ta?|ning\w*)|markerade?|beteckn\w+|marked|denoted|labelled|designated)(?!\w)", re.IGNORECASE
)
# "B4 …", "(B) …", "B: …", "B Systemet …", but not "I leveransen …".
_MARKED_SO = kept.pattern(
    r"(?:[(\[][A-ZÅÄÖ]{1,3}[ .-]?\d{0,3}[)\]]|[A-ZÅÄÖ]{1,3}[ .-]?\d{1,3}[):.]?|[A-ZÅÄÖ]{1,3}[):.]|[A-ZÅÄÖ]{1,3}(?=\s[A-ZÅÄÖ]))\s"
)
_MODAL = kept.pattern(r"(?<!\w)(?:ska|skall|måste|bör|får inte|shall|must|should|may not)(?!\w)", re.IGNORECASE)
_REQUIRED = (ChapterKind.REQUIREMENTS, ChapterKind.GENERAL)
_NEVER = (ChapterKind.CONTRACT, ChapterKind.INFORMATION)
_HALF, _SELDOM = 2, 5  # one sentence of so many
_LIST_NEAR = 3  # blocks within which a list begins that is spoken of


@dataclass(frozen=True, slots=True)
class Declared:
    """Blocks whose statements are requirements whatever their verbs, and stretches that belong to the contract."""

    required: frozenset[int] = frozenset()
    contracts: tuple[tuple[int, int], ...] = ()


NOTHING_DECLARED = Declared()


@cache
def declaring() -> dict[str, Rule]:
    """The rules by what they declare."""
    return {rule.fields["role"]: rule for rule in rules("declarations")}


@cache
def declared_word(name: str) -> re.Pattern[str]:
    """A word list of the declarations' rules as a pattern."""
    return listed("declarations", name)


def find_declarations(document: Document, outline: Outline) -> Declared:
    """What the document declares of its parts."""
    required: set[int] = set()
    marked: set[int] = set()
    contracts: list[tuple[int, int]] = []
    reach = _Reach(document, outline)
    for place, heading in enumerate(outline.headings):
        required |= reach.headed(place, heading.title.lower())
    for index, block in document.body():
        roles = _roles(block.text.lower())
        if not roles or block.kind is BlockKind.COMMENT or Flag.CONTENTS in block.flags or outline.is_heading(index):
            continue
        said = sentences(block.text)
        for at, (start, end) in enumerate(said):
            sentence = block.text[start:end]
            role = next((role for role in roles if declaring()[role].search(sentence) is not None), None)
            before = [block.text[first:last] for first, last in said[:at]]
            if role == "contract":
                contracts.extend(reach.stretches(index, sentence, before))
            elif role == "stated":
                required |= reach.blocks(index, sentence, before)
            elif role == "required":
                meant = reach.sparing(reach.blocks(index, sentence, before), sentence)
                required |= meant
                marked |= meant if _MARK.search(sentence) is not None else set()
            elif role == "follows":
                required |= reach.list_after(index)
    if marked:
        # Where marks tell requirements from wishes, what carries another mark is none.
        required -= {at for at in required - marked if _MARKED_SO.match(document.blocks[at].text) is not None}
    return Declared(frozenset(required), tuple(contracts))


def _roles(lowered: str) -> list[str]:
    """What a text in lower case may declare, in the order in which it is looked for."""
    found = []
    if any(map(lowered.__contains__, _CONTRACTS)) and any(map(lowered.__contains__, _HINTS["contract"])):
        found.append("contract")
    if any(map(lowered.__contains__, _REQUIRING)):
        # In this order: what is told of statements is told of requirements.
        found += [role for role in ("stated", "required", "follows") if any(map(lowered.__contains__, _HINTS[role]))]
    return found


class _Reach:
    """Which blocks words about parts of the document mean."""

    def __init__(self, document: Document, outline: Outline) -> None:
        self._document = document
        self._outline = outline

    def headed(self, place: int, title: str) -> set[int]:
        """What stands under a heading that itself says that it is required; its title in lower case."""
        if not any(map(title.__contains__, _NAMED)):
            return set()
        title = title.strip(" .:")
        if declaring()["heading"].search(title) is not None:
            return self.sparing(self._under({place}), "")
        return self.sparing(self._under({place}), "", _SELDOM) if declaring()["chapter"].search(title) is not None else set()

    def blocks(self, index: int, sentence: str, before: Sequence[str]) -> set[int]:
        """The blocks that a declaration in block `index` governs."""
        mark = _MARK.search(sentence)
        if mark is not None:
            return self._carrying(mark["mark"])
        if _MARKED.search(sentence) is not None:
            return set()  # by a sign that the text does not hold
        headings = self._headings(index, sentence, before)
        if headings is None:
            return {at for at, _ in self._document.body() if at > index and self._outline.kind(at) in _REQUIRED}
        if _NEXT.search(sentence) is not None and (listed := self.list_after(index)):
            return listed
        after = index if self._speaks_on(index, sentence) else -1
        return {at for at in self._under(headings) if at > after and self._outline.kind(at) not in _NEVER}

    def stretches(self, index: int, sentence: str, before: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The stretches of blocks that a declaration governs."""
        for place in sorted(self._headings(index, sentence, before) or ()):
            yield self._outline.headings[place].block, self._end(place)

    def sparing(self, blocks: set[int], sentence: str, share: int = _HALF) -> set[int]:
        """The blocks but rows, unless one sentence in `share` there says itself what must be: the rest only explains then."""
        if _MARK.search(sentence) is not None:
            return blocks
        held = self._document.blocks
        prose = {at for at in blocks if not self._outline.is_heading(at) and held[at].kind is not BlockKind.TABLE_ROW}
        said = [held[at].text[start:end] for at in prose for start, end in sentences(held[at].text)]
        modal = sum(_MODAL.search(text) is not None for text in said)
        return prose if modal * share < len(said) else set()

    def list_after(self, index: int) -> set[int]:
        """The list that begins soon after a block."""
        found: set[int] = set()
        blocks = self._document.blocks
        for at in range(index + 1, len(blocks)):
            if blocks[at].kind is BlockKind.FURNITURE:
                continue
            if self._outline.is_heading(at) or (not is_item(blocks[at]) and (found or at > index + _LIST_NEAR)):
                break
            if is_item(blocks[at]):
                found.add(at)
        return found

    def _headings(self, index: int, sentence: str, before: Sequence[str]) -> set[int] | None:
        """The headings of the parts that are meant; None for the whole document."""
        numbers = _numbers(sentence)
        if not numbers and _THESE.search(sentence) is not None:
            numbers = next((found for said in reversed(before) if (found := _numbers(said))), set())
        if numbers:
            return {place for place, heading in enumerate(self._outline.headings) if heading.number in numbers}
        here = self._place(index)
        if here is None:
            return None
        if _CHAPTER.search(sentence) is not None:
            path = self._outline.paths[here]
            return {next((place for place in path if self._outline.headings[place].number), here)}
        return {here} if _SECTION.search(sentence) is not None else None

    def _place(self, index: int) -> int | None:
        place = bisect_right(self._outline.starts, index) - 1
        return place if place >= 0 else None

    def _under(self, places: set[int]) -> set[int]:
        found: set[int] = set()
        for place in places:
            found.update(range(self._outline.headings[place].block, self._end(place)))
        return found

    def _end(self, place: int) -> int:
        for later in range(place + 1, len(self._outline.headings)):
            if place not in self._outline.paths[later]:
                return self._outline.headings[later].block
        return len(self._document.blocks)

    def _speaks_on(self, index: int, sentence: str) -> bool:
        """Whether a declaration speaks of what comes after it: what stands before it in its own part introduces."""
        return not _numbers(sentence) and self._place(index) is not None

    def _carrying(self, mark: str) -> set[int]:
        carries = re.compile(
            rf"[(\[]?{re.escape(mark)}(?:[ .-]?\d{{1,3}})?[)\]:.]?\s|.*[(\[]{re.escape(mark)}[)\]]\s*\.?$", re.DOTALL
        )
        return {
            at
            for at, block in self._document.body()
            if block.kind is not BlockKind.TABLE_ROW
            and not self._outline.is_heading(at)
            and carries.match(f"{block.number or ''} {block.text}".strip())
        }


def _numbers(sentence: str) -> set[str]:
    """The numbers of the chapters that a sentence names."""
    found: set[str] = set()
    for match in _NUMBERS.finditer(sentence):
        listed = match["list"]
        found.update(_NUMBER.findall(listed))
        for first, last in _RANGE.findall(listed):
            head, _, low = first.rpartition(".")
            other, _, high = last.rpartition(".")
            if head == other and int(high) - int(low) < 40:
                found.update(f"{head}.{number}" if head else str(number) for number in range(int(low), int(high) + 1))
    return found
