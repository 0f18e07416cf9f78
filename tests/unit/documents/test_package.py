"""Folders and archives: everything found, nothing followed, nothing unpacked beyond the limits."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from openpyxl import Workbook

from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents import read
from app.documents.package import files_in, leaves
from app.documents.reader import ReadRequest
from tests.support.sheets import archive, request, saved


def told(found: Iterable[ReadRequest | Finding]) -> list[str]:
    """Names of documents, and codes with names of findings."""
    return [f"{item.code} {item.file}" if isinstance(item, Finding) else item.name for item in found]


def opened(data: bytes, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = (), skip: Iterable[str] = ()) -> list[str]:
    return told(leaves(request(data, "paket.zip", limits, passwords), frozenset(skip)))


def test_folder_is_walked_in_natural_order_without_clutter(tmp_path: Path) -> None:
    for name in (
        "Bilaga 10.pdf",
        "Bilaga 2.pdf",
        "mapp/B.docx",
        ".DS_Store",
        "Thumbs.db",
        "~$B.docx",
        ".git/config",
        "bilaga 1.pdf",
    ):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(b"x")
    requests, findings = files_in([tmp_path])
    assert [found.name for found in requests] == ["bilaga 1.pdf", "Bilaga 2.pdf", "Bilaga 10.pdf", "mapp/B.docx"]
    assert findings == []
    assert requests[0].path == tmp_path / "bilaga 1.pdf"


FOREIGN = ("kod.py", "körning.log", "sida.js", "data.json", "inställning.yaml")


def test_programs_and_logs_are_left_out_of_folders_and_read_when_given(tmp_path: Path) -> None:
    text = b"Anbudsgivaren ska bifoga intyg.\n"
    kept = ("Bilaga 3.2 Krav", "krav.MD", "krav.text", "krav.txt", "läsmig", "pris.csv")
    for name in (*FOREIGN, *kept):
        (tmp_path / name).write_bytes(text)
    requests, findings = files_in([tmp_path])
    assert {found.name for found in requests} == set(kept)
    assert set(told(findings)) == {f"file.skipped {name}" for name in FOREIGN}
    requests, findings = files_in([tmp_path / "kod.py"])
    assert told(leaves(requests[0])) == ["kod.py"]
    assert findings == []
    assert read(requests[0]).blocks[0].text == text.decode().strip()


def test_programs_and_logs_are_left_out_of_archives() -> None:
    members = dict.fromkeys(FOREIGN, b"Text") | {"krav.txt": b"Krav", "okänd.py": b"%PDF-1.7\n"}
    assert sorted(opened(archive(members))) == sorted(
        [*(f"file.skipped paket.zip/{name}" for name in FOREIGN), "paket.zip/krav.txt", "paket.zip/okänd.py"]
    )


def test_names_are_composed_and_passwords_kept(tmp_path: Path) -> None:
    (tmp_path / normalize("NFD", "Förfrågan.pdf")).write_bytes(b"x")
    requests, _ = files_in([tmp_path], ["hemligt"])
    assert requests[0].name == "Förfrågan.pdf"
    assert requests[0].passwords == ("hemligt",)
    assert "hemligt" not in repr(requests[0])


def test_same_path_twice_is_read_once_and_equal_names_are_told_apart(tmp_path: Path) -> None:
    for folder in ("ett", "två"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "krav.pdf").write_bytes(b"x")
    given = [tmp_path / "ett", tmp_path / "ett" / "krav.pdf", tmp_path / "två", tmp_path / "ett" / ".." / "två"]
    requests, findings = files_in(given)
    assert [found.name for found in requests] == ["krav.pdf", "två/krav.pdf"]
    assert findings == []


def test_links_special_files_and_missing_paths_are_told(tmp_path: Path) -> None:
    (tmp_path / "riktig.pdf").write_bytes(b"x")
    (tmp_path / "länk.pdf").symlink_to(tmp_path / "riktig.pdf")
    (tmp_path / "runt").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "rör.pdf")
    requests, findings = files_in([tmp_path, tmp_path / "borta.pdf", tmp_path / "länk.pdf"])
    assert [found.name for found in requests] == ["riktig.pdf"]
    assert sorted(told(findings)) == [
        "file.link länk.pdf",
        "file.link länk.pdf",
        "file.link runt",
        "file.not_found borta.pdf",
        "file.unsafe rör.pdf",
    ]


def test_unreadable_files_and_folders_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fil.pdf").write_bytes(b"x")
    (tmp_path / "stängd").mkdir()
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "stängd":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(os, "scandir", scandir)
    requests, findings = files_in([tmp_path])
    assert requests == []
    assert told(findings) == ["file.permission fil.pdf", "file.permission stängd"]


def test_too_many_or_too_deep_is_told(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep):
        for number in range(4):
            (folder / f"{number}.pdf").write_bytes(b"x")
    requests, findings = files_in([tmp_path], limits=replace(DEFAULT_LIMITS, package_files=3, package_depth=2))
    assert len(requests) == 3
    assert {finding.code for finding in findings} == {"limit.count"}
    requests, findings = files_in([tmp_path / "a"], limits=replace(DEFAULT_LIMITS, package_depth=1))
    assert (requests, told(findings)) == ([], ["limit.depth b/c"])


def test_a_document_is_its_own_leaf() -> None:
    book = saved(Workbook())
    found = list(leaves(request(book, "pris.xlsx")))
    assert told(found) == ["pris.xlsx"]
    assert told(leaves(request(b"", "tom.pdf"))) == ["tom.pdf"]


def test_nested_archives_and_office_files_inside(tmp_path: Path) -> None:
    inner = archive({"krav/pris.xlsx": saved(Workbook()), "läs.txt": b"Hej"})
    data = archive({"mapp/inre.zip": inner, "a.txt": b"A", "__MACOSX/._a.txt": b"x", "mapp/": b""})
    assert opened(data) == ["paket.zip/mapp/inre.zip/krav/pris.xlsx", "paket.zip/mapp/inre.zip/läs.txt", "paket.zip/a.txt"]
    found = [item for item in leaves(request(data, "paket.zip")) if isinstance(item, ReadRequest)]
    assert read(found[0]).sheets == ("Sheet",)
    on_disk = tmp_path / "p.zip"
    on_disk.write_bytes(data)
    assert len(list(leaves(ReadRequest("p.zip", path=on_disk)))) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.zip"]


def test_skipped_members_are_not_unpacked() -> None:
    data = bytearray(archive({"a.txt": b"A" * 500, "b.txt": b"B" * 400}))
    spot = data.index(b"a.txt") + 5
    data[spot : spot + 4] = b"\xff\xff\xff\xff"
    assert opened(bytes(data)) == ["file.corrupt paket.zip/a.txt", "paket.zip/b.txt"]
    assert opened(bytes(data), skip=["paket.zip/a.txt"]) == ["paket.zip/b.txt"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../ut.txt", "traversal"),
        ("a/../../ut.txt", "traversal"),
        ("..\\ut.txt", "traversal"),
        ("/etc/passwd", "absolute"),
        ("\\\\server\\fil.txt", "absolute"),
        ("C:\\fil.txt", "absolute"),
        ("c:fil.txt", "absolute"),
    ],
)
def test_names_that_lead_out_are_refused(name: str, reason: str) -> None:
    info = ZipInfo("x")
    info.filename = name
    found = list(leaves(request(archive([(info, b"x"), ("ok.txt", b"ok")]), "paket.zip")))
    assert [item.code for item in found if isinstance(item, Finding)] == ["file.unsafe"]
    assert [item.values for item in found if isinstance(item, Finding)] == [(("reason", reason),)]
    assert [item.name for item in found if isinstance(item, ReadRequest)] == ["paket.zip/ok.txt"]


def test_links_and_devices_in_an_archive_are_refused() -> None:
    link, device = ZipInfo("länk"), ZipInfo("enhet")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    device.external_attr = (stat.S_IFIFO | 0o666) << 16
    assert opened(archive([(link, b"/etc/passwd"), (device, b"")])) == [
        "file.unsafe paket.zip/länk",
        "file.unsafe paket.zip/enhet",
    ]


def test_backslashes_of_old_windows_archivers_are_folders() -> None:
    info = ZipInfo("x")
    info.filename = "mapp\\fil.txt"
    assert opened(archive([(info, b"x")])) == ["paket.zip/mapp/fil.txt"]


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "utf-8"])
def test_swedish_names_without_the_utf8_flag(encoding: str) -> None:
    name = "Förfrågningsunderlag/Särskilda villkor.txt"
    placeholder = "x" * len(name.encode(encoding))
    data = archive({placeholder: b"hej"}).replace(placeholder.encode(), name.encode(encoding))
    assert opened(data) == [f"paket.zip/{name}"]


def test_control_and_direction_characters_in_names_are_made_visible() -> None:
    assert opened(archive({"a\x1b[31m\u202efdp.txt": b"x"})) == ["paket.zip/a_[31m_fdp.txt"]


def test_equal_names_are_numbered() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = archive([("a.txt", b"1"), ("a.txt", b"2")])
    assert opened(data) == ["paket.zip/a.txt", "paket.zip/a (2).txt"]


def test_bomb_stops_at_the_ratio_and_the_others_go_on() -> None:
    data = archive({"bomb.txt": b"0" * 40_000_000, "ok.txt": b"ok"})
    assert opened(data) == ["limit.ratio paket.zip/bomb.txt", "paket.zip/ok.txt"]


def test_size_total_count_and_depth() -> None:
    data = archive({f"{number}.txt": b"x" * 1000 for number in range(5)})
    assert opened(data, replace(DEFAULT_LIMITS, unpacked_bytes=2500))[-1] == "limit.unpacked paket.zip/2.txt"
    assert opened(data, replace(DEFAULT_LIMITS, package_files=2))[-1] == "limit.count paket.zip/2.txt"
    large = archive({"stor.txt": os.urandom(3000), "liten.txt": b"x"})
    whole = request(large, "paket.zip", replace(DEFAULT_LIMITS, file_bytes=len(large)))
    assert told(leaves(whole)) == ["paket.zip/stor.txt", "paket.zip/liten.txt"]
    squeezed = archive({"stor.txt": b"x" * 30_000, "liten.txt": b"x"})
    assert opened(squeezed, replace(DEFAULT_LIMITS, file_bytes=20_000)) == [
        "limit.size paket.zip/stor.txt",
        "paket.zip/liten.txt",
    ]
    nested = archive({"djup.txt": b"x"})
    for _ in range(12):
        nested = archive({"n.zip": nested})
    found = opened(nested)
    assert len(found) == 1
    assert found[0].startswith("limit.depth ")


def test_declared_sizes_are_not_believed() -> None:
    data = bytearray(archive({"a.txt": b"0" * 50_000}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    assert opened(bytes(data)) == ["file.corrupt paket.zip/a.txt"]


def _encrypted(content: bytes, password: bytes) -> bytes:
    """A member in the old ZIP encryption (APPNOTE 6.1), which zipfile reads but does not write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return zlib.crc32(bytes((byte,)), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    checksum = zlib.crc32(content)
    out = bytearray()
    for byte in b"\0" * 11 + bytes((checksum >> 24,)) + content:
        temporary = (keys[2] | 2) & 0xFFFF
        out.append(byte ^ ((temporary * (temporary ^ 1)) >> 8 & 0xFF))
        update(byte)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as package:
        package.writestr("hemlig.txt", bytes(out))
    data = bytearray(target.getvalue())
    for start, flags, crc_at, size_at in ((0, 6, 14, 22), (data.index(b"PK\x01\x02"), 8, 16, 24)):
        data[start + flags] |= 1
        data[start + crc_at : start + crc_at + 4] = checksum.to_bytes(4, "little")
        data[start + size_at : start + size_at + 4] = len(content).to_bytes(4, "little")
    return bytes(data)


def test_passwords_are_tried_in_order() -> None:
    data = _encrypted(b"Anbudet ska vara skriftligt.", "lösen".encode())
    assert opened(data) == ["file.password_needed paket.zip/hemlig.txt"]
    assert opened(data, passwords=("fel", "också fel")) == ["file.password_wrong paket.zip/hemlig.txt"]
    found = next(iter(leaves(request(data, "paket.zip", passwords=("fel", "lösen")))))
    assert isinstance(found, ReadRequest)
    assert found.bytes() == b"Anbudet ska vara skriftligt."


def test_broken_archives_are_told() -> None:
    data = archive({"a.txt": b"hej"})
    assert opened(data[:40]) == ["file.corrupt paket.zip"]
    assert opened(b"PK\x03\x04" + b"\0" * 100) == ["file.corrupt paket.zip"]
    assert told(leaves(request(b"7z\xbc\xaf\x27\x1c\0\4", "p.7z"))) == ["file.unsupported p.7z"]


def test_unknown_compression_is_told() -> None:
    data = bytearray(archive({"a.txt": b"hej"}))
    for start, at in ((0, 8), (data.index(b"PK\x01\x02"), 10)):
        data[start + at : start + at + 2] = (97).to_bytes(2, "little")
    assert opened(bytes(data)) == ["file.unsupported paket.zip/a.txt"]


def test_files_embedded_in_a_pdf_follow_it() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("bilaga.txt", b"Text i bilaga")
    writer.add_attachment("inre.zip", archive({"krav.txt": b"Krav"}))
    target = BytesIO()
    writer.write(target)
    data = archive({"bok.pdf": target.getvalue()})
    assert opened(data) == ["paket.zip/bok.pdf", "paket.zip/bok.pdf/bilaga.txt", "paket.zip/bok.pdf/inre.zip/krav.txt"]
    assert opened(data, skip=["paket.zip/bok.pdf/bilaga.txt"]) == ["paket.zip/bok.pdf", "paket.zip/bok.pdf/inre.zip/krav.txt"]
    assert opened(data, skip=["paket.zip/bok.pdf"]) == []
    alone = request(target.getvalue(), "bok.pdf")
    assert told(leaves(alone, frozenset({"bok.pdf"}))) == ["bok.pdf/bilaga.txt", "bok.pdf/inre.zip/krav.txt"]


def test_one_member_in_memory_at_a_time() -> None:
    import tracemalloc

    size = 8_000_000
    data = archive_of_noise(size, 4)
    tracemalloc.start()
    for item in leaves(request(data, "paket.zip")):
        assert isinstance(item, ReadRequest)
        del item
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * size


def archive_of_noise(size: int, count: int) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=0) as package:
        for number in range(count):
            package.writestr(f"{number}.bin", os.urandom(size))
    return target.getvalue()


def test_folders_and_archives_without_files_say_so(tmp_path: Path) -> None:
    (tmp_path / "tom" / "inre").mkdir(parents=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_bytes(b"x")
    requests, findings = files_in([tmp_path / "tom", tmp_path / "full", tmp_path / "full"])
    assert [found.name for found in requests] == ["a.txt"]
    assert told(findings) == ["package.empty tom"]
    for members in ({}, {"mapp/": b""}, {"__MACOSX/._a.txt": b"x"}):
        assert told(leaves(request(archive(members), "p.zip"))) == ["package.empty p.zip"]
    assert told(leaves(request(archive({"a.txt": b"x"}), "p.zip"), frozenset({"p.zip/a.txt"}))) == []
