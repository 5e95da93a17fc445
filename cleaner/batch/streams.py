"""Input of any kind -> a stream of lines of JSON, and back: how files that are no lines go through a batch.

Whatever a file is, the parent process gives its documents to the others as lines and puts what comes back
into the form of the output.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from cleaner.batch.inputs import Input
from cleaner.columns import Columns, choose
from cleaner.jsonline import parse
from cleaner.packing import Packer, Stream, Unpacked, packer, packing, unpacked
from cleaner.readers import READERS
from cleaner.writers import WRITERS
from cleaner.writers.files import WholeFile
from cleaner.writers.rows import Encoder

_LONGEST_LINE = 1 << 20


class Way(Protocol):
    """Where the documents of an input go (`names.Route` is one)."""

    @property
    def input(self) -> Input:
        """What is read."""

    @property
    def to(self) -> str:
        """The writer."""

    @property
    def target(self) -> str:
        """The name of the output."""

    @property
    def columns(self) -> Columns:
        """The columns that were chosen."""

    @property
    def in_place(self) -> bool:
        """The output is the input with other texts."""


class Readable(Protocol):
    """A stream of lines that may end with a trouble."""

    @property
    def trouble(self) -> str:
        """Say why there is less than there should be; empty: nothing is wrong."""

    def read1(self, size: int, /) -> bytes:
        """Give some bytes; none at the end."""


class Lines:
    """The documents of a file as a stream of lines."""

    def __init__(self, lines: Iterator[bytes], source: object) -> None:
        """Take the lines, and what they are read from."""
        self._lines = lines
        self._source = source
        self._trouble = ""
        self.left = 0
        """Documents of a sort that nobody cleans."""

    @property
    def trouble(self) -> str:
        """Say why there is less than there should be; empty: nothing is wrong."""
        return self._trouble or getattr(self._source, "trouble", "")

    def read1(self, size: int, /) -> bytes:
        """Give some lines, about ``size`` bytes; none at the end."""
        parts: list[bytes] = []
        try:
            while size > 0:
                line = next(self._lines, None)
                if line is None:
                    break
                self.left += not line
                parts.append(line)
                size -= len(line)
        except ValueError as error:
            self._trouble, self._lines = str(error), iter(())
        return b"".join(parts)


@contextlib.contextmanager
def opened(item: Input) -> Iterator[tuple[BinaryIO, Stream]]:
    """Open a file, and what it holds when it is unpacked."""
    with open(item.path, "rb") as file:
        yield file, unpacked(file, item.packing) if item.packing else file


@contextlib.contextmanager
def lines_of(item: Input, columns: Columns) -> Iterator[Readable]:
    """Open the documents of a file as a stream of lines with a `read1`."""
    reader = READERS[item.kind]
    with opened(item) as (file, stream):
        if not reader.module:
            assert isinstance(stream, Unpacked)
            yield stream
        elif reader.seeks:
            yield Lines(reader.container.lines(file, columns), stream)
        else:
            yield Lines(reader.container.lines(stream, columns), stream)


def lines(item: Input, columns: Columns, *, strict: bool = False) -> Iterator[tuple[int, bytes, bytes]]:
    """Give the number of each line of a file, whatever its form, the line and its line feed.

    ``strict``: an OSError at the end says why there is less than there should be.
    """
    if not READERS[item.kind].module and not item.packing:
        with open(item.path, "rb") as file:
            yield from ((number, *_parted(line)) for number, line in enumerate(file, 1))
        return
    number, held = 0, b""
    with lines_of(item, columns) as stream:
        while data := stream.read1(_LONGEST_LINE):
            *whole, held = (held + data).split(b"\n")
            for line in whole:
                number += 1
                yield number, line, b"\n"
        trouble = stream.trouble
    if held:
        yield number + 1, held, b""
    if trouble and strict:
        raise OSError(0, trouble)


def _parted(line: bytes) -> tuple[bytes, bytes]:
    raw = line.removesuffix(b"\n")
    return raw, line[len(raw) :]


def look(item: Input, wanted: Columns) -> Columns:
    """Choose the columns of a file by its begin; a ValueError says what is wrong."""
    reader = READERS[item.kind]
    with opened(item) as (file, stream):
        if reader.module:
            names = reader.container.names(file if reader.seeks else stream)
            return choose(names, wanted) if names else wanted
        first = parse(stream.read(_LONGEST_LINE).split(b"\n")[0])
        return choose(first, wanted) if isinstance(first, dict) else wanted


class _Chain:
    """One encoder behind another."""

    def __init__(self, first: Encoder | None, second: Packer | None, source: BinaryIO | None) -> None:
        self._first = first
        self._second = second
        self._source = source

    def write(self, data: bytes) -> bytes:
        """Take lines."""
        if self._first:
            data = self._first.write(data)
        return self._second.write(data) if self._second else data

    def close(self) -> bytes:
        """Give the rest."""
        rest = self._first.close() if self._first else b""
        if self._second:
            rest = self._second.write(rest) + self._second.close()
        if self._source:
            self._source.close()
        return rest


def encoder(way: Way) -> Callable[[], Encoder] | None:
    """Give what makes the encoder of an output; None: the lines stand in it as they are."""
    writer, kind = WRITERS[way.to], packing(way.target)
    if not writer.lines or not (writer.module or kind):
        return None
    return lambda: _begin(way, kind)


def _begin(way: Way, kind: str) -> Encoder:
    writer, item = WRITERS[way.to], way.input
    source = None
    first = None
    if writer.module and way.in_place:
        source = open(item.path, "rb")  # noqa: SIM115 (the chain closes it)
        plain = unpacked(source, item.packing) if item.packing else source
        first = writer.merged(plain, way.columns)
    elif writer.module:
        first = writer.new()
    return _Chain(first, packer(kind) if kind else None, source)


class EncodedFile(WholeFile):
    """A file in the making that takes lines and holds what they become."""

    def __init__(self, path: str | os.PathLike[str], encoder: Encoder, *, new: bool = False) -> None:
        """Open the file; an OSError says why it cannot be made. ``new``: it may take nobody's place."""
        super().__init__(path, new=new)
        self._encoder = encoder

    def write(self, data: bytes) -> None:
        """Add whole lines."""
        super().write(self._encoder.write(data))

    def seal(self) -> None:
        """Write the end and force everything to the disk."""
        super().write(self._encoder.close())
        super().seal()
