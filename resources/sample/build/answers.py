"""The log of questions and answers, as published during the tender time."""

from __future__ import annotations

from reportlab.platypus import Paragraph

from resources.sample.build import names
from resources.sample.build.pages import HEADINGS, NOTE, Paper

LOG = (
    (
        "2027-09-22 10:14",
        "Kan samma referensuppdrag användas för båda anbudsområdena?",
        "2027-09-24 09:02",
        "Ja, om uppdraget uppfyller kraven för båda anbudsområdena. [[r+|Det ska då framgå av beskrivningen vilka delar som hör till "
        "respektive anbudsområde.]]",
    ),
    (
        "2027-09-28 15:41",
        "I avsnitt 4.3 c krävs arbete på plats två dagar per vecka. Gäller det även under sommaren?",
        "2027-10-01 13:20",
        "Nej. VRM kan komma överens om annat för juli och augusti i varje avrop. Kravet ändras inte.",
    ),
    (
        "2027-10-05 08:55",
        "Får meritförteckningen vara längre än tre sidor om konsulten har lång erfarenhet?",
        "2027-10-08 11:47",
        "VRM justerar upphandlingsdokumentet på denna punkt. [[r!|Meritförteckningen får omfatta högst fyra A4-sidor per person.]] "
        "[[r!+|Sidor därutöver beaktas inte.]]",
    ),
    (
        "2027-10-12 16:30",
        "Vi är ett nystartat bolag. Hur visar vi omsättning för två räkenskapsår?",
        "2027-10-15 10:05",
        "Anbudsgivaren får åberopa ett annat företags ekonomiska kapacitet, se avsnitt 3.8. [[a+|Åtagandet från det företaget ska bifogas "
        "anbudet.]]",
    ),
    (
        "2027-10-13 09:12",
        "Vilken version av ramverket för webbgränssnittet används?",
        "2027-10-15 10:06",
        "Uppgiften saknar betydelse för anbudet. Vald konsult får den informationen vid avrop.",
    ),
)


def answers() -> Paper:
    """The whole log."""
    paper = Paper(
        title=f"Frågor och svar, {names.NAME}",
        author=names.BUYER,
        head=(f"{names.BUYER}   Frågor och svar", f"Diarienummer {names.REFERENCE}   2027-10-19"),
        foot=f"{names.BUYER}  ·  {names.BUYER_ADDRESS}",
    )
    paper.add(Paragraph("Frågor och svar under anbudstiden", HEADINGS[0]))
    paper.text("Här publiceras de frågor som har kommit in under anbudstiden och myndighetens svar. Frågeställarna anges inte.")
    for number, (asked, question, answered, answer) in enumerate(LOG, 1):
        paper.add(Paragraph(f"Fråga {number}", HEADINGS[2]), Paragraph(f"Inkom {asked}", NOTE))
        paper.text(question)
        paper.add(Paragraph("<b>Svar</b>", HEADINGS[2]), Paragraph(f"Publicerat {answered}", NOTE))
        paper.text(answer)
    paper.add(Paragraph("Informationsmeddelande", HEADINGS[2]), Paragraph("Publicerat 2027-10-08 11:50", NOTE))
    paper.text("Upphandlingsdokumentets övriga delar är oförändrade. Sista anbudsdag ändras inte.")
    return paper
