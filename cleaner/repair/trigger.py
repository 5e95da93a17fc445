"""text -> characters: which of the characters that repairs are about a text holds, in one look at it.

Most texts hold few of them; a repair whose characters are absent need not look, a clean text costs one scan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

ASCII = "".join(map(chr, range(0x80)))


def scanner(signs: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """Make the function that finds which characters of all ``signs`` (insides of brackets) a text holds."""
    pattern = re.compile("[" + "".join(signs) + "]")
    plain = re.sub(pattern, "", ASCII).encode("ascii")

    def scan(text: str) -> frozenset[str]:
        if text.isascii():  # five times as fast
            return frozenset(text.encode("ascii").translate(None, plain).decode("ascii"))
        return frozenset(pattern.findall(text))

    return scan
