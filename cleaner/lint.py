"""Rules -> Advice: what the loader accepts and a careful author would still change.

Everything here is advice with a code (`A…`), an address and what to write instead; the loader's own errors
come first and are told by `cleaner.rulefile`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cleaner.clues import keys
from cleaner.errors import Address
from cleaner.parts import Star, Text
from cleaner.patterns import Pattern
from cleaner.rulemodel import Rule, RuleSet, Step
from cleaner.testmodel import AllTest, AnyTest, LikeTest, NotTest, Test, TextTest

WEAK_LITERAL = 4


@dataclass(frozen=True, slots=True, order=True)
class Advice:
    """One piece of advice, with the place it speaks of."""

    where: Address
    code: str
    rule: str
    about: str
    help: str
    source: str = ""
    """The pattern to leave out, where that is the advice."""

    def __str__(self) -> str:
        """Give it as one line and a help line."""
        return f"{self.where}: {self.code} {self.about} in rule {self.rule}\n   = help: {self.help}"


CODES: dict[str, str] = {
    "A101": "a rule without `misses`",
    "A102": "a literal so short that it stands in most texts",
    "A103": "a pattern that another pattern of the same rule covers",
    "A104": "a pattern that another rule of the same label covers",
    "A105": "a site pack past its `until`",
    "A106": "a rule with growth and no `shows`",
    "A107": "growth over prose without evidence",
    "A108": "a `why` that is no sentence",
    "A109": "an item of a list that says what another says",
    "A110": "a list that nobody names",
}
"""Every code of advice and what it is about."""


def advise(rules: RuleSet, today: date) -> list[Advice]:
    """Give all advice on a rule set, sorted by place."""
    found: list[Advice] = []
    for rule in rules.rules:
        found += _of_rule(rule, today)
    found += _shadowed(rules.rules)
    return sorted(found)


def _of_rule(rule: Rule, today: date) -> Iterator[Advice]:
    kinds = {example.kind for example in rule.examples}
    if "miss" not in kinds and "show" not in kinds and not rule.using:
        yield _advice(
            rule, "A101", "no misses", "add look-alikes that must stay, each with a literal of the rule"
        )
    weak = sorted(
        text
        for key in keys(rule) or ()
        if key.kind == "literal"
        for text in key.texts
        if _weight(text) < WEAK_LITERAL
    )
    if weak and rule.zone is None and not rule.using:
        yield _advice(
            rule, "A102", f"the weak literal {weak[0]!r}", "use a longer text, a fixed start or a zone"
        )
    if rule.site is not None and rule.site.until is not None and rule.site.until < today:
        yield _advice(
            rule, "A105", f"a site pack that ended on {rule.site.until}", "check it against new articles"
        )
    if (rule.after or rule.before) and "show" not in kinds:
        yield _advice(
            rule,
            "A106",
            "growth without a picture",
            "add a 'shows' picture of a whole block and one that stays",
        )
    if not _is_evident(rule) and any(map(_takes_prose, (*rule.after, *rule.before))):
        yield _advice(
            rule, "A107", "growth over prose without evidence", "add 'min: 1' to a step that proves the block"
        )
    if not rule.why.rstrip().endswith((".", "!", "?")):
        yield _advice(
            rule, "A108", "a 'why' that is no sentence", "say in one sentence why it goes, with its full stop"
        )
    yield from _covered(rule)


def _weight(literal: str) -> int:
    """Count the letters of a literal; where words are not parted by blanks one says as much as two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in literal.strip())


def _advice(rule: Rule, code: str, about: str, help: str) -> Advice:
    return Advice(rule.where, code, rule.id, about, help)


def _is_evident(rule: Rule) -> bool:
    steps = (*rule.after, *rule.before)
    return any(step.min for step in steps) or any(
        (rule.beside_before, rule.beside_after, rule.run, rule.times)
    )


def _takes_prose(step: Step) -> bool:
    return step.until is None and any(
        isinstance(test, LikeTest) and test.shape in ("prose", "any") for test in _flat(step.test)
    )


def _flat(test: Test) -> Iterator[Test]:
    yield test
    if isinstance(test, AllTest | AnyTest):
        for part in test.tests:
            yield from _flat(part)


def _patterns(test: Test) -> Iterator[Pattern]:
    for part in _flat(test):
        if isinstance(part, TextTest):
            yield from part.texts.patterns
        elif isinstance(part, NotTest):
            continue


def covers(wide: Pattern, narrow: Pattern) -> bool:
    """Tell whether every line of the narrow pattern is one of the wide (only where that is plain to see)."""
    if wide is narrow or not all(isinstance(part, Text | Star) for part in (*wide.parts, *narrow.parts)):
        return False
    # a word that no rule uses stands for any text
    example = "".join(part.text if isinstance(part, Text) else "\ufff9" for part in narrow.parts)
    return wide.source != narrow.source and wide.matches(example)


def _covered(rule: Rule) -> Iterator[Advice]:
    """Find patterns that others of the same test cover; of two that cover each other the first stays."""
    if rule.cut != "line":
        return
    for part in _flat(rule.at):
        patterns = part.texts.patterns if isinstance(part, TextTest) else ()
        for number, narrow in enumerate(patterns):
            for other, wide in enumerate(patterns):
                if covers(wide, narrow) and (other < number or not covers(narrow, wide)):
                    about = f"{narrow.source!r} is covered by {wide.source!r}"
                    yield replace(_advice(rule, "A103", about, "leave it out"), source=narrow.source)
                    break


def _shadowed(rules: Sequence[Rule]) -> Iterator[Advice]:
    """Rules that are nothing but patterns, against each other, within one scope."""
    groups: dict[tuple[object, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule.at, TextTest) and not _bound(rule):
            groups[rule.label, rule.action, rule.langs, rule.site, rule.cut].append(rule)
    for group in groups.values():
        yield from _shadowed_in(group)


def _bound(rule: Rule) -> bool:
    return any(
        (
            rule.zone,
            rule.run,
            rule.times,
            rule.beside_after,
            rule.beside_before,
            rule.after,
            rule.before,
            rule.condition,
        )
    )


def _shadowed_in(group: Iterable[Rule]) -> Iterator[Advice]:
    rows = [(rule, pattern) for rule in group for pattern in _patterns(rule.at)]
    wide = [(rule, pattern) for rule, pattern in rows if pattern.exact is None]
    for rule, narrow in rows:
        for other, pattern in wide:
            if other is not rule and covers(pattern, narrow):
                yield _advice(
                    rule, "A104", f"{narrow.source!r} is covered by {other.id}", "leave it out here"
                )
                break
