"""Print the figures of the labelled documents as they would stand in floors.toml:  python -m tests.corpus.measure"""

from __future__ import annotations

import sys
from math import ceil, floor

from tests.support.corpus import gold_name, golds, scored
from tests.support.scoring import Score


def main() -> None:
    """One table per document, rounded so that the figure holds."""
    total = Score()
    for path in golds():
        reached, _ = scored(path)
        total += reached
        _table(gold_name(path), reached.figures())
    _table("pooled", total.figures())


def _table(name: str, figures: dict[str, float]) -> None:
    lines = [f"[{name}]"]
    for key, value in figures.items():
        rounded = ceil(value * 1000) / 1000 if key == "lumped" else floor(value * 1000) / 1000
        lines.append(f"{key} = {rounded:.3f}")
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
