"""Test -> Bounds: what can be told of the lines that pass by counting alone, before any test is asked.

Bounds are necessary, never sufficient: a line outside them cannot pass, whatever else it says. They are
numbers, so that those of many rules are compared with those of many lines at once (`survey`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cleaner import retree
from cleaner.parts import Choice, Part, SlotPart, Star, Text
from cleaner.patternlists import LIST_CHARS
from cleaner.patterns import Pattern
from cleaner.shapes import (
    COLON_LABEL_WORDS,
    HEADLINE_CHARS,
    HEADLINE_WORDS,
    LABEL_CHARS,
    LABEL_WORDS,
    PROSE_WORDS,
    SHORT_WORDS,
)
from cleaner.slots import SLOTS
from cleaner.testmodel import (
    AllTest,
    AnyTest,
    CaseTest,
    CharsTest,
    EndsTest,
    ItemTest,
    LikeTest,
    MadeOfTest,
    NotTest,
    Range,
    ReTest,
    Test,
    TextTest,
    WordsTest,
)

MOST = (1 << 31) - 1
"""Stands for no bound."""


class Flag:
    """What else is told of a normal line. Rules may forbid those that are exact, and need any."""

    ITEM: Final = 1
    """It bears a list mark."""
    LOWER: Final = 2
    """It holds a lower-case letter (a to z)."""
    SMALL: Final = 4
    """It holds a word of four letters or more that begins with a lower-case one (a to z)."""
    STOP: Final = 8
    """It ends with a full stop, not with three."""
    DOTS: Final = 16
    """It ends with three dots."""
    COMMA: Final = 32
    COLON: Final = 64
    SEMICOLON: Final = 128
    EXCLAMATION: Final = 256
    QUESTION: Final = 512
    QUOTE: Final = 1024
    BRACKET: Final = 2048
    DIGIT: Final = 4096
    """It may hold a digit of some script."""
    DIGIT_FIRST: Final = 8192
    """It may begin with one."""


ENDS = {
    ",": Flag.COMMA,
    ":": Flag.COLON,
    ";": Flag.SEMICOLON,
    "!": Flag.EXCLAMATION,
    "?": Flag.QUESTION,
    '"': Flag.QUOTE,
    ")": Flag.BRACKET,
}
"""The flags of last characters; of a full stop there are two."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a normal line: its words, characters and blanks, the flags it must and must not have."""

    least_words: int = 0
    most_words: int = MOST
    most_chars: int = MOST
    most_blanks: int = MOST
    need: int = 0
    forbid: int = 0

    def __and__(self, other: Bounds) -> Bounds:
        return Bounds(
            max(self.least_words, other.least_words),
            min(self.most_words, other.most_words),
            min(self.most_chars, other.most_chars),
            min(self.most_blanks, other.most_blanks),
            self.need | other.need,
            self.forbid | other.forbid,
        )

    def __str__(self) -> str:
        """Say in a few words which lines are meant; empty where all are."""
        words = ""
        if self.least_words > 1 or self.most_words < MOST:
            words = f"{self.least_words}..{'' if self.most_words == MOST else self.most_words} words"
        chars = f"at most {self.most_chars:,} characters" if self.most_chars < MOST else ""
        digit = "a digit" if self.need & Flag.DIGIT else ""
        return ", ".join(part for part in (words, chars, digit) if part)

    def __or__(self, other: Bounds) -> Bounds:
        return Bounds(
            min(self.least_words, other.least_words),
            max(self.most_words, other.most_words),
            max(self.most_chars, other.most_chars),
            max(self.most_blanks, other.most_blanks),
            self.need & other.need,
            self.forbid & other.forbid,
        )


ANY = Bounds()


def bounds(test: Test) -> Bounds:  # noqa: C901  # a branch a kind of test
    """Give the bounds of the lines that pass a test."""
    match test:
        case TextTest(texts):
            return _of_patterns(texts.patterns)
        case WordsTest(Range(low, high)):
            return Bounds(least_words=low, most_words=MOST if high is None else high)
        case CharsTest(Range(_, high)):
            return ANY if high is None else Bounds(most_chars=high)
        case MadeOfTest():
            return Bounds(most_chars=LIST_CHARS)
        case ReTest(source):
            most, digit = retree.extent(source)
            return Bounds(most_chars=min(most, MOST), need=Flag.DIGIT if digit else 0)
        case AllTest(tests):
            found = ANY
            for part in tests:
                found &= bounds(part)
            return found
        case AnyTest(tests):
            return _either(map(bounds, tests))
        case NotTest(inner):
            return Bounds(forbid=_sure(inner))
        case LikeTest(shape):
            return _SHAPES.get(shape, ANY)
        case CaseTest(kind):
            return Bounds(forbid=Flag.LOWER if kind == "upper" else Flag.SMALL)
        case ItemTest(wanted):
            return Bounds(need=Flag.ITEM) if wanted else Bounds(forbid=Flag.ITEM)
    return ANY


_SHAPES = {
    "prose": Bounds(least_words=PROSE_WORDS),
    "headline": Bounds(*HEADLINE_WORDS, HEADLINE_CHARS, forbid=Flag.STOP | Flag.COLON),
    "label": Bounds(1, LABEL_WORDS, LABEL_CHARS, forbid=Flag.STOP)
    | Bounds(1, COLON_LABEL_WORDS, LABEL_CHARS, need=Flag.COLON),
    "short": Bounds(0, SHORT_WORDS, LABEL_CHARS),
}


def _either(parts: Iterable[Bounds]) -> Bounds:
    found: Bounds | None = None
    for part in parts:
        found = part if found is None else found | part
        if found == ANY:
            break
    return ANY if found is None else found


def _sure(test: Test) -> int:
    """Give flags each of which alone makes a test true."""
    match test:
        case ItemTest(True):
            return Flag.ITEM
        case EndsTest(literals):
            flags = 0
            for literal in literals:
                flags |= Flag.STOP | Flag.DOTS if literal == "." else ENDS.get(literal, 0)
            return flags
        case AnyTest(tests):
            flags = 0
            for part in tests:
                flags |= _sure(part)
            return flags
    return 0


# ---------------------------------------------------------------------------------------------
# Patterns


_Counts = tuple[int, int, int]
"""The most characters, the most blanks and the flags that are needed."""
UNCOUNTED: _Counts = (MOST, MOST, 0)


def counts(pattern: Pattern) -> _Counts:
    """Give what can be counted of the lines that one pattern matches."""
    parts = pattern.parts
    first = parts[0]
    if type(first) is Text and len(parts) == 1:
        return 2 * len(first.text), first.text.count(" "), 0
    return _counts(pattern)


@functools.lru_cache(maxsize=1 << 10)  # asked for each pattern and for all of a rule
def _counts(pattern: Pattern) -> _Counts:
    need = _needs(pattern.parts)
    if Star in map(type, pattern.parts):
        return MOST, MOST, need
    return _whole(pattern.most_chars), _whole(sum(map(_most_blanks, pattern.parts))), need


def _of_patterns(patterns: Iterable[Pattern]) -> Bounds:
    """Give the bounds of the lines that any of some patterns matches."""
    most_chars, most_blanks, need = -1, -1, -1
    for pattern in patterns:
        chars, blanks, needed = counts(pattern)
        most_chars, most_blanks, need = max(most_chars, chars), max(most_blanks, blanks), need & needed
        if not need and most_chars == most_blanks == MOST:
            return ANY
    if most_chars < 0:
        return ANY
    return Bounds(most_chars=most_chars, most_blanks=most_blanks, need=need)


def _whole(number: float) -> int:
    return MOST if number == math.inf else int(number)


def _most_blanks(part: Part) -> float:
    match part:
        case Text(text):
            return text.count(" ")
        case Star():
            return math.inf
        case SlotPart(name):
            return SLOTS[name].blanks
    return _most_blanks_of_any(part.items)


@functools.lru_cache(maxsize=1 << 10)
def _most_blanks_of_any(items: tuple[Pattern, ...]) -> float:
    return max(sum(map(_most_blanks, item.parts)) for item in items)


def _needs(parts: tuple[Part, ...]) -> int:
    """Give the flags of digits that every line needs."""
    need = Flag.DIGIT if any(map(_has_digit, parts)) else 0
    first = parts[0]
    if isinstance(first, SlotPart) and SLOTS[first.name].number:
        need |= Flag.DIGIT_FIRST
    return need


def _has_digit(part: Part) -> bool:
    if type(part) is SlotPart:
        return SLOTS[part.name].digits
    return type(part) is Choice and all(any(map(_has_digit, item.parts)) for item in part.items)
