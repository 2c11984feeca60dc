"""What holds for every kind of condition, whoever wrote it: tests, manual page, number, schema, languages."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bidkit import conditions
from bidkit.i18n import LOCALE

FOLDER = Path(conditions.__file__).parent
KINDS = conditions.kinds()
SHARED = sorted(p.stem for p in FOLDER.glob("_*.py") if p.stem != "__init__")
LANGUAGES = ("fi", "sv")


def marked(name: str) -> list[str]:
    """Return the texts marked with N_ in a source file."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "N_"]
    return [ast.literal_eval(call.args[0]) for call in calls]


def paragraphs(kind: type) -> list[str]:
    """Return the paragraphs of a manual page, each on one line: the msgids of its translations."""
    return [" ".join(p.split("\n")) for p in inspect.cleandoc(kind.__doc__ or "").split("\n\n")]


def translations(pattern: str, language: str) -> dict[str, str]:
    """Return msgid → translation of all the domains that match ``pattern``."""
    found: dict[str, str] = {}
    for path in (LOCALE / language).glob(f"{pattern}.po"):
        with path.open("rb") as file:
            found |= {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
    return found


def untranslated(texts: list[str], pattern: str, language: str) -> list[str]:
    known = translations(pattern, language)
    return [text for text in texts if text not in known]


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("name", KINDS)
def test_it_has_a_test_of_its_own(name):
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


@pytest.mark.parametrize("name", KINDS)
def test_its_manual_page_says_enough(name):
    kind = conditions.kind(name)
    assert kind is not None
    assert kind.__doc__ is not None
    assert len(paragraphs(kind)) >= 3
    assert f"kind: {name}" in " ".join(paragraphs(kind)), "the page shows how it is written in YAML"


@pytest.mark.parametrize("name", KINDS)
def test_it_declares_itself(name):
    kind = conditions.kind(name)
    assert kind.number > 0
    assert kind.title
    assert kind.aggregate in ("sum", "any", "all", "lead", "named")
    assert re.fullmatch(r"BK3\d\d", kind.code())


def test_numbers_and_titles_are_unique():
    found = [conditions.kind(name) for name in KINDS]
    assert len({kind.number for kind in found}) == len(KINDS)
    assert len({kind.title for kind in found}) == len(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_its_schema_explains_every_parameter(name):
    schema = conditions.kind(name).model_json_schema(by_alias=False)
    described = {key: value.get("description") for key, value in schema["properties"].items() if key != "at"}
    assert [key for key, text in described.items() if not text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*KINDS, *SHARED])
def test_its_texts_are_translated(name, language):
    rest = untranslated(marked(name), "conditions*", language)
    assert untranslated(rest, "columns", language) == []  # the headings of its parameters


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_its_manual_page_is_translated(name, language):
    page = paragraphs(conditions.kind(name))
    assert untranslated(page, "manual_conditions*", language) == []
    for text in page:
        (text + translations("manual_conditions*", language)[text]).encode("cp1252")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*KINDS, *SHARED])
def test_translations_keep_the_facts_and_the_alphabet(name, language):
    known = translations("conditions*", language)
    for text in marked(name):
        translation = known.get(text, text)
        assert fields(translation) == fields(text), text
        (text + translation).encode("cp1252")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_over(language):
    """A text that changed leaves its old translation behind; it must go."""
    used = {text for name in [*KINDS, *SHARED] for text in marked(name)}
    used |= {text for name in KINDS for text in paragraphs(conditions.kind(name))}
    assert set(translations("*conditions*", language)) - used == set()
