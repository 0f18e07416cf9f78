"""Answers into PDF forms: values and looks, seen with PDFium and with another program; the original's bytes are all there."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from app.core.document import Box, Place
from app.core.errors import FillError, PasswordNeededError, WrongPasswordError
from app.core.forms import FormAnswer
from app.export.forms import Filled, FormJob, Target, fill
from app.export.forms.pdf_metrics import shown_widths
from tests.support.forms import acroform, all_filled, filled, reasons
from tests.support.pdfs import drawn

ANSWERS = {
    "company": "Åkes Bygg & Söner AB – “bäst” för 5 €",
    "describe": "Vi är åtta anställda som arbetar med mark och anläggning i hela länet.\nKvalitet – alltid.",
    "orgnr": "556677-8899",
    "accept": "Ja",
    "agreement": "Nej",
    "town": "Umeå",
    "region": "Syd",
}


def named(data: bytes, answers: dict[str, str], *passwords: str) -> Filled:
    targets = tuple(Target(number, value, field=name) for number, (name, value) in enumerate(answers.items()))
    return fill(FormJob("form.pdf", data, targets, passwords), "pdf")


@pytest.fixture(scope="module")
def form() -> bytes:
    return acroform(extra=True)


@pytest.fixture(scope="module")
def done(form: bytes) -> Filled:
    return named(form, ANSWERS)


def widgets(data: bytes) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for page in PdfReader(BytesIO(data)).pages:
        annotations: Any = page["/Annots"]
        for each in annotations:
            widget = each.get_object()
            name = widget.get("/T") or widget["/Parent"]["/T"]
            found.setdefault(str(name), []).append(widget)
    return found


def test_every_field_holds_its_answer_on_every_page(done: Filled) -> None:
    assert [result.reason for result in done.results] == [None] * 7
    held = widgets(done.data)
    assert [str(each["/V"]) for each in held["company"]] == [ANSWERS["company"]] * 2
    assert str(held["describe"][0]["/V"]).replace("\r\n", "\n").replace("\r", "\n") == ANSWERS["describe"]
    assert str(held["orgnr"][0]["/V"]) == "556677-8899"
    assert held["accept"][0]["/AS"] != "/Off"
    assert [str(each["/AS"]) for each in held["agreement"]] == ["/Off", "/Nej"]
    assert str(held["town"][0]["/V"]) == "u"
    assert str(held["region"][0]["/V"]) == "Syd"


def test_the_original_is_whole_in_the_copy(form: bytes, done: Filled) -> None:
    assert done.data.startswith(form)
    assert str(widgets(done.data)["locked"][0]["/V"]) == "köparens"


def test_looks_use_only_fonts_that_they_name(done: Filled) -> None:
    for name in ("company", "describe", "orgnr"):
        for widget in widgets(done.data)[name]:
            look = widget["/AP"]["/N"]
            fonts = look["/Resources"]["/Font"]
            content = look.get_data().decode("latin-1")
            assert {part.split()[0] for part in content.split("/")[1:] if " Tf" in part.split("\n")[0]} == {
                key.removeprefix("/") for key in fonts if f"{key} " in content
            }
            assert all("/BaseFont" in fonts[key] for key in fonts)
    company = widgets(done.data)["company"][0]["/AP"]["/N"].get_data()
    assert ANSWERS["company"].encode("cp1252") in company.replace(b"\\(", b"(").replace(b"\\)", b")")


def ink(data: bytes, name: str, folder: Path) -> tuple[Image.Image, Image.Image | None]:
    """The first page as PDFium draws it with its form, and as poppler does where it is installed."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    shown = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    program = shutil.which("pdftoppm")
    if program is None:
        return shown, None
    source = folder / f"{name}.pdf"
    source.write_bytes(data)
    subprocess.run([program, "-r", "72", "-f", "1", "-l", "1", "-png", str(source), str(folder / name)], check=True)
    return shown, Image.open(next(folder.glob(f"{name}-*.png"))).convert("L")


def test_the_answers_show_in_their_boxes_and_nothing_else_changes(form: bytes, done: Filled, tmp_path: Path) -> None:
    boxes = [result.place.box for result in done.results if result.place is not None]
    for before, after in zip(ink(form, "before", tmp_path), ink(done.data, "after", tmp_path), strict=True):
        if before is None or after is None:
            continue  # no second viewer on this machine
        difference = ImageChops.difference(before, after).point(lambda value: 255 if value > 60 else 0)
        for box in boxes:
            assert box is not None
            left, top, right, bottom = (round(value) for value in box)
            assert difference.crop((left, top, right, bottom)).getbbox() is not None
            difference.paste(0, (left - 2, top - 2, right + 2, bottom + 2))
        assert difference.getbbox() is None


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("orgnr", "556677-8899 (org)", "fill.too_long"),
        ("town", "Kiruna", "fill.not_in_list"),
        ("agreement", "kanske", "fill.not_in_list"),
        ("accept", "kanske", "fill.not_yes_no"),
        ("locked", "mitt", "fill.locked"),
        ("finns inte", "x", "fill.no_field"),
    ],
)
def test_what_does_not_fit_is_told_and_not_written(form: bytes, name: str, answer: str, code: str) -> None:
    made = named(form, {name: answer})
    assert made.results[0].reason is not None
    assert made.results[0].reason.code == code
    assert made.data == form


def test_fields_of_one_name_are_filled_once_and_told(form: bytes) -> None:
    made = fill(
        FormJob("form.pdf", form, (Target(0, "ett", field="company"), Target(1, "två", field="company"))),
        "pdf",
    )
    assert [note.code for note in made.results[0].notes] == ["fill.same_name_everywhere"]
    assert made.results[1].reason is not None
    assert made.results[1].reason.code == "fill.twice"


def test_a_field_is_found_by_its_box(form: bytes) -> None:
    made = fill(FormJob("form.pdf", form, (Target(0, "svar", Place(1, Box(210, 55, 300, 65))),)), "pdf")
    assert str(widgets(made.data)["company"][0]["/V"]) == "svar"


def test_a_text_that_cannot_be_seen_whole_is_told(form: bytes) -> None:
    made = named(form, {"company": "M" * 60, "describe": "ord " * 90})
    assert [[note.code for note in result.notes if note.code == "fill.cut"] for result in made.results] == [["fill.cut"]] * 2
    assert not any(note.code == "fill.cut" for result in named(form, ANSWERS).results for note in result.notes)


def test_characters_that_no_font_of_the_form_has_are_told(form: bytes) -> None:
    made = named(form, {"company": "Bygg 東京"})
    assert "fill.characters" in {note.code for note in made.results[0].notes}
    assert str(widgets(made.data)["company"][0]["/V"]) == "Bygg 東京"


def changed(data: bytes, **entries: object) -> bytes:
    """The form with other entries in its form dictionary."""
    writer = PdfWriter(clone_from=BytesIO(data))
    form: Any = writer.root_object["/AcroForm"]
    for key, value in entries.items():
        form[NameObject(f"/{key}")] = value
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_form_that_only_adobe_understands_is_refused(form: bytes) -> None:
    xfa = ArrayObject([TextStringObject("template"), TextStringObject("<x/>")])
    with pytest.raises(FillError) as error:
        named(changed(form, XFA=xfa), ANSWERS)
    assert error.value.code_used == "fill.xfa"


def test_earlier_signatures_stay_and_are_told(form: bytes) -> None:
    writer = PdfWriter(clone_from=BytesIO(form))
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(each) for each in (0, 10, 20, 10)]),
            NameObject("/Contents"): TextStringObject("x"),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("signature"),
            NameObject("/V"): writer._add_object(signature),
        }
    )
    acro: Any = writer.root_object["/AcroForm"]
    acro["/Fields"].append(writer._add_object(field))
    made = BytesIO()
    writer.write(made)
    result = named(made.getvalue(), {"orgnr": "1"})
    assert result.data.startswith(made.getvalue())
    assert [finding.code for finding in result.findings] == ["fill.signed"]


def test_without_fields_nothing_has_a_place() -> None:
    made = named(drawn(lambda paper: paper.drawString(50, 700, "Namn:")), {"namn": "Åke"})
    assert made.results[0].reason is not None
    assert made.results[0].reason.code == "fill.no_fields"


def test_a_form_with_a_password(form: bytes) -> None:
    writer = PdfWriter(clone_from=BytesIO(form))
    writer.encrypt("hemligt", algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    with pytest.raises(PasswordNeededError):
        named(made.getvalue(), ANSWERS)
    with pytest.raises(WrongPasswordError):
        named(made.getvalue(), ANSWERS, "fel")
    result = named(made.getvalue(), {"orgnr": "556677-8899"}, "fel", "hemligt")
    reader = PdfReader(BytesIO(result.data))
    assert reader.is_encrypted
    reader.decrypt("hemligt")
    assert (reader.get_fields() or {})["orgnr"]["/V"] == "556677-8899"


def test_questions_of_the_list_find_their_fields(form: bytes) -> None:
    report, made = filled(
        form,
        [
            FormAnswer("Åkes Bygg AB", question="Företagsnamn:"),
            FormAnswer("Nej", question="Har ni kollektivavtal?"),
            FormAnswer("Umeå", question="Ort:"),
            FormAnswer("ja", question="Vi accepterar avtalsvillkoren:"),
        ],
        "form.pdf",
    )
    assert all_filled(report), reasons(report)
    held = widgets(made)
    assert str(held["company"][0]["/V"]) == "Åkes Bygg AB"
    assert [str(each["/AS"]) for each in held["agreement"]] == ["/Off", "/Nej"]
    assert held["accept"][0]["/AS"] != "/Off"


def test_the_measures_are_adobes() -> None:
    assert [round(width * 1000) for width in shown_widths("iMå–€ ")] == [222, 833, 556, 556, 556, 278]


def boxes(turned: int = 0) -> bytes:
    """A question with two check boxes of their own names, on a page that may be turned."""
    made = BytesIO()
    paper = Canvas(made, pagesize=(595, 842), invariant=1)
    paper.drawString(50, 700, "Har ni egna lokaler?")
    for left, word in ((250, "Ja"), (320, "Nej")):
        paper.acroForm.checkbox(name=f"box{word}", x=left, y=695)
        paper.drawString(left + 25, 700, word)
    paper.showPage()
    paper.save()
    if not turned:
        return made.getvalue()
    writer = PdfWriter(clone_from=made)
    writer.pages[0].rotate(turned)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(("answer", "ticked"), [("Ja", "boxJa"), ("nej", "boxNej")])
def test_two_boxes_that_say_yes_and_no_are_one_choice(answer: str, ticked: str) -> None:
    report, made = filled(boxes(), [FormAnswer(answer, question="Har ni egna lokaler?")], "form.pdf")
    assert all_filled(report), reasons(report)
    assert {name for name, held in widgets(made).items() if held[0]["/AS"] != "/Off"} == {ticked}


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_fields_of_a_turned_page_are_found_where_they_show(turned: int) -> None:
    data = boxes(turned)
    document = pypdfium2.PdfDocument(data)
    width, height = document[0].get_size()
    document.close()
    x, y = 330.0, 842 - 705.0  # the second box on the page as it lies
    shown = {90: (842 - y, x), 180: (595 - x, 842 - y), 270: (y, 595 - x)}[turned]
    assert shown[0] < width
    assert shown[1] < height
    box = Box(shown[0] - 3, shown[1] - 3, shown[0] + 3, shown[1] + 3)
    made = fill(FormJob("form.pdf", data, (Target(0, "Ja", Place(1, box)),)), "pdf")
    assert made.results[0].field == "boxNej"


def test_a_form_that_asks_viewers_to_draw_it_is_drawn_all_the_same(form: bytes, tmp_path: Path) -> None:
    asked = changed(form, NeedAppearances=BooleanObject(True))
    made = named(asked, ANSWERS)
    assert [result.reason for result in made.results] == [None] * 7
    assert made.data.startswith(asked)
    look = widgets(made.data)["company"][0]["/AP"]["/N"].get_data()
    assert "Åkes Bygg".encode("cp1252") in look
