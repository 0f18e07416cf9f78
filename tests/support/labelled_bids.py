"""Labelled bids (`tests/golden/secrecy`): written out as files, read back, and each mark found as a stretch of the text read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from app.core.document import Document
from app.documents import read
from app.documents.reader import ReadRequest
from app.secrecy.flow import Flow
from app.secrecy.folding import fold_text

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "golden" / "secrecy"
SAMPLE = ROOT / "resources" / "sample" / "bid"
_MARK = re.compile(r"\[\[([a-z/-]+)\|(.*?)\]\]|<<([a-z-]+)\|(.*?)>>|\(\((.*?)\)\)")
_SECTION = re.compile(r"^(#+) \[\[([a-z-]+)\]\] ")


@dataclass(frozen=True)
class Label:
    """A stretch of a document's folded text. `categories` is empty for a trap; `neutral` counts neither way."""

    start: int
    end: int
    text: str
    categories: frozenset[str] = frozenset()
    trap: str | None = None
    neutral: bool = False


@dataclass
class LabelledFile:
    """A file of a bid as read, with its labels."""

    document: Document
    labels: list[Label] = field(default_factory=list)


@dataclass
class _Source:
    name: str
    lines: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    head: str = ""
    foot: str = ""


def labelled_bid(name: str) -> list[LabelledFile]:
    """The files of `NAME.bid`, or those of the project's sample for "sample"."""
    if name == "sample":
        return _sample()
    return [_labelled(source, _written(source)) for source in _sources((FOLDER / f"{name}.bid").read_text("utf-8"))]


def plain(line: str) -> str:
    """A line without its marks."""
    return _MARK.sub(lambda match: match[2] or match[4] or match[5] or "", _SECTION.sub(r"\1 ", line))


def _sources(text: str) -> Iterator[_Source]:
    source: _Source | None = None
    for line in text.splitlines():
        if line.startswith("@ "):
            if source is not None:
                yield source
            source = _Source(line[2:])
        elif source is None or not line.strip():
            continue
        elif line.startswith("@meta "):
            key, _, value = line[6:].partition(": ")
            source.meta[key.lower()] = value
        elif line.startswith("@head "):
            source.head = line[6:]
        elif line.startswith("@foot "):
            source.foot = line[6:]
        else:
            source.lines.append(line)
    if source is not None:
        yield source


def _labelled(source: _Source, document: Document) -> LabelledFile:
    """Labels are looked for in the order of the source, each after the one before, so that equal texts don't meet."""
    flow = Flow(document)
    found = LabelledFile(document)
    at = 0
    section: str | None = None
    for line in (*source.lines, source.head, source.foot):
        if not line:
            continue
        if line.startswith("#"):
            match = _SECTION.match(line)
            section = match[2] if match else None
        bare = fold_text(_content(plain(line)))
        start = flow.text.find(bare, at)
        if start < 0:
            start = flow.text.find(bare)
        assert start >= 0, f"{source.name}: not read back: {plain(line)}"
        if line not in (source.head, source.foot):
            at = start + len(bare)
        if section is not None and not line.startswith("#") and line not in (source.head, source.foot):
            found.labels.append(Label(start, start + len(bare), plain(line), frozenset({section})))
        found.labels += _marks(line, start, flow)
    return found


def _marks(line: str, start: int, flow: Flow) -> Iterator[Label]:
    for match in _MARK.finditer(line):
        text = match[2] or match[4] or match[5] or ""
        before = fold_text(_content(plain(line[: match.start()])))
        first = start + len(before)
        last = first + len(fold_text(text))
        assert flow.text[first:last] == fold_text(text), (line, flow.text[first:last])
        if match[1]:
            yield Label(first, last, text, frozenset(match[1].split("/")))
        elif match[3]:
            yield Label(first, last, text, trap=match[3])
        else:
            yield Label(first, last, text, neutral=True)


def _content(line: str) -> str:
    """A line as it is read: without what makes it a heading, an item or a row."""
    if line.startswith("|"):
        return "".join(cell.strip() for cell in line.strip("|").split("|"))
    return re.sub(r"^(?:#+ |- |%% )", "", line)


def _sample() -> list[LabelledFile]:
    found: list[LabelledFile] = []
    for source in _sources((FOLDER / "sample.labels").read_text("utf-8")):
        data = (SAMPLE / source.name).read_bytes()
        labelled = LabelledFile(read(ReadRequest(source.name, data=data)))
        flow = Flow(labelled.document)
        for line in source.lines:
            before, _, text = (fold_text(part) for part in plain(line).rstrip("…").rpartition("»"))
            start = flow.text.find(before + text)
            assert start >= 0, f"{source.name}: {plain(line)}"
            start += len(before)
            end = flow.unit(start)[1] if "…" in line else start + len(text)
            match = _MARK.match(line)
            assert match is not None, line
            labelled.labels.append(
                Label(
                    start,
                    end,
                    plain(line),
                    frozenset((match[1] or "").split("/")) if match[1] else frozenset(),
                    match[3],
                    match[5] is not None,
                )
            )
        found.append(labelled)
    return found


# --- writing


def _written(source: _Source) -> Document:
    ending = source.name.rpartition(".")[2]
    data = {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx, "txt": _txt}[ending](source)
    return read(ReadRequest(source.name, data=data))


def _groups(source: _Source) -> Iterator[tuple[str, list[str]]]:
    """Headings with their level, items, paragraphs, and rows that follow each other as one table."""
    rows: list[str] = []
    for line in map(plain, source.lines):
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            yield "table", rows
            rows = []
        kind = (
            "heading"
            if line.startswith("#")
            else "item"
            if line.startswith("- ")
            else "sheet"
            if line.startswith("%%")
            else "text"
        )
        yield kind, [line]
    if rows:
        yield "table", rows


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _docx(source: _Source) -> bytes:
    import docx

    made = docx.Document()
    made.core_properties.title = source.meta.get("title", "")
    made.core_properties.author = source.meta.get("creator", "")
    made.sections[0].header.paragraphs[0].text = plain(source.head)
    made.sections[0].footer.paragraphs[0].text = plain(source.foot)
    for kind, lines in _groups(source):
        if kind == "table":
            table = made.add_table(len(lines), len(_cells(lines[0])))
            for row, line in zip(table.rows, lines, strict=True):
                for cell, text in zip(row.cells, _cells(line), strict=True):
                    cell.text = text
        elif kind == "heading":
            made.add_heading(_content(lines[0]), lines[0].count("#", 0, 3))
        else:
            made.add_paragraph(_content(lines[0]), "List Bullet" if kind == "item" else None)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _pdf(source: _Source) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    style = getSampleStyleSheet()
    story: list[object] = []
    for kind, lines in _groups(source):
        if kind == "table":
            grid = Table([[Paragraph(escape(cell), style["Normal"]) for cell in _cells(line)] for line in lines])
            grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)])
            story += [grid, Spacer(1, 10)]
        else:
            story.append(Paragraph(escape(_content(lines[0])), style["Heading1" if kind == "heading" else "Normal"]))
            story.append(Spacer(1, 8))
    target = BytesIO()

    def furniture(canvas: object, _: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(72, 806, plain(source.head))  # type: ignore[attr-defined]

    made = SimpleDocTemplate(target, title=source.meta.get("title"), author=source.meta.get("author"), invariant=1)
    made.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def _xlsx(source: _Source) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    book.properties.creator = source.meta.get("creator", "")
    sheet = None
    for kind, lines in _groups(source):
        if kind == "sheet":
            sheet = book.create_sheet(_content(lines[0]))
            continue
        assert sheet is not None
        for number, line in enumerate(lines):
            sheet.append([_value(cell) for cell in _cells(line)] if kind == "table" else [_content(line)])
            if kind == "table" and number == 0:
                for cell in sheet[sheet.max_row]:
                    cell.font = Font(bold=True)
        sheet.append([None])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _value(text: str) -> object:
    return int(text) if text.isdigit() else text or None


def _txt(source: _Source) -> bytes:
    return "\n\n".join(_content(plain(line)) for line in source.lines).encode()
