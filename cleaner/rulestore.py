"""RuleSet <-> plain data: a set of rules as lists, maps and texts that JSON can hold, and back.

The records are read off the types of `model`, so a field that is added there travels too; a value of the
wrong type is a ValueError. Examples stay behind: no article needs them. Patterns become objects when a line
first asks for them.
"""

from __future__ import annotations

import functools
import math
import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from cleaner.clues import Clues
from cleaner.model import Pack, Rule, RuleSet
from cleaner.patterns import Choice, Items, Pattern, SlotPart, Star, Text, Texts
from cleaner.safe_re import Expression
from cleaner.slots import SLOTS

Plain = Any
_Read = Callable[[Plain, "_Lists"], Any]
_LEFT_OUT = frozenset({"examples"})


def pack(rules: RuleSet) -> Plain:
    """Give a set of rules as plain data."""
    lists = _Writer()
    packs = [lists.plain(one) for one in rules.packs]
    return {"digest": rules.digest, "lists": lists.rows, "packs": packs}


def unpack(data: Plain) -> RuleSet:
    """Rebuild a set of rules. Raises ValueError, TypeError or a LookupError for data that is none."""
    lists = _Lists(data["lists"])
    read = _reader(Pack)
    packs: list[Pack] = [read(row, lists) for row in data["packs"]]
    rules: list[Rule] = sorted((rule for one in packs for rule in one.rules), key=lambda rule: rule.id)
    return RuleSet(tuple(packs), tuple(rules), _exactly(str)(data["digest"], lists))


# ---------------------------------------------------------------------------------------------
# To plain data


class _Writer:
    """Turns values into plain data; a list of `defs` is written once and named by its number."""

    def __init__(self) -> None:
        self.rows: list[Plain] = []
        self._numbers: dict[int, int] = {}

    def plain(self, value: Any) -> Plain:
        """Give any value of a rule as plain data."""
        match value:
            case None | bool() | int() | str():
                return value
            case float():
                return None if value == math.inf else value
            case date():
                return value.isoformat()
            case Expression():
                return value.source
            case Texts():
                return [self._pattern(one) for one in value.patterns]
            case Items():
                return self._list(value.patterns)
            case frozenset():
                return sorted(map(self.plain, value))
            case tuple():
                return [self._tagged(one) for one in value]
        return self._record(value)

    def _record(self, value: Any) -> Plain:
        """A map of the fields that do not hold their default."""
        known = (
            (field, getattr(value, field.name)) for field in fields(value) if field.name not in _LEFT_OUT
        )
        return {
            field.name: self._tagged(held)
            for field, held in known
            if field.default is MISSING or held != field.default
        }

    def _tagged(self, value: Any) -> Plain:
        """A test says first which it is."""
        kind = type(value)
        return [kind.__name__, self.plain(value)] if kind in _TESTS else self.plain(value)

    def _pattern(self, pattern: Pattern) -> Plain:
        if pattern.parts == (Text(pattern.source),):
            return pattern.source
        return [pattern.source, *map(self._part, pattern.parts)]

    def _part(self, part: Any) -> Plain:
        match part:
            case Text(text):
                return text
            case Star():
                return None
            case SlotPart(name):
                return [name]
        return [part.name, self._list(part.items)]

    def _list(self, patterns: tuple[Pattern, ...]) -> int:
        if id(patterns) not in self._numbers:
            rows = [self._pattern(one) for one in patterns]  # lists inside come first
            self._numbers[id(patterns)] = len(self.rows)
            self.rows.append(rows)
        return self._numbers[id(patterns)]


# ---------------------------------------------------------------------------------------------
# From plain data


class _Lists:
    """The lists of `defs`, by number; their patterns are made when first asked for."""

    def __init__(self, rows: Plain) -> None:
        self._rows: list[Plain] = []
        self._made: dict[int, tuple[Pattern, ...]] = {}
        for row in _of(list, rows):
            self.check(row)  # a list names only lists before it, so none goes round in a circle
            self._rows.append(row)

    def check(self, rows: Plain) -> None:
        """Raise ValueError where rows are no patterns."""
        for row in _of(list, rows):
            if type(row) is str:
                continue
            if type(row) is not list or len(row) < 2 or type(row[0]) is not str:
                raise ValueError("no pattern")
            for part in row[1:]:
                if type(part) is not str and part is not None:
                    self._check_slot(part)

    def _check_slot(self, part: Plain) -> None:
        match part:
            case [str(name)] if name in SLOTS:
                return
            case [str(), int(number)] if 0 <= number < len(self._rows):
                return
        raise ValueError("no part of a pattern")

    def patterns(self, rows: Iterable[Plain]) -> tuple[Pattern, ...]:
        """Make the patterns of rows that were checked."""
        return tuple(
            Pattern(row, (Text(row),))
            if type(row) is str
            else Pattern(row[0], tuple(self._part(part) for part in row[1:]))
            for row in rows
        )

    def _part(self, part: Plain) -> Text | Star | SlotPart | Choice:
        if part is None:
            return Star()
        if isinstance(part, str):
            return Text(part)
        return SlotPart(part[0]) if len(part) == 1 else Choice(part[0], self[part[1]])

    def __getitem__(self, number: int) -> tuple[Pattern, ...]:
        if number not in self._made:
            self._made[number] = self.patterns(self._rows[number])
        return self._made[number]


class _StoredTexts(Texts):
    def __init__(self, rows: Plain, lists: _Lists) -> None:
        lists.check(rows)
        self.__dict__["make"] = lambda: lists.patterns(rows)

    @functools.cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        made: tuple[Pattern, ...] = self.__dict__.pop("make")()
        return made


class _StoredItems(Items):
    def __init__(self, number: Plain, lists: _Lists) -> None:
        self.__dict__["make"] = lambda: lists[number]
        lists._check_slot(["", _of(int, number)])

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


def _exactly(kind: type) -> _Read:
    return lambda value, _: _of(kind, value)


@functools.cache
def _reader(kind: Any) -> _Read:
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
        return lambda value, lists: frozenset([one(item, lists) for item in _of(list, value)])
    if origin is tuple and inner[-1] is ...:
        one = _reader(inner[0])
        return lambda value, lists: tuple([one(item, lists) for item in _of(list, value)])
    if origin is tuple:
        parts = [_reader(part) for part in inner]
        return lambda value, lists: tuple(
            read(item, lists) for read, item in zip(parts, _of(list, value), strict=True)
        )
    return _record(kind) if is_dataclass(kind) else _exactly(kind)


def _either(kinds: tuple[Any, ...]) -> _Read:
    """A union: nothing, or the one kind, or a record that says first which of several it is."""
    some = [kind for kind in kinds if kind is not types.NoneType]
    if len(some) == 1:
        one = _reader(some[0])
    else:
        readers = {kind.__name__: _reader(kind) for kind in some}

        def one(value: Plain, lists: _Lists) -> Any:
            name, held = _of(list, value)
            return readers[name](held, lists)

    if len(some) == len(kinds):
        return one
    return lambda value, lists: None if value is None else one(value, lists)


def _record(kind: Any) -> _Read:
    """A dataclass, from a map of its fields."""
    known: dict[str, _Read] = {}

    def read(value: Plain, lists: _Lists) -> Any:
        if not known:  # not sooner: a test can hold tests
            hints = get_type_hints(kind, localns={"Texts": Texts, "Items": Items, "Clues": Clues})
            known.update((name, _reader(hint)) for name, hint in hints.items())
        return kind(**{name: known[name](held, lists) for name, held in _of(dict, value).items()})

    return read


_SPECIAL: dict[Any, _Read] = {
    Texts: _StoredTexts,
    Items: _StoredItems,
    Any: lambda value, _: Expression(_of(str, value)),  # what `ReTest` has compiled
    float: lambda value, _: math.inf if value is None else float(value),
    date: lambda value, _: date.fromisoformat(value),
}
_TESTS = frozenset(get_args(get_type_hints(Rule, localns={"Clues": Clues})["at"]))
