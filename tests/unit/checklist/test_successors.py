"""A changed sentence and the one it was: paired by place and likeness, never by guess."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.checklist.reconcile import reconcile
from app.core.checklist import ChecklistItem
from app.core.document import AnswerType
from app.core.points import Answer, PointKind
from app.core.work import ItemState, WorkItem
from app.workflow.readiness import readiness
from tests.support.checklists import INVITATION, item, source

TENDER = "0" * 32
FIRST = "Anbudsgivaren ska ha minst tre anställda konsulter med erfarenhet av upphandling."
SECOND = "Leverantören ska tillhandahålla support på svenska under kontorstid."
THIRD = "Systemet ska kunna exportera samtliga ärenden till ett öppet format."


def asked(text: str, identity: str, **more: Any) -> ChecklistItem:
    made = item(text, 3, headings=("3 Krav",), number=None, **more)
    return replace(made, id=identity)


def worked(shown: ChecklistItem, place: int, **fields: Any) -> WorkItem:
    return replace(WorkItem(f"{place:032x}", TENDER, float(place), shown, answer="Ja", state=ItemState.DONE), **fields)


def after(existing: list[WorkItem], newest: list[ChecklistItem]) -> dict[str, WorkItem]:
    """The list by the texts shown, when the newest documents have been read."""
    done = reconcile(TENDER, {one.key: one for one in existing}, newest)
    now = {one.key: one for one in existing if one.key not in done.gone} | {one.key: one for one in done.puts}
    return {one.item.text: one for one in now.values()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (FIRST, FIRST.replace("tre", "fem")),
        (FIRST, FIRST.replace(".", " samt av ramavtal.")),
        (SECOND, SECOND.replace("under kontorstid", "dygnet runt, alla dagar")),
    ],
)
def test_a_changed_sentence_is_the_same_item(old: str, new: str) -> None:
    around = [worked(asked(THIRD, "third"), 0), worked(asked(old, "old"), 1)]
    now = after(around, [asked(THIRD, "third"), asked(new, "new")])
    assert set(now) == {THIRD, new}
    assert (now[new].key, now[new].answer, now[new].state) == (around[1].key, "Ja", ItemState.DONE)
    assert now[new].changed
    assert now[new].was == around[1].item


def test_what_is_not_alike_is_withdrawn_beside_the_new() -> None:
    old = worked(asked(FIRST, "old"), 0)
    now = after([old], [asked(THIRD, "new")])
    assert now[FIRST].withdrawn
    assert now[THIRD].key != old.key
    assert (now[THIRD].answer, now[THIRD].changed) == (None, False)


def test_of_two_as_likely_neither_is_taken() -> None:
    old = worked(asked("Ange pris för konsult nivå 1 per timme.", "old"), 0)
    now = after([old], [asked(f"Ange pris för konsult nivå {level} per timme.", f"new{level}") for level in (2, 3)])
    assert now[old.item.text].withdrawn
    assert all(one.answer is None for text, one in now.items() if text != old.item.text)


def test_each_of_several_changed_sentences_keeps_its_own_work() -> None:
    texts = (FIRST, SECOND, THIRD)
    olds = [worked(asked(text, f"old{number}"), number, answer=text) for number, text in enumerate(texts)]
    news = [asked(text.replace(" ska ", " bör helst "), f"new{number}") for number, text in enumerate(texts)]
    now = after(olds, [news[2], news[0], news[1]])
    assert {text: one.answer for text, one in now.items()} == {news[number].text: texts[number] for number in range(3)}


def test_the_same_words_under_another_heading_are_the_same_item_unchanged() -> None:
    old = worked(asked(FIRST, "old"), 0)
    now = after([old], [replace(asked(FIRST, "new"), headings=("7 Övrigt",))])
    assert (now[FIRST].key, now[FIRST].changed, now[FIRST].withdrawn) == (old.key, False, False)


def test_a_number_says_where_a_sentence_stands() -> None:
    def numbered(text: str, at: int) -> ChecklistItem:
        return replace(asked(text, text), number=f"3.{at}")

    olds = [worked(numbered(f"Beskriv rutinen för {word} i drift.", at), at) for at, word in enumerate("ab")]
    news = [numbered(f"Redogör för rutinen för {word} i drift.", at) for at, word in enumerate("ab")]
    now = after(olds, news)
    assert [now[new.text].key for new in news] == [old.key for old in olds]


@pytest.mark.parametrize(
    "other",
    [
        {"source": source(INVITATION.replace("Anbud", "Avtal"), FIRST, 3)},
        {"kind": PointKind.CONTRACT},
        {"lot": "B"},
        {"answer": Answer(AnswerType.PRICE)},
    ],
)
def test_another_document_kind_of_duty_lot_or_answer_is_another_demand(other: dict[str, Any]) -> None:
    old = worked(asked(FIRST, "old"), 0)
    now = after([old], [replace(asked(FIRST.replace("tre", "fem"), "new"), **other)])
    assert now[FIRST].withdrawn


def test_the_user_s_own_words_stay_and_the_old_wording_is_that_of_the_documents() -> None:
    found = asked(FIRST, "old")
    old = worked(replace(found, text="Tre konsulter"), 0, found=found)
    new = asked(FIRST.replace("tre", "fem"), "new")
    now = after([old], [new])["Tre konsulter"]
    assert (now.found, now.was, now.changed) == (new, found, True)
    again = after([now], [asked(FIRST.replace("tre", "sex"), "newer")])["Tre konsulter"]
    assert again.was == found  # what the user has seen


def test_a_replaced_item_hides_no_new_sentence() -> None:
    old = worked(asked(FIRST, "old"), 0, replaced=True)
    new = asked(FIRST.replace("tre", "fem"), "new")
    assert not after([old], [new])[new.text].replaced


def test_a_list_that_is_another_altogether_is_withdrawn_whole() -> None:
    olds = [worked(asked(f"Krav {number} på {number * 7919 % 10007} enheter", f"old{number}"), number) for number in range(2000)]
    news = [asked(f"Önskemål {number} om {number * 104729 % 10007} delar", f"new{number}") for number in range(2000)]
    assert sum(one.withdrawn for one in after(olds, news).values()) == 2000


def test_a_withdrawn_item_counts_neither_as_missing_nor_as_done() -> None:
    items = [worked(asked(FIRST, "a"), 0), worked(asked(SECOND, "b"), 1, state=ItemState.OPEN)]
    assert (readiness(items, ()).done, readiness(items, ()).missing) == (1, 1)
    gone = readiness([replace(one, withdrawn=True) for one in items], ())
    assert (gone.total, gone.done, gone.missing, gone.must_missing, gone.unreviewed) == (0, 0, 0, 0, 0)
