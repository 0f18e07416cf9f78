"""Where a PDF can hide a text."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.support.pdfs import drawn, texts

__all__ = ["PDF_PLACES", "bid_pdf", "scanned_pdf"]

OPEN_WORDS = ("Genomförande", "Leveransplan", "kvalitetsgranskning")


def bid_pdf(secret: str, **more: Any) -> bytes:
    """Three pages: the secret in the middle of a line on the first, open text on all."""
    pages = (
        texts(
            (60, 80, "Genomförande av uppdraget"), (60, 110, f"Vi anger {secret} för hela"), (60, 130, "perioden enligt avtalet.")
        ),
        texts((60, 80, "Leveransplan och bemanning"), (60, 110, "Varje leverans prövas mot kraven innan den lämnas.")),
        texts((60, 80, "Uppföljning"), (60, 110, "En kvalitetsgranskning görs varje månad.")),
    )
    return drawn(*pages, **more)


def scanned_pdf(text: str) -> bytes:
    """A page that is a picture of a text, without any text."""
    from PIL import ImageDraw, ImageFont

    picture = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(picture).text((120, 200), text, fill="black", font=ImageFont.load_default(48))
    held = BytesIO()
    picture.save(held, "PNG")
    from reportlab.lib.utils import ImageReader

    def page(paper: Any) -> None:
        paper.drawImage(ImageReader(BytesIO(held.getvalue())), 0, 0, 595, 842)

    return drawn(page)


def _writer(data: bytes) -> PdfWriter:
    return PdfWriter(clone_from=BytesIO(data))


def _saved(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _page(writer: PdfWriter) -> Any:
    return writer.pages[1]


def _in_catalog(key: str, made: Callable[[PdfWriter, str], Any]) -> Callable[[bytes, str], bytes]:
    def hide(data: bytes, secret: str) -> bytes:
        writer = _writer(data)
        writer.root_object[NameObject(key)] = writer._add_object(made(writer, secret))
        return _saved(writer)

    return hide


def _on_page(key: str, made: Callable[[PdfWriter, str], Any], page: int = 1) -> Callable[[bytes, str], bytes]:
    def hide(data: bytes, secret: str) -> bytes:
        writer = _writer(data)
        writer.pages[page][NameObject(key)] = writer._add_object(made(writer, secret))
        return _saved(writer)

    return hide


def _dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _stream(data: bytes, **entries: Any) -> Any:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(_dictionary(**entries))
    return made.flate_encode()


def _rect(*numbers: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, numbers))


def _annotated(**entries: Any) -> Callable[[bytes, str], bytes]:
    def hide(data: bytes, secret: str) -> bytes:
        writer = _writer(data)
        made = {
            key: TextStringObject(secret) if value == "SECRET" else value(writer, secret) if callable(value) else value
            for key, value in entries.items()
        }
        note = writer._add_object(_dictionary(Type=NameObject("/Annot"), Rect=_rect(300, 300, 500, 320), **made))
        page = writer.pages[1]
        page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), note])
        return _saved(writer)

    return hide


def _form(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    field = _dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Widget"),
        FT=NameObject("/Tx"),
        T=TextStringObject("dold"),
        V=TextStringObject(secret),
        DV=TextStringObject(secret),
        F=NumberObject(2),
        Rect=_rect(0, 0, 0, 0),
    )
    held = writer._add_object(field)
    writer.pages[1][NameObject("/Annots")] = ArrayObject([held])
    writer.root_object[NameObject("/AcroForm")] = _dictionary(Fields=ArrayObject([held]))
    return _saved(writer)


def _xfa(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(Fields=ArrayObject(), XFA=writer._add_object(_stream(f"<xdp><a>{secret}</a></xdp>".encode())))


def _outline(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer.add_outline_item(title=secret, page_number=1)
    return _saved(writer)


def _attachment(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer.add_attachment("bilaga.txt", secret.encode())
    return _saved(writer)


def _attachment_name(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer.add_attachment(f"{secret}.txt", b"tom")
    return _saved(writer)


def _script(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject(f"app.alert('{secret}')"))


def _info(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer.add_metadata({"/Title": secret, "/Firma": secret})
    return _saved(writer)


def _hexadecimal_info(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer.root_object[NameObject("/Anteckning")] = ByteStringObject(b"\xfe\xff" + secret.encode("utf-16-be"))
    return _saved(writer)


def _destination(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(
        Dests=_dictionary(Names=ArrayObject([TextStringObject(secret), ArrayObject([NumberObject(1), NameObject("/Fit")])]))
    )


def _structure(writer: PdfWriter, secret: str) -> Any:
    figure = _dictionary(
        S=NameObject("/Figure"), Alt=TextStringObject(secret), ActualText=TextStringObject(secret), E=TextStringObject(secret)
    )
    return _dictionary(Type=NameObject("/StructTreeRoot"), K=writer._add_object(figure))


def _labels(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(Nums=ArrayObject([NumberObject(0), _dictionary(P=TextStringObject(secret))]))


def _layers(writer: PdfWriter, secret: str) -> Any:
    group = writer._add_object(_dictionary(Type=NameObject("/OCG"), Name=TextStringObject(secret)))
    return _dictionary(OCGs=ArrayObject([group]), D=_dictionary(OFF=ArrayObject([group])))


def _content(operators: str, page: int = 1) -> Callable[[bytes, str], bytes]:
    """Operators after those of a page; SECRET stands for the text, which is drawn in Helvetica."""

    def hide(data: bytes, secret: str) -> bytes:
        writer = _writer(data)
        target: Any = writer.pages[page]
        fonts = target["/Resources"].get_object().setdefault(NameObject("/Font"), DictionaryObject()).get_object()
        fonts[NameObject("/Hide")] = _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type1"),
            BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
        drawn_text = operators.encode().replace(b"SECRET", secret.encode("cp1252"))
        before = target.get_contents()
        target[NameObject("/Contents")] = writer._add_object(
            _stream((before.get_data() if before is not None else b"") + b"\n" + drawn_text)
        )
        return _saved(writer)

    return hide


def _hidden_layer(data: bytes, secret: str) -> bytes:
    writer = _writer(_content("/OC /Hidden BDC BT /Hide 11 Tf 60 500 Td (SECRET) Tj ET EMC")(data, secret))
    group = writer._add_object(_dictionary(Type=NameObject("/OCG"), Name=TextStringObject("Lager")))
    _page(writer)["/Resources"][NameObject("/Properties")] = _dictionary(Hidden=group)
    writer.root_object[NameObject("/OCProperties")] = _dictionary(
        OCGs=ArrayObject([group]), D=_dictionary(OFF=ArrayObject([group]), Order=ArrayObject())
    )
    return _saved(writer)


def _unused_form(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    form = _stream(
        b"BT /F1 11 Tf (" + secret.encode("cp1252") + b") Tj ET",
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=_rect(0, 0, 10, 10),
    )
    _page(writer)["/Resources"][NameObject("/XObject")] = _dictionary(Unused=writer._add_object(form))
    return _saved(writer)


def _orphan(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    writer._add_object(_stream(secret.encode("utf-8")))
    return _saved(writer)


def _history(data: bytes, secret: str) -> bytes:
    """An earlier version of the file before the present one, which is appended to it."""
    before = bid_pdf(secret)
    return before + b"\n" + data if not data.startswith(before) else data


def _picture_comment(data: bytes, secret: str) -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 40), "grey").save(held, "JPEG", comment=secret.encode("utf-8"))
    jpeg = held.getvalue()
    writer = _writer(data)
    image = DecodedStreamObject()
    image.set_data(jpeg)
    image.update(
        _dictionary(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Image"),
            Width=NumberObject(40),
            Height=NumberObject(40),
            BitsPerComponent=NumberObject(8),
            ColorSpace=NameObject("/DeviceRGB"),
            Filter=NameObject("/DCTDecode"),
        )
    )
    image._data = jpeg
    page = _page(writer)
    page["/Resources"][NameObject("/XObject")] = _dictionary(Im=writer._add_object(image))
    contents = page.get_contents()
    page[NameObject("/Contents")] = writer._add_object(
        _stream((contents.get_data() if contents is not None else b"") + b"\nq 40 0 0 40 60 300 cm /Im Do Q")
    )
    return _saved(writer)


def _signature(data: bytes, secret: str) -> bytes:
    writer = _writer(data)
    value = _dictionary(
        Type=NameObject("/Sig"),
        Filter=NameObject("/Adobe.PPKLite"),
        SubFilter=NameObject("/adbe.pkcs7.detached"),
        Contents=ByteStringObject(b"\x30\x80" + secret.encode()),
        ByteRange=ArrayObject(map(NumberObject, (0, 10, 20, 30))),
        Name=TextStringObject(secret),
        Reason=TextStringObject(secret),
    )
    field = writer._add_object(
        _dictionary(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Widget"),
            FT=NameObject("/Sig"),
            T=TextStringObject("Signatur"),
            V=writer._add_object(value),
            Rect=_rect(0, 0, 0, 0),
        )
    )
    writer.pages[1][NameObject("/Annots")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = _dictionary(Fields=ArrayObject([field]), SigFlags=NumberObject(3))
    return _saved(writer)


def _link(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(S=NameObject("/URI"), URI=TextStringObject(f"https://example.se/{secret}"))


def _metadata(writer: PdfWriter, secret: str) -> Any:
    xml = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><title>{secret}</title></x:xmpmeta>'
    return _stream(xml.encode("utf-8"), Type=NameObject("/Metadata"), Subtype=NameObject("/XML"))


def _private(writer: PdfWriter, secret: str) -> Any:
    return _dictionary(Program=_dictionary(LastModified=TextStringObject("D:20310101"), Private=TextStringObject(secret)))


PDF_PLACES: dict[str, Callable[[bytes, str], bytes]] = {
    "a note": _annotated(Subtype=NameObject("/Text"), Contents="SECRET", T="SECRET"),
    "a highlight's comment": _annotated(Subtype=NameObject("/Highlight"), Contents="SECRET", RC="SECRET"),
    "a free text that is hidden": _annotated(Subtype=NameObject("/FreeText"), Contents="SECRET", F=NumberObject(2)),
    "a link": _annotated(Subtype=NameObject("/Link"), A=_link),
    "a form field": _form,
    "a form of its own kind": _in_catalog("/AcroForm", _xfa),
    "a bookmark": _outline,
    "a named place": _in_catalog("/Names", _destination),
    "the structure tree": _in_catalog("/StructTreeRoot", _structure),
    "page labels": _in_catalog("/PageLabels", _labels),
    "metadata": _info,
    "metadata in hexadecimal": _hexadecimal_info,
    "metadata as XML": _in_catalog("/Metadata", _metadata),
    "a page's metadata": _on_page("/Metadata", _metadata),
    "a program's own data": _on_page("/PieceInfo", _private),
    "a thumbnail": _on_page("/Thumb", lambda writer, secret: _stream(secret.encode())),
    "an attachment": _attachment,
    "an attachment's name": _attachment_name,
    "a script": _in_catalog("/OpenAction", _script),
    "the name of a layer": _in_catalog("/OCProperties", _layers),
    "a hidden layer": _hidden_layer,
    "white text": _content("BT 1 g /Hide 11 Tf 60 500 Td (SECRET) Tj ET"),
    "text drawn unseen": _content("BT 3 Tr /Hide 11 Tf 60 500 Td (SECRET) Tj ET"),
    "text under a black box": _content("BT /Hide 11 Tf 60 500 Td (SECRET) Tj ET 0 g 50 490 400 25 re f"),
    "text outside the page": _content("BT /Hide 11 Tf -900 500 Td (SECRET) Tj ET"),
    "text said otherwise": _content("/Span <</ActualText (SECRET)>> BDC BT /Hide 11 Tf 60 500 Td (xyz) Tj ET EMC"),
    "a remark among the operators": _content("% SECRET\n"),
    "a drawing that is not used": _unused_form,
    "an object that nothing leads to": _orphan,
    "an earlier version": _history,
    "a picture's remark": _picture_comment,
    "a signature": _signature,
}
"""Functions that hide a text in a PDF. None changes what is seen, but the text said otherwise."""


def words_of(data: bytes) -> str:
    """What pypdf reads on all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


__all__ += ["OPEN_WORDS", "words_of"]
