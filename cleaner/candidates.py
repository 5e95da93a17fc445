"""Sheet + Plan -> the lines that rules' anchors may have, each asked by its text, in its zone alone.

A plan finds for every line the rules that may want it; most of them want it elsewhere. What a line's text
says to a rule is asked once for all lines that read the same, in this document or in others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner.deadline import Deadline
from cleaner.plan import Found, Plan
from cleaner.ready import WHOLE
from cleaner.rulemodel import Rule, Zone
from cleaner.sheet import Sheet
from cleaner.testmodel import Range


class Candidates:
    """The rules that may have an anchor on one sheet."""

    def __init__(self, sheet: Sheet, plan: Plan, deadline: Deadline) -> None:
        self._sheet, self._plan, self._deadline = sheet, plan, deadline
        self._zones = _Zones(plan.zones, sheet)

    def of(
        self, langs: frozenset[str], is_meant: Callable[[int], bool]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Give the rules that are meant, by number, with the sorted indexes of lines whose text allows them.

        Raises TimeoutError with a rule's id past the deadline.
        """
        rules = self._plan.rules
        wanted = self._wanted(langs)
        for number, patterns in self._plan.of_sites.items():
            if is_meant(number):
                known = wanted.get(number, {})
                wanted[number] = {
                    index: (number, (*patterns, *known.get(index, (number, ()))[1]))
                    for index in range(len(self._sheet.lines))
                }
        for number in sorted(wanted):
            if is_meant(number):
                self._deadline.check(rules[number].id)
                allowed = self._allowed(number, wanted[number])
                if allowed:
                    yield number, allowed

    def _wanted(self, langs: frozenset[str]) -> dict[int, dict[int, Found]]:
        """Give by rule what was found, by line, where its zone holds one of the lines."""
        sheet, alone = self._sheet, self._plan.alone
        zones, zone_of = self._zones, self._plan.zone_of
        wanted: dict[int, dict[int, Found]] = {}
        inside: set[int] = set()
        size, is_near = len(sheet.lines), self._plan.is_near
        for index, line in enumerate(sheet.lines):
            facts = line.facts
            told = facts.told
            for one in facts.found[langs, is_near(index, size)]:
                number = one[0]
                if told.get(number) is False:
                    continue
                if index in zones[zone_of[number]]:
                    inside.add(number)
                elif number in alone and not sheet.traced:
                    continue
                if number in wanted:
                    wanted[number][index] = one
                else:
                    wanted[number] = {index: one}
        if not sheet.traced:
            wanted = {number: wanted[number] for number in inside}
        for name, indexes in (("earlier", sheet.repeats), ("title", sheet.titles)):
            for number in self._plan.same[name] if indexes else ():
                known = wanted.get(number, {})
                wanted[number] = dict(sorted((known | dict.fromkeys(indexes, (number, (WHOLE,)))).items()))
        return wanted

    def _allowed(self, number: int, found: dict[int, Found]) -> list[int]:
        rule = self._plan.rules[number]
        inside = [index for index in self._inside(number, found) if self._tells(index, found)]
        if not inside or rule.zone is None:
            return inside
        if rule.times is not None:  # it counts lines wherever they stand
            return [index for index in found if self._tells(index, found)]
        if rule.run is not None:
            return sorted({*inside, *self._run_on(rule, rule.run, set(inside), found)})
        return inside

    def _inside(self, number: int, found: dict[int, Found]) -> Iterable[int]:
        """Leave the lines in the zone; who asks why a rule did not fire hears of others too."""
        if self._sheet.traced and not self._plan.is_placed(number):
            return found
        zone = self._zones[self._plan.zone_of[number]]
        return [index for index in found if index in zone]

    def _run_on(self, rule: Rule, run: Range, inside: set[int], found: dict[int, Found]) -> Iterator[int]:
        """Follow a run over the edge of its zone, so that a longer one is seen to be longer."""
        assert rule.zone is not None
        for stretch in self._sheet.ranges(rule.zone):
            for edge, step in ((stretch.start, -1), (stretch.stop - 1, 1)) if stretch else ():
                at = edge + step
                while edge in inside and at in found and abs(at - edge) <= (run.high or 0):
                    if not self._tells(at, found):
                        break
                    yield at
                    at += step

    def _tells(self, index: int, found: dict[int, Found]) -> bool:
        """Tell whether the text of a line allows the anchor of a rule."""
        number, patterns = found[index]
        facts = self._sheet.lines[index].facts
        told = facts.told.get(number)
        if told is None:
            told = facts.told[number] = self._plan.ready[number].allows(facts, number, patterns)
        return told


class _Zones(dict[int, Sequence[int]]):
    """Zones on one sheet, by their number in the plan, each worked out when it is first asked for."""

    def __init__(self, zones: Sequence[Zone | None], sheet: Sheet) -> None:
        super().__init__()
        self._zones, self._sheet = zones, sheet

    def __missing__(self, number: int) -> Sequence[int]:
        zone = self._zones[number]
        found = self[number] = range(len(self._sheet.lines)) if zone is None else self._sheet.zone(zone)
        return found
