"""Long lines take short cuts: what these give is what is worked out piece by piece or word by word."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner import folding, shapes

MIXED = st.text(alphabet="ab .,'_-é…“\u00a0日Ａ")
ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['.,_][A-Za-z0-9]+)*")


@given(MIXED, st.integers(0, 60))
def test_offsets_lead_back_to_what_a_character_was(text: str, more: int) -> None:
    line = text + "  he said “no”" * more
    spans = folding.normal_spans(line)
    assert spans is not None
    form, offsets = spans
    assert form == folding.normal(line)
    assert len(offsets) == len(form) + 1
    assert offsets == sorted(offsets)
    for sign, at in zip(form, offsets, strict=False):
        assert line[at].isspace() if sign == " " else sign in folding.normal(line[at])


@given(st.text(alphabet="ab1 .,'_-\n"))
def test_words_of_ascii_are_those_of_the_expression(line: str) -> None:
    assert shapes.words(line) == len(ASCII_WORD.findall(line))


@given(MIXED)
def test_a_few_foreign_letters_change_no_other_words(line: str) -> None:
    plain = " it's 3.5 and so on" * 50
    assert shapes.words(line + plain) == shapes.words(line) + 5 * 50
