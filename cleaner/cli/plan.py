"""`cleaner plan`: how the lines of each rule are found, and which rules are dear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cleaner.bounds import bounds
from cleaner.cli.options import setting_options
from cleaner.cli.rulesets import rules_of
from cleaner.cli.tables import table
from cleaner.clues import Key, keys, total_rate
from cleaner.rulemodel import Rule
from cleaner.shown import shown

_DEAR = 40.0
"""A rule that is tried on more of a thousand lines is dear."""
_MOST_SHOWN = 2


@click.command(name="plan")
@click.argument("rules", nargs=-1, metavar="[RULES]...")
@click.option("--dear", is_flag=True, help="Only the rules that are tried on many lines, the dearest first.")
@setting_options
def command(rules: tuple[str, ...], dear: bool, **given: Any) -> None:
    """Show how the anchors of rule files and folders are found (without RULES, those that the settings name).

    exact: one look-up of the whole line; start, end: how it begins or ends; literal: a text inside; same: it
    repeats another line; place: every line of a part of the document is tried. Of these only lines of the
    size that a rule can mean are tried at all.
    """
    found = rules_of(rules, given).rules
    rows = [(rule, keys(rule)) for rule in found if rule.action != "fix" and not rule.css]
    weighed = [(total_rate(known), rule, known) for rule, known in rows if known]
    cheap = [row for row in weighed if row[0] <= _DEAR]
    expensive = sorted((row for row in weighed if row[0] > _DEAR), key=lambda row: (-row[0], row[1].id))
    shown_rows = expensive if dear else [*expensive, *sorted(cheap, key=lambda row: row[1].id)]
    head = ("rule", "tier", "tries", "lines of", "found by")
    for line in table([head, *map(_row, shown_rows)], frozenset()):
        click.echo(line)
    click.echo(f"{len(weighed):,} rules, {len(expensive):,} dear", err=True)


def _row(row: tuple[float, Rule, tuple[Key, ...]]) -> tuple[str, str, str, str, str]:
    rate, rule, known = row
    size = "" if rule.cut != "line" else str(bounds(rule.at))
    tier = f"{'site' if rule.site else 'general'} {rule.action}"
    return rule.id, tier, f"{rate:,.0f}" if rate > _DEAR else "", size, "; ".join(_ways(known))


def _ways(known: tuple[Key, ...]) -> Iterator[str]:
    """Give the ways in which lines are found, the weakest text of each first."""
    texts: dict[str, set[str]] = {}
    for key in known:
        texts.setdefault(key.kind, set()).update(key.texts)
    for kind, found in sorted(texts.items()):
        ordered = sorted(found, key=lambda text: (len(text.strip()), text))
        more = f" and {len(ordered) - _MOST_SHOWN:,} more" if len(ordered) > _MOST_SHOWN else ""
        yield " ".join([kind, ", ".join(shown(repr(text)) for text in ordered[:_MOST_SHOWN]) + more]).strip()
