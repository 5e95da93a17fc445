"""Values of a rule <-> plain data: lists, maps and texts that JSON can hold.

The records are read off the types of `rulemodel` and `testmodel`, so a field that is added there travels
too; a value of the wrong type is a ValueError. Patterns become objects when a line first asks for them.
"""

from __future__ import annotations

import functools
import math
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from cleaner.clues import Clues, Key
from cleaner.parts import Choice, SlotPart, Star, Text
from cleaner.patternlists import Items, Texts
from cleaner.patterns import Pattern
from cleaner.rulemodel import Rule
from cleaner.safe_re import Expression
from cleaner.slots import SLOTS

Plain = Any
Read = Callable[[Plain, "Shared"], Any]


# ---------------------------------------------------------------------------------------------
# To plain data


class Writer:
    """Turns values into plain data. A list of `defs` is written once and named by its number, and likewise
    the texts of keys, of which many have the same.
    """

    def __init__(self) -> None:
        self.rows: list[Plain] = []
        self._numbers: dict[int, int] = {}
        self.sets: list[Plain] = []
        self._set_numbers: dict[frozenset[str], int] = {}

    def plain(self, value: Any) -> Plain:
        """Give any value of a rule as plain data."""
        if isinstance(value, _AS_IT_IS):
            return value
        match value:
            case float():
                return None if value == math.inf else value
            case date():
                return value.isoformat()
            case Expression():
                return value.source
            case Texts():
                return [self._pattern(one) for one in value.patterns]
            case Items():
                return self.number_of(value.patterns)
            case Key():
                return self._key(value)
            case frozenset():
                return sorted(map(self.plain, value))
            case tuple():
                return [self._tagged(one) for one in value]
        return self.record(value, _defaults(value.__class__))

    def record(self, value: Any, names: Iterable[str]) -> dict[str, Plain]:
        """Give a map of those of some fields that do not hold their default."""
        defaults = _defaults(value.__class__)
        known = [(name, held) for name in names if not _is(held := getattr(value, name), defaults[name])]
        return {name: held if isinstance(held, _AS_IT_IS) else self._tagged(held) for name, held in known}

    def _key(self, key: Key) -> Plain:
        """A list of its fields, up to the last that does not hold its default."""
        number = self._set_numbers.setdefault(key.texts, len(self.sets))
        if number == len(self.sets):
            self.sets.append(sorted(key.texts))
        row = [key.kind, number, *_KEY_BOUNDS(key)]
        while len(row) > 2 and row[-1] == _KEY_DEFAULTS[len(row) - 1]:
            row.pop()
        return row

    def taken_sets(self) -> list[Plain]:
        """Give the sets of texts that were named so far, and begin to count anew."""
        sets, self.sets, self._set_numbers = self.sets, [], {}
        return sets

    def _tagged(self, value: Any) -> Plain:
        """A test says first which it is."""
        kind = type(value)
        return [kind.__name__, self.plain(value)] if kind in _TESTS else self.plain(value)

    def _pattern(self, pattern: Pattern) -> Plain:
        source = pattern.source
        parts = [part.text if type(part) is Text else self._part(part) for part in pattern.parts]
        return source if parts == [source] else [source, *parts]

    def _part(self, part: Any) -> Plain:
        if type(part) is Star:
            return None
        return [part.name] if type(part) is SlotPart else [part.name, self.number_of(part.items)]

    def number_of(self, patterns: tuple[Pattern, ...]) -> int:
        """Give the number of a list of `defs`, which is written down when it is named first."""
        if id(patterns) not in self._numbers:
            rows = [self._pattern(one) for one in patterns]  # lists inside come first
            self._numbers[id(patterns)] = len(self.rows)
            self.rows.append(rows)
        return self._numbers[id(patterns)]


_AS_IT_IS = (types.NoneType, bool, int, str)


def _is(held: Any, default: Any) -> bool:
    return default is held or (default is not MISSING and held == default)


@functools.cache
def _defaults(kind: Any) -> Mapping[str, Any]:
    return {field.name: field.default for field in fields(kind)}


_KEY_DEFAULTS = tuple(_defaults(Key).values())
_KEY_BOUNDS = attrgetter(*list(_defaults(Key))[2:])


# ---------------------------------------------------------------------------------------------
# From plain data


class Lists:
    """The lists of `defs`, by number; their patterns are made when first asked for."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._made: dict[int, tuple[Pattern, ...]] = {}

    @functools.cached_property
    def _rows(self) -> Plain:
        return orjson.loads(self._data)

    def patterns(self, rows: Iterable[Plain]) -> tuple[Pattern, ...]:
        """Make patterns."""
        return tuple(
            [
                Pattern(row, (Text(row),))
                if type(row) is str
                else Pattern(row[0], tuple(self._part(part) for part in row[1:]))
                for row in rows
            ]
        )

    def _part(self, part: Plain) -> Text | Star | SlotPart | Choice:
        match part:
            case None:
                return Star()
            case str():
                return Text(part)
            case [str(name)] if name in SLOTS:
                return SlotPart(name)
            case [str(name), int(number)]:
                return Choice(name, self[number])
        raise ValueError("no part of a pattern")

    def __getitem__(self, number: int) -> tuple[Pattern, ...]:
        """Give the patterns of a list."""
        if number not in self._made:
            self._made[number] = self.patterns(self._rows[number])
        return self._made[number]


class Shared:
    """What values name by its number: the lists of all packs, and sets of texts."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.sets: list[frozenset[str]] = []
        """The texts of keys, by number."""


class _StoredTexts(Texts):
    def __init__(self, rows: Plain, shared: Shared) -> None:
        self.__dict__["make"] = lambda: shared.lists.patterns(_of(list, rows))

    @functools.cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        made: tuple[Pattern, ...] = self.__dict__.pop("make")()
        return made


class _StoredItems(Items):
    def __init__(self, number: Plain, shared: Shared) -> None:
        self.__dict__["make"] = lambda: shared.lists[_of(int, number)]

    @functools.cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        made: tuple[Pattern, ...] = self.__dict__.pop("make")()
        return made


def _of(kind: type, value: Plain) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{type(value).__name__} stands where {kind.__name__} is wanted")
    return value


def _all_texts(value: Plain) -> list[str]:
    if not set(map(type, _of(list, value))) <= {str}:
        raise ValueError("something else stands among texts")
    texts: list[str] = value
    return texts


def _number(value: Plain) -> float:
    return value if type(value) is int else float(value)


def exactly(kind: type) -> Read:
    """Give the function that takes values of one type as they are."""
    return lambda value, _: _of(kind, value)


@functools.cache
def _reader(kind: Any) -> Read:
    """Give the function that reads values of a type."""
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (frozenset, tuple) and inner in ((str,), (str, ...)):
        return lambda value, _: origin(_all_texts(value))
    if origin in (types.UnionType, Union):
        return _either(inner)
    if origin is frozenset:
        one = _reader(inner[0])
        return lambda value, shared: frozenset([one(item, shared) for item in _of(list, value)])
    if origin is tuple and inner[-1] is ...:
        one = _reader(inner[0])
        return lambda value, shared: tuple([one(item, shared) for item in _of(list, value)])
    if origin is tuple:
        parts = [_reader(part) for part in inner]
        return lambda value, shared: tuple(
            read(item, shared) for read, item in zip(parts, _of(list, value), strict=True)
        )
    return _record(kind) if is_dataclass(kind) else exactly(kind)


def _either(kinds: tuple[Any, ...]) -> Read:
    """A union: nothing, or the one kind, or a record that says first which of several it is."""
    some = [kind for kind in kinds if kind is not types.NoneType]
    if len(some) == 1:
        one = _reader(some[0])
    else:
        readers = {kind.__name__: _reader(kind) for kind in some}

        def one(value: Plain, shared: Shared) -> Any:
            name, held = _of(list, value)
            return readers[name](held, shared)

    if len(some) == len(kinds):
        return one
    return lambda value, shared: None if value is None else one(value, shared)


def _record(kind: Any) -> Read:
    """A dataclass, from a map of its fields."""

    def read(value: Plain, shared: Shared) -> Any:
        known = readers(kind)
        return kind(**{name: known[name](held, shared) for name, held in _of(dict, value).items()})

    return read


@functools.cache
def readers(kind: Any) -> Mapping[str, Read]:
    """Give the functions that read the fields of a dataclass."""
    hints = get_type_hints(kind, localns={"Texts": Texts, "Items": Items, "Clues": Clues})
    return {name: _reader(hint) for name, hint in hints.items()}


def _key(value: Plain, shared: Shared) -> Key:
    kind, number, *rest = value
    return Key(kind, shared.sets[number], *rest)


_SPECIAL: dict[Any, Read] = {
    Texts: _StoredTexts,
    Items: _StoredItems,
    Key: _key,
    Any: lambda value, _: Expression(_of(str, value)),  # what `ReTest` has compiled
    float: lambda value, _: math.inf if value is None else _number(value),
    date: lambda value, _: date.fromisoformat(value),
}
_TESTS = frozenset(get_args(get_type_hints(Rule, localns={"Clues": Clues})["at"]))
