"""title and URL -> Title: whether a line is the headline again.

The headline is known from the record, the page, or the words of the URL; a site's name may follow it on
either side (`Headline - Site`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cached_property
from urllib.parse import unquote, urlsplit

from cleaner.folding import normal
from cleaner.shapes import ends_like_sentence

_SEPARATOR = re.compile(r" (?:\||-|::|»|·|›|//) ")
_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_LEAST_LETTERS = 16
_LEAST_SAID = 12
"""The same for a headline that the record or the page gives: it is no guess."""
_LEAST_FOREIGN = 6
_LEAST_SLUG_WORDS = 4
_LEAST_PART_WORDS = 3
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|amp|ece)$", re.IGNORECASE)
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe", "Æ": "Ae"}
)
"""How German and northern slugs spell what others write without its accent."""
_NUMBERS = re.compile(r"(?:^|[-_,])[a-z]{0,3}\d{3,}(?=[-_,]|$)")


_CLOSE = 0.6
_LEAST_CLOSE_WORDS = 5
_SHORT = 3
_NEAR_URL, _NEAR_LINE = 0.75, 0.5
"""A headline that says it otherwise has so many of the URL's long words, and the URL so many of its own."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[\w'\u2019]+")
_MOST_MORE_WORDS = 3


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in map(_key, _WORD.findall(text)) if word)


def _same_word(word: str, other: str) -> bool:
    """Tell whether two words are one, perhaps with the `s` that a slug drops or keeps."""
    return word == other or (len(word) > 3 and (word + "s" == other or word == other + "s"))


def _key(text: str) -> str:
    """Letters and digits alone, case-blind, without accents: equal for a headline and its slug."""
    if text.isascii():
        return text.lower().encode().translate(None, _OTHER).decode()
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return "".join(letter for letter in spread if letter.isalnum())


def _is_long(key: str, least: int) -> bool:
    """Tell whether a key has so many letters that it is no chance; other scripts need fewer."""
    return len(key) >= (least if key.isascii() else _LEAST_FOREIGN)


def _breaks_off(line: str) -> bool:
    """Tell whether the last word is a short one in small letters, as where a sentence goes on below."""
    last = line.rpartition(" ")[2]
    return len(last) <= _SHORT and last.islower()


def _parts(text: str) -> list[str]:
    """The text, and the text without its first or last part (a site's name)."""
    rows = [text]
    cuts = list(_SEPARATOR.finditer(text))
    if cuts:
        rows += [text[: cuts[-1].start()], text[: cuts[0].start()], text[cuts[0].end() :]]
    return [row for row in rows if row == text or len(row.split()) >= _LEAST_PART_WORDS or not row.isascii()]


class Title:
    """What is known of one document's headline."""

    def __init__(self, title: str | None, url: str | None) -> None:
        self._title, self._url = title, url

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all forms of the headline; empty where it is not known."""
        said = map(_key, _parts(normal(self._title))) if self._title else ()
        keys = {key for key in said if _is_long(key, _LEAST_SAID)}
        return frozenset(keys | ({self._slug} if _is_long(self._slug, _LEAST_LETTERS) else set()))

    @cached_property
    def _most(self) -> int:
        """No longer line is the headline: site names and a few more words are all that may be added."""
        return 2 * max(map(len, self.keys)) + 80

    @cached_property
    def _slug(self) -> str:
        return _key(self._piece) if len(self._slug_words) >= _LEAST_SLUG_WORDS else ""

    @cached_property
    def _piece(self) -> str:
        """The piece of the URL's path with the most words, without numbers and endings."""
        if not self._url:
            return ""
        try:
            pieces = unquote(urlsplit(self._url).path).split("/")
        except ValueError:
            return ""
        return max(
            (_NUMBERS.sub("", _ENDING.sub("", piece)) for piece in pieces),
            key=lambda piece: len(re.findall("[-_]", piece)),
        )

    def says(self, line: str) -> bool | None:
        """Tell whether a normal line is the headline; None where the headline is not known."""
        if not self.keys:
            return None
        spelt = line.translate(_SPELT) if not line.isascii() else line
        return self._says(line) or (spelt != line and self._says(spelt))

    def _says(self, line: str) -> bool:
        """Tell whether a line is the headline, in this spelling."""
        if len(line) > self._most:
            return False
        if any(_key(form) in self.keys for form in _parts(line)) or self._is_close(line):
            return True
        letters = _key(line)
        return (self._are_in(letters, self._slug_words, 1.0) and self._told_by_url(line)) or (
            self._are_in(letters, self._telling, _NEAR_URL) and self._is_near_url(line)
        )

    @staticmethod
    def _are_in(letters: str, words: Collection[str], share: float) -> bool:
        """Tell whether so many of some words, with or without their `s`, can be in a line, by its letters."""
        return sum((word.removesuffix("s") or word) in letters for word in words) >= share * len(words)

    @cached_property
    def _title_words(self) -> list[frozenset[str]]:
        forms = _parts(normal(self._title)) if self._title else []
        return [words for words in map(_words, forms) if len(words) >= _LEAST_CLOSE_WORDS]

    def _is_close(self, line: str) -> bool:
        """Tell whether a line that is no sentence shares most of its words with the headline."""
        if not self._title_words or ends_like_sentence(line):
            return False
        found = _words(line)
        return any(len(found & words) >= _CLOSE * len(found | words) for words in self._title_words)

    @cached_property
    def _slug_words(self) -> list[str]:
        return [word for word in (_key(part) for part in re.split(r"[-_]", self._piece)) if word]

    def _told_by_url(self, line: str) -> bool:
        """Tell whether the words of the URL stand in the line in order, with few long ones besides.

        Slugs leave out the short words, and now and then a long one.
        """
        wanted = self._slug_words
        found = [word for word in map(_key, _WORD.findall(line)) if word]
        if len(wanted) < _LEAST_SLUG_WORDS or not len(wanted) <= len(found) <= 3 * len(wanted):
            return False
        rest = iter(found)
        if not all(any(_same_word(word, one) for one in rest) for word in wanted):
            return False
        more = sum(len(word) > _SHORT for word in found) - sum(len(word) > _SHORT for word in wanted)
        return len(found) <= len(wanted) + _MOST_MORE_WORDS or (more <= _MOST_MORE_WORDS and line[-1] != ".")

    @cached_property
    def _telling(self) -> frozenset[str]:
        """The long words of the URL; empty where they are too few to tell anything."""
        found = frozenset(word for word in self._slug_words if len(word) > _SHORT and not word.isdigit())
        return found if len(found) >= _LEAST_SLUG_WORDS else frozenset()

    def _is_near_url(self, line: str) -> bool:
        """Tell whether a line that is no sentence shares most long words with the URL, in any order."""
        if not self._telling or ends_like_sentence(line) or _breaks_off(line):
            return False
        found = {word for word in map(_key, _WORD.findall(line)) if len(word) > _SHORT}
        said = sum(any(_same_word(word, one) for one in found) for word in self._telling)
        told = sum(any(_same_word(word, one) for one in self._telling) for word in found)
        return said >= max(_LEAST_SLUG_WORDS, _NEAR_URL * len(self._telling)) and told >= _NEAR_LINE * len(
            found
        )
