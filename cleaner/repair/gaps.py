"""Spans that go -> Change*: removals that leave no double blank behind."""

from __future__ import annotations

from collections.abc import Iterable

Change = tuple[int, int, str]
"""Start, end and what stands there instead."""

_BLANK = " "
_EDGES = "\n\r"
_TIGHT = ".,;:)"
"""No blank stands before these in any language."""


def close_gaps(text: str, spans: Iterable[tuple[int, int]]) -> list[Change]:
    """Remove sorted spans, each with one adjoining blank where two would meet or one stand at an edge.

    >>> close_gaps("Russia ?? (@x)", [(7, 9)])
    [(7, 10, '')]
    """
    changes: list[Change] = []
    for start, end in _joined(text, spans):
        opens = start == 0 or text[start - 1] in _EDGES
        closes = end == len(text) or text[end] in _EDGES
        before = not opens and text[start - 1] == _BLANK
        after = not closes and text[end] == _BLANK
        if after and (before or opens):
            end += 1
        elif before and (closes or text[end] in _TIGHT):
            start -= 1
        changes.append((start, end, ""))
    return changes


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of spans that only one blank parts."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start] == _BLANK):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined
