"""Rules about what was left in a file: comments, changes, hidden things, a template's words, another company's properties."""

from __future__ import annotations

from collections.abc import Iterator

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.lexicon import says
from app.checklist.review.others import bidder_name, same_name
from app.checklist.review.rows import about, spots
from app.core.inspection import FileFacts, HiddenKind, Spot
from app.core.points import PointKind
from app.core.review import ReviewFinding, Severity

__all__ = [
    "comments",
    "hidden_rows",
    "hidden_sheets",
    "hidden_text",
    "links",
    "marked",
    "other_company",
    "placeholders",
    "tracked",
]


_OWNERS = ("company", "author", "last_modified_by")


def comments(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """What colleagues have said to each other. The buyer's own notes in a form stay."""
    form = inputs.form_of.get(file.path)
    known = {spot.text for spot in form.comments} if form is not None else set()
    left = [spot for spot in file.comments if not (spot.text and spot.text in known)]
    who = ", ".join(dict.fromkeys(spot.what for spot in left if spot.what))
    yield from spots("comments.left", Severity.WARNING, file, inputs, left, who=who)


def tracked(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Insertions and deletions that the buyer would see, too."""
    yield from spots("changes.tracked", Severity.WARNING, file, inputs, file.tracked)


def hidden_sheets(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Sheets out of sight that the buyer's form does not have."""
    left = _hidden(file, inputs, HiddenKind.SHEET)
    yield from spots("hidden.sheets", Severity.WARNING, file, inputs, left, names=", ".join(spot.text for spot in left[:5]))


def hidden_rows(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Rows and columns out of sight that the buyer's form does not have."""
    left = [spot for kind in (HiddenKind.ROW, HiddenKind.COLUMN) for spot in _hidden(file, inputs, kind)]
    names = ", ".join(f"{spot.place.sheet} {spot.text}" for spot in left[:8])
    yield from spots("hidden.rows", Severity.WARNING, file, inputs, left, names=names)


def hidden_text(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Text formatted as hidden: one click shows it."""
    yield from spots("hidden.text", Severity.WARNING, file, inputs, _hidden(file, inputs, HiddenKind.TEXT))


def placeholders(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """What a template wanted filled in."""
    yield from spots("leftovers.placeholder", Severity.OBSTACLE, file, inputs, file.placeholders)


def marked(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A highlighter's colour says: not done yet. What the buyer has marked in his own form stays."""
    form = inputs.form_of.get(file.path)
    known = {spot.text for spot in form.marked} if form is not None else set()
    left = [spot for spot in file.marked if spot.text not in known]
    yield from spots("leftovers.marked", Severity.WARNING, file, inputs, left)


def other_company(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Properties that name a company which is neither the bidder nor of the buyer's documents: the file comes from elsewhere."""
    bidder = bidder_name(inputs)
    if not bidder:
        return
    theirs = {original.meta(key) for original in inputs.originals for key in _OWNERS}
    for key in _OWNERS:
        name = file.meta(key)
        company = name and (key == "company" or says("company", name) or says("organisation", name))
        if company and name not in theirs and not any(same_name(name, known) for known in (bidder, inputs.tender.buyer or "")):
            yield about("metadata.company", Severity.WARNING, file, inputs, values=(("company", name),))
            return


def links(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Links, where buyer or portal says that nobody follows them."""
    asked = (item.item for item in inputs.items if item.item.kind in (PointKind.REQUIREMENT, PointKind.QUESTION))
    ignored = (inputs.profile is not None and inputs.profile.links_ignored) or any(
        says("links", item.text) or says("links", item.source.quote) for item in asked
    )
    if ignored:
        own = {spot.text for original in inputs.originals for spot in original.links}
        yield from spots("links.ignored", Severity.WARNING, file, inputs, [spot for spot in file.links if spot.text not in own])


def _hidden(file: FileFacts, inputs: ReviewInputs, kind: HiddenKind) -> list[Spot]:
    form = inputs.form_of.get(file.path)
    known = {(spot.what, spot.place.sheet, spot.text) for spot in form.hidden} if form is not None else set()
    return [spot for spot in file.hidden if spot.what == kind and (spot.what, spot.place.sheet, spot.text) not in known]
