"""Bytes of a page -> Record: the decoded page, from which the stage `page` takes the article."""

from __future__ import annotations

from cleaner.charsets import decode_page, is_binary
from cleaner.columns import ANY, Columns
from cleaner.model import Document
from cleaner.record import Record

NO_PAGE = "it is no page: there are control characters all over it"


def read(
    raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
) -> Record:
    """Read one saved page."""
    decoded = decode_page(raw)
    if is_binary(decoded.text):
        return Record(raw, "html", Document("", id=name), encoding="", page=True, error=NO_PAGE)
    document = Document("", id=name, url=url, lang=lang, page=decoded.text)
    return Record(raw, "html", document, encoding=str(decoded), page=True)
