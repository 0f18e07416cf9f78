from __future__ import annotations

from dataclasses import replace

from app.core.document import Place
from app.core.points import Point, PointKind, Source, Span
from app.extraction.mentions import join_mentions


def point(text: str, block: int, kind: PointKind = PointKind.ATTACHMENT, headings: tuple[str, ...] = ("2 Krav",)) -> Point:
    return Point(kind, True, text, Source("d", text, Place(1)), (Span(block, 0, len(text)),), headings=headings)


def test_prose_before_the_slot_that_takes_the_document_becomes_its_other_mention() -> None:
    prose = point("Dokumentation ska bifogas som visar konsultens nivå.", 3)
    slot = point("Bifoga dokumentation som visar nivå", 5)
    slots, statements = join_mentions([slot], [prose])
    assert statements == []
    assert slots[0].also == (prose.source,)
    assert slots[0].spans == (*slot.spans, *prose.spans)


def test_other_documents_sections_and_conditions_stay() -> None:
    slot = point("Bifoga CV för konsult 1", 5)
    others = [
        point("Registreringsbevis ska bifogas.", 4),
        point("CV för konsult ska bifogas.", 4, headings=("3 Pris",)),
        replace(point("CV för ersättare ska bifogas.", 4), when="Om ersättare erbjuds"),
        point("CV för konsult ska finnas.", 4, PointKind.REQUIREMENT),
    ]
    slots, statements = join_mentions([slot], others)
    assert slots == [slot]
    assert statements == others
