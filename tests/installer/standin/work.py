"""Inside the frozen program: the first start, a procurement that is read, the bid's files, a claim, the annex."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.gui.shell.window import SECRECY


def primary(dialog: Any) -> None:
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.property("primary"))
    assert button.isEnabled(), [label.text() for label in dialog.findChildren(QLabel)]
    button.click()


def asked(program: Any, kind: str) -> Any:
    dialog: Any = program.entrance.dialog if program.entrance is not None else None
    return dialog if type(dialog).__name__ == kind and dialog.isVisible() else None


def at_rest(program: Any) -> bool:
    return bool(program.session.job is None and program.writer.waiting == 0)


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    session = program.session
    yield lambda: asked(program, "RecoveryCodeDialog")
    dialog = asked(program, "RecoveryCodeDialog")
    groups = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "code"]
    dialog.findChild(QLineEdit).setText(f"{groups[1]} {groups[4]}")
    primary(dialog)
    yield lambda: session.ready
    yield lambda: session.desk is not None and session.desk.documents and at_rest(program)
    desk = session.desk

    program.actions["page_secrecy"].trigger()
    page = program.window.page(SECRECY)
    bid = Path(os.environ["STANDIN_BID"])
    page.adding.add([bid])
    yield lambda: len(desk.bid_files) == len(list(bid.iterdir())) and not page.busy and at_rest(program)
    page.left.view.setFocus()
    program.actions["suggest"].trigger()
    yield lambda: page.suggesting.all and not page.busy
    page.suggesting.take([page.suggesting.all[0].id])
    yield lambda: desk.claims() and not page.busy and at_rest(program)

    program.actions["preview_annex"].trigger()
    yield lambda: type(page.outgoing.dialog).__name__ == "BidderDialog"
    fields = page.outgoing.dialog.findChildren(QLineEdit)
    for field, text in zip(fields, ("Norrsken & Lod IT AB", "556000-4615", "R. Ek", "T. F."), strict=True):
        field.setText(text)
    primary(page.outgoing.dialog)
    yield lambda: page.annexing.dialog is not None and page.annexing.dialog.shown
    first = page.annexing.dialog
    first.close()
    target = Path(os.environ["STANDIN_ANNEX"])
    page.annexing.write(target, "sv")
    yield target.exists
    yield lambda: not page.busy and at_rest(program)

    program.actions["preview_annex"].trigger()  # and left open: what is drawn is still there when the program is killed
    yield lambda: page.annexing.dialog not in (None, first) and page.annexing.dialog.shown
    return kept(desk)


def kept(desk: Any) -> dict[str, object]:
    items = sorted((item.key, item.item.text, item.state.value) for item in desk.items())
    return {
        "documents": sorted(record.summary.name for record in desk.documents),
        "errors": [record.summary.name for record in (*desk.documents, *desk.bid_files) if record.summary.error is not None],
        "bid": sorted(record.summary.name for record in desk.bid_files),
        "claims": sorted(record.key for record in desk.claims()),
        "items": items,
    }
