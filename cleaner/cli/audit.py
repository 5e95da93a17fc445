"""`cleaner audit`: what each rule does to a corpus, and what it does to text that is known to be clean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cleaner.audit import Audit, RuleFigures, audit, unknown_hits
from cleaner.batch.kit import Kit
from cleaner.cli.documents import documents_of
from cleaner.cli.options import check_language, chosen, setting_options
from cleaner.cli.tables import table
from cleaner.errors import ReadError
from cleaner.jsonline import dump
from cleaner.settings import settle
from cleaner.shown import shown

_HEADS = ("rule", "label", "hits", "documents", "sites", "characters", "prose", "inside", "")


@click.command(name="audit")
@click.argument("corpus", metavar="CORPUS")
@click.option("--clean", is_flag=True, help="The corpus is known to be clean: every hit is a finding.")
@click.option(
    "--known", metavar="FILE", help="With --clean: hits that are known, a rule, a tab and the text a line."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--lang", metavar="L", help="The language of articles that do not say theirs, such as en.")
@setting_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    corpus: str,
    clean: bool,
    known: str | None,
    as_json: bool,
    lang: str | None,
    **given: Any,
) -> None:
    """Count what each rule takes from the articles of CORPUS, a file or a folder (JSON lines may be packed).

    Prose is the share of hits on prose lines, inside the share outside head and tail. Repairs are left out.
    """
    check_language(lang)
    cleaner = Kit(settle([corpus], chosen(given)))(False)
    listed = _listed(known)
    unread: list[str] = []
    total = audit(documents_of(corpus, unread, lang=lang), cleaner)
    findings = list(unknown_hits(total, listed)) if clean else []
    if as_json:
        click.echo(dump(_figures(total)))
    elif not clean:
        for line in _told(total):
            click.echo(line)
    for hit in findings:
        click.echo(f"{shown(hit.document)}:{hit.line}: {hit.rule}\t{shown(hit.text)}", err=as_json)
    for name in unread:
        click.echo(f"cleaner: {name}", err=True)
    click.echo(_sum(total), err=True)
    ctx.exit(1 if findings else 3 if unread else 0)


def _listed(known: str | None) -> frozenset[str]:
    """Read a list of known hits; lines that begin with `#` are notes."""
    if known is None:
        return frozenset()
    try:
        lines = Path(known).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{shown(known)}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _sum(total: Audit) -> str:
    share = total.removed / total.characters if total.characters else 0.0
    return (
        f"{total.documents:,} documents, {total.changed:,} changed; {total.removed:,} of {total.characters:,}"
        f" characters removed ({share:.3%})"
    )


def _told(total: Audit) -> Iterator[str]:
    fired = sorted((row for row in total.rules.values() if row.hits), key=lambda row: (-row.hits, row.rule))
    yield from table([_HEADS, *map(_row, fired)], frozenset(range(2, 8)))
    shadowed = [row.rule for row in fired if row.shadowed]
    for title, names in (("shadowed", shadowed), ("dead", total.dead())):
        if names:
            yield ""
            yield f"{title}: {len(names):,}"
            yield from (f"  {name}" for name in names)


def _row(row: RuleFigures) -> tuple[str, ...]:
    counts = (row.hits, row.documents, len(row.hosts), row.characters)
    shares = (f"{row.prose / row.hits:.0%}", f"{row.inside / row.hits:.0%}")
    return (
        row.rule,
        row.label,
        *(f"{count:,}" for count in counts),
        *shares,
        "shadowed" if row.shadowed else "",
    )


def _figures(total: Audit) -> dict[str, Any]:
    return {
        "documents": total.documents,
        "changed": total.changed,
        "characters": total.characters,
        "removed": total.removed,
        "dead": total.dead(),
        "rules": [
            {
                "rule": row.rule,
                "label": row.label,
                "hits": row.hits,
                "documents": row.documents,
                "sites": len(row.hosts),
                "characters": row.characters,
                "prose": row.prose,
                "inside": row.inside,
                "shadowed": row.shadowed,
                "samples": row.samples,
            }
            for row in total.rules.values()
            if row.hits
        ],
    }
