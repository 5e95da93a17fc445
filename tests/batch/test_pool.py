"""Processes that die: the rest of the batch goes on, and the document is named."""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path

import pytest

from cleaner.batch.inputs import find
from cleaner.batch.names import plan
from cleaner.batch.parcels import Setup
from cleaner.batch.run import Streams, run
from cleaner.model import Document, Edit, Result
from cleaner.report import Report


class Deadly:
    """Takes `-` out of texts, and dies of some."""

    digest = "d"

    def clean_document(self, document: Document) -> Result:
        if "DIE" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "RAISE" in document.text:
            raise KeyError("a defect")
        at = document.text.find("-")
        if at < 0:
            return Result(document.text, source=document.text)
        edit = Edit(at, at + 1, "-", "", "r", "debris")
        return Result(document.text.replace("-", "", 1), (edit,), source=document.text)


def clean(source: Path, out: Path, jobs: int = 2) -> Report:
    setup = Setup(lambda final_newline: Deadly())
    return run(plan(find((str(source),), None), str(out), None), setup, _streams(), jobs=jobs)


def _streams(data: bytes = b"") -> Streams:
    return Streams(io.BytesIO(data), io.BytesIO())


def test_a_file_that_kills_its_process_passes_through(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(200):
        (tmp_path / f"in/{number:03}.txt").write_text(f"a-{number}" + "DIE" * (number in (7, 150)))
    report = clean(tmp_path / "in", tmp_path / "out")
    assert report.documents == 200
    assert report.failures == [(f"{name}.txt", "the process that cleaned it died") for name in ("007", "150")]
    assert (tmp_path / "out/007.txt").read_text() == "a-7DIE"
    assert (tmp_path / "out/008.txt").read_text() == "a8"
    assert len(list((tmp_path / "out").iterdir())) == 200


def test_a_line_that_kills_its_process_passes_through(tmp_path: Path) -> None:
    lines = [f'{{"text": "a-{number}{"x" * 900}{"DIE" * (number == 1234)}"}}\n' for number in range(3000)]
    (tmp_path / "in.jsonl").write_text("".join(lines))
    report = clean(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert report.documents == 3000
    assert report.failures == [("in.jsonl:1235", "the process that cleaned it died")]
    out = (tmp_path / "out.jsonl").read_text().splitlines(keepends=True)
    assert out == [line if "DIE" in line else line.replace("-", "") for line in lines]


def test_standard_input_survives_too() -> None:
    lines = [f'{{"text": "a-{number}{"DIE" * (number == 12)}"}}\n' for number in range(300)]
    data = io.BytesIO("".join(lines).encode())
    data.read1 = lambda size=-1: io.BytesIO.read(data, 700)  # type: ignore[method-assign,assignment]
    streams = Streams(data, io.BytesIO())
    report = run(plan(find(("-",), "jsonl"), None, None), Setup(lambda _: Deadly()), streams, jobs=2)
    assert report.failed == 1
    out = streams.stdout
    assert isinstance(out, io.BytesIO)
    assert out.getvalue().decode() == "".join(
        line if "DIE" in line else line.replace("-", "") for line in lines
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_defect_of_ours_is_an_error_of_one_document(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(100):
        (tmp_path / f"in/{number:03}.txt").write_text("a-RAISE" if number == 5 else "a-b")
    report = clean(tmp_path / "in", tmp_path / "out", jobs)
    assert report.failures == [("005.txt", "internal error: KeyError: 'a defect'")]
    assert (tmp_path / "out/005.txt").read_text() == "a-RAISE"


def test_a_file_that_gets_shorter_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f'{{"text": "a-b", "more": "{"x" * 4000}"}}\n' * 600)
    found = plan(find((str(path),), None), str(tmp_path / "out.jsonl"), None)

    class Shortens(Deadly):
        def clean_document(self, document: Document) -> Result:
            os.truncate(path, 1000)
            return super().clean_document(document)

    report = run(found, Setup(lambda _: Shortens()), _streams(), jobs=1)
    assert report.failures[-1] == ("in.jsonl", "the file became shorter while it was read")
    assert not (tmp_path / "out.jsonl").exists()
