"""Texts for the engine's properties: the clean corpus, the rules' own hits, and whatever a scraper leaves."""

from __future__ import annotations

import functools
from pathlib import Path

from hypothesis import strategies as st

from cleaner import rulefile
from cleaner.pipeline import Cleaner
from cleaner.rulemodel import RuleSet

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "fixtures" / "clean"


@functools.cache
def shipped() -> RuleSet:
    """Read the shipped rules once."""
    return rulefile.load_shipped()


@functools.cache
def cleaner() -> Cleaner:
    """Make one cleaner with the shipped rules."""
    return Cleaner(shipped())


def paragraphs(lang: str) -> list[str]:
    """Give the paragraphs of the clean corpus in one language."""
    text = (CORPUS / f"{lang}.txt").read_text("utf-8")
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]


@functools.cache
def body_lines() -> list[str]:
    """Give body lines in English, German, Russian, Hindi and Japanese."""
    return [line for lang in ("en", "de", "ru", "hi", "ja") for line in paragraphs(lang)]


@functools.cache
def junk_lines() -> list[str]:
    """Give what the rules' examples say must go: one text for every fifth rule."""
    hits = [
        example.before
        for rule in shipped().rules
        for example in rule.examples[:1]
        if example.kind in ("hit", "show") and rule.action == "drop"
    ]
    return hits[::5]


BREAKS = st.sampled_from(["\n", "\n\n", "\n", "\n\n\n\n", "\r\n", "\n \t\n", "\u2028", " \n"])
ODD = st.text(
    alphabet="aB9 .?!\t\n\r-—|•*<>&;#@(){}\u00a0\u200b\ufffd\ud83d\ude00é日本عहि\x00\x1b", max_size=60
)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Draw a text as scrapers make them: body, boilerplate and damage in any order."""
    pieces = draw(
        st.lists(
            st.one_of(st.sampled_from(body_lines()), st.sampled_from(junk_lines()), ODD),
            min_size=0,
            max_size=14,
        )
    )
    return "".join(piece + draw(BREAKS) for piece in pieces)
