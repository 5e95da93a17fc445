"""Rule -> Clues: by what its lines are found, and what bounds them.

A line of an anchor is known whole, by how it starts or ends, by a literal inside, by a bounded place in the
document, or by being the same as another line. Of what an anchor could be found by, the rarest in scraped
articles is taken (`rarity`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from cleaner.bounds import ANY, MOST, Bounds, bounds, of_pattern
from cleaner.parts import numeric_ends
from cleaner.patternlists import Items
from cleaner.patterns import Pattern
from cleaner.rarity import rate
from cleaner.ready import SURE, WHOLE, lead_of
from cleaner.reliterals import EDGE
from cleaner.rulemodel import Rule
from cleaner.testmodel import (
    AllTest,
    AnyTest,
    EndsTest,
    HasTest,
    MadeOfTest,
    ReTest,
    SameAsTest,
    Test,
    TextTest,
)

BOUNDED_ZONES = frozenset({"head", "tail", "edges", "first", "last"})
PLACE_RATE = 200.0
"""Of a thousand lines so many stand in a bounded place, about."""
_WEAK_RATE = 20.0
"""A key that finds more is looked for in its place alone, where there is one."""
_RARE_RATE = 0.01
"""A text that finds no more is not compared with other keys."""
_MOST_EXACT = 64
"""Whole lines of one pattern that are entered; more of them are found by how they start or end."""
_MOST_RATED = 64
"""Texts of a key that are rated, the shortest: the others are so rare that they do not count."""
_LONGEST_START = 8
_SHORT_TEXT = 3
FORMS = {"start": "\n{}", "end": "{}\n", "literal": "{}"}
"""How the texts of a key read in a scan of lines with a line break at both ends."""


@dataclass(frozen=True, slots=True)
class Key:
    """How the lines of an anchor are found: `exact`, `start`, `end`, `literal`, `place`, `same`; texts.

    `pattern`: of which pattern of the anchor's own list the texts are (`ready.WHOLE`: not of one alone).
    """

    kind: str
    texts: frozenset[str] = frozenset()
    pattern: int = WHOLE
    most_chars: int = MOST
    most_blanks: int = MOST
    need: int = 0
    """Bounds of the lines that this pattern matches."""

    def rate(self) -> float:
        """Estimate how many of a thousand lines are found by it."""
        if self.kind == "place":
            return PLACE_RATE
        form = FORMS.get(self.kind)
        return _rate_of_all(form, self.texts) if form else 0.0


@functools.lru_cache(maxsize=1 << 12)
def _rate_of_all(form: str, texts: frozenset[str]) -> float:
    common = nsmallest(_MOST_RATED, texts, key=_size) if len(texts) > _MOST_RATED else texts
    return sum([rate(form.format(text)) for text in common])


def _size(text: str) -> tuple[int, str]:
    return len(text), text


def keys(rule: Rule) -> tuple[Key, ...] | None:
    """Give the keys of a rule's anchor (any of them), or None where it has none."""
    found = _of_test(rule.at, rule.cut, lead_of(rule.at))
    if rule.zone is None or rule.zone.kind not in BOUNDED_ZONES:
        return None if found is None or any(key.kind == "place" for key in found) else found
    if found is None:
        return (Key("place"),)
    rates = [key.rate() for key in found]
    if sum(rates) <= PLACE_RATE:
        return found
    rare = [key for key, rate in zip(found, rates, strict=True) if rate <= _WEAK_RATE]
    weak = [key for key, rate in zip(found, rates, strict=True) if rate > _WEAK_RATE]
    if not weak:
        rare, weak = [], list(found)
    if any(key.pattern == WHOLE for key in weak):
        return (Key("place"),)
    return (*rare, *(Key("place", pattern=key.pattern) for key in weak))


def total_rate(found: Iterable[Key]) -> float:
    """Estimate how many of a thousand lines some keys find."""
    return sum(key.rate() for key in found)


@dataclass(frozen=True, slots=True)
class Clues:
    """All that the plan must know of a rule: its keys, and the bounds of the lines that can be anchors."""

    keys: tuple[Key, ...]
    bounds: Bounds = ANY


NOT_SELECTIVE = "the anchor has no literal to find it by, and no bounded place"


def clues(rule: Rule) -> Clues | None:
    """Give the clues of a rule (those that the loader hung on it, if it did); None: it is not selective."""
    if rule.clues is not None:
        return rule.clues
    found = keys(rule)
    if found is None and not (rule.css or rule.action == "fix"):
        return None
    if rule.cut != "line":  # its tests are asked of the part that goes
        return Clues(found or ())
    lead = lead_of(rule.at)
    patterns = lead.texts.patterns if lead else ()
    return Clues(tuple([_bounded(key, patterns) for key in found or ()]), bounds(rule.at))


def _bounded(key: Key, patterns: Sequence[Pattern]) -> Key:
    if key.pattern < 0:
        return key
    found = of_pattern(patterns[key.pattern])
    if found == ANY:
        return key
    return replace(key, most_chars=found.most_chars, most_blanks=found.most_blanks, need=found.need)


def _of_test(test: Test, cut: str, lead: Test | None) -> tuple[Key, ...] | None:
    match test:
        case TextTest(texts):
            return _of_texts(texts.patterns, cut, numbered=test is lead)
        case HasTest(literals):
            return (Key("literal", frozenset(literals)),)
        case ReTest(_, _, literals):
            return _of_expression(literals, cut)
        case EndsTest(literals):
            return (Key("end", frozenset(literals)),) if cut == "line" else None
        case MadeOfTest(_, items):
            return _of_items(items)
        case SameAsTest("earlier" | "title" as name):
            return (Key("same", frozenset({name})),)
        case AllTest(tests):
            sets = [found for part in tests if (found := _of_test(part, cut, lead)) is not None]
            return min(sets, key=total_rate) if len(sets) > 1 else next(iter(sets), None)
        case AnyTest(tests):
            parts = [_of_test(part, cut, lead) for part in tests]
            return tuple(key for part in parts if part for key in part) if all(parts) else None
    return None


_KINDS = {(True, True): "exact", (True, False): "start", (False, True): "end", (False, False): "literal"}
"""By whether a literal begins at the start of its line and ends at the end."""


def _of_expression(literals: Sequence[str], cut: str) -> tuple[Key, ...] | None:
    """The keys of an expression; where it is asked of a part of the line, the line's edges mean nothing."""
    found: dict[str, set[str]] = {}
    for text in literals:
        kind = _KINDS[text.startswith(EDGE), text.endswith(EDGE)] if cut == "line" else "literal"
        found.setdefault(kind, set()).add(text.strip(EDGE))
    return tuple([Key(kind, frozenset(texts)) for kind, texts in found.items()]) or None


def _of_items(items: Items) -> tuple[Key, ...] | None:
    """The keys of a line made of items: how it begins, with an item or a separator, or what is among them."""
    texts = items.texts
    if not texts:
        return None
    if items.starts is not None:
        starts = {text[:_LONGEST_START] for text in items.starts}
        return (Key("start", frozenset(starts) | items.separators),)
    long = frozenset(text for text in texts if len(text) >= _SHORT_TEXT)
    short = texts - long
    return tuple(key for key in (Key("literal", long), Key("start", short), Key("end", short)) if key.texts)


def _of_texts(patterns: Sequence[Pattern], cut: str, *, numbered: bool) -> tuple[Key, ...] | None:
    """The keys of a list of patterns, the whole lines of all in one; one that has no text has but its place,
    and where patterns are not ``numbered`` nothing is known of the list then.
    """
    exact: set[str] = set()
    rest: list[Key] = []
    for number, pattern in enumerate(patterns):
        key = _of_pattern(pattern, cut)
        if not key.texts:
            if not numbered:
                return None
            key = Key("place")
        if key.kind == "exact":
            exact |= key.texts
        else:
            rest.append(Key(key.kind, key.texts, number if numbered else WHOLE))
    whole = [Key("exact", frozenset(exact), SURE if numbered else WHOLE)] if exact else []
    return (*whole, *rest)


def _of_pattern(pattern: Pattern, cut: str) -> Key:
    """Choose the rarest key of one pattern; one without texts where there is none."""
    exact = pattern.exact
    if exact is not None and (cut != "line" or len(exact) <= _MOST_EXACT):
        return Key("exact" if cut == "line" else "literal", exact)
    options = _options(pattern, cut)
    first = next(options, None)
    if first is None:
        return Key("exact", exact) if exact is not None else Key("literal")
    if len(first.texts) == 1 and first.rate() <= _RARE_RATE:
        return first
    return min((first, *options), key=Key.rate)


def _options(pattern: Pattern, cut: str) -> Iterator[Key]:
    """The keys of one pattern, the start first: of two that are as rare the first is taken."""
    known = []
    if cut in ("line", "head") and pattern.starts and all(start.strip() for start in pattern.starts):
        known.append(pattern.starts)
        yield Key("start", pattern.starts)
    if cut == "line" and pattern.ends and all(end.strip() for end in pattern.ends):
        known.append(pattern.ends)
        yield Key("end", pattern.ends)
    for literals in pattern.literals:
        if literals not in known and all(one.strip() for one in literals):  # at an edge they are rarer
            yield Key("literal", literals)
    for mark in pattern.marks:
        yield Key("literal", frozenset({mark}))
    for texts in pattern.behind_numbers:
        if sum(map(rate, texts)) > _WEAK_RATE:
            yield Key("literal", frozenset(digit + text for digit in numeric_ends() for text in texts))
