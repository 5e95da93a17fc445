"""`cleaner lint`: all that is wrong with rule files, and what a careful author would still change."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click

from cleaner import tidy
from cleaner.cli.options import setting_options
from cleaner.cli.rewrite import rewrite
from cleaner.cli.rulesets import files_of, rules_of
from cleaner.cli.tables import table
from cleaner.lint import CODES, Advice, advise
from cleaner.rulefile import RuleErrors
from cleaner.shown import shown

_MOST_PASSES = 8


@click.command(name="lint")
@click.argument("rules", nargs=-1, metavar="[RULES]...")
@click.option("--fix", is_flag=True, help="Mend in the files what can be mended without changing a meaning.")
@click.option(
    "--except",
    "left_out",
    multiple=True,
    type=click.Choice(list(CODES)),
    metavar="CODE",
    help="Advice to leave out.",
)
@click.option("--codes", is_flag=True, help="List the codes of advice.")
@setting_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    rules: tuple[str, ...],
    fix: bool,
    left_out: tuple[str, ...],
    codes: bool,
    **given: Any,
) -> None:
    """Check rule files and folders (without RULES, those that the settings name).

    Mistakes that keep rules from loading end with exit code 2, advice with 1.
    """
    if codes:
        for line in table([(code, about) for code, about in CODES.items()], frozenset()):
            click.echo(line)
        return
    advice = _advice(rules, dict(given))
    if fix:
        mended = _mend(rules, given, advice)
        click.echo(f"mended {mended:,} files", err=True)
        advice = _advice(rules, dict(given)) if mended else advice
    advice = [one for one in advice if one.code not in left_out]
    for one in advice:
        click.echo("\n".join(shown(line) for line in str(one).split("\n")))
    counts = Counter(one.code for one in advice)
    for line in table([(code, f"{counts[code]:,}", CODES[code]) for code in sorted(counts)], frozenset({1})):
        click.echo(line, err=True)
    ctx.exit(1 if advice else 0)


def _advice(paths: tuple[str, ...], given: dict[str, Any]) -> list[Advice]:
    files = tidy.read(files_of(paths, dict(given)))
    return sorted([*advise(rules_of(paths, dict(given)), date.today()), *tidy.advise_lists(files)])


def _mend(paths: tuple[str, ...], given: dict[str, Any], advice: list[Advice]) -> int:
    """Follow the advice that can be followed blindly until none is left; give the number of files changed."""
    changed: dict[Path, str] = {}
    for _ in range(_MOST_PASSES):
        texts = tidy.fix(tidy.read(files_of(paths, dict(given))), advice)
        if not texts:
            break
        for path, text in texts.items():
            changed.setdefault(path, path.read_text("utf-8"))
            rewrite(path, text)
        try:
            advice = _advice(paths, dict(given))
        except RuleErrors:
            for path, text in changed.items():
                rewrite(path, text)
            raise
    return len(changed)
