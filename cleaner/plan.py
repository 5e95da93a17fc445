"""rules -> Plan: which rules to try on which lines, without trying them all.

What `clues` knows of each rule goes into `tables`, by languages, when texts first ask for them. What is found
there is a candidate, and `ready` confirms it, once for all lines that read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.bounds import ANY, Bounds
from cleaner.clues import BOUNDED_ZONES, Key, clues
from cleaner.lines import Facts
from cleaner.ready import Ready
from cleaner.rulefile.collection import no_collection
from cleaner.rulemodel import Rule, Zone
from cleaner.sheet import HEAD_LINES, TAIL_LINES

if TYPE_CHECKING:
    from cleaner.tables import Tables

_MOST_KEPT, _KEPT_CHARS = 1 << 13, 240
"""Facts are kept of so many lines, none longer: prose does not come again."""
_MOST_AT_ONCE = 1 << 12
"""Lines that are compared with all rules at once: more would need more memory, and gain nothing."""
_MOST_TONGUES = 16
"""Tables are kept for so many languages."""
Found = tuple[int, tuple[int, ...]]
"""A rule that may want a line, and which of its patterns (by number) or `ready.WHOLE`, `ready.SURE`."""


class Plan:
    """A rule set compiled for look-up. Rules are named by their index in `rules`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ready = tuple(Ready(rule) for rule in self.rules)
        self.same: dict[str, list[int]] = {"earlier": [], "title": []}
        self.of_sites: dict[int, tuple[int, ...]] = {}
        """Rules of single sites that are found by place, and their patterns: other lines are not theirs."""
        zones: dict[Zone | None, int] = {}
        self.zone_of = [zones.setdefault(rule.zone, len(zones)) for rule in self.rules]
        self.zones = tuple(zones)
        """Each zone once, and which is a rule's, by number."""
        self.alone = frozenset(
            number for number, rule in enumerate(self.rules) if rule.run is None and rule.times is None
        )
        """Rules to which a line outside their zone says nothing."""
        self._counting = frozenset(number for number, rule in enumerate(self.rules) if rule.times is not None)
        """Rules that count lines wherever they stand."""
        self.free = frozenset(
            number for number, rule in enumerate(self.rules) if rule.site is None and rule.condition is None
        )
        """Rules that are meant for all texts in their languages."""
        self._placed: set[int] = set()
        self._bounds: dict[int, Bounds] = {}
        """By rule, as texts come in its language: what lines that can be anchors keep to."""
        self._probes: dict[int, list[Key]] = {}
        """By rule: the keys by which lines are found, whole lines, texts and places."""
        self._langs = frozenset(lang for rule in self.rules for lang in rule.spoken)
        self._known: dict[str, Facts] = {}
        self._meant: dict[str | None, Tables] = {}

    def _enter(self, number: int) -> None:
        """Enter a rule; one that is known is left as it is."""
        if number in self._probes:
            return
        found = clues(self.rules[number])
        self._bounds[number] = found.bounds if found else ANY
        self._probes[number] = []
        for key in found.keys if found else ():
            self._add(key, number)

    def _add(self, key: Key, number: int) -> None:
        if key.kind == "same":
            for name in key.texts:
                self.same[name].append(number)
            return
        if key.kind == "place":
            self._placed.add(number)
            if self.rules[number].site is not None:
                self.of_sites[number] = (*self.of_sites.get(number, ()), key.pattern)
                return
        self._probes[number].append(key)

    def facts_of(self, text: str, normal: str, folded: str) -> Facts:
        """Give the facts of a line, the same ones for lines that read the same."""
        facts = self._known.get(text)
        if facts is None:
            facts = Facts(text, normal, folded)
            if len(text) <= _KEPT_CHARS:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[text] = facts
        return facts

    def learn(self, documents: Iterable[Sequence[Facts]], langs: frozenset[str]) -> None:
        """Look up the lines of documents, each in its order: sets what was `found` for some languages."""
        unknown: tuple[dict[int, Facts], dict[int, Facts]] = {}, {}
        for lines in documents:
            for index, facts in enumerate(lines):
                near = self.is_near(index, len(lines))
                if (langs, near) not in facts.found:
                    unknown[near][id(facts)] = facts
        if not any(unknown):
            return
        tables = [self._for(lang) for lang in sorted(langs & self._langs)] or [self._for(None)]
        for near in (False, True):
            facts_of = list(unknown[near].values())
            for start in range(0, len(facts_of), _MOST_AT_ONCE):
                _look_up(facts_of[start : start + _MOST_AT_ONCE], (langs, near), tables)

    def is_near(self, index: int, size: int) -> bool:
        """Tell whether a line stands where a rule can be found by its place."""
        return index < self.zone_reach or index >= size - self.zone_reach

    @cached_property
    def zone_reach(self) -> int:
        """How many lines from either end that is, with what a run may have beyond its zone."""
        return max(map(_reach_of, self.rules), default=0)

    def _for(self, lang: str | None) -> Tables:
        """Give the tables of a language; of the rules for any language alone where it is None."""
        known = self._meant.pop(lang, None)
        if known is None:
            from cleaner.tables import Tables

            with no_collection():
                known = Tables(list(self._meant_for(lang)), self._bounds, self._counting)
        if len(self._meant) >= _MOST_TONGUES:
            del self._meant[next(iter(self._meant))]  # the one that was not asked for the longest time
        self._meant[lang] = known
        return known

    def _meant_for(self, lang: str | None) -> Iterator[tuple[int, Key]]:
        for number, rule in enumerate(self.rules):
            if not rule.spoken or lang in rule.spoken:
                self._enter(number)
                yield from ((number, key) for key in self._probes[number])

    def is_placed(self, number: int) -> bool:
        """Tell whether a rule is found by its place, not by a text."""
        return number in self._placed


def _reach_of(rule: Rule) -> int:
    if rule.zone is None or rule.zone.kind not in BOUNDED_ZONES:
        return 0
    zone = rule.zone.lines or max(HEAD_LINES, TAIL_LINES)
    return zone + (rule.run.high or 0 if rule.run is not None else 0) + 1


def _look_up(lines: Sequence[Facts], key: tuple[frozenset[str], bool], tables: Sequence[Tables]) -> None:
    from cleaner.survey import Survey  # numpy is dear, and wanted for texts alone

    survey, near = Survey(lines), key[1]
    rows = tables[0].find(lines, survey, near=near)
    if len(tables) > 1:
        more = (row for table in tables[1:] for row in table.find(lines, survey, near=near))
        rows = sorted({*rows, *more})
    found: dict[int, dict[int, tuple[int, ...]]] = {}
    for index, number, pattern in rows:
        of_line = found.setdefault(index, {})
        of_line[number] = (*of_line.get(number, ()), pattern)
    for index, facts in enumerate(lines):  # last, and each at once: what is cut off here was never asked
        facts.found[key] = tuple(found[index].items()) if index in found else ()
