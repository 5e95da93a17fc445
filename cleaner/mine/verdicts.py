"""Context -> Verdict: what the general packs say of a line where it stands.

A line is asked in a short text made of its own neighbours, with paragraphs of its site in place of those
around it, so that one question costs a small part of a whole article. Site packs are left out: what is mined
must stand without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from cleaner import languages, rulecache
from cleaner.folding import fold
from cleaner.mine.candidate import Context
from cleaner.mine.counting import PARAGRAPH
from cleaner.model import Document, Options
from cleaner.pipeline import Bench
from cleaner.rounds import Trace
from cleaner.rulefile import shipped_folder
from cleaner.rulemodel import Rule, RuleSet

_AROUND = 3
_NO_WORD = frozenset({"title", "debris"})
"""Labels that say nothing about other articles."""


_ENGLISH = (
    "The council met on Monday and talked about the old bridge for more than an hour before lunch.",
    "It rained all night, so the river rose by a foot and the lower meadows stood under water.",
    "Two farmers lost their hay, and a third one said that he would not plant there next year.",
    "The mayor walked along the bank in the morning and counted eleven fallen trees on the way.",
    "Nobody was hurt, but the mill stood still for a week and the bread came from the next town.",
    "In the end the carpenters went back to work, and the bridge was open again by the first snow.",
)
"""Paragraphs without a word that rules look for; the same ones everywhere are asked about only once."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that takes a line, and its label; both empty where none does."""

    rule: str = ""
    label: str = ""


NONE = Verdict()


class Court:
    """The general packs, ready to be asked."""

    def __init__(self, rules: RuleSet | None = None) -> None:
        """Take the shipped packs, or those of a person; site packs among them are not asked."""
        rules = rules or rulecache.load([shipped_folder()])
        general = tuple(
            rule for rule in rules.rules if rule.site is None and not rule.using and not rule.swap
        )
        self._rules = {rule.id: rule for rule in general}
        self._bench = Bench(RuleSet((), general, "general"), options=Options())

    def at(self, fillers: Sequence[str]) -> Bar:
        """Give the place where lines of one site are asked; `fillers`: paragraphs of it."""
        return Bar(self._bench, self._rules, fillers)


class Bar:
    """Asks the general packs about lines of one site."""

    def __init__(self, bench: Bench, rules: dict[str, Rule], fillers: Sequence[str]) -> None:
        """`fillers`: paragraphs of the site."""
        self._bench, self._rules = bench, rules
        found = languages.candidates(fold("\n".join(fillers)))
        self.lang = next(iter(found)) if len(found) == 1 else ""
        self._fillers = _ENGLISH if self.lang == "en" else fillers
        self._known: dict[tuple[str, ...], Verdict] = {}

    def alone(self, text: str, *, first: bool, last: bool) -> Context:
        """Put a line among paragraphs, or at an end of them: nothing about it but itself and its place."""
        around = tuple(islice(cycle(self._fillers), _AROUND + 1)) if self._fillers else ()
        return Context("", 1, () if first else around, text, () if last else around)

    def ask(self, context: Context) -> Verdict:
        """Tell which rule takes the line of a context."""
        lines, index = self._scene(context)
        key = (str(index), *lines)
        if key not in self._known:
            self._known[key] = self._asked(lines, index)
        return self._known[key]

    def _asked(self, lines: list[str], index: int) -> Verdict:
        document = Document("\n".join(lines), lang=self.lang or None)
        start = sum(len(line) + 1 for line in lines[:index])
        for edit in self._bench.clean_document(document).edits:
            if edit.start <= start and edit.end >= start + len(lines[index]):
                return Verdict(edit.rule, edit.label) if edit.label not in _NO_WORD else NONE
        return NONE

    def ask_tail(self, context: Context, tail: str) -> Verdict:
        """Tell which rule takes the sentence that closes the line of a context, and leaves the rest."""
        lines, index = self._scene(context)
        start = sum(len(line) + 1 for line in lines[:index])
        end = start + len(lines[index])
        for edit in self._bench.clean_document(Document("\n".join(lines), lang=self.lang or None)).edits:
            if start < edit.start <= end - len(tail) and edit.end >= end and edit.label not in _NO_WORD:
                return Verdict(edit.rule, edit.label)
        return NONE

    def keeps(self, context: Context) -> bool:
        """Tell whether a rule protects the line of a context (a note, a dateline)."""
        lines, index = self._scene(context)
        trace = Trace()
        self._bench.clean_document(Document("\n".join(lines), lang=self.lang or None), trace=trace)
        return any(
            match.rule.action == "keep"
            and any(alive[at].text == lines[index] for at in (*match.anchor, *match.after, *match.before))
            for match, alive in trace.matches
        )

    def _scene(self, context: Context) -> tuple[list[str], int]:
        """Give the lines of the short text, and the index of the line in question."""
        before, after = context.before, context.after
        fill = cycle(self._fillers)
        above = [_plain(line, fill) for line in before[-_AROUND:]]
        below = [_plain(line, fill) for line in after[:_AROUND]]
        if len(before) > _AROUND:
            above = [*_take(fill, 3), *above]
        if len(after) > _AROUND:
            below = [*below, *_take(fill, 3)]
        return [*above, context.text, *below], len(above)


def _plain(line: str, fill: Iterator[str]) -> str:
    return next(fill, line) if len(line) >= PARAGRAPH else line


def _take(fill: Iterator[str], count: int) -> list[str]:
    return list(islice(fill, count))
