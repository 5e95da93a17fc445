"""Every case of fixtures/bad-rules says exactly what its .txt says.

A case is a file NAME.yaml or a folder NAME. `ACCEPT=1 python -m pytest tests/rulefile` writes the messages as
they are now; look at the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner import rulefile

ROOT = Path(__file__).parents[2]
CASES = ROOT / "fixtures" / "bad-rules"
NAMES = sorted(path.stem for path in CASES.iterdir() if path.suffix != ".txt")


@pytest.mark.parametrize("name", NAMES)
def test_bad_rules_say_what_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    file = CASES / f"{name}.yaml"
    with pytest.raises(rulefile.RuleErrors) as caught:
        rulefile.load([file if file.exists() else CASES / name])
    said = f"{caught.value}\n"
    expected = CASES / f"{name}.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(said, encoding="utf-8")
    assert expected.exists(), (
        "no expected message: look at it and run ACCEPT=1 python -m pytest tests/rulefile"
    )
    assert said == expected.read_text(encoding="utf-8")


def test_every_message_has_its_case() -> None:
    names = {path.stem for path in CASES.glob("*.txt")}
    assert names == set(NAMES)
