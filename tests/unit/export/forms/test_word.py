"""Answers into Word forms: every kind of place, the form's look kept, the rest of the file byte for byte as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.core.document import Place
from app.core.forms import FormAnswer
from app.documents.docx import read_docx
from app.documents.reader import ReadRequest
from app.export.forms import Filled, FormJob, Target, fill
from app.export.forms.values import legal_text
from tests.support.forms import control, filled, main_part, paragraph, parts_that_differ, reasons, rows, word

TEXT, LINES = "<w:text/>", "<w:text w:multiLine='1'/>"
LIST = (
    "<w:dropDownList><w:listItem w:value=''/>"
    "<w:listItem w:displayText='Malmö' w:value='m'/><w:listItem w:displayText='Umeå' w:value='u'/></w:dropDownList>"
)
DAY = "<w:date><w:dateFormat w:val='d MMMM yyyy'/><w:lid w:val='sv-SE'/></w:date>"
TICK = "<w14:checkbox><w14:checked w14:val='0'/><w14:checkedState w14:val='2612' w14:font='MS Gothic'/></w14:checkbox>"


def named(data: bytes, *answers: tuple[str, str]) -> Filled:
    """Answers put into controls and fields by their names."""
    targets = tuple(Target(number, value, field=name) for number, (name, value) in enumerate(answers))
    return fill(FormJob("form.docx", data, targets), "docx")


def at(data: bytes, *answers: tuple[int, str]) -> Filled:
    """Answers put into what is to be filled in in a paragraph or its cell."""
    targets = tuple(
        Target(number, value, Place(paragraph=place), paragraphs=(place,), whole_cell=True, slot=True)
        for number, (place, value) in enumerate(answers)
    )
    return fill(FormJob("form.docx", data, targets), "docx")


def field(kind: str, name: str, shown: str = "     ", instruction: str = "FORMTEXT") -> str:
    return (
        f"<w:p><w:r><w:t>{name}: </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='{name}'/>"
        f"<w:enabled/>{kind}</w:ffData></w:fldChar></w:r>"
        f"<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r><w:r><w:fldChar "
        f"w:fldCharType='separate'/></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>{shown}</w:t></w:r>"
        f"<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )


def texts(data: bytes) -> list[str]:
    return [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", each))
        for each in re.findall(r"<w:p\b.*?</w:p>|<w:p/>", main_part(data), re.S)
    ]


def test_a_control_loses_its_prompt_and_keeps_its_look() -> None:
    form = word(f"<w:p>{control(TEXT, title='Namn')}</w:p>")
    made = named(form, ("namn", "Åke"))
    xml = main_part(made.data)
    assert "showingPlcHdr" not in xml
    assert '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Åke</w:t></w:r>' in xml
    assert "Grey" not in xml
    assert xml.replace(xml[xml.index("<w:sdt>") : xml.index("</w:sdt>")], "") == main_part(form).replace(
        main_part(form)[main_part(form).index("<w:sdt>") : main_part(form).index("</w:sdt>")], ""
    )


def test_lists_days_and_boxes_take_what_they_are_made_for() -> None:
    places = (control(LIST, "Välj", "Ort"), control(DAY, "Ange datum", "Dag"), control(TICK, "☐", "Ruta", False))
    form = word("".join(f"<w:p>{each}</w:p>" for each in places))
    made = named(form, ("Ort", "umeå"), ("Dag", "2026-01-05"), ("Ruta", "ja"))
    assert [result.written for result in made.results] == ["Umeå", "5 januari 2026", "☒"]
    assert texts(made.data) == ["Umeå", "5 januari 2026", "☒"]
    xml = main_part(made.data)
    assert 'w:fullDate="2026-01-05T00:00:00Z"' in xml
    assert 'w14:checked w14:val="1"' in xml


@pytest.mark.parametrize(
    ("kind", "answer", "code"),
    [
        (LIST, "Kiruna", "fill.not_in_list"),
        (DAY, "snart", "fill.not_date"),
        (TICK, "kanske", "fill.not_yes_no"),
        (f"{TEXT}<w:lock w:val='contentLocked'/>", "x", "fill.locked"),
    ],
)
def test_a_control_that_does_not_take_the_answer_stays(kind: str, answer: str, code: str) -> None:
    form = word(f"<w:p>{control(kind, title='Namn')}</w:p>")
    made = named(form, ("Namn", answer))
    assert made.results[0].reason is not None
    assert made.results[0].reason.code == code
    assert made.data == form


def test_several_lines_only_where_the_control_takes_them() -> None:
    form = word(f"<w:p>{control(TEXT, title='En')}</w:p><w:p>{control(LINES, title='Flera')}</w:p>")
    made = named(form, ("En", "a\nb"), ("Flera", "a\nb"))
    assert [note.code for note in made.results[0].notes] == ["fill.one_line"]
    assert made.results[1].notes == ()
    assert ">a b<" in main_part(made.data)
    assert re.search(r">a</w:t><w:br/><w:t[^>]*>b<", main_part(made.data))


def test_a_control_around_paragraphs_keeps_the_paragraph_and_its_properties() -> None:
    block = (
        "<w:sdt><w:sdtPr><w:alias w:val='Fri'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>"
        "<w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>Klicka här för text</w:t></w:r></w:p><w:p/></w:sdtContent></w:sdt>"
    )
    made = named(word(block + paragraph("efter")), ("Fri", "svar"))
    assert texts(made.data) == ["svar", "efter"]
    assert "<w:jc w:val=" in main_part(made.data)


def test_two_controls_of_one_name_are_filled_in_once_and_told() -> None:
    form = word(f"<w:p>{control(TEXT, title='Namn')}</w:p><w:p>{control(TEXT, title='Namn')}</w:p>")
    made = named(form, ("Namn", "ett"))
    assert [note.code for note in made.results[0].notes] == ["fill.same_name"]
    assert [text == "ett" for text in texts(made.data)] == [True, False]


def test_a_control_bound_to_data_changes_the_data_too() -> None:
    bound = "<w:text/><w:dataBinding w:prefixMappings=\"xmlns:n='urn:x'\" w:xpath='/n:root[1]/n:name[1]' w:storeItemID='{AB}'/>"
    form = word(
        f"<w:p>{control(bound, title='Namn')}</w:p>",
        customXml___item1__xml="<?xml version='1.0'?><root xmlns='urn:x'><name/><other>kvar</other></root>",
        customXml___itemProps1__xml="<d:datastoreItem xmlns:d='urn:d' d:itemID='{AB}'/>",
        customXml____rels___item1__xml__rels="<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r1' Type='x/customXmlProps' Target='itemProps1.xml'/></Relationships>",
    )
    made = named(form, ("Namn", "Åke"))
    assert made.results[0].notes == ()
    stored = ZipFile(BytesIO(made.data)).read("customXml/item1.xml").decode()
    assert stored == "<?xml version='1.0'?><root xmlns='urn:x'><name>Åke</name><other>kvar</other></root>"
    assert set(made.changed) == {"word/document.xml", "customXml/item1.xml"}


def test_legacy_fields_of_each_kind() -> None:
    box = field("<w:checkBox><w:sizeAuto/><w:default w:val='0'/></w:checkBox>", "Ruta", "", "FORMCHECKBOX")
    choice = field("<w:ddList><w:listEntry w:val='Ja'/><w:listEntry w:val='Nej'/></w:ddList>", "Val", "", "FORMDROPDOWN")
    form = word(field("<w:textInput><w:maxLength w:val='5'/></w:textInput>", "Namn") + box + choice)
    made = named(form, ("Namn", "Åke"), ("Ruta", "Ja"), ("Val", "nej"))
    assert [result.reason for result in made.results] == [None, None, None]
    xml = main_part(made.data)
    assert re.search(r"<w:r><w:rPr><w:i/></w:rPr><w:t[^>]*>Åke</w:t></w:r>", xml)
    assert '<w:checked w:val="1"/></w:checkBox>' in xml
    assert '<w:ddList><w:result w:val="1"/>' in xml
    document = read_docx(ReadRequest("form.docx", data=made.data))
    assert [slot.value for block in document.blocks for slot in block.slots] == ["Åke", "☒", "Nej"]
    assert named(form, ("Namn", "för långt")).results[0].reason is not None


def test_blanks_take_the_answer_in_their_own_run_and_look() -> None:
    form = word(paragraph("Namn: ________ Telefon: ........", "<w:b/>") + paragraph("Ort: ____"))
    made = at(form, (0, "Åke"), (0, "0701"), (1, "Umeå"))
    assert texts(made.data) == ["Namn: Åke Telefon: 0701", "Ort: Umeå"]
    assert "<w:rPr><w:b/></w:rPr>" in main_part(made.data)


def test_a_blank_over_several_runs_is_taken_whole() -> None:
    parts = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in ("Namn: __", "____", "__ slut"))
    assert texts(at(word(f"<w:p>{parts}</w:p>"), (0, "Åke")).data) == ["Namn: Åke slut"]


def test_a_line_drawn_by_a_tab_keeps_its_rest() -> None:
    line = "<w:p><w:r><w:t>Namn:</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:tab/></w:r></w:p>"
    xml = main_part(at(word(line), (0, "Åke")).data)
    assert re.search(r"<w:u w:val=.single./></w:rPr><w:t[^>]*>Åke</w:t><w:tab/>", xml)


def test_empty_cells_take_the_look_of_their_paragraph() -> None:
    empty = "<w:p><w:pPr><w:rPr><w:i/></w:rPr></w:pPr></w:p>"
    form = word(rows(["Namn", empty], ["Pris", "kr"]))
    made = at(form, (1, "Åke"), (3, "100"))
    assert texts(made.data) == ["Namn", "Åke", "Pris", "100 kr"]
    assert '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">Åke</w:t></w:r>' in main_part(made.data)


def test_a_form_locked_by_word_takes_answers_in_fields_only() -> None:
    rules = (
        "<w:settings xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:documentProtection w:edit='forms' w:enforcement='1'/></w:settings>"
    )
    links = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='r1' Type='x/settings' Target='settings.xml'/></Relationships>"
    )
    form = word(
        paragraph("Namn: ____") + field("<w:textInput/>", "Ort"),
        word___settings__xml=rules,
        word____rels___document__xml__rels=links,
    )
    made = at(form, (0, "x"), (1, "Umeå"))
    assert [result.reason.code if result.reason else "" for result in made.results] == ["fill.locked", ""]


def test_nothing_but_the_place_changes_not_even_a_quote_or_a_comment() -> None:
    form = word(paragraph("före") + paragraph("Namn: ____") + paragraph("efter"))
    made = at(form, (1, "Åke"))
    before, after = main_part(form), main_part(made.data)
    assert parts_that_differ(form, made.data) == {"word/document.xml"}
    start = before.index("<w:r>", before.index("före"))
    end = before.index("</w:p>", start)
    assert after.startswith(before[:start])
    assert after.endswith(before[end:])


def test_boxes_are_ticked_by_their_words() -> None:
    form = word(
        paragraph("Har ni kollektivavtal? ☐ Ja ☐ Nej") + paragraph("Vi intygar: [ ]") + rows(["Uppfylls kravet?", "Ja / Nej"])
    )
    report, made = filled(
        form,
        [
            FormAnswer("Nej", question="Har ni kollektivavtal?"),
            FormAnswer("ja", place=Place(paragraph=1)),
            FormAnswer("Ja", question="Uppfylls kravet?"),
        ],
        "form.docx",
    )
    assert texts(made)[0] == "Har ni kollektivavtal? ☐ Ja ☒ Nej"
    assert reasons(report)[0] == reasons(report)[2] == ""
    assert re.search(r"<w:strike/></w:rPr><w:t[^>]*>Nej</w:t>", main_part(made))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60))
@example("<w:p/> & \"'")
def test_any_text_comes_back_from_a_control(text: str) -> None:
    made = named(word(f"<w:p>{control(LINES, title='Namn')}</w:p>"), ("Namn", text))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    breaks = {space + "br": "\n", space + "tab": "\t"}
    root = etree.fromstring(ZipFile(BytesIO(made.data)).read("word/document.xml"))
    assert "".join(breaks.get(each.tag) or each.text or "" for each in root.iter(space + "t", *breaks)) == legal_text(text)


def recoded(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The file with its main part written in another way."""
    old, made = ZipFile(BytesIO(data)), BytesIO()
    with ZipFile(made, "w") as package:
        for name in old.namelist():
            package.writestr(name, change(old.read(name)) if name == "word/document.xml" else old.read(name))
    return made.getvalue()


def test_the_strict_edition_of_the_format_is_filled_in_as_well() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    form = recoded(
        word(paragraph("Namn: ____") + f"<w:p>{control(TEXT, title='Ort')}</w:p>"), lambda xml: xml.replace(usual, strict)
    )
    made = at(form, (0, "Åke"))
    assert texts(made.data)[0] == "Namn: Åke"
    assert usual.decode() not in main_part(made.data)
    assert named(form, ("Ort", "Umeå")).results[0].written == "Umeå"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_another_encoding_of_the_text_is_kept(encoding: str) -> None:
    def change(xml: bytes) -> bytes:
        text = xml.decode("utf-8")
        return text.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig").upper()}"').encode(encoding)

    form = recoded(word(paragraph("Före åäö") + paragraph("Namn: ____") + paragraph("efter")), change)
    made = at(form, (1, "Åke – €"))
    before, after = (ZipFile(BytesIO(each)).read("word/document.xml").decode(encoding) for each in (form, made.data))
    assert "Namn: Åke – €" in after
    same = {' xml:space="preserve"': "", "<w:rPr></w:rPr>": "<w:rPr/>", "Åke – €": "____"}
    for one, other in same.items():
        before, after = before.replace(one, other), after.replace(one, other)
    assert after == before
    assert [block.text for block in read_docx(ReadRequest("f.docx", data=made.data)).blocks] == [
        "Före åäö",
        "Namn: Åke – €",
        "efter",
    ]
