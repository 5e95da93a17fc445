"""Nodes -> Examples: texts that go, texts that stay, pictures of a passage."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.errors import Address
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.nodes import MapNode, Node, Scalar
from cleaner.rulefile.pictures import read_picture
from cleaner.rulefile.schema import SECTIONS
from cleaner.rulefile.scope import Scope
from cleaner.rulefile.texts import free_text, items, taken_for_a_map
from cleaner.rulemodel import Example

KINDS = {
    "hits": "hit",
    "misses": "miss",
    "shows": "show",
    "todo-hits": "todo-hit",
    "todo-misses": "todo-miss",
}


@dataclass(frozen=True, slots=True)
class Raw:
    """An example before it is known under which key it stands."""

    before: str
    after: str
    where: Address
    title: str | None = None


def examples(values: Values) -> tuple[Example, ...]:
    """Collect the examples of a rule, kind by kind."""
    return tuple(
        Example(kind, raw.before, raw.after, raw.where, raw.title)
        for key, kind in KINDS.items()
        for raw in values.get(key, ())
    )


def example_text(node: Node, scope: Scope) -> str | None:
    """Read the text of an example; the line end that a block text has at its end is not part of it."""
    if isinstance(node, Scalar) and node.style in ("'", '"'):
        return node.value
    found = free_text(node, scope)
    return None if found is None else found.value.removesuffix("\n")


def texts_that_stay(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read texts that stay as they are."""
    return tuple(
        Raw(text, text, _where(item, scope), title)
        for item in items(node, scope)
        for text, title in _titled(item, scope)
    )


def texts_that_go(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read texts that go, or pairs of a text and what it becomes."""
    found: list[Raw] = []
    for item in items(node, scope):
        if isinstance(item, MapNode) and (item.get("before") or item.get("after")):
            found += _pair(item, scope)
        else:
            found += (Raw(text, "", _where(item, scope), title) for text, title in _titled(item, scope))
    return tuple(found)


def pictures(node: Node, scope: Scope) -> tuple[Raw, ...]:
    """Read pictures of a passage."""
    found: list[Raw] = []
    for item in items(node, scope):
        values = read_map(item, SECTIONS["example"], scope) if _is_map(item, scope) else None
        picture = free_text(item if values is None else values.nodes.get("text", item), scope)
        drawn = picture and read_picture(picture, scope)
        if drawn:
            found.append(Raw(*drawn, _where(item, scope), values.get("title") if values else None))
    return tuple(found)


def _is_map(item: Node, scope: Scope) -> bool:
    """Tell a map from a text that YAML took for one."""
    return isinstance(item, MapNode) and taken_for_a_map(item, scope) is None


def _titled(item: Node, scope: Scope) -> list[tuple[str, str | None]]:
    """Give a text and the title of its document; nothing where there is a mistake."""
    if not _is_map(item, scope):
        text = example_text(item, scope)
        return [] if text is None else [(text, None)]
    values = read_map(item, SECTIONS["example"], scope)
    if values is None:
        return []
    for key in ("before", "after"):
        if key in values:
            scope.source.report(
                "E304",
                values.keys[key].place,
                f"'{key}' where a text stays as it is{scope.in_rule()}",
                help="write {text: …, title: …}",
            )
    if "text" not in values:
        scope.source.report(
            "E102",
            item.place,
            f"an example without 'text'{scope.in_rule()}",
            help="write {text: …, title: …}",
        )
    text = values.get("text")
    return [] if text is None else [(text, values.get("title"))]


def _pair(item: MapNode, scope: Scope) -> list[Raw]:
    values = read_map(item, SECTIONS["example"], scope)
    if values is None:
        return []
    if "text" in values:
        scope.source.report(
            "E304",
            values.keys["text"].place,
            f"'text' beside 'before' and 'after'{scope.in_rule()}",
            help="write {text: …} or {before: …, after: …}",
        )
    for key in ("before", "after"):
        if key not in values:
            scope.source.report(
                "E102",
                item.place,
                f"an example without '{key}'{scope.in_rule()}",
                help="write {before: …, after: …}",
            )
    before, after = values.get("before"), values.get("after")
    if before is None or after is None:
        return []
    if before == after:
        scope.source.report("E319", item.place, f"'before' and 'after' are the same text{scope.in_rule()}")
    return [Raw(before, after, _where(item, scope), values.get("title"))]


def _where(node: Node, scope: Scope) -> Address:
    return Address(scope.source.path, node.place.line + 1, node.place.column + 1)
