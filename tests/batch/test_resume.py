"""Runs that are cut off, changed or done again end as if nothing had happened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.batch.lock import Lock
from cleaner.batch.work import work
from cleaner.errors import UsageError
from tests.batch.resumed import CASES, Case, Make, lines, packed, scattered, small, texts  # noqa: F401

FAILED = {"texts": 1, "gathered": 1, "lines": 1, "scattered": 0}
"""Documents that are never cleaned, for they cannot be read."""


@pytest.fixture(params=CASES, ids=lambda make: make.__name__)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    make: Make = request.param
    return make(tmp_path)


def test_a_kill_at_any_write_leaves_no_trace(case: Case) -> None:
    wanted = case.run("undisturbed")
    step, died = 0, True
    while died:
        step += 1
        died = case.killed_run(step, f"out{step}")
        ended = case.run(f"out{step}")
        assert ended.same(wanted), f"killed at {step}"
        assert ended.manifest["state"] == "done"
    assert step > 30


def test_many_kills_leave_no_trace(case: Case) -> None:
    wanted = case.run("undisturbed")
    kills = 0
    while case.killed_run(20 + kills * 2):
        kills += 1
        assert kills < 100, "the run does not get on"
    assert kills > 1
    assert case.run().same(wanted)


def test_what_is_done_is_not_done_again(case: Case) -> None:
    first, second = case.run(), case.run()
    assert second.same(first)
    assert len(first.done) > 0
    assert second.done == []
    assert second.kept == first.report["documents"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_changed_is_done_again(jobs: int, case: Case) -> None:
    case.run(jobs=jobs)
    victim = sorted(path for path in case.source.rglob("*") if path.is_file())[1]
    victim.write_bytes(victim.read_bytes().replace(b"ferry", b"ship"))
    again = case.run(jobs=jobs)
    assert again.same(case.run("undisturbed"))
    assert again.kept > 0
    assert case.run(jobs=jobs).kept == again.report["documents"]


def test_new_inputs_find_their_place(case: Case) -> None:
    held = min(path for path in case.source.rglob("*") if path.is_file())
    data = held.read_bytes()
    held.unlink()
    case.run()
    held.write_bytes(data)
    assert case.run().same(case.run("undisturbed"))


def test_a_touch_or_a_move_is_no_change(case: Case) -> None:
    first = case.run()
    for path in (*case.source.rglob("*"), *(case.root / "out").rglob("*")):
        if path.is_file() and ".cleaner" not in path.parts:
            os.utime(path, (1, 1))
    assert (second := case.run()).same(first)
    assert second.done == []
    case.source.rename(case.root / "elsewhere")
    (case.root / "in").symlink_to("elsewhere")
    os.utime(case.root / "out.ledger", (1, 1))
    assert (third := case.run()).same(first)
    assert third.done == []


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"scribbled")])
def test_outputs_that_went_or_were_changed_are_made_again(
    change: Callable[[Path], object], case: Case
) -> None:
    first = case.run()
    change(case.root / "out" / min(first.files))
    assert (second := case.run()).same(first)
    assert second.done != []


def test_other_rules_and_fresh_do_everything_again(case: Case) -> None:
    first = case.run()
    assert case.run(fresh=True).done == first.done
    other = case.run(rules="rules 2")
    assert other.done == first.done
    assert other.same(case.run("undisturbed", rules="rules 2"))
    assert case.run().same(first)


def test_a_ledger_that_went_is_made_again(case: Case) -> None:
    first = case.run()
    (case.root / "out.ledger").unlink()
    assert case.run().same(first)


def test_lines_of_others_stay_in_the_ledger(case: Case) -> None:
    first = case.run()
    ledger = case.root / "out.ledger"
    line = first.ledger.splitlines(keepends=True)[0].replace(b'"output":"', b'"output":"other-')
    ledger.write_bytes(first.ledger + line)
    victim = sorted(path for path in case.source.rglob("*.*l*") if path.is_file())[0:1]
    for path in victim or [case.source / "0.txt"]:
        path.write_bytes(path.read_bytes().replace(b"ferry", b"ship"))
    again = case.run()
    wanted = case.run("undisturbed").ledger
    assert sorted(again.ledger.splitlines()) == sorted((line + wanted).splitlines())


@pytest.mark.parametrize("at", [0, 5000])
@pytest.mark.parametrize("name", ["files.sqlite", "manifest.json"])
def test_damaged_notes_are_named_and_set_aside(name: str, at: int, case: Case) -> None:
    first = case.run()
    file = case.root / "out/.cleaner" / name
    data = bytearray(file.read_bytes())
    data[at : at + 3000] = b"\xff" * 3000
    file.write_bytes(data)
    second = case.run()
    assert (second.files, second.report) == (first.files, first.report)
    assert len(second.said) == 1
    assert f"{name}: it is" in second.said[0]
    assert f"set aside as {name}.aside-1" in second.said[0]
    assert file.with_name(f"{name}.aside-1").read_bytes() == data
    assert case.run().kept == first.report["documents"]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("PRAGMA user_version=2", "it has format 2, and this version of the program knows only 1"),
        ("PRAGMA application_id=7", "it is of another program"),
        ("ALTER TABLE units ADD COLUMN more", "its tables are not those of this program"),
    ],
)
def test_notes_of_others_are_named_and_set_aside(statement: str, says: str, tmp_path: Path) -> None:
    case = texts(tmp_path)
    first = case.run()
    store = sqlite3.connect(tmp_path / "out/.cleaner/files.sqlite")
    store.execute(statement)
    store.close()
    second = case.run()
    assert (second.files, second.report) == (first.files, first.report)
    assert says in second.said[0]


def test_nonsense_in_the_notes_is_not_believed(case: Case) -> None:
    first = case.run()
    for change in (
        "counts = '[1]'",
        "at = 'x'",
        "length = length + 1",
        "start = start - 5",
        '"end" = 1 << 40',
        "digest = ''",
        "path = '=z'",
    ):
        store = sqlite3.connect(case.root / "out/.cleaner/files.sqlite")
        with store:
            store.execute(f"UPDATE units SET {change}, mtime = 1")
            store.execute("UPDATE outputs SET target = '../' || target WHERE unit > 0 AND unit % 2 = 0")
        store.close()
        again = case.run()
        assert (again.files, again.report) == (first.files, first.report), change


def test_outputs_without_inputs_are_named_and_stay(tmp_path: Path) -> None:
    case = texts(tmp_path)
    case.run()
    (case.source / "0.txt").unlink()
    for _ in range(2):
        ran = case.run()
        assert (tmp_path / "out/0.txt").read_bytes() == b"The ferry 0 left.\n"
        assert len(ran.said) == 1
        assert "one output in " in ran.said[0]
        assert "without an input any more (0.txt)" in ran.said[0]
    (tmp_path / "out/0.txt").unlink()
    assert case.run().said == []


def test_texts_that_a_file_gives_no_more_are_named(tmp_path: Path) -> None:
    case = scattered(tmp_path)
    case.run()
    file = case.source / "a.jsonl"
    file.write_text(file.read_text().replace('"a3"', '"new"'))
    ran = case.run()
    assert ran.done != []
    assert "without an input any more (a3.txt)" in ran.said[0]
    assert (tmp_path / "out/new.txt").exists()


def test_a_file_of_lines_that_grew_is_cleaned_from_where_it_grew(tmp_path: Path) -> None:
    case = lines(tmp_path)
    case.run()
    with (case.source / "b.jsonl").open("a") as file:
        file.write('{"id": "more", "text": "The -end."}\n')
    ran = case.run()
    assert ran.done == ["more"]
    assert ran.same(case.run("undisturbed"))


def test_a_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
    case = texts(tmp_path)
    case.run()
    (wait, go), (held, tell) = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        os.close(go)
        Lock(tmp_path / "out/.cleaner/lock", "out")
        os.write(tell, b"x")
        os.read(wait, 1)
        os._exit(0)
    os.read(held, 1)
    with pytest.raises(UsageError, match=rf"another run \(process {child}\) is writing to .*out"):
        case.run()
    os.close(go)
    os.waitpid(child, 0)
    assert case.run().kept > 0


def test_a_link_in_place_of_the_notes_is_refused(tmp_path: Path) -> None:
    case = texts(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/.cleaner").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is not a folder; move it away"):
        case.run()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_after_a_cut_no_document_can_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = texts(tmp_path)

    def deadly(task: object, setup: object) -> object:
        if "sub" in repr(task):
            os._exit(11)
        return work(task, setup)  # type: ignore[arg-type]

    monkeypatch.setattr("cleaner.batch.pool.work", deadly)
    child = os.fork()
    if not child:
        case.run()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 11
    ran = case.run()
    died = "the process that cleaned it died"
    assert [name for name, reason in ran.report["failures"] if reason == died] == ["sub/1.txt"]
    assert ran.files["sub/1.txt"] == b"The ferry -1 left.\n"
    assert ran.kept > 0


def test_what_is_wrong_with_a_packed_file_is_said_again(tmp_path: Path) -> None:
    case = packed(tmp_path)
    file = case.source / "a.jsonl.gz"
    file.write_bytes(file.read_bytes()[:-12])
    first, second = case.run(), case.run()
    assert any(name == "a.jsonl.gz" for name, _ in first.report["failures"])
    assert second.same(first)
    assert second.done == []
