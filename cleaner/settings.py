"""Settings files and options -> Settings: what holds for a run, and for each value where it came from.

`cleaner.toml`, or `[tool.cleaner]` in `pyproject.toml`, found upwards from the input; options win.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.columns import OPTIONS as COLUMNS
from cleaner.columns import Columns
from cleaner.errors import Address, SettingsError, UsageError
from cleaner.labels import LABELS
from cleaner.model import Options
from cleaner.repair_names import REPAIR_NAMES

FILE = "cleaner.toml"
_PROJECT = "pyproject.toml"
_DEFAULT = "default"
_OPTION = "option"
_STATUSES = ("stable", "trial")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: its key, the option that wins over it, and what values it takes."""

    key: str
    default: Any
    option: str
    about: str
    check: Callable[[Any], str]
    """Say what is wrong with a value; empty when nothing is."""
    known: tuple[str, ...] = ()
    """The words that its value may hold, where they are few."""


def _strings(value: Any) -> str:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ""
    return 'takes a list of strings: ["one", "two"]'


def _truth(value: Any) -> str:
    return "" if isinstance(value, bool) else "takes true or false"


def _seconds(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if number and 0 < value < float("inf") else "takes a number of seconds above 0"


def _word(value: Any) -> str:
    return "" if isinstance(value, str) else "takes a string"


def _status(value: Any) -> str:
    return "" if value in _STATUSES else 'takes "stable" or "trial"'


def _sites(value: Any) -> str:
    if isinstance(value, dict) and not any(_strings(rules) for rules in value.values()):
        return ""
    return 'takes a table from hosts to lists of rules: "example.com" = ["en.byline"]'


_DROPPABLE = tuple(name for name in LABELS if name != "body")

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "labels.keep", (), "--keep", "a label that stays although it goes by default", _strings, tuple(LABELS)
    ),
    Setting(
        "labels.drop", (), "--drop", "a label that goes although it stays by default", _strings, _DROPPABLE
    ),
    Setting("packs", (), "--rules", "a file or folder of rules, besides the shipped ones", _strings),
    Setting("shipped-rules", True, "--no-shipped-rules", "use the rules that come with the program", _truth),
    Setting("select", (), "--select", "a rule, pack or glob to use; all others are off", _strings),
    Setting("ignore", (), "--ignore", "a rule, pack or glob that is off", _strings),
    Setting("per-site-ignore", {}, "", "rules that are off on a host", _sites),
    Setting(
        "status", "stable", "--status", "with trial, rules that are on trial run too", _status, _STATUSES
    ),
    Setting("bold", False, "--bold", "run rules that may take some body text too", _truth),
    Setting("repairs-off", (), "--repairs-off", "a repair that is off", _strings, REPAIR_NAMES),
    *(
        Setting(
            f"{thing}-column", "", f"--{thing}-column", f"the column or key that holds the {thing}", _word
        )
        for thing in COLUMNS
    ),
    Setting(
        "seconds",
        30.0,
        "--seconds",
        "most seconds of CPU for 100,000 characters; past them it stays",
        _seconds,
    ),
)
"""Every setting; options of the command, `cleaner config` and the docs are made from this table."""

TABLE: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}


@dataclass(slots=True)
class Settings:
    """The value of every setting, and where it came from."""

    values: dict[str, Any] = field(default_factory=lambda: {key: row.default for key, row in TABLE.items()})
    origins: dict[str, str] = field(default_factory=lambda: dict.fromkeys(TABLE, _DEFAULT))
    file: Path | None = None

    def columns(self) -> Columns:
        """Give the columns that a person named."""
        return Columns(**{thing: self.values[f"{thing}-column"] for thing in COLUMNS})

    def options(self) -> Options:
        """Give the part of the settings that a `Cleaner` takes."""
        values = self.values
        sites = sorted(values["per-site-ignore"].items())
        return Options(
            keep=frozenset(values["labels.keep"]),
            drop=frozenset(values["labels.drop"]),
            select=tuple(values["select"]),
            ignore=tuple(values["ignore"]),
            per_site_ignore=tuple((host, tuple(rules)) for host, rules in sites),
            trial=values["status"] == "trial",
            bold=values["bold"],
            repairs_off=frozenset(values["repairs-off"]),
            seconds=float(values["seconds"]),
        )


def settle(paths: Iterable[str], chosen: Mapping[str, Any]) -> Settings:
    """Find the settings for some inputs and let the chosen options win; ``chosen`` has keys of `TABLE`.

    A list that is chosen replaces the list of the file; labels are weighed one by one.
    """
    settings = Settings(file=find(paths))
    if settings.file:
        _read(settings.file, settings)
        _refuse_both(settings.values, str(settings.file))
    _refuse_both(chosen, "--keep and --drop")
    for key, value in chosen.items():
        _check(TABLE[key], value, TABLE[key].option)
        if key in ("labels.keep", "labels.drop"):
            other = "labels.drop" if key == "labels.keep" else "labels.keep"
            value = (*settings.values[key], *value)
            settings.values[other] = tuple(
                label for label in settings.values[other] if label not in chosen[key]
            )
        settings.values[key] = value
        settings.origins[key] = _OPTION
    return settings


def _refuse_both(values: Mapping[str, Any], where: str) -> None:
    both = set(values.get("labels.keep", ())) & set(values.get("labels.drop", ()))
    if both:
        raise UsageError(f"{where}: {', '.join(sorted(both))} can be kept or dropped, not both")


def find(paths: Iterable[str]) -> Path | None:
    """Find the one settings file that some inputs share; `-` stands for the working folder."""
    found = {}
    for path in paths:
        place = Path("." if path == "-" else path).resolve()
        folder = place if place.is_dir() else place.parent
        found[_upwards(folder)] = path
    if len(found) > 1:
        files = " and ".join(sorted(str(file or "no settings file") for file in found))
        raise UsageError(f"the inputs have different settings ({files}); clean them in a run each")
    return next(iter(found), None)


def _upwards(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place / FILE
        if (place / _PROJECT).is_file() and "cleaner" in _toml(place / _PROJECT).get("tool", {}):
            return place / _PROJECT
    return None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: it is not valid TOML: {error}") from None


def _read(path: Path, settings: Settings) -> None:
    """Take the values of a settings file over."""
    rows = _toml(path)
    if path.name == _PROJECT:
        rows = rows["tool"]["cleaner"]
    if not isinstance(rows, dict):
        raise SettingsError(f"{path}: [tool.cleaner] is not a table")
    labels = rows.pop("labels", {})
    if not isinstance(labels, dict):
        raise SettingsError(f"{_where(path, 'labels')}: `labels` takes a table with the keys keep and drop")
    rows |= {f"labels.{key}": value for key, value in labels.items()}
    for key, value in rows.items():
        address = _where(path, key.rpartition(".")[2])
        if key not in TABLE:
            raise SettingsError(f"{address}: there is no setting `{key}`{nearest(key, TABLE)}")
        _check(TABLE[key], value, address)
        settings.values[key] = _beside(path, value) if key == "packs" else value
        settings.origins[key] = address


def _where(path: Path, key: str) -> str:
    """Give the address of a key; tomllib does not tell lines, so the first that looks like it is taken."""
    form = re.compile(rf"\s*(\[.*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    lines = path.read_text("utf-8").split("\n")
    number = next((number for number, line in enumerate(lines, 1) if form.match(line)), 0)
    return str(Address(os.fspath(path), number))


def _beside(path: Path, packs: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(path.parent / pack) for pack in packs)


def _check(setting: Setting, value: Any, where: str) -> None:
    problem = setting.check(value)
    if not problem and setting.known and isinstance(value, list | tuple):
        unknown = next((item for item in value if item not in setting.known), None)
        problem = f"has no `{unknown}`{nearest(unknown, setting.known)}" if unknown is not None else ""
    if problem:
        name = "" if where == setting.option else f"`{setting.key}` "
        raise SettingsError(f"{where}: {name}{problem}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the end of a sentence that proposes what may have been meant.

    >>> nearest("promos", ["promo", "legal"])
    '; did you mean `promo`?'
    """
    names = list(known)
    close = difflib.get_close_matches(word, names, 1, 0.6)
    return f"; did you mean `{close[0]}`?" if close else f"; known are {', '.join(names)}"
