"""A workspace with two reports that use the ontology that ships, and a desk over it."""

from __future__ import annotations

from pathlib import Path

from kg.config import Config
from kg.pipeline.desk import Desk
from kg.review.queue import Item

FIRST = """青川县检察院：携手多方护航企业
青川县检察院联合县税务局、青川大学成立“同心”护企平台，服务企业120余家。
该院与青川县财政局建立协作机制，走访群众300人次。
该院邀请青川县图书馆讲解=1+1的故事。
青川县检察院与青川县司法局签订《先调；后诉=双赢合作协议》。
"""
SECOND = """青川县中医医院：便民服务
青川县中医医院联合青川县财政局成立“暖心”服务站，服务群众1200人次。
青川县中医院与青川大学建立协作机制。
"""


def workspace(folder: Path) -> Config:
    """Writes the reports and kg.toml into a folder."""
    (folder / "reports").mkdir()
    (folder / "reports" / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "reports" / "b.txt").write_text(SECOND, encoding="utf-8")
    (folder / "kg.toml").write_text('sources = ["reports"]\n', encoding="utf-8")
    return Config.read(folder / "kg.toml")


def asked(desk: Desk, kind: str, word: str) -> Item:
    """The open question of a kind that a word is in."""
    return next(
        item for item in desk.queue() if item.candidate.kind == kind and any(word in slot.name for slot in item.candidate.slots)
    )
