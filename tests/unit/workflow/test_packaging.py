"""From a worked-on list to a package, and from the portal's printout back to the list."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.catalogue import explain
from app.core.document import Document, Finding, Place
from app.core.errors import InputError
from app.core.forms import FormAnswer
from app.core.packaging import EntryRole, PackagePlan, StepKind
from app.core.points import PointKind
from app.core.review import Severity
from app.core.work import FileLink, ItemState, WorkItem
from app.export.package.sources import look_at
from app.workers.serial import SerialRunner
from app.workflow.bid_folder import look_into
from app.workflow.bid_matching import chosen, head_of, heads_of, match_bid
from app.workflow.check import check
from app.workflow.package_answers import place_answers
from app.workflow.package_folders import plan_folders, work_items
from app.workflow.packaging import BuildOrder, Made, build, built_in, finding_of, made_source, plan_of, sheet_of, sources_of
from app.workflow.receipts import compare, read_printout, receipt_findings, submitted_answers
from tests.support.package import pdf_bytes
from tests.support.packages import document, item, question
from tests.support.printouts import paragraphs
from tests.support.words import p, word_file

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample"
NOW = datetime(2027, 10, 1, 8, tzinfo=UTC)
DAY = date(2027, 10, 1)


def work(one: Any, **more: Any) -> WorkItem:
    return WorkItem(f"key-{one.id}", "t", 1.0, one, **more)


def link(name: str, path: Path, to: WorkItem) -> FileLink:
    source = look_at(path)
    return FileLink(name, "t", to.key, str(path), source.sha256, source.size)


@pytest.fixture
def bid(tmp_path: Path) -> Path:
    folder = tmp_path / "bid"
    folder.mkdir()
    (folder / "Bevis.pdf").write_bytes(b"bevis")
    (folder / "CV.docx").write_bytes(b"cv")
    return folder


def test_linked_files_are_packed_and_nothing_else(bid: Path) -> None:
    a, b = work(item("a")), work(item("b"))
    links = [link("1", bid / "Bevis.pdf", a), link("2", bid / "Bevis.pdf", b)]
    (source,) = sources_of([a, b], links, look_into(bid).files, prescribed={"b": "Namn"})
    assert (source.items, source.prescribed, source.role) == (("a", "b"), "Namn", EntryRole.ATTACHMENT)
    extra = sources_of([a, b], links, look_into(bid).files, extras=[str(bid / "CV.docx"), str(bid / "Bevis.pdf")])
    assert [(one.name, one.role) for one in extra] == [("Bevis.pdf", EntryRole.ATTACHMENT), ("CV.docx", EntryRole.EXTRA)]


@pytest.mark.parametrize(
    "gone",
    [{"state": ItemState.REJECTED}, {"withdrawn": True}, {"replaced": True}],
)
def test_links_of_items_that_are_off_the_list_are_not_packed(bid: Path, gone: dict[str, Any]) -> None:
    one = work(item("a"), **gone)
    assert sources_of([one], [link("1", bid / "Bevis.pdf", one)], look_into(bid).files) == ()
    contract = work(item("c", kind=PointKind.CONTRACT))
    assert sources_of([contract], [link("1", bid / "Bevis.pdf", contract)], look_into(bid).files) == ()


def test_a_linked_file_that_has_changed_or_is_gone_is_told(bid: Path) -> None:
    one = work(item("a"))
    links = [link("1", bid / "Bevis.pdf", one), link("2", bid / "CV.docx", one)]
    (bid / "Bevis.pdf").write_bytes(b"annat")
    (bid / "CV.docx").unlink()
    planned = plan_of([one], [document()], sources_of([one], links, look_into(bid).files), PackagePlan(profile="e-avrop"))
    assert {finding.rule: finding.cause.file for finding in planned.findings} == {
        "upload.changed": "Bevis.pdf",
        "upload.unreadable": "CV.docx",
    }


def test_portal_names_and_order_are_those_of_the_plan(bid: Path) -> None:
    one, two = work(item("a")), work(item("b"))
    links = [link("1", bid / "Bevis.pdf", one), link("2", bid / "CV.docx", two)]
    paths = [str(bid / "CV.docx"), str(bid / "Bevis.pdf")]
    plan = PackagePlan("tendsign", names=((paths[0], "Konsult"),), order=tuple(paths))
    planned = plan_of([one, two], [document()], sources_of([one, two], links, look_into(bid).files), plan)
    assert planned.profile.name == "TendSign"
    assert [entry.name for entry in planned.entries] == ["Konsult.docx", "02_Bevis.pdf"] or [
        entry.path for entry in planned.entries
    ] == paths
    own = replace(built_in()[0], id="tendsign", name="Vår")
    assert plan_of([], [], [], plan, [own]).profile.name == "Vår"


def test_it_is_built_with_annex_and_sheet(bid: Path, tmp_path: Path) -> None:
    one = work(item("a", "Registreringsbevis", number="3.1"))
    annex = Made("Begäran om sekretess.pdf", EntryRole.ANNEX, b"%PDF annex")
    sources = (*sources_of([one], [link("1", bid / "Bevis.pdf", one)], look_into(bid).files), made_source(annex))
    planned = plan_of([one], [document()], sources, PackagePlan())
    order = BuildOrder(planned, tmp_path / "Paket", "Namn", reference="V 1", items=(one.item,), made=(annex,), bid=bid)
    built = build(order, NOW, DAY)
    files = {path.name: path.read_bytes() for path in (built.folder / "anbud").iterdir()}
    assert sorted(files.values()) == [b"%PDF annex", b"bevis"]
    assert all(name.isascii() for name in files)
    assert (built.folder / "korschema.pdf").read_bytes() == sheet_of(order, DAY)
    manifest = json.loads((built.folder / "manifest.json").read_bytes())
    assert manifest["built_at"] == "2027-10-01T08:00:00Z"
    assert {entry["role"] for entry in manifest["files"]} == {"attachment", "annex"}
    assert {entry.get("original_name") for entry in manifest["files"]} == {None, "Bevis.pdf"} or all(
        "original_name" not in entry for entry in manifest["files"]
    )


def test_nothing_to_build(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        build(BuildOrder(plan_of([], [], [], PackagePlan()), tmp_path / "p"), NOW, DAY)
    assert told.value.code_used == "upload.nothing"
    assert not (tmp_path / "p").exists()


def test_every_finding_of_a_plan_has_words(bid: Path) -> None:
    (bid / "Å.pages").write_bytes(b"")
    asked = [work(item("a", number="1")), work(question("q", number="2"))]
    sources = sources_of(asked, [], look_into(bid).files, extras=[str(bid / "Å.pages"), str(bid / "borta.pdf")])
    planned = plan_of(asked, [], sources, PackagePlan())
    assert len({finding.rule for finding in planned.findings}) >= 5
    for finding in planned.findings:
        for language in ("sv", "en"):
            said = explain(finding_of(finding), language)
            assert "?" not in said.text + said.remedy
            assert finding.rule not in said.text


# --- the bid folder beside the list


def test_what_fits_what_is_missing_extra_and_changed(bid: Path) -> None:
    (bid / "Registreringsbevis.pdf").write_bytes(b"r")
    (bid / "Semester.txt").write_bytes(b"s")
    a, b, c = work(item("a", "Aktuellt registreringsbevis")), work(item("b", "CV")), work(item("c", "Intyg", must=False))
    links = [link("1", bid / "CV.docx", b)]
    (bid / "CV.docx").write_bytes(b"cv ny")
    found = match_bid([a, b, c], links, look_into(bid), [])
    assert [(key, [Path(fit.path).name for fit in some]) for key, some in found.fits.items()] == [
        ("a", ["Registreringsbevis.pdf"])
    ]
    assert found.missing == (a.key,)
    assert {Path(path).name for path in found.extra} == {"Bevis.pdf", "Registreringsbevis.pdf", "Semester.txt"}
    assert found.changed == ("1",)
    assert found.gone == ()


def test_a_file_that_is_linked_already_is_not_suggested_again(bid: Path) -> None:
    b = work(item("b", "CV för arkitekt"))
    assert match_bid([b], [], look_into(bid), []).fits.keys() == {"b"}
    assert match_bid([b], [link("1", bid / "CV.docx", b)], look_into(bid), []).fits == {}


def test_first_lines_are_read_once_per_content(tmp_path: Path) -> None:
    (tmp_path / "scan1.docx").write_bytes(word_file(p("Försäkringsbevis") + p("Utfärdat av bolaget")))
    (tmp_path / "trasig.docx").write_bytes(b"PK\x03\x04 nej")
    listing = look_into(tmp_path)
    heads = heads_of(listing.files, SerialRunner())
    by_name = {one.name: heads[one.sha256] for one in listing.files}
    assert by_name["scan1.docx"][0] == "Försäkringsbevis"
    assert by_name["trasig.docx"] == ()
    asked = work(item("a", "Bevis om försäkring: försäkringsbevis bifogas"))
    (fit,) = match_bid([asked], [], listing, [], heads).fits["a"]
    assert Path(fit.path).name == "scan1.docx"

    class Never:
        def run(self, requests: Any, progress: Any, cancelled: Any) -> Any:
            assert not requests
            return iter(())

    assert heads_of(listing.files, Never(), heads) == heads


def test_the_head_of_a_document_has_its_title_last() -> None:
    from app.core.document import Block, BlockKind, DocumentKind

    blocks = (Block(BlockKind.PARAGRAPH, "Brödtext"), Block(BlockKind.HEADING, "Rubrik"), Block(BlockKind.FURNITURE, "Sidfot"))
    read = Document("a", DocumentKind.PDF, "", blocks, metadata=(("Title", "Microsoft Word - x"),))
    assert head_of(read) == ("Rubrik", "Brödtext", "Microsoft Word - x")


# --- two folders


def test_the_sample_becomes_a_package(tmp_path: Path) -> None:
    checklist = check([SAMPLE / "procurement"], runner=SerialRunner())
    listing = look_into(SAMPLE / "bid")
    asked = next(one for one in checklist.items if one.text == "Postadress")
    plan = plan_folders(checklist, listing, built_in()[0], answers={asked.id: "Storgatan 1"})
    assert len(plan.planned.entries) == len(listing.files)
    assert not plan.planned.obstacles
    forms = {entry.name for entry in plan.planned.entries if entry.role is EntryRole.FORM}
    assert len(forms) == 2
    steps = {step.item: step for step in plan.planned.steps}
    assert steps[asked.id].answer == "Storgatan 1"
    covering = [step for step in plan.planned.steps if step.covers]
    assert {name for step in covering for name in step.files} == forms
    told = {step.item for step in plan.planned.steps} | {one for step in covering for one in step.covers}
    questions = {one.id for one in checklist.items if one.kind in (PointKind.QUESTION, PointKind.ATTACHMENT)}
    assert questions <= told  # nothing that is asked is lost on the way to the run sheet


def test_the_buyers_own_file_unchanged_is_left_out_and_told(tmp_path: Path) -> None:
    original = SAMPLE / "procurement" / "Bilaga 2 Prisbilaga.xlsx"
    (tmp_path / "Prisbilaga.xlsx").write_bytes(original.read_bytes())
    (tmp_path / "CV.docx").write_bytes(b"PK")
    checklist = check([original], runner=SerialRunner())
    plan = plan_folders(checklist, look_into(tmp_path), built_in()[0])
    assert [finding.code for finding in plan.left_out] == ["upload.original_form"]
    assert "Bilaga 2 Prisbilaga.xlsx" in explain(plan.left_out[0], "sv").text
    assert [entry.name for entry in plan.planned.entries] == ["CV.docx"]


def test_a_file_goes_to_what_it_surely_fits_and_what_it_fits_nearly_as_well() -> None:
    from app.checklist.matching import Fit

    found = {
        "a": (Fit("a", "x", 0.9, ("kind_name",)), Fit("a", "y", 0.5, ("words",))),
        "b": (Fit("b", "x", 0.8, ("kind_name",)),),
        "c": (Fit("c", "x", 0.65, ("words",)),),
    }
    assert chosen(found) == {"x": ("a", "b")}


# --- answers


def test_answers_are_put_to_items_by_id_or_by_words() -> None:
    answers = [
        FormAnswer("Ett", item="q1"),
        FormAnswer("Ja", question="Ange  er ADRESS:"),
        FormAnswer("x", question="Finns inte"),
        FormAnswer("x", question="Samma"),
        FormAnswer("3", place=Place(cell="B2")),
        FormAnswer("12", item="borta", question="Tal"),
    ]
    items = [question("q1"), question("q2", "Ange er adress"), question("s1", "Samma"), question("s2", "Samma")]
    placed = place_answers(answers, [*items, question("q4", "Tal")], "svar.json")
    assert placed.by_item == {"q1": "Ett", "q2": "Ja", "q4": "12"}
    assert [dict(finding.values)["number"] for finding in placed.findings] == ["3", "4"]
    assert {finding.code for finding in placed.findings} == {"upload.answer_unplaced"}


# --- the portal's printout


def steps() -> Any:
    asked = [
        work(question("q", "Ange organisationsnummer", number="3.1"), answer="556824-1234"),
        work(question("r", "Ange kontaktperson", number="3.2"), answer="Anna Berg"),
        work(item("a", "Registreringsbevis", number="3.3")),
    ]
    return plan_of(asked, [document()], [], PackagePlan())


def test_a_printout_is_read_and_compared_with_the_steps() -> None:
    planned = steps()
    assert [one.item for one in submitted_answers(planned.steps)] == ["q", "r"]
    rows = [("3.1", "Ange organisationsnummer", "556824-1234"), ("3.2", "Ange kontaktperson", "Bo Berg")]
    read = read_printout("kvitto.pdf", paragraphs(rows, ["CV.pdf"], "Namn", "V 2027/1"), SerialRunner())
    assert isinstance(read, Document)
    found = receipt_findings(compare(read, planned.steps, [], name="Namn", reference="V 2027/1"), "kvitto.pdf")
    assert [(one.rule, one.severity) for one in found] == [
        ("receipt.answer_different", Severity.OBSTACLE),
        ("receipt.file_extra", Severity.WARNING),
    ]
    assert found[0].cause.items == ("r",)


def test_each_outcome_has_words() -> None:
    long = "Vi har en rutin för detta som vi har skrivit ned noga och följer upp varje kvartal tillsammans med kunden."
    asked = [
        work(question("q", "Beskriv er rutin för överlämning", number="3.1"), answer=long),
        work(question("r", "Ange kontaktperson", number="3.2"), answer="Anna Berg"),
        work(question("s", "Ange telefon", number="3.3")),
    ]
    planned = plan_of(asked, [document()], [], PackagePlan())
    rows = [
        ("3.1", "Beskriv er rutin för överlämning", long[:60]),
        ("3.2", "Ange kontaktperson", ""),
        ("3.3", "Ange telefon", "08-1"),
    ]
    read = read_printout("k.pdf", paragraphs(rows, [], "Namn", "V 2027/1"), SerialRunner())
    assert isinstance(read, Document)
    entries = planned.entries
    found = receipt_findings(compare(read, planned.steps, entries, reference="V 2027/1"), "k.pdf")
    assert {one.rule for one in found} == {"receipt.answer_cut", "receipt.answer_missing", "receipt.answer_extra"}
    other = receipt_findings(compare(read, planned.steps, entries, reference="X 2026/9"), "k.pdf")
    assert [one.rule for one in other] == ["receipt.other_tender"]
    for finding in (*found, *other):
        for language in ("sv", "en"):
            said = explain(finding_of(finding), language)
            assert "?" not in said.text
            assert "V 2027/1" in said.text or finding.rule != "receipt.other_tender"


def test_a_printout_that_is_no_document() -> None:
    assert isinstance(read_printout("k.pdf", b"%PDF-1.7 nej", SerialRunner()), Finding)
    empty = read_printout("k.pdf", pdf_bytes(()), SerialRunner())
    if isinstance(empty, Document):
        (finding, *_) = receipt_findings(compare(empty, steps().steps, []), "k.pdf")
        assert finding.rule == "receipt.unreadable"


def test_items_of_a_list_become_work_with_answers() -> None:
    checklist = check([SAMPLE / "procurement" / "Bilaga 2 Prisbilaga.xlsx"], runner=SerialRunner())
    first = checklist.items[0]
    items = work_items(checklist, {first.id: "Svar"})
    assert [one.answer for one in items if one.answer] == ["Svar"]
    assert len(items) == len(checklist.items)
    kinds = {step.kind for step in plan_of(items, checklist.documents, [], PackagePlan()).steps}
    assert StepKind.QUESTION in kinds
