"""Facts* -> Survey: many lines counted at once, as columns that bounds are compared with.

One buffer holds the lines of one text or of hundreds; numpy counts in it what `bounds` speaks of. Words of
lines that are not ASCII are counted one by one, by what `shapes` says a word is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from cleaner.bounds import ENDS, Bounds, Flag
from cleaner.lines import Facts

Numbers = NDArray[np.int64]

_LETTER, _DIGIT, _LOWER, _JOINER, _INNER, _FOREIGN = 1, 2, 4, 8, 16, 32
_BREAK, _BLANK, _STOP = b"\n"[0], b" "[0], b"."[0]
_SMALL = "abcdefghijklmnopqrstuvwxyz"


def _table(rows: dict[str, int]) -> bytes:
    table = bytearray(256)
    for letters, bits in rows.items():
        for letter in letters:
            table[ord(letter)] |= bits
    return bytes(table)


_KINDS = _table(
    {_SMALL: _LETTER | _LOWER | _INNER, _SMALL.upper(): _LETTER | _INNER, "0123456789": _DIGIT}
    | {"'": _JOINER | _INNER, ".,_": _JOINER, "-": _INNER, "".join(map(chr, range(128, 256))): _FOREIGN}
)
"""What each byte is: a letter, a digit, a small letter, what joins the parts of a word, the inside of a word
as `shapes.is_title_case` sees it, a part of a character that is not ASCII.
"""
_ENDS = np.zeros(256, np.int64)
for _letter, _flag in {**ENDS, ".": Flag.STOP}.items():
    _ENDS[ord(_letter)] = _flag
_FIELDS = ("least_words", "most_words", "most_chars", "most_blanks", "need", "forbid")


def columns(bounds: Sequence[Bounds]) -> Numbers:
    """Give bounds as a table of six rows, a column each."""
    return np.array([[getattr(one, name) for one in bounds] for name in _FIELDS], np.int64)


class Survey:
    """Columns of some lines: `words`, `chars`, `blanks`, `flags`, int64, one number a line."""

    def __init__(self, lines: Sequence[Facts]) -> None:
        """Count; leaves in the facts the number of their words."""
        normals = [facts.normal for facts in lines]
        joined = ("\n" + "\n".join(normals) + "\n").encode("utf-8", "surrogatepass")
        codes = np.frombuffer(joined, np.uint8)
        kinds = np.frombuffer(joined.translate(_KINDS), np.uint8)
        breaks = np.flatnonzero(codes == _BREAK)
        first = breaks[:-1]
        """Each line with the break before it: so none is empty."""
        held = np.bitwise_or.reduceat(kinds, first)
        self.chars = np.fromiter(map(_least_chars, lines), np.int64, len(lines))
        self.blanks = np.add.reduceat(codes == _BLANK, first, dtype=np.int64)
        self.words = np.add.reduceat(_begins(kinds), first, dtype=np.int64)
        self._count_others(lines, held & _FOREIGN > 0)
        items = np.fromiter((facts.is_item for facts in lines), np.int64, len(lines))
        self.flags = (
            items * Flag.ITEM
            | (held & _LOWER > 0) * Flag.LOWER
            | np.logical_or.reduceat(_small(kinds), first) * Flag.SMALL
            | (held & (_DIGIT | _FOREIGN) > 0) * Flag.DIGIT
            | (kinds[first + 1] & (_DIGIT | _FOREIGN) > 0) * Flag.DIGIT_FIRST
            | _last(codes, breaks[1:])
        )

    def _count_others(self, lines: Sequence[Facts], foreign: NDArray[np.bool_]) -> None:
        for index in np.flatnonzero(foreign).tolist():
            self.words[index] = lines[index].words
        for facts, count in zip(lines, self.words.tolist(), strict=True):
            facts.count(count)

    def within(self, lines: Numbers, bounds: Numbers) -> NDArray[np.bool_]:
        """Tell of lines, by index, whether they keep to bounds, `columns` that are as many."""
        words, flags = self.words[lines], self.flags[lines]
        least, most, chars, blanks, need, forbid = bounds
        told: NDArray[np.bool_] = (
            (words >= least)
            & (words <= most)
            & (self.chars[lines] <= chars)
            & (self.blanks[lines] <= blanks)
            & (flags & need == need)
            & (flags & forbid == 0)
        )
        return told


def _begins(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark where words begin: what follows a letter or digit, or a joiner behind one, goes on."""
    inside = kinds & (_LETTER | _DIGIT) > 0
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    begins[2:] &= ~((kinds[1:-1] & _JOINER > 0) & inside[:-2])
    return begins


def _small(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Mark where words of four letters or more begin with a small one."""
    inner = kinds & _INNER > 0
    small = kinds & _LOWER > 0
    small[1:] &= kinds[:-1] & (_INNER | _FOREIGN) == 0
    for distance in (1, 2, 3):
        small[:-distance] &= inner[distance:]
    return small


def _last(codes: NDArray[np.uint8], ends: Numbers) -> Numbers:
    """Give the flags of last characters; `ends`: where the lines' breaks are."""
    flags = _ENDS[codes[ends - 1]]
    dots = reduce(np.logical_and, (codes[np.maximum(ends - back, 0)] == _STOP for back in (1, 2, 3)))
    flags[dots] = Flag.DOTS
    return flags


def _least_chars(facts: Facts) -> int:
    """Count a normal line as it is, or folded where that is shorter (an i and its dot are one letter)."""
    return min(len(facts.normal), len(facts.folded))
