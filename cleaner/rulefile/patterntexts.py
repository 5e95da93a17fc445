"""Nodes -> Patterns, literals and expressions, with the mistake pointed at inside the text."""

from __future__ import annotations

import re

from cleaner.folding import fold_literal
from cleaner.patternreading import PatternError, compile_pattern, compile_re
from cleaner.patterns import Pattern
from cleaner.rulefile.nodes import Node, Scalar
from cleaner.rulefile.scope import Lists, Scope
from cleaner.rulefile.source import Place
from cleaner.rulefile.texts import free_text
from cleaner.testmodel import ReTest

MOST_WRITTEN_OUT = 200_000
_SLOT = re.compile(r"\\.|<([a-z][a-z0-9-]*)>", re.DOTALL)


def slots_in(source: str) -> list[str]:
    """Give the names of the slots of a pattern."""
    return [name for name in _SLOT.findall(source) if name] if "<" in source else []


def written_out(source: str, lists: Lists) -> int:
    """Give how many characters a pattern has when its lists are written out."""
    if "<" not in source:
        return len(source)
    return len(source) + sum([lists.sizes.get(name, 0) for name in slots_in(source)])


def pattern(node: Node, scope: Scope) -> Pattern | None:
    """Read one pattern."""
    found = free_text(node, scope)
    if found is None:
        return None
    source = found.value.strip("\n")
    if scope.lists.broken and not scope.lists.broken.isdisjoint(slots_in(source)):
        return None
    if written_out(source, scope.lists) > MOST_WRITTEN_OUT:
        scope.source.report(
            "E206",
            found.place,
            "a pattern that is too large when its lists are written out",
            note=f"at most {MOST_WRITTEN_OUT:,} characters can be searched for at once",
            help="use fewer lists in one pattern",
        )
        return None
    try:
        return compile_pattern(source, scope.lists.items)
    except PatternError as error:
        _report(error, "E205" if error.what.startswith("unknown slot") else "E201", found, scope)
    except RecursionError:
        scope.source.report("E201", found.place, "a pattern that is too deep")
    return None


def expression(node: Node, scope: Scope) -> ReTest | None:
    """Read a safe regular expression."""
    found = free_text(node, scope)
    if found is None:
        return None
    source = found.value.strip("\n")
    try:
        compiled, literals = compile_re(source)
    except PatternError as error:
        _report(error, "E202", found, scope)
        return None
    except (RecursionError, OverflowError):
        scope.source.report("E202", found.place, "an expression that is too deep or counts too far")
        return None
    return ReTest(source, compiled, tuple(literals))


def literal(node: Node, scope: Scope) -> str | None:
    """Read a literal and fold it; one blank stays at an end where the author wrote one."""
    found = free_text(node, scope)
    if found is None:
        return None
    text = found.value if found.style in ("'", '"') else found.value.strip()
    folded = fold_literal(text)
    if not folded.strip():
        scope.source.report("E203", found.place, "a literal of which nothing is left")
        return None
    return folded


def _report(error: PatternError, code: str, node: Scalar, scope: Scope) -> None:
    scope.source.report(
        code,
        inner_place(node, error.offset, error.length, scope),
        f"{error.what}{scope.in_rule()}",
        note=error.why,
        help=error.help,
    )


def inner_place(node: Scalar, offset: int, length: int, scope: Scope) -> Place:
    """Give the place of a part of a text, where the file holds it letter by letter; else of the text."""
    place = node.place
    start = place.column + (node.style in ("'", '"')) + offset
    line = scope.source.lines[place.line]
    if place.line == place.end_line and line[start : start + length] == node.value[offset : offset + length]:
        return Place(place.line, start, place.line, min(start + max(length, 1), place.end_column))
    return place
