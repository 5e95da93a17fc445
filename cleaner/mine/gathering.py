"""Corpus + Census -> Site*: what recurs, counted exactly, with its places, its neighbours and some contexts.

The second of two passes looks only at lines and forms that the census lets through. What it keeps of each is
bounded: small sets of neighbours, a few contexts, a few members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cleaner.mine.candidate import Context
from cleaner.mine.counting import (
    LEAST,
    PARAGRAPH,
    TAIL,
    Census,
    formed,
    keys_of,
    lines_of,
    salt_of,
    site_of,
    tails_of,
)
from cleaner.model import Document

CONTEXTS = 3
_AROUND = 4
_NEIGHBOURS = 40
_MEMBERS = 24
_FILLERS = 12
_FILLER_CHARS = (PARAGRAPH, 260)
_EDGE = "\0"
"""Stands for the neighbour of the first and of the last line."""


@dataclass(slots=True)
class Seen:
    """Where a text, or any text of one form, was seen."""

    found: int = 0
    closing: int = 0
    opening: int = 0
    last: int = 0
    """Articles in which nothing but recurring lines follows."""
    above: set[str] = field(default_factory=set)
    below: set[str] = field(default_factory=set)
    contexts: list[Context] = field(default_factory=list)

    def add(self, lines: Sequence[str], index: int, place: Place) -> None:
        """Count one article."""
        self.found += 1
        self.closing += index > place.last_paragraph
        self.opening += index < place.first_paragraph
        self.last += index >= place.run
        if len(self.above) < _NEIGHBOURS:
            self.above.add(lines[index - 1] if index else _EDGE)
        if len(self.below) < _NEIGHBOURS:
            self.below.add(lines[index + 1] if index + 1 < len(lines) else _EDGE)
        if self.found >= LEAST - 1 and len(self.contexts) < CONTEXTS:
            self.contexts.append(context(lines, index, place.document))


@dataclass(slots=True)
class Form(Seen):
    """A form of lines, and the texts that have it."""

    members: dict[str, Context] = field(default_factory=dict)
    distinct: int = 0
    """Different texts, counted up to the number that is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """What all lines of one article have in common."""

    document: str
    first_paragraph: int
    last_paragraph: int
    run: int
    """The index from which on all lines recur."""


@dataclass(slots=True)
class Site:
    """All that recurs on one site."""

    host: str
    articles: int
    lines: dict[str, Seen] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    tails: dict[str, Seen] = field(default_factory=dict)
    """Sentences that close paragraphs which do not recur."""
    _sentences: list[str] = field(default_factory=list)

    def around(self) -> Iterator[str]:
        """Give the lines that stand around what recurs, those of the most frequent first."""
        groups: list[Seen] = [*self.lines.values(), *self.forms.values()]
        for seen in sorted(groups, key=lambda one: -one.found):
            for one in seen.contexts:
                yield from one.before
                yield from one.after

    def fillers(self) -> list[str]:
        """Give paragraphs of the site that are neither short nor long."""
        low, high = _FILLER_CHARS
        fit = (line for line in self.around() if low <= len(line) <= high and line[-1] in ".!?\u3002\u0964")
        return list(islice(dict.fromkeys(line for line in fit if line not in self.lines), _FILLERS))

    def sentences(self) -> Sequence[str]:
        """Give lines of the site that may look like what recurs."""
        if not self._sentences:
            members = (text for form in self.forms.values() for text in form.members)
            self._sentences = list(dict.fromkeys([*members, *self.around()]))
        return self._sentences


def context(lines: Sequence[str], index: int, document: str) -> Context:
    """Give a line with those around it; `line` is its place among the lines that are not blank."""
    before, after = lines[max(index - _AROUND, 0) : index], lines[index + 1 : index + 1 + _AROUND]
    return Context(document, index + 1, tuple(before), lines[index], tuple(after))


def gather(corpus: Iterable[Document], census: Census, site: str = "") -> dict[str, Site]:
    """Count exactly what recurs, by site; what stands in fewer than three articles is left out."""
    sites: dict[str, Site] = {}
    for place, document in enumerate(corpus):
        host = site_of(document.url) or site
        if not host or place in census.repeated or census.articles[host] < LEAST:
            continue
        if host not in sites:
            sites[host] = Site(host, census.articles[host])
        _article(sites[host], document, census)
    for one in sites.values():
        least = census.least(one.host)
        one.lines = {text: seen for text, seen in one.lines.items() if seen.found >= least}
        one.tails = {text: seen for text, seen in one.tails.items() if seen.found >= least}
        one.forms = {
            text: form for text, form in one.forms.items() if form.found >= least and form.distinct > 1
        }
    return sites


def _article(site: Site, document: Document, census: Census) -> None:
    lines, cells, least = lines_of(document.text), census.cells, census.floor(site.host)
    salt = salt_of(site.host)
    recurs = [cells[key] >= least for key in keys_of(lines, salt)]
    place = _place(lines, recurs, document.id)
    for text, index in {line: at for at, line in enumerate(lines) if recurs[at]}.items():
        seen = site.lines.get(text)
        if seen is None:
            seen = site.lines[text] = Seen()
        seen.add(lines, index, place)
    for text, index in {piece: at for at, piece in tails_of(lines) if not recurs[at]}.items():
        if cells[keys_of([TAIL + text], salt)[0]] >= least:
            seen = site.tails.get(text)
            if seen is None:
                seen = site.tails[text] = Seen()
            seen.add(lines, index, place)
    done: set[str] = set()
    for index, forms in formed(lines):
        for form, key in zip(forms, keys_of(forms, salt), strict=True):
            if cells[key] >= least:
                _member(site, (form, form in done), (lines, index), place)
                done.add(form)


def _member(site: Site, form: tuple[str, bool], line: tuple[list[str], int], place: Place) -> None:
    """Add a line to its form; an article counts once for each form."""
    name, known = form
    lines, index = line
    group = site.forms.get(name)
    if group is None:
        group = site.forms[name] = Form()
    if not known:
        group.add(lines, index, place)
    if len(group.members) < _MEMBERS and lines[index] not in group.members:
        group.members[lines[index]] = context(lines, index, place.document)
        group.distinct += 1


def _place(lines: list[str], recurs: list[bool], document: str) -> Place:
    paragraphs = [at for at, line in enumerate(lines) if len(line) >= PARAGRAPH and not recurs[at]]
    run = len(lines)
    while run and recurs[run - 1]:
        run -= 1
    if not paragraphs:
        return Place(document, 0, len(lines), run)
    return Place(document, paragraphs[0], paragraphs[-1], run)
