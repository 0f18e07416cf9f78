"""Builds the sample procurement and bid, and the key that says what the procurement asks for.

    python -m resources.sample.build [TARGET]

The same sources give the same files; a file whose content is unchanged is left alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from pypdfium2 import PdfDocument

from resources.sample.build.answers import answers
from resources.sample.build.archive import same_content
from resources.sample.build.bid import bid_files
from resources.sample.build.contract import agreement
from resources.sample.build.invitation import invitation
from resources.sample.build.labels import Labels
from resources.sample.build.pages import Paper
from resources.sample.build.prices import price_form
from resources.sample.build.requirements import specification
from resources.sample.build.word import Letter

SAMPLE = Path(__file__).resolve().parents[1]
KEYS = SAMPLE.parents[1] / "tests" / "golden" / "sample"


def text_of(target: Path) -> list[str]:
    """The text of each page of a finished PDF."""
    document = PdfDocument(target)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def build(target: Path, keys: Path) -> None:
    """Write everything below `target`: the folders `procurement` and `bid`; and the answer keys into `keys`."""
    procurement, bid = target / "procurement", target / "bid"
    procurement.mkdir(parents=True, exist_ok=True)
    bid.mkdir(parents=True, exist_ok=True)
    written: dict[str, Labels] = {}
    parts: tuple[tuple[str, Paper | Letter], ...] = (
        ("Upphandlingsdokument.pdf", invitation()),
        ("Bilaga 1 Kravspecifikation.docx", specification()),
        ("Bilaga 3 Avtalsutkast.docx", agreement()),
        ("Fragor och svar.pdf", answers()),
    )
    for name, part in parts:
        part.write(procurement / name)
        written[name] = part.labels
        if name.endswith(".pdf"):
            part.labels.find_pages(text_of(procurement / name))
    written["Bilaga 2 Prisbilaga.xlsx"] = price_form(procurement / "Bilaga 2 Prisbilaga.xlsx")
    for name, write in bid_files().items():
        write(bid / name)
    for name, labels in written.items():
        key = name.rsplit(".", 1)[0].lower().replace(" ", "-")
        labels.write(keys / f"{key}.gold.json", f"procurement/{name}")


def main(arguments: list[str]) -> int:
    """Build into TARGET, or put what has changed where the project keeps it."""
    if arguments:
        build(Path(arguments[0]), Path(arguments[0]) / "keys")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        build(fresh, fresh / "keys")
        for source, home in (
            (fresh / "procurement", SAMPLE / "procurement"),
            (fresh / "bid", SAMPLE / "bid"),
            (fresh / "keys", KEYS),
        ):
            home.mkdir(parents=True, exist_ok=True)
            for gone in {path.name for path in home.iterdir()} - {path.name for path in source.iterdir()}:
                (home / gone).unlink()
            for path in sorted(source.iterdir()):
                if not same_content(path, home / path.name):
                    shutil.copyfile(path, home / path.name)
                    print(f"{home.name}/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
