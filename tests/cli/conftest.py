"""Runs of the command with a small pack of rules, in this process or in one of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner.cli import main
from tests.cli.runs import SMALL, Ran, Run


@pytest.fixture
def cleaner() -> Run:
    """Run any command in this process."""

    def run(*args: object, data: bytes = b"") -> Ran:
        result = CliRunner().invoke(main, [str(arg) for arg in args], input=data)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout_bytes, result.stderr)

    return run


@pytest.fixture
def clean(cleaner: Run) -> Run:
    """Run `clean` with the small pack, in this process and with one job."""

    def run(*args: object, data: bytes = b"") -> Ran:
        return cleaner("clean", *SMALL, "--jobs", 1, *args, data=data)

    return run


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start `clean` with the small pack in a process of its own."""

    def run(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "cleaner", "clean", *SMALL, *map(str, args)]
        return subprocess.Popen(command, stderr=subprocess.PIPE, **kwargs)  # type: ignore[call-overload,no-any-return]

    return run


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a folder of awkward texts, each with a line that goes."""
    folder = tmp_path / "in"
    (folder / "sub" / "deep").mkdir(parents=True)
    files = {
        "plain.txt": b"The ferry left.\nAlso read: Ten bridges\nIt came back.\n",
        "sub/crlf.txt": b"The ferry left.\r\n\r\nAlso read: Ten bridges\r\n\r\nIt came back.\r\n",
        "sub/no-end.txt": b"The ferry left.\nAlso read: Ten bridges",
        "sub/many-ends.txt": b"The ferry left.\nAlso read: Ten bridges\n\n\n",
        "sub/mark.txt": b"\xef\xbb\xbfThe ferry left.\nAlso read: Ten bridges\n",
        "sub/deep/little.txt": b"\xff\xfe"
        + "The ferry left.\r\nAlso read: Ten bridges\n".encode("utf-16-le"),
        "sub/deep/big.txt": b"\xfe\xff" + "The ferry left.\nAlso read: Ten bridges\n".encode("utf-16-be"),
        "sub/deep/control.txt": b"The ferry\0 left.\nAlso read: Ten bridges\n",
        "sub/deep/separator.txt": "The ferry\u2028 left.\u0085x\nAlso read: Ten bridges\n".encode(),
        "empty.txt": b"",
        "blank.txt": b" \n\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
