"""Document -> Result: one document through all stages.

    page ─▶ repair ─▶ lines ─▶ match ─▶ edits (rounds until nothing changes) ─▶ blank lines

Every stage gives edits; composed they are the record that rebuilds the input from the output.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner import rounds
from cleaner.deadline import Deadline
from cleaner.labels import KEPT_BY_DEFAULT
from cleaner.lines import Facts, Line, split
from cleaner.marks import moved
from cleaner.model import Document, Edit, Note, Options, Result, apply
from cleaner.plan import Plan
from cleaner.repair_names import REPAIR_NAMES
from cleaner.rulefile.collection import held_off, no_collection
from cleaner.rulemodel import Rule, RuleSet
from cleaner.scope import Scope, host_of, on_host
from cleaner.spans import compose
from cleaner.swaps import swap

if TYPE_CHECKING:
    from cleaner.page import Opener

MOST_PASSES = 5
_CHARS_PER_BUDGET = 100_000
_BATCH_CHARS, _BATCH_DOCUMENTS = 500_000, 200
_REPAIRS = frozenset(REPAIR_NAMES)
_UNSETTLED = Note(
    "failed",
    "its replacements do not come to an end, so it passes through whole; "
    "look for a 'swap' or 'with' that makes again what it replaces",
)


@dataclass(frozen=True, slots=True)
class _Started:
    """A document on the way, before its rounds."""

    source: Document
    document: Document
    """With the title and the marks that the repaired text has."""
    text: str
    repaired: str
    repairs: tuple[Edit, ...]
    """What leads from one to the other."""
    lines: list[Line]
    scope: Scope
    unwanted: frozenset[str]
    """Repairs that are off."""


class Cleaner:
    """Rules and options, made ready once and used for many documents.

    ``rules`` None takes the rules that are shipped (without their examples). Same text, same rules, same
    options: same output.
    """

    def __init__(self, rules: RuleSet | None = None, *, options: Options | None = None) -> None:
        if rules is None:
            from cleaner import rulecache
            from cleaner.rulefile import shipped_folder

            rules = rulecache.load([shipped_folder()])
        self.rules = rules
        self.options = options or Options()
        active = [_as_chosen(rule, self.options) for rule in rules.rules if is_active(rule, self.options)]
        self._plan = Plan([rule for rule in active if not (rule.using or rule.swap or rule.css)])
        self._fixes = tuple(rule for rule in active if rule.using or rule.swap)
        self._page_rules = [rule for rule in active if rule.css and rule.action == "drop"]

    @cached_property
    def digest(self) -> str:
        """A digest of rules, options and version: where it is the same, the output is."""
        from cleaner import __version__

        chosen = {
            key: sorted(value) if isinstance(value, frozenset) else value
            for key, value in asdict(self.options).items()
        }
        return hashlib.sha256(f"{__version__} {self.rules.digest} {chosen}".encode()).hexdigest()

    @property
    def active(self) -> tuple[Rule, ...]:
        """The rules that run under these options."""
        return self._plan.rules

    def clean(
        self, text: str, url: str | None = None, title: str | None = None, lang: str | None = None
    ) -> Result:
        """Clean one text; what is known of it besides helps to find its language, site and headline."""
        return self.clean_document(Document(text, url=url, title=title, lang=lang))

    def clean_texts(self, texts: Iterable[str]) -> list[str]:
        """Clean many texts of which nothing else is known; give the cleaned texts in order."""
        return [result.text for result in self.clean_documents(map(Document, texts))]

    def clean_page(
        self, page: str, url: str | None = None, title: str | None = None, lang: str | None = None
    ) -> Result:
        """Clean the article of one HTML page; the result's `source` is the article as it was extracted."""
        return self.clean_document(Document("", url=url, title=title, lang=lang, page=page))

    def open(self, document: Document) -> Document:
        """Give the document with the article of its page as its text; one that has no page as it is."""
        return document if document.page is None else self._opener.open(document)

    @cached_property
    def _opener(self) -> Opener:
        from cleaner.page import Opener

        return Opener(self._page_rules, self._is_meant, self._bodies)

    def _is_meant(self, document: Document, rule: Rule) -> bool:
        """Tell whether a css rule is meant for a document that has no text yet."""
        off = rounds.off_on_site(document, self.options.per_site_ignore, [rule])
        return not off and Scope(document, ()).tier(rule) is not None

    def _bodies(self, document: Document) -> list[str]:
        """Give the selectors of the element that holds the article, where the site is known."""
        host = host_of(document.url)
        sites = (pack.site for pack in self.rules.packs if pack.site is not None and pack.site.body)
        return [
            selector
            for site in sites
            if host is not None and any(on_host(host, wanted) for wanted in site.hosts)
            for selector in site.body
        ]

    def clean_documents(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Clean many documents, in order; the lines of some hundred are looked up at once.

        Each result is the one that `clean_document` gives.
        """
        waiting = iter(documents)
        while True:
            batch, error = self._gathered(waiting)
            yield from self._finished(batch)
            if error is not None:
                raise error
            if not batch:
                return

    def _gathered(self, waiting: Iterator[Document]) -> tuple[list[_Started | Result], Exception | None]:
        """Start some documents; what comes in between ends the batch, and is told after it."""
        batch: list[_Started | Result] = []
        size = 0
        with held_off():
            while size < _BATCH_CHARS and len(batch) < _BATCH_DOCUMENTS:
                try:
                    document = next(waiting, None)
                    if document is None:
                        break
                    batch.append(self._start(document))
                except Exception as error:
                    return batch, error
                size += len(document.text) + len(document.page or "")  # a page leaves much to collect
        return batch, None

    def clean_document(self, document: Document, *, trace: rounds.Trace | None = None) -> Result:
        """Clean one document. Never raises: what goes over its time passes through whole, with a note."""
        started = self._start(document)
        return started if isinstance(started, Result) else self._finish(started, trace)

    def _start(self, document: Document) -> _Started | Result:
        """Open and repair a document; one that has no text is finished with that."""
        document = self.open(document)
        if any(note.kind == "failed" for note in document.notes):
            return Result("", (), document.notes, True, "")
        return self._repaired(document)

    def _finished(self, batch: Sequence[_Started | Result]) -> list[Result]:
        lines: dict[frozenset[str], list[list[Facts]]] = {}
        for one in batch:
            if isinstance(one, _Started):
                lines.setdefault(one.scope.langs, []).append([line.facts for line in one.lines])
        with no_collection():
            for langs, documents in lines.items():
                self._plan.learn(documents, langs)
            return [one if isinstance(one, Result) else self._finish(one) for one in batch]

    def _finish(self, started: _Started, trace: rounds.Trace | None = None) -> Result:
        document = started.source
        try:
            return self._clean(started, trace)
        except TimeoutError as error:
            about = (
                "the document went over its budget of time, so it passes through whole; "
                "raise 'seconds' or mend the rule"
            )
            return Result(document.text, (), (Note("time-out", about, str(error)),), True, document.text)

    def _clean(self, started: _Started, trace: rounds.Trace | None) -> Result:
        # more time for longer texts
        source = started.source.text
        deadline = Deadline(self.options.seconds * (1 + len(source) / _CHARS_PER_BUDGET))
        edits: tuple[Edit, ...] = ()
        notes = list(started.source.notes)
        for _ in range(MOST_PASSES):
            fresh, said = self._pass(started, deadline, trace)
            notes += [note for note in said if note not in notes]
            edits = compose(edits, fresh, source)
            # a part that went can leave a text that reads differently to the repairs
            if not any(edit.new or "\n" not in edit.old for edit in fresh):
                return Result(apply(started.text, fresh), edits, tuple(notes), False, source)
            started = self._repaired(started.source, apply(started.text, fresh), edits)
        return Result(source, (), (_UNSETTLED,), True, source)

    def _repaired(self, source: Document, text: str | None = None, edits: tuple[Edit, ...] = ()) -> _Started:
        """Repair a text that edits made of a document's (None: its own), and part it into lines."""
        from cleaner.repair import repair_start

        text = source.text if text is None else text
        document = _marked(source, source.text, edits)
        fixes = self._fixes_of(document, text)
        unwanted = _REPAIRS - ({rule.using for rule in fixes} - self.options.repairs_off)
        repaired, repairs = repair_start(text, off=unwanted)
        swaps = swap(repaired, [rule for rule in fixes if rule.swap])
        repaired, repairs = apply(repaired, swaps), compose(repairs, swaps, text)
        document = _marked(document, text, repairs)
        if document.title:
            document = replace(document, title=repair_start(document.title, off=unwanted)[0])
        lines = split(repaired, self._plan.facts_of)
        scope = Scope(document, lines, self.options.keep)
        return _Started(source, document, text, repaired, repairs, lines, scope, unwanted)

    def _pass(
        self, started: _Started, deadline: Deadline, trace: rounds.Trace | None
    ) -> tuple[tuple[Edit, ...], tuple[Note, ...]]:
        from cleaner.repair import repair_end

        off = rounds.off_on_site(started.document, self.options.per_site_ignore, self._plan.rules)
        job = rounds.Job(
            started.document,
            started.lines,
            started.scope,
            self._plan,
            self._limited,
            deadline,
            off,
            trace,
            self.options.keep,
        )
        drops, notes = rounds.drop(started.repaired, job)
        left = apply(started.repaired, drops)
        _, ends = repair_end(left, off=started.unwanted, final_newline=self.options.final_newline)
        return compose(compose(started.repairs, drops, started.text), ends, started.text), notes

    _limited = True

    def _fixes_of(self, document: Document, text: str) -> tuple[Rule, ...]:
        """Give the fix rules that are meant for a document; most are meant for all."""
        if not any(rule.langs or rule.site or rule.condition for rule in self._fixes):
            return self._fixes
        scope = Scope(document, split(text))
        return tuple(rule for rule in self._fixes if scope.tier(rule) is not None)


def _marked(document: Document, text: str, edits: tuple[Edit, ...]) -> Document:
    """Give the document with its marks where its lines are after edits on a text."""
    if not document.marks or not edits:
        return document
    return replace(document, marks=moved(document.marks, text, edits))


class Bench(Cleaner):
    """A cleaner for the examples of rules: no budgets, and a document may become empty."""

    _limited = False


def is_active(rule: Rule, options: Options) -> bool:
    """Tell whether a rule runs under these options, on whatever document."""
    if (
        rule.status == "off"
        or (rule.status == "trial" and not options.trial)
        or (rule.risk == "bold" and not options.bold)
    ):
        return False
    if options.select and not rounds.is_selected(rule, options.select):
        return False
    if options.ignore and rounds.is_selected(rule, options.ignore):
        return False
    if rule.action == "fix":
        return True
    kept = (rule.label in KEPT_BY_DEFAULT or rule.label in options.keep) and rule.label not in options.drop
    return kept if rule.action == "keep" else not kept or rule.label in options.keep


def _as_chosen(rule: Rule, options: Options) -> Rule:
    """Give a rule as it runs: one that drops a label which the user keeps protects what it finds instead."""
    if rule.action == "drop" and rule.label in options.keep and rule.label not in options.drop:
        return replace(rule, action="keep")
    return rule
