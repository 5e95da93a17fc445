"""`explain` and `why`: what would go, by which rule, and what a line lacked for a rule that came near."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.explain import rows
from cleaner.model import Edit, Result
from tests.cli.runs import Run

RULES = Path(__file__).with_name("explain.yaml")
ONLY = ("--no-shipped-rules", "--rules", str(RULES))
TEXT = """\
The council met on Tuesday and spoke for four hours.

Also read: Ten bridges
He left at nine. (With inputs from agencies)
Watch the storm that came last night
More:
The end.
Listen to the wind
Lies das Buch
Also read: the law
a\x1b[31mb
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "in.txt").write_text(TEXT, "utf-8")
    return tmp_path / "in.txt"


def test_explain_marks_lines_and_names_rules(cleaner: Run, article: Path) -> None:
    ran = cleaner("explain", article, *ONLY)
    lines = ran.out.decode().split("\n")
    assert ran.code == 0
    assert lines[0] == "  The council met on Tuesday and spoke for four hours."
    assert lines[2] == "- Also read: Ten bridges"
    assert lines[3].startswith("      ^ promo · t.also · ")
    assert "explain.yaml:4 · line 3: Also read: Ten bridges" in lines[3]
    assert lines[4] == "~ He left at nine.[- (With inputs from agencies)-]"
    assert "credit · t.sign" in lines[5]
    assert "\x1b" not in ran.out.decode()


def test_explain_in_colour_strikes_through(cleaner: Run, article: Path) -> None:
    out = cleaner("explain", article, "--color", "always", *ONLY).out.decode()
    struck = next(line for line in out.split("\n") if "Ten bridges" in line)
    assert struck.startswith("\x1b[9;")
    assert "a\\x1b[31mb" in out


def test_explain_as_a_page(cleaner: Run, article: Path) -> None:
    out = cleaner("explain", article, "--html", *ONLY).out.decode()
    assert out.startswith("<!DOCTYPE html>")
    assert "line-through" in out


def test_explain_a_line_of_json_lines(cleaner: Run, article: Path, tmp_path: Path) -> None:
    rows = [{"text": "One."}, {"text": "He left.\nAlso read: Dogs"}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    out = cleaner("explain", tmp_path / "in.jsonl", "--record", 2, *ONLY).out.decode()
    assert out.split("\n")[:2] == ["  He left.", "- Also read: Dogs"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (3, "taken by t.also (promo)"),
        (3, "evidence: line 3: Also read: Ten bridges"),
        (4, "taken by t.sign (credit)"),
        (1, "no rule took this line, and none came near"),
        (2, "no rule took this line, and none came near"),
        (5, "'words' wants 2..4, the line has 7"),
        (6, "'after' step 1: takes 0 lines, 'min' wants 1"),
        (8, "its 'at' passes, but its status is 'trial'"),
        (9, "its 'at' passes, but its 'if' does not hold of the document"),
        (10, "it matched, but the rule t.calm keeps the line"),
    ],
)
def test_why(cleaner: Run, article: Path, line: int, told: str) -> None:
    ran = cleaner("why", f"{article}:{line}", *ONLY)
    assert ran.code == 0
    assert told in ran.out.decode()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["why", "in.txt"], "add the number of the line"),
        (["why", "in.txt:99"], "has no line 99"),
        (["why", "gone.txt:1"], "there is no such file"),
        (["explain", "."], "is a folder; give one file"),
        (["explain", "in.txt", "--lang", "xx"], "there is no language `xx`"),
        (["explain", "in.txt", "--record", "2"], "it has no article 2"),
    ],
)
def test_calls_that_cannot_be_used(
    cleaner: Run, article: Path, args: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    ran = cleaner(*args, *ONLY)
    assert ran.code == 2
    assert told in ran.err


def test_rows_hold_every_character() -> None:
    source = "a\r\nbc\n\nd"
    edits = (Edit(1, 4, "\r\nb", "\nB", "x.y", "debris"), Edit(5, 8, "\n\nd", "", "x.z", "promo"))
    found = rows(Result("a\nBc", edits, source=source))
    assert [[(piece.kind, piece.text) for piece in row.pieces] for row in found] == [
        [("stays", "a")],
        [("goes", "b"), ("comes", "\nB"), ("stays", "c")],
        [],
        [("goes", "d")],
    ]
    assert [row.sign for row in found] == [" ", "~", "-", "-"]
    assert [row.number for row in found] == [1, 2, 3, 4]
