"""Names of columns -> Columns: where a record keeps its text, page, address and the rest, by usual names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

USUAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "text": (("text",), ("content", "body", "maintext", "article")),
    "html": (("html",), ("raw_html",)),
    "url": (("url",), ("link",)),
    "id": (("id",),),
    "title": (("title",), ("headline",)),
    "lang": (("lang",), ("language",)),
}
"""For each thing the names of its column, the surest first; names of one group are equally likely."""


OPTIONS = ("text", "html", "url", "id")
"""The things whose column a person can name."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each thing; empty: none, or not decided yet."""

    text: str = ""
    html: str = ""
    url: str = ""
    id: str = ""
    title: str = ""
    lang: str = ""

    def __str__(self) -> str:
        """Give the choice as a person reads it."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(f"{thing} from `{name}`" for thing, name in pairs if name)


ANY = Columns()
"""Nobody named a column."""


class Ambiguous(ValueError):
    """More than one column may be meant; a person has to say which."""


def choose(names: Iterable[str], wanted: Columns) -> Columns:
    """Choose among the columns of a file; a ValueError says what cannot be, or cannot be decided."""
    there = list(names)
    chosen = Columns(**{thing: _one(thing, there, getattr(wanted, thing)) for thing in USUAL})
    if not (chosen.text or chosen.html):
        shown = ", ".join(there[:12]) or "none"
        raise ValueError(
            f"no column is called {_either('text')} or {_either('html')} (its columns: {shown}); "
            "name the one that holds the text with --text-column, or the page with --html-column"
        )
    return chosen


def _one(thing: str, there: list[str], wanted: str) -> str:
    if wanted:
        if there.count(wanted) != 1:
            what = "stands twice" if wanted in there else "is not there"
            raise ValueError(f"the column `{wanted}` of --{thing}-column {what}: {', '.join(there[:12])}")
        return wanted
    for group in USUAL[thing]:
        found = [name for name in there if name.strip().lower() in group]
        if len(found) > 1 and thing in OPTIONS:
            both = " and ".join(f"`{name}`" for name in found)
            raise Ambiguous(f"{both} may both hold the {thing}; choose one with --{thing}-column")
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _either(thing: str) -> str:
    return ", ".join(name for group in USUAL[thing] for name in group)
