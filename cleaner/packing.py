"""Packed bytes <-> bytes: gzip and zstd as streams, with limits; what is damaged ends nothing but itself."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from cleaner.errors import UsageError

PACKINGS: dict[str, str] = {".gz": "gzip", ".zst": "zstd"}
"""The last suffix of packed files, and what they are packed with."""

_CHUNK = 1 << 18
_GZIP_WINDOW = 31
_WINDOW = 1 << 27
_SAFE = 100 << 20
_MOST = 250
"""So many times its own size a file may hold, once that is more than 100 MB: text does not pack better."""


class Stream(Protocol):
    """What can be read from its begin to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Give so many bytes, or all that are left."""


class Packer(Protocol):
    """Takes bytes, gives packed ones."""

    def write(self, data: bytes) -> bytes:
        """Pack more; the answer may be empty."""

    def close(self) -> bytes:
        """Give the rest."""


def packing(name: str) -> str:
    """Tell what a file is packed with, by its name; empty: nothing.

    >>> packing("a.jsonl.gz"), packing("a.jsonl")
    ('gzip', '')
    """
    return next((kind for suffix, kind in PACKINGS.items() if name.lower().endswith(suffix)), "")


def bare_name(name: str) -> str:
    """Take the suffix of the packing from a name."""
    return next((name[: -len(end)] for end in PACKINGS if name.lower().endswith(end)), name)


def unpacked(file: Stream, kind: str) -> Unpacked:
    """Open the stream that a packed file holds; a UsageError says what is missing to read it."""
    if kind == "gzip":
        return Unpacked(file, _Members(lambda: zlib.decompressobj(_GZIP_WINDOW), b"\x1f\x8b\x08", 1 << 14))
    module = _zstd()
    return Unpacked(
        file,
        _Members(
            lambda: module.ZstdDecompressor(max_window_size=_WINDOW).decompressobj(),
            b"\x28\xb5\x2f\xfd",
            1 << 10,
        ),
    )


def unpack(data: bytes, kind: str) -> bytes:
    """Unpack a small file; an OSError says why it cannot be."""
    stream = unpacked(Joined(data, None), kind)
    whole = stream.read()
    if stream.trouble:
        raise OSError(0, stream.trouble)
    return whole


def packer(kind: str) -> Packer:
    """Begin a packed stream; the same bytes give the same bytes, in whatever pieces they come."""
    return _Gzip() if kind == "gzip" else _Zstd(_zstd())


class Unpacked:
    """A stream to read from; what is damaged is left out, and `trouble` says so."""

    def __init__(self, file: Stream, members: _Members) -> None:
        self._file = file
        self._members = members
        self._parts = members.feed(b"")
        self._held = b""
        self._taken = self._given = 0
        self.trouble = ""

    def read1(self, size: int, /) -> bytes:
        """Give some bytes; none at the end."""
        return self.read(size)

    def read(self, size: int = -1, /) -> bytes:
        """Give ``size`` bytes, or all that are left."""
        parts, missing = [self._held], size - len(self._held)
        while size < 0 or missing > 0:
            part = self._next()
            if part is None:
                break
            parts.append(part)
            missing -= len(part)
        data = b"".join(parts)
        if size < 0:
            size = len(data)
        self._held = data[size:]
        return data[:size]

    def _next(self) -> bytes | None:
        part = next(self._parts, None)
        while part is None:
            data = self._file.read(_CHUNK)
            if not data:
                self.trouble = self.trouble or self._members.end()
                return None
            self._taken += len(data)
            self._parts = self._members.feed(data)
            part = next(self._parts, None)
        self.trouble = self.trouble or self._members.trouble
        self._given += len(part)
        if self._given > _SAFE and self._given > _MOST * self._taken:
            self.trouble = f"it unpacks to more than {_MOST} times its size, so the rest was not read"
            self._parts, self._file = iter(()), Joined(b"", None)
        return part


class Joined:
    """Bytes that were read already, and the file that they were read from."""

    def __init__(self, head: bytes, file: Stream | None) -> None:
        self._head = head
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """Give what was read before, then the rest."""
        data = self._head if size < 0 else self._head[:size]
        self._head = self._head[len(data) :]
        if self._file is None or (data and size >= 0):
            return data
        return data + self._file.read(size)


class _Members:
    """The parts of a packed file, one behind the other, each whole in itself."""

    def __init__(self, make: Callable[[], Any], magic: bytes, step: int) -> None:
        self._make = make
        self._magic = magic
        self._step = step
        """So few bytes are unpacked at once, because even they may unpack to many."""
        self._member: Any = None
        self._before = b""
        self._last = b""
        self.trouble = ""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Unpack more."""
        while data:
            if self._member is None:
                data = self._before + data
                at = data.find(self._magic)
                if at < 0:
                    self._before = data[1 - len(self._magic) :]
                    return
                data, self._before = data[at:], b""
                self._member = self._make()
            out, data = self._unpack(data)
            if out:
                self._last = out[-1:]
                yield out

    def _unpack(self, data: bytes) -> tuple[bytes, bytes]:
        member = self._member
        try:
            out = member.decompress(data[: self._step])
        except Exception as error:  # each packing has a kind of its own
            self.trouble = f"a part of it is damaged and was left out ({error})"
            self._member = None
            return b"" if self._last in (b"", b"\n") else b"\n", data[1:]
        if not member.eof:
            return out, data[self._step :]
        self._member = None
        return out, member.unused_data + data[self._step :]

    def end(self) -> str:
        """Say what is wrong with the file when there is no more of it; empty: nothing."""
        if self._member is not None:
            return self.trouble or "it ends too early; what was there was taken"
        return self.trouble or ("" if self._last or not self._before else "it is not packed as its name says")


class _Gzip:
    def __init__(self) -> None:
        self._stream = zlib.compressobj(6, zlib.DEFLATED, _GZIP_WINDOW)

    def write(self, data: bytes) -> bytes:
        """Pack more."""
        return self._stream.compress(data)

    def close(self) -> bytes:
        """Give the rest."""
        return self._stream.flush()


def _zstd() -> Any:
    try:
        import zstandard
    except ImportError:
        raise UsageError("to read and write .zst, install it: pip install 'news-cleaner[zstd]'") from None
    return zstandard


class _Zstd:
    def __init__(self, module: Any) -> None:
        self._stream = module.ZstdCompressor(level=3, write_checksum=True).compressobj()

    def write(self, data: bytes) -> bytes:
        """Pack more."""
        packed: bytes = self._stream.compress(data)
        return packed

    def close(self) -> bytes:
        """Give the rest."""
        rest: bytes = self._stream.flush()
        return rest
