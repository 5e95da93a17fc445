"""Nodes -> Tests: a pattern, a list (any of) or a map (all of)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleaner.patternlists import Items, Texts
from cleaner.patterns import Pattern
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar
from cleaner.rulefile.patterntexts import pattern
from cleaner.rulefile.schema import SECTIONS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.texts import items, kebab, many, scalar
from cleaner.testmodel import (
    AllTest,
    AnyTest,
    BlankTest,
    CaseTest,
    CharsTest,
    EndsTest,
    HasTest,
    ItemTest,
    LikeTest,
    MadeOfTest,
    MarkedTest,
    NotTest,
    SameAsTest,
    Test,
    TextTest,
    WordsTest,
)

_TEXTS = many(pattern)


def _shapes(names: tuple[str, ...]) -> Test:
    tests = tuple(LikeTest(name) for name in names)
    return tests[0] if len(tests) == 1 else AnyTest(tests)


MAKERS: dict[str, Callable[[Any], Test]] = {
    "text": lambda patterns: TextTest(Texts(patterns)),
    "has": HasTest,
    "made-of": lambda named: MadeOfTest(named[0], Items(named[1])),
    "re": lambda test: test,
    "like": _shapes,
    "words": WordsTest,
    "chars": CharsTest,
    "ends": EndsTest,
    "blank-above": lambda bounds: BlankTest("above", bounds),
    "blank-below": lambda bounds: BlankTest("below", bounds),
    "item": ItemTest,
    "case": CaseTest,
    "not": NotTest,
    "marked": MarkedTest,
    "same-as": SameAsTest,
}
"""How the value of each key of a line test becomes a test, in the order in which they are asked."""


def line_test(node: Node, scope: Scope) -> Test | None:
    """Read a line test."""
    if isinstance(node, MapNode):
        return _all_of(node, scope)
    if isinstance(node, Scalar):
        return _texts(node, scope)
    return _any_of(node, scope)


def _texts(node: Node, scope: Scope) -> Test | None:
    patterns: tuple[Pattern, ...] | None = _TEXTS(node, scope)
    return TextTest(Texts(patterns)) if patterns else None


def _any_of(node: Node, scope: Scope) -> Test | None:
    parts = list(items(node, scope))
    if all(isinstance(part, Scalar) for part in parts):
        return _texts(node, scope) if parts else None
    tests = [test for part in parts if (test := _part(part, scope)) is not None]
    texts = tuple(one for test in tests if isinstance(test, TextTest) for one in test.texts.patterns)
    others = tuple(test for test in tests if not isinstance(test, TextTest))
    joined = (TextTest(Texts(texts)), *others) if texts else others
    return joined[0] if len(joined) == 1 else AnyTest(joined) if joined else None


def _part(node: Node, scope: Scope) -> Test | None:
    """Read an item of a list; a list in a list is mostly a text that begins with a dash."""
    if isinstance(node, ListNode):
        scalar(node, scope)
        return None
    return line_test(node, scope)


def _all_of(node: MapNode, scope: Scope) -> Test | None:
    if not node.pairs:
        scope.source.report(
            "E105",
            node.place,
            f"an empty line test{scope.in_rule()}",
            help="write '{like: any}' for any line",
        )
        return None
    values = read_map(node, SECTIONS["line test"], scope)
    return None if values is None else test_of(values)


def test_of(values: Values) -> Test | None:
    """Join the tests of a map; None where none could be read."""
    read = values.values
    tests = tuple(make(read[key]) for key, make in MAKERS.items() if key in read)
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else AllTest(tests)


def list_name(node: Node, scope: Scope) -> tuple[str, tuple[Pattern, ...]] | None:
    """Read the name of a list of `defs` and give it with its items."""
    found = scalar(node, scope)
    if found is None or found.value in scope.lists.broken:
        return None
    known = scope.lists.items.get(found.value)
    if known is None:
        names = ", ".join(sorted(scope.lists.items)) or "none"
        scope.source.report(
            "E204", found.place, f"no list '{found.value}'{scope.in_rule()}", help=f"known lists: {names}"
        )
        return None
    return found.value, known


def line_name(node: Node, scope: Scope) -> str | None:
    """Read the name that `same-as` compares with; whether it is known there is judged by `names`."""
    found = scalar(node, scope)
    return None if found is None else found.value


def new_name(node: Node, scope: Scope) -> Scalar | None:
    """Read the name that a step gives to its line; the node is kept for its place."""
    return node if kebab(node, scope) is not None and isinstance(node, Scalar) else None
