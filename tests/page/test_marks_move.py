"""Marks stay with their lines when a text is edited."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.marks import moved
from cleaner.model import Edit, apply


def edit(text: str, old: str, new: str) -> Edit:
    at = text.index(old)
    return Edit(at, at + len(old), old, new, "r.x", "debris")


def test_marks_follow_their_lines() -> None:
    text = "one\ntwo\nthree\nfour"
    marks = {number: frozenset({name}) for number, name in enumerate(text.split("\n"), 1)}
    edits = (edit(text, "one", "1\n1"), edit(text, "two\n", ""), edit(text, "ree", "REE"))
    assert apply(text, edits) == "1\n1\nthREE\nfour"
    assert moved(marks, text, edits) == {1: {"one"}, 3: {"three"}, 4: {"four"}}


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["a", "bb", "", "c d"]), min_size=1, max_size=8), st.data())
def test_lines_that_went_take_their_marks_along(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines) + "\n"
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1)))
    edits, left, at = [], {}, 0
    for index, line in enumerate(lines):
        if index in gone:
            edits.append(Edit(at, at + len(line) + 1, f"{line}\n", "", "r.x", "promo"))
        else:
            left[len(left) + 1] = frozenset({f"{index}"})
        at += len(line) + 1
    marks = {index + 1: frozenset({f"{index}"}) for index in range(len(lines))}
    assert moved(marks, text, edits) == left
