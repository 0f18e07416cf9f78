"""The claims file: what the schema takes is read, what it does not take is told with its place, and writing is stable."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims import Anchor, BidFile, ClaimSet
from app.core.document import Box, Finding
from app.core.errors import AnbudsklarError, ClaimsError
from app.secrecy.catalogue import categories, grounds
from app.secrecy.claimsfile import dump_claims, load_claims, read_claims
from tests.support.claims import BIDDER, TENDER, claim, claim_set

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "resources" / "schemas" / "claims.schema.json").read_text("utf-8"))

FULL = claim_set(
    claim(
        anchors=(
            Anchor("pris", "1 285", "Arkitekt ", " kr", True, None, None, "Pris", "D8:D14"),
            Anchor("cv", page=2, box=Box(10.5, 20, 300, 40)),
            Anchor("cv", page=3),
        ),
        note="Fråga Åsa först.",
        quote_in_annex=True,
    ),
    claim(number=7, title=None, market=None, duration=None, may_be_released=None, not_known_because=None),
)


def broken(change: Callable[[dict[str, Any]], object]) -> list[Finding]:
    """The faults of the full file after a change."""
    content = json.loads(dump_claims(FULL))
    change(content)
    with pytest.raises(ClaimsError) as told:
        load_claims(json.dumps(content).encode(), "begäran.json")
    assert told.value.file == "begäran.json"
    return [told.value.finding(), *told.value.more]


def put(path: str, value: Any) -> Callable[[dict[str, Any]], object]:
    """A change: the value at `claims.0.anchors.1.page`."""

    def change(content: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            content = content[step]
        content[last] = value

    return change


def take(path: str) -> Callable[[dict[str, Any]], object]:
    def change(content: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            content = content[step]
        del content[last]

    return change


def test_what_is_written_is_read_again_and_keeps_to_the_schema() -> None:
    written = dump_claims(FULL)
    jsonschema.validate(json.loads(written), SCHEMA)
    assert load_claims(written).claims == FULL
    assert load_claims(written).warnings == ()


def test_writing_is_stable_and_readable() -> None:
    written = dump_claims(FULL)
    assert dump_claims(load_claims(written).claims) == written
    assert written.endswith(b"}\n")
    assert "Genomförande".encode() in written
    assert b"null" not in written


def test_the_form_has_every_field_of_the_schema() -> None:
    from app.secrecy import claimsform as form

    claims = SCHEMA["properties"]["claims"]["items"]
    pairs = [
        (form.TOP, SCHEMA),
        (form.TENDER, SCHEMA["properties"]["tender"]),
        (form.BIDDER, SCHEMA["properties"]["bidder"]),
        (form.FILE, SCHEMA["properties"]["files"]["items"]),
        (form.CLAIM, claims),
        (form.ANCHOR, claims["properties"]["anchors"]["items"]),
    ]
    for made, schema in pairs:
        assert set(made.fields) == set(schema["properties"])
        assert made.required == set(schema["required"])


def test_nulls_and_absent_fields_are_the_same() -> None:
    content = json.loads(dump_claims(claim_set(claim(title=None))))
    content["claims"][0] |= {"title": None, "note": None}
    content["claims"][0]["anchors"][0] |= {"page": None, "bbox": None, "prefix": None}
    jsonschema.validate(content, SCHEMA)
    assert load_claims(json.dumps(content).encode()).claims == claim_set(claim(title=None))


@pytest.mark.parametrize("field", ["tender.name", "bidder.name"])
def test_suggestions_without_names_are_read(field: str) -> None:
    content = json.loads(dump_claims(FULL))
    put(field, "")(content)
    assert load_claims(json.dumps(content).encode()).claims


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (take("tender"), "claims.missing", "tender"),
        (take("tender.reference"), "claims.missing", "tender.reference"),
        (take("claims.1.loss"), "claims.missing", "claims[1].loss"),
        (take("claims.0.anchors.2.file"), "claims.missing", "claims[0].anchors[2].file"),
        (put("tender", None), "claims.wrong_type", "tender"),
        (put("claims", {}), "claims.wrong_type", "claims"),
        (put("claims.1", "x"), "claims.wrong_type", "claims[1]"),
        (put("claims.1.number", "7"), "claims.wrong_type", "claims[1].number"),
        (put("claims.1.number", True), "claims.wrong_type", "claims[1].number"),
        (put("claims.1.number", 0), "claims.wrong_type", "claims[1].number"),
        (put("claims.1.number", 1), "claims.repeated_number", "claims[1].number"),
        (put("claims.1.category", 7), "claims.wrong_type", "claims[1].category"),
        (put("claims.1.ground", "osl-99"), "claims.unknown_ground", "claims[1].ground"),
        (put("claims.1.used_by", None), "claims.wrong_type", "claims[1].used_by"),
        (put("claims.1.duration", "två år"), "claims.duration", "claims[1].duration"),
        (put("claims.1.quote_in_annex", "ja"), "claims.wrong_type", "claims[1].quote_in_annex"),
        (put("claims.1.anchors", []), "claims.blank", "claims[1].anchors"),
        (put("claims.0.anchors.0.quote", ""), "claims.blank", "claims[0].anchors[0].quote"),
        (put("claims.0.anchors.0.cells", "hela kolumnen"), "claims.cells", "claims[0].anchors[0].cells"),
        (put("claims.0.anchors.1.page", 0), "claims.wrong_type", "claims[0].anchors[1].page"),
        (put("claims.0.anchors.1.page", None), "claims.box_without_page", "claims[0].anchors[1].bbox"),
        (put("claims.0.anchors.1.bbox", [1, 2, 3]), "claims.box", "claims[0].anchors[1].bbox"),
        (put("claims.0.anchors.1.bbox", [9, 2, 3, 4]), "claims.box", "claims[0].anchors[1].bbox"),
        (put("claims.0.anchors.1.bbox", [1, 2, 3, "4"]), "claims.box", "claims[0].anchors[1].bbox"),
        (put("claims.0.anchors.1.file", "borta"), "claims.unknown_file", "claims[0].anchors[1].file"),
        (put("files.1.path", "\\\\host\\anbud\\Pris.xlsx"), "claims.network_path", "files[1].path"),
        (put("files.1.path", "//host/anbud/Pris.xlsx"), "claims.network_path", "files[1].path"),
        (put("files.1.path", "../Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "a/../../Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "a\\..\\..\\Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "/etc/Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "C:\\anbud\\Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "C:Pris.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.path", "Pris\0.xlsx"), "claims.outside", "files[1].path"),
        (put("files.1.id", "pris"), "claims.repeated_file", "files[1].id"),
        (put("format", "anbudsklar/claims-2"), "claims.format", "format"),
    ],
)
def test_a_fault_is_told_with_its_place(change: Callable[[dict[str, Any]], object], code: str, place: str) -> None:
    first = broken(change)[0]
    assert (first.code, dict(first.values)["place"]) == (code, place)


def test_a_kind_that_is_not_known_becomes_other_and_the_rest_goes_on() -> None:
    content = json.loads(dump_claims(FULL))
    put("claims.1.category", "gissning")(content)
    loaded = load_claims(json.dumps(content).encode())
    assert [claim.category for claim in loaded.claims.claims] == [FULL.claims[0].category, "other"]
    (warning,) = loaded.warnings
    assert warning.code == "claims.kind_other"
    assert dict(warning.values) == {"place": "claims[1].category", "number": str(FULL.claims[1].number)}


def test_all_faults_are_told_at_once() -> None:
    def several(content: dict[str, Any]) -> None:
        del content["claims"][0]["how"]
        content["claims"][1]["duration"] = "länge"
        content["claims"][1]["ground"] = "osl-1"

    assert [fault.code for fault in broken(several)] == ["claims.missing", "claims.unknown_ground", "claims.duration"]


def test_a_fault_never_quotes_the_secret() -> None:
    for field in ("number", "duration", "anchors", "quote_in_annex"):
        assert "hemligt" not in str(broken(put(f"claims.0.{field}", "hemligt värde")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "claims.empty"),
        (b" \n", "claims.empty"),
        (b"{", "claims.not_json"),
        (b"[]", "claims.wrong_type"),
        (b"[" * 100_000, "claims.not_json"),
        (b'{"format": NaN}', "claims.not_json"),
        (b'{"x": ' + b"9" * 10_000 + b"}", "claims.not_json"),
        ("{}".encode("utf-16"), "claims.not_utf8"),
        (b'{"format": 1, "format": 2}', "claims.repeated_field"),
        (b"{}", "claims.missing"),
    ],
)
def test_what_is_no_claims_file_is_told(content: bytes, code: str) -> None:
    with pytest.raises(AnbudsklarError) as told:
        load_claims(content)
    assert told.value.finding().code == code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("5568194798", None),
        ("556819-4799", "claims.organisation_check_digit"),
        ("556819", "claims.organisation_shape"),
        ("811218-9876", "claims.organisation_personal"),
    ],
)
def test_a_doubtful_organisation_number_is_a_warning(number: str, code: str | None) -> None:
    content = json.loads(dump_claims(FULL))
    content["bidder"]["organisation_number"] = number
    loaded = load_claims(json.dumps(content).encode())
    assert loaded.claims.bidder.organisation_number == number
    assert [warning.code for warning in loaded.warnings] == ([code] if code else [])


def test_an_unknown_field_is_a_warning_and_a_schema_reference_is_none() -> None:
    content = json.loads(dump_claims(FULL)) | {"$schema": "claims.schema.json"}
    content["claims"][1]["durration"] = "P2Y"
    (warning,) = load_claims(json.dumps(content).encode()).warnings
    assert (warning.code, dict(warning.values)["place"]) == ("claims.unknown_field", "claims[1].durration")


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xef\xbb\xbf" + dump_claims(FULL))
    assert read_claims(tmp_path / "a.json").claims == FULL
    for missing, code in ((tmp_path / "b.json", "file.not_found"), (tmp_path, "file.error")):
        with pytest.raises(AnbudsklarError) as told:
            read_claims(missing)
        assert told.value.finding().code == code


def test_half_a_character_of_a_broken_document_is_kept() -> None:
    odd = claim_set(claim(anchors=(Anchor("pris", "a\ud800b"),)))
    assert load_claims(dump_claims(odd)).claims == odd


_words = st.text(min_size=1).filter(str.strip)
_maybe = st.none() | st.text()
_anchors = st.builds(
    Anchor, file=st.sampled_from(["a", "b"]), quote=st.none() | _words, prefix=_maybe, page=st.none() | st.integers(1, 999)
)
_claims = st.builds(
    claim,
    number=st.integers(1, 1000),
    anchors=st.lists(_anchors, min_size=1, max_size=3).map(tuple),
    category=st.sampled_from([one.id for one in categories()]),
    ground=st.sampled_from([one.id for one in grounds()]),
    used_by=st.text(),
    loss=st.text(),
    title=_maybe,
    quote_in_annex=st.booleans(),
)
_sets = st.builds(
    ClaimSet,
    st.just(TENDER),
    st.just(BIDDER),
    st.just((BidFile("a", "a.pdf", "0" * 64), BidFile("b", "b.docx"))),
    st.lists(_claims, max_size=4, unique_by=lambda claim: claim.number).map(tuple),
)


@settings(deadline=None)
@given(_sets)
def test_any_claims_survive_the_file(claims: ClaimSet) -> None:
    assert load_claims(dump_claims(claims)).claims == claims


@given(
    st.binary()
    | st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_whatever_the_bytes_are_only_errors_of_the_tree_come_out(content: bytes) -> None:
    with pytest.raises(AnbudsklarError):
        load_claims(content)


def test_paths_that_stay_in_the_folder_are_taken() -> None:
    for path in ("Pris.xlsx", "./bilagor/Pris.xlsx", "a/../Pris.xlsx", "..Pris.xlsx", "bilagor.zip/Pris.xlsx"):
        content = json.loads(dump_claims(FULL))
        content["files"][0]["path"] = path
        assert load_claims(json.dumps(content).encode()).claims.files[0].path == path


def linked(folder: Path, path: str) -> Path:
    content = json.loads(dump_claims(FULL))
    content["files"][0]["path"] = path
    (folder / "begäran.json").write_text(json.dumps(content), "utf-8")
    return folder / "begäran.json"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_may_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    inner, outer = tmp_path / "anbud", tmp_path / "annat"
    (inner / "bilagor").mkdir(parents=True)
    outer.mkdir()
    (outer / "hemligt.docx").write_bytes(b"x")
    (inner / "bilagor" / "pris.docx").write_bytes(b"x")
    (inner / "fil.docx").symlink_to(outer / "hemligt.docx")
    (inner / "mapp").symlink_to(outer)
    (inner / "egen").symlink_to(inner / "bilagor")
    (inner / "runt").symlink_to(inner / "runt")
    for path in ("fil.docx", "mapp/hemligt.docx", "mapp/../annat/hemligt.docx"):
        with pytest.raises(ClaimsError) as caught:
            read_claims(linked(inner, path))
        assert (caught.value.code_used, dict(caught.value.values)["place"]) == ("claims.outside_link", "files[0].path")
    assert read_claims(linked(inner, "egen/pris.docx"))
    (tmp_path / "genväg").symlink_to(inner)
    assert read_claims(tmp_path / "genväg" / "begäran.json")
