"""Pattern -> misses: lines of the same site that look alike and must stay, and one that is made up."""

from __future__ import annotations

from cleaner.folding import fold, normal, unmarked
from cleaner.mine.gathering import Site
from cleaner.patterns import Pattern
from cleaner.shapes import is_prose, words

_MOST = 2
_MOST_CHARS = 400
_AROUND = ("Nobody knew why it said ", " on the door that night.")


def misses_for(source: str, pattern: Pattern, site: Site, bounds: tuple[int, int] | None) -> tuple[str, ...]:
    """Give look-alikes: sentences of the site that hold the longest text of the pattern, else one made up."""
    literal = _literal(pattern)
    found: list[str] = []
    for text in site.sentences() if len(literal) >= 6 else ():
        if literal not in text.lower() or len(text) > _MOST_CHARS:
            continue
        line = normal(text)
        if (
            is_prose(line)
            and literal in fold(line)
            and not _takes(pattern, line, bounds)
            and line not in found
        ):
            found.append(line)
        if len(found) == _MOST:
            break
    return (*found, made_up(pattern)) if len(found) < _MOST else tuple(found)


def made_up(pattern: Pattern) -> str:
    """Give a sentence that holds the longest text of a pattern, and is not what the pattern is for."""
    return _literal(pattern).join(_AROUND)


def _takes(pattern: Pattern, line: str, bounds: tuple[int, int] | None) -> bool:
    if bounds is not None and not bounds[0] <= words(unmarked(line)) <= bounds[1]:
        return False
    return pattern.matches(unmarked(line))


def _literal(pattern: Pattern) -> str:
    """Give the longest literal of a pattern, folded."""
    if pattern.exact is not None:
        return min(pattern.exact)
    return max((min(texts) for texts in pattern.literals), key=len, default="").strip()
