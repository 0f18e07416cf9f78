"""The invitation: administrative rules, qualification, demands, evaluation and the form of the tender, as a PDF."""

from __future__ import annotations

from reportlab.platypus import Paragraph, Spacer

from resources.sample.build import names
from resources.sample.build.invitation_end import contract, evaluation, form
from resources.sample.build.pages import BODY, TITLE, UNDERTITLE, Paper


def invitation() -> Paper:
    """The whole document."""
    paper = Paper(
        title=f"Upphandlingsdokument {names.NAME}",
        author=names.BUYER,
        head=(f"{names.BUYER}   Upphandlingsdokument", f"Diarienummer {names.REFERENCE}   {names.PUBLISHED}"),
        foot=f"{names.BUYER}  ·  {names.BUYER_ADDRESS}  ·  Org.nr {names.BUYER_NUMBER}",
    )
    cover(paper)
    orientation(paper)
    rules(paper)
    qualification(paper)
    service(paper)
    evaluation(paper)
    contract(paper)
    form(paper)
    return paper


def cover(paper: Paper) -> None:
    """Front page and table of contents."""
    paper.add(Spacer(1, 90), Paragraph("Upphandlingsdokument", TITLE))
    paper.add(Paragraph(f"{names.NAME}<br/>Ramavtal för två anbudsområden", UNDERTITLE), Spacer(1, 20))
    paper.table(
        [
            ["Upphandlande myndighet", names.BUYER],
            ["Diarienummer", names.REFERENCE],
            ["Upphandlingsförfarande", "Öppet förfarande enligt 6 kap. 2 § lagen (2016:1145) om offentlig upphandling (LOU)"],
            ["Publicerad", names.PUBLISHED],
            ["Sista dag för frågor", f"[[d+|{names.QUESTION_DEADLINE}]]"],
            ["Sista anbudsdag", f"[[d!+|{names.TENDER_DEADLINE}]]"],
            ["Anbud lämnas i", "Kommers Annons"],
        ],
        (0.35, 0.65),
        lines=False,
        header=False,
    )
    paper.add(Spacer(1, 150))
    paper.add(Paragraph("Myndigheten och upphandlingen är påhittade. Handlingen är ett exempel att pröva Anbudsklar på.", BODY))
    paper.contents()


def orientation(paper: Paper) -> None:
    """Chapter 1: what is bought, from whom the documents come, and when things happen."""
    paper.heading("Allmän orientering")
    paper.heading("Inbjudan", 2)
    paper.text(
        f"{names.BUYER} (VRM) inbjuder härmed leverantörer att lämna anbud på IT-konsulttjänster för utveckling och förvaltning "
        "av Vattenregistret. Upphandlingen leder till ramavtal inom två anbudsområden.",
        "VRM för det nationella registret över sjöar, vattendrag, dammar och slussar. Registret används av kommuner, länsstyrelser, "
        "kraftbolag och allmänheten. Myndigheten har omkring 310 anställda i Sjölunda och lyder under regeringen.",
    )
    paper.heading("Omfattning", 2)
    paper.text(
        "Upphandlingen omfattar de anbudsområden som framgår av tabellen. Volymerna är uppskattade och inte bindande för VRM."
    )
    paper.table(
        [
            ["Anbudsområde", "Innehåll", "Uppskattad volym per år", "Antal leverantörer"],
            ["A", "Systemutveckling och arkitektur", "14 000 timmar", "3"],
            ["B", "Test och digital tillgänglighet", "5 500 timmar", "2"],
        ],
        (0.2, 0.38, 0.22, 0.2),
    )
    paper.text(
        "Takvolymen för hela ramavtalstiden är 96 miljoner kronor exklusive mervärdesskatt, varav 68 miljoner kronor för "
        "anbudsområde A. När takvolymen är nådd har ramavtalet fyllt sitt syfte och får inte längre användas.",
        "Avrop görs genom förnyad konkurrensutsättning inom anbudsområde A och enligt fast rangordning inom anbudsområde B.",
    )
    paper.heading("Avtalstid", 2)
    paper.text(
        "Ramavtalen beräknas gälla från och med den 1 februari 2028 till och med den 31 januari 2030. VRM har rätt att förlänga "
        "ramavtalen med upp till 24 månader på oförändrade villkor."
    )
    paper.heading("Nuvarande teknik", 2)
    paper.text(
        "Vattenregistret är byggt i Java och PostgreSQL med ett webbgränssnitt i TypeScript. Driften sköts av myndighetens egen "
        "driftenhet på virtuella servrar i två datahallar. En ny kartmodul är under upphandling i ett eget ärende och ingår inte här."
    )
    paper.heading("Upphandlingsdokumentets delar", 2)
    paper.text("Upphandlingsdokumentet består av följande handlingar.")
    paper.table(
        [
            ["Handling", "Namn", "Lämnas med anbudet"],
            ["Huvuddokument", "Upphandlingsdokument (denna handling)", "Ja, kapitel 7 ifyllt"],
            ["Bilaga 1", "Kravspecifikation", "Ja, ifylld"],
            ["Bilaga 2", "Prisbilaga", "Ja, ifylld"],
            ["Bilaga 3", "Avtalsutkast", "Nej"],
            ["Komplettering", "Frågor och svar, publiceras under anbudstiden", "Nej"],
        ],
        (0.22, 0.5, 0.28),
        lines=False,
    )
    paper.text("[[r|Anbudsgivaren ska kontrollera att samtliga handlingar har erhållits.]]")
    paper.heading("Preliminär tidplan", 2)
    paper.table(
        [
            ["Steg", "Tidpunkt"],
            ["Upphandlingen publiceras", names.PUBLISHED],
            ["[[d|Sista dag att ställa frågor]]", names.QUESTION_DEADLINE],
            ["Sista dag för VRM att publicera svar", "2027-10-20"],
            ["[[d!|Sista anbudsdag]]", names.TENDER_DEADLINE],
            ["Utvärdering och intervjuer", "veckorna 46–48"],
            ["Beräknat tilldelningsbeslut", "2027-12-10"],
            ["[[d!+|Anbuden är bindande till och med]]", "2028-03-31"],
            ["Beräknad avtalsstart", "2028-02-01"],
        ],
        (0.6, 0.4),
    )


def rules(paper: Paper) -> None:
    """Chapter 2: the administrative rules."""
    paper.heading("Administrativa föreskrifter")
    paper.heading("Upphandlingsförfarande", 2)
    paper.text(
        "Upphandlingen genomförs som ett öppet förfarande enligt LOU. VRM kan komma att anta anbud utan föregående förhandling. "
        "[[r+|Det är därför viktigt att anbudet är komplett från början.]]"
    )
    paper.heading("Frågor under anbudstiden", 2)
    paper.text(
        "[[r|Frågor om upphandlingen ska ställas skriftligen genom funktionen Frågor och svar i Kommers Annons.]] "
        f"[[d|Frågor ska ha kommit in senast den {names.QUESTION_DEADLINE}.]] "
        "Frågor som kommer in senare besvaras bara om det finns särskilda skäl. VRM publicerar frågor och svar utan att ange vem som "
        "har frågat.",
        "[[r|Anbudsgivaren ansvarar för att ta del av de svar och kompletteringar som publiceras.]] Endast skriftliga svar är bindande "
        "för VRM.",
    )
    paper.heading("Hur anbudet lämnas", 2)
    paper.text(
        "[[r!|Anbudet ska lämnas elektroniskt genom Kommers Annons.]] [[r!|Anbud som lämnas på papper, per e-post eller på "
        f"annat sätt prövas inte.]] [[d!|Anbudet ska ha kommit in senast den {names.TENDER_DEADLINE}.]] [[r!+|Ett anbud som kommer "
        "in för sent får inte beaktas.]] Systemet stänger automatiskt när anbudstiden går ut.",
        "[[r+|VRM rekommenderar att anbudet lämnas i god tid, eftersom supporten till systemet är stängd efter kl. 17.00.]] Ett lämnat "
        "anbud kan ändras eller återkallas fram till sista anbudsdag.",
    )
    paper.heading("Anbudets form och språk", 2)
    paper.text("[[r!+|Följande gäller för anbudets form:]]")
    paper.letters(
        "[[r!|Anbudet ska vara skrivet på svenska.]] [[r+|Certifikat och tekniska produktblad får vara på engelska.]]",
        "[[r!|Anbudet ska följa samma ordning och rubriker som upphandlingsdokumentet.]]",
        "[[r!|Svar ska lämnas på den plats som är avsedd för svaret.]] [[r!|Hänvisning till webbsidor beaktas inte.]]",
        "[[r!|Filer ska lämnas i format som kan läsas med vanliga kontorsprogram, till exempel PDF, DOCX eller XLSX.]]",
        "[[r|Filnamn bör inte innehålla fler än 60 tecken.]]",
        "[[r!|Allmän reklam och företagspresentationer får inte bifogas.]]",
    )
    paper.heading("Anbudets giltighetstid", 2)
    paper.text(
        "[[d!|Anbudet ska vara bindande till och med den 31 mars 2028.]] [[r|Om tilldelningsbeslutet överprövas ska anbudsgivaren på "
        "VRM:s begäran förlänga anbudets giltighet till dess att ramavtal kan tecknas.]]"
    )
    paper.heading("Förbehåll och alternativa anbud", 2)
    paper.text(
        "[[r!|Anbudet får inte innehålla förbehåll mot kraven eller mot villkoren i avtalsutkastet.]] [[r!|Alternativa anbud tas "
        "inte emot.]] [[r!+|Anbud med förbehåll förkastas.]]"
    )
    paper.heading("Anbud på ett eller flera anbudsområden", 2)
    paper.text(
        "[[r+|Anbud får lämnas på ett eller båda anbudsområdena.]] [[r!|Anbud ska omfatta hela det anbudsområde som anbudet gäller.]] "
        "[[r!|En anbudsgivare får lämna högst ett anbud per anbudsområde.]]"
    )
    paper.heading("Anbudets innehåll", 2)
    paper.text("[[a!+|Ett komplett anbud ska innehålla följande handlingar:]]")
    paper.bullets(
        "[[a!+|ifyllt och undertecknat anbudsformulär, kapitel 7]]",
        "[[a!|ifylld kravspecifikation, bilaga 1]]",
        "[[a!|ifylld prisbilaga, bilaga 2]]",
        "[[a!|egen försäkran enligt avsnitt 3.1]]",
        "[[a!|beskrivning av tre referensuppdrag per anbudsområde enligt avsnitt 3.6]]",
        "[[a!|meritförteckning (CV) för varje offererad nyckelperson enligt avsnitt 4.2, högst tre A4-sidor per person]]",
        "[[a|åtagande från företag vars kapacitet åberopas, om sådan åberopas]]",
        "[[a|begäran om sekretess, om anbudsgivaren anser att uppgifter i anbudet omfattas av sekretess]]",
    )
    paper.heading("Rättelse, förtydligande och komplettering", 2)
    paper.text(
        "VRM kan enligt 4 kap. 9 § LOU tillåta eller begära att en anbudsgivare rättar, förtydligar eller kompletterar en handling. "
        "Det är en möjlighet för myndigheten och ingen rättighet för anbudsgivaren. "
        "[[d|Begärda uppgifter ska lämnas inom fem arbetsdagar från VRM:s begäran.]]"
    )
    paper.heading("Sekretess", 2)
    paper.text(
        "Fram till dess att tilldelningsbeslut har fattats gäller absolut sekretess för anbuden enligt 19 kap. 3 § andra stycket "
        "offentlighets- och sekretesslagen (2009:400), OSL. Därefter är anbuden som huvudregel allmänna och offentliga handlingar.",
        "[[r|Anbudsgivare som anser att uppgifter i anbudet ska omfattas av sekretess enligt 31 kap. 16 § OSL bör skriftligen ange vilka "
        "uppgifter det gäller och vilken skada anbudsgivaren skulle lida om uppgifterna röjs.]] [[a+|Begäran bifogas anbudet.]] "
        "VRM gör en egen prövning om någon begär att få ta del av uppgifterna och kan inte i förväg lova att de hemlighålls.",
    )
    paper.heading("Behandling av personuppgifter", 2)
    paper.text(
        "VRM behandlar de personuppgifter som lämnas i anbudet för att genomföra upphandlingen. [[r|Anbudsgivaren ska informera de "
        "personer vars uppgifter lämnas i anbudet om behandlingen.]] [[r!|Personnummer får inte anges i meritförteckningar.]]"
    )
    paper.heading("Tilldelningsbeslut och avtalsspärr", 2)
    paper.text(
        "VRM underrättar anbudsgivarna om tilldelningsbeslutet och skälen för det enligt 12 kap. 12 § LOU. Underrättelsen skickas genom "
        "Kommers Annons. Ramavtal får inte tecknas förrän tio dagar har gått från det att underrättelsen skickades, se 20 kap. 1 § LOU. "
        "Tilldelningsbeslutet är inte en accept av anbudet. Bindande avtal uppstår när parterna har undertecknat ramavtalet.",
        "Ingen ersättning lämnas för kostnader som anbudsgivaren har haft för anbudet.",
    )
    paper.heading("Avbrytande", 2)
    paper.text(
        "VRM har rätt att avbryta upphandlingen om det finns sakliga skäl, till exempel om det saknas godtagbara anbud eller om "
        "myndighetens anslag ändras väsentligt."
    )


def qualification(paper: Paper) -> None:
    """Chapter 3: exclusion and qualification."""
    paper.heading("Uteslutning och kvalificering")
    paper.heading("Egen försäkran (ESPD)", 2)
    paper.text(
        "[[a!+|Anbudsgivaren ska lämna en egen försäkran i form av det europeiska enhetliga upphandlingsdokumentet (ESPD) enligt 15 "
        "kap. 1 § LOU.]] [[a|Åberopas ett annat företags kapacitet ska även det företaget lämna en egen försäkran.]]",
        "[[k|VRM kontrollerar uppgifterna hos den leverantör som VRM avser att tilldela ramavtal, som på begäran ska lämna bevis enligt "
        "15 kap. LOU.]] Bevis som VRM själv kan hämta kostnadsfritt genom samordnad registerkontroll begärs inte in.",
    )
    paper.heading("Uteslutningsgrunder", 2)
    paper.text(
        "VRM utesluter anbudsgivare under de förutsättningar som anges i 13 kap. LOU. [[r!|Anbudsgivaren får inte omfattas av någon av "
        "de obligatoriska uteslutningsgrunderna i 13 kap. 1 och 2 §§ LOU.]] Innan en anbudsgivare utesluts får den möjlighet att "
        "yttra sig."
    )
    paper.heading("Sanktioner mot Ryssland", 2)
    paper.text(
        "[[r+|Enligt artikel 5k i förordning (EU) nr 833/2014 får ramavtal inte tilldelas ryska leverantörer.]] [[r!|Anbudsgivaren, dess "
        "underleverantörer och de företag vars kapacitet åberopas får inte omfattas av förbudet, om de utför mer än tio procent av "
        "avtalets värde.]]"
    )
    paper.heading("Registrering och skatter", 2)
    paper.text(
        "[[r!|Anbudsgivaren ska vara registrerad i aktiebolags-, handels- eller föreningsregister eller motsvarande register i det land "
        "där verksamheten är etablerad.]] [[r!|Anbudsgivaren ska vara godkänd för F-skatt och registrerad för mervärdesskatt.]] "
        "[[a|Utländsk anbudsgivare ska bifoga motsvarande intyg från hemlandet.]]"
    )
    paper.heading("Ekonomisk ställning", 2)
    paper.text(
        "[[r!|Anbudsgivaren ska ha en stabil ekonomisk ställning som motsvarar lägst kreditvärdighet 3 på en femgradig skala hos "
        "ett kreditupplysningsföretag.]] [[r!|Den genomsnittliga årsomsättningen under de två senaste räkenskapsåren ska uppgå till minst "
        "12 miljoner kronor för anbudsområde A respektive 4 miljoner kronor för anbudsområde B.]]",
        "[[a|Anbudsgivare som inte når angiven kreditvärdighet kan bifoga en förklaring som visar att ställningen ändå är stabil.]] "
        "Förklaringen kan till exempel vara en garanti från moderbolaget.",
    )
    paper.heading("Referensuppdrag", 2)
    paper.text(
        "[[a!+|Anbudsgivaren ska bifoga en beskrivning av tre referensuppdrag för varje anbudsområde som anbudet gäller.]] "
        "[[r!+|Varje uppdrag ska uppfylla följande:]]"
    )
    paper.bullets(
        "[[r!|uppdraget har utförts under de tre senaste åren, räknat från sista anbudsdag]]",
        "[[r!|uppdraget har omfattat minst 1 500 timmar för anbudsområde A eller 500 timmar för anbudsområde B]]",
        "[[r!|uppdraget har avsett ett register- eller karttjänstsystem med fler än 1 000 användare]]",
        "[[r!|minst ett av uppdragen har utförts åt en upphandlande myndighet]]",
    )
    paper.text(
        "[[r!|Beskrivningen ska innehålla uppdragsgivarens namn, kontaktperson med telefonnummer och e-postadress, uppdragets tid "
        "och omfattning i timmar.]] VRM kan komma att kontakta uppdragsgivaren för att kontrollera uppgifterna. "
        "[[r|Beskrivningen av varje uppdrag får omfatta högst två A4-sidor.]]"
    )
    paper.heading("Kvalitets- och miljöledning", 2)
    paper.text(
        "[[r!|Anbudsgivaren ska arbeta enligt ett dokumenterat ledningssystem för kvalitet som motsvarar ISO 9001.]] [[r!|Anbudsgivaren "
        "ska ha ett systematiskt miljöarbete som motsvarar ISO 14001.]] [[a!|Certifikat eller en egen beskrivning på högst två sidor ska "
        "bifogas för respektive område.]]"
    )
    paper.heading("Åberopande av annans kapacitet", 2)
    paper.text(
        "Anbudsgivaren får vid behov åberopa andra företags ekonomiska, tekniska och yrkesmässiga kapacitet enligt 14 kap. 6 § LOU. "
        "[[a+|I så fall ska ett undertecknat åtagande från företaget bifogas, av vilket det framgår att anbudsgivaren kommer att "
        "förfoga över de resurser som behövs.]]"
    )
    paper.heading("Underleverantörer", 2)
    paper.text(
        "[[r|Anbudsgivare som avser att anlita underleverantörer ska ange dem i anbudsformuläret.]] [[k|Byte av underleverantör under "
        "avtalstiden ska godkännas av VRM i förväg.]]"
    )


def service(paper: Paper) -> None:
    """Chapter 4: demands on the service."""
    paper.heading("Krav på tjänsten")
    paper.heading("Allmänt", 2)
    paper.text(
        "Detaljerade krav finns i bilaga 1, Kravspecifikation. [[r!|Samtliga ska-krav i bilagan ska vara uppfyllda vid anbudstidens "
        "utgång och under hela avtalstiden.]] Med konsult avses den person som leverantören ställer till förfogande."
        "<super>1</super>"
    )
    paper.footnotes[10] = "1 En konsult kan vara anställd hos leverantören eller hos en underleverantör."
    paper.heading("Nyckelpersoner", 2)
    paper.text(
        "[[r!|Anbudsgivaren ska offerera en namngiven nyckelperson för varje roll i det anbudsområde som anbudet gäller.]] "
        "[[r!|Samma person får inte offereras för mer än en roll.]] Minimikraven framgår av tabellen."
    )
    paper.table(
        [
            ["Roll", "Anbudsområde", "Minimikrav"],
            [
                "Lösningsarkitekt",
                "A",
                "[[r!|Minst åtta års erfarenhet av systemarkitektur]], varav [[r!|minst tre år i roll som ansvarig arkitekt]]",
            ],
            ["Systemutvecklare", "A", "[[r!|Minst fem års erfarenhet av systemutveckling i Java eller motsvarande språk]]"],
            ["Testledare", "B", "[[r!|Minst fem års erfarenhet av att leda test i agila projekt]]"],
            ["Tillgänglighetsexpert", "B", "[[r!|Minst tre års erfarenhet av granskning enligt WCAG 2.1 nivå AA eller senare]]"],
        ],
        (0.25, 0.2, 0.55),
    )
    paper.text(
        "[[r!|Av meritförteckningen ska det framgå var och när erfarenheten har förvärvats, angivet med månad och år.]] "
        "[[r!|Nyckelpersonerna ska tala och skriva svenska obehindrat.]]",
        "[[k|Byte av nyckelperson under avtalstiden kräver VRM:s skriftliga godkännande.]]",
    )
    paper.heading("Tillgänglighet och bemanning", 2)
    paper.text("[[r!+|Anbudsgivaren ska kunna:]]")
    paper.letters(
        "[[r!|tillsätta en avropad konsult inom 15 arbetsdagar från avrop]]",
        "[[r!|erbjuda en likvärdig ersättare inom 5 arbetsdagar om en konsult blir sjuk eller slutar]]",
        "[[r!|utföra arbete på plats i Sjölunda minst två dagar per vecka]]",
    )
    paper.heading("Säkerhet", 2)
    paper.text(
        "[[r!|Konsulterna ska vara beredda att genomgå säkerhetsprövning innan uppdraget börjar.]] [[r!|Anbudsgivaren ska ha en utpekad "
        "ansvarig för informationssäkerhet.]] [[k|Leverantören ska på begäran teckna säkerhetsskyddsavtal med VRM.]] "
        "Uppgifter i registret kan omfattas av sekretess enligt 18 kap. 13 § OSL."
    )
    paper.heading("Hållbarhet", 2)
    paper.text(
        "[[c|Leverantören bör erbjuda konsulterna möjlighet att resa med tåg vid tjänsteresor.]] VRM ser det som angeläget att avtalets "
        "miljöpåverkan blir låg, men frågan ingår inte i utvärderingen."
    )
