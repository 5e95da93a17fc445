"""Site + Bar -> Candidate*: the rules that one site's recurring lines propose, the surest first.

Templates come first, and what they cover is not proposed again line by line; then single lines, then runs of
short lines that always stand together, and headings with the headlines that follow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cleaner.mine import blocks, telling
from cleaner.mine.candidate import Candidate, Context, Counts
from cleaner.mine.examples import misses_for
from cleaner.mine.gathering import Form, Seen, Site
from cleaner.mine.judging import BODY, Judgement, Places, by_rules, by_words
from cleaner.mine.templates import Template, compiled, escaped, template, unmarked
from cleaner.mine.verdicts import Bar
from cleaner.patterns import Pattern, normal
from cleaner.shapes import is_prose, words

LEAST_FORM = 4
_LEAST_INSIDE = 8
"""A form with open gaps must be found more often where it stands between paragraphs."""
_LEAST_DISTINCT = 2
_DISTINCT_BARE = 3
_ASKED = 3
_ASKED_OF_LINE = 2
_FEW_WORDS = 3
_ALWAYS = 0.95
_MOSTLY = 0.5
_HITS = 2
_ID_WORDS = 5
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class Docket:
    """What one site has proposed so far."""

    site: Site
    bar: Bar
    about: tuple[str, str]
    """The name of the corpus, and the date of the rules."""
    patterns: list[tuple[Pattern, tuple[int, int]]] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    taken: dict[str, Judgement] = field(default_factory=dict)
    """Lines that are proposed, with what they were judged to be."""

    def covers(self, text: str) -> bool:
        """Tell whether a normal line without its list mark is proposed already."""
        count = words(text)
        return any(low <= count <= high and pattern.matches(text) for pattern, (low, high) in self.patterns)


def propose(site: Site, bar: Bar, about: tuple[str, str]) -> Iterator[Candidate]:
    """Give the candidates of one site: the sure ones by how often they were found, then the doubtful."""
    docket = Docket(site, bar, about)
    for name, form in sorted(site.forms.items(), key=lambda row: (-row[1].found, row[0])):
        _form(docket, name, form)
    for text, seen in sorted(site.lines.items(), key=lambda row: (-row[1].found, row[0])):
        _line(docket, text, seen)
    for chain in blocks.share_bars(site, docket.taken):
        _bar(docket, chain)
    yield from _named(sorted(docket.candidates, key=lambda one: (bool(one.doubt), -one.counts.found, one.at)))


def _named(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Give every candidate a name of its own."""
    known: set[str] = set()
    for one in candidates:
        found = _WORD.findall(re.sub(r"<[a-z]+>", " ", one.at[0].lower()))[:_ID_WORDS]
        stem = "-".join(found)[:40].strip("-") or one.label
        stem = stem if stem[0].isalpha() else f"{one.label}-{stem}"
        name, number = stem, 1
        while name in known:
            number += 1
            name = f"{stem}-{number}"
        known.add(name)
        yield replace(one, id=name)


# ---------------------------------------------------------------------------------------------
# Templates


def _form(docket: Docket, name: str, form: Form) -> None:
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
    candidate = _candidate(docket, form, judged, (found.source,), kind="template")
    docket.patterns.append((found.pattern, found.words))
    hits = tuple(text for text in found.members if len(text) < 400)[:_HITS] or found.members[:1]
    docket.candidates.append(
        replace(
            candidate,
            words=found.words,
            zone=_zone(Places.of(form), words(found.fixed)),
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
    if max(places.closing, places.opening) >= _MOSTLY:
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
    judged = _all_by_rules(docket.bar, sample)
    if judged.label:
        return judged if _stands_alone(docket, sample[0], found, places) else BODY
    if _prose_share(found.members) > 1 / 3 and places.closing < _ALWAYS:
        return BODY
    by_word = [by_words(text, docket.site.host, places) for text in found.members[:_ASKED]]
    first = by_words(found.fixed, docket.site.host, places)
    same = all(one.sure and one.label == by_word[0].label for one in by_word)
    if not (first.sure or by_word[0].label in ("bio", "byline", "credit")) or not same:
        return BODY
    return BODY if any(map(docket.bar.keeps, sample[:2])) else by_word[0]


def _stands_alone(docket: Docket, context: Context, found: Template, places: Places) -> bool:
    """Tell whether the fixed words make the line what it is: with made-up text in the gaps it still goes."""
    if not found.bare:
        return True
    if places.closing < _ALWAYS and _prose_share(found.members) > 1 / 3:
        return False
    return any(docket.bar.ask(replace(context, text=text)).rule for text in found.stuffed)


def _all_by_rules(bar: Bar, sample: Sequence[Context]) -> Judgement:
    """Judge a form by some of its members: all of them must be taken."""
    judged = BODY
    for context in sample:
        one = by_rules(bar, (context,))
        if not one.label:
            return BODY
        judged = judged if judged.label else one
    return replace(
        judged, evidence=(f"{judged.evidence[0].partition(':')[0]}: {len(sample)} different lines asked",)
    )


def _prose_share(texts: Sequence[str]) -> float:
    return sum(map(is_prose, texts)) / len(texts)


def _zone(places: Places, fixed: int) -> str:
    """Bind a rule with few fixed words to the end of the article where it always stands."""
    if fixed > _FEW_WORDS:
        return ""
    if places.closing >= _ALWAYS:
        return "tail"
    return "head" if places.opening >= _ALWAYS else ""


# ---------------------------------------------------------------------------------------------
# Lines and blocks


def _line(docket: Docket, text: str, seen: Seen) -> None:
    bare = unmarked(normal(text))
    if docket.covers(bare):
        return
    source = escaped(text)
    pattern = compiled(source)
    if pattern is None or not any(map(str.isalnum, bare)):
        return
    judged = _judged_line(docket, text, seen)
    if not judged.label:
        return
    if judged.sure:
        docket.taken[text] = judged
        docket.patterns.append((pattern, (0, 10_000)))
    candidate = _candidate(docket, seen, judged, (source,), kind="line")
    hits = (text,)
    misses = misses_for(source, pattern, docket.site, None)
    zone = _zone(Places.of(seen), words(bare))
    candidate = replace(candidate, zone=zone, hits=hits, misses=misses)
    docket.candidates.append(blocks.with_headlines(candidate, seen) if judged.sure else candidate)


def _judged_line(docket: Docket, text: str, seen: Seen) -> Judgement:
    """Judge by words and by rules; these are not asked where words, place and form give no reason to."""
    places = Places.of(seen)
    told = by_words(text, docket.site.host, places)
    if not told.label and docket.bar.lang == "en" and not _is_apart(text, places):
        return BODY
    ruled = by_rules(docket.bar, seen.contexts[: 1 if told.sure else _ASKED_OF_LINE])
    if ruled.label:
        return replace(ruled, evidence=(*ruled.evidence, *told.evidence))
    if told.label and docket.bar.keeps(seen.contexts[0]):
        return replace(told, doubt="a rule of the general packs keeps such lines (a note, a dateline)")
    return told


def _is_apart(text: str, places: Places) -> bool:
    """Tell whether a line stands at an end of the article, or is short or written like a label."""
    if max(places.closing, places.opening) >= _MOSTLY or text.endswith(":") or text.isupper():
        return True
    return words(text) <= _FEW_WORDS and not text.endswith(("?", ".", "!"))


def _bar(docket: Docket, chain: Sequence[str]) -> None:
    """Propose a run of short lines that always stand together."""
    seen = docket.site.lines[chain[0]]
    judged = Judgement("social", (f"run of {len(chain)} words of a share bar",))
    sources = tuple(dict.fromkeys(map(escaped, chain)))
    candidate = _candidate(docket, seen, judged, sources, kind="block")
    low = min(len(chain), 3)
    docket.candidates.append(
        replace(
            candidate,
            run=(low, len(chain) + 2),
            hits=("\n".join(chain),),
            misses=(f"They wrote {chain[0]} on a sheet of paper.",),
        )
    )


def _candidate(
    docket: Docket, seen: Seen, judged: Judgement, sources: tuple[str, ...], *, kind: str
) -> Candidate:
    site = docket.site
    counts = Counts(site.articles, seen.found, seen.closing, seen.opening, 1)
    corpus, since = docket.about
    return Candidate(
        host=site.host,
        id="",
        kind=kind,
        label=judged.label,
        why=_why(counts),
        at=sources,
        counts=counts,
        contexts=tuple(seen.contexts),
        evidence=judged.evidence,
        doubt=judged.doubt,
        source=f"{corpus}: {counts.found:,} of {counts.articles:,} articles",
        since=since,
    )


def _why(counts: Counts) -> str:
    """Say in one sentence how often it was found, and where."""
    places = []
    if counts.closing:
        places.append(f"{counts.closing:,} of them after the last paragraph")
    if counts.opening:
        places.append(f"{counts.opening:,} of them before the first")
    return ", ".join((f"It stands in {counts.found:,} of {counts.articles:,} articles", *places)) + "."
