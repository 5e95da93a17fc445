"""Arguments -> a command: the table of commands, each in a module that is loaded when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

import cleaner
from cleaner.errors import CleanerError
from cleaner.shown import shown

COMMANDS: dict[str, str] = {
    "clean": "take boilerplate out of articles and leave the body",
    "explain": "show an article with what would go, and why",
    "why": "tell which rule took a line, or which nearly did",
    "restore": "give the original files back, byte for byte",
    "test": "run the examples of rules",
    "golden": "check or accept cases that stand in files",
    "audit": "count what each rule does to a corpus",
    "drift": "tell what changed since earlier figures of a corpus",
    "plan": "show how the lines of each rule are found",
    "lint": "check rule files, and say what a careful author would change",
    "rules": "list packs, rules, labels and examples",
    "mine": "propose rules for what recurs in a corpus",
    "new": "propose rules for lines that you point at",
    "config": "print every setting and where it came from",
}
"""Every command and what it does; the module of the same name holds it as `command`."""

EXIT_CODES = """\
Exit codes: 0 done, 1 findings or differences, 2 the call or the rule files cannot be used,
3 some documents failed (they passed through whole, or were skipped, and are named)."""


class Commands(click.Group):
    """A group that loads a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cleaner.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; our own errors become a message and exit code 2, a broken pipe is no error."""
        try:
            return super().invoke(ctx)
        except CleanerError as error:
            click.echo(f"cleaner: {visible(str(error))}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # What is still held back must not raise once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def visible(text: str) -> str:
    """Make a message safe to print, line by line."""
    return "\n".join(shown(line) for line in text.split("\n"))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(cleaner.__version__, prog_name="cleaner")
def main() -> None:
    """Take boilerplate out of scraped news articles; every removal is on record."""
