"""What ``bidkit init`` asks, how each answer is read, and what the answers are in a dossier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from bidkit.diagnostics import Refused, Word
from bidkit.i18n import N_, Translator

_MOST = 200  # characters of an answer


class Wrong(Exception):  # noqa: N818  (an answer that cannot be taken; it is asked again)
    """Why an answer cannot be taken, worded; ``likely`` is what may have been meant."""

    def __init__(self, told: str, likely: str = "") -> None:
        super().__init__(told)
        self.told, self.likely = told, likely


Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, ``name`` the path of its field: ``organisation.name``.

    ``read`` returns an answer as it is kept or raises `Wrong`; ``shown`` is its way back.
    """

    name: str
    text: str
    why: str
    read: Callable[[str, Translator], str]
    shown: Callable[[str, Translator], str] = lambda kept, words: kept
    likely: Callable[[Answers, Translator], str] = lambda answers, words: ""
    choices: Callable[[], Mapping[str, str]] = dict  # code → msgid of its label, to choose by number


# --- reading an answer -----------------------------------------------------------------------------------
def _name(text: str, words: Translator) -> str:
    if not re.search(r"\w", text):
        raise Wrong(words.text(N_("“{value}” is not a name. Write it in letters."), value=text))
    return text


def _business_id(text: str, words: Translator) -> str:
    from bidkit import money

    try:
        return money.business_id(text)
    except Refused as refusal:
        why = refusal.facts.get("why")
        likely = dict(why.facts).get("likely") if isinstance(why, Word) else None
        raise Wrong(_told(refusal, words), str(likely or "")) from None


def _email(text: str, words: Translator) -> str:
    if not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+", text):
        told = N_("“{value}” is not an e-mail address. Write it like this: tarjoukset@jarjesto.fi.")
        raise Wrong(words.text(told, value=text))
    return text


def _municipality(text: str, words: Translator) -> str:
    from bidkit.model.codes import municipality_code

    try:
        return municipality_code(text)
    except Refused as refusal:
        near = refusal.facts.get("near", ()) or refusal.facts.get("code", ())
        names = near if isinstance(near, tuple) else (near,)
        meant = list(dict.fromkeys(_municipality_name(municipality_code(one), words) for one in names))
    if meant:
        told = words.text(N_("“{value}” is not a municipality. Did you mean {near}?"), value=text, near=tuple(meant))
        raise Wrong(told, meant[0])
    told = N_("“{value}” is not a municipality. Write its name in Finnish or Swedish, for example Tampere.")
    raise Wrong(words.text(told, value=text))


def _municipality_name(code: str, words: Translator) -> str:
    from bidkit.model.codes import municipalities

    return municipalities()[code].names[words.language]


def _chosen(choices: Callable[[], Mapping[str, str]]) -> Callable[[str, Translator], str]:
    """Return a reader of one of ``choices``: by its number, its code or its label in any language."""

    def read(text: str, words: Translator) -> str:
        codes = choices()
        spoken = [Translator(language, words.domains) for language in ("fi", "sv", "en")]
        for number, (code, label) in enumerate(codes.items(), 1):
            if text.casefold() in {str(number), code, *(one.text(label).casefold() for one in spoken)}:
                return code
        raise Wrong(words.text(N_("“{value}” is not one of these. Write a number, 1–{last}."), value=text, last=number))

    return read


def _labelled(choices: Callable[[], Mapping[str, str]]) -> Callable[[str, Translator], str]:
    return lambda kept, words: words.text(choices()[kept])


def _told(refusal: Refused, words: Translator) -> str:
    """Return a refusal and its way out."""
    texts = (refusal.message.text, refusal.message.hint)
    return " ".join(words.text(text, **refusal.facts) for text in texts)


# --- what can be chosen, and what is likely ----------------------------------------------------------------
@cache
def _legal_forms() -> Mapping[str, str]:
    from bidkit.model.choices import label
    from bidkit.model.organisation import LegalForm

    return {code: label(code) for code in get_args(LegalForm)}


def _languages() -> Mapping[str, str]:
    return {"fi": N_("Finnish"), "sv": N_("Swedish"), "en": N_("English")}


# Words of names in the registers, by legal form; the long ones may be the end of a longer word.
_IN_NAMES = {
    "association": ("ry", "rf"),
    "foundation": ("sr", "säätiö", "stiftelse", "stiftelsen"),
    "cooperative": ("osk", "osuuskunta", "andelslag"),
    "company": ("oy", "ab", "oyj", "abp"),
    "joint_authority": ("kuntayhtymä", "samkommun"),
    "municipality": ("kaupunki", "kunta", "stad", "kommun"),
}


def _likely_form(answers: Answers, words: Translator) -> str:
    """Return the legal form that the name tells; most of those who ask are associations."""
    name = answers.get("organisation.name", "").casefold()
    for form, told in _IN_NAMES.items():
        if set(told) & set(name.split()) or name.endswith(tuple(word for word in told if len(word) > 4)):
            return form
    return "association"


QUESTIONS = (
    Question(
        "organisation.name",
        N_("Name of the organisation"),
        N_("It is printed in the bid. Write it as it is in the register, for example Esimerkkipaja ry."),
        _name,
    ),
    Question(
        "organisation.business_id",
        N_("Business ID"),
        N_(
            "The buyer looks the organisation up in the registers with it. A wrong one leads to a request for "
            "clarification, so it is checked at once. It looks like 1234567-1; you find it at ytj.fi."
        ),
        _business_id,
    ),
    Question(
        "organisation.legal_form",
        N_("Legal form"),
        N_("It decides which register extracts and reports a buyer may ask for."),
        _chosen(_legal_forms),
        _labelled(_legal_forms),
        _likely_form,
        _legal_forms,
    ),
    Question(
        "organisation.municipality",
        N_("Home municipality"),
        N_("It is printed among the organisation's details. Write its name, for example Tampere."),
        _municipality,
        _municipality_name,
    ),
    Question(
        "organisation.contact.email",
        N_("E-mail address for the buyer"),
        N_(
            "The buyer sends questions and the decision there. Bids become public, so an address without a person's "
            "name is best, for example tarjoukset@jarjesto.fi."
        ),
        _email,
    ),
    Question(
        "services.name",
        N_("Name of your first service"),
        N_("Services are what a bid offers. One is enough to begin with; you add others in the workbook."),
        _name,
    ),
    Question(
        "bid.language",
        N_("Language of the bid"),
        N_("The bid is written in this language. The tender says which ones are allowed."),
        _chosen(_languages),
        _labelled(_languages),
        lambda answers, words: words.language,
        _languages,
    ),
)


def read(question: Question, typed: str, words: Translator) -> str:
    """Return an answer as it is kept; raises `Wrong` if it cannot be taken."""
    from bidkit import gate

    try:
        text = " ".join(gate.clean(typed).split())
    except Refused as refusal:
        raise Wrong(_told(refusal, words)) from None
    if len(text) > _MOST:
        told = N_("The answer has {n} characters; at most {most} fit here.")
        raise Wrong(words.text(told, n=len(text), most=_MOST))
    return question.read(text, words)


def given(answers: Answers) -> dict[str, str]:
    """Return the answers that are not left open, by the paths of their fields, with ids made of the names."""
    found = {path: text for path, text in answers.items() if text}
    for noun, otherwise in (("organisation", "jarjesto"), ("services", "palvelu")):
        if name := found.get(f"{noun}.name"):
            found[f"{noun}.id"] = id_of(name, otherwise)
    return found


def id_of(name: str, otherwise: str) -> str:
    """Return an id made of a name: ``Työhönvalmennus A`` → ``tyohonvalmennus-a``."""
    bare = unicodedata.normalize("NFKD", name.lower())
    plain = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c)))
    return plain[:40].strip("-") or otherwise
