"""str -> tree: expressions as the standard library's parser reads them, and what can be counted in them.

RE2 takes the same language but for a few forms, which are refused here by name.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from typing import Any

from cleaner.patternreading import PatternError

try:
    from re import _constants, _parser  # type: ignore[attr-defined]
except ImportError as error:  # pragma: no cover
    raise ImportError("this Python has no re._parser; Python 3.11 to 3.14 have it") from error

sre: Any = _constants
"""The names of operators in trees."""
_PROPERTY = re.compile(r"\\[pP]\{\^?\w+\}")
_POSIX_CLASS = re.compile(
    r"\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]"
)
_NO_COUNT = re.compile(r"(?<!\\)\{,\d+\}")
_POSSESSIVE = re.compile(r"(?<!\\)[*+?}]\+|\(\?>")

_CHAR_STEPS = 32
_CLASS_STEPS = dict.fromkeys((sre.CATEGORY_SPACE, sre.CATEGORY_NOT_SPACE), _CHAR_STEPS) | dict.fromkeys(
    (sre.CATEGORY_DIGIT, sre.CATEGORY_NOT_DIGIT), 200
)
_MOST_CLASS_STEPS = 1_600
"""What a class of letters of all scripts takes at most."""
_HELPS = {
    "possessive": "write '+', '*', '?' and '(?:…)': nothing is given back here, "
    "so possessive forms have no use",
    "look-around": "test the neighbour with 'beside', or the line with 'not'",
    "back-reference": "use 'same-as' for lines that repeat",
}


def help_for(source: str) -> str:
    """Say what to write instead of an expression that is not taken."""
    return _HELPS.get(_trouble(source), "see docs/rules.md, 're'")


def _trouble(source: str) -> str:
    if _POSSESSIVE.search(source):
        return "possessive"
    if re.search(r"\(\?<?[=!]", source):
        return "look-around"
    return "back-reference" if re.search(r"\\[1-9]|\(\?P=", source) else ""


@functools.lru_cache(maxsize=16)
def parse(source: str) -> Any:
    """Read an expression as a tree, a sequence of operators and values with a width."""
    named = _POSIX_CLASS.search(source)
    if named:  # RE2 takes it, and the parser takes it for something else
        raise PatternError(
            f"the class {named[0]}",
            offset=named.start(),
            length=len(named[0]),
            why="such classes know the letters of English alone",
            help="write a class for all scripts, such as \\p{L}, \\d or \\s",
        )
    count = _NO_COUNT.search(source)
    if count:
        raise PatternError(
            f"the count {count[0]}",
            offset=count.start(),
            length=len(count[0]),
            why="RE2 takes it for the characters themselves",
            help=f"write {{0{count[0][1:]}, or \\{{ for the character",
        )
    try:
        return _parser.parse(_PROPERTY.sub(r"\\w", source))
    except re.error as error:
        raise PatternError(
            f"an expression that cannot be read: {error.msg}",
            offset=error.pos or 0,
            why="it is no regular expression",
            help=help_for(source),
        ) from error


def extent(source: str) -> tuple[int, bool]:
    """Give the most characters that a match has (4,294,967,295 and more: any number), and whether it needs a
    digit.
    """
    tree = parse(source)
    return tree.getwidth()[1], _needs_digit(tree)


def _needs_digit(tree: Any) -> bool:
    return any(_is_digit(operator, value) for operator, value in items(tree))


def _is_digit(operator: Any, value: Any) -> bool:
    """Tell whether a part holds a digit in every match."""
    if operator is sre.LITERAL:
        return chr(value).isdecimal()
    if operator is sre.IN:
        return all(_is_digit(kind, held) for kind, held in value)
    if operator is sre.RANGE:
        return all(chr(edge).isdecimal() for edge in value) and value[1] - value[0] < 10
    if operator is sre.CATEGORY:
        return bool(value is sre.CATEGORY_DIGIT)
    if operator is sre.BRANCH:
        return all(map(_needs_digit, value[1]))
    if operator is sre.SUBPATTERN:
        return _needs_digit(value[3])
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return value[0] > 0 and _needs_digit(value[2])
    return False


def items(tree: Any) -> Sequence[Any]:
    """Give the operators and values of a tree, or of a list of them; to ask the tree itself for each costs
    ten times as much.
    """
    found: list[Any] = tree if isinstance(tree, list) else tree.data
    return found


def size(tree: Any) -> float:
    """Bound the steps of the compiled expression from above; infinite where a part is not known."""
    steps: float = 0
    for operator, value in items(tree):
        steps += _CHAR_STEPS if operator is sre.LITERAL else _steps(operator, value)
    return steps


def _steps(operator: Any, value: Any) -> float:
    if operator in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.AT):
        return _CHAR_STEPS
    if operator is sre.IN:
        return _CHAR_STEPS + sum(
            _CLASS_STEPS.get(name, _MOST_CLASS_STEPS) if kind is sre.CATEGORY else _CHAR_STEPS
            for kind, name in value
        )
    if operator is sre.BRANCH:
        return _CHAR_STEPS + sum(map(size, value[1]))
    if operator is sre.SUBPATTERN:
        return _CHAR_STEPS + size(value[3])
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        low, high, part = value
        times: int = low + 1 if high is sre.MAXREPEAT else high
        return times * (_CHAR_STEPS + size(part))
    return math.inf
