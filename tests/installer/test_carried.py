"""The list of parts is true of the frozen program: what lies in it belongs to a part, and what is listed lies in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from app.core.parts import Part, asked_for, gathered
from installer.bill import bill
from installer.carried import LOADER
from installer.freezing import carried_parts, library_sums

_OF_THE_LOADER = re.compile(r"pyi_rth_\w+|pyimod\d+_\w+|pyiboot\d+_\w+|_pyi_rth_utils|struct")
_OF_THE_FOLDER = {"app", "resources", "base_library.zip"}


@pytest.fixture(scope="module")
def listed(built: Path) -> tuple[Part, ...]:
    return carried_parts(built)


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def packages(listed: tuple[Part, ...]) -> set[str]:
    return {key(part.name) for part in listed if not part.inside}


@cache
def owners() -> dict[str, set[str]]:
    """Packages by the modules and folders that they install."""
    return {module: set(map(key, names)) for module, names in metadata.packages_distributions().items()}


def modules(built: Path) -> set[str]:
    """The top names of all modules in the executable's archive."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(built / "anbudsklar")).open_embedded_archive("PYZ.pyz")
    return {name.partition(".")[0] for name in archive.toc}


def strangers(names: set[str], listed: tuple[Part, ...]) -> list[str]:
    """Those that no part of the list has."""
    there = packages(listed)
    ours = {"app"}
    return sorted(
        name
        for name in names - ours
        if name not in sys.stdlib_module_names
        and not name.startswith("_sysconfigdata")
        and not _OF_THE_LOADER.fullmatch(name)
        and not owners().get(name, set()) & there
    )


def test_every_module_belongs_to_a_part(built: Path, listed: tuple[Part, ...]) -> None:
    assert strangers(modules(built), listed) == []


def test_every_folder_and_library_belongs_to_a_part(built: Path, listed: tuple[Part, ...]) -> None:
    inside = [path for path in (built / "_internal").iterdir() if path.name not in _OF_THE_FOLDER and not path.is_symlink()]
    folders = {path.name for path in inside if path.is_dir() and not path.name.endswith((".dist-info", ".libs"))}
    assert strangers(folders - {f"python3.{sys.version_info.minor}"}, listed) == []
    told = {key(path.name.split("-")[0]) for path in inside if path.name.endswith(".dist-info")}
    assert told <= packages(listed)

    def of_a_package(path: Path) -> bool:
        return not strangers({path.name.split(".")[0]}, listed)

    libraries = [path for path in inside if path.is_file()]
    libraries += [path for folder in ("*.libs", "PySide6/Qt/lib") for path in (built / "_internal").glob(f"{folder}/*")]
    patterns = {pattern for part in listed for pattern in part.files}
    unknown = [path for path in libraries if not any(fnmatchcase(path.name, one) for one in patterns)]
    assert [path.name for path in unknown if not of_a_package(path)] == []


def test_nothing_is_listed_that_is_not_there(built: Path, listed: tuple[Part, ...]) -> None:
    there = modules(built) | {path.name.split(".")[0] for path in (built / "_internal").iterdir()}
    names = set().union(*(owners().get(name, set()) for name in there))
    assert packages(listed) - names - {"python", *LOADER} == set()
    assert {"packaging", "pycparser", "qtpy", "attrs", "defusedxml"} & packages(listed) == set()
    files = {path.name for path in built.rglob("*")}
    for part in listed:
        holders = [holder for holder in part.inside if holder != "Python"]
        installed = {file.name for holder in holders for file in metadata.files(holder) or () if ".dist-info/" not in str(file)}
        of_its_own = {name for name in installed if any(fnmatchcase(name, pattern) for pattern in part.files)}
        assert not of_its_own or of_its_own & files, part.name


def test_nothing_is_there_that_only_developers_have(listed: tuple[Part, ...]) -> None:
    assert packages(listed) - set(map(key, LOADER)) <= {key(part.name) for part in gathered(asked_for())}


def test_every_part_has_a_licence_and_a_text_and_most_a_version(listed: tuple[Part, ...]) -> None:
    assert all(part.licence and any(len(text) > 200 for text in part.texts) for part in listed)
    assert [part.name for part in listed if not part.inside and not part.version] == []
    openssl = {part.inside: part.version for part in listed if part.name == "OpenSSL"}
    assert set(openssl) == {("Python",), ("cryptography",), ("sqlcipher3",), ("typst",)}
    assert all(re.match(r"\d+\.\d+\.\d+", version) for version in openssl.values())


def test_fonts_and_rust_libraries_inside_typst_are_told_with_their_licences(listed: tuple[Part, ...]) -> None:
    (typst,) = (part for part in listed if part.name == "typst")
    assert len(typst.crates) > 200
    assert "Mozilla Public License" in "".join(typst.texts)
    fonts = {part.name: "".join(part.texts) for part in listed if part.inside == ("typst",)}
    assert "SIL OPEN FONT LICENSE" in fonts["Libertinus Serif"]
    assert "GUST Font License" in fonts["New Computer Modern"]
    assert "Bitstream" in fonts["DejaVu Sans Mono"]


def test_the_bill_of_what_is_carried_is_what_the_standard_describes(built: Path, listed: tuple[Part, ...]) -> None:
    text = bill(listed, library_sums(built))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = {one["bom-ref"]: one for one in json.loads(text)["components"]}
    assert len(components) == len(listed) + sum(len(part.crates) for part in listed)
    assert components["pillow/libtiff"]["hashes"][0]["content"] in library_sums(built).values()
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in json.loads(text)["dependencies"]}
    reached, waiting = set(), ["anbudsklar"]
    while waiting:
        reached.add(ref := waiting.pop())
        waiting += needs[ref] - reached
    assert needs.keys() - reached == set(), "everything is there for something"


def test_pillow_no_longer_asks_for_what_was_left_out(built: Path) -> None:
    (library,) = (built / "_internal" / "PIL").glob("_imaging.*.so")
    said = subprocess.run(["objdump", "-p", str(library)], capture_output=True, text=True, check=True).stdout
    assert "libtiff" in said
    assert "libxcb" not in said
