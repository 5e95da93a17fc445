"""Cleaning does no more work than it did: calls are counted, so no busy machine can make these tests fail.

When the number stored here is passed on purpose, put the new one in; when it is far below, lower it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import speed_rules  # noqa: E402
from speed_calls import calls  # noqa: E402
from speed_texts import generated, stretched  # noqa: E402

from cleaner import rulecache  # noqa: E402
from cleaner.pipeline import Cleaner  # noqa: E402
from cleaner.repair import repair_end, repair_start  # noqa: E402
from cleaner.rulefile import shipped_folder  # noqa: E402

TEXTS = generated(70)
OTHERS = generated(25, seed=1)
SEEN, FRESH, FRESHER = TEXTS[:30], TEXTS[30:50], TEXTS[50:]
"""A cleaner remembers lines, so each test has texts that none has seen."""

CALLS_AN_ARTICLE = 15_000


@pytest.fixture(scope="module")
def made() -> dict[int, Cleaner]:
    """Give cleaners with the shipped rules and so many more, which have seen some articles."""
    rules = rulecache.load([shipped_folder()])
    cleaners = {more: Cleaner(speed_rules.with_more(rules, more, TEXTS)) for more in (0, 1_000)}
    for one in cleaners.values():
        one.clean_texts(SEEN)
    return cleaners


def test_an_article_takes_no_more_calls_than_it_did(made: dict[int, Cleaner]) -> None:
    count = calls(lambda: made[0].clean_texts(FRESH)) / len(FRESH)
    assert count < CALLS_AN_ARTICLE * 1.25, f"{count:,.0f} calls an article"


def test_more_rules_take_hardly_more_calls(made: dict[int, Cleaner]) -> None:
    few, many = (calls(lambda one=one: one.clean_texts(FRESHER)) for one in made.values())
    assert many < few * 1.25, f"{many:,} calls with 1,000 more rules, {few:,} without"


def test_calls_grow_with_the_length_and_no_faster(made: dict[int, Cleaner]) -> None:
    short, long = (
        calls(lambda size=size: made[0].clean(stretched(OTHERS, size, "\n"))) for size in (4_000, 64_000)
    )
    assert long < short * 16 * 1.2, f"{long:,} calls for 64 KB, {short:,} for 4 KB"


def test_clean_text_costs_repairs_a_few_calls() -> None:
    text = "“Where is it?” he asked – quietly, at the café.\n" * 60
    repair_start(text)
    assert calls(lambda: (repair_start(text), repair_end(text))) < 40
