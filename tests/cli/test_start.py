"""The command starts at once: nothing heavy is loaded before a command needs it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import cleaner as package
from cleaner.cli import COMMANDS
from tests.cli.runs import RULES, Run

HEAVY = {
    "ahocorasick_rs", "bs4", "ftfy", "hyperscan", "lxml", "numpy", "orjson", "pyarrow", "re2", "regex",
    "rich", "trafilatura", "yaml", "tomllib", "multiprocessing", "importlib.metadata",
}  # fmt: skip


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_nothing_heavy_is_loaded(option: str) -> None:
    code = (
        "import sys; from cleaner.cli import main\n"
        f"try: main([{option!r}])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(ran.stderr.split())
    assert (package.__version__ if option == "--version" else "Exit codes") in ran.stdout


def test_the_version_costs_little_cpu() -> None:
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "cleaner", "--version"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.4  # about 0.1 on a quiet machine; the mark is 0.2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_loads_and_helps(name: str, cleaner: Run) -> None:
    ran = cleaner(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: main {name}".encode())


def test_an_unknown_command_is_a_usage_error(cleaner: Run) -> None:
    assert cleaner("claen").code == 2


def test_rules_are_listed(cleaner: Run) -> None:
    ran = cleaner("rules", "--no-shipped-rules", "--rules", RULES)
    assert ran.code == 0
    assert b"small.also-read      drop  promo      1       1      0  stable" in ran.out
    as_json = cleaner("rules", "--no-shipped-rules", "--rules", RULES, "--json")
    (pack,) = json.loads(as_json.out)["packs"]
    assert pack["rules"][0]["id"].startswith("small.")


def test_mistakes_in_rules_come_before_anything_else(cleaner: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("cleaner: 1\npack: bad\nruls: []\n")
    ran = cleaner("clean", "--no-shipped-rules", "--rules", bad, "-", data=b"text")
    assert (ran.code, ran.out) == (2, b"")
    assert "bad.yaml:3" in ran.err
