"""Time and memory, measured in one run and printed; nothing is judged.

usage: python -m tests.benchmarks [--corpus FOLDER] [--pages 500] [--rounds 3] [--only check|window|frozen] [--where]

`frozen` freezes the program first if it must, and starts it.
`--where` tells what the window's own thread did while it kept the window waiting.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import bench


def main() -> None:
    """The command line's figures, then the window's; the frozen program's only when asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=bench.ROOT.parent / "shared" / "corpus")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("check", "window", "frozen"))
    parser.add_argument("--where", action="store_true")
    arguments = parser.parse_args()
    if arguments.only == "frozen":
        from tests.benchmarks import frozen

        frozen.measure(arguments.rounds)
        return
    if arguments.only != "window":
        bench.measure(arguments.corpus, arguments.pages, arguments.rounds)
        print()
    if arguments.only != "check":
        from tests.benchmarks import window

        window.measure(arguments.corpus, arguments.rounds, arguments.where)


if __name__ == "__main__":
    main()
