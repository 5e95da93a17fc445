"""tree -> literals: of which every match of an expression holds one, by which the plan finds its lines."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

from cleaner.folding import fold_literal
from cleaner.rarity import LEAST, rate_of_any
from cleaner.retree import items, sre

_MOST_LITERALS = 600
_RARE_ENOUGH = 0.001
"""What finds fewer of a thousand lines need not be compared with the rest of the expression."""
_MOST_OPTIONS = 12
"""Characters of a set that are spelled out."""
EDGE = "\n"
"""Stands for the start or end of a line in a literal: a match is the whole line."""


_Rated = tuple[float, tuple[str, ...]]
"""Literals of which every match holds one, behind how many of a thousand lines they find."""
_NO_LITERALS: _Rated = (math.inf, ())


def literals(tree: Any) -> tuple[str, ...]:
    """Find the rarest set of literals of which every whole line that matches holds one.

    Neighbours that stand for a few texts each are multiplied (`[/|] ?(?:AP|AFP)` is eight literals), as long
    as they are not too many; the edges of the line are neighbours too.

    >>> from cleaner.retree import parse
    >>> literals(parse(r".+ (?:AP|AFP)[.)]?"))
    (' afp\\n', ' afp)\\n', ' afp.\\n', ' ap\\n', ' ap)\\n', ' ap.\\n')
    """
    return _rarest_of(_begun(_ended(tree)))[1]


_EDGE = (sre.LITERAL, ord(EDGE))


def _begun(tree: Any) -> list[Any]:
    """Put the start of the line in front of what a match may begin with."""
    parts = items(tree)
    return [*_with_edge(parts[0], _begun), *parts[1:]] if parts else [_EDGE]


def _ended(tree: Any) -> list[Any]:
    """Put the end of the line behind what a match may end with."""
    parts = items(tree)
    return [*parts[:-1], *_with_edge(parts[-1], _ended)] if parts else [_EDGE]


def _with_edge(part: tuple[Any, Any], put: Callable[[Any], list[Any]]) -> list[Any]:
    operator, value = part
    if operator is sre.BRANCH:
        return [(operator, (value[0], list(map(put, value[1]))))]
    if operator is sre.SUBPATTERN:
        return [(operator, (*value[:3], put(value[3])))]
    return [_EDGE, part] if put is _begun else [part, _EDGE]


def _rarest_of(tree: Any) -> _Rated:
    best = _NO_LITERALS
    window: list[frozenset[str]] = []
    for operator, value in items(tree):
        options = _options_of(operator, value)
        if options is None:
            best = _rarer(best, _rarest(window, best[0]))
            best = _rarer(best, _inside(operator, value, best[0]))
            window = _ending(operator, value)
        else:
            window.append(options)
            if (len(options) > 1 or len(window[0]) > _MOST_LITERALS) and _is_large(window):
                best = _rarer(best, _rarest(window[:-1], best[0]))
                _shorten(window)
        if best[0] <= _RARE_ENOUGH:
            return best
    return _rarer(best, _rarest(window, best[0]))


def _rarer(one: _Rated, other: _Rated) -> _Rated:
    return other if other[0] < one[0] else one


def _rarest(window: list[frozenset[str]], most: float) -> _Rated:
    """The rarest literals that neighbours, or some of them, are together, where they are rarer than ``most``;
    a text that has no alternative is never left out at an end, since with it they are rarer.
    """
    pieces = _pieces(window)
    many = [len(piece) > 1 for piece in pieces]
    starts = [at for at in range(len(pieces)) if at == 0 or many[at - 1]]
    ends = [at + 1 for at in range(len(pieces)) if at == len(pieces) - 1 or many[at + 1]]
    texts = _rarest_span([pieces[start:end] for start in starts for end in ends if start < end])
    return _rated(sorted(texts), most)


def _pieces(window: list[frozenset[str]]) -> list[frozenset[str]]:
    """Join neighbours that stand for one text each, whatever its case."""
    pieces: list[frozenset[str]] = []
    for alone, group in itertools.groupby(map(_lower, window), key=_is_alone):
        if alone:
            pieces.append(frozenset({"".join([text for options in group for text in options])}))
        else:
            pieces += group
    return pieces


def _is_alone(options: frozenset[str]) -> bool:
    return len(options) == 1


@functools.lru_cache(maxsize=1 << 10)  # mostly single letters
def _lower(options: frozenset[str]) -> frozenset[str]:
    """Letters beyond ASCII are not folded yet: how they fold hangs on what stands beside them."""
    return frozenset([text.lower() if text.isascii() else text for text in options])


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_folded_whole, texts))


def _folded_whole(text: str) -> str:
    """Fold a literal and leave its edges as they are; no blank stands beside an edge of a line."""
    bare = text.strip(EDGE)
    if bare == text:
        return fold_literal(text)
    start, _, end = text.partition(bare) if bare else (text, "", "")
    folded = fold_literal(bare)
    return start + (folded.lstrip() if start else folded).rstrip(" " if end else "") + end


def _rarest_span(spans: list[list[frozenset[str]]]) -> Iterable[str]:
    """Give the texts of the span whose texts are the rarest, of two that are as rare the first. Those of few
    texts are asked first: they leave least to be asked of the others.
    """
    best: Iterable[str] = ()
    least = (math.inf, len(spans))
    if len(spans) == 1:
        texts = _folded(_product(spans[0]))
        return texts if all(map(str.strip, texts)) else ()
    for number, span in sorted(enumerate(spans), key=lambda row: math.prod(map(len, row[1]))):
        if max(map(len, span)) * LEAST > least[0]:
            continue
        texts = _folded(_product(span))
        if all(map(str.strip, texts)):
            rated = (rate_of_any(texts, least[0]), number)
            if rated < least:
                best, least = texts, rated
    return best


def _rated(literals: Iterable[str], most: float) -> _Rated:
    known = tuple(literals)
    return (rate_of_any(known, most), known) if known else _NO_LITERALS


def _is_large(window: list[frozenset[str]]) -> bool:
    return math.prod(map(len, window)) > _MOST_LITERALS


def _shorten(window: list[frozenset[str]]) -> None:
    while len(window) > 1 and _is_large(window):
        del window[0]


def _ending(operator: Any, value: Any) -> list[frozenset[str]]:
    """How a part ends that every match goes through: `(?:.+[/|] ?){1,3}` with a stroke."""
    if operator is sre.SUBPATTERN:
        tree = value[3]
    elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        tree = value[2]
    else:
        return []
    window: list[frozenset[str]] = []
    for inner, held in items(tree):
        options = _options_of(inner, held)
        window = _ending(inner, held) if options is None else [*window, options]
    _shorten(window)
    return window


def _options_of(operator: Any, value: Any) -> frozenset[str] | None:
    """The few texts that a part can be; None where they are too many."""
    if operator is sre.LITERAL:
        return _letter(value)
    if operator is sre.AT:
        return frozenset({""})
    if operator is sre.IN:
        return _members(value)
    if operator is sre.SUBPATTERN:
        return _texts_of(value[3])
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[1] == 1:
        once = _texts_of(value[2])
        return once if once is None or value[0] else once | {""}
    if operator is sre.BRANCH:
        found: set[str] = set()
        for branch in value[1]:
            texts = _texts_of(branch)
            if texts is None:
                return None
            found |= texts
        return frozenset(found) if len(found) <= _MOST_LITERALS else None
    return None


@functools.lru_cache(maxsize=1 << 10)
def _letter(code: int) -> frozenset[str]:
    return frozenset({chr(code)})


def _texts_of(tree: Any) -> frozenset[str] | None:
    sets: list[frozenset[str]] = []
    for operator, value in items(tree):
        options = _options_of(operator, value)
        if options is None:
            return None
        sets.append(options)
        if len(options) > 1 and _is_large(sets):
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


def _inside(operator: Any, value: Any, most: float) -> _Rated:
    """The literals of a part that every match goes through, where they can be rarer than ``most``."""
    if operator is sre.BRANCH:
        if len(value[1]) * LEAST > most:
            return _NO_LITERALS
        branches = [_rarest_of(branch)[1] for branch in value[1]]
        return _rated(itertools.chain(*branches), most) if all(branches) else _NO_LITERALS
    if operator is sre.SUBPATTERN:
        return _rarest_of(value[3])
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        return _rarest_of(value[2])
    return _NO_LITERALS
