"""Settings -> Cleaner: the rules of a run, read once, and one cleaner for each kind of output."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.settings import Settings, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.pipeline import Cleaner
    from cleaner.rulemodel import RuleSet


class Kit:
    """Makes the cleaners of a run when they are first asked for; other processes build their own."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings of the run."""
        self._settings = settings
        self._rules: RuleSet | None = None
        self._lean: RuleSet | None = None
        """The rules without examples, from the cache where they are there."""
        self._built: dict[bool, Cleaner] = {}

    def __reduce__(self) -> tuple[type[Kit], tuple[Settings]]:
        """Travel to another process as the settings alone."""
        return Kit, (self._settings,)

    @property
    def rules(self) -> RuleSet:
        """Read the rules with their examples; RuleErrors has every mistake in them."""
        if self._rules is None:
            from cleaner.rulefile import load

            self._rules = self._checked(load(self._paths()))
        return self._rules

    def _paths(self) -> list[str | Path]:
        from cleaner.rulefile import shipped_folder

        values = self._settings.values
        shipped = [shipped_folder()] if values["shipped-rules"] else []
        if not shipped and not values["packs"]:
            raise UsageError("there are no rules; add --rules DIR or leave --no-shipped-rules out")
        return [*shipped, *values["packs"]]

    def _checked(self, rules: RuleSet) -> RuleSet:
        values = self._settings.values
        _check_names(rules, (*values["select"], *values["ignore"]))
        return rules

    def __call__(self, final_newline: bool) -> Cleaner:
        """Give the cleaner, for outputs that end with one line end or for such that end as they will."""
        built = self._built.get(final_newline)
        if built is None:
            from cleaner import rulecache
            from cleaner.pipeline import Cleaner

            if self._lean is None:
                self._lean = self._checked(rulecache.load(self._paths()))
            options = replace(self._settings.options(), final_newline=final_newline)
            built = self._built[final_newline] = Cleaner(self._lean, options=options)
        return built


def _check_names(rules: RuleSet, names: tuple[str, ...]) -> None:
    from cleaner.rounds import is_selected

    for name in names:
        if not any(is_selected(rule, (name,)) for rule in rules.rules):
            known = [rule.id for rule in rules.rules] + [pack.name for pack in rules.packs]
            raise UsageError(f"no rule or pack is called `{name}`{nearest(name, known)}")
