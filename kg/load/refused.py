"""Files that hold documents but that we do not read: refused with the way out rather than passed over."""

from __future__ import annotations

from pathlib import Path

from kg.errors import Text, UnsupportedError
from kg.load.base import LoadContext
from kg.load.ledger import LedgerEntry
from kg.model import Document

_DOCX = Text(en="open it in Word, WPS or LibreOffice and save it as .docx", zh="请用 Word、WPS 或 LibreOffice 打开，另存为 .docx")
_XLSX = Text(
    en="open it in Excel, WPS or LibreOffice and save it as .xlsx", zh="请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx"
)
_UNPACK = Text(en="unpack it and name the folder", zh="请解压后指定该文件夹")
_WAYS_OUT = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".pages", ".docm", ".ppt", ".pptx"), _DOCX),
    **dict.fromkeys((".et", ".ett", ".numbers"), _XLSX),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar"), _UNPACK),
}


class RefusingLoader:
    """Refuses the formats of old or closed office software, saying which format to save as."""

    suffixes = tuple(_WAYS_OUT)

    def load(self, path: Path, entry: LedgerEntry, context: LoadContext) -> list[Document]:
        suffix = path.suffix.lower()
        raise UnsupportedError(
            Text(en=f"{entry.source}: files of the kind {suffix} are not read", zh=f"{entry.source}：不读取 {suffix} 格式的文件"),
            _WAYS_OUT[suffix],
        )
