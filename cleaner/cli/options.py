"""The table of settings -> options of a command: same words, same help, one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

from cleaner.errors import UsageError
from cleaner.languages import LANGUAGES
from cleaner.settings import SETTINGS, Setting, nearest
from cleaner.shown import shown

_Function = TypeVar("_Function", bound=Callable[..., Any])
_METAVARS = {"packs": "DIR", "select": "RULE", "ignore": "RULE"}


def setting_options(function: _Function) -> _Function:
    """Give a command all options of the table; `chosen` collects them."""
    for setting in reversed(SETTINGS):
        if setting.option:
            function = _option(setting)(function)
    return function


def _option(setting: Setting) -> Callable[[_Function], _Function]:
    name = setting.key.replace(".", "_").replace("-", "_")
    about = setting.about[0].upper() + setting.about[1:] + "."
    if isinstance(setting.default, bool):
        about = f"Do not {setting.about}." if setting.default else about
        return click.option(
            setting.option, name, flag_value=not setting.default, default=None, is_flag=True, help=about
        )
    many = isinstance(setting.default, tuple)
    kind = click.Choice(setting.known) if setting.known else float if setting.key == "seconds" else str
    short = {"labels.keep": "LABEL", "labels.drop": "LABEL", "repairs-off": "REPAIR"}
    return click.option(
        setting.option,
        name,
        multiple=many,
        type=kind,
        default=None,
        metavar=_METAVARS.get(setting.key) or short.get(setting.key),
        help=about,
    )


def chosen(given: dict[str, Any]) -> dict[str, Any]:
    """Take the options that were given out of a command's keyword arguments."""
    values = {}
    for setting in SETTINGS:
        value = given.pop(setting.key.replace(".", "_").replace("-", "_"), None)
        if value is not None and value != ():
            values[setting.key] = value
    return values


def site_given(host: str | None) -> str:
    """Give the host that a person names as a site, without `www.`; empty where none is named."""
    bare = (host or "").lower().removeprefix("www.")
    if bare and not re.fullmatch(r"[^\W_][\w-]*(\.[\w-]+)+", bare):
        raise UsageError(f"--site: `{shown(host or '')}` is no host; write it as example.org")
    return bare


def check_language(code: str | None) -> None:
    """Refuse a language that no text could have, rather than take it for unknown."""
    if code and code.lower().replace("_", "-").split("-")[0] not in LANGUAGES:
        raise UsageError(f"--lang: there is no language `{shown(code)}`{nearest(code, sorted(LANGUAGES))}")
