"""The review of an open tender: each file is looked through once for as long as it stays the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from app.core.document import Finding
from app.core.inspection import FileFacts
from app.core.points import PointKind
from app.core.review import Review
from app.documents.reader import ReadRequest
from app.workflow.auditing import Auditor, audit_basis_of
from app.workflow.check import CancelledError, Step
from app.workflow.desk import Desk
from tests.support.desks import desk_of, point, work
from tests.support.memory_store import MemoryStore

NOW = datetime(2026, 11, 29, 12, 0)


class Looks:
    """Notes what it was asked to look through."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.error: Finding | None = None

    def inspect(self, request: ReadRequest) -> tuple[FileFacts, ...] | Finding:
        self.asked.append(request.name)
        if self.error is not None:
            return self.error
        data = request.bytes()
        return (FileFacts(request.name, "", len(data), sha256(data).hexdigest(), "pdf", characters=9),)

    def made(self, cancelled: Callable[[], bool]) -> Looks:
        del cancelled
        return self


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def auditor(looks: Looks) -> Auditor:
    return Auditor(looks.made, MemoryStore())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "anbud"
    folder.mkdir()
    (folder / "Brev.pdf").write_bytes(b"%PDF brevet")
    (folder / "CV.pdf").write_bytes(b"%PDF cv")
    return folder


@pytest.fixture
def desk(folder: Path) -> Desk:
    desk, _ = desk_of(work(1), work(2, item=point(2, PointKind.ATTACHMENT)))
    desk.set_bid_folder(str(folder))
    return desk


def rules(review: Review) -> list[str]:
    return [finding.rule for finding in review.findings]


def linked(desk: Desk, path: Path) -> None:
    data = path.read_bytes()
    desk.link([desk.items()[1].key], path, sha256(data).hexdigest(), len(data))


def test_a_file_is_looked_through_again_only_when_it_has_changed(
    auditor: Auditor, looks: Looks, desk: Desk, folder: Path
) -> None:
    steps: list[Step] = []
    audit = auditor.audit(audit_basis_of(desk), NOW, progress=steps.append)
    assert sorted(looks.asked) == ["Brev.pdf", "CV.pdf"]
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 2, 2)
    assert [file.path for file in audit.inputs.files] == [str(folder / "Brev.pdf"), str(folder / "CV.pdf")]
    auditor.audit(audit_basis_of(desk), NOW)
    assert len(looks.asked) == 2
    (folder / "CV.pdf").write_bytes(b"%PDF ett annat cv")
    os.utime(folder / "CV.pdf", ns=(1, 1))
    auditor.audit(audit_basis_of(desk), NOW)
    assert looks.asked[2:] == ["CV.pdf"]
    auditor.audit(audit_basis_of(desk), NOW, again=True)
    assert len(looks.asked) == 5


def test_linked_files_are_told_when_they_have_changed_or_gone(auditor: Auditor, desk: Desk, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "Bevis.pdf"
    elsewhere.write_bytes(b"%PDF beviset")
    linked(desk, elsewhere)
    assert not {"files.gone", "files.changed"} & set(rules(auditor.audit(audit_basis_of(desk), NOW).review))
    elsewhere.write_bytes(b"%PDF ett annat bevis")
    assert "files.changed" in rules(auditor.audit(audit_basis_of(desk), NOW).review)
    elsewhere.unlink()
    assert "files.gone" in rules(auditor.audit(audit_basis_of(desk), NOW).review)


def test_a_folder_that_is_gone_is_one_row_and_not_one_for_each_file(auditor: Auditor, desk: Desk, folder: Path) -> None:
    linked(desk, folder / "CV.pdf")
    folder.rename(folder.with_name("flyttad"))
    said = rules(auditor.audit(audit_basis_of(desk), NOW).review)
    assert "files.folder_lost" in said
    assert "files.gone" not in said


def test_what_cannot_be_read_is_a_row(auditor: Auditor, looks: Looks, desk: Desk) -> None:
    looks.error = Finding("file.password_needed", "Brev.pdf")
    said = rules(auditor.audit(audit_basis_of(desk), NOW).review)
    assert said.count("open.password") == 2


def test_decisions_stand_at_what_they_were_made_on(auditor: Auditor, desk: Desk) -> None:
    review = auditor.audit(audit_basis_of(desk), NOW).review
    extra = next(finding for finding in review.findings if finding.rule == "files.extra")
    desk.override(extra.id, extra.rule, "Broschyren ska med")
    again = auditor.audit(audit_basis_of(desk), NOW).review
    kept = next(finding for finding in again.findings if finding.id == extra.id)
    assert kept.override is not None
    assert replace(kept, override=None) == extra


def test_it_can_be_stopped(auditor: Auditor, looks: Looks, desk: Desk) -> None:
    with pytest.raises(CancelledError):
        auditor.audit(audit_basis_of(desk), NOW, cancelled=lambda: True)
    assert looks.asked == []
