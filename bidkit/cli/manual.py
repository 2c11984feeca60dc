"""Manual pages: of findings, from the catalogue of messages; of conditions, from the kinds' own docstrings."""

from __future__ import annotations

import re
from difflib import get_close_matches
from inspect import cleandoc

from bidkit import conditions
from bidkit.conditions._base import Kind
from bidkit.diagnostics import Message, Name
from bidkit.dossier.sheets import code_of
from bidkit.i18n import FINDINGS, N_, Translator
from bidkit.messages import catalogue

MANUALS = tuple(
    f"manual_{domain}"
    for domain in (
        "findings",
        "reading",
        "workbook",
        "pricing",
        "templates",
        "document",
        "publishing",
        "merging",
        "consortium",
        "gathering",
        "conditions",
    )
)


def words_of(language: str) -> Translator:
    """Return a translator that knows the manual pages too."""
    return Translator(language, (*FINDINGS, *MANUALS))


def paragraphs(text: str) -> list[str]:
    """Split a docstring or page into paragraphs, each folded to one line: the unit of translation."""
    return [" ".join(part.split()) for part in cleandoc(text).split("\n\n") if part.strip()]


def page(subject: str, language: str) -> str | None:
    """Return the manual page of a code or a kind in ``language``, or None if there is none.

    A kind is named by its code or, as in a workbook, by its label in any language.
    """
    words = words_of(language)
    name = code_of(subject.strip().lower().replace("-", "_"), conditions.kinds())
    kind = conditions.kind(name)
    if kind is not None:
        return of_kind(name, kind, words)
    code = subject.strip().upper()
    for message in catalogue():
        if message.code == code:
            return of_message(message, words)
    for name in conditions.kinds():
        found = conditions.kind(name)
        if found is not None and found.code() == code:
            return of_kind(name, found, words)
    return None


def of_message(message: Message, words: Translator) -> str:
    """Return the page of a finding: its code and name, what it says, why it matters, the way out."""
    parts = [f"{message.code} {message.name}", as_shown(message.text, words)]
    parts.append(words.text(message.page))
    parts.append(words.text(N_("Way out: {hint}"), hint=as_shown(message.hint, words)))
    return "\n\n".join(parts)


_FORM = re.compile(r"\{(\w+):([A-Za-z]+)\}")  # a field of a wording, and how it stands in the sentence


def as_shown(text: str, words: Translator) -> str:
    """Return a wording with its fields still open, but braces that are meant as such written once."""
    shown = _FORM.sub(lambda at: words.named(Name(f"{{{at[1]}}}"), at[2]), words.text(text))
    return shown.replace("{{", "{").replace("}}", "}")


def of_kind(name: str, kind: type[Kind], words: Translator) -> str:
    """Return the page of a kind: its docstring, and its parameters, as a workbook calls them, with what they mean."""
    headings = Translator(words.language, ("columns",))
    parts = [f"{kind.code()} {name}: {words.text(kind.title)}"]
    parts += [words.text(part) for part in paragraphs(kind.__doc__ or "")]
    fields = [
        f"  {info.alias or field} ({headings.text(info.title or field)}): {words.text(info.description or '')}"
        for field, info in kind.model_fields.items()
        if field != "at"
    ]
    if fields:
        parts.append(words.text(N_("Parameters:")) + "\n" + "\n".join(fields))
    return "\n\n".join(parts)


def subjects() -> list[str]:
    """Return everything that has a page: kinds of condition, then codes."""
    kinds = [kind for name in conditions.kinds() if (kind := conditions.kind(name)) is not None]
    return [*conditions.kinds(), *sorted({*(m.code for m in catalogue()), *(kind.code() for kind in kinds)})]


def near(subject: str) -> tuple[str, ...]:
    """Return names of pages that look like ``subject``."""
    return tuple(get_close_matches(subject.lower(), subjects(), n=3, cutoff=0.4) or conditions.kinds()[:3])
