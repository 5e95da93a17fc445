"""literals -> Scan: where any of many literals stand in some lines, in one pass over their bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar

import ahocorasick_rs

Held = TypeVar("Held")


class Scan(Generic[Held]):
    """Finds literals; a line break in a literal stands for a line's edge."""

    def __init__(self, literals: Mapping[str, Held]) -> None:
        self._held = list(literals.values())
        names = [_bytes(literal) for literal in literals]
        self._scan = ahocorasick_rs.BytesAhoCorasick(names) if names else None

    def find(self, lines: Sequence[str]) -> Iterator[tuple[int, Held]]:
        """Give the index of a line and what was entered under a literal, for each place of each literal."""
        if self._scan is None or not lines:
            return
        joined = _bytes("\n" + "\n".join(lines) + "\n")
        index, edge, held = 0, joined.find(b"\n", 1), self._held
        for name, start, _ in self._scan.find_matches_as_indexes(joined, overlapping=True):
            inside = start + (joined[start] == _BREAK)
            while inside >= edge:
                index += 1
                edge = joined.find(b"\n", edge + 1)
            yield index, held[name]


_BREAK = ord("\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
