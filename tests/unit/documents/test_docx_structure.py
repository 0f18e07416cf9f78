"""Tables, text boxes, tracked changes, notes, hidden text, furniture."""

from __future__ import annotations

from app.core.document import BlockKind, Flag
from tests.support.words import only, p, part, r, read, relations, runs, sdt, tbl, tc, texts, tr

VANISH = "<w:vanish/>"
BOLD = "<w:b/>"


def test_merged_cells_keep_columns_and_spans() -> None:
    body = tbl(
        tr("Krav", tc("Svar", '<w:gridSpan w:val="2"/>')),
        tr(tc("Ett", '<w:vMerge w:val="restart"/>'), "a", ""),
        tr(tc("", "<w:vMerge/>"), "b", ""),
    )
    first, second, third = read(body).blocks
    assert [(c.text, c.column, c.column_span) for c in first.cells] == [("Krav", 0, 1), ("Svar", 1, 2)]
    assert [(c.text, c.column, c.row_span) for c in second.cells] == [("Ett", 0, 2), ("a", 1, 1), ("", 2, 1)]
    assert [(c.text, c.column) for c in third.cells] == [("b", 1), ("", 2)]
    assert (second.text, second.table, second.row) == ("Ett\ta\t", 0, 1)


def test_nested_table_comes_after_the_row_that_holds_it() -> None:
    inner = tbl(tr("x", "y"))
    document = read(tbl(tr(tc(p("Yttre") + inner), "B"), tr("C", "D")))
    assert [(block.text, block.table) for block in document.blocks] == [("Yttre\tB", 0), ("x\ty", 1), ("C\tD", 0)]


def test_header_rows_are_marked_or_look_like_it() -> None:
    marked = tbl(tr("Krav", "Svar", properties="<w:tblHeader/>"), tr("A", ""))
    assert [Flag.HEADER_ROW in b.flags for b in read(marked).blocks] == [True, False]
    bold = tbl(tr(tc(runs(r("Krav", BOLD))), tc(runs(r("Svar", BOLD)))), tr("A", ""))
    assert [Flag.HEADER_ROW in b.flags for b in read(bold).blocks] == [True, False]
    labels = tbl(tr(tc(runs(r("Namn", BOLD))), ""), tr(tc(runs(r("Ort", BOLD))), ""))
    assert not any(Flag.HEADER_ROW in b.flags for b in read(labels).blocks)


def test_box_of_one_cell_is_text_in_a_region() -> None:
    document = read(tbl(tr(tc(p("Fråga ett?") + p("Svara kort.")))))
    assert [(b.kind, b.region) for b in document.blocks] == [(BlockKind.PARAGRAPH, 0), (BlockKind.PARAGRAPH, 0)]
    assert document.regions[0].outlined


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('I rutan')}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    drawing += f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    document = read(runs(r("Före"), f"<w:r>{drawing}</w:r>"))
    assert texts(document) == ["Före", "I rutan"]
    assert Flag.TEXT_BOX in document.blocks[1].flags


def test_tracked_changes_show_the_new_text() -> None:
    body = runs(
        r("Anbudet ska vara "),
        "<w:del w:id='1'><w:r><w:delText>kort</w:delText></w:r></w:del>",
        f"<w:ins w:id='2'>{r('utförligt')}</w:ins>",
        f"<w:moveFrom w:id='3'>{r(' gammalt')}</w:moveFrom><w:moveTo w:id='4'>{r(' nytt')}</w:moveTo>",
    )
    block = only(read(body))
    assert block.text == "Anbudet ska vara utförligt nytt"
    assert Flag.INSERTED in block.flags


def test_deleted_rows_are_gone_and_inserted_ones_flagged() -> None:
    document = read(tbl(tr("A", "B"), tr("C", "D", properties="<w:del w:id='1'/>"), tr("E", "F", properties="<w:ins w:id='2'/>")))
    assert [(b.text, Flag.INSERTED in b.flags) for b in document.blocks] == [("A\tB", False), ("E\tF", True)]


def test_hidden_text_is_read_and_flagged_apart_from_shown_text() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = runs(r("Synligt. "), r("Dolt.", VANISH)) + runs(r("Dolt av stil.", '<w:rStyle w:val="H"/>'))
    document = read(body, {"word/styles.xml": part("styles", styles)})
    assert [(b.text, Flag.HIDDEN in b.flags) for b in document.blocks] == [
        ("Synligt.", False),
        ("Dolt.", True),
        ("Dolt av stil.", True),
    ]


def test_notes_comments_headers_and_footers() -> None:
    body = runs(r("Text"), '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>')
    body += '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    parts = {
        "word/_rels/document.xml.rels": relations(("h", "header", "header1.xml", False), ("f", "footer", "footer1.xml", False)),
        "word/header1.xml": part("hdr", p("Dnr 1-2-3")),
        "word/footer1.xml": part("ftr", p("Sida 1")),
        "word/footnotes.xml": part(
            "footnotes",
            f'<w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote><w:footnote w:id="2">{p("Noten")}</w:footnote>',
        ),
        "word/comments.xml": part("comments", f'<w:comment w:id="0">{p("Kolla")}</w:comment>'),
    }
    document = read(body, parts)
    assert [(b.kind, b.text, b.number) for b in document.blocks] == [
        (BlockKind.FURNITURE, "Dnr 1-2-3", None),
        (BlockKind.PARAGRAPH, "Text", None),
        (BlockKind.FOOTNOTE, "Noten", "1"),
        (BlockKind.COMMENT, "Kolla", None),
        (BlockKind.FURNITURE, "Sida 1", None),
    ]
    assert document.blocks[2].place.paragraph == 0


def test_table_of_contents_is_flagged() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    document = read(sdt(gallery, p("1 Allmänt 3")) + p("Leverantören ska svara."))
    assert [Flag.CONTENTS in b.flags for b in document.blocks] == [True, False]


def test_bold_line_before_text_is_a_heading_and_a_clause_in_heading_style_is_none() -> None:
    body = runs(r("Kvalificering", BOLD)) + p("Leverantören ska visa att kraven nedan är uppfyllda.")
    body += p("Leverantören ska utan dröjsmål meddela beställaren om förseningar.", '<w:outlineLvl w:val="1"/>')
    assert [b.kind for b in read(body).blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_paragraphs_are_counted_through_tables_and_empty_lines() -> None:
    document = read(p("A") + p() + tbl(tr("B", "C")) + p("D"))
    assert [b.place.paragraph for b in document.blocks] == [0, 2, 4]
    assert document.blocks[1].cells[1].place.paragraph == 3


def test_special_hyphens_and_blanks() -> None:
    body = runs(r("e"), "<w:r><w:noBreakHyphen/></w:r>", r("post an"), "<w:r><w:softHyphen/></w:r>", r("bud\u00a0s\u00adka"))
    assert only(read(body)).text == "e-post anbud ska"


def test_every_line_starts_inside_its_text() -> None:
    document = read(tbl(tr(tc(p("Ett") + p("Två")), tc(""), "Tre")))
    block = only(document)
    assert [block.text[line.start :].split()[0] for line in block.lines] == ["Ett", "Två", "Tre"]


STRIKE = "<w:strike/>"


def test_words_crossed_out_by_hand_are_read_apart() -> None:
    blocks = read(runs(r("Sista dag är "), r("2031-02-03", STRIKE), r(" 2031-02-17."))).blocks
    assert [(block.text, Flag.STRUCK in block.flags) for block in blocks] == [
        ("Sista dag är 2031-02-17.", False),
        ("2031-02-03", True),
    ]
    whole = only(read(runs(r("Kravet utgår.", "<w:dstrike/>"))))
    assert (whole.text, Flag.STRUCK in whole.flags) == ("Kravet utgår.", True)
    assert not any(Flag.STRUCK in block.flags for block in read(runs(r("Kvar.", '<w:strike w:val="0"/>'))).blocks)


def test_words_crossed_out_in_a_cell_stand_below_the_table() -> None:
    changed = tc(runs(r("12 ", STRIKE), r("14 dagar")))
    blocks = read(tbl(tr("Frist", changed), tr("Ort", "Norrvik"))).blocks
    assert [block.text for block in blocks] == ["Frist\t14 dagar", "Ort\tNorrvik", "12"]
    assert [Flag.STRUCK in block.flags for block in blocks] == [False, False, True]
