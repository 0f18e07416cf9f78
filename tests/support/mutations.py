"""Broken files, made from whole ones: the same seed breaks the same file in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml import etree

Mutation = Callable[[bytes, Random], bytes]
_ODD_VALUES = (
    *("", "0", "-1", "99999999999", "1e400", "NaN", "true", "rId999", "A1:XFD1048576", "#REF!", "\u202e"),
    "å" * 40,
    "x" * 5000,
)
_ODD_TOKENS = (
    *(b"-1", b"0", b"99999999999999", b"1e99", b"NaN", b"null", b"true"),
    *(b"<<", b">>", b"[", b"]", b"(((", b"1 0 R", b"4 0 R", b"/Kids"),
)


def mutated(data: bytes, seed: int) -> bytes:
    """The file with one to three things broken in it."""
    random = Random(seed)
    kinds: Sequence[Mutation] = (*_BYTES, *_ZIP, *_ZIP) if data[:2] == b"PK" else (*_BYTES, *_TOKENS)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(kinds)(data, random) or b"\0"
    return data


def flip_bytes(data: bytes, random: Random) -> bytes:
    """Some bytes become others."""
    broken = bytearray(data)
    for _ in range(random.choice((1, 4, 32, 256))):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


def truncate(data: bytes, random: Random) -> bytes:
    """The end is missing."""
    return data[: random.randrange(1, len(data) + 1)]


def swap_chunks(data: bytes, random: Random) -> bytes:
    """Two stretches change places."""
    size = random.randrange(1, max(2, len(data) // 8))
    one, two = sorted(random.randrange(len(data)) for _ in range(2))
    if one + size > two:
        return data
    return data[:one] + data[two : two + size] + data[one + size : two] + data[one : one + size] + data[two + size :]


def repeat_chunk(data: bytes, random: Random) -> bytes:
    """A stretch comes twice, or many times."""
    start = random.randrange(len(data))
    chunk = data[start : start + random.randrange(1, 4096)]
    return data[:start] + chunk * random.choice((2, 2, 50)) + data[start:]


def drop_chunk(data: bytes, random: Random) -> bytes:
    """A stretch is missing, or zeros."""
    start = random.randrange(len(data))
    size = random.randrange(1, 4096)
    filler = bytes(size) if random.random() < 0.5 else b""
    return data[:start] + filler + data[start + size :]


def odd_numbers(data: bytes, random: Random) -> bytes:
    """Numbers of the text become absurd ones, or references to other things."""
    import re

    numbers = list(re.finditer(rb"(?<=[\s\[/(])\d{1,6}(?=[\s\]/)])", data[:400_000]))
    for match in sorted(random.sample(numbers, min(len(numbers), random.choice((1, 3, 12)))), key=lambda m: -m.start()):
        data = data[: match.start()] + random.choice(_ODD_TOKENS) + data[match.end() :]
    return data


def odd_names(data: bytes, random: Random) -> bytes:
    """Names of a PDF change places."""
    import re

    names = list(re.finditer(rb"/[A-Z][A-Za-z]{1,14}", data[:400_000]))
    if len(names) < 2:
        return data
    one, two = sorted(random.sample(names, 2), key=lambda m: m.start())
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


def break_member(data: bytes, random: Random) -> bytes:
    """One member of the archive is broken as bytes."""
    return _rewrite(data, random, lambda content: random.choice(_BYTES)(content, random) if content else content)


def break_xml(data: bytes, random: Random) -> bytes:
    """One XML member is changed as a tree: it stays well formed."""
    return _rewrite(data, random, lambda content: _break_tree(content, random), suffix=(".xml", ".rels"))


def lose_member(data: bytes, random: Random) -> bytes:
    """A member is missing, is there twice, or has another's content."""
    members = _members(data)
    if len(members) < 2:
        return data
    one, two = random.sample(range(len(members)), 2)
    choice = random.randrange(3)
    if choice == 0:
        del members[one]
    elif choice == 1:
        members.append((f"{members[one][0]}.copy", members[one][1]))
    else:
        members[one] = (members[one][0], members[two][1])
    return _zipped(members)


def _break_tree(content: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return content
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(random.choice((1, 3, 10))):
        element = random.choice(elements)
        parent = element.getparent()
        choice = random.randrange(7)
        if choice == 0 and parent is not None:
            parent.remove(element)
        elif choice == 1 and parent is not None:
            for _ in range(random.choice((1, 30))):
                parent.append(etree.fromstring(etree.tostring(element)))
        elif choice == 2 and element.attrib:
            element.set(random.choice(list(element.attrib)), random.choice(_ODD_VALUES).replace("\0", ""))
        elif choice == 3 and element.attrib:
            del element.attrib[random.choice(list(element.attrib))]
        elif choice == 4:
            element.text = random.choice(_ODD_VALUES)
        elif choice == 5:
            element.tag = random.choice(elements).tag
        else:
            inner = element
            for _ in range(random.choice((3, 150))):
                inner = etree.SubElement(inner, element.tag)
    return etree.tostring(root)


def _rewrite(data: bytes, random: Random, change: Callable[[bytes], bytes], suffix: tuple[str, ...] = ("",)) -> bytes:
    members = _members(data)
    places = [place for place, (name, _) in enumerate(members) if name.endswith(suffix)]
    if not places:
        return data
    # The parts with the text are worth more attempts than the many small ones.
    place = max(random.sample(places, min(len(places), 3)), key=lambda p: len(members[p][1]))
    members[place] = (members[place][0], change(members[place][1]))
    return _zipped(members)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError):
        return []
    except Exception as error:  # zlib.error and whatever else a file broken before makes zipfile raise
        if type(error).__module__ in ("zlib", "zipfile", "struct", "lzma"):
            return []
        raise


def _zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


_BYTES: tuple[Mutation, ...] = (flip_bytes, truncate, swap_chunks, repeat_chunk, drop_chunk)
_TOKENS: tuple[Mutation, ...] = (odd_numbers, odd_numbers, odd_names, odd_names)
_ZIP: tuple[Mutation, ...] = (break_member, break_xml, break_xml, break_xml, lose_member)
