"""`cleaner clean`: articles in, articles without boilerplate out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

import click

from cleaner.batch.inputs import find, held
from cleaner.batch.kit import Kit
from cleaner.batch.names import Plan, plan
from cleaner.batch.notes import Notes
from cleaner.batch.outputs import Books
from cleaner.batch.parcels import Setup
from cleaner.batch.pool import cores
from cleaner.batch.run import Streams, run
from cleaner.cli import summary
from cleaner.cli.options import check_language, chosen, setting_options
from cleaner.cli.progress import Progress
from cleaner.columns import ANY
from cleaner.ledger import Ledger
from cleaner.readers import READERS
from cleaner.report import Report
from cleaner.settings import settle
from cleaner.shown import shown
from cleaner.writers import WRITERS

_FROM = "; ".join(f"{name}: {reader.about} ({' '.join(reader.suffixes)})" for name, reader in READERS.items())
_TO = "; ".join(f"{name}: {writer.about}" for name, writer in WRITERS.items())


@click.command(name="clean")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o", "--output", "out", metavar="OUT", help="The folder or file to write; - is standard output."
)
@click.option("--from", "kind", type=click.Choice(list(READERS)), help=f"The kind of input. {_FROM}.")
@click.option("--to", type=click.Choice(list(WRITERS)), help=f"The kind of output. {_TO}.")
@click.option("--ledger", metavar="FILE", help="Add a line a document to FILE, for `restore`.")
@setting_options
@click.option("--url", metavar="URL", help="The address of articles that do not say theirs.")
@click.option("--lang", metavar="L", help="The language of articles that do not say theirs, such as en.")
@click.option(
    "--jobs", type=click.IntRange(1), default=cores, show_default="cores", help="How many processes."
)
@click.option("--fresh", is_flag=True, help="Do everything again, also what an earlier run has done.")
@click.option("--dry-run", is_flag=True, help="Write nothing; only tell what would be done.")
@click.option("--strict", is_flag=True, help="Exit with 1 if a document failed or went over a budget.")
@click.option("-q", "--quiet", is_flag=True, help="No table at the end and no progress; failures are named.")
@click.pass_context
def command(ctx: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Clean files, folders of files or, as -, standard input.

    A folder gives the same tree in OUT; one file without -o goes to standard output. In a folder, --from
    takes only files of that kind. A run into a folder notes there, in .cleaner, what is done: the same
    call once more goes on where it was cut off, and does only what changed.
    """
    check_language(given["lang"])
    settings = settle(paths, chosen(given))
    wanted = settings.columns()
    found = find(paths, given["kind"])
    ctx.with_resource(held(found, sys.stdin.buffer))
    todo = plan(found, given["out"], given["to"], given["ledger"], wanted)
    _tell_columns(todo)
    kit = Kit(settings)
    noted = todo.noted and not given["dry_run"]
    setup = Setup(kit, given["url"], given["lang"], ledger=bool(given["ledger"]), columns=wanted, noted=noted)
    for route in todo.routes:
        kit(not WRITERS[route.to].lines)  # mistakes in rules show before anything is read or written
    report = _run(todo, setup, given)
    _say(report, given["strict"], given["quiet"])
    ctx.exit(_exit_code(report, given["strict"]))


def _tell_columns(todo: Plan) -> None:
    """Say which columns were chosen, once for all files of one form."""
    names: dict[str, list[str]] = {}
    for route in todo.routes:
        unusual = READERS[route.input.kind].module or route.columns.text not in ("", "text")
        if unusual and route.columns != ANY:
            names.setdefault(str(route.columns), []).append(route.input.name)
    for choice, files in names.items():
        more = f" and {len(files) - 1:,} more" if len(files) > 1 else ""
        click.echo(f"cleaner: {shown(files[0])}{more}: {shown(choice)}", err=True)


def _run(todo: Plan, setup: Setup, given: dict[str, Any]) -> Report:
    streams = Streams(sys.stdin.buffer, sys.stdout.buffer)
    total = sum(route.input.size for route in todo.routes)
    jobs, dry = given["jobs"], given["dry_run"]
    mute = given["quiet"] or (todo.root is None and sys.stdout.isatty())  # the text has the terminal
    with _books(todo, setup, given) as books, Progress(total, quiet=mute) as progress:
        report = run(todo, setup, streams, jobs=jobs, books=books, dry=dry, tell=progress.tell)
    if books.notes:
        _tell(books.notes, given["quiet"])
    return report


@contextlib.contextmanager
def _books(todo: Plan, setup: Setup, given: dict[str, Any]) -> Iterator[Books]:
    """Open what the run writes down: its notes, which hold the ledger, or a ledger alone."""
    if given["dry_run"]:
        yield Books()
    elif todo.noted:
        with Notes(todo, setup, ledger=given["ledger"], fresh=given["fresh"]) as notes:
            yield Books(notes=notes)
    elif given["ledger"]:
        with Ledger(given["ledger"]) as ledger:
            yield Books(ledger)
    else:
        yield Books()


def _tell(notes: Notes, quiet: bool) -> None:
    for line in notes.said:
        click.echo(f"cleaner: {shown(line)}", err=True)
    if notes.kept and not quiet:
        click.echo(
            f"cleaner: {notes.kept:,} documents were done by an earlier run with the same rules and options; "
            "--fresh does them again",
            err=True,
        )


def _say(report: Report, strict: bool, quiet: bool) -> None:
    for line in summary.failures(report):
        click.echo(f"cleaner: {line}", err=True)
    if strict:
        for name, about in report.over:
            click.echo(f"cleaner: {shown(name)}: {shown(about)}", err=True)
    if not quiet:
        for line in summary.summary(report):
            click.echo(line, err=True)


def _exit_code(report: Report, strict: bool) -> int:
    if strict and (report.failed or report.over_budget):
        return 1
    return 3 if report.failed else 0
