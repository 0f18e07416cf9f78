"""What goes into the package, in which order, under which names, and what is odd about it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from unicodedata import normalize

import pytest

from app.core.catalogue import explain
from app.core.document import Finding, document_id
from app.core.packaging import EntryRole, PackageSource, PortalProfile, StepKind
from app.core.points import PointKind
from app.core.review import Severity
from app.export.package.order import document_order
from app.export.package.plan import PlanItem, Planned, finding_of, plan_package
from app.export.package.profiles import profile_named
from tests.support.packages import MAIN, OPEN, document, item, question, source

FORM = "Bilaga 2 Prisbilaga.xlsx"
KOMMERS = profile_named("kommers")
TENDSIGN = profile_named("tendsign")


def rules(planned: Planned) -> dict[str, Severity]:
    return {finding.rule: finding.severity for finding in planned.findings}


def only(planned: Planned, rule: str) -> Finding:
    (found,) = [finding for finding in planned.findings if finding.rule == rule]
    assert explain(finding_of(found), "sv").text
    assert "?" not in explain(finding_of(found), "en").text
    return finding_of(found)


def test_the_main_document_asks_first_annexes_by_number_contracts_last() -> None:
    names = ["Bilaga 10 Prislista.xlsx", "Bilaga 2 Krav.docx", "Bilaga 3 Avtalsutkast.docx", "Frågor och svar.pdf", MAIN]
    order = document_order([document(name) for name in names])
    assert [names[[document_id(name) for name in names].index(one)] for one in order] == [
        MAIN,
        "Bilaga 2 Krav.docx",
        "Bilaga 10 Prislista.xlsx",
        "Bilaga 3 Avtalsutkast.docx",
        "Frågor och svar.pdf",
    ]


def test_files_come_in_the_order_of_the_questions_and_get_a_number_where_their_names_do_not_sort_so() -> None:
    asked = [PlanItem(item("a", "Registreringsbevis")), PlanItem(item("b", "CV")), PlanItem(item("c", "Intyg"))]
    sources = [
        source("CV Anna.pdf", items=["b"]),
        source("Intyg.pdf", items=["c"]),
        source("Registreringsbevis.pdf", items=["a"]),
    ]
    planned = plan_package(asked, sources, [document()], OPEN)
    assert [entry.name for entry in planned.entries] == ["01_Registreringsbevis.pdf", "02_CV Anna.pdf", "03_Intyg.pdf"]
    assert [step.files for step in planned.steps if step.item] == [(entry.name,) for entry in planned.entries]


def test_names_that_sort_in_the_portals_order_are_left_alone() -> None:
    asked = [PlanItem(item("a")), PlanItem(item("b"))]
    planned = plan_package(asked, [source("2 CV.pdf", items=["b"]), source("1 Bevis.pdf", items=["a"])], [document()], OPEN)
    assert [entry.name for entry in planned.entries] == ["1 Bevis.pdf", "2 CV.pdf"]


def test_two_and_ten_sort_otherwise_in_some_folders_so_they_get_numbers() -> None:
    asked = [PlanItem(item("a")), PlanItem(item("b"))]
    planned = plan_package(asked, [source("2 CV.pdf", items=["a"]), source("10 Bevis.pdf", items=["b"])], [document()], OPEN)
    assert [entry.name for entry in planned.entries] == ["01_2 CV.pdf", "02_10 Bevis.pdf"]


def test_a_prescribed_name_is_kept_and_no_other_file_takes_it() -> None:
    asked = [PlanItem(item("a")), PlanItem(item("b"))]
    sources = [source("Priser.pdf", items=["a"]), source("slutlig version.pdf", items=["b"], prescribed="Priser")]
    planned = plan_package(asked, sources, [document()], OPEN)
    assert [entry.name for entry in planned.entries] == ["01_Priser.pdf", "Priser.pdf"]


def test_a_prescribed_name_of_another_type_is_told() -> None:
    planned = plan_package([PlanItem(item("a"))], [source("a.docx", items=["a"], prescribed="CV.pdf")], [document()], OPEN)
    assert planned.entries[0].name == "CV.pdf"
    assert only(planned, "upload.prescribed_kind").file == "a.docx"


def test_the_users_own_names_and_order_come_first() -> None:
    asked = [PlanItem(item("a")), PlanItem(item("b"))]
    one, two = source("x.pdf", items=["a"]), source("y.pdf", items=["b"])
    planned = plan_package(asked, [one, two], [document()], OPEN, names={one.path: "Egen å"}, order=[two.path, one.path])
    assert [entry.name for entry in planned.entries] == ["01_y.pdf", "Egen å.pdf"]


def test_one_file_for_many_questions_and_many_files_for_one() -> None:
    asked = [PlanItem(item("a")), PlanItem(item("b"))]
    sources = [source("1.pdf", items=["a", "b"]), source("2.pdf", items=["b"])]
    planned = plan_package(asked, sources, [document()], OPEN)
    assert [step.files for step in planned.steps if step.item] == [("1.pdf",), ("1.pdf", "2.pdf")]


def test_what_a_form_asks_is_answered_in_the_form() -> None:
    asked = [
        PlanItem(question("q", "Pris", document=FORM)),
        PlanItem(question("r", "Org.nr", document=FORM)),
        PlanItem(question("m"), "Ja"),
    ]
    planned = plan_package(asked, [source("pris.xlsx", role=EntryRole.FORM, form_of=FORM)], [document(), document(FORM)], OPEN)
    form = next(step for step in planned.steps if step.kind is StepKind.FORM)
    assert (form.files, form.covers, form.document) == (("pris.xlsx",), ("q", "r"), FORM)
    assert [step.item for step in planned.steps if step.item] == ["m"]
    assert "upload.no_answer" not in rules(planned)


def test_without_the_form_its_questions_are_steps_of_their_own() -> None:
    planned = plan_package([PlanItem(question("q", document=FORM))], [], [document(), document(FORM)], OPEN)
    assert [step.item for step in planned.steps if step.item] == ["q"]
    assert "upload.no_answer" in rules(planned)


def test_the_sheet_begins_and_ends_with_what_is_done_at_every_portal() -> None:
    sources = [
        source("annex.pdf", role=EntryRole.ANNEX),
        source("pris_maskad.pdf", role=EntryRole.MASKED),
        source("broschyr.pdf", role=EntryRole.EXTRA),
    ]
    planned = plan_package([PlanItem(question("q"), "Ja")], sources, [document()], OPEN)
    assert [step.id for step in planned.steps] == ["start", "q", "secrecy", "extra", "submit", "receipt"]
    assert [len(step.files) for step in planned.steps] == [0, 0, 2, 1, 0, 0]
    assert only(planned, "upload.extra").file == "broschyr.pdf"


def test_the_annex_stands_at_the_question_that_asks_for_it() -> None:
    sources = [source("annex.pdf", role=EntryRole.ANNEX, items=["s"]), source("z.pdf", items=["t"])]
    planned = plan_package([PlanItem(item("s")), PlanItem(item("t"))], sources, [document()], OPEN)
    assert [step.id for step in planned.steps] == ["start", "s", "t", "submit", "receipt"]
    assert [entry.role for entry in planned.entries] == [EntryRole.ANNEX, EntryRole.ATTACHMENT]


def test_requirements_and_deadlines_are_no_steps_unless_something_is_said_of_them() -> None:
    bare = item("r", kind=PointKind.REQUIREMENT)
    assert [step.id for step in plan_package([PlanItem(bare)], [], [], OPEN).steps] == ["start", "submit", "receipt"]
    assert "r" in [step.id for step in plan_package([PlanItem(bare, "Uppfylls")], [], [], OPEN).steps]


@pytest.mark.parametrize(
    ("profile", "rule", "severity"),
    [
        (TENDSIGN, "upload.size", Severity.OBSTACLE),
        (KOMMERS, "upload.size_guess", Severity.WARNING),
    ],
)
def test_a_known_limit_stops_and_a_guess_warns(profile: PortalProfile, rule: str, severity: Severity) -> None:
    fits = plan_package([PlanItem(item("a"))], [source("a.pdf", items=["a"], size=50_000_000)], [document()], profile)
    over = plan_package([PlanItem(item("a"))], [source("a.pdf", items=["a"], size=50_000_001)], [document()], profile)
    assert rule not in rules(fits)
    assert rules(over)[rule] is severity
    assert bool(over.obstacles) is (severity is Severity.OBSTACLE)


def test_a_type_that_the_portal_may_not_take() -> None:
    planned = plan_package([PlanItem(item("a"))], [source("a.pages", items=["a"])], [document()], KOMMERS)
    assert dict(only(planned, "upload.kind_guess").values)["kinds"] == "PDF, XLSX, DOCX"
    known = replace(KOMMERS, own=())
    assert plan_package([PlanItem(item("a"))], [source("a.pages", items=["a"])], [document()], known).obstacles
    assert not plan_package([PlanItem(item("a"))], [source("a.PDF", items=["a"])], [document()], known).findings


def test_all_files_together_may_be_too_much() -> None:
    small = PortalProfile("s", "Liten", total_bytes=10)
    sources = [source("a.pdf", items=["a"], size=6), source("b.pdf", items=["a"], size=5)]
    assert rules(plan_package([PlanItem(item("a"))], sources, [document()], small))["upload.total_size"] is Severity.OBSTACLE
    assert not plan_package([PlanItem(item("a"))], sources[:1], [document()], small).findings


def test_an_empty_file_is_an_obstacle() -> None:
    assert only(plan_package([PlanItem(item("a"))], [source("a.pdf", b"", items=["a"])], [document()], OPEN), "upload.empty")


def test_a_file_that_has_changed_since_it_was_linked() -> None:
    same = source("a.pdf", b"nu", items=["a"], linked=sha256(b"nu").hexdigest())
    changed = replace(same, linked=sha256(b"da").hexdigest())
    assert not plan_package([PlanItem(item("a"))], [same], [document()], OPEN).findings
    assert only(plan_package([PlanItem(item("a"))], [changed], [document()], OPEN), "upload.changed").file == "a.pdf"


def test_a_file_that_cannot_be_read_is_an_obstacle_and_not_in_the_package() -> None:
    lost = PackageSource("/anbud/a.pdf", "a.pdf", items=("a",), error=Finding("upload.drive_lost", "a.pdf"))
    planned = plan_package([PlanItem(item("a"))], [lost], [document()], OPEN)
    assert planned.entries == ()
    assert [finding.rule for finding in planned.obstacles] == ["upload.unreadable"]
    assert "upload.no_file" in rules(planned)


@pytest.mark.parametrize("other", ["BILAGA Å.pdf", normalize("NFD", "Bilaga å.pdf")])
def test_names_that_look_alike_are_told_and_kept_apart(other: str) -> None:
    sources = [source("Bilaga å.pdf", items=["a"]), source(other, b"annan", items=["a"])]
    planned = plan_package([PlanItem(item("a"))], sources, [document()], OPEN)
    assert only(planned, "upload.same_name")
    names = [normalize("NFC", entry.name).casefold() for entry in planned.entries]
    assert len(set(names)) == 2


def test_links_and_long_answers_are_told_where_the_portal_does_not_take_them() -> None:
    asked = [PlanItem(question("q", number="3.1"), "Se https://exempel.se/policy")]
    assert dict(only(plan_package(asked, [], [document()], TENDSIGN), "upload.answer_link").values)["number"] == "3.1"
    assert not plan_package(asked, [], [document()], OPEN).findings
    short = PortalProfile("s", "Kort", text_length=10)
    assert rules(plan_package(asked, [], [document()], short))["upload.answer_long"] is Severity.OBSTACLE


def test_ids_of_steps_stay_when_something_else_is_planned() -> None:
    asked = [PlanItem(item("a")), PlanItem(question("q"), "Ja")]
    before = plan_package(asked, [], [document()], OPEN)
    after = plan_package(asked[1:], [source("x.pdf", role=EntryRole.EXTRA)], [document()], OPEN)
    assert {step.id for step in after.steps} - {"extra"} <= {step.id for step in before.steps}


def test_obstacles_come_first() -> None:
    sources = [source("Å.pages", b"", items=["a"])]
    severities = [finding.severity for finding in plan_package([PlanItem(item("a"))], sources, [document()], KOMMERS).findings]
    assert severities == sorted(severities, key=list(Severity).index)
    assert len(set(severities)) == 3


def test_a_form_that_an_attachment_asks_for_is_chosen_there() -> None:
    asked = [PlanItem(question("q", document=FORM)), PlanItem(item("a", "ifylld prisbilaga"))]
    form = source("pris.xlsx", role=EntryRole.FORM, items=["a"], form_of=FORM)
    planned = plan_package(asked, [form], [document(), document(FORM)], OPEN)
    assert [(step.id, step.files, step.covers) for step in planned.steps[1:-2]] == [("a", ("pris.xlsx",), ("q",))]


def test_a_form_that_only_its_own_questions_are_linked_to_is_a_step() -> None:
    form = source("pris.xlsx", role=EntryRole.FORM, items=["q"], form_of=FORM)
    planned = plan_package([PlanItem(question("q", document=FORM))], [form], [document(), document(FORM)], OPEN)
    assert [(step.kind, step.files, step.covers) for step in planned.steps[1:-2]] == [(StepKind.FORM, ("pris.xlsx",), ("q",))]
