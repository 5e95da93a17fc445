"""The table of keys: what may stand at each place of a rule file, of which kind, and what it means.

Loader, JSON schema, linter and documentation read this table; a new key is a row here and, when its kind is
new too, a reader in `cleaner.rulefile.readers`.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.labels import LABELS
from cleaner.languages import LANGUAGES
from cleaner.repair_names import REPAIR_NAMES
from cleaner.shapes import CASES, SHAPES

VERSION = "1"
MOST_LINES = 40
"""The most lines that a step or a run may take."""

BUILT_IN_NAMES = ("anchor", "earlier", "title")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name, the kind of its value, one line about it and an example as YAML."""

    name: str
    kind: str
    about: str
    example: str
    required: bool = False
    meaning: bool = True
    """Whether it can change an output; the digest of a rule set leaves the others out."""

    told: bool = False
    """A required key whose absence the reader of its section tells, with a code of its own."""

    def shown(self) -> str:
        """Give the key with its example, as a message shows it."""
        shown = f"{self.name}: {self.example}"
        return shown if "'" in shown else f"'{shown}'"


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of map in a rule file and the keys it may hold."""

    name: str
    about: str
    keys: dict[str, Key]
    required: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A closed set of values: what one is called, the code of a wrong one, the values."""

    noun: str
    code: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of a number or of both ends of a range."""

    low: int
    high: int


MARKS = ("link", "caption", "heading", "quote", "list", "bold")

CHOICES: dict[str, Choice] = {
    "label": Choice("label", "E114", tuple(LABELS)),
    "language": Choice("language", "E115", tuple(sorted(LANGUAGES))),
    "shape": Choice("shape", "E116", tuple(SHAPES)),
    "mark": Choice("mark", "E117", MARKS),
    "repair": Choice("repair", "E118", REPAIR_NAMES),
    "case": Choice("case", "E106", tuple(CASES)),
    "cut": Choice("cut", "E106", ("line", "head", "tail", "end", "span")),
    "to": Choice("direction", "E106", ("end", "start")),
    "status": Choice("status", "E106", ("stable", "trial", "off")),
    "risk": Choice("risk", "E106", ("safe", "bold")),
    "zone": Choice("part of a document", "E106", ("head", "body", "tail", "edges")),
}
"""Kinds whose value is one of a closed set; the kind with an `s` behind it is one of them or a list."""

NUMBERS: dict[str, Bounds] = {
    "lines-of-zone": Bounds(1, 10_000),
    "lines-of-step": Bounds(1, MOST_LINES),
    "least-lines": Bounds(0, MOST_LINES),
    "most-words": Bounds(1, 100_000),
}
"""Kinds that are a whole number, and their bounds."""

RANGES: dict[str, Bounds] = {
    "size": Bounds(0, 1_000_000),
    "blanks": Bounds(0, 1_000),
    "run": Bounds(1, MOST_LINES),
    "times": Bounds(1, 100_000),
}
"""Kinds that are a range `a..b`, and the bounds of its ends."""


def _section(name: str, about: str, *keys: Key) -> Section:
    return Section(name, about, {key.name: key for key in keys}, tuple(key for key in keys if key.required))


# fmt: off
_TEST = (
    Key("text", "patterns",
        "the whole line looks like one of these patterns", "['Read more: *', 'Also read: *']"),
    Key("has", "literals", "the line contains one of these literals", "['#', 't.co/']"),
    Key("made-of", "list-name",
        "the line is nothing but items of this list of `defs`, in any order", "share"),
    Key("re", "expression", "the whole line matches this safe regular expression", r"'\d+ of \d+'"),
    Key("like", "shapes", "the line has one of these built-in shapes", "headline"),
    Key("words", "size", "the number of words", "3..12"),
    Key("chars", "size", "the number of characters", "1..280"),
    Key("ends", "literals", "the line ends with one of these literals", "[':', '»']"),
    Key("blank-above", "blanks",
        "the number of blank lines directly above, in the text as it came in", "2..5"),
    Key("blank-below", "blanks",
        "the number of blank lines directly below, in the text as it came in", "2..5"),
    Key("item", "switch",
        "the line begins with a list mark (`- `, `• `), which all other tests do not see", "yes"),
    Key("case", "case",
        "how the line is written: `upper` has no small letter, `title` a capital on every long word",
        "upper"),
    Key("not", "test", "the line does not pass this test (unknown stays unknown)", "{like: prose}"),
    Key("marked", "marks", "what the page said about the line; never true for plain text", "caption"),
    Key("same-as", "line-name",
        "the same folded text as a line that a step named, the `anchor`, any `earlier` line or "
        "the `title`", "card"),
)

TEST = _section("line test", "what is asked of one line; a map means all of its keys", *_TEST)

TOTAL = _section(
    "total",
    "a bound on all that a step takes together; one of the two",
    Key("chars", "size", "characters", "1..280"),
    Key("words", "size", "words", "1..60"),
)

STEP = _section(
    "step",
    "lines that are taken while they pass the line test (no test: any line)",
    *_TEST,
    Key("max", "max", "the most lines it may take, 1 to 40; `all` on `to: end` with evidence", "1",
        required=True, told=True),
    Key("min", "least-lines",
        "fewer than this: the rule does not fire; `min: 1` makes the step evidence", "1"),
    Key("as", "new-name", "names the last line taken, for `same-as`", "card"),
    Key("until", "test", "stop before the line that passes this test", "{like: prose}"),
    Key("through", "test", "stop after the line that passes this test", "'— * (@<handle>) <date>'"),
    Key("to", "to", "all the rest: to the `end` (under `after`) or the `start` (under `before`)", "end"),
    Key("whole", "switch", "if the test is still true beyond `max`, the rule does not fire", "yes"),
    Key("total", "total", "a bound on all that the step takes together", "{chars: 1..280}"),
)

BESIDE = _section(
    "beside",
    "evidence that stays: the next line there must pass, and is not taken",
    Key("before", "test", "the next line above", "{like: prose}"),
    Key("after", "test", "the next line below", "{like: prose}"),
)

ZONE = _section(
    "in",
    "the first or the last lines that are still there; one of the two",
    Key("first", "lines-of-zone", "how many lines from the start", "5"),
    Key("last", "lines-of-zone", "how many lines from the end", "10"),
)

CONDITION = _section(
    "if",
    "what must hold of the whole document",
    Key("text-has", "literals", "the text contains one of these literals", "['Example Post']"),
    Key("lang", "languages", "the language of the document", "[en, fr]"),
    Key("site", "hosts", "the host of the document's URL", "[example.com]"),
)

EXAMPLE = _section(
    "example",
    "a text that goes, stays or is a picture, with the title of its document; or a text before and after",
    Key("text", "example-text", "the text", "Read more about this"),
    Key("before", "example-text", "the text as it comes in", "'He left. Read more: A storm'"),
    Key("after", "example-text", "the text as it goes out", "'He left.'"),
    Key("title", "sentence", "the title of the document", "A storm is coming"),
)

RULE = _section(
    "rule",
    "one anchor, grown by bounded steps",
    Key("id", "id", "names the thing found, never the cure; kebab-case", "other-topics", required=True),
    Key("why", "sentence", "one sentence that says why this goes, stays or is repaired", "A promo card.",
        required=True, meaning=False),
    Key("drop", "label", "remove what is found, under this label", "promo"),
    Key("keep", "label", "protect what is found, under this label", "body"),
    Key("fix", "label", "repair what is found, under this label", "debris"),
    Key("at", "test", "the anchor: a line that as a whole looks like this", "'Read more: *'"),
    Key("in", "zone",
        "where the anchor may stand: `head`, `body`, `tail`, `edges` (head or tail), {first: n} or "
        "{last: n}", "tail"),
    Key("run", "run",
        "the anchor is a run of that many consecutive lines, all passing `at`; a longer run does not "
        "fire", "2..15"),
    Key("times", "times", "that many lines of the document pass `at`, wherever they stand; each is an anchor",
        "3..200"),
    Key("beside", "beside", "evidence that stays: the next line there must pass, and is not taken",
        "{before: {like: prose}}"),
    Key("after", "steps", "growth towards the end: a step or a list, nearest first",
        "[{like: headline, min: 1, max: 5}]"),
    Key("before", "steps", "growth towards the start: a step or a list, nearest first",
        "[{same-as: card, min: 1, max: 1}]"),
    Key("cut", "cut",
        "what goes: the whole `line`, its `head`, from a sentence start to its end (`tail`), what "
        "it ends with (`end`), or a `span` "
        "anywhere", "tail"),
    Key("with", "replacement", "what a cut leaves in its place", "' '"),
    Key("swap", "swaps", "plain replacement of literals, longest first", "{'&amp;nbsp;': ' '}"),
    Key("using", "repair", "the built-in repair that does it", "mojibake"),
    Key("if", "condition", "a condition on the document", "{text-has: Example Post}"),
    Key("css", "selectors", "for pages: the element goes before extraction", "['aside.related']"),
    Key("has", "literals", "with `css`: the element contains one of these literals", "Related"),
    Key("max-words", "most-words", "with `css`: an element with more words stays (default 150)", "80"),
    Key("hits", "hits",
        "texts that must go, or {before, after}; with a title {text, title}",
        "['Read more: A storm']", meaning=False),
    Key("misses", "example-texts",
        "texts that must stay untouched", "['He read more: two books.']", meaning=False),
    Key("shows", "pictures",
        "pictures: `| ` stays, `- ` goes, `< ` becomes `> `", "['| Body.\\n- Read more: A storm']",
        meaning=False),
    Key("todo-hits", "hits",
        "known gaps: texts that should go and do not yet", "['Read more here']", meaning=False),
    Key("todo-misses", "example-texts",
        "known gaps: texts that should stay and do not yet", "['Read more: twice.']",
        meaning=False),
    Key("status", "status", "`trial` runs only when asked for, `off` never", "trial"),
    Key("risk", "risk", "`bold` runs only when asked for", "bold"),
    Key("since", "date", "the day from which the rule is known to be right", "2026-01-31", meaning=False),
    Key("source", "sentence", "where it was seen", "seen on five sites", meaning=False),
    Key("replaces", "rule-ids",
        "ids of the rules that it takes the place of", "[en.old-card]", meaning=False),
    Key("tags", "ids", "words to find the rule by", "[card]", meaning=False),
)

SITE = _section(
    "site",
    "makes the pack a site pack",
    Key("hosts", "hosts", "URL known: the host or a sub-domain must match", "[example.com]", required=True),
    Key("signs", "literals", "URL unknown: these must occur in the text", "[Example Post]"),
    Key("until", "date", "end of life: the linter warns afterwards", "2027-12-31", meaning=False),
    Key("body", "selectors", "the element of a page that holds the article", "['article .story-text']"),
)

FILE = _section(
    "rule file",
    "a pack of rules",
    Key("cleaner", "version", "version of the language", "1", required=True),
    Key("pack", "id", "name of the pack; ids become <pack>.<id>", "example", required=True),
    Key("lang", "languages", "one or a list; absent: any language", "en"),
    Key("site", "site", "makes it a site pack (rules/sites/<host>.yaml)", "{hosts: [example.com]}"),
    Key("defs", "defs", "named lists, used as <slots> in patterns", "{share: [Facebook, Copy link]}"),
    Key("rules", "rules", "the rules", "[]", required=True),
)

SHARED = _section(
    "shared lists",
    "a defs.yaml: lists for all packs",
    FILE.keys["cleaner"],
    Key("defs", "defs",
        "named lists, used as <slots> in patterns", "{share: [Facebook, Copy link]}", required=True),
)

# fmt: on

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (FILE, SHARED, SITE, RULE, TEST, STEP, TOTAL, BESIDE, ZONE, CONDITION, EXAMPLE)
}
