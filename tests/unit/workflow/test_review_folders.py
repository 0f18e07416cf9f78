"""A bid in a folder, reviewed: the sample as it is and with faults planted in it, and folders as people have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import jsonschema
import pytest

from app.cli.messages import describe
from app.core.document import Finding
from app.core.errors import PermissionDeniedError
from app.core.inspection import FileFacts
from app.core.limits import DEFAULT_LIMITS
from app.core.review import Override, Severity
from app.core.review_words import worded
from app.documents.reader import ReadRequest
from app.export.file import whole
from app.export.package.build import build_package
from app.export.package.manifest import ManifestFacts
from app.export.package.plan import PlanItem, plan_package
from app.export.package.sources import look_at
from app.workers.file_work import SerialFileWork
from app.workers.inspecting import WorkInspector
from app.workers.serial import SerialRunner
from app.workflow.review_folders import FolderReview, locks_and_twins, review_folders
from app.workflow.review_report import FORMATS, report_of, review_writer
from app.workflow.reviewing import review_of
from tests.support.package import zip_bytes
from tests.support.packages import OPEN, item
from tests.support.planted import FAULTS, MORE_FAULTS, REQUIREMENTS, SAMPLE, Fault, faultless, planted

SCHEMA = json.loads((SAMPLE.parent / "schemas" / "review.schema.json").read_text("utf-8"))
NOW = datetime(2027, 10, 20, 12)
MOST_FALSE_ALARMS = 2


def reviewed(bid: Path, *procurement: Path, **more: Any) -> FolderReview:
    given: dict[str, Any] = {"runner": SerialRunner(), "inspector": WorkInspector(SerialFileWork()), "now": NOW}
    return review_folders(procurement or [SAMPLE / "procurement"], bid, **(given | more))


def remarks(made: FolderReview) -> list[tuple[str, str | None]]:
    """What the user must look at: rule and file. Notes are no remarks."""
    return [(one.rule, one.cause.file) for one in made.review.findings if one.severity is not Severity.NOTE]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> FolderReview:
    return reviewed(faultless(tmp_path_factory.mktemp("sample") / "bid"))


def test_the_sample_bid_without_faults_is_green(sample: FolderReview) -> None:
    assert remarks(sample) == []
    assert sample.review.ready
    assert sample.left_out == ()


def test_there_are_twenty_five_faults_each_in_a_place_of_its_own() -> None:
    assert len(FAULTS) == 25
    assert len({(fault.rule, fault.file) for fault in FAULTS}) == 25


@pytest.mark.parametrize("faults", [FAULTS, MORE_FAULTS], ids=["planted", "put otherwise"])
def test_every_planted_fault_is_found_and_hardly_anything_else(faults: Sequence[Fault], tmp_path: Path) -> None:
    told = remarks(reviewed(planted(tmp_path / "bid", faults)))
    wanted = {(fault.rule, fault.file) for fault in faults}
    assert wanted - set(told) == set()
    assert len([one for one in told if one not in wanted]) <= MOST_FALSE_ALARMS


def test_the_originals_are_never_written(tmp_path: Path) -> None:
    bid = faultless(tmp_path / "bid")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in bid.iterdir()}
    reviewed(bid)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in bid.iterdir()} == before


def test_a_package_built_into_the_bid_folder_is_not_reviewed_as_part_of_the_bid(tmp_path: Path) -> None:
    bid = faultless(tmp_path / "bid")
    cv = next(bid.glob("4.1*"))
    planned = plan_package([PlanItem(item("a"))], [look_at(cv)], [], OPEN)
    build_package(planned, bid / "Paket", ManifestFacts(), archive=True, bid=bid)
    made = reviewed(bid)
    assert remarks(made) == []
    assert {one.name.partition("/")[0] for one in made.inputs.files} == {
        path.name for path in faultless(tmp_path / "b").iterdir()
    }


def test_a_file_of_a_kind_that_no_procurement_has_is_told_as_extra(tmp_path: Path) -> None:
    bid = faultless(tmp_path / "bid")
    (bid / "start.bat").write_bytes(b"echo hej")
    assert ("files.extra", "start.bat") in remarks(reviewed(bid))


def test_a_form_is_known_by_its_content_under_any_name(sample: FolderReview, tmp_path: Path) -> None:
    bid = faultless(tmp_path / "bid")
    (bid / REQUIREMENTS).rename(bid / "svar.docx")
    made = reviewed(bid)
    assert {Path(path).name: form.name for path, form in made.inputs.form_of.items()}["svar.docx"].startswith("Bilaga 1")
    assert [one for one in remarks(made) if one[1] == "svar.docx"] == []
    assert len(made.inputs.form_of) == len(sample.inputs.form_of)


def test_a_procurement_in_an_archive_is_compared_all_the_same(tmp_path: Path) -> None:
    archive = tmp_path / "underlag.zip"
    archive.write_bytes(zip_bytes({path.name: path.read_bytes() for path in (SAMPLE / "procurement").iterdir()}))
    made = reviewed(faultless(tmp_path / "bid"), archive)
    assert remarks(made) == []
    assert len(made.inputs.form_of) == 2


def test_a_folder_that_is_not_there_is_one_obstacle(tmp_path: Path) -> None:
    made = reviewed(tmp_path / "borta")
    rules = [rule for rule, _ in remarks(made)]
    assert rules.count("files.folder_lost") == 1
    assert "files.gone" not in rules


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "bid").mkdir()
    made = reviewed(tmp_path / "bid")
    assert [finding.code for finding in made.left_out] == ["package.empty"]
    assert not made.review.ready


def test_a_file_beyond_the_limits_is_a_row_and_not_the_end(tmp_path: Path) -> None:
    bid = faultless(tmp_path / "bid")
    (bid / "stor.txt").write_bytes(b"x" * 300_000)
    made = reviewed(bid, limits=replace(DEFAULT_LIMITS, file_bytes=200_000))
    (row,) = [one for one in made.review.findings if one.cause.file == "stor.txt" and one.rule == "open.failed"]
    assert row.severity is Severity.OBSTACLE
    assert dict(row.values)["code"] == "limit.size"
    assert "?" not in worded(row, "sv").detail


def test_a_child_that_dies_or_a_disk_that_goes_away_costs_one_file(tmp_path: Path) -> None:
    inner = WorkInspector(SerialFileWork())

    class Fragile:
        def __init__(self, fail: Callable[[str], Finding]) -> None:
            self.fail = fail

        def inspect(self, request: ReadRequest) -> tuple[FileFacts, ...] | Finding:
            return self.fail(request.name) if request.name.startswith("3 ") else inner.inspect(request)

    def denied(name: str) -> Finding:
        raise PermissionDeniedError(name)

    def gone(name: str) -> Finding:
        raise OSError(5, "network", name)

    bid = faultless(tmp_path / "bid")
    for fail, code in (
        (lambda name: Finding("worker.crashed", name), "worker.crashed"),
        (denied, "file.permission"),
        (gone, "file.error"),
    ):
        made = reviewed(bid, inspector=Fragile(fail))
        assert remarks(made) == [("open.failed", "3 Referensuppdrag.pdf")]
        assert dict(made.review.findings[0].values)["code"] == code


def test_a_form_of_the_buyers_that_could_not_be_looked_through_is_told(tmp_path: Path) -> None:
    inner = WorkInspector(SerialFileWork())

    class Slow:
        def inspect(self, request: ReadRequest) -> tuple[FileFacts, ...] | Finding:
            if request.name.startswith("Bilaga 2"):
                return Finding("limit.time", request.name, None, (("limit", "300"),))
            return inner.inspect(request)

    made = reviewed(faultless(tmp_path / "bid"), inspector=Slow())
    assert "reading.uncompared" in [rule for rule, _ in remarks(made)]


def test_locks_of_open_files_are_told_by_the_file_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "Anbudsbrev.docx").write_bytes(b"x")
    (tmp_path / "~$budsbrev.docx").write_bytes(b"\x05Tilda")
    (tmp_path / ".~lock.Priser.xlsx#").write_bytes(b"Tilda")
    (tmp_path / "~anteckning.txt").write_bytes(b"no lock")
    locks, _ = locks_and_twins(tmp_path)
    assert sorted(locks) == ["Anbudsbrev.docx", "Priser.xlsx"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Bilaga Ö.pdf", normalize("NFD", "Bilaga Ö.pdf"), True),
        ("Priser.pdf", "PRISER.pdf", True),
        ("Bilaga O.pdf", "Bilaga Ö.pdf", False),
    ],
)
def test_names_that_differ_only_in_form_or_case_are_twins(first: str, second: str, same: bool, tmp_path: Path) -> None:
    for name in (first, second):
        (tmp_path / name).write_bytes(b"x")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this disk takes the names for one")
    _, twins = locks_and_twins(tmp_path)
    assert bool(twins) is same


def test_another_deadline_counts_where_it_is_given(tmp_path: Path) -> None:
    made = reviewed(faultless(tmp_path / "bid"), deadline="2027-10-19T12:00")
    assert "time.passed" in [rule for rule, _ in remarks(made)]
    assert made.review.tender_deadline == "2027-10-19T12:00"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_json_follows_its_schema_and_two_runs_are_alike(language: str, tmp_path: Path) -> None:
    bid = planted(tmp_path / "bid", FAULTS)
    first, second = (reviewed(bid) for _ in range(2))
    contents = [
        whole(review_writer("json", made.review, made.inputs, language, describe, made.left_out)) for made in (first, second)
    ]
    assert contents[0] == contents[1]
    data = json.loads(contents[0])
    jsonschema.validate(data, SCHEMA)
    assert data["obstacles"] == first.review.obstacles > 0
    assert all(one["message"] and one["remedy"] and "?" not in one["message"] for one in data["findings"])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_says_what_is_left_what_was_decided_and_which_files_there_are(language: str, tmp_path: Path) -> None:
    made = reviewed(planted(tmp_path / "bid", FAULTS))
    decided = made.review.findings[0]
    inputs = replace(made.inputs, overrides=(Override(decided.id, "Muntligt besked <b>", "2027-10-20T10:00:00Z", "Tilda"),))
    review = review_of(inputs)
    report = report_of(review, inputs, language)
    assert [len(rows) for _, _, rows in report.sections] == [
        review.obstacles,
        review.warnings,
        sum(one.severity is Severity.NOTE for one in review.findings),
        1,
    ]
    assert {file.sha256 for file in report.files} == {file.sha256 for file in made.inputs.files}
    assert not report.ready
    page = whole(review_writer("html", review, inputs, language, describe)).decode()
    assert "Muntligt besked &lt;b&gt;" in page
    assert "<b>" not in page
    assert "script" not in page
    assert whole(review_writer("pdf", review, inputs, language, describe)).startswith(b"%PDF-")
    assert FORMATS == ("json", "html", "pdf")
