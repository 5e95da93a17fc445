"""YAML rule files -> RuleSet: every mistake of every file at once, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["RuleErrors", "RuleFileError", "load", "load_shipped", "load_texts", "shipped_folder"]

if TYPE_CHECKING:
    from cleaner.rulefile.folders import shipped_folder
    from cleaner.rulefile.messages import RuleErrors, RuleFileError
    from cleaner.rulefile.ruleset import load, load_shipped, load_texts

_HOMES = {"shipped_folder": "folders", "RuleErrors": "messages", "RuleFileError": "messages"}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: cached rules need no reader of YAML."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'ruleset')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
