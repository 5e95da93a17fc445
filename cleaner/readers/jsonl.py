"""One line of JSON lines -> Record: its `text`, or the article in its `html`, and what it says of it."""

from __future__ import annotations

import codecs
from typing import Any

from cleaner.jsonline import keys_repeat, parse
from cleaner.model import Document
from cleaner.readers import html
from cleaner.record import Record


def read(raw: bytes, name: str, url: str | None = None, lang: str | None = None) -> Record:
    """Read one line; whatever is wrong with it stands in the record's `error`."""
    try:
        return _record(raw, name, url, lang)
    except ValueError as error:
        return Record(raw, "jsonl", Document("", id=name), error=str(error))
    except Exception as error:  # a page in `html` goes through another project's parser
        return Record(raw, "jsonl", Document("", id=name), error=f"{type(error).__name__}: {error}")


def _record(raw: bytes, name: str, url: str | None, lang: str | None) -> Record:
    row = parse(raw.removeprefix(codecs.BOM_UTF8))
    if not isinstance(row, dict):
        raise ValueError("the line is not a JSON object")
    if keys_repeat(raw, row):
        raise ValueError("a key stands twice in the line")
    found = row.get("id")
    name = str(found) if isinstance(found, str | int) and not isinstance(found, bool) else name
    url, lang = _word(row, "url") or url, _word(row, "lang") or lang
    text = row.get("text")
    if isinstance(text, str):
        document = Document(text, id=name, url=url, title=_word(row, "title"), lang=lang)
        return Record(raw, "jsonl", document)
    return _page(raw, row, Document("", id=name, url=url, title=_word(row, "title"), lang=lang))


def _page(raw: bytes, row: dict[str, Any], known: Document) -> Record:
    page = row.get("html")
    if row.get("text") is not None or not isinstance(page, str):
        raise ValueError(_no_text(row))
    found = html.extract(page, known.id, known.url, known.lang)
    document = Document(found.text, known.id, found.url, known.title or found.title, found.lang)
    return Record(raw, "jsonl", document, page=True)


def _word(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _no_text(row: dict[str, Any]) -> str:
    if row.get("text") is not None:
        return f"`text` is not a string but {type(row['text']).__name__}"
    keys = ", ".join(list(row)[:8]) or "none"
    return f"the line has neither a `text` nor an `html` string (its keys: {keys})"
