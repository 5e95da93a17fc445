"""Corpus -> Figures: of each site the articles, what goes of them, the rules that fire, lines that recur.

One pass, and the memory grows with what recurs, not with the corpus: a line is counted from its second
article on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cleaner.drift.chance import Sample
from cleaner.errors import ReadError
from cleaner.folding import fold
from cleaner.jsonline import dump, parse
from cleaner.mine.counting import is_repeated, keys_of, lines_of, salt_of, site_of
from cleaner.model import Document
from cleaner.pipeline import Cleaner

VERSION = 1
MOST_LINES = 500
"""So many lines of a site are kept, the most frequent."""
MOST_CHARS = 400
"""A longer line is a paragraph."""
_CELLS = 1 << 28
_FULL = 7
_NOTHING = Sample(0, 0.0, 0.0)
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Site:
    """What one site did."""

    articles: int = 0
    share: Sample = _NOTHING
    """The share of an article's characters that goes."""
    rules: Counter[str] = field(default_factory=Counter)
    """Articles in which each rule fired."""
    lines: Counter[str] = field(default_factory=Counter)
    """Articles in which each line stands that no rule takes, by its form."""
    shown: dict[str, str] = field(default_factory=dict)
    """A line of each form as it stood."""
    least: int = 1
    """A line that is not listed stands in no more articles than this."""


@dataclass(slots=True)
class Figures:
    """The figures of a corpus."""

    rules: str
    """The digest of the rules that made them."""
    sites: dict[str, Site] = field(default_factory=dict)
    repeated: int = 0
    """Articles that repeat another one; they are not counted."""

    @property
    def articles(self) -> int:
        """The number of articles."""
        return sum(site.articles for site in self.sites.values())


def measure(corpus: Iterable[Document], cleaner: Cleaner) -> Figures:
    """Clean a corpus and count."""
    figures = Figures(cleaner.rules.digest)
    cells = bytearray(_CELLS)
    known = {rule.id for rule in cleaner.active if rule.action == "drop"}
    for document in corpus:
        host = site_of(document.url)
        if _repeats(document, host, cells):
            figures.repeated += 1
            continue
        result = cleaner.clean_document(document)
        site = figures.sites.setdefault(host, Site())
        site.articles += 1
        gone = 1 - len(result.text) / len(document.text) if document.text else 0.0
        site.share = Sample(site.articles, site.share.total + gone, site.share.squares + gone * gone)
        site.rules.update({name for edit in result.edits for name in (edit.rule, *edit.also)} & known)
        _count_lines(site, lines_of(result.text), (cells, salt_of(host)))
    for site in figures.sites.values():
        _keep_most(site)
    return figures


def _repeats(document: Document, host: str, cells: bytearray) -> bool:
    """Tell whether an article repeats one that was read; if not, know its lines from now on."""
    lines = lines_of(document.text)
    keys = keys_of(lines, salt_of(host))
    if is_repeated(lines, keys, cells):
        return True
    for key in set(keys):
        cells[key] = min(cells[key] + 1, _FULL)
    return False


def form_of(line: str) -> str:
    """Give what lines share that differ in case and numbers alone.

    >>> form_of("Copyright 2024  The Oar")
    'copyright 0 the oar'
    """
    return _DIGITS.sub("0", fold(line))


def _count_lines(site: Site, lines: list[str], table: tuple[bytearray, int]) -> None:
    cells, salt = table
    forms = {form_of(line): line for line in lines if len(line) <= MOST_CHARS}
    keys = keys_of([f"\0{form}" for form in forms], salt)  # apart from those of whole lines
    for (form, line), key in zip(forms.items(), keys, strict=True):
        if form in site.lines:
            site.lines[form] += 1
        elif cells[key]:
            site.lines[form] = 2
            site.shown[form] = line
        cells[key] = 1


def _keep_most(site: Site) -> None:
    kept = site.lines.most_common(MOST_LINES + 1)
    if len(kept) > MOST_LINES:
        site.least = kept.pop()[1]
    site.lines = Counter(dict(kept))
    site.shown = {form: site.shown[form] for form in site.lines}


# ---------------------------------------------------------------------------------------------
# As a file


def to_json(figures: Figures) -> bytes:
    """Write figures as JSON, the same bytes for the same figures."""
    sites = {
        name: {
            "articles": site.articles,
            "removed": [round(site.share.total, 9), round(site.share.squares, 9)],
            "least": site.least,
            "rules": dict(sorted(site.rules.items())),
            "lines": {form: [count, site.shown[form]] for form, count in sorted(site.lines.items())},
        }
        for name, site in sorted(figures.sites.items())
    }
    return dump({"figures": VERSION, "rules": figures.rules, "repeated": figures.repeated, "sites": sites})


def from_json(data: bytes, path: str) -> Figures:
    """Read figures; a ReadError says why these are none."""
    try:
        row = parse(data)
        if not isinstance(row, dict) or row.get("figures") != VERSION:
            raise ValueError(f"it holds no figures of version {VERSION}")
        sites = {str(name): _site(held) for name, held in row["sites"].items()}
        return Figures(str(row["rules"]), sites, int(row["repeated"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else error
        raise ReadError(f"{path}: {reason}; write figures with `cleaner drift CORPUS --save`") from None


def _site(held: dict[str, Any]) -> Site:
    total, squares = map(float, held["removed"])
    lines = {str(form): (int(count), str(line)) for form, (count, line) in held["lines"].items()}
    return Site(
        int(held["articles"]),
        Sample(int(held["articles"]), total, squares),
        Counter({str(name): int(count) for name, count in held["rules"].items()}),
        Counter({form: count for form, (count, _) in lines.items()}),
        {form: line for form, (_, line) in lines.items()},
        int(held["least"]),
    )
