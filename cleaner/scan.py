"""literals -> Scan: where any of many literals stand in some lines, in one pass over their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import ahocorasick_rs
import numpy as np
from numpy.typing import NDArray

_BREAK = b"\n"[0]
_NONE = np.zeros(0, np.int64)


class Scan:
    """Finds literals, named by their index; a line break in a literal stands for a line's edge."""

    def __init__(self, literals: Iterable[str]) -> None:
        names = [_bytes(literal) for literal in literals]
        self._scan = ahocorasick_rs.BytesAhoCorasick(names) if names else None

    def find(self, lines: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the places of literals: the indexes of their lines, ascending, and their own."""
        if self._scan is None or not lines:
            return _NONE, _NONE
        joined = _bytes("\n" + "\n".join(lines) + "\n")
        found = self._scan.find_matches_as_indexes(joined, overlapping=True)
        rows = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
        codes = np.frombuffer(joined, np.uint8)
        inside = rows[:, 1] + (codes[rows[:, 1]] == _BREAK)
        breaks = np.flatnonzero(codes == _BREAK)
        return np.searchsorted(breaks, inside, "right") - 1, rows[:, 0]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
