from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from app.core.errors import LimitError
from app.documents.pdf.embedded import embedded_files
from app.documents.reader import ReadRequest

_TOO_MUCH = 80_000_000  # bytes of nothing, 80 kB when packed


def test_an_embedded_file_that_unpacks_without_end_is_stopped() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("bomb.bin", bytes(_TOO_MUCH))
    for number, thing in enumerate(writer._objects):
        if isinstance(thing, DecodedStreamObject) and thing.get("/Type") == "/EmbeddedFile":
            packed = thing.flate_encode()
            packed[NameObject("/Type")] = NameObject("/EmbeddedFile")
            packed.indirect_reference = thing.indirect_reference
            writer._objects[number] = packed
    kept = BytesIO()
    writer.write(kept)
    assert len(kept.getvalue()) < _TOO_MUCH // 100
    with pytest.raises(LimitError) as caught:
        list(embedded_files(ReadRequest("bilaga.pdf", data=kept.getvalue())))
    assert caught.value.code_used == "limit.unpacked"
