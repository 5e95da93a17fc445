"""The command with its small pack, as the tests of the command have it."""

from tests.cli.conftest import clean, cleaner

__all__ = ["clean", "cleaner"]
