"""The invitation's last chapters: evaluation, the contract in short, and the form of the tender."""

from __future__ import annotations

from reportlab.platypus import PageBreak, Spacer

from resources.sample.build import names
from resources.sample.build.pages import Paper


def evaluation(paper: Paper) -> None:
    """Chapter 5: how tenders are compared."""
    paper.heading("Utvärdering")
    paper.heading("Grund för utvärdering", 2)
    paper.text(
        "VRM antar de anbud som är ekonomiskt mest fördelaktiga med hänsyn till bästa förhållandet mellan pris och kvalitet, "
        "16 kap. 1 § LOU. Utvärderingen görs för varje anbudsområde för sig. [[c+|Mervärden ger avdrag från anbudspriset enligt tabellen, "
        "och det anbud som får lägst jämförelsepris placeras först.]]"
    )
    paper.heading("Mervärden", 2)
    paper.table(
        [
            ["Nr", "Mervärde", "Högsta avdrag per timme"],
            ["M1", "[[c|Lösningsarkitektens erfarenhet av geografiska informationssystem utöver minimikravet]]", "90 kr"],
            ["M2", "[[c|Arbetssätt för kunskapsöverföring till myndighetens egna medarbetare]]", "70 kr"],
            ["M3", "[[c|Testledarens certifiering enligt ISTQB Advanced Level eller motsvarande]]", "40 kr"],
            ["M4", "[[c|Intervju med offererade nyckelpersoner]]", "60 kr"],
        ],
        (0.1, 0.65, 0.25),
    )
    paper.text(
        "[[c+|M1 och M3 bedöms utifrån meritförteckningen.]] [[a|För att få avdrag för M3 ska kopia av certifikatet bifogas.]] [[c+|M2 bedöms utifrån "
        "anbudsgivarens svar i avsnitt 7.4 och ges 0, 35 eller 70 kronor.]] Svar som bara upprepar kravet ger inget avdrag.",
        "[[c+|Avdraget för M1 är 30 kronor för varje helt år av erfarenhet av geografiska informationssystem, dock högst tre år.]]",
    )
    paper.heading("Intervju", 2)
    paper.text(
        "De fem anbudsgivare i varje anbudsområde som har lägst jämförelsepris före intervjun kallas. "
        "[[r|Offererade nyckelpersoner ska kunna delta i en intervju i Sjölunda eller på video under veckorna 46–48.]] "
        "Intervjun tar högst 60 minuter och bedöms av tre personer. [[c+|Bedömningen avser kommunikativ förmåga, förståelse för "
        "registerverksamhet och förmåga att förklara tekniska vägval.]]"
    )
    paper.heading("Pris", 2)
    paper.text(
        "[[r!|Pris ska lämnas i bilaga 2, Prisbilaga.]] [[r!|Priserna ska anges i svenska kronor per timme exklusive "
        "mervärdesskatt.]] [[r!|Timpriset ska omfatta samtliga kostnader, även resor till och från Sjölunda, utrustning och "
        "administration.]] [[r!|Samtliga gula celler för det anbudsområde som anbudet gäller ska fyllas i.]] [[r!|Priset 0 kronor "
        "godtas inte.]]",
        "Anbudspriset är det viktade medelpriset som prisbilagan räknar ut. [[r+|Om ett anbud verkar onormalt lågt kommer VRM att begära en "
        "förklaring enligt 16 kap. 7 § LOU.]]",
    )
    paper.heading("Räkneexempel", 2)
    paper.text("Tabellen visar hur jämförelsepriset räknas fram för två tänkta anbud inom anbudsområde A.")
    paper.table(
        [
            ["", "Anbud 1", "Anbud 2"],
            ["Anbudspris per timme", "1 040 kr", "985 kr"],
            ["Avdrag M1", "90 kr", "30 kr"],
            ["Avdrag M2", "70 kr", "35 kr"],
            ["Avdrag M4", "60 kr", "20 kr"],
            ["Jämförelsepris", "820 kr", "900 kr"],
        ],
        (0.5, 0.25, 0.25),
        lines=False,
    )
    paper.heading("Lika jämförelsepris", 2)
    paper.text(
        "Om två anbud får samma jämförelsepris avgör det högsta avdraget för M2. Är även det lika avgörs placeringen genom lottning."
    )


def contract(paper: Paper) -> None:
    """Chapter 6: the terms in short."""
    paper.heading("Avtalsvillkor i sammandrag")
    paper.text("Villkoren finns i bilaga 3, Avtalsutkast. [[r!|Anbudsgivaren ska godta avtalsutkastet i sin helhet.]]")
    paper.heading("Fakturering", 2)
    paper.text(
        "[[k|Leverantören ska fakturera månadsvis i efterskott med elektronisk faktura enligt lagen (2018:1277) om elektroniska fakturor "
        "till följd av offentlig upphandling.]] Betalning sker inom 30 dagar. Faktureringsavgift ersätts inte."
    )
    paper.heading("Uppföljning", 2)
    paper.text("[[k|Leverantören ska varje kvartal lämna statistik över utförda avrop.]] Statistiken lämnas i VRM:s mall.")
    paper.heading("Prisändring", 2)
    paper.text("[[k|Leverantören får begära ändring av timpriserna en gång per år, första gången efter 24 månader.]]")
    paper.heading("Vite", 2)
    paper.text(
        "[[k|Om leverantören inte tillsätter konsulten i tid ska leverantören betala vite.]] Vitet är 5 000 kronor per påbörjad vecka."
    )


def form(paper: Paper) -> None:
    """Chapter 7: the form that the bidder fills in."""
    paper.heading("Anbudsformulär")
    paper.text(
        "[[r!+|Anbudsgivaren ska fylla i samtliga fält i formuläret.]] [[r+|Fält för anbudsområden som anbudet inte gäller lämnas tomma.]]"
    )
    paper.heading("Uppgifter om anbudsgivaren", 2)
    paper.form(
        [
            "[[q!|Anbudsgivarens namn]]",
            "[[q!|Organisationsnummer]]",
            "[[q!|Postadress]]",
            "[[q!|Kontaktperson för anbudet]]",
            "[[q!|Telefon]]",
            "[[q!|E-postadress]]",
            "[[q|Webbplats (frivilligt)]]",
            "[[q!|Behörig företrädare som undertecknar avtal]]",
        ]
    )
    paper.form(["[[qb|Diarieförs av VRM (fylls i av myndigheten)]]"])
    paper.heading("Anbudets omfattning", 2)
    paper.yes_or_no(
        [
            "[[q!|Anbudet gäller anbudsområde A, systemutveckling och arkitektur]]",
            "[[q!|Anbudet gäller anbudsområde B, test och digital tillgänglighet]]",
        ],
        ("Markera med kryss", "Ja", "Nej"),
    )
    paper.heading("Bekräftelser", 2)
    paper.text("[[r!+|Ett nej på frågorna 1–6 innebär att anbudet inte kan antas.]]")
    paper.yes_or_no(
        [
            "[[q!|1. Godtar anbudsgivaren de administrativa föreskrifterna i kapitel 2?]]",
            "[[q!|2. Är anbudet bindande till och med den 31 mars 2028?]]",
            "[[q!|3. Intygar anbudsgivaren att ingen uteslutningsgrund i 13 kap. 1 och 2 §§ LOU föreligger?]]",
            "[[q!|4. Intygar anbudsgivaren att ingen omfattas av sanktionerna i avsnitt 3.3?]]",
            "[[q!|5. Uppfylls samtliga krav på tjänsten i kapitel 4?]]",
            "[[q!|6. Godtas avtalsutkastet i bilaga 3 utan förbehåll?]]",
            "[[q|7. Åberopas annat företags kapacitet?]]",
            "[[q|8. Begärs sekretess för uppgifter i anbudet?]]",
        ],
        ("Fråga", "Ja", "Nej"),
    )
    paper.add(PageBreak())
    paper.heading("Beskrivningar", 2)
    paper.answer_box(
        "[[q!|Beskriv hur anbudsgivaren säkerställer att en ersättare snabbt sätter sig in i uppdraget.]]",
        "[[r+|Högst 1 500 tecken.]] Underlag för kravet i avsnitt 4.3.",
    )
    paper.answer_box(
        "[[q|Beskriv arbetssättet för kunskapsöverföring till myndighetens medarbetare (M2).]]",
        "[[r+|Högst två A4-sidor.]] [[c+|Utvärderas enligt avsnitt 5.2.]]",
        110,
    )
    paper.heading("Underleverantörer och åberopade företag", 2)
    paper.text("[[q+|Ange företag som anbudsgivaren avser att anlita.]] Lämna raderna tomma om inga företag anlitas.")
    widths = (0.36, 0.24, 0.4)
    paper.table(
        [["[[q|Företagets namn]]", "Organisationsnummer", "Del av uppdraget"], *(["", "", ""] for _ in range(3))],
        widths,
        height=20,
    )
    paper.heading("Undertecknande", 2)
    paper.text(
        "[[r!+|Undertecknad är behörig att företräda anbudsgivaren och intygar att uppgifterna i anbudet är riktiga.]] "
        "[[r!|Anbudet ska undertecknas av behörig företrädare.]] [[a|Om annan än firmatecknare undertecknar ska fullmakt bifogas.]]"
    )
    paper.add(Spacer(1, 10))
    paper.text(
        "[[q!|Ort och datum:]] ______________________________________________",
        "[[q!|Namnteckning:]] ______________________________________________",
        "[[q!|Namnförtydligande:]] __________________________________________",
    )
    paper.panel(
        "<b>Påminnelse.</b> [[r+|Kontrollera att alla handlingar i avsnitt 2.8 är med innan anbudet lämnas i Kommers Annons.]]",
        f"Frågor ställs i systemet. {names.BUYER} kan inte ge besked per telefon.",
    )
