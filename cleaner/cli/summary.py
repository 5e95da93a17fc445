"""Report -> lines: the table at the end of a run, and every failure by its name."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.cli.tables import table
from cleaner.report import MOST_FAILURES, Report
from cleaner.shown import shown

_MOST_RULES = 10


def failures(report: Report) -> Iterator[str]:
    """Give a line for each document that failed."""
    for name, reason in report.failures:
        yield f"{shown(name)}: {shown(reason)}"
    if report.failed > MOST_FAILURES:
        yield f"and {report.failed - MOST_FAILURES:,} more"


def summary(report: Report) -> Iterator[str]:
    """Give the lines of the table."""
    rows = [("documents", report.documents), ("changed", report.changed), ("failed", report.failed)]
    rows += [("over budget", report.over_budget)] if report.over_budget else []
    rows += [("other files, left", report.left)] if report.left else []
    yield from table([(name, f"{count:,}") for name, count in rows])
    if report.characters:
        labels = sorted(report.characters, key=lambda label: (-report.characters[label], label))
        yield ""
        yield from table(
            [("label", "lines", "characters")]
            + [(label, f"{report.lines[label]:,}", f"{report.characters[label]:,}") for label in labels]
        )
        yield ""
        top = sorted(report.rules.items(), key=lambda row: (-row[1], row[0]))[:_MOST_RULES]
        yield from table([("rule", "edits")] + [(rule, f"{count:,}") for rule, count in top])
