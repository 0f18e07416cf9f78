"""The HTML page: one file, nothing fetched, nothing foreign alive."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO

import pytest

from app.core.checklist import Checklist
from app.export.html import anchor, write_html
from tests.support.checklists import MARKUP, checklist, described

VOID = {"meta", "input", "br", "link", "img"}
ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "main",
    "footer",
    "section",
    "h1",
    "h2",
    "h3",
    "p",
} | {
    *("ul", "li", "div", "span", "table", "caption", "thead", "tbody", "tr", "th", "td", "fieldset", "legend", "label", "input"),
    *("details", "summary"),
}


class Page(HTMLParser):
    """The page's elements, its text, and whether every element is closed where it should be."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def written(given: Checklist, language: str = "sv") -> str:
    target = BytesIO()
    write_html(given, target, language, described)
    return target.getvalue().decode()


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(written(checklist(40)))


def test_only_our_own_elements_and_no_scripts_handlers_or_styles_inside(page: Page) -> None:
    assert page.open == []
    assert {tag for tag, _ in page.tags} <= ALLOWED
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name in ("style", "src")]
    assert MARKUP in page.text


def test_the_policy_allows_the_page_its_own_style_and_nothing_else(page: Page) -> None:
    policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    source = written(checklist())
    style = source.partition("<style>")[2].partition("</style>")[0]
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    assert not re.search(r"url\(|@import|https?:", style)
    assert "unsafe" not in policy


def test_links_are_relative_and_fragments_have_their_target(page: Page) -> None:
    links = [one["href"] for one in page.all("a")]
    identities = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert max(identities.values()) == 1
    for link in links:
        if link.startswith("#"):
            assert link[1:] in identities
        else:
            assert re.fullmatch(r"[\w%./-]+(#[\w%=!.-]+)?", link)
    assert "Anbudsinbjudan%20%C3%A5%C3%A4%C3%B6.pdf#page=3" in links
    assert anchor("question-0001") in identities


def test_every_point_is_a_row_and_tables_can_be_heard(page: Page) -> None:
    items = [one for one in page.all("tr") if "item" in one.get("class", "").split()]
    assert len(items) == len(checklist(40).items)
    assert all(one.get("scope") for one in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    labels = [one for one in page.all("input") if not one.get("id")]
    assert labels == []


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_language_and_title(language: str, code: str) -> None:
    source = written(checklist(), language)
    assert f'<html lang="{code}">' in source
    assert "<title>" in source
    assert "$" not in source.partition("</style>")[2].replace("$C$8", "")


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(scheme: int) -> None:
    style = written(checklist()).partition("<style>")[2]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", re.findall(r":root \{(.*?)\}", style, re.S)[scheme]))
    pairs = [(name, f"{name}-paper") for name in tokens if f"{name}-paper" in tokens]
    pairs += [(ink, paper) for ink in ("ink", "ink-2", "link", "accent") for paper in ("paper", "canvas")]
    for ink, paper in pairs:
        light, dark = sorted((luminance(tokens[ink]), luminance(tokens[paper])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)
