"""str -> literals: checks that a regular expression is linear, and finds what every match must contain.

The standard library's parser reads the expression (Unicode properties are put aside first). Matching is
always on the whole line, so one repeat that can give back costs one pass; anything that could cost more is
refused here, when the rule is loaded, never met on a text.
"""

from __future__ import annotations

import math
import re
from typing import Any

from cleaner.patterns import PatternError, fold_literal

try:
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError as error:  # pragma: no cover
    raise ImportError("this Python has no re._parser; Python 3.11 to 3.14 have it") from error

MOST_CHOICES = 4_096
_PROPERTY = re.compile(r"\\[pP]\{\^?[A-Za-z_=: ]+\}")


def check(source: str) -> tuple[str, ...]:
    """Raise PatternError where an expression is not safe; give literals of which every match holds one."""
    try:
        tree = parser.parse(_PROPERTY.sub(lambda found: r"\w" + "", source))
    except re.error as error:
        raise PatternError(
            f"an expression that cannot be read: {error.msg}", offset=error.pos or 0, help="see docs/rules.md, 're'"
        ) from error
    cost = _Cost()
    cost.walk(tree, inside=False)
    if cost.open > 1:
        _refuse("two repeats without a bound that can both give back", "write the others possessive: '.*+', '\\w++'")
    if cost.choices > MOST_CHOICES:
        _refuse("more choices than can be tried in a bounded time", "use atomic groups '(?>…)' or fewer optional parts")
    return _literals(list(tree))


def _refuse(what: str, help: str) -> None:
    raise PatternError(what, why="an expression must be linear in the line, whatever the text", help=help)


class _Cost:
    """How often an expression can go back: unbounded repeats, and the product of the bounded choices."""

    def __init__(self) -> None:
        self.open = 0
        self.choices = 1

    def walk(self, tree: Any, *, inside: bool) -> None:
        for operator, value in tree:
            if operator in (sre.ASSERT, sre.ASSERT_NOT):
                _refuse("a look-around", "test the neighbour with 'beside', or the line with 'not'")
            elif operator in (sre.GROUPREF, sre.GROUPREF_EXISTS):
                _refuse("a back-reference", "use 'same-as' for lines that repeat")
            elif operator is sre.BRANCH:
                self.choices *= len(value[1])
                for branch in value[1]:
                    self.walk(branch, inside=inside)
            elif operator is sre.SUBPATTERN:
                self.walk(value[3], inside=inside)
            elif operator is sre.ATOMIC_GROUP:
                self._closed(value, inside=inside)
            elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
                self._repeat(operator, value, inside=inside)

    def _closed(self, tree: Any, *, inside: bool) -> None:
        own = _Cost()
        own.walk(tree, inside=inside)
        if own.open > 1 or own.choices > MOST_CHOICES or (inside and own.open):
            _refuse("an atomic group that can go back too often inside", "make its repeats possessive")

    def _repeat(self, operator: Any, value: Any, *, inside: bool) -> None:
        low, high, body = value
        if low == high:
            for _ in range(min(int(high), 12)):
                self.walk(body, inside=inside)
            return
        if operator is sre.POSSESSIVE_REPEAT:
            self._closed(body, inside=True)
            return
        if inside:
            _refuse("a repeat inside a repeat", "make both possessive: '(?:\\w++ )*+'")
        inner = _Cost()
        inner.walk(body, inside=True)
        if inner.choices > 1:
            _refuse("a choice inside a repeat that can give back", "make the repeat possessive: '(?:a|b)*+'")
        if high is sre.MAXREPEAT:
            self.open += 1
        else:
            self.choices = min(self.choices * (int(high) - int(low) + 1), math.inf)  # type: ignore[assignment]


def _literals(tree: list[Any]) -> tuple[str, ...]:
    """Find the best set of literals: the longest run of plain characters, or one of each branch."""
    best: tuple[str, ...] = ()
    run = ""
    for operator, value in [*tree, (None, None)]:
        if operator is sre.LITERAL:
            run += chr(value)
            continue
        best, run = max(best, _as_literals(run), key=_worth), ""
        if operator is sre.BRANCH:
            branches = [_literals(list(branch)) for branch in value[1]]
            if all(branches):
                best = max(best, tuple(literal for branch in branches for literal in branch), key=_worth)
        elif operator is sre.SUBPATTERN:
            best = max(best, _literals(list(value[3])), key=_worth)
        elif operator is sre.ATOMIC_GROUP:
            best = max(best, _literals(list(value)), key=_worth)
    return best


def _as_literals(run: str) -> tuple[str, ...]:
    folded = fold_literal(run)
    return (folded,) if folded.strip() else ()


def _worth(literals: tuple[str, ...]) -> int:
    return min((len(literal.strip()) for literal in literals), default=0)
