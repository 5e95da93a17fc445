"""The commands -> docs/cli.md, their help as a terminal shows it: `python -m cleaner.cli.clidocs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from cleaner.cli import COMMANDS, main

_HEAD = """\
# The command

<!-- Printed by `python -m cleaner.cli.clidocs`; do not edit. -->

Data goes to standard output, talk to standard error. `-` is standard input. Options win over
[settings](settings.md).
"""
_WIDTH = 100


def text() -> str:
    """Give the whole page."""
    return _HEAD + "".join(_pages())


def _pages() -> Iterator[str]:
    whole = click.Context(main, info_name="cleaner", terminal_width=_WIDTH, **main.context_settings)
    yield f"\n```\n$ cleaner --help\n{main.get_help(whole)}\n```\n"
    for name, about in COMMANDS.items():
        command = main.get_command(whole, name)
        assert command is not None
        part = click.Context(command, whole, info_name=name, terminal_width=_WIDTH)
        yield f"\n## {name}\n\n{about[:1].upper()}{about[1:]}.\n\n"
        yield f"```\n$ cleaner {name} --help\n{command.get_help(part)}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(text())
