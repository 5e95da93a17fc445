"""Rule + pack -> the pack with the rule behind its others: comments and format stay, no file is broken.

The new text is read and its examples are run before a byte is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from cleaner.cli.rewrite import rewrite
from cleaner.errors import UsageError
from cleaner.examples import check_rule
from cleaner.rulefile import RuleErrors, load_texts
from cleaner.rulefile.folders import find_files
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar, read_nodes
from cleaner.rulefile.source import WHOLE_FILE, open_source
from cleaner.rulefile.writing import pack_text
from cleaner.rulemodel import RuleSet
from cleaner.shown import shown

_INDENT = 2
_ENDINGS = (".yaml", ".yml")
_ID = re.compile(r"(?m)^(\s*- id: )([a-z0-9-]+)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule to add: its text as `writing.rule_text` gives it, its id, and the head of a pack for it."""

    id: str
    text: str
    header: dict[str, Any]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of a site's rule; none where the rule is for all."""
        return tuple(self.header["site"]["hosts"]) if "site" in self.header else ()


def add_rule(entry: Entry, target: Path) -> tuple[Path, str]:
    """Put a rule into a pack, or into that of its host in a folder; what is not there yet is made.

    Give the file and the whole id of the rule. A UsageError says why not; the file is then as it was.
    """
    path = _file(entry, target)
    if path.exists():
        text, name = _appended(entry, path)
    else:
        text, name = pack_text(entry.header, []) + entry.text, entry.id
    rules = _read(path, text)
    added = next(
        rule for rule in rules.rules if rule.where.path == str(path) and rule.id.rpartition(".")[2] == name
    )
    failing = next((finding for finding in check_rule(added) if finding.fails), None)
    if failing is not None:
        raise UsageError(f"{shown(str(path))}: in this pack an example of {added.id} fails ({failing.kind})")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{shown(str(path.parent))}: {error.strerror or error}") from None
    rewrite(path, text)
    return path, added.id


def _file(entry: Entry, target: Path) -> Path:
    """Give the file that a rule belongs into."""
    if target.is_file() or (target.suffix in _ENDINGS and not target.is_dir()):
        return target
    if not entry.hosts:
        raise UsageError(f"{shown(str(target))}: a rule for all sites needs a file; write {target}/NAME.yaml")
    host = entry.hosts[0]
    for file in sorted(target.rglob("*.yaml")):
        if host in file.read_bytes().decode("utf-8", "replace") and host in _hosts(_root(file)):
            return file
    return target / f"{host}.yaml"


def _root(path: Path) -> MapNode:
    """Read the nodes of a rule file, with line feeds alone; what is no map is an empty one."""
    root = read_nodes(open_source(str(path), _text(path).encode("utf-8", "replace")))
    return root if isinstance(root, MapNode) else MapNode(WHOLE_FILE)


def _text(path: Path) -> str:
    """Read a file with line feeds alone."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise UsageError(f"{shown(str(path))}: {reason}") from None


def _texts(node: Node | None) -> list[str]:
    """Give the texts of a node that holds one or a list of them."""
    items = node.items if isinstance(node, ListNode) else [node]
    return [item.value for item in items if isinstance(item, Scalar)]


def _hosts(root: MapNode) -> list[str]:
    site = root.get("site")
    return _texts(site.get("hosts")) if isinstance(site, MapNode) else []


def _appended(entry: Entry, path: Path) -> tuple[str, str]:
    """Give the text of a file with the rule behind its last one, and the id that is free there."""
    root, text = _root(path), _text(path)
    _check_header(entry, root, path)
    rules = root.get("rules")
    items = rules.items if isinstance(rules, ListNode) and not rules.flow else []
    first = items[0] if items else None
    if not isinstance(first, MapNode) or not isinstance(items[-1], MapNode) or items[-1].flow:
        raise UsageError(
            f"{shown(str(path))}: no rule can be put behind its last one, which does not stand in lines of "
            "its own under 'rules:'; write it as '- id: …' with a key a line"
        )
    name = _free(
        entry.id, {value for rule in items if isinstance(rule, MapNode) for value in _texts(rule.get("id"))}
    )
    dash = rules.place.column if isinstance(rules, ListNode) else _INDENT
    lines = text.split("\n")
    at = _end(lines, items[-1].place.line, dash)
    fresh = _ID.sub(rf"\g<1>{name}", entry.text, count=1).rstrip("\n").split("\n")
    moved = [" " * dash + line[_INDENT:] if line else line for line in fresh]
    joined = "\n".join([*lines[:at], "", *moved, *(lines[at:] or [""])])
    return joined.replace("\n", "\r\n") if b"\r\n" in path.read_bytes() else joined, name


def _check_header(entry: Entry, root: MapNode, path: Path) -> None:
    """Refuse a pack that is for others than the rule."""
    hosts = _hosts(root)
    langs, known = entry.header.get("lang", []), _texts(root.get("lang"))
    wanted = [langs] if isinstance(langs, str) else list(langs)
    if entry.hosts and entry.hosts[0] not in hosts:
        raise UsageError(f"{shown(str(path))} is no pack of {entry.hosts[0]}; name another file, or a folder")
    if hosts and not entry.hosts:
        raise UsageError(f"{shown(str(path))} is for {hosts[0]} alone; a rule for all sites goes elsewhere")
    if known and wanted and not set(wanted) <= set(known):
        raise UsageError(f"{shown(str(path))} is for {', '.join(known)}, the rule for {', '.join(wanted)}")


def _free(name: str, taken: set[str]) -> str:
    """Give the name, with a number behind it where it is taken."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in names if one not in taken)


def _end(lines: list[str], first: int, dash: int) -> int:
    """Give the index behind the last line of an entry; comments inside it belong to it."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        bare = lines[number].lstrip(" ")
        if not bare:
            continue
        if len(lines[number]) - len(bare) > dash:
            end = number + 1
        elif not bare.startswith("#"):
            break
    return end


def _read(path: Path, text: str) -> RuleSet:
    """Read a file as it would be, with the lists that it sees."""
    others = [file for file in find_files([path])[0] if file != path] if path.exists() else []
    try:
        return load_texts([(str(path), text), *((str(file), _text(file)) for file in others)])
    except RuleErrors as errors:
        raise UsageError(
            f"{shown(str(path))} stays as it is, since it could not be read:\n{errors}"
        ) from None
