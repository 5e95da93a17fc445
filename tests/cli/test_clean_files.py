"""`cleaner clean` on text files and folders of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.runs import Run, files_of

ARTICLE = b"The ferry left.\nAlso read: Ten bridges\nIt came back."
CLEAN = b"The ferry left.\nIt came back."


def test_one_file_goes_to_standard_output(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE)
    ran = clean(tmp_path / "a.txt")
    assert (ran.code, ran.out) == (0, CLEAN + b"\n")
    assert "promo" in ran.err


def test_standard_input(clean: Run) -> None:
    assert clean("-", data=ARTICLE).out == CLEAN + b"\n"


def test_one_file_to_a_file_or_a_folder(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE)
    (tmp_path / "folder").mkdir()
    assert clean(tmp_path / "a.txt", "-o", tmp_path / "b.txt").out == b""
    clean(tmp_path / "a.txt", "-o", tmp_path / "folder")
    clean(tmp_path / "a.txt", "-o", f"{tmp_path}/new/")
    for written in ("b.txt", "folder/a.txt", "new/a.txt"):
        assert (tmp_path / written).read_bytes() == CLEAN + b"\n"


def test_a_folder_gives_the_same_tree(clean: Run, tree: Path, tmp_path: Path) -> None:
    (tree / "picture.png").write_bytes(b"\x89PNG")
    ran = clean(tree, "-o", tmp_path / "out")
    out = files_of(tmp_path / "out")
    assert ran.code == 0
    assert set(out) == set(files_of(tree)) - {"picture.png"}
    assert out["sub/crlf.txt"] == b"The ferry left.\r\n\r\nIt came back.\r\n"
    assert out["sub/no-end.txt"] == out["sub/many-ends.txt"] == b"The ferry left.\n"
    assert out["sub/mark.txt"] == b"The ferry left.\n"
    assert out["sub/deep/big.txt"] == b"The ferry left.\n"
    assert "other files, left   1" in ran.err


def test_cleaning_twice_changes_nothing(clean: Run, tree: Path, tmp_path: Path) -> None:
    clean(tree, "-o", tmp_path / "once")
    clean(tmp_path / "once", "-o", tmp_path / "twice")
    assert files_of(tmp_path / "once") == files_of(tmp_path / "twice")


def test_bytes_that_are_no_utf_8_pass_through_whole(clean: Run, tree: Path, tmp_path: Path) -> None:
    (tree / "latin.txt").write_bytes(b"caf\xe9\nAlso read: Ten bridges")
    (tree / "odd.txt").write_bytes(b"\xff\xfea")
    ran = clean(tree, "-o", tmp_path / "out")
    assert ran.code == 3
    assert (tmp_path / "out/latin.txt").read_bytes() == b"caf\xe9\nAlso read: Ten bridges"
    assert (tmp_path / "out/odd.txt").read_bytes() == b"\xff\xfea"
    assert "latin.txt: it is not UTF-8: byte 0xe9 at offset 3" in ran.err
    assert (tmp_path / "out/plain.txt").read_bytes() == b"The ferry left.\nIt came back.\n"


def test_dry_run_writes_nothing(clean: Run, tree: Path, tmp_path: Path) -> None:
    ran = clean(tree, "-o", tmp_path / "out", "--ledger", tmp_path / "ledger", "--dry-run")
    assert ran.code == 0
    assert "changed" in ran.err
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "ledger").exists()


def test_strict_turns_failures_into_1(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    assert clean(tmp_path / "a.txt").code == 3
    assert clean(tmp_path / "a.txt", "--strict").code == 1


def test_time_out_passes_through_whole(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE * 50)
    ran = clean(tmp_path / "a.txt", "--seconds", "0.0000001")
    assert (ran.code, ran.out) == (3, ARTICLE * 50)
    assert "a.txt: the document went over its budget of time" in ran.err


def test_labels_can_be_chosen(clean: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE + b"\nCorrection: it is blue\n")
    assert b"Correction" in clean(tmp_path / "a.txt").out
    assert b"Correction" not in clean(tmp_path / "a.txt", "--drop", "note").out
    assert b"Also read" in clean(tmp_path / "a.txt", "--keep", "promo").out
    assert b"Also read" in clean(tmp_path / "a.txt", "--ignore", "small.also-read").out
    assert clean(tmp_path / "a.txt", "--ignore", "small.also-red").code == 2


def test_what_cannot_be_read_is_named_and_the_run_goes_on(clean: Run, tree: Path, tmp_path: Path) -> None:
    os.mkfifo(tree / "pipe.txt")
    os.symlink("loop.txt", tree / "loop.txt")
    os.symlink(tree, tree / "again")
    os.symlink(tree / "nowhere.txt", tree / "dangling.txt")
    ran = clean(tree, "-o", tmp_path / "out")
    assert ran.code == 3
    assert "loop.txt: Too many levels of symbolic links" in ran.err
    assert "dangling.txt: No such file or directory" in ran.err
    assert not (tmp_path / "out/again").exists()
    assert (tmp_path / "out/plain.txt").exists()


def test_names_that_are_not_utf_8_are_kept_and_shown_escaped(clean: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"\xff")
    (folder / "red\x1b[31m.txt").write_bytes(b"\xff")
    ran = clean(folder, "-o", tmp_path / "out", "--ledger", tmp_path / "ledger")
    assert sorted(map(os.fsencode, files_of(tmp_path / "out"))) == [b"caf\xe9.txt", b"red\x1b[31m.txt"]
    assert r"caf\xe9.txt: " in ran.err
    assert r"red\x1b[31m.txt: " in ran.err
    assert "\x1b" not in ran.err


def test_outputs_that_cannot_be_written_are_named(clean: Run, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "plain.txt").mkdir(parents=True)
    (tmp_path / "out" / "sub").write_bytes(b"a file")
    ran = clean(tree, "-o", tmp_path / "out")
    assert ran.code == 3
    assert "plain.txt: not written: Is a directory" in ran.err
    assert "sub/crlf.txt: not written: " in ran.err
    assert (tmp_path / "out" / "sub").read_bytes() == b"a file"
    assert (tmp_path / "out" / "empty.txt").read_bytes() == b""


def test_a_link_in_the_output_folder_is_not_followed(clean: Run, tree: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    os.symlink(tmp_path / "elsewhere", tmp_path / "out/sub")
    os.symlink(tmp_path / "secret.txt", tmp_path / "out/plain.txt")
    ran = clean(tree, "-o", tmp_path / "out")
    assert ran.code == 3
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (tmp_path / "secret.txt").read_bytes() == b"secret"
    assert not (tmp_path / "out/plain.txt").is_symlink()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["in"], "in is a folder; add -o OUT"),
        (["in/plain.txt", "in/empty.txt"], "there are several inputs; add -o OUT"),
        (["in", "-o", "in/out"], "lies in the input in; choose one outside"),
        (["in", "-o", "in"], "lies in the input in"),
        (["in/sub", "-o", "in"], "the input in/sub lies in the output in"),
        (["in/plain.txt", "-o", "in"], "would be overwritten by its output"),
        (["in", "-o", "a-file"], "a-file is a file, but several outputs need a folder"),
        (["in", "-o", "out", "--ledger", "in/ledger"], "the ledger in/ledger lies in the input"),
        (["a-file", "--ledger", "a-file"], "is an input or an output too"),
        (["in", "in/plain.txt", "-o", "out"], "would both become plain.txt"),
        (["in", "-o", "out", "--lang", "english"], "there is no language `english`"),
        (["nothing.txt"], "nothing.txt: No such file or directory"),
        (["odd.bin"], ".bin says nothing about its kind; add --from (text, html, jsonl, "),
        (["in", "-o", "out", "--select", "smal.also-read"], "did you mean `small.also-read`?"),
        (["in", "-o", "out", "--keep", "promo", "--drop", "promo"], "kept or dropped, not both"),
    ],
)
def test_usage_errors_come_before_anything_is_written(
    args: list[str], says: str, clean: Run, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a-file").write_bytes(b"a file")
    (tmp_path / "odd.bin").write_bytes(b"odd")
    before = files_of(tmp_path)
    ran = clean(*args)
    assert ran.code == 2
    assert says in ran.err
    assert files_of(tmp_path) == before
    assert not (tmp_path / "out").exists()
