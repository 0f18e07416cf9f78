"""Decisions on findings, and how far the package has come."""

from __future__ import annotations

import pytest

from app.core.packaging import EntryRole, PackageEntry
from tests.support.desks import desk_of


def test_a_decision_needs_its_reason_and_can_be_withdrawn_and_taken_back() -> None:
    desk, store = desk_of()
    with pytest.raises(ValueError, match="reason"):
        desk.override("f1", "file.comments", "  \n ")
    desk.override("f1", "file.comments", "Kommentarerna  är\nköparens egna", "Anna")
    desk.override("f1", "file.comments", "Köparen vill ha dem kvar")
    (kept,) = desk.overrides
    assert (kept.finding, kept.reason, kept.by) == ("f1", "Köparen vill ha dem kvar", None)
    desk.withdraw_override("f1", "file.comments")
    desk.withdraw_override("f2", "file.macros")
    assert not desk.overrides
    assert [entry.action for entry in desk.history()] == ["withdraw_override", "override", "override"]
    assert dict(desk.history()[1].values) == {"rule": "file.comments", "reason": "Köparen vill ha dem kvar"}
    desk.undo()
    desk.undo()
    assert [kept.reason for kept in desk.tender.review.overrides] == ["Kommentarerna är köparens egna"]
    assert store.tender(desk.key).review == desk.tender.review


def test_the_package_is_planned_made_and_worked_through() -> None:
    desk, _ = desk_of()
    desk.choose_portal("kommers")  # as it is: no step
    desk.choose_portal("tendsign")
    desk.set_bid_folder("/anbud")
    desk.set_bid_folder("/anbud")
    desk.name_file("CV.docx", " CV Lösningsarkitekt.docx ")
    desk.name_file("CV.docx", "CV Lösningsarkitekt.docx")
    desk.order_files(["B.pdf", "A.pdf"])
    entry = PackageEntry("01 CV.docx", "CV.docx", EntryRole.ATTACHMENT, ("id1",), "0" * 64, 12)
    desk.built("/paket", [entry])
    desk.tick("id1")
    desk.tick("id1")
    plan = desk.tender.package
    assert (plan.profile, plan.names, plan.order) == ("tendsign", (("CV.docx", "CV Lösningsarkitekt.docx"),), ("B.pdf", "A.pdf"))
    assert (plan.folder, plan.entries, plan.done) == ("/paket", (entry,), ("id1",))
    assert plan.built_at
    desk.tick("id1", False)
    desk.submitted("2026-11-28T14:02:11")
    desk.name_file("CV.docx", "")
    assert (desk.tender.package.done, desk.tender.package.names) == ((), ())
    assert [entry.action for entry in reversed(desk.history())] == [
        *("choose_portal", "bid_folder", "name_file", "order_files", "build_package"),
        *("tick", "untick", "submitted", "name_file"),
    ]
    while desk.can_undo:
        desk.undo()
    assert (desk.tender.package.profile, desk.tender.bid_folder) == ("kommers", None)


def test_receipts_are_kept_with_the_tender() -> None:
    desk, store = desk_of()
    kept = desk.keep_file("receipt", "Kvitto.pdf", "1" * 64, 900)
    assert desk.kept_files == store.kept_files(desk.key) == (kept,)
    desk.drop_file(kept.key)
    assert not desk.kept_files
    desk.undo()
    assert desk.kept_files == (kept,)
