"""The elements of HTML in the groups that tell what a stray tag of each means for the text around it."""

from __future__ import annotations


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BLOCKS = _names(
    "article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody tfoot thead tr ul"
)
"""Text before and after such a tag stands on lines of its own."""

CELLS = frozenset({"td", "th"})
"""A blank parts them."""

INLINE = _names(
    "abbr acronym big cite em embed font iframe img ins label noscript script small span strike "
    "strong style sub sup svg tt video audio amp-img amp-embed picture wbr"
)
"""Their tags vanish without a trace."""

SHORT = frozenset({"a", "b", "i", "q", "s", "u"})
"""Inline too, but a lone `<b>` may be a variable or a type: only with attributes or its other half."""

WORDS = _names(
    "address area base body button caption code col data del details dfn dialog head html input kbd "
    "link map mark meta meter object option param path progress samp select slot source summary "
    "template textarea time title track var"
)
"""Names that are also words of a template (`<title>`): only with attributes or their other half."""

CONTAINERS = frozenset({"audio", "iframe", "noscript", "object", "script", "style", "svg", "video"})
"""What stands between their tags is no text of the article either."""

POSTS = frozenset(
    {
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "fb-post",
        "fb-xfbml-parse-ignore",
        "bluesky-embed",
        "text-post-media",
        "reddit-embed-bq",
        "reddit-card",
        "imgur-embed-pub",
    }
)
"""Classes of a `blockquote` that holds another site's post."""

FLAGS = _names(
    "allowfullscreen async autofocus autoplay checked controls crossorigin defer disabled download "
    "hidden inert ismap itemscope loop multiple muted nomodule noshade novalidate nowrap open "
    "playsinline readonly required reversed selected webkitallowfullscreen mozallowfullscreen"
)
"""Attributes that stand without a value."""

ALL = BLOCKS | CELLS | INLINE | SHORT | WORDS
