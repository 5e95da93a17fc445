"""Text -> the same text with characters hidden from YAML: private ones of the same width stand for them.

All places stay true, so what is read afterwards can be pointed at, and `reveal` gives the text as it stood.
"""

from __future__ import annotations

import re

_SPECIAL = "*@?%`&!|>:#-[]{},'\""
_HIDDEN = {char: chr(0x10FF00 + ord(char)) for char in _SPECIAL}
_REVEALED = {ord(hidden): char for char, hidden in _HIDDEN.items()}
_LINES = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")


def hidden_in(text: str) -> frozenset[str]:
    """Give the hidden characters that a text holds (none in almost every file)."""
    return frozenset(filter(text.__contains__, _HIDDEN.values()))


def reveal(text: str) -> str:
    """Put the hidden characters of a text back."""
    return text.translate(_REVEALED)


def hide(text: str, line: int, start: int, end: int) -> str:
    """Hide all special characters of a part of a line."""
    parts = _LINES.split(text)
    part = parts[2 * line]
    hidden = "".join(_HIDDEN.get(char, char) for char in part[start:end])
    parts[2 * line] = part[:start] + hidden + part[end:]
    return "".join(parts)


def blank(text: str, line: int, start: int, end: int) -> str:
    """Put blanks in the place of a part of a line."""
    parts = _LINES.split(text)
    parts[2 * line] = parts[2 * line][:start] + " " * (end - start) + parts[2 * line][end:]
    return "".join(parts)


def line_of(text: str, number: int) -> str:
    """Give a line of a text, with what is hidden in it still hidden."""
    return str(_LINES.split(text)[2 * number])


def quoted(text: str) -> str:
    r"""Write a text in quotes so that YAML reads it as it stands.

    >>> quoted("*Don't miss*"), quoted("Von: <name>")
    ('"*Don\'t miss*"', "'Von: <name>'")
    """
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
