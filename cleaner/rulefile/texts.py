"""Nodes -> texts: free texts, single words, one or a list; with what YAML silently does to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.rulefile.hiding import quoted
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar
from cleaner.rulefile.scope import Reader, Scope
from cleaner.rulefile.source import Place

_COMMENT = re.compile(r"\s+#")
KEBAB = "[a-z0-9]+(?:-[a-z0-9]+)*"

_KEBAB = re.compile(KEBAB)


def kind_of(node: Node) -> str:
    """Name what a node is."""
    if isinstance(node, Scalar):
        return "a text" if node.value else "nothing"
    return "a list" if isinstance(node, ListNode) else "a map"


def taken_for_a_map(node: Node, scope: Scope) -> str | None:
    """Give the text of a map that was meant as a text (`- Von: <name>`), else None."""
    if not isinstance(node, MapNode) or len(node.pairs) != 1:
        return None
    (key, value), line = node.pairs[0], scope.source.lines[node.place.line]
    place = value.place
    if line[node.place.column : node.place.column + 1] == "{" or not isinstance(value, Scalar) or key.style:
        return None
    if place.end_line != node.place.line or value.style not in ("", "~"):
        return None
    return line[node.place.column : max(place.end_column, key.place.end_column + 1)].rstrip()


def scalar(node: Node, scope: Scope) -> Scalar | None:
    """Give a node that is a text and not empty; else report it."""
    if isinstance(node, Scalar):
        if node.value.strip():
            return node
        scope.source.report("E105", node.place, f"an empty value{scope.in_rule()}", help=scope.example())
        return None
    text = taken_for_a_map(node, scope)
    if text is not None:
        scope.source.report(
            "E013", node.place, "a text that holds ': ' must be quoted", help=f"write {quoted(text)}"
        )
        return None
    dash = isinstance(node, ListNode) and not node.flow
    help = "a text that begins with '- ' must be quoted" if dash else scope.example()
    what = f"{kind_of(node)} stands where a text is wanted{scope.in_rule()}"
    scope.source.report("E103", node.place, what, help=help)
    return None


def free_text(node: Node, scope: Scope) -> Scalar | None:
    """Give a text that a person wrote, whole: a text that YAML cut at ' #' is reported."""
    found = scalar(node, scope)
    if found is not None:
        check_cut(found, scope)
    return found


def check_cut(node: Scalar, scope: Scope) -> None:
    """Report a plain text of which a comment may be a part."""
    if node.style:
        return
    line, end = scope.source.lines[node.place.end_line], node.place.end_column
    if "#" not in line or not _COMMENT.match(line, end):
        return
    rest = line[end:].rstrip()
    if node.flow:
        rest = re.split(r"[,\]}]", rest)[0]
    place = Place(node.place.end_line, end, node.place.end_line, end + len(rest))
    scope.source.report(
        "E014", place, f"YAML cuts this text to '{node.value}'", help=f"write {quoted(node.value + rest)}"
    )


def items(node: Node, scope: Scope) -> Iterator[Node]:
    """Give the items of a list, or the one node; an empty list is reported."""
    if not isinstance(node, ListNode):
        yield node
        return
    if not node.items:
        scope.source.report("E105", node.place, f"an empty list{scope.in_rule()}", help=scope.example())
    yield from node.items


def many(read: Reader) -> Reader:
    """Make a reader of one value or a list of them; gives a tuple of those that could be read."""

    def read_many(node: Node, scope: Scope) -> tuple[object, ...] | None:
        seen: set[str] = set()
        values = []
        for item in items(node, scope):
            value = read(item, scope)
            if value is not None:
                values.append(value)
            if isinstance(item, Scalar) and item.value in seen:
                scope.source.report("E122", item.place, f"'{item.value.strip()}' stands here a second time")
            elif isinstance(item, Scalar):
                seen.add(item.value)
        return tuple(values) or None

    return read_many


def kebab(node: Node, scope: Scope) -> str | None:
    """Read a kebab-case name."""
    found = scalar(node, scope)
    if found is None:
        return None
    if _KEBAB.fullmatch(found.value):
        return found.value
    wanted = "-".join(re.findall(r"[a-z0-9]+", found.value.lower()))
    scope.source.report(
        "E113",
        found.place,
        f"'{found.value}' is not a kebab-case name",
        help=f"write {wanted}" if wanted else "",
    )
    return None


def rule_id(node: Node, scope: Scope) -> str | None:
    """Read a whole rule id, pack first."""
    found = scalar(node, scope)
    if found is None:
        return None
    if all(_KEBAB.fullmatch(part) for part in found.value.split(".")):
        return found.value
    scope.source.report(
        "E113", found.place, f"'{found.value}' is not the id of a rule", help="write <pack>.<id>"
    )
    return None


def sentence(node: Node, scope: Scope) -> str | None:
    """Read a text of one line."""
    found = free_text(node, scope)
    if found is None:
        return None
    text = found.value.strip()
    if "\n" in text:
        scope.source.report("E121", found.place, "a line break in a text of one line")
        return None
    return text


def replacement(node: Node, scope: Scope) -> str | None:
    """Read a text that may be empty or blank, if it is quoted."""
    if isinstance(node, Scalar) and node.style in ("'", '"'):
        return node.value
    found = free_text(node, scope)
    return None if found is None else found.value
