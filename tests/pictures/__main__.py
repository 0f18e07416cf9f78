"""Pictures of every page and the main dialogs, in every language and theme, to be looked at.

usage: python -m tests.pictures FOLDER [--only sv-light]

The sample procurement in the real window at 1366 × 768. The checklist, Swedish and light, is also written to
resources/pictures/window.png when that is asked for with --readme.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.gui.shell.preferences import Preferences
from app.gui.theme import theme
from tests.pictures.album import Album
from tests.pictures.clock import stopped
from tests.pictures.scenes import first_start, pages, prepare, readme
from tests.support.window import Home

README = Path(__file__).resolve().parents[2] / "resources" / "pictures" / "window.png"
LOOKS = tuple((language, look) for language in ("sv", "en") for look in ("light", "dark"))


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", help="one look, for example sv-light")
    parser.add_argument("--readme", action="store_true", help="write the README's picture as well")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name, stopped():
        home = Home(Path(name) / "worked")
        home.folder.mkdir()
        prepare(home)
        for language, look in LOOKS:
            if arguments.only not in (None, f"{language}-{look}"):
                continue
            album = Album(arguments.folder, f"{language}-{look}")
            preferences = Preferences(language, look)
            new = Home(Path(name) / f"new-{language}-{look}")
            new.folder.mkdir()
            first_start(new, album, preferences)
            pages(home, album, preferences)
        if arguments.readme:
            readme(home, README)
    theme.apply("light")
    app.processEvents()
    print(f"{len(list(arguments.folder.glob('*.png')))} pictures in {arguments.folder}")


if __name__ == "__main__":
    main()
