"""Edit* + Edit* -> Edit*: two rounds of edits as one, in the coordinates of the first input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge

from cleaner.model import Edit, apply

LINE_ENDS = "\n\r"


@dataclass(frozen=True, slots=True)
class _Placed:
    """An edit, and the stretch of the text between the rounds that it made (or that it takes)."""

    low: int
    high: int
    later: bool
    """It belongs to the second round."""
    edit: Edit

    def order(self) -> tuple[int, bool, bool]:
        """Sort by place; what has no width comes before what begins there."""
        return self.low, self.high > self.low, self.later

    def removes(self) -> bool:
        """Tell whether nothing stands where the edit was."""
        return not self.edit.new


@dataclass(slots=True)
class _Group:
    """Edits of both rounds that concern one stretch of the text between."""

    low: int
    high: int
    members: list[_Placed] = field(default_factory=list)
    gap: int = -1
    """Where the first round last took something away that held no line end."""
    taken: int = -1
    """Where the last removal of the second round ends."""

    def add(self, placed: _Placed) -> None:
        """Take one more edit and grow over its stretch."""
        self.low = min(self.low, placed.low)
        self.high = max(self.high, placed.high)
        self.members.append(placed)
        if placed.later and placed.removes():
            self.taken = placed.high
        elif _inside_a_line(placed):
            self.gap = placed.low


def compose(first: Sequence[Edit], second: Sequence[Edit], source: str) -> tuple[Edit, ...]:
    """Join edits on ``source`` with edits on the text that they make into one list on ``source``.

    Both lists are sorted and do not overlap, and so is the result, which makes the same text in one
    go. Where both rounds changed the same stretch the result holds one edit, under the name of the
    second round's removal if there is one, with the others in `also`. Edits that only touch stay
    apart, but a removal at the edge of a line goes with the line when the second round takes it.
    """
    if not first or not second:
        return tuple(edit for edit in (first or second) if edit.old != edit.new)
    between = apply(source, tuple(first))
    joined: list[Edit] = []
    shift = 0  # what to add to a place in the text between for its place in the source
    for group in _groups(first, second, between):
        edit = _joined(group, shift, source, between)
        if edit.old != edit.new:
            joined.append(edit)
        shift += _shrunk(group)
    return tuple(joined)


def _groups(first: Sequence[Edit], second: Sequence[Edit], between: str) -> Iterator[_Group]:
    """Walk over both rounds in the order of the text between and gather what overlaps."""
    group: _Group | None = None
    for placed in merge(_made_by(first), _taken_by(second), key=_Placed.order):
        if group is not None and (placed.low < group.high or _on_one_line(group, placed, between)):
            group.add(placed)
            continue
        if group is not None:
            yield group
        group = _Group(placed.low, placed.high)
        group.add(placed)
    if group is not None:
        yield group


def _made_by(first: Sequence[Edit]) -> Iterator[_Placed]:
    """Give the edits of the first round with the stretches that they made."""
    shift = 0
    for edit in first:
        low = edit.start + shift
        yield _Placed(low, low + len(edit.new), False, edit)
        shift += len(edit.new) - len(edit.old)


def _taken_by(second: Sequence[Edit]) -> Iterator[_Placed]:
    """Give the edits of the second round with the stretches that they take."""
    for edit in second:
        yield _Placed(edit.start, edit.end, True, edit)


def _on_one_line(group: _Group, placed: _Placed, between: str) -> bool:
    """Tell whether a removal of each round stand side by side at the start or end of one line."""
    place = placed.low
    if place != group.high or not placed.removes():
        return False
    begins = place == 0 or between[place - 1] in LINE_ENDS
    if placed.later:
        return begins and placed.high > place and group.gap == place
    ends = place == len(between) or between[place] in LINE_ENDS
    return ends and not begins and group.taken == place and _inside_a_line(placed)


def _inside_a_line(placed: _Placed) -> bool:
    """Tell whether the first round took something away that held no line end."""
    return not placed.later and placed.removes() and not any(end in placed.edit.old for end in LINE_ENDS)


def _shrunk(group: _Group) -> int:
    """Count the characters that the first round took from this stretch (less than 0: added)."""
    return sum(len(one.edit.old) - len(one.edit.new) for one in group.members if not one.later)


def _joined(group: _Group, shift: int, source: str, between: str) -> Edit:
    """Make one edit on the source of all edits in a group."""
    start, end = group.low + shift, group.high + shift + _shrunk(group)
    if len(group.members) == 1:
        return replace(group.members[0].edit, start=start, end=end)
    parts: list[str] = []
    at = group.low
    for one in group.members:
        if one.later:
            parts += (between[at : one.low], one.edit.new)
            at = one.high
    parts.append(between[at : group.high])
    lead = _lead(group)
    names = [name for one in group.members for name in (one.edit.rule, *one.edit.also) if name != lead.rule]
    also = tuple(dict.fromkeys((*lead.also, *names)))
    return replace(lead, start=start, end=end, old=source[start:end], new="".join(parts), also=also)


def _lead(group: _Group) -> Edit:
    """Choose whose name the joined edit bears: the longest removal of the second round, or the first edit.

    A removal of white space does not give its name to words that the first round took.
    """
    removals = [one.edit for one in group.members if one.later and one.removes()]
    firsts = [one.edit for one in group.members if not one.later]
    named = [edit for edit in removals if edit.old.strip()]
    if not named and any(edit.old.strip() for edit in firsts):
        return next(edit for edit in firsts if edit.old.strip())
    if removals:
        return max(named or removals, key=lambda edit: len(edit.old))
    return firsts[0] if firsts else group.members[0].edit
