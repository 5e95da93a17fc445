"""Files that are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.writers import files
from cleaner.writers.files import WholeFile


@pytest.fixture(params=["nameless", "named"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "named":
        monkeypatch.setattr(files, "_NAMELESS", 0)


def test_a_file_appears_when_it_is_done_and_takes_the_old_ones_place(tmp_path: Path) -> None:
    for data in (b"first", b"second"):
        with WholeFile(tmp_path / "a") as file:
            file.write(data)
            assert not (tmp_path / "a").exists() or (tmp_path / "a").read_bytes() == b"first"
        assert (tmp_path / "a").read_bytes() == data
    assert os.listdir(tmp_path) == ["a"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), WholeFile(tmp_path / "a") as file:
        file.write(b"half")
        raise KeyError
    assert os.listdir(tmp_path) == []


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    with WholeFile(tmp_path / "a", new=True) as file:
        file.write(b"mine")
    with pytest.raises(FileExistsError), WholeFile(tmp_path / "a", new=True) as file:
        file.write(b"thin")
    assert (tmp_path / "a").read_bytes() == b"mine"
    assert os.listdir(tmp_path) == ["a"]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    os.symlink("secret", tmp_path / "a")
    with WholeFile(tmp_path / "a") as file:
        file.write(b"new")
    assert (tmp_path / "secret").read_bytes() == b"secret"
    assert (tmp_path / "a").read_bytes() == b"new"


def test_leftovers_of_a_killed_run_are_taken_over(tmp_path: Path) -> None:
    dead = WholeFile(tmp_path / "a")
    dead.write(b"half")
    with WholeFile(tmp_path / "a") as file:
        file.write(b"whole")
    assert os.listdir(tmp_path) == ["a"]
    dead.abort()
