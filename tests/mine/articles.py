"""Numbers -> a corpus: articles of two invented papers, each with what its pages add."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.model import Document

HOST = "aldmouthoar.com"
NAMES = ("Jo Doe", "Ann Roe", "Tom Poe", "Eve Moe", "Max Coe", "Ida Foe")
_PLACES = (
    "harbour",
    "mill",
    "school",
    "bridge",
    "market",
    "library",
    "station",
    "quarry",
    "orchard",
    "ferry",
)
_DEEDS = ("was painted green", "stood empty", "burned to the ground", "was sold for a song", "sank a little")


def paragraph(number: int, at: int) -> str:
    """Give a sentence that no other article has."""
    place, deed = _PLACES[(number + at) % len(_PLACES)], _DEEDS[(number * 3 + at) % len(_DEEDS)]
    return (
        f"The old {place} {deed} in the year {1500 + number * 7 + at}, and the {number + 3} families who"
        f" lived beside it moved {at + 2} miles up the river with all that they had."
    )


def article(number: int) -> Document:
    """Give one article of the paper."""
    name = NAMES[number % len(NAMES)]
    handle = name.lower().replace(" ", "")
    lines = [
        paragraph(number, 0),
        "Advertisement",
        paragraph(number, 1),
        ("What happened next?" if number % 2 else paragraph(number, 2)),
        paragraph(number, 3) + (" Follow him on Twitter at @jodoe." if number % 3 == 0 else ""),
        "TOM POE:" if number % 2 else "ANN ROE:",
        paragraph(number, 4),
        f"Correction: an earlier version of this article named the wrong {_PLACES[number % 10]}.",
        f"Follow {name} on Twitter @{handle}",
        "Sign up for our weekly newsletter and never miss a tide.",
        "It is what it is, and the river does not care for any of us.",
        f"Copyright © {2018 + number % 3} The Aldmouth Oar. All rights reserved.",
    ]
    return Document("\n\n".join(lines), id=f"oar:{number}", url=f"https://www.{HOST}/news/{number}")


def corpus(size: int = 18) -> Iterator[Document]:
    """Give the articles of the paper, one of them twice, and some of a paper with nothing that recurs."""
    for number in range(size):
        yield article(number)
    again = article(1)
    yield Document(again.text, id="oar:again", url=f"https://{HOST}/again")
    for number in range(40, 44):
        yield Document("\n".join(paragraph(number, at) for at in range(5)), url="https://quiet.example/a")
