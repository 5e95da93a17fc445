"""Input* -> Plan: the name of every output, checked before the first is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.batch.inputs import STDIN, Found, Input
from cleaner.batch.streams import encoder, lines, look
from cleaner.batch.targets import check_targets, file_name
from cleaner.columns import ANY, Ambiguous, Columns
from cleaner.errors import UsageError
from cleaner.jsonline import parse
from cleaner.packing import bare_name, packing
from cleaner.readers import READERS
from cleaner.shown import shown
from cleaner.writers import WRITERS

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Route:
    """An input and where its documents go."""

    input: Input
    to: str
    target: str
    """Relative to the plan's root, with `/`; `-` is standard output. Where one file of JSON lines becomes
    many files of text, the folder that they stand in (empty: the root)."""
    columns: Columns = ANY
    """Where the rows of the input keep what; of JSON lines, what a person said of it."""

    @property
    def many(self) -> bool:
        """The input may hold many documents."""
        return READERS[self.input.kind].many

    @property
    def in_place(self) -> bool:
        """The output is the input with other texts."""
        return self.many and self.input.kind == self.to

    @property
    def id_key(self) -> str:
        """The key that holds the id of a document in the lines of the input."""
        return "id" if READERS[self.input.kind].module else self.columns.id or "id"

    @property
    def streamed(self) -> bool:
        """Nobody can read a part of the input by itself."""
        return self.many and bool(READERS[self.input.kind].module or self.input.packing)

    @property
    def fans_out(self) -> bool:
        """Every document of the input gets a file of its own."""
        return self.many and self.to == "text"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will read and write."""

    routes: tuple[Route, ...]
    root: Path | None
    """The folder that all outputs stand in; None: standard output."""
    left: int
    unread: tuple[tuple[str, str], ...]
    gathers: bool = False
    """All documents of all inputs go to one file."""
    given: tuple[str, ...] = ()
    """The paths of the call."""
    noted: bool = False
    """What is done will be noted in the folder of the outputs, so that another run need not do it again."""

    def at_once(self, route: Route) -> bool:
        """Tell whether what becomes of an input can only be made in one go, and kept or not as a whole."""
        alone = WRITERS[route.to].lines and not route.many and not self.gathers
        return route.streamed or encoder(route) is not None or alone


def plan(
    found: Found, out: str | None, to: str | None, ledger: str | None = None, wanted: Columns = ANY
) -> Plan:
    """Decide where everything goes; a UsageError names what cannot be."""
    gather = bool(to) and WRITERS[to or ""].lines and not any(READERS[i.kind].many for i in found.inputs)
    fans_out = to == "text" and any(READERS[item.kind].many for item in found.inputs)
    root, single = _root(found, out, to if gather else "", fans_out)
    unread: list[tuple[str, str]] = []
    routes = tuple(_routes(found, (to, single), wanted, unread))
    if root is not None:
        for folder in found.folders:
            _keep_apart(folder, root / single, is_folder=not single)
        check_targets([(single, single, False)] if gather else _targets(routes))
        _spare_inputs(routes, root)
    if gather:
        _check_ids(routes)
    if ledger is not None:
        _place_ledger(ledger, found, [root / route.target for route in routes] if root else [])
    noted = _is_noted(found, out, root) and not (gather and routes and encoder(routes[0]))
    return Plan(routes, root, found.left, (*found.unread, *unread), gather, found.given, noted)


def _routes(
    found: Found, way: tuple[str | None, str], wanted: Columns, unread: list[tuple[str, str]]
) -> Iterator[Route]:
    """Give the route of every input; of one in a folder that has no articles, say so in ``unread``."""
    for item in found.inputs:
        route = _route(item, *way)
        if make := encoder(replace(route, input=replace(item, kind="text"))):
            make()  # a library that is missing shows before anything is written
        if item.path == STDIN:
            yield replace(route, columns=wanted)
            continue
        try:
            columns = look(item, wanted) if route.many else wanted
        except Ambiguous as error:
            raise UsageError(f"{shown(item.path)}: {error}") from None
        except (ValueError, OSError) as error:
            if not READERS[item.kind].module:
                columns = wanted  # each line says for itself what is wrong with it
            elif item.path in found.given or item.name == STDIN:
                raise UsageError(f"{shown(item.name)}: {error}") from None
            else:
                unread.append((item.name, str(error)))
                continue
        yield replace(route, columns=columns)


def _is_noted(found: Found, out: str | None, root: Path | None) -> bool:
    """Tell whether a run is worth notes: it writes to a folder, and more than one document may come."""
    into_folder = root is not None and out is not None and root == Path(out)
    return into_folder and (len(found.inputs) != 1 or READERS[found.inputs[0].kind].many)


def _root(found: Found, out: str | None, gather: str | None, fans_out: bool) -> tuple[Path | None, str]:
    """Give the folder of the outputs and, where there is only one output, its name.

    ``gather``: the writer of the one file that everything goes to, if there is one.
    """
    many = bool(found.folders) or len(found.inputs) > 1
    if out is None or out == STDOUT:
        if many and not (gather and out == STDOUT):
            what = f"{shown(found.folders[0])} is a folder" if found.folders else "there are several inputs"
            raise UsageError(f"{what}; add -o OUT to say where the cleaned files go")
        if fans_out:
            raise UsageError("every article becomes a text file; add -o OUT, a folder for them")
        return None, STDOUT
    one = bool(gather) or not (many or fans_out)
    if one and not os.path.isdir(out) and not out.endswith(os.sep):
        return Path(os.path.dirname(out)), os.path.basename(out)
    if os.path.exists(out) and not os.path.isdir(out):
        raise UsageError(f"{shown(out)} is a file, but several outputs need a folder")
    return Path(out), f"articles{WRITERS[gather].suffix}" if gather else ""


def _route(item: Input, to: str | None, single: str) -> Route:
    to = to or READERS[item.kind].to
    fans_out = READERS[item.kind].many and to == "text"
    if single and packing(single) and not WRITERS[to].lines:
        suffix = os.path.splitext(single)[1]
        raise UsageError(f"{shown(single)}: a text is written as it is; choose a name without {suffix}")
    if single or fans_out:
        return Route(item, to, single)
    name = f"stdin{READERS[item.kind].suffixes[0]}" if item.name == STDIN else item.name
    if item.kind != to:
        name = os.path.splitext(bare_name(name))[0] + WRITERS[to].suffix
    return Route(item, to, name if WRITERS[to].lines else bare_name(name))


def _keep_apart(folder: str, out: Path, *, is_folder: bool) -> None:
    inside, outside = os.path.realpath(out), os.path.realpath(folder)
    if os.path.commonpath([inside, outside]) == outside:
        raise UsageError(
            f"the output {shown(str(out))} lies in the input {shown(folder)}; "
            "choose one outside, or a second run would clean the first one's output"
        )
    if is_folder and os.path.commonpath([inside, outside]) == inside:
        raise UsageError(f"the input {shown(folder)} lies in the output {shown(str(out))}; choose another -o")


def _spare_inputs(routes: tuple[Route, ...], root: Path) -> None:
    for route in routes:
        path = root / route.target
        # A file of a folder cannot be met here: input and output folders lie apart.
        if os.path.basename(route.input.path) != route.input.name or not path.is_file():
            continue
        if route.input.path != STDIN and path.samefile(route.input.path):
            raise UsageError(
                f"{shown(route.input.path)} would be overwritten by its output; choose another -o"
            )


def _place_ledger(ledger: str, found: Found, outputs: list[Path]) -> None:
    """Refuse a ledger that would be read as an article or be written over."""
    path = os.path.realpath(ledger)
    for folder in map(os.path.realpath, found.folders):
        if os.path.commonpath([path, folder]) == folder:
            raise UsageError(f"the ledger {shown(ledger)} lies in the input {shown(folder)}; move it outside")
    name = os.path.basename(path)
    for other in (*(item.path for item in found.inputs), *map(str, outputs)):
        if os.path.basename(other) == name and os.path.realpath(other) == path:
            raise UsageError(f"the ledger {shown(ledger)} is an input or an output too; rename it")


def _check_ids(routes: tuple[Route, ...]) -> None:
    """Refuse two inputs of one name: the names become the ids of the lines."""
    seen: dict[str, str] = {}
    for item in (route.input for route in routes):
        other = seen.setdefault(item.name, item.path)
        if other != item.path:
            both = f"{shown(other)} and {shown(item.path)}"
            raise UsageError(f"{both} would have the same id; clean them in two runs")


def _targets(routes: tuple[Route, ...]) -> Iterator[tuple[str, str, bool]]:
    for route in routes:
        if route.fans_out:
            yield from _named_by_id(route)
        else:
            yield route.target, route.input.path, False


def _named_by_id(route: Route) -> Iterator[tuple[str, str, bool]]:
    if route.input.path == STDIN:
        raise UsageError("JSON lines on standard input cannot become text files; save them to a file first")
    for number, raw, _ in lines(route.input, route.columns):
        try:
            row = parse(raw)
        except ValueError:
            continue  # named when its turn comes
        name = row.get(route.id_key) if isinstance(row, dict) and "error" not in row else ""
        where = f"{route.input.path}:{number}"
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise UsageError(
                f"{shown(where)} has no `id` to name its text by; add one to every line, or say --id-column"
            )
        if name != "":
            yield file_name(str(name)), where, True
