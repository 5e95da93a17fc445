"""Pointed + rules of today + corpus -> Proposal*: what a person can choose from, each tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cleaner import golden
from cleaner.drafts import proposals, written
from cleaner.drafts.guess import Guess, Words
from cleaner.drafts.pointed import Pointed
from cleaner.drafts.trial import Tried, alone, claimed, try_out
from cleaner.drafts.written import Proposal
from cleaner.folding import fold
from cleaner.lines import split
from cleaner.mine import Context
from cleaner.mine.counting import FORM_CHARS, forms_of, lines_of, site_of
from cleaner.mine.gathering import Form
from cleaner.mine.templates import template
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.rulemodel import Rule

MOST = 5
_LEAST_LINES = 2
_MOST_MEMBERS = 60
_NOWHERE = Context("", 0, (), "", ())
Corpus = Callable[[], Iterable[Document]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What proposals are tried on."""

    today: Cleaner
    corpus: Corpus | None = None
    cases: Path | None = None
    """A folder of golden cases."""
    day: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Proposed:
    """The proposals, and why they have their label."""

    guess: Guess
    proposals: tuple[Proposal, ...]


def propose(pointed: Pointed, ground: Ground, label: str = "") -> Proposed:
    """Give up to five proposals from narrow to broad; ``label``: what a person says that the lines are."""
    words = Words(ground.today.rules.rules)
    texts = [line.text for line in pointed.lines]
    guess = Guess(label, "as you say") if label else words.guess(texts, pointed.edits)
    packs = {host: pack.name for pack in ground.today.rules.packs if pack.site for host in pack.site.hosts}
    counts, varying = _counts(pointed, ground.corpus), _varying(pointed, ground.corpus)
    known = proposals.Facts(guess.label, words.known, counts, varying, packs)
    chosen = _chosen(pointed, known, ground)
    if ground.corpus is not None and chosen:
        chosen = _tried(chosen, pointed, ground)
    if ground.cases is None:
        return Proposed(guess, tuple(chosen))
    touched = _touched([one.rule for one in chosen], ground.cases, ground.today)
    return Proposed(
        guess, tuple(replace(one, golden=names) for one, names in zip(chosen, touched, strict=True))
    )


def _facts(pointed: Pointed, ground: Ground, tried: Tried | None = None) -> written.Facts:
    return written.Facts(ground.day, str(pointed.where), tried)


def _chosen(pointed: Pointed, known: proposals.Facts, ground: Ground) -> list[Proposal]:
    """Give the first drafts that are sound rules and find the very lines."""
    facts = _facts(pointed, ground)
    sound = (written.written(draft, pointed, facts) for draft in proposals.drafts(pointed, known))
    return written.fitting([one for one in sound if one is not None], pointed, ground.today)[:MOST]


def _tried(chosen: Sequence[Proposal], pointed: Pointed, ground: Ground) -> list[Proposal]:
    """Run proposals over the corpus, and write them again with what came out."""
    assert ground.corpus is not None
    rules = [replace(one.rule, id=one.draft.reach) for one in chosen]
    facts = _facts(pointed, ground, try_out(rules, ground.corpus(), ground.today))
    again = (written.written(one.draft, pointed, facts) for one in chosen)
    return [one for one in again if one is not None]


def _counts(pointed: Pointed, corpus: Corpus | None) -> Counter[str]:
    """Count the articles in which each line of a block stands; one line alone needs no choice."""
    counts: Counter[str] = Counter()
    wanted = {line.folded for line in pointed.lines}
    if corpus is None or len(wanted) < _LEAST_LINES:
        return counts
    for document in corpus():
        folded = fold(document.text)
        if any(text in folded for text in wanted):
            counts.update(wanted & {line.folded for line in split(document.text)})
    return counts


def _varying(pointed: Pointed, corpus: Corpus | None) -> str:
    """Give the pattern of the lines of the site that share a form with the one that is pointed at."""
    site = site_of(pointed.document.url)
    if corpus is None or len(pointed.lines) > 1 or not site:
        return ""
    line = pointed.lines[0]
    forms = {name: Form() for name in forms_of(line.text)}
    for document in corpus():
        rows = lines_of(document.text) if site_of(document.url) == site else []
        for row in rows:
            for name in forms.keys() & set(forms_of(row) if len(row) <= FORM_CHARS else ()):
                if len(forms[name].members) < _MOST_MEMBERS:
                    forms[name].members[row] = _NOWHERE
    found = [one for name, form in forms.items() if (one := template(name, form)) is not None]
    fitting = [one for one in found if one.pattern.matches(line.normal)]
    return max(fitting, key=lambda one: (len(one.fixed), one.source)).source if fitting else ""


def _touched(rules: Sequence[Rule], folder: Path, today: Cleaner) -> list[tuple[str, ...]]:
    """Give for each rule the golden cases that would come out otherwise."""
    touched: list[list[str]] = [[] for _ in rules]
    for case in golden.find_cases(folder):
        document = golden.document_of(case)
        for rule, names in zip(rules, touched, strict=True):
            if any(True for _ in claimed(document, alone([rule], today))):
                stable = replace(rule, status="stable")
                if golden.run(case, (stable,)).text != golden.run(case).text:
                    names.append(case.folder.as_posix())
    return [tuple(names) for names in touched]
