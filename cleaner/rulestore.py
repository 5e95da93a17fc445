"""RuleSet <-> bytes: a set of rules as lists, maps and texts of JSON, of which is read what is needed.

In front stands what chooses the rules of a run (ids, labels, languages, states). By what their lines are
found, and what they ask, a stretch a pack, stands behind and is read when a rule is first asked for it;
patterns become objects when a line asks for them. Examples are left out: no article needs them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import MISSING, fields
from itertools import pairwise
from typing import Any

import orjson

from cleaner.model import Pack, Rule, RuleSet
from cleaner.rulefile.collection import no_collection
from cleaner.rulevalues import Lists, Plain, Shared, Writer, readers

_CHOOSING = (
    "id",
    "action",
    "label",
    "status",
    "risk",
    "css",
    "using",
    "swap",
    "zone",
    "run",
    "times",
    "cut",
    "condition",
)
"""The fields of a rule that stand in front."""
_OF_PACK = ("langs", "site")
"""Fields that a rule mostly has from its pack; they stand in front as well."""
_FOUND_BY = "clues"
_LEFT_OUT = ("examples",)
_SIZE_BYTES = 8


def pack(rules: RuleSet) -> bytes:
    """Give a set of rules as bytes."""
    with no_collection():
        writer = Writer()
        packs = [
            writer.record(one, _OF_A_PACK) | {"rules": [_in_front(one, rule) for rule in one.rules]}
            for one in rules.packs
        ]
        clues = [writer.plain(rule.clues) for one in rules.packs for rule in one.rules]
        asked = [orjson.dumps([writer.record(rule, _ASKED) for rule in one.rules]) for one in rules.packs]
    stretches = [orjson.dumps(writer.rows), orjson.dumps([writer.sets, clues]), *asked]
    front = orjson.dumps({"digest": rules.digest, "packs": packs, "sizes": [len(one) for one in stretches]})
    return b"".join((len(front).to_bytes(_SIZE_BYTES), front, *stretches))


def _in_front(one: Pack, rule: Rule) -> Plain:
    writer = Writer()
    own = {name: getattr(rule, name) for name in _OF_PACK}
    others = {name: writer.plain(held) for name, held in own.items() if held != getattr(one, name)}
    return writer.record(rule, _CHOOSING) | others


def unpack(data: bytes) -> RuleSet:
    """Rebuild a set of rules. Raises ValueError, TypeError or a LookupError where its front is none."""
    end = _SIZE_BYTES + int.from_bytes(data[:_SIZE_BYTES])
    front = orjson.loads(data[_SIZE_BYTES:end])
    ends = [end]
    for size in front["sizes"]:
        ends.append(ends[-1] + size)
    stretches = [memoryview(data)[start:end] for start, end in pairwise(ends)]
    if len(stretches) != 2 + len(front["packs"]) or ends[-1] != len(data):
        raise ValueError("a stretch is missing")
    behind = _Behind(stretches[0], stretches[1])
    packs = [
        _pack(row, behind, _Asked(behind, asked))
        for row, asked in zip(front["packs"], stretches[2:], strict=True)
    ]
    behind.rules = [rule for one in packs for rule in one.rules]
    rules = sorted(behind.rules, key=lambda rule: rule.id)
    return RuleSet(tuple(packs), tuple(rules), str(front["digest"]))


def _pack(row: Plain, behind: _Behind, asked: _Asked) -> Pack:
    rules = row.pop("rules")
    read = readers(Pack)
    one = Pack(rules=(), **{name: read[name](value, behind) for name, value in row.items()})
    own = {**_DEFAULTS, **{name: getattr(one, name) for name in _OF_PACK}}
    made = [_rule({**own, **_values(front, behind)}) for front in rules]
    for number, rule in enumerate(made):
        object.__setattr__(rule, "_place", (asked, number))
    return Pack(one.name, one.path, tuple(made), one.langs, one.site)


def _rule(values: dict[str, Any]) -> _StoredRule:
    if values.keys() != _IN_FRONT:
        raise ValueError("a field is missing, or one too many")
    rule = object.__new__(_StoredRule)
    for name, value in values.items():
        object.__setattr__(rule, name, value)
    return rule


def _values(row: Plain, behind: _Behind) -> dict[str, Any]:
    read = readers(Rule)
    return {name: read[name](value, behind) for name, value in row.items()}


class _StoredRule(Rule):
    """A rule whose other fields are read when one of them is first asked for."""

    __slots__ = ("_place",)

    def __getattr__(self, name: str) -> Any:
        if name not in _BEHIND:
            raise AttributeError(name)
        asked, number = self._place
        if name == _FOUND_BY:
            asked.behind.read_clues()
            return getattr(self, name)
        values = asked.fields(number)
        for field, value in values.items():
            object.__setattr__(self, field, value)
        return values[name]


_BY_NAME = {field.name: field for field in fields(Rule)}
_IN_FRONT = {*_CHOOSING, *_OF_PACK}
_BEHIND = _BY_NAME.keys() - _IN_FRONT
_ASKED = tuple(name for name in _BY_NAME if name in _BEHIND and name not in (_FOUND_BY, *_LEFT_OUT))
_OF_A_PACK = tuple(field.name for field in fields(Pack) if field.name != "rules")


def _defaults(names: Iterable[str]) -> dict[str, Any]:
    return {name: held for name in names if (held := _BY_NAME[name].default) is not MISSING}


_DEFAULTS = _defaults(_CHOOSING)
_DEFAULTS_BEHIND = _defaults((*_ASKED, *_LEFT_OUT))


class _Behind(Shared):
    """What stands behind of all rules together."""

    def __init__(self, lists: memoryview, clues: memoryview) -> None:
        super().__init__(Lists(lists))
        self._clues = clues
        self.rules: list[Rule] = []

    def read_clues(self) -> None:
        """Read what the lines of rules are found by, of all at once: so a plan asks for it."""
        with no_collection():
            sets, rows = orjson.loads(self._clues)
            self.sets = [frozenset(texts) for texts in sets]
            read = readers(Rule)[_FOUND_BY]
            for rule, row in zip(self.rules, rows, strict=True):
                object.__setattr__(rule, _FOUND_BY, read(row, self))


class _Asked:
    """What stands behind of the rules of one pack: all that is asked of lines, and said to people."""

    def __init__(self, behind: _Behind, data: memoryview) -> None:
        self.behind = behind
        self._data = data

    @functools.cached_property
    def _rows(self) -> Plain:
        return orjson.loads(self._data)

    def fields(self, number: int) -> dict[str, Any]:
        """Give the other fields of a rule."""
        return {**_DEFAULTS_BEHIND, **_values(self._rows[number], self.behind)}
