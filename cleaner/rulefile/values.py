"""Nodes -> numbers, ranges, dates, switches, choices, hosts, selectors: the simple kinds of the table."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from cleaner.rulefile.nodes import Node
from cleaner.rulefile.schema import CHOICES, NUMBERS, RANGES, VERSION, Bounds
from cleaner.rulefile.scope import Reader, Scope
from cleaner.rulefile.source import Place
from cleaner.rulefile.texts import free_text, scalar
from cleaner.testmodel import Range

_NUMBER = re.compile(r"[0-9]{1,9}")
_RANGE = re.compile(r"([0-9]{1,9})(?:\.\.([0-9]{1,9}))?")
DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
HOST = r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
_LONGEST_HOST = 253

_DATE = re.compile(DATE)
_HOST = re.compile(HOST)
_SWITCH = {"yes": True, "true": True, "no": False, "false": False}
_PAIRS = {")": "(", "]": "["}


def version(node: Node, scope: Scope) -> str | None:
    """Read the version of the language."""
    found = scalar(node, scope)
    if found is not None and found.value != VERSION:
        scope.source.report(
            "E120", found.place, f"version '{found.value}' of the rule language is not known here"
        )
        return None
    return VERSION


def choice(kind: str) -> Reader:
    """Make the reader of one of a closed set."""
    row = CHOICES[kind]

    def read_choice(node: Node, scope: Scope) -> str | None:
        found = scalar(node, scope)
        if found is None:
            return None
        if found.value in row.values:
            return found.value
        near = get_close_matches(found.value.lower(), row.values, n=1)
        help = f"did you mean '{near[0]}'?" if near else f"known are: {', '.join(row.values)}"
        scope.source.report(
            row.code, found.place, f"unknown {row.noun} '{found.value}'{scope.in_rule()}", help=help
        )
        return None

    return read_choice


def number(kind: str) -> Reader:
    """Make the reader of a whole number within bounds."""
    bounds = NUMBERS[kind]

    def read_number(node: Node, scope: Scope) -> int | None:
        found = scalar(node, scope)
        if found is None:
            return None
        if not _NUMBER.fullmatch(found.value):
            scope.source.report(
                "E107", found.place, f"'{found.value}' is not a whole number{scope.in_rule()}"
            )
            return None
        return int(found.value) if _inside(int(found.value), bounds, found.place, scope) else None

    return read_number


_steps = number("lines-of-step")


def most(node: Node, scope: Scope) -> int | str | None:
    """Read `max`: a number of lines, or `all`."""
    found = scalar(node, scope)
    if found is not None and found.value == "all":
        return "all"
    return None if found is None else _steps(found, scope)


def span_of(kind: str) -> Reader:
    """Make the reader of a range `a..b`, or of one number."""
    bounds = RANGES[kind]

    def read_range(node: Node, scope: Scope) -> Range | None:
        found = scalar(node, scope)
        if found is None:
            return None
        ends = _RANGE.fullmatch(found.value.strip())
        if ends is None:
            scope.source.report("E109", found.place, f"'{found.value}' is not a range{scope.in_rule()}")
            return None
        low, high = int(ends[1]), int(ends[2] or ends[1])
        if low > high:
            scope.source.report(
                "E110", found.place, f"the range {low}..{high} runs backwards", help=f"write {high}..{low}"
            )
            return None
        inside = _inside(low, bounds, found.place, scope) and _inside(high, bounds, found.place, scope)
        return Range(low, high) if inside else None

    return read_range


def _inside(value: int, bounds: Bounds, place: Place, scope: Scope) -> bool:
    if bounds.low <= value <= bounds.high:
        return True
    scope.source.report(
        "E108",
        place,
        f"{value} is out of bounds{scope.in_rule()}",
        help=f"write a number from {bounds.low} to {bounds.high}",
    )
    return False


def day(node: Node, scope: Scope) -> date | None:
    """Read a date, year first."""
    found = scalar(node, scope)
    if found is None:
        return None
    try:
        if _DATE.fullmatch(found.value):
            return date.fromisoformat(found.value)
    except ValueError:
        pass
    scope.source.report("E111", found.place, f"'{found.value}' is not a date")
    return None


def switch(node: Node, scope: Scope) -> bool | None:
    """Read yes or no."""
    found = scalar(node, scope)
    if found is None:
        return None
    if found.value.lower() not in _SWITCH:
        scope.source.report("E112", found.place, f"'{found.value}' is neither yes nor no{scope.in_rule()}")
    return _SWITCH.get(found.value.lower())


def host(node: Node, scope: Scope) -> str | None:
    """Read a host name."""
    found = scalar(node, scope)
    if found is None:
        return None
    text = found.value
    bare = re.sub(r"^(?:[a-z]+://)?(?:www\.)?", "", text.strip().lower()).split("/")[0]
    if _HOST.fullmatch(text) and len(text) <= _LONGEST_HOST:
        return text
    help = f"write {bare}" if _HOST.fullmatch(bare) else ""
    scope.source.report("E119", found.place, f"'{text}' is not a bare host name", help=help)
    return None


def selector(node: Node, scope: Scope) -> str | None:
    """Read a CSS selector."""
    found = free_text(node, scope)
    if found is None:
        return None
    text, opened = found.value.strip(), []
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    for char in bare:
        if char in "([":
            opened.append(char)
        elif char in ")]" and (not opened or opened.pop() != _PAIRS[char]):
            opened = ["?"]
            break
    if opened or any(char in bare for char in "{}<\"'\\;") or not _is_selector(text):
        scope.source.report("E123", found.place, f"'{text}' is not a CSS selector")
        return None
    return text


def _is_selector(text: str) -> bool:
    """Tell whether a selector can be read, and finds elements and not parts of them."""
    from cssselect import SelectorError, parse

    try:
        return all(one.pseudo_element is None for one in parse(text))
    except SelectorError:
        return False
