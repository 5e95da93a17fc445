"""str -> expression, literals: the escape hatch of the rule language, linear by construction.

RE2 compiles it, so no text can make it slow: there is no look-around, no back-reference and nothing that
gives back. The standard library's parser reads the same source to find what every match must contain, by
which the plan finds the lines.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import re2

from cleaner.patternreading import PatternError
from cleaner.reliterals import literals
from cleaner.retree import help_for, parse, size

# RE2 knows \w and \d for ASCII alone; rules speak of letters and digits of every script.
_CLASSES = {"w": r"\p{L}\p{N}\p{M}_", "d": r"\p{Nd}"}
_TOKEN = re.compile(r"\\(?:[pP]\{\^?\w+\}|.)|\[\^?\]?|\]|.", re.DOTALL)
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
_COUNTED = re.compile(rf"\{{\d+(?:,\d*)?\}}|{_TOKEN.pattern}", re.DOTALL)


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
    tree = parse(source)
    if size(tree) > _SURELY_SMALL or not _is_read(source):
        _compile(source)
    return Expression(source), literals(tree)


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
            help=help_for(source),
        ) from error


_MEMORY = 1 << 25
_SET_MEMORY = 1 << 27
"""A set of one needs more for what one expression alone may take."""
_SURELY_SMALL = 1_000_000
"""RE2 gives up past 1.4 million steps with this memory."""


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
