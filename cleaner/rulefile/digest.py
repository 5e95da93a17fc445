"""Node trees -> digest: one number for everything in a set of rules that can change an output.

Comments, examples, reasons, quoting and the order of files and rules change nothing, so they are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar
from cleaner.rulefile.packs import RuleFile
from cleaner.rulefile.schema import SECTIONS, VERSION, Section

Plain = str | list["Plain"] | dict[str, "Plain"]


def digest(files: Iterable[RuleFile]) -> str:
    """Give the SHA-256 of the meaning of all rule files."""
    shared: dict[str, Plain] = {}
    packs: dict[str, Plain] = {}
    for file in files:
        if file.is_shared:
            defs = file.root.get("defs") if isinstance(file.root, MapNode) else None
            shared |= (
                {key.value: _plain(value) for key, value in defs.pairs} if isinstance(defs, MapNode) else {}
            )
        elif file.pack is not None:
            packs[file.pack.name] = _pack(file.root)
    text = json.dumps([VERSION, shared, packs], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _pack(root: Node) -> Plain:
    """Give a pack with its rules by id."""
    found = _meaning(root, SECTIONS["rule file"])
    rules = root.get("rules") if isinstance(root, MapNode) else None
    site = root.get("site") if isinstance(root, MapNode) else None
    if isinstance(found, dict) and isinstance(rules, ListNode):
        found["rules"] = sorted((_meaning(rule, SECTIONS["rule"]) for rule in rules.items), key=json.dumps)
    if isinstance(found, dict) and site is not None:
        found["site"] = _meaning(site, SECTIONS["site"])
    return found


def _meaning(node: Node, section: Section) -> Plain:
    if not isinstance(node, MapNode):
        return _plain(node)
    return {key.value: _plain(value) for key, value in node.pairs if section.keys[key.value].meaning}


def _plain(node: Node) -> Plain:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, ListNode):
        return [item.value if type(item) is Scalar else _plain(item) for item in node.items]
    return {key.value: _plain(value) for key, value in node.pairs}
