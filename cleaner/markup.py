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
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_CROWDED = re.compile(r"<([a-zA-Z][^\s/>]*+)(?:[^<>\s/]*+[\s/]++){1000,}+[^<>]*+")
"""A start tag with so many attributes, or a picture in one; the time to read them grows with their square."""
_SHORTEST_CROWD = 2000


def parse(page: str) -> HtmlElement:
    """Read the decoded text of a page into a tree; a ValueError says why there is none."""
    from trafilatura.utils import repair_faulty_html

    if "\0" in page or not _has_utf_8(page):
        page = _UNREADABLE.sub("", page)
    if found := _DECLARATION.match(page):
        page = page[found.end() :]
    if any(map(_is_crowded, page.split("<"))):
        page = _CROWDED.sub(r"<\1", page)
    page = repair_faulty_html(page, page[:50].lower())
    tree, stopped = _read(page, huge=False)
    if stopped:
        page = unbox(page)
        tree, stopped = _read(page, huge=False)
    if stopped:
        tree, _ = _read(level(page), huge=True)
    if tree is None:
        raise ValueError("there is nothing in the page")
    return tree


def _has_utf_8(page: str) -> bool:
    try:
        page.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_crowded(part: str) -> bool:
    """Tell, with little work, whether what stands behind a `<` may be a tag with very many attributes."""
    return len(part) > _SHORTEST_CROWD and part[0].isalpha() and part.find(">", 0, _SHORTEST_CROWD) < 0


def _read(page: str, *, huge: bool) -> tuple[HtmlElement | None, bool]:
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
        tree = document_fromstring(page.encode("utf-8"), parser=parser)
    except ParserError:
        tree = None
    last = parser.error_log.last_error
    return tree, last is not None and last.type == _RESOURCE_LIMIT
