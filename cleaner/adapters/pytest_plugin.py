"""pytest --cleaner-golden DIR: collects golden cases, so that other projects guard their own rules.

`--cleaner-accept` writes what came out as the expected file; it is refused under CI=true.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cleaner.golden import Case


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    group = parser.getgroup("cleaner", "golden files of news-cleaner")
    group.addoption(
        "--cleaner-golden",
        action="append",
        default=[],
        metavar="DIR",
        help="collect the golden cases under DIR",
    )
    group.addoption(
        "--cleaner-accept", action="store_true", help="accept what comes out as the expected files"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to accept under CI, before anything runs."""
    import os

    if config.getoption("--cleaner-accept") and os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        raise pytest.UsageError(
            "--cleaner-accept is refused under CI; run it on your machine, look at the diff and commit"
        )


def pytest_collection(session: pytest.Session) -> None:
    """Remember the session, so that the cases can be added behind what pytest finds by itself."""
    session.config.stash[_ROOTS] = [Path(folder) for folder in session.config.getoption("--cleaner-golden")]


_ROOTS: pytest.StashKey[list[Path]] = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add one item a case."""
    from cleaner import golden

    for root in config.stash.get(_ROOTS, []):
        if not root.is_dir():
            raise pytest.UsageError(f"--cleaner-golden {root}: there is no such folder")
        holder = Cases.from_parent(session, name=str(root), nodeid=str(root))
        items.extend(
            GoldenItem.from_parent(holder, name=case.folder.relative_to(root).as_posix(), case=case)
            for case in golden.find_cases(root)
        )


class Cases(pytest.Collector):
    """The golden cases of one folder."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give nothing by itself; the items are added when the collection is modified."""
        return iter(())


class GoldenDiffers(Exception):
    """A case did not come out as accepted."""


class GoldenItem(pytest.Item):
    """One golden case."""

    def __init__(self, *, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        """Clean the input and compare."""
        from cleaner import golden

        outcome = golden.check(self.case)
        if outcome.verdict == "same":
            return
        if self.config.getoption("--cleaner-accept"):
            golden.accept(self.case, outcome.got)
            return
        raise GoldenDiffers(
            f"{self.case.folder}: nothing was accepted yet\n{outcome.got}"
            if outcome.verdict == "new"
            else f"{self.case.folder} comes out differently\n{outcome.diff}"
        )

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Show the difference and how to accept it."""
        if isinstance(excinfo.value, GoldenDiffers):
            accept = f"pytest --cleaner-golden {self.case.folder} --cleaner-accept"
            return f"{excinfo.value}\nright as it is? accept it: {accept}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where the case stands."""
        return self.case.folder, None, self.name
