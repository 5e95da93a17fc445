"""Matches -> Edits: which lines and parts go where rules meet, and what that makes of the text.

Five tiers, the strongest first: what the user keeps, site keep, site drop, general keep, general drop. A
kept line inside a block cuts off the part beyond it; a kept anchor or evidence line keeps the block.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cleaner.lines import Facts, Line
from cleaner.model import Edit, Match, Span
from cleaner.rulemodel import Rule


@dataclass(slots=True)
class Verdict:
    """What one round takes: by line index the matches that claim it, whole or in part."""

    lines: dict[int, list[Match]] = field(default_factory=dict)
    parts: dict[int, list[tuple[Span, Match]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything goes."""
        return bool(self.lines or self.parts)


def resolve(matches: Sequence[Match], tier: Callable[[Rule], int | None]) -> Verdict:
    """Decide between the matches of one round; `tier` gives a rule's authority on this document."""
    kept: set[int] = set()
    verdict = Verdict()
    for match in sorted(matches, key=lambda one: (tier(one.rule) or 0, one.rule.id, one.anchor)):
        if match.rule.action == "keep":
            kept.update(set(_block(match)) - verdict.lines.keys() - verdict.parts.keys())
        elif match.cuts:
            for index, span in match.cuts:
                if index not in kept:
                    verdict.parts.setdefault(index, []).append((span, match))
        elif kept.isdisjoint(match.anchor) and kept.isdisjoint(match.evidence):
            for index in (*match.anchor, *_up_to(match.after, kept), *_up_to(match.before, kept)):
                verdict.lines.setdefault(index, []).append(match)
    for index in verdict.lines:
        verdict.parts.pop(index, None)
    return verdict


def _block(match: Match) -> tuple[int, ...]:
    return (*match.anchor, *match.after, *match.before)


def _up_to(indexes: tuple[int, ...], kept: set[int]) -> tuple[int, ...]:
    for number, index in enumerate(indexes):
        if index in kept:
            return indexes[:number]
    return indexes


@dataclass(frozen=True, slots=True)
class Claim:
    """Which rules took something, the first one named, and the lines that prove it."""

    rule: Rule
    also: tuple[str, ...]
    evidence: tuple[str, ...]


def claim(matches: Sequence[Match], lines: Sequence[Line]) -> Claim:
    """Give the claim of the matches that take the same line or part."""
    ordered = sorted(matches, key=lambda match: (match.rule.id, match.anchor))
    first = ordered[0]
    also = sorted({match.rule.id for match in ordered} - {first.rule.id})
    return Claim(first.rule, tuple(also), _evidence(first, lines))


_EVIDENCE_CHARS = 100


def _evidence(match: Match, lines: Sequence[Line]) -> tuple[str, ...]:
    rows = [
        f"line {lines[index].number}: {lines[index].text[:_EVIDENCE_CHARS]}" for index in match.anchor[:3]
    ]
    rows += [
        f"with line {lines[index].number}: {lines[index].text[:_EVIDENCE_CHARS]}"
        for index in sorted(match.evidence)[:3]
    ]
    if match.rule.zone is not None:
        rows.append(f"in the {match.rule.zone.kind}")
    return tuple(rows)


# ---------------------------------------------------------------------------------------------
# Cut lines


def shortened(line: Line, parts: Sequence[tuple[Span, str]]) -> tuple[Line, tuple[tuple[int, int, str], ...]]:
    """Give the line without the parts (spans of its text and what stands there instead), and the new cuts.

    Cuts are in code points of the text that the line was split from. Spans that overlap are one.
    """
    merged: list[tuple[int, int, str]] = []
    for span, put in sorted(parts):
        if merged and span.start < merged[-1][1]:
            begin, end, first = merged[-1]
            merged[-1] = (begin, max(end, span.end), first)
        else:
            merged.append((span.start, span.end, put))
    pieces: list[str] = []
    at = 0
    for begin, end, put in merged:
        pieces += (line.text[at:begin], put)
        at = end
    text = "".join((*pieces, line.text[at:]))
    sources = _Sources(line)
    fresh = tuple((sources.of(begin), sources.of(end, last=True), put) for begin, end, put in merged)
    new = Line(Facts(text), (line.begin, line.start, line.end, line.next), line.number)
    new.blank_above, new.blank_below = line.blank_above, line.blank_below
    new.cuts = tuple(sorted(_without_covered(line.cuts, fresh) + list(fresh)))
    return new, fresh


def _without_covered(
    old: tuple[tuple[int, int, str], ...], fresh: tuple[tuple[int, int, str], ...]
) -> list[tuple[int, int, str]]:
    """Leave out the cuts that lie in a fresh one; of those that begin in time the last reaches farthest."""
    begins = [begin for begin, _, _ in fresh]
    left = []
    for cut in old:
        at = bisect_right(begins, cut[0]) - 1
        if at < 0 or fresh[at][1] < cut[1]:
            left.append(cut)
    return left


class _Sources:
    """Maps offsets of a line's present text to the text that it was split from."""

    def __init__(self, line: Line) -> None:
        self._cuts = line.cuts
        self._places = [line.start, *(end for _, end, _ in line.cuts)]
        """Where the text goes on, at first and behind each cut."""
        self._ends: list[int] = []
        """The offsets in the present text at which each cut was made."""
        at = 0
        for place, (begin, _, put) in zip(self._places, line.cuts, strict=False):
            at += begin - place
            self._ends.append(at)
            at += len(put)

    def of(self, offset: int, *, last: bool = False) -> int:
        """Give the place of an offset; `last`: of the end of a span."""
        number = (bisect_left if last else bisect_right)(self._ends, offset)
        if not number:
            return self._places[0] + offset
        begin, end, put = self._cuts[number - 1]
        behind = offset - self._ends[number - 1] - len(put)
        if behind < 0:
            return end if last else begin
        return end + behind


# ---------------------------------------------------------------------------------------------
# The text that is left


def line_edits(text: str, lines: Sequence[Line], gone: dict[int, Claim]) -> list[Edit]:
    """Give one removal for each line that goes (`gone`: by line number), with the blank lines around it.

    Of the blank lines before and behind a block the larger number stays, so the paragraphs around it stand as
    far apart as they did. `lines` are all lines of the text.
    """
    edits: list[Edit] = []
    index = 0
    while index < len(lines):
        last = index
        while last < len(lines) and lines[last].number in gone:
            last += 1
        if last > index:
            edits += _block_edits(text, lines, (index, last), gone)
        index = last + 1
    return edits


def _block_edits(
    text: str, lines: Sequence[Line], block: tuple[int, int], gone: dict[int, Claim]
) -> list[Edit]:
    first, behind = block
    bounds = [lines[index].begin for index in range(first, behind)]
    if behind == len(lines):
        bounds.append(len(text))
        if first:
            before = lines[first - 1]
            bounds[0] = before.next if text.endswith(("\n", "\r")) else _line_end(text, before)
    elif first == 0:
        bounds[0] = 0
        bounds.append(lines[behind].begin)
    elif lines[behind].blank_above > lines[first].blank_above:
        bounds[0] = lines[first - 1].next
        bounds.append(lines[behind - 1].next)
    else:
        bounds.append(lines[behind].begin)
    return [
        _edit(text, (bounds[at], bounds[at + 1]), "", gone[lines[first + at].number])
        for at in range(behind - first)
    ]


def _line_end(text: str, line: Line) -> int:
    """The end of a physical line, in front of its line break."""
    end = line.next
    while end > line.end and text[end - 1] in "\r\n":
        end -= 1
    return end


def part_edit(text: str, cut: tuple[int, int, str], one: Claim) -> Edit:
    """Give the edit of one cut."""
    begin, end, put = cut
    return _edit(text, (begin, end), put, one)


def _edit(text: str, place: tuple[int, int], put: str, one: Claim) -> Edit:
    start, end = place
    return Edit(start, end, text[start:end], put, one.rule.id, one.rule.label, one.evidence, one.also)
