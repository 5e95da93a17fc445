"""The rarest of several sets of texts is found without rating all of them, and is the one that it was."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from cleaner import clues, reliterals
from cleaner.rarity import LEAST, rate, rate_of_any

_WORDS = ("the", "of ", " and", "read more", "foto: ", "by", "e", "\u0915", "zxq", "advertisement")


def _texts(dice: random.Random, most: int) -> frozenset[str]:
    many = dice.randint(1, most)
    return frozenset("".join(dice.choices(_WORDS, k=dice.randint(1, 3))) for _ in range(many))


def _whole_rate(texts: frozenset[str], form: str = "{}") -> float:
    return sum([rate(form.format(text)) for text in texts])


@pytest.mark.parametrize("seed", range(60))
def test_the_rarest_key_is_that_of_all_rates(seed: int) -> None:
    dice = random.Random(seed)
    options = [(dice.choice(list(clues.FORMS)), _texts(dice, 40)) for _ in range(dice.randint(1, 6))]
    options += dice.sample(options, dice.randint(0, 1))  # of two that are as rare the first is taken
    rates = [_whole_rate(texts, clues.FORMS[kind]) for kind, texts in options]
    assert clues._rarest(options) is options[rates.index(min(rates))]


@pytest.mark.parametrize("seed", range(60))
def test_the_rarest_span_is_that_of_all_rates(seed: int) -> None:
    dice = random.Random(seed)
    spans = [[_texts(dice, 6) for _ in range(dice.randint(1, 3))] for _ in range(dice.randint(1, 5))]
    products = [reliterals._folded(reliterals._product(span)) for span in spans]
    rates = [_whole_rate(texts) if all(map(str.strip, texts)) else math.inf for texts in products]
    assert set(reliterals._rarest_span(spans)) == products[rates.index(min(rates))]


def test_a_rate_above_the_most_is_not_reckoned_to_its_end() -> None:
    assert rate_of_any(["the", "of ", "zxqzxqzxq"]) == pytest.approx(rate("the") + rate("of ") + LEAST)
    assert rate_of_any(itertools.repeat("the"), 2 * rate("the")) == math.inf
    assert rate_of_any(["the"], rate("the")) == rate("the")
