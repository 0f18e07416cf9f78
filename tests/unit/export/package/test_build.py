"""A package on the disk: whole or not there, the originals untouched, everything in it as its manifest says."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zipfile import ZipFile

import jsonschema
import pytest

from app.core.catalogue import explain
from app.core.document import Place
from app.core.errors import AnbudsklarError, InputError, OutputError
from app.core.packaging import EntryRole, PackageSource
from app.core.resources import resource
from app.core.review import Cause, Override, Review, ReviewFinding, Room, Severity
from app.export.package import build
from app.export.package.build import FOLDER, build_package
from app.export.package.manifest import MANIFEST, ManifestFacts, is_package
from app.export.package.plan import PlanItem, Planned, plan_package
from app.export.package.sources import look_at
from tests.support.packages import OPEN, document, item

FACTS = ManifestFacts(
    "IT-konsulttjänster", "Vattenregistermyndigheten", "VRM 2027/0417", "2027-10-26T23:59", "2027-10-01T08:00:00Z"
)
ITEMS = [item("a", "Registreringsbevis", number="3.1"), item("b", "CV", number="4.2")]


@pytest.fixture
def bid(tmp_path: Path) -> Path:
    folder = tmp_path / "Anbud å"
    folder.mkdir()
    (folder / "Registreringsbevis.pdf").write_bytes(b"bevis")
    (folder / "CV Anna.docx").write_bytes(b"anna")
    return folder


def planned_of(bid: Path, *more: PackageSource) -> Planned:
    sources = [
        replace(look_at(bid / "Registreringsbevis.pdf"), items=("a",)),
        replace(look_at(bid / "CV Anna.docx"), items=("b",)),
        *more,
    ]
    return plan_package([PlanItem(one) for one in ITEMS], sources, [document()], OPEN)


def built(bid: Path, target: Path, facts: ManifestFacts = FACTS, **more: Any) -> build.Built:
    items = {one.id: one for one in ITEMS}
    originals = {"01_Registreringsbevis.pdf": "Registreringsbevis.pdf", "02_CV Anna.docx": "CV Anna.docx"}
    return build_package(planned_of(bid), target, replace(facts, items=items, originals=originals), bid=bid, **more)


def told(run: Callable[[], object], kind: type[AnbudsklarError] = InputError) -> str:
    with pytest.raises(kind) as caught:
        run()
    said = explain(caught.value.finding(), "sv")
    assert "?" not in said.text
    return caught.value.code_used


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def manifest(target: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
    jsonschema.validate(made, json.loads(resource("schemas", "package.schema.json").read_text("utf-8")))
    return made


def test_everything_is_there_and_as_the_manifest_says(bid: Path, tmp_path: Path) -> None:
    target = tmp_path / "Paket"
    made = built(bid, target, sheet=b"%PDF-x")
    assert [entry.name for entry in made.entries] == ["01_Registreringsbevis.pdf", "02_CV Anna.docx"]
    assert {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()} == {
        "anbud/01_Registreringsbevis.pdf",
        "anbud/02_CV Anna.docx",
        "innehall.txt",
        "korschema.pdf",
        MANIFEST,
    }
    said = manifest(target)
    for entry in said["files"]:
        data = (target / said["folder"] / entry["name"]).read_bytes()
        assert (entry["sha256"], entry["size"]) == (sha256(data).hexdigest(), len(data))
    for entry in said["own_files"]:
        assert entry["sha256"] == sha256((target / entry["name"]).read_bytes()).hexdigest()
    assert said["tender"]["reference"] == "VRM 2027/0417"
    assert said["files"][1]["original_name"] == "CV Anna.docx"
    assert said["files"][0]["items"] == [{"id": "a", "number": "3.1", "text": "Registreringsbevis"}]
    assert "forced" not in said
    assert "review" not in said
    text = (target / "innehall.txt").read_text("utf-8-sig")
    assert "Diarienummer: VRM 2027/0417" in text
    assert sha256(b"anna").hexdigest() in text
    assert "hette CV Anna.docx" in text
    assert str(tmp_path) not in text + json.dumps(said)


def test_english_names_and_words(bid: Path, tmp_path: Path) -> None:
    built(bid, tmp_path / "p", language="en", sheet=b"x")
    assert left_in(tmp_path / "p") == {"anbud", "contents.txt", "run-sheet.pdf", MANIFEST}
    assert "Reference: VRM" in (tmp_path / "p" / "contents.txt").read_text("utf-8-sig")


def test_the_originals_stay_byte_for_byte_and_keep_their_times(bid: Path, tmp_path: Path) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in bid.iterdir()}
    built(bid, tmp_path / "p", archive=True)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in bid.iterdir()} == before
    copy = tmp_path / "p" / FOLDER / "02_CV Anna.docx"
    assert copy.stat().st_mtime_ns == before["CV Anna.docx"][1]


def test_the_archive_holds_the_same_in_the_portals_order(bid: Path, tmp_path: Path) -> None:
    made = built(bid, tmp_path / "Paket", archive=True)
    assert made.archive is not None
    with ZipFile(made.archive) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[:2] == ["Paket/anbud/01_Registreringsbevis.pdf", "Paket/anbud/02_CV Anna.docx"]
        for name in names:
            assert archive.read(name) == (tmp_path / name).read_bytes()
    assert len(names) == 4


def test_what_is_made_in_memory_is_packed_as_well(bid: Path, tmp_path: Path) -> None:
    annex = b"%PDF annex"
    made = PackageSource("", "Begäran om sekretess.pdf", len(annex), sha256(annex).hexdigest(), EntryRole.ANNEX)
    planned = planned_of(bid, made)
    build_package(planned, tmp_path / "p", FACTS, contents={made.sha256: annex})
    assert (tmp_path / "p" / FOLDER / planned.entries[-1].name).read_bytes() == annex
    assert told(lambda: build_package(planned, tmp_path / "q", FACTS)) == "upload.changed_meanwhile"


def test_a_package_of_ours_is_replaced_whole(bid: Path, tmp_path: Path) -> None:
    built(bid, tmp_path / "p", archive=True)
    (bid / "CV Anna.docx").write_bytes(b"anna ny")
    built(bid, tmp_path / "p", archive=True)
    assert (tmp_path / "p" / FOLDER / "02_CV Anna.docx").read_bytes() == b"anna ny"
    assert left_in(tmp_path) == {"Anbud å", "p", "p.zip"}
    with ZipFile(tmp_path / "p.zip") as archive:
        assert archive.read("p/anbud/02_CV Anna.docx") == b"anna ny"


@pytest.mark.parametrize("how", ["changed", "added", "receipt"])
def test_a_package_that_somebody_has_worked_on_is_never_lost(bid: Path, tmp_path: Path, how: str) -> None:
    target = tmp_path / "p"
    built(bid, target)
    names = {
        "changed": target / FOLDER / "02_CV Anna.docx",
        "added": target / FOLDER / "mer.pdf",
        "receipt": target / "kvitto.pdf",
    }
    names[how].write_bytes(b"eget")
    assert told(lambda: built(bid, target)) == "upload.target_worked_on"
    assert names[how].read_bytes() == b"eget"
    assert left_in(tmp_path) == {"Anbud å", "p"}


def test_a_foreign_folder_or_file_is_left_alone(bid: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "semester.jpg").write_bytes(b"bild")
    assert told(lambda: built(bid, tmp_path / "p")) == "upload.target_taken"
    (tmp_path / "f").write_bytes(b"fil")
    assert told(lambda: built(bid, tmp_path / "f")) == "upload.target_taken"
    (tmp_path / "z.zip").write_bytes(b"PK nej")
    assert told(lambda: built(bid, tmp_path / "z", archive=True)) == "upload.target_taken"
    with ZipFile(tmp_path / "y.zip", "w") as other:
        other.writestr("x/manifest.json", '{"format": "annat"}')
    assert told(lambda: built(bid, tmp_path / "y", archive=True)) == "upload.target_taken"
    assert (tmp_path / "p" / "semester.jpg").read_bytes() == b"bild"
    assert left_in(tmp_path) == {"Anbud å", "p", "f", "z.zip", "y.zip"}


def test_an_empty_folder_may_be_used(bid: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    built(bid, tmp_path / "p")
    assert is_package(tmp_path / "p")


def test_the_bid_folder_and_those_above_it_are_no_place_for_a_package(bid: Path, tmp_path: Path) -> None:
    assert told(lambda: built(bid, bid)) == "upload.target_in_bid"
    assert told(lambda: built(bid, tmp_path)) == "upload.target_in_bid"
    built(bid, bid / "Paket")
    assert is_package(bid / "Paket")


def test_a_file_that_was_changed_after_planning_stops_everything(bid: Path, tmp_path: Path) -> None:
    planned = planned_of(bid)
    (bid / "CV Anna.docx").write_bytes(b"ANNA")
    assert told(lambda: build_package(planned, tmp_path / "p", FACTS)) == "upload.changed_meanwhile"
    assert left_in(tmp_path) == {"Anbud å"}


def test_a_file_that_is_gone_or_whose_folder_is_gone(bid: Path, tmp_path: Path) -> None:
    planned = planned_of(bid)
    (bid / "CV Anna.docx").unlink()
    assert told(lambda: build_package(planned, tmp_path / "p", FACTS)) == "file.not_found"
    shutil.rmtree(bid)
    assert told(lambda: build_package(planned, tmp_path / "p", FACTS)) == "upload.folder_lost"
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "output.disk_full"), (errno.EIO, "output.unwritable"), (errno.EROFS, "output.unwritable")],
)
def test_a_disk_that_gives_out_leaves_nothing(
    bid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    built(bid, tmp_path / "p")
    before = {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()}

    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    assert told(lambda: built(bid, tmp_path / "p"), OutputError) == code
    assert {path: path.read_bytes() for path in (tmp_path / "p").rglob("*") if path.is_file()} == before
    assert left_in(tmp_path) == {"Anbud å", "p"}


def test_the_old_package_is_back_when_the_new_one_cannot_take_its_place(
    bid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(bid, tmp_path / "p")
    (bid / "CV Anna.docx").write_bytes(b"ny")
    whole = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "paket":
            raise PermissionError(errno.EACCES, "in use")
        return whole(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert told(lambda: built(bid, tmp_path / "p"), OutputError) == "output.unwritable"
    assert (tmp_path / "p" / FOLDER / "02_CV Anna.docx").read_bytes() == b"anna"
    assert left_in(tmp_path) == {"Anbud å", "p"}


def test_stopping_halfway_leaves_nothing(bid: Path, tmp_path: Path) -> None:
    undo: list[Callable[[], object]] = []

    @contextmanager
    def guard(one: Callable[[], object]) -> Any:
        undo.append(one)
        yield

    class StopError(Exception):
        pass

    def step(index: int, total: int, name: str) -> None:
        if index == 1:
            undo[0]()  # as the handler of a signal does
            assert left_in(tmp_path) == {"Anbud å"}
            raise StopError

    with pytest.raises(StopError):
        built(bid, tmp_path / "p", guard=guard, step=step)
    assert left_in(tmp_path) == {"Anbud å"}


def obstacle(rule: str, override: Override | None = None) -> ReviewFinding:
    return ReviewFinding(rule, Severity.OBSTACLE, Cause(Room.CHECKLIST, place=Place()), (), override)


def test_obstacles_of_the_review_stop_the_package_until_a_reason_is_given(bid: Path, tmp_path: Path) -> None:
    decided = obstacle("file.comments", Override("x", "Köparen har godkänt det", "2027-10-01T08:00:00Z"))
    review = Review((obstacle("item.missing"), obstacle("item.missing"), decided), total=9, done=7)
    facts = replace(FACTS, review=review)
    assert told(lambda: built(bid, tmp_path / "p", facts)) == "upload.obstacles"
    assert told(lambda: built(bid, tmp_path / "p", replace(facts, forced="  "))) == "upload.obstacles"
    assert left_in(tmp_path) == {"Anbud å"}
    built(bid, tmp_path / "p", replace(facts, forced="Köparen förlänger tiden"))
    said = manifest(tmp_path / "p")
    assert said["forced"] == {"reason": "Köparen förlänger tiden", "obstacles": 2}
    assert said["review"]["open"] == [{"rule": "item.missing", "count": 2}]
    assert said["review"]["overridden"][0]["reason"] == "Köparen har godkänt det"
    assert "Köparen förlänger tiden" in (tmp_path / "p" / "innehall.txt").read_text("utf-8-sig")


def test_a_review_without_obstacles_needs_no_reason(bid: Path, tmp_path: Path) -> None:
    built(bid, tmp_path / "p", replace(FACTS, review=Review(total=2, done=2)))
    assert manifest(tmp_path / "p")["review"]["obstacles"] == 0


def test_what_the_plan_itself_forbids_stops_as_well(bid: Path, tmp_path: Path) -> None:
    (bid / "CV Anna.docx").write_bytes(b"")
    assert told(lambda: built(bid, tmp_path / "p")) == "upload.obstacles"
    built(bid, tmp_path / "p", replace(FACTS, forced="Tom med avsikt"))
    assert manifest(tmp_path / "p")["findings"] == [{"rule": "upload.empty", "severity": "obstacle", "file": "CV Anna.docx"}]


def test_what_review_and_plan_both_say_of_a_file_counts_once(bid: Path, tmp_path: Path) -> None:
    (bid / "CV Anna.docx").write_bytes(b"")
    told_already = replace(obstacle("file.empty"), cause=Cause(Room.FILE, "CV Anna.docx"))
    built(bid, tmp_path / "p", replace(FACTS, review=Review((told_already,)), forced="Tom med avsikt"))
    assert manifest(tmp_path / "p")["forced"]["obstacles"] == 1
    decided = replace(told_already, override=Override("x", "Tom med avsikt", "2027-10-01T08:00:00Z"))
    built(bid, tmp_path / "q", replace(FACTS, review=Review((decided,))))
    other = replace(told_already, cause=Cause(Room.FILE, "Registreringsbevis.pdf"))
    built(bid, tmp_path / "r", replace(FACTS, review=Review((other,)), forced="Tom med avsikt"))
    assert manifest(tmp_path / "r")["forced"]["obstacles"] == 2


def test_nothing_to_pack(tmp_path: Path) -> None:
    assert told(lambda: build_package(plan_package([], [], [], OPEN), tmp_path / "p", FACTS)) == "upload.nothing"


def test_names_that_differ_only_by_case_or_form_are_both_packed(tmp_path: Path) -> None:
    bid = tmp_path / "bid"
    sources = []
    for number, name in enumerate(("Å.pdf", normalize("NFD", "Å.pdf"), "å.pdf")):
        folder = bid / str(number)  # so that the test runs where a folder cannot hold all three
        folder.mkdir(parents=True)
        (folder / name).write_bytes(bytes([number]))
        sources.append(replace(look_at(folder / name), items=("a",)))
    planned = plan_package([PlanItem(ITEMS[0])], sources, [document()], OPEN)
    build_package(planned, tmp_path / "p", FACTS)
    packed = sorted((tmp_path / "p" / FOLDER).iterdir())
    assert sorted(path.read_bytes() for path in packed) == [b"\0", b"\1", b"\2"]
    assert len({normalize("NFC", path.name).casefold() for path in packed}) == 3


def test_a_folder_for_the_package_is_made_with_those_above_it(bid: Path, tmp_path: Path) -> None:
    built(bid, tmp_path / "ny" / "mapp" / "p")
    assert is_package(tmp_path / "ny" / "mapp" / "p")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_folder_that_may_not_be_written(bid: Path, tmp_path: Path) -> None:
    closed = tmp_path / "stängd"
    closed.mkdir(mode=0o500)
    assert told(lambda: built(bid, closed / "p"), OutputError) == "output.unwritable"


def test_the_package_can_be_read_by_others_as_the_system_says(bid: Path, tmp_path: Path) -> None:
    built(bid, tmp_path / "p")
    mask = os.umask(0o022)
    os.umask(mask)
    if os.name != "nt":
        assert (tmp_path / "p").stat().st_mode & 0o777 == 0o777 & ~mask
