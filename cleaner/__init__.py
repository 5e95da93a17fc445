"""A boilerplate-stripping news cleaner: YAML rules in, clean body text out, every removal on record.

>>> import cleaner
>>> cleaner.clean("He left.\\nAlso read: Ten things to know\\nShe stayed.").text
'He left.\\nShe stayed.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Cleaner", "Document", "Edit", "Options", "Result", "__version__", "clean"]

if TYPE_CHECKING:
    from cleaner.model import Document, Edit, Options, Result
    from cleaner.pipeline import Cleaner

_HOMES = {
    "Cleaner": "cleaner.pipeline",
    "Document": "cleaner.model",
    "Edit": "cleaner.model",
    "Options": "cleaner.model",
    "Result": "cleaner.model",
}
_shared: list[Cleaner] = []


def clean(text: str, url: str | None = None, title: str | None = None, lang: str | None = None) -> Result:
    """Clean one text with the shipped rules, which are loaded once."""
    if not _shared:
        from cleaner.pipeline import Cleaner

        _shared.append(Cleaner())
    return _shared[0].clean(text, url=url, title=title, lang=lang)


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used, so that the command starts at once."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
