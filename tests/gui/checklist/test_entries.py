"""Filters, counts, search and grouping: plain data, no window."""

from __future__ import annotations

from dataclasses import replace

from app.core.checklist import ChecklistItem
from app.core.points import PointKind
from app.core.work import ItemState
from app.gui.checklist.entries import Entry, Filter, Trait, count, entry_of, passing
from app.gui.checklist.marks import Shape, shape_of
from app.gui.checklist.rows import Grouping, Groups, Header, differences
from app.gui.checklist.wording import Wording
from tests.gui.checklist.support import work
from tests.support.checklists import item


def entries(*items: ChecklistItem) -> list[Entry]:
    return [entry_of(work(one, number), ()) for number, one in enumerate(items, 1)]


def sections(*titles: str) -> list[Entry]:
    return entries(*(item(f"Punkt {number}", headings=("3 Krav", title)) for number, title in enumerate(titles)))


def test_a_rejected_item_is_only_among_the_rejected() -> None:
    entry = entry_of(work(item("x"), 1, state=ItemState.REJECTED), ())
    assert Trait.REJECTED & entry.traits
    assert not (Trait.TENDER | Trait.MISSING | Trait.CHANGED | Trait.CONTRACT | Trait.UNREVIEWED) & entry.traits


def test_what_the_documents_no_longer_ask_for_is_among_the_changed_until_it_is_rejected() -> None:
    gone = work(item("x"), 1, answer="Vi har det", withdrawn=True)
    assert Trait.CHANGED & entry_of(gone, ()).traits
    assert not (Trait.TENDER | Trait.MISSING | Trait.DONE) & entry_of(replace(gone, state=ItemState.DONE), ()).traits
    assert Wording().known(entry_of(gone, ())).startswith("Finns inte längre i underlaget")
    assert shape_of(gone, False) is Shape.CHANGED
    assert not Trait.CHANGED & entry_of(replace(gone, state=ItemState.REJECTED), ()).traits


def test_a_rejected_item_that_the_buyer_changes_is_among_the_changed_and_says_so() -> None:
    entry = entry_of(work(item("x"), 1, state=ItemState.REJECTED, reason="annan del", changed=True), ())
    assert passing([entry], Filter(Trait.CHANGED)) == [entry]
    assert not (Trait.TENDER | Trait.MISSING) & entry.traits
    assert Wording().known(entry) == "Ändrat i underlaget · Gäller inte oss: annan del"


def test_mine_minds_neither_case_nor_spaces() -> None:
    owned = [
        entry_of(work(item("x"), number, owner=name), ()) for number, name in enumerate(("Anna", "anna ", "ANNA", "Hanna", None))
    ]
    assert passing(owned, Filter(owner="anna")) == owned[:3]


def test_a_search_sees_through_ligatures_and_soft_hyphens() -> None:
    (entry,) = entries(item("Su\u00adper\ufb01ne certi\ufb01kat"))
    assert passing([entry], Filter(words=("superfine", "certifikat"))) == [entry]
    assert passing([entry], Filter(words=("certi\u00adfi\u00adkat",))) == [entry]


def test_a_duty_after_award_is_not_on_the_tender_list() -> None:
    (entry,) = entries(item("x", kind=PointKind.CONTRACT))
    assert Trait.CONTRACT & entry.traits
    assert not (Trait.TENDER | Trait.MISSING) & entry.traits


def test_what_is_done_is_not_missing() -> None:
    entry = entry_of(work(item("x"), 1, state=ItemState.DONE), ())
    assert passing([entry], Filter(Trait.TENDER)) == [entry]
    assert passing([entry], Filter(Trait.MISSING)) == []


def test_the_search_takes_all_words_and_any_case_but_keeps_the_letters_of_swedish() -> None:
    listed = entries(item("Årsredovisning för TVÅ år"), item("Arsredovisning för två år"))
    assert passing(listed, Filter(words=("två", "årsREDO"))) == [listed[0]]
    assert passing(listed, Filter(words=("två", "saknas"))) == []


def test_the_search_finds_answers_notes_and_numbers() -> None:
    entry = entry_of(work(item("x", number="7.4.2"), 1, answer="Vi är tolv", note="fråga Lina"), ())
    assert all(passing([entry], Filter(words=(word,))) for word in ("tolv", "lina", "7.4.2"))


def test_kinds_are_any_of_those_chosen() -> None:
    listed = entries(item("a", kind=PointKind.QUESTION), item("b", kind=PointKind.ATTACHMENT), item("c"))
    assert passing(listed, Filter(kinds=Trait.QUESTION | Trait.ATTACHMENT)) == listed[:2]


def test_the_counts_are_those_of_the_filters() -> None:
    listed = entries(item("a"), item("b", must=False), item("c", kind=PointKind.CONTRACT))
    combinations = count(listed)
    for traits in (Trait.TENDER, Trait.TENDER | Trait.MUST, Trait.CONTRACT, Trait.MISSING):
        wanted = sum(number for found, number in combinations.items() if found & traits == traits)
        assert wanted == len(passing(listed, Filter(traits)))


def test_a_section_goes_down_to_the_first_number_of_two_levels() -> None:
    deep = item("x", headings=("Bilaga 1", "3 Krav", "3.2 Registrering", "3.2.1 Bevis"))
    listed = entries(deep)
    first = Groups(listed, Grouping.SECTION).rows(listed)[0]
    assert isinstance(first, Header)
    assert first.group[1:] == ("Bilaga 1", "3 Krav", "3.2 Registrering")


def test_a_header_counts_what_the_filter_shows_of_its_group() -> None:
    listed = sections("3.1 A", "3.1 A", "3.2 B")
    listed[0] = entry_of(replace(listed[0].work, state=ItemState.DONE), ())
    rows = Groups(listed, Grouping.SECTION).rows(listed[1:2])
    assert isinstance(rows[0], Header)
    assert (rows[0].done, rows[0].total, len(rows)) == (0, 1, 2)


def test_groups_without_a_shown_item_have_no_header() -> None:
    listed = sections("3.1 A", "3.2 B")
    assert len(Groups(listed, Grouping.SECTION).rows([])) == 0


def test_differences_turn_the_old_rows_into_the_new() -> None:
    listed = sections(*("3.1 A",) * 4, *("3.2 B",) * 4)
    old = Groups(listed, Grouping.SECTION).rows(listed)
    fewer = [listed[0], listed[2], listed[5]]
    for before, after in (
        (old, Groups(listed, Grouping.SECTION).rows(fewer)),
        (Groups(listed, Grouping.SECTION).rows(fewer), old),
        (old, []),
        ([], old),
        (old, old),
    ):
        rows = list(before)
        edits = differences(before, after)
        assert edits is not None
        for edit in edits:
            rows[edit.at : edit.at + edit.removed] = edit.added
        assert [row.key for row in rows] == [row.key for row in after]


def test_another_order_is_a_new_start() -> None:
    listed = sections("3.1 A", "3.1 A")
    assert differences(list(listed), listed[::-1]) is None
