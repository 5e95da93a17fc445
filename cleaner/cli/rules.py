"""`cleaner rules`: what is known about boilerplate, pack by pack and rule by rule."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from cleaner.batch.kit import Kit
from cleaner.cli.options import chosen, setting_options
from cleaner.cli.tables import table
from cleaner.jsonline import dump
from cleaner.rulemodel import Pack, Rule, RuleSet
from cleaner.settings import settle
from cleaner.shown import shown

_KINDS = ("hit", "miss", "show")


@click.command(name="rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with packs and rules.")
@setting_options
def command(as_json: bool, **given: Any) -> None:
    """List packs, rules, labels and the number of examples."""
    rules = Kit(settle(["-"], chosen(given))).rules
    if as_json:
        click.echo(dump({"digest": rules.digest, "packs": [_pack(pack) for pack in rules.packs]}))
        return
    for line in (*_packs(rules), "", *_rules(rules)):
        click.echo(line)


def _packs(rules: RuleSet) -> list[str]:
    rows = [("pack", "rules", "examples", "languages", "sites", "file")]
    for pack in rules.packs:
        examples = sum(len(rule.examples) for rule in pack.rules)
        sites = ", ".join(pack.site.hosts) if pack.site else ""
        langs = ", ".join(sorted(pack.langs))
        rows.append((pack.name, f"{len(pack.rules):,}", f"{examples:,}", langs, sites, shown(pack.path)))
    return list(table(rows, frozenset({1, 2})))


def _rules(rules: RuleSet) -> list[str]:
    rows: list[tuple[str, ...]] = [("rule", "does", "label", "hits", "misses", "shows", "status")]
    for rule in rules.rules:
        status = rule.status if rule.risk == "safe" else f"{rule.status}, {rule.risk}"
        rows.append((rule.id, rule.action, rule.label, *map(str, _examples(rule).values()), status))
    return list(table(rows, frozenset({3, 4, 5})))


def _examples(rule: Rule) -> dict[str, int]:
    """Count the examples of a rule by kind, known gaps apart."""
    counts = Counter(example.kind for example in rule.examples)
    return {kind: counts[kind] for kind in _KINDS}


def _pack(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack.name,
        "path": pack.path,
        "langs": sorted(pack.langs),
        "hosts": list(pack.site.hosts) if pack.site else [],
        "rules": [_rule(rule) for rule in pack.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "why": rule.why,
        "does": rule.action,
        "label": rule.label,
        "status": rule.status,
        "risk": rule.risk,
        "where": str(rule.where),
        "examples": _examples(rule),
    }
