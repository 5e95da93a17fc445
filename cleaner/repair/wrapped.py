"""text -> Change*: paragraphs that a program broke at a fixed width are put together again.

A break was made by a program where the first word of the next line would not have fitted into its own. Where
nearly all breaks behind long lines are of this kind, and no line is longer, the text was written so; in other
texts nothing changes. An address that was broken within brackets is joined without a blank.
"""

from __future__ import annotations

import re
from itertools import pairwise

import regex

from cleaner.repair.gaps import Change

TRIGGER = r"[^\r\n]\r?\n[ \t]*\p{Ll}"
"""A line that begins with a small letter: of so many broken ones some do, in scripts that have them."""

NARROWEST, WIDEST = 60, 100
LEAST = 6
"""So many breaks of a program are no chance."""
_SHORTEST = 50
"""Shorter lines tell nothing of the width."""
_SURE = 0.8
_LONGER = 0.1
_SLACK = 3
"""Programs count a blank at the end, a mark or a wide sign differently."""
_GOES_ON = regex.compile(TRIGGER)
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
_BEGINS_ANEW = re.compile(r"[ \t]*(?:[-*+\u2022\u00b7>|#=_]|\d{1,3}[.)] |\[\d+\]: )")
_ADDRESS_GOES_ON = re.compile(r"\((?:https?:|HTTPS?:)[^\s()]*$")
Lines = list[tuple[int, int]]


def wrapped(text: str) -> list[Change]:
    """Put a blank for each line end that only a fixed width made."""
    if not _GOES_ON.search(text):
        return []
    lines = _lines(text)
    width = _width(text, lines)
    if not width:
        return []
    changes: list[Change] = []
    inside = False
    for (start, end), (begin, stop) in pairwise(lines):
        inside = _goes_on(text, start, end, inside)
        gap = _BREAK.fullmatch(text, end, begin)
        if not gap or stop == begin or start == end:
            inside = False
        elif _is_full(text, (start, end), (begin, stop), width) or inside:
            first = begin + len(text[begin:stop]) - len(text[begin:stop].lstrip())
            changes.append((end, first, "" if inside else " "))
        else:
            inside = False
    return changes


def _lines(text: str) -> Lines:
    """Give where each line begins, and where it ends without the blanks behind it."""
    lines: Lines = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line.rstrip())))
        start += len(line) + 1
    return lines


def _goes_on(text: str, start: int, end: int, inside: bool) -> bool:
    """Tell whether a line ends within an address in brackets."""
    if inside and ")" not in text[start:end]:
        return not re.search(r"\s", text[start:end].strip())
    return bool(_ADDRESS_GOES_ON.search(text, max(start, end - WIDEST), end))


def _width(text: str, lines: Lines) -> int:
    """Give the width at which the text was broken, or 0."""
    long_ones = [(one, two) for one, two in pairwise(lines) if _is_long(text, one, two)]
    if len(long_ones) < LEAST:
        return 0
    lengths = sorted(end - start for (start, end), _ in long_ones)
    width = lengths[-1 - len(lengths) // 20]
    if not NARROWEST <= width <= WIDEST:
        return 0
    too_long = sum(end - start > width + _SLACK for start, end in lines)
    full = sum(_is_full(text, one, two, width) for one, two in long_ones)
    if full < max(LEAST, _SURE * len(long_ones)) or too_long > _LONGER * sum(a < b for a, b in lines):
        return 0
    return width


def _is_long(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Tell whether a line of some length is followed by another without a blank line between."""
    return one[1] - one[0] >= _SHORTEST and two[0] < two[1] and not _BEGINS_ANEW.match(text, two[0])


def _is_full(text: str, one: tuple[int, int], two: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the second line would not have fitted into the first."""
    if _BEGINS_ANEW.match(text, two[0]):
        return False
    words = text[two[0] : two[1]].split(maxsplit=1)
    length = one[1] - one[0]
    return (
        bool(words)
        and NARROWEST * 2 // 3 <= length <= width + _SLACK
        and length + 1 + len(words[0]) > width - 1
    )
