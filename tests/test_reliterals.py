"""Literals of expressions: every line that matches holds one, at the edge where it says so."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleaner import folding
from cleaner.clues import keys
from cleaner.reliterals import literals
from cleaner.retree import parse
from cleaner.rulefile import load_texts
from cleaner.rulemodel import Rule

SOURCES = [
    r"By [a-z]{2,5}",
    r".* (?:AP|AFP)[.)]?",
    r"(?:Photo|Foto):? .{0,4}|.{1,4} (?:agency|/ ?EPA)",
    r"[(]?(?:Text: ?)?(?:TT|AFP)[)]?",
    r"(?:a|b[cd]|)x.{1,3}(?:y|)",
    r"(?:(?:On|In) .+)?end",
    r"(?:x{2,3}| y).*",
    r"[^a]?b.{2}[xyz] ?",
    r"-? ?More(?: news)?",
]


@pytest.mark.parametrize("source", SOURCES)
@given(data=st.data())
def test_every_match_holds_a_literal(source: str, data: st.DataObject) -> None:
    line = folding.normal(
        data.draw(st.from_regex(source, fullmatch=True, alphabet=st.characters(codec="ascii")))
    )
    assume(re.fullmatch(source, line))
    found = literals(parse(source))
    assert not found or any(text in f"\n{folding.casefold(line)}\n" for text in found)


@pytest.mark.parametrize("line", ["\u0149foo", "\ufb01\u0301", "\u00df\u0307x", "E\u0301x", "\u0130\u0307"])
def test_what_folds_is_folded_once(line: str) -> None:
    source = "".join(f"{sign}?" if at % 2 else sign for at, sign in enumerate(line, line[0] == "\u0149"))
    found = literals(parse(source))
    assert any(text in f"\n{folding.casefold(folding.normal(line))}\n" for text in found)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (r"By [a-z]{2,5}", {("start", "by ")}),
        (r"[^:]{2,9} (?:AP|EPA)", {("end", " ap"), ("end", " epa")}),
        (r"(?:TT|AFP)[)]?", {("exact", "tt"), ("exact", "tt)"), ("exact", "afp"), ("exact", "afp)")}),
        (r"(?:Zx .*|.*\.)", {("start", "zx "), ("end", ".")}),
    ],
)
def test_edges_are_edges(source: str, said: set[tuple[str, str]]) -> None:
    assert _found_by(_rule(source)) == said


def test_a_part_of_a_line_has_no_edges() -> None:
    assert _found_by(_rule(".* AFP", "text: 'a*', ", "cut: tail, ")) == {("literal", " afp")}


def _rule(source: str, at: str = "", more: str = "") -> Rule:
    row = f"{{id: one, why: Seen., drop: promo, {more}at: {{{at}re: '{source}'}}, hits: [x]}}"
    return load_texts([("one.yaml", f"cleaner: 1\npack: one\nrules:\n  - {row}\n")]).rules[0]


def _found_by(rule: Rule) -> set[tuple[str, str]]:
    return {(key.kind, text) for key in keys(rule) or () for text in key.texts}
