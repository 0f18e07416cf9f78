"""Where a Word file can hide a text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from io import BytesIO
from urllib.parse import quote

from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.support.hiding.drawings import emf, shown_in_document, wmf
from tests.support.hiding.parts import with_parts

__all__ = ["WORD_PLACES", "bid_docx"]

OPEN_WORDS = ("Genomförande", "Leveransplan", "kvalitetsgranskning")
Hide = Callable[[bytes, str], bytes]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_BODY = "word/document.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def bid_docx(secret: str) -> bytes:
    """A heading, the secret in three runs of a line, a table."""
    document = Document()
    document.add_heading("Genomförande av uppdraget", 1)
    line = document.add_paragraph("Vi anger ")
    third = max(1, len(secret) // 3)
    for part in (secret[:third], secret[third : 2 * third], secret[2 * third :]):
        line.add_run(part).bold = True
    line.add_run(" för hela perioden.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Leveransplan"
    table.cell(1, 1).text = "En kvalitetsgranskning görs varje månad."
    target = BytesIO()
    document.save(target)
    # The template of python-docx has hundreds of styles, which would cost each test seconds.
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    few = f"<w:styles {_W}>{normal}</w:styles>"
    return with_parts(
        target.getvalue(), {"word/styles.xml": lambda _: few.encode(), "word/stylesWithEffects.xml": lambda _: few.encode()}
    )


def _in_body(xml: str) -> Hide:
    """Before the body's end. SECRET stands for the text, HALF and REST for its halves."""

    def hide(data: bytes, secret: str) -> bytes:
        made = _filled(xml, secret)
        return with_parts(data, {_BODY: lambda part: part.replace(b"<w:sectPr", made.encode() + b"<w:sectPr", 1)})

    return hide


def _filled(xml: str, secret: str) -> str:
    middle = len(secret) // 2
    return xml.replace("SECRET", escape(secret)).replace("HALF", escape(secret[:middle])).replace("REST", escape(secret[middle:]))


def _part(name: str, xml: str, kind: str, content_type: str, source: str = _BODY) -> Hide:
    def hide(data: bytes, secret: str) -> bytes:
        held = _filled(f'<?xml version="1.0" encoding="UTF-8"?>{xml}', secret)
        return with_parts(
            data, None, {name: held}, [(source, "rIdHide", kind, "/" + name)], {name: content_type} if content_type else None
        )

    return hide


def _story(name: str, tag: str, inner: str, kind: str) -> Hide:
    """A part of the document with text of its own, and what refers to it."""
    return _part(f"word/{name}.xml", f"<w:{tag} {_W} {_R}>{inner}</w:{tag}>", kind, f"{_WORD}.{kind}+xml")


def _header(data: bytes, secret: str) -> bytes:
    made = _story("headerhide", "hdr", "<w:p><w:r><w:t>HALF</w:t></w:r><w:r><w:t>REST</w:t></w:r></w:p>", "header")(data, secret)
    reference = b'<w:headerReference w:type="default" r:id="rIdHide"/>'
    namespace = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def refer(part: bytes) -> bytes:
        start = part.index(b"<w:sectPr")
        end = part.index(b">", start) + 1
        return part[:end] + reference.replace(b"r:id", b'xmlns:r="' + namespace + b'" r:id') + part[end:]

    return with_parts(made, {_BODY: refer})


def _setting(xml: str) -> Hide:
    def hide(data: bytes, secret: str) -> bytes:
        return with_parts(
            data,
            {"word/settings.xml": lambda part: part.replace(b"</w:settings>", _filled(xml, secret).encode() + b"</w:settings>")},
        )

    return hide


def _style(data: bytes, secret: str) -> bytes:
    made = (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Dold"><w:name w:val="{escape(secret)}"/></w:style></w:styles>'
    )
    return with_parts(data, {"word/styles.xml": lambda part: part.replace(b"</w:styles>", made.encode())})


def _core(data: bytes, secret: str) -> bytes:
    document = Document(BytesIO(data))
    document.core_properties.title = document.core_properties.keywords = document.core_properties.comments = secret
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _thumbnail(data: bytes, secret: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    return with_parts(
        data,
        None,
        {"docProps/thumbnail.jpeg": b"\xff\xd8" + secret.encode()},
        [("", "rIdHide", kind, "/docProps/thumbnail.jpeg")],
    )


def _picture(data: bytes, secret: str) -> bytes:
    """A picture whose metadata tells."""
    note = PngInfo()
    note.add_itxt("Comment", secret)
    held = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(held, "PNG", pnginfo=note)
    document = Document(BytesIO(data))
    document.add_picture(BytesIO(held.getvalue()))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _hyperlink(data: bytes, secret: str) -> bytes:
    xml = f'<w:p><w:hyperlink {_R} r:id="rIdLink" w:tooltip="{escape(secret)}"><w:r><w:t>länk</w:t></w:r></w:hyperlink></w:p>'
    made = _in_body(xml)(data, secret)
    return with_parts(made, relations=[(_BODY, "rIdLink", "hyperlink", f"https://example.se/{quote(secret)}")])


def _embedded(data: bytes, secret: str) -> bytes:
    from tests.support.sheets import workbook

    held = workbook(lambda sheet: sheet.__setitem__("A1", secret))
    xml = (
        f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" {_R} Type="Embed" r:id="rIdHide"/>'
        "</w:object></w:r></w:p>"
    )
    return with_parts(
        _in_body(xml)(data, secret),
        None,
        {"word/embeddings/bok.xlsx": held},
        [(_BODY, "rIdHide", "package", "/word/embeddings/bok.xlsx")],
    )


def _left_over(data: bytes, secret: str) -> bytes:
    return with_parts(data, None, {"word/gammal.xml": f"<a>{secret}</a>", "trash/0000.dat": secret.encode("utf-16-le")})


def _archive_comment(data: bytes, secret: str) -> bytes:
    return with_parts(data, comment=secret.encode("utf-8"))


def _macros(data: bytes, secret: str) -> bytes:
    return with_parts(
        data,
        None,
        {"word/vbaProject.bin": secret.encode("cp1252", "replace")},
        [(_BODY, "rIdHide", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "/word/vbaProject.bin")],
    )


def _run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


_BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps">'
    "<w:t>ruta</w:t></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>HALF</w:t></w:r><w:r>"
    "<w:t>REST</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_SHAPE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="77" name="SECRET" descr="SECRET" title="SECRET"/></wp:inline></w:drawing></w:r></w:p>'
)
_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF "HALF</w:instrText></w:r>'
    '<w:r><w:instrText>REST" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>se ovan</w:t></w:r><w:r>'
    '<w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_CONTROL = (
    '<w:sdt><w:sdtPr><w:alias w:val="SECRET"/><w:tag w:val="SECRET"/><w:dropDownList>'
    '<w:listItem w:displayText="SECRET" w:value="SECRET"/>'
    "</w:dropDownList></w:sdtPr><w:sdtContent><w:p><w:r><w:t>val</w:t></w:r></w:p></w:sdtContent></w:sdt>"
)
_CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>HALF</a:t></a:r><a:r><a:t>REST</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    '<c:plotArea><c:ser><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>SECRET</c:v></c:pt></c:strCache>'
    "</c:strRef></c:cat></c:ser>"
    "</c:plotArea></c:chart></c:chartSpace>"
)


def _symbols(only: int) -> Hide:
    """Letters as symbols, every one of them or every other."""

    def spelled(number: int, sign: str) -> str:
        if number % only or not sign.strip():
            return f'<w:r><w:t xml:space="preserve">{escape(sign)}</w:t></w:r>'
        code = ord(sign) + (0xF000 if ord(sign) < 0x7F else 0)
        return f'<w:r><w:sym w:font="Arial" w:char="{code:04X}"/></w:r>'

    def hide(data: bytes, secret: str) -> bytes:
        inner = "".join(spelled(number, sign) for number, sign in enumerate(secret))
        hidden = inner.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
        return with_parts(data, {_BODY: lambda part: part.replace(b"<w:sectPr", f"<w:p>{hidden}</w:p><w:sectPr".encode(), 1)})

    return hide


def _joined(xml: str) -> Hide:
    """NAME stands for the secret as one word."""

    def hide(data: bytes, secret: str) -> bytes:
        name = "x_" + "".join(sign for sign in secret if sign.isalnum())
        made = xml.replace("ADDRESS", quote(name)).replace("NAME", name)
        return with_parts(data, {_BODY: lambda part: part.replace(b"<w:sectPr", made.encode() + b"<w:sectPr", 1)})

    return hide


def _part_name(data: bytes, secret: str) -> bytes:
    name = "".join(sign for sign in secret if sign.isalnum())
    return _story(f"{name}", "ftr", "<w:p><w:r><w:t>Sidfot</w:t></w:r></w:p>", "footer")(data, "x")


def _style_key(data: bytes, secret: str) -> bytes:
    name = "".join(sign for sign in secret if sign.isalnum())
    made = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Z{name}"><w:name w:val="Eget"/></w:style></w:styles>'
    changed = with_parts(data, {"word/styles.xml": lambda part: part.replace(b"</w:styles>", made.encode())})
    return _in_body(f'<w:p><w:pPr><w:pStyle w:val="Z{name}"/></w:pPr></w:p>')(changed, "x")


def _drawn(letters: bool) -> Hide:
    def hide(data: bytes, secret: str) -> bytes:
        return shown_in_document(data, emf(list(secret) if letters else [secret]))

    return hide


WORD_PLACES: dict[str, Hide] = {
    "a header": _header,
    "a comment": _story(
        "comments",
        "comments",
        '<w:comment w:id="1" w:author="SECRET" w:initials="X"><w:p><w:r><w:t>HALF</w:t></w:r><w:r><w:t>'
        "REST</w:t></w:r></w:p></w:comment>",
        "comments",
    ),
    "a tracked deletion": _in_body(
        '<w:p><w:del w:id="5" w:author="x"><w:r><w:delText>HALF</w:delText></w:r><w:r><w:delText>'
        "REST</w:delText></w:r></w:del></w:p>"
    ),
    "text moved away": _in_body(
        '<w:p><w:moveFrom w:id="6" w:author="x"><w:r><w:t>HALF</w:t></w:r><w:r><w:t>REST</w:t></w:r></w:moveFrom></w:p>'
    ),
    "half deleted, half hidden": _in_body(
        '<w:p><w:del w:id="7" w:author="x"><w:r><w:delText>HALF</w:delText></w:r></w:del><w:r><w:rPr>'
        "<w:vanish/></w:rPr><w:t>REST</w:t></w:r></w:p>"
    ),
    "hidden text": _in_body(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>HALF</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>REST</w:t></w:r></w:p>"
    ),
    "a field's code": _in_body(_FIELD),
    "a text box for old programs": _in_body(_BOX),
    "a picture's description": _in_body(_SHAPE),
    "a content control": _in_body(_CONTROL),
    "a bookmark": _in_body('<w:p><w:bookmarkStart w:id="9" w:name="SECRET"/><w:bookmarkEnd w:id="9"/></w:p>'),
    "a table's description": _in_body(
        '<w:tbl><w:tblPr><w:tblCaption w:val="SECRET"/><w:tblDescription w:val="SECRET"/></w:tblPr><w:tr>'
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>"
    ),
    "a link": _hyperlink,
    "a form field": _in_body(
        _run(
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/><w:helpText w:val="SECRET"/>'
            '<w:textInput><w:default w:val="SECRET"/></w:textInput></w:ffData></w:fldChar>'
        )
    ),
    "a remark in the markup": _in_body("<!-- SECRET -->"),
    "an instruction in the markup": _in_body("<?minne SECRET?>"),
    "a document variable": _setting('<w:docVars><w:docVar w:name="x" w:val="SECRET"/></w:docVars>'),
    "mail merge": _setting('<w:mailMerge><w:query w:val="SELECT SECRET"/><w:connectString w:val="SECRET"/></w:mailMerge>'),
    "a style's name": _style,
    "properties": _core,
    "properties of one's own": _part(
        "docProps/custom.xml",
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        '<property name="SECRET"/></Properties>',
        "custom-properties",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "",
    ),
    "stored data": _part("customXml/item9.xml", "<bud><pris>SECRET</pris></bud>", "customXml", ""),
    "building blocks": _story(
        "glossary/document", "glossaryDocument", "<w:p><w:r><w:t>SECRET</w:t></w:r></w:p>", "glossaryDocument"
    ),
    "people": _part(
        "word/people.xml",
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:person w15:author="SECRET"/></w15:people>',
        "http://schemas.microsoft.com/office/2011/relationships/people",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml",
    ),
    "a chart": _part(
        "word/charts/chart9.xml", _CHART, "chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    ),
    "an embedded workbook": _embedded,
    "a thumbnail": _thumbnail,
    "letters as symbols": _symbols(1),
    "every other letter as a symbol": _symbols(2),
    "an element's name": _joined('<w:p><q:NAME xmlns:q="urn:foretag:eget"/></w:p>'),
    "an attribute's name": _joined('<w:p xmlns:q="urn:foretag:eget" q:NAME="1"/>'),
    "a namespace": _joined('<w:p><q:bit xmlns:q="urn:foretag:ADDRESS"/></w:p>'),
    "a bookmark's name in one word": _joined(
        '<w:p><w:bookmarkStart w:id="11" w:name="NAME"/><w:bookmarkEnd w:id="11"/><w:r><w:instrText> PAGEREF NAME </w:instrText>'
        '</w:r><w:hyperlink w:anchor="NAME"><w:r><w:t>se ovan</w:t></w:r></w:hyperlink></w:p>'
    ),
    "a style's key": _style_key,
    "a part's name": _part_name,
    "a drawing of commands": _drawn(letters=False),
    "a drawing of commands, letter by letter": _drawn(letters=True),
    "an old drawing of commands": lambda data, secret: shown_in_document(data, wmf(secret), "wmf"),
    "a picture's metadata": _picture,
    "macros": _macros,
    "parts left over": _left_over,
    "the archive's comment": _archive_comment,
}
"""Functions that hide a text in a Word file, none in the running text."""
