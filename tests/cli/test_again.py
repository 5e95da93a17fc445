"""`cleaner clean` called once more: what it says, what it leaves alone, and where it keeps no notes."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.batch import notes
from tests.cli.runs import SMALL, Run, files_of

SAYS = "documents were done by an earlier run with the same rules and options; --fresh does them again"


def test_a_second_call_says_what_it_did_not_do(clean: Run, tree: Path, tmp_path: Path) -> None:
    first = clean(tree, "-o", tmp_path / "out")
    again = clean(tree, "-o", tmp_path / "out")
    assert again.err == f"cleaner: 11 {SAYS}\n{first.err}"
    assert SAYS not in clean(tree, "-o", tmp_path / "out", "--fresh").err
    assert SAYS not in clean(tree, "-o", tmp_path / "out", "--keep", "promo").err
    assert clean(tree, "-o", tmp_path / "out", "--keep", "promo", "-q").err == ""
    manifest = json.loads((tmp_path / "out/.cleaner/manifest.json").read_bytes())
    assert (manifest["state"], manifest["report"]["documents"]) == ("done", 11)


def test_failures_are_named_again(clean: Run, tree: Path, tmp_path: Path) -> None:
    (tree / "latin.txt").write_bytes(b"caf\xe9")
    for _ in range(2):
        ran = clean(tree, "-o", tmp_path / "out")
        assert ran.code == 3
        assert "latin.txt: it is not UTF-8" in ran.err


def test_one_article_and_standard_output_leave_no_notes(clean: Run, tree: Path, tmp_path: Path) -> None:
    lines = b'{"id": "a", "text": "A."}\n'
    (tmp_path / "in.jsonl").write_bytes(lines)
    clean(tree / "plain.txt", "-o", f"{tmp_path}/one/")
    clean(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    clean("--from", "jsonl", "-", data=lines)
    clean(tree, "-o", tmp_path / "dry", "--dry-run")
    assert not list(tmp_path.rglob(".cleaner"))
    clean(tmp_path / "in.jsonl", "-o", f"{tmp_path}/many/")
    assert [path.parent.name for path in tmp_path.rglob(".cleaner")] == ["many"]


def test_notes_are_no_articles(clean: Run, tree: Path, tmp_path: Path) -> None:
    clean(tree, "-o", tmp_path / "out")
    (tmp_path / "out/.cleaner/parts").mkdir(exist_ok=True)
    (tmp_path / "out/.cleaner/parts/a.txt").write_bytes(b"A.")
    clean(tmp_path / "out", "-o", tmp_path / "twice")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "twice")
    (tmp_path / "in.jsonl").write_bytes(b'{"id": ".Cleaner/files", "text": "A."}\n')
    ran = clean(tmp_path / "in.jsonl", "--to", "text", "-o", tmp_path / "texts")
    assert ran.code == 2
    assert "is the folder for the notes of a run; rename it" in ran.err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_file_of_lines_goes_on_inside(jobs: int, clean: Run, tmp_path: Path) -> None:
    line = (
        b'{"text": "'
        + b"The ferry left with salt.\\n" * 20
        + b'Also read: B", "raw": "%s"}\n' % (b"x" * 40_000)
    )
    (tmp_path / "in.jsonl").write_bytes(line * 200)
    clean(tmp_path / "in.jsonl", "-o", f"{tmp_path}/whole/", "--ledger", tmp_path / "whole.ledger")
    call = (tmp_path / "in.jsonl", "-o", f"{tmp_path}/out/", "--ledger", tmp_path / "ledger", "--jobs", jobs)
    child = os.fork()
    if not child:
        notes.EACH = 0.0
        clean(*call)
        os._exit(0)
    deadline = time.monotonic() + 60
    while not _noted(tmp_path / "out/.cleaner/files.sqlite"):
        time.sleep(0.001)
        assert time.monotonic() < deadline
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, (
        "it was done before the kill"
    )
    assert files_of(tmp_path / "out") == {}
    ran = clean(*call)
    kept = re.search(r"cleaner: (\d+) documents were done by an earlier run", ran.err)
    assert kept, ran.err
    assert 0 < int(kept[1]) < 200
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")
    assert (tmp_path / "ledger").read_bytes() == (tmp_path / "whole.ledger").read_bytes()


def _noted(path: Path) -> bool:
    """Tell whether a unit is noted, without waiting for the run that writes."""
    if not path.exists():
        return False
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=0)
    try:
        return bool(store.execute("SELECT count(*) FROM units").fetchone()[0])
    except sqlite3.OperationalError:
        return False
    finally:
        store.close()


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    row = (
        b'{"id": "%d", "text": "The ferry left.\\nAlso read: Ten bridges", "raw": "' + b"x" * 40_000 + b'"}\n'
    )
    most = []
    for count in (100, 1000):
        with (tmp_path / "in.jsonl").open("wb") as file:
            file.writelines(row % number for number in range(count))
        script = (
            "import resource, sys; from cleaner.cli import main; main(standalone_mode=False); "
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
        )
        call = ["clean", *SMALL, "--jobs", "1", "-q", f"{tmp_path}/in.jsonl", "-o", f"{tmp_path}/{count}/"]
        ran = subprocess.run([sys.executable, "-c", script, *call], capture_output=True, check=True)
        most.append(int(ran.stdout))
    assert most[1] < most[0] + 30, "megabytes, for 8 and 80 of input"
