"""A ledger outlives a kill: torn lines go, whole ones stay, and nobody's file is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import UsageError
from cleaner.ledger import Index, Ledger, Place, read_line, write_line
from cleaner.model import Document, Edit, Note, Result
from cleaner.record import Record

PLACE = Place("a.txt", "a.txt", "text")
RECORD = Record("ab\ud800".encode("utf-8", "surrogatepass"), "text", Document("ab\ud800", id="a.txt"))
RESULT = Result(
    "a",
    (Edit(1, 3, "b\ud800", "", "en.x", "promo", ("heading on line 3",)),),
    (Note("over-budget", "en.y took too much", "en.y"),),
    source="ab\ud800",
)


def test_a_line_says_what_it_takes_to_undo() -> None:
    line = write_line(PLACE, RECORD, RESULT, "digest")
    entry = read_line(line)
    assert entry.place == PLACE
    assert entry.edits == (Edit(1, 3, "b\ud800", "", "en.x", "promo"),)
    assert b'"evidence": ["heading on line 3"]' in line
    assert b'"rules": "digest"' in line


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_a_torn_line_is_taken_away(cut: int, tmp_path: Path) -> None:
    line = write_line(PLACE, RECORD, RESULT, "digest")
    for whole in (0, 3):
        (tmp_path / "l").write_bytes(line * whole + line[:cut])
        with Ledger(tmp_path / "l") as ledger:
            ledger.append(line)
        assert (tmp_path / "l").read_bytes() == line * (whole + 1)


def test_a_long_torn_line_is_taken_away(tmp_path: Path) -> None:
    line = write_line(PLACE, RECORD, RESULT, "digest")
    (tmp_path / "l").write_bytes(line + b"x" * 300_000)
    with Ledger(tmp_path / "l"):
        pass
    assert (tmp_path / "l").read_bytes() == line


def test_another_file_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_bytes(b'{"text": "x"}\n')
    with pytest.raises(UsageError, match="is not a ledger; give the ledger a file of its own"):
        Ledger(tmp_path / "articles.jsonl")


def test_lines_are_found_newest_first(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        for rules in ("one", "two"):
            ledger.append(write_line(PLACE, RECORD, RESULT, rules))
            ledger.append(write_line(Place("b", "b.jsonl", "jsonl", 3), RECORD, RESULT, rules))
        ledger.append(b"{}\n[]\n{torn")
    with Index(tmp_path / "l") as index:
        assert index.outputs == ["a.txt", "b.jsonl"]
        assert len(list(index.entries("a.txt", 0))) == 2
        assert [number for number, _ in index.bad] == [5, 6, 7]
