"""The sample bid with faults planted in it, one by one: what each is, and the rules that must find it.

Every fault is something that bids have come in with. They are planted into a copy of the sample by editing its files the way a
person or a program would have left them.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.support.package import pdf_bytes
from tests.support.sheets import changed

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
LETTER = "0 Anbudsbrev.docx"
REQUIREMENTS = "1 Kravspecifikation ifylld.docx"
PRICES = "2 Prisbilaga ifylld.xlsx"
REFERENCES = "3 Referensuppdrag.pdf"
ARCHITECT = "4.1 CV Losningsarkitekt.docx"
DEVELOPER = "4.2 CV Systemutvecklare.docx"
SECURITY = "5 Rutiner for informationssakerhet.docx"
QUALITY = "6 Kvalitet och miljo.docx"
DECLARATION = "7 Egen forsakran ESPD.pdf"
BROCHURE = "Broschyr.pdf"
LOT_A = "xl/worksheets/sheet2.xml"


@dataclass(frozen=True)
class Fault:
    """A fault: the rule that finds it, the file it is told of (None: of the bid), and what plants it in a folder."""

    rule: str
    file: str | None
    plant: Callable[[Path], None]


def faultless(folder: Path) -> Path:
    """A copy of the sample bid."""
    shutil.copytree(SAMPLE / "bid", folder)
    return folder


def planted(folder: Path, faults: Sequence[Fault]) -> Path:
    """A copy of the sample bid with the faults."""
    faultless(folder)
    for fault in faults:
        fault.plant(folder)
    return folder


def in_word(name: str, edit: Callable[[Any], None]) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        document = Document(str(folder / name))
        edit(document)
        document.save(str(folder / name))

    return plant


def says(name: str, text: str) -> Callable[[Path], None]:
    """A paragraph more."""
    return in_word(name, lambda document: document.add_paragraph(text))


def instead(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Other words in the first run that has the old ones."""

    def edit(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            if old in (text.text or ""):
                text.text = text.text.replace(old, new)
                return
        raise AssertionError(f"{old} is not in {name}")

    return in_word(name, edit)


def in_part(name: str, part: str, pattern: str, new: str) -> Callable[[Path], None]:
    """Other XML in a part of a workbook: a library would write the rest of it anew, too."""

    def plant(folder: Path) -> None:
        path = folder / name

        def edit(data: bytes) -> bytes:
            text, count = re.subn(pattern, new, data.decode("utf-8"), count=1, flags=re.DOTALL)
            assert count == 1, pattern
            return text.encode("utf-8")

        path.write_bytes(changed(path.read_bytes(), {part: edit}))

    return plant


def cell(cell: str, attributes: str, inner: str) -> Callable[[Path], None]:
    """Another content of a cell on the sheet of lot A, its format kept."""
    style = r'<c r="' + cell + r'"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'
    return in_part(PRICES, LOT_A, style, rf'<c r="{cell}"\1{attributes}>{inner}</c>')


def _comment(document: Any) -> None:
    document.add_comment(document.paragraphs[-1].runs, "Stämmer det här, Sixten?", author="Tilda Frostvik", initials="TF")


def _insert(document: Any) -> None:
    document.paragraphs[2]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="900" w:author="Tilda Frostvik" w:date="2027-10-20T08:00:00Z">'
            '<w:r><w:t xml:space="preserve"> Rapporten sparas i två år.</w:t></w:r></w:ins>'
        )
    )


def _hide(document: Any) -> None:
    document.add_paragraph().add_run("Vår nedre gräns i förhandlingen är 780 kronor.").font.hidden = True


def _highlight(document: Any) -> None:
    document.paragraphs[4].runs[0].font.highlight_color = WD_COLOR_INDEX.YELLOW


def unanswer(document: Any) -> None:
    control = next(
        each
        for each in document.element.body.iter(qn("w:sdt"))
        if each.find(f".//{qn('w:alias')}").get(qn("w:val")) == "Svar K-02"
    )
    control.find(qn("w:sdtPr")).insert(0, parse_xml(f"<w:showingPlcHdr {nsdecls('w')}/>"))
    next(control.iter(qn("w:t"))).text = "Välj ett objekt."


def _unsign(document: Any) -> None:
    for drawing in list(document.element.body.iter(qn("w:drawing"))):
        drawing.getparent().remove(drawing)


def _stretch(document: Any) -> None:
    for _ in range(4):
        document.add_paragraph("Fler uppdrag.").add_run().add_break(WD_BREAK.PAGE)


def _rename_author(document: Any) -> None:
    document.core_properties.author = "Konkurrentkraft Konsult AB"


def _damage(folder: Path) -> None:
    path = folder / REFERENCES
    path.write_bytes(path.read_bytes()[:200])


def _remove(folder: Path) -> None:
    (folder / DECLARATION).unlink()


def _add_brochure(folder: Path) -> None:
    (folder / BROCHURE).write_bytes(pdf_bytes(("Norrsken & Lod", "Vi finns på sex orter.")))


FAULTS = (
    Fault("comments.left", QUALITY, in_word(QUALITY, _comment)),
    Fault("changes.tracked", SECURITY, in_word(SECURITY, _insert)),
    Fault("hidden.text", DEVELOPER, in_word(DEVELOPER, _hide)),
    Fault("leftovers.placeholder", LETTER, says(LETTER, "Vi på [Företagsnamn] ser fram emot uppdraget.")),
    Fault("leftovers.marked", ARCHITECT, in_word(ARCHITECT, _highlight)),
    Fault("price.zero", PRICES, cell("C5", "", "<v>0</v>")),
    Fault("price.empty", PRICES, in_part(PRICES, LOT_A, r'<c r="C6"( s="\d+")?[^>]*?>.*?</c>', r'<c r="C6"\1/>')),
    Fault("price.text", PRICES, cell("C7", ' t="inlineStr"', "<is><t>895 kr</t></is>")),
    Fault("price.formula", PRICES, cell("D5", "", "<v>250</v>")),
    Fault(
        "price.error",
        PRICES,
        in_part(PRICES, LOT_A, r'(<c r="D8"[^>]*?)(>\s*<f>.*?</f>)\s*<v>.*?</v>', r'\1 t="e"\2<v>#VALUE!</v>'),
    ),
    Fault(
        "hidden.sheets",
        PRICES,
        in_part(PRICES, "xl/workbook.xml", r'(<sheet [^>]*?name="Hållbarhet"[^>]*?) state="visible"', r'\1 state="hidden"'),
    ),
    Fault("form.unanswered", REQUIREMENTS, in_word(REQUIREMENTS, unanswer)),
    Fault("form.changed", REQUIREMENTS, instead(REQUIREMENTS, "minst en annan person", "vid behov en annan person")),
    Fault("signature.missing", LETTER, in_word(LETTER, _unsign)),
    Fault("bid.too_short", LETTER, instead(LETTER, "den 31 mars 2028", "den 31 januari 2028")),
    Fault("number.organisation", LETTER, instead(LETTER, "459999-9994", "459999-9949")),
    Fault("other.reference", QUALITY, says(QUALITY, "Bilaga till anbud, diarienummer SLV 2026/0112.")),
    Fault("other.buyer", LETTER, instead(LETTER, "Till Vattenregistermyndigheten.", "Till Skogsdataverket.")),
    Fault("reservation.words", SECURITY, says(SECURITY, "Jour utanför kontorstid utförs enligt våra allmänna villkor.")),
    Fault("links.ignored", ARCHITECT, says(ARCHITECT, "Fler uppdrag: https://norrskenlod.example/uppdrag")),
    Fault("layout.pages", DEVELOPER, in_word(DEVELOPER, _stretch)),
    Fault("metadata.company", SECURITY, in_word(SECURITY, _rename_author)),
    Fault("open.failed", REFERENCES, _damage),
    Fault("attachments.missing", None, _remove),
    Fault("files.extra", BROCHURE, _add_brochure),
)
"""Twenty-five, each in a part of the bid of its own."""


def _delete_tracked(document: Any) -> None:
    run = document.paragraphs[4].runs[0]._r
    text = run.find(qn("w:t"))
    text.tag = qn("w:delText")
    wrapper = parse_xml(f'<w:del {nsdecls("w")} w:id="901" w:author="S" w:date="2027-10-20T08:00:00Z"/>')
    run.addprevious(wrapper)
    wrapper.append(run)


def _shade(document: Any) -> None:
    properties = document.paragraphs[2].runs[0]._r.get_or_add_rPr()
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="FFFF00"/>'))


def untick(document: Any) -> None:
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(f".//{qn('w:alias')}").get(qn("w:val")) == "Ja 4.1":
            mark = next(each for each in control.iter() if isinstance(each.tag, str) and each.tag.endswith("}checked"))
            mark.set(next(iter(mark.attrib)), "0")
            next(control.iter(qn("w:t"))).text = "☐"


def _empty_file(folder: Path) -> None:
    (folder / DECLARATION).write_bytes(b"")


def _lock(folder: Path) -> None:
    (folder / f"~${LETTER[2:]}").write_bytes(b"\x0dTilda")


def _misname(folder: Path) -> None:
    (folder / SECURITY).rename(folder / SECURITY.replace(".docx", ".pdf"))


def _lengthen(folder: Path) -> None:
    (folder / ARCHITECT).rename(folder / f"4.1 CV {'Losningsarkitekt ' * 4}.docx")


MORE_FAULTS = (
    Fault("changes.tracked", QUALITY, in_word(QUALITY, _delete_tracked)),
    Fault("leftovers.marked", DEVELOPER, in_word(DEVELOPER, _shade)),
    Fault("leftovers.placeholder", QUALITY, says(QUALITY, "Certifikatet löper ut den XX mars.")),
    Fault("form.unanswered", REQUIREMENTS, in_word(REQUIREMENTS, untick)),
    Fault("price.text", PRICES, cell("C6", ' t="inlineStr"', "<is><t>enligt offert</t></is>")),
    Fault("price.formula", PRICES, in_part(PRICES, LOT_A, r"<f>B6\*C6</f>", "<f>B6*C6*0.9</f>")),
    Fault("open.empty", DECLARATION, _empty_file),
    Fault("files.open", LETTER, _lock),
    Fault("format.mismatch", SECURITY.replace(".docx", ".pdf"), _misname),
    Fault("name.length", f"4.1 CV {'Losningsarkitekt ' * 4}.docx", _lengthen),
    Fault("reservation.words", LETTER, says(LETTER, "Priserna är exklusive resor och logi utanför Sjölunda.")),
    Fault("other.buyer", QUALITY, says(QUALITY, "Vi ser fram emot att samarbeta med Region Mellanbygd.")),
)
"""Faults of the same kinds put otherwise, written after the rules and before they were tried on them."""
