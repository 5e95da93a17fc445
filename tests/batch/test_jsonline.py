"""Places in JSON: found in the bytes, equal to what a parser reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.jsonline import (
    dump,
    dump_text,
    keys_repeat,
    members,
    parse,
    text_place,
    unusual_literal,
    usual_literals,
)

TEXTS = st.text(st.one_of(st.sampled_from('"\\{}[]:,text\n /'), st.characters(exclude_categories=["Cs"])))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**50), 2**50)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.just("text"), inner, max_size=3),
    max_leaves=8,
)
ROWS = st.dictionaries(TEXTS | st.sampled_from(["id", "url", "texts", '"text":']), VALUES, max_size=5)


@given(ROWS, TEXTS, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", "\r :\n")]))
def test_the_text_is_found_wherever_it_stands(
    row: dict[str, Any], text: str, ascii_only: bool, separators: tuple[str, str]
) -> None:
    row["text"] = text
    raw = json.dumps(row, ensure_ascii=ascii_only, separators=separators).encode()
    place = text_place(raw)
    assert place is not None
    start, end = place
    assert json.loads(raw[start:end]) == text
    assert not keys_repeat(raw, parse(raw))
    assert [member.key for member in members(raw)] == list(row)
    changed = raw[:start] + dump_text("new", raw[start:end]) + raw[end:]
    assert json.loads(changed) == row | {"text": "new"}


@given(ROWS)
def test_without_a_text_there_is_no_place(row: dict[str, Any]) -> None:
    row.pop("text", None)
    assert text_place(json.dumps(row).encode()) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["a", "b", "text", '"'],
            ),
            VALUES,
        ),
        max_size=4,
    )
)
def test_keys_that_repeat_are_found(pairs: list[tuple[str, Any]]) -> None:
    raw = b"{" + b",".join(dump(key) + b" : " + dump(value) for key, value in pairs) + b"}"
    assert keys_repeat(raw, parse(raw)) == (len({key for key, _ in pairs}) < len(pairs))


def test_escaped_keys_are_keys() -> None:
    raw = rb'{"te\u0078t": "yes", "m": {"text": "no"}}'
    place = text_place(raw)
    assert place is not None
    assert raw[slice(*place)] == b'"yes"'
    assert keys_repeat(rb'{"text" : "a", "te\u0078t": "b"}', {"text": "b"})


@given(TEXTS)
def test_only_unusual_strings_need_keeping(text: str) -> None:
    for literal in usual_literals(text):
        assert unusual_literal(b'{"text": ' + literal + b"}", text) == ""
    assert unusual_literal(rb'{"text": "a\/b"}', "a/b") == r'"a\/b"'
    assert unusual_literal(b'{"text": null, "html": ""}', "x") == "null"


@pytest.mark.parametrize("raw", [b"{", b"NaN", b"\xff", b"", b'"\\ud800', b'{"a": 1}x', b"[" * 5000])
def test_what_is_no_json_is_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError, match="the line is not valid JSON: "):
        parse(raw)


def test_half_pairs_are_read_and_written() -> None:
    assert parse(rb'"\ud83d\ude00 \ud83d"') == "\U0001f600 \ud83d"
    assert parse(dump("\ud83d")) == "\ud83d"
    assert dump_text("é", rb'"\u00e9"') == rb'"\u00e9"'
    assert dump_text("é", '"é"'.encode()) == '"é"'.encode()
