"""Data validations: what a sheet lets in where, and whether an answer is that. Rules that need a calculation are not judged."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import NamedTuple

from app.export.forms.references import Area, areas_of
from app.export.forms.surgery import Element
from app.export.forms.values import as_number

__all__ = ["Rule", "rule_of"]


class Rule(NamedTuple):
    """`kind` is list, whole, decimal, date, time, textLength, custom or none; `first` and `second` the formulas of its bounds.

    `strict`: the spreadsheet refuses what is not let in (else it only warns). `blank` lets an empty cell be.
    """

    kind: str
    operator: str
    first: str
    second: str
    areas: tuple[Area, ...]
    strict: bool

    def allows(self, value: Decimal) -> bool | None:
        """Whether a number (a day as its serial number, a text by its length) is let in; None when that cannot be told."""
        low, high = _bound(self.first), _bound(self.second)
        if low is None or (self.operator in ("between", "notBetween") and high is None):
            return None
        match self.operator:
            case "between":
                return high is not None and min(low, high) <= value <= max(low, high)
            case "notBetween":
                return high is not None and not min(low, high) <= value <= max(low, high)
            case "equal":
                return value == low
            case "notEqual":
                return value != low
            case "greaterThan":
                return value > low
            case "lessThan":
                return value < low
            case "greaterThanOrEqual":
                return value >= low
            case "lessThanOrEqual":
                return value <= low
        return None

    @property
    def literal(self) -> tuple[str, ...]:
        """The options of a list that are written out in the rule itself."""
        formula = self.first.strip().lstrip("=")
        if self.kind != "list" or len(formula) < 2 or not (formula.startswith('"') and formula.endswith('"')):
            return ()
        words = formula[1:-1].replace('""', '"')
        return tuple(word.strip() for word in words.split("," if "," in words else ";") if word.strip())


def rule_of(element: Element) -> Rule | None:
    """The rule that an element is, in the old form or the newer one."""
    if not isinstance(element.tag, str) or not element.tag.endswith("}dataValidation"):
        return None
    where, formulas = element.get("sqref") or "", ["", ""]
    for inner in element.iter():
        name = inner.tag.rpartition("}")[2] if isinstance(inner.tag, str) else ""
        if name in ("formula1", "formula2"):
            formulas[name == "formula2"] = ("".join(inner.itertext())).strip()
        elif name == "sqref":
            where = inner.text or where
    style = element.get("errorStyle", "stop")
    return Rule(
        element.get("type", "none"),
        element.get("operator", "between"),
        formulas[0],
        formulas[1],
        areas_of(where),
        style == "stop" and element.get("showErrorMessage", "0") in ("1", "true"),
    )


def _bound(formula: str) -> Decimal | None:
    """A bound that is a plain number; days and times are stored as numbers too."""
    bare = formula.strip().lstrip("=")
    try:
        return Decimal(bare) if bare else None
    except ArithmeticError:
        return as_number(bare)


def share_of_day(moment: time) -> Decimal:
    """A time as a spreadsheet stores it."""
    return (Decimal(moment.hour * 3600 + moment.minute * 60 + moment.second) / 86400).quantize(Decimal("0.0000000001"))
