"""Passages with a near-identical sibling: one that is taken out is lost, whatever stands like it; one that is edited is not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from app.core.claims import AnchorState
from app.secrecy.anchors import Finder
from app.secrecy.flow import Span
from app.secrecy.folding import fold_text
from tests.support.edited_bids import (
    Bid,
    Edit,
    Para,
    Section,
    Target,
    change_number,
    delete_passage,
    edit_words,
    make_bid,
    move_paragraph,
)
from tests.support.written_bids import write

FORM = "docx"
APART = ("beside", "before", "elsewhere")


def twin_of(text: str, dice: random.Random) -> str:
    """The same passage about something else: one word in the middle, or the digits of its numbers, are others."""
    if any(map(str.isdigit, text)) and dice.random() < 0.5:
        return "".join(str((int(sign) + 3) % 9 + 1) if sign.isdigit() and sign != "0" else sign for sign in text)
    words = text.split(" ")
    words[dice.randint(1, max(1, len(words) - 2))] = "granskningsgruppen"
    return " ".join(words)


def with_twin(bid: Bid, key: str, where: str, dice: random.Random) -> Bid:
    """The bid with a sibling of a paragraph right after it, right before it, or in another section."""
    home = next(number for number, section in enumerate(bid.sections) if any(para.key == key for para in section.paras))
    at, para = next((at, para) for at, para in enumerate(bid.sections[home].paras) if para.key == key)
    twin = Para("twin", twin_of(para.text, dice))
    place = home if where != "elsewhere" else (home + 2) % len(bid.sections)
    at = at + 1 if where == "beside" else at if where == "before" else 1

    def change(section: Section) -> Section:
        return replace(section, paras=(*section.paras[:at], twin, *section.paras[at:]))

    sections = tuple(change(section) if number == place else section for number, section in enumerate(bid.sections))
    return replace(bid, sections=sections)


def cases(seeds: int) -> Iterator[tuple[str, Bid, Para, random.Random]]:
    for seed in range(seeds):
        for where in APART:
            dice = random.Random(f"{seed} {where}")
            bid = make_bid(seed)
            para = dice.choice([para for section in bid.sections for para in section.paras])
            yield f"{seed} {where}", with_twin(bid, para.key, where, dice), para, dice


def placed(finder: Finder, text: str) -> tuple[Span, ...]:
    at = finder.flow.text.index(fold_text(text))
    return finder.flow.spans(at, at + len(fold_text(text)))


def outcomes(change: Edit, seeds: int) -> Iterator[tuple[str, AnchorState, str, str | None]]:
    """What an edit did and what it was called: the name of the case, the state, the text, and the true text."""
    for name, bid, para, dice in cases(seeds):
        edited = change(bid, Target(para.key, para.text), dice)
        before, after = Finder(write(bid, FORM).document), Finder(write(edited.bid, FORM).document)
        anchor = before.of_text("1", placed(before, para.text))
        for known in (None, before):
            found = after.find(anchor, None, known)
            yield f"{name} {'with' if known else 'without'} the old", found.state, found.text, edited.text


def test_a_passage_that_was_taken_out_is_lost_though_its_sibling_stands() -> None:
    found = list(outcomes(delete_passage, 8))
    wrong = [name for name, state, _, _ in found if state is not AnchorState.LOST]
    assert len(found) >= 48
    assert [name for name in wrong if "with the old" in name] == []
    assert len(wrong) <= 2, "without the old document the surroundings alone must do"


def test_a_passage_that_was_edited_is_told_from_its_sibling() -> None:
    found = [one for change in (edit_words, change_number) for one in outcomes(change, 4)]
    wrong = [
        f"{name}: {state.value} {text!r}, not {true!r}"
        for name, state, text, true in found
        if state not in (AnchorState.CHANGED, AnchorState.FOUND) or fold_text(text) != fold_text(true or "")
    ]
    assert len(wrong) <= len(found) * 0.02, f"{len(wrong)} of {len(found)}\n" + "\n".join(wrong)


def test_a_passage_that_was_moved_is_told_from_its_sibling() -> None:
    found = list(outcomes(move_paragraph, 4))
    wrong = [
        f"{name}: {state.value} {text!r}"
        for name, state, text, true in found
        if state not in (AnchorState.MOVED, AnchorState.FOUND) or fold_text(text) != fold_text(true or "")
    ]
    assert len(wrong) <= len(found) * 0.02, f"{len(wrong)} of {len(found)}\n" + "\n".join(wrong)
