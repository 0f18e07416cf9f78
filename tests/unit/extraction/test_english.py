"""What English requests for tender ask, in words of many buyers, with near misses."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.sections import outline
from app.extraction.statements import find_statements
from tests.support.documents import document, heading, item, row

_TENDERING = "2 Instructions to tenderers"
_QUALIFICATION = "3 Qualification requirements"
_SERVICE = "4 Service requirements"
_EVALUATION = "5 Evaluation"
_PRICE = "6 Price"
_CONTRACT = "7 Contractual conditions"


def _found(chapter: str, *blocks: Block | str) -> list[Point]:
    made = document([heading(chapter), *blocks])
    return find_statements(made, outline(made))


@pytest.mark.parametrize(
    ("chapter", "text", "kind", "must"),
    [
        (_QUALIFICATION, "Three reference projects shall be listed in Appendix 3.", PointKind.QUESTION, True),
        (_QUALIFICATION, "The tenderer shall state its turnover in Annex 2, section B.", PointKind.QUESTION, True),
        (_QUALIFICATION, "The bidder must confirm compliance by ticking “Yes” in Schedule 4.", PointKind.QUESTION, True),
        (_PRICE, "The hourly rates must be filled in in Annex 4.", PointKind.QUESTION, True),
        (_QUALIFICATION, "The tenderer shall describe how incidents are handled.", PointKind.QUESTION, True),
        (_QUALIFICATION, "For each reference the tenderer shall state client, period and value.", PointKind.QUESTION, True),
        (_SERVICE, "The tenderer shall describe how the requirement is met.", PointKind.QUESTION, True),
        (_QUALIFICATION, "The names of the subcontractors shall be stated in the tender.", PointKind.QUESTION, True),
        (_TENDERING, "Tenderers shall state if they intend to use subcontractors.", PointKind.QUESTION, True),
        (_QUALIFICATION, "The tenderer shall demonstrate fulfilment by completing the ESPD.", PointKind.ATTACHMENT, True),
        (_QUALIFICATION, "Experience shall be shown by means of a list of services provided.", PointKind.ATTACHMENT, True),
        (_QUALIFICATION, "A CV for each consultant shall be appended to the tender.", PointKind.ATTACHMENT, True),
        (_TENDERING, "A signed consortium agreement shall be enclosed.", PointKind.ATTACHMENT, True),
        (_SERVICE, "The tender shall include a description of the training offered.", PointKind.ATTACHMENT, True),
        (_TENDERING, "Alternative tenders are not accepted.", PointKind.REQUIREMENT, True),
        (_TENDERING, "No variants will be permitted.", PointKind.REQUIREMENT, True),
        (_TENDERING, "Tenders may be written in English or Swedish.", PointKind.REQUIREMENT, False),
        (_TENDERING, "By submitting a tender, the tenderer accepts the draft contract.", PointKind.REQUIREMENT, True),
        (_CONTRACT, "By submitting a tender, the tenderer accepts the draft contract.", PointKind.REQUIREMENT, True),
        (_TENDERING, "The attached draft contract shall be accepted in full.", PointKind.REQUIREMENT, True),
        (_TENDERING, "All requirements marked M must be met.", PointKind.REQUIREMENT, True),
        (_TENDERING, "Queries must be submitted no later than 3 May 2031.", PointKind.DEADLINE, False),
        (_TENDERING, "The tenderer shall be bound by its tender until 3 May 2031.", PointKind.DEADLINE, True),
        (_TENDERING, "Any queries should be addressed to the agency by 5 pm on 3 June 2031.", PointKind.DEADLINE, False),
        (_TENDERING, "Complete, sign and return Appendix A.", PointKind.ATTACHMENT, True),
        (_TENDERING, "You should return the signed Form of Tender.", PointKind.ATTACHMENT, False),
        (_TENDERING, "Please complete the questionnaire in Appendix B.", PointKind.QUESTION, True),
        (_TENDERING, "A business plan may be enclosed.", PointKind.ATTACHMENT, False),
        (_TENDERING, "File names should not exceed 50 characters.", PointKind.CRITERION, False),
        (_TENDERING, "Last day for questions is 4 May 2031.", PointKind.DEADLINE, False),
        (_QUALIFICATION, "The assignments are to be accounted for in Annex 2.", PointKind.QUESTION, True),
        (_TENDERING, "The registration number shall be stated on the first page of the tender.", PointKind.QUESTION, True),
        (_TENDERING, "Tenders must arrive before the deadline.", PointKind.DEADLINE, True),
        (_TENDERING, "Offers are submitted electronically via the portal.", PointKind.REQUIREMENT, True),
        (_PRICE, "Prices are stated in euro exclusive of VAT.", PointKind.REQUIREMENT, True),
        (_TENDERING, "The Agency will reject tenders that do not meet all requirements.", PointKind.REQUIREMENT, True),
        (_TENDERING, "Incomplete tenders may be excluded.", PointKind.REQUIREMENT, True),
        (_EVALUATION, "To obtain points, the tenderer shall describe how the criterion is met.", PointKind.QUESTION, False),
        (_EVALUATION, "The method statement will be assessed on the basis of clarity.", PointKind.CRITERION, False),
        (_EVALUATION, "The tender with the lowest evaluated price will be awarded the contract.", PointKind.CRITERION, False),
    ],
)
def test_what_is_asked(chapter: str, text: str, kind: PointKind, must: bool) -> None:
    assert [(point.kind, point.must, point.source.quote) for point in _found(chapter, text)] == [(kind, must, text)]


@pytest.mark.parametrize(
    ("chapter", "text", "kind"),
    [
        (_SERVICE, "The service shall be performed as described in Annex A.", PointKind.REQUIREMENT),
        (_SERVICE, "The system must indicate the status of each order.", PointKind.REQUIREMENT),
        (_SERVICE, "The Supplier shall describe any deviation in the monthly report.", PointKind.REQUIREMENT),
        (_SERVICE, "The Supplier shall provide a list of open incidents every week.", PointKind.REQUIREMENT),
        (_SERVICE, "User documentation shall be provided in English.", PointKind.REQUIREMENT),
        (_PRICE, "Prices shall be stated in Swedish kronor excluding VAT.", PointKind.REQUIREMENT),
        (_QUALIFICATION, "The references shall have included migration of data.", PointKind.REQUIREMENT),
        (
            _QUALIFICATION,
            "The references shall have ended within three years of the deadline for tenders.",
            PointKind.REQUIREMENT,
        ),
        (_TENDERING, "Requests for clarification of the documents shall be submitted via the portal.", PointKind.REQUIREMENT),
        (_QUALIFICATION, "The successful tenderer shall provide evidence of insurance.", PointKind.CONTRACT),
        (_QUALIFICATION, "The winning tenderer must submit certificates before the contract is signed.", PointKind.CONTRACT),
        (_CONTRACT, "The Supplier shall describe changes in Annex 3.", PointKind.CONTRACT),
        (_CONTRACT, "The service levels shall be stated in Annex 2.", PointKind.CONTRACT),
        (_CONTRACT, "The Supplier shall provide monthly reports.", PointKind.CONTRACT),
    ],
)
def test_what_is_no_answer_slot(chapter: str, text: str, kind: PointKind) -> None:
    assert [point.kind for point in _found(chapter, text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The requirements are set out in Annex A.",
        "The authority shall state its decision in Annex 7.",
        "The authority may at any time request that the tenderer submits supporting documents.",
        "You are not required to submit any other documents.",
        "Tenderers do not need to submit a registration certificate.",
        "Answers to questions will be published no later than six days before the deadline.",
        "Mandatory requirements (M) are expressed by “shall” or “must”.",
        "It is estimated that the contract must be signed by the end of 2031.",
        "Tenderers who have submitted a tender shall be notified of the award decision.",
    ],
)
def test_what_asks_nothing(text: str) -> None:
    assert _found(_TENDERING, text) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (
            "If the tenderer relies on other entities, a commitment from each entity shall be attached.",
            "If the tenderer relies on other entities",
        ),
        (
            "Where a group submits the tender, a signed consortium agreement shall be enclosed.",
            "Where a group submits the tender",
        ),
        ("In such a case, the tender shall include a signed undertaking from each entity.", "In such a case"),
        ("A tenderer that lacks a rating shall enclose a statement from its bank.", "A tenderer that lacks a rating"),
        ("Tenderers established abroad shall enclose an extract from a register.", "Tenderers established abroad"),
        ("Foreign tenderers shall enclose a corresponding certificate.", "Foreign tenderers"),
        ("A power of attorney shall be attached if the signatory is not registered.", "if the signatory is not registered"),
    ],
)
def test_what_is_handed_in_only_sometimes(text: str, when: str) -> None:
    assert [(point.kind, point.must, point.when) for point in _found(_TENDERING, text)] == [(PointKind.ATTACHMENT, False, when)]


@pytest.mark.parametrize(
    "text",
    [
        "Suppliers wishing to submit a tender shall enclose a signed declaration.",
        "Tenderers who submit a tender shall enclose a signed declaration.",
        "When submitting a tender, the tenderer shall enclose a signed declaration.",
    ],
)
def test_what_everybody_hands_in(text: str) -> None:
    assert [(point.kind, point.must) for point in _found(_TENDERING, text)] == [(PointKind.ATTACHMENT, True)]


@pytest.mark.parametrize(
    ("lead", "items", "kind"),
    [
        ("A complete tender consists of:", ("Form of Tender (Annex 1)", "Technical response"), PointKind.ATTACHMENT),
        ("The following must be returned with the tender:", ("Signed declaration", "Price form"), PointKind.ATTACHMENT),
        ("The tenderer shall submit:", ("ESPD", "tax certificate", "description of the organisation"), PointKind.ATTACHMENT),
        ("The tenderer shall describe:", ("its quality work;", "how risks are managed."), PointKind.QUESTION),
        ("The tenderer shall provide the following information:", ("contact person", "number of staff"), PointKind.QUESTION),
        ("The following information must be provided for each reference:", ("customer", "value"), PointKind.QUESTION),
        ("The tenderer shall enclose with its tender:", ("a time schedule", "a risk analysis"), PointKind.ATTACHMENT),
        ("Respondents must address each of the following:", ("transition", "service management"), PointKind.QUESTION),
    ],
)
def test_lists(lead: str, items: tuple[str, ...], kind: PointKind) -> None:
    points = [point for point in _found(_TENDERING, lead, *map(item, items)) if point.source.quote != lead]
    assert [(point.kind, point.must) for point in points] == [(kind, True)] * len(items)


@pytest.mark.parametrize("lead", ["The tender documents consist of:", "The following documents are attached to this request:"])
def test_the_buyers_own_documents_are_not_asked_for(lead: str) -> None:
    assert _found(_TENDERING, lead, item("Annex 1 Specification"), item("Annex 2 Draft contract")) == []


def test_an_entry_that_is_needed_only_sometimes() -> None:
    points = _found(_TENDERING, "The tenderer shall submit:", item("Tax certificate"), item("CV, where applicable"))
    assert [(point.must, point.when) for point in points] == [(True, None), (False, "where applicable")]


def test_what_a_requirement_asks_for_besides_stands_alone() -> None:
    text = "The Supplier should hold ISO/IEC 27017 certification. If so, a copy of the certificate is to be enclosed."
    points = _found(
        _SERVICE,
        row("ID", "Requirement", "Type", header=True),
        row("S-05", text, "S – 10 p"),
        row("S-06", "Data shall be encrypted.", "M"),
    )
    assert [(point.kind, point.must, point.when, point.number) for point in points] == [
        (PointKind.CRITERION, False, None, "S-05"),
        (PointKind.ATTACHMENT, False, "If so", "S-05"),
        (PointKind.REQUIREMENT, True, None, "S-06"),
    ]


def test_letters_beside_points_tell_which_are_mandatory() -> None:
    rows = (
        row("R-1", "Wind is measured.", "M"),
        row("R-2", "Maps are embedded.", "S – 10 p"),
        row("R-3", "Rain is measured.", "M"),
    )
    points = _found(_SERVICE, row("ID", "Requirement", "Type", header=True), *rows)
    assert [point.kind for point in points] == [PointKind.REQUIREMENT, PointKind.CRITERION, PointKind.REQUIREMENT]


def test_others_are_named_only_when_there_are_any() -> None:
    points = _found(
        _QUALIFICATION, "The entities and the part of the contract they will perform shall be stated in Annex B, part 3."
    )
    assert [(point.kind, point.must) for point in points] == [(PointKind.QUESTION, False)]
