"""Line* -> Sheet: the lines still there in one round, and what depends on all of them.

Zones, repeats, the title, the marks of a page: what a test asks besides the text of its own line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleaner.lines import Line
from cleaner.rulemodel import Zone
from cleaner.titles import Title

HEAD_PROSE, HEAD_LINES = 2, 12
TAIL_PROSE, TAIL_LINES = 3, 40


class Sheet:
    """The lines still there in one round, and what depends on all of them: zones, repeats, the title."""

    def __init__(
        self,
        lines: Sequence[Line],
        title: Title,
        marks: Mapping[int, frozenset[str]] | None = None,
        *,
        traced: bool = False,
    ) -> None:
        """`traced`: somebody asks why rules did not fire, so nothing is passed over unasked."""
        self.lines = lines
        self.title = title
        self.marks = marks
        self.traced = traced

    @cached_property
    def head_end(self) -> int:
        """The index behind the head: what stands before the second prose line, at most 12 lines."""
        seen = 0
        for index, line in enumerate(self.lines[:HEAD_LINES]):
            seen += line.like("prose")
            if seen == HEAD_PROSE:
                return index
        return min(len(self.lines), HEAD_LINES)

    @cached_property
    def tail_start(self) -> int:
        """The index where the tail begins: behind the third prose line from the end, at most 40 lines."""
        seen = 0
        first = max(len(self.lines) - TAIL_LINES, 0)
        for index in range(len(self.lines) - 1, first - 1, -1):
            seen += self.lines[index].like("prose")
            if seen == TAIL_PROSE:
                return index + 1
        return first

    @cached_property
    def loose(self) -> bool:
        """Whether more than one blank line stands anywhere; else their number says nothing."""
        return any(line.blank_above > 1 for line in self.lines)

    @cached_property
    def repeats(self) -> tuple[int, ...]:
        """The indexes of lines whose folded text stands further up as well."""
        seen: set[str] = set()
        again = []
        for index, line in enumerate(self.lines):
            if line.folded in seen:
                again.append(index)
            seen.add(line.folded)
        return tuple(again)

    @cached_property
    def repeated_numbers(self) -> frozenset[int]:
        """The numbers of these lines."""
        return frozenset(self.lines[index].number for index in self.repeats)

    @cached_property
    def titles(self) -> tuple[int, ...]:
        """The indexes of lines that are the headline again."""
        if not self.title.keys:
            return ()
        return tuple(index for index, line in enumerate(self.lines) if line.is_title(self.title))

    def zone(self, zone: Zone) -> Sequence[int]:
        """Give the indexes of a zone."""
        ranges = self.ranges(zone)
        return ranges[0] if len(ranges) == 1 else [index for one in ranges for index in one]

    def ranges(self, zone: Zone) -> tuple[range, ...]:
        """Give the one or two stretches of a zone."""
        size = len(self.lines)
        match zone.kind:
            case "edges":
                return range(self.head_end), range(max(self.head_end, self.tail_start), size)
            case "head":
                return (range(self.head_end),)
            case "tail":
                return (range(self.tail_start, size),)
            case "body":
                return (range(self.head_end, max(self.tail_start, self.head_end)),)
            case "first":
                return (range(min(zone.lines, size)),)
            case _:
                return (range(max(size - zone.lines, 0), size),)

    def prose_share(self, index: int) -> float:
        """Give the share of the prose lines that stand before a line (1.0 where there is none at all)."""
        before = self._prose_before
        return before[index] / before[-1] if before[-1] else 0.0

    @cached_property
    def _prose_before(self) -> list[int]:
        """The number of prose lines before each line, and at the end their number in all."""
        return [0, *accumulate(line.like("prose") for line in self.lines)]


class Place(NamedTuple):
    """Where a test is asked: the sheet, and the names that steps have bound to folded lines."""

    sheet: Sheet
    names: dict[str, str]
