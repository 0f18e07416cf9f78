"""The run sheet as a PDF: everything to paste and to choose is in it, and it can be read aloud."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from app.core.packaging import EntryRole, PackageEntry, RunStep, StepKind
from app.core.resources import resource
from app.export.package.profiles import profile_named
from app.export.package.runsheet import SheetFacts, limits_in_words, run_sheet, step_words
from app.export.package.words import package_words
from tests.support.packages import OPEN

FACTS = SheetFacts("IT-konsulttjänster", "Vattenregistermyndigheten", "VRM 2027/0417", "2027-10-26T23:59", date(2027, 10, 1))
ENTRIES = [PackageEntry("01_Bevis.pdf", "", EntryRole.ATTACHMENT, ("a",), "0" * 64, 1_200_000)]
STEPS = (
    RunStep("start", None, None, "", kind=StepKind.START),
    RunStep(
        "a", "a", "3.1", "Registreringsbevis", None, ("01_Bevis.pdf",), must=True, heading="3 Kvalificering", document="UD.pdf"
    ),
    RunStep("b", "b", "4.1", "Beskriv er rutin", "Första raden\nAndra raden med [tecken] #let x = 1 och *stjärna*", must=True),
    RunStep("c", "c", "4.2", "Ange kontaktperson", must=True),
    RunStep("d", "d", "4.3", "Bifoga CV", must=True, wants_file=True),
    RunStep("form-x", None, None, "Bilaga 2.xlsx", None, ("01_Bevis.pdf",), StepKind.FORM, covers=("q", "r")),
    RunStep("submit", None, None, "", kind=StepKind.SUBMIT),
    RunStep("receipt", None, None, "", kind=StepKind.RECEIPT),
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\u00a0", " ")


def sheet(language: str = "sv", steps: tuple[RunStep, ...] = STEPS) -> bytes:
    return run_sheet(steps, ENTRIES, profile_named("kommers"), FACTS, language)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def test_everything_that_is_pasted_and_chosen_is_in_it() -> None:
    text = squeezed(text_of(sheet()))
    for wanted in ("VRM 2027/0417", "3.1", "Registreringsbevis", "Välj filen", "01_Bevis.pdf", "1,2 MB", "8 steg"):
        assert wanted in text
    assert "Första raden" in text
    assert "Andra raden med [tecken] #let x = 1 och *stjärna*" in text
    assert "Formuläret svarar på 2 frågor" in text
    assert "Inget svar är skrivet" in text
    assert "Ingen fil är kopplad" in text


def test_in_english() -> None:
    text = squeezed(text_of(sheet("en")))
    assert "Answer to paste" in text
    assert "1.2 MB" in text
    assert "Save the receipt" in text
    assert "Välj" not in text


def test_it_is_tagged_named_and_in_its_language() -> None:
    reader = PdfReader(BytesIO(sheet()))
    assert reader.root_object["/MarkInfo"].get_object()["/Marked"]  # type: ignore[index]
    assert str(reader.root_object["/Lang"]) == "sv-SE"
    assert reader.metadata is not None
    assert reader.metadata.title == "Körschema: IT-konsulttjänster"


def test_the_same_steps_give_the_same_bytes() -> None:
    assert sheet() == sheet()


def test_a_ticked_step_is_drawn_otherwise() -> None:
    ticked = run_sheet(STEPS, ENTRIES, profile_named("kommers"), FACTS, "sv", ["a"])
    assert ticked != sheet()


def test_very_long_answers_go_over_pages_and_lose_nothing() -> None:
    answer = "\n".join(f"Rad nummer {number} i svaret" for number in range(200))
    text = squeezed(text_of(sheet(steps=(replace(STEPS[2], answer=answer),))))
    assert all(f"Rad nummer {number} i svaret" in text for number in range(200))


def test_long_addresses_and_characters_without_a_font_do_not_stop_it() -> None:
    odd = replace(STEPS[2], answer="https://exempel.se/" + "a" * 300 + " \U0001f600 \u6f22")
    assert "exempel" in text_of(sheet(steps=(odd,)))


def test_a_sheet_without_steps_or_facts_is_still_a_sheet() -> None:
    assert text_of(run_sheet((), (), OPEN, SheetFacts(day=date(2027, 1, 1)), "sv"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_kind_of_step_has_words(language: str) -> None:
    for kind in StepKind:
        title, _ = step_words(RunStep("x", None, None, "Text", kind=kind), language)
        assert title


def test_limits_say_what_is_known_and_what_is_not() -> None:
    assert "inte kända" in limits_in_words(profile_named("kommers"), "sv")
    tendsign = limits_in_words(profile_named("tendsign"), "sv").replace("\u00a0", " ")
    assert "högst 50 MB per fil" in tendsign
    assert "inte kända" not in tendsign
    assert limits_in_words(OPEN, "en") == "No limits on files are known for the portal."
    mixed = limits_in_words(replace(profile_named("kommers"), own=("suffixes",)), "en")
    assert "The portal's limits:" in mixed
    assert "cautious assumptions: files of the types PDF, XLSX, DOCX" in mixed


def leaves(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from leaves(part, f"{path}/{key}")
    else:
        yield path, str(tree)


def test_both_languages_have_the_same_words_and_gaps() -> None:
    swedish, english = (
        dict(leaves(tomllib.loads(resource("templates", f"package.{name}.toml").read_text("utf-8")))) for name in ("sv", "en")
    )
    assert swedish.keys() == english.keys()
    for key, text in swedish.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), key


def test_sizes_as_people_say_them() -> None:
    words = package_words("sv")
    assert [words.size(size).replace("\u00a0", " ") for size in (0, 999, 1_000, 1_500, 2_000_000, 52_428_800)] == [
        "0 B",
        "999 B",
        "1 kB",
        "1,5 kB",
        "2 MB",
        "52,4 MB",
    ]
