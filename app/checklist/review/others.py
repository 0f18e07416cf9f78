"""Rules about names and numbers: wrong ones, other procurements' and other buyers', and words that reserve."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.lexicon import says
from app.checklist.review.rows import about
from app.core.folding import folded
from app.core.inspection import FileFacts, NumberFact, NumberKind
from app.core.review import ReviewFinding, Severity

__all__ = ["bidder_name", "numbers", "other_buyer", "other_reference", "reservations", "same_name"]

_NOT_LETTERS = re.compile(r"[^\w]+")
_FORM = re.compile(r"\b(?:ab|hb|kb|ekonomisk förening|ek för|publ|aktiebolag|aktiebolaget|ltd|inc|gmbh|oy|as|a/s)\b")


def same_name(first: str, second: str) -> bool:
    """Whether two names are of one organisation: company form, genitive and punctuation aside, one may be part of the other."""
    one, other = _bare(first), _bare(second)
    return bool(one and other) and (one in other or other in one)


def bidder_name(inputs: ReviewInputs) -> str:
    """Who bids: as told, else as a form of the bid says."""
    if inputs.bidder is not None and inputs.bidder.name:
        return inputs.bidder.name
    for file in inputs.files:
        for block in file.blocks:
            label, _, rest = block.text.partition("\t")
            if block.value and says("bidder", block.label):
                return block.value
            if rest and len(label) < 40 and says("bidder", label):
                return rest.partition("\t")[0]
        labels = [cell for cell in file.cells if len(cell.text) < 40 and says("bidder", cell.text)]
        for cell in labels:
            row = re.sub(r"[A-Z]+", "", cell.cell)
            beside = [other for other in file.cells if other.sheet == cell.sheet and other.cell != cell.cell]
            found = next((other.text for other in beside if re.sub(r"[A-Z]+", "", other.cell) == row and other.text), "")
            if found:
                return found
    return ""


def numbers(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Numbers whose check digit does not match; what the buyer's documents say is the buyer's."""
    own = {_digits(number) for original in inputs.originals for number in original.numbers}
    wrong = [number for number in file.numbers if not number.right and _digits(number) not in own]
    for digits in dict.fromkeys(_digits(number) for number in wrong):
        number = next(each for each in wrong if _digits(each) == digits)
        if number.kind is NumberKind.ORGANISATION:
            values = (("number", number.text),)
            yield about("number.organisation", Severity.WARNING, file, inputs, number.place, values)
        else:  # a personal number is repeated nowhere, not even in a report
            yield about("number.person", Severity.WARNING, file, inputs, number.place)


def other_reference(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The number of another procurement, where no list of references explains it."""
    own = inputs.tender.reference
    if not own or _tells_of_past(file):
        return
    known = {_bare(own), *(_bare(spot.text) for original in inputs.originals for spot in original.references)}
    for spot in file.references:
        bare = _bare(spot.text)
        if bare and not any(bare in each or each in bare for each in known):
            yield about("other.reference", Severity.WARNING, file, inputs, spot.place, (("found", spot.text), ("own", own)))
            return


def other_buyer(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A letter to somebody else."""
    buyer = inputs.tender.buyer
    if not buyer or _tells_of_past(file):
        return
    known = [buyer, *(spot.text for original in inputs.originals for spot in original.names)]
    for spot in file.names:
        if spot.what == "addressed" and not any(same_name(spot.text, each) for each in known):
            yield about("other.buyer", Severity.WARNING, file, inputs, spot.place, (("found", spot.text), ("own", buyer)))
            return


def reservations(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Words that a buyer may read as a reservation. Sentences of the buyer's own are left out."""
    own = {_bare(spot.text) for original in inputs.originals for spot in original.reservations}
    told: set[str] = set()
    for spot in file.reservations:
        words = folded(spot.what)
        if _bare(spot.text) in own or words in told:
            continue
        told.add(words)
        yield about("reservation.words", Severity.WARNING, file, inputs, spot.place, (("words", spot.what),))


def _tells_of_past(file: FileFacts) -> bool:
    """References and CVs name other buyers and procurements with good right."""
    return says("past", file.name.replace("_", " ")) or any(says("past", head) for head in file.heads[:3])


def _digits(number: NumberFact) -> str:
    return "".join(sign for sign in number.text if sign.isdigit())[-10:]


def _bare(name: str) -> str:
    """Letters and digits only, without company form and genitive."""
    plain = _NOT_LETTERS.sub(" ", _FORM.sub(" ", folded(name))).strip()
    return plain.replace(" ", "").removesuffix("s")
