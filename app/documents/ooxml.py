"""Is an Office Open XML package safe to hand to a parser? Answered before anything is parsed.

The package is unpacked in pieces and thrown away, so that neither a declared size nor a parser has to be trusted:
a bomb stops at the limit, a document type declaration (the way in for entity expansion and external entities) is
refused in whatever encoding it hides, and what a document carries along (macros, embedded objects, links to
elsewhere) is reported. Nothing here runs, fetches or writes anything.
"""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.core.document import Finding
from app.core.errors import CorruptFileError, LimitError, PasswordNeededError, UnsafeFileError
from app.documents.reader import ReadRequest

__all__ = ["checked_package", "package_findings", "unpack_errors"]

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PIECE = 1 << 16
# Below this a high ratio is harmless and common (a sheet of equal rows); above it, it is a bomb.
RATIO_FLOOR = 32 * 1024 * 1024
ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "utf16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "windows-1252"}
)

_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY", "<!ELEMENT") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_LONGEST = max(len(word) for word in _DECLARATIONS)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_WIDE_OR_FOREIGN = (b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\x00<", b"<\x00\x00\x00", b"\x4c\x6f\xa7\x94")

# What reading a damaged archive throws besides BadZipFile: broken deflate data, a cut file, an unknown method, bad names.
unpack_errors = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, KeyError, IndexError)


def checked_package(request: ReadRequest) -> BinaryIO:
    """The file as a seekable stream at its start, proven to be a whole ZIP within the limits and free of DTDs.

    The caller closes it. Raises PasswordNeededError for an encrypted file, CorruptFileError for a broken one,
    LimitError (`limit.count`, `limit.unpacked`, `limit.ratio`) for a bomb and UnsafeFileError for a DTD.
    """
    stream = request.open()
    try:
        _refuse_encrypted(stream, request.name)
        with ZipFile(stream) as package:
            _check_members(package, request)
    except unpack_errors as error:
        stream.close()
        raise CorruptFileError(request.name) from error
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return stream


def package_findings(package: ZipFile, name: str) -> tuple[Finding, ...]:
    """What the user should know of a checked package: macros, embedded objects, links out of the file."""
    macros = sum(1 for member in package.namelist() if member.lower().rsplit("/", 1)[-1] == "vbaproject.bin")
    embedded, external = _relations(package)
    found = (("file.macros", macros), ("file.embedded_object", embedded), ("file.external_link", external))
    return tuple(Finding(code, name, None, (("count", str(count)),)) for code, count in found if count)


def _refuse_encrypted(stream: BinaryIO, name: str) -> None:
    """An encrypted OOXML file is an OLE container with a stream called EncryptedPackage."""
    if stream.read(8) != OLE_MAGIC:
        stream.seek(0)
        return
    mark, tail = "EncryptedPackage".encode("utf-16-le"), b""
    while piece := stream.read(1 << 20):
        if mark in tail + piece:
            raise PasswordNeededError(name, remedy="remove_password")
        tail = piece[-len(mark) :]
    raise CorruptFileError(name)


def _check_members(package: ZipFile, request: ReadRequest) -> None:
    members = package.infolist()
    if len(members) > request.limits.package_files:
        raise LimitError(request.name, code="limit.count", limit=request.limits.package_files)
    unpacked = 0
    for member in members:
        if member.flag_bits & 1:
            raise PasswordNeededError(request.name, remedy="remove_password")
        if not member.is_dir():
            unpacked += _check_member(package, member, unpacked, request)


def _check_member(package: ZipFile, member: ZipInfo, before: int, request: ReadRequest) -> int:
    """Unpack one member in pieces; its size. `before` is what the members before it came to."""
    limits, size, tail, is_xml = request.limits, 0, b"", False
    with package.open(member) as part:
        while piece := part.read(PIECE):
            if size == 0:
                is_xml = _is_xml(piece, request.name)
            size += len(piece)
            if before + size > limits.unpacked_bytes:
                raise LimitError(request.name, code="limit.unpacked", limit=limits.unpacked_bytes)
            if size > RATIO_FLOOR and size > limits.compression_ratio * max(1, member.compress_size):
                raise LimitError(request.name, code="limit.ratio", limit=limits.compression_ratio)
            if is_xml:
                # Every markup declaration holds "!" directly after "<": a cheap test before the nine searches.
                joined = tail + piece
                if b"!" in joined and any(word in joined for word in _DECLARATIONS):
                    raise UnsafeFileError(request.name, reason="dtd")
                tail = joined[-_LONGEST:]
    return size


def _is_xml(head: bytes, name: str) -> bool:
    """Whether a parser could take this for XML. An encoding that OOXML does not allow could hide a DTD from the search."""
    if head.startswith(_WIDE_OR_FOREIGN):
        raise UnsafeFileError(name, reason="encoding")
    plain = head[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not plain.startswith(b"<"):
        return False
    declared = _ENCODING.match(plain)
    if declared and declared.group(1).decode("ascii").lower() not in ENCODINGS:
        raise UnsafeFileError(name, reason="encoding")
    return True


def _relations(package: ZipFile) -> tuple[int, int]:
    """How many embedded objects and external targets (other than hyperlinks) the package's relations name."""
    embedded: set[str] = set()
    external: set[str] = set()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rsplit(":", 1)[-1] != "Relationship":
            return
        kind, target = attributes.get("Type", "").rsplit("/", 1)[-1], attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            if kind != "hyperlink":
                external.add(target)
        elif kind in ("oleObject", "package", "control", "aFChunk"):
            embedded.add(target)

    for member in package.namelist():
        if member.endswith(".rels"):
            parser = expat.ParserCreate()
            parser.StartElementHandler = start
            try:
                parser.Parse(package.read(member), True)
            except (expat.ExpatError, *unpack_errors):
                # A relation part that cannot be read cannot be followed either; the reader says what it lacks.
                continue
    return len(embedded), len(external)
