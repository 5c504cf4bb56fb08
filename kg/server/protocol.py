"""Reads a request of the SPARQL 1.1 Protocol: what is asked, over which graphs, in which formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs

from starlette.requests import Request

from kg.errors import Text
from kg.server.problems import RefusedError

_FORM = "application/x-www-form-urlencoded"
_DIRECT: Mapping[str, Literal["query", "update"]] = {
    "application/sparql-query": "query",
    "application/sparql-update": "update",
}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_FIELDS = 100
Graphs = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the protocol.

    Attributes:
        graphs: IRIs that the request names for the default graph and as named graphs; None if it names none.
        seconds: time limit that the client asks for, if it does.
        format: short name of the format that it asks for, or "".
    """

    kind: Literal["query", "update"]
    text: str
    graphs: Graphs | None
    seconds: float | None
    format: str


async def read_operation(request: Request) -> Operation | None:
    """The operation of a request; None if it asks for nothing: then the service describes itself.

    Raises:
        RefusedError: the request breaks the protocol.
    """
    fields = _fields(request.scope["query_string"])
    if request.method != "POST":
        if "update" in fields:
            raise _bad(Text("an update is sent by POST", "更新须用 POST 发送"))
        return _operation("query", fields) if "query" in fields else None
    type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if type == _FORM:
        fields = {**fields, **_fields(body)}
        if ("query" in fields) == ("update" in fields):
            raise _bad(Text("the form needs either “query” or “update”", "表单须有 query 或 update 之一"))
        return _operation("query" if "query" in fields else "update", fields)
    if type not in _DIRECT:
        raise _bad(Text(f"a body may be {_FORM}, {', '.join(_DIRECT)}", f"正文可以是 {_FORM}、{'、'.join(_DIRECT)}"), 415)
    kind = _DIRECT[type]
    return _operation(kind, {**fields, kind: [*fields.get(kind, []), _utf8(body)]})


def _operation(kind: Literal["query", "update"], fields: Mapping[str, Sequence[str]]) -> Operation:
    if len(fields[kind]) != 1:
        raise _bad(Text(f"there may be one {kind} only", f"只能有一个 {kind}"))
    names = ("default-graph-uri", "named-graph-uri") if kind == "query" else ("using-graph-uri", "using-named-graph-uri")
    default, named = ([absolute(iri, name) for iri in fields.get(name, [])] for name in names)
    graphs = (list(dict.fromkeys(default)), named) if default or named else None
    return Operation(kind, fields[kind][0], graphs, _seconds(fields), fields.get("format", [""])[0])


def _fields(encoded: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except ValueError:
        raise _bad(Text("the parameters are not percent-encoded UTF-8", "参数不是百分号编码的 UTF-8")) from None


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad(Text("the body is not UTF-8", "正文不是 UTF-8")) from None


def _seconds(fields: Mapping[str, Sequence[str]]) -> float | None:
    if "timeout" not in fields:
        return None
    given = fields["timeout"][0]
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", given) or not float(given):
        raise _bad(Text("“timeout” is a number of seconds", "timeout 是秒数"))
    return float(given)


def absolute(iri: str, name: str) -> str:
    """An IRI that stands for itself.

    Raises:
        RefusedError: it is relative or none; `name` says which parameter gave it.
    """
    if not _IRI.fullmatch(iri):
        raise _bad(Text(f"“{name}” needs an absolute IRI", f"{name} 须是绝对 IRI"))
    return iri


def _bad(message: Text, status: int = 400) -> RefusedError:
    return RefusedError(status, message, Text("see SPARQL 1.1 Protocol, section 2", "见 SPARQL 1.1 Protocol 第 2 节"))
