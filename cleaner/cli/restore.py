"""`cleaner restore`: cleaned articles and their ledger in, the originals out."""

from __future__ import annotations

import os

import click

from cleaner.batch.restore import restore_all
from cleaner.errors import UsageError
from cleaner.shown import shown


@click.command(name="restore")
@click.argument("out", metavar="OUT")
@click.option("--ledger", required=True, metavar="FILE", help="The ledger that the cleaning wrote.")
@click.option("-o", "--output", "target", required=True, metavar="DIR", help="The folder for the originals.")
@click.pass_context
def command(ctx: click.Context, /, out: str, ledger: str, target: str) -> None:
    """Rebuild the originals of OUT, a folder or a file that `clean` wrote, byte for byte where that can be.

    Of a page the extracted text comes back, not the page; Parquet comes back with the same schema and rows.
    What OUT and FILE rebuild is believed only where its digest is that of the original. No file that stands
    in DIR already is replaced.
    """
    if not os.path.exists(out):
        raise UsageError(f"{shown(out)}: there is no such file or folder")
    if os.path.exists(target) and not os.path.isdir(target):
        raise UsageError(f"{shown(target)} is a file; -o takes a folder")
    restored = restore_all(out, ledger, target)
    for name, reason in restored.failures:
        click.echo(f"cleaner: {shown(name)}: {shown(reason)}", err=True)
    if restored.missing:
        click.echo(f"cleaner: {restored.missing:,} outputs of the ledger are not in {shown(out)}", err=True)
    for about, count in sorted(restored.other_bytes.items()):
        click.echo(f"cleaner: {count:,} files: {about}", err=True)
    click.echo(f"restored  {restored.documents:,}", err=True)
    click.echo(f"failed    {len(restored.failures):,}", err=True)
    ctx.exit(3 if restored.failures else 0)
