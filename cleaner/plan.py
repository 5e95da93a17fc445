"""rules -> Plan: which rules to try on which lines, without trying them all.

Every anchor is selective: its lines are known whole (one look-up in a dictionary), by how they start or end
(keys), by a literal inside (one scan of the document for all of them), by a bounded place in the document, or
by being the same as another line. What the plan names is a candidate; `match` decides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import ahocorasick_rs

from cleaner.lines import Line
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
from cleaner.shapes import HEADLINE_CHARS, LABEL_CHARS

BOUNDED_ZONES = frozenset({"head", "tail", "edges", "first", "last"})
_LONGEST_START = 8
_SHORT_TEXT = 3
_KEY_SIZES = (0, 1, 2, 3, 4, 4, 6, 6, 8)
"""How many characters a key takes of a text of 0, 1, 2, … characters."""
_MEMO_LINES = 1 << 17
_MEMO_CHARS = 240


@dataclass(frozen=True, slots=True)
class Key:
    """How the lines of an anchor are found: `exact`, `start`, `end`, `literal`, `place`, `same`; texts."""

    kind: str
    texts: frozenset[str] = frozenset()

    def worth(self) -> float:
        """Rank keys: whole lines first, then the longest least text."""
        if self.kind == "exact":
            return 1_000.0
        if self.kind == "same":
            return 500.0
        bonus = {"start": 1.5, "end": 1.0}.get(self.kind, 0.0)
        return min((len(text.strip()) for text in self.texts), default=0) + bonus


def keys(rule: Rule) -> tuple[Key, ...] | None:
    """Give the keys of a rule's anchor (any of them), or None where it has none."""
    found = _of_test(rule.at, rule.cut)
    placed = rule.zone is not None and rule.zone.kind in BOUNDED_ZONES
    if found is None or (placed and min(key.worth() for key in found) < 1):
        return (Key("place"),) if placed else found
    return found


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


def _of_test(test: Test, cut: str) -> tuple[Key, ...] | None:
    match test:
        case TextTest(texts):
            return _joined([_of_pattern(pattern, cut) for pattern in texts.patterns])
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
            sets = [found for part in tests if (found := _of_test(part, cut)) is not None]
            return max(sets, key=lambda found: min(key.worth() for key in found), default=None)
        case AnyTest(tests):
            parts = [_of_test(part, cut) for part in tests]
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


def _joined(found: list[Key]) -> tuple[Key, ...] | None:
    """Join keys of one kind; None where one has no text."""
    texts: dict[str, set[str]] = {}
    for key in found:
        if not key.texts:
            return None
        texts.setdefault(key.kind, set()).update(key.texts)
    return tuple(Key(kind, frozenset(texts[kind])) for kind in sorted(texts))


def _of_pattern(pattern: Pattern, cut: str) -> Key:
    """Choose the best key of one pattern; one without texts where there is none."""
    if pattern.exact is not None:
        return Key("exact" if cut == "line" else "literal", pattern.exact)
    options = [
        Key("literal", literals) for literals in pattern.literals if all(one.strip() for one in literals)
    ]
    if cut in ("line", "head") and all(start.strip() for start in pattern.starts):
        options.append(Key("start", pattern.starts))
    if cut == "line" and all(end.strip() for end in pattern.ends):
        options.append(Key("end", pattern.ends))
    return max((option for option in options if option.texts), key=Key.worth, default=Key("literal"))


class Plan:
    """A rule set compiled for look-up. Rules are named by their index in `rules`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.placed: list[int] = []
        self.same: dict[str, list[int]] = {"earlier": [], "title": []}
        self._exact: dict[str, tuple[int, ...]] = {}
        self._starts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._literals: dict[str, tuple[int, ...]] = {}
        self._most: list[float] = []
        self._memo: dict[str, tuple[int, ...]] = {}
        for number, rule in enumerate(self.rules):
            found = clues(rule)
            self._most.append(found.most_chars if found else math.inf)
            for key in found.keys if found else ():
                self._add(key, number)
        self._names = list(self._literals)
        self._scan = ahocorasick_rs.AhoCorasick(self._names) if self._names else None
        self._start_sizes = sorted({len(key) for key in self._starts})
        self._end_sizes = sorted({len(key) for key in self._ends})

    def _add(self, key: Key, number: int) -> None:
        if key.kind == "place":
            self.placed.append(number)
        if key.kind in ("exact", "literal"):
            _enter(number, key.texts, self._exact if key.kind == "exact" else self._literals)
            return
        for text in key.texts:
            if key.kind == "start":
                self._starts[text[: _key_size(text)]].append((text, number))
            elif key.kind == "end":
                self._ends[text[-_key_size(text) :]].append((text, number))
            elif key.kind == "same":
                self.same[text].append(number)

    def candidates(self, lines: Sequence[Line]) -> dict[int, list[int]]:
        """Give, for each rule that may have an anchor here, the indexes of the lines it may stand on."""
        found: dict[int, list[int]] = {}
        memo = self._memo
        if len(memo) > _MEMO_LINES:
            memo.clear()
        unknown = {line.folded for line in lines if line.folded not in memo}
        fresh = self._look_up(unknown) if unknown else {}
        for index, line in enumerate(lines):
            numbers = memo.get(line.folded)
            for number in fresh[line.folded] if numbers is None else numbers:
                found.setdefault(number, []).append(index)
        memo.update((line, numbers) for line, numbers in fresh.items() if len(line) <= _MEMO_CHARS)
        return found

    def _look_up(self, lines: set[str]) -> dict[str, tuple[int, ...]]:
        hits = {line: set(self._exact.get(line, ())) for line in lines}
        for line, numbers in hits.items():
            for size in self._start_sizes:
                for text, number in self._starts.get(line[:size], ()):
                    if line.startswith(text):
                        numbers.add(number)
            for size in self._end_sizes:
                for text, number in self._ends.get(line[-size:], ()):
                    if line.endswith(text):
                        numbers.add(number)
        self._scan_all(hits)
        most = self._most
        return {
            line: tuple(n for n in sorted(numbers) if len(line) <= most[n]) for line, numbers in hits.items()
        }

    def short_enough(self, number: int, lines: Sequence[Line], indexes: Sequence[int]) -> Sequence[int]:
        """Leave out the lines that are too long for a rule."""
        most = self._most[number]
        return (
            indexes if most == math.inf else [index for index in indexes if len(lines[index].folded) <= most]
        )

    def _scan_all(self, hits: dict[str, set[int]]) -> None:
        """Find all literals in all lines with one scan; a line break cannot stand inside a literal."""
        if self._scan is None:
            return
        lines = list(hits)
        position = iter(lines)
        line, end = next(position), len(lines[0])
        for name, _, stop in self._scan.find_matches_as_indexes("\n".join(lines), overlapping=True):
            while stop > end:
                line = next(position)
                end += len(line) + 1
            hits[line].update(self._literals[self._names[name]])


def _enter(number: int, texts: frozenset[str], table: dict[str, tuple[int, ...]]) -> None:
    """Add a rule at all of its texts; whole sets at a time, since there are a hundred thousand."""
    fresh: dict[str, tuple[int, ...]] = dict.fromkeys(texts, (number,))
    fresh.update((text, (*table[text], number)) for text in table.keys() & texts)
    table.update(fresh)


def _key_size(text: str) -> int:
    return _KEY_SIZES[min(len(text), len(_KEY_SIZES) - 1)]
