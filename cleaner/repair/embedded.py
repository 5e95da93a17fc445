"""Embed code -> bool: whether a quotation in markup is another site's post.

Beautiful Soup reads it, as a browser would: attributes in any order and quoting, classes word by word.
It is slow, so only a `blockquote` with attributes comes here.
"""

from __future__ import annotations

import re

from cleaner.repair.elements import POSTS

# embed code that went through JSON or a word processor has its quotes escaped or curled
_QUOTES = re.compile('\\\\?["\u201c\u201d\u2033]')
_POST_URL = re.compile(
    r"https?://(?:www\.|m\.)?(?:(?:twitter|x)\.com/\w+/status|instagram\.com/(?:p|reel)/|tiktok\.com/@|facebook\.com/"
    r"|threads\.net/@|bsky\.app/profile|t\.me/)"
)


def is_post(source: str) -> bool:
    """Tell whether the markup of a `blockquote` says that it holds a post, by a class or its source."""
    from bs4 import BeautifulSoup  # a third of a second to import

    quote = BeautifulSoup(_QUOTES.sub('"', source), "html.parser").find("blockquote")
    if quote is None:
        return False
    if not POSTS.isdisjoint(quote.get_attribute_list("class")):
        return True
    places = (quote.get("cite"), quote.get("data-instgrm-permalink"), quote.get("data-href"))
    return any(_POST_URL.match(str(place)) for place in places if place)
