"""A SPARQL 1.1 service as a place where a graph is kept: its addresses, and how it unites the named graphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import ConfigError, Text

UNIONS = ("default", "graph", "virtuoso", "service")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether a place is the address of a service rather than a folder.

    >>> is_address("http://127.0.0.1:7878"), is_address("build/store")
    (True, False)
    """
    return bool(_ADDRESS.match(text))


@dataclass(frozen=True, slots=True)
class Service:
    """The addresses of a service; one that has no `update` or no `graphs` can only be read.

    Attributes:
        query: SPARQL 1.1 Protocol, queries.
        update: SPARQL 1.1 Protocol, updates.
        graphs: SPARQL 1.1 Graph Store HTTP Protocol, graphs named indirectly (`?graph=…`).
        union: who puts the graphs together for plain queries: kg, in the service's default graph ("default") or in a graph
            of its own that plain queries are sent to ("graph"; "virtuoso" in Virtuoso's way of naming graphs); or the service
            itself, each triple once ("service").

    Raises:
        ConfigError: an address is none, or holds a name or password; a union that is none of UNIONS.
    """

    query: str
    update: str = ""
    graphs: str = ""
    union: str = "default"

    def __post_init__(self) -> None:
        for address in filter(None, (self.query, self.update, self.graphs)):
            _check(address)
        if self.union not in UNIONS:
            raise ConfigError(
                Text(f"a service cannot unite its graphs as {self.union!r}", f"服务不能以“{self.union}”方式合并各图"),
                Text(f"[store] union is one of {', '.join(UNIONS)}", f"[store] 的 union 可取 {'、'.join(UNIONS)}"),
            )

    @classmethod
    def at(cls, address: str) -> Service:
        """The service at an address; one without a path has the paths of `oxigraph serve`, any other can be read only.

        >>> Service.at("http://127.0.0.1:7878").update, Service.at("https://example.org/sparql").update
        ('http://127.0.0.1:7878/update', '')
        """
        if urlsplit(address).path.strip("/"):
            return cls(address)
        base = address.rstrip("/")
        return cls(f"{base}/query", f"{base}/update", f"{base}/store")

    def __str__(self) -> str:
        return self.query


def _check(address: str) -> None:
    """Refuses what is no address, and credentials in one: files are shown to others."""
    parts = urlsplit(address)
    if not is_address(address) or not parts.hostname or re.search(r"\s", address):
        raise ConfigError(
            Text(f"{address!r} is not the address of a service", f"“{address}”不是服务地址"),
            Text("it begins with http:// or https:// and a host", "应以 http:// 或 https:// 加主机名开头"),
        )
    if parts.username is not None:
        raise ConfigError(
            Text(f"the address of {parts.hostname} holds a user name", f"{parts.hostname} 的地址中写有用户名"),
            Text(
                "leave it out and set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, in the environment",
                "请去掉，改为设置环境变量 KG_STORE_USER 和 KG_STORE_PASSWORD，或 KG_STORE_TOKEN",
            ),
        )
