"""Why a file is suggested, what a document of the library is and how it stands, in words."""

from __future__ import annotations

from app.checklist.matching import Fit
from app.core.library import LibraryKind
from app.gui.messages import tr
from app.workflow.library import Freshness, Standing

__all__ = ["doubt_words", "fit_words", "kind_words", "standing_words"]

_MOST_REASONS = 2


def fit_words(fit: Fit) -> str:
    """The weightiest reasons for a suggestion."""
    return ", ".join(dict.fromkeys(_reason(code) for code in fit.reasons[:_MOST_REASONS]))


def doubt_words(name: str) -> str:
    """The name of one of the buyer's documents without the archive that it came in."""
    return name.rpartition("/")[2] or name


def _reason(code: str) -> str:
    match code:
        case "prescribed":
            return tr("answers.reason_prescribed")
        case "form":
            return tr("answers.reason_form")
        case "annex":
            return tr("answers.reason_annex")
        case "section":
            return tr("answers.reason_section")
        case "kind_name" | "words":
            return tr("answers.reason_name")
        case "kind_text":
            return tr("answers.reason_text")
        case "heading":
            return tr("answers.reason_heading")
        case _:
            return tr("answers.reason_type")


def kind_words(kind: LibraryKind) -> str:
    """What a document of the library is."""
    match kind:
        case LibraryKind.REGISTRATION:
            return tr("answers.kind_registration")
        case LibraryKind.TAX:
            return tr("answers.kind_tax")
        case LibraryKind.INSURANCE:
            return tr("answers.kind_insurance")
        case LibraryKind.CERTIFICATE:
            return tr("answers.kind_certificate")
        case LibraryKind.FINANCES:
            return tr("answers.kind_finances")
        case LibraryKind.REFERENCE:
            return tr("answers.kind_reference")
        case LibraryKind.CURRICULUM:
            return tr("answers.kind_curriculum")
        case LibraryKind.POLICY:
            return tr("answers.kind_policy")
        case LibraryKind.OTHER:
            return tr("answers.kind_other")


def standing_words(how: Standing, expires: str | None, tender: bool) -> str:
    """How a document stands on a tender's last day, or today where there is no such day."""
    day = (expires or "")[:10]
    match how.freshness:
        case Freshness.EXPIRED:
            return tr("answers.runs_out_before", day=day) if tender else tr("answers.ran_out", day=day)
        case Freshness.ENDING:
            return tr("answers.runs_out_soon", day=day, count=how.days) if tender else tr("answers.runs_out", day=day)
        case Freshness.OLD:
            return tr("answers.too_old", count=how.days)
        case Freshness.UNDATED:
            return tr("answers.undated")
        case Freshness.VALID:
            return tr("answers.valid_to", day=day) if day else tr("answers.valid")
