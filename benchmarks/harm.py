"""Stored outputs of extractors + hand-made bodies -> tables: what of those bodies went, and under which label.

The bodies keep posts, credits, copyright lines and the like, which the cleaner drops on purpose. With these labels
kept, what is still lost was a mistake.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pages
import tables

from cleaner.model import Document, Options, Result
from cleaner.pipeline import Cleaner

ON_PURPOSE = ("ad", "bio", "byline", "correction", "credit", "embed", "legal", "subscribe")
"""Labels that are dropped by default, and of which some stand in the hand-made bodies."""
ONE = "trafilatura"
_LEAST = 0.01
_SIDE = 60
"""So many characters beside a cut belong to the words that it may break."""
Measured = tuple[float, float, bool]


@dataclass(slots=True)
class Group:
    """What was measured behind one extractor, or behind all."""

    before: list[Measured] = field(default_factory=list)
    after: list[Measured] = field(default_factory=list)
    kept: list[Measured] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)


def report(quality: Path) -> str:
    """Give both tables."""
    groups = measured(quality)
    return f"{_by_label(groups)}\n\n{_settings(groups, pages.scorer(quality))}"


def measured(quality: Path) -> dict[str, Group]:
    """Clean every stored output with the default settings, and with the labels kept that are dropped on purpose."""
    scorer = pages.scorer(quality)
    gold = json.loads((quality / "outputs_dev_gold.json").read_text(encoding="utf-8"))
    default, keeping = Cleaner(), Cleaner(options=Options(keep=frozenset(ON_PURPOSE)))
    groups = {ONE: Group(), "all": Group()}
    with lzma.open(quality / "outputs_dev.jsonl.xz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            body, document = gold[row["key"]], Document(row["text"], url=row["url"])
            result = default.clean_document(document)
            texts = (row["text"], result.text, keeping.clean_document(document).text)
            before, after, kept = (scorer.measure(body, text) for text in texts)
            for group in (groups["all"], *([groups[ONE]] if row["tool"] == ONE else [])):
                group.before.append(before)
                group.after.append(after)
                group.kept.append(kept)
                if after[1] < before[1] - _LEAST:
                    group.labels[_label(result, body, scorer)] += 1
    return groups


def _label(result: Result, body: str, scorer: Any) -> str:
    """Give the label under which most of the body went."""
    lost = scorer.shingles(body) & scorer.shingles(result.source)
    lost -= scorer.shingles(result.text)
    found: Counter[str] = Counter()
    for edit in result.edits:
        around = result.source[max(0, edit.start - _SIDE) : edit.end + _SIDE]
        found[edit.label] += (scorer.shingles(around) & lost).total()
    return found.most_common(1)[0][0] if found else "-"


def _by_label(groups: dict[str, Group]) -> str:
    names = sorted(groups["all"].labels, key=lambda name: -groups["all"].labels[name])
    rows = [
        [f"`{name}`", groups[ONE].labels[name], groups["all"].labels[name], "yes" * (name in ON_PURPOSE)]
        for name in names
    ]
    return tables.table(("most went under", f"behind {ONE}", "behind all", "on purpose"), rows)


def _settings(groups: dict[str, Group], scorer: Any) -> str:
    rows = []
    for name, group in groups.items():
        for setting, found in (("default", group.after), ("these labels kept", group.kept)):
            f1, _, _, exact = scorer.summary(found).split()
            pairs = zip(group.before, found, strict=True)
            harmed = sum(after[1] < before[1] - _LEAST for before, after in pairs) / len(found)
            rows.append([name, setting, f1, exact, tables.percent(harmed)])
    return tables.table(("behind", "setting", "F1", "exact", "harmed"), rows)
