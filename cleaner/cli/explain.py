"""`cleaner explain`: the article with what went struck through, and for each part the rule that took it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.documents import article_and_cleaner, article_options
from cleaner.explain import COMES, GOES, Piece, Row, rows
from cleaner.labels import LABELS
from cleaner.model import Edit, Result
from cleaner.rulemodel import RuleSet
from cleaner.shown import shown

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS = ("red", "yellow", "magenta", "cyan", "blue", "bright_red", "bright_yellow", "bright_magenta")
_MARKS = {GOES: ("[-", "-]"), COMES: ("{+", "+}")}


@click.command(name="explain")
@click.argument("path", metavar="FILE")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; auto: on a terminal, unless NO_COLOR is set.",
)
@click.option("--html", is_flag=True, help="Write a page of HTML instead.")
@article_options
def command(path: str, color: str, html: bool, **given: Any) -> None:
    """Show FILE with what would go, and for each part the rule, its label, the evidence and where it stands.

    Without colours, lines that go begin with `- ` and lines that change with `~ `; in these, [-…-] goes and
    {+…+} comes.
    """
    document, cleaner = article_and_cleaner(path, given)
    result = cleaner.clean_document(document)
    if html:
        click.echo(_page(result, cleaner.rules))
    elif color == "always" or (color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")):
        _coloured(result, cleaner.rules, _console())
    else:
        for line in plain(result, cleaner.rules):
            click.echo(line)
    for note in result.notes:
        click.echo(f"cleaner: {' '.join(part for part in (note.rule, note.about) if part)}", err=True)


def plain(result: Result, rules: RuleSet) -> Iterator[str]:
    """Give the article and its notes as lines without colours."""
    for row, notes in _with_notes(result, rules):
        yield f"{row.sign} {''.join(_marked(piece, row.sign) for piece in row.pieces)}".rstrip()
        yield from (f"      ^ {note}" for _, note in notes)


def _marked(piece: Piece, sign: str) -> str:
    before, behind = _MARKS.get(piece.kind, ("", "")) if sign == "~" else ("", "")
    return before + shown(piece.text) + behind


def _with_notes(result: Result, rules: RuleSet) -> Iterator[tuple[Row, list[tuple[Edit, str]]]]:
    """Give each row with its notes; a note that the row above has too is not said again."""
    places = {rule.id: f"{rule.where.path}:{rule.where.line}" for rule in rules.rules}
    said: set[str] = set()
    for row in rows(result):
        notes = [(edit, _note(edit, places)) for edit in row.edits]
        yield row, [(edit, note) for edit, note in notes if note not in said]
        said = {note for _, note in notes} if row.pieces else said


def _note(edit: Edit, places: dict[str, str]) -> str:
    parts = [edit.label, edit.rule, places.get(edit.rule, "")]
    parts += [f"also {', '.join(edit.also)}"] if edit.also else []
    parts += ["; ".join(edit.evidence)] if edit.evidence else []
    return " · ".join(shown(part) for part in parts if part)


def _console() -> Console:
    from rich.console import Console

    return Console(force_terminal=True, highlight=False, soft_wrap=True)


def _page(result: Result, rules: RuleSet) -> str:
    import io

    from rich.console import Console

    console = Console(file=io.StringIO(), record=True, force_terminal=True, highlight=False, width=110)
    _coloured(result, rules, console)
    return console.export_html(inline_styles=True)


def _coloured(result: Result, rules: RuleSet, console: Console) -> None:
    from rich.text import Text

    for row, notes in _with_notes(result, rules):
        line = Text()
        for piece in row.pieces:
            line.append(shown(piece.text), style=_style(piece))
        console.print(line)
        for edit, note in notes:
            console.print(Text(f"    {note}", style=f"dim {_colour(edit.label)}"))


def _style(piece: Piece) -> str:
    if piece.edit is None:
        return ""
    return f"strike {_colour(piece.edit.label)}" if piece.kind == GOES else "bold green"


def _colour(label: str) -> str:
    return _COLOURS[list(LABELS).index(label) % len(_COLOURS)] if label in LABELS else "red"
