"""The list of what the program is made of: complete, with texts, and the same after it was carried in a file."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from app.core import parts as module
from app.core.crates import Crate, crates_of, licences_of
from app.core.parts import dumped, gathered, parts

ROOT = Path(__file__).resolve().parents[3]


def pinned() -> set[str]:
    """What the program's lock installs here."""
    lines = (line.rstrip(" \\") for line in (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines())
    requirements = [Requirement(line) for line in lines if re.match(r"[a-z]", line)]
    return {one.name for one in requirements if one.marker is None or one.marker.evaluate()}


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_every_package_that_is_installed_to_run_is_listed() -> None:
    assert {key(part.name) for part in parts()} >= {key(name) for name in pinned()}


def test_what_is_only_for_developers_is_not() -> None:
    assert not {"pytest", "ruff", "hypothesis"} & {key(part.name) for part in parts()}


@pytest.mark.parametrize("name", ["Qt", "Python", "SQLCipher", "SQLite", "OpenSSL", "PDFium", "ICU", "Phosphor Icons", "libxml2"])
def test_what_is_inside_packages_is_listed_too(name: str) -> None:
    (part,) = (one for one in parts() if one.name == name)
    assert part.licence
    assert part.texts


def test_every_part_has_a_licence_and_its_text() -> None:
    assert [part.name for part in parts() if not part.licence] == []
    assert [part.name for part in parts() if not any(len(text) > 200 for text in part.texts)] == []


def test_where_source_code_must_be_offered_it_is() -> None:
    for part in parts():
        if part.licence.startswith(("LGPL", "GPL")):
            assert part.source.startswith("https://"), part.name
            assert "{" not in part.source
            assert not part.version or part.version in part.source, "of the very version that is there"


def test_versions_are_those_that_are_installed() -> None:
    versions = {part.name: part.version for part in parts()}
    assert versions["SQLAlchemy"] == distribution("sqlalchemy").version
    assert versions["Qt"] == distribution("PySide6_Essentials").version


def test_the_carried_list_reads_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gathered(["keyring", "PySide6_Essentials"], {"libpng": {"PySide6_Essentials": "1.6"}})
    (tmp_path / "parts.json").write_text(dumped(found), "utf-8")
    monkeypatch.setattr(module, "resource", lambda *names: tmp_path / names[-1])
    parts.cache_clear()
    try:
        assert parts() == found
    finally:
        parts.cache_clear()
    (libpng,) = (part for part in found if part.name == "libpng")
    assert (libpng.version, libpng.licence, libpng.inside) == ("1.6", "libpng-2.0", ("PySide6_Essentials",))
    (package,) = (part for part in found if part.name == "cryptography")
    assert package.crates
    assert package.needs


def test_a_text_that_several_have_is_carried_once() -> None:
    found = gathered(["PySide6_Essentials", "shiboken6"])
    assert dumped(found).count("GNU LESSER GENERAL PUBLIC LICENSE\\n") == 1


def test_an_extra_that_nobody_asked_for_is_not_followed() -> None:
    assert "cryptography" not in {key(part.name) for part in gathered(["pypdf"])}
    assert "cryptography" in {key(part.name) for part in gathered(["pypdf[crypto]"])}


def test_a_library_in_several_versions_is_as_many_parts() -> None:
    said = {"OpenSSL": {"Python": "3.0", "cryptography": "4.0", "sqlcipher3": "3.0"}}
    found = gathered(["cryptography", "sqlcipher3"], said)
    assert [(part.version, part.inside) for part in found if part.name == "OpenSSL"] == [
        ("3.0", ("Python", "sqlcipher3")),
        ("4.0", ("cryptography",)),
    ]


def test_only_what_is_there_is_listed_where_that_is_told() -> None:
    names = {part.name for part in gathered(["QtAwesome"], only=["qtawesome"]) if not part.inside}
    assert names == {"Python", "QtAwesome"}


def test_a_package_needs_what_it_asks_for_here() -> None:
    found = {part.name: part for part in gathered(["openpyxl", "cryptography", "typing_extensions"])}
    assert found["openpyxl"].needs == ("et_xmlfile",)
    assert "typing_extensions" not in found["cryptography"].needs, "only on Pythons older than ours"


def test_a_passage_of_a_packages_own_text_is_taken_for_a_library_inside_it() -> None:
    (libtiff,) = (part for part in gathered(["pillow"]) if part.name == "libtiff")
    (text,) = libtiff.texts
    assert text.startswith("LIBTIFF\n")
    assert "Sam Leffler" in text
    assert len(text) < 2000


def test_what_builds_for_other_systems_have_is_not_among_the_texts() -> None:
    (pdf,) = (part for part in gathered(["pypdfium2"]) if part.name == "pypdfium2")
    assert not any("musl as a whole" in text or "GCC RUNTIME" in text for text in pdf.texts)


# --- Rust libraries


def test_the_rust_libraries_of_a_package_are_told_and_what_only_builds_them_is_not() -> None:
    crates = {crate.name: crate for crate in crates_of(distribution("typst"))}
    assert crates["option-ext"].licence == "MPL-2.0"
    assert crates["typst"].top
    assert not crates["option-ext"].top
    assert re.fullmatch(r"[0-9a-f]{64}", crates["typst"].digest)
    assert "typst-library" in {key.partition("@")[0] for key in crates["typst"].needs}
    assert {"cc", "pkg-config", "autocfg"} & crates.keys() == set()


def test_a_package_without_such_a_list_has_none() -> None:
    assert crates_of(distribution("pypdf")) == ()


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("MIT OR Apache-2.0", ("MIT",)),
        ("Apache-2.0 OR MIT", ("MIT",)),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ("MIT", "Unicode-3.0")),
        ("Apache-2.0 WITH LLVM-exception", ("Apache-2.0", "LLVM-exception")),
        ("0BSD OR Apache-2.0", ("Apache-2.0",)),
        ("Nothing-1.0", ()),
    ],
)
def test_of_several_licences_one_is_taken_and_of_several_that_all_hold_each(expression: str, chosen: tuple[str, ...]) -> None:
    known = ("MIT", "Apache-2.0", "LLVM-exception", "Unicode-3.0")
    assert licences_of([Crate("x", "1", expression)], known) == chosen


def test_every_rust_library_has_a_licence_whose_text_is_there() -> None:
    for part in parts():
        for crate in part.crates:
            assert licences_of([crate], module._told()["crate_licence"]), f"{part.name}: {crate.name}: {crate.licence}"


def test_it_reads_packages_also_when_another_library_has_taken_over_finding_them() -> None:
    """keyring imports importlib_metadata on old Pythons, which answers otherwise to fields that are not there."""
    import keyring

    assert keyring
    assert gathered(["keyring", "sqlcipher3", "mdurl"])
