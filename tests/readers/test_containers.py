"""Files that are damaged, cut off, too large or unclear: each costs what is wrong with it, and is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleaner import packing
from tests.cli.runs import Run
from tests.readers.articles import CLEANED, ROWS, answer, archive, page, parquet, record, table

LINES = [json.dumps(row).encode() + b"\n" for row in ROWS]


def ids(out: bytes) -> list[str]:
    """Give the ids of the lines that are whole."""
    return [json.loads(line)["id"] for line in out.splitlines() if line.endswith(b"}")]


def run(clean: Run, path: Path, data: bytes, *args: object) -> tuple[int, list[str], str]:
    """Clean a file to JSON lines on standard output; give the exit code, the ids and the talk."""
    path.write_bytes(data)
    ran = clean(path, "--to", "jsonl", *args)
    return ran.code, ids(ran.out), ran.err


def test_a_row_with_a_lost_quote_costs_itself(clean: Run, tmp_path: Path) -> None:
    rows = table().split(b"\r\n")
    bad = b'"x,https://a.example/x,1,an open quote'
    data = b"\r\n".join([rows[0], bad, b"too,few", *rows[1:]])
    code, got, err = run(clean, tmp_path / "a.csv", data)
    assert (code, got) == (3, ['"x', *CLEANED])
    assert "a.csv:2: the row has 2 fields, and the first row 4" in err
    ran = clean(tmp_path / "a.csv")
    assert ran.code == 3
    assert bad + b"\r\ntoo,few\r\n" in ran.out
    assert b"Also read" not in ran.out


def test_bytes_that_are_no_utf_8_cost_their_row(clean: Run, tmp_path: Path) -> None:
    code, got, err = run(clean, tmp_path / "a.csv", table() + b"x,y,1,caf\xe9\r\n")
    assert (code, got) == (3, list(CLEANED))
    assert "a.csv:4: it is not UTF-8: byte 0xe9 at byte 3 of its field" in err


@pytest.mark.parametrize(
    ("element", "says"),
    [
        (b'{"id": "x", "text": tru}', "a.json:2: the record is not valid JSON"),
        (b"[1, [2]]", "a.json:2: the record is not a JSON object"),
        (b'{"id": "x", "n": 1}', "a.json:2: the row has no `text`"),
        (b'{"id": "x", "id": "y", "text": "t"}', "a.json:2: a key stands twice in the record"),
        (b'{"id": "x", "text": 5}', "a.json:2: `text` is not a string but int"),
    ],
)
def test_a_bad_record_costs_itself(element: bytes, says: str, clean: Run, tmp_path: Path) -> None:
    data = b"[" + b" ,\n".join([LINES[0], element, LINES[1]]) + b"]\n"
    code, got, err = run(clean, tmp_path / "a.json", data)
    assert (code, got) == (3, ["a0", "a1"])
    assert says in err
    ran = clean(tmp_path / "a.json")
    assert element in ran.out


def test_an_array_without_an_end_gives_what_is_there(clean: Run, tmp_path: Path) -> None:
    data = b"[" + b",".join(LINES)
    code, got, err = run(clean, tmp_path / "a.json", data[:-30])
    assert (code, got) == (3, ["a0", "a1"])
    assert "a.json: the array ends too early" in err


def test_a_packed_file_that_was_cut_gives_what_is_there(clean: Run, tmp_path: Path) -> None:
    many = b"".join(
        json.dumps(row | {"id": f"{row['id']}{n}"}).encode() + b"\n" for n in range(400) for row in ROWS
    )
    code, got, err = run(clean, tmp_path / "a.jsonl.gz", gzip.compress(many)[:-200])
    assert code == 3
    assert len(got) > 1000
    assert "a.jsonl.gz: it ends too early; what was there was taken" in err


def test_a_damaged_part_of_a_packed_file_is_left_out(clean: Run, tmp_path: Path) -> None:
    parts = [bytearray(gzip.compress(line)) for line in LINES]
    parts[1][40] ^= 255
    code, got, err = run(clean, tmp_path / "a.jsonl.gz", b"".join(parts))
    assert code == 3
    assert {"a0", "a2"} <= set(got)
    assert "a part of it is damaged" in err


def test_a_file_that_unpacks_without_end_is_given_up(
    clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_SAFE", 1 << 20)
    bomb = gzip.compress(LINES[0]) + gzip.compress(b" " * 9_000_000)
    code, got, err = run(clean, tmp_path / "a.jsonl.gz", bomb)
    assert (code, got) == (3, ["a0"])
    assert "a.jsonl.gz: it unpacks to more than 250 times its size" in err


def test_what_is_not_packed_as_its_name_says(clean: Run, tmp_path: Path) -> None:
    code, got, err = run(clean, tmp_path / "a.jsonl.gz", LINES[0])
    assert (code, got) == (3, [])
    assert "it is not packed as its name says" in err


def test_damaged_records_of_an_archive_cost_themselves(clean: Run, tmp_path: Path) -> None:
    records = archive()
    parts = [bytearray(gzip.compress(part)) for part in records]
    parts[1][60] ^= 255
    code, got, err = run(clean, tmp_path / "a.warc.gz", b"".join(parts))
    assert (code, got) == (3, ["a0", "a2"])
    assert "a record is damaged" in err
    code, got, err = run(clean, tmp_path / "b.warc", records[0] + b"rubbish\r\n\r\n" + records[2])
    assert (code, got) == (3, ["a0", "a2"])
    code, got, err = run(clean, tmp_path / "c.warc", b"".join(records)[:-60])
    assert (code, got) == (3, ["a0", "a1"])
    assert "the record ends too early" in err


def test_only_pages_are_taken_from_an_archive(clean: Run, tmp_path: Path) -> None:
    latin = page("Die Fähre fährt über die Brücke zurück, sagte der Kapitän am Montag in Aldmündung.")
    data = b"".join(
        [
            record("request", b"GET / HTTP/1.1\r\n\r\n", "request"),
            record("picture", answer(b"GIF89a", "image/gif")),
            record("gone", answer(b"<p>not found", status="404 Not Found")),
            record("latin", answer(latin.encode("latin-1"), "text/html; charset=ISO-8859-1")),
            record("info", b"software: x", "warcinfo"),
        ]
    )
    (tmp_path / "a.warc").write_bytes(data)
    ran = clean(tmp_path / "a.warc", "--ledger", tmp_path / "ledger")
    assert (ran.code, ids(ran.out)) == (0, ["latin"])
    assert "Die Fähre fährt" in ran.out.decode()
    assert "other files, left  2" in ran.err.replace("   ", "  ")
    assert '"encoding":"windows-1252 (header)"' in (tmp_path / "ledger").read_text()


def test_what_is_no_parquet_is_refused_before_anything_is_written(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet()[:-40])
    ran = clean(tmp_path / "a.parquet", "-o", tmp_path / "out.parquet")
    assert ran.code == 2
    assert "it is no file of Parquet that can be read" in ran.err
    assert not (tmp_path / "out.parquet").exists()


def test_columns_are_found_and_told(clean: Run, tmp_path: Path) -> None:
    data = table().replace(b"id,url,n,text", b"id,link,n,MainText")
    code, got, err = run(clean, tmp_path / "a.csv", data)
    assert (code, got) == (0, list(CLEANED))
    assert "a.csv: text from `MainText`, url from `link`, id from `id`" in err


@pytest.mark.parametrize(
    ("head", "args", "says"),
    [
        (
            b"id,body,n,content",
            (),
            "`body` and `content` may both hold the text; choose one with --text-column",
        ),
        (
            b"id,url,n,words",
            (),
            "no column is called text, content, body, maintext, article or html, raw_html",
        ),
        (b"id,url,n,words", ("--text-column", "word"), "the column `word` of --text-column is not there"),
        (b"text,url,n,text", ("--text-column", "text"), "the column `text` of --text-column stands twice"),
    ],
)
def test_columns_that_are_not_clear_are_an_error(
    head: bytes, args: tuple[str, ...], says: str, clean: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(table().replace(b"id,url,n,text", head))
    ran = clean(tmp_path / "a.csv", *args)
    assert (ran.code, ran.out) == (2, b"")
    assert says in ran.err


def test_options_choose_the_columns(clean: Run, tmp_path: Path) -> None:
    data = table().replace(b"id,url,n,text", b"text,url,id,words")
    args = ("--text-column", "words", "--id-column", "text")
    code, got, _ = run(clean, tmp_path / "a.csv", data, *args)
    assert (code, got) == (0, list(CLEANED))
    (tmp_path / "a.jsonl").write_bytes(b'{"words": "A.\\nAlso read: B", "text": "t"}\n')
    out = clean(tmp_path / "a.jsonl", "--text-column", "words").out
    assert out == b'{"words": "A.", "text": "t"}\n'


def test_a_folder_may_mix_kinds_and_hold_what_has_no_articles(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_bytes(table())
    (tmp_path / "in/b.txt.gz").write_bytes(gzip.compress(ROWS[0]["text"].encode()))
    (tmp_path / "in/c.json").write_bytes(b'{"version": 3}')
    (tmp_path / "in/d.parquet").write_bytes(parquet())
    ran = clean(tmp_path / "in", "-o", tmp_path / "out")
    assert ran.code == 3
    assert "c.json: no column is called text" in ran.err
    assert sorted(path.name for path in (tmp_path / "out").glob("*.*") if path.is_file()) == [
        "a.csv",
        "b.txt",
        "d.parquet",
    ]


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("a.parquet", "pyarrow", "parquet"),
        ("a.warc", "fastwarc", "warc"),
        ("a.jsonl.zst", "zstandard", "zstd"),
    ],
)
def test_a_missing_library_is_named_with_its_command(
    name: str, module: str, extra: str, clean: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    (tmp_path / name).write_bytes(b"x")
    ran = clean(tmp_path / name)
    assert ran.code == 2
    assert f"pip install 'news-cleaner[{extra}]'" in ran.err
