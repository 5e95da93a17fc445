"""Bench -> Rows: what the repairs cost a text, and whether their short cut gives what all of them give always."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from speed_engine import Bench, cpu
from speed_table import Row

from cleaner.repair import REPAIRS, repair_end, repair_start
from cleaner.repair.run import settle

EVERY = frozenset(REPAIRS)
SIZE = 3_000
"""Characters that figures are for."""

GROUPS = (
    ("clean ASCII", lambda text, edits: text.isascii() and not edits, 10.0),
    ("clean, with curly quotes or accents", lambda text, edits: _is_latin(text) and not edits, 25.0),
    (
        "clean, other scripts",
        lambda text, edits: not text.isascii() and not _is_latin(text) and not edits,
        None,
    ),
    ("repaired", lambda text, edits: bool(edits), None),
)


def _is_latin(text: str) -> bool:
    return not text.isascii() and sum(sign > "\x7f" for sign in text) * 10 < len(text)


def of_repairs(bench: Bench) -> Iterator[Row]:
    """Time the repairs on texts that need none and on texts that do; compare with running all of them always."""
    texts = [text for text in bench.texts if text]
    started = [repair_start(text) for text in texts]
    for name, belongs, mark in GROUPS:
        group = [text for text, (_, edits) in zip(texts, started, strict=True) if belongs(text, edits)]
        if group:
            note = f"for 3,000 characters; {len(group):,} articles"
            yield Row("repairs", name, _micros(group, bench.runs), " µs", mark, note=note)
    wrong = sum(settle(text, lambda _: EVERY) != short for text, short in zip(texts, started, strict=True))
    yield Row("repairs", "articles that come out otherwise if all repairs run", wrong, "", 0.0)


def _micros(texts: Sequence[str], runs: int) -> float:
    def work() -> None:
        for text in texts:
            repair_start(text)
            repair_end(text)

    return median(cpu(work) for _ in range(runs)) / sum(map(len, texts)) * SIZE * 1e6
