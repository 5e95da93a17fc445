"""text -> characters: which of the characters that repairs are about a text holds, in one look at it.

Most texts hold few of them; a repair whose characters are absent need not look, a clean text costs one scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_ALL_ASCII = bytes(range(0x80))
_BASIC_PLANE = "".join(map(chr, range(0x10000)))
"""Signs beyond it are invisible ones."""


def scanner(signs: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """Make the function that finds which characters of all ``signs`` (insides of brackets) a text holds."""
    pattern = re.compile("[" + "".join(signs) + "]")
    plain = pattern.sub("", _ALL_ASCII.decode("ascii")).encode("ascii")
    plain_or_high = plain + bytes(range(0x80, 0x100))
    visible = [sign for sign in pattern.findall(_BASIC_PLANE) if sign.isprintable() and not sign.isascii()]

    def scan(text: str) -> frozenset[str]:
        if text.isascii():
            return frozenset(text.encode("ascii").translate(None, plain).decode("ascii"))
        raw = text.encode("utf-8", "surrogatepass")
        found = frozenset(raw.translate(None, plain_or_high).decode("ascii"))
        rest = raw.translate(None, _ALL_ASCII).decode("utf-8", "surrogatepass")
        if rest.isprintable() and not any(sign in rest for sign in visible):
            return found  # the common case, twice as fast as looking for all
        return found | frozenset(pattern.findall(rest))

    return scan
