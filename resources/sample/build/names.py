"""The invented authority, procurement and supplier. The authority's organisation number fails its check digit on purpose; the
supplier's passes, as a bid without faults must, and begins with a 4, which no kind of organisation in Sweden does."""

from __future__ import annotations

BUYER = "Vattenregistermyndigheten"
BUYER_SHORT = "VRM"
BUYER_NUMBER = "209999-9991"
BUYER_ADDRESS = "Box 000, 999 99 Sjölunda"
BUYER_VISIT = "Slussgränd 4, Sjölunda"
REFERENCE = "VRM 2027/0417"
NAME = "IT-konsulttjänster för Vattenregistret"
PUBLISHED = "2027-09-14"
TENDER_DEADLINE = "2027-10-26 kl. 23.59"
QUESTION_DEADLINE = "2027-10-14"

BIDDER = "Norrsken & Lod IT AB"
BIDDER_XML = "Norrsken &amp; Lod IT AB"
BIDDER_NUMBER = "459999-9994"
BIDDER_ADDRESS = "Påhittade gatan 12, 999 98 Sjölunda"
BIDDER_MAIL = "anbud@norrskenlod.example"
BUYER_MAIL = "registrator@vattenregister.example"
