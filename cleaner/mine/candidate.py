"""Candidate: a rule that repetition proposes, as plain data that is kept as JSON lines.

What stands here is all that a person needs to judge a candidate, and all that a rule file holds of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from cleaner.model import Document

Corpus = Callable[[], Iterable[Document]]
"""Gives the articles from the first to the last, as often as it is called."""


@dataclass(frozen=True, slots=True)
class Context:
    """One place where a candidate stands: the line, and the lines around it (nearest last above)."""

    document: str
    line: int
    """The number of the line in its text, from 1; blank lines count."""
    before: tuple[str, ...]
    text: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often and where; an article that repeats another one is not counted."""

    articles: int
    """Articles of the host."""
    found: int
    """Those that hold it."""
    closing: int
    """Of them: after the last paragraph."""
    opening: int
    """Of them: before the first paragraph."""
    distinct: int
    """Different texts that the pattern stood for; 1 where it is always the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One rule for one host, with what speaks for it and against it."""

    host: str
    id: str
    kind: str
    """`line`, `template`, `block` (a run), `list` (a heading and headlines), `tail` (part of a line)."""
    label: str
    why: str
    at: tuple[str, ...]
    """Patterns of the rule language."""
    counts: Counts
    zone: str = ""
    cut: str = "line"
    words: tuple[int, int] | None = None
    run: tuple[int, int] | None = None
    """A block: so many consecutive lines, each of which passes `at`."""
    headlines: int = 0
    """A list: so many headlines at most follow the heading."""
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()
    evidence: tuple[str, ...] = ()
    doubt: str = ""
    """Why it may be body; empty: nothing says so. A doubtful rule has `risk: bold`."""
    source: str = ""
    since: str = ""

    @property
    def key(self) -> str:
        """Name what is asked, whatever it was called: host, kind, cut and patterns."""
        return "\t".join((self.host, self.kind, self.cut, "|".join(self.at)))

    def to_json(self) -> dict[str, Any]:
        """Give it as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Candidate:
        """Rebuild it from plain data."""
        plain: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in row.items()
            if key not in ("counts", "contexts")
        }
        contexts = tuple(
            Context(one["document"], one["line"], tuple(one["before"]), one["text"], tuple(one["after"]))
            for one in row["contexts"]
        )
        return cls(**plain, counts=Counts(**row["counts"]), contexts=contexts)
