"""Golden files: what an export was when somebody last looked at it, kept as text that a diff can show.

`REGENERATE_GOLDEN=1` makes them anew. Look at the diff before it is committed.
"""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

__all__ = ["GOLDEN", "REGENERATE", "compare", "parts"]

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
REGENERATE = os.environ.get("REGENERATE_GOLDEN") == "1"

_MOMENT = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")


def compare(name: str, made: str) -> None:
    """Fail unless the text is the golden file's, or make the file anew."""
    file = GOLDEN / name
    if REGENERATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made, "utf-8", newline="\n")
    assert made.splitlines() == file.read_text("utf-8").splitlines(), f"{name} is not what it was"


def parts(content: bytes, names: str) -> str:
    """The parts of a Word or Excel file whose names match, a tag a line, without the moment it was made."""
    found = []
    with ZipFile(BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(names, name):
                tidy = etree.tostring(etree.fromstring(archive.read(name)), method="c14n2").decode("utf-8")
                found.append(f"=== {name}\n" + _MOMENT.sub(r"\1", tidy).replace("><", ">\n<"))
    return "\n".join(found) + "\n"
