"""Report <-> JSON: the counts of a unit as they are noted, and those of a run for other programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cleaner.jsonline import dump, parse
from cleaner.report import Report

_NUMBERS = ("documents", "changed", "failed", "over_budget", "left")
_COUNTERS = ("lines", "characters", "rules")
_PAIRS = ("failures", "over")


def as_dict(report: Report) -> dict[str, Any]:
    """Give everything that is not nothing, in a fixed order."""
    numbers = {name: value for name in _NUMBERS if (value := getattr(report, name))}
    counters = {name: dict(sorted(value.items())) for name in _COUNTERS if (value := getattr(report, name))}
    pairs = {name: [list(pair) for pair in value] for name in _PAIRS if (value := getattr(report, name))}
    return {**numbers, **counters, **pairs}


def dump_counts(report: Report) -> str:
    """Write the counts of one unit."""
    return dump(as_dict(report)).decode("utf-8")


def parse_counts(text: str) -> Report:
    """Read the counts of one unit; a ValueError says that they are none."""
    row = parse(text.encode("utf-8"))
    try:
        report = Report()
        for name in _NUMBERS:
            setattr(report, name, int(row.get(name, 0)))
        for name in _COUNTERS:
            setattr(report, name, Counter({str(k): int(v) for k, v in row.get(name, {}).items()}))
        for name in _PAIRS:
            setattr(report, name, [(str(one), str(two)) for one, two in row.get(name, ())])
    except (TypeError, AttributeError) as error:
        raise ValueError(f"not the counts of a report: {error}") from None
    return report
