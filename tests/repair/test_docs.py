"""The page on repairs names all of them in their order, and its examples are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.repair import REPAIRS, repair
from cleaner.repair_names import REPAIR_NAMES

PAGE = (Path(__file__).parents[2] / "docs" / "repairs.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
ROWS = [
    pytest.param(name, before, after, id=f"{name}-{number}")
    for name, section in SECTIONS.items()
    for number, (before, after) in enumerate(
        re.findall(r"^\| `(.*)` \| (`.*`|stays) \|$", section, re.MULTILINE)
    )
]


def meant(cell: str) -> str:
    """Give the text that a cell stands for."""
    return re.sub(
        r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])",
        lambda found: found.group().encode().decode("unicode_escape"),
        cell,
    )


def test_every_repair_has_its_section() -> None:
    assert list(SECTIONS) == list(REPAIRS)


@pytest.mark.parametrize(("name", "before", "after"), ROWS)
def test_example(name: str, before: str, after: str) -> None:
    text = meant(before)
    wanted = text if after == "stays" else meant(after[1:-1])
    assert repair(text, final_newline=name == "final-newline")[0] == wanted


def test_rule_files_know_the_same_names() -> None:
    assert sorted(REPAIR_NAMES) == sorted(REPAIRS)
