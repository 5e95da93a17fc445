"""Composing two rounds of edits has the effect of both, one after the other."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Edit, apply, restore
from cleaner.spans import compose

ALPHABET = "ab \n"


def edit(text: str, start: int, end: int, new: str = "", rule: str = "x") -> Edit:
    """Make an edit on ``text``."""
    return Edit(start, end, text[start:end], new, rule, "debris")


@st.composite
def edits_on(draw: st.DrawFn, text: str, rule: str) -> tuple[Edit, ...]:
    """Draw sorted edits on ``text`` that do not overlap, some of which change nothing."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    new = st.text(ALPHABET, max_size=3)
    return tuple(edit(text, start, end, draw(new), f"{rule}{start}") for start, end in spans)


@st.composite
def rounds(draw: st.DrawFn, count: int) -> tuple[str, list[tuple[Edit, ...]]]:
    """Draw a text and ``count`` rounds of edits, each on the text that the round before makes."""
    source = text = draw(st.text(ALPHABET, max_size=30))
    drawn = []
    for number in range(count):
        drawn.append(draw(edits_on(text, "abc"[number])))
        text = apply(text, drawn[-1])
    return source, drawn


@given(rounds(2))
def test_one_round_has_the_effect_of_two(case: tuple[str, list[tuple[Edit, ...]]]) -> None:
    source, (first, second) = case
    joined = compose(first, second, source)
    text = apply(source, joined)
    assert text == apply(apply(source, first), second)
    assert restore(text, joined) == source


@given(rounds(2))
def test_the_result_is_sorted_and_honest(case: tuple[str, list[tuple[Edit, ...]]]) -> None:
    source, (first, second) = case
    joined = compose(first, second, source)
    assert all(one.end <= two.start for one, two in pairwise(joined))
    assert all(one.old == source[one.start : one.end] and one.old != one.new for one in joined)
    assert {one.rule for one in joined} <= {one.rule for one in (*first, *second)}


@given(rounds(3))
def test_grouping_of_three_rounds_does_not_matter(case: tuple[str, list[tuple[Edit, ...]]]) -> None:
    source, (first, second, third) = case
    left = compose(compose(first, second, source), third, source)
    right = compose(first, compose(second, third, apply(source, first)), source)
    assert apply(source, left) == apply(source, right)


def test_a_dropped_line_takes_its_repairs_along() -> None:
    source = "Body.\n? Lost and â€™ found ??\nBody."
    first = (edit(source, 6, 8), edit(source, 17, 20, "’"), edit(source, 26, 29))
    between = apply(source, first)
    assert between == "Body.\nLost and ’ found\nBody."
    second = (edit(between, 6, 22, rule="en.line"),)
    (joined,) = compose(first, second, source)
    assert (joined.start, joined.end, joined.new, joined.rule, joined.also) == (6, 29, "", "en.line", ("x",))


def test_a_repair_on_the_next_line_stays_apart() -> None:
    source = "Gone.\n? Body."
    first = (edit(source, 6, 8),)
    joined = compose(first, (edit("Gone.\nBody.", 0, 6, rule="en.line"),), source)
    assert [(one.start, one.end, one.rule) for one in joined] == [(0, 6, "en.line"), (6, 8, "x")]


def test_a_change_inside_a_replacement_extends_to_the_whole_of_it() -> None:
    source = "a&amp;nbsp;b"
    first = (edit(source, 1, 11, "&\xa0", "fix.entities"),)
    joined = compose(first, (edit("a&\xa0b", 2, 3, " ", "fix.spaces"),), source)
    assert joined == (Edit(1, 11, "&amp;nbsp;", "& ", "fix.entities", "debris", also=("fix.spaces",)),)


def test_edits_that_only_touch_stay_apart() -> None:
    source = "abcd"
    first = (edit(source, 0, 2, "xy"),)
    joined = compose(first, (edit("xycd", 2, 4, "", "z"),), source)
    assert [(one.start, one.end, one.rule) for one in joined] == [(0, 2, "x"), (2, 4, "z")]


def test_a_change_and_its_reverse_disappear() -> None:
    first = (edit("abc", 1, 2, "x"),)
    assert compose(first, (edit("axc", 1, 2, "b"),), "abc") == ()


def test_a_blank_line_that_goes_does_not_name_what_stood_on_it() -> None:
    source = "a\n<hr>\n\nb"
    first = (edit(source, 2, 6, rule="fix.markup"),)
    (joined,) = compose(first, (edit("a\n\n\nb", 2, 3, rule="fix.blank-lines"),), source)
    assert (joined.old, joined.rule, joined.also) == ("<hr>\n", "fix.markup", ("fix.blank-lines",))


def test_many_removals_at_one_place_cost_little() -> None:
    source = "a" + "b" * 50_000
    first = tuple(edit(source, place, place + 1) for place in range(1, len(source)))
    start = time.process_time()
    joined = compose(first, (edit("a", 0, 1, rule="en.line"),), source)
    assert apply(source, joined) == ""
    assert time.process_time() - start < 5
