"""JSON follows the project's schema to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.core.checklist import Checklist, Tender
from app.core.document import Box, Place
from app.core.resources import resource
from app.export.json import write_json
from tests.support.checklists import BROKEN, ILLEGAL, INVITATION, checklist, described, item


def written(given: Checklist) -> bytes:
    target = BytesIO()
    write_json(given, target, "sv", described)
    return target.getvalue()


def loaded(given: Checklist) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(written(given))
    return data


@pytest.mark.parametrize("given", [checklist(30), Checklist(Tender(), (), ())], ids=["rich", "empty"])
def test_it_follows_the_schema(given: Checklist) -> None:
    schema = json.loads(resource("schemas", "checklist.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(loaded(given))


def test_the_same_list_gives_the_same_bytes() -> None:
    assert written(checklist(50)) == written(checklist(50))
    assert written(checklist()).startswith(b'{\n  "format": "anbudsklar/checklist-1",\n')
    assert written(checklist()).endswith(b"}\n")
    assert "åldrade".encode() in written(checklist())


def test_a_document_that_could_not_be_read_is_listed_with_why() -> None:
    broken = next(document for document in loaded(checklist())["documents"] if document["name"] == BROKEN)
    assert broken["kind"] == "other"
    assert broken["warnings"] == [{"code": "file.corrupt", "message": f"{BROKEN}: <file.corrupt> å"}]
    assert set(broken["lines"].values()) == {0}
    assert broken["unassigned"] == []


def test_unassigned_lines_and_warnings_keep_their_page() -> None:
    invitation = next(document for document in loaded(checklist())["documents"] if document["name"] == INVITATION)
    assert invitation["unassigned"][0] == {
        "text": "En rad som ingen regel tog",
        "page": 9,
        "bbox": [70, 100, 300, 112],
        "sheet": None,
        "cell": None,
    }
    assert [warning.get("page") for warning in invitation["warnings"]] == [None, 7]


def test_boxes_are_in_tenths_and_never_what_json_has_no_word_for() -> None:
    point = item("x")
    assert loaded(checklist())["items"][0]["source"]["bbox"] == [71.0, 120.1, 518.1, 134.0]
    strange = replace(point, source=replace(point.source, place=Place(1, Box(float("nan"), 0, float("inf"), 1))))
    assert loaded(Checklist(Tender(), (), (strange,)))["items"][0]["source"]["bbox"] is None
    below = replace(point, source=replace(point.source, place=Place(1, Box(-0.01, 0, 1, 1))))
    assert "-0.0" not in written(Checklist(Tender(), (), (below,))).decode()


def test_a_quote_keeps_every_character_that_utf_8_can_hold() -> None:
    quotes = [one["source"]["quote"] for one in loaded(checklist())["items"]]
    assert ILLEGAL.replace("\ud800", "?") in quotes
