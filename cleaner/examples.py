"""Rules -> Findings: every rule's own examples, run with that rule alone.

*missing*: a hit was left; *noisy*: a miss was taken; *wrong*: a picture came out otherwise; *idle*: a miss
that holds no literal of its rule proves nothing; *promote*: a known gap that has closed. Known gaps that are
still open are reported as *known* and never fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cleaner.clues import keys
from cleaner.folding import fold
from cleaner.lines import split
from cleaner.markup import parse
from cleaner.model import Document, Options
from cleaner.page.elements import Finder, remove
from cleaner.page.selectors import name_in
from cleaner.page.units import units_of
from cleaner.pipeline import Bench
from cleaner.rounds import Trace
from cleaner.rulemodel import Example, Rule, RuleSet
from cleaner.testmodel import (
    AllTest,
    AnyTest,
    EndsTest,
    HasTest,
    MadeOfTest,
    MarkedTest,
    NotTest,
    ReTest,
    Test,
    TextTest,
)

FAILING = frozenset({"missing", "noisy", "wrong", "idle", "promote"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One example that did not do what it says."""

    kind: str
    rule: Rule
    example: Example
    got: str

    @property
    def fails(self) -> bool:
        """Whether this makes a test run fail."""
        return self.kind in FAILING


def check(rules: Iterable[Rule]) -> Iterator[Finding]:
    """Run the examples of all rules and give what is wrong, in the order of the rules."""
    for rule in rules:
        yield from check_rule(rule)


def check_rule(rule: Rule) -> Iterator[Finding]:
    """Run the examples of one rule."""
    bench = Bench(RuleSet((), (rule,), rule.id), options=_options(rule))
    for example in rule.examples:
        got = _seen(example.before, rule) if rule.css else _run(bench, rule, example)
        kind = _kind(rule, example, got)
        if kind:
            yield Finding(kind, rule, example, got)


def asks_marks(test: Test) -> bool:
    """Tell whether a test asks for marks, so that its examples are pieces of HTML."""
    match test:
        case MarkedTest():
            return True
        case AllTest(tests) | AnyTest(tests):
            return any(map(asks_marks, tests))
        case NotTest(inner):
            return asks_marks(inner)
    return False


def examples_without(rule: Rule) -> list[Example]:
    """Give the examples that come out otherwise without the rule: those that prove it is needed."""
    return [
        example
        for example in rule.examples
        if example.kind in ("hit", "show") and _lines(example.before) != _lines(example.after)
    ]


def _seen(html: str, rule: Rule | None = None) -> str:
    """Give the lines of a piece of HTML, without the elements that a css rule finds."""
    tree = parse(f"<html><body>{html}</body></html>")
    if rule is not None:
        remove(tree, [Finder(rule)])
    return "\n".join(unit.text for unit in units_of(tree))


def _marked(document: Document) -> Document:
    """Give a document whose text is HTML with the lines and marks of that."""
    units = units_of(parse(f"<html><body>{document.text}</body></html>"))
    text = "\n".join(unit.text for unit in units)
    return replace(document, text=text, marks={row: unit.marks for row, unit in enumerate(units, 1)})


def _options(rule: Rule) -> Options:
    """Options under which the rule runs, whatever its status, risk and label."""
    labels = frozenset({rule.label})
    keeps = rule.action == "keep"
    return Options(
        trial=True, bold=True, keep=labels if keeps else frozenset(), drop=frozenset() if keeps else labels
    )


def _run(bench: Bench, rule: Rule, example: Example) -> str:
    """Give what the rule makes of an example; of a keep rule, the text without the lines that it keeps."""
    lang = min(rule.langs, default=None)
    url = f"https://{rule.site.hosts[0]}/" if rule.site else None
    document = Document(example.before, url=url, title=example.title, lang=lang)
    if asks_marks(rule.at):
        document = _marked(document)
    if rule.action != "keep":
        return bench.clean_document(document).text
    trace = Trace()
    bench.clean_document(document, trace=trace)
    kept = {
        lines[index].number
        for match, lines in trace.matches
        for index in (*match.anchor, *match.after, *match.before)
    }
    return "\n".join(line.text for line in split(example.before) if line.number not in kept)


def _kind(rule: Rule, example: Example, got: str) -> str:
    in_html = example.after and (rule.css or asks_marks(rule.at))
    same = _lines(got) == _lines(_seen(example.after) if in_html else example.after)
    match example.kind:
        case "hit":
            return "" if same else "missing"
        case "show":
            return "" if same else "wrong"
        case "miss":
            if not same:
                return "noisy"
            return "" if could_fire(rule, example.before) else "idle"
        case _:
            return "promote" if same else "known"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


_NO_WORDS = re.compile(r"\\[pP]\{[^}]*\}|\\.|\(\?[a-z]+:")
_WORDS = re.compile(r"[^\W\d_]{3,}|[A-Z]{2}|[^\x00-\x7f]")
"""What an expression says in letters."""
_LETTERS = re.compile(r"[^\W_]+(?:[\s'-]+[^\W_]+)*")


def could_fire(rule: Rule, text: str) -> bool:
    """Tell whether a text holds a literal of the rule, so that leaving it says something."""
    if rule.css:
        return any(name_in(selector) in text.lower() for selector in rule.css)
    literals = list(literals_of(rule.at))
    if not literals or any(key.kind in ("place", "same") for key in keys(rule) or ()):
        return True
    folded = fold(text)
    return any(literal in folded for literal in literals)


def literals_of(test: Test) -> Iterator[str]:  # noqa: C901  # a branch a kind of test
    """Give the literals of a test, folded, by their worded parts."""
    match test:
        case TextTest(texts):
            for pattern in texts.patterns:
                for literals in (pattern.exact or frozenset[str](), *pattern.literals):
                    for text in literals:
                        yield from _worded(text)
        case MadeOfTest(_, items):
            yield from (text for item in items.texts for text in _worded(item))
        case HasTest(literals) | EndsTest(literals):
            yield from literals
        case ReTest(source, _, literals):
            yield from (text.strip() for text in literals)
            yield from (fold(word) for word in _WORDS.findall(_NO_WORDS.sub(" ", source)))
        case AllTest(tests) | AnyTest(tests):
            for part in tests:
                yield from literals_of(part)
        case NotTest(inner):
            yield from literals_of(inner)


def _worded(text: str) -> Iterator[str]:
    """The worded parts of a literal, and the literal itself where it has none."""
    found = [part[0] for part in _LETTERS.finditer(text) if len(part[0]) >= 3 or not part[0].isascii()]
    yield from found or [text.strip() or text]
