"""TOML files of the program as data, kept from one start to the next where Python keeps its compiled modules.

Reading a language's words as TOML takes as long as painting a page of the window. What was read is written down by the file's
content, a line each, so it is never out of date; where anything is amiss (no file, one cut short, no permission to write) the
TOML is read again. What lies there is trusted as far as the compiled modules beside it, no further.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

__all__ = ["read_table", "save"]

_MOST = 400
"""Files: of more, many belong to words that have been changed since."""


def read_table(file: Path) -> dict[str, Any]:
    """A TOML file as data, the caller's own. Raises OSError, tomllib.TOMLDecodeError."""
    content = file.read_bytes()
    key = sha256(content).hexdigest()
    known = _known()
    if key in known:
        with suppress(ValueError):
            kept = json.loads(known[key])
            if isinstance(kept, dict):
                return kept
    import tomllib  # mostly nobody waits for it

    found = tomllib.loads(content.decode("utf-8"))
    with suppress(ValueError, TypeError):  # JSON has no word for all that TOML can say, as a day of the calendar
        known[key] = json.dumps(found, ensure_ascii=False, allow_nan=False)
        if not _added:
            atexit.register(save)
        _added.append(key)
    return found


def save() -> None:
    """Write down what was added, whole or not at all. Silent where nothing can be written: it is only a matter of time."""
    # A program that is installed as a whole is left as it was signed: it brings the file along, made when it was frozen.
    if not _added or sys.dont_write_bytecode or getattr(sys, "frozen", False):
        return
    _added.clear()
    place = _place()
    partial = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes("".join(f"{key} {text}\n" for key, text in list(_known().items())).encode("utf-8", "surrogatepass"))
        partial.replace(place)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


_added: list[str] = []
"""What came to be known in this process."""


@cache
def _known() -> dict[str, str]:
    """Each file's data as JSON, by the hash of its content."""
    with suppress(OSError, ValueError):
        lines = _place().read_bytes().decode("utf-8", "surrogatepass").split("\n")[:-1]  # one that does not end was cut short
        if len(lines) <= _MOST:
            return {key: text for key, _, text in (line.partition(" ") for line in lines)}
    return {}


def _place() -> Path:
    """Beside Python's compiled modules; in the frozen program, which has none, where the module itself would be."""
    if getattr(sys, "frozen", False):
        return Path(__file__).with_suffix(".tables")
    return Path(cache_from_source(__file__)).with_suffix(".tables")
