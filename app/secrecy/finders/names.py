"""How names look in running text: of a company with its form, of anything that is written with capitals."""

from __future__ import annotations

import re

__all__ = ["COMPANY", "NAME", "WORD"]

_FORMS = (
    r"(?:AB|HB|KB|AS|A/S|ApS|Oy|Oyj|Ltd|Limited|LLC|GmbH|Inc|plc|BV|SA|ek\.?\s?för\.?|[Ee]konomisk [Ff]örening|[Hh]andelsbolag"
    r"|[Kk]ommanditbolag|[Aa]ktiebolag)"
)
WORD = r"[A-ZÅÄÖ][\w’'&.-]*"
COMPANY = re.compile(rf"(?:{WORD}(?:\s+(?:&|och|i|and|of)\s+(?={WORD}))?\s*){{1,6}}?(?<=\s)(?:\([^)]*\)\s*)?{_FORMS}(?!\w)")
NAME = re.compile(rf"{WORD}(?:\s+(?:&\s+|i\s+|of\s+)?{WORD})+|{WORD}")
