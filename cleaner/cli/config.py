"""`cleaner config`: every setting, its value and where it came from."""

from __future__ import annotations

import json
from typing import Any

import click

from cleaner.cli.options import chosen, setting_options
from cleaner.cli.tables import table
from cleaner.settings import SETTINGS, settle
from cleaner.shown import shown


@click.command(name="config")
@click.argument("path", default="-", metavar="[PATH]")
@setting_options
def command(path: str, **given: Any) -> None:
    """Print the settings that hold for PATH (the working folder, when it is not given), and their origins.

    They stand in cleaner.toml, or under [tool.cleaner] in pyproject.toml, in the folder of the input or above
    it; options win.
    """
    settings = settle([path], chosen(given))
    rows = [
        (row.key, toml(settings.values[row.key]), shown(settings.origins[row.key]), row.about)
        for row in SETTINGS
    ]
    for line in table([("setting", "value", "from", "what it is"), *rows], frozenset()):
        click.echo(line)


def toml(value: Any) -> str:
    """Write a value as a settings file would hold it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        value = list(value)
    return shown(json.dumps(value, ensure_ascii=False))
