"""No text is slow: 60,000 characters of anything that a repair looks at take no time to speak of."""

from __future__ import annotations

import time

import pytest

from cleaner.repair import repair

SIZE = 60_000
SECONDS = 5.0  # they need 0.3 at most; what grows with the square needs 20

PIECES = [
    *["?", "? ", "?? ", "?? #ab ", "? #a\n", "????@ab!", "— ?? (@a) ", "-?(@a", "x ????. https://t.co/x "],
    *[
        "&",
        "&amp;",
        "&amp",
        "&nbsp",
        "&#38;",
        "&lt;p&gt;",
        "&am&amp;p;",
        "HTML ",
        "HTML <p>\n",
        "`",
        "`a",
        "```",
    ],
    *["<", "<p>", "<p ", '<p "', "<p '", "<p a=", "<b>", "<td> ", "<!--", "<!-- -->", "]]>", "<![CDATA["],
    *["<script>", "<script></script>", "</script>", "<blockquote class=twitter-tweet>", "<p>a</p>"],
    *[
        "\x1b",
        "\x1b[",
        "\x1b[0",
        "\x00",
        "\u200b",
        "\u200c",
        "\u200d",
        "\xad",
        "\ufeff",
        "\U000e0041",
        "\ud83d",
    ],
    *[
        "\u202a",
        "\u202c",
        "\u202a\u0633",
        "\u2066",
        "\u200e\n",
        "\xa0",
        "\u3000",
        "\u2800",
        "\ufffd",
        "\ufffd ",
    ],
    *[
        "[",
        "]",
        "](",
        "[a](",
        "[a](/",
        "[a](/)",
        "![",
        "![](#)",
        "][1]",
        "[a][1]",
        "\n[1]: /",
        "(/",
        "a (/b)\n",
        "((",
        "(/(",
    ],
    *["a\n", "the boat \n", "word " * 14 + "\n", "(https://a.example/" + "a" * 60 + "\n"],
    *["\r", "\r\n", "\r\r\n", "\n", "\n ", "\u2028", "\x0c", "\x85", " ", "\t"],
    *["\x80", "\x93a", "Ã©", "Ã© ", "â€™", "â€\ufffd", "â€ ", "Ã ", "Ð°", "é”", "é”é", "œ.", "В«В", "ðŸ˜€"],
]


@pytest.mark.parametrize("piece", PIECES)
def test_cost_is_linear(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    start = time.process_time()
    repair(text)
    assert time.process_time() - start < SECONDS
