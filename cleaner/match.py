"""Lines -> Matches: what a rule means. One rule, one candidate line, a Match or a Miss with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner import folding
from cleaner import ready as readying
from cleaner.asking import Ask
from cleaner.lines import Facts, Line
from cleaner.model import Match, Miss, Span
from cleaner.ready import Ready, ReadyStep
from cleaner.rulemodel import Rule, Step
from cleaner.sheet import Place, Sheet
from cleaner.testmodel import Test

PROSE_BEFORE_THE_REST = 0.4
OPEN_WORDS = 100
"""A line with more is a paragraph, or an article in one line; a rule that means one must say so."""


def find(ready: Ready, number: int, candidates: Sequence[int], sheet: Sheet) -> Iterator[Match | Miss]:
    """Try a rule on its candidate lines and give a Match or a Miss for each anchor.

    ``candidates``: sorted indexes of lines whose text allows the anchor; ``number``: the rule's in its plan.
    """
    rule = ready.rule
    if rule.cut != "line":
        for index in candidates:
            yield _cut(ready, number, index, sheet)
        return
    rest = ready.anchor.rest
    if rest is not None:
        place = Place(sheet, {})
        candidates = [index for index in candidates if rest(sheet.lines[index], place)]
    if rule.times is not None and len(candidates) not in rule.times:
        for index in candidates[:1]:
            yield Miss(
                rule, index, f"{len(candidates)} lines of the document pass 'at', 'times' wants {rule.times}"
            )
        return
    for anchor in _runs(candidates) if rule.run is not None else ([index] for index in candidates):
        yield _anchored(ready, tuple(anchor), sheet)


def _runs(indexes: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _anchored(ready: Ready, anchor: tuple[int, ...], sheet: Sheet) -> Match | Miss:
    rule = ready.rule
    if rule.run is not None and len(anchor) not in rule.run:
        return Miss(rule, anchor[0], f"a run of {len(anchor)} lines, 'run' wants {rule.run}")
    names = {"anchor": sheet.lines[anchor[0]].folded}
    place = Place(sheet, names)
    reason = _misplaced(ready, anchor, place)
    if reason:
        return Miss(rule, anchor[0], reason)
    walked: dict[int, list[int]] = {1: [], -1: []}
    evidence: set[int] = set()
    unbounded = False
    for direction, steps in ready.steps:
        at = anchor[-1] + 1 if direction > 0 else anchor[0] - 1
        for number, one in enumerate(steps, 1):
            step = one.step
            side = "after" if direction > 0 else "before"
            if step.max is None and sheet.prose_share(anchor[0]) < PROSE_BEFORE_THE_REST:
                return Miss(
                    rule,
                    anchor[0],
                    "less than 40 % of the prose stands before the anchor, 'max: all' wants more",
                )
            taken, failure = _walk(one, at, direction, place)
            if failure:
                return Miss(rule, anchor[0], f"'{side}' step {number}: {failure}")
            walked[direction] += taken
            at += direction * len(taken)
            if step.min:
                evidence.update(taken)
            if step.name and taken:
                names[step.name] = sheet.lines[taken[-1]].folded
            unbounded |= step.max is None and bool(evidence or _is_evident(rule))
    return Match(rule, anchor, tuple(walked[1]), tuple(walked[-1]), frozenset(evidence), (), unbounded)


def _is_evident(rule: Rule) -> bool:
    """Evidence that stands outside the steps: neighbours, a run, a number of times."""
    return any((rule.beside_after, rule.beside_before, rule.run, rule.times))


def _misplaced(ready: Ready, anchor: tuple[int, ...], place: Place) -> str:
    rule, sheet = ready.rule, place.sheet
    if rule.zone is not None:
        zone = sheet.zone(rule.zone)
        if anchor[0] not in zone or anchor[-1] not in zone:
            return f"it stands outside 'in: {rule.zone.kind}'"
    if rule.action == "drop" and ready.is_open:
        most = max(sheet.lines[index].words for index in anchor)
        if most > OPEN_WORDS:
            return f"a line of {most} words is too long where 'at' has neither 'words' nor 'chars'"
    for side, test in ready.beside:
        index = anchor[0] - 1 if side == "before" else anchor[-1] + 1
        if not 0 <= index < len(sheet.lines):
            return f"'beside: {side}' finds no line there"
        if not test(sheet.lines[index], place):
            return f"'beside: {side}' fails on the line there"
    return ""


# ---------------------------------------------------------------------------------------------
# Growth


def _walk(one: ReadyStep, start: int, direction: int, place: Place) -> tuple[list[int], str]:
    """Take the lines of one step; give them, or the reason why the rule does not fire."""
    step, test, until, through = one.step, one.test, one.until, one.through
    lines = place.sheet.lines
    taken: list[int] = []
    size, met, at = 0, False, start
    while 0 <= at < len(lines) and (step.max is None or len(taken) < step.max):
        line = lines[at]
        if until is not None and until(line, place):
            met = True
            break
        if not test(line, place):
            break
        grown = size + _size(line, step)
        if step.total is not None and step.total.range.high is not None and grown > step.total.range.high:
            if step.whole:
                return [], f"more than 'total' allows ({step.total.range} {step.total.unit})"
            break
        size = grown
        taken.append(at)
        at += direction
        if through is not None and through(line, place):
            met = True
            break
    return _judged(one, taken, place, (met, size, at))


def _judged(
    one: ReadyStep, taken: list[int], place: Place, state: tuple[bool, int, int]
) -> tuple[list[int], str]:
    step, until = one.step, one.until
    met, size, at = state
    lines = place.sheet.lines
    inside = 0 <= at < len(lines)
    if (step.until is not None or step.through is not None) and not met:
        if until is not None and inside and until(lines[at], place):
            met = True
        else:
            return [], "it does not come to its 'until' or 'through'"
    if step.to is not None and inside:
        return [], f"it does not come to the {step.to} of the document"
    full = step.whole and inside and not met and len(taken) == step.max
    if full and one.test(lines[at], place):
        return [], f"the block is longer than 'max: {step.max}', and it must go whole"
    if step.total is not None and taken and size < step.total.range.low:
        taken = []
    if len(taken) < step.min:
        return [], f"takes {len(taken)} lines, 'min' wants {step.min}"
    return taken, ""


def _size(line: Line, step: Step) -> int:
    if step.total is None:
        return 0
    return line.words if step.total.unit == "words" else len(line.normal)


# ---------------------------------------------------------------------------------------------
# Cuts


def _cut(ready: Ready, number: int, index: int, sheet: Sheet) -> Match | Miss:
    rule = ready.rule
    if rule.zone is not None and index not in sheet.zone(rule.zone):
        return Miss(rule, index, f"it stands outside 'in: {rule.zone.kind}'")
    line = sheet.lines[index]
    spans = line.facts.parts(number)
    if ready.anchor.rest is not None:
        spans = cut_spans(rule.at, rule.cut, line, Place(sheet, {}))
    mapped = folding.normal_spans(line.text) if spans else None
    if mapped is None:
        return Miss(rule, index, "no part of the line passes 'at'")
    offsets = mapped[1]
    shift = len(mapped[0]) - len(line.normal)  # the list mark
    cuts = tuple(
        (
            index,
            _joined(
                line.text,
                offsets[span.start + shift] if span.start else 0,
                _end(offsets, span.end + shift, line.text),
            ),
        )
        for span in spans
    )
    return Match(rule, (index,), cuts=cuts)


def _end(offsets: list[int], end: int, text: str) -> int:
    """The offset behind the last character taken; what follows may be blanks that `normal` folded."""
    return offsets[end] if end < len(offsets) - 1 else len(text)


_NO_BLANK_BEFORE = " \t\u00a0,.;:!?"


def _joined(text: str, start: int, end: int) -> Span:
    """One joining blank goes with the part: the one before it (no blank is left before a comma), or at the
    line's start the ones behind.
    """
    if start == 0:
        while end < len(text) and text[end].isspace():
            end += 1
    else:
        while start > 0 and text[start - 1].isspace() and (end == len(text) or text[end] in _NO_BLANK_BEFORE):
            start -= 1
            if end < len(text):
                break
    return Span(start, end)


def cut_spans(test: Test, cut: str, line: Line, place: Place) -> list[Span]:
    """Give the spans of the normal line that pass; other tests of a map are asked of the part that goes."""

    def asked(others: Ask, part: Facts) -> bool | None:
        return others(Line(part, (0, 0, 0, 0), line.number), place)

    return readying.cut_spans(test, cut, line.facts, asked)
