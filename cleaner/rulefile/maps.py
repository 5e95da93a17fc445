"""MapNode -> Values: the keys of a map, checked against the table and read each by its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from cleaner.rulefile.hiding import quoted
from cleaner.rulefile.nodes import MapNode, Node, Scalar
from cleaner.rulefile.schema import Key, Section
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.texts import kind_of, taken_for_a_map

_MAYBE_TEXTS = ("line test", "example")
"""Sections in whose place a text may stand as well."""


@dataclass(slots=True)
class Values:
    """What a map holds: the values that could be read, and the nodes of all known keys."""

    node: MapNode
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        """Tell whether the key was written, whatever its value."""
        return name in self.nodes

    def get(self, name: str, default: Any = None) -> Any:
        """Give the value of a key, or the default where it is absent or wrong."""
        return self.values.get(name, default)


def read_map(node: Node, section: Section, scope: Scope) -> Values | None:
    """Read a map; None when the node is none. Unknown keys do not hide other mistakes."""
    if not isinstance(node, MapNode):
        scope.source.report(
            "E103",
            node.place,
            f"{_article(section.name)} wants a map, not {kind_of(node)}",
            help=f"write {_sketch(section)}",
        )
        return None
    found = Values(node)
    for key, value in node.pairs:
        row = section.keys.get(key.value) or _unknown(key, section, node, scope)
        if row and row.name not in found.nodes:
            found.keys[row.name], found.nodes[row.name] = key, value
    for row in section.required:
        if row.name not in found.nodes and not row.told:
            _missing(row, found, section, scope)
    outer = scope.key
    for name, value in found.nodes.items():
        scope.key = section.keys[name]
        read = scope.readers[scope.key.kind](value, scope)
        if read is not None:
            found.values[name] = read
    scope.key = outer
    return found


def _unknown(key: Scalar, section: Section, node: MapNode, scope: Scope) -> Key | None:
    """Report an unknown key; give the row that was probably meant, if the map does not have it yet."""
    near = get_close_matches(key.value, section.keys, n=1) or get_close_matches(
        key.value.lower(), section.keys, n=1
    )
    text = taken_for_a_map(node, scope) if not near and section.name in _MAYBE_TEXTS else None
    if text is not None:
        scope.source.report(
            "E013", node.place, "a text that holds ': ' must be quoted", help=f"write {quoted(text)}"
        )
        return None
    help = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(section.keys)}"
    scope.source.report(
        "E101",
        key.place,
        f"unknown key '{key.value}' in {_where(section, scope)}",
        help=help,
    )
    if near and all(other.value != near[0] for other, _ in node.pairs):
        return section.keys[near[0]]
    return None


def _missing(row: Key, found: Values, section: Section, scope: Scope) -> None:
    first = found.node.pairs[0][0].place if found.node.pairs else found.node.place
    scope.source.report(
        "E102",
        first,
        f"{_where(section, scope)} without '{row.name}'",
        note=f"'{row.name}': {row.about}",
        help=f"add {row.shown()}",
    )


def _article(name: str) -> str:
    """Give a section's name in a sentence; those named after their key stand in quotes."""
    if name in ("beside", "in", "if"):
        return f"'{name}'"
    return name if name.endswith("s") else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _where(section: Section, scope: Scope) -> str:
    """Give ``a step of rule en.newsletter`` or ``rule en.newsletter``."""
    if not scope.rule:
        return _article(section.name)
    return (
        f"rule {scope.rule}" if section.name == "rule" else f"{_article(section.name)} of rule {scope.rule}"
    )


def _sketch(section: Section) -> str:
    shown = [key for key in section.keys.values() if key.required] or list(section.keys.values())[:1]
    return "{" + ", ".join(f"{key.name}: {key.example}" for key in shown) + "}"
