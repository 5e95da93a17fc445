"""text + swap rules -> Edits: plain replacements of literals, the longest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cleaner.model import Edit
from cleaner.rulemodel import Rule


def swap(text: str, rules: Sequence[Rule]) -> tuple[Edit, ...]:
    """Give the replacements that the rules make, in the order of the text; the longest literal wins."""
    if not rules:
        return ()
    expression, table = _table(tuple(rules))
    return tuple(
        Edit(found.start(), found.end(), found[0], table[found[0]][0], table[found[0]][1], table[found[0]][2])
        for found in expression.finditer(text)
        if table[found[0]][0] != found[0]
    )


@lru_cache(maxsize=64)
def _table(rules: tuple[Rule, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    table: dict[str, tuple[str, str, str]] = {}
    for rule in sorted(rules, key=lambda one: one.id, reverse=True):
        table.update((old, (new, rule.id, rule.label)) for old, new in rule.swap)
    ordered = sorted(table, key=lambda literal: (-len(literal), literal))
    return re.compile("|".join(map(re.escape, ordered))), table
