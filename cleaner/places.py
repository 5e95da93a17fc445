"""Rules that are found by their place -> the lines near the two ends that their anchors allow.

What has no telling text is looked for in its zone alone. A line is asked once for all rules whose zone can
hold it, and lines that read the same in other documents are not asked again.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import count
from typing import Protocol

from cleaner.asking import Local
from cleaner.clues import words_of
from cleaner.lines import Facts, Line
from cleaner.model import Range, Rule
from cleaner.ready import Ready
from cleaner.sheet import Sheet

_MOST_WORDS = 64
_Row = tuple[int, float, Local]
"""A rule's number, its greatest length, and what to ask."""
_serials = count()


class _Rules(Protocol):
    """What is asked of a plan."""

    rules: tuple[Rule, ...]
    ready: tuple[Ready, ...]
    most_chars: list[float]
    placed: dict[int, tuple[int, ...]]


class _Side:
    """The rules of one end of a document: those of the zone, and those of so many lines from there."""

    def __init__(self, rows: list[tuple[float, tuple[float, float], _Row]]) -> None:
        """`rows`: how many lines a rule reaches (infinite: the zone), its bounds of words, and the rule."""
        self._rows = rows
        self._cuts = sorted({reach for reach, _, _ in rows if reach < math.inf})
        self._serial = next(_serials) << 12
        self._tables: dict[tuple[int, bool, int], list[_Row]] = {}

    @property
    def reach(self) -> float:
        """How many lines from the end on are asked, whatever the zone."""
        return self._cuts[-1] if self._cuts else 0

    def allowed(self, facts: Facts, distance: int, *, inside: bool) -> tuple[int, ...]:
        """Give the rules whose anchor the text of a line allows, `distance` lines (from 1) from the end."""
        bucket = bisect_left(self._cuts, distance)
        key = self._serial + 2 * bucket + inside
        known = facts.places.get(key)
        if known is None:
            size = len(facts.folded)
            rows = self._of((bucket, inside, min(facts.words, _MOST_WORDS)))
            known = tuple([number for number, most, asked in rows if size <= most and asked(facts)])
            facts.places[key] = known
        return known

    def _of(self, key: tuple[int, bool, int]) -> list[_Row]:
        rows = self._tables.get(key)
        if rows is None:
            bucket, inside, words = key
            cut = self._cuts[bucket] if bucket < len(self._cuts) else math.inf
            rows = self._tables[key] = [
                row
                for reach, (low, high), row in self._rows
                if (inside if reach == math.inf else reach >= cut)
                and (low <= words <= high or (words == _MOST_WORDS and high > words))
            ]
        return rows


class Places:
    """The rules of one plan that are found by place and may run on texts of some languages."""

    def __init__(self, plan: _Rules, numbers: frozenset[int]) -> None:
        self._plan = plan
        placed = [number for number in plan.placed if number in numbers]
        self._head = self._side(placed, ("head", "first", "edges"))
        self._tail = self._side(placed, ("tail", "last", "edges"))

    def _side(self, numbers: Iterable[int], kinds: tuple[str, str, str]) -> _Side:
        rows = []
        for number in numbers:
            zone = self._plan.rules[number].zone
            if zone is not None and zone.kind in kinds:
                reach = zone.lines if zone.kind == kinds[1] else math.inf
                rows.append((float(reach), self._words(number), self._row(number)))
        return _Side(rows)

    def _words(self, number: int) -> tuple[float, float]:
        rule = self._plan.rules[number]
        return words_of(rule.at) if rule.cut == "line" else (0, math.inf)

    def _row(self, number: int) -> _Row:
        plan = self._plan
        return number, plan.most_chars[number], plan.ready[number].by_place(number, plan.placed[number])

    def find(self, sheet: Sheet) -> dict[int, list[int]]:
        """Give the rules, by number, with the sorted indexes of the lines in their zones that allow them."""
        found: dict[int, set[int]] = {}
        lines, size = sheet.lines, len(sheet.lines)
        for index in range(min(int(max(sheet.head_end, self._head.reach)), size)):
            inside = index < sheet.head_end
            for number in self._head.allowed(lines[index].facts, index + 1, inside=inside):
                found.setdefault(number, set()).add(index)
        for index in range(max(int(min(sheet.tail_start, size - self._tail.reach)), 0), size):
            inside = index >= sheet.tail_start
            for number in self._tail.allowed(lines[index].facts, size - index, inside=inside):
                found.setdefault(number, set()).add(index)
        for number, indexes in found.items():
            rule = self._plan.rules[number]
            if rule.run is not None:
                self._extend(number, rule.run, indexes, sheet)
            if rule.times is not None:  # it counts lines wherever they stand
                asked = self._asked(number)
                indexes.update(index for index, line in enumerate(lines) if asked(line))
        return {number: sorted(indexes) for number, indexes in found.items()}

    def _extend(self, number: int, run: Range, indexes: set[int], sheet: Sheet) -> None:
        """Follow a run over the edge of its zone, so that a longer one is seen to be longer."""
        zone = self._plan.rules[number].zone
        assert zone is not None
        for stretch in sheet.ranges(zone):
            for edge, step in ((stretch.start, -1), (stretch.stop - 1, 1)) if stretch else ():
                if edge in indexes:
                    indexes.update(_further(sheet.lines, edge, step, run.high or 0, self._asked(number)))

    def _asked(self, number: int) -> Callable[[Line], bool]:
        _, most, asked = self._row(number)
        return lambda line: len(line.folded) <= most and asked(line.facts)


def _further(
    lines: Iterable[Line], edge: int, step: int, most: int, asked: Callable[[Line], bool]
) -> Iterable[int]:
    rows = list(lines)
    at = edge + step
    while 0 <= at < len(rows) and abs(at - edge) <= most and asked(rows[at]):
        yield at
        at += step
