"""The answers file: what the schema allows is read, and what it does not is told by its place."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from app.core.document import Box, Place
from app.core.errors import FillError
from app.core.forms import FormAnswer
from app.core.resources import resource
from app.workflow.answersfile import load_answers

SCHEMA: dict[str, Any] = json.loads(resource("schemas", "answers.schema.json").read_text("utf-8"))


def load(made: object) -> tuple[FormAnswer, ...]:
    return load_answers(json.dumps(made).encode(), "svar.json")


def test_everything_that_an_answer_can_be() -> None:
    made = {
        "format": "anbudsklar/answers-1",
        "form": "Bilaga 1.xlsx",
        "answers": [
            {"item": "0123456789abcdef", "question": "Namn", "value": "Åke"},
            {"place": {"sheet": "Blad1", "cell": "B2"}, "value": 1250.5},
            {"place": {"page": 1, "box": [1, 2, 3, 4.5]}, "value": 12},
            {"place": {"paragraph": 7}, "value": False},
            {"field": "ort", "value": ["Malmö", "Umeå"]},
        ],
    }
    jsonschema.validate(made, SCHEMA)
    assert load(made) == (
        FormAnswer("Åke", "0123456789abcdef", question="Namn"),
        FormAnswer("1250.5", place=Place(sheet="Blad1", cell="B2")),
        FormAnswer("12", place=Place(1, Box(1.0, 2.0, 3.0, 4.5))),
        FormAnswer("Nej", place=Place(paragraph=7)),
        FormAnswer("Malmö\nUmeå", field="ort"),
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ([], "answers.no_list"),
        ({"answers": []}, "answers.none"),
        ({"answers": [{"value": "x"}]}, "answers.no_address"),
        ({"answers": [{"field": "x"}]}, "answers.no_value"),
        ({"answers": [{"field": "x", "value": None}]}, "answers.no_value"),
        ({"answers": [{"field": "x", "value": []}]}, "answers.no_value"),
        ({"answers": [{"field": 3, "value": "x"}]}, "answers.not_text"),
        ({"answers": [{"field": "x", "value": "x", "celll": 1}]}, "answers.unknown"),
        ({"answers": [{"place": {"sheet": "A"}, "value": "x"}]}, "answers.no_address"),
        ({"answers": [{"place": {"page": -1}, "value": "x"}]}, "answers.not_number"),
        ({"answers": [{"place": {"page": 1, "box": [1, 2]}, "value": "x"}]}, "answers.no_box"),
        ({"answers": ["x"]}, "answers.not_object"),
        ({"answers": [{"field": "x", "value": "x"}], "format": "annat"}, "answers.format"),
    ],
)
def test_what_the_schema_does_not_allow_is_told(made: object, code: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, SCHEMA)
    with pytest.raises(FillError) as error:
        load(made)
    assert error.value.code_used == code


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (b'{"answers": [{"field": "x", "value": NaN}]}', "answers.no_value"),
        (b'{"answers": [{"field": "x", "value": 1e400}]}', "answers.no_value"),
        (b'{"answers": [{"place": {"page": 1, "box": [NaN, 0, 1, 1]}, "value": "x"}]}', "answers.no_box"),
        (b'{"answers": [{"place": {"page": 1, "box": [1%s, 0, 1, 1]}, "value": "x"}]}' % (b"0" * 400), "answers.no_box"),
        (b'{"answers": [{"field": "x", "value": "a\\ud800b"}]}', "answers.half_letter"),
        (b'{"answers": [{"field": "\\udc00", "value": "x"}]}', "answers.half_letter"),
        (b'{"answers": [{"field": "x", "value": ["\\ud800"]}]}', "answers.half_letter"),
    ],
)
def test_what_no_form_can_hold_is_told(made: bytes, code: str) -> None:
    with pytest.raises(FillError) as error:
        load_answers(made, "svar.json")
    assert error.value.code_used == code


def test_numbers_are_written_out() -> None:
    made = load_answers(
        b'{"answers": [{"field": "x", "value": 1e22}, {"field": "y", "value": 1e-7}, {"field": "z", "value": 2.50}]}'
    )
    assert [answer.value for answer in made] == ["10000000000000000000000", "0.0000001", "2.5"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_told(content: bytes) -> None:
    with pytest.raises(FillError) as error:
        load_answers(content, "svar.json")
    assert error.value.code_used == "answers.not_json"
