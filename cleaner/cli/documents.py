"""Options of a command -> an article and a cleaner for it, or the articles of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from cleaner.batch.kit import Kit
from cleaner.cli.options import check_language, chosen, setting_options
from cleaner.corpus import article, records
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.settings import settle
from cleaner.shown import shown

_Function = TypeVar("_Function", bound=Callable[..., Any])


def article_options(function: _Function) -> _Function:
    """Give a command the options that say what is known of one article, and all settings."""
    function = setting_options(function)
    function = click.option(
        "--record",
        type=click.IntRange(1),
        default=1,
        metavar="N",
        help="Of JSON lines, the article on line N.",
    )(function)
    function = click.option("--lang", metavar="L", help="The language of the article, such as en.")(function)
    return click.option("--url", metavar="URL", help="The address of the article.")(function)


def documents_of(
    corpus: str, unread: list[str], url: str | None = None, lang: str | None = None
) -> Iterator[Document]:
    """Give the articles of a corpus; those that cannot be read are named in ``unread``, each once."""
    for record in records(corpus, url, lang):
        if not record.error:
            yield record.document
        elif (name := f"{shown(record.document.id)}: {shown(record.error)}") not in unread:
            unread.append(name)


def article_and_cleaner(path: str, given: dict[str, Any]) -> tuple[Document, Cleaner]:
    """Read the article and build the cleaner that the options ask for."""
    check_language(given["lang"])
    settings = settle([path], chosen(given))
    cleaner = Kit(settings)(False)
    record = article(path, given["url"], given["lang"], given["record"], opens=cleaner.open)
    return record.document, cleaner
