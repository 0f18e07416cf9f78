"""Who buys, what, and under which number, where letterheads and title pages tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.checklist.tender import choose
from app.core.checklist import Tender
from app.core.document import Block, Document, Place
from app.extraction.facts import find_facts
from app.extraction.sections import outline
from tests.support.documents import document, furniture, heading, row


def _tender(*blocks: Block | str) -> Tender:
    return _read(document(blocks))


def _read(made: Document) -> Tender:
    return choose(find_facts(made, outline(made)))


RUNNING = (
    "Den som lämnar anbud ska ha den erfarenhet som krävs för uppdraget och kunna visa det med två uppdrag "
    "som har utförts under de tre år som föregår anbudet."
)


@pytest.mark.parametrize(
    ("line", "buyer"),
    [
        ("Norrviks stad Stadsbyggnadskontoret Förfrågningsunderlag Dnr SBK-2031-77", "Norrviks stad"),
        ("Statens energifond | Upphandling av resor | Sida 1 (9)", "Statens energifond"),
        ("Region Nordmark 2031-02-03 Bilaga 4", "Region Nordmark"),
        ("Sida 3 av 9 Kustverket KV 2031/4455", "Kustverket"),
        ("Utskrift 2031-02-03 09:47 Sjöbygdens kommun", "Sjöbygdens kommun"),
        ("Myndigheten för sjöfart och hamnar Avropsförfrågan", "Myndigheten för sjöfart och hamnar"),
        ("Länsstyrelsen Nordmark Svarsformulär", "Länsstyrelsen Nordmark"),
        ("Harbour Authority of Northwick | Page 1 of 8", "Harbour Authority of Northwick"),
        ("Konsult: Bygg och Mark AB", None),
        ("Kommunen Sida 1", None),
        ("Mall version 2 – Statens mallfond", None),
    ],
)
def test_what_repeats_on_the_pages_tells_the_buyer(line: str, buyer: str | None) -> None:
    assert _tender(furniture(line), heading("Kravspecifikation"), RUNNING).buyer == buyer


@pytest.mark.parametrize(
    ("blocks", "buyer", "name"),
    [
        (
            (heading("Norra Hamnens Energi AB"), heading("Anbudsförfrågan"), heading("Reläskydd")),
            "Norra Hamnens Energi AB",
            "Reläskydd",
        ),
        ((heading("Västra Energi AB – Laddstolpar till garage"),), "Västra Energi AB", "Laddstolpar till garage"),
        (
            ("Kommunalförbundet Sjöbygdens räddningstjänst", heading("Brandbilar")),
            "Kommunalförbundet Sjöbygdens räddningstjänst",
            "Brandbilar",
        ),
        (
            (heading("Prisbilaga"), "Ramavtal för tolkning, Norrviks högskola, dnr NH 2031/1204"),
            "Norrviks högskola",
            "Ramavtal för tolkning",
        ),
        ((heading("Svarsformulär"), "Tolkning på distans. Svar lämnas på formuläret."), None, "Tolkning på distans"),
        (
            (heading("Inbjudan"), heading("Städning av skolor"), RUNNING, heading("Vad ni ska lämna in")),
            None,
            "Städning av skolor",
        ),
        ((heading("Anbudsformulär"), heading("Del 2 – Så svarar ni")), None, None),
        ((heading("Part B. Who you are"),), None, None),
        ((heading("Anbudsformulär"), "Beställaren"), None, None),
    ],
)
def test_a_title_page_tells_buyer_and_name(blocks: tuple[Block | str, ...], buyer: str | None, name: str | None) -> None:
    found = _tender(*blocks)
    assert (found.buyer, found.name) == (buyer, name)


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("Sjöbygdens kommun, nedan kommunen, inbjuder till anbudsgivning.", "Sjöbygdens kommun"),
        ("Sjöbygdens kommun (nedan kallad Kommunen) genomför en upphandling av resor.", "Sjöbygdens kommun"),
        ("Region Nordmark (regionen) driver 22 vårdcentraler.", "Region Nordmark"),
        ("The Harbour Board of Northwick (the “Board”) runs three ports.", "Harbour Board of Northwick"),
        ("Upphandlingen genomförs av Statens kustfond för egen räkning.", "Statens kustfond"),
        ("Norrviks kommun är upphandlande myndighet.", "Norrviks kommun"),
        ("Kustverket avropar härmed två testare.", "Kustverket"),
        ("Annonsör: Norrviks kommunalförbund", "Norrviks kommunalförbund"),
        ("Issued by: Harbour Authority of Northwick", "Harbour Authority of Northwick"),
        ("Beställare: Kommunen", None),
        ("Upphandlande myndighet: Myndigheten", None),
        ("Contracting authority: the Authority", None),
        ("Leverantören (bolaget) ansvarar för städningen.", None),
    ],
)
def test_a_sentence_tells_the_buyer(text: str, buyer: str | None) -> None:
    assert _tender(heading("Inledning"), *["Annan text."] * 45, text).buyer == buyer


def test_a_column_of_reference_projects_is_no_buyer() -> None:
    head = row("Beställare", "Period", "Omfattning", header=True)
    assert _tender(heading("Anbudsformulär"), head, row("", "", "")).buyer is None
    made = document([furniture("Region Nordmark Bilaga 2"), heading("Anbudsformulär"), row("Beställare", "Norrviks kommun")])
    overleaf = replace(made, blocks=(*made.blocks[:-1], replace(made.blocks[-1], place=Place(page=2))))
    assert _read(overleaf).buyer == "Region Nordmark"


def test_the_part_of_administrative_regulations_on_the_client() -> None:
    place = "Tallviks kommun, Gatukontoret, Storgatan 3, 123 45 Tallvik."
    made = _tender(furniture("Projekterande företag Bygg och Mark AB"), heading("AFA.12 Beställare"), place)
    assert made.buyer == "Tallviks kommun"


def test_the_author_in_the_metadata_comes_last() -> None:
    made = replace(document([heading("Städning av skolor")]), metadata=(("Author", "Statens kustfond"),))
    assert _read(made).buyer == "Statens kustfond"
    assert _read(replace(made, metadata=(("Author", "Karin Ek"),))).buyer is None
    assert _read(replace(document([furniture("Norrviks kommun Sida 1")]), metadata=made.metadata)).buyer == "Norrviks kommun"


@pytest.mark.parametrize(
    ("blocks", "reference"),
    [
        ((furniture("Norrviks kommun Komplettering 2 TN 2031/0515"),), "TN 2031/0515"),
        ((furniture("Länsstyrelsen Nordmark Svarsformulär 417-2290-2031"),), "417-2290-2031"),
        ((heading("Upphandling RB 2031-57. Bilaga 2 Prisformulär"),), "RB 2031-57"),
        (("Upphandling NV 31/044 – Analys av vatten",), "NV 31/044"),
        (("Förfrågan till dem som har ramavtal Resor, dnr 23.3-8812-25", furniture("Dnr KV 2031/17")), "KV 2031/17"),
        ((row("Avropets diarienummer", "KV 2031-1148"), "Ramavtalet (dnr 23.5-4410-2024) gäller."), "KV 2031-1148"),
        (("Referens NK 2031:774 · Annonserad 2031-01-02",), "NK 2031:774"),
        ((furniture("ISO 9001:2015 SFS 2016:1145 Box 77, 461 20 Norrvik"),), None),
        ((furniture("Org.nr 202100-9929 Tel 011-555 01 00 2031-02-03"),), None),
    ],
)
def test_a_number_of_a_case_is_told_by_its_make(blocks: tuple[Block | str, ...], reference: str | None) -> None:
    found = _tender(*blocks)
    assert found.reference == reference
    assert found.name is None or "2031" not in found.name


@pytest.mark.parametrize(
    "text",
    [
        "Nuvarande leverantör är Städ Norr AB (bolaget).",
        "Leverantör för närvarande är sedan 2028 Städ Norr AB (bolaget).",
        "Arbetet utförs i dag av entreprenören Städ Norr AB (bolaget).",
        "Städ Norr AB (bolaget) är nuvarande leverantör.",
        "The incumbent supplier is Northwick Cleaning Agency (the “Agency”).",
        "Redovisa ett uppdrag där Region Söder är beställare.",
        "Visa att Region Söder är köpare, eller att uppdraget är avslutat.",
        "Ange om Region Söder är upphandlande myndighet i det avtalet.",
        "Describe a contract where Harbour Board is the contracting authority.",
        "Referensuppdraget avser snöröjning. Region Söder är beställare.",
        "Region Söder är beställare av det arbete som beskrivs.",
        "Fråga: Region Söder är beställare i denna upphandling, stämmer det. Vi har fått andra uppgifter.",
        "Stämmer det, Region Söder är beställare i denna upphandling?",
        "Beställare: Se bilaga 1",
        "Upphandlande myndighet: se avsnitt 1.2",
        "Köpare: Enligt missivet",
        "Contracting authority: See section 2",
    ],
)
def test_a_sentence_tells_of_somebody_else(text: str) -> None:
    blocks: list[Block | str] = [heading("Inledning"), *["Annan text."] * 45, text]
    assert _tender(*blocks).buyer is None
    assert _tender("Upphandlande myndighet: Norrviks kommun", *blocks).buyer == "Norrviks kommun"


def test_what_bidders_ask_tells_no_buyer() -> None:
    asked = (row("Nr", "Fråga", "Svar"), row("1", "Region Söder är beställare i denna upphandling.", "Nej."))
    assert _tender(heading("Frågor och svar"), *asked).buyer is None
    two = (row("Question", "Answer"), row("We read that Harbour Board is the contracting authority.", "No."))
    assert _tender(heading("Clarifications"), *two).buyer is None


@pytest.mark.parametrize(
    "blocks",
    [
        ("Upphandlingen gäller städning: Norrviks kommun är beställare i denna upphandling.",),
        ("Norrviks kommun är köpare och betalar mot faktura.",),
        ("Leverantören ska samarbeta med Norrviks kommun (kommunen).",),
        ("Leverantören väljs av Norrviks kommun (kommunen).",),
        ("Norrviks kommun (kommunen) är ansvarig för leverantörer.",),
        ("Fråga 2: Vem köper? Svar: Norrviks kommun är beställare.",),
        (row("Nr", "Fråga", "Svar"), row("1", "Vem köper?", "Norrviks kommun är beställare.")),
        ("Den som vill får fråga. Norrviks kommun är beställare.",),
    ],
)
def test_the_buyer_is_still_told(blocks: tuple[Block | str, ...]) -> None:
    assert _tender(heading("Inledning"), *["Annan text."] * 45, *blocks).buyer == "Norrviks kommun"
