"""SVG as PNG, by resvg (a library without a browser, which loads nothing from the network)."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from kg.errors import InputError, Text, UnsupportedError
from kg.render.figure import Picture

PER_INCH = 96  # CSS pixels
MOST_PIXELS = 20_000
_SAMPLE = "<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32'><text x='2' y='26' font-size='26'>{}</text></svg>"


def png(picture: Picture, dpi: float) -> bytes:
    """The picture on white, with its size on paper inside.

    Args:
        dpi: dots per inch of the result.

    Raises:
        InputError: it would be wider or higher than 20,000 dots.
        UnsupportedError: no font that this computer has holds Chinese characters.
    """
    import resvg_py

    zoom = dpi / PER_INCH
    longest = max(picture.width, picture.height) * zoom
    if longest > MOST_PIXELS:
        raise InputError(
            Text(f"the picture would be {longest:,.0f} dots long", f"图片边长将达 {longest:,.0f} 点"),
            Text(f"at most {MOST_PIXELS:,} can be written; lower --dpi or --width-mm, or write .svg",
                 f"最多 {MOST_PIXELS:,} 点；请减小 --dpi 或 --width-mm，或改用 .svg"),
        )  # fmt: skip
    if not can_write("国"):
        raise UnsupportedError(
            Text("no font on this computer holds Chinese characters", "本机没有可显示汉字的字体"),
            Text("install one (Noto Sans CJK, say), or write .svg", "请安装中文字体（如 Noto Sans CJK），或改用 .svg"),
        )
    dots = round(picture.width * zoom)
    made = resvg_py.svg_to_bytes(picture.svg.decode(), width=dots, dpi=PER_INCH, background="white", languages=["zh-Hans"])
    return sized(bytes(made), dpi)


@lru_cache
def can_write(sign: str, system_fonts: bool = True) -> bool:
    """Whether a font holds that sign: it looks otherwise than one that no font holds."""
    import resvg_py

    pictures = [
        bytes(resvg_py.svg_to_bytes(_SAMPLE.format(each), skip_system_fonts=not system_fonts)) for each in (sign, "\U0010fffd")
    ]
    return pictures[0] != pictures[1]


def sized(data: bytes, dpi: float) -> bytes:
    """A PNG with its dots per metre (chunk pHYs), by which Word knows its size."""
    metre = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", metre, metre, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    head = 33  # signature and IHDR
    return data[:head] + chunk + data[head:]
