"""Headlines: what a line must say to be the one that the page's title or address names."""

from __future__ import annotations

import pytest

from cleaner.titles import Title


def _says(line: str, *, title: str | None = None, url: str | None = None) -> bool | None:
    return Title(title, url).says(line)


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("bruessel-will-groessere-schiffe-im-hafen", "Brüssel will größere Schiffe im Hafen"),
        ("aelteste-bruecke-wird-abgerissen", "Älteste Brücke wird abgerissen"),
        ("oereund-aabner-ny-faerge-til-soeen", "Øreund åbner ny færge til søen"),
        ("brussel-will-grossere-schiffe-im-hafen", "Brüssel will größere Schiffe im Hafen"),
    ],
)
def test_an_address_may_spell_letters_out(slug: str, line: str) -> None:
    assert _says(line, url=f"https://oar.example/news/{slug}-10482.html") is True
    assert _says("Ein Schiff liegt seit Montag im Nebel", url=f"https://oar.example/{slug}") is False


def test_a_sentence_with_the_words_of_the_address_stays() -> None:
    url = "https://oar.example/bruecke-wird-bald-abgerissen"
    line = (
        "Die alte Brücke wird bald abgerissen, sagte der Bürgermeister, und die neue kostet acht Millionen."
    )
    assert _says(line, url=url) is False


def test_nothing_is_known_without_a_title_or_words_in_the_address() -> None:
    assert _says("Älteste Brücke wird abgerissen") is None
    assert _says("Älteste Brücke wird abgerissen", url="https://oar.example/p/10482") is None
