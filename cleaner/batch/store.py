"""A file of SQLite -> rows: the units of work that are done, and the outputs that were made of them.

The file is believed only if it is ours, of this format and sound; any other is set aside under a name that
says so, and a new one is begun. There is no write-ahead log: beside the file stands at most its journal, and
that only while a run writes, or after a kill, for the next run to undo what was half done.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

FORMAT = 1
FINISHED = -1
"""Stands for the unit of an output that many units made, once it has its name."""
ORPHAN = 0
"""Stands for the unit of an output whose unit is done again, or is no more."""
_APPLICATION = 0x6E636C72
_HEAD = b"SQLite format 3\0"
_SCHEMA = """
CREATE TABLE units (
  target TEXT NOT NULL, name TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, first INTEGER NOT NULL, lines INTEGER NOT NULL,
  path TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, digest TEXT NOT NULL,
  setup TEXT NOT NULL, status TEXT NOT NULL, counts TEXT NOT NULL, files INTEGER NOT NULL,
  at INTEGER NOT NULL, length INTEGER NOT NULL, out_digest TEXT NOT NULL,
  ledger TEXT NOT NULL, ledger_at INTEGER NOT NULL, ledger_size INTEGER NOT NULL, ledger_digest TEXT NOT NULL,
  id INTEGER PRIMARY KEY, UNIQUE (target, name, start)
);
CREATE TABLE outputs (
  target TEXT PRIMARY KEY, unit INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX outputs_of ON outputs (unit);
CREATE TABLE ledgers (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL, next_size INTEGER NOT NULL,
  next_mtime INTEGER NOT NULL
);
CREATE TABLE moves (unit INTEGER PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE dead (ledger TEXT NOT NULL, at INTEGER NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL);
"""
_PRAGMAS = ("journal_mode=DELETE", "synchronous=FULL", "trusted_schema=OFF", "cell_size_check=ON")


@dataclass(slots=True)
class Row:
    """A unit that is done; the order of the fields is that of the columns."""

    target: str
    name: str
    start: int
    end: int
    first: int
    """The number of its first line or document, from 1."""
    lines: int
    """How many there are, so that the next unit begins with `first` + `lines`."""
    path: str
    size: int
    """Of the whole file that it comes from; so is `mtime`."""
    mtime: int
    digest: str
    """Of the bytes of this unit."""
    setup: str
    """Digest of rules, options, program and kinds."""
    status: str
    """`done`, or `failed`: a document of it passed through whole, or was skipped."""
    counts: str
    """Its part of the report, as JSON."""
    files: int
    """So many files were made of it; 0 where it is a slice of an output."""
    at: int
    """Where its slice of the output begins; -1: it has none."""
    length: int
    out_digest: str
    ledger: str
    """The ledger that holds its lines; empty: none."""
    ledger_at: int
    ledger_size: int
    ledger_digest: str
    id: int | None = None


COLUMNS = ", ".join(f'"{column.name}"' for column in fields(Row))
_TYPES = [str if column.type == "str" else int for column in fields(Row)]
_values = attrgetter(*(column.name for column in fields(Row)))
_MARKS = ", ".join("?" for _ in fields(Row))
Connection = sqlite3.Connection


def insert(store: Connection, row: Row) -> int:
    """Add a unit and give its number."""
    return store.execute(f"INSERT INTO units ({COLUMNS}) VALUES ({_MARKS})", _values(row)).lastrowid or 0


def select(store: Connection, where: str, values: tuple[object, ...]) -> list[Row]:
    """Give units, in the order of their places."""
    rows = store.execute(f"SELECT {COLUMNS} FROM units WHERE {where} ORDER BY start", values)
    return [Row(*row) for row in rows if [type(value) for value in row] == _TYPES]


def bury(store: Connection, units: Iterable[int]) -> None:
    """Forget units; their outputs are nobody's until they are made again, and their ledger lines may go."""
    rows = [(unit,) for unit in units]
    if not rows:
        return
    store.executemany(
        "INSERT INTO dead SELECT ledger, ledger_at, ledger_size, ledger_digest FROM units "
        "WHERE id = ? AND ledger_size > 0",
        rows,
    )
    store.executemany(f"UPDATE outputs SET unit = {ORPHAN} WHERE unit = ?", rows)
    store.executemany("DELETE FROM units WHERE id = ?", rows)


def numbers(store: Connection, query: str, values: tuple[object, ...]) -> list[int]:
    """Give the numbers that a query finds."""
    return [number for (number,) in store.execute(query, values)]


def key(name: str) -> str:
    """Give the form of a name that SQLite can hold, different for different names.

    >>> key("a"), key("caf\\udce9"), key("=00")
    ('a', '=636166e9', '=3d3030')
    """
    if name.startswith("=") or not name.isprintable():
        return "=" + os.fsencode(name).hex()
    return name


def name_of(key: str) -> str:
    """Undo `key`; a ValueError says that it is none."""
    return os.fsdecode(bytes.fromhex(key[1:])) if key.startswith("=") else key


def open_store(path: Path, say: Callable[[str], None]) -> Connection:
    """Open the file or begin it; ``say`` hears of one that had to be set aside."""
    problem = _problem(path)
    if problem:
        aside = set_aside(path)
        say(f"{path}: {problem}; it is set aside as {aside.name}, and everything is done again")
    store = _connect(path)
    if not store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        with store:
            store.execute("BEGIN")
            for statement in _SCHEMA.split(";")[:-1]:
                store.execute(statement)
            store.execute(f"PRAGMA application_id={_APPLICATION}")
            store.execute(f"PRAGMA user_version={FORMAT}")
    return store


def _connect(path: Path) -> Connection:
    store = sqlite3.connect(path, timeout=30)
    for pragma in _PRAGMAS:
        store.execute(f"PRAGMA {pragma}")
    return store


def _problem(path: Path) -> str:
    """Say why a file cannot be believed; empty where it can, or where there is none."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "it is not a file"
    if not path.exists() or not path.stat().st_size:
        return ""
    with path.open("rb") as file:
        if file.read(len(_HEAD)) != _HEAD:
            return "it is not a file of SQLite"
    try:
        with contextlib.closing(_connect(path)) as store:
            return _flaw(store)
    except sqlite3.OperationalError:
        raise  # somebody else holds it, or the disk fails: that says nothing about the file
    except sqlite3.DatabaseError as error:
        return f"it is damaged ({error})"


def _flaw(store: Connection) -> str:
    application, version, found = (
        store.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "quick_check")
    )
    if application != _APPLICATION:
        return "" if _is_empty(store) else "it is of another program"
    if version != FORMAT:
        return f"it has format {version}, and this version of the program knows only {FORMAT}"
    if found != "ok":
        return f"it is damaged ({found})"
    wanted = {" ".join(statement.split()) for statement in _SCHEMA.split(";")[:-1]}
    tables = {" ".join(sql.split()) for (sql,) in store.execute("SELECT sql FROM sqlite_master") if sql}
    return "" if tables == wanted else "its tables are not those of this program"


def _is_empty(store: Connection) -> bool:
    return not store.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def set_aside(path: Path) -> Path:
    """Give a file, and what SQLite keeps beside it, a name that nothing has yet."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.aside-{number}")):
        number += 1
    for suffix in ("-journal", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.rename(f"{path}{suffix}", f"{aside}{suffix}")
    os.rename(path, aside)
    return aside
