"""Who the bid speaks of: what belongs to the bidder or the buyer in public is never suggested."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.document import BlockKind
from app.secrecy.finders.rules import says
from app.secrecy.finders.view import View

__all__ = ["MAIL", "PHONE", "Parties", "parties"]

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w+.,/-])(?:\+\d{1,3}[ -]?(?:\(0\))?|0)\d{1,3}(?:[ -]?\d{2,4}){2,4}(?![\w-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Parties:
    """Mail domains of bidder and buyer, and the numbers and addresses that stand on letterheads or belong to a switchboard."""

    domains: frozenset[str]
    public: frozenset[str]

    def is_public(self, text: str) -> bool:
        """A telephone number or address that the company itself gives to everybody."""
        return squeezed(text) in self.public


def squeezed(text: str) -> str:
    """Without what groups digits."""
    return re.sub(r"[\s()-]+", "", text).lower()


def parties(views: Iterable[View]) -> Parties:
    """What all files of the bid tell of its parties."""
    domains: set[str] = set()
    public: set[str] = set()
    for view in views:
        for block in view.document.blocks:
            furniture = block.kind is BlockKind.FURNITURE
            for found in (MAIL, PHONE):
                for match in found.finditer(block.text):
                    around = block.text[max(0, match.start() - 80) : match.start()]
                    after = block.text[match.end() : match.end() + 60].partition(". ")[0]
                    known = (
                        furniture
                        or says("never", "phone", around)
                        or says("never", "buyer", around)
                        or says("never", "buyer", after)
                    )
                    if known or (found is MAIL and says("never", "mail", match[0])):
                        public.add(squeezed(match[0]))
                        if found is MAIL:
                            domains.add(match[0].rpartition("@")[2].lower())
    return Parties(frozenset(domains), frozenset(public))
