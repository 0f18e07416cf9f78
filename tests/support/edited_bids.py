"""Bids in all formats and edited versions of them, with what the edit did to a marked passage told by the edit itself.

A bid is sections of paragraphs and a table. An edit works on that model, before anything is written or read, so the truth never
comes from what is to be measured. In formats without pages and cells a passage has moved when it was put among other neighbours.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

SUBJECTS = (
    "Konsulten",
    "Projektledaren",
    "Vår jourgrupp",
    "Arkitekten",
    "Testlaget",
    "Driftcentralen",
    "Kvalitetsansvarig",
    "Teamet",
)
VERBS = ("granskar", "dokumenterar", "mäter", "planerar", "stämmer av", "förbereder", "följer upp", "prövar")
OBJECTS = (
    "varje ändring i registret", "belastningen i köerna", "kundens återkoppling", "flytten av historiska data",
    "larmkedjan mellan systemen", "kodens läsbarhet", "avvikelser mot tidplanen", "behörigheterna i testmiljön",
    "säkerhetskopiornas ålder", "svarstiderna i gränssnittet", "upplärningen av förvaltarna", "kartbladens kontrollsummor",
)  # fmt: skip
WHEN = (
    "innan den införs i huvudgrenen", "varje måndag före klockan nio", "tillsammans med beställarens förvaltare",
    "enligt vår egen metod Fackverket", "med stöd av ett automatiskt prov", "under de två första veckorna",
    "så att beslut kan fattas samma dag", "och för in resultatet i en gemensam logg", "utan att tjänsten stängs",
    "minst två gånger i månaden", "inom fyra timmar från anmälan", "efter genomgång med systemägaren", "i par med en medarbetare",
    "med egna verktyg för spårning", "på plats hos beställaren", "mot de mål som satts för kvartalet",
    "i nära samarbete med driften",
)  # fmt: skip
TITLES = (
    "Arbetssätt",
    "Bemanning",
    "Införande",
    "Uppföljning",
    "Drift och jour",
    "Kvalitet",
    "Kunskapsöverföring",
    "Miljö",
    "Risker",
)
ROLES = (
    "Projektledare",
    "Lösningsarkitekt",
    "Utvecklare",
    "Senior utvecklare",
    "Testledare",
    "Testare",
    "Driftsansvarig",
    "Utbildare",
)
PEOPLE = ("alva", "sixten", "kaisa", "tuva")
NAMES = ("Alva Brännhed", "Sixten Rådström", "Kaisa Vidfors", "Ossian Frid", "Tuva Hedenros", "Måns Ekensparr", "Sanna Lindwall")


@dataclass(frozen=True)
class Para:
    """A paragraph with an identity that survives edits."""

    key: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, and perhaps a table: rows of a key and its cells, the header first."""

    title: str
    paras: tuple[Para, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Bid:
    """What is written to a file."""

    sections: tuple[Section, ...]
    width: int = 70
    spelling: str = "plain"
    sheets_before: int = 0
    rows_before: int = 0


@dataclass(frozen=True)
class Target:
    """What is marked: a piece of a paragraph, or a cell (row key and column)."""

    key: str
    quote: str
    column: int | None = None


@dataclass(frozen=True)
class Edited:
    """An edited version and what the edit made of the passage. `text` is None when it is gone."""

    bid: Bid
    text: str | None
    changed: bool = False
    relocated: bool = False


def make_bid(seed: int) -> Bid:
    """A bid of six to eight sections, two of them with tables."""
    dice = random.Random(seed)
    sections: list[Section] = []
    for number, title in enumerate(dice.sample(TITLES, dice.randint(6, 8))):
        paras = tuple(Para(f"{number}.{index}", _prose(dice)) for index in range(dice.randint(3, 6)))
        rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if number in (1, 3):
            head = ("head", ("Roll", "Nivå", "Pris per timme", "Namn"))
            roles = dice.sample(ROLES, 5)
            prices = [dice.choice((890, 940, 1085, 1140, 1285, 1285, 1310)) for _ in roles]
            body = tuple(
                (f"{number}.r{index}", (role, str(dice.randint(2, 5)), _grouped(price), dice.choice(NAMES)))
                for index, (role, price) in enumerate(zip(roles, prices, strict=True))
            )
            rows = (head, *body)
        sections.append(Section(title, paras, rows))
    return Bid(tuple(sections))


def _grouped(price: int) -> str:
    return f"{price // 1000} {price % 1000:03d}" if price >= 1000 else str(price)


def _prose(dice: random.Random) -> str:
    sentences = [
        f"{dice.choice(SUBJECTS)} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {dice.choice(WHEN)}."
        for _ in range(dice.randint(2, 4))
    ]
    extra = dice.choice(
        (
            f"Timpriset är {dice.choice(('1 285', '1 140', '1 085'))} kronor och gäller hela avtalstiden.",
            f"Kontakt hos kunden är {dice.choice(NAMES)}, {dice.randint(10, 99)}0 användare.",
            f"Insatsen omfattar {dice.randint(12, 98)} veckor och {dice.randint(2, 9)} 400 timmar.",
            f"Ansvarig nås på {dice.choice(PEOPLE)}.{dice.randint(10, 99)}@fackverket.example dygnet runt.",
        )
    )
    sentences.insert(dice.randint(0, len(sentences)), extra)
    return " ".join(sentences)


def targets(bid: Bid, seed: int) -> list[Target]:
    """A whole paragraph, a sentence, a number, an address or name, and cells with prices."""
    dice = random.Random(seed)
    paras = [para for section in bid.sections for para in section.paras]
    found: list[Target] = []
    whole, sentence, number = dice.sample(paras, 3)
    found.append(Target(whole.key, whole.text))
    found.append(Target(sentence.key, dice.choice([part + "." for part in sentence.text.rstrip(".").split(". ")])))
    if telling := re.search(r"\S+@[\w.]+\w|\d \d{3}|\d+", number.text):
        found.append(Target(number.key, telling[0]))
    rows = [(key, cells) for section in bid.sections for key, cells in section.rows if key != "head"]
    key, cells = dice.choice(rows)
    found.append(Target(key, cells[2], 2))
    key, cells = dice.choice(rows)
    found.append(Target(key, cells[3], 3))
    return found


# --- edits: each takes a bid, what is marked and the dice, and tells what it did


Edit = Callable[[Bid, Target, random.Random], Edited]


def _sections(bid: Bid, change: Callable[[Section], Section]) -> Bid:
    return replace(bid, sections=tuple(change(section) for section in bid.sections))


def _with_text(bid: Bid, target: Target, make: Callable[[str], str]) -> Bid:
    """The paragraph or cell that holds the mark with its text made anew."""

    def change(section: Section) -> Section:
        paras = tuple(Para(para.key, make(para.text)) if para.key == target.key else para for para in section.paras)
        rows = tuple(
            (
                key,
                tuple(make(cell) if key == target.key and column == target.column else cell for column, cell in enumerate(cells)),
            )
            for key, cells in section.rows
        )
        return replace(section, paras=paras, rows=rows)

    return _sections(bid, change)


def insert_paragraphs(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """New paragraphs in several places, one of them right before the marked one."""

    def change(section: Section) -> Section:
        paras: list[Para] = []
        for para in section.paras:
            if para.key == target.key or dice.random() < 0.2:
                paras.append(Para("new", _prose(dice)))
            paras.append(para)
        return replace(section, paras=tuple(paras))

    return Edited(_sections(bid, change), target.quote)


def delete_paragraphs(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """A fifth of the other paragraphs are gone."""
    return Edited(
        _sections(bid, lambda s: replace(s, paras=tuple(p for p in s.paras if p.key == target.key or dice.random() > 0.2))),
        target.quote,
    )


def reorder_sections(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The sections in another order; each keeps what is in it."""
    sections = list(bid.sections)
    dice.shuffle(sections)
    return Edited(replace(bid, sections=tuple(sections)), target.quote)


def edit_words(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """A word or two of the passage are others."""
    words = target.quote.split(" ")
    if len(words) < 6:
        return change_number(bid, target, dice)
    for place in dice.sample(range(1, len(words) - 1), 2 if len(words) > 14 else 1):
        words[place] = dice.choice(("därefter", "alltid", "normalt", "särskilt", "löpande"))
    new = " ".join(words)
    return Edited(_with_text(bid, target, lambda text: text.replace(target.quote, new, 1)), new, changed=True)


def change_number(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """Digits of the passage are others; in a passage without digits a word is."""
    quote = target.quote
    if any(map(str.isdigit, quote)):
        new = "".join(str((int(c) + dice.randint(1, 8)) % 9 + 1) if c.isdigit() and c != "0" else c for c in quote)
    elif quote.count(" ") >= 6:
        return edit_words(bid, target, dice)
    else:
        first, _, rest = quote.partition(" ")
        new = f"{first} {rest}-Lod" if rest else quote + "a"
    if new == quote:
        return Edited(bid, quote)
    return Edited(_with_text(bid, target, lambda text: text.replace(quote, new, 1)), new, changed=True)


def split_paragraph(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The marked paragraph becomes two, split between sentences."""

    def change(section: Section) -> Section:
        paras: list[Para] = []
        for para in section.paras:
            cut = para.text.find(". ", len(para.text) // 3)
            if para.key == target.key and cut > 0:
                # The half with the mark keeps the identity; a mark over both begins in the first.
                second = target.quote in para.text[cut + 2 :]
                paras += [
                    Para("half" if second else para.key, para.text[: cut + 1]),
                    Para(para.key if second else "half", para.text[cut + 2 :]),
                ]
            else:
                paras.append(para)
        return replace(section, paras=tuple(paras))

    return Edited(_sections(bid, change), target.quote)


def new_chapter(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """A chapter before all others: every number and page after it changes."""
    first = Section("Sammanfattning", tuple(Para(f"s.{index}", _prose(dice)) for index in range(dice.randint(2, 12))))
    return Edited(replace(bid, sections=(first, *bid.sections)), target.quote)


def insert_rows(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """New rows in the tables, and lines above them in a workbook."""

    def change(section: Section) -> Section:
        if not section.rows:
            return section
        rows = list(section.rows)
        for _ in range(dice.randint(1, 3)):
            rows.insert(
                dice.randint(1, len(rows)), ("new", ("Specialist " + str(dice.randint(10, 99)), "4", "1 455", "Roald Sten"))
            )
        return replace(section, rows=tuple(rows))

    return Edited(replace(_sections(bid, change), rows_before=dice.randint(0, 4)), target.quote)


def insert_column(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """A column more in every table, before the prices."""

    def change(section: Section) -> Section:
        rows = tuple(
            (key, (*cells[:1], "Omfattning" if key == "head" else f"{dice.randint(10, 100)} %", *cells[1:]))
            for key, cells in section.rows
        )
        return replace(section, rows=rows)

    return Edited(_sections(bid, change), target.quote)


def insert_sheets(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """Sheets more in a workbook; elsewhere a chapter."""
    return Edited(replace(new_chapter(bid, target, dice).bid, sheets_before=dice.randint(1, 2)), target.quote)


def set_anew(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """Written out in another width, so that lines and pages break elsewhere."""
    return Edited(replace(bid, width=dice.choice((38, 52, 95))), target.quote)


def spell_anew(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """Written by a program with other habits: accents apart, soft hyphens, ligatures, hard spaces."""
    return Edited(replace(bid, spelling=dice.choice(("nfd", "soft", "ligatures", "hard"))), target.quote)


def duplicate(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The passage also stands somewhere else now."""
    sections = list(bid.sections)
    place = dice.randrange(len(sections))
    copy = Para("copy", target.quote if len(target.quote) > 40 else f"Se även {target.quote} i bilagan.")
    paras = list(sections[place].paras)
    paras.insert(dice.randint(0, len(paras)), copy)
    sections[place] = replace(sections[place], paras=tuple(paras))
    return Edited(replace(bid, sections=tuple(sections)), target.quote)


def delete_passage(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The paragraph or row with the passage is gone."""

    def change(section: Section) -> Section:
        return replace(
            section,
            paras=tuple(para for para in section.paras if para.key != target.key),
            rows=tuple(row for row in section.rows if row[0] != target.key),
        )

    return Edited(_sections(bid, change), None)


def rewrite_passage(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The paragraph with the passage is another one: other words, other facts. A cell is emptied."""
    if target.column is not None:
        return Edited(_with_text(bid, target, lambda text: ""), None)
    new = "Vi har valt att inte redovisa denna del i anbudet, eftersom underlaget hör till en annan handling hos beställaren."
    return Edited(_with_text(bid, target, lambda text: new), None)


def move_paragraph(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The marked paragraph stands in another section. A row goes last in the other table."""
    para = next((p for s in bid.sections for p in s.paras if p.key == target.key), None)
    if para is None:
        return insert_rows(bid, target, dice)
    home = next(number for number, s in enumerate(bid.sections) if para in s.paras)
    sections = list(delete_passage(bid, target, dice).bid.sections)
    place = dice.choice([number for number in range(len(sections)) if number != home and abs(number - home) > 1])
    paras = list(sections[place].paras)
    paras.insert(dice.randint(1, max(1, len(paras) - 1)), para)
    sections[place] = replace(sections[place], paras=tuple(paras))
    # A mark in the midst of a long paragraph takes its neighbours along.
    before, _, after = para.text.partition(target.quote)
    return Edited(replace(bid, sections=tuple(sections)), target.quote, relocated=len(before) < 10 and len(after) < 10)


def edit_and_insert(bid: Bid, target: Target, dice: random.Random) -> Edited:
    """The passage is edited and the document grows."""
    edited = change_number(bid, target, dice)
    return replace(edited, bid=new_chapter(insert_paragraphs(edited.bid, target, dice).bid, target, dice).bid)


EDITS: tuple[Edit, ...] = (
    insert_paragraphs, delete_paragraphs, reorder_sections, edit_words, change_number, split_paragraph, new_chapter, insert_rows,
    insert_column, insert_sheets, set_anew, spell_anew, duplicate, delete_passage, rewrite_passage, move_paragraph,
    edit_and_insert,
)  # fmt: skip
