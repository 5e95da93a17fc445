"""str -> expression, literals: the escape hatch of the rule language, linear by construction.

RE2 compiles it, so no text can make it slow: there is no look-around, no back-reference and nothing that
gives back. The standard library's parser reads the same source to find what every match must contain, by
which the plan finds the lines.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import re2

from cleaner import narrow
from cleaner.patternreading import PatternError
from cleaner.reliterals import literals
from cleaner.retree import help_for, parse, size

# RE2 knows \w and \d for ASCII alone; rules speak of letters and digits of every script.
_CLASSES = {"w": r"\p{L}\p{N}\p{M}_", "d": r"\p{Nd}"}
_TOKEN = re.compile(r"\\(?:[pP]\{\^?\w+\}|.)|\[\^?\]?|\]|.", re.DOTALL)
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
_COUNTED = re.compile(rf"\{{\d+(?:,\d*)?\}}|{_TOKEN.pattern}", re.DOTALL)


_Matcher = Callable[[bytes], object]


class Expression:
    """An expression that RE2 is known to take, compiled when a line first asks for it.

    Most lines need no more than Latin-1, and a form for it is compiled in no time; others are read as UTF-8.
    """

    __slots__ = ("_encoding", "_narrow", "_wide", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._encoding = ""
        self._narrow: _Forms | None = None
        self._wide: _Forms | None = None

    def fits(self, line: str) -> bool:
        """Tell whether a whole normal line matches."""
        if self._narrow is None:
            self._encoding, self._narrow = _narrowest(self.source)
        try:
            raw = line.encode(self._encoding)
        except UnicodeEncodeError:
            if self._wide is None:
                self._wide = _Forms(self.source, _WIDE)
            return self._wide.fit(line.encode(_WIDE))
        return self._narrow.fit(raw)


_WIDE = "utf-8"


def _narrowest(source: str) -> tuple[str, _Forms]:
    """Give the smallest encoding that an expression can be said in, and its forms there."""
    encoding = narrow.encoding(source)
    forms = _Forms(source, encoding)
    try:
        forms.fit(b"")
    except re2.error:  # what only UTF-8 can say
        return _WIDE, _Forms(source, _WIDE)
    return encoding, forms


class _Forms:
    """An expression in one encoding, and a looser form of it.

    What is counted (`\\p{L}{1,24}`) is written out by RE2, which can take a second to compile and more states
    than it can remember, so lines are shown a form without counts first; what fits it needs the whole.
    """

    __slots__ = ("_encoding", "_exact", "_is_loose", "_loose", "_source")

    def __init__(self, source: str, encoding: str) -> None:
        self._source, self._encoding = source, encoding
        self._loose: _Matcher | None = None
        self._is_loose = False
        self._exact: _Matcher | None = None

    def fit(self, line: bytes) -> bool:
        """Tell whether a whole normal line matches."""
        if self._loose is None:
            self._loose = self._begun()
        if not self._loose(line):
            return False
        if not self._is_loose:
            return True
        if self._exact is None:
            self._exact = _matcher(self._source, self._encoding)
        return bool(self._exact(line))

    def _begun(self) -> _Matcher:
        loose = _without_counts(self._source)
        try:
            made = _matcher(loose, self._encoding)
        except re2.error:  # no expression without its counts, or none in this encoding
            return _matcher(self._source, self._encoding)
        self._is_loose = loose != self._source
        return made


def _matcher(source: str, encoding: str) -> _Matcher:
    """Give a function from the bytes of a line to whether it matches; a set of one tells so at a tenth of the
    cost of a match object. Raises re2.error where RE2 does not take it in this encoding.
    """
    options = _options(_SET_MEMORY)
    written: str | bytes = _unicode(source)
    if encoding != _WIDE:
        options.encoding = re2.Options.Encoding.LATIN1
        written = narrow.narrow(_unicode(source))
    alone = re2.Set.FullMatchSet(options)
    alone.Add(written)
    alone.Compile()
    match: _Matcher = alone.Match
    return match


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
    return "".join(out)


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
