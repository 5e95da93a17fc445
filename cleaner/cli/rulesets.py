"""Options of a command -> the rules it judges: files and folders that are named, or those of the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaner.batch.kit import Kit
from cleaner.cli.options import chosen
from cleaner.rulefile import load, shipped_folder
from cleaner.rulefile.folders import find_files
from cleaner.rulemodel import RuleSet
from cleaner.settings import Settings, settle


def rules_of(paths: tuple[str, ...], given: dict[str, Any]) -> RuleSet:
    """Read the rules at some paths; without paths, those that the settings name."""
    return load(paths) if paths else Kit(settle(["-"], chosen(given))).rules


def files_of(paths: tuple[str, ...], given: dict[str, Any]) -> list[Path]:
    """Give the files of these rules."""
    return find_files(paths or _of_settings(settle(["-"], chosen(given))))[0]


def _of_settings(settings: Settings) -> tuple[str | Path, ...]:
    shipped = (shipped_folder(),) if settings.values["shipped-rules"] else ()
    return (*shipped, *settings.values["packs"])
