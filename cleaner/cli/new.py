"""`cleaner new`: lines that a person points at in, rules to choose from out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from cleaner.batch.kit import Kit
from cleaner.cli.documents import documents_of
from cleaner.cli.options import check_language, chosen, setting_options, site_given
from cleaner.drafts.pointed import Known, Pointed, Where, point, read_where
from cleaner.drafts.propose import Corpus, Ground, Proposed, propose
from cleaner.drafts.written import Proposal
from cleaner.errors import UsageError
from cleaner.jsonline import dump
from cleaner.labels import KEPT_BY_DEFAULT, LABELS
from cleaner.readers import READERS, SUFFIXES
from cleaner.review.packs import Entry, add_rule
from cleaner.rulefile.writing import rule_text
from cleaner.settings import settle
from cleaner.shown import shown

_LABELS = [name for name in LABELS if name not in KEPT_BY_DEFAULT]


@click.command(name="new")
@click.argument("where", metavar="FILE:LINES")
@click.option(
    "--site", metavar="HOST", help="The site of articles that do not say theirs, such as example.org."
)
@click.option(
    "--label", type=click.Choice(_LABELS), help="What the lines are (when not said, it is guessed)."
)
@click.option(
    "--corpus",
    metavar="PATH",
    help="Articles to try the proposals on, a file or a folder (else FILE, where it is JSON lines).",
)
@click.option("--cases", metavar="DIR", help="Golden cases; each proposal names those that it would change.")
@click.option("--choose", type=click.IntRange(1), metavar="N", help="Print only proposal N, as a rule file.")
@click.option("--write", metavar="PACK", help="Put proposal N into PACK, a rule file or a folder of them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--url", metavar="URL", help="The address of the article.")
@click.option("--lang", metavar="L", help="The language of articles that do not say theirs, such as en.")
@setting_options
@click.pass_context
def command(ctx: click.Context, /, where: str, **given: Any) -> None:
    """Propose rules for lines of an article: FILE:18-23, FILE:18 or, in JSON lines, FILE:RECORD:18-23.

    FILE may be the folder of a golden case. The proposals go from these lines on this site to their family on
    any site. Each is a complete rule on trial that loads, needs no advice and passes its examples; from a
    corpus come the articles that hold it, and in how many of the first of them today's rules leave it. Exit
    code 1: no rule can be made of these lines.
    """
    check_language(given["lang"])
    place = read_where(where)
    pointed, found = _proposed(place, given)
    number = _number(given, len(found.proposals), pointed)
    if given["write"]:
        assert number is not None
        _write(found.proposals[number - 1], given["write"])
    elif given["as_json"]:
        click.echo(dump(_figures(pointed, found)))
    elif number is not None:
        click.echo(found.proposals[number - 1].text, nl=False)
    else:
        for line in _told(found):
            click.echo(line)
    ctx.exit(0 if found.proposals else 1)


def _proposed(place: Where, given: dict[str, Any]) -> tuple[Pointed, Proposed]:
    """Read the lines, and try what can be proposed for them."""
    site = site_given(given["site"])
    known = Known(site, given["url"], given["lang"])
    corpus = given["corpus"] or (place.path if _holds_many(place.path) else None)
    cases = Path(given["cases"]) if given["cases"] else None
    if cases is not None and not cases.is_dir():
        raise UsageError(f"--cases: {shown(str(cases))} is no folder; give the one that holds the cases")
    unread: list[str] = []
    if corpus is not None:
        next(documents_of(corpus, []), None)  # what is not there shows before anything is done
    today = Kit(settle([place.path], chosen(given)))(False)
    pointed = point(place, known, today)
    url = f"https://{site}/" if site else None
    articles: Corpus | None = partial(documents_of, corpus, unread, url, known.lang) if corpus else None
    found = propose(pointed, Ground(today, articles, cases), given["label"] or "")
    for name in unread:
        click.echo(f"cleaner: {name}", err=True)
    return pointed, found


def _holds_many(path: str) -> bool:
    kind = SUFFIXES.get(Path(path.removesuffix(".gz")).suffix.lower(), "")
    return bool(kind) and READERS[kind].to == "jsonl"


def _number(given: dict[str, Any], count: int, pointed: Pointed) -> int | None:
    """Give the number of the proposal that is asked for; a person at a terminal may be asked."""
    number: int | None = given["choose"]
    if given["write"] and number is None:
        raise UsageError("--write: say which proposal; add --choose N")
    if number is not None and number > count:
        raise UsageError(f"--choose {number}: there are {count} proposals for {shown(str(pointed.where))}")
    return number


def _write(proposal: Proposal, target: str) -> None:
    path, name = add_rule(
        Entry(proposal.entry["id"], rule_text(proposal.entry), proposal.draft.header), Path(target)
    )
    click.echo(f"{shown(str(path))}: {name} is in it, on trial", err=True)


def _told(found: Proposed) -> Iterator[str]:
    """Give all proposals with their figures, a comment above each file."""
    if not found.proposals:
        yield "# no rule can be made of these lines alone: nothing in them is selective"
        return
    yield f"# label {found.guess.label}: {shown(found.guess.because)}"
    total = len(found.proposals)
    for number, one in enumerate(found.proposals, 1):
        yield ""
        yield f"# --- {number} of {total}: {one.draft.reach}"
        for line in _counted(one):
            yield f"#     {line}"
        yield from (shown(line) for line in one.text.rstrip("\n").split("\n"))


def _counted(one: Proposal) -> Iterator[str]:
    row = one.figures
    if row is not None:
        sites = f" of {len(row.hosts):,} sites" if len(row.hosts) > 1 else ""
        left = (
            f"; today's rules leave some of it in {row.fresh:,} of the first {row.sampled:,}"
            if row.sampled
            else ""
        )
        yield f"corpus: {row.documents:,} articles{sites}, {row.lines:,} lines{left}"
    if one.golden:
        yield f"golden cases that change: {', '.join(map(shown, one.golden))}"
    elif one.golden is not None:
        yield "golden cases that change: none"


def _figures(pointed: Pointed, found: Proposed) -> dict[str, Any]:
    return {
        "where": str(pointed.where),
        "label": found.guess.label,
        "because": found.guess.because,
        "proposals": [_figure(one) for one in found.proposals],
    }


def _figure(one: Proposal) -> dict[str, Any]:
    row = one.figures
    return {
        "reach": one.draft.reach,
        "kind": one.draft.kind,
        "path": one.path,
        "text": one.text,
        "corpus": row
        and {
            "articles": row.documents,
            "lines": row.lines,
            "sites": len(row.hosts),
            "asked": row.sampled,
            "fresh": row.fresh,
        },
        "golden": one.golden,
    }
