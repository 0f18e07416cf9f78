"""What is made of the rules, kept from one start to the next as Python keeps its compiled modules, and in the same place.

Compiling the rules' patterns takes half a second of every process that reads documents: as long as thirty pages. What `re` makes
of a pattern is a row of numbers for its engine, good for every interpreter of the same version of that engine, so it is written
down and handed to the engine the next time. Nothing here can be out of date: a pattern is looked for by its own source. Where
anything is amiss (no file, another version, a file cut short, no permission to write) the work is done
again, as if nothing had been kept. What lies there is trusted as far as the compiled modules beside it, no further.

Only what stems from the rules belongs here. What is built of a document's words (its buyer's name) must never reach the disk.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import msgspec

__all__ = ["made_of", "pattern", "save"]

_ENGINE: Any = import_module("_sre")
_MADE_FOR = f"3 {_ENGINE.MAGIC} {_ENGINE.CODESIZE} {sys.byteorder} {sys.implementation.cache_tag}"
_MOST = 4_000  # patterns: of more, many belong to rules that have been changed since
_MAKERS = ("rules.py", "triggers.py")
"""Modules whose work `made_of` keeps."""
_NUMBER = "I" if array("I").itemsize == _ENGINE.CODESIZE else "L"


class _Code(msgspec.Struct, array_like=True, frozen=True):
    """A compiled pattern: the engine's numbers as bytes, its final flags, and the names of its groups."""

    numbers: bytes
    flags: int
    groups: int
    names: dict[str, int]


class _File(msgspec.Struct, array_like=True):
    """All that is kept: patterns by flags and source, what was made of a source by its name and the source."""

    made_for: str = _MADE_FOR
    patterns: dict[str, _Code] = {}
    makers: str = ""
    made: dict[str, Any] = {}


@dataclass(slots=True)
class _Store:
    """What was read at the start, and whether something has been added since."""

    kept: _File = field(default_factory=_File)
    added: bool = False


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, from what is kept or else to be kept. For patterns of the rules alone."""
    store = _store()
    key = f"{flags} {source}"
    found = store.kept.patterns.get(key)
    if found is not None:
        with suppress(Exception):  # the engine's own check of the numbers failed: they are made again
            return _made(source, found)
    try:
        found = _compiled(source, flags)
        made = _made(source, found)
    except re.error:
        raise
    except Exception:  # noqa: BLE001 - another interpreter, whose parts have other names: its own way is always right
        return re.compile(source, flags)
    store.kept.patterns[key] = found
    store.added = True
    return made


def made_of(source: str, name: str, make: Callable[[str], Any]) -> Any:
    """What `make` gives for a rule's source: of strings, lists and None. For modules in `_MAKERS` and the rules alone."""
    store = _store()
    key = f"{name} {source}"
    if key not in store.kept.made:
        store.kept.made[key] = make(source)
        store.added = True
    return store.kept.made[key]


def save() -> None:
    """Write down what was added, whole or not at all. Silent where nothing can be written: it is only a matter of time."""
    store = _store()
    # A program that is installed as a whole is left as it was signed: it brings the file along, made when it was frozen.
    if not store.added or sys.dont_write_bytecode or getattr(sys, "frozen", False):
        return
    store.added = False
    from tempfile import NamedTemporaryFile

    target = _place()
    with suppress(OSError):
        target.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=f"{target.name}.", delete=False) as stream:
            try:
                stream.write(msgspec.msgpack.encode(store.kept))
                stream.close()
                Path(stream.name).replace(target)
            except OSError:
                Path(stream.name).unlink(missing_ok=True)


@cache
def _store() -> _Store:
    with suppress(OSError, msgspec.MsgspecError):
        kept = msgspec.msgpack.decode(_place().read_bytes(), type=_File)
        if kept.made_for == _MADE_FOR and len(kept.patterns) <= _MOST:
            if (makers := _makers()) not in ("", kept.makers):
                kept.makers, kept.made = makers, {}
            return _Store(kept)
    return _Store(_File(patterns={}, makers=_makers(), made={}))


def _makers() -> str:
    """Tells the makers' versions apart; nothing in an installed program, which has them in one, with what they made."""
    if getattr(sys, "frozen", False):
        return ""
    with suppress(OSError):
        return sha256(b"".join(Path(__file__).with_name(name).read_bytes() for name in _MAKERS)).hexdigest()
    return "unknown"


def _place() -> Path:
    """Beside Python's compiled modules; in the frozen program, which has none, where the module itself would be."""
    if getattr(sys, "frozen", False):
        return Path(__file__).with_suffix(".patterns")
    return Path(cache_from_source(__file__)).with_suffix(".patterns")


def _compiled(source: str, flags: int) -> _Code:
    """The steps of `re.compile`, with the code in hand between them."""
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
    tree = parser.parse(source, flags)
    code = compiler._code(tree, flags)
    return _Code(array(_NUMBER, code).tobytes(), flags | tree.state.flags, tree.state.groups - 1, dict(tree.state.groupdict))


def _made(source: str, code: _Code) -> re.Pattern[str]:
    names: list[str | None] = [None] * (code.groups + 1)
    for name, index in code.names.items():
        names[index] = name
    numbers = array(_NUMBER, code.numbers).tolist()
    made: re.Pattern[str] = _ENGINE.compile(source, code.flags, numbers, code.groups, code.names, tuple(names))
    return made
