"""str -> rate: how many of a thousand lines of scraped articles hold a literal, about.

`data/ngrams.txt` has the rates of pieces of up to four characters (`benchmarks/ngrams.py` makes it); a longer
literal is as rare as its pieces one after the other. The plan looks for the rarest literal of a rule.
"""

from __future__ import annotations

import functools

PER_LINES = 1_000
STEPS = 2
"""Levels to a power of two."""
LONGEST = 4
BREAK, SEPARATOR = "\u00b6", "\t"
_UNSEEN = 0.4
"""The rate of a piece that is too rare to stand in the table."""
_RARE = 1e-4
"""How much rarer it is makes no difference."""
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


@functools.lru_cache(maxsize=1 << 14)
def rate(literal: str) -> float:
    """Estimate in how many of a thousand folded lines a literal stands; a line break is a line's edge.

    >>> rate("\\nread more: ") < rate("read more") < rate("more") < rate("e")
    True
    """
    table = _table()
    found = table.get(literal[:LONGEST], _UNSEEN)
    for at in range(1, len(literal) - LONGEST + 1):
        piece = literal[at : at + LONGEST]
        known = table.get(piece)
        found *= _UNSEEN_NEXT if known is None else min(known / table.get(piece[:-1], _UNSEEN), 1.0)
        if found < _RARE:
            return _RARE
    return found
