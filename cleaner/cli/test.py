"""`cleaner test`: every rule's examples, run with that rule alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

import click

from cleaner.cli.options import setting_options
from cleaner.cli.rewrite import rewrite
from cleaner.cli.rulesets import rules_of
from cleaner.cli.tables import table
from cleaner.examples import Finding, check_rule
from cleaner.pictures import picture, updated
from cleaner.rulemodel import Rule, RuleSet
from cleaner.shown import shown

_MEANING = {
    "missing": "must go, and stays",
    "noisy": "must stay, and goes",
    "wrong": "comes out otherwise than the picture says",
    "idle": "holds no literal of its rule, so that leaving it proves nothing",
    "promote": "a known gap that has closed; move it to hits or misses",
    "known": "a known gap",
}


@click.command(name="test")
@click.argument("rules", nargs=-1, metavar="[RULES]...")
@click.option("-k", "only", metavar="ID", help="Only rules whose id holds ID or looks like it (en.*).")
@click.option("-U", "--update", is_flag=True, help="Draw the pictures of `shows` anew, as they come out.")
@setting_options
@click.pass_context
def command(
    ctx: click.Context, /, rules: tuple[str, ...], only: str | None, update: bool, **given: Any
) -> None:
    """Run the examples of rule files and folders (without RULES, of those that the settings name).

    An example fails when it is missing, noisy, wrong, idle, or a known gap that has closed.
    """
    found = rules_of(rules, given)
    chosen = [rule for rule in found.rules if only is None or _is_meant(rule, only)]
    findings = [finding for rule in chosen for finding in check_rule(rule)]
    redrawn: set[str] = set()
    if update:
        for path, text in updated(findings):
            rewrite(path, text)
            redrawn.add(str(path))
            click.echo(f"drawn anew: {shown(str(path))}; read the difference before you commit it", err=True)
    for finding in findings:
        if finding.fails:
            for line in _told(finding):
                click.echo(line)
    for line in _counts(found, chosen, findings):
        click.echo(line, err=True)
    ctx.exit(1 if any(finding.fails for finding in findings) else 0)


def _is_meant(rule: Rule, only: str) -> bool:
    return only in rule.id or fnmatchcase(rule.id, only)


def _told(finding: Finding) -> Iterator[str]:
    example = finding.example
    yield f"{shown(str(example.where))}: {finding.kind} in rule {finding.rule.id}: {_MEANING[finding.kind]}"
    for line in picture(example.before, finding.got):
        yield f"   {shown(line)}"


def _counts(rules: RuleSet, chosen: list[Rule], findings: Iterable[Finding]) -> Iterator[str]:
    """Count rules, examples and findings by pack."""
    kinds = Counter((_pack(finding.rule), finding.kind) for finding in findings)
    ids = {rule.id for rule in chosen}
    rows: list[tuple[str, ...]] = [("pack", "rules", "examples", *_MEANING)]
    total: Counter[str] = Counter()
    for pack in rules.packs:
        own = [rule for rule in pack.rules if rule.id in ids]
        if own:
            counts = {"rules": len(own), "examples": sum(len(rule.examples) for rule in own)}
            counts |= {kind: kinds[pack.name, kind] for kind in _MEANING}
            total.update(counts)
            rows.append((pack.name, *(f"{count:,}" for count in counts.values())))
    rows.append(("all", *(f"{total[key]:,}" for key in ("rules", "examples", *_MEANING))))
    return table(rows)


def _pack(rule: Rule) -> str:
    return rule.id.rpartition(".")[0]
