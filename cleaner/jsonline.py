"""Bytes of JSON <-> values and places: strict reading, and where the value of a key stands in the bytes.

orjson does the work; the standard module steps in for half surrogate pairs, which orjson refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from typing import Any, NamedTuple

import orjson

_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
_KEY_END = re.compile(rb'"\s*+:')
_TEXT = b'"text"'
_COLON = re.compile(rb"\s*+:\s*+")
_BLANK = re.compile(rb"[ \t\r\n]*+")
_SCALAR = re.compile(rb"[^\s,\]}]++")
_TURN = re.compile(rb'["\[\]{}]')
_BACKSLASH = 0x5C


class Member(NamedTuple):
    """A member of a JSON object as byte offsets: its key's opening quote, its value and the value's end."""

    key: str
    start: int
    value: int
    end: int


def parse(raw: bytes) -> Any:
    """Read one JSON value; a ValueError says in a sentence what is wrong with it."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if _HALF_PAIR.search(raw):
            return _parse_half_pairs(raw)
        raise ValueError(f"the line is not valid JSON: {error.msg} (byte {error.pos + 1})") from None


def _parse_half_pairs(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("the line is not valid JSON: it is nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"the line is not valid JSON: {error}") from None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a JSON number")


def dump(value: object) -> bytes:
    """Write one JSON value; with half surrogate pairs in it, as ASCII with escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, default=_plain).encode("ascii")


def dump_text(text: str, like: bytes) -> bytes:
    r"""Write a string the way another JSON string is written: ``\uXXXX`` stays ``\uXXXX``.

    >>> dump_text("é", b'"\\u00e9"')
    b'"\\u00e9"'
    """
    if b"\\u" in like and like.isascii():
        return json.dumps(text).encode("ascii")
    return dump(text)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def text_place(raw: bytes, key: str = "text") -> tuple[int, int] | None:
    """Find the bytes of the value of a key in a valid JSON object whose keys do not repeat."""
    start = _text_start(raw) if key == "text" else -1
    if start >= 0:
        return start, _value_end(raw, start)
    return next(((member.value, member.end) for member in members(raw) if member.key == key), None)


def _text_start(raw: bytes) -> int:
    """Find where the value of ``text`` begins, in lines that make that easy (nearly all do); else -1."""
    at = raw.find(_TEXT)
    # In an object without another inside, what stands before the only `"text":` tells a key from a string.
    if at < 1 or raw[at - 1] == _BACKSLASH or raw.find(_TEXT, at + 1) >= 0:
        return -1
    found = _COLON.match(raw, at + len(_TEXT))
    flat = raw.find(b"{", raw.find(b"{") + 1) < 0
    return found.end() if found and flat else -1


def unusual_literal(raw: bytes, text: str, key: str = "text") -> str:
    """Give the JSON value of a key in a line, where it is not written as nearly every program would."""
    start = _text_start(raw) if key == "text" else -1
    if start >= 0 and raw.startswith(dump(text), start):
        return ""
    place = text_place(raw, key)
    if place is None:
        return ""
    literal = raw[slice(*place)]
    return "" if literal in usual_literals(text) else literal.decode("utf-8")


def usual_literals(text: str) -> tuple[bytes, ...]:
    """Give the ways in which nearly every program writes a JSON string: UTF-8, or ASCII with escapes."""
    return dump(text), _ascii(text)


def _ascii(text: str) -> bytes:
    return json.dumps(text).encode("ascii")


def keys_repeat(raw: bytes, record: dict[str, Any]) -> bool:
    """Tell whether a key stands twice in a valid JSON object (``record`` is what it was read as)."""
    # Every key ends in a quote and a colon, so as many of those as keys means that none was lost.
    if len(_KEY_END.findall(raw)) == _count_keys(record):
        return False
    return sum(1 for _ in members(raw)) != len(record)


def _count_keys(record: dict[str, Any]) -> int:
    count = 0
    waiting: list[Any] = [record]
    while waiting:  # not by recursion: a line may be nested deeper than Python's stack
        value = waiting.pop()
        inner = value.values() if isinstance(value, dict) else value
        count += len(value) if isinstance(value, dict) else 0
        waiting += [item for item in inner if isinstance(item, dict | list)]
    return count


def members(raw: bytes) -> Iterator[Member]:
    """Give the members of a valid JSON object in their order, repeated keys included."""
    at = _skip(raw, raw.index(b"{") + 1)
    while raw[at : at + 1] == b'"':
        start, key_end = at, _string_end(raw, at)
        value = _skip(raw, _skip(raw, key_end) + 1)  # over the colon
        end = _value_end(raw, value)
        yield Member(parse(raw[start:key_end]), start, value, end)
        at = _skip(raw, end)
        if raw[at : at + 1] == b",":
            at = _skip(raw, at + 1)


def _skip(raw: bytes, at: int) -> int:
    found = _BLANK.match(raw, at)
    return found.end() if found else at


def _value_end(raw: bytes, at: int) -> int:
    head = raw[at : at + 1]
    if head == b'"':
        return _string_end(raw, at)
    if head in (b"{", b"["):
        return _container_end(raw, at)
    found = _SCALAR.match(raw, at)
    return found.end() if found else at


def _container_end(raw: bytes, at: int) -> int:
    depth = 0
    while found := _TURN.search(raw, at):
        at = found.end()
        if found.group() == b'"':
            at = _string_end(raw, at - 1)
            continue
        depth += 1 if found.group() in b"[{" else -1
        if not depth:
            break
    return at


def _string_end(raw: bytes, at: int) -> int:
    """Give the offset behind the closing quote of the string whose opening quote is at ``at``."""
    at += 1
    while True:
        at = raw.index(b'"', at)
        back = at - 1
        while raw[back] == _BACKSLASH:
            back -= 1
        at += 1
        if (at - back) % 2 == 0:  # an even number of backslashes before it: the quote closes
            return at
