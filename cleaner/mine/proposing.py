"""Site + Bar -> Candidate*: the rules that one site's recurring lines propose, the surest first.

Templates come first, and what they cover is not proposed again line by line; then single lines, then runs of
short lines that always stand together, and headings with the headlines that follow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cleaner.folding import normal, unmarked
from cleaner.mine import blocks, telling
from cleaner.mine.candidate import Candidate
from cleaner.mine.docket import FEW_WORDS, HITS, MOSTLY, Docket, candidate_of, zone_of
from cleaner.mine.examples import made_up, misses_for
from cleaner.mine.families import propose_form
from cleaner.mine.gathering import Seen, Site
from cleaner.mine.judging import BODY, Judgement, Places, by_rules, by_words
from cleaner.mine.templates import compiled, escaped
from cleaner.mine.verdicts import Bar
from cleaner.shapes import words

_ASKED_OF_LINE = 2
_ID_WORDS = 5
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[a-z0-9]+")


def propose(site: Site, bar: Bar, about: tuple[str, str]) -> Iterator[Candidate]:
    """Give the candidates of one site: the sure ones by how often they were found, then the doubtful."""
    docket = Docket(site, bar, about)
    for name, form in sorted(site.forms.items(), key=lambda row: (-row[1].found, row[0])):
        propose_form(docket, name, form)
    for text, seen in sorted(site.lines.items(), key=lambda row: (-row[1].found, row[0])):
        _line(docket, text, seen)
    for text, seen in sorted(site.tails.items(), key=lambda row: (-row[1].found, row[0])):
        _tail(docket, text, seen)
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
    candidate = candidate_of(docket, seen, judged, (source,), kind="line")
    hits: tuple[str, ...] = (text,)
    if judged.label == "legal" and (yearless := _YEAR.sub("<year>", source)) != source:
        candidate, hits = _of_any_year(docket, candidate, yearless)
    misses = misses_for(source, pattern, docket.site, None)
    zone = zone_of(Places.of(seen), words(bare))
    candidate = replace(candidate, zone=zone, hits=hits, misses=misses)
    docket.candidates.append(blocks.with_headlines(candidate, seen) if judged.sure else candidate)


def _of_any_year(docket: Docket, candidate: Candidate, source: str) -> tuple[Candidate, tuple[str, ...]]:
    """Widen a legal line to all years, with the counts of all lines that it then covers; give its hits."""
    pattern = compiled(source)
    assert pattern is not None
    rows = [
        (text, seen) for text, seen in docket.site.lines.items() if pattern.matches(unmarked(normal(text)))
    ]
    docket.patterns.append((pattern, (0, 10_000)))
    total = Seen(
        found=sum(seen.found for _, seen in rows),
        closing=sum(seen.closing for _, seen in rows),
        opening=sum(seen.opening for _, seen in rows),
        contexts=list(candidate.contexts),
    )
    judged = Judgement(candidate.label, candidate.evidence, candidate.doubt)
    wide = candidate_of(docket, total, judged, (source,), kind="template" if len(rows) > 1 else "line")
    return replace(wide, counts=replace(wide.counts, distinct=len(rows))), tuple(
        text for text, _ in rows[:HITS]
    )


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
    if max(places.closing, places.opening) >= MOSTLY or text.endswith(":") or text.isupper():
        return True
    return words(text) <= FEW_WORDS and not text.endswith(("?", ".", "!"))


def _tail(docket: Docket, text: str, seen: Seen) -> None:
    """Propose a sentence that is glued to the end of paragraphs; telling words are asked for in any case."""
    source = escaped(text)
    pattern = compiled(source)
    line = normal(text)
    labels = telling.telling(line)
    if pattern is None or not (labels or docket.bar.lang != "en"):
        return
    verdict = docket.bar.ask_tail(seen.contexts[0], text)
    calls = telling.speaks(line) and labels
    if not verdict.rule and not calls:
        return
    evidence = (
        f"rule {verdict.rule}: 1 asked" if verdict.rule else f"words: {labels[0]}, a call to the reader"
    )
    judged = Judgement(verdict.label or labels[0], (evidence,))
    candidate = candidate_of(docket, seen, judged, (source,), kind="tail")
    docket.candidates.append(
        replace(
            candidate,
            cut="tail",
            hits=(text,),
            misses=(made_up(pattern),),
            why=candidate.why.replace("It stands in", "It closes paragraphs in", 1),
        )
    )


def _bar(docket: Docket, chain: Sequence[str]) -> None:
    """Propose a run of short lines that always stand together."""
    seen = docket.site.lines[chain[0]]
    judged = Judgement("social", (f"run of {len(chain)} words of a share bar",))
    sources = tuple(dict.fromkeys(map(escaped, chain)))
    candidate = candidate_of(docket, seen, judged, sources, kind="block")
    low = min(len(chain), 3)
    docket.candidates.append(
        replace(
            candidate,
            run=(low, len(chain) + 2),
            hits=("\n".join(chain),),
            misses=(f"They wrote {chain[0]} on a sheet of paper.",),
        )
    )
