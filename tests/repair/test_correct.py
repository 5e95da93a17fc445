"""Correct text of many languages goes through all repairs unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cleaner.repair import repair

CORRECT: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("correct.yaml").read_text(encoding="utf-8")
)
SENTENCES = [
    pytest.param(text, id=f"{lang}-{number}") for lang in CORRECT for number, text in enumerate(CORRECT[lang])
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_correct_sentence_stays(text: str) -> None:
    assert repair(text) == (text, ())


def test_all_correct_sentences_together_stay() -> None:
    text = "\n\n".join(text for texts in CORRECT.values() for text in texts) + "\n"
    assert repair(text) == (text, ())


def test_the_seeds_lose_only_lost_emoji_and_blank_lines() -> None:
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    rules = [edit.rule for seed in seeds for edit in repair(seed.read_text(encoding="utf-8"))[1]]
    assert rules == ["fix.blank-lines"] * 2 + ["fix.lost-emoji"] * 3
