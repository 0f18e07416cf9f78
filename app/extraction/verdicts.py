"""What a sentence is: a requirement, a criterion, a deadline, a document to attach, a contract duty, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from app.core.document import AnswerType
from app.core.points import PointKind
from app.extraction import kept, others_acts
from app.extraction.amendments import reworded
from app.extraction.asking import asked, told, without_number
from app.extraction.conditions import find_condition, sets_condition, words_of
from app.extraction.cues import Cues, by_role, find_cues, word
from app.extraction.parties import Actor, Parties
from app.extraction.requests import requested
from app.extraction.sections import ChapterKind
from app.extraction.terms import ends_contract

# Chapters about the tender; elsewhere "shall provide a report" is how the work is done.
BIDDING = (ChapterKind.GENERAL, ChapterKind.ADMINISTRATIVE, ChapterKind.QUALIFICATION, ChapterKind.EVALUATION)
# What introduces a chapter or says that nothing changes asks nothing, whatever words it uses.
_SILENCING = {"explain.introduces", "explain.estimated", "explain.marked", "explain.acted_on"}
_WITH_TENDER = {"attach.with_tender", "attach.asked_for", "attach.proof"}
_DATED = {"deadline.last_day", "deadline.validity", "deadline.runs_out"}
_BIDDERS = {"duty.by_bidder", "duty.bidder_present", "duty.whoever"}
# Where there is no modal verb, the leftmost of these is the sentence's own.
_VERBS = (
    "duty",
    "should",
    "evaluated",
    "reject",
    "deadline",
    "attach",
    "redirect",
    "handed_in",
    "contract_duty",
    "asks",
    "asks_file",
)
_SHOWN = ("framgå", "följande framgå", "även framgå", "också framgå")
# Chapters in which the supplier that tells something does so in its tender; elsewhere only who is named as tendering does.
_TELLING = (ChapterKind.ADMINISTRATIVE, ChapterKind.QUALIFICATION, ChapterKind.EVALUATION, ChapterKind.PRICE)
_OPENS_CONDITION = ("Om ", "Ifall ", "När ", "If ", "Where ", "When ", "In case ")
_NEAR = 60  # letters
_REMARK = 14  # letters: what may stand after a question mark, as "(Ja/Nej)"
_WORD = kept.pattern(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence is."""

    kind: PointKind
    must: bool
    cues: tuple[str, ...]
    when: str | None = None
    limit: str | None = None
    answer: AnswerType = AnswerType.NONE


def judge(sentence: str, chapter: ChapterKind, parties: Parties, *, questions: bool = True) -> Verdict | None:
    """What a sentence is in its chapter; None when it asks nothing. `questions` tells that one may be put to the bidder.

    A number printed before it is not part of it.
    """
    sentence = without_number(sentence)
    if ": " in sentence and (amended := reworded(sentence)) != sentence:
        return judge(amended, chapter, parties, questions=questions) if amended else None
    if chapter is not ChapterKind.CONTRACT and (imperative := _imperative(sentence)) is not None:
        return imperative
    if questions and "?" in sentence[-_REMARK:] and chapter not in (ChapterKind.CONTRACT, ChapterKind.INFORMATION):
        question = _asked(sentence)
        if question is not None:
            return question
    cues = find_cues(sentence, contract=chapter is ChapterKind.CONTRACT)
    return _weigh(sentence, cues, chapter, parties) if cues is not None else None


def _imperative(sentence: str) -> Verdict | None:
    """A sentence that begins by telling the bidder what to do."""
    found, when = told(sentence), None
    if (
        found is None
        and sentence.startswith(_OPENS_CONDITION)
        and (condition := word("conditionally").match(sentence)) is not None
        and condition.end() < len(sentence)
    ):
        # "Om nej, bifoga förklaring."
        rest = sentence[condition.end() :].lstrip()
        found, when = told(rest[:1].upper() + rest[1:]) if rest else None, condition[0].rstrip(" ,")
    if found is None:
        return None
    kind, rule = found
    answer = AnswerType.TEXT if kind is PointKind.QUESTION else AnswerType.FILE
    demanded = when is None and word("gladly").search(sentence) is None
    return Verdict(kind, demanded, (rule.id,), when, limit=limit_in(sentence), answer=answer)


def _asked(sentence: str) -> Verdict | None:
    """A question put to the bidder."""
    rule = asked(sentence)
    if rule is None:
        return None
    answer = AnswerType.YES_NO if word("yes_or_no").search(sentence) is not None else AnswerType.TEXT
    return Verdict(PointKind.QUESTION, True, (rule.id,), limit=limit_in(sentence), answer=answer)


def limit_in(sentence: str) -> str | None:
    """How long an answer or document may be, in the sentence's words."""
    matches = [match for rule in by_role()["limit"] if (match := rule.pattern.search(sentence)) is not None]
    return min(matches, key=lambda match: match.start())[0] if matches else None


class _Case:
    """A sentence that is weighed. What takes a search through it is found out when it is first asked for."""

    def __init__(self, sentence: str, verb: re.Match[str], parties: Parties) -> None:
        self._sentence = sentence
        self._verb = verb
        self._parties = parties

    @cached_property
    def actor(self) -> Actor:
        """Whose act it is."""
        sentence, start, parties = self._sentence, self._verb.start(), self._parties
        # "the buyer checks that the bidder fulfils": what stands after "that" is not the sentence's own duty.
        if parties.bidder.match(sentence, start) and not any(told in sentence[:start] for told in (" att ", " that the ")):
            return Actor.BIDDER
        if sentence.startswith(_SHOWN, self._verb.end() + 1):
            return Actor.OTHER  # "Av CV ska framgå uppdragsgivare": what a document is to show acts in nothing
        return parties.actor(sentence, start, self._verb.end())

    @cached_property
    def for_tender(self) -> bool:
        """Whether it speaks of the tender."""
        return word("tender").search(self._sentence) is not None


def _weigh(sentence: str, cues: Cues, chapter: ChapterKind, parties: Parties) -> Verdict | None:
    """The order in which cues decide."""
    if _SILENCING & set(cues.ids("explain")) or others_acts.stays(sentence, cues):
        return None
    verb = cues.first("must") or cues.first(*_VERBS)
    if verb is None:
        if "ability" in cues and chapter is ChapterKind.EVALUATION and len(sentence.split()) > 2:
            return Verdict(PointKind.CRITERION, False, cues.ids("ability"))
        return _specified(sentence, cues, chapter, parties)
    case = _Case(sentence, verb, parties)
    with_tender = bool(_WITH_TENDER & set(cues.ids("attach"))) or (chapter in BIDDING and "attach.made" in cues.ids("attach"))
    condition = find_condition(sentence, cues)
    conditional = sets_condition(condition, cues)

    def verdict(kind: PointKind, must: bool, *roles: str) -> Verdict:
        limit = cues.first("limit")
        when = words_of(sentence, condition if conditional else None)
        return Verdict(kind, must, cues.ids(*roles), when, limit[0] if limit is not None else None)

    if (request := requested(sentence, cues, chapter)) is not None:
        kind, demanded, rules = request
        return replace(verdict(kind, demanded and not conditional), cues=rules)
    if "redirect" in cues and case.actor is not Actor.BUYER and _given_in_tender(sentence, cues, chapter, case):
        return verdict(PointKind.QUESTION, not conditional, "redirect", "must")
    if chapter is ChapterKind.CONTRACT and with_tender and case.for_tender:
        return verdict(PointKind.ATTACHMENT, False, "attach")
    if chapter is ChapterKind.CONTRACT:
        if ends_contract(sentence):
            return None
        if not cues.any("must", "duty") and _does(sentence, cues):
            return verdict(PointKind.CONTRACT, False, "contract_duty", "later")
        if "must" in cues and "later" not in cues and _bids(sentence, verb) and case.actor is Actor.BIDDER:
            return verdict(PointKind.REQUIREMENT, not conditional, "must")
        if "must" in cues or "duty" in cues:
            return verdict(PointKind.CONTRACT, False, "must", "duty", "later")
        return None
    if "reject" in cues and "later" not in cues:
        return verdict(PointKind.REQUIREMENT, True, "reject", "must")
    if "must" in cues:
        if "waived" in cues and _inside(cues.first("must"), cues.first("waived")):
            return None
    elif "explain" in cues or _is_key_to_signs(sentence) or _is_waived(cues, verb):
        return None
    actor = case.actor
    deadline = _deadline(sentence, cues, actor, chapter)
    if actor is not Actor.BIDDER and not deadline and others_acts.is_buyers_act(sentence, cues, chapter):
        return None
    if "later" in cues and chapter is not ChapterKind.REQUIREMENTS and ("must" in cues or "duty" in cues or "attach" in cues):
        if deadline and word("document").search(sentence) is None:
            return verdict(PointKind.DEADLINE, False, "deadline", "later")
        if (actor is not Actor.BUYER or "attach" in cues) and word("document").search(sentence) is not None:
            return verdict(PointKind.CONTRACT, False, "later", "must", "attach")
        if actor is Actor.BUYER:
            return None
        if "later.award" in cues.ids("later") or word("performing").search(sentence) is not None:
            return verdict(PointKind.CONTRACT, False, "later", "must")
    if deadline:
        spoken_of = case.for_tender or word("your_reply").search(sentence) is not None
        must = not conditional and spoken_of and word("inquiry").search(sentence) is None and not others_acts.is_let(sentence)
        return verdict(PointKind.DEADLINE, must, "deadline", "must")
    if "must.documents_listed" in cues.ids("must") and chapter in BIDDING:
        return verdict(PointKind.ATTACHMENT, not conditional, "must")
    if actor is Actor.BUYER and not cues.found.keys() & {"evaluated", "should"}:
        return None
    if (
        ("attach" in cues or _handed_in(sentence, cues) or ("give" in cues and "later" not in cues and chapter in BIDDING))
        and not _forbids(sentence, cues)
        and (cues.any("must", "should", "duty") or case.for_tender or with_tender or _handed_in_plainly(sentence))
        and actor is not Actor.BUYER
        and not ("deadline" in cues and _serves(sentence, chapter, cues.ids("deadline")))
        and "redirect.information" not in cues.ids("tells")
        and not _is_of_another(sentence, cues, chapter, case)
    ):
        # "Intyg bifogas" demands as much as "Intyg ska bifogas"; "bör bifogas" and "kan skicka in" do not.
        passive = cues.first("handed_in")
        stated = bool({"attach.asked_for", "attach.made", "attach.proof"} & set(cues.ids("attach"))) or bool(
            _BIDDERS & set(cues.ids("duty"))
        )
        stated = stated or (passive is not None and passive[0].split()[0].endswith("s"))
        demanded = "must" in cues or ("should" not in cues and stated and word("may").search(sentence, 0, verb.end()) is None)
        return verdict(PointKind.ATTACHMENT, demanded and not conditional, "attach", "handed_in", "give", "must", "should")
    if "tells" in cues and "later" not in cues and _is_told_in_tender(sentence, cues, chapter, case):
        return verdict(PointKind.QUESTION, "must" in cues and not conditional, "tells", "must", "should")
    if (
        actor is Actor.AGREEMENT
        and "reject" not in cues
        and "must.by_bidding" not in cues.ids("must")
        and ("must" in cues or "duty" in cues)
    ):
        return verdict(PointKind.CONTRACT, False, "must", "duty", "later")
    if actor is Actor.BIDDER and _binds_later(sentence, chapter):
        return verdict(PointKind.CONTRACT, False, "must", "duty", "later")
    if "evaluated" in cues and ("must" not in cues or (chapter is ChapterKind.EVALUATION and actor is not Actor.BIDDER)):
        return verdict(PointKind.CRITERION, False, "evaluated", "should")
    if "must" in cues and (
        actor is not Actor.OTHER or chapter is not ChapterKind.INFORMATION or word("answered_so").search(sentence) is not None
    ):
        return verdict(PointKind.REQUIREMENT, not conditional, "must")
    if "should" in cues:
        wished = "should.wish" in cues.ids("should")
        return verdict(PointKind.CRITERION if wished else PointKind.REQUIREMENT, False, "should")
    if "duty" in cues and chapter is not ChapterKind.INFORMATION:
        return verdict(PointKind.REQUIREMENT, not conditional, "duty")
    return None


def _binds_later(sentence: str, chapter: ChapterKind) -> bool:
    """Whether the supplier is bound while the contract runs or when it ends; a specification tells so of the service itself."""
    if word("while_it_runs").search(sentence) is None or word("bound_then").search(sentence) is None or sentence[-1] == ":":
        return False
    return word("insured").search(sentence) is not None or (
        chapter is not ChapterKind.REQUIREMENTS and word("tender").search(sentence) is None
    )


def _is_of_another(sentence: str, cues: Cues, chapter: ChapterKind, case: _Case) -> bool:
    """Whether what is handed in is no document of the tender's: a question, the buyer's own annex, or part of the service."""
    if word("asks_buyer").match(sentence) is not None or word("names_none").match(sentence) is not None:
        return True
    if not cues.any("must", "should") and word("with_request").search(sentence) is not None:
        return True
    return (
        chapter is ChapterKind.REQUIREMENTS
        and not case.for_tender
        and word("supplies").search(sentence) is not None
        and word("attaches").search(sentence) is None
    )


def _is_told_in_tender(sentence: str, cues: Cues, chapter: ChapterKind, case: _Case) -> bool:
    """Whether it is the bidder that tells something, and in its tender."""
    verb = cues.first("tells")
    if verb is None or case.actor is Actor.BUYER or chapter is ChapterKind.INFORMATION:
        return False
    if word("tender").search(sentence, max(0, verb.start() - _NEAR), verb.start()) is not None:
        return True
    if chapter in _TELLING and (case.actor is Actor.BIDDER or "redirect.information" in cues.ids("tells")):
        return True
    return word("in_tender").search(sentence) is not None


def _given_in_tender(sentence: str, cues: Cues, chapter: ChapterKind, case: _Case) -> bool:
    """Whether an answer is given while bidding: in a form, or as the bidder's own word where the tender is spoken of."""
    ids = cues.ids("redirect")
    if "redirect.annex" in ids and "redirect.form" not in ids:
        return chapter is not ChapterKind.CONTRACT or case.for_tender  # contract terms have annexes of their own
    if "redirect.form" not in ids:
        # An annex that is filled in and attached is a document.
        return chapter in BIDDING and "later" not in cues and word("hands_in").search(sentence) is None
    return (
        chapter is not ChapterKind.CONTRACT or case.for_tender or "must" in cues or word("bidding").search(sentence) is not None
    )


def _forbids(sentence: str, cues: Cues) -> bool:
    """Whether handing in is forbidden, not asked for, or done when the contract runs.

    What a clause forbids of the document itself is its quality.
    """
    if any(word(name).search(sentence) is not None for name in ("not_handed_in", "lists_no_more", "told_not")) or (
        word("performing").search(sentence) is not None and word("tender").search(sentence) is None
    ):
        return True
    forbidden = next((match for rule, match in cues.found.get("must", ()) if rule.id == "must.forbidden"), None)
    return forbidden is not None and word("of_which").search(sentence[: forbidden.start()]) is None


def _is_key_to_signs(sentence: str) -> bool:
    return "=" in sentence and word("key_to_signs").search(sentence) is not None


def _handed_in(sentence: str, cues: Cues) -> bool:
    """Whether a passive verb has a document before it: "CV ska bifogas", "Kopia skickas med anbudet"."""
    verb = cues.first("handed_in")
    if verb is not None and _handed_in_plainly(sentence):
        return True
    asked = "must" in cues or (
        word("tender").search(sentence) is not None
        and verb is not None
        and word("told_of").search(sentence, 0, verb.start()) is None  # "Prov som bifogas anbudet returneras inte."
    )
    return verb is not None and asked and names_document(sentence[: verb.start()])


def _handed_in_plainly(sentence: str) -> bool:
    """Whether a sentence says no more than that a document of the bidder's is handed in: "CV för platschefen bifogas."."""
    plainly = word("handed_in_plainly").search(sentence)
    return (
        plainly is not None
        and word("of_bidder").search(sentence, 0, plainly.start()) is not None
        and word("of_procurement").search(sentence) is None
    )


def names_document(text: str) -> bool:
    """Whether words name a document, known by itself or only among others."""
    return word("document").search(text) is not None or word("own_document").search(text) is not None


def _specified(sentence: str, cues: Cues, chapter: ChapterKind, parties: Parties) -> Verdict | None:
    """In a specification a plain statement of what the thing offered is or does is a requirement."""
    verb = cues.first("specified")
    if verb is None or chapter not in (ChapterKind.REQUIREMENTS, ChapterKind.QUALIFICATION):
        return None
    if cues.ids("specified") == ("specified.done",) and (
        chapter is not ChapterKind.REQUIREMENTS or word("nowadays").search(sentence) is not None
    ):
        return None
    if parties.actor(sentence, verb.start(), verb.end()) in (Actor.BUYER, Actor.AGREEMENT):
        return None
    return Verdict(PointKind.REQUIREMENT, "condition" not in cues, cues.ids("specified"))


def _deadline(sentence: str, cues: Cues, actor: Actor, chapter: ChapterKind) -> bool:
    if "deadline" not in cues or word("time").search(sentence) is None:
        return False
    ids = cues.ids("deadline")
    if "deadline.event" in ids:
        return True
    if ids == ("deadline.last_day",) and word("counted_from_deadline").search(sentence) and not word("calendar").search(sentence):
        return False
    if _serves(sentence, chapter, ids) or others_acts.waits(sentence, ids, actor):
        return False
    if ids == ("deadline.period",):
        # In a specification a period is a service level, not a time to keep while bidding.
        return actor is not Actor.BUYER and chapter is not ChapterKind.REQUIREMENTS and cues.any("must", "duty")
    return actor is not Actor.BUYER or bool(_DATED & set(ids))


def _serves(sentence: str, chapter: ChapterKind, ids: tuple[str, ...]) -> bool:
    """Whether a time is one of the service, how fast it answers or when it is open, and not one to bid by."""
    if "deadline.validity" in ids or any(word(name).search(sentence) for name in ("tender", "bidding", "inquiry", "calendar")):
        return False
    return chapter is ChapterKind.REQUIREMENTS or word("service").search(sentence) is not None


def _is_waived(cues: Cues, verb: re.Match[str]) -> bool:
    """Whether the verb is what need not be done: "CV behöver inte lämnas in"."""
    waived = cues.first("waived")
    return waived is not None and waived.start() <= verb.start()


def _inside(inner: re.Match[str] | None, outer: re.Match[str] | None) -> bool:
    return inner is not None and outer is not None and outer.start() <= inner.start() < outer.end()


def _bids(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the subject is named as one who bids, so that the duty holds for the tender though it stands in contract terms."""
    near = sentence[max(0, verb.start() - 60) : verb.end() + 25]
    return word("tenderer").search(near) is not None


def _does(sentence: str, cues: Cues) -> bool:
    """Whether contract terms tell what a party does in the main clause, or what its failure costs."""
    acts = cues.first("contract_duty")
    if acts is None or "contract.consequence" in cues.ids("contract_duty"):
        return acts is not None
    before = sentence[: acts.start()].rstrip()
    return before.endswith(",") or _WORD.search(before) is None
