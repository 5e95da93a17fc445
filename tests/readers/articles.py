"""The same invented articles in every kind of file."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq

LEFT = "The ferry left Aldmouth “with nine hens”, and the captain waved to the few who had come to see it."
BACK = "It came back in the evening; nobody on the island had noticed that it was gone, said the harbour."
RAW = f"{LEFT}\nAlso read: Ten bridges\n{BACK}"
CLEAN = f"{LEFT}\n{BACK}"
ROWS = [
    {"id": f"a{n}", "url": f"https://a.example/{n}", "text": RAW.replace("nine", str(n))} for n in range(3)
]
CLEANED = {row["id"]: CLEAN.replace("nine", str(n)) for n, row in enumerate(ROWS)}


def page(text: str) -> str:
    """Make a saved page of a text."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return f"<html><head><title>A ferry</title></head><body><article>{body}</article></body></html>"


def table(separator: str = ",", end: str = "\r\n") -> bytes:
    """Write the articles as a table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    writer.writerow(["id", "url", "n", "text"])
    writer.writerows([row["id"], row["url"], n, row["text"]] for n, row in enumerate(ROWS))
    return out.getvalue().encode()


def parquet() -> bytes:
    """Write the articles as Parquet with more than one row group, metadata and columns of other types."""
    out = io.BytesIO()
    columns = {
        "id": [row["id"] for row in ROWS],
        "when": pa.array([0, 1, 2], pa.timestamp("ms", tz="UTC")),
        "text": pa.array([row["text"] for row in ROWS], pa.large_string()),
        "list": [[1], None, []],
    }
    pq.write_table(
        pa.table(columns).replace_schema_metadata({"owner": "the Oar"}),
        out,
        row_group_size=2,
        compression="gzip",
    )
    return out.getvalue()


def record(name: str, block: bytes, kind: str = "response") -> bytes:
    """Write one record of a web archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{name}>\r\n"
        f"WARC-Target-URI: https://a.example/{name}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(page: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """Write what a server answers."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page


def archive() -> list[bytes]:
    """Write the articles as records of a web archive."""
    return [record(row["id"], answer(page(row["text"]).encode())) for row in ROWS]


def _wet() -> bytes:
    return b"".join(record(row["id"], row["text"].encode(), "conversion") for row in ROWS)


MAKE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "text": ("a0.txt", lambda: ROWS[0]["text"].encode()),
    "html": ("a0.html", lambda: page(ROWS[0]["text"]).encode()),
    "jsonl": ("many.jsonl", lambda: "".join(json.dumps(row) + "\n" for row in ROWS).encode()),
    "json": ("many.json", lambda: json.dumps(ROWS, indent=1, ensure_ascii=False).encode()),
    "csv": ("many.csv", table),
    "tsv": ("many.tsv", lambda: table("\t", "\n")),
    "parquet": ("many.parquet", parquet),
    "warc": ("many.warc.gz", lambda: b"".join(map(gzip.compress, archive()))),
}
"""For every kind of input the name of a file and what makes it."""
WET = ("many.warc.wet", _wet)
