"""The invented supplier's bid for lot A: letter, annexes, CVs and references, with passages a supplier wants kept secret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from resources.sample.build import names
from resources.sample.build.bid_annexes import curricula, declaration, quality, references, security
from resources.sample.build.ink import signature
from resources.sample.build.prices import price_form
from resources.sample.build.requirements import Reply, specification
from resources.sample.build.word import Letter

ARCHITECT, DEVELOPER = "Elvira Stensjö-Lod", "Måns Åkerlöv Wikander"
PRICES = {
    "Anbudsgivare!B6": names.BIDDER,
    "Anbudsgivare!B7": names.BIDDER_NUMBER,
    "Anbudsgivare!B8": "Tilda Frostvik, 070-000 00 01",
    "Anbudsgivare!B9": "2027-10-22",
    "Anbudsgivare!B11": "Ja",
    "Anbudsområde A!C5": 1165,
    "Anbudsområde A!C6": 1040,
    "Anbudsområde A!C7": 895,
    "Hållbarhet!C4": "Ja",
    "Hållbarhet!C5": "Ja",
    "Hållbarhet!C6": "Ja",
    "Hållbarhet!D6": "Bilaga 6",
    "Anbudsområde A!E6": "Samma pris för alla seniora utvecklare",
}
REPLY = Reply(
    bidder=names.BIDDER,
    date="2027-10-22",
    lots="A",
    comments={
        "K-03": "Granskning sker i par, se anbudsbrevet avsnitt 4.",
        "K-05": "Ja, med vår metod Lodlinjen.",
        "K-08": "Vi bekräftar normalt samma dag.",
    },
    security="5",
    people={
        "Lösningsarkitekt": (ARCHITECT, "CV, uppdrag 1 och 2"),
        "Systemutvecklare": (DEVELOPER, "CV, uppdrag 1 till 3"),
    },
    accessibility="Varje ny vy prövas med skärmläsare och med ett automatiskt test innan den visas för beställaren.",
    delivery="Driftsättning kan ske oftare om VRM önskar det.",
)


def bid_files() -> dict[str, Callable[[Path], object]]:
    """The bid's files: name and what writes them."""
    files: dict[str, Callable[[Path], object]] = {
        "0 Anbudsbrev.docx": letter().write,
        "1 Kravspecifikation ifylld.docx": specification(REPLY).write,
        "2 Prisbilaga ifylld.xlsx": lambda target: price_form(target, PRICES),
        "3 Referensuppdrag.pdf": references().write,
        "5 Rutiner for informationssakerhet.docx": security().write,
        "6 Kvalitet och miljo.docx": quality().write,
        "7 Egen forsakran ESPD.pdf": declaration().write,
    }
    for number, curriculum in enumerate(curricula(ARCHITECT, DEVELOPER), 1):
        files[f"4.{number} CV {('Losningsarkitekt', 'Systemutvecklare')[number - 1]}.docx"] = curriculum.write
    return files


def letter() -> Letter:
    """The letter with the answers to the form in chapter 7 of the invitation."""
    letter = Letter(f"Anbud, {names.NAME}", names.BIDDER, f"{names.BIDDER}\tAnbud\t{names.REFERENCE}", names.BIDDER_ADDRESS)
    letter.title("Anbud på anbudsområde A")
    letter.text(f"Till {names.BUYER}. Anbud i upphandlingen {names.NAME}, diarienummer {names.REFERENCE}.")
    letter.heading("Uppgifter om anbudsgivaren")
    letter.table(
        [
            ("Uppgift", "Svar"),
            ("Anbudsgivarens namn", names.BIDDER),
            ("Organisationsnummer", names.BIDDER_NUMBER),
            ("Postadress", names.BIDDER_ADDRESS),
            ("Kontaktperson för anbudet", "Tilda Frostvik, anbudsansvarig"),
            ("Telefon", "070-000 00 01"),
            ("E-postadress", names.BIDDER_MAIL),
            ("Behörig företrädare som undertecknar avtal", "Roald Ekensparr, verkställande direktör"),
        ],
        (6.4, 10.0),
    )
    letter.heading("Anbudets omfattning och bekräftelser")
    letter.text(
        "Anbudet gäller anbudsområde A. Frågorna 1 till 6 i avsnitt 7.3 besvaras med Ja. Annat företags kapacitet åberopas inte "
        "(fråga 7: Nej). Sekretess begärs för vissa uppgifter (fråga 8: Ja), se avsnitt 5."
    )
    letter.heading("Ersättare")
    letter.text(
        "Varje konsult har en namngiven skugga som deltar i uppdragets veckomöte och har läsrätt till dokumentationen. Skuggan är "
        "Alva Brännhed för rollen lösningsarkitekt och Sixten Rådström för rollen systemutvecklare.",
        "Vår beläggning är planerad så att två seniora utvecklare hålls lediga en dag i veckan. Det är den reserven som gör att vi kan "
        "sätta in en ersättare inom tre arbetsdagar, snabbare än kravet på fem.",
    )
    letter.heading("Kunskapsöverföring, mervärde M2")
    letter.text("Vi arbetar efter vår egen metod Lodlinjen, som har tre steg.")
    letter.bullets(
        "Lodning: under de två första veckorna ritar konsulten tillsammans med en medarbetare upp de tjugo vanligaste ändringarna i "
        "registret och vilka delar av koden de rör.",
        "Parning: varje ändring över åtta timmar görs i par, med medarbetaren vid tangentbordet minst 40 procent av tiden. Kvoten mäts i "
        "vår tidredovisning och redovisas varje månad.",
        "Överlämning: medarbetaren gör en ändring ur listan på egen hand. Klarar medarbetaren den inom uppskattad tid plus 25 procent är "
        "området överlämnat, annars upprepas steg två.",
    )
    letter.text(
        "I de fyra senaste uppdragen har metoden kortat konsultberoendet från i genomsnitt 19 till 11 månader. Beräkningsgrunden och "
        "trösklarna är framtagna av oss och har inte publicerats."
    )
    letter.heading("Sekretess")
    letter.text(
        "Vi begär sekretess enligt 31 kap. 16 § offentlighets- och sekretesslagen för timpriserna per roll i bilaga 2, "
        "metodens mått och trösklar i avsnitt 4, uppgifterna om kunder i bilaga 3 och uppgifterna om konsulterna i bilaga 4."
    )
    letter.heading("Förutsättningar")
    letter.text("Anbudet är bindande till och med den 31 mars 2028 och lämnas utan förbehåll.")
    letter.heading("Undertecknande")
    letter.text("Sjölunda den 22 oktober 2027")
    letter.picture(signature(), 5.0)
    letter.text("Roald Ekensparr, verkställande direktör")
    return letter
