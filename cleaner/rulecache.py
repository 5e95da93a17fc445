"""Paths -> RuleSet, from a file of the user's cache folder where these very rules were read before.

The file is named by a digest of the program and of the bytes of every rule file, so it is never out of
date. It is plain data with a checksum; one that is damaged is as good as none. `NEWS_CLEANER_CACHE=off` does
without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import orjson

import cleaner
from cleaner import rulefile, rulestore
from cleaner.rulefile.collection import no_collection
from cleaner.rulefile.folders import find_named
from cleaner.rulemodel import RuleSet

SWITCH = "NEWS_CLEANER_CACHE"
FORMAT = 2
MOST_FILES = 4
_PREFIX, _SUFFIX, _UNFINISHED = "rules-", ".cache", ".part"
_OLD_SECONDS = 3600


def load(paths: Sequence[str | Path]) -> RuleSet:
    """Read files and folders of rules as `rulefile.load` does, without their examples where they were read
    before.
    """
    folder, key = cache_folder(), key_of(paths)
    if folder is None or key is None:
        return rulefile.load(paths)
    file = folder / f"{_PREFIX}{key[:32]}{_SUFFIX}"
    rules = _read(file, key)
    if rules is not None:
        return rules
    with no_collection():
        rules = rulefile.load(paths)
        if key_of(paths) == key:  # no file was changed meanwhile
            _write(file, key, rules)
    return rules


def cache_folder() -> Path | None:
    """Give the folder for this user on this platform; None where the cache is off or there is no home."""
    if os.environ.get(SWITCH, "").lower() in ("off", "0", "no", "false"):
        return None
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named, "news-cleaner")
    below = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(sys.platform, ".cache")
    try:
        return Path.home() / below / "news-cleaner"
    except RuntimeError:
        return None


def key_of(paths: Sequence[str | Path]) -> str | None:
    """Give a digest of the program and of all rule files; None where a file is missing or cannot be read."""
    files, failed = find_named(paths)
    if failed:
        return None
    found = hashlib.sha256(f"{FORMAT} {cleaner.__version__} {sys.version} {_program()}".encode())
    for shown, file in files:
        try:
            data = file.read_bytes() if file.is_file() else None
        except OSError:
            return None
        if data is None:
            return None
        name = shown.encode("utf-8", "surrogateescape")
        found.update(b"%d %d " % (len(name), len(data)) + name + data)
    return found.hexdigest()


def _program() -> str:
    """Give a digest of the code that gives rules their meaning: between two versions it changes as well."""
    package = Path(__file__).parent
    found = hashlib.sha256()
    with contextlib.suppress(OSError):
        for file in sorted([*package.glob("*.py"), *package.glob("rulefile/*.py")]):
            found.update(file.read_bytes())
    return found.hexdigest()


def _read(file: Path, key: str) -> RuleSet | None:
    """Read a file of the cache; None where it is missing or anything about it is wrong."""
    try:
        with file.open("rb") as opened:
            head, data = opened.readline(200), opened.read()
        if head != _head(key, data):
            return None
        with no_collection():
            return rulestore.unpack(data)
    except Exception:  # whatever stands there, it is not what was written
        return None


def _head(key: str, data: bytes) -> bytes:
    checksum = hashlib.sha256(key.encode() + data).hexdigest()
    return f"news-cleaner rules {FORMAT} {checksum}\n".encode()


def _write(file: Path, key: str, rules: RuleSet) -> None:
    """Write a file whole or not at all; a folder that cannot be written is no error."""
    import tempfile

    try:
        data = rulestore.pack(rules)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=_PREFIX, suffix=_UNFINISHED)
    except (OSError, orjson.JSONEncodeError):
        return
    try:
        with open(handle, "wb") as opened:
            opened.write(_head(key, data) + data)
        os.replace(name, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(name)
    _prune(file.parent)


def _prune(folder: Path) -> None:
    """Leave the newest files, and nothing that a run of long ago did not finish."""
    with contextlib.suppress(OSError):
        whole = sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"), key=_age)
        parts = [part for part in folder.glob(f"{_PREFIX}*{_UNFINISHED}") if _age(part) > _OLD_SECONDS]
        for file in (*whole[MOST_FILES:], *parts):
            file.unlink(missing_ok=True)


def _age(file: Path) -> float:
    return time.time() - file.stat().st_mtime
