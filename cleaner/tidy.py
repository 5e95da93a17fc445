"""Rule files -> Advice on their lists, and the files mended where that cannot change what they mean.

What stands in a file is only known from its text, so this reads the nodes of the files and not the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.errors import Address
from cleaner.folding import fold_literal
from cleaner.lint import Advice
from cleaner.rulefile.folders import SHARED_NAME, shown
from cleaner.rulefile.nodes import ListNode, MapNode, Node, Scalar, read_nodes
from cleaner.rulefile.patterntexts import slots_in
from cleaner.rulefile.source import Source, open_source


@dataclass(frozen=True, slots=True)
class File:
    """A rule file as text and nodes."""

    path: Path
    source: Source
    root: Node

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a place in the text."""
        return sum(len(row) + 1 for row in self.source.lines[:line]) + column

    @property
    def lists(self) -> list[tuple[Scalar, Node]]:
        """Give the lists of its `defs` with their names."""
        defs = self.root.get("defs") if isinstance(self.root, MapNode) else None
        return defs.pairs if isinstance(defs, MapNode) else []


def read(paths: Iterable[Path]) -> list[File]:
    """Read rule files that the loader has accepted."""
    files = []
    for path in paths:
        source = open_source(shown(path), path.read_bytes())
        root = read_nodes(source)
        if root is not None:
            files.append(File(path, source, root))
    return files


def advise_lists(files: list[File]) -> list[Advice]:
    """Give advice on the lists of `defs`: items that say the same twice, and lists that nobody names.

    Lists that packs share are only judged where other files are there that could name them.
    """
    named = {file.path: set(_named(file.root)) for file in files}
    everywhere = set().union(*named.values())
    found: list[Advice] = []
    for file in files:
        shared = file.path.name == SHARED_NAME
        for name, value in file.lists:
            found += _twice(file, name, value)
            judged = not shared or any(other.path.parent != file.path.parent for other in files)
            if judged and name.value not in (everywhere if shared else named[file.path]):
                found.append(_advice(file, name, "A110", f"no pattern names <{name.value}>", "leave it out"))
    return sorted(found)


def _twice(file: File, name: Scalar, value: Node) -> Iterator[Advice]:
    seen: dict[str, str] = {}
    for item in value.items if isinstance(value, ListNode) else []:
        if not isinstance(item, Scalar):
            continue
        key = fold_literal(item.value).strip()
        if key in seen:
            about = f"{item.value!r} says what {seen[key]!r} says"
            yield _advice(file, item, "A109", about, "leave it out", f"<{name.value}>")
        seen.setdefault(key, item.value)


def _advice(file: File, node: Scalar, code: str, about: str, help: str, inside: str = "defs") -> Advice:
    place = node.place
    return Advice(Address(file.source.path, place.line + 1, place.column + 1), code, inside, about, help)


def _named(node: Node) -> Iterator[str]:
    """Give the names of lists that the texts under a node mention."""
    if isinstance(node, Scalar):
        yield from slots_in(node.value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _named(item)
    else:
        for key, value in node.pairs:
            if key.value == "made-of" and isinstance(value, Scalar):
                yield value.value
            yield from _named(value)


# ---------------------------------------------------------------------------------------------
# Mending


@dataclass(slots=True)
class _Change:
    """Stretches of a file's text to take out, and texts to put in at an offset."""

    cuts: list[tuple[int, int, str]] = field(default_factory=list)

    def made(self, text: str) -> str:
        """Give the text with all changes made, from the end backwards; of two that meet the later holds."""
        at = len(text)
        for start, end, put in sorted(self.cuts, reverse=True):
            if end <= at:
                text = text[:start] + put + text[end:]
                at = start
        return text


def fix(files: list[File], advice: Iterable[Advice]) -> dict[Path, str]:
    """Give the texts of the files that change, with the advice that can be followed blindly followed."""
    # offsets are counted with line feeds alone
    by_path = {file.source.path: file for file in files if file.source.text == "\n".join(file.source.lines)}
    changes: dict[str, _Change] = {}
    for one in advice:
        file = by_path.get(one.where.path)
        cut = _cut(file, one) if file is not None else None
        if cut is not None:
            changes.setdefault(one.where.path, _Change()).cuts.append(cut)
    return {by_path[path].path: change.made(by_path[path].source.text) for path, change in changes.items()}


def _cut(file: File, advice: Advice) -> tuple[int, int, str] | None:
    if advice.code == "A109":
        lists = (value for _, value in file.lists)
        found = (_without(file, lambda item: _at(item, advice.where), value) for value in lists)
        return next((cut for cut in found if cut), None)
    rule = next((node for node in _maps(file.root) if _at(node, advice.where)), None)
    if rule is None:
        return None
    if advice.code == "A103":
        anchor = rule.get("at")
        return _without(file, lambda item: item.value == advice.source, anchor) if anchor else None
    why = rule.get("why")
    if advice.code == "A108" and isinstance(why, Scalar) and why.style in ("", '"', "'"):
        end = file.offset(why.place.end_line, why.place.end_column) - bool(why.style)
        return end, end, "."
    return None


def _at(node: Node, where: Address) -> bool:
    return (node.place.line + 1, node.place.column + 1) == (where.line, where.column)


def _maps(node: Node) -> Iterator[MapNode]:
    if isinstance(node, MapNode):
        yield node
    if not isinstance(node, Scalar):
        for part in node.items if isinstance(node, ListNode) else [value for _, value in node.pairs]:
            yield from _maps(part)


def _without(file: File, wanted: Callable[[Scalar], bool], node: Node) -> tuple[int, int, str] | None:
    """Give the stretch that takes one item out of a list of patterns somewhere under a node."""
    for holder in _lists(node):
        for number, item in enumerate(holder.items):
            if isinstance(item, Scalar) and wanted(item) and len(holder.items) > 1:
                return _in_flow(file, holder, number) if holder.flow else _in_block(file, item)
    return None


def _lists(node: Node) -> Iterator[ListNode]:
    """Give the lists under a node, of a rule's `at` only those of `text`."""
    if isinstance(node, ListNode):
        yield node
        for item in node.items:
            yield from _lists(item)
    elif isinstance(node, MapNode):
        for key, value in node.pairs:
            if key.value == "text":
                yield from _lists(value)


def _in_flow(file: File, holder: ListNode, number: int) -> tuple[int, int, str] | None:
    place = holder.items[number].place
    if number + 1 < len(holder.items):
        behind = holder.items[number + 1].place
        start, end = file.offset(place.line, place.column), file.offset(behind.line, behind.column)
    else:
        before = holder.items[number - 1].place
        start = file.offset(before.end_line, before.end_column)
        end = file.offset(place.end_line, place.end_column)
    gap = file.source.text[start:end]
    return None if "#" in gap else (start, end, "")


def _in_block(file: File, item: Scalar) -> tuple[int, int, str] | None:
    place = item.place
    lines = file.source.lines
    before, behind = lines[place.line][: place.column], lines[place.end_line][place.end_column :]
    if before.strip() != "-" or behind.strip() or place.end_line + 1 >= len(lines):
        return None
    return file.offset(place.line, 0), file.offset(place.end_line + 1, 0), ""
