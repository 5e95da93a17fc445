"""rules -> Plan: which rules to try on which lines, without trying them all.

What `clues` knows of each rule goes into a few tables: whole lines (one look-up in a dictionary), texts (one
scan for all of them, in which a line break is a character like others), places in the document. What is found
is a candidate; `ready` confirms it, once for all lines that read the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.clues import FORMS, Key, clues
from cleaner.deadline import Deadline
from cleaner.lines import Facts
from cleaner.model import Rule
from cleaner.places import Places
from cleaner.ready import WHOLE, Ready
from cleaner.scan import Scan
from cleaner.sheet import Sheet

_MOST_KEPT, _KEPT_CHARS = 1 << 13, 240
"""Facts are kept of so many lines, none longer: prose does not come again."""
_MOST_TONGUES = 8
"""Tables are kept for so many sets of languages."""

_Probes = tuple[tuple[int, int], ...]
"""Rules, and which of their patterns (by number) or `ready.WHOLE`, `ready.SURE`."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """The rules of a plan that may run on texts of some languages, by number."""

    numbers: frozenset[int]
    scan: Scan[_Probes]
    """Their literals alone: other languages would find theirs in every other line."""
    places: Places


class Plan:
    """A rule set compiled for look-up. Rules are named by their index in `rules`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ready = tuple(Ready(rule) for rule in self.rules)
        self.same: dict[str, list[int]] = {"earlier": [], "title": []}
        self.placed: dict[int, tuple[int, ...]] = {}
        """The rules that are found by place, with the patterns to ask there."""
        self._exact: dict[str, _Probes] = {}
        self.most_chars: list[float] = []
        """By rule: the length past which no line is an anchor."""
        texts: dict[str, _Probes] = {}
        for number, rule in enumerate(self.rules):
            found = clues(rule)
            self.most_chars.append(found.most_chars if found else math.inf)
            for key in found.keys if found else ():
                self._add(key, number, texts)
        self._texts = texts
        self._known: dict[str, Facts] = {}
        self._meant: dict[frozenset[str], _Meant] = {}

    def _add(self, key: Key, number: int, texts: dict[str, _Probes]) -> None:
        if key.kind == "place":
            self.placed[number] = (*self.placed.get(number, ()), key.pattern)
        elif key.kind == "same":
            for name in key.texts:
                self.same[name].append(number)
        elif key.kind == "exact":
            _enter((number, key.pattern), key.texts, self._exact)
        else:
            form = FORMS[key.kind]
            _enter((number, key.pattern), [form.format(text) for text in key.texts], texts)

    def facts_of(self, text: str, normal: str) -> Facts:
        """Give the facts of a line, the same ones for lines that read the same."""
        facts = self._known.get(text)
        if facts is None:
            facts = Facts(text, normal)
            if len(text) <= _KEPT_CHARS:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[text] = facts
        return facts

    def learn(self, lines: Iterable[Facts], langs: frozenset[str], deadline: Deadline) -> None:
        """Look lines up: sets their `anchors` for texts of some languages.

        Raises TimeoutError with a rule's id past the deadline.
        """
        unknown = list({id(facts): facts for facts in lines if langs not in facts.anchors}.values())
        if not unknown:
            return
        meant = self._for(langs)
        numbers = meant.numbers
        found: dict[int, dict[int, list[int]]] = {}
        for index, facts in enumerate(unknown):
            if facts.folded in self._exact:
                _gather(found.setdefault(index, {}), _of(numbers, self._exact[facts.folded]))
        for index, probes in meant.scan.find([facts.folded for facts in unknown]):
            _gather(found.setdefault(index, {}), probes)
        for index, facts in enumerate(unknown):
            rows = found.get(index)
            facts.anchors[langs] = self._confirmed(facts, rows, deadline) if rows else ()

    def _confirmed(self, facts: Facts, found: dict[int, list[int]], deadline: Deadline) -> tuple[int, ...]:
        size = len(facts.folded)
        good = []
        for number, patterns in sorted(found.items()):
            if size <= self.most_chars[number]:
                deadline.check(self.rules[number].id)
                if self.ready[number].allows(facts, number, patterns):
                    good.append(number)
        return tuple(good)

    def _for(self, langs: frozenset[str]) -> _Meant:
        known = self._meant.get(langs)
        if known is None:
            numbers = frozenset(
                number
                for number, rule in enumerate(self.rules)
                if not rule.langs or not rule.langs.isdisjoint(langs)
            )
            texts = {text: row for text, probes in self._texts.items() if (row := _of(numbers, probes))}
            if len(self._meant) >= _MOST_TONGUES:
                self._meant.clear()
            known = _Meant(numbers, Scan(texts), Places(self, numbers))
            self._meant[langs] = known
        return known

    def by_place(self, sheet: Sheet, langs: frozenset[str]) -> dict[int, list[int]]:
        """Give the rules that are found by place, with the indexes of the lines whose text allows them."""
        return self._for(langs).places.find(sheet)

    def allows(self, number: int, facts: Facts) -> bool:
        """Tell whether the text of a line allows the anchor of a rule."""
        return len(facts.folded) <= self.most_chars[number] and self.ready[number].allows(
            facts, number, (WHOLE,)
        )


def _of(numbers: frozenset[int], probes: _Probes) -> _Probes:
    """Leave the probes of some rules."""
    if len(probes) == 1:
        return probes if probes[0][0] in numbers else ()
    return tuple([probe for probe in probes if probe[0] in numbers])


def _gather(found: dict[int, list[int]], probes: Iterable[tuple[int, int]]) -> None:
    for number, pattern in probes:
        patterns = found.get(number)
        if patterns is None:
            found[number] = [pattern]
        elif pattern not in patterns:
            patterns.append(pattern)


def _enter(probe: tuple[int, int], texts: Iterable[str], table: dict[str, _Probes]) -> None:
    """Add a probe at all of its texts; whole sets at a time, since there are a hundred thousand."""
    fresh: dict[str, _Probes] = dict.fromkeys(texts, (probe,))
    fresh.update((text, (*table[text], probe)) for text in table.keys() & fresh.keys())
    table.update(fresh)
