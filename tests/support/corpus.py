"""The labelled documents that lie beside the project, read once per process. They are no part of it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.checklist.build import build
from app.core.document import Finding
from app.core.points import Reading
from app.documents.reader import ReadRequest
from app.export.json import as_data
from app.workflow.reading import read_file
from tests.support.scoring import Found, Score, found_in, keyword_baseline, labels_of, score

PROJECT = Path(__file__).resolve().parents[2]
CORPUS = PROJECT.parent / "shared" / "corpus"
MISSING = f"the labelled documents are not beside the project ({CORPUS})"
_SUFFIXES = frozenset([".pdf", ".docx", ".xlsx", ".txt"])


@dataclass(frozen=True)
class Result:
    """What became of one file: its readings, what could not be read, and its checklist as written for other programs."""

    readings: tuple[Reading, ...]
    failures: tuple[Finding, ...]
    data: dict[str, Any]


def files() -> list[Path]:
    """Every document of the corpus, in a fixed order; none where there is no corpus."""
    if not CORPUS.is_dir():
        return []
    return sorted(
        path for path in CORPUS.rglob("*") if path.suffix.lower() in _SUFFIXES and "gold" not in path.parts and path.is_file()
    )


def golds() -> list[Path]:
    """The files of labels."""
    return sorted((CORPUS / "gold").glob("*.gold.json")) if CORPUS.is_dir() else []


def gold_name(path: Path) -> str:
    """What the floors call a labelled document."""
    return path.name.removesuffix(".gold.json")


@cache
def checked(path: Path) -> Result:
    """The file read, searched and listed."""
    found = list(read_file(ReadRequest(path.name, path)))
    readings = tuple(entry for entry in found if isinstance(entry, Reading))
    failures = tuple(entry for entry in found if isinstance(entry, Finding))
    return Result(readings, failures, as_data(build(readings, failures), lambda finding: finding.code))


@cache
def scored(gold_path: Path) -> tuple[Score, Score]:
    """The score of a labelled document, and that of a search for five words over its lines."""
    gold = json.loads(gold_path.read_text("utf-8"))
    result = checked(CORPUS / gold["document"])
    slots_only = gold.get("labelled") == "slots"
    labels = labels_of(gold)
    baseline = [item for reading in result.readings for item in _baseline(reading)]
    return (
        score(labels, found_in(result.data, gold), slots_only=slots_only),
        score(labels, baseline, slots_only=slots_only),
    )


def floors() -> dict[str, dict[str, float]]:
    """The figures that must not be fallen below, by document and for all together."""
    return tomllib.loads((PROJECT / "tests" / "corpus" / "floors.toml").read_text("utf-8"))


def row(name: str, figures: dict[str, float]) -> str:
    """The figures of one document on one line."""
    return f"{name[:36]:36} " + "  ".join(f"{key} {value:.3f}" for key, value in figures.items())


def _baseline(reading: Reading) -> list[Found]:
    lines = []
    for block in reading.document.blocks:
        starts = [line.start for line in block.lines]
        for line, end in zip(block.lines, [*starts[1:], len(block.text)], strict=False):
            lines.append((line.page, block.text[line.start : end]))
    return keyword_baseline(lines)
