"""Make the generated pages: conditions, findings and the model, in Finnish. ``python docs/generate.py``.

A test compares the pages with what this makes, so they never lag behind the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bidkit import conditions
from bidkit.cli.manual import as_shown, paragraphs, words_of
from bidkit.i18n import N_, Translator
from bidkit.messages import catalogue
from bidkit.model import _base as kinds
from bidkit.model.choices import label
from bidkit.model.codes import MunicipalityCode
from bidkit.model.dossier import NOUNS
from bidkit.model.tender import Decimals

HERE = Path(__file__).parent
HEAD = "<!-- Generoitu: python docs/generate.py. Muuta ohjelmaa, älä tätä sivua. -->\n\n"


def pages() -> dict[str, str]:
    """Return file name → text of every generated page."""
    words = words_of("fi")
    return {
        "conditions.md": HEAD + conditions_page(words),
        "findings.md": HEAD + findings_page(words),
        "model.md": HEAD + model_page(words),
    }


def conditions_page(words: Translator) -> str:
    """Return the manual pages of all kinds of condition."""
    parts = ["# Ehtolajit\n\nSama sivu päätteeseen: `bidkit explain EHTOLAJI`.\n"]
    found = [(kind.number, name, kind) for name in conditions.kinds() if (kind := conditions.kind(name))]
    parts.append("| Nro | Ehtolaji | Nimi | Ryhmittymässä |\n| --- | --- | --- | --- |")
    parts += [
        f"| {number} | [`{name}`](#{name}) | {words.text(kind.title)} | {words.text(_AGGREGATES[kind.aggregate])} |"
        for number, name, kind in sorted(found)
    ]
    for _, name, kind in sorted(found):
        parts.append(f"\n## {name}\n\n**{words.text(kind.title)}** ({kind.code()})\n")
        parts += [words.text(part) + "\n" for part in paragraphs(kind.__doc__ or "")]
        fields = [(i.alias or f, i) for f, i in kind.model_fields.items() if f != "at"]
        if fields:
            parts += _table("Parametri", fields, words, headings=words.extra("columns"))
    return "\n".join(parts) + "\n"


_AGGREGATES = {
    "sum": N_("members together"),
    "any": N_("any member"),
    "all": N_("every member"),
    "lead": N_("the lead"),
    "named": N_("the named member"),
}


def findings_page(words: Translator) -> str:
    """Return the manual pages of all findings but those of the kinds of condition."""
    parts = [
        "# Havainnot\n\nSama sivu päätteeseen: `bidkit explain KOODI`. BK3-alkuiset: [ehtolajit](conditions.md).\n"
    ]
    for message in sorted(catalogue(), key=lambda m: m.code):
        parts.append(f"## {message.code}\n\n**{as_shown(message.text, words)}**\n")
        parts += [_block(part) + "\n" for part in words.text(message.page).split("\n\n")]
        parts.append(f"*{as_shown(message.hint, words)}*\n")
    return "\n".join(parts)


def _block(part: str) -> str:
    """Return a paragraph as Markdown: one of several lines is an example of a file."""
    return f"```yaml\n{part}\n```" if "\n" in part else part


MODEL_HEAD = """# Aineiston tiedostot ja kentät

Editoria varten: `bidkit schema --out KANSIO`.

- *teksti kielittäin*: pelkkä teksti on aineiston omaa kieltä (`bid.written_in`); monella kielellä `{fi: …, sv: …}`.
- *luettelo*: `[yksi, toinen]` tai rivit, joiden alussa on `- `; yksi teksti, tunnus tai kunta käy sellaisenaan.
- *ryhmä kenttiä*: kentät ovat omassa taulukossaan alempana, nimellä `tiedosto.kenttä`.
- *tunnus*: pienin kirjaimin, numeroin ja merkein `-`, `_` ja `.`; muut tiedostot viittaavat sillä.
- *€*, *%*, *luku*, *päivä*, *tunnit*: niin kuin suomeksi kirjoitetaan: `1 234,50`, `12,5 %`, `31.1.2027`, `7 h 40 min`.
"""


def model_page(words: Translator) -> str:
    """Return every file of a dossier with its fields; a group of fields is described where it is first met."""
    parts = [MODEL_HEAD]
    groups: dict[type[BaseModel], list[str]] = {}
    for noun, one in NOUNS.items():
        for path, group in _groups(one.model, noun):
            groups.setdefault(group, []).append(path)
    for noun, one in NOUNS.items():
        model = one.model
        kind = "yksi" if one.holds == "one" else "luettelo"
        need = ", pakollinen" if one.required else ""
        parts.append(f"## {noun}.yaml ({kind}{need})\n\n{words.text(paragraphs(model.__doc__ or '')[0])}\n")
        parts += _fields(model, words)
        for group, (first, *others) in groups.items():
            if first.split(".")[0] == noun:
                parts.append(f"### {first}\n\n{words.text(paragraphs(group.__doc__ or '')[0])}\n")
                if others:
                    parts.append(f"Samat kentät: {', '.join(f'`{path}`' for path in others)}.\n")
                parts += _fields(group, words)
    return "\n".join(parts)


def _fields(model: type[BaseModel], words: Translator) -> list[str]:
    fields = [(info.alias or name, info) for name, info in model.model_fields.items() if name != "at"]
    return [*_table("Kenttä", fields, words), ""]


def _table(
    head: str, fields: list[tuple[str, FieldInfo]], words: Translator, headings: Translator | None = None
) -> list[str]:
    """Return a table of fields: name, meaning, what may be written there, and whether it must be.

    With ``headings`` it also tells what a workbook calls the field.
    """
    heads = [head, *(["Työkirjassa"] if headings else []), "Merkitys", "Mitä siihen kirjoitetaan", "Pakollinen"]
    rows = [heads, ["---"] * len(heads)]
    for name, info in fields:
        meaning = words.text(info.description or "")
        called = [headings.text(info.title or name)] if headings else []
        rows.append([f"`{name}`", *called, meaning, _kind(info, meaning), "kyllä" if info.is_required() else "ei"])
    return [f"| {' | '.join(row)} |" for row in rows]


# What people write in a field of each type of the model. A type is known by its reader.
_KINDS = {
    get_args(type_)[1]: told
    for type_, told in (
        (kinds.Text, "teksti"),
        (kinds.Texts, "teksti kielittäin"),
        (kinds.Id, "tunnus"),
        (kinds.Language, "kieli"),
        (kinds.Phone, "puhelinnumero"),
        (kinds.BusinessId, "Y-tunnus"),
        (MunicipalityCode, "kunta"),
        (kinds.YesNo, "kyllä/ei"),
        (kinds.Count, "luku"),
        (kinds.Amount, "luku"),
        (Decimals, "luku"),
        (kinds.Money, "€"),
        (kinds.Share, "%"),
        (kinds.Rate, "%"),
        (kinds.Margin, "%"),
        (kinds.Hours, "tunnit"),
        (kinds.Day, "päivä"),
        (kinds.Moment, "päivä ja kello"),
    )
}


def _kind(info: FieldInfo, meaning: str) -> str:
    """Return what may be written in a field, as its annotation says; a KeyError is a type without words."""
    return next((_KINDS[mark] for mark in info.metadata if mark in _KINDS), "") or _annotated(info.annotation, meaning)


def _choice(code: str) -> str:
    """Return a code with the label that a workbook shows for it."""
    shown = Translator("fi", ("choices",)).text(label(code))
    return f"`{code}`" + (f" ({shown})" if shown != code else "")


def _annotated(annotation: Any, meaning: str) -> str:
    args = get_args(annotation)
    mark = next((one for one in getattr(annotation, "__metadata__", ()) if one in _KINDS), None)
    if mark is not None:
        return _KINDS[mark]
    if get_origin(annotation) is Literal:
        told = all(word in meaning for word in args)
        return "yksi näistä sanoista" if told else "yksi sanoista " + ", ".join(map(_choice, args))
    if get_origin(annotation) is tuple:
        return f"luettelo: {_annotated(args[0], meaning)}"
    if get_origin(annotation) is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return "ryhmä kenttiä"
    return _annotated(next(part for part in args if part is not type(None)), meaning)


def _groups(model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the groups of fields that a model holds, with the path at which each is written."""

    def inside(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for part in getattr(annotation, "__args__", ()):
            yield from inside(part)

    for name, info in model.model_fields.items():
        for group in inside(info.annotation):
            here = f"{path}.{info.alias or name}"
            yield here, group
            yield from _groups(group, here)


if __name__ == "__main__":
    for file, text in pages().items():
        (HERE / file).write_text(text, encoding="utf-8", newline="\n")
