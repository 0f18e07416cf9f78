"""Tables of contents without dots."""

from __future__ import annotations

from app.documents.typed_contents import typed_contents


def test_a_row_of_titles_with_pages_under_its_title_is_a_table_of_contents() -> None:
    texts = ["Kravspecifikation", "Innehållsförteckning", "1 Inledning 2", "2 Drift och support 3", "3 Priser\t7", "1 Inledning"]
    assert typed_contents(texts) == {2, 3, 4}


def test_pages_that_go_back_or_no_title_make_none() -> None:
    assert typed_contents(["Contents", "Lot 1 40", "Lot 2 12", "Lot 3 9"]) == frozenset()
    assert typed_contents(["Antal platser", "1 Norrby 2", "2 Söderby 3", "3 Västerby 7"]) == frozenset()
    assert typed_contents(["Innehåll", "Anbudet ska lämnas in senast den 3", "Svar ges."]) == frozenset()
