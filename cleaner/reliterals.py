"""tree -> literals: of which every match of an expression holds one, by which the plan finds its lines."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

from cleaner.folding import fold_literal
from cleaner.rarity import rate
from cleaner.retree import sre

_MOST_LITERALS = 600
_RARE_ENOUGH = 0.001
"""What finds fewer of a thousand lines need not be compared with the rest of the expression."""
_MOST_OPTIONS = 12
"""Characters of a set that are spelled out."""
EDGE = "\n"
"""Stands for the start or end of a line in a literal: a match is the whole line."""


def literals(tree: list[Any]) -> tuple[str, ...]:
    """Find the rarest set of literals of which every whole line that matches holds one.

    Neighbours that stand for a few texts each are multiplied (`[/|] ?(?:AP|AFP)` is eight literals), as long
    as they are not too many; the edges of the line are neighbours too.

    >>> from cleaner.retree import parse
    >>> literals(parse(r".+ (?:AP|AFP)[.)]?"))
    (' afp\\n', ' afp)\\n', ' afp.\\n', ' ap\\n', ' ap)\\n', ' ap.\\n')
    """
    return _of_parts(_begun(_ended(tree)))


_EDGE = (sre.LITERAL, ord(EDGE))


def _begun(tree: list[Any]) -> list[Any]:
    """Put the start of the line in front of what a match may begin with."""
    return [*_with_edge(tree[0], _begun), *tree[1:]] if tree else [_EDGE]


def _ended(tree: list[Any]) -> list[Any]:
    """Put the end of the line behind what a match may end with."""
    return [*tree[:-1], *_with_edge(tree[-1], _ended)] if tree else [_EDGE]


def _with_edge(part: tuple[Any, Any], put: Callable[[list[Any]], list[Any]]) -> list[Any]:
    operator, value = part
    if operator is sre.BRANCH:
        return [(operator, (value[0], [put(list(branch)) for branch in value[1]]))]
    if operator is sre.SUBPATTERN:
        return [(operator, (*value[:3], put(list(value[3]))))]
    return [_EDGE, part] if put is _begun else [part, _EDGE]


def _of_parts(tree: list[Any]) -> tuple[str, ...]:
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
        options = frozenset(map(_folded, written))
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
        branches = [_of_parts(list(branch)) for branch in value[1]]
        return tuple(literal for branch in branches for literal in branch) if all(branches) else ()
    if operator is sre.SUBPATTERN:
        return _of_parts(list(value[3]))
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
        return _of_parts(list(value[2]))
    return ()


def _as_literals(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts as literals: what was put together is folded once more as a whole."""
    return tuple(sorted(set(map(_folded, texts))))


def _folded(text: str) -> str:
    """Fold a literal and leave its edges as they are; no blank stands beside an edge of a line."""
    bare = text.strip(EDGE)
    if bare == text:
        return fold_literal(text)
    start, _, end = text.partition(bare) if bare else (text, "", "")
    folded = fold_literal(bare)
    return start + (folded.lstrip() if start else folded).rstrip(" " if end else "") + end


def _rate(literals: tuple[str, ...]) -> float:
    return sum(map(rate, literals)) if literals else math.inf
