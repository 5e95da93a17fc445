"""Articles -> many rules: made-up rules of the forms that people write, of which few ever fire.

Seven of ten are anchored line patterns (whole lines, fixed starts, fixed ends), the others hold a literal anywhere.
Their words are drawn from the articles themselves, two to four in a row that nobody wrote so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from cleaner.errors import Address
from cleaner.patternlists import Texts
from cleaner.patternreading import compile_pattern
from cleaner.patterns import Pattern
from cleaner.rulemodel import Rule, RuleSet
from cleaner.testmodel import AllTest, AnyTest, NotTest, TextTest

FORMS = (
    *(("{}: *", "line"),) * 25,
    *(("{}", "line"),) * 25,
    *(("* {}", "line"),) * 20,
    *(("* {} *", "line"),) * 15,
    *(("{}: *", "tail"),) * 10,
    *(("* {} * {} *", "line"),) * 5,
)
"""Patterns with places for words, and what is cut; of 100 rules as many as there are rows."""

_WORD = re.compile(r"[^\W\d_]{3,12}")


def with_more(rules: RuleSet, count: int, texts: Sequence[str], seed: int = 0) -> RuleSet:
    """Add so many made-up rules to a set; the same arguments give the same set."""
    if not count:
        return rules
    more = tuple(made_up(count, texts, seed))
    together = tuple(sorted((*rules.rules, *more), key=lambda rule: rule.id))
    return replace(rules, rules=together, digest=f"{rules.digest}+{count}.{seed}")


def made_up(count: int, texts: Sequence[str], seed: int = 0) -> Iterator[Rule]:
    """Make up rules from the words of some texts."""
    chance = random.Random(seed)
    words = sorted({word for text in texts[:200] for word in _WORD.findall(text)})
    for number in range(count):
        form, cut = FORMS[chance.randrange(len(FORMS))]
        source = re.sub(r"\{\}", lambda _: " ".join(chance.sample(words, chance.randrange(2, 5))), form)
        at = TextTest(Texts((compile_pattern(source, {}),)))
        where = Address("made-up.yaml", number + 1)
        yield Rule(
            f"made-up.rule-{number:06}", "A rule of the benchmark.", "drop", "promo", at, where, cut=cut
        )


def patterns(rules: Iterable[Rule]) -> list[Pattern]:
    """Give all line patterns that rules look for."""
    return [pattern for rule in rules for pattern in _patterns(rule.at)]


def _patterns(test: Any) -> Iterator[Pattern]:
    if isinstance(test, TextTest):
        yield from test.texts.patterns
    elif isinstance(test, AllTest | AnyTest):
        for part in test.tests:
            yield from _patterns(part)
    elif isinstance(test, NotTest):
        yield from _patterns(test.test)
