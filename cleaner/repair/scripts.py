"""Character classes that the repairs share, as the inside of a regular expression's brackets."""

from __future__ import annotations

RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters that are written from right to left."""

JOINING = "\u0600-\u109f\u1780-\u18af\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00011000-\U00011fff"
"""Scripts in which joiners change how a word is written: Arabic to Myanmar, Khmer, Mongolian."""

UNSPACED = "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff"
"""Scripts without blanks between words, where U+200B says that a line may break: Thai to Myanmar, Khmer."""

PICTURES = (
    "\u00a9\u00ae\u20e3\u2122\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
"""What may stand on either side of the joiner in an emoji sequence."""

WIDE = (
    "\u1100-\u11ff\u2e80-\u2fff\u3001-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
)
"""East Asian letters and signs of full width, next to which U+3000 is the blank."""

TAGS = "\U000e0020-\U000e007f"
"""Invisible twins of ASCII; of use only behind a black flag."""
