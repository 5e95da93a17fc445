"""What the tests of resumed runs share: a cleaner that is quick, runs of it, and runs that die."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import notes as notes_module
from cleaner.batch import store, tasks
from cleaner.batch.counts import as_dict
from cleaner.batch.inputs import find
from cleaner.batch.names import plan
from cleaner.batch.notes import Notes
from cleaner.batch.outputs import Books
from cleaner.batch.parcels import Setup
from cleaner.batch.run import Streams, run
from cleaner.ledger import Ledger
from cleaner.model import Document, Edit, Result
from tests.cli.runs import files_of

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate"}


class Takes:
    """Takes the first `-` out of a text."""

    digest = "rules 1"
    done: list[str]

    def __init__(self) -> None:
        self.done = []

    def clean_document(self, document: Document) -> Result:
        self.done.append(document.id)
        at = document.text.find("-")
        if at < 0:
            return Result(document.text, source=document.text)
        edit = Edit(at, at + 1, "-", "", "r", "debris")
        return Result(document.text.replace("-", "", 1), (edit,), source=document.text)


@dataclass(frozen=True)
class Ran:
    """What a run left behind, and which documents it cleaned."""

    files: dict[str, bytes]
    ledger: bytes
    report: dict[str, Any]
    manifest: dict[str, Any]
    done: list[str]
    """Ids, of a run in this process."""
    kept: int
    said: list[str]

    def same(self, other: Ran) -> bool:
        """Tell whether nobody could tell two runs apart by what they left."""
        return (self.files, self.ledger, self.report) == (other.files, other.ledger, other.report)


@dataclass
class Case:
    """A folder to clean, and where it goes."""

    root: Path
    to: str | None = None

    @property
    def source(self) -> Path:
        """The inputs."""
        return self.root / "in"

    def run(self, out: str = "out", jobs: int = 1, rules: str = "rules 1", *, fresh: bool = False) -> Ran:
        """Clean everything and tell what became of it."""
        cleaner = Takes()
        cleaner.digest = rules
        folder, ledger = self.root / out, self.root / f"{out}.ledger"
        found = plan(find((str(self.source),), None), f"{folder}/", self.to, str(ledger))
        setup = Setup(lambda _: cleaner, ledger=True, noted=True)
        streams = Streams(io.BytesIO(), io.BytesIO())
        with Notes(found, setup, ledger=str(ledger), fresh=fresh) as notes:
            report = run(found, setup, streams, jobs=jobs, books=Books(notes=notes))
        manifest = json.loads((folder / ".cleaner/manifest.json").read_bytes())
        counts = as_dict(report)
        return Ran(
            files_of(folder), ledger.read_bytes(), counts, manifest, cleaner.done, notes.kept, notes.said
        )

    def killed_run(self, step: int, out: str = "out") -> bool:
        """Clean in a process that dies before its write number ``step``; tell whether it did."""
        child = os.fork()
        if not child:
            try:
                _die_at(step, str(self.root))
                self.run(out)
            except BaseException as error:
                os.write(2, repr(error).encode())
                os._exit(1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 9)
        return code == 9


def _die_at(step: int, root: str) -> None:
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == step:
            os._exit(9)

    def hear(event: str, args: Any) -> None:
        if event in _CHANGES or (event == "open" and str(args[0]).startswith(root) and args[2] & _WRITES):
            tick()

    sys.addaudithook(hear)
    connect = store._connect

    def traced(path: Path) -> store.Connection:
        connection = connect(path)
        # What is written between two commits is written by the second, so only those are worth a kill.
        connection.set_trace_callback(lambda statement: statement.startswith(("COMMIT", "PRAGMA")) and tick())
        return connection

    store._connect = traced
    append = Ledger.append

    def torn(self: Ledger, lines: bytes) -> None:
        if lines:
            append(self, lines[: len(lines) // 2])
            tick()
            append(self, lines[len(lines) // 2 :])
            tick()

    Ledger.append = torn  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut inputs into small parts, commit after each, and do not wait for the disk."""
    monkeypatch.setattr(tasks, "CHUNK", 150)
    monkeypatch.setattr(tasks, "MOST_FILES", 2)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(store, "_PRAGMAS", ("journal_mode=DELETE", "synchronous=OFF"))
    monkeypatch.setattr(notes_module, "EACH", 0.0)


Make = Callable[[Path], Case]


def texts(root: Path) -> Case:
    """Make a folder of texts, one of which cannot be read as one."""
    (root / "in/sub").mkdir(parents=True)
    for number in range(3):
        (root / f"in/{'sub/' * (number % 2)}{number}.txt").write_text(f"The ferry -{number} left.\n")
    (root / "in/bad.txt").write_bytes(b"\xff-")
    return Case(root)


def gathered(root: Path) -> Case:
    """Make texts that go to one file of lines."""
    texts(root)
    return Case(root, "jsonl")


def lines(root: Path) -> Case:
    """Make two files of lines that stay files of lines."""
    (root / "in").mkdir(parents=True)
    for name in ("a", "b"):
        rows = [f'{{"id": "{name}{number}", "text": "The ferry -{number} left."}}\n' for number in range(5)]
        (root / f"in/{name}.jsonl").write_text("".join(rows))
    with (root / "in/a.jsonl").open("a") as file:
        file.write("no line\n\n")
    return Case(root)


def scattered(root: Path) -> Case:
    """Make files of lines that become a text each."""
    lines(root)
    (root / "in/a.jsonl").write_text((root / "in/a.jsonl").read_text().replace("no line\n", ""))
    return Case(root, "text")


def packed(root: Path) -> Case:
    """Make files that can only be read and written in one go."""
    (root / "in").mkdir(parents=True)
    rows = [f'{{"id": "p{number}", "text": "The ferry -{number} left."}}\n' for number in range(4)]
    (root / "in/a.jsonl.gz").write_bytes(gzip.compress("".join(rows).encode(), mtime=1))
    table = "".join(f"t{number},The ferry -{number} left.\n" for number in range(5))
    (root / "in/b.csv").write_text(f"id,text\n{table}")
    (root / "in/c.txt").write_text("The ferry -c left.\n")
    return Case(root)


def unpacked(root: Path) -> Case:
    """Make files of all sorts that become files of lines."""
    packed(root)
    return Case(root, "jsonl")


def strewn(root: Path) -> Case:
    """Make packed files that become a text each."""
    packed(root)
    return Case(root, "text")


CASES: tuple[Make, ...] = (texts, gathered, lines, scattered, packed, unpacked, strewn)
