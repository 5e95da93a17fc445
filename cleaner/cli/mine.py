"""`cleaner mine`: rules for what recurs on the sites of a corpus, one rule file a host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from cleaner.cli.deciding import decide, deciding_options, is_deciding
from cleaner.cli.documents import documents_of
from cleaner.cli.options import check_language, site_given
from cleaner.cli.tables import table
from cleaner.errors import UsageError
from cleaner.mine import Candidate, Survey, survey, write
from cleaner.mine.counting import site_of
from cleaner.mine.yamlfile import mined_before
from cleaner.shown import shown

_HEADS = ("site", "articles", "repeated lines", "rules", "doubtful")


@click.command(name="mine")
@click.argument("corpus", required=False, metavar="[CORPUS]")
@click.option("-o", "--out", "folder", required=True, metavar="DIR", help="Where the rule files go.")
@click.option("--site", metavar="HOST", help="The site of articles that have no address.")
@click.option("--lang", metavar="L", help="The language of articles that do not say theirs, such as en.")
@click.option("--since", metavar="DATE", help="The date that the rules bear; today, where it is not given.")
@deciding_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    corpus: str | None,
    folder: str,
    site: str | None,
    lang: str | None,
    since: str | None,
    **given: Any,
) -> None:
    """Propose rules for what recurs in the articles of CORPUS, a file or a folder (JSON lines may be packed).

    Each host gets a rule file with `status: trial`; what may be body has `risk: bold` as well, and says why.
    DIR also gets `candidates.jsonl`, with the counts, three contexts and the evidence of each rule.

    Later, --interactive, --accept and --reject decide on what DIR holds. What is accepted goes as a stable
    rule into the pack of its site below PACKS; decisions are kept, so that nothing is asked twice. With
    CORPUS a card also tells what the rules that the settings name leave of it today.
    """
    check_language(lang)
    if is_deciding(given):
        decide(Path(folder), corpus, (site_of(site), lang), given)
        return
    if corpus is None:
        raise UsageError("name the corpus: cleaner mine CORPUS -o DIR")
    about = (_name(corpus), _date(since))
    home = site_of(site_given(site))
    mined_before(Path(folder))
    unread: list[str] = []
    found = survey(lambda: documents_of(corpus, unread, lang=lang), home)
    counts: Counter[tuple[str, bool]] = Counter()
    paths = write(_counted(found.candidates(about), counts), Path(folder))
    for line in _told(found, counts):
        click.echo(line)
    for name in unread:
        click.echo(f"cleaner: {name}", err=True)
    if found.census.homeless:
        click.echo(
            f"cleaner: {found.census.homeless:,} articles have no address, so they belong to no site; name it"
            " with --site HOST",
            err=True,
        )
    click.echo(_sum(found, counts, len(paths)), err=True)
    ctx.exit(3 if unread else 0)


def _name(corpus: str) -> str:
    """Give the name of a corpus as a rule's `source` says it: no folders, no suffixes."""
    return Path(corpus).resolve().name.split(".")[0] or "corpus"


def _date(text: str | None) -> str:
    try:
        return (date.fromisoformat(text) if text else date.today()).isoformat()
    except ValueError:
        raise UsageError(f"--since: `{shown(text or '')}` is no date; write it as 2024-05-31") from None


def _counted(candidates: Iterable[Candidate], counts: Counter[tuple[str, bool]]) -> Iterator[Candidate]:
    for one in candidates:
        counts[one.host, bool(one.doubt)] += 1
        yield one


def _told(found: Survey, counts: Counter[tuple[str, bool]]) -> Iterator[str]:
    rows = [
        (
            host,
            f"{site.articles:,}",
            f"{len(site.lines):,}",
            f"{counts[host, False]:,}",
            f"{counts[host, True]:,}",
        )
        for host, site in sorted(found.sites.items())
        if counts[host, False] or counts[host, True]
    ]
    if rows:
        yield from table([_HEADS, *rows], frozenset(range(1, len(_HEADS))))


def _sum(found: Survey, counts: Counter[tuple[str, bool]], files: int) -> str:
    census = found.census
    sure = sum(count for (_, doubtful), count in counts.items() if not doubtful)
    return (
        f"{sum(census.articles.values()):,} articles of {len(census.articles):,} sites,"
        f" {len(census.repeated):,} more that repeat one; {sure:,} rules and"
        f" {sum(counts.values()) - sure:,} doubtful ones in {files:,} files"
    )
