"""YAML rule files -> RuleSet: every mistake of every file at once, never a traceback."""

from cleaner.rulefile.folders import shipped_folder
from cleaner.rulefile.messages import RuleErrors, RuleFileError
from cleaner.rulefile.ruleset import load, load_shipped, load_texts

__all__ = ["RuleErrors", "RuleFileError", "load", "load_shipped", "load_texts", "shipped_folder"]
