"""str -> rate: how many of a thousand lines of scraped articles hold a literal, about.

`data/ngrams.txt` has the rates of pieces of up to four characters (`benchmarks/ngrams.py` makes it); a longer
literal is as rare as its pieces one after the other. The plan looks for the rarest literal of a rule.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

PER_LINES = 1_000
STEPS = 2
"""Levels to a power of two."""
LONGEST = 4
BREAK, SEPARATOR = "\u00b6", "\t"
_UNSEEN = 0.4
"""The rate of a piece that is too rare to stand in the table."""
LEAST = 1e-4
"""The rate of the rarest: how much rarer a literal is makes no difference."""
_ROUNDED_UP = 1 + 1e-9
"""Sums of the same rates may differ by so little."""
_UNSEEN_NEXT = 0.05
"""How likely a character is that was never seen behind the three before it."""


@functools.cache
def _table() -> dict[str, float]:
    from importlib import resources  # dear, and rules from the cache need no table

    table: dict[str, float] = {}
    text = resources.files("cleaner").joinpath("data/ngrams.txt").read_text(encoding="utf-8")
    for row in text.splitlines():
        level, *pieces = row.split(SEPARATOR)
        rate = 2 ** (int(level) / STEPS)
        table.update((piece.replace(BREAK, "\n"), rate) for piece in pieces)
    return table


@functools.cache
def _following() -> dict[str, float]:
    """Give for each piece how likely its last character is behind the others."""
    table = _table()
    pieces = (piece for piece in table if len(piece) == LONGEST)
    return {piece: min(table[piece] / table.get(piece[:-1], _UNSEEN), 1.0) for piece in pieces}


@functools.lru_cache(maxsize=1 << 14)
def rate(literal: str) -> float:
    """Estimate in how many of a thousand folded lines a literal stands; a line break is a line's edge.

    >>> rate("\\nread more: ") < rate("read more") < rate("more") < rate("e")
    True
    """
    found = _table().get(literal[:LONGEST], _UNSEEN)
    following = _following()
    for at in range(1, len(literal) - LONGEST + 1):
        found *= following.get(literal[at : at + LONGEST], _UNSEEN_NEXT)
        if found < LEAST:
            return LEAST
    return found


def rate_of_any(texts: Iterable[str], most: float = math.inf) -> float:
    """Estimate how many of a thousand lines hold one of some literals; infinite if that is above ``most``."""
    rates: list[float] = []
    known = 0.0
    for text in texts:
        rates.append(rate(text))
        known += rates[-1]
        if known > most * _ROUNDED_UP:
            return math.inf
    return sum(rates)
