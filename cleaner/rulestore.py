"""RuleSet <-> bytes: a set of rules as lists, maps and texts of JSON, of which is read what is needed.

In front stands what chooses the rules of a run (ids, labels, languages, states). By what their lines are
found and what they ask stands behind, two stretches a pack, and is read when a rule is first asked for it;
patterns become objects when a line asks for them. Examples are left out: no article needs them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import MISSING, fields
from itertools import pairwise
from typing import Any

import orjson

from cleaner.rulefile.collection import no_collection
from cleaner.rulemodel import Pack, Rule, RuleSet
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
    writer = Writer()
    packs: list[Plain] = []
    stretches: list[bytes] = []
    with no_collection():
        for one in rules.packs:
            packs.append(
                writer.record(one, _OF_A_PACK) | {"rules": [_in_front(one, rule) for rule in one.rules]}
            )
            clues = [writer.plain(rule.clues) for rule in one.rules]
            stretches.append(orjson.dumps([writer.taken_sets(), clues]))
            stretches.append(orjson.dumps([writer.record(rule, _ASKED) for rule in one.rules]))
    stretches.append(orjson.dumps(writer.rows))
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
    if len(stretches) != 2 * len(front["packs"]) + 1 or ends[-1] != len(data):
        raise ValueError("a stretch is missing")
    lists = Lists(stretches.pop())
    behind = [_Behind(lists, *two) for two in zip(stretches[::2], stretches[1::2], strict=True)]
    packs = [_pack(row, of_pack) for row, of_pack in zip(front["packs"], behind, strict=True)]
    rules = sorted((rule for one in packs for rule in one.rules), key=lambda rule: rule.id)
    return RuleSet(tuple(packs), tuple(rules), str(front["digest"]))


def _pack(row: Plain, behind: _Behind) -> Pack:
    rules = row.pop("rules")
    read = readers(Pack)
    one = Pack(rules=(), **{name: read[name](value, behind) for name, value in row.items()})
    own = {**_DEFAULTS, **{name: getattr(one, name) for name in _OF_PACK}}
    behind.rules = [_rule({**own, **_values(front, behind)}) for front in rules]
    for number, rule in enumerate(behind.rules):
        object.__setattr__(rule, "_place", (behind, number))
    return Pack(one.name, one.path, tuple(behind.rules), one.langs, one.site)


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
        behind, number = self._place
        if name == _FOUND_BY:
            behind.read_clues()
            return getattr(self, name)
        values = behind.fields(number)
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
    """What stands behind of the rules of one pack."""

    def __init__(self, lists: Lists, clues: memoryview, asked: memoryview) -> None:
        super().__init__(lists)
        self._clues, self._asked = clues, asked
        self.rules: list[_StoredRule] = []

    def read_clues(self) -> None:
        """Read what the lines of the rules are found by, of all at once: so a plan asks for it."""
        sets, rows = orjson.loads(self._clues)
        self.sets = [frozenset(texts) for texts in sets]
        read = readers(Rule)[_FOUND_BY]
        for rule, row in zip(self.rules, rows, strict=True):
            object.__setattr__(rule, _FOUND_BY, read(row, self))

    @functools.cached_property
    def _rows(self) -> Plain:
        return orjson.loads(self._asked)

    def fields(self, number: int) -> dict[str, Any]:
        """Give the other fields of a rule."""
        return {**_DEFAULTS_BEHIND, **_values(self._rows[number], self)}
