"""What is printed from tables is current, and what the pages say of settings and dependencies is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from cleaner import examples, rulefile, settings
from cleaner.cli import COMMANDS, clidocs
from cleaner.rulefile import ruledocs

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def page(name: str) -> str:
    """Read a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, kind: str) -> list[str]:
    """Give the code of one kind on a page, without the indentation that a list gives it."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", code, flags=re.MULTILINE) for indent, code in found]


def test_reference_of_rules_is_current() -> None:
    command = "python -m cleaner.rulefile.ruledocs > docs/rule-reference.md"
    assert page("docs/rule-reference.md") == ruledocs.text(), command


def test_page_of_commands_is_current() -> None:
    assert page("docs/cli.md") == clidocs.text(), "python -m cleaner.cli.clidocs > docs/cli.md"


def test_readme_lists_every_command() -> None:
    listed = re.findall(r"^\| `cleaner (\w+)", page("README.md"), re.MULTILINE)
    assert sorted(set(listed)) == sorted(COMMANDS)


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_has_its_row(setting: settings.Setting) -> None:
    option = f"`{setting.option}`" if setting.option else ""
    assert f"| `{setting.key}` | {option} | {setting.about} |" in page("docs/settings.md")


def test_settings_of_the_page_can_be_used(tmp_path: Path) -> None:
    (code,) = blocks(page("docs/settings.md"), "toml")
    (tmp_path / settings.FILE).write_text(code, encoding="utf-8")
    assert settings.settle([str(tmp_path)], {}).file == tmp_path / settings.FILE


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(page("pyproject.toml"))["project"]
    rows = re.findall(r"^\| `([\w-]+)` \|", page("docs/dependencies.md"), re.MULTILINE)
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert sorted(rows) == sorted(re.split(r"[>=<;# ]", line)[0] for line in wanted)


@pytest.mark.parametrize("name", ["README.md", "docs/rules.md"])
def test_rules_of_the_page_do_what_they_show(name: str, tmp_path: Path) -> None:
    for number, code in enumerate(blocks(page(name), "yaml")):
        (tmp_path / f"{number}.yaml").write_text(code, encoding="utf-8")
    rules = rulefile.load([tmp_path]).rules
    assert rules
    assert [finding for finding in examples.check(rules) if finding.fails] == []


def test_library_of_the_readme_runs() -> None:
    (code,) = blocks(page("README.md"), "python")
    exec(compile(code, "README.md", "exec"), {})


def test_picture_of_the_readme_is_true() -> None:
    """The words of the picture that stay are what the case of the same name expects."""
    case = ROOT / "fixtures" / "cases" / "forms" / "readme"
    picture, *_ = re.findall(r"^```\n(.*?)^```$", page("README.md"), re.DOTALL | re.MULTILINE)
    rows = [(line[:66].strip(), line[66:81].strip(), line[81:].strip()) for line in picture.splitlines()[2:]]
    before = [row[0] for row in rows if row[0]]
    after = " ".join(row[0] if row[2] == "stays" else row[2] for row in rows if row[2])
    assert before == (case / "input.txt").read_text(encoding="utf-8").splitlines()
    assert after.split() == (case / "expected.txt").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_cases_are_yaml_that_others_can_read() -> None:
    for path in (ROOT / "fixtures" / "cases").rglob("case.yaml"):
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict), path
