"""Slots: the built-in `<...>` of patterns, each one regular expression over normal text.

Every expression is bounded and possessive, so a pattern stays linear in the line whatever the text.
Dates are masked before (`dates.mask`). An *elastic* slot is taken as short as what follows it allows; the others take all they can.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.dates import FILLER, MARK


@dataclass(frozen=True, slots=True)
class Slot:
    """A named piece of text: its expression, whether it is elastic, and one line that says what it is."""

    name: str
    source: str
    about: str
    elastic: bool = False
    most: int = 600
    """No longer text fits it."""
    blanks: int = 300
    """No text with more blanks fits it."""
    cased: bool = False
    """It asks for capitals."""
    mark: str = ""
    """A character that every such text holds, if it is a rare one."""
    digits: bool = False
    """Every such text holds a digit of some script."""
    number: bool = False
    """Every such text begins with a digit and ends as `parts.numeric_ends` says."""


_TIME = (
    r"(?>(?:오전|오후|上午|下午|午前|午後) ?)?+(?>"
    r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?+(?: ?(?:[apAP]\.?[mM]\b\.?|Uhr|[hH]rs?\b|h\b|น\.))?+"
    r"|\d{1,2} ?(?:[apAP]\.?[mM]\b\.?|Uhr|h\b)"
    r"|\d{1,2} ?[時时시] ?(?:\d{1,2} ?[分분])?+"
    r")(?: ?\(?(?:[A-Z]{2,5}|GMT[+-]?\d{0,2})\b\)?)?+"
)
_CAPITAL = r"(?:\p{Lu}[\p{L}\p{M}'.-]{0,30}+|\p{Lo}(?:[\p{Lo}\p{M}'·-]|\.(?=\S)){0,30}+)"
_PARTICLE = (
    r"(?:(?:de|da|do|dos|das|del|della|di|du|der|den|van|von|vom|zu|zur|ten|ter|bin|ibn|bint|al|el|la|le|los|"
    r"abu|y|e|af|av|op|'t|ul|i) )"
)

SLOTS: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        Slot(
            "num",
            r"\d{1,20}+(?:[.,' ]\d{1,20}+){0,6}+(?:[KkMm](?!\p{L}))?+",
            "a number: 12, 1,204, 3.5K",
            most=180,
            blanks=6,
            digits=True,
            number=True,
        ),
        Slot(
            "year",
            r"(?:19|20|١٩|٢٠|१९|२०)\d{2}(?!\d)",
            "a year: 1999, 2024",
            most=4,
            blanks=0,
            digits=True,
            number=True,
        ),
        Slot(
            "date",
            f"{MARK}{FILLER}*+",
            "a date in any language of the packs: Oct. 18, 2023; 18.10.2023; 18 octobre 2023",
            most=90,
            blanks=12,
            digits=True,
        ),
        Slot(
            "time",
            _TIME,
            "a time of day: 10:32, 10.32 Uhr, 3 p.m. GMT",
            most=40,
            blanks=8,
            cased=True,
            digits=True,
        ),
        Slot(
            "url",
            r"(?>(?:https?://|www\.)\S{1,400}+|(?i:(?:[\w-]{1,60}+\.){1,5}[a-z]{2,18})(?!\w)(?:/\S{0,400}+)?+)",
            "an address: https://example.org/a, example.org",
            most=800,
            blanks=0,
        ),
        Slot("handle", r"[\w.]{1,40}+", "the name of an account, without the @", most=40, blanks=0),
        Slot(
            "email",
            r"[\w.+%-]{1,64}+@(?:[\w-]{1,60}+\.){1,5}\w{2,24}",
            "an e-mail address",
            blanks=0,
            mark="@",
        ),
        Slot(
            "name",
            rf"{_CAPITAL}(?:,? {_PARTICLE}{{0,2}}{_CAPITAL}){{0,5}}?",
            "a person or body: one to six words with capitals (any words in scripts without case)",
            most=300,
            blanks=15,
            elastic=True,
            cased=True,
        ),
        Slot(
            "words",
            r"[^\s.!?。！？]\S{0,40}?(?: (?=\S)[^\s!?。！？]{1,41}){0,11}?",
            "one to twelve words without a sentence end",
            blanks=11,
            elastic=True,
        ),
        Slot(
            "sign",
            r"(?:\p{Ll}{2,5}|\p{Lu}{2,5})(?:[/,-] ?(?:\p{Ll}{2,5}|\p{Lu}{2,5})){0,3}+(?!\p{L})",
            "a newsroom's sign: dpa, phy, hjs/AFP (all small or all capital letters)",
            most=30,
            blanks=3,
            cased=True,
        ),
        Slot(
            "lost",
            r"(?:\?{1,12}+|[\p{Extended_Pictographic}\p{RI}\p{EMod}\u200d\ufe0f]{1,24}+)",
            "an emoji, or what is left of one",
            most=24,
            blanks=0,
        ),
        Slot(
            "price",
            r"(?>[$€£¥₹]\s?\d{1,9}+(?:[.,]\d{1,9}+){0,4}+|\d{1,9}+(?:[.,]\d{1,9}+){0,4}+ ?(?:[$€£¥₹]|(?:EUR|USD|GBP|Euro|euros?)\b))",
            "a price: $4.99, 12,99 €",
            most=80,
            blanks=2,
            cased=True,
            digits=True,
        ),
    )
}
