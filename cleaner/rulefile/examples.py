"""Nodes -> Examples: texts that go, texts that stay, pictures of a passage."""

from __future__ import annotations

from cleaner.errors import Address
from cleaner.model import Example
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.nodes import MapNode, Node, Scalar
from cleaner.rulefile.schema import SECTIONS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.source import Place
from cleaner.rulefile.texts import free_text, items, taken_for_a_map

KINDS = {"hits": "hit", "misses": "miss", "shows": "show", "todo-hits": "todo-hit", "todo-misses": "todo-miss"}

Raw = tuple[str, str, Address]
"""The text before and after, and where the example stands."""


def examples(values: Values) -> tuple[Example, ...]:
    """Collect the examples of a rule, kind by kind."""
    return tuple(
        Example(kind, before, after, where)
        for key, kind in KINDS.items()
        for before, after, where in values.get(key, ())
    )


def example_text(node: Node, scope: Scope) -> str | None:
    """Read the text of an example; the line end that a block text has at its end is not part of it."""
    if isinstance(node, Scalar) and node.style in ("'", '"'):
        return node.value
    found = free_text(node, scope)
    return None if found is None else found.value.removesuffix("\n")


def example_texts(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read texts that stay as they are."""
    read = ((example_text(item, scope), item) for item in items(node, scope))
    return tuple((text, text, _where(item, scope)) for text, item in read if text is not None)


def hits(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read texts that go, or pairs of a text and what it becomes."""
    return tuple(raw for item in items(node, scope) if (raw := _hit(item, scope)) is not None)


def _hit(item: Node, scope: Scope) -> Raw | None:
    if not isinstance(item, MapNode) or taken_for_a_map(item, scope) is not None:
        text = example_text(item, scope)
        return None if text is None else (text, "", _where(item, scope))
    values = read_map(item, SECTIONS["example"], scope)
    before, after = (values.get("before"), values.get("after")) if values else (None, None)
    if before is None or after is None:
        return None
    if before == after:
        scope.source.report("E319", item.place, f"'before' and 'after' are the same text{scope.in_rule()}")
        return None
    return before, after, _where(item, scope)


def pictures(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read pictures of a passage."""
    return tuple(raw for item in items(node, scope) if (raw := _picture(item, scope)) is not None)


def _picture(item: Node, scope: Scope) -> Raw | None:
    found = free_text(item, scope)
    if found is None:
        return None
    before: list[str] = []
    after: list[str] = []
    last = ""
    for number, line in enumerate(found.value.removesuffix("\n").split("\n")):
        sign, text = line[:1], line[2:]
        if sign not in "|-<>" or line[1:2] not in ("", " ") or not sign:
            scope.source.report("E315", _line_of(found, number, scope), f"'{line}' has no sign{scope.in_rule()}")
            return None
        if (sign == ">" and last not in ("<", ">")) or (last == "<" and sign in "|-"):
            _torn(found, number, scope)
            return None
        if sign in "|-<":
            before.append(text)
        if sign in "|>":
            after.append(text)
        last = sign
    if last == "<":
        _torn(found, number, scope)
        return None
    return "\n".join(before), "\n".join(after), _where(item, scope)


def _torn(node: Scalar, number: int, scope: Scope) -> None:
    scope.source.report("E316", _line_of(node, number, scope), f"'<' and '>' do not come in pairs{scope.in_rule()}")


def _line_of(node: Scalar, number: int, scope: Scope) -> Place:
    """Give the place of a line of a block text; of the whole text where it is none."""
    if node.style != "|":
        return node.place
    at = node.place.line + 1 + number
    line = scope.source.lines[at] if at < len(scope.source.lines) else ""
    return Place(at, len(line) - len(line.lstrip()), at, len(line))


def _where(node: Node, scope: Scope) -> Address:
    return Address(scope.source.path, node.place.line + 1, node.place.column + 1)
