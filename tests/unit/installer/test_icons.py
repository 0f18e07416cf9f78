"""Icons: every size that a system asks for, each the picture itself, and the same every time."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PIL.IcoImagePlugin import IcoImageFile

from installer.freezing import ROOT
from installer.icons import LINUX_SIZES, draw, write_icons


@pytest.mark.parametrize("name", ["anbudsklar", "tender"])
def test_icons_are_there_at_every_size(tmp_path: Path, name: str) -> None:
    write_icons(ROOT, tmp_path)
    for size in LINUX_SIZES:
        with Image.open(tmp_path / f"{name}-{size}.png") as drawn:
            assert drawn.size == (size, size)
            assert drawn.getchannel("A").getextrema() == (0, 255), "round corners, and something between them"
    with Image.open(tmp_path / f"{name}.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(icon.info["sizes"])
    with Image.open(tmp_path / f"{name}.icns") as icon:
        plain = {(size, size, 1) for size in (16, 32, 128, 256, 512)}
        assert set(icon.info["sizes"]) == plain | {(width, height, 2) for width, height, _ in plain}


def test_icons_are_the_same_every_time(tmp_path: Path) -> None:
    one, two = write_icons(ROOT, tmp_path / "1"), write_icons(ROOT, tmp_path / "2")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.svg").write_text("no", "utf-8")
    with pytest.raises(ValueError, match=r"no\.svg"):
        draw(tmp_path / "no.svg", 16)


def test_an_ico_has_bitmaps_below_256_and_pictures_are_whole(tmp_path: Path) -> None:
    write_icons(ROOT, tmp_path)
    data = (tmp_path / "anbudsklar.ico").read_bytes()
    assert struct.unpack_from("<HHH", data) == (0, 1, 9)
    rows = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(9)]
    for width, *_, size, at in rows:
        assert (
            data[at : at + 8] == b"\x89PNG\r\n\x1a\n"
            if width == 0
            else struct.unpack_from("<IiiHH", data, at)[1:3] == (width, 2 * width)
        )
        assert at + size <= len(data)
    for size in (16, 20, 48, 256):
        icon = IcoImageFile(io.BytesIO(data))
        icon.size = (size, size)
        drawn = draw(ROOT / "resources" / "icons" / "anbudsklar.svg", size).convert("RGBA")
        assert ImageChops.difference(icon.convert("RGBA"), drawn).getchannel("A").getextrema() == (0, 0)
        assert icon.convert("RGBA").getpixel((size // 2, size // 2)) == drawn.getpixel((size // 2, size // 2))
