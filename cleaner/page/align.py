"""Lines of an extraction + Unit* -> which units each line is made of, in the order of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cleaner.page.units import Unit

_ANCHOR_WORDS = 4
_MOST_COPIES = 4
_MOST_JOINED = 60


def align(keys: Sequence[str], units: Sequence[Unit]) -> list[range]:
    """Give for each line (its words, see `units.key_of`) the run of units it was made of; empty: unknown."""
    places: dict[str, list[int]] = {}
    for index, unit in enumerate(units):
        places.setdefault(unit.key, []).append(index)
    found = [range(0)] * len(keys)
    for line, index in _anchors(keys, places):
        found[line] = range(index, index + 1)
    low = 0
    for line, key in enumerate(keys):
        if not found[line]:
            high = next((run.start for run in found[line + 1 :] if run), len(units))
            found[line] = _between(key, units, low, high)
        if found[line]:
            low = found[line].stop
    return found


def _anchors(keys: Sequence[str], places: dict[str, list[int]]) -> list[tuple[int, int]]:
    """Pairs of a line and a unit with the same words: the longest chain that goes down on both sides."""
    pairs = []
    for line, key in enumerate(keys):
        copies = places.get(key, ())
        if 0 < len(copies) <= _MOST_COPIES and (key.count(" ") >= _ANCHOR_WORDS - 1 or len(key) > 40):
            pairs += [(line, index) for index in reversed(copies)]
    return _longest_chain(pairs)


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence with strictly rising second members (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_, index) in enumerate(pairs):
        at = bisect_left(tops, index)
        if at == len(tops):
            tops.append(index)
            ends.append(number)
        else:
            tops[at], ends[at] = index, number
        back.append(ends[at - 1] if at else -1)
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]


def _between(key: str, units: Sequence[Unit], low: int, high: int) -> range:
    """Find a line between two anchors: one unit with its words, else units that make it up together."""
    if not key:
        return range(0)
    for index in range(low, high):
        if units[index].key == key:
            return range(index, index + 1)
    for index in range(low, high):
        if key.startswith(units[index].key):
            joined, end = units[index].key, index + 1
            while end < high and len(joined) < len(key) and end - index < _MOST_JOINED:
                joined += " " + units[end].key
                end += 1
            if joined == key:
                return range(index, end)
    return range(0)
