"""Documents named side by side are one each; what belongs to one document's name stays with it."""

from __future__ import annotations

import pytest

from app.extraction.parts import enumerated, named_documents


def parts(sentence: str) -> list[str]:
    return [sentence[start:end] for start, end in named_documents(sentence)]


def entries(text: str) -> list[str]:
    return [text[start:end] for start, end in enumerated(text, 0, len(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Till anbudet fogas bevis om F-skatt, intyg om ansvarsförsäkring samt registreringsbevis.",
            ["Till anbudet fogas bevis om F-skatt", "intyg om ansvarsförsäkring", "registreringsbevis"],
        ),
        (
            "Anbudet ska innehålla ifylld prisbilaga, bilaga 2, en genomförandeplan, bilaga 3, samt bilaga 4.",
            ["Anbudet ska innehålla ifylld prisbilaga, bilaga 2", "en genomförandeplan, bilaga 3", "bilaga 4"],
        ),
        (
            "Anbudsgivaren ska bifoga tre fotografier av lokalen, intyg från Skatteverket och försäkringsbevis.",
            ["Anbudsgivaren ska bifoga tre fotografier av lokalen, intyg från Skatteverket", "försäkringsbevis"],
        ),
        ("Anbudet ska innehålla bilaga 1, bilaga 2 och bilaga 5.", ["Anbudet ska innehålla bilaga 1", "bilaga 2", "bilaga 5"]),
        (
            "Tenderers shall submit a tender form and a price schedule.",
            ["Tenderers shall submit a tender form", "a price schedule"],
        ),
        ("Bifoga registreringsbevis och F-skattebevis.", ["Bifoga registreringsbevis", "F-skattebevis"]),
        (
            "The tender shall be accompanied by a form of tender, evidence of insurance and a health and safety policy.",
            ["The tender shall be accompanied by a form of tender", "evidence of insurance", "a health and safety policy"],
        ),
        ("Annex A, Annex B and Annex D must be returned.", ["Annex A", "Annex B", "Annex D must be returned"]),
        (
            "Anbudsgivaren ska bifoga årsredovisning, en miljöpolicy och, om ombud anlitas, ett samarbetsavtal.",
            ["Anbudsgivaren ska bifoga årsredovisning", "en miljöpolicy", "om ombud anlitas, ett samarbetsavtal"],
        ),
        (
            "Intyg från banken som visar soliditet, samt CV ska bifogas.",
            ["Intyg från banken som visar soliditet", "CV ska bifogas"],
        ),
        (
            "Bifoga en tidplan som visar etapperna samt organisationsplan för entreprenaden.",
            ["Bifoga en tidplan som visar etapperna", "organisationsplan för entreprenaden"],
        ),
        (
            "Bifoga ett organisationsschema som visar bemanningen och CV för den ansvarige.",
            ["Bifoga ett organisationsschema som visar bemanningen", "CV för den ansvarige"],
        ),
        ("Bifoga registreringsbevis och kopia av tillstånd.", ["Bifoga registreringsbevis", "kopia av tillstånd"]),
        ("Kopia på registreringsbevis och F-skattebevis bifogas.", ["Kopia på registreringsbevis", "F-skattebevis bifogas"]),
    ],
)
def test_each_document_is_a_part(sentence: str, expected: list[str]) -> None:
    assert parts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "CV för varje konsult ska bifogas.",
        "Anbudsgivaren ska bifoga CV och referenser för varje konsult.",
        "Anbudsgivaren ska bifoga CV och examensbevis för varje konsult.",
        "Certifikat eller registreringsbevis ska bifogas.",
        "Bevis kan utgöras av årsredovisning, revisorsintyg och bankgaranti.",
        "Anbudsgivaren ska bifoga CV som visar utbildning, certifikat och examensbevis.",
        "Bifoga en plan som visar organisation och rutiner för avvikelser.",
        "Anbudsgivaren ska bifoga en beskrivning enligt bilaga 1 och bilaga 2.",
        "Certifikat enligt ISO 9001 och ISO 14001 ska bifogas.",
        "Bifoga dokumentation och CV för arkitekten.",
        "Submit a certificate of insurance detailing its coverage and policy amounts.",
        "Provide proof such as audited accounts, bank letters and certificates.",
    ],
)
def test_what_is_one_document_or_uncertain_stays_whole(sentence: str) -> None:
    assert parts(sentence) == []


def test_entries_keep_their_letters_and_lose_what_joins_them() -> None:
    assert entries("The following: (a) a form; (b) a copy of the policy; and (c) the declaration.") == [
        "(a) a form",
        "(b) a copy of the policy",
        "(c) the declaration",
    ]
    assert entries("Bifoga: 1) intyg, 2) registreringsbevis samt 3) certifikat") == [
        "1) intyg",
        "2) registreringsbevis",
        "3) certifikat",
    ]
    assert entries("shall submit: (i) accounts; (ii) a licence") == ["(i) accounts", "(ii) a licence"]


@pytest.mark.parametrize(
    "text",
    [
        "Anbudet ska uppfylla krav a) och b) ovan.",
        "Se punkt a) anbudets form samt b) anbudets innehåll.",
        "The form (a) is attached.",
        "Terms: (a) one thing, where (i) this or (ii) that holds; (b) another.",
        "(a) begins the text; (b) goes on with it.",
    ],
)
def test_letters_that_enumerate_nothing(text: str) -> None:
    assert entries(text) == []
