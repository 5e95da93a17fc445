"""Options of `mine` -> decisions on its candidates: by name, or one at a time at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cleaner.batch.kit import Kit
from cleaner.cli.documents import documents_of
from cleaner.cli.options import chosen, setting_options
from cleaner.errors import UsageError
from cleaner.mine import Candidate, read
from cleaner.mine.yamlfile import CANDIDATES
from cleaner.review.card import Row, card
from cleaner.review.decisions import Decisions
from cleaner.review.desk import HELP, Desk, Talk, name_of, named, sit
from cleaner.review.sample import Sample
from cleaner.settings import settle
from cleaner.shown import shown

_Function = TypeVar("_Function", bound=Callable[..., Any])
_STYLES = {"head": "bold", "goes": "strike red", "stays": "dim", "doubt": "yellow", "rule": "cyan"}


def deciding_options(function: _Function) -> _Function:
    """Give a command the options that decide on candidates, and all settings."""
    for option in (
        click.option(
            "--decisions", metavar="FILE", help="Where decisions are kept, else DIR/decisions.jsonl."
        ),
        click.option("--into", metavar="PACKS", help="The folder or rule file for what is accepted."),
        click.option(
            "--reject", multiple=True, metavar="ID", help="Reject candidates: ID, HOST:ID or HOST:*."
        ),
        click.option(
            "--accept", multiple=True, metavar="ID", help="Accept candidates: ID, HOST:ID or HOST:*."
        ),
        click.option(
            "--interactive", is_flag=True, help=f"Decide one at a time: {HELP.replace('   ', ', ')}."
        ),
    ):
        function = option(function)
    return setting_options(function)


def is_deciding(given: dict[str, Any]) -> bool:
    """Tell whether a call decides on candidates."""
    return bool(given["interactive"] or given["accept"] or given["reject"])


def decide(folder: Path, corpus: str | None, home: tuple[str, str | None], given: dict[str, Any]) -> None:
    """Decide on the candidates of a folder; ``home``: site and language of articles without."""
    candidates = _candidates(folder)
    if (given["interactive"] or given["accept"]) and not given["into"]:
        raise UsageError("say where accepted rules go; add --into PACKS, such as --into rules/sites")
    if given["into"] and Path(given["into"]).resolve() == folder.resolve():
        raise UsageError(f"{shown(str(folder))} holds the candidates themselves; give another folder --into")
    both = {one.key for one in named(candidates, given["accept"])} & {
        one.key for one in named(candidates, given["reject"])
    }
    if both:
        raise UsageError("a candidate is both accepted and rejected; name it once")
    decisions = Decisions(Path(given["decisions"] or folder / "decisions.jsonl"))
    desk = Desk(decisions, Path(given["into"] or folder))
    for one in desk.waiting(named(candidates, given["accept"])):
        click.echo(f"accepted {shown(name_of(one))}: {desk.accept(one)}", err=True)
    for one in desk.waiting(named(candidates, given["reject"])):
        desk.reject(one)
        click.echo(f"rejected {shown(name_of(one))}", err=True)
    if given["interactive"]:
        _interact(desk, candidates, _sample(desk.waiting(candidates), corpus, home, given))
    counts = decisions.counts()
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items())) or "no decision"
    click.echo(f"{told}; {len(desk.waiting(candidates)):,} candidates are left", err=True)


def _candidates(folder: Path) -> list[Candidate]:
    path = folder / CANDIDATES
    if not path.is_file():
        raise UsageError(
            f"{shown(str(path))}: there are no candidates; run `cleaner mine CORPUS -o DIR` first"
        )
    try:
        return list(read(path))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{shown(str(path))}: it cannot be read ({error}); mine again") from None


def _sample(
    candidates: list[Candidate], corpus: str | None, home: tuple[str, str | None], given: dict[str, Any]
) -> Sample | None:
    """Read some articles of each site, where a corpus is named."""
    if corpus is None or not candidates:
        return None
    today = Kit(settle([corpus], chosen(dict(given))))(False)
    unread: list[str] = []
    sample = Sample(candidates, documents_of(corpus, unread, lang=home[1]), today, home[0])
    for name in unread:
        click.echo(f"cleaner: {name}", err=True)
    return sample


def _interact(desk: Desk, candidates: list[Candidate], sample: Sample | None) -> None:
    def show(candidate: Candidate, number: int, count: int) -> None:
        tried = (sample.figures(candidate), sample.articles(candidate.host)) if sample else None
        _print(
            [
                Row(""),
                Row(f"--- {number} of {count} ---"),
                *card(candidate, tried),
                Row(""),
                Row(HELP, "head"),
            ]
        )

    sit(desk, candidates, Talk(show, _key, lambda text: _print([Row(line) for line in text.split("\n")])))


def _key() -> str:
    """Read one key; no more keys end the session."""
    try:
        return click.getchar()
    except EOFError:
        return ""
    except OSError as error:
        about = "there is no terminal to ask at; use --accept and --reject"
        raise UsageError(f"{about} ({error.strerror or error})") from None


def _print(rows: list[Row]) -> None:
    """Print lines, in colours on a terminal."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        for row in rows:
            click.echo(shown(row.text))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        console.print(Text(shown(row.text), style=_STYLES.get(row.look, "")))
