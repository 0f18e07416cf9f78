"""How a claim stands, in the window's words: the judgement of `secrecy.strength` with its reasons, and the cases both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.claims import Bidder, SecrecyClaim, Strength
from app.core.errors import AnbudsklarError
from app.core.work import ClaimRecord, ClaimState
from app.gui.messages import language
from app.gui.secrecy.verdict import CaseLine, ReasonLine, Sign, Verdict
from app.secrecy.catalogue import Case, Direction
from app.secrecy.strength import Context, Reason, Severity, judge
from app.workflow.desk import Desk
from app.workflow.insight import Insight
from app.workflow.secrecy import reason_words

__all__ = ["Standing", "verdict_of"]

_SIGNS = {
    Severity.PLUS: Sign.HOLDS,
    Severity.WEAKNESS: Sign.ASKS,
    Severity.OBSTACLE: Sign.AGAINST,
    Severity.NOTE: Sign.NOTES,
}
_WAYS = {Direction.SECRET: Sign.HOLDS, Direction.RELEASED: Sign.AGAINST, Direction.BOTH: Sign.ASKS}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a desk says that the judgement of its claims needs, at one moment: to be taken to another thread."""

    claims: tuple[ClaimRecord, ...]
    bidder: Bidder | None
    buyer: str

    @classmethod
    def of(cls, desk: Desk) -> Standing:
        """As the desk is now, without what is withdrawn."""
        kept = tuple(record for record in desk.claims() if record.state is not ClaimState.WITHDRAWN)
        return cls(kept, desk.tender.secrecy.bidder, desk.tender.value("buyer") or "")

    def verdict(self, record: ClaimRecord, insight: Insight) -> Verdict:
        """One claim among all of them: some milliseconds."""
        return verdict_of(record.claim, [one.claim for one in self.claims], self._context(insight))

    def verdicts(self, insight: Insight) -> dict[str, Verdict]:
        """All of them, by key. A hundred take a quarter of a second."""
        context, every = self._context(insight), [one.claim for one in self.claims]
        return {record.key: verdict_of(record.claim, every, context) for record in self.claims}

    def _context(self, insight: Insight) -> Context:
        covered = {record.claim.number: insight.covered.get(record.key, 0.0) for record in self.claims}
        return Context(self.bidder, self.buyer, covered=covered)


def verdict_of(claim: SecrecyClaim, claims: Sequence[SecrecyClaim], context: Context) -> Verdict:
    """One claim among all. One of a kind or on a ground that this version does not know is weak, without reasons."""
    try:
        judged = judge(claim, claims, context)
    except AnbudsklarError:
        return Verdict(Strength.WEAK)
    lines = [line for reason in judged.reasons if (line := _line(reason)) is not None]
    cases = dict.fromkeys(case for reason in judged.reasons for case in reason.cases)
    return Verdict(judged.strength, tuple(lines), tuple(_case(case) for case in cases))


def _line(reason: Reason) -> ReasonLine | None:
    """Shortly what speaks for it; what speaks against it with what to do about it. What only leads to cases is told by those."""
    if reason.severity is Severity.NOTE and reason.cases:
        return None
    said = reason_words(reason, language())
    short = said.short[:1].upper() + said.short[1:]
    if reason.severity is Severity.PLUS:
        return ReasonLine(Sign.HOLDS, short, said.text)
    return ReasonLine(_SIGNS[reason.severity], said.text, short)


def _case(case: Case) -> CaseLine:
    chosen = language()
    return CaseLine(
        _WAYS[case.direction], case.cite, case.says(chosen), case.uncertain(chosen) if case.uncertain is not None else ""
    )
