"""text -> names: which repairs may change a text, found in one scan of its bytes for all of them.

Every repair has a trigger, an expression that holds wherever it would change something. RE2 makes one
automaton of all, so a clean text costs one look at each byte; elsewhere only repairs run whose triggers fire.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

_MEMORY = 1 << 26
"""The automaton is built where a text leads it and stays far below this."""


def one_of(characters: str) -> str:
    """Write the inside of a regular expression's brackets as a class for RE2, which knows no surrogates.

    >>> one_of("\\xad\\u200b-\\u200d")
    '[\\\\x{ad}\\\\x{200b}-\\\\x{200d}]'
    """
    return "[" + re.sub("[^-]", lambda found: f"\\x{{{ord(found.group()):x}}}", characters) + "]"


class Triggers:
    """The triggers of some repairs, by the names of these; an empty one fires on lone surrogates alone."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._all = frozenset(sources)
        self._sources = {name: source for name, source in sources.items() if source}
        self._names = tuple(self._sources)

    def fired(self, text: str) -> frozenset[str]:
        """Give the repairs that may change a text; one that is not among them would change nothing."""
        try:
            raw = text.encode()
        except (
            UnicodeEncodeError
        ):  # half a character has no form in UTF-8, and with its other it is a new one
            return self._all
        numbers = self._set.Match(raw)
        return frozenset(map(self._names.__getitem__, numbers)) if numbers else _NONE

    @cached_property
    def _set(self) -> Any:
        import re2

        all_sources = re2.Set.SearchSet(_options())
        for source in self._sources.values():
            all_sources.Add(source)
        all_sources.Compile()
        return all_sources


_NONE: frozenset[str] = frozenset()


def _options() -> Any:
    import re2

    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return options
