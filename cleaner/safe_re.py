"""str -> expression, literals: the escape hatch of the rule language, linear by construction.

RE2 compiles it, so no text can make it slow: there is no look-around, no back-reference and nothing that
gives back. The standard library's parser reads the same source to find what every match must contain, by
which the plan finds the lines.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterable
from typing import Any

import re2

from cleaner.folding import fold_literal
from cleaner.patternreading import PatternError
from cleaner.rarity import rate

try:
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError as error:  # pragma: no cover
    raise ImportError("this Python has no re._parser; Python 3.11 to 3.14 have it") from error

# RE2 knows \w and \d for ASCII alone; rules speak of letters and digits of every script.
_CLASSES = {"w": r"\p{L}\p{N}\p{M}_", "d": r"\p{Nd}"}
_TOKEN = re.compile(r"\\(?:[pP]\{\^?\w+\}|.)|\[\^?\]?|\]|.", re.DOTALL)
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
_COUNTED = re.compile(rf"\{{\d+(?:,\d*)?\}}|{_TOKEN.pattern}", re.DOTALL)
_PROPERTY = re.compile(r"\\[pP]\{\^?\w+\}")
_POSIX_CLASS = re.compile(
    r"\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]"
)
_NO_COUNT = re.compile(r"(?<!\\)\{,\d+\}")
_POSSESSIVE = re.compile(r"(?<!\\)[*+?}]\+|\(\?>")


class Expression:
    """An expression that RE2 is known to take, compiled when a line first asks for it.

    What is counted (`\\p{L}{1,24}`) is written out by RE2, which can take a second, so lines are shown a
    looser form without counts first; only one that fits it needs the whole.
    """

    __slots__ = ("_exact", "_loose", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._loose: Any = None
        self._exact: Any = None

    def fits(self, line: str) -> bool:
        """Tell whether a whole normal line matches."""
        if self._exact is None:
            if self._loose is None:
                self._loose = _matcher(_without_counts(self.source))
            if not self._loose(line):
                return False
            self._exact = _matcher(self.source)
        return bool(self._exact(line))


def _matcher(source: str) -> Any:
    """Give a function from a line to whether it matches; a set of one tells so at a tenth of the cost of a
    match object.
    """
    alone = re2.Set.FullMatchSet(_options(_SET_MEMORY))
    alone.Add(_unicode(source))
    alone.Compile()
    return alone.Match


def compile_re(source: str) -> tuple[Expression, tuple[str, ...]]:
    """Read an expression for whole normal lines; give it and folded literals of which every match holds one.

    Raises PatternError for what RE2 does not take, and says what to write instead.
    """
    tree = _parse(source)
    if _size(tree) > _SURELY_SMALL or not _is_read(source):
        _compile(source)
    return Expression(source), _literals(tree)


def _options(memory: int | None = None) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = memory or _MEMORY
    return options


def _is_read(source: str) -> bool:
    """Tell whether RE2 can read an expression; to compile it would cost thirty times as much."""
    try:
        re2.Set.FullMatchSet(_options()).Add(_unicode(source))
    except re2.error:
        return False
    return True


def _compile(source: str) -> Any:
    try:
        return re2.compile(_unicode(source), _options())
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        raise PatternError(
            f"an expression that RE2 does not take: {reason}",
            length=len(source),
            why="expressions must be linear in the line, whatever the text, and RE2 makes them so",
            help=_HELPS.get(_trouble(source), "see docs/rules.md, 're'"),
        ) from error


_MEMORY = 1 << 25
_SET_MEMORY = 1 << 27
"""A set of one needs more for what one expression alone may take."""
_SURELY_SMALL = 1_000_000
"""RE2 gives up past 1.4 million steps with this memory."""
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


def _trouble(source: str) -> str:
    if _POSSESSIVE.search(source):
        return "possessive"
    if re.search(r"\(\?<?[=!]", source):
        return "look-around"
    return "back-reference" if re.search(r"\\[1-9]|\(\?P=", source) else ""


@functools.lru_cache(maxsize=16)
def _parse(source: str) -> Any:
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
        return parser.parse(_PROPERTY.sub(r"\\w", source))
    except re.error as error:
        raise PatternError(
            f"an expression that cannot be read: {error.msg}",
            offset=error.pos or 0,
            why="it is no regular expression",
            help=_HELPS.get(_trouble(source), "see docs/rules.md, 're'"),
        ) from error


def extent(source: str) -> tuple[int, bool]:
    """Give the most characters that a match has (4,294,967,295 and more: any number), and whether it needs a
    digit.
    """
    tree = _parse(source)
    return tree.getwidth()[1], _needs_digit(tree)


def _needs_digit(tree: Iterable[Any]) -> bool:
    return any(_is_digit(operator, value) for operator, value in tree)


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


def _size(tree: list[Any]) -> float:
    """Bound the steps of the compiled expression from above; infinite where a part is not known."""
    return sum(_steps(operator, value) for operator, value in tree)


def _steps(operator: Any, value: Any) -> float:
    if operator in (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.AT):
        return _CHAR_STEPS
    if operator is sre.IN:
        return _CHAR_STEPS + sum(
            _CLASS_STEPS.get(name, _MOST_CLASS_STEPS) if kind is sre.CATEGORY else _CHAR_STEPS
            for kind, name in value
        )
    if operator is sre.BRANCH:
        return _CHAR_STEPS + sum(_size(list(branch)) for branch in value[1])
    if operator is sre.SUBPATTERN:
        return _CHAR_STEPS + _size(list(value[3]))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        low, high, part = value
        times: int = low + 1 if high is sre.MAXREPEAT else high
        return times * (_CHAR_STEPS + _size(list(part)))
    return math.inf


def _without_counts(source: str) -> str:
    """Give a looser expression, which every line that matches this one matches too.

    >>> _without_counts("a{2,5}[{1}]{0,3}")
    'a+[{1}]*'
    """
    out, inside = [], False
    for token in _COUNTED.findall(source):
        inside = (inside or token[0] == "[") and token != "]"
        count = not inside and _COUNT.fullmatch(token)
        out.append(("+" if int(count[1]) else "*") if count else token)
    loose = "".join(out)
    return loose if _is_read(loose) else source


@functools.cache
def _unicode(source: str) -> str:
    r"""Spell out \w and \d for all scripts, inside sets and outside."""
    out, inside = [], False
    for token in _TOKEN.findall(source):
        if token[0] == "[" and not inside:
            inside = True
        elif token == "]" and inside:
            inside = False
        elif token[0] == "\\" and token[1:] in _CLASSES:
            token = _CLASSES[token[1:]] if inside else f"[{_CLASSES[token[1:]]}]"
        out.append(token)
    return "".join(out)


_MOST_LITERALS = 600
_RARE_ENOUGH = 0.001
"""What finds fewer of a thousand lines need not be compared with the rest of the expression."""
_MOST_OPTIONS = 12
"""Characters of a set that are spelled out."""


def _literals(tree: list[Any]) -> tuple[str, ...]:
    """Find the rarest set of literals of which every match holds one.

    Neighbours that stand for a few texts each are multiplied (`[/|] ?(?:AP|AFP)` is eight literals), as long
    as they are not too many.
    """
    best: tuple[str, ...] = ()
    window: list[frozenset[str]] = []
    for operator, value in tree:
        options = _options_of(operator, value)
        if options is None:
            best = min(best, _rarest(window), _inside(operator, value), key=_rate)
            window = _ending(operator, value)
        else:
            window.append(options)
            if _is_large(window):
                best = min(best, _rarest(window[:-1]), key=_rate)
                _shorten(window)
        if _rate(best) <= _RARE_ENOUGH:
            return best
    return min(best, _rarest(window), key=_rate)


def _rarest(window: list[frozenset[str]]) -> tuple[str, ...]:
    """The rarest literals that neighbours, or some of them, are together; a text that has no alternative is
    never left out at an end, since with it they are rarer.
    """
    pieces: list[frozenset[str]] = []
    for written in window:
        options = frozenset(map(fold_literal, written))
        if pieces and len(options) == len(pieces[-1]) == 1:
            pieces[-1] = _product([pieces[-1], options])
        else:
            pieces.append(options)
    many = [len(piece) > 1 for piece in pieces]
    starts = [at for at in range(len(pieces)) if at == 0 or many[at - 1]]
    ends = [at + 1 for at in range(len(pieces)) if at == len(pieces) - 1 or many[at + 1]]
    spans = [_product(pieces[start:end]) for start in starts for end in ends if start < end]
    worded: list[tuple[str, ...]] = [tuple(span) for span in spans if all(text.strip() for text in span)]
    best = min(worded, key=_rate, default=())
    return _as_literals(best)


def _is_large(window: list[frozenset[str]]) -> bool:
    return math.prod(map(len, window)) > _MOST_LITERALS


def _shorten(window: list[frozenset[str]]) -> None:
    while len(window) > 1 and _is_large(window):
        del window[0]


def _ending(operator: Any, value: Any) -> list[frozenset[str]]:
    """How a part ends that every match goes through: `(?:.+[/|] ?){1,3}` with a stroke."""
    if operator is sre.SUBPATTERN:
        tree = list(value[3])
    elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        tree = list(value[2])
    else:
        return []
    window: list[frozenset[str]] = []
    for inner, held in tree:
        options = _options_of(inner, held)
        window = _ending(inner, held) if options is None else [*window, options]
    _shorten(window)
    return window


def _options_of(operator: Any, value: Any) -> frozenset[str] | None:
    """The few texts that a part can be; None where they are too many."""
    if operator is sre.LITERAL:
        return frozenset({chr(value)})
    if operator is sre.AT:
        return frozenset({""})
    if operator is sre.IN:
        return _members(value)
    if operator is sre.SUBPATTERN:
        return _texts_of(list(value[3]))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[1] == 1:
        once = _texts_of(list(value[2]))
        return once if once is None or value[0] else once | {""}
    if operator is sre.BRANCH:
        found: set[str] = set()
        for branch in value[1]:
            texts = _texts_of(list(branch))
            if texts is None:
                return None
            found |= texts
        return frozenset(found) if len(found) <= _MOST_LITERALS else None
    return None


def _texts_of(tree: list[Any]) -> frozenset[str] | None:
    sets: list[frozenset[str]] = []
    for operator, value in tree:
        options = _options_of(operator, value)
        if options is None:
            return None
        sets.append(options)
        if _is_large(sets):
            return None
    return _product(sets)


def _members(members: list[Any]) -> frozenset[str] | None:
    """The characters of a set, where they are few."""
    if any(kind not in (sre.LITERAL, sre.RANGE) for kind, _ in members):
        return None
    codes = [
        code
        for kind, held in members
        for code in (range(held[0], held[1] + 1) if kind is sre.RANGE else [held])
        if kind is sre.LITERAL or held[1] - held[0] <= _MOST_OPTIONS
    ]
    whole = all(kind is sre.LITERAL or held[1] - held[0] <= _MOST_OPTIONS for kind, held in members)
    return frozenset(map(chr, codes)) if whole and len(codes) <= _MOST_OPTIONS else None


def _product(sets: list[frozenset[str]]) -> frozenset[str]:
    return frozenset(map("".join, itertools.product(*sets)))


def _inside(operator: Any, value: Any) -> tuple[str, ...]:
    """The literals of a part that every match goes through."""
    if operator is sre.BRANCH:
        branches = [_literals(list(branch)) for branch in value[1]]
        return tuple(literal for branch in branches for literal in branch) if all(branches) else ()
    if operator is sre.SUBPATTERN:
        return _literals(list(value[3]))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        return _literals(list(value[2]))
    return ()


def _as_literals(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts as literals: what was put together is folded once more as a whole."""
    return tuple(sorted(set(map(fold_literal, texts))))


def _rate(literals: tuple[str, ...]) -> float:
    return sum(map(rate, literals)) if literals else math.inf
