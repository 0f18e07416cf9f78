"""The PDF: tagged, archival, and the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from app.core.claims import Anchor
from tests.support.annexes import SEVERAL, pages_of, written
from tests.support.claims import claim, claim_set

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(BytesIO(written("pdf")))


def elements(node: Any) -> Iterator[tuple[str, DictionaryObject]]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for part in node:
            yield from elements(part)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"]), node
        if "/K" in node:
            yield from elements(node["/K"])


def test_it_says_what_it_is(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/MarkInfo"].get("/Suspects", False)) == "False"
    assert root["/Lang"].lower() == "sv-se"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Begäran om sekretess: IT-konsulttjänster 2031"
    assert not reader.is_encrypted
    described = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in described
    assert root["/OutputIntents"]


def test_its_structure_is_headings_paragraphs_and_tables_with_header_cells(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]["/K"]))
    kinds = [kind for kind, _ in found]
    assert [kind for kind in kinds if re.fullmatch(r"/H\d", kind)] == ["/H1", "/H2", "/H2"]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 2 + 6
    assert kinds.count("/TD") == 2 * 8 + 6 * 5
    assert kinds.count("/TR") == 9 + 6
    heads = [node for kind, node in found if kind == "/TH"]
    assert all(_scope(node) == "/Column" for node in heads)


def _scope(node: DictionaryObject) -> str:
    given: Any = node["/A"].get_object()
    for one in given if isinstance(given, ArrayObject) else [given]:
        if "/Scope" in one.get_object():
            return str(one.get_object()["/Scope"])
    return ""


def test_all_content_is_marked_or_an_artifact(reader: PdfReader) -> None:
    for page in reader.pages:
        assert page["/StructParents"] is not None
        assert page.get("/Tabs") == "/S"
        depth = 0
        contents = page.get_contents()
        assert contents is not None
        for operands, operator in contents.operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"S", b"f", b"f*"):
                assert depth > 0, operands


def test_fonts_are_embedded_and_nothing_runs(reader: PdfReader) -> None:
    root: Any = reader.trailer["/Root"]
    assert "/OpenAction" not in root
    assert "/JavaScript" not in root.get("/Names", {})
    names = set()
    for page in reader.pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for font in fonts.values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
            assert "/ToUnicode" in font.get_object()
            names.add(str(descriptor["/FontName"]))
    assert any("Libertinus" in name for name in names)


def test_pages_count_themselves_and_the_header_row_is_repeated() -> None:
    claims = [
        claim(number=number, anchors=(Anchor("pris", f"{number} 000", sheet="Pris", cells=f"D{number}"),))
        for number in range(1, 61)
    ]
    pages = pages_of(written("pdf", claim_set(*claims)))
    assert len(pages) > 10
    for number, page in enumerate(pages, 1):
        assert f"Sida {number} av {len(pages)}" in page
    assert all("Skada om uppgiften röjs" in page for page in pages[1:-1])
    assert sum(page.count("31 kap. 16 § OSL") for page in pages) == 60


def test_a_reason_longer_than_a_page_goes_on_over_the_next() -> None:
    long = claim(loss=" ".join(f"mening{number}" for number in range(1, 1500)))
    text = re.sub(r"[\s\u00ad\u0002\ufffe]|\u200b", "", "".join(pages_of(written("pdf", claim_set(long)))))
    assert all(f"mening{number}" in text for number in (1, 700, 1499))


def test_no_cell_runs_over_its_edge() -> None:
    """Words longer than a column are broken: every character stands within the margins."""
    from pypdfium2 import PdfDocument

    word = "Prisbilaga_" + "x" * 70 + "_2031-04-12." + "y" * 60
    claims = claim_set(
        claim(title=word, may_be_released="z" * 80, used_by=word, loss="w" * 300),
        files=(*claim_set().files[1:], type(claim_set().files[0])("pris", f"{word}.xlsx")),
    )
    document = PdfDocument(written("pdf", claims))
    margin = 18 / 25.4 * 72 - 0.5
    try:
        for page in document:
            width, _ = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                if text.get_text_range(index, 1).isspace():
                    continue
                left, _, right, _ = text.get_charbox(index)
                assert right <= width - margin + 1
                assert left >= margin or left == right == 0
    finally:
        document.close()


def test_addresses_and_names_that_fit_can_be_copied() -> None:
    text = "".join(pages_of(written("pdf")))
    assert "asa.oberg@example.se" in text
    assert "Genomförande.docx" in text
    assert "\u200b" not in text


def test_the_same_claims_make_the_same_bytes() -> None:
    assert written("pdf") == written("pdf")
    assert written("pdf", SEVERAL, "en") != written("pdf")


def test_the_typesetter_is_loaded_only_when_it_is_needed() -> None:
    code = "import sys; import app.workflow.annex, app.export.annex.pdf, app.cli.arguments; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"
