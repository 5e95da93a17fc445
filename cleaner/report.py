"""Result* -> Report: what happened to a batch, in counts that add up however the batch was cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cleaner.model import Result

MOST_FAILURES = 1000
"""So many failures are named; the rest are only counted, so that a report stays small."""

OVER = frozenset({"over-budget", "over-sum"})


@dataclass(slots=True)
class Report:
    """Counts of a batch, or of a part of one."""

    documents: int = 0
    changed: int = 0
    failed: int = 0
    over_budget: int = 0
    left: int = 0
    """Files of other kinds."""
    lines: Counter[str] = field(default_factory=Counter)
    """Lines that an edit touched, by label."""
    characters: Counter[str] = field(default_factory=Counter)
    """Characters that went or were replaced, by label."""
    rules: Counter[str] = field(default_factory=Counter)
    """Edits, by rule."""
    failures: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a document and the reason; at most `MOST_FAILURES`."""
    over: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a document and the rule or sum that was over its budget; at most `MOST_FAILURES`."""

    def add(self, name: str, result: Result) -> None:
        """Count one document that was cleaned, or failed to be."""
        self.documents += 1
        self.changed += bool(result.edits)
        for edit in result.edits:
            self.rules[edit.rule] += 1
            self.characters[edit.label] += len(edit.old)
            self.lines[edit.label] += count_lines(edit.old)
        if result.notes or result.failed:
            self._add_notes(name, result)

    def _add_notes(self, name: str, result: Result) -> None:
        over = [note for note in result.notes if note.kind in OVER]
        self.over_budget += bool(over)
        for note in over[: MOST_FAILURES - len(self.over)]:
            self.over.append((name, note.about))
        if result.failed:
            reasons = "; ".join(note.about for note in result.notes if note.kind not in OVER)
            self._fail(name, reasons or "its cleaning failed")

    def fail(self, name: str, reason: str, *, counted: bool = False) -> None:
        """Name one document that could not be read or written (``counted``: it was cleaned before)."""
        self.documents += not counted
        self._fail(name, reason)

    def _fail(self, name: str, reason: str) -> None:
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append((name, reason))

    def merge(self, other: Report) -> None:
        """Add the counts of another part of the batch."""
        self.documents += other.documents
        self.changed += other.changed
        self.failed += other.failed
        self.over_budget += other.over_budget
        self.left += other.left
        self.lines.update(other.lines)
        self.characters.update(other.characters)
        self.rules.update(other.rules)
        self.failures += other.failures[: MOST_FAILURES - len(self.failures)]
        self.over += other.over[: MOST_FAILURES - len(self.over)]


def count_lines(text: str) -> int:
    r"""Count the lines of ``text`` that are not blank.

    >>> count_lines("a\n\n b")
    2
    """
    if "\n" not in text and "\r" not in text:
        return 1 if text.strip() else 0
    return sum(1 for line in text.replace("\r", "\n").split("\n") if line.strip())
