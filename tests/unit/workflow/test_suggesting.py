"""Suggestions for whole bids: files read by a runner, claims made of what is found, nothing of anybody's work overwritten."""

from __future__ import annotations

from pathlib import Path

from app.core.claims import Bidder, ClaimTender
from app.core.document import Document
from app.core.points import Reading
from app.documents.reader import ReadRequest
from app.secrecy.catalogue import category, ground
from app.secrecy.claimsfile import dump_claims, load_claims
from app.workers.serial import SerialRunner
from app.workflow.masking import marks_by_file, mask_file
from app.workflow.reading import read_file
from app.workflow.suggesting import Suggested, claims_of, gaps_of, is_untouched, suggest
from tests.support.package import pdf_bytes, scanned_pdf_bytes, zip_bytes

BID = Path(__file__).resolve().parents[3] / "resources" / "sample" / "bid"
NOBODY = ClaimTender("", ""), Bidder("", "")


def suggested(*paths: Path, base: Path | None = None) -> Suggested:
    return suggest(paths, runner=SerialRunner(), base=base)


def test_what_is_suggested_in_the_sample_bid_can_be_masked_as_it_is() -> None:
    found = suggested(BID, base=BID.parent)
    claims = claims_of(found, *NOBODY)
    for file in claims.files:
        marks = marks_by_file(claims).get(file.id, ())
        if marks:
            path = BID.parent / file.path
            assert mask_file(ReadRequest(path.name, path=path), marks, frozenset()).places >= len(marks)


def test_the_sample_bid_gives_claims_with_category_and_ground_and_no_harm() -> None:
    found = suggested(BID, base=BID.parent)
    claims = claims_of(found, *NOBODY).claims
    assert [claim.number for claim in claims] == list(range(1, len(claims) + 1))
    assert {"hourly-rate", "method", "cv", "reference-contact", "personal-data"} <= {claim.category for claim in claims}
    for claim in claims:
        assert category(claim.category)
        assert ground(claim.ground)
        assert (claim.used_by, claim.how, claim.loss) == ("", "", "")
        assert claim.category == "customer" or not any(anchor.all_occurrences for anchor in claim.anchors)
    assert [file.path for file in found.files] == sorted(f"bid/{path.name}" for path in BID.iterdir())
    assert all(file.sha256 and len(file.sha256) == 64 for file in found.files)


def test_the_same_files_give_the_same_suggestions() -> None:
    assert dump_claims(claims_of(suggested(BID), *NOBODY)) == dump_claims(claims_of(suggested(BID), *NOBODY))


def test_claims_survive_the_claims_file() -> None:
    made = claims_of(suggested(BID), ClaimTender("Drift", "Verket", "V 1"), Bidder("Vi AB", "559999-9990"), lambda one: one.rule)
    assert load_claims(dump_claims(made)).claims == made


def test_a_document_inside_another_file_is_told_and_not_marked(tmp_path: Path) -> None:
    archive = tmp_path / "bud.zip"
    archive.write_bytes(zip_bytes({"inre.pdf": pdf_bytes(("Timpris 950 kr/tim",))}))
    found = suggested(archive)
    assert found.files == ()
    assert [finding.code for finding in found.failures] == ["file.inside"]


def test_what_cannot_be_read_is_a_gap_and_the_rest_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    (tmp_path / "bra.pdf").write_bytes(pdf_bytes(("Priser", "En konsult kostar 950 kr/tim.")))
    found = suggested(tmp_path / "trasig.pdf", tmp_path / "bra.pdf")
    assert [suggestion.category for suggestion in found.suggestions] == ["hourly-rate"]
    assert gaps_of(found)
    assert not gaps_of(suggested(tmp_path / "bra.pdf"))


def test_a_scanned_page_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned_pdf_bytes())
    found = suggested(tmp_path / "scan.pdf")
    assert found.suggestions == ()
    assert gaps_of(found)


def test_reading_for_blocks_only_looks_for_nothing_and_keeps_the_blocks(tmp_path: Path) -> None:
    asked = ReadRequest("a.pdf", data=pdf_bytes(), blocks_only=True)
    (reading,) = read_file(asked)
    assert isinstance(reading, Reading)
    assert isinstance(reading.document, Document)
    assert reading.document.blocks
    assert reading.points == ()
    ((_, kept),) = SerialRunner().run([asked], lambda _: None, lambda: False)
    assert isinstance(kept, Reading)
    assert kept.document.blocks


def test_a_file_with_somebody_s_work_is_not_untouched(tmp_path: Path) -> None:
    target = tmp_path / "c.json"
    assert is_untouched(target)
    target.write_bytes(b"")
    assert is_untouched(target)
    content = dump_claims(
        claims_of(suggested(BID / "2 Prisbilaga ifylld.xlsx"), ClaimTender("D", "V"), Bidder("A", "559999-9990"))
    )
    target.write_bytes(content)
    assert is_untouched(target)
    target.write_bytes(content.replace(b'"loss": ""', b'"loss": "Vi skulle tappa avropen"', 1))
    assert not is_untouched(target)
    target.write_bytes(b"{")
    assert not is_untouched(target)
