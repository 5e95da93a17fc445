"""The characters that mojibake shows itself by, as the inside of a regular expression's brackets.

Taken from `ftfy.badness.MOJIBAKE_CATEGORIES`, without its groups that make up ordinary words and punctuation,
plus three characters of its special cases; a test compares the two, so that a new ftfy is noticed. It stands
here so that a clean text can be passed without importing ftfy, which takes a quarter of a second.
"""

SUSPECTS = (
    "\xa1-\xac\xae-\xb3\xb5\xb6\xb8-\xd1\xd7-\xd9\xdc\xdd\xdf-\xf1\xf7\xfc\u0100-\u0107\u010c-\u0113"
    "\u0116-\u011b\u011e\u011f\u0122\u0123\u012a\u012b\u012f\u0130\u0136\u0137\u0139-\u013e"
    "\u0141-\u0143\u0145\u0147\u0152\u0153\u0155\u0158\u015a\u015b\u015e-\u0162\u0164\u0165\u016e"
    "\u0170\u0178-\u017e\u0192\u02c6\u02c7\u02d8\u02db-\u02dd\u0384\u0385\u0402\u0490\u0491\u2018"
    "\u201a\u201c-\u201e\u2020-\u2022\u2030\u2039\u203a\u2044\u20a7\u20ac\u2116\u2122\u2202\u2206"
    "\u220f\u2211\u221a\u221e\u2229\u222b\u2248\u2260\u2261\u2264\u2265\u2310\u2502\u250c\u2510\u2518"
    "\u251c\u2524\u252c\u253c\u2550-\u256c\u2580\u2584\u2588\u258c\u2590-\u2593\u25ca\uf8ff"
    "\ufb01\ufb02\ufffd"
)
