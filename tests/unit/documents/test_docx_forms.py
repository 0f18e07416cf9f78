"""Places to fill in: content controls, legacy fields, drawn lines, boxes."""

from __future__ import annotations

from app.core.document import AnswerType, BlockKind, SlotOrigin
from tests.support.words import form_field, listed, only, p, r, read, runs, sdt, tbl, tc, tr

PROMPT = r("Klicka eller tryck här för att ange text.")


def test_prompt_is_neither_text_nor_value() -> None:
    block = only(read(f"<w:p>{r('Firmanamn: ')}{sdt('<w:showingPlcHdr/><w:text/>', PROMPT)}</w:p>"))
    assert block.text == "Firmanamn:"
    (slot,) = block.slots
    assert (slot.origin, slot.type, slot.value) == (SlotOrigin.CONTENT_CONTROL, AnswerType.TEXT, None)


def test_instructive_prompt_stays_in_the_text_and_names_the_slot() -> None:
    block = only(read(f"<w:p>{sdt('<w:showingPlcHdr/><w:text/>', r('Beskriv ert kvalitetsarbete'))}</w:p>"))
    assert (block.text, block.slots[0].label, block.slots[0].value) == (
        "Beskriv ert kvalitetsarbete",
        "Beskriv ert kvalitetsarbete",
        None,
    )


def test_value_title_and_made_up_tag() -> None:
    block = only(read(runs(sdt('<w:tag w:val="goog_rdk_3"/><w:text/>', r("Exempel AB")))))
    assert (block.slots[0].label, block.slots[0].value) == (None, "Exempel AB")
    block = only(read(runs(sdt('<w:alias w:val="Bolag"/><w:tag w:val="t"/><w:text/>', r("Exempel AB")))))
    assert block.slots[0].label == "Bolag"


def test_rich_text_with_text_in_it_is_just_text() -> None:
    assert only(read(sdt('<w:id w:val="1"/>', p("Anbudet ska vara skriftligt.")))).slots == ()


def test_locked_and_property_controls_are_no_slots() -> None:
    body = sdt('<w:lock w:val="sdtContentLocked"/><w:text/>', p("Fast text"))
    body += sdt('<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:title[1]"/><w:text/>', p("Titeln"))
    assert all(block.slots == () for block in read(body).blocks)


def test_drop_down_has_its_options_without_the_prompt() -> None:
    choice = (
        '<w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="Välj ett objekt." w:value=""/>'
        '<w:listItem w:displayText="Guld" w:value="1"/><w:listItem w:displayText="Silver" w:value="2"/></w:dropDownList>'
    )
    block = only(read(f"<w:p>{r('Nivå: ')}{sdt(choice, r('Välj ett objekt.'))}</w:p>"))
    assert block.text == "Nivå:"
    assert (block.slots[0].type, block.slots[0].options) == (AnswerType.CHOICE, ("Guld", "Silver"))


def test_drop_down_of_yes_and_no() -> None:
    choice = '<w:comboBox><w:listItem w:value="Ja"/><w:listItem w:value="Nej"/></w:comboBox>'
    block = only(read(f"<w:p>{r('Uppfylls kravet?')}{sdt('<w:showingPlcHdr/>' + choice, r('Välj ett objekt.'))}</w:p>"))
    assert block.slots[0].type is AnswerType.YES_NO


def test_check_boxes_stand_in_the_text() -> None:
    box = '<w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox>'
    body = f"<w:p>{sdt(box.format(1), r('☒'))}{r(' Ja ')}{sdt(box.format(0), r('☐'))}{r(' Nej')}</w:p>"
    block = only(read(body))
    assert block.text == "☒ Ja ☐ Nej"
    assert [slot.value for slot in block.slots] == ["☒", None]


def test_date_below_its_label_belongs_to_the_label() -> None:
    body = p("Datum:") + sdt("<w:showingPlcHdr/><w:date/>", p("Klicka eller tryck här för att ange datum."))
    block = only(read(body))
    assert block.text == "Datum:"
    assert block.slots[0].type is AnswerType.DATE


def test_control_without_any_label_is_a_slot_of_its_own() -> None:
    block = only(read(sdt('<w:alias w:val="Ort"/><w:showingPlcHdr/><w:text/>', f"<w:p>{PROMPT}</w:p>")))
    assert (block.kind, block.text, block.slots[0].label) == (BlockKind.ANSWER_SLOT, "", "Ort")


def test_two_labelled_controls_on_a_line_are_two_blocks() -> None:
    control = sdt("<w:showingPlcHdr/><w:text/>", PROMPT)
    document = read(f"<w:p>{r('Namn: ')}{control}{r(' Telefon: ')}{control}</w:p>")
    assert [(block.text, len(block.slots)) for block in document.blocks] == [("Namn:", 1), ("Telefon:", 1)]


def test_controls_around_cells_and_rows() -> None:
    cell = sdt("<w:showingPlcHdr/><w:text/>", tc(f"<w:p>{PROMPT}</w:p>"))
    document = read("<w:tbl><w:tr>" + tc("Adress") + cell + "</w:tr>" + sdt('<w:id w:val="1"/>', tr("Ort", "")) + "</w:tbl>")
    first, second = document.blocks
    assert [c.text for c in first.cells] == ["Adress", ""]
    assert len(first.cells[1].slots) == 1
    assert [c.text for c in second.cells] == ["Ort", ""]


def test_legacy_fields() -> None:
    text = form_field(
        "FORMTEXT",
        '<w:name w:val="Text1"/><w:statusText w:val="Ange org.nr"/><w:textInput><w:maxLength w:val="11"/></w:textInput>',
        "     ",
    )
    box = form_field("FORMCHECKBOX", '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    drop = form_field(
        "FORMDROPDOWN", '<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>'
    )
    document = read(f"<w:p>{r('Org.nr: ')}{text}</w:p><w:p>{box}{r(' Ja')}</w:p><w:p>{r('Val: ')}{drop}</w:p>")
    first, second, third = document.blocks
    assert (first.text, first.slots[0].label, first.slots[0].limit, first.slots[0].value) == (
        "Org.nr:",
        "Ange org.nr",
        "11",
        None,
    )
    assert (second.text, second.slots[0].value) == ("☒ Ja", "☒")
    assert (third.slots[0].options, third.slots[0].value) == (("A", "B"), "B")


def test_instructions_of_fields_are_not_text() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF krav \\h</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("punkt 3")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + r(" gäller")
        + "</w:p>"
    )
    assert only(read(body)).text == "punkt 3 gäller"


def test_cut_field_does_not_swallow_the_document() -> None:
    body = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + p("Anbudet ska undertecknas.")
    assert only(read(body)).text == "Anbudet ska undertecknas."


def test_tab_with_a_leader_and_underlined_blanks_are_lines_to_write_on() -> None:
    tabs = '<w:tabs><w:tab w:val="left" w:leader="underscore" w:pos="9000"/></w:tabs>'
    written = runs(r("Namn"), "<w:r><w:tab/></w:r>", properties=tabs)
    document = read(written + runs(r("Ort"), r("        ", '<w:u w:val="single"/>')))
    assert [block.text for block in document.blocks] == ["Namn ____", "Ort____"]


def test_symbols_of_wingdings_are_boxes() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="{}"/></w:r>'
    assert only(read(runs(symbol.format("F0A8"), r(" Ja "), symbol.format("F0FD"), r(" Nej")))).text == "☐ Ja ☒ Nej"


def test_lines_of_a_form_in_one_paragraph_are_blocks_of_their_own() -> None:
    body = f"<w:p>{r('Namn: ______')}<w:r><w:br/></w:r>{r('Titel: ______')}</w:p>"
    assert [block.text for block in read(body).blocks] == ["Namn: ______", "Titel: ______"]
    plain = f"<w:p>{r('Box 100')}<w:r><w:br/></w:r>{r('Ankeborg')}</w:p>"
    assert only(read(plain)).text == "Box 100 Ankeborg"


def test_empty_box_below_a_question_is_where_its_answer_goes() -> None:
    block = only(read(p("Beskriv er metod.") + tbl(tr(""))))
    assert block.text == "Beskriv er metod."
    assert block.slots[0].origin is SlotOrigin.DRAWN_BOX


def test_prompt_around_the_only_cell_of_a_box() -> None:
    cell = sdt("<w:showingPlcHdr/><w:date/>", tc(p("Klicka eller tryck här för att ange datum.")))
    block = only(read(p("Startdatum") + f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert (block.text, block.slots[0].type) == ("Startdatum", AnswerType.DATE)


def test_list_in_an_undefined_numbering_is_still_read() -> None:
    assert only(read(listed("Ensam", 9))).text == "Ensam"
