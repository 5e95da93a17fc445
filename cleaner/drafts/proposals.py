"""Pointed + Facts -> Draft*: rules for lines, from the very line on its site to its family everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner import languages
from cleaner.drafts import forms
from cleaner.drafts.pointed import Pointed
from cleaner.folding import fold
from cleaner.lines import Line
from cleaner.mine.counting import site_of

Entry = dict[str, Any]
_Form = Callable[[str], str]
SHAPES = ("prose", "headline", "label", "short", "any")
_WORD = re.compile(r"(?!\d+\b)[a-z0-9]+")
_STAR = re.compile(r"(?<!\\)\*")
_ID_WORDS, _ID_CHARS = 5, 40
_MOST_STEP = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposal: how far it reaches, the head of its file, and the rule without what a trial adds."""

    kind: str
    """`line`, `template`, `like`, `start`, `family` or `anywhere`."""
    reach: str
    """In words, for a person."""
    header: Entry
    rule: Entry
    anchor: str
    """The line that the rule goes by, as it stands."""

    @property
    def host(self) -> str:
        """The host of a site's rule; empty where the rule is for all."""
        return str(self.header["site"]["hosts"][0]) if "site" in self.header else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the pointed lines besides themselves."""

    label: str
    known: frozenset[str] = frozenset()
    """Words of furniture (`guess.Words.known`)."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """In how many articles of a corpus each line stands, by its folded text."""
    varying: str = ""
    """The pattern of the lines of the site that are like the one; empty where there are none."""
    packs: Mapping[str, str] = field(default_factory=dict)
    """The names of the packs that sites have, by host."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a proposal goes."""

    kind: str
    words: str
    form: _Form
    site: str
    zone: str
    room: int = 0
    """0: every line of a block by its text; else by its shape, so many times the lines there are."""
    between: bool = False
    """Only between lines like the neighbours."""


def drafts(pointed: Pointed, facts: Facts) -> Iterator[Draft]:
    """Give proposals from narrow to broad; no two are the same rule, and some may prove unfit."""
    anchor = _anchor(pointed.lines, facts)
    seen: list[tuple[str, Any]] = []
    for reach in _reaches(pointed, facts, pointed.lines[anchor]):
        rule = _rule(pointed, anchor, reach, facts)
        same = (reach.site, {key: rule.get(key) for key in ("at", "in", "beside", "after", "before")})
        if rule["at"] and same not in seen:
            seen.append(same)
            header = _header(pointed, reach.site, facts)
            yield Draft(reach.kind, reach.words, header, rule, pointed.lines[anchor].text)


def _reaches(pointed: Pointed, facts: Facts, anchor: Line) -> Iterator[_Reach]:
    site, zone = site_of(pointed.document.url), pointed.zone
    several = len(pointed.lines) > 1
    what = "these lines" if several else "this line"
    on = f"on {site}" if site else "on any site"

    def template(line: str) -> str:
        return forms.slotted(line, facts.known, site)

    def family(line: str) -> str:
        return forms.general(line, facts.known, site)

    def start(line: str) -> str:
        # only the anchor is opened: what follows it must still be told apart from body
        return forms.opened(template(line)) if line == anchor.normal else template(line)

    whole, twice = int(several), 2 * several
    among = "between lines like its neighbours"
    if _is_between(pointed):
        yield _Reach("line", f"{what} {on}, {among}", forms.exact, site, "", between=True)
    yield _Reach("line", f"{what} {on}", forms.exact, site, zone)
    yield _Reach("template", f"its template {on}", template, site, zone, whole)
    if facts.varying:
        yield _Reach("like", f"its like in the corpus {on}", lambda _: facts.varying, site, zone)
    yield _Reach("start", f"what begins so {on}", start, site, zone, twice)
    if site and zone:
        yield _Reach("template", f"its template {on}, at any place", template, site, "", whole)
    if site and _is_between(pointed):
        yield _Reach("family", f"its family on any site, {among}", family, "", "", between=True)
    if site:
        yield _Reach("family", "its family on any site", family, "", zone, twice)
    yield _Reach("start", "what begins so on any site", start, "", zone, twice)
    yield _Reach("anywhere", "its family on any site, at any place", family, "", "", twice)


def _is_between(pointed: Pointed) -> bool:
    """Tell whether it is one line in the middle of an article, whose neighbours alone tell the place."""
    return len(pointed.lines) == 1 and not pointed.zone and None not in pointed.neighbours


def _header(pointed: Pointed, site: str, facts: Facts) -> Entry:
    lang = sorted(_languages(pointed))
    known = {"lang": lang[0] if len(lang) == 1 else lang} if lang else {}
    if site:
        name = facts.packs.get(site) or _slug(site.split(".")[0]) or "site"
        return {"pack": name, **known, "site": {"hosts": [site]}}
    return {"pack": "-".join([*lang[:1], facts.label]), **known}


def _languages(pointed: Pointed) -> frozenset[str]:
    given = (pointed.document.lang or "").lower().replace("_", "-").split("-")[0]
    if given in languages.LANGUAGES:
        return frozenset({given})
    return languages.candidates(fold(pointed.document.text))


# ---------------------------------------------------------------------------------------------
# The rule of one proposal


def _rule(pointed: Pointed, anchor: int, reach: _Reach, facts: Facts) -> Entry:
    lines = pointed.lines
    rule: Entry = {
        "id": _slug(" ".join(lines[anchor].normal.split()[: 2 * _ID_WORDS])) or f"{facts.label}-line",
        "why": "",
        "drop": facts.label,
        "at": _at(lines[anchor], reach),
    }
    if reach.zone:
        rule["in"] = reach.zone
    if reach.between:
        shapes = [shape_of(line) for line in pointed.neighbours if line]
        rule["beside"] = {"before": {"like": shapes[0]}, "after": {"like": shapes[1]}}
    behind, above = lines[anchor + 1 :], lines[:anchor][::-1]
    twins = {line.folded for line in above} & {line.folded for line in behind}
    names = {lines[anchor].folded: "anchor"}
    after = _steps(behind, reach, names, twins)
    before = _steps(above, reach, names, set())
    for key, steps in (("after", after), ("before", before)):
        if steps:
            rule[key] = steps
    return rule


def _at(line: Line, reach: _Reach) -> Any:
    """Give the anchor's test; an open end is bounded by words and, where the line is no prose, by that."""
    pattern = reach.form(line.normal)
    if not _STAR.search(pattern):
        return pattern
    test: Entry = {"text": pattern, "words": f"2..{max(2 * line.words, 6)}"}
    if not line.like("prose"):
        test["not"] = {"like": "prose"}
    return test


def _anchor(lines: Sequence[Line], facts: Facts) -> int:
    """Choose the line that a rule can best go by: it recurs, it is no prose, it sounds like furniture."""

    def weight(index: int) -> tuple[float, ...]:
        line = lines[index]
        known = sum(word.strip(".,:;!?()") in facts.known for word in line.folded.split())
        heading = line.like("label") and line.normal.endswith(":")
        return (
            facts.counts.get(line.folded, 0),
            not line.like("prose"),
            heading,
            known / max(line.words, 1) if line.words else -1.0,
            -index,
        )

    return max(range(len(lines)), key=weight)


def _steps(lines: Sequence[Line], reach: _Reach, names: dict[str, str], twins: set[str]) -> list[Entry]:
    """Give the steps over lines, nearest first; ``names``: of lines that others may repeat, by their text,
    to which those of ``twins`` are added.
    """
    if not reach.room:
        return [{"text": reach.form(line.normal), "min": 1, "max": 1} for line in lines]
    steps: list[Entry] = []
    for group in _groups(lines, twins | names.keys()):
        text = group[0].folded
        if text in names:
            steps.append({"same-as": names[text], "min": 1, "max": 1})
            continue
        steps.append(_step(group, reach))
        if text in twins:
            names[text] = steps[-1]["as"] = f"line-{len(steps)}"
    return steps


def _groups(lines: Sequence[Line], alone: set[str]) -> Iterator[list[Line]]:
    """Give lines that stand together and have one shape; a line whose text is in ``alone`` stands alone."""
    group: list[Line] = []
    for line in lines:
        apart = line.folded in alone or (group and group[0].folded in alone)
        if group and (apart or shape_of(line) != shape_of(group[0])):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _step(group: Sequence[Line], reach: _Reach) -> Entry:
    shape = shape_of(group[0])
    step: Entry = {"like": shape}
    if shape in ("prose", "any"):
        words = [line.words for line in group]
        step["words"] = f"{max(min(words) // 2, 1)}..{2 * max(words) + 1}"
    step |= {"min": 1, "max": min(len(group) * reach.room, _MOST_STEP)}
    if reach.room > 1 and shape != "any":
        step["whole"] = True
    return step


def shape_of(line: Line) -> str:
    """Give the most telling shape of a line."""
    return next(shape for shape in SHAPES if line.like(shape))


def _slug(text: str) -> str:
    """Give a kebab-case name from the first words of a text; empty where it has no plain letters."""
    words = _WORD.findall(text.lower())[:_ID_WORDS]
    while len("-".join(words)) > _ID_CHARS:
        words.pop()
    return "-".join(words)
