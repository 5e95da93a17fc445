"""Form -> Candidate: templates, where their fixed words alone say what they are.

A template with open gaps could take a line of the article, so it must do more than fit: it is asked about
again with made-up text in its gaps, and must come to the same label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaner.folding import normal, unmarked
from cleaner.mine import telling
from cleaner.mine.candidate import Context
from cleaner.mine.docket import FEW_WORDS, HITS, MOSTLY, Docket, candidate_of, zone_of
from cleaner.mine.examples import misses_for
from cleaner.mine.gathering import Form
from cleaner.mine.judging import BODY, Judgement, Places, by_rules, by_words
from cleaner.mine.templates import Template, template
from cleaner.mine.verdicts import Bar
from cleaner.shapes import is_prose, words

LEAST_FORM = 4
_LEAST_INSIDE = 8
"""A form with open gaps must be found more often where it stands between paragraphs."""
_LEAST_DISTINCT = 2
_DISTINCT_BARE = 3
_ASKED = 3
_ALWAYS = 0.95


def propose_form(docket: Docket, name: str, form: Form) -> None:
    """Enter the template of a form, if it is one and nothing covers it yet."""
    if form.found < LEAST_FORM or form.distinct < _LEAST_DISTINCT:
        return
    members = [unmarked(normal(text)) for text in form.members]
    if all(map(docket.covers, members)):
        return
    found = template(name, form)
    if found is None or not _is_telling(found, docket.site.host):
        return
    if found.bare and not _is_worth_asking(docket, form, found):
        return
    judged = _judged_form(docket, form, found)
    if not judged.sure:
        return
    candidate = candidate_of(docket, form, judged, (found.source,), kind="template")
    docket.patterns.append((found.pattern, found.words))
    hits = tuple(text for text in found.members if len(text) < 400)[:HITS] or found.members[:1]
    docket.candidates.append(
        replace(
            candidate,
            words=found.words,
            zone=zone_of(Places.of(form), words(found.fixed)),
            hits=hits,
            misses=misses_for(found.source, found.pattern, docket.site, found.words),
            counts=replace(candidate.counts, distinct=form.distinct),
        )
    )


def _is_telling(found: Template, host: str) -> bool:
    """Tell whether enough of a template is fixed to say something."""
    fixed = words(found.fixed)
    if found.bare and found.source.startswith("*") and found.source.endswith("*"):
        return False
    return fixed >= 2 or (fixed == 1 and (found.fixed.endswith(":") or telling.names_site(found.fixed, host)))


def _is_worth_asking(docket: Docket, form: Form, found: Template) -> bool:
    """Tell whether a template with open gaps is worth a question: at an end, or often, with telling words."""
    if len(found.members) < _DISTINCT_BARE:
        return False
    places = Places.of(form)
    if max(places.closing, places.opening) >= MOSTLY:
        return True
    if form.found < _LEAST_INSIDE:
        return False
    if docket.bar.lang != "en" or found.fixed.endswith(":") or "/" in found.fixed:
        return True
    return bool(by_words(found.fixed, docket.site.host, places).label)


def _judged_form(docket: Docket, form: Form, found: Template) -> Judgement:
    contexts = [one for one in form.members.values() if unmarked(normal(one.text)) in found.members]
    step = max(len(contexts) // _ASKED, 1)
    sample = contexts[::step][:_ASKED]
    places = Places.of(form)
    prose = _prose_share(found.members) > 1 / 3 and places.closing < _ALWAYS
    if found.bare and prose and words(found.fixed) <= FEW_WORDS:
        return BODY
    judged = _by_rules_of(docket.bar, sample, words(found.fixed))
    if judged.label:
        return judged if _stands_alone(docket.bar, places, found, judged) else BODY
    if prose:
        return BODY
    by_word = [by_words(text, docket.site.host, places) for text in found.members[:_ASKED]]
    first = by_words(found.fixed, docket.site.host, places)
    same = all(one.sure and one.label == by_word[0].label for one in by_word)
    if not (first.sure or by_word[0].label in ("bio", "byline", "credit")) or not same:
        return BODY
    return BODY if any(map(docket.bar.keeps, sample[:2])) else by_word[0]


def _stands_alone(bar: Bar, places: Places, found: Template, judged: Judgement) -> bool:
    """Tell whether the fixed words make the line what it is: with made-up text in the gaps it still goes."""
    if not found.bare:
        return True
    first, last = places.opening >= _ALWAYS, places.closing >= _ALWAYS
    asked = (bar.ask(bar.alone(text, first=first, last=last)) for text in found.stuffed)
    return any(verdict.label == judged.label for verdict in asked)


def _by_rules_of(bar: Bar, sample: Sequence[Context], fixed: int) -> Judgement:
    """Judge a form by some of its members: all must be taken, with many fixed words all but one."""
    spare = fixed > FEW_WORDS and len(sample) >= _ASKED
    judged = BODY
    taken = 0
    for context in sample:
        one = by_rules(bar, (context,))
        if not one.label:
            if not spare:
                return BODY
            spare = False
            continue
        taken += 1
        judged = judged if judged.label else one
    rule = judged.evidence[0].partition(":")[0]
    return replace(judged, evidence=(f"{rule}: {taken} of {len(sample)} different lines asked",))


def _prose_share(texts: Sequence[str]) -> float:
    return sum(map(is_prose, texts)) / len(texts)
