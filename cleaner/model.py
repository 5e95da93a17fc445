"""The words of the flow as types: span, document, match, edit, result.

Everything here is plain and frozen; what a rule is, `rulemodel` says. Offsets are half-open and count code
points of the text they speak of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.rulemodel import Rule


class Span(NamedTuple):
    """Half-open: ``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One article as text, and what is known about it from elsewhere."""

    text: str
    id: str = ""
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    marks: Mapping[int, frozenset[str]] | None = None
    """What a page said of its lines, by line number from 1; None for plain text."""
    page: str | None = None
    """A page whose article was not taken out of it yet; the text is empty then."""
    notes: tuple[Note, ...] = ()
    """What happened to the document before it had a text."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose for a run; everything here may change the output."""

    keep: frozenset[str] = frozenset()
    """Labels that stay although they are dropped by default."""
    drop: frozenset[str] = frozenset()
    """Labels that go although they are kept by default."""
    select: tuple[str, ...] = ()
    """Only these rules: ids, packs or globs (`en.*`); empty: all."""
    ignore: tuple[str, ...] = ()
    per_site_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a host and the rules that are off on it."""
    trial: bool = False
    bold: bool = False
    repairs_off: frozenset[str] = frozenset()
    seconds: float = 30.0
    """Budget of CPU time for 100,000 characters; past it the document passes through whole, named."""
    final_newline: bool = False
    """The output ends with exactly one line end (text files)."""


# ---------------------------------------------------------------------------------------------
# What happened to a document


@dataclass(frozen=True, slots=True)
class Match:
    """One firing of a rule: indexes into the lines of one round.

    `after` and `before` run from the anchor outwards. `cuts` holds, for a cut rule, the line and the span of
    its text that goes; then no whole line does.
    """

    rule: Rule
    anchor: tuple[int, ...]
    after: tuple[int, ...] = ()
    before: tuple[int, ...] = ()
    evidence: frozenset[int] = frozenset()
    cuts: tuple[tuple[int, Span], ...] = ()
    unbounded: bool = False
    """It took all the rest on evidence, so the budgets do not count it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Why an anchor came to nothing: the first test that failed, as a phrase."""

    rule: Rule
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of the input and what stands there instead, with the rule that says so.

    ``old`` is ``input[start:end]``; ``new`` is empty for a removal.
    """

    start: int
    end: int
    old: str
    new: str
    rule: str
    label: str
    evidence: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other rules that claim the same span."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know about a document: a rule over its budget, a time-out."""

    kind: str
    """`over-budget`, `over-sum`, `time-out`, `failed`, `encoding` or `element`."""
    about: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A cleaned document: the text, every edit in input order, and notes."""

    text: str
    edits: tuple[Edit, ...] = ()
    notes: tuple[Note, ...] = ()
    failed: bool = False
    """The document passed through whole because a time-out or an error stopped its cleaning."""
    source: str = field(default="", repr=False)

    def restore(self) -> str:
        """Rebuild the input from the output and the edits alone."""
        return restore(self.text, self.edits)


def restore(text: str, edits: tuple[Edit, ...]) -> str:
    """Undo ``edits`` (sorted, not overlapping, offsets in the input) on the output ``text``."""
    parts: list[str] = []
    at = 0  # place in the output
    done = 0  # place in the input
    for edit in edits:
        keep = edit.start - done
        parts += (text[at : at + keep], edit.old)
        at += keep + len(edit.new)
        done = edit.end
    parts.append(text[at:])
    return "".join(parts)


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """Carry out ``edits`` (sorted, not overlapping) on the input ``text``."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)
