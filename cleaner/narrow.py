r"""expression -> bytes: the same for lines of few characters, which RE2 compiles seven times as fast.

A class such as ``\p{L}`` has some six hundred ranges, and each is a path of bytes in UTF-8. In Latin-1 a
character is a byte, and what is not in Latin-1 cannot stand in the line: it is
written as what matches nothing.
"""

from __future__ import annotations

import re

NOTHING, ANYTHING = "[^\x00-\xff]", "[\x00-\xff]"
_ESCAPE = r"\\(?:[pP]\{\^?\w+\}|x[0-9A-Fa-f]{2}|.)"
_PIECE = re.compile(
    rf"(?P<escape>{_ESCAPE})|\[(?P<no>\^?)(?P<items>\]?(?:{_ESCAPE}|[^\]\\])*)\]|(?P<far>[^\x00-\xff])",
    re.DOTALL,
)
_ITEM = re.compile(rf"({_ESCAPE}|.)(?:-({_ESCAPE}|.))?", re.DOTALL)
_CASELESS = re.compile(r"\(\?[a-zA-Z-]*i")
_FAR_TWINS = re.compile(r"[\u017f\u212a]|-[^\x00-\xff]")
"""Without case a long s is an s, and the sign of Kelvin a k; ranges may hold both."""


def encoding(source: str) -> str:
    """Name the smallest encoding in which an expression can be asked: in Latin-1 RE2 folds ASCII alone.

    >>> encoding("(?i:caf\\u00e9)"), encoding("Caf\\u00e9"), encoding("(?i:\\u212a)")
    ('ascii', 'latin-1', 'utf-8')
    """
    if not _CASELESS.search(source):
        return "latin-1"
    return "utf-8" if _FAR_TWINS.search(source) else "ascii"


def narrow(source: str) -> bytes:
    """Give an expression, its classes spelled out, as RE2 reads it with Latin-1.

    >>> narrow("[a\\u2192]\\u2192?")
    b'[a][^\\x00-\\xff]?'
    """
    return _PIECE.sub(_narrowed, source).encode("latin-1")


def _narrowed(piece: re.Match[str]) -> str:
    if piece["far"]:
        return NOTHING
    if piece["items"] is None:
        return piece[0]
    items = "".join(_near(low, high) for low, high in _ITEM.findall(piece["items"]))
    if not items:
        return ANYTHING if piece["no"] else NOTHING
    return f"[{piece['no']}{items}]"


def _near(low: str, high: str) -> str:
    """Give an item of a set, as far as it lies in Latin-1."""
    if low > "\xff":
        return ""
    low = f"\\{low}" if low in "^-]" else low  # it may have come to stand first
    return f"{low}-{min(high, chr(0xFF))}" if high else low
