"""The characters that mojibake shows itself by, as the inside of a regular expression's brackets.

Taken from `ftfy.badness.MOJIBAKE_CATEGORIES`, without what makes up ordinary words and punctuation, plus four
characters of its special cases. Small letters and quotes are left out: they count only beside another suspect
or together. A test compares all this with ftfy, so that a new one is noticed. It stands here so that a clean
text can be passed without importing ftfy, which takes a quarter of a second.
"""

SUSPECTS = (
    "\xa1-\xaa\xac\xae-\xb3\xb5\xb6\xb8-\xba\xbc-\xd1\xd7-\xd9\xdc\xdd\xf7\u0100\u0102\u0104\u0106"
    "\u010c\u010e\u0110\u0112\u0116\u0118\u011a\u011e\u0122\u012a\u0130\u0136\u0139\u013b\u013d\u0141"
    "\u0143\u0145\u0147\u0152\u0153\u0158\u015a\u015e\u0160\u0162\u0164\u016e\u0170\u0178\u0179\u017b"
    "\u017d\u0192\u02c6\u02c7\u02d8\u02db-\u02dd\u0384\u0385\u0402\u0490\u201a\u2020-\u2022\u2030"
    "\u2044\u20a7\u20ac\u2116\u2122\u2202\u2206\u220f\u2211\u221a\u221e\u2229\u222b\u2248\u2260\u2261"
    "\u2264\u2265\u2310\u2502\u250c\u2510\u2518\u251c\u2524\u252c\u253c\u2550-\u256c\u2580\u2584"
    "\u2588\u258c\u2590-\u2593\u25ca\uf8ff\ufffd"
)

QUOTES = "\xab\xbb\u2018\u201c-\u201e\u2039\u203a"

LATIN = "\xc0-\u024f\u0490\u0491\ufb01\ufb02"
"""Letters behind which a quote that is not the end of a word is suspect."""

ENCLOSING = "\u0412\u0413\u0420\u0421\u0392\u0393\u039e\u039f"
"""Capitals that Cyrillic and Greek mojibake is full of: even a quote between two of them is suspect."""
