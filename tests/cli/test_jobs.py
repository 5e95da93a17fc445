"""Several processes, and processes that end before their time."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.runs import Run, files_of

Start = Callable[..., "subprocess.Popen[bytes]"]


def many(folder: Path, count: int) -> Path:
    """Make a folder of articles that are long enough for a kill to fall between them."""
    folder.mkdir()
    for number in range(count):
        line = f"Ferry {number} left the harbour at noon with a cargo of salt.\nAlso read: Ten bridges\n"
        (folder / f"{number:04}.txt").write_text(line * 4)
    return folder


def test_the_number_of_processes_changes_no_byte(clean: Run, tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 150)
    clean(folder, "--to", "jsonl", "-o", tmp_path / "all.jsonl", "--ignore", "small")
    (tmp_path / "all.jsonl").write_bytes((tmp_path / "all.jsonl").read_bytes() * 20)
    for jobs in (1, 2, 3):
        out, lines = tmp_path / f"out{jobs}", tmp_path / f"out{jobs}.jsonl"
        assert clean(folder, "-o", out, "--ledger", f"{out}.l1", "--jobs", jobs).code == 0
        assert clean(tmp_path / "all.jsonl", "-o", lines, "--ledger", f"{out}.l2", "--jobs", jobs).code == 0
    for jobs in (2, 3):
        out, lines = tmp_path / f"out{jobs}", tmp_path / f"out{jobs}.jsonl"
        assert files_of(out) == files_of(tmp_path / "out1")
        assert lines.read_bytes() == (tmp_path / "out1.jsonl").read_bytes()
        for ledger in ("l1", "l2"):
            one = Path(f"{tmp_path}/out1.{ledger}").read_text()
            assert Path(f"{out}.{ledger}").read_text().replace(f"out{jobs}.jsonl", "out1.jsonl") == one
    assert len(files_of(tmp_path / "out1")) == 150


def test_standard_input_goes_through_processes_too(clean: Run, tmp_path: Path) -> None:
    line = b'{"text": "' + b"The ferry left with salt.\\n" * 40 + b'Also read: B"}\n'
    one = clean("--from", "jsonl", "-", data=line * 1500)
    two = clean("--from", "jsonl", "-", "--jobs", 2, data=line * 1500)
    assert one.code == two.code == 0
    assert one.out == two.out
    assert one.out.count(b"\n") == 1500
    assert b"Also read" not in one.out


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_kill_leaves_whole_files_and_the_next_run_ends_the_same(
    jobs: int, clean: Run, cleaner: Run, start: Start, tmp_path: Path
) -> None:
    folder = many(tmp_path / "in", 500)
    clean(folder, "-o", tmp_path / "undisturbed")
    wanted = files_of(tmp_path / "undisturbed")
    out, ledger = tmp_path / "out", tmp_path / "ledger"
    process = start(folder, "-o", out, "--ledger", ledger, "--jobs", jobs)
    while process.poll() is None and not (out.exists() and len(os.listdir(out)) > 50):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"
    half = files_of(out)
    assert 0 < len(half) < 500
    assert all(wanted[name] == data for name, data in half.items())
    # What is there can be undone: no finished document is without its line.
    assert cleaner("restore", out, "--ledger", ledger, "-o", tmp_path / "back").code == 0
    assert files_of(tmp_path / "back").items() <= files_of(folder).items()
    assert files_of(tmp_path / "back").keys() == half.keys()

    assert clean(folder, "-o", out, "--ledger", ledger).code == 0
    assert files_of(out) == wanted
    assert cleaner("restore", out, "--ledger", ledger, "-o", tmp_path / "back2").code == 0
    assert files_of(tmp_path / "back2") == files_of(folder)


def test_a_killed_file_of_lines_is_not_there(start: Start, tmp_path: Path) -> None:
    line = b'{"text": "' + b"The ferry left with salt.\\n" * 400 + b'Also read: B"}\n'
    (tmp_path / "in.jsonl").write_bytes(line * 3000)
    (tmp_path / "out").mkdir()
    process = start(
        tmp_path / "in.jsonl", "-o", tmp_path / "out" / "x.jsonl", "--ledger", tmp_path / "l", "--jobs", 1
    )
    while process.poll() is None and not ((tmp_path / "l").exists() and (tmp_path / "l").stat().st_size):
        time.sleep(0.002)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert os.listdir(tmp_path / "out") == []


def test_children_do_not_outlive_a_killed_parent(start: Start, tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 500)
    process = start(folder, "-o", tmp_path / "out", "--jobs", 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids: list[str] = []
    while process.poll() is None and len(pids) < 2:
        pids = children.read_text().split()
    process.kill()
    process.communicate()
    assert len(pids) == 2
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: str) -> bool:
    try:
        return re.search(r"\) Z ", Path(f"/proc/{pid}/stat").read_text()) is None
    except OSError:
        return False


def test_a_broken_pipe_is_no_error(start: Start, tmp_path: Path) -> None:
    line = b'{"text": "' + b"The ferry left with salt.\\n" * 400 + b'"}\n'
    (tmp_path / "in.jsonl").write_bytes(line * 500)
    process = start(tmp_path / "in.jsonl", "--jobs", 2, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert err == b""


def test_a_full_disk_is_named(start: Start, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The ferry left.\n")
    with open("/dev/full", "wb") as full:
        process = start(tmp_path / "a.txt", stdout=full)
        err = process.communicate()[1]
    assert process.returncode == 3
    assert b"standard output: No space left on device" in err
    process = start(tmp_path / "a.txt", "-o", tmp_path / "b.txt", "--ledger", "/dev/full")
    assert b"/dev/full is not a file" in process.communicate()[1]
    assert process.returncode == 2
