"""Site -> blocks: runs of share-bar words, and headings with the headlines that follow them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from cleaner.folding import normal
from cleaner.mine import telling
from cleaner.mine.candidate import Candidate, Context
from cleaner.mine.gathering import Seen, Site
from cleaner.shapes import is_headline, words

_LEAST_RUN = 3
_MOST_HEADLINES = 8
_FRAME = ("The council met on Monday and talked about the old bridge for more than an hour.",
          "It will meet again in May, and then the people of the town may ask what it costs.")  # fmt: skip
_LIST_LABELS = frozenset({"promo", "tags"})


def share_bars(site: Site, taken: Container[str]) -> Iterator[list[str]]:
    """Give chains of lines that always follow each other, all of them words of a share bar."""
    lines = {text: seen for text, seen in site.lines.items() if telling.is_share(text) and text not in taken}
    follows = {text: one for text in lines if (one := _only(lines[text].below)) in lines}
    starts = [text for text in lines if text not in follows.values()]
    for start in sorted(starts):
        chain = [start]
        while (following := follows.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        if len(chain) >= _LEAST_RUN:
            yield chain


def _only(texts: set[str]) -> str:
    return next(iter(texts)) if len(texts) == 1 else ""


def with_headlines(candidate: Candidate, seen: Seen) -> Candidate:
    """Add the headlines that follow a heading to the end of the article, where all contexts show it."""
    line = normal(seen.contexts[0].text)
    if candidate.label not in _LIST_LABELS or words(line) > 8 or not (line.endswith(":") or words(line) <= 4):
        return candidate
    sizes = [_headlines(one) for one in seen.contexts]
    if not all(sizes) or seen.closing < seen.found * 0.8:
        return candidate
    picture = [f"| {_FRAME[0]}", f"| {_FRAME[1]}", f"- {line}"]
    picture += [f"- {text}" for text in seen.contexts[0].after[: sizes[0]]]
    return replace(
        candidate, kind="list", headlines=min(max(sizes) + 2, _MOST_HEADLINES), shows=("\n".join(picture),)
    )


def _headlines(context: Context) -> int:
    """Count the headlines that follow a line; 0 where something else follows them."""
    following = [normal(text) for text in context.after]
    if not following or not all(map(is_headline, following)):
        return 0
    return len(following)
