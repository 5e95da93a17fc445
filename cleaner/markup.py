"""Text of a page -> its tree: all of the page, however deep, long or broken it is.

libxml2 stops without a word where elements stand 256 deep or where one text is longer than 10 MB, and what
comes behind is lost. So the parser is asked whether it stopped, and if it did, the page is made flat and read
again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.nesting import level, unbox

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_RESOURCE_LIMIT = 114  # lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*>")
_CLOSED = re.compile(r"(<html\b[^<>]*?)\s*/>", re.IGNORECASE)
"""A page that ends where it begins."""
_UNREADABLE = bytes({*range(32)} - {*b"\t\n\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_CROWDED = re.compile(rb"<([a-zA-Z][^\s/>]*+)(?:[^<>\s/]*+[\s/]++){1000,}+[^<>]*+")
"""A start tag with so many attributes, or a picture in one; the time to read them grows with their square."""
_SHORTEST_CROWD = 2000
_START = 4096
"""Where a page says what it is; only there such a line can be broken in a way that stops the parser."""


def parse(page: str) -> HtmlElement:
    """Read the decoded text of a page into a tree; a ValueError says why there is none."""
    from trafilatura.utils import repair_faulty_html

    if found := _DECLARATION.match(page):
        page = page[found.end() :]
    start = repair_faulty_html(_CLOSED.sub(r"\1>", page[:_START], count=1), page[:50].lower())
    if "\n" not in page[:_START]:
        start = start.removesuffix("\n")  # the repair ends the first line
    raw = _readable(start + page[_START:])
    tree, stopped = _read(raw, huge=False)
    if stopped:
        raw = unbox(raw.decode()).encode()
        tree, stopped = _read(raw, huge=False)
    if stopped:
        tree, _ = _read(level(raw.decode()).encode(), huge=True)
    if tree is None:
        raise ValueError("there is nothing in the page")
    return tree


def _readable(page: str) -> bytes:
    """Give a page in UTF-8, without what no parser takes and without tags that would take hours."""
    raw = page.encode("utf-8", "ignore").translate(None, _UNREADABLE)
    for one in _NO_CHARACTERS:
        raw = raw.replace(one, b"")
    if any(len(part) > _SHORTEST_CROWD and _is_crowded(part) for part in raw.split(b"<")):
        raw = _CROWDED.sub(rb"<\1", raw)
    return raw


def _is_crowded(part: bytes) -> bool:
    """Tell, with little work, whether what stands behind a `<` may be a tag with very many attributes."""
    return part[:1].isalpha() and part.find(b">", 0, _SHORTEST_CROWD) < 0


def _read(raw: bytes, *, huge: bool) -> tuple[HtmlElement | None, bool]:
    """Give the tree, and whether the parser stopped before the end."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
        huge_tree=huge,
    )
    try:
        tree = document_fromstring(raw, parser=parser)
    except ParserError:
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type == _RESOURCE_LIMIT
