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

from cleaner.bounds import ANY, MOST, UNCOUNTED, Bounds, bounds, counts
from cleaner.folding import casefold
from cleaner.parts import Choice, Part, SlotPart, Star, Text, numeric_ends
from cleaner.patternlists import Items
from cleaner.patterns import Pattern
from cleaner.rarity import LEAST, rate_of_any
from cleaner.ready import SURE, WHOLE, lead_of
from cleaner.reliterals import EDGE
from cleaner.rulemodel import Rule
from cleaner.slots import SLOTS
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
    return _rate_up_to(math.inf, form, texts)


def _rate_up_to(most: float, form: str, texts: frozenset[str]) -> float:
    """Estimate how many of a thousand lines the texts of a key find; infinite where it is above ``most``."""
    common = _shortest(texts) if len(texts) > _MOST_RATED else texts
    return math.inf if len(common) * LEAST > most else rate_of_any(map(form.format, common), most)


@functools.lru_cache(maxsize=1 << 8)  # the items of a list are asked for by many patterns
def _shortest(texts: frozenset[str]) -> Sequence[str]:
    return sorted(sorted(texts), key=len)[:_MOST_RATED]


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
    found = counts(patterns[key.pattern])
    return key if found == UNCOUNTED else Key(key.kind, key.texts, key.pattern, *found)


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
        kind, texts = _of_pattern(pattern, cut)
        if not texts:
            if not numbered:
                return None
            rest.append(Key("place", pattern=number))
        elif kind == "exact":
            exact |= texts
        else:
            rest.append(Key(kind, texts, number if numbered else WHOLE))
    whole = [Key("exact", frozenset(exact), SURE if numbered else WHOLE)] if exact else []
    return (*whole, *rest)


_Found = tuple[str, frozenset[str]]
"""The kind and the texts of a key."""


def _of_pattern(pattern: Pattern, cut: str) -> _Found:
    """Choose the rarest key of one pattern; one without texts where there is none."""
    alone = _of_one_text(pattern.parts) if cut == "line" else None
    if alone is not None:
        return alone
    exact = None if any(type(part) in _OPEN for part in pattern.parts) else pattern.exact
    if exact is not None and (cut != "line" or len(exact) <= _MOST_EXACT):
        return "exact" if cut == "line" else "literal", exact
    options = _options(pattern, cut)
    first = next(options, None)
    if first is None:
        return ("literal", frozenset()) if exact is None else ("exact", exact)
    if len(first[1]) == 1 and _rate_of_all(FORMS[first[0]], first[1]) <= _RARE_RATE:
        return first
    return _rarest([first, *options])


_OPEN = (Star, SlotPart)
"""Parts that are more than texts."""


def _of_one_text(parts: Sequence[Part]) -> _Found | None:
    """The key of a pattern with one text and nothing else to be found by, as most are: no other is rarer."""
    folded = kind = ""
    for number, part in enumerate(parts):
        if type(part) is Text:
            if folded:
                return None
            folded = casefold(part.text)
            kind = "literal" if number else "start"
        elif type(part) is Choice or (type(part) is SlotPart and _finds(part)):
            return None
    if not folded.strip():
        return None
    if type(parts[-1]) is Text:
        kind = "exact" if kind == "start" else "end"
    return kind, frozenset((folded,))


def _finds(slot: SlotPart) -> bool:
    """Tell whether a slot can find a line, alone or with the text behind it."""
    return bool(SLOTS[slot.name].mark) or SLOTS[slot.name].number


def _rarest(options: Sequence[_Found]) -> _Found:
    """Give the rarest of some keys; of two that are as rare the first. Those of few texts are asked first:
    they leave least to be asked of the others.
    """
    least = (math.inf, len(options))
    for number in sorted(range(len(options)), key=lambda number: len(options[number][1])):
        kind, texts = options[number]
        least = min(least, (_rate_up_to(least[0], FORMS[kind], texts), number))
    return options[least[1]]


def _options(pattern: Pattern, cut: str) -> Iterator[_Found]:
    """The keys of one pattern, the start first: of two that are as rare the first is taken."""
    known = []
    if cut in ("line", "head") and (starts := pattern.starts) and all(map(str.strip, starts)):
        known.append(starts)
        yield "start", starts
    if cut == "line" and (ends := pattern.ends) and all(map(str.strip, ends)):
        known.append(ends)
        yield "end", ends
    for literals in pattern.literals:
        if literals not in known and all(map(str.strip, literals)):  # at an edge they are rarer
            yield "literal", literals
    for mark in pattern.marks:
        yield "literal", frozenset({mark})
    for texts in pattern.behind_numbers:
        if rate_of_any(texts) > _WEAK_RATE:
            yield "literal", _behind_numbers(texts)


@functools.lru_cache(maxsize=1 << 8)
def _behind_numbers(texts: frozenset[str]) -> frozenset[str]:
    return frozenset(digit + text for digit in numeric_ends() for text in texts)
