"""Answers into a PDF form: into its fields, boxes, buttons and lists. The original's bytes stay; what changed is added behind
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pypdfium2 as library
import pypdfium2.raw as pdfium

from app.core.document import Box, Finding, Place
from app.core.errors import CorruptFileError, FillError, PasswordNeededError, WrongPasswordError
from app.export.forms.model import Filled, FormJob, Result, Target, unfit
from app.export.forms.pdf_look import completed
from app.export.forms.pdf_widgets import FormPdf, Widget
from app.export.forms.values import as_yes_no, legal_text, option_of

__all__ = ["fill_pdf", "held_in_pdf"]

_LINE = 5.0
"""Boxes whose middles are no farther apart (points) stand on one line."""


def fill_pdf(job: FormJob) -> Filled:
    """The filled copy. Raises FillError (`fill.xfa`) and the errors of passwords and damage."""
    form, password = _opened(job)
    try:
        if form.kind in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
            raise FillError(job.name, code="fill.xfa")
        if not form.widgets:
            return Filled(job.data, tuple(unfit(target, "fill.no_fields") for target in job.targets))
        filling = _Filling(form)
        results = [filling.one(target) for target in job.targets]
        findings = _told(form, job.name, any(result.reason is None for result in results))
        if not filling.touched:
            return Filled(job.data, tuple(results), findings)
        out = BytesIO()
        form.document.save(out, flags=pdfium.FPDF_INCREMENTAL)
    finally:
        form.close()
    data, unlike, odd = completed(out.getvalue(), filling.texts, password)
    if not _opens(data, password):
        data = out.getvalue()
    if odd:
        findings = (*findings, Finding("fill.look", job.name, None, (("count", str(odd)),)))
    checked = tuple(_checked(result, filling, unlike) for result in results)
    return Filled(data, checked, findings)


def held_in_pdf(job: FormJob, targets: Sequence[Target]) -> dict[int, str]:
    """What each target's field holds: its words, the words of what is ticked or chosen."""
    form, _ = _opened(job)
    try:
        filling = _Filling(form)
        return {target.number: said for target in targets if (said := filling.held(target)) is not None}
    finally:
        form.close()


def _checked(result: Result, filling: _Filling, unlike: dict[str, str]) -> Result:
    """With what can be seen of a text only now: letters that the field's type does not have, text that is cut off."""
    name = filling.by_answer.get(result.number)
    code = unlike.get(name or "")
    return replace(result, notes=(*result.notes, Finding(code, ""))) if code and result.reason is None else result


def _opened(job: FormJob) -> tuple[FormPdf, str | None]:
    locked = False
    for password in (None, *job.passwords):
        try:
            return FormPdf(job.data, password), password
        except library.PdfiumError as error:
            if getattr(error, "err_code", None) != pdfium.FPDF_ERR_PASSWORD:
                raise CorruptFileError(job.name) from None
            locked = True
    if locked and job.passwords:
        raise WrongPasswordError(job.name)
    raise PasswordNeededError(job.name)


def _opens(data: bytes, password: str | None) -> bool:
    """Whether PDFium reads what the other library has added."""
    try:
        document = library.PdfDocument(data, password=password)
        pages = len(document)
        document.close()
    except library.PdfiumError:
        return False
    return pages > 0


def _told(form: FormPdf, name: str, filled: bool) -> tuple[Finding, ...]:
    return (Finding("fill.signed", name, None, (("count", str(form.signatures)),)),) if form.signatures and filled else ()


class _Filling:
    """A form being filled in. `texts` are the words written, by the field's name."""

    def __init__(self, form: FormPdf) -> None:
        self.form = form
        self.texts: dict[str, str] = {}
        self.by_answer: dict[int, str] = {}
        self.touched = False
        self._taken: dict[str, int] = {}

    def one(self, target: Target) -> Result:
        """Write one answer."""
        target = replace(target, value=legal_text(target.value))
        widget = self._widget(target)
        if widget is None:
            return unfit(target, "fill.no_field" if target.field is not None else "fill.no_slot")
        target = replace(target, place=Place(widget.page + 1, _rounded(widget.box)), field=widget.name or target.field)
        group = self._group(widget, target)
        name = self._key(group[0]) if len(group) == 1 else "\x1f".join(self._key(each) for each in group)
        if name in self._taken:
            return unfit(target, "fill.twice", number=self._taken[name] + 1)
        if all(each.read_only for each in group):
            return unfit(target, "fill.locked")
        result = self._written(target, group)
        if result.reason is None:
            self._taken[name] = target.number
            self.by_answer[target.number] = widget.name
            self.touched = True
            pages = {each.page for each in self.form.widgets if each.name == widget.name} if widget.name else set()
            same = sum(each.name == widget.name and each.kind == widget.kind for each in self.form.widgets) if widget.name else 1
            if same > 1 and widget.kind not in (pdfium.FPDF_FORMFIELD_RADIOBUTTON,) and not (len(group) > 1 and len(pages) == 1):
                note = Finding("fill.same_name_everywhere", "", None, (("count", str(same)),))
                result = replace(result, notes=(*result.notes, note))
        return result

    def held(self, target: Target) -> str | None:
        """What the target's field holds; None when there is no such field."""
        widget = self._widget(target)
        if widget is None:
            return None
        if widget.kind not in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
            chosen = "\n".join(self.form.chosen(widget))
            return chosen or _plain(self.form.value(widget))
        group = self._group(widget, target)
        if len(group) == 1:
            return "Ja" if self.form.ticked(widget) else ""
        labels = target.options if len(target.options) == len(group) else tuple(each.export for each in group)
        return "\n".join(label for label, each in zip(labels, group, strict=True) if self.form.ticked(each))

    def _key(self, widget: Widget) -> str:
        return widget.name or f"{widget.page}:{widget.index}"

    def _widget(self, target: Target) -> Widget | None:
        """The field by its name, or the one that covers most of the box."""
        widgets = self.form.widgets
        if target.field is not None:
            wanted = target.field.strip()
            exact = [each for each in widgets if each.name == wanted]
            alike = exact or [each for each in widgets if each.name.casefold() == wanted.casefold()]
            # "Name" stands for "form1.page1.Name" when there is no other.
            ends = alike or [each for each in widgets if each.name.rpartition(".")[2].casefold() == wanted.casefold()]
            return ends[0] if len({each.name for each in ends}) == 1 else None
        box, page = target.place.box, target.place.page
        on_page = [each for each in widgets if page is not None and each.page == page - 1]
        if box is None:
            return on_page[0] if len(on_page) == 1 else None
        best = max(on_page, key=lambda each: _common(each.box, box), default=None)
        return best if best is not None and _common(best.box, box) > 0 else None

    def _group(self, widget: Widget, target: Target) -> list[Widget]:
        """The buttons of a choice, or the boxes on one line that are its answers; else the one field."""
        if widget.kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
            return [each for each in self.form.widgets if each.name == widget.name and each.kind == widget.kind]
        if widget.kind == pdfium.FPDF_FORMFIELD_CHECKBOX:
            same = [each for each in self.form.widgets if each.name == widget.name and each.kind == widget.kind]
            if widget.name and len({each.export for each in same}) > 1:
                return same  # boxes of one name that exclude each other
            if (len(target.options) > 1 and target.field is None) or (target.slot and len(target.options) > 1):
                middle = (widget.box.y0 + widget.box.y1) / 2
                line = [
                    each
                    for each in self.form.widgets
                    if each.kind == widget.kind
                    and each.page == widget.page
                    and abs((each.box.y0 + each.box.y1) / 2 - middle) < _LINE
                    and each.box.x0 >= widget.box.x0
                ]
                line.sort(key=lambda each: each.box.x0)
                if len(line) >= len(target.options):
                    return line[: len(target.options)]
        return [widget]

    def _written(self, target: Target, group: list[Widget]) -> Result:
        widget = group[0]
        if widget.kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
            return self._ticked(target, group)
        if widget.kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
            return self._chosen(target, widget)
        return self._text(target, widget)

    def _text(self, target: Target, widget: Widget) -> Result:
        text, notes = target.value, []
        if "\n" in text and not widget.multi_line:
            text = " ".join(line.strip() for line in text.split("\n") if line.strip())
            notes.append(Finding("fill.one_line", ""))
        if widget.most is not None and len(text) > widget.most:
            return unfit(target, "fill.too_long", length=len(text), limit=widget.most)
        for each in self.form.widgets:
            # Fields of one name are one field, or should be: some programs make several of them.
            own = each is widget or (widget.name and each.name == widget.name and each.kind == widget.kind)
            if own and _plain(self.form.value(each)) != _plain(text):
                self.form.write(each, text)
        if _plain(self.form.value(widget)) != _plain(text):
            return unfit(target, "fill.not_taken")
        self.texts[widget.name] = text
        return Result(target.number, text, target.place, target.field, None, tuple(notes))

    def _chosen(self, target: Target, widget: Widget) -> Result:
        lines = [line for line in target.value.splitlines() if line.strip()] if widget.several else [target.value]
        chosen = [option_of(line, widget.options) for line in lines]
        if any(each is None for each in chosen) or not chosen:
            if widget.editable:
                self.form.write(widget, target.value)
                self.texts[widget.name] = target.value
                return Result(target.number, target.value, target.place, target.field)
            return unfit(target, "fill.not_in_list", tuple(option for option in widget.options if option.strip()))
        indexes = frozenset(each for each in chosen if each is not None)
        self.form.choose(widget, indexes)
        told = "\n".join(widget.options[index] for index in sorted(indexes))
        if widget.kind == pdfium.FPDF_FORMFIELD_COMBOBOX:
            self.texts[widget.name] = told
        return Result(target.number, told, target.place, target.field)

    def _ticked(self, target: Target, group: list[Widget]) -> Result:
        if len(group) == 1:
            said = as_yes_no(target.value)
            if said is None:
                label = target.options[0] if target.options else group[0].export
                if not label or option_of(target.value, [label]) is None:
                    return unfit(target, "fill.not_yes_no")
                said = True
            self.form.tick(group[0], said)
            return Result(target.number, "☒" if said else "☐", target.place, target.field)
        labels = target.options if len(target.options) == len(group) else tuple(each.export for each in group)
        chosen = option_of(target.value, labels)
        if chosen is None and labels is target.options:
            chosen = option_of(target.value, [each.export for each in group])
        if chosen is None:
            return unfit(target, "fill.not_in_list", labels)
        radio = group[0].kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON
        for number, each in enumerate(group):
            if number != chosen and not radio:
                self.form.tick(each, False)
        self.form.tick(group[chosen], True)
        if not self.form.ticked(group[chosen]):
            return unfit(target, "fill.not_taken")
        place = Place(group[chosen].page + 1, _rounded(group[chosen].box))
        return Result(target.number, labels[chosen], place, target.field)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rounded(box: Box) -> Box:
    return Box(*(round(value, 1) for value in box))


def _common(one: Box, other: Box) -> float:
    """The area that two boxes share; touching counts a little, so that a thin field is found by its line."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return width * height if width > 0 and height > 0 else 0.0
