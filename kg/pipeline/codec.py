"""Documents and candidates as plain JSON values and back, following the types of their dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """A value of `kg.model` as lists, dicts, texts and numbers; a dataclass is the list of its fields.

    >>> from kg.model import Slot
    >>> plain(Slot("owner", "甲", 0, 1))
    ['owner', '甲', 0, 1, '', '', False, []]
    """
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value.decode("utf-8") if isinstance(value, bytes) else value


def restored(kind: type[T], value: Any) -> T:
    """The value of type `kind` that `plain` made `value` from.

    Raises:
        TypeError, ValueError, AttributeError: it did not come from such a value.

    >>> from kg.model import Slot
    >>> restored(Slot, plain(Slot("owner", "甲", 0, 1, alts=("乙",)))).alts
    ('乙',)
    """
    make: Callable[[Any], T] = _maker(kind)  # type: ignore[arg-type]  # every class is hashable
    return make(value)


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        return _dataclass_maker(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        item = _maker(arguments[0])
        return lambda value: tuple(map(item, value))
    if origin is Mapping:
        item = _maker(arguments[1])
        return lambda value: {key: item(inner) for key, inner in value.items()}
    return str.encode if kind is bytes else _same


def _dataclass_maker(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    makers = [_maker(hints[field.name]) for field in fields(kind)]
    complex_ones = [(place, maker) for place, maker in enumerate(makers) if maker is not _same]

    def make(value: Any) -> Any:
        values = list(value)
        for place, maker in complex_ones:
            values[place] = maker(values[place])
        return kind(*values)

    return make


def _same(value: Any) -> Any:
    return value
