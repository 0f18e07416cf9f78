"""Annex 3, the draft of the framework agreement, as a Word file."""

from __future__ import annotations

from resources.sample.build import names
from resources.sample.build.word import Letter

CLAUSES = (
    (
        "Parter och omfattning",
        ("Avtalet gäller mellan Vattenregistermyndigheten (VRM) och den leverantör som anges i avtalets ingress.",),
    ),
    (
        "Avrop",
        (
            "[[k|Leverantören ska besvara en avropsförfrågan inom tio arbetsdagar.]] VRM är inte skyldig att avropa någon viss volym.",
            "Ett avrop är bindande när båda parter har bekräftat det skriftligen.",
        ),
    ),
    (
        "Utförande",
        (
            "[[k|Leverantören ska utföra uppdragen fackmässigt och med den omsorg som VRM har anledning att förvänta sig.]]",
            "Leverantören svarar för att konsulterna följer VRM:s regler för ordning och säkerhet.",
        ),
    ),
    (
        "Konsulter",
        (
            "[[k|Leverantören får byta konsult endast efter VRM:s skriftliga medgivande.]] Byte medför ingen rätt till högre ersättning.",
        ),
    ),
    (
        "Ersättning",
        (
            "[[k|Leverantören har rätt till ersättning för utfört arbete enligt prisbilagan.]] Restid ersätts inte.",
            "Timpriserna är fasta i 24 månader. Därefter kan de räknas om en gång per år med Labour Cost Index för tjänstemän.",
        ),
    ),
    (
        "Fakturering",
        (
            "[[k|Leverantören ska skicka elektronisk faktura enligt Peppol BIS Billing 3 senast den tionde i månaden efter utfört arbete.]] "
            "VRM betalar inom 30 dagar från det att fakturan kom in.",
        ),
    ),
    (
        "Sekretess och säkerhet",
        (
            "[[k|Leverantören ska se till att konsulterna undertecknar en förbindelse om tystnadsplikt.]] Åtagandet gäller även sedan "
            "avtalet har upphört.",
        ),
    ),
    ("Personuppgifter", ("[[k|Leverantören ska ingå personuppgiftsbiträdesavtal med VRM om ett avrop kräver det.]]",)),
    ("Försäkring", ("[[k|Leverantören ska ha en ansvarsförsäkring om minst tio miljoner kronor under hela avtalstiden.]]",)),
    (
        "Vite och hävning",
        (
            "[[k|Om en konsult inte tillträder i tid ska leverantören betala vite med 5 000 kronor för varje påbörjad vecka.]] Vite utgår i "
            "högst tio veckor. VRM får häva avtalet om leverantören väsentligt bryter mot det.",
        ),
    ),
    ("Tvist", ("Tvist med anledning av avtalet avgörs av svensk domstol med tillämpning av svensk rätt.",)),
)


def agreement() -> Letter:
    """The draft."""
    letter = Letter(
        f"Bilaga 3 Avtalsutkast, {names.NAME}",
        names.BUYER,
        f"{names.BUYER}\tBilaga 3\tDiarienummer {names.REFERENCE}",
        f"Avtalsutkast {names.PUBLISHED}",
    )
    letter.title("Bilaga 3 Ramavtal, utkast")
    letter.text(
        f"Mellan {names.BUYER}, organisationsnummer {names.BUYER_NUMBER}, och [leverantörens namn och organisationsnummer] har följande "
        "ramavtal träffats. Uppgifter inom hakparentes fylls i av VRM när avtalet tecknas."
    )
    for heading, paragraphs in CLAUSES:
        letter.heading(heading)
        letter.text(*paragraphs)
    letter.heading("Undertecknande")
    letter.text("Avtalet undertecknas elektroniskt av båda parter när avtalsspärren har löpt ut.")
    return letter
