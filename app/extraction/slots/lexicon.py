"""The words of `resources/rules/slots.toml`, by what they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from app.core.document import AnswerType
from app.extraction import kept
from app.extraction.printouts import Key, Tag
from app.extraction.rules import Rule, listed, rules
from app.extraction.tables import names_class

_NUMBERED = kept.pattern(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zåäö][.)])\s+(?=\D)")
_COUNTED = kept.pattern(r"([^\W\d_][\w åäöÅÄÖ-]{2,40}?)[ .:#-]*(?:nr\.? ?|no\.? ?)?(\d{1,2}|[A-Ea-e])")
_ALTERNATIVES = kept.pattern(r"\w\s*[/;]\s*\w")
_MOST_ALIKE = 5  # words
_PLAIN_ANSWERS = (AnswerType.PRICE, AnswerType.YES_NO)
_PUNCTUATION = " \t.,;:()[]–-*?"
_CLAUSES = kept.pattern(r"[.;,()]\s+|\s*·\s*|\s+\(|\)\s*|\s+(?=\d+\s?[–-]\s?\d+\s*(?:p|poäng)\b)")
_CHARACTERS = kept.pattern(r"\b(?:tecken|characters?)\b", re.IGNORECASE)


class Named(NamedTuple):
    """What a line, a column or a field is told to be by its words, and the rule that tells."""

    rule: str
    type: AnswerType
    required: str | None = None
    must: bool | None = None
    limit: str | None = None
    weak: bool = False
    boxed: bool = False


@cache
def group(name: str) -> tuple[Rule, ...]:
    """The rules that one reader uses, in their order."""
    return tuple(rule for rule in rules("slots") if rule.fields["group"] == name)


def first(name: str, text: str) -> Rule | None:
    """The first rule of a group that finds itself in the text."""
    lowered = text.lower()
    return next((rule for rule in group(name) if not rule.is_absent(lowered) and rule.search(text) is not None), None)


def whole(name: str, text: str) -> Rule | None:
    """The first rule of a group that takes the whole text."""
    return next((rule for rule in group(name) if rule.pattern.fullmatch(text) is not None), None)


@cache
def limit_in(text: str) -> str | None:
    """How long an answer may be, in the document's words."""
    lowered = text.lower()
    for rule in group("limit"):
        if not rule.is_absent(lowered) and (match := rule.search(text)) is not None:
            return match[0].strip()
    return None


def limits(of_field: str | None, printed: str | None) -> str | None:
    """A field's own cap and the printed one together: a cap in characters, which a field holds as a bare number, says nothing
    of pages. Of two caps in characters the stricter comes first.
    """
    if of_field is None or printed is None or not of_field.isdigit():
        return of_field or printed
    number = "".join(filter(str.isdigit, printed)) if _CHARACTERS.search(printed) else ""
    if number == of_field:
        return printed
    return f"{of_field}; {printed}" if number and int(of_field) < int(number) else f"{printed}; {of_field}"


@cache
def type_line(text: str) -> Named | None:
    """The kind of answer that a line names and nothing else: "Fritext", "Ja/Nej. Ja krävs", "Svarstyp: Heltal, max 10 tecken"."""
    if not 3 <= len(text) <= 110:
        return None
    stripped = _without_lead(text.strip(" \t()[]<>*•"))
    if leading_tag(Key(), stripped) is not None:
        stripped = stripped.partition(". ")[2]
    for rule in group("type_line"):
        match = rule.pattern.match(stripped)
        if match is None:
            continue
        tail = stripped[match.end() :]
        rest = tail.strip(_PUNCTUATION)
        if rest and not says_how(rest) and not _lists_options(tail) and not _told_apart(rule, tail):
            continue
        must = rule.fields.get("must")
        if must is None and rest:
            must = _tagged(rest)
        if must is None and rest:
            must = False if first("optional", rest) else True if first("mandatory", rest) else None
        return Named(
            rule.id,
            AnswerType(rule.fields["type"]),
            rule.fields.get("required"),
            must,
            limit_in(rest) if rest else None,
            bool(rule.fields.get("weak")),
            bool(rule.fields.get("boxed")),
        )
    return None


def names_kind(text: str) -> bool:
    """Whether a line names a kind of answer wherever it stands; "Pris" and "Kravet uppfylls" may be questions themselves."""
    named = type_line(text)
    return named is not None and not named.weak and not named.boxed


def leading_tag(key: Key, text: str) -> Tag | None:
    """The tag that a type line begins with: "Intern. Fritext"."""
    head, stop, _ = text.partition(". ")
    return key.tag(head) if stop else None


def _without_lead(text: str) -> str:
    head, colon, tail = text.partition(":")
    if colon and head.strip().lower() in LEADS:
        return tail.strip(" \t()[]")
    return text


LEADS = frozenset(
    {
        "besvaras",
        "svaret lämnas som",
        "svaret anges som",
        "svarssätt",
        "fälttyp",
        "svarsfält",
        "field type",
        "svarstyp",
        "svarsformat",
        "svarsform",
        "typ av svar",
        "frågetyp",
        "typ",
        "format",
        "svar",
        "svarsalternativ",
        "answer type",
        "response type",
        "answer format",
        "type of answer",
        "response format",
    }
)


def _lists_options(text: str) -> bool:
    """Whether words after a type line are the alternatives, each with its square to tick."""
    return text.lstrip(" :.,–-").startswith((*"☐□❑❒▢◻⬜◯○", "[ ]", "( )"))


def _told_apart(rule: Rule, tail: str) -> bool:
    """Whether a mark parts a type line's first word from what it says of the answer, or from the alternatives: "Datum | Senast
    2027-04-01", "Envalslista: I egen regi / Av annat företag". A word that is a label elsewhere needs a figure after it."""
    rest = tail.lstrip()
    if rest.startswith("|"):
        return not rule.fields.get("weak") and (not rule.fields.get("boxed") or any(sign.isdigit() for sign in rest))
    return rule.fields["type"] == AnswerType.CHOICE.value and rest.startswith(":") and _ALTERNATIVES.search(rest) is not None


def _tagged(text: str) -> bool | None:
    """Whether a tag among the clauses after a type line says that the answer must be given."""
    tags = (Key().tag(clause) for clause in _CLAUSES.split(text))
    return next((tag.must for tag in tags if tag is not None), None)


def says_how(text: str) -> bool:
    """Whether words after a type line only say how long, how necessary, of which unit or in which format the answer is."""
    if all(_only_says_how(part) for part in _CLAUSES.split(text) if part.strip(_PUNCTUATION)):
        return True
    return (
        len(text) <= 60 and any(first(name, text) for name in ("limit", "optional", "mandatory", "margin"))
    ) or text.lower() in ("sek", "kr", "st", "%", "timmar", "pdf", "svar", "krav", "frivillig", "fritext", "kommentar")


@cache
def _only_says_how(clause: str) -> bool:
    """Whether a clause is nothing but a limit, a mark, what an answer is worth or its format."""
    bare = clause.strip(_PUNCTUATION)
    return (
        any(
            rule.pattern.fullmatch(bare) is not None
            for rule in (*group("limit"), *group("optional"), *group("mandatory"), *group("margin"), *_of_printouts())
        )
        or type_line(bare) is not None
    )


@cache
def _of_printouts() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules("printouts") if rule.fields["group"] in ("points", "format", "tag"))


@cache
def header(text: str) -> Named | None:
    """What kind of answer a column with this name takes; `NONE` for columns that hold what the buyer says."""
    stripped = " ".join(text.split()).strip(" \t:*.")
    if not stripped or len(stripped) > 120:
        return None
    if re.match(r"(?i)no\s*\.", text.strip()):
        return Named("slot.header_none", AnswerType.NONE)  # "No." numbers the rows, "No" is an answer
    for rule in group("header"):
        if rule.pattern.fullmatch(stripped) is not None:
            return Named(rule.id, AnswerType(rule.fields["type"]))
    return Named("table.class_column", AnswerType.NONE) if names_class(stripped) else None


@cache
def is_question_column(text: str) -> bool:
    """Whether a column with this name holds questions."""
    return whole("question_column", " ".join(text.split()).strip(" \t:*.")) is not None


@cache
def printed_choice(text: str) -> tuple[str, ...]:
    """The yes and no that are all that is printed in a cell; nothing when anything else is."""
    stripped = text.strip(" \t.:*")
    if not 5 <= len(stripped) <= 30:
        return ()
    for rule in group("printed_choice"):
        if (match := rule.pattern.fullmatch(stripped)) is not None:
            return tuple(word.capitalize() for word in match.groups() if word)
    return ()


def is_comment(text: str) -> bool:
    """Whether a column with this name only takes what is said beside the answer."""
    return whole("comment", " ".join(text.split()).strip(" \t:*.")) is not None


@cache
def _parts(text: str) -> tuple[str, str]:
    """A name and the number or letter that ends it ("Referens 1")."""
    match = _COUNTED.fullmatch(" ".join(text.split()).strip(" :.*"))
    return (match[1].lower(), match[2].lower()) if match is not None else ("", "")


def parallel(texts: Sequence[str]) -> frozenset[str]:
    """The names that differ in their last number or letter alone ("Referens 1", "Referens 2"): columns for the same answers."""
    by_name: dict[str, set[str]] = {}
    for text in texts:
        name, last = _parts(text)
        if name:
            by_name.setdefault(name, set()).add(last)
    return frozenset(text for text in texts if len(by_name.get(_parts(text)[0], ())) > 1)


@cache
def alike(texts: tuple[str, ...]) -> Mapping[str, Named]:
    """The names that say the same answer of different things: "Pris norr", "Pris syd", or "Område 1 pris", "Område 2 pris"."""
    shared: dict[str, dict[str, Named]] = {}
    for text in texts:
        words = text.split()
        if not 2 <= len(words) <= _MOST_ALIKE or header(text) is not None:
            continue
        for count in range(len(words) - 1, 0, -1):
            for piece in (" ".join(words[:count]), " ".join(words[-count:])):
                named = header(piece)
                if named is not None and (named.type in _PLAIN_ANSWERS or whole("answer_lead", piece.strip(" :")) is not None):
                    shared.setdefault(piece.lower(), {}).setdefault(text, named)
    return {text: named for same in shared.values() if len(same) > 1 for text, named in same.items()}


def speaks_to_bidder(text: str) -> bool:
    """Whether the words name the bidder."""
    return listed("slots", "bidder").search(text) is not None


@cache
def label(text: str) -> Named | None:
    """What kind of answer a form's field with this name takes, when it is a name that forms use."""
    stripped = _NUMBERED.sub("", " ".join(text.split())).strip(" \t:*.#_")
    if not stripped or len(stripped) > 90:
        return None
    bare = stripped
    if stripped.endswith(")") and "(" in stripped:
        bare = stripped[: stripped.rindex("(")].strip(" :*.") or stripped.strip("()")
    for rule in group("label"):
        if rule.pattern.fullmatch(stripped) is not None or rule.pattern.fullmatch(bare) is not None:
            return Named(rule.id, AnswerType(rule.fields["type"]))
    parts = [part.strip(" .:*") for part in stripped.replace("&", "/").replace(" och ", "/").replace(",", "/").split("/")]
    if 1 < len(parts) <= 4 and all(len(part) > 1 for part in parts):
        for rule in group("label"):
            if rule.pattern.fullmatch(parts[0]) is not None and all(
                any(other.pattern.fullmatch(part) is not None for other in group("label")) for part in parts[1:]
            ):
                return Named(rule.id, AnswerType(rule.fields["type"]))
    return None


def is_margin(text: str) -> bool:
    """Whether the line belongs to the question beside it and says nothing of its own."""
    return len(text) <= 60 and (
        whole("margin", text.strip(" .")) is not None or text.strip(" .").replace(" ", "").rstrip("%").isdigit()
    )


def is_buyers(text: str) -> bool:
    """Whether the words say that the buyer fills this in."""
    return first("buyer", text) is not None


def is_instruction(text: str) -> bool:
    """Whether the words speak to whoever fills in the template, not to the bidder."""
    return text[:1] in "[<(" and any(rule.pattern.match(text) is not None for rule in group("instruction"))
