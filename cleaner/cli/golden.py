"""`cleaner golden`: cases as files, checked and accepted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from cleaner.errors import UsageError
from cleaner.golden import Outcome, accept, check, find_cases
from cleaner.shown import shown


@click.group(name="golden")
def command() -> None:
    """Golden files: folders with input.*, expected.txt and perhaps case.yaml, found by themselves."""


@command.command(name="check")
@click.argument("folder", metavar="DIR")
@click.pass_context
def check_command(ctx: click.Context, /, folder: str) -> None:
    """Clean the input of every case under DIR and compare it with what was accepted."""
    outcomes = _outcomes(folder)
    for outcome in outcomes:
        _tell(outcome)
    _count(outcomes)
    ctx.exit(1 if any(outcome.verdict != "same" for outcome in outcomes) else 0)


@command.command(name="accept")
@click.argument("folder", metavar="DIR")
def accept_command(folder: str) -> None:
    """Make what comes out the expected file of every case under DIR that is new or differs.

    Refused under CI. Read the difference before you commit it.
    """
    outcomes = _outcomes(folder)
    for outcome in outcomes:
        _tell(outcome)
        if outcome.verdict != "same":
            accept(outcome.case, outcome.got)
    _count(outcomes)


def _outcomes(folder: str) -> list[Outcome]:
    place = Path(folder)
    if not place.is_dir():
        raise UsageError(f"{shown(folder)}: there is no such folder")
    outcomes = [check(case) for case in find_cases(place)]
    if not outcomes:
        raise UsageError(f"{shown(folder)}: there is no case in it; a case is a folder with a file input.txt")
    return outcomes


def _tell(outcome: Outcome) -> None:
    name = shown(outcome.case.folder.as_posix())
    if outcome.verdict == "differs":
        click.echo(f"{name}: differs")
        for line in outcome.diff.splitlines():
            click.echo(f"   {shown(line)}")
    elif outcome.verdict == "new":
        click.echo(f"{name}: new; nothing was accepted yet (cleaner golden accept {name})")
        for line in outcome.got.splitlines():
            click.echo(f"   {shown(line)}")


def _count(outcomes: list[Outcome]) -> None:
    counts = Counter(outcome.verdict for outcome in outcomes)
    click.echo(
        ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in ("same", "differs", "new")), err=True
    )
