"""Safe expressions: the looser form that lines are shown first never loses a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import retree, safe_re
from cleaner.patternreading import PatternError

SOURCES = [
    r"a{2,5}b?",
    r"(?:a{2}|b){0,2}c",
    r"[ab{2}]{3}",
    r"\{2}a{1,}",
    r"[^]a]{1,2}",
    r"\p{L}{1,3}(?:[ .]\p{Lu}{0,2}){1,2}",
    r"(?i:a{2,3}?b)+",
    r"a{2}[:.]{1,2}b",
]


@pytest.mark.parametrize("source", SOURCES)
@given(line=st.text("aAbc{}2 .:]", max_size=8))
def test_looser_form_loses_no_line(source: str, line: str) -> None:
    whole = safe_re._compile(source).fullmatch(line) is not None
    loose = safe_re._compile(safe_re._without_counts(source)).fullmatch(line) is not None
    assert loose or not whole
    assert safe_re.compile_re(source)[0].fits(line) is whole


@pytest.mark.parametrize("source", [*SOURCES, r"(?:\p{L}{30} ){9}", r"\w{1,200}", r"(?i)[^\p{Ll}\p{Lo}]{3}"])
def test_bound_of_the_size_holds(source: str) -> None:
    assert retree.size(retree.parse(source)) >= safe_re._compile(source).programsize


@pytest.mark.parametrize(
    "source",
    [r"(?:(?:\p{L}{900} ?){1}\p{L}{900}){1}", r"a{1001}", r"(?=a)b", r"(a)\1", "[[:alpha:]]b", "ab{,3}"],
)
def test_what_cannot_be_compiled_is_told_when_it_is_read(source: str) -> None:
    with pytest.raises(PatternError):
        safe_re.compile_re(source)


@pytest.mark.parametrize(
    ("source", "most", "digit"),
    [
        ("ab{2,5}", 6, False),
        (r"\d{1,3} of .{0,9}", 16, True),
        (r"(?:\d|a)b", 2, False),
        ("[0-\u096f]", 1, False),
    ],
)
def test_extent(source: str, most: int, digit: bool) -> None:
    assert retree.extent(source) == (most, digit)


# ---------------------------------------------------------------------------------------------
# Small encodings

NARROWED = [
    *SOURCES,
    "[\u2192a]\u2192?b",
    "[^\u2192]b",
    "[\u00e0-\u0160]+b",
    "[\u0100-\u0160^]b?",
    "[]\u2192a-c-]{1,2}",
    "[\u2192]a|b",
    "(?i:\u00e9)b|" r"\P{Lu}\.",
    r"(?i)\p{Lu}" "[^k\u00c9]*",
    "(?i:[a\u017f]\u212a)",
    "[\u2192^-c]b?",
    "[\u2192\\]-b]+",
    r"\w+\W\d",
    r"[\x41-\x43\xe9]\-",
    r"a\|[.\-\]]",
    "(?i:stra\u00dfe|[\u00e0-\u00ff]b)",
]


@pytest.mark.parametrize("source", NARROWED)
@given(line=st.text("aAbBcksS.|-]^1\u00e9\u00c9\u00ff\u00df\u0101\u017f\u212a\u2192", max_size=5))
def test_in_a_small_encoding_the_same_lines_fit(source: str, line: str) -> None:
    expression = safe_re.compile_re(source)[0]
    assert expression.fits(line) is (safe_re._compile(source).fullmatch(line) is not None)
