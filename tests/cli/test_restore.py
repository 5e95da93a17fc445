"""`cleaner restore`: the very bytes that came in, and no trust in what a ledger says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runs import Ran, Run, files_of


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def restore(cleaner: Run, out: Path, ledger: Path, target: Path) -> Ran:
    return cleaner("restore", out, "--ledger", ledger, "-o", target)


def test_a_folder_comes_back_byte_for_byte(
    clean: Run, cleaner: Run, tree: Path, ledger: Path, tmp_path: Path
) -> None:
    (tree / "latin.txt").write_bytes(b"caf\xe9")
    (tree / os.fsdecode(b"n\xe9.txt")).write_bytes(b"The ferry left.\nAlso read: Ten bridges")
    clean(tree, "-o", tmp_path / "out", "--ledger", ledger)
    ran = restore(cleaner, tmp_path / "out", ledger, tmp_path / "back")
    assert ran.code == 0, ran.err
    assert files_of(tmp_path / "back") == files_of(tree)


LINES = (
    rb'{ "n" : 1.50, "text" : "A \/.\nAlso read: \u00e9\nC \u00e9 \/.", "m": {"text": "B"}}' + b"\r\n"
    b'{"text": "A.\\nAlso read: \\u00e9"}\n'
    b'{"text": "A.\\nAlso read: B\\n\\ud83d"}\n'
    b'\xef\xbb\xbf{"text": "A.\\nAlso read: B"}\n'
    b"\n"
    b'{"text": "A.\\u2028 \xe2\x80\xa8\\nAlso read: B"}\r\n'
    b"not JSON\n"
    b'{"t\\u0065xt": "A.\\nAlso read: B\\u0000"}\n'
    b'{"text":null, "html":"<article><p>'
    + b"The ferry left the harbour with salt. "
    * 9
    + b'</p></article>"}\n'
    b'{"html":"<article><p>' + b"The ferry left the harbour with salt. " * 9 + b'</p></article>" } \n'
    b'{"text":"\\ud800"}'
)


@pytest.mark.parametrize("stdout", [False, True])
def test_json_lines_come_back_byte_for_byte(
    stdout: bool, clean: Run, cleaner: Run, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "in.jsonl").write_bytes(LINES)
    out = tmp_path / "out.jsonl"
    ran = clean(tmp_path / "in.jsonl", "--ledger", ledger, *([] if stdout else ["-o", out]))
    assert ran.code == 3
    if stdout:
        out.write_bytes(ran.out)
    assert out.read_bytes() != LINES
    ran = restore(cleaner, out, ledger, tmp_path / "back")
    assert ran.code == 0, ran.err
    assert (tmp_path / "back" / "in.jsonl").read_bytes() == LINES


def test_gathered_texts_come_back_as_files(
    clean: Run, cleaner: Run, tree: Path, ledger: Path, tmp_path: Path
) -> None:
    clean(tree, "--to", "jsonl", "-o", tmp_path / "all.jsonl", "--ledger", ledger)
    ran = restore(cleaner, tmp_path / "all.jsonl", ledger, tmp_path / "back")
    assert ran.code == 0, ran.err
    assert files_of(tmp_path / "back") == files_of(tree)


def test_of_pages_and_lines_the_text_comes_back(
    clean: Run, cleaner: Run, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    sentence = "The ferry left the harbour with a cargo of salt. "
    (tmp_path / "in/page.html").write_text(
        f"<article><p>{sentence * 9}</p><p>Also read: Ten bridges</p></article>"
    )
    clean(tmp_path / "in", "-o", tmp_path / "out", "--ledger", ledger)
    assert restore(cleaner, tmp_path / "out", ledger, tmp_path / "back").code == 0
    back = files_of(tmp_path / "back")
    assert back.keys() == {"page.txt"}
    assert b"Also read: Ten bridges" in back["page.txt"]
    assert b"Also read" not in (tmp_path / "out/page.txt").read_bytes()

    (tmp_path / "in.jsonl").write_bytes(b'{"id": "a", "text": "A.\\r\\nAlso read: B"}\n')
    clean(tmp_path / "in.jsonl", "--to", "text", "-o", tmp_path / "texts", "--ledger", ledger)
    assert restore(cleaner, tmp_path / "texts", ledger, tmp_path / "back2").code == 0
    assert files_of(tmp_path / "back2") == {"a.txt": b"A.\r\nAlso read: B"}


def test_the_newest_lines_of_a_ledger_win_unless_an_older_one_is_right(
    clean: Run, cleaner: Run, ledger: Path, tmp_path: Path
) -> None:
    for text in (b"One.\nAlso read: B", b"Two.\nAlso read: C"):
        (tmp_path / "a.txt").write_bytes(text)
        clean(tmp_path / "a.txt", "-o", tmp_path / "out" / "a.txt", "--ledger", ledger)
        (tmp_path / "out" / "a.txt").rename(tmp_path / f"{text[:3].decode()}.txt")
    for name in ("One", "Two"):
        (tmp_path / "out" / "a.txt").write_bytes((tmp_path / f"{name}.txt").read_bytes())
        assert restore(cleaner, tmp_path / "out", ledger, tmp_path / name).code == 0
        assert (tmp_path / name / "a.txt").read_bytes().startswith(name.encode())


def test_a_changed_output_is_named_and_not_restored(
    clean: Run, cleaner: Run, tree: Path, ledger: Path, tmp_path: Path
) -> None:
    clean(tree, "-o", tmp_path / "out", "--ledger", ledger)
    (tmp_path / "out" / "plain.txt").write_bytes(b"Something else.\n")
    ran = restore(cleaner, tmp_path / "out", ledger, tmp_path / "back")
    assert ran.code == 3
    assert "plain.txt: what the ledger rebuilds is not what came in" in ran.err
    assert not (tmp_path / "back" / "plain.txt").exists()
    assert (tmp_path / "back" / "sub" / "crlf.txt").exists()


def test_files_that_are_there_are_not_replaced(
    clean: Run, cleaner: Run, tree: Path, ledger: Path, tmp_path: Path
) -> None:
    clean(tree, "-o", tmp_path / "out", "--ledger", ledger)
    assert restore(cleaner, tmp_path / "out", ledger, tmp_path / "back").code == 0
    assert restore(cleaner, tmp_path / "out", ledger, tmp_path / "back").code == 0
    (tmp_path / "back" / "plain.txt").write_bytes(b"mine")
    ran = restore(cleaner, tmp_path / "out", ledger, tmp_path / "back")
    assert ran.code == 3
    assert "plain.txt: another file has this name already" in ran.err
    assert (tmp_path / "back" / "plain.txt").read_bytes() == b"mine"
    assert not [name for name in os.listdir(tmp_path / "back") if name.startswith(".")]


HOSTILE: dict[str, dict[str, Any]] = {
    "up": {"source": "../evil.txt"},
    "absolute": {"source": "/tmp/evil.txt"},
    "nul": {"source": "evil\0.txt"},
    "through a link": {"source": "link/evil.txt"},
    "over a link": {"source": "link"},
    "output up": {"output": "../in/plain.txt"},
    "output absolute": {"output": "/etc/hostname"},
    "codec": {"encoding": "zip"},
    "offsets": {"edits": [{"start": -5, "end": 10**30, "old": "x", "new": "", "rule": "r", "label": "l"}]},
    "types": {"edits": [{"start": "0", "end": 1, "old": "x", "new": "", "rule": "r", "label": "l"}]},
    "edits": {"edits": {"start": 0}},
    "kind": {"to": "parquet"},
    "missing": {"digest": None},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_ledger_writes_nothing_outside(
    change: dict[str, Any], clean: Run, cleaner: Run, tree: Path, ledger: Path, tmp_path: Path
) -> None:
    clean(tree / "plain.txt", "-o", f"{tmp_path}/out/", "--ledger", ledger)
    (tmp_path / "back").mkdir()
    (tmp_path / "elsewhere").mkdir()
    os.symlink(tmp_path / "elsewhere", tmp_path / "back" / "link")
    if "output" in change:
        (tmp_path / "out" / "plain.txt").unlink()
    else:
        (tmp_path / "out" / "plain.txt").write_bytes(b"The ferry left.\nIt came back.\n")
    ledger.write_text(json.dumps(json.loads(ledger.read_bytes()) | change) + "\n{torn")
    before = files_of(tmp_path)
    ran = restore(cleaner, tmp_path / "out", ledger, tmp_path / "back")
    assert ran.code == 3, ran.err
    assert files_of(tmp_path) == before
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("out", "target", "says"),
    [
        ("out", "out", "lie in each other"),
        ("out", "out/back", "lie in each other"),
        ("nothing", "back", "nothing: there is no such file or folder"),
        ("out", "in/plain.txt", "in/plain.txt is a file; -o takes a folder"),
        ("in/plain.txt", "back", "restored  1"),
    ],
)
def test_usage(
    out: str,
    target: str,
    says: str,
    clean: Run,
    cleaner: Run,
    tree: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    clean("in/empty.txt", "-o", "out/plain.txt", "--ledger", "ledger")
    clean("in", "-o", "out", "--ledger", "ledger")
    if says == "restored  1":
        (tree / "plain.txt").write_bytes((tmp_path / "out" / "plain.txt").read_bytes())
    ran = restore(cleaner, Path(out), Path("ledger"), Path(target))
    assert ran.code == (0 if says == "restored  1" else 2)
    assert says in ran.err
