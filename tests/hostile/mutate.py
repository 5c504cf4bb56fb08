"""Mutations of the samples: input number N of a kind is always the same bytes, so that what went wrong can be read again."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.hostile.samples import packed, samples

_MARKUP = (
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"<?xml ?>",
    b"&#0;",
    b"&#xD800;",
    b"&#x110000;",
    b"&lol;",
    b'<!DOCTYPE a [<!ENTITY b "c">]>',
)
_RDF = (
    b"<http://e.org/ [x]>",
    b"<>",
    b"_:a",
    b"@zh_CN",
    b"@-",
    b"[",
    b"(",
    b"<<",
    b"<<(",
    b'"""',
    b"^^",
    b"@prefix",
    b"GRAPH",
    b"\\u0000",
    b"\\uD800",
)
_TABLE = (b'"', b'""', b",", b";", b"\t", b"\r", b'=cmd|"/c calc"!A1', b'r="XFD1048576"', b's="99999"', b'ref="A1:XFD1048576"')
_WORD = (
    b"<w:p>",
    b"<w:tbl><w:tr><w:tc>",
    b"<w:sdt>",
    b"<w:del>",
    b"<w:txbxContent>",
    b'<w:numId w:val="-1"/>',
    b'<w:sym w:char="FFFF"/>',
)
_PDF = (
    b"<<",
    b">>",
    b"[",
    b"1 0 R",
    b"3 0 R",
    b"endobj",
    b"endstream",
    b"stream\n",
    b"/Filter /FlateDecode",
    b"/Kids [2 0 R]",
    b"/Length 99999999",
)
_JSON = (
    b"[",
    b"{",
    b'"@context": "http://e.org/c"',
    b'"@graph"',
    b'"@id": 1',
    b'"@list": [',
    b"null",
    b'"@reverse"',
    b'"@type"',
    b"\\ud800",
    b"1e999",
)
_ANY = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    "\u202e".encode(),
    "\u2028".encode(),
    b"\x1b[2J",
    b"\r\n",
    b"-1",
    b"99999999999999999999",
    "甲".encode("gbk"),
    "联合乙局。".encode(),
    b"../../etc/passwd",
    b"%s%n",
    b"---\n",
    b"|",
)
_TOKENS: dict[str, tuple[bytes, ...]] = {
    "html": _MARKUP,
    "mht": (*_MARKUP, b"--b", b"Content-Type: text/html"),
    "md": (b"[", b"](", b"**", b"<b", b"```", b"|---|", b"#"),
    "csv": _TABLE,
    "docx": (*_MARKUP, *_WORD),
    "xlsx": (*_MARKUP, *_TABLE),
    "xls": (),
    "ods": _MARKUP,
    "pdf": _PDF,
    "zip": (),
    "ttl": _RDF,
    "trig": _RDF,
    "nq": _RDF,
    "rdf": _MARKUP,
    "jsonld": _JSON,
    "txt": (),
}
_NAMES = ("../../x.txt", "/x.txt", "-rf.txt", "a\x1b[2J.txt", "CON.txt", "x" * 300 + ".txt")
_PACKAGES = {"docx", "xlsx", "ods", "zip"}
_BINARY = {"xls"}  # what is moved there is refused at once
_LARGEST = 1 << 20

Mutation = Callable[[bytes, random.Random, str], bytes]


def mutated(kind: str, number: int) -> bytes:
    """Input `number` of a kind."""
    chance = random.Random(f"{kind} {number}")
    data = chance.choice(samples(kind))
    if kind in _PACKAGES and chance.random() < 0.75:
        return _package(data, chance, kind)
    return _bytes(data, chance, kind)


def _bytes(data: bytes, chance: random.Random, kind: str) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        data = chance.choice(_GENTLE if kind in _BINARY else _MUTATIONS)(data, chance, kind)[:_LARGEST]
    return data


def _package(data: bytes, chance: random.Random, kind: str) -> bytes:
    """A package with some of its parts mutated, left out, called otherwise."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        members: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    for name in chance.sample(sorted(members), min(len(members), chance.choice((1, 1, 2, 3)))):
        content = members[name]
        assert isinstance(content, bytes)
        what = chance.random()
        if what < 0.05:
            del members[name]
        elif what < 0.1:
            members[chance.choice(_NAMES)] = members.pop(name)
        else:
            members[name] = _bytes(content, chance, kind)
    return packed(members, chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _slice(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** chance.uniform(0, 10)))


def _flip(data: bytes, chance: random.Random, kind: str) -> bytes:
    place = chance.randrange(len(data) or 1)
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]


def _cut(data: bytes, chance: random.Random, kind: str) -> bytes:
    start, end = _slice(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random, kind: str) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeat(data: bytes, chance: random.Random, kind: str) -> bytes:
    start, end = _slice(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 3, 50, 2000)) + data[end:]


def _insert(data: bytes, chance: random.Random, kind: str) -> bytes:
    start, end = _slice(data, chance)
    token = chance.choice((*_ANY, *_TOKENS[kind] * 3))
    return data[:start] + token * chance.choice((1, 1, 1, 2, 3000)) + data[chance.choice((start, end)) :]


def _move(data: bytes, chance: random.Random, kind: str) -> bytes:
    start, end = _slice(data, chance)
    rest = data[:start] + data[end:]
    to = chance.randrange(len(rest) + 1)
    return rest[:to] + data[start:end] + rest[to:]


def _splice(data: bytes, chance: random.Random, kind: str) -> bytes:
    other = chance.choice(samples(kind))
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _number(data: bytes, chance: random.Random, kind: str) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = chance.choice(found)
    value = chance.choice((b"0", b"-1", b"65536", b"2147483647", b"4294967296", b"9" * 30, b"1e308", "²".encode()))
    return data[: one.start()] + value + data[one.end() :]


_MUTATIONS: tuple[Mutation, ...] = (_flip, _flip, _cut, _end, _repeat, _insert, _insert, _insert, _move, _splice, _number)
_GENTLE: tuple[Mutation, ...] = (_flip,) * 20 + (_end, _insert)
