"""How long the answer in a Word field may be."""

from __future__ import annotations

import pytest

from tests.support.words import form_field, only, read, runs


@pytest.mark.parametrize(("most", "limit"), [("11", "11"), ("0", None), ("x", None)])
def test_a_field_without_a_cap_has_no_limit(most: str, limit: str | None) -> None:
    field = form_field("FORMTEXT", f'<w:name w:val="Text1"/><w:textInput><w:maxLength w:val="{most}"/></w:textInput>', "     ")
    assert only(read(runs(field))).slots[0].limit == limit
