"""Row of a container -> line of JSON -> Record: the form in which every row travels, whatever it came from.

The line has `id`, `url`, `title`, `lang` and `text` or `html`, as far as they are known, or `error`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cleaner.columns import ANY, Columns
from cleaner.jsonline import dump, parse
from cleaner.model import Document
from cleaner.record import Record

_FACTS = ("id", "url", "title", "lang")


def line(row: Mapping[str, Any], columns: Columns, text: bytes = b"") -> bytes:
    """Make the line of a row; ``text``: its text as JSON that was written already, in its own spelling."""
    facts = {thing: _word(row.get(getattr(columns, thing))) for thing in _FACTS}
    known: dict[str, Any] = {thing: value for thing, value in facts.items() if value}
    said, page = row.get(columns.text), row.get(columns.html)
    if isinstance(said, str):
        literal = text or dump(said)
        return b'%s%s"text":%s}\n' % (dump(known)[:-1], b"," if known else b"", literal)
    if said is None and isinstance(page, str | bytes):
        return _page_line(known, page)
    return error_line(_no_text(said, columns), known.get("id"))


def _page_line(known: dict[str, Any], page: str | bytes) -> bytes:
    from cleaner.charsets import decode_page

    if isinstance(page, bytes):
        decoded = decode_page(page)
        known |= {"encoding": str(decoded)}
        page = decoded.text
    return dump(known | {"html": page}) + b"\n"


def error_line(about: str, name: str | None = None) -> bytes:
    """Make the line of a row that cannot be cleaned."""
    return dump({"id": name, "error": about} if name else {"error": about}) + b"\n"


def _word(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _no_text(said: Any, columns: Columns) -> str:
    if said is not None:
        return f"`{columns.text}` is not a string but {type(said).__name__}"
    names = " nor ".join(f"`{name}`" for name in (columns.text, columns.html) if name)
    return f"the row has no {names}"


class RowReader:
    """Reads the lines of one kind of container."""

    def __init__(self, kind: str) -> None:
        """Take the name of the kind."""
        self.kind = kind

    def __call__(
        self, raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
    ) -> Record:
        """Read one line; whatever is wrong with it stands in the record's `error`."""
        try:
            return self._record(raw, name, url, lang)
        except Exception as error:  # a page goes through another project's parser
            about = str(error) or type(error).__name__
            return Record(raw, self.kind, Document("", id=name), error=about)

    def _record(self, raw: bytes, name: str, url: str | None, lang: str | None) -> Record:
        row = parse(raw)
        if not isinstance(row, dict):
            raise ValueError("the line is not a JSON object")
        if "error" in row:
            raise ValueError(str(row["error"]))
        known = Document("", str(row.get("id") or name), row.get("url") or url, row.get("title"))
        if "html" in row:
            document = replace(known, lang=row.get("lang") or lang, page=row["html"])
            return Record(raw, self.kind, document, encoding=row.get("encoding", ""), page=True)
        document = Document(row["text"], known.id, known.url, known.title, row.get("lang") or lang)
        return Record(raw, self.kind, document)
