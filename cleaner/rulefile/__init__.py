"""YAML rule files -> RuleSet: every mistake of every file at once, never a traceback."""

from cleaner.rulefile.folders import shipped_folder
from cleaner.rulefile.load import load, load_shipped, load_texts
from cleaner.rulefile.messages import RuleErrors, RuleFileError

__all__ = ["RuleErrors", "RuleFileError", "load", "load_shipped", "load_texts", "shipped_folder"]
