"""`cleaner drift`: a corpus against the figures of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from cleaner.batch.kit import Kit
from cleaner.cli.documents import documents_of
from cleaner.cli.options import check_language, chosen, setting_options, site_given
from cleaner.cli.rewrite import rewrite
from cleaner.drift.compare import Finding, compare
from cleaner.drift.figures import Figures, from_json, measure, to_json
from cleaner.errors import ReadError, UsageError
from cleaner.jsonline import dump
from cleaner.settings import settle
from cleaner.shown import shown

_MOST_SHOWN = 40
_TITLES = {
    "rule": "rules that stopped firing",
    "line": "new lines that recur and that no rule takes",
    "site": "sites of which more or less goes than before",
}


@click.command(name="drift")
@click.argument("corpus", metavar="CORPUS")
@click.option("--against", metavar="FIGURES", help="Figures of an earlier corpus, from --save.")
@click.option("--save", metavar="FIGURES", help="Write the figures of CORPUS, to compare a later one with.")
@click.option("--site", metavar="HOST", help="The site of articles that do not say theirs.")
@click.option("--lang", metavar="L", help="The language of articles that do not say theirs, such as en.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@setting_options
@click.pass_context
def command(ctx: click.Context, /, corpus: str, **given: Any) -> None:
    """Clean the articles of CORPUS, a file or a folder, and tell what changed since FIGURES were written.

    Rules that stopped firing, new lines that recur and that no rule takes, and sites of which more or less
    goes than before. Each site is compared with itself, and only what chance does not explain is told. Exit
    code 1: there is something to see.
    """
    check_language(given["lang"])
    if not (given["against"] or given["save"]):
        raise UsageError(
            "there is nothing to compare with; give figures --against, or write them with --save"
        )
    before = _read(given["against"]) if given["against"] else None
    site = site_given(given["site"])
    unread: list[str] = []
    documents = documents_of(corpus, unread, f"https://{site}/" if site else None, given["lang"])
    cleaner = Kit(settle([corpus], chosen(given)))(False)
    now = measure(documents, cleaner)
    findings = compare(now, before, cleaner.active) if before else []
    if given["as_json"]:
        click.echo(dump(_plain(now, before, findings)))
    else:
        for line in _told(findings):
            click.echo(line)
    for name in unread:
        click.echo(f"cleaner: {name}", err=True)
    for line in _sums(now, before):
        click.echo(line, err=True)
    if given["save"]:
        rewrite(Path(given["save"]), to_json(now).decode("utf-8") + "\n")
    ctx.exit(1 if findings else 3 if unread else 0)


def _read(path: str) -> Figures:
    try:
        return from_json(Path(path).read_bytes(), shown(path))
    except OSError as error:
        raise ReadError(f"{shown(path)}: {error.strerror or error}") from None


def _told(findings: Sequence[Finding]) -> Iterator[str]:
    for kind, title in _TITLES.items():
        rows = [one for one in findings if one.kind == kind]
        if rows:
            yield f"{title}: {len(rows):,}"
            yield from (f"  {_line(one)}" for one in rows[:_MOST_SHOWN])
            if len(rows) > _MOST_SHOWN:
                yield f"  and {len(rows) - _MOST_SHOWN:,} more; --json has them all"


def _line(one: Finding) -> str:
    (was, of), (found, articles) = one.before, one.now
    if one.kind == "site":
        return f"{_named(one.name)}: {was:.1%} of {of:,} articles before, {found:.1%} of {articles:,} now"
    text = f"{one.name}: " if one.kind == "rule" else f"{_named(one.name)}: {shown(one.text)!r}, "
    return f"{text}in {was:,.0f} of {of:,} articles before, in {found:,.0f} of {articles:,} now"


def _named(site: str) -> str:
    return shown(site) or "(no site)"


def _sums(now: Figures, before: Figures | None) -> Iterator[str]:
    repeated = f" ({now.repeated:,} more repeat one of them)" if now.repeated else ""
    yield f"{now.articles:,} articles of {len(now.sites):,} sites{repeated}"
    if before is not None:
        fresh = len(now.sites.keys() - before.sites.keys())
        gone = len(before.sites.keys() - now.sites.keys())
        rules = "" if now.rules == before.rules else "; the rules are others than then"
        yield f"before: {before.articles:,} articles; {fresh:,} sites are new, {gone:,} not seen again{rules}"


def _plain(now: Figures, before: Figures | None, findings: Sequence[Finding]) -> dict[str, Any]:
    old = before.sites.keys() if before else now.sites.keys()
    return {
        "articles": now.articles,
        "repeated": now.repeated,
        "sites": len(now.sites),
        "new-sites": sorted(now.sites.keys() - old),
        "same-rules": before is None or now.rules == before.rules,
        "findings": [
            {"kind": one.kind, "name": one.name, "text": one.text, "before": one.before, "now": one.now}
            for one in findings
        ],
    }
