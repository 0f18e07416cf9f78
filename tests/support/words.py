"""Word files made of a few lines of XML, for tests of the Word reader."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from app.core.document import Block, BlockKind, Document
from app.documents.docx import read_docx
from app.documents.reader import ReadRequest

W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W_SPACE}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def part(tag: str, inner: str) -> str:
    """A part's XML with all namespaces declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_SPACES}>{inner}</w:{tag}>'


def relations(*entries: tuple[str, str, str, bool]) -> str:
    """A relation part of (id, kind, target, external)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if external else ""}/>'
        for key, kind, target, external in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def word_file(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body and further parts (styles, numbering...) under their usual names."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    members.update(parts or {})
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()


def read(body: str, parts: Mapping[str, str | bytes] | None = None) -> Document:
    """The document read from such a file."""
    return read_docx(ReadRequest("underlag.docx", data=word_file(body, parts)))


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    """The texts of the blocks of a kind, or of all that are no furniture."""
    return [block.text for block in document.blocks if (block.kind is kind if kind else block.kind is not BlockKind.FURNITURE)]


def only(document: Document) -> Block:
    """The document's one block."""
    (block,) = document.blocks
    return block


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def runs(*pieces: str, properties: str = "") -> str:
    """A paragraph of runs, controls and fields."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(pieces)}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(number: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def tc(inner: str = "", properties: str = "") -> str:
    """A table cell; an empty one holds an empty paragraph."""
    content = inner if inner.startswith("<") else p(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row of cells (texts or whole cells)."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def sdt(properties: str, content: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def form_field(instruction: str, data: str, shown: str = "") -> str:
    """A legacy form field."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown) if shown else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
