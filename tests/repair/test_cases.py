"""Every case of the table, alone: what a repair makes of a text, and what it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cleaner.model import Edit, apply, restore
from cleaner.repair import REPAIRS

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def one(name: str, text: str) -> str:
    """Run one repair until it changes nothing, and check that its changes can be undone."""
    for _ in range(5):
        changes = REPAIRS[name].find(text)
        edits = tuple(Edit(start, end, text[start:end], new, name, "debris") for start, end, new in changes)
        assert restore(apply(text, edits), edits) == text
        text = apply(text, edits)
    return text


def test_every_repair_has_cases_that_change_and_cases_that_stay() -> None:
    assert CASES.keys() == REPAIRS.keys()
    assert all(any("to" in case for case in cases) for cases in CASES.values())


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{number}")
        for name in CASES
        for number, case in enumerate(CASES[name])
    ],
)
def test_case(name: str, case: dict[str, str]) -> None:
    assert one(name, case["from"]) == case.get("to", case["from"])
