"""Whatever a rule file holds: it is a rule set or a list of mistakes with addresses."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner import rulefile
from cleaner.rulefile.source import open_source
from cleaner.rulemodel import RuleSet

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")
# fmt: off
PIECES = st.sampled_from([
    *"*@?%`&!|-#'\"[]{},<>\\~\t\n\x00\x85\u2028\ufeff\u200bé灯\U0001f3ee\U0010ff2a",
    ": ", " #", "- ", "\n  ", "\n    - ", "|\n", "---\n", "..", "0", "41", "-1", "all", "yes", "no", "null",
    "{}", "[]",
    "<num>", "<share>", "anchor", "title", "card", "max", "at", "text", "has", "not", "like", "prose", "re",
    "(", "(?=", "+", "*+", "cut: tail", "css: a", "swap: {a: b}", "using: spaces", "''", "&a ", "*a ",
    "!!str ", "<<: ", "? ",
])
# fmt: on
LINES = st.integers(0, 200)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map("".join)


def survive(text: str, path: str = "pack.yaml") -> None:
    try:
        assert isinstance(rulefile.load_texts([(path, text)]), RuleSet)
    except rulefile.RuleErrors as errors:
        assert errors.errors
        assert len(str(errors)) < 3_000 * len(errors.errors)
        assert all(error.address.path == path and error.what for error in errors.errors)
        assert not set(map(ord, str(errors))) & {0x00, 0x1B, 0x7F, 0x85, 0x2028}


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["pack.yaml", "defs.yaml"]))
def test_random_texts(text: str, path: str) -> None:
    survive(text, path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 6), PIECES), min_size=1, max_size=4))
def test_mutated_rules(edits: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
    survive(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(-3, 3)), min_size=1, max_size=4)
)
def test_lines_moved_and_indented(moves: list[tuple[int, int, int]]) -> None:
    lines = GOOD.splitlines()
    for old, new, indent in moves:
        line = lines.pop(old % len(lines))
        lines.insert(new % len(lines), " " * max(indent, 0) + line[max(-indent, 0) :])
    survive("\n".join(lines))


@given(st.binary(max_size=60))
def test_random_bytes(data: bytes) -> None:
    source = open_source("pack.yaml", data)
    if not source.errors:
        survive(source.text)


def test_deep_and_wide_files_are_told_quickly() -> None:
    started = time.process_time()
    for text in ("[" * 50_000, "{a: " * 50_000, "- " * 50_000, "a: [" + "*a, " * 20_000 + "]", "? " * 5_000):
        survive(f"cleaner: 1\npack: bad\nrules: {text}\n")
        survive(text)
    for text in (
        "x" * 600_000,
        "[" + "x " * 300_000,
        "'" + "x: " * 200_000,
        "- a: *b\n" * 200_000,
        "&" * 600_000,
    ):
        survive(text)
    assert time.process_time() - started < 60


def test_a_file_of_more_than_two_megabytes_is_refused() -> None:
    survive("#" * 2_000_001)
