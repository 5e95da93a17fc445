"""Rule files -> RuleSet: all files are read, all mistakes are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cleaner.rulefile.collection import no_collection
from cleaner.rulefile.digest import digest
from cleaner.rulefile.folders import find_named, shipped_folder
from cleaner.rulefile.messages import RuleErrors
from cleaner.rulefile.nodes import MapNode, Scalar, read_nodes
from cleaner.rulefile.packs import RuleFile, add_shared, read_pack
from cleaner.rulefile.readers import READERS
from cleaner.rulefile.scope import Lists
from cleaner.rulefile.source import WHOLE_FILE, Source, open_source
from cleaner.rulemodel import Pack, RuleSet


def load(paths: Sequence[str | Path]) -> RuleSet:
    """Read files and folders of rules. Raises RuleErrors with every mistake of every file."""
    files, failed = find_named(paths)
    return _join([*failed, *(_open(name, file) for name, file in files)])


def load_shipped() -> RuleSet:
    """Read the rules that come with the program."""
    return load([shipped_folder()])


def load_texts(texts: Iterable[tuple[str, str]]) -> RuleSet:
    """Read rule files that are given as pairs of a path and a text."""
    return _join([open_source(path, text.encode("utf-8", "surrogatepass")) for path, text in texts])


def _open(name: str, path: Path) -> Source:
    try:
        if not path.is_file():
            raise OSError("it is not a regular file")
        return open_source(name, path.read_bytes())
    except OSError as error:
        source = Source(name, "")
        source.report("E001", WHOLE_FILE, f"the file cannot be read: {error.strerror or error}")
        return source


def _join(sources: list[Source]) -> RuleSet:
    """Read all sources together."""
    with no_collection():
        return _rule_set(_read(sources))


def _read(sources: list[Source]) -> list[RuleFile]:
    """Read all sources; raise RuleErrors where there is any mistake."""
    files = [
        RuleFile(source, root)
        for source in sources
        if not source.errors and (root := read_nodes(source)) is not None
    ]
    shared = Lists()
    for file in files:
        if file.is_shared:
            shared = add_shared(file, shared, READERS)
    for file in files:
        if not file.is_shared:
            read_pack(file, shared, READERS)
    _check_packs(files)
    errors = [error for source in sources for error in source.errors]
    if errors:
        raise RuleErrors(errors)
    return files


def _check_packs(files: list[RuleFile]) -> None:
    """Report pack names that several files have; the first file in the order of paths keeps it."""
    first: dict[str, str] = {}
    for file in files:
        if file.pack is None:
            continue
        name = file.root.get("pack") if isinstance(file.root, MapNode) else None
        place = name.place if isinstance(name, Scalar) else WHOLE_FILE
        if file.pack.name in first:
            file.source.report(
                "E403", place, f"the pack '{file.pack.name}' is in {first[file.pack.name]} already"
            )
        first.setdefault(file.pack.name, file.source.path)


def _rule_set(files: list[RuleFile]) -> RuleSet:
    packs: list[Pack] = sorted((file.pack for file in files if file.pack), key=lambda pack: pack.name)
    rules = sorted((rule for pack in packs for rule in pack.rules), key=lambda rule: rule.id)
    return RuleSet(tuple(packs), tuple(rules), digest(files))
