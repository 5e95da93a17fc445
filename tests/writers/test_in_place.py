"""What is not text stays as it was: bytes of tables and arrays, schema and row groups of Parquet, packing."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.runs import Run
from tests.readers.articles import CLEANED, RAW, page, parquet, table

TEXT = "The ferry left.\nAlso read: Ten bridges"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.csv",
            'id;text;n\r\n"1";"It ""left"".\nAlso read: B";2\r\n\r\n3;no change;4',
            'id;text;n\r\n"1";"It ""left"".";2\r\n\r\n3;no change;4',
        ),
        (
            "a.tsv",
            '\ufeffn\ttext\n1\t"It left.\nAlso read: B"\n2\t"kept ""quoted"""\n',
            '\ufeffn\ttext\n1\t"It left."\n2\t"kept ""quoted"""\n',
        ),
        (
            "a.json",
            '\n[ {"n": 1.0,\n "text" : "It left.\\nAlso read: \\u00e9"} ,\n{"text": "\\/"} ]\n',
            '\n[ {"n": 1.0,\n "text" : "It left."} ,\n{"text": "\\/"} ]\n',
        ),
        ("b.json", ' {"text": "A.\\nAlso read: B",\n "more": [1]}\n', ' {"text": "A.",\n "more": [1]}\n'),
        ("c.json", "[ ]\n", "[ ]\n"),
    ],
)
def test_only_the_text_changes_and_comes_back(
    name: str, before: str, after: str, clean: Run, cleaner: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(before.encode())
    ran = clean(
        tmp_path / name, "-o", f"{tmp_path}/out/", "--ledger", tmp_path / "l", "--text-column", "text"
    )
    assert ran.code == 0, ran.err
    assert (tmp_path / "out" / name).read_bytes().decode() == after
    back = cleaner("restore", tmp_path / "out", "--ledger", tmp_path / "l", "-o", tmp_path / "back")
    assert back.code == 0, back.err
    assert name == "c.json" or (tmp_path / "back" / name).read_bytes().decode() == before


def test_parquet_keeps_its_form(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet())
    clean(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet")
    one, other = pq.ParquetFile(tmp_path / "a.parquet"), pq.ParquetFile(tmp_path / "b.parquet")
    assert other.schema_arrow.equals(one.schema_arrow, check_metadata=True)
    assert other.metadata.num_row_groups == one.metadata.num_row_groups == 2
    assert other.metadata.row_group(0).column(2).compression == "GZIP"
    rows = other.read().to_pylist()
    assert {row["id"]: row["text"] for row in rows} == CLEANED
    assert [row | {"text": ""} for row in rows] == [row | {"text": ""} for row in one.read().to_pylist()]


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_pages_get_a_text_of_their_own(name: str, clean: Run, tmp_path: Path) -> None:
    html = page(RAW).replace('"', "'")
    data = f'id,html\r\n1,"{html}"\r\n' if name == "a.csv" else json.dumps([{"id": "1", "html": html}])
    (tmp_path / name).write_bytes(data.encode())
    out = clean(tmp_path / name).out.decode()
    assert out.startswith(data[:8] if name == "a.json" else "id,html,text\r\n")
    assert "waved" in out.split("</html>")[1]
    assert "Also read" not in out.split("</html>")[1]


@pytest.mark.parametrize("out", ["out.csv.gz", "out.json.gz", "out.jsonl.gz"])
def test_the_name_of_the_output_packs_it(out: str, clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table())
    to = out.split(".")[1]
    clean(tmp_path / "a.csv", "--to", to, "-o", tmp_path / out)
    plain = clean(tmp_path / "a.csv", "--to", to).out
    assert gzip.decompress((tmp_path / out).read_bytes()) == plain
    (tmp_path / "t.txt").write_text(TEXT)
    ran = clean(tmp_path / "t.txt", "-o", tmp_path / "t.txt.gz")
    assert ran.code == 2
    assert "choose a name without .gz" in ran.err


def test_texts_gather_in_one_file(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(TEXT)
    for to in ("json", "csv", "parquet"):
        clean(tmp_path / "in", "--to", to, "-o", tmp_path / f"out.{to}")
    rows = [{"id": "a.txt", "text": "The ferry left."}, {"id": "b.txt", "text": "The ferry left."}]
    assert json.loads((tmp_path / "out.json").read_bytes()) == rows
    head = b"id,url,title,lang,text\r\n"
    assert (tmp_path / "out.csv").read_bytes() == head + b"".join(
        f"{row['id']},,,,{row['text']}\r\n".encode() for row in rows
    )
    assert pq.read_table(tmp_path / "out.parquet").select(["id", "text"]).to_pylist() == rows
