"""Bytes to text: which encoding Chinese office software wrote, what could not be read, and where.

The order follows what is certain first: byte order marks, strict UTF-8, UTF-16 by its zero bytes, then GB18030 (a
superset of GBK and GB2312) unless the text is clearly Big5. Guessing by statistics (charset-normalizer) comes last,
because on short Chinese texts it is often wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.errors import InputError, Text
from kg.load.ledger import LISTED, LedgerEntry
from kg.load.limits import check_lines

REPLACED = "\ufffd"
_MARKS = (  # longest first: UTF-32's little-endian mark begins with UTF-16's
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BINARY = (
    (b"PK\x03\x04", Text(en="a zip package (docx, xlsx, zip …)", zh="zip 压缩包（docx、xlsx、zip 等）")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Text(en="an old Office file (doc, xls, wps …)", zh="旧版 Office 文件（doc、xls、wps 等）"),
    ),
    (b"%PDF-", Text(en="a PDF", zh="PDF 文件")),
    (b"{\\rtf", Text(en="an RTF file", zh="RTF 文件")),
    (b"\x89PNG", Text(en="a picture (PNG)", zh="图片（PNG）")),
    (b"\xff\xd8\xff", Text(en="a picture (JPEG)", zh="图片（JPEG）")),
    (b"GIF8", Text(en="a picture (GIF)", zh="图片（GIF）")),
    (b"\x1f\x8b\x08", Text(en="a gzip archive", zh="gzip 压缩文件")),
    (b"Rar!", Text(en="a RAR archive", zh="RAR 压缩文件")),
    (b"7z\xbc\xaf", Text(en="a 7z archive", zh="7z 压缩文件")),
    (b"SQLite format 3", Text(en="an SQLite database", zh="SQLite 数据库")),
    (b"\x7fELF", Text(en="a program", zh="程序文件")),
)
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAMPLE = 1 << 18
_GB_COMMON = frozenset((0xA1, 0xA2, 0xA3, *range(0xB0, 0xD8)))  # lead bytes of signs and of the 3,755 commonest characters
_FEW = 8  # characters too few for any statistics


def decode(data: bytes, entry: LedgerEntry, encoding: str = "") -> str:
    """The text of a file's bytes; the ledger entry learns the encoding and what could not be read.

    Newlines of every kind become "\\n"; control and invisible characters are left out and counted.

    Args:
        encoding: what the file itself declares, tried first where no byte order mark says otherwise.

    Raises:
        InputError: the bytes are those of a binary format, or there are too many lines.

    >>> entry = LedgerEntry("a.txt")
    >>> decode("文化站\\r\\n".encode("gb18030"), entry), entry.encoding
    ('文化站\\n', 'gb18030')
    """
    text = clean(decode_as_is(data, entry, encoding), entry)
    check_lines(text, entry.source)
    locate(text, entry)
    return text


def decode_as_is(data: bytes, entry: LedgerEntry, encoding: str = "") -> str:
    """Like `decode`, but with every character as it stands; what could not be read is not located yet."""
    refuse_binary(data, entry.source)
    mark, name = _mark_of(data)
    body = data[len(mark) :]
    entry.encoding = name or _declared(body, encoding) or detect(body)
    return body.decode(entry.encoding, "replace")


def refuse_binary(data: bytes, source: str) -> None:
    """Raise InputError when the bytes begin like a binary format, naming it."""
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise InputError(
                Text(en=f"{source}: not a text, but {what.en} by its content", zh=f"{source}：不是文本，从内容看是{what.zh}"),
                Text(
                    en="give the file its right ending, or save it as text (UTF-8)",
                    zh="请改回正确的扩展名，或另存为文本文件（UTF-8）",
                ),
            )


def clean(text: str, entry: LedgerEntry) -> str:
    """`text` with newlines as "\\n" and without control and invisible characters; all is counted in the ledger."""
    text = _NEWLINES.sub("\n", text)
    for pattern, what in ((_CONTROLS, "control_characters_left_out"), (_INVISIBLE, "invisible_characters_left_out")):
        if pattern.search(text):
            text, number = pattern.subn("", text)
            entry.count(what, number)
    return text


def detect(data: bytes) -> str:
    """The encoding of bytes that have no byte order mark.

    >>> detect("山镇文化站".encode("gbk")), detect("臺北的圖書館與戲劇".encode("big5")), detect("甲院".encode())
    ('gb18030', 'big5hkscs', 'utf-8')
    """
    sample = data[:_SAMPLE]
    steps: Sequence[Callable[[bytes], str]] = (_utf8, _utf16, _chinese, _guess)
    return next(name for step in steps if (name := step(data if step is _utf8 else sample)))


def _mark_of(data: bytes) -> tuple[bytes, str]:
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))


def _declared(data: bytes, encoding: str) -> str:
    """The declared encoding if it fits; GB2312 and GBK mean GB18030, as browsers take them."""
    name = encoding.strip().lower()
    name = "gb18030" if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030"} else name
    try:
        data.decode(name or "ascii")
    except (LookupError, UnicodeDecodeError):
        return ""
    return name or "utf-8"


def _utf8(data: bytes) -> str:
    """Valid UTF-8, or UTF-8 with a few broken bytes (a file cut off, a character damaged)."""
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return "utf-8" if _broken_share(data[:_SAMPLE], "utf-8") < 0.1 else ""


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: the high bytes of newlines and Latin letters are zeros, all on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) == 0 or min(even, odd) * 4 > max(even, odd):
        return ""
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = data[: len(data) // 2 * 2].decode(name, "replace")
    known = sum(1 for char in text if char < "\u0250" or "\u2000" <= char < "\ua000" or char >= "\uf900")
    return name if known >= 0.95 * len(text) and text.count("\0") * 20 < len(text) else ""


def _chinese(data: bytes) -> str:
    """GB18030, unless most of it is rare there and common in Big5, or the text is long and rare throughout."""
    broken, wide = _broken_share(data, "gb18030"), _wide(data, "gb18030")
    common = sum(1 for char in wide if char[0] in _GB_COMMON and len(char) == 2 and char[1] >= 0xA1) / max(len(wide), 1)
    if broken <= 0.1 and common >= 0.6:
        return "gb18030"
    if _looks_big5(data):
        return "big5hkscs"
    return "gb18030" if broken <= 0.1 and (common >= 0.35 or len(wide) < _FEW) else ""


def _looks_big5(data: bytes) -> bool:
    """Whether at least 90 % is common in Big5 (its first plane of 5,401 characters, or its signs)."""
    if _broken_share(data, "big5hkscs") > 0.02:
        return False
    wide = _wide(data, "big5hkscs")
    common = sum(1 for char in wide if len(char) == 2 and 0xA1 <= char[0] <= 0xC6)
    return len(wide) >= 4 and common >= 0.9 * len(wide)


def _guess(data: bytes) -> str:
    """What statistics say, for other languages' encodings; GB18030 when they say nothing."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 16]).best()
    return best.encoding.replace("_", "-") if best else "gb18030"


def _broken_share(data: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that cannot be read in an encoding."""
    text = data.decode(encoding, "replace")
    beyond = sum(1 for char in text if char > "\x7f")
    return text.count(REPLACED) / beyond if beyond else 0.0


def _wide(data: bytes, encoding: str) -> list[bytes]:
    """The characters beyond ASCII, each as the bytes that it has in the encoding."""
    return [char.encode(encoding, "ignore") for char in data.decode(encoding, "replace") if char > "\x7f"]


def locate(text: str, entry: LedgerEntry) -> None:
    """Count and locate the characters that could not be read."""
    if REPLACED not in text:
        return
    entry.replaced += text.count(REPLACED)
    line, line_start, position = 1, 0, text.find(REPLACED)
    while position >= 0 and len(entry.replaced_at) < LISTED:
        line += text.count("\n", line_start, position)
        line_start = text.rfind("\n", 0, position) + 1
        entry.replaced_at.append(f"{line}:{position - line_start + 1}")
        position = text.find(REPLACED, position + 1)
