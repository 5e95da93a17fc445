"""text -> Change*: escaped characters of HTML, as `&nbsp;` or `&amp;nbsp;`, become what they mean."""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from cleaner.repair.gaps import Change
from cleaner.repair.quoted import Quoted

_ENTITY = re.compile(
    "&(?:amp;|#0{0,4}38;|#[xX]0{0,4}26;)*"
    "(?P<last>(?P<name>[A-Za-z][A-Za-z0-9]{1,7});|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|nbsp(?![A-Za-z0-9;=]))"
)
TRIGGER = "&(?:[A-Za-z][A-Za-z0-9]{1,7};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|nbsp)"

_NAMES = frozenset(name2codepoint) | {"apos", "AMP", "LT", "GT", "QUOT", "NBSP", "COPY", "REG"}
"""HTML 4 and a few in capitals: the list of HTML 5 holds names like `in` and `it`, which prose holds too."""

_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e"


def entities(text: str) -> list[Change]:
    """Unescape, but leave what stands alone in quotes or backticks, or in a line that is about HTML."""
    found = [one for one in _ENTITY.finditer(text) if one["name"] is None or one["name"] in _NAMES]
    if not found:
        return []
    quoted = Quoted(text)
    return [(*one.span(), _meant(one["last"])) for one in found if not _is_shown(text, one, quoted)]


def _meant(last: str) -> str:
    """Give the character of an entity without its ampersand; `NBSP` is met where text was set in capitals."""
    return html.unescape("&" + ("nbsp;" if last.lower().startswith("nbsp") else last))


def _is_shown(text: str, entity: re.Match[str], quoted: Quoted) -> bool:
    """Tell whether the text speaks of the entity itself."""
    start, end = entity.span()
    in_quotes = text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
    return (in_quotes and start > 0 and end < len(text)) or quoted.holds(start, end)
