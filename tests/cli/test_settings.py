"""Settings files: found upwards, checked whole, and beaten by options."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.columns import Columns
from cleaner.settings import SETTINGS, settle
from tests.cli.runs import Run

EVERYTHING = """\
packs = ["more"]
shipped-rules = false
select = ["en.*"]
ignore = ["en.byline"]
status = "trial"
bold = true
repairs-off = ["mojibake"]
seconds = 3
text-column = "words"
html-column = "page"
url-column = "where"
id-column = "key"
[labels]
keep = ["bio"]
drop = ["note"]
[per-site-ignore]
"a.example" = ["en.x"]
"""


def test_every_setting_can_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text(EVERYTHING)
    (tmp_path / "deep/er").mkdir(parents=True)
    settings = settle([str(tmp_path / "deep" / "er")], {})
    options = settings.options()
    assert {row.key for row in SETTINGS} == {
        key for key, origin in settings.origins.items() if origin != "default"
    }
    assert settings.values["packs"] == (str(tmp_path / "more"),)
    assert (options.keep, options.drop) == ({"bio"}, {"note"})
    assert options.per_site_ignore == (("a.example", ("en.x",)),)
    assert options.trial
    assert options.bold
    assert options.seconds == 3
    assert settings.columns() == Columns("words", "page", "where", "key")


def test_the_nearest_file_holds_and_a_project_without_a_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "pyproject.toml").write_text("[tool.other]\n")
    (tmp_path / "pyproject.toml").write_text("[tool.cleaner]\nbold = true\n")
    assert settle([str(tmp_path / "in")], {}).values["bold"] is True
    (tmp_path / "in" / "cleaner.toml").write_text("bold = false\n")
    assert settle([str(tmp_path / "in")], {}).values["bold"] is False


def test_options_win_and_labels_are_weighed_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text(
        'ignore = ["a"]\n[labels]\nkeep = ["bio", "ad"]\ndrop = ["note"]\n'
    )
    settings = settle([str(tmp_path)], {"labels.drop": ("ad",), "ignore": ("b",)})
    assert settings.values["labels.keep"] == ("bio",)
    assert settings.values["labels.drop"] == ("note", "ad")
    assert settings.values["ignore"] == ("b",)
    assert settings.origins["ignore"] == "option"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("selct = []", "cleaner.toml:1: there is no setting `selct`; did you mean `select`?"),
        ("bold = 1", "cleaner.toml:1: `bold` takes true or false"),
        ("\nselect = 'x'", 'cleaner.toml:2: `select` takes a list of strings: ["one", "two"]'),
        (
            "[labels]\nkep = []",
            "cleaner.toml:2: there is no setting `labels.kep`; did you mean `labels.keep`?",
        ),
        (
            "[labels]\nkeep = ['promos']",
            "cleaner.toml:2: `labels.keep` has no `promos`; did you mean `promo`?",
        ),
        ("labels = []", "cleaner.toml:1: `labels` takes a table with the keys keep and drop"),
        ("labels = {drop = ['body']}", "`labels.drop` has no `body`"),
        ("labels = {drop = ['note'], keep = ['note']}", "note can be kept or dropped, not both"),
        ("status = 'stabel'", 'cleaner.toml:1: `status` takes "stable" or "trial"'),
        ("seconds = 0", "cleaner.toml:1: `seconds` takes a number of seconds above 0"),
        ("repairs-off = ['mojibak']", "did you mean `mojibake`?"),
        ("per-site-ignore = ['x']", "cleaner.toml:1: `per-site-ignore` takes a table from hosts"),
        ("x = ", "cleaner.toml: it is not valid TOML"),
        ('"red\\u001b[31m" = 1', r"there is no setting `red\x1b[31m`"),
    ],
)
def test_mistakes_say_where_and_what_instead(toml: str, says: str, cleaner: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text(toml)
    (tmp_path / "a.txt").write_text("x")
    for ran in (cleaner("config", tmp_path), cleaner("clean", tmp_path / "a.txt")):
        assert ran.code == 2
        assert says in ran.err


def test_inputs_with_different_settings_are_refused(clean: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("x")
        (tmp_path / name / "cleaner.toml").write_text("")
    ran = clean(tmp_path / "a", tmp_path / "b" / "x.txt", "-o", tmp_path / "out")
    assert ran.code == 2
    assert "clean them in a run each" in ran.err


def test_settings_of_the_input_reach_the_cleaning(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.\nAlso read: B\n")
    (tmp_path / "cleaner.toml").write_text('[labels]\nkeep = ["promo"]\n')
    assert clean(tmp_path / "a.txt").out == b"A.\nAlso read: B\n"
    assert clean("--drop", "promo", tmp_path / "a.txt").out == b"A.\n"


def test_config_prints_values_and_origins(cleaner: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text(EVERYTHING)
    rows = {
        line.split()[0]: line
        for line in cleaner("config", tmp_path, "--ignore", "x").out.decode().splitlines()
    }
    assert rows["labels.keep"].split()[1:3] == ['["bio"]', f"{tmp_path}/cleaner.toml:14"]
    assert "option" in rows["ignore"]
    assert '{"a.example" = ["en.x"]}' in rows["per-site-ignore"]
    assert "default" in cleaner("config", tmp_path / "..").out.decode()
