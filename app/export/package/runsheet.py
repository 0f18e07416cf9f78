"""The run sheet as a PDF to lie beside the keyboard: step by step what to paste, which file to choose, a box to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from app.core.packaging import PackageEntry, PortalProfile, RunStep, StepKind
from app.export.package.build import FOLDER
from app.export.package.words import PackageWords, package_words
from app.export.plain import one_line
from app.export.typesetting import fitting, set_pdf

__all__ = ["SheetFacts", "limits_in_words", "run_sheet", "step_words"]

_TALL = 1100
"""Characters of an answer that may not fit on one page with its question, so its row may be broken."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What stands at the top of the sheet."""

    tender: str = ""
    buyer: str = ""
    reference: str = ""
    deadline: str = ""
    day: date = date.min


def run_sheet(
    steps: Sequence[RunStep],
    entries: Sequence[PackageEntry],
    profile: PortalProfile,
    facts: SheetFacts,
    language: str,
    done: Sequence[str] = (),
) -> bytes:
    """The sheet. Steps whose ids are in `done` are ticked. Raises OutputError."""
    words = package_words(language)
    sizes = {entry.name: entry.size for entry in entries}
    pairs = (
        ("tender", facts.tender),
        ("reference", facts.reference),
        ("buyer", facts.buyer),
        ("deadline", facts.deadline.replace("T", " ")),
        ("portal", profile.name),
    )
    language_code, _, region = words.language.partition("-")
    data: dict[str, Any] = {
        "lang": language_code,
        "region": region,
        "title": words("title"),
        "tender": one_line(facts.tender) or words("title"),
        "subject": words("subject"),
        "facts": [[words(key), fitting(one_line(value))] for key, value in pairs if value],
        "lead": words("lead"),
        "limits": limits_in_words(profile, language),
        "folder": words("folder_note", folder=FOLDER),
        "summary": " · ".join(
            (
                words("steps_total", count=len(steps)),
                words("files_total", count=len(entries), size=words.size(sum(sizes.values()))),
            )
        ),
        "columns": [words("step"), words("what"), words("do"), words("done")],
        "page_of": words("page_of", page="{page}", pages="{pages}"),
        "footer": one_line(" · ".join(part for part in (words("title"), facts.reference, facts.tender) if part))[:110],
        "rows": list(_rows(steps, sizes, frozenset(done), words)),
    }
    noon = datetime(facts.day.year, facts.day.month, facts.day.day, 12, tzinfo=UTC)
    return set_pdf("runsheet.typ", data, int(noon.timestamp()), "upload.sheet_not_set")


def step_words(step: RunStep, language: str) -> tuple[str, str]:
    """What a step is called, and what is to be done at it; empty where its question says all."""
    words = package_words(language)
    covers = words("form_covers", count=len(step.covers)) if step.covers else ""
    match step.kind:
        case StepKind.QUESTION:
            return (step.text, covers)
        case StepKind.FORM:
            return (words("form", name=step.text), covers)
        case _:
            return (words.of("steps", step.kind.value), words.of("steps", f"{step.kind.value}_do"))


def limits_in_words(profile: PortalProfile, language: str) -> str:
    """What the portal takes, and whether anybody has said so: known limits and cautious guesses in sentences of their own."""
    words = package_words(language)
    told: Mapping[str, str] = {
        "file_bytes": words("limit_size", size=words.size(profile.file_bytes)) if profile.file_bytes else "",
        "total_bytes": words("limit_total", size=words.size(profile.total_bytes)) if profile.total_bytes else "",
        "suffixes": words("limit_kinds", kinds=", ".join(suffix.lstrip(".").upper() for suffix in profile.suffixes))
        if profile.suffixes
        else "",
        "ascii_names": words("limit_ascii") if profile.ascii_names else "",
        "name_length": words("limit_name", count=profile.name_length) if profile.name_length else "",
        "text_length": words("limit_text", count=profile.text_length) if profile.text_length else "",
        "links_ignored": words("limit_links") if profile.links_ignored else "",
    }
    known = [text for name, text in told.items() if text and name not in profile.own]
    guessed = [text for name, text in told.items() if text and name in profile.own]
    parts = [words("known_limits", limits=", ".join(known))] if known else []
    if guessed:
        parts.append(words("unknown_limits", limits=", ".join(guessed)))
    return " ".join(parts) or words("no_limits")


def _rows(steps: Sequence[RunStep], sizes: Mapping[str, int], done: frozenset[str], words: PackageWords) -> Any:
    heading = ""
    language = words.language.partition("-")[0]
    for number, step in enumerate(steps, 1):
        asked = step.kind is StepKind.QUESTION
        above = one_line(" · ".join(part for part in (step.document, step.heading or "") if part)) if asked else ""
        title, note = step_words(step, language)
        answer = fitting(step.answer or "", 46)
        lacking = asked and not step.answer and not step.files and step.must
        if lacking:
            note = words("no_file") if step.wants_file else words("no_answer")
        yield {
            "above": fitting(above) if above and above != heading else "",
            "index": str(number),
            "number": one_line(step.number or "") if asked else "",
            "title": fitting(title, 34),
            "own": not asked,
            "must": words("must") if step.must and asked else "",
            "note": note,
            "lacking": lacking,
            "paste": words("paste") if answer else "",
            "answer": answer.split("\n") if answer else [],
            "choose": words("choose", count=len(step.files)) if step.files else "",
            "files": [{"name": fitting(name, 40), "size": words.size(sizes.get(name, 0))} for name in step.files],
            "done": step.id in done,
            "long": len(answer) + len(title) > _TALL,
        }
        heading = above or heading
