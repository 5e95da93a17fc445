"""Whatever the text, repairs end, can be undone, agree with themselves and change nothing the second time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.model import apply, restore
from cleaner.repair import REPAIRS, repair, repair_end, repair_start
from cleaner.repair.run import LABEL

PIECES = [
    *"ab Aé«”…жВ中क\n\r\t?#@.!<>/&;\"'`=-",
    *"\x00\x0b\x0c\x1b\x85\x93\xa0\xad\u061c\u180e\u200b\u200c\u200d\u200e\u202a\u202c\u202e\u2028\u2066\u2069",
    *"\u2800\u3000\ud83d\ude00\ufe0f\ufeff\ufffc\ufffd\uffff\U000e0041\U0001f3f4👩سÃâ€œÂÐ°Œ",
    *[
        "??",
        "????",
        "\r\n",
        "\n\n\n",
        " \n",
        "&amp;",
        "&lt;",
        "&gt;",
        "&nbsp",
        "&#60;",
        "amp;",
        "â€™",
        "Ã©",
        "â€\ufffd",
    ],
    *[
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "[",
        "](/b)",
        "![",
        "][1]",
        "\n[1]: /",
        "\na (/b)",
        "<br/>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<td>",
        '<a href="x">',
        "</a>",
    ],
    *["#tag", "@club", "(@club)", " pic.twitter.com/x", "— ", "? ", "\x1b[1m", "<td", "lt;", "`"],
]
nasty = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
any_text = st.text(st.characters(exclude_categories=[]), max_size=40)


@settings(max_examples=600, deadline=None)
@given(nasty | any_text)
@example("&am&am&amp;p;p;lt;b&gt;")
@example("<<p>b>x</<p>b>")
def test_repair_is_honest_and_idempotent(text: str) -> None:
    repaired, edits = repair(text)
    assert apply(text, edits) == repaired
    assert restore(repaired, edits) == text
    assert all(one.old == text[one.start : one.end] != one.new and one.label == LABEL for one in edits)
    assert all(one.end <= two.start for one, two in pairwise(edits))
    assert repair(repaired) == (repaired, ())


@given(nasty)
def test_no_lone_surrogate_reaches_a_writer(text: str) -> None:
    repair(text)[0].encode("utf-8")


@given(nasty, st.sampled_from(sorted(REPAIRS)))
def test_a_repair_that_is_off_does_nothing(text: str, name: str) -> None:
    rules = {rule for edit in repair(text, off=frozenset({name}))[1] for rule in (edit.rule, *edit.also)}
    assert f"fix.{name}" not in rules
    assert repair(text, off=frozenset(REPAIRS)) == (text, ())


@given(nasty)
def test_start_and_end_make_up_the_whole(text: str) -> None:
    started, _ = repair_start(text)
    assert repair_end(started)[0] == repair(text)[0]


@given(nasty)
def test_a_final_line_end_is_one(text: str) -> None:
    repaired, edits = repair(text, final_newline=True)
    assert restore(repaired, edits) == text
    assert not repaired or repaired.endswith(("\n", "\r"))
    assert not repaired.endswith(("\n\n", "\r\r", "\n\r"))
    assert repair(repaired, final_newline=True) == (repaired, ())


@pytest.mark.parametrize("name", REPAIRS)
@given(text=nasty)
def test_changes_are_sorted_and_apart(name: str, text: str) -> None:
    changes = REPAIRS[name].find(text)
    assert all(0 <= start <= end <= len(text) for start, end, _ in changes)
    assert all(one[1] <= two[0] for one, two in pairwise(changes))
