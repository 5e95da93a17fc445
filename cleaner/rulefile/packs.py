"""Node tree of a file -> Pack or shared lists: the header of a rule file and all of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from cleaner.rulefile.folders import SHARED_NAME
from cleaner.rulefile.lists import compile_lists
from cleaner.rulefile.maps import Values, read_map
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar
from cleaner.rulefile.rules import Header, read_rule
from cleaner.rulefile.schema import FILE, SECTIONS
from cleaner.rulefile.scope import Lists, Reader, Scope
from cleaner.rulefile.source import Source
from cleaner.rulemodel import Pack, Site


@dataclass(slots=True)
class RuleFile:
    """A file whose YAML could be read, and what was made of it."""

    source: Source
    root: Node
    pack: Pack | None = None

    @property
    def is_shared(self) -> bool:
        """Tell whether it holds lists for all packs."""
        return PurePath(self.source.path).name == SHARED_NAME


def add_shared(file: RuleFile, shared: Lists, readers: Mapping[str, Reader]) -> Lists:
    """Add the lists of a defs.yaml to those that are shared already."""
    scope = Scope(file.source, readers)
    root = file.root
    if isinstance(root, MapNode):
        others = [
            key
            for key, _ in root.pairs
            if key.value in FILE.keys and key.value not in SECTIONS["shared lists"].keys
        ]
        for key in others:
            file.source.report("E407", key.place, f"'{key.value}' in a shared {SHARED_NAME}")
        root = MapNode(root.place, [pair for pair in root.pairs if pair[0] not in others], root.flow)
    values = read_map(root, SECTIONS["shared lists"], scope)
    if values is None or values.get("defs") is None:
        return shared
    twice = {key.value for key, _ in values.get("defs").pairs} & (shared.items.keys() | shared.broken)
    for key, _ in values.get("defs").pairs:
        if key.value in twice:
            file.source.report(
                "E406", key.place, f"<{key.value}> is defined in another {SHARED_NAME} already"
            )
    defs = MapNode(root.place, [pair for pair in values.get("defs").pairs if pair[0].value not in twice])
    compile_lists(defs, shared, scope)
    return scope.lists


def read_pack(file: RuleFile, shared: Lists, readers: Mapping[str, Reader]) -> None:
    """Read a pack and hang it on its file; where there is a mistake, as much of it as can be."""
    scope = Scope(file.source, readers, shared)
    values = read_map(file.root, SECTIONS["rule file"], scope)
    if values is None:
        return
    site: Site | None = values.get("site")
    if site is not None:
        _check_site_name(site, values, file)
    compile_lists(values.get("defs") or MapNode(values.node.place), shared, scope)
    header = Header(values.get("pack", "?"), frozenset(values.get("lang", ())), site)
    rules = values.get("rules")
    nodes: list[Node] = rules.items if rules is not None else []
    _check_ids(nodes, file.source)
    read = [rule for node in nodes if (rule := read_rule(node, header, scope)) is not None]
    if "pack" in values.values:
        rules_by_id = tuple(sorted(read, key=lambda rule: rule.id))
        file.pack = Pack(header.pack, file.source.path, rules_by_id, header.langs, site)


def _check_site_name(site: Site, values: Values, file: RuleFile) -> None:
    wanted = f"{site.hosts[0]}.yaml"
    name = PurePath(file.source.path).name
    if name != wanted:
        file.source.report(
            "E405",
            values.nodes["site"].place,
            f"the site pack of {site.hosts[0]} is called {name}",
            help=f"name the file {wanted}",
        )


def _check_ids(nodes: list[Node], source: Source) -> None:
    seen: set[str] = set()
    for node in nodes:
        name = node.get("id") if isinstance(node, MapNode) else None
        if not isinstance(name, Scalar) or not name.value:
            continue
        if name.value in seen:
            source.report("E404", name.place, f"a second rule with the id '{name.value}'")
        seen.add(name.value)


# ---------------------------------------------------------------------------------------------
# Readers of what stands in a file


def site(node: Node, scope: Scope) -> Site | None:
    """Read whose articles a site pack is for."""
    values = read_map(node, SECTIONS["site"], scope)
    if values is None or not values.get("hosts"):
        return None
    return Site(values.get("hosts"), values.get("signs", ()), values.get("until"), values.get("body", ()))


def defs(node: Node, scope: Scope) -> MapNode | None:
    """Check that lists stand in a map; they are compiled when all shared lists are known."""
    if isinstance(node, MapNode):
        return node
    scope.source.report(
        "E103", node.place, "'defs' wants a map of lists", help="write {share: [Facebook, Copy link]}"
    )
    return None


def rules(node: Node, scope: Scope) -> ListNode | None:
    """Check that rules stand in a list; they are read when all lists are known."""
    if isinstance(node, ListNode):
        return node
    scope.source.report(
        "E103", node.place, "'rules' wants a list of rules", help="begin each rule with '- id: …'"
    )
    return None
