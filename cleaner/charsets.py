"""Bytes of a page -> str: the encoding that it is in, decided in a fixed order, and the reason for it.

Byte order mark, then what the header, the page itself or its XML declaration says, then UTF-8 where the bytes
are that, then a detector. Labels mean what they mean to browsers (https://encoding.spec.whatwg.org): a page
that calls itself `iso-8859-1` is in windows-1252.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the codec of what follows."""

_LABELS = {
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "koi8-ru": "koi8-u",
    "ks_c_5601-1987": "cp949",
    "unicode-1-1-utf-8": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-sjis": "cp932",
    "x-user-defined": "cp1252",
    "x-x-big5": "big5hkscs",
}
"""Labels that Python does not know."""

_LIKE_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # whoever could read the declaration was not reading UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""Codecs by the name that Python gives them, and what browsers take instead."""

_PAGES = re.compile(
    r"utf-8|cp125[0-8]|cp866|cp874|cp932|cp949|koi8-[rut]|mac-(?:roman|cyrillic)|gb18030|big5hkscs|euc_jp"
    r"|iso2022_jp|hz|iso8859-(?:[2-8]|1[03-6])"
)
"""The codecs that a page may be in; Python knows others, which are no encodings of text."""

_ESCAPES = frozenset({"iso2022_jp", "hz"})
"""Codecs that write everything in ASCII."""

_SHIFTS = b"\x1b$B"
"""How a stretch of Japanese begins in ISO-2022-JP."""

_OF_LANGUAGES = {
    "be bg mk ru sr": "cp1251 koi8_r iso8859_5",
    "uk": "cp1251 koi8_u iso8859_5",
    "bs cs hr hu pl ro sk sl": "cp1250 iso8859_2",
    "ca da de es fi fr gl is it nb nl nn no pt sv": "cp1252",
    "el": "cp1253",
    "az tr": "cp1254",
    "he": "cp1255",
    "ar fa ur": "cp1256",
    "et lt lv": "cp1257",
    "vi": "cp1258",
    "th": "cp874",
    "zh": "gb18030 big5hkscs",
    "ja": "cp932 euc_jp iso2022_jp",
    "ko": "cp949",
}
_BY_LANGUAGE = {code: set(of.split()) for codes, of in _OF_LANGUAGES.items() for code in codes.split()}
_MOST_COMMON = tuple(
    name
    for names in (
        "cp1252 cp1251 cp1250 gb18030 cp932 cp949 big5hkscs cp1254 cp1253 cp1256 cp1255 cp874 cp1257 koi8_r",
        "euc_jp iso2022_jp iso8859_2 koi8_u iso8859_5 cp1258",
    )
    for name in names.split()
)
"""What the detector may find; of two that fit as well, the first."""

_HEAD = 1 << 14
_SAMPLE = 1 << 15
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([^\"'>]+)")
_SPEECH = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_CODE = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)|<[^>]*>", re.DOTALL | re.IGNORECASE)
_FOREIGN = re.compile(rb"[^\x80-\xff\r\n]{0,40}[\x80-\xff][^\r\n]{0,200}")
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_CONTROLS = 0.05
_MOST_WRONG = 0.02
"""A larger share of characters that a codec cannot read means that it is not the right one."""


class Decoded(NamedTuple):
    """A page as text, the codec that read it, and why that one."""

    text: str
    codec: str
    why: str

    def __str__(self) -> str:
        """Give the decision as the ledger holds it: ``windows-1252 (meta)``."""
        return f"{self.codec.replace('cp125', 'windows-125')} ({self.why})"


def is_binary(text: str) -> bool:
    """Tell whether a page is none, but a picture or something packed: control characters all over its begin.

    >>> is_binary("GIF89a" + chr(1) * 3), is_binary("<p>" + chr(0) + "text " * 20)
    (True, False)
    """
    start = text[:4096]
    return len(_CONTROLS.findall(start)) > len(start) * _MOST_CONTROLS


def codec_of(label: str) -> str:
    """Find the codec that browsers take for a label; empty where there is none.

    >>> codec_of("ISO-8859-1"), codec_of("x-sjis"), codec_of("rot13")
    ('cp1252', 'cp932', '')
    """
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return ""
    name = _LIKE_BROWSERS.get(name, name)
    return name if _PAGES.fullmatch(name) else ""


def decode_page(raw: bytes, header: str | None = None) -> Decoded:
    """Decode a page; ``header`` is the charset that its server or container told. Never raises."""
    for mark, codec in MARKS:
        if raw.startswith(mark):
            return Decoded(raw[len(mark) :].decode(codec, "replace"), codec, "mark")
    if wide := _without_mark(raw):
        return Decoded(raw.decode(wide, "replace"), wide, "every second byte is zero")
    told = _told(raw, header)
    as_utf_8 = _strictly(raw, "utf-8")
    for codec, why in told:
        if as_utf_8 is None or codec in _ESCAPES:
            text = _strictly(raw, codec)
        elif codec == "utf-8" or raw.isascii():
            text = as_utf_8
        else:  # bytes beyond ASCII that are UTF-8 by chance are rarer than pages that call it something else
            return Decoded(as_utf_8, "utf-8", f"valid, though {why} says {codec}")
        if text is not None:
            return Decoded(text, codec, why)
    if _SHIFTS in raw and (text := _strictly(raw, "iso2022_jp")) is not None:
        return Decoded(text, "iso2022_jp", "its escapes")
    if as_utf_8 is not None:
        return Decoded(as_utf_8, "utf-8", "valid")
    return _nearly(raw, told) or _detected(raw)


def _without_mark(raw: bytes) -> str:
    """Tell UTF-16 by the zeros that every second byte is in mark-up."""
    start = raw[:1024]
    even, odd, most = start[::2].count(0), start[1::2].count(0), len(start) * 0.35
    if len(start) < 16 or max(even, odd) < most or min(even, odd) > most / 7:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _told(raw: bytes, header: str | None) -> list[tuple[str, str]]:
    """Give what is said of the encoding, the most trusted first: pairs of a codec and who says so."""
    head = _COMMENT.sub(b"", raw[:_HEAD])
    said = [(header, "header")] if header else []
    for why, form in (("meta", _META), ("xml declaration", _XML)):
        if found := form.search(head):
            said.append((found[1].decode("ascii", "replace"), why))
    return [(codec, why) for label, why in said if (codec := codec_of(label))]


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _nearly(raw: bytes, told: list[tuple[str, str]]) -> Decoded | None:
    """Decode as the page says although some bytes are wrong: it was cut, or put together of several."""
    for codec, why in told:
        text = raw.decode(codec, "replace")
        wrong = text.count("\ufffd")
        if wrong <= max(3, sum(map(len, _BEYOND.findall(text))) * _MOST_WRONG):
            return Decoded(text, codec, f"{why}; {wrong} bad bytes")
    return None


def _detected(raw: bytes) -> Decoded:
    """Ask the detector, first for the encodings of the page's language."""
    from charset_normalizer import from_bytes  # only pages that say nothing, or lie, need it

    words = b"\n".join(_FOREIGN.findall(_CODE.sub(b"\n", raw[: _SAMPLE * 16])))[:_SAMPLE] or raw[:_SAMPLE]
    speech = _SPEECH.search(raw[:_HEAD])
    likely = _BY_LANGUAGE.get(speech[1].decode("ascii").lower(), set()) if speech else set()
    for wanted in (likely, set(_MOST_COMMON)):
        found = from_bytes(words, cp_isolation=sorted(wanted)) if wanted else ()
        good = [match for match in found if match.percent_chaos <= min(m.percent_chaos for m in found) + 1]
        if good:
            sense = max(match.percent_coherence for match in good)
            names = {
                name
                for match in good
                if match.percent_coherence >= sense - 1
                for name in match.could_be_from_charset
            }
            codec = next(name for name in _MOST_COMMON if name in names)
            return Decoded(raw.decode(codec, "replace"), codec, "detected")
    return Decoded(raw.decode("cp1252", "replace"), "cp1252", "guessed")
