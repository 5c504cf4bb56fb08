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
    """How much a picture shows: units (nodes, where other things are drawn too), proofs, documents."""
    mixed = len(network.graph.get("nodes_by", ())) > 1
    found = proofs(network)
    documents = {quote.document or quote.source for *_, proof in found for quote in proof.quotes}
    nodes, edges, sources = len(network), len(found), len(documents)
    what = Text("nodes", "节点") if mixed else Text("units", "单位")
    return Text(
        f"{nodes} {what.en}, {edges} proofs" + (f", from {sources} documents" if sources else ""),
        f"{nodes} 个{what.zh}，{edges} 条依据" + (f"，出自 {sources} 份文档" if sources else ""),
    )
