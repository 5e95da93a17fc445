"""Corpus -> Census: which lines, and which forms of lines, may stand in three articles of a host.

The first of two passes. It counts articles in one table of small numbers, so its memory is the same for a
thousand articles and for a million; two texts that share a cell can only make a count too high, and the
second pass counts exactly what this one lets through. An article that says again most of what an
earlier one of its host said is the same article, and is not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from cleaner.model import Document
from cleaner.scope import host_of

LEAST = 3
"""So many articles make a line recur."""
FORM_CHARS = 240
"""A longer line has no form but itself."""
_CELLS = 1 << 28
_MOST = 250
_FEW = 7
_SHARE = 2_000
"""Of a large site what stands in fewer than one of so many articles does not recur: so memory is bounded."""
_LONG = 80
_SHORT = 60
_CLOSING = 4
_ENDS = '.\u201d"\u2019'
_LEAD_CHARS = 40
_SAME_SHARE = 0.6
_LEAST_LONG = 3
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}\.){0,8}[a-z0-9-]{1,62}")
PARAGRAPH = 100
"""A longer line that does not recur is taken for a paragraph of the article."""
TAIL = "\1"
"""Stands before a sentence that closes a paragraph, where keys are made."""
_TAIL_FROM = 50
_TAIL_CHARS = (8, 140)
GAP = "\0"
"""Stands in a form for what varies."""


def site_of(url: str | None) -> str:
    """Give the site of a URL: its host without sub-domains; empty where there is none to name a file by.

    >>> site_of("https://www.news.example.co.uk/a"), site_of("https://m.example.org")
    ('example.co.uk', 'example.org')
    """
    host = host_of(url) or ""
    if not _HOST.fullmatch(host):
        return ""
    parts = host.split(".")
    if len(parts) < 3 or parts[-1].isdigit():
        return host
    country = len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if country else -2 :])


def lines_of(text: str) -> list[str]:
    """Give the lines that are not blank, without white space around them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [bare for line in text.split("\n") if (bare := line.strip())]


def forms_of(line: str) -> list[str]:
    """Give the forms that a short line shares with its like: where it varies, how it begins, how it ends.

    >>> [form.replace(GAP, "_") for form in forms_of("Follow Jo Doe on Twitter")]
    ['Follow _ on _', 'Follow Jo Doe _', '_ on Twitter', '_ Jo Doe on Twitter']
    """
    tokens = line.split(" ")
    size = len(tokens)
    if size < 2:
        return []
    forms = []
    masked: list[str] = tokens[:1]
    for token in tokens[1:]:
        if not _varies(token):
            masked.append(token)
        elif masked[-1] is not GAP:
            masked.append(GAP)
    if GAP in masked and len(masked) > 2:
        forms.append(" ".join(masked))
    lead, colon, _ = line.partition(": ")
    if colon and len(lead) <= _LEAD_CHARS:
        forms.append(f"{lead}: {GAP}")
    if size > 3:
        forms.append(" ".join((*tokens[:3], GAP)))
        forms.append(" ".join((GAP, *tokens[-2:])))
        if size > 4:
            forms.append(" ".join((GAP, *tokens[-4:])))
    elif not colon:
        forms.append(f"{tokens[0]} {GAP}")
    return forms


def _varies(token: str) -> bool:
    """Tell whether a word is a name, a number, an address or an account, by its first character."""
    first = token[:1]
    return first.isupper() or first.isdigit() or first in '@("\u201c$#' or "@" in token or "://" in token


def formed(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Give the forms of the lines that are no plain sentences, or close the article, with their indexes."""
    last = len(lines) - _CLOSING
    for index, line in enumerate(lines):
        size = len(line)
        if size <= FORM_CHARS and (size <= _SHORT or line[-1] not in _ENDS or index >= last):
            yield index, forms_of(line)


def tails_of(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Give the last sentence of each paragraph, where it is a short one, with the index of the line."""
    for index, line in enumerate(lines):
        if len(line) >= PARAGRAPH:
            at = max(line.rfind(". "), line.rfind("? "), line.rfind("! "), line.rfind(".\u201d "))
            piece = line[at + 1 :].lstrip("\u201d\"' ")
            if at > _TAIL_FROM and _TAIL_CHARS[0] <= len(piece) <= _TAIL_CHARS[1]:
                yield index, piece


@dataclass(slots=True)
class Census:
    """What the first pass knows."""

    cells: bytearray = field(default_factory=lambda: bytearray(_CELLS))
    articles: Counter[str] = field(default_factory=Counter)
    """Articles by site, those that repeat another one left out."""
    repeated: set[int] = field(default_factory=set)
    """The places in the corpus of articles that repeat an earlier one."""
    homeless: int = 0
    """Articles without an address."""

    def least(self, site: str) -> int:
        """Give the number of articles that make a line recur: three, of large sites one in 2,000."""
        return max(LEAST, self.articles[site] // _SHARE)

    def floor(self, site: str) -> int:
        """Give the count from which a cell may stand for what recurs; cells count no further than 250."""
        return min(self.least(site), _MOST)


def keys_of(lines: Sequence[str], salt: int) -> list[int]:
    """Give the cells of texts of one site."""
    return [crc32(line.encode("utf-8", "surrogatepass"), salt) & (_CELLS - 1) for line in lines]


def salt_of(site: str) -> int:
    """Give what makes the same text of two sites two keys."""
    return crc32(site.encode())


def count(corpus: Iterable[Document], site: str = "") -> Census:
    """Count every line and form; `site` is that of articles that have no address."""
    census = Census()
    cells = census.cells
    for place, document in enumerate(corpus):
        host = site_of(document.url) or site
        if not host:
            census.homeless += 1
            continue
        lines = lines_of(document.text)
        salt = salt_of(host)
        keys = keys_of(lines, salt)
        if is_repeated(lines, keys, cells):
            census.repeated.add(place)
            continue
        census.articles[host] += 1
        known = set(keys)
        for _, forms in formed(lines):
            known.update(keys_of(forms, salt))
        known.update(keys_of([TAIL + piece for _, piece in tails_of(lines)], salt))
        for key in known:
            if cells[key] < _MOST:
                cells[key] += 1
    return census


def is_repeated(lines: Sequence[str], keys: Sequence[int], cells: bytearray) -> bool:
    """Tell whether most long lines were seen before; those that all articles have say nothing."""
    long = [
        seen
        for line, key in zip(lines, keys, strict=True)
        if len(line) > _LONG and (seen := cells[key]) < _FEW
    ]
    return len(long) >= _LEAST_LONG and sum(map(bool, long)) >= _SAME_SHARE * len(long)
