"""Names -> names of outputs that every system takes, that stay in their folder and do not meet."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

from cleaner.batch.inputs import OWN
from cleaner.errors import UsageError
from cleaner.shown import shown

_LONGEST = 255  # bytes of one part of a path, on every common file system
_MOST_SHOWN = 20
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\%\ud800-\udfff]')


def file_name(name: str) -> str:
    """Turn the id of a document into the name of its text file, different for different ids.

    What would leave the folder stays as it is, for `name_problem` to refuse.

    >>> file_name("news/2024-01"), file_name("https://a.example/b"), file_name("../x")
    ('news/2024-01.txt', 'https%3A%2F%2Fa.example%2Fb.txt', '../x')
    """
    name = _NOT_IN_NAMES.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found.group())), name)
    parts = name.split("/")
    if "." in parts or ".." in parts:
        return name
    if "" in parts:
        name = "%2F".join(parts)
    return name if name.endswith(".txt") else f"{name}.txt"


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "surrogatepass")


def check_targets(targets: Iterable[tuple[str, str, bool]]) -> None:
    """Refuse outputs that would meet, leave their folder or not be a file everywhere.

    Takes triples of a relative output, the input it comes from and whether it was made from an id.
    """
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    problems: list[str] = []
    for target, source, by_id in targets:
        problem = name_problem(target, by_id=by_id)
        if not problem:
            problem = _meeting(target, source, seen, folders)
        if problem:
            problems.append(f"{shown(source)}: {problem}")
        if len(problems) > _MOST_SHOWN:
            problems[-1] = "and more"
            break
    if problems:
        raise UsageError("\n".join(["nothing was written, because of the names of outputs:", *problems]))


def _meeting(target: str, source: str, seen: dict[str, str], folders: dict[str, str]) -> str:
    key = unicodedata.normalize("NFC", target).casefold()
    folder = key.rpartition("/")[0]
    while folder and folder not in folders:
        folders[folder] = source
        if folder in seen:
            return f"its folder would have the name of the output of {shown(seen[folder])}"
        folder = folder.rpartition("/")[0]
    if key in seen:
        return (
            f"it and {shown(seen[key])} would both become {shown(target)} (case does not count); rename one"
        )
    seen[key] = source
    if key in folders:
        return f"its output would have the name of the folder of {shown(folders[key])}"
    return ""


def name_problem(target: str, *, by_id: bool = False) -> str:
    """Say why a relative name cannot be an output; empty when it can.

    ``by_id``: no file has the name yet, so it should be one that every system takes.
    """
    parts = target.split("/")
    if parts[0].casefold() == OWN:
        return f"{shown(OWN)} is the folder for the notes of a run; rename it"
    if any(part in ("", ".", "..") for part in parts) or "\0" in target or os.path.isabs(target):
        return f"the output {shown(target)} would leave its folder"
    for part in parts:
        if _RESERVED.match(part) and (by_id or os.name == "nt"):
            return f"{shown(part)} is the name of a device on some systems; rename it"
        if len(part.encode("utf-8", "surrogatepass")) > _LONGEST:
            return f"the name {shown(part[:40])}... is longer than {_LONGEST} bytes; shorten it"
    return ""
