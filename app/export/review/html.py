"""The report as one HTML file for any browser: nothing is fetched, nothing runs, everything foreign is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from string import Template
from typing import BinaryIO

from app.core.resources import resource
from app.export.plain import legal
from app.export.review.content import Report, Row, report_words
from app.export.target import writing

__all__ = ["write_html"]


def write_html(report: Report, target: BinaryIO) -> None:
    """Write the page as UTF-8. Raises OutputError."""
    skeleton, style = _template()
    page = Template(skeleton).substitute(
        lang=report.language,
        title=_safe(report.title),
        verdict=_safe(report.verdict),
        state="ready" if report.ready else "left",
        style=style,
        hash=b64encode(sha256(style.encode()).digest()).decode(),
        body="\n".join(_body(report)),
    )
    with writing("html"):
        target.write(page.encode("utf-8", "replace"))


@cache
def _template() -> tuple[str, str]:
    skeleton, _, style = resource("templates", "review.html").read_text("utf-8").partition("<!-- style -->")
    return skeleton, style.strip()


def _body(report: Report) -> Iterator[str]:
    words = report_words(report.language)
    facts = "".join(f"<dt>{_safe(name)}</dt><dd>{_safe(value)}</dd>" for name, value in report.facts)
    yield f"<dl>{facts}</dl>"
    for heading, empty, rows in report.sections:
        yield f"<h2>{_safe(heading)}</h2>"
        listed = "".join(_row(row, words["question"]) for row in rows)
        yield f'<ul class="rows">{listed}</ul>' if rows else f'<p class="none">{_safe(empty)}</p>'
    yield f"<h2>{_safe(words['files'])}</h2>"
    head = "".join(f"<th>{_safe(words[key])}</th>" for key in ("file", "answers", "size", "sha256"))
    lines = "".join(
        f"<tr><td>{_safe(file.name)}</td><td>{_safe(file.answers)}</td><td>{_safe(file.size)}</td>"
        f'<td class="sum">{_safe(file.sha256)}</td></tr>'
        for file in report.files
    )
    yield f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    yield f"<h2>{_safe(words['passed'])}</h2><p>{_safe(' · '.join(report.passed))}</p>"
    yield f'<div class="sign"><p>{_safe(words["place_day"])}</p><p>{_safe(words["signature"])}</p></div>'


def _row(row: Row, label: str) -> str:
    question = f"{label} {row.question}" if row.question else ""
    parts = (
        ("title", row.title),
        ("detail", row.detail),
        ("remedy", row.remedy),
        ("question", question),
        ("decision", row.decision),
    )
    return "<li>" + "".join(f'<p class="{name}">{_safe(text)}</p>' for name, text in parts if text) + "</li>"


def _safe(text: str) -> str:
    return escape(legal(text))
