"""The bid's annexes: CVs, references, security routines, quality and environment. All people and customers are invented."""

from __future__ import annotations

from reportlab.platypus import Paragraph

from resources.sample.build import names
from resources.sample.build.pages import HEADINGS, Paper
from resources.sample.build.word import Letter


def annex(title: str) -> Letter:
    """A Word annex of the supplier's."""
    letter = Letter(
        title, names.BIDDER, f"{names.BIDDER}\t\t{names.REFERENCE}", "Innehåller uppgifter för vilka sekretess begärs"
    )
    letter.title(title)
    return letter


def curricula(architect: str, developer: str) -> list[Letter]:
    """The CVs."""
    first = annex(f"Meritförteckning {architect}")
    first.text("Roll i anbudet: Lösningsarkitekt", "Född 1981. Mobil 070-000 00 17. Bosatt på Hittepåvägen 3, Sjölunda.")
    first.heading("Sammanfattning")
    first.text("Nitton års erfarenhet av systemutveckling, varav elva som arkitekt. Talar svenska, engelska och finska.")
    first.heading("Uppdrag")
    first.table(
        [
            ("Nr", "Tid", "Uppdrag"),
            (
                "1",
                "2023-03 till 2027-06",
                "Ansvarig arkitekt för Hamnverket Öst, register över 41 000 farleder. Geografiska informationssystem (PostGIS) "
                "under hela uppdraget. 5 200 timmar.",
            ),
            (
                "2",
                "2017-09 till 2023-02",
                "Arkitekt för Kraftringen Sylta AB, dammregister med mätdata i realtid. Ansvarig arkitekt från 2019-01. 6 100 timmar.",
            ),
            (
                "3",
                "2012-01 till 2017-08",
                "Systemutvecklare och biträdande arkitekt för Länskartan ekonomisk förening. 8 700 timmar.",
            ),
        ],
        (1.2, 4.2, 11.0),
    )
    first.heading("Utbildning")
    first.text("Civilingenjör i datateknik, Tekniska högskolan i Sjölunda, 2006.")
    first.heading("Övrigt")
    first.text(
        "Tjänstledig 20 procent till och med januari 2028 av familjeskäl. Står till förfogande på heltid från den 1 februari 2028."
    )
    second = annex(f"Meritförteckning {developer}")
    second.text("Roll i anbudet: Systemutvecklare", "Född 1990. Mobil 070-000 00 23.")
    second.heading("Sammanfattning")
    second.text("Nio års erfarenhet av systemutveckling i Java. Talar och skriver svenska och tyska.")
    second.heading("Uppdrag")
    second.table(
        [
            ("Nr", "Tid", "Uppdrag"),
            ("1", "2024-01 till 2027-08", "Utvecklare för Hamnverket Öst: byte av databas utan driftstopp. Java 21, PostgreSQL."),
            ("2", "2020-05 till 2023-12", "Utvecklare för Fjällkommunernas kartnämnd. Java, TypeScript."),
            ("3", "2017-06 till 2020-04", "Utvecklare för Spannmålskassan. Java, Oracle."),
        ],
        (1.2, 4.2, 11.0),
    )
    second.heading("Utbildning")
    second.text("Systemvetare, Sjölunda högskola, 2017.")
    return [first, second]


def references() -> Paper:
    """Three reference assignments."""
    paper = Paper(
        title="Referensuppdrag",
        author=names.BIDDER,
        head=(names.BIDDER_XML.replace("&amp;", "&"), f"Bilaga 3 Referensuppdrag   {names.REFERENCE}"),
        foot="Innehåller uppgifter för vilka sekretess begärs",
    )
    paper.add(Paragraph("Referensuppdrag, anbudsområde A", HEADINGS[0]))
    assignments = (
        (
            "Hamnverket Öst",
            "Kaisa Lindwall-Berg, registerchef, 070-000 00 31, kaisa@hamnverket.example",
            "mars 2023 till juni 2027, 9 400 timmar, fyra konsulter",
            "Farledsregistret har 2 300 användare. Vi ledde flytten från en äldre databas utan driftstopp genom att skriva till båda "
            "databaserna under sju veckor och jämföra kontrollsummor per kartblad. Kunden är en upphandlande myndighet.",
            "1 085 kronor per timme i genomsnitt",
        ),
        (
            "Kraftringen Sylta AB",
            "Ossian Frid, driftchef, 070-000 00 32, ossian@kraftringen.example",
            "januari 2025 till september 2027, 4 150 timmar, två konsulter",
            "Dammregistret tar emot mätdata från 640 givare och har 1 150 användare. Larmkedjan kortades från elva till två minuter.",
            "1 140 kronor per timme i genomsnitt",
        ),
        (
            "Fjällkommunernas kartnämnd",
            "Sanna Vidfors, kartingenjör, 070-000 00 33, sanna@kartnamnden.example",
            "maj 2024 till maj 2026, 2 020 timmar, två konsulter",
            "En gemensam karttjänst för nio kommuner med 6 000 användare i månaden.",
            "990 kronor per timme i genomsnitt",
        ),
    )
    for number, (customer, contact, extent, text, price) in enumerate(assignments, 1):
        paper.heading_plain(f"Uppdrag {number}: {customer}")
        paper.table(
            [["Uppdragsgivare", customer], ["Kontaktperson", contact], ["Tid och omfattning", extent], ["Pris", price]],
            (0.28, 0.72),
            header=False,
        )
        paper.text(text)
    return paper


def declaration() -> Paper:
    """The supplier's own declaration, in the parts of the European form that this procurement needs."""
    paper = Paper(
        title="Egen försäkran (ESPD)",
        author=names.BIDDER,
        head=(names.BIDDER_XML.replace("&amp;", "&"), f"Bilaga 7 Egen försäkran   {names.REFERENCE}"),
        foot="Europeiskt enhetligt upphandlingsdokument",
    )
    paper.add(Paragraph("Egen försäkran (ESPD)", HEADINGS[0]))
    paper.table(
        [
            ["Del I", f"Upphandlingen {names.NAME}, diarienummer {names.REFERENCE}"],
            ["Del II A", f"{names.BIDDER_XML}, organisationsnummer {names.BIDDER_NUMBER}"],
            ["Del II C", "Anbudsgivaren åberopar inte andra enheters kapacitet."],
            ["Del III", "Ingen grund för uteslutning finns. Skatter och socialförsäkringsavgifter är betalda."],
            ["Del IV", "Samtliga krav för urval är uppfyllda."],
        ],
        (0.2, 0.8),
        header=False,
    )
    paper.text("Uppgifterna är riktiga. Bevis kan lämnas utan dröjsmål när myndigheten begär det.")
    return paper


def security() -> Letter:
    """Routines for information security."""
    letter = annex("Rutiner för informationssäkerhet")
    letter.heading("Ansvar")
    letter.text("Ansvarig för informationssäkerhet är Tuva Hedenros. Hon rapporterar till verkställande direktören varje månad.")
    letter.heading("Incidenter")
    letter.text(
        "En incident rapporteras till kunden inom fyra timmar och skriftligt inom ett dygn. Jourtelefonen går mellan tre personer, "
        "och reservnumret finns i ett förseglat kuvert hos kunden."
    )
    letter.heading("Utrustning")
    letter.text("Datorerna är krypterade och låses efter tre minuter. Uppgifter ur kundens register lagras aldrig hos oss.")
    return letter


def quality() -> Letter:
    """Quality and environment, described in the supplier's own words."""
    letter = annex("Kvalitet och miljö")
    letter.heading("Kvalitet")
    letter.text(
        "Vårt ledningssystem motsvarar ISO 9001. Det revideras varje år av en utomstående granskare, senast i april 2027."
    )
    letter.heading("Miljö")
    letter.text(
        "Vi reser med tåg inom landet och mäter utsläppen per uppdrag. Målet för 2028 är 30 procent lägre utsläpp än 2024."
    )
    return letter
