"""A JSON endpoint and its description in one place: what a route accepts and what /api/openapi.json says are the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import __version__
from kg.errors import KgError, QueryError, Text
from kg.server.explorer import Explorer, Snapshot
from kg.server.formats import cached, etag, unchanged
from kg.server.negotiate import language

Values = Mapping[str, Any]
Answer = Callable[[Snapshot, Values], Mapping[str, Any]]
Schema = Mapping[str, Any]
PREFIX = "/api/"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of an address; numbers have bounds, words may have `choices`.

    Attributes:
        default: None for one that must be given.
    """

    name: str
    about: Text
    default: str | int | None = None
    highest: int | None = None
    lowest: int = 0
    choices: tuple[str, ...] = ()

    def read(self, given: str | None) -> str | int:
        """The value that a request gives.

        Raises:
            QueryError: it is missing, or cannot be taken.
        """
        if given is None and self.default is not None:
            return self.default
        if not given and self.default is None:
            raise QueryError(Text(f"“{self.name}” is missing", f"缺少“{self.name}”"), self.about)
        given = given or ""
        if self.highest is None:
            if self.choices and given not in self.choices:
                raise self._wrong(given, "、".join(self.choices))
            return given
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else -1
        if not self.lowest <= number <= self.highest:
            raise self._wrong(given, f"{self.lowest}–{self.highest}")
        return number

    def _wrong(self, given: str, wanted: str) -> QueryError:
        shown = given[:80]
        return QueryError(
            Text(f"“{self.name}” cannot be “{shown}”", f"“{self.name}”不能是“{shown}”"),
            Text(f"it may be: {wanted}", f"可以是：{wanted}"),
        )

    def described(self) -> Schema:
        """The parameter as OpenAPI says it."""
        schema: dict[str, Any] = {"type": "string"} if self.highest is None else {"type": "integer"}
        if self.highest is not None:
            schema |= {"minimum": self.lowest, "maximum": self.highest}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.default is None:
            schema["minLength"] = 1
        if self.default not in (None, ""):
            schema["default"] = self.default
        return {
            "name": self.name,
            "in": "query",
            "required": self.default is None,
            "description": f"{self.about.en} / {self.about.zh}",
            "schema": schema,
        }


LANG = Param("lang", Text("language of labels", "名称的语言"), "", choices=("zh", "en"))


def paged(limit: int, highest: int) -> tuple[Param, Param]:
    """The two parameters of an answer that comes in pages."""
    return (
        Param("limit", Text("how many at most", "最多几条"), limit, highest, 1),
        Param("offset", Text("how many to pass over", "跳过几条"), 0, 1_000_000),
    )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address below /api/.

    Attributes:
        answer: (what is known of the build, parameters with "lang") → JSON-ready values.
        schema: the answer as JSON Schema; errors have one of their own.
    """

    name: str
    about: Text
    params: tuple[Param, ...]
    answer: Answer
    schema: Schema


class NotFoundError(QueryError):
    """Something that the graph does not hold."""


def route(explorer: Explorer, endpoint: Endpoint) -> Route:
    """The route that answers at the endpoint's address."""

    def handle(request: Request) -> Response:
        try:
            lang = language(request)
            now = explorer.now
            tag = etag(now.token, lang)
            values = {param.name: param.read(request.query_params.get(param.name)) for param in (*endpoint.params, LANG)}
            return unchanged(request, tag) or as_json(endpoint.answer(now, {**values, "lang": lang}), headers=cached(tag))
        except KgError as error:
            return as_error(error)

    return Route(PREFIX + endpoint.name, handle, name=f"api-{endpoint.name}")


def as_json(values: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Values as a JSON answer."""
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(body.encode("utf-8", "backslashreplace"), status, headers, media_type="application/json")


def status_of(error: KgError) -> int:
    """404 for what is not there, 400 for what cannot be asked so, 500 where the store fails."""
    return 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, QueryError) else 500


def as_error(error: KgError) -> Response:
    """An error as JSON."""
    body = {"message": error.message._asdict(), "hint": error.hint._asdict()}
    return as_json(body, status_of(error), {"Cache-Control": "no-store"})


WORDS: Schema = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
ERROR: Schema = {
    "type": "object",
    "properties": {"message": WORDS, "hint": WORDS},
    "required": ["message", "hint"],
    "additionalProperties": False,
}


def openapi(endpoints: Sequence[Endpoint], schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """The description of the endpoints in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "description": "Read-only answers about the graph. / 图谱的只读数据接口。",
        },
        "paths": {PREFIX + endpoint.name: {"get": _operation(endpoint)} for endpoint in endpoints},
        "components": {"schemas": {**schemas, "Error": ERROR}},
    }


def _operation(endpoint: Endpoint) -> Schema:
    failed = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "operationId": endpoint.name,
        "summary": f"{endpoint.about.en} / {endpoint.about.zh}",
        "parameters": [param.described() for param in (*endpoint.params, LANG)],
        "responses": {
            "200": {"description": "the answer / 结果", "content": {"application/json": {"schema": endpoint.schema}}},
            "304": {"description": "not changed since that build (ETag) / 自该次构建以来未变"},
            "400": {"description": "cannot be asked so / 请求有误", **failed},
            "404": {"description": "not in the graph / 图谱中没有", **failed},
        },
    }
