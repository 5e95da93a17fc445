"""Rule + line -> phrase: the first part of an `at` that a line fails, in the words of the rule file."""

from __future__ import annotations

from cleaner import shapes
from cleaner.asking import passes
from cleaner.lines import Line
from cleaner.match import cut_spans
from cleaner.patterns import Pattern
from cleaner.rulemodel import Rule
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
    ReTest,
    SameAsTest,
    Test,
    TextTest,
    WordsTest,
)

_MOST_SHOWN = 3


def first_failure(rule: Rule, line: Line, place: Place) -> str:
    """Say which part of a rule's `at` a line fails first; empty where it passes."""
    if rule.cut != "line":
        if cut_spans(rule.at, rule.cut, line, place):
            return ""
        text = next((test for test in _flat(rule.at) if isinstance(test, TextTest)), None)
        looked = f" such as {_nearest(text, line)!r}" if text else ""
        return f"no part of the line passes 'at' with 'cut: {rule.cut}'{looked}"
    return _failure(rule.at, line, place)


def _failure(test: Test, line: Line, place: Place) -> str:
    answer = passes(test, line, place)
    if answer:
        return ""
    if isinstance(test, AllTest):
        return next(phrase for part in test.tests if (phrase := _failure(part, line, place)))
    if isinstance(test, AnyTest):
        return _of_any(test, line, place)
    unknown = "is unknown here: " if answer is None else ""
    return f"'{_key(test)}' {unknown}{_detail(test, line, place)}"


def _of_any(test: AnyTest, line: Line, place: Place) -> str:
    """Of alternatives, tell about the one that shares the longest text with the line."""
    parts = sorted(test.tests, key=lambda part: -_shared(part, line))
    return f"{_failure(parts[0], line, place)} (nor does another of {len(parts)} ways hold)"


def _shared(test: Test, line: Line) -> int:
    return max((len(text) for part in _flat(test) for text in _texts(part) if text in line.folded), default=0)


def _flat(test: Test) -> list[Test]:
    parts = test.tests if isinstance(test, AllTest | AnyTest) else ()
    return [test, *(one for part in parts for one in _flat(part))]


def _texts(test: Test) -> tuple[str, ...]:
    match test:
        case TextTest(texts):
            return tuple(one for pattern in texts.patterns for one in _pattern_texts(pattern))
        case HasTest(literals) | EndsTest(literals):
            return literals
        case MadeOfTest(_, items):
            return tuple(items.texts)
    return ()


def _pattern_texts(pattern: Pattern) -> list[str]:
    return [text for texts in ((pattern.exact or frozenset()), *pattern.literals) for text in texts]


def _nearest(test: TextTest, line: Line) -> str:
    """Give the pattern that shares the longest text with the line."""
    return max(
        test.texts.patterns,
        key=lambda pattern: max(
            (len(one) for one in _pattern_texts(pattern) if one.strip() in line.folded), default=0
        ),
    ).source


_KEYS: dict[type, str] = {
    TextTest: "text",
    HasTest: "has",
    MadeOfTest: "made-of",
    ReTest: "re",
    LikeTest: "like",
    WordsTest: "words",
    CharsTest: "chars",
    EndsTest: "ends",
    ItemTest: "item",
    CaseTest: "case",
    MarkedTest: "marked",
    SameAsTest: "same-as",
    NotTest: "not",
}


def _key(test: Test) -> str:
    return f"blank-{test.side}" if isinstance(test, BlankTest) else _KEYS[type(test)]


def _detail(test: Test, line: Line, place: Place) -> str:
    match test:
        case TextTest():
            return f"fails: {_nearest(test, line)!r} does not cover the whole line"
        case HasTest(literals) | EndsTest(literals):
            return f"finds none of {_some(literals)}"
        case MadeOfTest(name, _):
            return f"fails: the line holds more than items of '{name}'"
        case ReTest(source, _, _):
            return f"fails: {source!r} does not match the whole line"
        case LikeTest(shape):
            return f"fails: the line is not like '{shape}' ({shapes.SHAPES[shape].about})"
        case WordsTest(bounds):
            return f"wants {bounds}, the line has {line.words}"
        case CharsTest(bounds):
            return f"wants {bounds}, the line has {len(line.normal)}"
        case BlankTest(side, bounds):
            return f"wants {bounds}, the line has {line.blank_above if side == 'above' else line.blank_below}"
    return _other_detail(test, line, place)


def _other_detail(test: Test, line: Line, place: Place) -> str:
    match test:
        case ItemTest(wanted):
            return "wants a list mark" if wanted else "wants no list mark"
        case CaseTest(kind):
            return f"fails: the line is not in {kind} case"
        case MarkedTest(marks):
            return f"wants {_some(marks)} of the page"
        case SameAsTest(name):
            return f"fails: it is not the same text as '{name}'"
        case NotTest(inner):
            return f"fails: {_describe(inner, line, place)}"
    return "fails"


def _describe(test: Test, line: Line, place: Place) -> str:
    """Say which of the tests under a `not` holds."""
    if isinstance(test, AnyTest):
        test = next((part for part in test.tests if passes(part, line, place)), test)
    match test:
        case TextTest(texts):
            held = next((one.source for one in texts.patterns if one.matches(line.normal)), "")
            return f"the line looks like {held!r}"
        case HasTest(literals) | EndsTest(literals):
            return f"the line has {_some(tuple(one for one in literals if one in line.folded))}"
        case LikeTest(shape):
            return f"the line is like '{shape}'"
        case WordsTest(bounds):
            return f"the line has {line.words} words, which is in {bounds}"
    return "the test under it holds"


def _some(texts: tuple[str, ...]) -> str:
    more = f" and {len(texts) - _MOST_SHOWN} more" if len(texts) > _MOST_SHOWN else ""
    return ", ".join(repr(text) for text in texts[:_MOST_SHOWN]) + more
