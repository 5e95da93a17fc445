"""Document + line number -> Why: which rule took a line, or which nearly did, and what they lacked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.examples import literals_of
from cleaner.failing import first_failure
from cleaner.lines import Line, split
from cleaner.model import Document, Edit, Match, Note, Result, apply
from cleaner.pipeline import Cleaner, is_active
from cleaner.repair import repair_start
from cleaner.rounds import Trace
from cleaner.rulemodel import Rule
from cleaner.scope import Scope
from cleaner.sheet import Place, Sheet
from cleaner.titles import Title

MOST_NEAR = 8
_LEAST_LITERAL = 3
_LEAST_SHARE = 0.12
_LONG_LITERAL = 12
"""A literal that is neither a fair share of the line nor long says nothing: most lines hold one."""


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that did not take the line, and why not."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """All that is known about one line: its text, the edits on it, notes, and the rules that came near."""

    text: str
    edits: tuple[Edit, ...]
    notes: tuple[Note, ...]
    near: tuple[Near, ...]


def why(document: Document, number: int, cleaner: Cleaner) -> Why | None:
    """Explain one line (numbered from 1, blank ones too); None where the document has no such line."""
    place = _span(document.text, number)
    if place is None:
        return None
    trace = Trace()
    result = cleaner.clean_document(document, trace=trace)
    start, end = place
    text = document.text[start:end]
    edits = tuple(edit for edit in result.edits if edit.start < max(end, start + 1) and edit.end > start)
    taken = {name for edit in edits for name in (edit.rule, *edit.also)}
    line, sheet = _repaired(document, start)
    near = () if line is None else tuple(_near(line, sheet, (document, cleaner, result), trace))
    return Why(text, edits, result.notes, tuple(one for one in near if one.rule.id not in taken)[:MOST_NEAR])


def _span(text: str, number: int) -> tuple[int, int] | None:
    """Give where a physical line stands in the text, without its break."""
    at = 0
    for count, line in enumerate(text.splitlines(True) if "\r" in text else text.split("\n"), 1):
        bare = line.rstrip("\r\n")
        if count == number:
            return at, at + len(bare)
        at += len(line) + ("\r" not in text)
    return None


def _repaired(document: Document, start: int) -> tuple[Line | None, Sheet]:
    """Give the line that begins at an offset of the input, as the rules of the first round see it."""
    text, edits = repair_start(document.text)
    at = len(apply(document.text[:start], tuple(edit for edit in edits if edit.end <= start)))
    lines = split(text)
    marks = dict(document.marks) if document.marks is not None else None
    sheet = Sheet(lines, Title(document.title, document.url), marks)
    return next((line for line in lines if line.begin <= at <= line.end), None), sheet


def _near(line: Line, sheet: Sheet, run: tuple[Document, Cleaner, Result], trace: Trace) -> Iterator[Near]:
    """Give the rules that came near, the nearest first."""
    document, cleaner, result = run
    seen: set[str] = set()
    for one in (
        *_matched(line, trace, result),
        *_missed(line, trace),
        *_failed(line, sheet, document, cleaner),
    ):
        if one.rule.id not in seen:
            seen.add(one.rule.id)
            yield one


def _matched(line: Line, trace: Trace, result: Result) -> Iterator[Near]:
    """Rules that matched the line, and still it stands."""
    over = {note.rule: note.about for note in result.notes}
    keeps: list[Match] = []
    drops: list[Match] = []
    for match, lines in trace.matches:
        block = (*match.anchor, *match.after, *match.before)
        if any(lines[index].number == line.number for index in block):
            (keeps if match.rule.action == "keep" else drops).append(match)
    for match in keeps:
        yield Near(match.rule, "it keeps the line")
    for match in drops:
        kept = f"the rule {keeps[0].rule.id} keeps the line, or one that proves its block" if keeps else ""
        about = over.get(match.rule.id) or kept or over.get("") or "a line that proves its block is kept"
        yield Near(match.rule, f"it matched, but {about}")


def _missed(line: Line, trace: Trace) -> Iterator[Near]:
    """Rules with an anchor here that came to nothing; the last round counts."""
    here = (miss for miss, at in trace.misses if at.number == line.number and miss.rule.cut == "line")
    for miss in {miss.rule.id: miss for miss in here}.values():
        yield Near(miss.rule, miss.reason)


def _failed(line: Line, sheet: Sheet, document: Document, cleaner: Cleaner) -> Iterator[Near]:
    """Rules of which the line holds a literal; those whose literal says most come first."""
    weighed = ((_weight(rule, line), rule) for rule in _worded(cleaner.rules.rules))
    rows = sorted((row for row in weighed if row[0]), key=lambda row: (-row[0], row[1].id))
    scope = Scope(document, sheet.lines)
    place = Place(sheet, {})
    for _, rule in rows:
        failure = first_failure(rule, line, place)
        off = _off(rule, cleaner, scope)
        if failure and not off:
            yield Near(rule, failure)
        elif off and not failure:
            yield Near(rule, f"its 'at' passes, but {off}")


def _worded(rules: Sequence[Rule]) -> Iterable[Rule]:
    return (rule for rule in rules if rule.action != "fix" and not rule.css)


def _weight(rule: Rule, line: Line) -> int:
    """Give the length of the longest literal of a rule that the line holds."""
    least = max(_LEAST_LITERAL, min(_LEAST_SHARE * len(line.folded), _LONG_LITERAL))
    found = (len(text) for text in literals_of(rule.at) if text in line.folded)
    return max((size for size in found if size >= least), default=0)


def _off(rule: Rule, cleaner: Cleaner, scope: Scope) -> str:
    """Say why a rule does not run here; empty where it does."""
    if not is_active(rule, cleaner.options):
        if rule.status != "stable" and not cleaner.options.trial:
            return f"its status is '{rule.status}'"
        if rule.risk == "bold" and not cleaner.options.bold:
            return "it is bold, and --bold is not given"
        return f"options switch it, or the label {rule.label}, off"
    if scope.tier(rule) is not None:
        return ""
    if rule.langs and rule.langs.isdisjoint(scope.langs):
        found = ", ".join(sorted(scope.langs)) or "in no known language"
        return f"it is for {', '.join(sorted(rule.langs))}, and the text is {found}"
    if rule.site is not None:
        return f"it is for {rule.site.hosts[0]}, and nothing says that the article is from there"
    return "its 'if' does not hold of the document"
