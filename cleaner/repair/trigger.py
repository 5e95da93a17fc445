"""text -> bool: whether any repair has something to look at; clean text should cost next to nothing."""

from __future__ import annotations

import re

_ASCII_SIGNS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0D, 0x20), 0x7F, *b"&<?"])
_SIGNS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0020-\U000e007f&<?]"
)


def may_be_broken(text: str) -> bool:
    """Tell whether the text holds a character that some repair is about."""
    if text.isascii():
        raw = text.encode("ascii")
        return len(raw.translate(None, _ASCII_SIGNS)) < len(raw)
    return True
