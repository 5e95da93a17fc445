"""Folder -> Cases: golden files. A case is a folder with `input.*`, `expected.txt` and perhaps `case.yaml`.

`case.yaml` says what is known besides the text (`url`, `title`, `lang`), which options hold (`keep`, `drop`,
`select`, `ignore`, `trial`, `bold`, `rules`) and, as `about`, what the case shows.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cleaner.errors import SettingsError
from cleaner.model import Document, Options, Result
from cleaner.pipeline import Cleaner
from cleaner.readers import SUFFIXES
from cleaner.rulemodel import Rule, RuleSet

EXPECTED = "expected.txt"
_TEXTS = ("url", "title", "lang", "about")
_LISTS = ("keep", "drop", "select", "ignore", "rules")
_SWITCHES = ("trial", "bold", "shipped")


@dataclass(frozen=True, slots=True)
class Case:
    """One golden case: where it stands, what goes in, and what it asks for."""

    folder: Path
    input: Path
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def expected(self) -> Path:
        """The file that holds the accepted output."""
        return self.folder / EXPECTED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: `same`, `differs` or `new` (nothing was accepted yet)."""

    case: Case
    verdict: str
    got: str
    diff: str = ""


def find_cases(folder: Path) -> Iterator[Case]:
    """Give the cases under a folder (or the folder itself), sorted by path."""
    for path in sorted(folder.rglob("input.*")):
        if path.suffix in SUFFIXES and path.is_file():
            yield Case(path.parent, path, _facts(path.parent / "case.yaml"))


def _facts(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import yaml

    # BaseLoader: every scalar stays the text that a person wrote
    facts = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) or {}
    if not isinstance(facts, dict):
        raise SettingsError(f"{path}: a case is a map of keys; write 'url: …' on a line of its own")
    for key in facts:
        if key not in (*_TEXTS, *_LISTS, *_SWITCHES):
            near = difflib.get_close_matches(key, (*_TEXTS, *_LISTS, *_SWITCHES), n=1)
            hint = (
                f"did you mean '{near[0]}'?"
                if near
                else f"known are {', '.join((*_TEXTS, *_LISTS, *_SWITCHES))}"
            )
            raise SettingsError(f"{path}: unknown key '{key}'; {hint}")
    return facts


def run(case: Case, more: tuple[Rule, ...] = ()) -> Result:
    """Clean the input of a case as `cleaner clean` would clean the file; ``more``: rules besides."""
    return _cleaner_of(case, more).clean_document(document_of(case))


def document_of(case: Case) -> Document:
    """Read the input of a case, with what the case says of it."""
    from cleaner.readers import READERS

    name = SUFFIXES[case.input.suffix]
    record = READERS[name].read(
        case.input.read_bytes(), case.input.name, case.facts.get("url"), case.facts.get("lang")
    )
    if record.error:
        raise SettingsError(f"{case.input}: {record.error}")
    known = record.document
    title = case.facts.get("title") or known.title
    return _cleaner_of(case, ()).open(replace(known, title=title))


def _cleaner_of(case: Case, more: tuple[Rule, ...]) -> Cleaner:
    facts = case.facts
    folders = tuple(str((case.folder / name).resolve()) for name in _list(facts, "rules"))
    options = Options(
        keep=frozenset(_list(facts, "keep")),
        drop=frozenset(_list(facts, "drop")),
        select=tuple(_list(facts, "select")),
        ignore=tuple(_list(facts, "ignore")),
        trial=_switch(facts, "trial"),
        bold=_switch(facts, "bold"),
        final_newline=True,
    )
    return _cleaner(folders, _switch(facts, "shipped", "yes"), options, more)


@lru_cache(maxsize=32)
def _cleaner(folders: tuple[str, ...], shipped: bool, options: Options, more: tuple[Rule, ...]) -> Cleaner:
    rules = _rules(folders, shipped)
    every = RuleSet(rules.packs, (*rules.rules, *more), rules.digest)
    return Cleaner(every if more else rules, options=options)


@lru_cache(maxsize=32)
def _rules(folders: tuple[str, ...], shipped: bool) -> RuleSet:
    from cleaner import rulefile

    shipped_folder = rulefile.shipped_folder()
    return rulefile.load([shipped_folder if shipped else shipped_folder / "fix.yaml", *map(Path, folders)])


def _list(facts: dict[str, Any], key: str) -> list[str]:
    value = facts.get(key, [])
    return value.split() if isinstance(value, str) else [str(item) for item in value]


def _switch(facts: dict[str, Any], key: str, default: str = "no") -> bool:
    return str(facts.get(key, default)).lower() in ("yes", "true", "on")


def check(case: Case) -> Outcome:
    """Run a case and compare with what was accepted, byte for byte."""
    got = run(case).text
    if not case.expected.exists():
        return Outcome(case, "new", got)
    expected = case.expected.read_bytes().decode("utf-8")
    if got == expected:
        return Outcome(case, "same", got)
    diff = difflib.unified_diff(expected.splitlines(True), got.splitlines(True), "expected", "got", n=1)
    return Outcome(case, "differs", got, "".join(diff))


def accept(case: Case, got: str) -> None:
    """Make an output the expected one: whole or not at all. Refused under CI."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        raise SettingsError(
            "golden files are not accepted under CI; run it on your machine, look at the diff and commit"
        )
    temporary = case.expected.with_suffix(".part")
    temporary.write_bytes(got.encode("utf-8"))
    temporary.replace(case.expected)
