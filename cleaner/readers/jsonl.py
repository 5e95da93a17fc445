"""One line of JSON lines -> Record: its `text`, or the article in its `html`, and what it says of it."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import Any

from cleaner.columns import ANY, Ambiguous, Columns, choose
from cleaner.jsonline import keys_repeat, parse
from cleaner.model import Document
from cleaner.record import Record

_PLAIN = Columns("text", "html", "url", "id", "title", "lang")


def read(
    raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
) -> Record:
    """Read one line; whatever is wrong with it stands in the record's `error`."""
    try:
        return _record(raw, Document("", id=name, url=url, lang=lang), columns)
    except ValueError as error:
        return Record(raw, "jsonl", Document("", id=name), error=str(error))
    except Exception as error:  # a page in `html` goes through another project's parser
        return Record(raw, "jsonl", Document("", id=name), error=f"{type(error).__name__}: {error}")


def _record(raw: bytes, told: Document, wanted: Columns) -> Record:
    row = parse(raw.removeprefix(codecs.BOM_UTF8))
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    if keys_repeat(raw, row):
        raise ValueError("a key stands twice in the line")
    columns = _columns(row, wanted)
    found = row.get(columns.id)
    name = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else told.id
    url, lang = _word(row, columns.url) or told.url, _word(row, columns.lang) or told.lang
    known = Document("", id=name, url=url, title=_word(row, columns.title), lang=lang)
    text = row.get(columns.text)
    if isinstance(text, str):
        return Record(raw, "jsonl", replace(known, text=text), column=columns.text)
    return _page(raw, row, known, columns)


def _columns(row: dict[str, Any], wanted: Columns) -> Columns:
    if wanted == ANY and isinstance(row.get("text"), str) and "link" not in row:
        return _PLAIN  # nearly all lines: nothing to choose
    try:
        return choose(row, wanted)
    except Ambiguous:
        raise
    except ValueError as error:
        raise ValueError(_no_text(row) if wanted == ANY else str(error)) from None


def _page(raw: bytes, row: dict[str, Any], known: Document, columns: Columns) -> Record:
    page = row.get(columns.html)
    if row.get(columns.text) is not None or not isinstance(page, str):
        raise ValueError(_no_text(row, columns.text))
    return Record(raw, "jsonl", replace(known, page=page), page=True, column=columns.text or "text")


def _word(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _no_text(row: dict[str, Any], key: str = "text") -> str:
    if row.get(key) is not None:
        return f"`{key}` is not a string but {type(row[key]).__name__}"
    keys = ", ".join(list(row)[:8]) or "none"
    return f"the line has neither a `text` nor an `html` string (its keys: {keys})"
