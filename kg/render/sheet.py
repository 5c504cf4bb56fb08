"""What every picture is told, and what all of them say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import Text
from kg.network import Network
from kg.network.build import proofs
from kg.render.figure import AS_DRAWN, Paper


@dataclass(frozen=True)
class Sheet:
    """Words, language, size on paper, whether there is only black."""

    title: Text
    lang: str = "zh"
    paper: Paper = AS_DRAWN
    black: bool = False


def counted(network: Network) -> Text:
    """How much a picture shows: units, proofs, documents."""
    found = proofs(network)
    documents = {quote.document or quote.source for *_, proof in found for quote in proof.quotes}
    nodes, edges, sources = len(network), len(found), len(documents)
    return Text(
        f"{nodes} units, {edges} proofs" + (f", from {sources} documents" if sources else ""),
        f"{nodes} 个单位，{edges} 条依据" + (f"，出自 {sources} 份文档" if sources else ""),
    )
