"""Which amounts of a bid are the bidder's prices, and which are wages, penalties, insured sums or what the buyer allows."""

from __future__ import annotations

import pytest

from app.secrecy.finders.money import is_of_wages, is_other_money, is_own_price

PRICES = (
    "Vår avgift för akut utryckning är *1 900 kr* per gång.",
    "För leveranser upp till 50 kg tar vi *95 kr* per kolli.",
    "Konsultens arvode uppgår till *1 150 kr* per timme och inkluderar samtliga lönekostnader.",
    "Priset per resa, exklusive trängselskatt, är *340 kr*.",
    "Vi erbjuder ett takpris på *900 kr* per timme.",
    "Vårt takpris är *900 kr* per timme.",
    "Restid debiteras med högst *300 kr* per tillfälle.",
    "Lönekostnaden ingår i timpriset, som är *560 kr*.",
    "Vitet är 500 kr per dag; vårt timpris är *560 kr*.",
    "Kommunen betalar *412 kr* per timme för våra montörer.",
    "Avdrag görs inte; priset är *61 kr* per portion.",
    "Taket enligt kravet är 900 kr per timme; vårt är *640 kr* per timme.",
    "Our fee of *EUR 300* per workshop includes travel, insurance and taxes.",
    "The invitation caps call-outs at EUR 120 per hour; our rate is *EUR 98* per hour.",
    "Travel is billed at no more than *EUR 30* per trip.",
)
OTHERS = (
    "Enligt kollektivavtalet är lönen *185 kr* per timme.",
    "Timpriset är 412 kr, och lönen *185 kr* per timme.",
    "Arbetsgivaravgiften motsvarar *60 kr* per timme.",
    "Vi betalar våra förare *190 kr* per timme.",
    "Vid försening utgår vite med *5 000 kr* per dag.",
    "Vi betalar vite om 5 000 kr första veckan och *9 000 kr* andra veckan.",
    "För varje utebliven hämtning betalar vi *900 kr* per kärl i vite.",
    "Dröjsmålsavgift debiteras enligt lag med *450 kr* per faktura.",
    "Upphandlingsdokumenten anger ett takpris på *450 kr* per timme.",
    "Vårt pris ligger under takpriset *450 kr* per timme.",
    "Det pris vi erbjuder ligger under kommunens tak på *2,10 kr* per kvadratmeter.",
    "Priset får inte överstiga *950 kr* per timme.",
    "Vi uppfyller kravet att putsning kostar högst *95 kr* per fönster.",
    "Självrisken är *20 000 kr* per skada.",
    "Omsättningen är *1 150 000 kr* per anställd.",
    "Anbudsgivaren ska debitera *300 kr* per resa.",
    "The collective agreement sets the wage at *EUR 21* per hour.",
    "If a visit is missed, liquidated damages of *EUR 250* per visit fall due.",
    "The rate must not exceed *EUR 120* per hour.",
    "As required, the price is no more than *EUR 15* per bin.",
    "The council's budget is *EUR 300* per pupil.",
)


def asked(sentence: str, heading: str = "") -> bool:
    before, amount, after = sentence.split("*")
    return is_own_price(before + amount + after, len(before), len(before) + len(amount), heading)


@pytest.mark.parametrize("sentence", PRICES)
def test_the_bidders_price_is_taken(sentence: str) -> None:
    assert asked(sentence)


@pytest.mark.parametrize("sentence", OTHERS)
def test_other_money_is_left(sentence: str) -> None:
    assert not asked(sentence)


def test_the_sentence_beside_does_not_count() -> None:
    assert asked("Vite utgår inte. Montören kostar *612 kr* per timme. Lönen höjs i maj.")


def test_where_a_sentence_tells_nothing_its_heading_does() -> None:
    assert asked("Per gång: *2 000 kr*.", "Priser")
    assert not asked("Per gång: *2 000 kr*.", "Viten")


def test_names_of_columns_are_judged_alike() -> None:
    assert is_other_money("Kommunens takpris (kr)")
    assert is_other_money("Lägsta lön (kr/tim)")
    assert not is_other_money("Lönekostnad (kr)", wages=False), "of the bidder's own calculation"
    assert not is_other_money("Vårt takpris (kr)")
    assert is_of_wages(("Yrkesgrupp", "Grundlön", "Tillägg kväll"))
    assert not is_of_wages(("Roll", "Månadslön", "Timpris"))
