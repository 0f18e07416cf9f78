"""Versions of what is inside packages, as far as they tell: asked of the library itself, or read off its file.

A library of which nothing can be read is left without a version rather than given one that may have been true of another release.
"""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import metadata
from pathlib import Path

__all__ = ["versions"]

_READ_OFF = {
    "OpenSSL": (("cryptography", "sqlcipher3", "typst"), rb"OpenSSL (\d+\.\d+\.\d+[a-z]?) \d+ [A-Z][a-z]{2} \d{4}"),
    "libpng": (("PySide6_Essentials", "pypdfium2"), rb"libpng version (\d+\.\d+\.\d+)"),
    "zlib": (("PySide6_Essentials", "lxml", "pypdfium2"), rb"inflate (\d+\.\d+(?:\.\d+)*) Copyright"),
    "libtiff": (("pypdfium2",), rb"LIBTIFF, Version (\d+\.\d+\.\d+)"),
    "PCRE2": (("PySide6_Essentials",), rb"\x00(10\.\d+) \d{4}-\d\d-\d\d\x00"),
}
"""How some libraries print themselves, and the packages that have them built in."""

_BINARY = re.compile(r"\.(?:so|dll|pyd|dylib)(?:\.[\d.]+)?$")
_NAMED = re.compile(r"lib(\w+?)-[0-9a-f]{8}\.so\.([\d.]+)$")
_FROM_NAME = {"zstd": "Zstandard", "lzma": "XZ Utils", "brotlicommon": "Brotli"}
"""Pillow's libraries whose file names end with the release; others' end with a number of the interface."""


def versions() -> dict[str, dict[str, str]]:
    """By part, and by the package that brings it."""
    found: dict[str, dict[str, str]] = {}
    for part, (holders, pattern) in _READ_OFF.items():
        for holder in holders:
            if version := _read_off(holder, pattern):
                found.setdefault(part, {})[holder] = version
    for asked in (_of_python, _of_pillow, _of_others):
        for part, holder, version in asked():
            if version:
                found.setdefault(part, {})[holder] = version
    return found


def _read_off(package: str, pattern: bytes) -> str:
    """What all of a package's binaries say, where they say one thing."""
    said: set[bytes] = set()
    for file in _files(package):
        if _BINARY.search(file.name):
            said.update(re.findall(pattern, file.read_bytes()))
    return said.pop().decode("ascii") if len(said) == 1 else ""


def _files(package: str) -> list[Path]:
    try:
        files = metadata.distribution(package).files or ()
    except metadata.PackageNotFoundError:
        return []
    return [path for file in files if (path := Path(str(file.locate()))).is_file()]


def _of_python() -> Iterable[tuple[str, str, str]]:
    import _decimal
    import pyexpat
    import ssl
    import zlib

    yield "expat", "Python", pyexpat.EXPAT_VERSION.removeprefix("expat_")
    yield "libmpdec", "Python", _decimal.__libmpdec_version__
    yield "OpenSSL", "Python", ssl.OPENSSL_VERSION.split()[1]
    yield "zlib", "Python", zlib.ZLIB_RUNTIME_VERSION
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            said = _answer(ctypes.CDLL("libbz2.so.1.0").BZ2_bzlibVersion)
            yield "bzip2", "Python", said.partition(",")[0]
        yield "libffi", "Python", _of_debian("libffi8")


def _answer(function: Callable[[], object]) -> str:
    """Of a function of C that gives a text."""
    function.restype = ctypes.c_char_p  # type: ignore[attr-defined]
    said = function()
    return said.decode("ascii") if isinstance(said, bytes) else ""


def _of_debian(package: str) -> str:
    """A library that says nothing of itself and is taken from the system: what the system calls its release."""
    query = shutil.which("dpkg-query")
    if query is None:
        return ""
    asked = subprocess.run([query, "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
    return asked.stdout.strip().rpartition("-")[0] if asked.returncode == 0 else ""


def _of_pillow() -> Iterable[tuple[str, str, str]]:
    from PIL import features

    names = {
        "FreeType": "freetype2",
        "HarfBuzz": "harfbuzz",
        "OpenJPEG": "jpg_2000",
        "Raqm": "raqm",
        "libjpeg-turbo": "libjpeg_turbo",
        "libtiff": "libtiff",
        "libwebp": "webp",
        "zlib-ng": "zlib_ng",
    }
    for part, name in names.items():
        yield part, "pillow", features.version(name) or ""
    for file in _files("pillow"):
        match = _NAMED.match(file.name)
        if match and match[1] in _FROM_NAME:
            yield _FROM_NAME[match[1]], "pillow", match[2]
        elif match and match[1].startswith("png"):
            said = re.search(rb"libpng version (\d+\.\d+\.\d+)", file.read_bytes())
            yield "libpng", "pillow", said[1].decode("ascii") if said else ""


def _of_others() -> Iterable[tuple[str, str, str]]:
    import sqlcipher3
    from lxml import etree
    from pypdfium2 import PDFIUM_INFO

    connection = sqlcipher3.connect(":memory:")
    try:
        yield "SQLCipher", "sqlcipher3", str(connection.execute("PRAGMA cipher_version").fetchone()[0]).split()[0]
    finally:
        connection.close()
    yield "SQLite", "sqlcipher3", sqlcipher3.sqlite_version
    yield "libxml2", "lxml", ".".join(map(str, etree.LIBXML_COMPILED_VERSION))
    yield "libxslt", "lxml", ".".join(map(str, etree.LIBXSLT_COMPILED_VERSION))
    yield "PDFium", "pypdfium2", str(PDFIUM_INFO.version).partition("@")[0]
    for file in _files("PySide6_Essentials"):
        if file.name.startswith("libicuuc.so."):
            said = set(re.findall(rb"\x00(\d\d\.\d)(?:\.\d)?\x00", file.read_bytes()))
            yield "ICU", "PySide6_Essentials", said.pop().decode("ascii") if len(said) == 1 else ""
    for file in _files("QtAwesome"):
        if match := re.fullmatch(r"phosphor-([\d.]+)\.ttf", file.name):
            yield "Phosphor Icons", "QtAwesome", match[1]
