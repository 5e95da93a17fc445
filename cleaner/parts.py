"""Parts of a pattern -> what every match of them is known by: lengths, whole texts, edges, literals."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.folding import casefold, normal
from cleaner.slots import SLOTS

if TYPE_CHECKING:
    from cleaner.patterns import Pattern

_MOST_EDGES = 64


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text, normal form, case as the author wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Star:
    """`*`: any text."""


@dataclass(frozen=True, slots=True)
class SlotPart:
    """`<num>` and its like: a built-in slot."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`<share>`: one of the items of a list of `defs`."""

    name: str
    items: tuple[Pattern, ...]


Part = Text | Star | SlotPart | Choice

CUT_CHARS = 400
"""The most that a `*` of a cut pattern takes."""


_DIGIT = re.compile(r"\d")
_PAST_DIGITS = 0x20000
"""Behind it stand Chinese characters alone."""


@functools.cache
def numeric_ends() -> tuple[str, ...]:
    """Give the folded characters with which a number can end: the digits of all scripts, `k` and `m`."""
    digits = _DIGIT.findall("".join(map(chr, range(_PAST_DIGITS))))
    return (*sorted({normal(digit) for digit in digits}), "k", "m")


def most_chars_of(part: Part) -> float:
    """Give the most characters that a part of a whole line takes."""
    match part:
        case Text(text):
            return 2 * len(text)  # a letter may fold to two
        case Star():
            return math.inf
        case SlotPart(name):
            return SLOTS[name].most
        case Choice(_, items):
            return _most_chars_of_any(items)


@functools.lru_cache(maxsize=1 << 10)  # a list is named by many patterns
def _most_chars_of_any(items: tuple[Pattern, ...]) -> float:
    return max(item.most_chars for item in items)


def most_cut_of(part: Part) -> float:
    """Give the most characters that a part takes where it is cut out of a line."""
    if isinstance(part, Choice):
        return max(item.most_cut for item in part.items)
    return CUT_CHARS if isinstance(part, Star) else most_chars_of(part)


def weakest(literals: frozenset[str]) -> int:
    """Give the length of the shortest of some literals, blanks at its ends apart."""
    return min((len(literal.strip()) for literal in literals), default=0)


def edge(parts: Sequence[Part], side: str) -> frozenset[str]:
    """Give folded texts of which every match has one at a side; the parts come from that side on."""
    if not parts or isinstance(parts[0], Star | SlotPart):
        return frozenset()
    edges = texts_of(parts[0])
    if edges is None:
        assert isinstance(parts[0], Choice)
        return _edge_of_any(parts[0].items, side)
    for part in parts[1:]:  # the longer, the rarer
        more = texts_of(part)
        if more is None or (len(more) > 1 and (weakest(edges) > 3 or len(more) * len(edges) > _MOST_EDGES)):
            break
        pairs = itertools.product(edges, more)
        edges = frozenset([one + two if side == "starts" else two + one for one, two in pairs])
    return edges


def texts_of(part: Part) -> frozenset[str] | None:
    """Give the folded texts that a part can be; None where it is more than texts."""
    if isinstance(part, Text):
        return frozenset({casefold(part.text)})
    return exact_of_all(part.items) if isinstance(part, Choice) else None


@functools.lru_cache(maxsize=1 << 10)
def exact_of_all(items: tuple[Pattern, ...]) -> frozenset[str] | None:
    """Give the folded texts that the items can be; None where one is more than texts."""
    found: set[str] = set()
    for item in items:
        exact = _exact(item)
        if exact is None:
            return None
        found |= exact
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 10)
def literals_of_any(items: tuple[Pattern, ...]) -> frozenset[str]:
    """Give literals of which every match of any item holds one; empty where an item has none."""
    chosen = [_only_text(item) or max(item.literals, key=weakest, default=frozenset[str]()) for item in items]
    return frozenset().union(*chosen) if all(chosen) else frozenset()


@functools.lru_cache(maxsize=1 << 10)
def _edge_of_any(items: tuple[Pattern, ...], side: str) -> frozenset[str]:
    sides: list[frozenset[str]] = [_exact(item) or getattr(item, side) for item in items]
    return frozenset().union(*sides) if all(sides) else frozenset()


def _exact(item: Pattern) -> frozenset[str] | None:
    return _only_text(item) or item.exact


def _only_text(item: Pattern) -> frozenset[str] | None:
    """Give the text of an item that is nothing else, as most are; it need not keep what is known of it."""
    first = item.parts[0]
    return frozenset((casefold(first.text),)) if type(first) is Text and len(item.parts) == 1 else None
