"""A file of JSON lines, or a seed -> articles: what the speed benchmark cleans.

Without a file articles are made up: about 3 KB in 29 lines, a third of them short lines of furniture, curly quotes
in most. Their words are few, so figures on them flatter a cleaner that remembers lines; say which texts you used.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path


def _words(listed: str) -> list[str]:
    return listed.split()


WORDS = _words(
    "the a of and to in on for with that was is by at from as it he she they had has have not but after before over "
    "under between council river bridge harbour mayor school ferry market train winter summer budget court police "
    "hospital farmer teacher weather storm flood road traffic station island village town city county minister vote "
    "election report plan project money price water power energy forest field boat captain museum library theatre "
    "music festival match team season goal player coach league club health doctor nurse patient child parent family "
    "house garden street window morning evening week month year spokesman committee meeting question answer letter "
    "opened closed built sold bought said told asked wrote found lost kept moved began ended raised cut paid planned "
    "warned promised agreed refused large small old new early late cold warm quiet busy local public private second "
    "third last next several many few other same long short heavy light"
)
NAMES = _words(
    "Roe Marlow Oster Quill Hale Brandt Ilves Moreau Tamm Keller Aldmouth Brackford Norrby Esterly Vint"
)
FURNITURE = (
    "Advertisement",
    "Share this article",
    "Read more: {headline}",
    "Also read: {headline}",
    "By {name} {name}, Staff Writer",
    "Photo: {name} {name}",
    "{n} min read",
    "Sign up for our free daily newsletter",
    "Follow us on Facebook",
    "© 2024 The {name} Oar. All rights reserved.",
    "{headline}",
    "Topics: {name} / {name}",
)


def read(path: Path, most: int, seed: int = 0) -> list[str]:
    """Read the texts of a file of JSON lines (packed or not), shuffled, and give at most so many.

    A file with fewer articles gives what it has; lines without a `text` are passed over.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as rows:
        texts = [text for row in rows if row.strip() and isinstance(text := json.loads(row).get("text"), str)]
    random.Random(seed).shuffle(texts)
    return texts[:most]


def generated(count: int, seed: int = 0) -> list[str]:
    """Make up articles; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [_article(chance) for _ in range(count)]


def _article(chance: random.Random) -> str:
    lines = [_headline(chance), *(_furniture(chance) for _ in range(3))]
    for _ in range(chance.randrange(12, 20)):
        lines.append(" ".join(_sentence(chance) for _ in range(chance.randrange(1, 5))))
        if chance.random() < 0.25:
            lines.append(_furniture(chance))
    lines += [_furniture(chance) for _ in range(4)]
    return "\n".join(lines)


def _sentence(chance: random.Random) -> str:
    words = chance.choices(WORDS, k=chance.randrange(6, 18))
    words[chance.randrange(len(words))] = chance.choice(NAMES)
    said = " ".join(words).capitalize()
    return f"“{said},” said {chance.choice(NAMES)}." if chance.random() < 0.2 else f"{said}."


def _headline(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(4, 9))).capitalize()


def _furniture(chance: random.Random) -> str:
    form = chance.choice(FURNITURE)
    while "{name}" in form:
        form = form.replace("{name}", chance.choice(NAMES), 1)
    return form.replace("{headline}", _headline(chance)).replace("{n}", str(chance.randrange(2, 12)))


def batches(texts: Sequence[str], characters: int = 500_000) -> Iterator[list[str]]:
    """Cut a list of texts into batches of about so many characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def stretched(texts: Sequence[str], characters: int, joint: str) -> str:
    """Make one text of exactly so many characters; where the articles do not suffice they come again, numbered."""
    parts: list[str] = []
    size = turn = 0
    while size < characters:
        for text in texts:
            part = text.replace("\n", joint) + (f" {turn}" if turn else "")
            parts.append(part)
            size += len(part) + len(joint)
            if size >= characters:
                break
        turn += 1
    return joint.join(parts)[:characters]
