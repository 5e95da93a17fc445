"""Readers and what they give back: the very bytes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.readers import READERS, SUFFIXES, text
from cleaner.writers import WRITERS


@given(st.binary() | st.text(st.characters(exclude_categories=["Cs"])).map(str.encode))
def test_what_was_decoded_encodes_to_the_same_bytes(raw: bytes) -> None:
    for mark in (b"", *(mark for mark, _ in text.MARKS)):
        try:
            decoded, encoding = text.decode(mark + raw)
        except ValueError as error:
            assert "it is not UTF-8: byte 0x" in str(error)
        else:
            assert text.encode(decoded, encoding) == mark + raw


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
def test_marks_tell_the_encoding(mark: bytes, codec: str) -> None:
    assert text.decode(mark + "Fähre".encode(codec)) == ("Fähre", f"{codec}+mark")


def test_utf_16_that_begins_with_nul_is_not_taken_for_utf_32() -> None:
    assert text.decode(b"\xff\xfe\0\0a\0") == ("\0a", "utf-16-le+mark")


def test_every_reader_has_a_writer_and_suffixes() -> None:
    assert {reader.to for reader in READERS.values()} <= set(WRITERS)
    assert len(SUFFIXES) == sum(len(reader.suffixes) for reader in READERS.values())


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=30)
@given(raw=st.binary(max_size=200))
def test_no_bytes_make_a_reader_raise(kind: str, raw: bytes) -> None:
    record = READERS[kind].read(raw, "name")
    assert record.raw == raw
    assert record.error or record.document.text is not None
