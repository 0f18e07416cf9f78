"""Annex 1, the requirement specification, as a Word form. Filled in, it is part of the bid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from resources.sample.build import names
from resources.sample.build.word import Letter

HEAD = ("Krav-ID", "Krav", "Ska/Bör", "Ja/Nej", "Kommentar")
WIDTHS = (1.8, 7.0, 1.8, 2.7, 3.1)
YES_NO = ("Ja", "Nej")

FUNCTION = (
    ("K-01", "Konsulten ska kunna arbeta i myndighetens utvecklingsmiljö för Java och PostgreSQL.", "Ska"),
    ("K-02", "Konsulten ska dokumentera sitt arbete på svenska i myndighetens dokumentationsverktyg.", "Ska"),
    ("K-03", "Levererad kod ska granskas av minst en annan person innan den förs in i huvudgrenen.", "Ska"),
    ("K-04", "Nya gränssnitt ska beskrivas enligt OpenAPI 3.", "Ska"),
    ("K-05", "Anbudsgivaren bör ha erfarenhet av att flytta registerdata mellan databaser utan driftstopp.", "Bör"),
    ("K-06", "Konsulten bör kunna delta i beredskap utanför kontorstid.", "Bör"),
)
METHOD = (
    ("K-07", "Anbudsgivaren ska utse en avtalsansvarig som nås vardagar mellan kl. 8.00 och 16.00.", "Ska"),
    ("K-08", "Avrop ska bekräftas inom två arbetsdagar.", "Ska"),
    ("K-09", "Testfall ska skrivas innan utvecklingen av en funktion påbörjas.", "Ska"),
    ("K-10", "Anbudsgivaren bör ha en metod för att mäta teknisk skuld.", "Bör"),
)
ROLES = ("Lösningsarkitekt", "Systemutvecklare", "Testledare", "Tillgänglighetsexpert")


@dataclass(frozen=True)
class Reply:
    """What a bidder fills in. Empty: the form as the authority sends it out."""

    bidder: str | None = None
    date: str | None = None
    lots: str | None = None
    comments: dict[str, str] = field(default_factory=dict)
    security: str = ""
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    accessibility: str | None = None
    delivery: str = "     "

    @property
    def given(self) -> bool:
        """Whether the form is filled in."""
        return self.bidder is not None


def specification(reply: Reply | None = None) -> Letter:
    """The form, empty or filled in."""
    reply = reply or Reply()
    letter = Letter(
        f"Bilaga 1 Kravspecifikation, {names.NAME}",
        names.BUYER,
        f"{names.BUYER}\tBilaga 1\tDiarienummer {names.REFERENCE}",
        f"Kravspecifikation {names.PUBLISHED}",
    )
    letter.title("Bilaga 1 Kravspecifikation")
    introduction(letter, reply)
    tables(letter, reply)
    security(letter, reply)
    people(letter, reply)
    return letter


def introduction(letter: Letter, reply: Reply) -> None:
    """How to fill in, and who does."""
    letter.heading("Inledning")
    letter.heading("Så fyller du i bilagan", 2)
    letter.text(
        "[[r!+|Anbudsgivaren ska besvara varje krav med Ja eller Nej.]] [[r!|Ett ska-krav som besvaras med Nej eller lämnas "
        "obesvarat innebär att anbudet inte kan antas.]] Bör-krav är önskemål och utvärderas inte.",
        "Kommentarer får lämnas i kolumnen Kommentar. [[r!|En kommentar får inte innebära en reservation mot kravet.]]",
    )
    letter.heading("Uppgifter om anbudsgivaren", 2)
    letter.line("[[q!|Anbudsgivarens namn]]: ", letter.text_control("Anbudsgivarens namn", reply.bidder))
    letter.line("[[q!|Datum för ifyllandet]]: ", letter.date_control("Datum för ifyllandet", reply.date))
    options = ("A", "B", "A och B")
    letter.line("[[q!|Bilagan avser anbudsområde]]: ", letter.choice_control("Anbudsområde", options, reply.lots))


def tables(letter: Letter, reply: Reply) -> None:
    """Demands with a drop-down list each, then demands with the older boxes to tick."""
    letter.heading("Krav på utveckling")
    letter.text("Kraven gäller för båda anbudsområdena om inget annat sägs.")
    rows: list[tuple[Any, ...]] = [HEAD]
    for number, text, weight in FUNCTION:
        mark = "!" if weight == "Ska" else ""
        answer = letter.choice_control(f"Svar {number}", YES_NO, "Ja" if reply.given else None)
        rows.append((number, f"[[q{mark}|{text}]]", weight, answer, reply.comments.get(number, "")))
    letter.table(rows, WIDTHS)
    letter.heading("Krav på arbetssätt")
    rows = [HEAD]
    for number, text, weight in METHOD:
        mark = "!" if weight == "Ska" else ""
        name = number.replace("-", "")
        boxes = ["Ja ", letter.old_checkbox(f"Ja{name}", reply.given), " Nej ", letter.old_checkbox(f"Nej{name}")]
        rows.append((number, f"[[q{mark}|{text}]]", weight, boxes, reply.comments.get(number, "")))
    letter.table(rows, WIDTHS)
    letter.line(
        "[[q!|Ange hur ofta ny kod kan driftsättas]]: ",
        letter.old_choice("Takt", ("Välj", "Varje vecka", "Varannan vecka", "Varje månad"), 2 if reply.given else 0),
    )
    letter.line(
        "[[q|Övriga upplysningar om leveranser (högst 200 tecken)]]: ", letter.old_text("Leveranser", reply.delivery, 200)
    )


def security(letter: Letter, reply: Reply) -> None:
    """Prose demands, each group with one question below it."""
    letter.heading("Krav på säkerhet")
    letter.heading("Hantering av uppgifter", 2)
    letter.text(
        "[[r!|Uppgifter ur registret får inte föras ut ur myndighetens miljö.]] [[r!|Anbudsgivaren ska ha rutiner för att rapportera "
        "incidenter inom 24 timmar.]]"
    )
    letter.line(
        "[[q!|Accepteras och uppfylls kraven i avsnitt 4.1?]] Ja ",
        letter.checkbox_control("Ja 4.1", reply.given),
        " Nej ",
        letter.checkbox_control("Nej 4.1"),
    )
    letter.heading("Behörigheter", 2)
    letter.text("[[r!|Personliga inloggningsuppgifter får inte delas mellan konsulter.]]")
    letter.line(
        "[[q!|Accepteras och uppfylls kravet i avsnitt 4.2?]] Ja ",
        letter.checkbox_control("Ja 4.2", reply.given),
        " Nej ",
        letter.checkbox_control("Nej 4.2"),
    )
    letter.text("[[a!|Bifoga en beskrivning av anbudsgivarens rutiner för informationssäkerhet, högst fyra sidor.]]")
    letter.line("[[q!|Beskrivningen bifogas som bilaga nr]]: ", letter.old_text("Bilaga", reply.security or "     "))


def people(letter: Letter, reply: Reply) -> None:
    """Who is offered, and where the CV says so."""
    letter.heading("Nyckelpersoner")
    letter.text("[[q!+|Ange en person för varje roll i de anbudsområden som anbudet gäller.]]")
    rows: list[tuple[Any, ...]] = [("Roll", "Namn", "Ange var i meritförteckningen minimikravet styrks")]
    for role in ROLES:
        name, where = reply.people.get(role, ("", ""))
        rows.append((f"[[q!|{role}]]", name, where))
    letter.table(rows, (4.4, 5.0, 7.0))
    letter.heading("Tillgänglighet")
    letter.text(
        "[[c|Anbudsgivaren bör arbeta systematiskt med digital tillgänglighet.]] Lagen (2018:1937) om tillgänglighet till digital "
        "offentlig service gäller för Vattenregistrets webbplats."
    )
    letter.line(
        "[[q|Beskriv hur tillgänglighet prövas under utvecklingen.]] ",
        letter.text_control("Tillgänglighet", reply.accessibility),
    )
