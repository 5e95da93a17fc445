"""rules -> Plan: which rules to try on which lines, without trying them all.

Every anchor is selective: its lines are known whole (one look-up in a dictionary), by how they start or end
or by a literal inside (one scan for all of them, in which a line break is a character like others), by a
bounded place in the document, or by being the same as another line. Of what an anchor could be found by, the
plan takes what is rarest in scraped articles (`rarity`). What is found is a candidate; `ready` confirms it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.lines import Facts
from cleaner.model import (
    AllTest,
    AnyTest,
    CharsTest,
    EndsTest,
    HasTest,
    LikeTest,
    MadeOfTest,
    ReTest,
    Rule,
    SameAsTest,
    Test,
    TextTest,
)
from cleaner.patterns import LIST_CHARS, Items, Pattern
from cleaner.rarity import rate
from cleaner.ready import SURE, WHOLE, Ready, lead_of
from cleaner.scan import Scan
from cleaner.shapes import HEADLINE_CHARS, LABEL_CHARS

BOUNDED_ZONES = frozenset({"head", "tail", "edges", "first", "last"})
PLACE_RATE = 200.0
"""Of a thousand lines so many stand in a bounded place, about."""
_WEAK_RATE = 20.0
"""A key that finds more is looked for in its place alone, where there is one."""
_LONGEST_START = 8
_SHORT_TEXT = 3
_MOST_KEPT, _KEPT_CHARS = 1 << 15, 240
"""Facts are kept of so many lines, none longer: prose does not come again."""
_KINDS = {"start": "\n{}", "end": "{}\n", "literal": "{}"}
"""How the texts of a key read in a scan of lines with a line break at both ends."""


@dataclass(frozen=True, slots=True)
class Key:
    """How the lines of an anchor are found: `exact`, `start`, `end`, `literal`, `place`, `same`; texts.

    `pattern`: of which pattern of the anchor's own list the texts are (`ready.WHOLE`: not of one alone).
    """

    kind: str
    texts: frozenset[str] = frozenset()
    pattern: int = WHOLE

    def rate(self) -> float:
        """Estimate how many of a thousand lines are found by it."""
        if self.kind == "place":
            return PLACE_RATE
        form = _KINDS.get(self.kind)
        return sum(rate(form.format(text)) for text in self.texts) if form else 0.0


def keys(rule: Rule) -> tuple[Key, ...] | None:
    """Give the keys of a rule's anchor (any of them), or None where it has none."""
    found = _of_test(rule.at, rule.cut, lead_of(rule.at))
    if rule.zone is None or rule.zone.kind not in BOUNDED_ZONES:
        return found
    if found is None:
        return (Key("place"),)
    # `times` counts lines wherever they stand
    if rule.times is not None or total_rate(found) <= PLACE_RATE:
        return found
    weak = [key for key in found if key.rate() > _WEAK_RATE] or found
    if any(key.pattern == WHOLE for key in weak):
        return (Key("place"),)
    return (*(key for key in found if key not in weak), *(Key("place", pattern=key.pattern) for key in weak))


def total_rate(found: Iterable[Key]) -> float:
    """Estimate how many of a thousand lines some keys find."""
    return sum(key.rate() for key in found)


@dataclass(frozen=True, slots=True)
class Clues:
    """All that the plan must know of a rule: its keys, and the length past which no line is an anchor."""

    keys: tuple[Key, ...]
    most_chars: float


NOT_SELECTIVE = "the anchor has no literal to find it by, and no bounded place"


def clues(rule: Rule) -> Clues | None:
    """Give the clues of a rule (those that the loader hung on it, if it did); None: it is not selective."""
    if rule.clues is not None:
        return rule.clues
    found = keys(rule)
    if found is None and not (rule.css or rule.action == "fix"):
        return None
    return Clues(found or (), most_chars(rule.at) if rule.cut == "line" else math.inf)


def _of_test(test: Test, cut: str, lead: Test | None) -> tuple[Key, ...] | None:
    match test:
        case TextTest(texts):
            return _of_texts(texts.patterns, cut, numbered=test is lead)
        case HasTest(literals):
            return (Key("literal", frozenset(literals)),)
        case ReTest(_, _, literals):
            return (Key("literal", frozenset(literals)),) if literals else None
        case EndsTest(literals):
            return (Key("end", frozenset(literals)),) if cut == "line" else None
        case MadeOfTest(_, items):
            return _of_items(items)
        case SameAsTest("earlier" | "title" as name):
            return (Key("same", frozenset({name})),)
        case AllTest(tests):
            sets = [found for part in tests if (found := _of_test(part, cut, lead)) is not None]
            return min(sets, key=total_rate, default=None)
        case AnyTest(tests):
            parts = [_of_test(part, cut, lead) for part in tests]
            return tuple(key for part in parts if part for key in part) if all(parts) else None
    return None


def most_chars(test: Test) -> float:
    """Give a length (folded) past which no line passes; infinity where there is none."""
    match test:
        case TextTest(texts):
            return max(pattern.most_chars for pattern in texts.patterns)
        case MadeOfTest():
            return LIST_CHARS
        case CharsTest(bounds):
            return math.inf if bounds.high is None else 2 * bounds.high
        case AllTest(tests):
            return min(map(most_chars, tests), default=math.inf)
        case AnyTest(tests):
            return max(map(most_chars, tests), default=math.inf)
        case LikeTest(shape):
            return {"headline": 2 * HEADLINE_CHARS, "label": 2 * LABEL_CHARS, "short": 2 * LABEL_CHARS}.get(
                shape, math.inf
            )
    return math.inf


def _of_items(items: Items) -> tuple[Key, ...] | None:
    """The keys of a line made of items: how the first one begins, or a text that must be among them."""
    texts = items.texts
    if not texts:
        return None
    if all(item.exact is not None for item in items.patterns):
        return (Key("start", frozenset(text[:_LONGEST_START] for text in texts)),)
    long = frozenset(text for text in texts if len(text) >= _SHORT_TEXT)
    short = texts - long
    return tuple(key for key in (Key("literal", long), Key("start", short), Key("end", short)) if key.texts)


def _of_texts(patterns: Sequence[Pattern], cut: str, *, numbered: bool) -> tuple[Key, ...] | None:
    """The keys of a list of patterns, the whole lines of all in one; None where one has no text."""
    exact: set[str] = set()
    rest: list[Key] = []
    for number, pattern in enumerate(patterns):
        key = _of_pattern(pattern, cut)
        if not key.texts:
            return None
        if key.kind == "exact":
            exact |= key.texts
        else:
            rest.append(Key(key.kind, key.texts, number if numbered else WHOLE))
    whole = [Key("exact", frozenset(exact), SURE if numbered else WHOLE)] if exact else []
    return (*whole, *rest)


def _of_pattern(pattern: Pattern, cut: str) -> Key:
    """Choose the rarest key of one pattern; one without texts where there is none."""
    if pattern.exact is not None:
        return Key("exact" if cut == "line" else "literal", pattern.exact)
    options = [
        Key("literal", literals) for literals in pattern.literals if all(one.strip() for one in literals)
    ]
    if cut in ("line", "head") and all(start.strip() for start in pattern.starts):
        options.append(Key("start", pattern.starts))
    if cut == "line" and all(end.strip() for end in pattern.ends):
        options.append(Key("end", pattern.ends))
    return min((option for option in options if option.texts), key=Key.rate, default=Key("literal"))


_HEADS, _TAILS = ("head", "first", "edges"), ("tail", "last", "edges")
_Table = dict[str, tuple[tuple[int, int], ...]]
"""Texts, and the rules and patterns (by number) that are found by them."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """The rules of a plan that may run on texts of some languages, by number."""

    numbers: frozenset[int]
    heads: tuple[tuple[int, tuple[int, ...]], ...]
    """Those that are found by place, at the head, with the patterns to ask."""
    tails: tuple[tuple[int, tuple[int, ...]], ...]


class Plan:
    """A rule set compiled for look-up. Rules are named by their index in `rules`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ready = tuple(Ready(rule) for rule in self.rules)
        self.same: dict[str, list[int]] = {"earlier": [], "title": []}
        self._placed: dict[int, tuple[int, ...]] = {}
        self._exact: _Table = {}
        self._most: list[float] = []
        texts: _Table = {}
        for number, rule in enumerate(self.rules):
            found = clues(rule)
            self._most.append(found.most_chars if found else math.inf)
            for key in found.keys if found else ():
                self._add(key, number, texts)
        self._scan = Scan(texts)
        self._known: dict[str, Facts] = {}
        self._meant: dict[frozenset[str], _Meant] = {}
        placed = [self.rules[number] for number in self._placed]
        self.longest_run = max((rule.run.high or 0 for rule in placed if rule.run), default=0)
        self.head_lines, self.tail_lines = (
            max((rule.zone.lines for rule in placed if rule.zone and rule.zone.kind == kind), default=0)
            for kind in ("first", "last")
        )

    def _add(self, key: Key, number: int, texts: _Table) -> None:
        if key.kind == "place":
            self._placed[number] = (*self._placed.get(number, ()), key.pattern)
        elif key.kind == "same":
            for name in key.texts:
                self.same[name].append(number)
        elif key.kind == "exact":
            _enter((number, key.pattern), key.texts, self._exact)
        else:
            form = _KINDS[key.kind]
            _enter((number, key.pattern), [form.format(text) for text in key.texts], texts)

    def facts_of(self, text: str) -> Facts:
        """Give the facts of a line, the same ones for lines that read the same."""
        facts = self._known.get(text)
        if facts is None:
            facts = Facts(text)
            if len(text) <= _KEPT_CHARS:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[text] = facts
        return facts

    def learn(self, lines: Iterable[Facts], langs: frozenset[str], deadline: float = math.inf) -> None:
        """Look lines up: sets their `anchors` for texts of some languages.

        Raises TimeoutError with a rule's id past the deadline.
        """
        unknown = list({id(facts): facts for facts in lines if langs not in facts.anchors}.values())
        if not unknown:
            return
        numbers = self._for(langs).numbers
        found: dict[int, dict[int, list[int]]] = {}
        for index, facts in enumerate(unknown):
            if facts.folded in self._exact:
                _gather(found.setdefault(index, {}), self._exact[facts.folded])
        for index, probes in self._scan.find([facts.folded for facts in unknown]):
            _gather(found.setdefault(index, {}), probes)
        for index, facts in enumerate(unknown):
            rows = found.get(index)
            if rows:
                rows = {number: rows[number] for number in sorted(rows) if number in numbers}
            facts.anchors[langs] = self._confirmed(facts, rows, deadline) if rows else ()

    def _confirmed(self, facts: Facts, found: dict[int, list[int]], deadline: float) -> tuple[int, ...]:
        size = len(facts.folded)
        good = []
        for number, patterns in found.items():
            if size <= self._most[number]:
                check(deadline, self.rules[number].id)
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
            known = _Meant(numbers, self._side(_HEADS, numbers), self._side(_TAILS, numbers))
            self._meant[langs] = known
        return known

    def _side(
        self, kinds: tuple[str, ...], numbers: frozenset[int]
    ) -> tuple[tuple[int, tuple[int, ...]], ...]:
        return tuple(
            (number, patterns)
            for number, patterns in self._placed.items()
            if number in numbers and (zone := self.rules[number].zone) and zone.kind in kinds
        )

    def at_head(self, facts: Facts, langs: frozenset[str]) -> tuple[int, ...]:
        """Give the rules found by place at the head whose anchor the text of a line allows."""
        known = facts.heads.get(langs)
        if known is None:
            known = facts.heads[langs] = self._standing(facts, self._for(langs).heads)
        return known

    def at_tail(self, facts: Facts, langs: frozenset[str]) -> tuple[int, ...]:
        """Give the rules found by place at the tail whose anchor the text of a line allows."""
        known = facts.tails.get(langs)
        if known is None:
            known = facts.tails[langs] = self._standing(facts, self._for(langs).tails)
        return known

    def _standing(self, facts: Facts, rows: tuple[tuple[int, tuple[int, ...]], ...]) -> tuple[int, ...]:
        size, most, ready = len(facts.folded), self._most, self.ready
        return tuple(
            number
            for number, patterns in rows
            if size <= most[number] and ready[number].allows(facts, number, patterns)
        )

    def allows(self, number: int, facts: Facts) -> bool:
        """Tell whether the text of a line allows the anchor of a rule."""
        return len(facts.folded) <= self._most[number] and self.ready[number].allows(facts, number, (WHOLE,))


def check(deadline: float, rule: str) -> None:
    """Raise TimeoutError, with the rule that was to come, where a document is past its time."""
    if time.thread_time() > deadline:
        raise TimeoutError(rule)


def _gather(found: dict[int, list[int]], probes: Iterable[tuple[int, int]]) -> None:
    for number, pattern in probes:
        patterns = found.get(number)
        if patterns is None:
            found[number] = [pattern]
        elif pattern not in patterns:
            patterns.append(pattern)


def _enter(
    probe: tuple[int, int], texts: Iterable[str], table: dict[str, tuple[tuple[int, int], ...]]
) -> None:
    """Add a probe at all of its texts; whole sets at a time, since there are a hundred thousand."""
    fresh: dict[str, tuple[tuple[int, int], ...]] = dict.fromkeys(texts, (probe,))
    fresh.update((text, (*table[text], probe)) for text in table.keys() & fresh.keys())
    table.update(fresh)
