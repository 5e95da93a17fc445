"""Bytes of a page -> Record: the body that trafilatura finds, with the page's title, address and language."""

from __future__ import annotations

from cleaner.charsets import decode_page
from cleaner.columns import ANY, Columns
from cleaner.markup import parse
from cleaner.model import Document
from cleaner.record import Record

NO_BODY = "no article was found in the page"


def extract(page: str, name: str, url: str | None = None, lang: str | None = None) -> Document:
    """Take the article out of a page; a ValueError says why there is none."""
    import trafilatura  # a second of CPU, and only pages need it

    tree = parse(page)
    found = trafilatura.bare_extraction(tree, url=url, with_metadata=True, include_comments=False)
    text = getattr(found, "text", None)
    if not text:
        raise ValueError(NO_BODY)
    return Document(
        text,
        id=name,
        url=url or getattr(found, "url", None),
        title=getattr(found, "title", None),
        lang=lang or getattr(found, "language", None),
    )


def read(
    raw: bytes, name: str, url: str | None = None, lang: str | None = None, columns: Columns = ANY
) -> Record:
    """Read one saved page."""
    try:
        decoded = decode_page(raw)
        document = extract(decoded.text, name, url, lang)
        return Record(raw, "html", document, encoding=str(decoded), page=True)
    except Exception as error:  # the parser is another project's, and a page must not end a batch
        reason = str(error) or type(error).__name__
        return Record(raw, "html", Document("", id=name), encoding="", page=True, error=reason)
