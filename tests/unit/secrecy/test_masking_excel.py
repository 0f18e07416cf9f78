"""Masked copies of Excel files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import Box
from app.core.errors import MaskingError
from tests.support.hiding.parts import with_parts
from tests.support.hiding.sheets import shared
from tests.support.leaks import leaks
from tests.support.masks import mark, masked
from tests.support.sheets import workbook


def prices(sheet: Worksheet) -> None:
    for row in (["Roll", "Vikt", "Pris", "Viktat"], ["Arkitekt", 0.25, 1165, "=B2*C2"], ["Utvecklare", 0.75, 1040, "=B3*C3"]):
        sheet.append(row)
    sheet["D4"] = "=SUM(D2:D3)"
    sheet["A6"] = "Alla priser gäller"


def with_values(data: bytes, **values: str) -> bytes:
    """Formulas with the values that Excel would remember."""
    import re

    def change(part: bytes) -> bytes:
        for cell, value in values.items():
            part = re.sub(
                rb'(<c r="%s"[^>]*><f[^>]*>[^<]*</f>)<v\s*/>' % cell.encode(), rb"\g<1><v>%s</v>" % value.encode(), part
            )
            part = re.sub(
                rb'(<c r="%s"[^>]*><f[^>]*>[^<]*</f>)<v></v>' % cell.encode(), rb"\g<1><v>%s</v>" % value.encode(), part
            )
        return part

    return with_parts(data, {"xl/worksheets/sheet1.xml": change})


def priced(fill: Callable[[Worksheet], None] = prices) -> bytes:
    return with_values(workbook(fill), D2="291.25", D3="780", D4="1071.25")


def cells(data: bytes, sheet: str = "Blad1", *, values: bool = False) -> dict[str, Any]:
    book = load_workbook(BytesIO(data), data_only=values)
    return {cell.coordinate: cell.value for row in book[sheet].iter_rows() for cell in row if cell.value is not None}


def told(copy: Any) -> dict[str, str]:
    return {finding.code: dict(finding.values).get("places", "") for finding in copy.findings}


def test_a_number_loses_its_value_and_what_is_computed_from_it_its_formula() -> None:
    copy = masked("xlsx", priced(), mark("1 165", sheet="Blad1", cells="C2"))
    found = cells(copy.data)
    assert found["C2"] == "[█ 1 █]"
    assert (found["D2"], found["D3"], found["D4"]) == (291.25, "=B3*C3", 1071.25)
    assert told(copy) == {"mask.computed_from_one": "Blad1!D2", "mask.computed": "Blad1!D4"}
    assert leaks(copy.data, "1165") == []


def test_a_range_is_masked_cell_by_cell() -> None:
    copy = masked("xlsx", priced(), mark(sheet="Blad1", cells="$C$2:D3"))
    found = cells(copy.data)
    assert {found[name] for name in ("C2", "C3", "D2", "D3")} == {"[█ 1 █]"}
    assert found["A2"] == "Arkitekt"


def test_a_masked_cell_keeps_its_look_on_grey() -> None:
    copy = masked("xlsx", priced(), mark(cells="Blad1!C2"))
    sheet = load_workbook(BytesIO(copy.data))["Blad1"]
    assert sheet["C2"].fill.fgColor.rgb == "FFD9D9D9"
    assert sheet["C3"].fill.fill_type is None


def test_a_cell_that_only_shows_the_masked_value_is_masked_with_it() -> None:
    def fill(sheet: Worksheet) -> None:
        prices(sheet)
        sheet["F2"] = "=C2"

    copy = masked("xlsx", with_values(priced(fill), F2="1165"), mark(cells="C2"))
    assert cells(copy.data)["F2"] == "[█ 1 █]"


def test_names_tables_and_shared_formulas_are_followed() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Blad1"
    prices(sheet)
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["Arkitektpris"] = DefinedName("Arkitektpris", attr_text="Blad1!$C$2")
    sheet["F3"], sheet["G3"] = "=Arkitektpris*2", "=Blad1!C3"
    target = BytesIO()
    book.save(target)
    copy = masked("xlsx", with_values(target.getvalue(), F3="2330", G3="1040", D2="291.25", D4="1071.25"), mark(cells="C2"))
    assert cells(copy.data)["F3"] == 2330
    assert cells(copy.data)["G3"] == "=Blad1!C3"
    assert "Blad1!F3" in told(copy)["mask.computed_from_one"]


def test_text_in_a_cell_is_masked_within_it() -> None:
    data = shared(workbook(lambda sheet: sheet.append(["Kontakt: Åsa Öhrn, 070-000 00 31", "Öppet"])))
    copy = masked("xlsx", data, mark("Åsa Öhrn", 4))
    assert cells(copy.data) == {"A1": "Kontakt: [█ 4 █], 070-000 00 31", "B1": "Öppet"}
    assert leaks(copy.data, "Åsa Öhrn") == []


def test_a_claim_across_cells_masks_each_of_them() -> None:
    copy = masked("xlsx", priced(), mark("Utvecklare\t0.75\t1040"))
    found = cells(copy.data)
    assert [found[name] for name in ("A3", "B3", "C3")] == ["[█ 1 █]"] * 3
    assert found["A2"] == "Arkitekt"


def test_overlapping_claims_share_their_cells() -> None:
    copy = masked("xlsx", priced(), mark(number=1, cells="B2:C2"), mark(number=2, cells="C2:C3"))
    assert cells(copy.data)["C2"] == "[█ 1, 2 █]"


def test_a_head_of_a_table_is_renamed_with_its_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        prices(sheet)
        sheet.add_table(Table(displayName="Priser", ref="A1:D3"))

    copy = masked("xlsx", priced(fill), mark("Vikt", cells="B1"), mark("Viktat", 1, cells="D1"))
    table = load_workbook(BytesIO(copy.data))["Blad1"].tables["Priser"]
    names = [column.name for column in table.tableColumns]
    assert names == ["Roll", "[█ 1 █]", "Pris", "[█ 1 █] 2"]
    assert [cells(copy.data)[name] for name in ("A1", "B1", "C1", "D1")] == names


def test_the_same_text_in_a_cell_in_sight_stops_the_copy_and_in_a_hidden_one_does_not() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Nordvik Kraftverk", "x"])
        sheet["C9"] = "Nordvik Kraftverk"

    with pytest.raises(MaskingError) as error:
        masked("xlsx", workbook(fill), mark("Nordvik Kraftverk", cells="A1"))
    assert error.value.code_used == "mask.elsewhere_cells"
    assert dict(error.value.values)["places"] == "Blad1!C9"
    left = masked("xlsx", workbook(fill), mark("Nordvik Kraftverk", cells="A1"), left=frozenset({1}))
    assert cells(left.data) == {"A1": "[█ 1 █]", "B1": "x", "C9": "Nordvik Kraftverk"}

    def hidden(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.row_dimensions[9].hidden = True

    assert cells(masked("xlsx", workbook(hidden), mark("Nordvik Kraftverk", cells="A1")).data)["C9"] == "[█ 1 █]"


def test_a_short_number_elsewhere_is_only_told_of() -> None:
    copy = masked("xlsx", workbook(lambda sheet: sheet.append([950, "x", 950])), mark("950", cells="A1"))
    assert told(copy) == {"mask.number_elsewhere": "Blad1!C1"}


def test_what_cells_marked_as_such_hold_is_told_where_it_stands_open_and_cleaned_where_nobody_sees_it() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Zephyr", 1285
        sheet["C3"], sheet["C4"] = "Zephyr öppet", 1285
        sheet["B1"].comment = Comment("Zephyr går ned till 1285", "Anna")
        sheet["D9"] = "Zephyr för 1285"
        sheet.row_dimensions[9].hidden = True
        assert sheet.oddHeader is not None
        sheet.oddHeader.left.text = "Zephyr"

    copy = masked("xlsx", workbook(fill), mark(None, cells="A1:B1"))
    assert told(copy)["mask.number_elsewhere"] == "Blad1!C3, Blad1!C4"
    book = load_workbook(BytesIO(copy.data))
    sheet = book["Blad1"]
    assert sheet.oddHeader is not None
    assert (sheet["C3"].value, sheet["C4"].value) == ("Zephyr öppet", 1285)
    unseen = f"{sheet['B1'].comment.text} {sheet['D9'].value} {sheet.oddHeader.left.text}"
    assert "Zephyr" not in unseen
    assert "1285" not in unseen
    silent = masked("xlsx", workbook(fill), mark(None, cells="A1:B1"), left=frozenset({1}))
    assert "mask.number_elsewhere" not in told(silent)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"quote": "finns inte"}, "mask.not_found"),
        ({"quote": "1 166", "cells": "C2"}, "mask.not_found"),
        ({"cells": "Z99"}, "mask.not_found"),
        ({"cells": "hela"}, "mask.no_range"),
        ({"sheet": "Finns inte", "cells": "A1"}, "mask.no_sheet"),
        ({"page": 1}, "mask.only_cells"),
        ({"page": 1, "box": Box(1, 1, 9, 9)}, "mask.only_cells"),
        ({"sheet": "Blad1"}, "mask.nothing"),
    ],
)
def test_what_is_not_certain_is_an_error(place: dict[str, Any], expected: str) -> None:
    with pytest.raises(MaskingError) as error:
        masked("xlsx", priced(), mark(**place))
    assert error.value.code_used == expected


def test_what_is_not_touched_stays_as_it_was() -> None:
    data = priced()
    copy = masked("xlsx", data, mark(cells="A6"))
    with ZipFile(BytesIO(data)) as before, ZipFile(BytesIO(copy.data)) as after:
        assert {name for name in before.namelist() if name.startswith("xl/")} == {
            name for name in after.namelist() if name.startswith("xl/")
        }
    assert {**cells(data), "A6": "[█ 1 █]"} == cells(copy.data)


def test_a_formula_over_several_cells_does_not_fill_a_masked_one_again() -> None:
    import re

    def fill(sheet: Worksheet) -> None:
        prices(sheet)
        sheet["F2"], sheet["F3"] = "=A2:A3", "Utvecklare"

    def change(part: bytes) -> bytes:
        return re.sub(rb'(<c r="F2"[^>]*>)<f>[^<]*</f><v[^>]*>(?:</v>)?', rb'\1<f t="array" ref="F2:F3">A2:A3</f><v>1</v>', part)

    data = with_parts(workbook(fill), {"xl/worksheets/sheet1.xml": change})
    found = cells(masked("xlsx", data, mark(cells="F3")).data)
    assert (found["F2"], found["F3"]) == (1, "[█ 1 █]")


def test_an_old_drawing_that_is_no_whole_markup_is_cleaned() -> None:
    shape = "<v:shape xmlns:v='urn:schemas-microsoft-com:vml' alt='Nordvik Kraftverk'>"
    drawing = f"<xml>{shape}<div>Se<br>Nordvik Kraftverk</div></v:shape></xml>"
    data = with_parts(
        workbook(lambda sheet: sheet.append(["Kund: Nordvik Kraftverk"])),
        None,
        {"xl/drawings/vmlDrawing9.vml": drawing},
        [("xl/worksheets/sheet1.xml", "rIdHide", "vmlDrawing", "/xl/drawings/vmlDrawing9.vml")],
    )
    copy = masked("xlsx", data, mark("Nordvik Kraftverk"))
    assert leaks(copy.data, "Nordvik Kraftverk") == []
    assert "xl/drawings/vmlDrawing9.vml" in ZipFile(BytesIO(copy.data)).namelist()
