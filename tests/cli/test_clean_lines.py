"""`cleaner clean` on JSON lines: only the bytes of `text` change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import Run, files_of

LINES = ("--from", "jsonl", "--to", "jsonl", "-")


def row(**keys: object) -> bytes:
    return json.dumps(keys, ensure_ascii=False).encode() + b"\n"


def test_only_the_text_changes(clean: Run) -> None:
    before = (
        rb'{ "n" : 1.50, "e": 1E5, "text" : "A.\nAlso read: B\nC \u00e9 \/.", "m": {"text": "Also read: B"},'
        b' "l": [1, "x"]}\r\n'
    )
    after = (
        rb'{ "n" : 1.50, "e": 1E5, "text" : "A.\nC \u00e9 /.", "m": {"text": "Also read: B"}, "l": [1, "x"]}'
        b"\r\n"
    )
    ran = clean(*LINES, data=before)
    assert (ran.code, ran.out) == (0, after)


@pytest.mark.parametrize(
    "line",
    [
        rb'{"text": "The ferry \/ caf\u00e9 left.", "id": 1}' + b"\r\n",
        '{"text": "one\u2028two"}\n'.encode(),
        b'\xef\xbb\xbf{"text": "with a mark"}\n',
        b'{"text": "no line end"}',
        b"\n",
        b"  \r\n",
        b'{"text": ""}\n',
        b"",
    ],
)
def test_a_line_without_boilerplate_stays_byte_for_byte(line: bytes, clean: Run) -> None:
    ran = clean(*LINES, data=line)
    assert (ran.code, ran.out) == (0, line)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": "a"', "the line is not valid JSON: "),
        (b'{"text": "a", "text": "b"}', "a key stands twice in the line"),
        (b'{"text" : "a", "te\\u0078t": "b"}', "a key stands twice in the line"),
        (b'{"n": {"x": 1}, "text": "a: \\":", "n" :2}', "a key stands twice in the line"),
        (b'{"text": "a", "n": NaN}', "the line is not valid JSON: "),
        (b'{"text": "\\ud800", "n": NaN}', "NaN is not a JSON number"),
        (b'["text"]', "the line is not a JSON object"),
        (b'{"id": "x", "about": "a"}', "neither a `text` nor an `html` string (its keys: id, about)"),
        (
            b'{"body": "x", "content": "a"}',
            "`body` and `content` may both hold the text; choose one with --text-column",
        ),
        (b'{"text": 5}', "`text` is not a string but int"),
        (b'{"text": "\xff"}', "the line is not valid JSON: "),
        (b"[" * 100_000, "the line is not valid JSON: "),
        (b'{"a":' * 1022 + b"1" + b"}" * 1022, "neither a `text`"),
        (b'{"text": "\\udc00", "a": ' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_an_error_of_that_line(line: bytes, says: str, clean: Run) -> None:
    good = b'{"text": "A.\\nAlso read: B"}\n'
    ran = clean(*LINES, data=good + line + b"\n" + good)
    assert ran.code == 3
    assert ran.out == b'{"text": "A."}\n' + line + b"\n" + b'{"text": "A."}\n'
    assert "-:2: " in ran.err
    assert says in ran.err


def test_half_surrogate_pairs_are_mended_and_pairs_stay(clean: Run) -> None:
    ran = clean(*LINES, data=rb'{"text": "a \ud83d\ude00 b \ud83d c", "other": "\udfff"}' + b"\n")
    assert ran.code == 0
    assert json.loads(ran.out)["text"].encode()
    assert ran.out.endswith(rb', "other": "\udfff"}' + b"\n")
    kept = clean("--repairs-off", "surrogates", *LINES, data=b'{"text": "A \\ud83d.\\nAlso read: B"}\n')
    assert kept.out == b'{"text": "A \\ud83d."}\n'


def test_a_page_in_a_record_gives_a_text(clean: Run) -> None:
    body = "".join(
        f"<p>The ferry left the harbour at {hour} with a cargo of timber and salt.</p>" for hour in range(9)
    )
    line = row(
        id="p", html=f"<html><body><article>{body}<p>Also read: Ten bridges</p></article></body></html>"
    )
    ran = clean(*LINES, data=line)
    assert ran.code == 0
    assert ran.out.startswith(line.rstrip(b"}\n") + b',"text":"The ferry')
    assert b"Also read" not in ran.out.rsplit(b'"text"')[1]
    empty = row(id="p", html="<html></html>", text=None)
    nothing = clean(*LINES, data=empty)
    assert (nothing.code, nothing.out) == (3, empty.replace(b"null", b'""'))


def test_what_a_record_says_wins_over_the_options(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.example.yaml").write_text(
        "cleaner: 1\npack: there\nsite: {hosts: [a.example]}\nrules:\n"
        "  - {id: x, why: Its footer., drop: legal, at: All ferries reserved,"
        " hits: [All ferries reserved], misses: [All ferries reserved a place]}\n"
    )
    lines = row(text="A.\nAll ferries reserved") + row(
        url="https://b.example/1", text="A.\nAll ferries reserved"
    )
    ran = clean("--rules", tmp_path / "a.example.yaml", "--url", "https://a.example/2", *LINES, data=lines)
    assert [json.loads(line)["text"] for line in ran.out.splitlines()] == ["A.", "A.\nAll ferries reserved"]


def test_texts_become_lines_and_lines_become_texts(clean: Run, tree: Path, tmp_path: Path) -> None:
    assert clean(tree, "--to", "jsonl", "-o", tmp_path / "all.jsonl").code == 0
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    assert [row["id"] for row in rows] == sorted(files_of(tree), key=lambda name: (name.count("/"), name))
    assert clean(tmp_path / "all.jsonl", "--to", "text", "-o", tmp_path / "texts").code == 0
    clean(tree, "-o", tmp_path / "direct")
    assert files_of(tmp_path / "texts") == files_of(tmp_path / "direct")


@pytest.mark.parametrize(
    ("ids", "says"),
    [
        (["../../x"], "would leave its folder"),
        ([".."], "would leave its folder"),
        (["a/./b"], "would leave its folder"),
        (["CON"], "is the name of a device"),
        (["news/aux.html"], "is the name of a device"),
        (["a" * 300], "is longer than 255 bytes"),
        (["a", "A"], "would both become A.txt"),
        (["caf\u00e9", "cafe\u0301"], "would both become"),
        (["x", "x"], "would both become x.txt"),
        (["a.txt/b", "a"], "would have the name of the folder of"),
        (["a", "a.txt/b"], "would have the name of the output of"),
        ([None], "has no `id` to name its text by"),
    ],
)
def test_ids_that_are_no_names_are_refused_before_anything_is_written(
    ids: list[str | None], says: str, clean: Run, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        row(id="first", text="x") + b"".join(row(id=i, text="x") for i in ids)
    )
    ran = clean(tmp_path / "in.jsonl", "--to", "text", "-o", tmp_path / "out")
    assert ran.code == 2
    assert says in ran.err
    assert files_of(tmp_path).keys() == {"in.jsonl"}


def test_addresses_as_ids_become_one_name(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        row(id="https://a.example/b?c", text="x") + row(id=7, text="y") + b"{\n"
    )
    assert clean(tmp_path / "in.jsonl", "--to", "text", "-o", tmp_path / "out").code == 3
    assert files_of(tmp_path / "out") == {"https%3A%2F%2Fa.example%2Fb%3Fc.txt": b"x\n", "7.txt": b"y\n"}
