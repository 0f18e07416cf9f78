"""Setting a PDF with typst: tagged for reading aloud (PDF/UA-1), archival (PDF/A-2b), from a template and the words alone.

No system fonts, no packages, no folder. Typst is a large native library, so it is loaded when something is set and not before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.core.errors import OutputError
from app.core.resources import resource
from app.export.plain import legal

__all__ = ["fitting", "set_pdf", "unshown"]

_SURE = re.compile("[\n\x20-\x7e\xa0-\u024f\u2010-\u2027\u2030-\u203a\u20ac\u200b]")
"""Characters that the fonts have: Latin letters, figures, punctuation."""
_UNSHOWN = "?"
_MOST_TRIED = 200
_BREAK = "\u200b"
_PROBE = """#set document(title: "x")
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"))
#sys.inputs.data"""


def set_pdf(template: str, data: Mapping[str, Any], timestamp: int, code: str) -> bytes:
    """The PDF of `resources/templates/<template>`. Characters that no font here has show as question marks.

    `timestamp` is seconds since 1970, and is all that the PDF knows of when it was made. Raises OutputError with `code`.
    """
    text = json.dumps(data, ensure_ascii=False)
    missing = _unshown(text)
    if missing:
        text = "".join(_UNSHOWN if character in missing else character for character in text)
    made = _compiled(resource("templates", template).read_bytes(), text, timestamp)
    if made is None:
        raise OutputError("pdf", code=code)
    return made


def unshown(data: Mapping[str, Any]) -> frozenset[str]:
    """The characters that the fonts cannot show. An archival PDF must not hold any."""
    return _unshown(json.dumps(data, ensure_ascii=False))


def fitting(text: str, across: int = 60) -> str:
    """Fit for the page: no characters that show nothing, and words longer than `across` characters may be broken."""

    def broken(token: re.Match[str]) -> str:
        parts = re.sub(r"(?<=[/_.@=&\-])(?=\w)", _BREAK, token[0])
        return re.sub(r"([^\u200b]{16})(?=[^\u200b]{3})", rf"\1{_BREAK}", parts)

    return re.sub(rf"\S{{{across + 1},}}", broken, legal(text).strip())


def _unshown(text: str) -> frozenset[str]:
    doubtful = sorted(set(_SURE.sub("", text)))
    untried = frozenset(doubtful[_MOST_TRIED:])
    return frozenset(character for character in doubtful[:_MOST_TRIED] if not _shown(character)) | untried


@cache
def _shown(character: str) -> bool:
    return _compiled(_PROBE.encode(), character, 0) is not None


def _compiled(template: bytes, data: str, timestamp: int) -> bytes | None:
    import typst

    try:
        made = typst.compile(
            template,
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=["a-2b", "ua-1"],
            timestamp=timestamp,
        )
    except RuntimeError:  # what typst says may quote the text
        return None
    return made if isinstance(made, bytes) else None
