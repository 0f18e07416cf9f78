"""Finders: what in a bid suppliers often ask to be kept secret, found by rules that are data. They propose, the user decides.

Never proposed: who the bidder is (name, organisation number, switchboard, addresses of its own), totals and evaluated prices,
wages, penalties and what the buyer allows, giro numbers, public facts, presentations, and the buyer's own words and people.
"""

from __future__ import annotations

from app.secrecy.finders.collect import suggestions

__all__ = ["suggestions"]
