"""str -> languages: which languages a text may be in, by a vote of function words and scripts.

Deterministic and cheap: a sample of the text is read, and every language that comes near the winner is a
candidate. Nothing recognisable gives the empty set, and then only packs without `lang` run.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

_WORDS: dict[str, str] = {
    "en": "the of and to in is that for was on with as by at from his her has have he she it this are be an will "
    "not but were they which their who said would had been its or more about after",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber",
    "fr": "le la les des et en un une du que est pour qui dans par sur au plus pas ne se ce il sont avec aux cette "
    "ont mais comme ou être fait été leur elle nous vous",
    "es": "el la los de que y en un una por con para las del se no es al lo como más su pero sus le ha este entre "
    "cuando muy sin sobre también fue han hay donde desde todo",
    "it": "il di che e la in un per è una non con del le della si i da al dei sono nel alla gli come più anche ha "
    "lo delle dal ma nella su questo ci stato",
    "pt": "o de que e do da em um para com não uma os no se na por mais as dos como mas ao ele das foi à seu sua ou "
    "ser são também pelo pela até isso quando já está",
    "nl": "de het een van en in is dat op te voor met zijn die niet aan er om ook als maar bij uit door naar over "
    "hij nog werd heeft wordt worden deze tot ze hebben",
    "pl": "w i na z się do nie że to jest o jak po za od dla przez był ale są co tym jego oraz było tego ma czy "
    "także tak już który która które roku",
    "cs": "a se v na je že o s z do i to ve pro za by ale jsou byl jako jeho po k podle který které která také "
    "však už při jen tak aby bylo",
    "sv": "och att det i en som är av för på med den till inte har de om ett var men sig från vi så kan när han "
    "eller hade ska efter också vid",
    "no": "og i det er på som til en av for at med de ikke har den om et var seg fra vi men så kan han også etter "
    "ved eller hun ble være skal mot blir",
    "da": "og i det er på som til en af for at med de ikke har den om et var sig fra vi men så kan han også efter "
    "ved eller hun blev være skal mod bliver der hvor",
    "tr": "ve bir bu için da de ile olarak çok daha gibi olan kadar sonra ama en o ne var değil her dedi ise göre "
    "olduğunu oldu",
    "id": "yang dan di dengan untuk dari pada ini itu tidak dalam akan ke oleh juga ada saat karena tersebut telah "
    "kata menjadi kepada bisa sudah sebagai mereka",
    "ru": "и в не на что с по как это он к из за его от для о у же все но был они так было до мы при после года "
    "также который была",
    "uk": "і в не на що з та у до як за від про для його це є але він по було при також який року були щоб має які",
    "bg": "и на в да се за от не е са по че с това като ще си до към при което които",
    "vi": "và của là có cho không được trong với các một người những đã này khi từ để về",
    "ar": "في من على أن إلى عن التي الذي مع هذا هذه كان ما لا بعد أو قال بين كما ذلك وقد وقال",
    "ur": "کے میں کی ہے اور سے کا کو نے پر ہیں کہ اس یہ ان بھی کیا تھا نہیں ایک",
    "hi": "के में की है और से का को ने पर हैं कि इस यह भी नहीं एक था हो कर तो लिए गया",
    "fa": "و در به از که این را با است برای آن یک خود تا بر شده",
    "zu": "ukuthi futhi kodwa uma noma ngoba lapho abantu kakhulu wathi bathi uthi kanye nokuthi ukuze njengoba kuze yini "
    "emva ngesikhathi yakhe kahle nje lokhu le lo ku nge",
    "xh": "ukuba kwaye kodwa xa okanye kuba apho abantu kakhulu uthi bathi ukuze emva nje ngoku yakhe kunye ngokuba kwakhona "
    "oku le lo phambi njengoko ngexesha",
    "sw": "ya na wa kwa ni katika za la kuwa hiyo huyo hilo huo hao kama lakini pia baada kabla amesema alisema watu ambao "
    "ambaye hivyo bila hata sana zaidi wakati kutoka mkoani serikali",
}
LANGUAGES: frozenset[str] = frozenset(_WORDS) | {"zh", "ja", "ko"}
"""Codes that a pack may name in `lang`."""

_SAMPLE = 600
_LEAST_VOTES = 3
_NEAR = 0.6  # a language with this share of the winner's votes is a candidate as well
_ENGLISH_PAGES = frozenset({"sw", "xh", "zu"})  # no pack speaks for them: their sites say it in English
_LETTERS: dict[str, frozenset[str]] = {
    "\u011f\u0131\u015f": frozenset({"tr"}),
    "\u0142\u017c\u017a\u0105\u0119\u015b\u0144": frozenset({"pl"}),
    "\u0159\u011b\u016f\u010d\u0148": frozenset({"cs"}),
    "\u00f1\u00bf\u00a1": frozenset({"es"}),
    "\u00e3\u00f5": frozenset({"pt"}),
    "\u00df": frozenset({"de"}),
    "\u00e5": frozenset({"sv", "no", "da"}),
    "\u00e6\u00f8": frozenset({"no", "da"}),
    "\u0457\u0454\u0491\u0456": frozenset({"uk"}),
    "\u044b\u044d": frozenset({"ru"}),
    "\u01b0\u01a1\u0111\u1ea1\u1ebf": frozenset({"vi"}),
}
"""Letters that hardly any other language here has: they vote where too few words do."""
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@functools.cache
def _voters() -> dict[str, tuple[str, ...]]:
    voters: dict[str, list[str]] = {}
    for lang, words in _WORDS.items():
        for word in words.split():
            voters.setdefault(word, []).append(lang)
    return {word: tuple(langs) for word, langs in voters.items()}


def sample(text: str) -> str:
    """Give the part of a text that votes: its beginning and two pieces further in."""
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[:_SAMPLE]} {text[middle : middle + _SAMPLE]} {text[-_SAMPLE:]}"


@functools.lru_cache(maxsize=256)
def _candidates(piece: str) -> frozenset[str]:
    votes = _vote(piece)
    if not piece.isascii():
        for lang, count in _script_votes(piece).items():
            votes[lang] = votes.get(lang, 0) + count
    best = max(votes.values(), default=0)
    if best < _LEAST_VOTES and not piece.isascii():
        votes = _letter_votes(piece)
        best = max(votes.values(), default=0)
    if best < _LEAST_VOTES:
        return frozenset()
    near = frozenset(lang for lang, count in votes.items() if count >= _NEAR * best)
    return with_english(near)


def with_english(langs: frozenset[str]) -> frozenset[str]:
    """Add English to languages whose sites say in English what surrounds an article."""
    return langs | {"en"} if langs & _ENGLISH_PAGES else langs


def candidates(text: str) -> frozenset[str]:
    """Give the languages that a text may be in; empty where nothing is recognised.

    >>> sorted(candidates("The mayor said that he was not aware of the plan and that it would be read."))
    ['en']
    """
    return _candidates(sample(text))


def _vote(piece: str) -> dict[str, int]:
    of_word = _voters().get
    counts = Counter(map(of_word, piece.lower().split()))
    if counts.keys() <= {None}:  # scripts that glue marks to words
        counts = Counter(map(of_word, _WORD.findall(piece.lower())))
    votes: dict[str, int] = {}
    for langs, count in counts.items():
        for lang in langs or ():
            votes[lang] = votes.get(lang, 0) + count
    return votes


def _script_votes(piece: str) -> dict[str, int]:
    kana, hangul, han = (len(script.findall(piece)) for script in (_KANA, _HANGUL, _HAN))
    if kana * 8 > han and kana > 3:
        return {"ja": kana + han}
    if hangul > han and hangul > 3:
        return {"ko": hangul}
    return {"zh": han} if han > 3 else {}


def _letter_votes(piece: str) -> dict[str, int]:
    votes: dict[str, int] = {}
    letters = Counter(piece.lower())
    for group, langs in _LETTERS.items():
        count = sum(letters[letter] for letter in group)
        for lang in langs:
            votes[lang] = votes.get(lang, 0) + count
    return votes
