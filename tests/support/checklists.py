"""A checklist as rich and as nasty as packages are: for tests of what is made of it."""

from __future__ import annotations

from typing import Any

from app.core.checklist import Checklist, ChecklistItem, DocumentSummary, Tender
from app.core.document import AnswerType, Box, DocumentKind, Finding, Place, document_id
from app.core.points import Answer, Fact, LineCounts, PointKind, Source, UnassignedLine

INVITATION = "Anbudsinbjudan åäö.pdf"
FORM = "Svar/Pris & krav.xlsx"
CONTRACT = "paket.zip/Avtalsutkast.docx"
BROKEN = "Bilaga #4 <sista>.pdf"
LONG = (
    "Anbudsgivaren ska ha ett dokumenterat ledningssystem för informationssäkerhet som omfattar hela den del av verksamheten "
    "som levererar tjänsten, inklusive underleverantörer, och som minst årligen granskas av en oberoende part. "
) * 6
FORMULAS = ("=1+1", "+46 8 123 45 67", "-5 % rabatt", "@SUMMA(A1)", "\tindrag", "\rretur", "#N/A", "=cmd|' /C calc'!A0", "'citat")
MARKUP = "</td><script>alert(1)</script> & \"citat\" 'x' ]]> &amp; <b>"
ILLEGAL = "nolla\x00klocka\x07form\x0cdel\x85surrogat\ud800vänd\u202eom\ufffe"


def source(document: str, quote: str, page: int | None = None, **place: Any) -> Source:
    """Words of a document at a page, or at `sheet` and `cell`."""
    box = Box(71.04, 120.06, 518.149, 133.951) if page is not None else None
    return Source(document_id(document), quote, Place(page, box, **place))


def item(text: str, page: int = 1, kind: PointKind = PointKind.REQUIREMENT, **more: Any) -> ChecklistItem:
    """A point on `page` of the invitation unless `more` says otherwise."""
    fields: dict[str, Any] = {"must": True, "source": source(INVITATION, text, page), "number": f"3.{page}"} | more
    return ChecklistItem(f"{kind.value}-{page:04}", kind, text=text, **fields)


def tender() -> Tender:
    """Facts of a call for tenders, one of them told twice and differently."""
    return Tender(
        name="Konsulttjänster för ärendehantering – förnyad upphandling",
        buyer="Myndigheten för åldrade system",
        reference="2026/01472",
        tender_deadline="2026-12-04T23:59",
        question_deadline="2026-11-20",
        lots=("A: Utveckling", "B: Förvaltning & drift"),
        facts=(
            Fact("tender_deadline", "2026-12-04T23:59", source(INVITATION, "Sista anbudsdag: 2026-12-04 kl. 23:59", 1), 9),
            Fact("tender_deadline", "2026-12-01", source(FORM, "Anbud senast 2026-12-01", None, sheet="Läs mig", cell="B2"), 2),
            Fact("reference", "2026/01472", source(INVITATION, "Dnr 2026/01472", 1), 5),
            Fact("page_limit", "=10 sidor", source(INVITATION, "Anbudet får vara högst =10 sidor", 4), 1),
        ),
    )


def items() -> tuple[ChecklistItem, ...]:
    """Every kind, answer type and difficulty."""
    deep = tuple(f"{level} Rubrik på nivå {level} som är ganska lång och fortsätter en bit till" for level in range(1, 8))
    qualification = ("3 Kvalificering", "3.2 Uteslutning och registrering")
    return (
        item(
            "Är anbudsgivaren registrerad i aktiebolagsregistret?",
            1,
            PointKind.QUESTION,
            headings=qualification,
            answer=Answer(AnswerType.YES_NO, "Ja", ("Ja", "Nej")),
            cues=("slot.yes_no",),
        ),
        item(
            "Intyg om skatter och avgifter, högst tre månader gammalt",
            2,
            PointKind.ATTACHMENT,
            headings=qualification,
            when="endast utländskt företag",
            answer=Answer(AnswerType.FILE, limit="högst 2 A4-sidor"),
            also=(
                source(INVITATION, "intyg ska bifogas", 14),
                source(FORM, "Intyg", None, sheet="Krav 'A'", cell="F12"),
                source(CONTRACT, "intyg", None, paragraph=11),
            ),
        ),
        item(LONG, 3, headings=deep, lot="B: Förvaltning & drift"),
        item(
            "Genomförandebeskrivning: poäng 0–20",
            4,
            PointKind.CRITERION,
            must=False,
            headings=("5 Utvärdering",),
            answer=Answer(AnswerType.CHOICE, options=("Låg", "Medel", "Hög"), limit="4 000 tecken"),
        ),
        item("Anbudet ska ha kommit in senast 2026-12-04 kl. 23:59.", 5, PointKind.DEADLINE, headings=("1 Inbjudan",)),
        item("Svar på frågor lämnas senast 2026-11-27.", 6, PointKind.DEADLINE, must=False, headings=("1 Inbjudan",)),
        item("Anbudsgivaren bör ha kollektivavtal.", 7, must=False, number=None, headings=()),
        *(item(text, 20 + index, headings=("6 Text som liknar annat",)) for index, text in enumerate(FORMULAS)),
        item(MARKUP, 40, PointKind.QUESTION, headings=(MARKUP,), when=MARKUP, answer=Answer(AnswerType.TEXT, limit=MARKUP)),
        item(ILLEGAL, 41, headings=("6 Text som liknar annat",)),
        item("Pris per timme", 50, PointKind.QUESTION, source=_cell("Pris per timme", "C7"), answer=Answer(AnswerType.PRICE)),
        item("Antal konsulter", 51, PointKind.QUESTION, source=_cell("Antal konsulter", "$C$8")),
        item("Leverantören ska fakturera elektroniskt.", 60, PointKind.CONTRACT, must=False, source=_paragraph("Faktura", 4)),
        item("=Vite utgår med 5 %", 61, PointKind.CONTRACT, source=_paragraph("Vite", 9), headings=("8 Påföljder",)),
    )


def checklist(many: int = 0) -> Checklist:
    """The whole of it, with `many` further requirements under changing headings."""
    further = tuple(
        item(
            f"Systemet ska klara krav nummer {index}: {LONG[: 60 + index * 37 % 400]}",
            100 + index,
            (PointKind.REQUIREMENT, PointKind.QUESTION, PointKind.CRITERION, PointKind.ATTACHMENT)[index % 4],
            must=index % 3 > 0,
            headings=(f"{4 + index // 60} Kravspecifikation", f"{4 + index // 60}.{1 + index // 8} Område {index // 8}"),
            answer=Answer((AnswerType.YES_NO, AnswerType.TEXT, AnswerType.NONE, AnswerType.FILE)[index % 4]),
        )
        for index in range(many)
    )
    return Checklist(tender(), documents(), (*items(), *further))


def documents() -> tuple[DocumentSummary, ...]:
    """One with scanned pages and unassigned lines, one workbook, one in an archive, one that could not be read."""
    lines = (
        UnassignedLine("En rad som ingen regel tog", Place(9, Box(70, 100, 300, 112))),
        UnassignedLine('=HYPERLINK("http://example.invalid")', Place(9, Box(70, 130, 300, 142))),
    )
    format_seen = (("format", "pdf"),)
    warnings = (Finding("file.wrong_extension", INVITATION, None, format_seen), Finding("page.unreadable", INVITATION, 7))
    counts = LineCounts(100, 40, 50, 8, 2)
    invitation = document_id(INVITATION)
    return (
        DocumentSummary(invitation, INVITATION, DocumentKind.PDF, "a" * 64, 15, (7, 8, 9, 12), warnings, counts, lines),
        DocumentSummary(document_id(FORM), FORM, DocumentKind.XLSX, "b" * 64, lines=LineCounts(20, 10, 10, 0, 0)),
        DocumentSummary(document_id(CONTRACT), CONTRACT, DocumentKind.DOCX, "c" * 64, lines=LineCounts(60, 2, 58, 0, 0)),
        DocumentSummary(document_id(BROKEN), BROKEN, DocumentKind.OTHER, "d" * 64, error=Finding("file.corrupt", BROKEN)),
    )


def described(finding: Finding) -> str:
    """Words for a finding that show which one it was."""
    return f"{finding.file}: <{finding.code}> å"


def _cell(quote: str, cell: str) -> Source:
    return source(FORM, quote, None, sheet="Krav 'A'", cell=cell)


def _paragraph(quote: str, paragraph: int) -> Source:
    return source(CONTRACT, quote, None, paragraph=paragraph)
