"""The open words of a page that became a picture, laid over it unseen, so that it can still be searched and read aloud.

Their font has no shapes at all (Type 3 with empty glyphs): it can show nothing, needs no font file, and its map to Unicode
holds only the letters of the open words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

from app.core.document import Box
from app.secrecy.masking.orders import is_right_to_left
from app.secrecy.masking.pdf_pages import PageText

__all__ = ["TextLayer", "open_words"]

_WIDTH = 500
_CODES = 254
_BLANK = " "


def open_words(page: PageText, hidden: set[int], seen: set[int]) -> Iterator[tuple[str, Box]]:
    """The words that are neither masked nor unseen, in the page's order."""
    for word in page.words():
        run: list[int] = []
        for index in [*word, -1]:
            if index >= 0 and index not in hidden and index in seen and page.text[index].isprintable():
                run.append(index)
            elif run:
                boxes = [box for sign in run if (box := page.boxes[sign]) is not None]
                text = "".join(page.text[sign] for sign in run)
                around = Box(
                    min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
                )
                yield text, around
                run = []


class TextLayer:
    """Collects the words of one page and gives the content stream and the fonts that write them."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._codes: dict[str, int] = {_BLANK: 0}
        self._lines: list[str] = []

    def add(self, text: str, box: Box) -> None:
        """A word in its place, with a blank after it.

        Text that runs up or down the page is squeezed into its box: PDFium does not read turned text of such fonts.
        """
        shown = text[::-1] if is_right_to_left(text) else text
        high, long = max(box.y1 - box.y0, 0.5), max(box.x1 - box.x0, 0.5)
        stretch = 100 * long / (len(shown) * _WIDTH / 1000 * high)
        self._lines.append(f"BT 3 Tr {stretch:.2f} Tz 1 0 0 1 {box.x0:.2f} {self._height - box.y1:.2f} Tm")
        self._lines += [f"/T{font} {high:.2f} Tf <{codes}> Tj" for font, codes in self._coded(shown + _BLANK)]
        self._lines.append("ET")

    def _coded(self, text: str) -> Iterator[tuple[int, str]]:
        """The text as codes, in stretches of one font each."""
        last, codes = -1, ""
        for sign in text:
            number = self._codes.setdefault(sign, len(self._codes))
            font, code = divmod(number, _CODES)
            if font != last and codes:
                yield last, codes
                codes = ""
            last, codes = font, codes + f"{code + 1:02x}"
        yield last, codes

    def content(self) -> bytes:
        """The operators that write the words."""
        return "\n".join(self._lines).encode("ascii")

    def fonts(self, writer: PdfWriter) -> DictionaryObject:
        """The fonts, as the page's resources name them."""
        glyph = DecodedStreamObject()
        glyph.set_data(f"{_WIDTH} 0 d0".encode())
        empty = writer._add_object(glyph)
        signs = list(self._codes)
        found = DictionaryObject()
        for number in range(0, len(signs), _CODES):
            found[NameObject(f"/T{number // _CODES}")] = writer._add_object(_font(writer, signs[number : number + _CODES], empty))
        return found


def _font(writer: PdfWriter, signs: Sequence[str], empty: object) -> DictionaryObject:
    names = [NameObject(f"/g{code}") for code in range(1, len(signs) + 1)]
    unicode = DecodedStreamObject()
    unicode.set_data(_to_unicode(signs))
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type3"),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, (0, 0, _WIDTH, 1000))),
            NameObject("/FontMatrix"): ArrayObject(map(FloatObject, (0.001, 0, 0, 0.001, 0, 0))),
            NameObject("/CharProcs"): DictionaryObject(dict.fromkeys(names, empty)),
            NameObject("/Encoding"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Encoding"),
                    NameObject("/Differences"): ArrayObject([NumberObject(1), *names]),
                }
            ),
            NameObject("/FirstChar"): NumberObject(1),
            NameObject("/LastChar"): NumberObject(len(signs)),
            NameObject("/Widths"): ArrayObject(NumberObject(_WIDTH) for _ in signs),
            NameObject("/Resources"): DictionaryObject(),
            NameObject("/ToUnicode"): writer._add_object(unicode),
        }
    )


def _to_unicode(signs: Sequence[str]) -> bytes:
    entries = [f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for code, sign in enumerate(signs, start=1)]
    blocks = [
        f"{len(entries[start : start + 100])} beginbfchar\n" + "\n".join(entries[start : start + 100]) + "\nendbfchar"
        for start in range(0, len(entries), 100)
    ]
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
