"""The house rules: what every command, kind, message and module owes its reader."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bidkit import conditions
from bidkit.cli import COMMANDS, cli
from bidkit.cli.manual import MANUALS, page, paragraphs, words_of
from bidkit.dossier.schema import schema
from bidkit.i18n import FINDINGS, LOCALE, Translator, languages
from bidkit.messages import catalogue
from bidkit.model.dossier import NOUNS

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "bidkit").rglob("*.py"))
MESSAGES = sorted(catalogue(), key=lambda m: m.code)
# A fact or a name in a text: “{line}”, “{noun:in}”, “{@prices.unit_price}”, “{=fixed}”. The form is the language's own.
FIELD = re.compile(r"\{([@=]?\w[\w.]*)(?::[A-Za-z]+)?\}")
SAME = {"Version", "Options"}  # words that another language writes as English does
CP1252_TEXT = re.compile("[\u2192\u2190\u2026\u2500-\u25ff\u2600-\u27bf\U0001f000-\U0001faff\u2212]")


def marked(path: Path) -> set[str]:
    """Return every text that ``N_(…)`` marks in a source file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_" and node.args:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.add(text.value)
            elif isinstance(text, ast.IfExp):
                found |= {part.value for part in (text.body, text.orelse) if isinstance(part, ast.Constant)}
    return found


def catalogue_of(language: str) -> dict[str, str]:
    """Return every translation of a language, all domains but click's own together."""
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for file in sorted(file for file in (LOCALE / language).glob("*.po") if file.stem != "click"):
        with file.open("rb") as handle:
            found |= {str(m.id): str(m.string) for m in read_po(handle, locale=language) if m.id}
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_its_words_in_the_guide(name):
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option)), name
    assert f"bidkit {name}" in (ROOT / "docs/opas.md").read_text(encoding="utf-8")


def test_help_loads_no_heavy_library():
    script = (
        "import sys; import bidkit.cli as c; c.cli.main(['--help'], standalone_mode=False);"
        "heavy = {'docx','openpyxl','pydantic','yaml','lxml','jinja2','xlsxwriter','numpy'} & set(sys.modules);"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_codes_are_unique_and_never_renumbered():
    codes = [m.code for m in MESSAGES] + [conditions.kind(k).code() for k in conditions.kinds()]
    assert len(codes) == len(set(codes))
    names = [m.name for m in MESSAGES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.code)
def test_every_message_has_a_page_and_fields_that_agree(message):
    assert page(message.code, "fi")
    assert len(message.page) > 60
    fields = set(FIELD.findall(message.text + message.hint))
    for language in ("fi", "sv"):
        found = catalogue_of(language)
        for text in (message.text, message.hint, message.in_cell):
            own = set(FIELD.findall(text))
            assert set(FIELD.findall(found.get(text, text))) == own, (language, text)
    assert "invalid" not in message.text.lower()
    facts = {one for one in FIELD.findall(message.in_cell) if one[0] not in "@="}
    assert facts <= fields  # the facts are the same


@pytest.mark.parametrize("language", [tag for tag in languages() if tag != "en"])
def test_every_marked_text_is_translated(language):
    found = catalogue_of(language)
    wanted = set().union(*(marked(path) for path in SOURCES))
    for name in conditions.kinds():
        wanted |= set(paragraphs(conditions.kind(name).__doc__ or ""))
    missing = sorted(t for t in wanted if t and not found.get(t) and re.search("[A-Za-z]{2}", t))
    assert not missing, f"{len(missing)} texts lack {language}: {missing[:10]}"


@pytest.mark.parametrize("language", [tag for tag in languages() if tag != "en"])
def test_an_editor_explains_every_field_in_the_language_of_its_user(language):
    """The words of ``bidkit schema`` and of the page of the model, with the domains that those read."""
    words, missing = words_of(language), set()

    def walk(node, told):
        if isinstance(node, dict):
            if isinstance(node.get("description"), str):
                told.append(node["description"])
            for part in node.values():
                walk(part, told)
        elif isinstance(node, list):
            for part in node:
                walk(part, told)

    for noun in NOUNS:
        english, translated = [], []
        walk(schema(noun, Translator("en", ())), english)
        walk(schema(noun, words), translated)
        for one, other in zip(english, translated, strict=True):
            pairs = zip(one.split("\n\n"), other.split("\n\n"), strict=True)
            missing |= {a for a, b in pairs if a == b and re.search("[a-z]{3}", a)}
    assert missing <= SAME, f"{len(missing)} texts lack {language}: {sorted(missing - SAME)[:10]}"


@pytest.mark.parametrize("language", [tag for tag in languages() if tag != "en"])
def test_translations_are_used_and_keep_their_fields(language):
    for file in sorted((LOCALE / language).glob("*.po")):
        assert file.stem in {
            *FINDINGS,
            *MANUALS,
            "board",
            "gaps",
            "merge",
            "go",
            "sheets",
            "marked",
            "common",
            "click",
            "help",
            "questions",
        }, f"no command reads {file.name}"
    for msgid, text in catalogue_of(language).items():
        wanted = sorted(set(FIELD.findall(msgid)))
        if wanted != ["n"]:
            assert sorted(set(FIELD.findall(text))) == wanted, (msgid, text)


@pytest.mark.parametrize("language", languages())
def test_the_terminal_prints_nothing_that_code_page_1252_cannot(language):
    english = [m.text + m.hint + m.in_cell for m in MESSAGES]
    texts = list(catalogue_of(language).values()) if language != "en" else english
    for text in texts:
        text.encode("cp1252")


@pytest.mark.parametrize("name", conditions.kinds())
def test_every_kind_has_a_page_and_a_test(name):
    kind = conditions.kind(name)
    assert kind.__doc__
    assert len(paragraphs(kind.__doc__)) >= 3
    assert (ROOT / f"tests/conditions/test_{name}.py").is_file()
    for language in languages():
        assert page(name, language)
    assert words_of("fi").text(kind.title) != kind.title


def test_every_message_is_told_by_some_code():
    """A finding that has a page and is never told is a promise that nobody keeps."""
    rooms = [p for p in (ROOT / "bidkit").rglob("*.py") if p.parent.name != "messages"]
    code = "\n".join(p.read_text(encoding="utf-8") for p in rooms)
    names = [
        f"{path.stem}.{name}"
        for path in (ROOT / "bidkit/messages").glob("*.py")
        for name in re.findall(r"^([A-Z_]+) = Message\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(names) > 150
    assert [name for name in names if not re.search(rf"\.{name.partition('.')[2]}\b", code)] == []


def test_generated_pages_are_fresh():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for file, text in module.pages().items():
        assert (ROOT / "docs" / file).read_text(encoding="utf-8") == text, f"run python docs/generate.py ({file})"
    model = module.pages()["model.md"]
    for field, kind in (
        ("price_in_bid", "kyllä/ei"), ("deadline", "päivä ja kello"), ("turnover", "luettelo: ryhmä kenttiä"),
        ("in_person", "%"), ("serves", "luettelo: kunta"),
        ("vat_rule", "yksi sanoista `per_line` (riveittäin), `per_rate` (verokannoittain)"),
        ("binding", "yksi näistä sanoista"), ("letter", "teksti kielittäin"), ("decimals", "luku"),
    ):  # fmt: skip
        assert re.search(rf"^\| `{field}` \| [^|]+ \| {re.escape(kind)} \| (kyllä|ei) \|$", model, re.MULTILINE), field


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_sizes_are_a_smell(path):
    """A module past 400 lines or a function past 60 wants a reason, written here."""
    reasons = {
        "stages.py": "the one table of what each step hands to the next",
        "_example_rows.py": "a table: the example rows of every sheet in three languages",
        "messages": "prose: the wording and manual pages of findings",
    }
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{path}: no module docstring"
    assert len(text.splitlines()) <= 420 or path.name in reasons or path.parent.name in reasons
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno <= 70, f"{path}:{node.lineno} {node.name}"


def test_the_project_names_no_machine():
    """Paths of the computer it was written on have no place in it."""
    paths = re.compile(rf"(/home/|/root/|/Users/)\w|{re.escape(ROOT.as_posix())}")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".po"} and path.is_file():
            assert not paths.search(path.read_text(encoding="utf-8")), name


def test_the_reader_of_the_terminal_gets_finnish_first():
    assert languages()[0] == "fi"
    assert Translator("fi", FINDINGS).text("ERROR") == "VIRHE"


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_between_pages_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in links if not ((ROOT / page).parent / link.partition("#")[0]).exists()] == []


def test_the_plan_of_the_house_names_every_room():
    plan = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [p for p in (ROOT / "bidkit").iterdir() if p.name[0] not in "._"]
    assert [p.name for p in rooms if f"`{p.name}{'/' if p.is_dir() else ''}`" not in plan] == []
