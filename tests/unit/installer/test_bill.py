"""The bill of materials: what the standard asks for, every part with its licence, and what is there for what."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from app.core.parts import Part, parts
from installer.bill import bill
from installer.freezing import ROOT


@pytest.fixture(scope="module")
def billed() -> str:
    return bill(parts())


def test_the_bill_is_what_the_standard_describes_and_the_same_every_time(billed: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(billed) is None
    assert bill(parts()) == billed


def test_the_bill_names_every_part_with_licence_and_locked_hashes(billed: str) -> None:
    said = json.loads(billed)
    components = {one["bom-ref"]: one for one in said["components"]}
    assert {one["name"] for one in components.values()} >= {part.name for part in parts()}
    assert [ref for ref, one in components.items() if not one["licenses"]] == []
    lock = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    hashes = [entry["content"] for one in components["sqlalchemy"]["externalReferences"] for entry in one.get("hashes", ())]
    assert hashes
    assert all(digest in lock for digest in hashes)


def test_the_bill_says_what_is_there_for_what(billed: str) -> None:
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in json.loads(billed)["dependencies"]}
    assert "sqlcipher3/sqlcipher" in needs["sqlcipher3"]
    assert "pyside6-essentials/qt" in needs["pyside6-essentials"]
    assert needs["openpyxl"] == {"et-xmlfile"}
    assert "et-xmlfile" not in needs["anbudsklar"]
    assert {"openpyxl", "python", "typst"} <= needs["anbudsklar"]
    assert any(ref.startswith("typst/typst-pdf@") for ref in needs["typst"])
    assert any(ref.startswith("typst/krilla@") for ref in needs[next(ref for ref in needs if ref.startswith("typst/typst-pdf@"))])


def test_a_library_that_is_a_file_of_its_own_has_that_files_hash() -> None:
    around = [Part("Python", "3", "PSF-2.0", "", ("text",)), Part("pillow", "1", "MIT-CMU", "", ("text",))]
    library = Part("libx", "1", "MIT", "", ("text",), ("pillow",), files=("libx-*",))
    digest = "a" * 64
    components = json.loads(bill([*around, library], {"libx-12.so.1": digest, "liby-12.so.1": "b" * 64}))["components"]
    (one,) = (component for component in components if component["name"] == "libx")
    assert one["hashes"] == [{"alg": "SHA-256", "content": digest}]
