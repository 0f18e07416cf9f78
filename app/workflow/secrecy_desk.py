"""What can be done to the secrecy of an open tender: the bid's files, the claims and their marks, suggestions, the annex.

Every action is one step that can be taken back. Numbers follow the order of the bid and change in the same step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.core.claims import Anchor, AnchorState, Bidder, ClaimSet, SecrecyClaim
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, Record, SecrecyPlan, new_key
from app.workflow.claims import claim_set, fingerprint, in_order, numbered
from app.workflow.desk_state import DeskState

__all__ = ["Placed", "SecrecyDesk"]

_WRITTEN = frozenset({"title", "used_by", "how", "loss", "not_known_because", "market", "may_be_released", "note", "duration"})
"""Fields that are typed: typing on is one step."""


class Placed(NamedTuple):
    """An anchor as it was found or made: where it is now, how it was found, how far down its file it stands."""

    anchor: Anchor
    state: AnchorState = AnchorState.FOUND
    position: float = 0.0


class SecrecyDesk(DeskState):
    """The secrecy of an open tender."""

    # --- what there is

    @property
    def bid_files(self) -> tuple[BidFileRecord, ...]:
        """The bid's own files, in order."""
        return tuple(sorted(self._bid_files.values(), key=lambda record: (record.position, record.summary.name)))

    def bid_file(self, key: str) -> BidFileRecord:
        """A file of the bid. Raises KeyError."""
        return self._bid_files[key]

    def claims(self) -> tuple[ClaimRecord, ...]:
        """All claims in the order of the bid, withdrawn ones last."""
        return in_order(self._claims.values(), self._bid_files)

    def claim(self, key: str) -> ClaimRecord:
        """A claim. Raises KeyError."""
        return self._claims[key]

    def claim_set(self) -> ClaimSet:
        """What is asked for, as annex and masked copies take it. Files are named by their records' keys."""
        return claim_set(self.tender, self.bid_files, self.claims())

    @property
    def annex_stale(self) -> bool:
        """Whether an annex was written and the claims say something else since."""
        exported = self.tender.secrecy.exported
        return exported is not None and exported != self._annex_fingerprint()

    # --- the bid's files

    def take_in_bid(self, files: Iterable[BidFileRecord], places: Mapping[str, Sequence[Placed]], *, run: str) -> None:
        """Files that were read, and where the claims' anchors are now, by claim: as many as it has. One run is one step."""
        moved = []
        for key, placed in places.items():
            old = self._claims.get(key)
            if old is None or len(placed) != len(old.claim.anchors):
                continue  # changed meanwhile: it will be looked up again with the next reading
            new = _placed(old, placed)
            if new != old:
                moved.append(new)
        changed = [record for record in files if record != self._bid_files.get(record.key)]
        if changed or moved:
            self._claims_step("read_bid", moved, changed, values=(("run", run),), merge=True)

    def move_bid_file(self, key: str, steps: int) -> None:
        """Another place among the bid's files: that is the order in which the annex names them."""
        order = [record.key for record in self.bid_files]
        at = order.index(key)
        order.insert(max(0, min(len(order) - 1, at + steps)), order.pop(at))
        moved = [replace(self._bid_files[one], position=place) for place, one in enumerate(order)]
        changed = [record for record in moved if record != self._bid_files[record.key]]
        if changed:
            self._claims_step("move_bid_file", [], changed, values=(("file", self._bid_files[key].summary.name),))

    def remove_bid_file(self, key: str) -> None:
        """Take a file off the bid, with what is marked in it; claims that point at nothing else go as well."""
        changed, gone = [], []
        for record in self._claims.values():
            kept = [number for number, anchor in enumerate(record.claim.anchors) if anchor.file != key]
            if not kept and record.claim.anchors:
                gone.append(record.key)
            elif len(kept) < len(record.claim.anchors):
                changed.append(_only(record, kept))
        name = self._bid_files[key].summary.name
        self._claims_step("remove_bid_file", changed, [], [*gone, key], (("file", name),))

    # --- claims

    def mark(
        self, placed: Sequence[Placed], category: str, ground: str, title: str | None = None, duration: str | None = None
    ) -> ClaimRecord:
        """A new claim on what was marked. Raises ValueError without an anchor."""
        if not placed:
            raise ValueError("a claim points at something")
        claim = SecrecyClaim(0, (), category, ground, title=title, duration=duration)
        record = _placed(ClaimRecord(new_key(), self.key, 0.0, claim), placed)
        self._claims_step("mark_secret", [record])
        return self._claims[record.key]

    def add_anchors(self, key: str, placed: Sequence[Placed]) -> None:
        """The claim points at these passages as well; those it points at already are not added twice."""
        old = self._claims[key]
        new = [one for one in placed if one.anchor not in old.claim.anchors]
        if new:
            kept = [Placed(anchor, old.place_state(number)) for number, anchor in enumerate(old.claim.anchors)]
            record = _placed(old, [*kept, *new], old.position)
            self._claims_step("add_anchor", [record], values=(("count", str(len(new))),))

    def set_anchor(self, key: str, number: int, placed: Placed) -> None:
        """Point at another passage instead: what was lost has been marked again."""
        old = self._claims[key]
        every = [Placed(anchor, old.place_state(at)) for at, anchor in enumerate(old.claim.anchors)]
        every[number] = placed
        self._claims_step("move_anchor", [_placed(old, every, old.position if number else placed.position)])

    def remove_anchor(self, key: str, number: int) -> None:
        """The claim does not point there. Its last anchor stays: a claim without one is withdrawn or deleted."""
        old = self._claims[key]
        if len(old.claim.anchors) > 1:
            kept = [at for at in range(len(old.claim.anchors)) if at != number]
            self._claims_step("remove_anchor", [_only(old, kept)])

    def accept_places(self, keys: Iterable[str]) -> None:
        """What was found elsewhere or slightly changed is what was meant. What is lost stays lost."""
        changed = []
        for key in keys:
            old = self._claims[key]
            places = tuple(place if place is AnchorState.LOST else AnchorState.FOUND for place in old.places)
            if places != old.places:
                changed.append(replace(old, places=places))
        if changed:
            self._claims_step("accept_places", changed, values=(("count", str(len(changed))),))

    def edit_claim(self, key: str, **fields: Any) -> None:
        """Other values of fields of `SecrecyClaim`. Typing on in one field is one step."""
        old = self._claims[key]
        new = replace(old, claim=replace(old.claim, **fields))
        if new == old:
            return
        if len(fields) == 1 and (name := next(iter(fields))) in _WRITTEN:
            self._typed("claim_text", key, new, (("claim", key), ("field", name)))
        else:
            self._step("edit_claim", [new], values=(("claim", key),))

    def set_claim_state(self, keys: Sequence[str], state: ClaimState) -> None:
        """Ready, a draft again, or withdrawn. What points at nothing any more cannot be ready."""
        asked = (self._claims[key] for key in keys)
        stays = [record for record in asked if record.state is not state and not (state is ClaimState.READY and record.lost)]
        changed = [replace(record, state=state) for record in stays]
        if changed:
            self._claims_step(
                "withdraw_claim"
                if state is ClaimState.WITHDRAWN
                else "ready_claim"
                if state is ClaimState.READY
                else "draft_claim",
                changed,
                values=(("count", str(len(changed))),),
            )

    def delete_claims(self, keys: Sequence[str]) -> None:
        """Away with them: nothing was secret after all."""
        if keys:
            self._claims_step("delete_claim", [], deletes=list(keys), values=(("count", str(len(keys))),))

    def take_claims(self, brought: Sequence[tuple[SecrecyClaim, Sequence[Placed]]], bidder: Bidder | None = None) -> None:
        """Claims from a claims file, as drafts, with their anchors as they were found in the bid's files."""
        records = [
            _placed(ClaimRecord(new_key(), self.key, 0.0, replace(claim, anchors=())), placed) for claim, placed in brought
        ]
        plan = self.tender.secrecy
        others: list[Record] = []
        if bidder is not None and plan.bidder is None:
            others.append(replace(self.tender, secrecy=replace(plan, bidder=bidder)))
        if records:
            self._claims_step("import_claims", records, others, values=(("count", str(len(records))),))

    # --- beside the claims

    def dismiss(self, suggestions: Sequence[str], dismissed: bool = True) -> None:
        """These suggestions are not wanted; or are to be shown again."""
        now = set(self.tender.secrecy.dismissed)
        new = now | set(suggestions) if dismissed else now - set(suggestions)
        if new != now:
            self._plan(
                "dismiss_suggestion" if dismissed else "restore_suggestion",
                (("count", str(len(suggestions))),),
                dismissed=tuple(sorted(new)),
            )

    def edit_bidder(self, bidder: Bidder) -> None:
        """Who asks. Typing on is one step."""
        if bidder != self.tender.secrecy.bidder:
            new = replace(self.tender, secrecy=replace(self.tender.secrecy, bidder=bidder))
            self._typed("edit_bidder", self.key, new, ())

    def choose_annex_item(self, item: str | None) -> None:
        """The item that asks for the request; None: the one that was found, an empty text: none."""
        if item != self.tender.secrecy.item:
            self._plan("choose_annex_item", (), item=item)

    def limit_annex_text(self, limit: int | None) -> None:
        """The annex as a text to paste has at most so many characters; None: as many as it takes."""
        if limit != self.tender.secrecy.text_limit:
            self._plan("limit_annex_text", (), text_limit=limit)

    def annex_written(self, written: ClaimSet | None = None) -> None:
        """An annex has been written: from now on it can be told whether it still is right.

        `written` is what it was made of, if that may be other than the claims are by now.
        """
        marked = [replace(record, exported=fingerprint(record.claim)) for record in self._claims.values()]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        plan = replace(self.tender.secrecy, exported=self._annex_fingerprint(written), exported_at=now)
        self._claims_step("export_annex", marked, [replace(self.tender, secrecy=plan)])

    # --- how

    def _annex_fingerprint(self, claims: ClaimSet | None = None) -> str:
        """What an annex of the claims would say, in short. Imported when it is asked for: few tenders have an annex."""
        from app.workflow.annex import fingerprint as of_annex

        return of_annex(claims or self.claim_set())

    def _plan(self, action: str, values: tuple[tuple[str, str], ...], **fields: Any) -> None:
        plan: SecrecyPlan = replace(self.tender.secrecy, **fields)
        self._step(action, [replace(self.tender, secrecy=plan)], values=values)

    def _claims_step(
        self,
        action: str,
        changed: Sequence[ClaimRecord],
        others: Sequence[Record] = (),
        deletes: Sequence[str] = (),
        values: tuple[tuple[str, str], ...] = (),
        merge: bool = False,
    ) -> None:
        """A step that may change the order of the claims: the numbers follow it."""
        gone = set(deletes)
        files = {key: record for key, record in self._bid_files.items() if key not in gone}
        files |= {record.key: record for record in others if isinstance(record, BidFileRecord)}
        after = {key: record for key, record in self._claims.items() if key not in gone}
        after |= {record.key: record for record in changed}
        puts = [record for record in numbered(after.values(), files) if record != self._claims.get(record.key)]
        if puts or others or deletes:
            self._step(action, [*others, *puts], deletes, values, merge)


def _placed(record: ClaimRecord, placed: Sequence[Placed], position: float | None = None) -> ClaimRecord:
    """The claim with these anchors. It stands where its first one does, or where it is said to."""
    at = placed[0].position if position is None else position
    anchors = tuple(one.anchor for one in placed)
    states = tuple(one.state for one in placed)
    return replace(record, position=at, claim=replace(record.claim, anchors=anchors), places=states)


def _only(record: ClaimRecord, kept: Sequence[int]) -> ClaimRecord:
    """The claim with some of its anchors, by their numbers."""
    anchors = tuple(record.claim.anchors[number] for number in kept)
    return replace(
        record, claim=replace(record.claim, anchors=anchors), places=tuple(record.place_state(number) for number in kept)
    )
