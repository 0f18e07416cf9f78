"""Where a mark stands, in words: "Blad Pris, D8:D14", "Avsnitt 2.3, andra stycket", "Sida 2"."""

from __future__ import annotations

from functools import lru_cache

from app.gui.messages import language, tr
from app.gui.secrecy.words import one_line
from app.workflow.insight import Whereabouts

__all__ = ["place_words"]


def place_words(where: Whereabouts) -> str:
    """The nearest thing that a reader can find without the program."""
    return _words(where, language())


@lru_cache(maxsize=4096)
def _words(where: Whereabouts, _language: str) -> str:
    """Kept, for the list asks for all of them at every change."""
    if where.sheet is not None:
        return (
            tr("secrecy.at_cells", sheet=where.sheet, cells=where.cells)
            if where.cells
            else tr("secrecy.at_sheet", sheet=where.sheet)
        )
    parts = []
    if where.page is not None:
        parts.append(tr("secrecy.at_page", page=where.page))
    if where.whole_page:
        parts.append(tr("secrecy.at_whole_page"))
    elif where.box:
        parts.append(tr("secrecy.at_box"))
    elif where.aside:
        parts.append(tr("secrecy.at_aside"))
    elif where.section:
        parts.append(tr("secrecy.at_section", section=where.section))
    elif where.heading:
        parts.append(tr("secrecy.at_heading", heading=one_line(where.heading, 48)))
    if where.paragraph is not None:
        parts.append(_paragraph(where.paragraph))
    if not parts:
        return tr("secrecy.at_start")
    words = ", ".join(parts)
    return words[0].upper() + words[1:]


def _paragraph(number: int) -> str:
    match number:
        case 1:
            return tr("secrecy.paragraph_1")
        case 2:
            return tr("secrecy.paragraph_2")
        case 3:
            return tr("secrecy.paragraph_3")
        case 4:
            return tr("secrecy.paragraph_4")
        case 5:
            return tr("secrecy.paragraph_5")
        case _:
            return tr("secrecy.paragraph_n", number=number)
