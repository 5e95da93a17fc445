"""Runs that are cut off, changed or done again end as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.resumed import CASES, Case, Make, small, texts  # noqa: F401


@pytest.fixture(params=CASES, ids=lambda make: make.__name__)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    make: Make = request.param
    return make(tmp_path)


def test_a_kill_at_any_write_leaves_no_trace(case: Case) -> None:
    wanted = case.run("undisturbed")
    step = 0
    while True:
        step += 1
        out = f"out{step}"
        died = case.killed_run(step, out)
        ended = case.run(out)
        assert ended.same(wanted), f"killed at {step}"
        assert ended.manifest["state"] == "done"
        if not died:
            break
    assert step > 20
