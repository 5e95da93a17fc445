"""Marks + Edit* -> Marks: where the lines that a page spoke of stand after the text was edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from cleaner.model import Edit

Marks = Mapping[int, frozenset[str]]
_BREAK = re.compile(r"\r\n|\n|\r")


def moved(marks: Marks | None, text: str, edits: Sequence[Edit]) -> Marks | None:
    r"""Give the marks by the line numbers of the edited text; a line that went takes its marks along.

    ``edits`` are sorted and do not overlap, as `model.apply` wants them.

    >>> moved({2: frozenset({"link"})}, "a\nb", [Edit(0, 2, "a\n", "", "r", "promo")])
    {1: frozenset({'link'})}
    """
    if not marks or not edits:
        return marks
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    ends = [edit.end for edit in edits]
    lines = [0, *accumulate(_breaks(edit.new) - _breaks(edit.old) for edit in edits)]
    found: dict[int, frozenset[str]] = {}
    for number, said in marks.items():
        start = starts[number - 1] if number <= len(starts) else len(text)
        end = starts[number] if number < len(starts) else len(text)
        at = bisect_right(ends, start)
        gone = at < len(edits) and edits[at].start <= start and edits[at].end >= end
        if gone and not edits[at].new.strip():
            continue
        found[number + lines[at]] = said
    return found


def _breaks(text: str) -> int:
    return sum(1 for _ in _BREAK.finditer(text))
