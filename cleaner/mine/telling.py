"""line -> labels: words by which a line that recurs tells what it is, where no rule of the general packs knows it.

Words alone prove nothing: they are asked only of lines that stand in at least three articles of one site, and
count together with the place of the line. English, since the general packs are thinnest where sites speak for
themselves, and most of them do so in English.
"""

from __future__ import annotations

import re

from cleaner.mine.templates import unmarked
from cleaner.patterns import normal
from cleaner.shapes import ends_like_sentence, words

_TELLING: dict[str, str] = {
    "legal": r"copyright|\u00a9|all rights reserved|terms (of|and)|privacy (policy|notice)|reprint|syndicat|views expressed"
    r"|distributed by|opinions expressed|disclaimer|trademark|licen[sc]e|not be reproduced|rush deadline|official record",
    "subscribe": r"newsletters?|sign(ing)? up|subscri\w+|inbox|donat\w+|become an? (\w+ )?(member|supporter|patron|subscriber)"
    r"|membership|support (our|independent|the|us|this|quality)|your support|free trial|chip in|e-?mail (updates|alerts)"
    r"|contribut\w+ (today|now|from)|(tax|financial) ?-?(deductible|contribution)|sponsor (our|us)|paywall|reader-supported",
    "social": r"facebook|twitter|instagram|whatsapp|telegram|flipboard|linkedin|pinterest|follow (us|me|him|her|them|on|@|\w+( \w+)? on)|like us|find us on|on (facebook|twitter|instagram|youtube|linkedin"
    r"|telegram|whatsapp|tiktok)|share (this|on|via)|join us on|tweet(s)? (at|us|to)|@\w+ on",
    "correction": r"write to|letters? (to|@)|send (us|your|letters|tips|a|an|comments)|contact (us|the|him|her|me|our)|e-?mail (us|me|him|her|the|your)"
    r"|let us know|get in touch|(questions|comments|tips|suggestions|feedback)\b.{0,40}@|reach (him|her|us|me|the)|can be reached"
    r"|got a (tip|question|story)|have a tip|spotted? an? (error|mistake)|corrections?@|your questions|ask (us|a question)",
    "ad": r"advertis\w+|sponsored|affiliate|may earn|commission|promoted",
    "promo": r"podcast|download|(mobile |our |the )app\b|click here|read more|more (from|on|at|about|stories|coverage)|related"
    r"|watch (the|this|live|more|now|our)|listen (to|here|now|on)|check out|(find|see) (out|more|all|our|also|the full)|our (blog|coverage|site|website|page|channel)"
    r"|full coverage|live updates|join (us|the|our|now)|order (now|your|here|a copy)|buy (now|the|tickets)|tune in|visit (our|us|the|www)|available (on|from|at|in|now)|stay (up to date|tuned|informed)"
    r"|also (like|read|be interested)|clicking here|top stories|headlines|latest news|recommended|popular|trending|catch up|sign in|shop|your (free|guide)|weekday|airs? (on|at|every)|behind the scenes|watch:|don'?t miss|'s blog\b",
    "credit": r"photos?( by| credit|:)|photograph\w*|images?( by| credit|:| copyright)|getty|reuters|associated press|\bafp\b|contributed (to|reporting)|reporting by"
    r"|additional reporting|editing by|compiled (by|from)|(files|inputs|wires|wire services|research help|assistance) from|illustrations? by|courtesy|produced by|shutterstock|contributed\.$|post wires",
    "interface": r"loading|javascript|your browser|cookies?|playback|toggle|enlarge|slideshow|back to (the )?top|top of (this|the)|skip to|click to|caption|full ?screen|pause|embed|can'?t see|don'?t see|expand|continue reading|show hide|tap (to|here)",
    "comment": r"leave a (comment|reply)|join the conversation|comments? (section|policy|below)|\d+ comments|post a comment|log in to",
    "byline": r"^(by|analysis by|posted by|written by) |^(last )?(updated|published|posted|modified)\b|min(ute)?s? read|first published|originally (published|appeared)",
}  # fmt: skip
_TESTS = {label: re.compile(source, re.IGNORECASE) for label, source in _TELLING.items()}

_ROLE = (
    r"editor|reporter|writer|columnist|correspondent|contributor|author|fellow|professor|director|host|analyst|journalist|producer"
    r"|attorney|lawyer|president|founder|chairman|member|critic|novelist|historian|scholar|researcher|strategist|consultant|freelance"
    r"|chief|blogger|adviser|advisor|expert|graduate|student|teacher|activist|veteran|scientist|economist|executive|senator|nominee|winner"
)
_NAME = r"(?:(?:Sen|Rep|Dr|Gov|Gen|Mr|Ms|Mrs|Prof|Rev|Col|Lt)\. )?[A-Z][\w.'\u00c0-\u017f-]*(?: (?:[A-Z][\w.'\u00c0-\u017f-]*|de|van|von|bin|al|la))+"
_BIO = re.compile(
    rf"^(?:{_NAME}|The (?:writer|author)s?)(?:, [^.;:!?]{{1,90}},?)?(?: and {_NAME})? (?:is|was|are|works|covers|writes|has been|served|serves|hosts|teaches|currently)\b.*\b(?:{_ROLE})",
    re.DOTALL,
)
_BYLINE = re.compile(rf"^(?:(?:By|Analysis by) )?{_NAME}, (?P<house>[^.!?]{{2,60}})$")
_IMPERATIVE = re.compile(
    r"^(?:read|watch|listen|see|find|check|click|join|become|get|download|sign|subscribe|follow|support|visit|discover|try|explore|share|send"
    r"|shop|buy|order|register|donate|enter|like|stay|catch|take our|tell us|help us|ask|submit|contact|email|call|learn|browse|view|go|meet|want|looking|have you|are you|do you|did you|got)\b(?! (?:\w+ ){0,4}(?:said|says))",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|you'll|you're|our|us|we|we'll|we're)\b", re.IGNORECASE)
_SHARE = frozenset(
    "facebook twitter x whatsapp email e-mail mail copy print flipboard pinterest reddit linkedin telegram messenger share link"
    " sms tumblr pocket bluesky mastodon instagram youtube tweet pin save comments more gmail skype line viber wechat weibo vk".split()
)
_NOTE = re.compile(
    r"^\W*(?:editor'?s'? note|note|correction|clarification|update|disclosure)\b"
    r"|\bthis (?:story|article|post|piece|column|report|series|project) (?:is|was|has been|will be) (?:part|a part|updated|corrected|adapted|supported|funded)"
    r"|\breceives? (?:support|funding)|\bfunded by|\bsupported by|\bin collaboration with|\bbreaking news story",
    re.IGNORECASE,
)


def telling(line: str) -> list[str]:
    """Give the labels for which a normal line has telling words, the most telling first.

    >>> telling("Sign up for our newsletter")
    ['subscribe']
    """
    counts = {label: len({found[0].lower() for found in test.finditer(line)}) for label, test in _TESTS.items()}
    return sorted((label for label in counts if counts[label]), key=lambda label: -counts[label])


def weight(line: str) -> int:
    """Count the telling words and phrases of a line, whatever their label."""
    return sum(len({found[0].lower() for found in test.finditer(line)}) for test in _TESTS.values())


def names_site(line: str, host: str) -> bool:
    """Tell whether a line names the site that prints it, as far as its host says the name.

    >>> names_site("Jo Doe writes for The Aldmouth Oar.", "aldmouthoar.com")
    True
    """
    stem = host.split(".")[0].replace("-", "").lower()
    bare = stem.removeprefix("the")
    if len(bare) >= 5:
        squashed = "".join(letter for letter in line.lower() if letter.isalnum())
        return bare in squashed
    return re.search(rf"(?<![\w@])(?:the ?)?{re.escape(bare)}(?!\w)", line, re.IGNORECASE) is not None


def is_bio(line: str) -> bool:
    """Tell whether a line says what somebody is."""
    return _BIO.match(unmarked(normal(line)).lstrip("(_-[ ")) is not None


def is_house_byline(line: str, host: str) -> bool:
    """Tell whether a line is nothing but a name and the house."""
    found = _BYLINE.match(unmarked(normal(line)))
    return found is not None and words(line) <= 9 and names_site(found["house"], host)


def is_share(line: str) -> bool:
    """Tell whether a line is a word of a share bar."""
    parts = unmarked(normal(line)).lower().replace("share on ", "").replace("share this:", "").split()
    return 0 < len(parts) <= 3 and all(part in _SHARE for part in parts)


def is_note(line: str) -> bool:
    """Tell whether a line speaks of this article, as a note to the reader does."""
    return _NOTE.search(line) is not None


def speaks(line: str) -> bool:
    """Tell whether a line asks the reader to do something, or speaks of the house and the reader."""
    return _IMPERATIVE.match(unmarked(normal(line))) is not None


def addresses(line: str) -> bool:
    """Tell whether a line has a `you` or an `our` in it."""
    return _YOU.search(line) is not None


def is_call(line: str) -> bool:
    """Tell whether a line is a call to the reader without the end of a sentence, such as that of a button."""
    return speaks(line) and not ends_like_sentence(line) and not line.endswith(":") and words(line) >= 2
