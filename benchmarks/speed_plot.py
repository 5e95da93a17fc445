"""Rows -> SVG: how the cost grows with the number of rules and with the length of a text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape

from speed_table import Row

WIDTH, HEIGHT, LEFT, TOP, GAP = 380, 260, 60, 40, 80
COLOURS = ("#1b6ca8", "#c1440e", "#888888")
Series = tuple[str, list[tuple[float, float]]]


def svg(rows: Sequence[Row]) -> str:
    """Draw both pictures side by side; one without figures stays away."""
    panels = [
        ("µs an article, by rules added (0 stands at 100)", _rules(rows)),
        ("seconds, by characters of one text; grey: linear", _lengths(rows)),
    ]
    drawn = [(title, series) for title, series in panels if any(points for _, points in series)]
    width = LEFT + max(1, len(drawn)) * (WIDTH + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT + TOP + 50}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, (title, series) in enumerate(drawn):
        parts += _panel(LEFT + number * (WIDTH + GAP), title, series)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _number(words: str) -> float:
    return float(re.sub(r"[^\d.]", "", words))


def _rules(rows: Sequence[Row]) -> list[Series]:
    found = [
        (max(100.0, _number(row.figure)), row.value)
        for row in rows
        if row.part == "rules" and row.figure.endswith("rules more")
    ]
    return [("clean_texts", found)]


def _lengths(rows: Sequence[Row]) -> list[Series]:
    series: list[Series] = []
    for kind in ("document", "line"):
        found = [
            (size := _number(row.figure) * 1000, row.value * size / 1e6)
            for row in rows
            if row.part == "length" and row.figure.startswith(f"one {kind}")
        ]
        series.append((f"one {kind}", found))
    points = series[0][1]
    if points:
        (x, y), (last, _) = points[0], points[-1]
        series.append(("linear", [(x, y), (last, y * last / x)]))
    return series


def _panel(left: float, title: str, series: Sequence[Series]) -> list[str]:
    xs = [math.log10(x) for _, points in series for x, _ in points]
    ys = [math.log10(y) for _, points in series for _, y in points]
    low_x, high_x = math.floor(min(xs)), max(math.ceil(max(xs)), math.floor(min(xs)) + 1)
    low_y, high_y = math.floor(min(ys)), max(math.ceil(max(ys)), math.floor(min(ys)) + 1)

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            left + (math.log10(x) - low_x) / (high_x - low_x) * WIDTH,
            TOP + HEIGHT - (math.log10(y) - low_y) / (high_y - low_y) * HEIGHT,
        )

    parts = [f'<text x="{left}" y="{TOP - 16}" font-weight="bold">{escape(title)}</text>']
    for power in range(low_x, high_x + 1):
        x, _ = place(10.0**power, 10.0**low_y)
        parts.append(f'<path d="M{x:.1f} {TOP}V{TOP + HEIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low_y, high_y + 1):
        _, y = place(10.0**low_x, 10.0**power)
        parts.append(f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for number, (name, points) in enumerate(series):
        parts += _curve(name, [place(*point) for point in points], COLOURS[number], left, number)
    return parts


def _curve(
    name: str, places: Sequence[tuple[float, float]], colour: str, left: float, number: int
) -> list[str]:
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    y = TOP + 16 + 16 * number
    return [
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places),
        f'<text x="{left + 10}" y="{y}" fill="{colour}">{escape(name)}</text>',
    ]
