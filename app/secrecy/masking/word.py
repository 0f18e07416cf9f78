"""Masked copies of Word files.

Marked text is replaced in the runs that hold it; then every layer that the page does not show is cleaned or dropped: what is
deleted, hidden, commented, stored for other programs or kept as metadata. The copy is proven by `office_proof`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from app.core.document import Finding
from app.core.errors import MaskingError
from app.secrecy.masking.chains import Chain, Edits, Leaf, aside_chains
from app.secrecy.masking.choosing import chosen, context_of, spans_for, spans_of
from app.secrecy.masking.folding import Folded, compact, find
from app.secrecy.masking.literals import drop_literals
from app.secrecy.masking.model import Mark, Masked, MaskJob, mask_name, mask_text
from app.secrecy.masking.needles import Needle, Needles, open_from_others, places_of_needle, whole
from app.secrecy.masking.office_layers import drop_layers
from app.secrecy.masking.office_names import clean_names
from app.secrecy.masking.office_pictures import clean_pictures
from app.secrecy.masking.office_proof import prove_document, prove_office
from app.secrecy.masking.package import Package, local, take_out
from app.secrecy.masking.pictures_told import marked_paragraphs, pictures_in_document
from app.secrecy.masking.sweep import sweep
from app.secrecy.masking.word_text import State, pieces

__all__ = ["mask_docx"]

Element = Any

_STORIES = frozenset({"document", "footnotes", "endnotes", "hdr", "ftr", "comments"})
_MARGINS = frozenset({"hdr", "ftr"})
_OPEN = frozenset({"document", "footnotes", "endnotes"})
_FILL = "D9D9D9"


def mask_docx(job: MaskJob) -> Masked:
    """The masked copy. Raises MaskingError, and CorruptFileError for what is no Word file."""
    package = Package(job.data, job.name)
    findings = [Finding("mask.signature_broken", job.name)] if any("_xmlsignatures" in part for part in package.names()) else []
    findings += drop_layers(package)
    work = _Work(job, package)
    marked = marked_paragraphs(work.edits.leaves())
    work.apply()
    beside = work.needles.unseen or work.needles
    pictures = clean_pictures(package, beside)
    findings += [*pictures.told(job.name), *pictures_in_document(package, marked, pictures.gone)]
    cleaned = work.aside + pictures.cleaned + sum(clean(package, beside) for clean in (drop_literals, clean_names))
    cleaned += sweep(package, work.needles)
    if cleaned:
        findings.append(Finding("mask.also_cleaned", job.name, None, (("count", str(cleaned)),)))
    data = package.written()
    prove_office(data, job.name, work.needles)
    prove_document(data, job.name, work.needles)
    return Masked(data, (*findings, *work.findings), work.places)


class _Work:
    """One document on its way: its chains of text, what is edited in them, and the needles that follow."""

    def __init__(self, job: MaskJob, package: Package) -> None:
        self.job, self.package = job, package
        self.findings: list[Finding] = []
        self.edits = Edits()
        pieces_by_part = [(part, list(pieces(root, _state(part, root)))) for part, root in self._stories()]
        self._all = [piece for _, some in pieces_by_part for piece in [*some, "\n"]]
        self._open = Chain(_only(self._all, lambda leaf: leaf.open))
        self._margin = Chain(_only(self._all, lambda leaf: leaf.margin))
        self._aside = [
            Chain(_only(some, chosen_leaves))
            for _, some in pieces_by_part
            for chosen_leaves in (
                lambda _: True,
                lambda leaf: not leaf.open and not leaf.code,
                lambda leaf: leaf.code,
                lambda leaf: not leaf.inserted and not leaf.code,
            )
        ]
        drawn = list(aside_chains(package, lambda _, root: local(root) in _STORIES))
        self._unseen = [
            *(Chain(_only(some, kind)) for _, some in pieces_by_part for kind in (_is_unseen, lambda leaf: leaf.code)),
            *drawn,
        ]
        self._aside += drawn
        for mark in job.marks:
            self._place(mark)
        self.places = len(self.edits)
        self._sight = self._open.without(self.edits)
        self._margins = self._margin.without(self.edits)
        self._refuse_elsewhere()
        self.findings += open_from_others(job.others, self._in_sight, job.name)
        covered = [(mark.number, mark.anchor.quote or "") for mark in job.marks]
        self.needles = Needles.of(covered, self._in_sight)
        self.aside = self._clean_aside()

    def _stories(self) -> list[tuple[str, Element]]:
        main = self.package.main()
        found = [(part, root) for part in self.package.names() if (root := self.package.tree(part)) is not None]
        stories = [(part, root) for part, root in found if local(root) in _STORIES]
        return sorted(stories, key=lambda story: (story[0] != main, local(story[1]) not in _OPEN))

    def _place(self, mark: Mark) -> None:
        """Edit the marked text away. What is only in a layer that is not seen is masked wherever it stands there."""
        anchor, quote = mark.anchor, mark.anchor.quote or ""
        if not compact(quote):
            raise MaskingError(self.job.name, code="mask.only_text", claim=mark.number)
        spans = spans_for(self._open.text, anchor)
        if spans:
            wanted = (
                spans
                if anchor.all_occurrences
                else [chosen(spans, lambda span: context_of(self._open.text, span, anchor), mark.number, self.job.name)]
            )
            for span in wanted:
                self._open.edit(span, mark.number, self.edits)
            if not anchor.all_occurrences:
                return
        before = len(self.edits)
        for chain in (self._margin, *self._aside):
            for span in spans_of(chain.text, quote):
                chain.edit(span, mark.number, self.edits)
        if not spans and len(self.edits) == before:
            raise MaskingError(self.job.name, code="mask.not_found", claim=mark.number)

    def _refuse_elsewhere(self) -> None:
        """A secret that is also printed openly is none: stop, unless it is left there on purpose or is a mere number."""
        for mark in self.job.marks:
            if mark.number in self.job.left:
                continue
            needle = whole(mark.anchor.quote or "", mark.number)
            same = list(find(self._sight, needle.text, bounded=needle.bounded))
            spans = sorted(places_of_needle(self._sight, needle))
            if spans:
                place = str(self._sight.source.count("\n", 0, spans[0].start) + 1)
                if needle.telling and same:
                    raise MaskingError(
                        self.job.name, code="mask.elsewhere_text", claim=mark.number, count=len(same), paragraph=place
                    )
                said = (("claim", str(mark.number)), ("places", place))
                self.findings.append(Finding("mask.number_elsewhere", self.job.name, None, said))

    def _in_sight(self, needle: Needle) -> bool:
        return _holds(self._sight, needle) or (not needle.whole and _holds(self._margins, needle))

    def _clean_aside(self) -> int:
        before = len(self.edits)
        for chain in (self._margin, *self._aside):
            for span, needle in self.needles.spans_in(chain.text):
                chain.edit(span, needle.number, self.edits)
        if (unseen := self.needles.unseen) is not None:  # what stands open as well is left there, and there alone
            for chain in (self._margin, *self._unseen):
                for span, needle in unseen.spans_in(chain.text):
                    chain.edit(span, needle.number, self.edits)
        return len(self.edits) - before

    def apply(self) -> None:
        """Write the edits into the parts."""
        for leaf in self.edits.leaves():
            if leaf.sign is not None:
                _replace_symbol(leaf, self.edits.pieces(leaf, mask_text))
            elif leaf.code:
                left = self.edits.pieces(leaf, lambda numbers: mask_name(numbers[0]))
                _set_text(leaf.element, "".join(text for text, _ in left))
            else:
                _rewrite(leaf, self.edits.pieces(leaf, mask_text))


def _state(part: str, root: Element) -> State:
    name = local(root)
    return State(part, open=name in _OPEN, margin=name in _MARGINS)


def _is_unseen(leaf: Leaf) -> bool:
    return not leaf.open and not leaf.margin and not leaf.code


def _only(some: Sequence[Leaf | str], wanted: Callable[[Leaf], bool]) -> list[Leaf | str]:
    return [piece for piece in some if isinstance(piece, str) or wanted(piece)]


def _holds(text: Folded, needle: Needle) -> bool:
    return next(places_of_needle(text, needle), None) is not None


def _set_text(element: Element, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _rewrite(leaf: Leaf, left: Sequence[tuple[str, bool]]) -> None:
    """The text without what is masked. A run that holds nothing else is split, so that the mask can be shaded."""
    element = leaf.element
    run = element.getparent()
    alone = local(element) == "t" and run is not None and local(run) == "r" and element.tag.startswith(run.tag[:-1])
    alone = alone and all(child is element or local(child) == "rPr" for child in run) and "wordprocessingml" in run.tag
    if not alone or not any(is_mask for _, is_mask in left):
        _set_text(element, "".join(text for text, _ in left))
        return
    space = run.tag[:-1]
    for text, is_mask in left:
        part = deepcopy(run)
        part.tail = None
        for child in list(part):
            if local(child) == "rPr" and is_mask:
                part.replace(child, _shaded(child, space))
            elif local(child) == "t":
                _set_text(child, text)
        if is_mask and not any(local(child) == "rPr" for child in part):
            part.insert(0, _shaded(part.makeelement(f"{space}rPr"), space))
        run.addprevious(part)
    run.getparent().remove(run)


def _replace_symbol(leaf: Leaf, left: Sequence[tuple[str, bool]]) -> None:
    """A symbol that is masked goes, and a mask that begins there stands in its place."""
    element = leaf.element
    if left:
        shown = element.makeelement(element.tag[: -len("sym")] + "t")
        _set_text(shown, "".join(text for text, _ in left))
        element.addprevious(shown)
    take_out(element)


def _shaded(look: Element, space: str) -> Element:
    """The look of a mask: its text's font and size on grey."""
    made = look.makeelement(f"{space}rPr")
    for name in ("rFonts", "sz", "szCs"):
        made.extend(deepcopy(entry) for entry in look if local(entry) == name)
    shade = made.makeelement(f"{space}shd", {f"{space}val": "clear", f"{space}color": "auto", f"{space}fill": _FILL})
    made.append(shade)
    return made
