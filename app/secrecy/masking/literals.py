"""Values that a file holds beside its cells and texts: a chart's own points and the limits of a rule that colours cells.

A number there cannot be replaced by a mask, as programs read it as a number: the point or the rule goes.
"""

from __future__ import annotations

from typing import Any

from app.secrecy.masking.needles import Needles
from app.secrecy.masking.package import Package, local, take_out

__all__ = ["drop_literals"]

Element = Any


def drop_literals(package: Package, needles: Needles) -> int:
    """Take out what holds a marked text or a piece of it. How many went."""
    count = 0
    for part in package.names():
        root = package.tree(part)
        if root is None:
            continue
        name = local(root)
        if name == "chartSpace":
            doomed = [element for element in root.iter() if local(element) == "pt" and _tells(element.itertext(), needles)]
        elif name in ("worksheet", "chartsheet"):
            doomed = [element for element in root.iter() if local(element) == "cfRule" and _tells(_limits(element), needles)]
            for element in root.iter():
                if local(element) == "top10" and _tells([element.get("filterVal", "")], needles):
                    del element.attrib["filterVal"]
                    count += 1
        else:
            continue
        for element in doomed:
            around = element.getparent()
            take_out(element)
            if local(around) == "conditionalFormatting" and not any(local(rule) == "cfRule" for rule in around):
                take_out(around)
        count += len(doomed)
    return count


def _limits(rule: Element) -> list[str]:
    limits = [element for element in rule.iter() if local(element) == "cfvo"]
    return [text for limit in limits for text in (limit.get("val", ""), *limit.itertext())]


def _tells(texts: Any, needles: Needles) -> bool:
    return any(needles.first_in(text) is not None for text in texts if text)
