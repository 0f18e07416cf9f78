"""Reads broken files in a process of its own, so that a crash or hang of a library in C is one file's, and seen.

Takes lines "source seed" and answers each with one line of JSON. A file is broken in this process, from its seed.
"""

from __future__ import annotations

import json
import sys
import traceback
import warnings
from typing import Any

from app.core.errors import AnbudsklarError
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.reading import find
from app.workers.confine import bound_memory
from tests.fuzz.sources import sources
from tests.support.invariants import document_problems, reading_problems
from tests.support.mutations import mutated

_MEMORY = 3 * 1024**3


def main() -> None:
    """Answer until there are no more lines."""
    bound_memory(_MEMORY)
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        place, seed = (int(word) for word in line.split())
        sys.stdout.write(json.dumps({"place": place, "seed": seed, **attempt(place, seed)}) + "\n")
        sys.stdout.flush()


def attempt(place: int, seed: int) -> dict[str, Any]:
    """What became of one broken file."""
    name, data = sources()[place]
    answer: dict[str, Any] = {"name": name, "problems": [], "code": None, "foreign": None}
    try:
        document = read(ReadRequest(name, data=mutated(data, seed)))
        answer["problems"] += list(document_problems(document, on_page=False))[:3]
        answer["problems"] += list(reading_problems(find(document), on_page=False))[:3]
    except AnbudsklarError as error:
        answer["code"] = error.code_used
        # A fault that no reader foresaw: allowed, since it became an error of the tree, but worth mending.
        if "cause" in dict(error.values) and error.__cause__ is not None:
            answer["foreign"] = f"{type(error.__cause__).__name__} {_where(error.__cause__)}"
    except Exception as error:  # noqa: BLE001 - what escapes is what this test is for
        answer["problems"].append(f"{type(error).__name__} {_where(error)}")
    return answer


def _where(error: BaseException) -> str:
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/app/" in frame.filename.replace("\\", "/")]
    return f"{ours[-1].filename.rpartition('/app/')[2]}:{ours[-1].lineno}" if ours else ""


if __name__ == "__main__":
    main()
