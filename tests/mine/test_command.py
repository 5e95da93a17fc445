"""`cleaner mine` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.cli import main
from tests.mine.articles import HOST, corpus


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    file = tmp_path / "oar.jsonl"
    rows = [{"id": one.id, "url": one.url, "text": one.text} for one in corpus()]
    file.write_text("\n".join(map(json.dumps, rows)) + '\n{"text": 3}\n{"text": "no address"}\n')
    return file


def test_mine(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "mined"
    run = CliRunner().invoke(main, ["mine", str(articles), "-o", str(out), "--since", "2024-05-31"])
    assert run.exit_code == 3, run.output
    assert HOST in run.output
    assert "oar.jsonl:24" in run.output
    assert "1 articles have no address" in run.output
    text = (out / f"{HOST}.yaml").read_text("utf-8")
    assert "source: 'oar: 18 of 18 articles'" in text
    assert "since: 2024-05-31" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--site", "no host"], "is no host"),
        (["--since", "May"], "is no date"),
        (["--lang", "xx"], "no language"),
    ],
)
def test_bad_options_are_told(articles: Path, tmp_path: Path, options: list[str], said: str) -> None:
    run = CliRunner().invoke(main, ["mine", str(articles), "-o", str(tmp_path / "mined"), *options])
    assert run.exit_code == 2
    assert said in run.output
    assert not (tmp_path / "mined").exists()


def test_an_empty_corpus_gives_no_rules(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    run = CliRunner().invoke(main, ["mine", str(tmp_path / "none"), "-o", str(tmp_path / "mined")])
    assert run.exit_code == 0
    assert "0 rules" in run.output
