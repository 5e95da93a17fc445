"""Plain data -> YAML: one rule, or a whole pack, as a person would write it.

What is written is read again as the same texts, whatever they hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cleaner.rulefile.hiding import quoted
from cleaner.rulefile.source import REFUSED

SCHEMA = "# yaml-language-server: $schema=../schema/rules.v1.json"
WIDTH = 110
_ESCAPED = re.compile(f"{REFUSED.pattern}|[\n\r\t\x85\u2028\u2029\ufeff]")
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=~")
_CUT = re.compile(r":(?:\s|$)|\s#|^\s|\s$")
_FLOW = frozenset(",[]{}:")


def pack_text(header: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> str:
    """Write a whole file: `header` holds what stands above its rules (`pack`, `lang`, `site`)."""
    lines = [SCHEMA, "cleaner: 1"]
    for key, value in header.items():
        if isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {name}: {_flow(held)}" for name, held in value.items())]
        else:
            lines.append(f"{key}: {_flow(value, outer=True)}")
    return "\n".join([*lines, "rules:", "\n".join(map(rule_text, rules))])


def rule_text(rule: Mapping[str, Any]) -> str:
    """Write one rule as an entry under `rules:`, with a line end behind it; keys stand as they come."""
    lines = [line for key, value in rule.items() for line in _pair(key, value)]
    return "\n".join(("  - " if not number else "    ") + line for number, line in enumerate(lines)) + "\n"


def _pair(key: str, value: Any) -> list[str]:
    """Give the lines of a key; longer lists and pictures have a line an item."""
    if not isinstance(value, list | tuple):
        return [f"{key}: {_flow(value, outer=True)}"]
    if any(isinstance(item, str) and "\n" in item for item in value):
        sign = "|" if key == "shows" else "|-"  # a picture has its line end, another text has none
        return [f"{key}:", *(line for item in value for line in _block(item, sign))]
    short = f"{key}: {_flow(value)}"
    if len(short) <= WIDTH and not (len(value) > 1 and any(isinstance(item, Mapping) for item in value)):
        return [short]
    return [f"{key}:", *(f"  - {_flow(item, outer=True)}" for item in value)]


def _block(text: str, sign: str) -> list[str]:
    """Give a text of several lines as it stands, or with escapes where YAML would not take it so."""
    rows = text.split("\n")
    plain = len(rows) > 1 and not _ESCAPED.search(text.replace("\n", ""))
    if not plain or not rows[0].strip() or rows[0][0] == " " or not rows[-1]:
        return [f"  - {scalar(text)}"]
    return [f"  - {sign}", *(f"    {row.rstrip() if sign == '|' else row}" for row in rows)]


def _flow(value: Any, *, outer: bool = False) -> str:
    """Write a value on one line; `outer`: it stands in no bracket."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return scalar(str(value), outer=outer)


def scalar(text: str, *, outer: bool = True) -> str:
    r"""Write a text, in quotes where YAML asks for them; `outer`: it stands in no bracket.

    >>> scalar("Read more"), scalar("SEE: *"), scalar("a, b"), scalar("a, b", outer=False)
    ('Read more', "'SEE: *'", 'a, b', "'a, b'")
    """
    if _ESCAPED.search(text):
        plain = json.dumps(text, ensure_ascii=False)
        return re.sub(f"{REFUSED.pattern}|[\x85\u2028\u2029\ufeff]", _escape, plain)
    if text and text[0] not in _FIRST and not _CUT.search(text) and (outer or not _FLOW & set(text)):
        return text
    return quoted(text)


def _escape(found: re.Match[str]) -> str:
    return f"\\U{ord(found[0]):08x}" if ord(found[0]) > 0xFFFF else f"\\u{ord(found[0]):04x}"
