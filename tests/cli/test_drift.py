"""`cleaner drift`: what changed is told, and chance is not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.cli import main
from tests.cli.runs import SMALL, Run

WORDS = ("ferry", "harbour", "bridge", "council", "storm", "captain", "island", "winter", "letter", "market")


def articles(seed: int, size: int, site: str = "oar.example", *, calm: bool = True) -> list[str]:
    """Make articles of a site with `Also read` in half of them; not calm: never, and a new line in some."""
    chance = random.Random(seed)
    rows = []
    for number in range(size):
        body = [" ".join(chance.choices(WORDS, k=25)).capitalize() + "." for _ in range(12)]
        if calm and chance.random() < 0.5:
            body.append("Also read: " + " ".join(chance.choices(WORDS, k=4)))
        if not calm and chance.random() < 0.3:
            body.append(f"Tides for quay {number}")
        row = {"url": f"https://www.{site}/{seed}/{number}", "text": "\n".join(body), "lang": "en"}
        rows.append(json.dumps(row))
    return rows


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with 120 articles and their figures."""
    folder = tmp_path_factory.mktemp("old")
    corpus = write(folder / "old.jsonl", articles(1, 120))
    ran = CliRunner().invoke(main, ["drift", str(corpus), "--save", str(folder / "old.json"), *SMALL])
    assert (ran.exit_code, ran.stdout) == (0, "")
    return folder


@pytest.fixture
def figures(old: Path) -> Path:
    """Give the figures of 120 articles."""
    return old / "old.json"


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows), "utf-8")
    return path


def kinds(ran: object) -> Iterator[tuple[str, str]]:
    found = json.loads(ran.out)  # type: ignore[attr-defined]
    return ((one["kind"], one["name"]) for one in found["findings"])


@pytest.mark.parametrize("size", [3, 30, 200])
def test_other_articles_of_the_same_kind_are_no_drift(
    cleaner: Run, tmp_path: Path, figures: Path, size: int
) -> None:
    for seed in range(2, 5):
        new = write(tmp_path / "new.jsonl", articles(seed, size))
        ran = cleaner("drift", new, "--against", figures, *SMALL)
        assert (ran.code, ran.out) == (0, b""), seed


def test_a_rule_that_stopped_a_new_line_and_a_jump(cleaner: Run, tmp_path: Path, figures: Path) -> None:
    rows = articles(7, 60, calm=False)
    ran = cleaner("drift", write(tmp_path / "new.jsonl", rows), "--against", figures, "--json", *SMALL)
    assert ran.code == 1
    assert list(kinds(ran)) == [("rule", "small.also-read"), ("line", "oar.example")]

    longer = [row.replace("Also read: ", "Also read: " + "ferry " * 60) for row in articles(8, 60)]
    ran = cleaner("drift", write(tmp_path / "new.jsonl", longer), "--against", figures, *SMALL)
    assert ran.code == 1
    assert "sites of which more or less goes than before: 1\n  oar.example: " in ran.out.decode()


def test_few_articles_prove_nothing(cleaner: Run, tmp_path: Path, figures: Path) -> None:
    rows = articles(7, 4, calm=False)
    assert cleaner("drift", write(tmp_path / "new.jsonl", rows), "--against", figures, *SMALL).code == 0


def test_other_sites_are_no_drift(cleaner: Run, tmp_path: Path, figures: Path) -> None:
    rows = articles(7, 60, "gull.example", calm=False)
    ran = cleaner("drift", write(tmp_path / "new.jsonl", rows), "--against", figures, "--json", *SMALL)
    assert ran.code == 0
    assert json.loads(ran.out)["new-sites"] == ["gull.example"]


def test_articles_that_repeat_others_are_counted_once(cleaner: Run, tmp_path: Path, figures: Path) -> None:
    rows = articles(7, 30)
    ran = cleaner("drift", write(tmp_path / "new.jsonl", rows * 3), "--against", figures, "--json", *SMALL)
    found = json.loads(ran.out)
    assert (ran.code, found["articles"], found["repeated"]) == (0, 30, 60)


def test_figures_are_the_same_bytes_and_can_be_written_over(
    cleaner: Run, tmp_path: Path, figures: Path
) -> None:
    before = figures.read_bytes()
    corpus = figures.with_name("old.jsonl")
    ran = cleaner("drift", corpus, "--against", figures, "--save", figures, *SMALL)
    assert (ran.code, figures.read_bytes()) == (0, before)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is not valid JSON"),
        ("[]", "it holds no figures of version 1"),
        ('{"figures": 1}', "'sites' is missing"),
        ('{"figures": 1, "sites": {"a": {}}}', "'removed' is missing"),
        ('{"figures": 1, "sites": {"a": {"removed": 3}}}', "write figures with"),
        (None, "No such file"),
    ],
)
def test_figures_that_cannot_be_used(cleaner: Run, tmp_path: Path, text: str | None, told: str) -> None:
    if text is not None:
        (tmp_path / "f.json").write_text(text, "utf-8")
    new = write(tmp_path / "new.jsonl", articles(1, 1))
    ran = cleaner("drift", new, "--against", tmp_path / "f.json", *SMALL)
    assert (ran.code, told in ran.err) == (2, True), ran.err


def test_calls_that_cannot_be_used(cleaner: Run, tmp_path: Path) -> None:
    new = write(tmp_path / "new.jsonl", articles(1, 1))
    assert cleaner("drift", new, *SMALL).code == 2
    assert cleaner("drift", tmp_path / "gone", "--save", tmp_path / "f.json", *SMALL).code == 2
    assert not (tmp_path / "f.json").exists()
