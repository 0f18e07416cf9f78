"""What an answer's words mean as a number, a day, a time, yes or no, or one of the options of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

__all__ = ["as_day", "as_number", "as_yes_no", "legal_text", "option_of", "plain_number", "serial"]

_UNIT = re.compile(
    r"(?i)^\s*(?:sek|kr|eur|€|\$|usd)?\s*|\s*(?::-|kr(?:onor)?|sek|eur|€|\$|usd|tim(?:mar)?|h|st|dagar|år|månader)?"
    r"(?:\s*/\s*\w+\.?|\s+per\s+\w+)?\s*(?:exkl?\.?\s*moms)?\s*\.?\s*$"
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SWEDISH_DAY = re.compile(r"(\d{1,2})[/.\s]\s*([a-zåäö]{3,9}|\d{1,2})\.?[/.\s]\s*(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}
_YES = frozenset({"ja", "yes", "j", "y", "x", "true", "sant", "1", "☒", "☑"})
_NO = frozenset({"nej", "no", "n", "false", "falskt", "0", "☐", "-"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_WORD = re.compile(r"[\W_]+")


def legal_text(text: str) -> str:
    """Without what XML has no place for; one kind of line break."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def as_number(text: str) -> Decimal | None:
    """The number that the words say, the Swedish way first: "1 234,50 kr", "25 %" (0.25), "1,234.50". None when they say none."""
    percent = text.strip().endswith("%")
    bare = text.strip().rstrip("%").strip()
    bare = _UNIT.sub("", bare) if not percent else bare
    bare = _SPACES.sub("", bare).replace("\u2212", "-").replace("\u2013", "-")
    if bare.count(",") == 1 and bare.count(".") >= 1 and bare.rfind(".") > bare.rfind(","):
        bare = bare.replace(",", "")  # 1,234.50
    elif "," in bare and bare.count(",") == 1:
        bare = bare.replace(".", "").replace(",", ".")
    elif bare.count(",") > 1:
        bare = bare.replace(",", "") if "." not in bare or bare.rfind(".") > bare.rfind(",") else ""
    elif bare.count(".") > 1:
        bare = bare.replace(".", "")
    if not re.fullmatch(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", bare) or len(bare) > 40:
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number / 100 if percent else number


def plain_number(number: Decimal) -> str:
    """As a spreadsheet stores it: no exponent, no zeros at the end."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def as_day(text: str) -> datetime | None:
    """The day that the words say: "2025-06-30", "20250630", "30 juni 2025", "30/6 2025"; with a time where there is one."""
    bare = text.strip()
    try:
        if match := _DAY.fullmatch(bare):
            hour, minute, second = (int(part or 0) for part in match.groups()[3:])
            return datetime(int(match[1]), int(match[2]), int(match[3]), hour, minute, second)
        if match := _EIGHT.fullmatch(bare):
            return datetime(int(match[1]), int(match[2]), int(match[3]))
        if match := _SWEDISH_DAY.fullmatch(bare):
            month = _month(match[2])
            return datetime(int(match[3]), month, int(match[1])) if month else None
    except ValueError:
        return None
    return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text.lower()[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _ENGLISH.get(short, 0)


def as_time(text: str) -> time | None:
    """The time of day that the words say."""
    match = _TIME.fullmatch(text.strip().removeprefix("kl.").removeprefix("kl").strip())
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None
    except ValueError:
        return None


def serial(moment: datetime, from_1904: bool) -> Decimal:
    """A day as a spreadsheet counts it: days since the end of 1899, with the leap day that 1900 did not have, or since 1904."""
    first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    days = (moment.date() - first).days
    if not from_1904 and days < 61:
        days -= 1
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return Decimal(days) + (Decimal(seconds) / 86400).quantize(Decimal("0.0000000001"))


def as_yes_no(text: str) -> bool | None:
    """Whether the words say yes or no; None when they say neither. What follows a first "Ja" explains it."""
    bare = text.strip().casefold()
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    first = re.split(r"[\s,.;:–-]", bare, maxsplit=1)[0]
    if first in ("ja", "yes"):
        return True
    return False if first in ("nej", "no") else None


def option_of(text: str, options: Sequence[str]) -> int | None:
    """Which option the words choose: the same words, but for case, blanks and punctuation; or yes and no in another language."""
    wanted = _key(text)
    keys = [_key(option) for option in options]
    if wanted in keys:
        return keys.index(wanted)
    said = as_number(text)
    if said is not None:
        for index, option in enumerate(options):
            if as_number(option) == said:
                return index
    meant = as_yes_no(text)
    if meant is not None:
        fitting = [index for index, option in enumerate(options) if as_yes_no(option) is meant]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", text.casefold()).strip() or text.strip()
