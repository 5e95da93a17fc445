"""What the readers of values share: the source, the lists that patterns may name, the rule at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.patterns import Pattern
from cleaner.rulefile.nodes import Node
from cleaner.rulefile.schema import Key
from cleaner.rulefile.source import Source


@dataclass(slots=True)
class Lists:
    """The lists of `defs` that are known here."""

    items: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    """How many characters each list has when it is written out."""
    broken: set[str] = field(default_factory=set)
    """Lists with mistakes of their own; patterns that name them are not judged."""


@dataclass(slots=True)
class Scope:
    """Where a reader is."""

    source: Source
    readers: Mapping[str, Reader]
    lists: Lists = field(default_factory=Lists)
    rule: str = ""
    """The whole id of the rule at hand, for messages."""
    key: Key | None = None
    """The key at hand, for messages."""

    def in_rule(self) -> str:
        """Give `` in rule en.newsletter``, or nothing outside of rules."""
        return f" in rule {self.rule}" if self.rule else ""

    def example(self) -> str:
        """Give what to write: the key at hand with its example."""
        return f"write {self.key.shown()}" if self.key else ""


Reader = Callable[[Node, Scope], Any]
"""Turns a node into a value; None when it cannot, and then the mistake is reported."""
