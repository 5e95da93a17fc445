"""Rows -> lines in columns, the same on a terminal and in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def table(rows: Sequence[Sequence[str]], right: frozenset[int] | None = None) -> Iterator[str]:
    """Lay rows out in columns; ``right``: the columns of numbers (when not said, all but the first).

    >>> list(table([("a", "1"), ("long", "20")]))
    ['a      1', 'long  20']
    """
    if not rows:
        return
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    right = frozenset(range(1, len(widths))) if right is None else right
    for row in rows:
        cells = (
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
