"""Rule -> Clues: by what its lines are found, and what bounds them.

A line of an anchor is known whole, by how it starts or ends, by a literal inside, by a bounded place in the
document, or by being the same as another line. Of what an anchor could be found by, the rarest in scraped
articles is taken (`rarity`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
    WordsTest,
)
from cleaner.patterns import LIST_CHARS, Items, Pattern, numeric_ends
from cleaner.rarity import rate
from cleaner.ready import SURE, WHOLE, lead_of
from cleaner.shapes import (
    COLON_LABEL_WORDS,
    HEADLINE_CHARS,
    HEADLINE_WORDS,
    LABEL_CHARS,
    PROSE_WORDS,
    SHORT_WORDS,
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

    def rate(self) -> float:
        """Estimate how many of a thousand lines are found by it."""
        if self.kind == "place":
            return PLACE_RATE
        form = FORMS.get(self.kind)
        return _rate_of_all(form, self.texts) if form else 0.0


@functools.lru_cache(maxsize=1 << 12)
def _rate_of_all(form: str, texts: frozenset[str]) -> float:
    return sum([rate(form.format(text)) for text in texts])


def keys(rule: Rule) -> tuple[Key, ...] | None:
    """Give the keys of a rule's anchor (any of them), or None where it has none."""
    found = _of_test(rule.at, rule.cut, lead_of(rule.at))
    if rule.zone is None or rule.zone.kind not in BOUNDED_ZONES:
        return found
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
            return min(sets, key=total_rate) if len(sets) > 1 else next(iter(sets), None)
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


def words_of(test: Test) -> tuple[float, float]:
    """Give bounds of the number of words of the lines that pass."""
    match test:
        case WordsTest(bounds):
            return bounds.low, math.inf if bounds.high is None else bounds.high
        case LikeTest(shape):
            return _SHAPE_WORDS.get(shape, (0, math.inf))
        case AllTest(tests) if tests:
            bounds_of = [words_of(part) for part in tests]
            return max(low for low, _ in bounds_of), min(high for _, high in bounds_of)
        case AnyTest(tests):
            bounds_of = [words_of(part) for part in tests]
            return min(low for low, _ in bounds_of), max(high for _, high in bounds_of)
    return 0, math.inf


_SHAPE_WORDS: dict[str, tuple[float, float]] = {
    "prose": (PROSE_WORDS, math.inf),
    "headline": HEADLINE_WORDS,
    "label": (1, COLON_LABEL_WORDS),
    "short": (0, SHORT_WORDS),
}


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
    for texts in pattern.behind_numbers:
        if sum(map(rate, texts)) > _WEAK_RATE:
            yield Key("literal", frozenset(digit + text for digit in numeric_ends() for text in texts))
