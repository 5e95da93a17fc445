"""Lines -> Matches: what a rule means. One rule, one candidate line, a Match or a Miss with its reason.

Tests have three answers: true, false and unknown (None). What hangs on something that is not known (the
title, the marks of a page) is unknown, under `not` as well, and a rule that hangs on it does not fire.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleaner import patterns, shapes
from cleaner.lines import Line
from cleaner.model import (
    AllTest,
    AnyTest,
    BlankTest,
    CaseTest,
    CharsTest,
    EndsTest,
    HasTest,
    ItemTest,
    LikeTest,
    MadeOfTest,
    MarkedTest,
    Match,
    Miss,
    NotTest,
    ReTest,
    Rule,
    SameAsTest,
    Span,
    Step,
    Test,
    TextTest,
    WordsTest,
    Zone,
)
from cleaner.titles import Title

HEAD_PROSE, HEAD_LINES = 2, 12
TAIL_PROSE, TAIL_LINES = 3, 40
PROSE_BEFORE_THE_REST = 0.4


class Sheet:
    """The lines still there in one round, and what depends on all of them: zones, repeats, the title."""

    def __init__(
        self,
        lines: Sequence[Line],
        title: Title,
        marks: Mapping[int, frozenset[str]] | None = None,
        *,
        traced: bool = False,
        local: frozenset[str] = frozenset(),
    ) -> None:
        """`traced`: somebody asks why rules did not fire, so nothing is passed over unasked; `local`: rules
        whose anchor hangs on the line alone.
        """
        self.lines = lines
        self.title = title
        self.marks = marks
        self.traced = traced
        self.local = local

    @cached_property
    def head_end(self) -> int:
        """The index behind the head: what stands before the second prose line, at most 12 lines."""
        seen = 0
        for index, line in enumerate(self.lines[:HEAD_LINES]):
            seen += line.like("prose")
            if seen == HEAD_PROSE:
                return index
        return min(len(self.lines), HEAD_LINES)

    @cached_property
    def tail_start(self) -> int:
        """The index where the tail begins: behind the third prose line from the end, at most 40 lines."""
        seen = 0
        first = max(len(self.lines) - TAIL_LINES, 0)
        for index in range(len(self.lines) - 1, first - 1, -1):
            seen += self.lines[index].like("prose")
            if seen == TAIL_PROSE:
                return index + 1
        return first

    @cached_property
    def loose(self) -> bool:
        """Whether more than one blank line stands anywhere; else their number says nothing."""
        return any(line.blank_above > 1 for line in self.lines)

    @cached_property
    def repeats(self) -> frozenset[int]:
        """The indexes of lines whose folded text stands further up as well."""
        seen: set[str] = set()
        again = []
        for index, line in enumerate(self.lines):
            if line.folded in seen:
                again.append(index)
            seen.add(line.folded)
        return frozenset(again)

    @cached_property
    def titles(self) -> tuple[int, ...]:
        """The indexes of lines that are the headline again."""
        if not self.title.keys:
            return ()
        return tuple(index for index, line in enumerate(self.lines) if line.is_title(self.title))

    def zone(self, zone: Zone) -> Sequence[int]:
        """Give the indexes of a zone."""
        size = len(self.lines)
        match zone.kind:
            case "edges":
                return (*range(self.head_end), *range(max(self.head_end, self.tail_start), size))
            case "head":
                return range(self.head_end)
            case "tail":
                return range(self.tail_start, size)
            case "body":
                return range(self.head_end, max(self.tail_start, self.head_end))
            case "first":
                return range(min(zone.lines, size))
            case _:
                return range(max(size - zone.lines, 0), size)

    def prose_share(self, index: int) -> float:
        """Give the share of the prose lines that stand before a line (1.0 where there is none at all)."""
        before = self._prose_before
        return before[index] / before[-1] if before[-1] else 0.0

    @cached_property
    def _prose_before(self) -> list[int]:
        """The number of prose lines before each line, and at the end their number in all."""
        return [0, *accumulate(line.like("prose") for line in self.lines)]


class Place(NamedTuple):
    """Where a test is asked: the sheet, the line's index, and the names that steps have bound."""

    sheet: Sheet
    index: int  # type: ignore[assignment]  # nobody asks a place where something stands in it
    names: dict[str, str]


def passes(test: Test, line: Line, place: Place) -> bool | None:  # noqa: C901  # a branch a kind of test
    """Answer one test on one line: true, false or unknown."""
    match test:
        case TextTest(texts):
            return texts.matches(line.normal, line.folded)
        case HasTest(literals):
            return any(literal in line.folded for literal in literals)
        case MadeOfTest(_, items):
            return items.matches(line.normal, line.folded)
        case ReTest(_, compiled, _):
            return compiled.fullmatch(line.normal) is not None
        case LikeTest(shape):
            return line.like(shape)
        case WordsTest(bounds):
            return line.words in bounds
        case CharsTest(bounds):
            return len(line.normal) in bounds
        case EndsTest(literals):
            return line.folded.endswith(literals)
        case CaseTest(kind):
            return shapes.CASES[kind](line.normal)
        case BlankTest(side, bounds):
            if not place.sheet.loose:
                return None
            return (line.blank_above if side == "above" else line.blank_below) in bounds
        case ItemTest(wanted):
            return line.is_item is wanted
        case MarkedTest(marks):
            return _marked(marks, line, place.sheet)
        case SameAsTest(name):
            return _same_as(name, line, place)
        case NotTest(inner):
            answer = passes(inner, line, place)
            return None if answer is None else not answer
        case AllTest(tests):
            return _all(tests, line, place)
        case AnyTest(tests):
            return _any(tests, line, place)


def _all(tests: tuple[Test, ...], line: Line, place: Place) -> bool | None:
    answer: bool | None = True
    for test in tests:
        one = passes(test, line, place)
        if one is False:
            return False
        if one is None:
            answer = None
    return answer


def _any(tests: tuple[Test, ...], line: Line, place: Place) -> bool | None:
    answer: bool | None = False
    for test in tests:
        one = passes(test, line, place)
        if one:
            return True
        if one is None:
            answer = None
    return answer


def _marked(marks: tuple[str, ...], line: Line, sheet: Sheet) -> bool | None:
    if sheet.marks is None:
        return None
    return not sheet.marks.get(line.number, frozenset()).isdisjoint(marks)


def _same_as(name: str, line: Line, place: Place) -> bool | None:
    if name == "title":
        return line.is_title(place.sheet.title) if place.sheet.title.keys else None
    if name == "earlier":
        return place.index in place.sheet.repeats
    known = place.names.get(name)
    return None if known is None else line.folded == known


# ---------------------------------------------------------------------------------------------
# Anchors


def find(rule: Rule, candidates: Sequence[int], sheet: Sheet) -> Iterator[Match | Miss]:
    """Try a rule on its candidate lines (sorted indexes) and give a Match or a Miss for each anchor."""
    if rule.cut != "line":
        for index in candidates:
            yield _cut(rule, index, sheet)
        return
    if rule.zone is not None and rule.run is None and rule.times is None and not sheet.traced:
        zone = sheet.zone(rule.zone)
        candidates = [index for index in candidates if index in zone]
    good = [index for index in candidates if _is_anchor(rule, index, sheet)]
    if rule.times is not None and len(good) not in rule.times:
        for index in good[:1]:
            yield Miss(
                rule, index, f"{len(good)} lines of the document pass 'at', 'times' wants {rule.times}"
            )
        return
    for anchor in _runs(good) if rule.run is not None else ([index] for index in good):
        yield _anchored(rule, tuple(anchor), sheet)


def _is_anchor(rule: Rule, index: int, sheet: Sheet) -> bool:
    """Tell whether a line passes `at`; what hangs on the line alone is asked once, not in every round."""
    line = sheet.lines[index]
    known = line.verdicts.get(rule.id)
    if known is None:
        known = bool(passes(rule.at, line, Place(sheet, index, {})))
        if rule.id in sheet.local:
            line.verdicts[rule.id] = known
    return known


def is_local(test: Test) -> bool:
    """Tell whether a test hangs on the line alone."""
    match test:
        case SameAsTest() | MarkedTest() | BlankTest():
            return False
        case NotTest(inner):
            return is_local(inner)
        case AllTest(tests) | AnyTest(tests):
            return all(map(is_local, tests))
    return True


def _runs(indexes: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _anchored(rule: Rule, anchor: tuple[int, ...], sheet: Sheet) -> Match | Miss:
    if rule.run is not None and len(anchor) not in rule.run:
        return Miss(rule, anchor[0], f"a run of {len(anchor)} lines, 'run' wants {rule.run}")
    reason = _misplaced(rule, anchor, sheet)
    if reason:
        return Miss(rule, anchor[0], reason)
    names = {"anchor": sheet.lines[anchor[0]].folded}
    walked: dict[int, list[int]] = {1: [], -1: []}
    evidence: set[int] = set()
    unbounded = False
    for direction, steps, first in ((1, rule.after, anchor[-1]), (-1, rule.before, anchor[0])):
        at = first + direction
        for number, step in enumerate(steps, 1):
            side = "after" if direction > 0 else "before"
            if step.max is None and sheet.prose_share(anchor[0]) < PROSE_BEFORE_THE_REST:
                return Miss(
                    rule,
                    anchor[0],
                    "less than 40 % of the prose stands before the anchor, 'max: all' wants more",
                )
            taken, failure = _walk(step, at, direction, Place(sheet, at, names))
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


def _misplaced(rule: Rule, anchor: tuple[int, ...], sheet: Sheet) -> str:
    if rule.zone is not None:
        zone = sheet.zone(rule.zone)
        if anchor[0] not in zone or anchor[-1] not in zone:
            return f"it stands outside 'in: {rule.zone.kind}'"
    for test, index, side in (
        (rule.beside_before, anchor[0] - 1, "before"),
        (rule.beside_after, anchor[-1] + 1, "after"),
    ):
        if test is None:
            continue
        if not 0 <= index < len(sheet.lines):
            return f"'beside: {side}' finds no line there"
        if not passes(
            test, sheet.lines[index], Place(sheet, index, {"anchor": sheet.lines[anchor[0]].folded})
        ):
            return f"'beside: {side}' fails on the line there"
    return ""


# ---------------------------------------------------------------------------------------------
# Growth


def _walk(step: Step, start: int, direction: int, place: Place) -> tuple[list[int], str]:
    """Take the lines of one step; give them, or the reason why the rule does not fire."""
    lines = place.sheet.lines
    taken: list[int] = []
    size, met, at = 0, False, start
    while 0 <= at < len(lines) and (step.max is None or len(taken) < step.max):
        here = Place(place.sheet, at, place.names)
        line = lines[at]
        if step.until is not None and passes(step.until, line, here):
            met = True
            break
        if not passes(step.test, line, here):
            break
        grown = size + _size(line, step)
        if step.total is not None and step.total.range.high is not None and grown > step.total.range.high:
            if step.whole:
                return [], f"more than 'total' allows ({step.total.range} {step.total.unit})"
            break
        size = grown
        taken.append(at)
        at += direction
        if step.through is not None and passes(step.through, line, here):
            met = True
            break
    return _judged(step, taken, place, (met, size, at))


def _judged(
    step: Step, taken: list[int], place: Place, state: tuple[bool, int, int]
) -> tuple[list[int], str]:
    met, size, at = state
    lines = place.sheet.lines
    inside = 0 <= at < len(lines)
    if (step.until is not None or step.through is not None) and not met:
        if (
            step.until is not None
            and inside
            and passes(step.until, lines[at], Place(place.sheet, at, place.names))
        ):
            met = True
        else:
            return [], "it does not come to its 'until' or 'through'"
    if step.to is not None and inside:
        return [], f"it does not come to the {step.to} of the document"
    full = step.whole and inside and not met and len(taken) == step.max
    if full and passes(step.test, lines[at], Place(place.sheet, at, place.names)):
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


def _cut(rule: Rule, index: int, sheet: Sheet) -> Match | Miss:
    if rule.zone is not None and index not in sheet.zone(rule.zone):
        return Miss(rule, index, f"it stands outside 'in: {rule.zone.kind}'")
    line = sheet.lines[index]
    spans = cut_spans(rule.at, rule.cut, line, Place(sheet, index, {}))
    mapped = patterns.normal_spans(line.text) if spans else None
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
    if isinstance(test, TextTest):
        return sorted({span for pattern in test.texts.patterns for span in pattern.find(line.normal, cut)})
    if isinstance(test, AnyTest):
        return sorted({span for part in test.tests for span in cut_spans(part, cut, line, place)})
    if not isinstance(test, AllTest):
        return []
    texts = [part for part in test.tests if isinstance(part, TextTest)]
    others = AllTest(tuple(part for part in test.tests if not isinstance(part, TextTest)))
    return [
        span
        for part in texts[:1]
        for span in cut_spans(part, cut, line, place)
        if passes(others, Line(line.normal[span.start : span.end], (0, 0, 0, 0), line.number), place)
    ]
