"""`cleaner why`: which rule took a line; if none did, the rules that nearly did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cleaner.cli.documents import article_and_cleaner, article_options
from cleaner.errors import UsageError
from cleaner.rulemodel import Rule
from cleaner.shown import shown
from cleaner.why import Why, why


@click.command(name="why")
@click.argument("where", metavar="FILE:LINE")
@article_options
def command(where: str, **given: Any) -> None:
    """Tell which rule took a line of an article, and on what evidence.

    If none did: the rules that came near, and of each the first test that failed.
    """
    path, colon, number = where.rpartition(":")
    if not colon or not number.isdecimal():
        raise UsageError(f"{shown(where)}: add the number of the line, such as {shown(where)}:12")
    document, cleaner = article_and_cleaner(path, given)
    found = why(document, int(number), cleaner)
    if found is None:
        raise UsageError(f"{shown(path)} has no line {number}")
    for line in _told(found, {rule.id: rule for rule in cleaner.rules.rules}):
        click.echo(line)


def _told(found: Why, rules: dict[str, Rule]) -> Iterator[str]:
    yield shown(found.text)
    for edit in found.edits:
        rule = rules[edit.rule]
        if edit.new:
            yield f"  changed by {_named(rule)}"
            yield f"    {shown(edit.old)!r} -> {shown(edit.new)!r}"
        else:
            yield f"  taken by {_named(rule)}"
        yield f"    why: {shown(rule.why)}"
        yield from (f"    evidence: {shown(line)}" for line in edit.evidence)
        yield from (f"    also claimed by {_named(rules[name])}" for name in edit.also if name in rules)
    if not found.edits:
        yield "  no rule took this line" + ("; near were:" if found.near else ", and none came near")
        for near in found.near:
            yield f"  {_named(near.rule)}"
            yield f"    {shown(near.reason)}"
    yield from (
        f"  note: {' '.join(part for part in (note.rule, note.about) if part)}" for note in found.notes
    )


def _named(rule: Rule) -> str:
    return shown(f"{rule.id} ({rule.label}) {rule.where.path}:{rule.where.line}")
