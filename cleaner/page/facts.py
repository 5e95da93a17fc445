"""Tree of a page -> Facts: what the publisher says of its article in the head and in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.page.units import key_of, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_DEPTH = 8
_LEAST_TITLE = 3
_LONGEST_NAME = 4
"""An only `h1` with more words is the headline; with fewer it may be the name of the site."""
_SHARED = 0.6
"""So much of a headline stands in the title of the head, whatever the rest says."""
_KEYS = ("articleBody", "description", "headline")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the article of a page besides its text."""

    title: str | None = None
    url: str | None = None
    lang: str | None = None
    site: str | None = None
    summaries: frozenset[str] = frozenset()
    """The words (see `units.key_of`) of each text that the page gives as its summary."""
    body: str = ""
    """The words of the article as JSON-LD holds it; empty where it does not."""


NOTHING = Facts()


def facts_of(tree: HtmlElement) -> Facts:
    """Read the facts of a page."""
    meta = _meta(tree)
    linked = list(_linked(tree))
    summaries = [meta.get(name, "") for name in ("description", "og:description", "twitter:description")]
    summaries += [text for key, text in linked if key == "description"]
    bodies = [text for key, text in linked if key == "articleBody"]
    return Facts(
        title=_title(tree, meta),
        url=_address(tree, meta),
        lang=_language(tree, meta),
        site=meta.get("og:site_name"),
        summaries=frozenset(filter(None, map(_key, summaries))),
        body=max(map(_key, bodies), key=len, default=""),
    )


def _key(text: str) -> str:
    from html import unescape

    if "<" in text:
        text = _TAG.sub(" ", text)
    return key_of(unescape(text))


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Give the first value of each name or property of `meta` elements."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name")
        value = element.get("content")
        if name and value and value.strip():
            found.setdefault(name.strip().lower(), " ".join(value.split()))
    return found


def _title(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    """Give the `h1` that the head speaks of (another may be the site's name), else what the head says."""
    heads = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    element = next(tree.iter("title"), None)
    said_above = " ".join(element.text_content().split()) if element is not None else ""
    written = meta.get("og:title") or said_above
    said = set(words_of(written.casefold()))
    if len(heads) == 1 and len(words_of(heads[0])) > _LONGEST_NAME:
        return heads[0]
    for head in heads:
        found = set(words_of(head.casefold()))
        if len(found) >= _LEAST_TITLE and len(found & said) >= _SHARED * len(found):
            return head
    return written or next(filter(None, heads), None)


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    links = (one.get("href") for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical")
    address = next(links, None) or meta.get("og:url")
    return address if address and address.startswith(("http://", "https://")) else None


def _language(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    for value in (tree.get("lang"), meta.get("og:locale"), meta.get("content-language")):
        if value and _LANG.fullmatch(value.strip()):
            return str(value.strip())
    return None


def _linked(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Give the texts under the keys that matter in all JSON-LD of a page."""
    for element in tree.iter("script"):
        text = element.text
        if not text or (element.get("type") or "").lower() != "application/ld+json":
            continue
        if any(f'"{key}"' in text for key in _KEYS):
            try:
                data = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _texts(data, _MOST_DEPTH)


def _texts(data: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth and isinstance(data, dict):
        for key, value in data.items():
            if key in _KEYS and isinstance(value, str):
                yield key, value
            else:
                yield from _texts(value, depth - 1)
    elif depth and isinstance(data, list):
        for value in data:
            yield from _texts(value, depth - 1)
