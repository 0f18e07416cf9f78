"""A target that cannot be written to is an OutputError with its code, whatever the format."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any, cast

import pytest

from app.core.checklist import Checklist, Tender
from app.core.errors import OutputError
from app.export.docx import write_docx
from app.export.html import write_html
from app.export.json import write_json
from app.export.xlsx import write_xlsx
from tests.support.checklists import checklist, described

Write = Callable[..., None]
WRITERS = [write_json, write_xlsx, write_docx, write_html]


class Full(RawIOBase):
    """A stream on a disk with room for `room` bytes."""

    def __init__(self, room: int, number: int) -> None:
        self.room, self.number = room, number

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(self.number, os.strerror(self.number))
        return len(data)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "output.disk_full"), (errno.EIO, "output.unwritable")])
@pytest.mark.parametrize("room", [0, 3_000])
def test_a_failing_disk_is_told_by_code(write: Write, number: int, code: str, room: int) -> None:
    with pytest.raises(OutputError) as caught:
        write(checklist(60), cast("BytesIO", Full(room, number)), "sv", described)
    assert caught.value.code_used == code


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_empty_checklist_can_be_written(write: Write, language: str) -> None:
    target = BytesIO()
    write(Checklist(Tender(), (), ()), target, language, described)
    assert target.getvalue()


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_is_left_in_temporary_files(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def refuse(*arguments: Any, **more: Any) -> Any:
        made.append(str(arguments))
        raise AssertionError("a temporary file was asked for")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(tempfile, "_mkstemp_inner", refuse)
    write(checklist(), BytesIO(), "sv", described)
    assert made == []
    assert list(tmp_path.iterdir()) == []
