"""The encoding of a page: who is believed, in which order, and what is recorded."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.charsets import codec_of, decode_page
from tests.cli.runs import Run

WORDS = "Die Fähre fährt über die Brücke zurück – „größer“ als zuvor."
META = '<html><head><meta charset="{}"></head><p>'
OLD = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>'


@pytest.mark.parametrize(
    ("head", "codec", "header", "decision"),
    [
        ("", "utf-8", None, "utf-8 (valid)"),
        (META.format("utf-8"), "utf-8", None, "utf-8 (meta)"),
        (META.format("iso-8859-1"), "cp1252", None, "windows-1252 (meta)"),
        (OLD.format("Windows-1252"), "cp1252", None, "windows-1252 (meta)"),
        (OLD.format("latin1"), "utf-8", None, "utf-8 (valid, though meta says cp1252)"),
        (META.format("koi8-r"), "cp1252", "windows-1252", "windows-1252 (header)"),
        (META.format("no-such-thing"), "utf-8", None, "utf-8 (valid)"),
        ("<!-- " + META.format("koi8-r") + " --><p>", "utf-8", None, "utf-8 (valid)"),
        ("<?xml version='1.0' encoding='cp1252'?><p>", "cp1252", None, "windows-1252 (xml declaration)"),
        (META.format("utf-16"), "utf-8", None, "utf-8 (meta)"),
        ("<html lang=de><p>" + "x " * 20, "cp1252", None, "windows-1252 (detected)"),
        ("<p>" + "x " * 20, "utf-16-le", None, "utf-16-le (every second byte is zero)"),
        ("<p>" + "x " * 20, "utf-16-be", None, "utf-16-be (every second byte is zero)"),
    ],
)
def test_who_is_believed(head: str, codec: str, header: str | None, decision: str) -> None:
    decoded = decode_page((head + WORDS).encode(codec), header)
    assert (decoded.text, str(decoded)) == (head + WORDS, decision)


@pytest.mark.parametrize(
    ("lang", "codec", "words"),
    [
        ("ru", "koi8-r", "Паром ушёл в воскресенье, и капитан сказал, что вернётся завтра утром."),
        ("uk", "cp1251", "Пором пішов у неділю, і капітан сказав, що повернеться завтра вранці."),
        ("pl", "cp1250", "Prom odpłynął w niedzielę, a kapitan powiedział, że wróci jutro rano."),
        ("el", "cp1253", "Το πλοίο έφυγε την Κυριακή και ο καπετάνιος είπε ότι θα επιστρέψει."),
        ("ja", "cp932", "フェリーは日曜日に出発し、船長は明日の朝に戻ると述べた。"),
        ("", "gb18030", "渡轮星期天离开了,船长说他明天早上回来。市长没有发表评论。"),
        ("", "cp1251", "Паром ушёл в воскресенье, и капитан сказал, что вернётся завтра утром."),
        ("", "cp1252", "Le préfet a déclaré que l’école rouvrirait à la rentrée, après les élections."),
        ("", "iso2022_jp", "フェリーは日曜日に出発し、船長は明日の朝に戻ると述べた。"),
    ],
)
def test_pages_that_do_not_say_it(lang: str, codec: str, words: str) -> None:
    page = f"<html lang='{lang}'><p>{words}"
    assert decode_page(page.encode(codec)).text == page


def test_a_mark_wins_and_a_page_that_was_cut_is_still_read() -> None:
    assert decode_page(codecs.BOM_UTF8 + "é".encode(), "koi8-r") == ("é", "utf-8", "mark")
    cut = decode_page((META.format("utf-8") + WORDS * 3).encode()[:-30] + b"\xc3")
    assert str(cut) == "utf-8 (meta; 1 bad bytes)"
    assert WORDS in cut.text


@pytest.mark.parametrize("label", ["rot13", "zlib", "unicode_escape", "idna", "utf-7", "\0", "x" * 999, ""])
def test_what_is_no_encoding_of_pages(label: str) -> None:
    assert codec_of(label) == ""


def test_what_is_no_page_is_named(clean: Run) -> None:
    ran = clean("-", "--from", "html", data=bytes(range(256)) * 20)
    assert (ran.code, ran.out) == (3, b"")
    assert "it is no page: there are control characters all over it" in ran.err


@given(st.binary(max_size=300), st.none() | st.text(max_size=10))
def test_no_bytes_raise(raw: bytes, header: str | None) -> None:
    assert isinstance(decode_page(raw, header).text, str)
