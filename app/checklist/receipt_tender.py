"""Which tender a receipt is for: the one it should be, another, or none that it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.checklist.receipt_text import canonical

__all__ = ["TenderVerdict", "judge_tender"]

_REFERENCE = re.compile(
    r"(?:diarienummer|diarienr|dnr|ärendenummer|ärendenr|referensnummer|upphandlingsreferens|referens|reference(?: number)?"
    r"|ref\.? ?n[or]\.?)\s*[:：]?\s*\n?\s*([a-zåäö]{0,12}[ \-/]?\d[\w/\-.:]*(?: ?[/\-:] ?\d[\w/\-.:]*)?)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:upphandlingens namn|upphandling|upphandlingsnamn|namn på upphandlingen|procurement|tender name|titel)"
    r"\s*[:：]\s*(\S[^\n]{3,160})",
    re.IGNORECASE,
)
_ALIKE = 82


@dataclass(frozen=True, slots=True)
class TenderVerdict:
    """`is_other`: it is for another tender, `theirs` in its own words and `ours` as it should be. Not `told`: it does not say."""

    told: bool = False
    is_other: bool = False
    ours: str = ""
    theirs: str = ""


def judge_tender(texts: Iterable[str], name: str, reference: str) -> TenderVerdict:
    """The reference decides where both have one; the name where they have not."""
    whole = "\n".join(texts)
    letters = canonical(whole)
    if reference and (wanted := canonical(reference)):
        if wanted in letters:
            return TenderVerdict(told=True, ours=reference)
        for found in _REFERENCE.finditer(whole):
            theirs = found[1].strip(" .:-/")
            if sum(letter.isdigit() for letter in theirs) >= 3:
                return TenderVerdict(True, True, reference, theirs)
    if name and (wanted := canonical(name)):
        if len(wanted) >= 6 and wanted in letters:
            return TenderVerdict(told=True, ours=name)
        for found in _NAME.finditer(whole):
            theirs = found[1].strip()
            if fuzz.token_set_ratio(name.casefold(), theirs.casefold()) >= _ALIKE:
                return TenderVerdict(told=True, ours=name)
            return TenderVerdict(True, True, name, theirs)
    return TenderVerdict(ours=reference or name)
