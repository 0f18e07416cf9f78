"""Is the masked Office file clean? Asked of the archive itself: every part unpacked, as bytes, as text and as markup."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from app.core.errors import MaskingError
from app.secrecy.masking.metafiles import drawn_text, is_metafile
from app.secrecy.masking.needles import Needle, Needles
from app.secrecy.masking.office_names import foreign_names
from app.secrecy.masking.package import local
from app.secrecy.masking.raw import RawSearch
from app.secrecy.masking.sweep import PICTURES, found_in_tree
from app.secrecy.masking.symbols import sign_of, spoken, symbol_of

__all__ = ["prove_book", "prove_document", "prove_office"]


def prove_office(data: bytes, name: str, needles: Needles) -> None:
    """Raises MaskingError (`mask.left`) when anything of what is marked can be found in the file, packed or unpacked."""
    search = RawSearch(needles)
    beside = needles.unseen or needles
    with ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if archive.comment or len({member.filename for member in members}) != len(members):
            raise MaskingError(name, code="mask.left", claim="?", reason="mask_document")
        for number, member in enumerate(members, start=1):
            part = archive.read(member)
            ending = member.filename.rpartition(".")[2].lower()
            needle = needles.first_in(member.filename, anywhere=True) or search.find(part, text=ending not in PICTURES)
            if needle is not None or member.comment or member.extra:
                claim = needle.number if needle is not None else "?"
                raise MaskingError(name, code="mask.left", claim=claim, reason="mask_bytes", part=number)
            if ending in PICTURES:
                if is_metafile(part) and (needle := beside.first_in(drawn_text(part).text)) is not None:
                    raise MaskingError(name, code="mask.left", claim=needle.number, reason="mask_picture", part=number)
                continue
            try:
                root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:  # nothing is kept that cannot be searched
                raise MaskingError(name, code="mask.left", claim="?", reason="mask_document", part=number) from None
            needle = (
                found_in_tree(root, member.filename, needles)
                or (found_in_tree(root, member.filename, needles.unseen, shown=False) if needles.unseen is not None else None)
                or next((found for named in foreign_names(root) if (found := beside.told_by(named))), None)
            )
            if needle is not None:
                raise MaskingError(name, code="mask.left", claim=needle.number, reason="mask_text", part=number)
            needle = _spoken(root, needles, sign_of)
            if needle is not None:
                # What only the codes of a picture font spell is beyond the masker; anything else, it has forgotten.
                drawn = _spoken(root, needles, symbol_of) is None
                code, reason = ("mask.in_symbols", "") if drawn else ("mask.left", "mask_text")
                raise MaskingError(name, code=code, claim=needle.number, reason=reason, part=number)
    needle = search.find(data, text=False)
    if needle is not None:
        raise MaskingError(name, code="mask.left", claim=needle.number, reason="mask_bytes")


def _spoken(root: Any, needles: Needles, sign: Callable[[Any], str]) -> Needle | None:
    """A needle in the text of a part with its symbols, or one that a paragraph spells with symbols."""
    spelled = {next(symbol.iterancestors(f"{symbol.tag[:-3]}p"), root) for symbol in root.iter() if local(symbol) == "sym"}
    return needles.first_in("".join(spoken(root, sign)), anywhere=True) or next(
        (needle for paragraph in spelled if (needle := needles.first_in("".join(spoken(paragraph, sign))))), None
    )


def prove_document(data: bytes, name: str, needles: Needles) -> None:
    """A Word file read again as python-docx reads it. Raises MaskingError."""
    from docx import Document

    try:
        document = Document(BytesIO(data))
        texts = [
            "".join(map(str, root.itertext()))
            for part in document.part.package.iter_parts()
            if (root := _element(part)) is not None
        ]
        texts += [paragraph.text for paragraph in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    except Exception as error:
        raise MaskingError(name, code="mask.unreadable_copy") from error
    _refuse(texts, needles, name)


def _element(part: Any) -> Any:
    return getattr(part, "element", None)


def prove_book(data: bytes, name: str, needles: Needles) -> None:
    """An Excel file read again as openpyxl reads it: values, formulas, comments, names. Raises MaskingError."""
    from openpyxl import load_workbook

    texts: list[str] = []
    unseen: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for values in (True, False):
                book = load_workbook(BytesIO(data), data_only=values)
                unseen += [f"{defined.name} {defined.attr_text}" for defined in book.defined_names.values()]
                for sheet in book.worksheets:
                    unseen.append(sheet.title)
                    hidden = sheet.sheet_state != "visible"
                    for row in sheet.iter_rows():
                        for cell in row:
                            if cell.comment is not None:
                                unseen.append(cell.comment.text)
                            if cell.value is not None:
                                (unseen if hidden else texts).append(str(cell.value))
    except Exception as error:
        raise MaskingError(name, code="mask.unreadable_copy") from error
    _refuse(texts, needles, name)
    _refuse(unseen, needles.unseen or needles, name)


def _refuse(texts: Iterable[str], needles: Needles, name: str) -> None:
    for text in texts:
        if (needle := needles.first_in(text)) is not None:
            raise MaskingError(name, code="mask.left", claim=needle.number, reason="mask_text")
