"""Seen + Verdicts -> Judgement: whether what recurs is boilerplate, its label, and its doubts.

Recurrence proves nothing: a quarter of what recurs is body. What speaks for boilerplate: a rule of the
general packs that takes the line where it stands; telling words together with a place that is always the
same; a place behind the last paragraph together with the form of a biography or of a call. What speaks
against it: a rule that protects the line, a place spread over the article, and no telling word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.folding import normal
from cleaner.mine import telling
from cleaner.mine.candidate import Context
from cleaner.mine.gathering import Seen
from cleaner.mine.verdicts import Bar
from cleaner.shapes import ends_like_sentence, words

_SAME_PLACE = 0.8
_LONG_WORDS = 6


@dataclass(frozen=True, slots=True)
class Judgement:
    """What something is: its label (empty: body, or nothing known), its evidence, and why it is doubtful."""

    label: str = ""
    evidence: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def sure(self) -> bool:
        """Whether it is proposed."""
        return bool(self.label) and not self.doubt


BODY = Judgement()


@dataclass(frozen=True, slots=True)
class Places:
    """Where something stands, as shares of the articles that hold it."""

    closing: float
    opening: float
    last: float

    @classmethod
    def of(cls, seen: Seen) -> Places:
        """Work out the shares."""
        found = max(seen.found, 1)
        return cls(seen.closing / found, seen.opening / found, seen.last / found)


def by_rules(bar: Bar, contexts: Sequence[Context]) -> Judgement:
    """Judge by the general packs: a rule must take the line in every context asked."""
    rules: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for context in contexts:
        verdict = bar.ask(context)
        if not verdict.rule:
            return BODY
        rules[verdict.rule] += 1
        labels[verdict.rule] = verdict.label
    if not rules:
        return BODY
    rule, _ = rules.most_common(1)[0]
    return Judgement(labels[rule], (f"rule {rule}: {len(contexts)} asked",))


def by_words(text: str, host: str, places: Places) -> Judgement:
    """Judge a line that no general rule takes by its words and its place."""
    judged = _by_words(normal(text), host, places)
    if judged.sure and telling.is_note(normal(text)):
        return replace(judged, doubt="it may be the newsroom's note on this article")
    return judged


def _by_words(line: str, host: str, places: Places) -> Judgement:
    closes = places.closing >= _SAME_PLACE and places.last >= _SAME_PLACE
    opens = places.opening >= _SAME_PLACE
    labels = telling.telling(line)
    named = telling.names_site(line, host)
    if closes and telling.is_bio(line):
        return Judgement("bio", ("form: says what somebody is", _closing(places)))
    if telling.is_house_byline(line, host):
        return Judgement("byline", ("form: a name and the house",))
    if opens and named and words(line) <= _LONG_WORDS and "/" in line:
        return Judgement("credit", ("form: a name and the house", f"opens {places.opening:.0%}"))
    if telling.is_call(line) and (labels or closes):
        return Judgement(labels[0] if labels else "promo", ("form: a call to the reader",))
    if closes and telling.speaks(line):
        return Judgement(labels[0] if labels else "promo", ("form: a call to the reader", _closing(places)))
    if labels:
        return _told(line, labels, (named, closes, opens))
    if closes and words(line) >= _LONG_WORDS:
        doubt = "it closes articles, but no word says that it is not the article's own end"
        return Judgement("promo", (_closing(places),), doubt)
    return BODY


def _told(line: str, labels: list[str], signs: tuple[bool, bool, bool]) -> Judgement:
    """Judge a line with telling words; one word needs a second sign, and the place is the best."""
    named, closes, opens = signs
    told = (f"words: {labels[0]}",)
    if closes and (words(line) >= 3 or named):
        return Judgement(labels[0], (*told, "closes the article"))
    strength = telling.weight(line) + named + telling.addresses(line) + telling.speaks(line) + opens
    if strength >= 3 and (not ends_like_sentence(line) or telling.speaks(line) or named):
        return Judgement(labels[0], (*told, f"strength {strength}"))
    doubt = "it has a telling word, but stands where the article's own lines stand"
    return Judgement(labels[0], told, doubt)


def _closing(places: Places) -> str:
    return f"closes {places.closing:.0%}"
