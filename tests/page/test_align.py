"""Extracted lines find their places on the page."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.markup import parse
from cleaner.page.align import align
from cleaner.page.units import key_of, units_of

PAGE = (
    "<p>Share</p><p>The boats came home at seven in the morning.</p><p>Share</p><h2>A long night</h2>"
    "<p>The wind had come up<br>after midnight at the point.</p>"
    "<table><tr><td>Boat</td><td>Gull</td></tr></table>"
    "<p>Share</p>"
)
UNITS = units_of(parse(f"<html><body>{PAGE}</body></html>"))


def runs(*lines: str) -> list[list[int]]:
    return [list(run) for run in align([key_of(line) for line in lines], UNITS)]


def test_short_lines_stand_between_long_ones() -> None:
    assert runs("The boats came home at seven in the morning.", "Share", "A long night") == [[1], [2], [3]]


def test_one_line_of_several_units() -> None:
    assert runs("The wind had come up after midnight at the point.", "| Boat | Gull |") == [[4, 5], [6, 7]]


def test_unknown_lines_have_no_place() -> None:
    assert runs("Nobody said this on the page.", "A long night") == [[], [3]]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([unit.text for unit in UNITS] + ["else", "", "Share Share"]), max_size=12))
def test_places_go_down_and_hold_the_words(lines: list[str]) -> None:
    found = align([key_of(line) for line in lines], UNITS)
    last = -1
    for line, run in zip(lines, found, strict=True):
        if run:
            assert run.start > last
            assert " ".join(UNITS[index].key for index in run) == key_of(line)
            last = run.stop - 1
