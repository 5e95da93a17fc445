"""Test -> Ask: the functions that answer a test on a line, made once for each rule.

Tests have three answers: true, false and unknown (None). What hangs on something that is not known (the
title, the marks of a page) is unknown, under `not` as well, and a rule that hangs on it does not fire.

What a test asks of the text of a line alone is parted from what it asks besides: the first is answered once
for all lines that read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from cleaner import shapes
from cleaner.lines import Facts, Line
from cleaner.sheet import Place
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
    Range,
    ReTest,
    SameAsTest,
    Test,
    TextTest,
    WordsTest,
)

Local = Callable[[Facts], bool]
"""Answers by the text of a line alone."""
Full = Callable[[Line, Place], bool | None]
"""Answers by all that is known; None where it is not."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A test, ready to be asked: it is true where `local` and `rest` are; a part that is None holds."""

    local: Local | None
    rest: Full | None

    def __call__(self, line: Line, place: Place) -> bool | None:
        """Answer on one line: true, false or unknown."""
        if self.local is not None and not self.local(line.facts):
            return False
        return True if self.rest is None else self.rest(line, place)


def ask(test: Test) -> Ask:
    """Give the functions that answer a test."""
    match test:
        case SameAsTest(name):
            return Ask(None, _same_as(name))
        case MarkedTest(marks):
            return Ask(None, _marked(frozenset(marks)))
        case BlankTest(side, bounds):
            return Ask(None, _blank(side, bounds))
        case NotTest(inner):
            return _not(ask(inner))
        case AllTest(tests):
            return all_of(tests)
        case AnyTest(tests):
            return _any([ask(part) for part in sorted(tests, key=cost)])
    return Ask(_local(test), None)


def passes(test: Test, line: Line, place: Place) -> bool | None:
    """Answer one test on one line, for those who ask but once."""
    return ask(test)(line, place)


def full(test: Test) -> Full:
    """Give one function for a test."""
    made = ask(test)
    local = made.local
    if local is None:
        return made.rest or _always
    if made.rest is None:
        return lambda line, place: local(line.facts)
    return made


def _always(line: Line, place: Place) -> bool:
    return True


# ---------------------------------------------------------------------------------------------
# By the text alone

_Single = (
    TextTest
    | HasTest
    | MadeOfTest
    | ReTest
    | LikeTest
    | WordsTest
    | CharsTest
    | EndsTest
    | CaseTest
    | ItemTest
)
_COSTS: dict[type, int] = {
    ItemTest: 0,
    EndsTest: 1,
    HasTest: 2,
    WordsTest: 3,
    CharsTest: 3,
    LikeTest: 4,
    CaseTest: 5,
    TextTest: 6,
    MadeOfTest: 7,
    ReTest: 8,
}


def cost(test: Test) -> int:
    """Rank tests by what they cost: the answer does not hang on their order, the time does."""
    match test:
        case NotTest(inner):
            return cost(inner)
        case AllTest(tests) | AnyTest(tests):
            return max(map(cost, tests), default=0)
    return _COSTS.get(type(test), 9)


def _local(test: _Single) -> Local:  # noqa: C901  # a branch a kind of test
    match test:
        case TextTest(texts):
            return lambda facts: texts.matches(facts.normal, facts.folded)
        case HasTest(literals):
            return _has(literals)
        case MadeOfTest(_, items):
            return lambda facts: items.matches(facts.normal, facts.folded)
        case ReTest(_, compiled, _):
            return lambda facts: compiled.fits(facts.normal)
        case LikeTest(shape):
            return lambda facts: facts.like(shape)
        case WordsTest(bounds):
            return lambda facts: facts.words in bounds
        case CharsTest(bounds):
            return lambda facts: len(facts.normal) in bounds
        case EndsTest(literals):
            return lambda facts: facts.folded.endswith(literals)
        case CaseTest(kind):
            said = shapes.CASES[kind]
            return lambda facts: said(facts.normal)
        case ItemTest(wanted):
            return lambda facts: facts.is_item is wanted
    assert_never(test)


def _has(literals: tuple[str, ...]) -> Local:
    if len(literals) == 1:
        literal = literals[0]
        return lambda facts: literal in facts.folded

    def has(facts: Facts) -> bool:
        folded = facts.folded
        for literal in literals:  # noqa: SIM110  # `any` with a generator costs twice as much
            if literal in folded:
                return True
        return False

    return has


# ---------------------------------------------------------------------------------------------
# By what is known besides


def _same_as(name: str) -> Full:
    if name == "title":
        return lambda line, place: line.is_title(place.sheet.title) if place.sheet.title.keys else None
    if name == "earlier":
        return lambda line, place: line.number in place.sheet.repeated_numbers

    def same(line: Line, place: Place) -> bool | None:
        known = place.names.get(name)
        return None if known is None else line.folded == known

    return same


def _marked(marks: frozenset[str]) -> Full:
    def marked(line: Line, place: Place) -> bool | None:
        known = place.sheet.marks
        return None if known is None else not marks.isdisjoint(known.get(line.number, frozenset()))

    return marked


def _blank(side: str, bounds: Range) -> Full:
    def blank(line: Line, place: Place) -> bool | None:
        if not place.sheet.loose:
            return None
        return (line.blank_above if side == "above" else line.blank_below) in bounds

    return blank


# ---------------------------------------------------------------------------------------------
# Together


def _not(made: Ask) -> Ask:
    local, rest = made.local, made.rest
    if rest is None:
        return Ask(lambda facts: not (local is None or local(facts)), None)

    def other(line: Line, place: Place) -> bool | None:
        answer = made(line, place)
        return None if answer is None else not answer

    return Ask(None, other)


def all_of(tests: Sequence[Test]) -> Ask:
    """Give the functions that answer whether all of some tests hold, the cheapest first."""
    parts = [ask(part) for part in sorted(tests, key=cost)]
    local = _all_local([part.local for part in parts if part.local is not None])
    return Ask(local, _all_full([part.rest for part in parts if part.rest is not None]))


def _all_local(tests: list[Local]) -> Local | None:
    if len(tests) <= 1:
        return tests[0] if tests else None
    if len(tests) == 2:
        first, second = tests
        return lambda facts: first(facts) and second(facts)

    def every(facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110  # `all` with a generator costs twice as much
            if not test(facts):
                return False
        return True

    return every


def _all_full(tests: list[Full]) -> Full | None:
    if len(tests) <= 1:
        return tests[0] if tests else None

    def every(line: Line, place: Place) -> bool | None:
        answer: bool | None = True
        for test in tests:
            one = test(line, place)
            if one is False:
                return False
            if one is None:
                answer = None
        return answer

    return every


def _any(parts: list[Ask]) -> Ask:
    locals_ = [part.local for part in parts if part.local is not None]
    if len(locals_) == len(parts) and not any(part.rest for part in parts):

        def some(facts: Facts) -> bool:
            for test in locals_:  # noqa: SIM110  # as above
                if test(facts):
                    return True
            return False

        return Ask(some, None)

    def any_full(line: Line, place: Place) -> bool | None:
        answer: bool | None = False
        for part in parts:
            one = part(line, place)
            if one:
                return True
            if one is None:
                answer = None
        return answer

    return Ask(None, any_full)
