"""The tender's facts, chosen from what its documents say. A heavier fact wins; a later day wins among equal ones."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.checklist.identity import text_key
from app.core.checklist import Tender
from app.core.points import Fact

_AGREEMENT = 4  # what each further document that says the same adds to a fact's weight
_MOST_AGREEMENT = 12
_SINGLE = frozenset(("name", "buyer", "reference"))
_RIVALS = 10  # a value that weighs this much less than the heaviest is no rival to it
_COUNTED = 25  # a day that is printed beats one that is counted, unless a new length was announced, or it stands in a contract
_LOT = re.compile(r"^(\S+)\s+(?:nr\.?\s+)?(\w{1,4})\b")
_PERIOD = re.compile(r"P(\d{1,4})([DWMY])")
_COUNTS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12, "fjorton": 14, "femton": 15, "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15,
}  # fmt: skip
# Working days are not counted: which those are is the buyer's to say.
_BACK = re.compile(
    r"(?P<count>\d{1,3}|[a-zåäö]+)\s(?:\(\w+\)\s)?(?:hela\s|kalender|calendar\s|full\s|clear\s)?(?P<unit>dag|dygn|day|veck|week)\w*,?\s"
    r"(?:före|innan|before|prior\sto|ahead\sof|in\sadvance\sof)\s(?P<day>.+)",
    re.IGNORECASE,
)
_TENDER_DAY = re.compile(
    r"\b(?:anbud|offert|avropssvar|ansökning|svarstid|tender|bid|proposal|submission|closing|deadline|due)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    value: str
    weight: int
    order: int


def choose(facts: Sequence[Fact]) -> Tender:
    """The tender as the facts, in the order of the package, describe it."""
    deadline = _day(facts, "tender_deadline")
    lots = _lots(facts)
    return Tender(
        name=_best(_candidates(facts, "name")),
        buyer=_best(_candidates(facts, "buyer")),
        reference=_best(_candidates(facts, "reference")),
        tender_deadline=deadline,
        question_deadline=_day(facts, "question_deadline") or _counted_back(facts, "question_deadline", deadline),
        valid_until=_valid_until(facts, deadline),
        lots=lots,
        facts=_worth_showing(facts, lots),
    )


def _worth_showing(facts: Sequence[Fact], lots: Sequence[str]) -> tuple[Fact, ...]:
    """Each value once, from its heaviest source; of what a tender has one of, only those that rival the chosen one."""
    kept: dict[tuple[str, str], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.name, -fact.weight)):
        kept.setdefault((fact.name, text_key(fact.value)), fact)
    heaviest: dict[str, int] = {}
    for fact in kept.values():
        heaviest[fact.name] = max(heaviest.get(fact.name, fact.weight), fact.weight)
    named = {text_key(lot) for lot in lots}
    return tuple(
        fact
        for fact in kept.values()
        if not (fact.name in _SINGLE and fact.weight < heaviest[fact.name] - _RIVALS)
        and not (fact.name == "lot" and text_key(fact.value) not in named)
    )


def _candidates(facts: Iterable[Fact], name: str) -> list[_Candidate]:
    """Distinct values of a fact, each as heavy as its heaviest source and the documents that agree."""
    groups: dict[str, list[tuple[int, Fact]]] = {}
    for order, fact in enumerate(facts):
        if fact.name == name:
            groups.setdefault(text_key(fact.value), []).append((order, fact))
    found = []
    for group in groups.values():
        order, heaviest = max(group, key=lambda entry: (entry[1].weight, -entry[0]))
        documents = len({fact.source.document for _, fact in group})
        weight = heaviest.weight + min(_MOST_AGREEMENT, _AGREEMENT * (documents - 1))
        found.append(_Candidate(heaviest.value, weight, order))
    return found


def _best(candidates: Sequence[_Candidate]) -> str | None:
    return max(candidates, key=lambda candidate: (candidate.weight, -candidate.order)).value if candidates else None


def _day(facts: Sequence[Fact], name: str) -> str | None:
    """The heaviest date; between equally heavy ones the later, since a last day is moved forward and seldom back."""
    dated = [candidate for candidate in _candidates(facts, name) if _moment(candidate.value) is not None]
    if not dated:
        return None
    best = max(dated, key=lambda candidate: (candidate.weight, _moment(candidate.value) or datetime.min))
    if "T" not in best.value:
        # The same day with its time beside it elsewhere says more.
        for other in dated:
            if other.value.startswith(best.value + "T"):
                return other.value
    return best.value


def _counted_back(facts: Sequence[Fact], name: str, deadline: str | None) -> str | None:
    """The day that the heaviest words of the kind "ten days before the last tender day" mean, where that day is known."""
    if deadline is None:
        return None
    for told in sorted(_candidates(facts, name), key=lambda candidate: (-candidate.weight, candidate.order)):
        match = _BACK.fullmatch(told.value)
        if match is None or _TENDER_DAY.search(match["day"]) is None:
            continue
        count = int(match["count"]) if match["count"].isdigit() else _COUNTS.get(match["count"].lower())
        if count is not None:
            days = count * (7 if match["unit"].lower() in ("veck", "week") else 1)
            return (date.fromisoformat(deadline[:10]) - timedelta(days=days)).isoformat()
    return None


def _valid_until(facts: Sequence[Fact], deadline: str | None) -> str | None:
    day = next(iter(sorted(_candidates(facts, "valid_until"), key=lambda c: (-c.weight, c.order))), None)
    length = next(iter(sorted(_candidates(facts, "validity_period"), key=lambda c: (-c.weight, c.order))), None)
    stated = day.value[:10] if day is not None and _moment(day.value) is not None else None
    if length is None or deadline is None or (day is not None and stated is not None and day.weight >= length.weight - _COUNTED):
        return stated
    ends = add(date.fromisoformat(deadline[:10]), length.value)
    return ends.isoformat() if ends is not None else stated


def add(day: date, duration: str) -> date | None:
    """The day that lies an ISO 8601 duration of one unit ("P4M") after `day`; where a month is shorter, its last day."""
    match = _PERIOD.fullmatch(duration)
    if match is None:
        return None
    count, unit = int(match[1]), match[2]
    try:
        if unit in "DW":
            return day + timedelta(days=count * (7 if unit == "W" else 1))
        months = day.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return None


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _lots(facts: Sequence[Fact]) -> tuple[str, ...]:
    """One name per lot, in the order they are first mentioned; a bare number only where no name goes with it."""
    lots: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        match = _LOT.match(fact.value) if fact.name == "lot" else None
        if match is None:
            continue
        key = (match[1].casefold().rstrip("er"), match[2].casefold())
        if key not in lots or fact.weight > lots[key].weight:
            lots[key] = fact
    if len(lots) == 1:
        return ()  # a single one is a mention, not a division
    return tuple(fact.value for fact in lots.values())
