"""What can be done to the review and the package of an open tender. Every action is one step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.core.packaging import PackageEntry
from app.core.review import Override
from app.core.work import KeptFile, new_key
from app.workflow.secrecy_desk import SecrecyDesk

__all__ = ["PackageDesk"]


class PackageDesk(SecrecyDesk):
    """The review, the package and the submission of an open tender."""

    # --- the review

    @property
    def overrides(self) -> tuple[Override, ...]:
        """The decisions to go on in spite of a finding."""
        return self.tender.review.overrides

    def override(self, finding: str, rule: str, reason: str, by: str | None = None) -> None:
        """Go on in spite of a finding, by its id. Raises ValueError without a reason: that is what the decision is worth."""
        why = " ".join(reason.split())
        if not why:
            raise ValueError("a decision needs its reason")
        kept = tuple(known for known in self.overrides if known.finding != finding)
        self._review_step("override", (*kept, Override(finding, why, _now(), by or None)), (("rule", rule), ("reason", why)))

    def withdraw_override(self, finding: str, rule: str) -> None:
        """The finding counts again."""
        kept = tuple(known for known in self.overrides if known.finding != finding)
        if kept != self.overrides:
            self._review_step("withdraw_override", kept, (("rule", rule),))

    # --- the package

    def set_bid_folder(self, folder: str | None) -> None:
        """The folder on the disk where the bid's files lie; it is looked through again and again. None: no folder."""
        if (folder or None) != self.tender.bid_folder:
            self._step("bid_folder", [replace(self.tender, bid_folder=folder or None)], values=(("folder", folder or ""),))

    def choose_portal(self, profile: str) -> None:
        """The portal that the bid goes up to, by the id of its profile."""
        if profile != self.tender.package.profile:
            self._package_step("choose_portal", profile=profile)

    def name_file(self, path: str, name: str | None) -> None:
        """What a file is called in the package; None: as the question prescribes, or as it is called."""
        names = dict(self.tender.package.names)
        if name and name.strip():
            names[path] = name.strip()
        else:
            names.pop(path, None)
        if names != dict(self.tender.package.names):
            self._package_step("name_file", (("file", path),), names=tuple(sorted(names.items())))

    def order_files(self, paths: Sequence[str]) -> None:
        """The package's files in an order of the user's own; none: in the order of the questions."""
        if tuple(paths) != self.tender.package.order:
            self._package_step("order_files", order=tuple(paths))

    def built(self, folder: str, entries: Iterable[PackageEntry]) -> None:
        """A package was made."""
        made = tuple(entries)
        self._package_step("build_package", (("count", str(len(made))),), folder=folder, built_at=_now(), entries=made)

    def tick(self, step: str, done: bool = True) -> None:
        """A step of the run sheet is done, or is not after all."""
        known = self.tender.package.done
        new = (*known, step) if done else tuple(one for one in known if one != step)
        if (step in known) is not done:
            self._package_step("tick" if done else "untick", done=new)

    def submitted(self, at: str | None) -> None:
        """When the bid went up (UTC, ISO 8601); None: it has not."""
        if at != self.tender.package.submitted_at:
            self._package_step("submitted" if at else "not_submitted", submitted_at=at)

    # --- what the portal gave

    def keep_file(self, use: str, name: str, sha256: str, size: int) -> KeptFile:
        """Keep a receipt or printout, whose bytes are in the vault already."""
        record = KeptFile(new_key(), self.key, use, name, sha256, size, _now())
        self._step("keep_file", [record], values=(("file", name),))
        return record

    def drop_file(self, key: str) -> None:
        """Take it away again."""
        self._step("drop_file", [], [key], (("file", self._kept_files[key].name),))

    # --- how

    def _review_step(self, action: str, overrides: tuple[Override, ...], values: tuple[tuple[str, str], ...]) -> None:
        plan = replace(self.tender.review, overrides=overrides)
        self._step(action, [replace(self.tender, review=plan)], values=values)

    def _package_step(self, action: str, values: tuple[tuple[str, str], ...] = (), **fields: Any) -> None:
        self._step(action, [replace(self.tender, package=replace(self.tender.package, **fields))], values=values)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
