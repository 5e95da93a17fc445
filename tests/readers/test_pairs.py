"""Every reader with every writer: the same text for the same article, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.inputs import Input
from cleaner.batch.streams import lines, look
from cleaner.columns import ANY
from cleaner.jsonline import parse
from cleaner.readers import READERS
from cleaner.writers import WRITERS
from tests.cli.runs import Run, files_of
from tests.readers.articles import CLEANED, MAKE, ROWS, WET


def texts_of(path: Path, kind: str) -> dict[str, str]:
    """Read the texts of a file of many articles by their ids."""
    item = Input(str(path), path.name, kind)
    rows = [parse(raw) for _, raw, _ in lines(item, look(item, ANY)) if raw]
    return {row["id"].split(".")[0]: row["text"] for row in rows}


@pytest.mark.parametrize("to", WRITERS)
@pytest.mark.parametrize("kind", [*READERS, "wet"])
def test_the_same_text(kind: str, to: str, clean: Run, tmp_path: Path) -> None:
    name, make = WET if kind == "wet" else MAKE[kind]
    (tmp_path / name).write_bytes(make())
    ran = clean(tmp_path / name, "--to", to, "-o", f"{tmp_path}/out/", "--ledger", tmp_path / "ledger")
    assert ran.code == 0, ran.err
    out = {name: data for name, data in files_of(tmp_path / "out").items() if not name.startswith(".cleaner")}
    wanted = CLEANED if kind == "wet" or READERS[kind].many else {"a0": CLEANED["a0"]}
    if to == "text":
        got = {name.removesuffix(".txt"): data.decode().removesuffix("\n") for name, data in out.items()}
    else:
        assert len(out) == 1
        got = texts_of(tmp_path / "out" / next(iter(out)), to)
    assert got == wanted


@pytest.mark.parametrize("kind", [kind for kind, reader in READERS.items() if reader.many])
def test_standard_input_is_a_file_too(kind: str, clean: Run) -> None:
    _, make = MAKE[kind]
    if kind == "jsonl":
        assert b"Also read" not in clean("-", "--from", kind, data=make()).out
    ran = clean("-", "--from", kind, "--to", "json", data=make())
    assert ran.code == 0, ran.err
    assert {row["id"]: row["text"] for row in parse(ran.out)} == CLEANED


@pytest.mark.parametrize("to", WRITERS)
@pytest.mark.parametrize("kind", READERS)
def test_and_back(kind: str, to: str, clean: Run, cleaner: Run, tmp_path: Path) -> None:
    name, make = MAKE[kind]
    (tmp_path / name).write_bytes(make())
    clean(tmp_path / name, "--to", to, "-o", f"{tmp_path}/out/", "--ledger", tmp_path / "ledger")
    ran = cleaner("restore", tmp_path / "out", "--ledger", tmp_path / "ledger", "-o", tmp_path / "back")
    assert ran.code == 0, ran.err
    back = files_of(tmp_path / "back")
    if kind == to == "parquet":
        import pyarrow.parquet as pq

        one, other = pq.ParquetFile(tmp_path / name), pq.ParquetFile(tmp_path / "back" / name)
        assert one.read().equals(other.read(), check_metadata=True)
    elif kind in (to, "text"):
        assert back == {name: make()}
    else:
        count = 1 if kind == "html" else len(ROWS)
        assert len(back) == count
        texts = sorted(data.decode().removesuffix("\n") for data in back.values())
        assert texts == sorted(row["text"] for row in ROWS[:count])
