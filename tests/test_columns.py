"""Headings of columns and labels of choices: every field and every code has one, in every language, and no other's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from bidkit import conditions
from bidkit.dossier.sheets import folded, headings, layout
from bidkit.i18n import FINDINGS, Translator, _catalogue, languages
from bidkit.model.choices import label
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS

TRANSLATED = [tag for tag in languages() if tag != "en"]
SAME = {"a1", "a2", "b1", "b2", "c1", "c2", "ict"}  # codes that are their own label
SIGNS = re.compile(r"[:;()*!\[\]=]")  # signs that mean something in a heading or in a cell with a list


def _inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _inside(part)


def codes(annotation: Any) -> tuple[str, ...]:
    """Return the codes that a field of this annotation takes, in the model's order; none if it takes any text."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(code for part in get_args(annotation) for code in codes(part))


def _models() -> dict[type[BaseModel], None]:
    """Return every model that a file of a dossier or the parameters of a condition are read into."""
    found: dict[type[BaseModel], None] = {}
    waiting = [noun.model for noun in NOUNS.values()] + [conditions.kind(name) for name in conditions.kinds()]
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found[model] = None
            waiting += [group for info in model.model_fields.values() for group in _inside(info.annotation)]
    return found


MODELS = [model for model in _models() if set(model.model_fields) - {"at"}]
TITLES = {(model, name): info.title for model in MODELS for name, info in model.model_fields.items() if name != "at"}
FOUND = (codes(info.annotation) for model in MODELS for info in model.model_fields.values())
LISTS = [*dict.fromkeys(filter(None, FOUND)), conditions.kinds()]


def _name(model: type[BaseModel]) -> str:
    return f"{model.__module__.rpartition('.')[2]}.{model.__name__}"


def test_every_field_has_a_heading_and_a_description_that_differs():
    assert len(TITLES) > 300
    for (model, name), title in TITLES.items():
        assert title, (_name(model), name)
        assert 1 <= len(title.split()) <= 4, (_name(model), name, title)
        assert title[0].isupper(), (_name(model), name, title)
        assert model.model_fields[name].description, (_name(model), name)


@pytest.mark.parametrize("language", languages())
def test_headings_are_short_and_have_no_signs(language):
    words = Translator(language, ("columns",))
    for title in set(TITLES.values()):
        heading = words.text(title)
        assert len(heading) <= 35, heading
        assert not SIGNS.search(heading), heading


@pytest.mark.parametrize("model", MODELS, ids=_name)
def test_a_heading_names_one_field_of_its_model_whatever_the_language(model):
    named: dict[str, str] = {}
    for (owner, field), title in TITLES.items():
        if owner is model:
            headings = {Translator(tag, ("columns",)).text(title).casefold() for tag in languages()}
            for heading in headings:
                assert named.setdefault(heading, field) == field, heading


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_of_headings_holds_the_titles_and_nothing_else(language):
    assert set(_catalogue(language, "columns")) == set(TITLES.values())


def test_the_codes_of_fields_are_found_in_all_their_shapes():
    assert ("member", "subcontractor", "capacity", "referral") in LISTS
    assert ("all", "lead", "any") in LISTS
    assert ("letter", "summary", "responsibility", "data_protection", "price_reason") in LISTS  # in a list
    assert ("a1", "a2", "b1", "b2", "c1", "c2", "native") in LISTS
    assert codes(str | None) == ()
    assert label("joint_authority") == "joint authority"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_of_choices_holds_the_codes_and_nothing_else(language):
    found = _catalogue(language, "choices")
    assert set(found) == {label(code) for choices in LISTS for code in choices}
    for msgid, text in found.items():
        assert not SIGNS.search(text), text
        assert (text == msgid) == (msgid in SAME) or language == "sv", text


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices[0])
def test_a_label_names_one_code_of_its_list_whatever_the_language(choices):
    named: dict[str, str] = {}
    for code in choices:
        labels = {Translator(tag, ("choices",)).text(label(code)).casefold() for tag in languages()}
        for one in {code, *labels}:
            assert named.setdefault(one, code) == code, one


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sheet_is_called_the_same_among_the_words_of_findings(language):
    """Or a finding that names a sheet by its title would send its reader to one that is not there."""
    own, words = Translator(language, ("workbook",)), Translator(language, FINDINGS)
    assert [title for title in SHEETS.values() if own.text(title) != words.text(title)] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("domain", ["columns", "choices"])
def test_a_heading_or_label_reads_the_same_among_the_words_of_findings(language, domain):
    own = _catalogue(language, domain)
    words = Translator(language, FINDINGS)
    differing = {msgid: (words.text(msgid), text) for msgid, text in own.items() if words.text(msgid) != text}
    assert differing == {}


@pytest.mark.parametrize("heading", ["Etäpalvelu", "Miten etänä", "remote"])
def test_a_heading_of_an_earlier_version_is_read_on(heading):
    services = next(sheet for sheet in layout() if (sheet.noun, sheet.path) == ("services", ()))
    assert headings(services, "fi")[folded(heading)].path == ("remote",)
