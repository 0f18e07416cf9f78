"""What a file is, told by its bytes. Its name is only asked where the bytes say nothing (a table of values is text, too)."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, is_zipfile

from app.core.document import Finding
from app.documents.ole import OLE_MAGIC, root_names
from app.documents.reader import ReadRequest

__all__ = ["Format", "detect", "expected_suffixes", "is_foreign_text", "wrong_extension"]


class Format(StrEnum):
    """The formats that are told apart. Some only so that the error can say what to do."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"
    CSV = "csv"
    HTML = "html"
    DOC = "doc"
    XLS = "xls"
    ODT = "odt"
    ODS = "ods"
    RTF = "rtf"
    ZIP = "zip"
    XLSB = "xlsb"
    PRESENTATION = "presentation"
    MAIL = "mail"
    IMAGE = "image"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    ARCHIVE = "archive"
    DRAWING = "drawing"
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"


_HEAD = 8192
# The specification lets junk stand before the header; every viewer accepts it within the first kilobyte.
_PDF_WITHIN = 1024
_CONTENT_TYPES_MOST = 4 * 1024 * 1024

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"Rar!\x1a\x07", Format.RAR),
    (b"\x1f\x8b", Format.ARCHIVE),
    (b"BZh", Format.ARCHIVE),
    (b"\xfd7zXZ\x00", Format.ARCHIVE),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF87a", Format.IMAGE),
    (b"GIF89a", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"BM", Format.IMAGE),
    (b"\x00\x00\x00\x0cjP  ", Format.IMAGE),
    (b"AC10", Format.DRAWING),
)
_MAIN_PARTS: tuple[tuple[str, Format], ...] = (
    ("wordprocessingml.document.main+xml", Format.DOCX),
    ("wordprocessingml.template.main+xml", Format.DOCX),
    ("ms-word.document.macroEnabled.main+xml", Format.DOCX),
    ("ms-word.template.macroEnabledTemplate.main+xml", Format.DOCX),
    ("spreadsheetml.sheet.main+xml", Format.XLSX),
    ("spreadsheetml.template.main+xml", Format.XLSX),
    ("ms-excel.sheet.macroEnabled.main+xml", Format.XLSX),
    ("ms-excel.template.macroEnabled.main+xml", Format.XLSX),
    ("ms-excel.sheet.binary.macroEnabled.main", Format.XLSB),
    ("presentationml.", Format.PRESENTATION),
    ("ms-powerpoint.", Format.PRESENTATION),
    ("ms-visio.", Format.DRAWING),
)
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": Format.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    "application/vnd.oasis.opendocument.presentation": Format.PRESENTATION,
    "application/vnd.oasis.opendocument.graphics": Format.DRAWING,
}
_SUFFIXES: dict[Format, frozenset[str]] = {
    Format.PDF: frozenset({".pdf", ".pdfa"}),
    Format.DOCX: frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    Format.XLSX: frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    Format.DOC: frozenset({".doc", ".dot"}),
    Format.XLS: frozenset({".xls", ".xlt"}),
    Format.ODT: frozenset({".odt", ".ott"}),
    Format.ODS: frozenset({".ods", ".ots"}),
    Format.RTF: frozenset({".rtf", ".doc"}),
    Format.ZIP: frozenset({".zip"}),
}
# Names that promise one of the formats above; other names promise nothing, so nothing is wrong with them.
_PROMISING = frozenset[str]().union(*_SUFFIXES.values())
_TABLE_NAMES = frozenset({".csv", ".tsv", ".tab"})
# Text that a procurement is written in. What else is text (programs, logs, settings) is somebody's work with it.
_TEXT_NAMES = frozenset({".txt", ".text", ".md", ".markdown", ".asc", ".utf8", ".eml", ".dxf", ".htm", ".html", ".xhtml", ".mht"})
_PACKAGE_NAMES = frozenset[str]().union(
    *(_SUFFIXES[kind] for kind in (Format.DOCX, Format.XLSX, Format.ODT, Format.ODS, Format.ZIP))
)
_ENDING = re.compile(r"\.[a-z][a-z0-9_+-]{0,11}", re.IGNORECASE)
_LOCAL_HEADER = b"PK\x03\x04"
_MARKUP = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b\x08\x1a")


def detect(request: ReadRequest) -> Format:
    """The format of the bytes. Raises what opening the file raises (not found, no permission, empty, too large)."""
    head = request.head(_HEAD)
    if head.startswith(OLE_MAGIC):
        return _ole_format(request)
    # Before PDF: an archive that stores its files uncompressed shows a PDF's first bytes within its own.
    if head.startswith((_LOCAL_HEADER, b"PK\x05\x06", b"PK\x07\x08")) or _has_archive_after_junk(request, head):
        return _package_format(request)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Format.PDF
    if head.startswith(b"{\\rtf"):
        return Format.RTF
    # Before the short magics: "BM" and "BZh" also begin words.
    if _looks_like_text(head):
        return _text_format(request, head)
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif") or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.IMAGE
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), Format.UNKNOWN)


def expected_suffixes(kind: Format) -> frozenset[str]:
    """The file name endings that go with a format; none where the ending says nothing."""
    return _SUFFIXES.get(kind, frozenset())


def is_foreign_text(name: str, head: bytes) -> bool:
    """Whether a file that begins with `head` is text whose name's ending no procurement document has: `.py`, `.log`, `.json`."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _TEXT_NAMES | _TABLE_NAMES | _PROMISING or not _ENDING.fullmatch(suffix):
        return False
    return b"%PDF-" not in head[:_PDF_WITHIN] and not head.startswith((b"{\\rtf", b"PK")) and _looks_like_text(head[:_HEAD])


def wrong_extension(request: ReadRequest, kind: Format) -> Finding | None:
    """A warning when the name promises another format than the bytes keep."""
    suffix = PurePosixPath(request.name).suffix.lower()
    expected = expected_suffixes(kind)
    if suffix in expected or suffix not in _PROMISING:
        return None
    return Finding("file.wrong_extension", request.name, None, (("extension", suffix), ("format", str(kind))))


def _ole_format(request: ReadRequest) -> Format:
    with request.open() as stream:
        names = root_names(stream)
    if "EncryptedPackage" in names:
        return Format.ENCRYPTED
    if "WordDocument" in names:
        return Format.DOC
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return Format.XLS
    if "PowerPoint Document" in names:
        return Format.PRESENTATION
    if "VisioDocument" in names:
        return Format.DRAWING
    if any(name.startswith("__properties_version1.0") for name in names):
        return Format.MAIL
    # A damaged directory: the name may still tell which program can be tried on it.
    return {".doc": Format.DOC, ".xls": Format.XLS}.get(PurePosixPath(request.name).suffix.lower(), Format.UNKNOWN)


def _has_archive_after_junk(request: ReadRequest, head: bytes) -> bool:
    """Whether a ZIP begins after bytes that do not belong to it, as a broken download or a stored mail leaves them.

    Its directory stands at the end and counts from there, so it is read all the same. Without one, the first header and
    what the name promises make it a damaged archive. An archive inside another format does not count.
    """
    suffix = PurePosixPath(request.name).suffix.lower()
    promised = suffix in _PACKAGE_NAMES
    first = head.find(_LOCAL_HEADER)
    if first < 0 and not promised:
        return False
    if b"%PDF-" in head[: min(_PDF_WITHIN, first) if first >= 0 else _PDF_WITHIN]:
        return False
    if any(head.startswith(magic) for magic, _ in _MAGIC if len(magic) > 3) or head.startswith((b"{\\rtf", b"RIFF")):
        return False
    with request.open() as stream:
        return is_zipfile(stream) or (promised and first >= 0)


def _package_format(request: ReadRequest) -> Format:
    """What a ZIP holds. One that cannot be listed is taken for what its name promises, so that the error fits."""
    try:
        with request.open() as stream, ZipFile(stream) as package:
            names = set(package.namelist())
            if "[Content_Types].xml" in names:
                return _open_xml_format(package, names)
            if "mimetype" in names:
                with package.open("mimetype") as part:
                    kind = part.read(200).decode("ascii", "replace").strip().removesuffix("-template")
                return _OPEN_DOCUMENT.get(kind, Format.ZIP)
            return Format.ZIP
    except (BadZipFile, NotImplementedError, ValueError, EOFError, RuntimeError, KeyError, IndexError, OSError):
        suffix = PurePosixPath(request.name).suffix.lower()
        office = (Format.DOCX, Format.XLSX, Format.ODT, Format.ODS)
        return next((kind for kind in office if suffix in _SUFFIXES[kind]), Format.ZIP)


def _open_xml_format(package: ZipFile, names: set[str]) -> Format:
    with package.open("[Content_Types].xml") as part:
        types = part.read(_CONTENT_TYPES_MOST).decode("utf-8", "replace")
    found = [(position, kind) for mark, kind in _MAIN_PARTS if (position := types.find(mark)) >= 0]
    # A document may embed parts of another kind, but then their files are named in the list as ordinary embeddings:
    # the folder of the main part decides between several.
    folders = {Format.DOCX: "word/", Format.XLSX: "xl/", Format.XLSB: "xl/", Format.PRESENTATION: "ppt/"}
    for _, kind in sorted(found):
        folder = folders.get(kind)
        if len(found) == 1 or folder is None or any(name.startswith(folder) for name in names):
            return kind
    for kind, folder in folders.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return Format.ZIP


def _text_format(request: ReadRequest, head: bytes) -> Format:
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(plain):
        return Format.HTML
    if PurePosixPath(request.name).suffix.lower() in _TABLE_NAMES:
        return Format.CSV
    if PurePosixPath(request.name).suffix.lower() == ".eml" and re.match(rb"[A-Za-z-]+: ", plain):
        return Format.MAIL
    if PurePosixPath(request.name).suffix.lower() == ".dxf":
        return Format.DRAWING
    return Format.TEXT


def _looks_like_text(head: bytes) -> bool:
    """Whether the first bytes are text in UTF-8, UTF-16 or a single-byte encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = head[: len(head) // 2 * 2].decode("utf-16")
        except UnicodeDecodeError as error:
            return error.start >= len(head) - 4
        return sum(not character.isprintable() and character not in "\t\n\r\f" for character in text) * 20 <= len(text)
    if b"\x00" in head:
        return False
    odd = sum(head.count(bytes((value,))) for value in _CONTROL)
    return odd * 100 <= len(head)
