"""Nodes -> Rules: one rule with its anchor, growth, conditions and examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cleaner import clues as finding
from cleaner.errors import Address
from cleaner.rulefile.examples import examples
from cleaner.rulefile.logic import check_rule
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.names import check_names
from cleaner.rulefile.nodes import MapNode, Node, Scalar
from cleaner.rulefile.relations import ONE_OF
from cleaner.rulefile.schema import SECTIONS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.steps import ReadStep
from cleaner.rulefile.texts import free_text
from cleaner.rulefile.values import choice
from cleaner.rulemodel import Condition, Rule, Site, Step, Zone
from cleaner.testmodel import ANY_LINE


@dataclass(frozen=True, slots=True)
class Header:
    """What a pack says for all of its rules."""

    pack: str
    langs: frozenset[str] = frozenset()
    site: Site | None = None


def read_rule(node: Node, header: Header, scope: Scope) -> Rule | None:
    """Read a rule; None where it has a mistake."""
    name = node.get("id") if isinstance(node, MapNode) else None
    scope.rule = f"{header.pack}.{name.value}" if isinstance(name, Scalar) else ""
    known = len(scope.source.errors)
    values = read_map(node, SECTIONS["rule"], scope)
    if values is None:
        return None
    check_rule(values, scope)
    check_names(values, scope)
    if len(scope.source.errors) > known:
        return None
    rule = _build(values, header, scope)
    clues = finding.clues(rule)
    if clues is None and "at" in values:
        what = f"anchor is not selective{scope.in_rule()}"
        scope.source.report("E317", values.nodes["at"].place, what, mark=finding.NOT_SELECTIVE)
    return None if clues is None else replace(rule, clues=clues)


def _build(values: Values, header: Header, scope: Scope) -> Rule:
    action = next(key for key in ONE_OF["rule"] if key in values)
    beside = values.get("beside", (None, None))
    name = values.keys["id"].place
    return Rule(
        id=f"{header.pack}.{values.get('id')}",
        why=values.get("why"),
        action=action,
        label=values.get(action),
        at=values.get("at", ANY_LINE),
        where=Address(scope.source.path, name.line + 1, name.column + 1),
        zone=values.get("in"),
        beside_before=beside[0],
        beside_after=beside[1],
        after=_steps(values.get("after")),
        before=_steps(values.get("before")),
        put=values.get("with", ""),
        condition=values.get("if"),
        css_has=values.get("has", ()),
        css_max_words=values.get("max-words", 150),
        examples=examples(values),
        langs=header.langs,
        site=header.site,
        **_same_name(values),
    )


_SAME_NAME = (
    "run",
    "times",
    "cut",
    "swap",
    "using",
    "css",
    "status",
    "risk",
    "since",
    "source",
    "replaces",
    "tags",
)


def _same_name(values: Values) -> dict[str, Any]:
    """Give the fields that are called in the model as in the file, and are left to the model where absent."""
    return {name: values.get(name) for name in _SAME_NAME if values.get(name) is not None}


def _steps(read: list[ReadStep] | None) -> tuple[Step, ...]:
    return tuple(one.step for one in read or ())


# ---------------------------------------------------------------------------------------------
# Readers of what stands in a rule


def beside(node: Node, scope: Scope) -> tuple[object, object] | None:
    """Read the tests of the neighbours: before, after."""
    values = _some(node, "beside", scope)
    return None if values is None else (values.get("before"), values.get("after"))


def zone(node: Node, scope: Scope) -> Zone | None:
    """Read where an anchor may stand."""
    if not isinstance(node, MapNode):
        kind = choice("zone")(node, scope)
        return Zone(kind) if kind else None
    values = _some(node, "in", scope)
    if values is None:
        return None
    if len(values.nodes) > 1:
        scope.source.report("E124", node.place, f"'first' and 'last' at once{scope.in_rule()}")
        return None
    (name,) = values.nodes
    return Zone(name, values.get(name)) if values.get(name) else None


def condition(node: Node, scope: Scope) -> Condition | None:
    """Read what must hold of the whole document."""
    values = _some(node, "if", scope)
    if values is None:
        return None
    return Condition(values.get("text-has", ()), frozenset(values.get("lang", ())), values.get("site", ()))


def _some(node: Node, section: str, scope: Scope) -> Values | None:
    """Read a map that must hold at least one known key."""
    values = read_map(node, SECTIONS[section], scope)
    if values is None or values.nodes:
        return values
    if isinstance(node, MapNode) and not node.pairs:
        scope.source.report("E105", node.place, f"an empty '{section}'{scope.in_rule()}")
    return None


def swaps(node: Node, scope: Scope) -> tuple[tuple[str, str], ...] | None:
    """Read what is replaced by what; longest first."""
    if not isinstance(node, MapNode) or not node.pairs:
        scope.source.report(
            "E103",
            node.place,
            f"'swap' wants a map of literals{scope.in_rule()}",
            help="write {'&amp;nbsp;': ' '}",
        )
        return None
    return tuple(sorted(_swap_pairs(node, scope), key=lambda pair: (-len(pair[0]), pair[0]))) or None


def _swap_pairs(node: MapNode, scope: Scope) -> Iterator[tuple[str, str]]:
    for key, value in node.pairs:
        if not key.value:
            scope.source.report("E105", key.place, f"an empty text cannot be swapped{scope.in_rule()}")
        elif isinstance(value, Scalar) and value.style in ("'", '"'):
            yield key.value, value.value
        elif (text := free_text(value, scope)) is not None:
            yield key.value, text.value
