"""YAML text -> Node tree: scalars, lists and maps with their places; every scalar stays a text.

The tree is built from the event stream with a stack of its own, so depth is checked before anything
recurses, and what YAML could do silently (aliases, tags, a second document) is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cleaner.rulefile.hiding import hidden_in, reveal
from cleaner.rulefile.source import Place, Source
from cleaner.rulefile.traps import Stop, mend, stopped_by

MAX_DEPTH = 40
_QUOTES = ("'", '"')
_MOST_MENDS = 100
_MOST_MENDED = 20_000_000
"""How many characters are parsed again for all mends of a file together."""


@dataclass(slots=True)
class Scalar:
    """A text as it stands in the file."""

    value: str
    place: Place
    style: str = ""
    """Empty for plain, else ``'``, ``"``, ``|``, ``>``; ``~`` for a plain text whose mistake is told."""
    flow: bool = False


@dataclass(slots=True)
class ListNode:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)
    flow: bool = False


@dataclass(slots=True)
class MapNode:
    """A map; its pairs in the order of the file, keys unique."""

    place: Place
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    flow: bool = False

    def get(self, name: str) -> Node | None:
        """Give the value of a key."""
        return next((value for key, value in self.pairs if key.value == name), None)


Node = Scalar | ListNode | MapNode


def read_nodes(source: Source) -> Node | None:
    """Parse a source; None where nothing of it can be used. Mistakes are reported to the source.

    A text that YAML trips over because it is not quoted is reported, hidden from the parser and read all the
    same, so that the rest of the file is checked too.
    """
    text = source.text
    for _ in range(min(_MOST_MENDS, _MOST_MENDED // (len(text) + 1)) + 1):
        parser = _Parser(text)
        try:
            node = parser.run()
        except Stop as stop:
            mended = mend(source, text, stop)
            if mended is None:
                return None
            text = mended
            continue
        for place, what in parser.duplicates:
            source.report("E008", place, what)
        if node is None:
            source.report("E019", Place(0, 0, 0, 1), "the file holds nothing")
        return node
    return None


class _Parser:
    """One pass over the events of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.hidden = hidden_in(text)
        self.stack: list[ListNode | MapNode] = []
        self.keys: list[Scalar | None] = []
        self.seen: list[set[str]] = []
        self.root: Node | None = None
        self.documents = 0
        self.duplicates: list[tuple[Place, str]] = []
        self.quote: Place | None = None
        """The last text, where it is quoted and runs over several lines: its quote was hardly meant to."""

    def run(self) -> Node | None:
        handlers = {
            "ScalarEvent": self._scalar,
            "MappingStartEvent": lambda event: self._open(event, MapNode(_place(event))),
            "SequenceStartEvent": lambda event: self._open(event, ListNode(_place(event))),
            "MappingEndEvent": self._close,
            "SequenceEndEvent": self._close,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._document,
        }
        for event in self._events():
            handle = handlers.get(event.__class__.__name__)
            if handle is not None:
                handle(event)
        return self.root

    def _events(self) -> Iterator[Any]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.text)
        try:
            yield from iter(loader.get_event, None)
        except yaml.MarkedYAMLError as error:
            bracket = self.stack[-1].place if self.stack and self.stack[-1].flow else None
            raise stopped_by(error, bracket=bracket, quote=self.quote) from error
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise Stop("E007", Place(0, 0, 0, 1), str(error).splitlines()[0]) from error
        finally:
            loader.dispose()

    def _alias(self, event: Any) -> None:
        raise Stop("E010", _place(event))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Stop("E006", _place(event))

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            raise Stop("E009" if event.anchor else "E011", _place(event))
        top = self.stack[-1] if self.stack else None
        place, style = _place(event), event.style or ""
        node = Scalar(event.value, place, style, top is not None and top.flow)
        if self.hidden and not self.hidden.isdisjoint(node.value):
            node.value, node.style = reveal(node.value), style or "~"
        self.quote = place if style in _QUOTES and place.end_line > place.line else None
        if type(top) is ListNode:
            top.items.append(node)
        else:
            self._add(node)

    def _open(self, event: Any, node: ListNode | MapNode) -> None:
        if event.anchor or event.tag:
            raise Stop("E009" if event.anchor else "E011", node.place)
        if len(self.stack) >= MAX_DEPTH:
            raise Stop("E005", node.place)
        node.flow = bool(event.flow_style)
        if not node.flow and self.text[event.start_mark.index] == "?":
            raise Stop("E012", node.place)
        self._add(node)
        self.stack.append(node)
        self.keys.append(None)
        self.seen.append(set())

    def _close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        self.seen.pop()
        mark = event.end_mark if node.flow else None
        if mark:
            node.place = Place(node.place.line, node.place.column, mark.line, mark.column)
        else:
            node.place = _around(node)

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top, ListNode):
            top.items.append(node)
        else:
            self._pair(top, node)

    def _pair(self, top: MapNode, node: Node) -> None:
        key = self.keys[-1]
        if key is not None:
            top.pairs.append((key, node))
            self.keys[-1] = None
        elif not isinstance(node, Scalar):
            raise Stop("E017", node.place)
        else:
            if node.value in self.seen[-1]:
                self.duplicates.append((node.place, f"the key '{node.value}' stands here a second time"))
            self.seen[-1].add(node.value)
            self.keys[-1] = node


def _around(node: ListNode | MapNode) -> Place:
    """Give the place of a block collection up to the end of its last child (YAML says: the next token)."""
    last = node.items[-1] if isinstance(node, ListNode) and node.items else None
    if isinstance(node, MapNode) and node.pairs:
        last = node.pairs[-1][1]
    end = last.place if last else node.place
    return Place(node.place.line, node.place.column, end.end_line, end.end_column)


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    # half of what `Place` costs
    return tuple.__new__(Place, (start.line, start.column, end.line, end.column))
