"""Masked copies of PDF files.

A page that carries a mask becomes a picture with an unseen layer of its open words. So does a page that holds a marked text out
of sight. Every other page keeps its drawing and loses all else; of the document as a whole nothing is kept. The copy is proven
by `pdf_proof` before anyone gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import chain

import pypdfium2.raw as pdfium
from PIL import ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from app.core.document import Finding
from app.core.errors import MaskingError
from app.secrecy.masking.folding import Folded, compact, find, folded
from app.secrecy.masking.model import Masked, MaskJob
from app.secrecy.masking.naming import named_after
from app.secrecy.masking.needles import Needle, Needles, open_from_others, places_of_needle, whole
from app.secrecy.masking.orders import orders
from app.secrecy.masking.pdf_copy import PageCopier, TaintedError
from app.secrecy.masking.pdf_faults import read_by_pypdf
from app.secrecy.masking.pdf_pages import PageText, Pdf, flattened, open_pdf, seen, seen_signs
from app.secrecy.masking.pdf_pictures import pictures_beside, pictures_on, pictures_under
from app.secrecy.masking.pdf_places import Place, places_of
from app.secrecy.masking.pdf_proof import prove_pdf
from app.secrecy.masking.picture import Encoded, encoded, painted
from app.secrecy.masking.raw import RawSearch
from app.secrecy.masking.rectangles import MaskRectangle, covered_signs, rectangles, signs_within
from app.secrecy.masking.text_layer import TextLayer, open_words
from app.secrecy.masking.turning import Turned

__all__ = ["DOTS", "mask_pdf"]

DOTS = 200
"""Dots per inch of a page that becomes a picture."""
_COMPARED_AT = 60
_SHOWN = 20
_BARRIER = "\ue000"


def mask_pdf(job: MaskJob) -> Masked:
    """The masked copy. Raises MaskingError and the errors of a password, a broken file or a limit."""
    with open_pdf(job.data, job.name, job.passwords) as (original, locked):
        findings = [Finding("mask.signature_broken", job.name)] if pdfium.FPDF_GetSignatureCount(original.handle) > 0 else []
        findings += [Finding("mask.decrypted", job.name)] if locked else []
        flat = flattened(original)
    with open_pdf(flat, job.name) as (pdf, _):
        work = _Work(job, pdf)
        data = work.copy(flat)
        prove_pdf(data, job.name, work.needles, work.masks, len(work.pages), job.pixels)
    return Masked(data, (*findings, *work.findings), sum(map(len, work.masks.values())), work.named)


class _Work:
    """One document on its way: its pages' texts, the places, masks and needles that follow from the marks."""

    def __init__(self, job: MaskJob, pdf: Pdf) -> None:
        self.job, self.pdf = job, pdf
        self.pages = [pdf.text(index) for index in range(pdf.count)]
        self.findings: list[Finding] = []
        places = [place for mark in job.marks for place in places_of(self.pages, mark, job.name, self._seen)]
        self.masks: dict[int, list[MaskRectangle]] = {}
        self.hidden: dict[int, set[int]] = {}
        for index in sorted({place.page for place in places}):
            here = [place for place in places if place.page == index]
            page = self.pages[index]
            self.masks[index] = rectangles(page, here)
            if not self.masks[index]:
                raise MaskingError(job.name, code="mask.not_found", page=index + 1, claim=here[0].number)
            marked = frozenset(chain.from_iterable(place.signs for place in here))
            self.hidden[index] = covered_signs(page, self.masks[index], marked)
        self._tell_what_more_is_covered(places)
        self._open = [_without(page, self.hidden.get(index, set())) for index, page in enumerate(self.pages)]
        self._refuse_elsewhere()
        self._refuse_pictures_elsewhere(places)
        self._tell_pictures()
        self.findings += open_from_others(job.others, self._in_sight, job.name)
        covered = list(self._covered(places))
        self.named = named_after(job.name, covered)
        self.needles = Needles.of(covered, self._in_sight)
        self.search = RawSearch(self.needles)
        self.pictured = set(self.masks) | {
            index
            for index, text in enumerate(self._open)
            if index not in self.masks and (self.needles.first_in(text) or self._tells_unseen(index, text))
        }

    def _tell_what_more_is_covered(self, places: Sequence[Place]) -> None:
        """Words beside a mask that it covers so that its length tells nothing, and those that the edge of a box cuts."""
        marked = {(place.page, sign) for place in places for sign in place.signs}
        boxed = set[tuple[int, int]]()
        whole = {place.page for place in places if place.whole_page}
        for place in places:
            if place.area is not None:
                boxed |= {(place.page, sign) for sign in signs_within(self.pages[place.page], place.area)}
        count = sum(
            any(sign in signs for sign in word)
            and not any((index, sign) in marked for sign in word)
            and 2 * sum((index, sign) in boxed for sign in word) < len(word)
            for index, signs in self.hidden.items()
            if index not in whole
            for word in self.pages[index].words()
        )
        if count:
            self.findings.append(Finding("mask.covers_more", self.job.name, None, (("count", str(count)),)))

    def _seen(self, index: int) -> set[int]:
        return seen(self.pdf, index, self.pages[index])

    def _covered(self, places: Sequence[Place]) -> Iterable[tuple[int, str]]:
        """The texts under the masks."""
        for mark in self.job.marks:
            if mark.anchor.quote:
                yield mark.number, mark.anchor.quote
        for place in places:
            page = self.pages[place.page]
            if place.whole_page:
                yield place.number, page.text
            elif place.area is not None:
                inside = covered_signs(page, [MaskRectangle(place.area, ())], frozenset())
                yield place.number, "".join(sign if index in inside else "\n" for index, sign in enumerate(page.text))

    def _places_in_sight(self, needle: Needle, *, same: bool = False) -> list[int]:
        """Pages on which the text stands open and is seen; `same`: only as it is written, when it is an amount."""
        return [
            index
            for index, text in enumerate(self._open)
            if any(
                any(sign in self._seen(index) for sign in range(*span))
                for span in (find(text, needle.text, bounded=needle.bounded) if same else places_of_needle(text, needle))
            )
        ]

    def _tells_unseen(self, index: int, text: Folded) -> bool:
        """Whether a text that stands open elsewhere stands on the page where it is not seen: invisible, or outside the page."""
        unseen = self.needles.unseen
        return unseen is not None and any(
            not set(range(span.start, span.end)) <= self._seen(index) for span, _ in unseen.spans_in(text)
        )

    def _tell_pictures(self) -> None:
        """What cannot be searched: pictures beside masks, and open pages that are nothing but pictures."""
        beside = {index: pictures_beside(self.pdf, index, (mask.box for mask in masks)) for index, masks in self.masks.items()}
        shown = sorted(index + 1 for index, count in beside.items() if count)
        if shown:
            said = (("count", str(sum(beside.values()))), ("places", _listed(shown)))
            self.findings.append(Finding("mask.pictures_pages", self.job.name, None, said))
        unread = [
            index + 1
            for index, page in enumerate(self.pages)
            if index not in self.masks and not page.text.strip() and pictures_beside(self.pdf, index, ())
        ]
        if unread:
            self.findings.append(Finding("mask.pages_unread", self.job.name, None, (("places", _listed(unread)),)))

    def _in_sight(self, needle: Needle) -> bool:
        return bool(self._places_in_sight(needle))

    def _rows_in_sight(self, needle: Needle) -> list[int]:
        """Pages on which the text stands open when they are read row by row: over the cells of a table, say."""
        words = [compact(word) for word in needle.source.split()]
        likely = [
            index
            for index, text in enumerate(self._open)
            if len(words) > 1 and needle.text not in text.text and all(word in text.text for word in words)
        ]
        return [
            index
            for index in likely
            for order in list(orders(self.pages[index]))[1:]
            if any(
                set(signs) <= self._seen(index) - self.hidden.get(index, set())
                for span in find(order.text, needle.text, bounded=needle.bounded)
                if (signs := [sign for sign in order.signs[span.start : span.end] if sign >= 0])
            )
        ]

    def _refuse_elsewhere(self) -> None:
        """A secret that is also printed openly is none: stop, unless it is left there on purpose or is a mere number."""
        for mark in self.job.marks:
            if not mark.anchor.quote or mark.number in self.job.left:
                continue
            needle = whole(mark.anchor.quote, mark.number)
            open_on = self._places_in_sight(needle, same=True) or self._rows_in_sight(needle)
            if open_on and needle.telling:
                raise MaskingError(
                    self.job.name, code="mask.elsewhere", page=open_on[0] + 1, claim=mark.number, count=len(open_on)
                )
            if open_on := open_on or self._places_in_sight(needle):
                pages = ", ".join(str(index + 1) for index in open_on[:20])
                self.findings.append(
                    Finding("mask.number_elsewhere", self.job.name, None, (("claim", str(mark.number)), ("places", pages)))
                )

    def _refuse_pictures_elsewhere(self, places: Sequence[Place]) -> None:
        """A picture that is masked and also shown on a page without a mask: as for texts."""
        for place in places:
            if place.area is None or place.number in self.job.left:
                continue
            under = pictures_under(self.pdf, place.page, place.area)
            others = [index for index in range(self.pdf.count) if under and index not in self.masks]
            shown_on = [index for index in others if under & pictures_on(self.pdf, index)]
            if shown_on:
                raise MaskingError(
                    self.job.name, code="mask.elsewhere", page=shown_on[0] + 1, claim=place.number, count=len(shown_on)
                )

    def copy(self, flat: bytes) -> bytes:
        """The copy's bytes. Pages whose drawing cannot be cleaned, or looks otherwise afterwards, become pictures."""
        while True:
            data, rewritten = self._written(flat)
            changed = {index for index in rewritten if not self._same(data, index)}
            if not changed:
                break
            self.pictured |= changed
        further = sorted(self.pictured - set(self.masks))
        if further:
            pages = ", ".join(str(index + 1) for index in further[:20])
            self.findings.append(Finding("mask.page_pictured", self.job.name, None, (("places", pages),)))
        return data

    def _written(self, flat: bytes) -> tuple[bytes, set[int]]:
        writer = PdfWriter()
        writer.metadata = None
        rewritten: set[int] = set()
        with read_by_pypdf(self.job.name):
            pages = (reader := PdfReader(BytesIO(flat), strict=False)).pages
        copier = PageCopier(reader, writer, self.search)
        for index, page in enumerate(self.pages):
            if index not in self.pictured:
                try:
                    with read_by_pypdf(self.job.name):
                        copier.copy(pages[index])
                except TaintedError:
                    self.pictured.add(index)
                else:
                    rewritten |= {index} if copier.rewritten else set()
            if index in self.pictured:
                self._add_picture(writer, index, page)
        target = BytesIO()
        with read_by_pypdf(self.job.name):  # streams that were copied as they are are packed only now
            writer.write(target)
        return target.getvalue(), rewritten

    def _same(self, data: bytes, index: int) -> bool:
        """Whether a page whose operators were written anew looks as before."""
        with open_pdf(data, self.job.name) as (copy, _):
            before = self.pdf.picture(index, _COMPARED_AT, self.job.pixels)
            after = copy.picture(index, _COMPARED_AT, self.job.pixels)
            return before.size == after.size and ImageChops.difference(before, after).getbbox() is None

    def _add_picture(self, writer: PdfWriter, index: int, page: PageText) -> None:
        drawn = self.pdf.picture(index, DOTS, self.job.pixels)
        masks = self.masks.get(index, [])
        picture = encoded(painted(drawn, masks, (page.width, page.height)))
        words = list(open_words(page, self.hidden.get(index, set()), seen_signs(page, drawn)))
        # A page is kept as it is shown, unless its text lies on its side that way.
        lying = sum(1 if box.y1 - box.y0 > box.x1 - box.x0 else -1 for text, box in words if len(text) > 2) > 0
        turned = Turned(self.pdf.turns(index) if lying else 0, page.width, page.height)
        layer = TextLayer(turned.size[1])
        for text, box in words:
            if self.needles.first_in(text) is None:
                layer.add(text, turned.box(box))
        for mask in masks:
            layer.add(f"[{','.join(map(str, mask.numbers))}]", turned.box(mask.box))
        made = writer.add_blank_page(*turned.size)
        made[NameObject("/Rotate")] = NumberObject(90 * turned.turns)
        content = DecodedStreamObject()
        content.set_data(f"q {turned.matrix} cm /P Do Q\n".encode() + layer.content())
        made[NameObject("/Contents")] = writer._add_object(content.flate_encode())
        made[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(_image(picture))}),
                NameObject("/Font"): layer.fonts(writer),
            }
        )


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:_SHOWN])) + (" …" if len(pages) > _SHOWN else "")


def _without(page: PageText, hidden: set[int]) -> Folded:
    """The page's text with a barrier for each sign under a mask."""
    return folded("".join(_BARRIER if index in hidden else sign for index, sign in enumerate(page.text)) if hidden else page.text)


def _image(picture: Encoded) -> StreamObject:
    made = StreamObject()
    made._data = picture.data
    made[NameObject("/Type")] = NameObject("/XObject")
    made[NameObject("/Subtype")] = NameObject("/Image")
    made[NameObject("/Width")] = NumberObject(picture.width)
    made[NameObject("/Height")] = NumberObject(picture.height)
    made[NameObject("/BitsPerComponent")] = NumberObject(8)
    made[NameObject("/ColorSpace")] = NameObject("/DeviceGray" if picture.grey else "/DeviceRGB")
    made[NameObject("/Filter")] = ArrayObject([NameObject(f"/{picture.filter}")])
    if picture.predicted:
        parameters = {"/Predictor": 15, "/Colors": 1 if picture.grey else 3, "/BitsPerComponent": 8, "/Columns": picture.width}
        entries = DictionaryObject({NameObject(key): NumberObject(value) for key, value in parameters.items()})
        made[NameObject("/DecodeParms")] = ArrayObject([entries])
    return made
