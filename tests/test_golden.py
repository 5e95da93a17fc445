"""Every golden case comes out as accepted; a newcomer's case says how to accept it; CI accepts nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import golden
from cleaner.errors import SettingsError
from cleaner.labels import LABELS
from cleaner.repair_names import REPAIR_NAMES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "fixtures" / "cases"
CASES = list(golden.find_cases(FOLDER))


def name_of(case: golden.Case) -> str:
    """Give the name of a case: its folder below the folder of cases."""
    return case.folder.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_case_comes_out_as_accepted(case: golden.Case) -> None:
    outcome = golden.check(case)
    assert outcome.verdict == "same", outcome.diff or "nothing was accepted yet"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_input_can_be_rebuilt(case: golden.Case) -> None:
    result = golden.run(case)
    assert result.restore() == result.source


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_case_says_what_it_shows(case: golden.Case) -> None:
    assert case.facts.get("about", "").endswith(".")


def test_every_label_and_every_repair_has_a_case() -> None:
    names = {name_of(case) for case in CASES}
    assert {name.split("/")[1] for name in names if name.startswith("labels/")} == set(LABELS)
    assert {f"repairs/{name}" for name in REPAIR_NAMES} <= names


@pytest.mark.parametrize("site", ["kyivpost", "wionews"])
def test_seed_is_the_article_that_the_project_began_with(site: str) -> None:
    read = (FOLDER / "seeds" / site / "input.txt").read_bytes()
    assert read in [path.read_bytes() for path in (ROOT / "seeds").iterdir()]


def run_pytest(*args: str, folder: Path, ci: str = "") -> subprocess.CompletedProcess[str]:
    """Run pytest with the plugin as another project would, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "cleaner.adapters.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT), "CI": ci}
    return subprocess.run(
        [*command, *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_plugin_collects_the_cases(tmp_path: Path) -> None:
    done = run_pytest("--cleaner-golden", str(FOLDER), folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert f"{len(CASES)} passed" in done.stdout


@pytest.fixture
def newcomer(tmp_path: Path) -> Path:
    """Make a case of which nothing was accepted yet."""
    folder = tmp_path / "cases" / "new"
    folder.mkdir(parents=True)
    (folder / "input.txt").write_text("The ferry left.\nRing the bell\nIt came back.\n", "utf-8")
    (folder / "case.yaml").write_text("about: A bell.\nshipped: no\nrules: rules\n", "utf-8")
    (folder / "rules").mkdir()
    (folder / "rules" / "bell.yaml").write_text(
        "cleaner: 1\npack: bell\nrules:\n  - {id: bell, why: A bell., drop: interface, at: Ring the bell, "
        "hits: [Ring the bell]}\n",
        "utf-8",
    )
    return folder


def test_new_case_fails_and_names_the_command_that_accepts_it(newcomer: Path) -> None:
    root = newcomer.parent
    done = run_pytest("--cleaner-golden", str(root), folder=root)
    assert done.returncode == 1
    assert "nothing was accepted yet" in done.stdout
    assert f"pytest --cleaner-golden {newcomer} --cleaner-accept" in done.stdout
    assert not (newcomer / golden.EXPECTED).exists()

    assert run_pytest("--cleaner-golden", str(root), "--cleaner-accept", folder=root).returncode == 0
    assert (newcomer / golden.EXPECTED).read_bytes() == b"The ferry left.\nIt came back.\n"
    assert run_pytest("--cleaner-golden", str(root), folder=root).returncode == 0


def test_accepting_is_refused_under_ci(newcomer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run_pytest("--cleaner-golden", str(newcomer), "--cleaner-accept", folder=newcomer, ci="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "refused under CI" in done.stderr

    monkeypatch.setenv("CI", "true")
    with pytest.raises(SettingsError, match="not accepted under CI"):
        golden.accept(golden.Case(newcomer, newcomer / "input.txt"), "anything")
    assert not (newcomer / golden.EXPECTED).exists()


def test_changed_output_is_shown_as_a_difference(newcomer: Path) -> None:
    (newcomer / golden.EXPECTED).write_text("The ferry left.\nRing the bell\nIt came back.\n", "utf-8")
    outcome = golden.check(next(golden.find_cases(newcomer)))
    assert outcome.verdict == "differs"
    assert "-Ring the bell" in outcome.diff


def test_unknown_key_of_a_case_is_named(newcomer: Path) -> None:
    (newcomer / "case.yaml").write_text("tilte: A bell\n", "utf-8")
    with pytest.raises(SettingsError, match="unknown key 'tilte'; did you mean 'title'"):
        list(golden.find_cases(newcomer))
