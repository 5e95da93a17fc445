"""Rows -> text: the table of the speed benchmark, with its marks and whether they are reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

BEGIN, END = "<!-- speed: begin -->", "<!-- speed: end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, its value, and the mark that it must not go over (or under)."""

    part: str
    figure: str
    value: float
    unit: str = ""
    mark: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the mark is reached; None where there is none."""
        if self.mark is None or math.isnan(self.value):
            return None
        return self.value >= self.mark if self.at_least else self.value <= self.mark

    def cells(self) -> tuple[str, ...]:
        """Give the row as words."""
        bound = (
            "" if self.mark is None else f"{'≥' if self.at_least else '≤'} {_number(self.mark)}{self.unit}"
        )
        said = {True: "yes", False: "**no**", None: ""}[self.reached]
        value = "-" if math.isnan(self.value) else f"{_number(self.value)}{self.unit}"
        return (self.part, self.figure, value, bound, said, self.note)


HEAD = ("part", "figure", "measured", "mark", "reached", "note")


def _number(value: float) -> str:
    """Write a figure with three digits that mean something."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def markdown(rows: Sequence[Row]) -> str:
    """Give the table as Markdown, its columns in line so that it reads well in a terminal too."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in cells]
    return (
        "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]) + "\n"
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Numbers stand to the right, words to the left."""
    padded = [
        cell.rjust(width) if column in (2, 3) else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(padded) + " |"


def as_data(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Give the rows as plain data for a JSON file."""
    return [{**asdict(row), "value": None if math.isnan(row.value) else row.value} for row in rows]


def from_data(rows: Sequence[dict[str, Any]]) -> list[Row]:
    """Read rows that `as_data` gave."""
    return [
        Row(**{name: math.nan if value is None and name == "value" else value for name, value in row.items()})
        for row in rows
    ]


def put_between(page: str, table: str) -> str:
    """Put the table between the two marks of a page. Raises ValueError where the page has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no place for the table: a line {BEGIN} and, after it, a line {END}")
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Give the slope of a straight line through the logarithms of some points.

    >>> round(exponent([(1, 3), (10, 30), (100, 300)]), 2)
    1.0
    """
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def middle_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Give the median of the ratios of pairs that were measured side by side."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))
