"""The Finnish guide: its commands exist, its links and pictures lead somewhere, the terminal shows what it shows."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from types import ModuleType

import click
import pytest

from bidkit.cli import COMMANDS, cli
from bidkit.cli.names import command_of
from bidkit.dossier import sheets

from .conftest import ROOT

GUIDE = (ROOT / "docs/opas.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MOST_BYTES = 150_000  # of a picture


def _terminal() -> ModuleType:
    spec = importlib.util.spec_from_file_location("terminal_pictures", ROOT / "docs/terminal.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


TERMINAL = _terminal()


def _commands() -> list[str]:
    """Return every command line that the guide prints, in a block or inside a sentence."""
    lines = [line for block in BLOCK.findall(GUIDE) for line in block.splitlines() if line.startswith("bidkit ")]
    lines += re.findall(r"`(bidkit [^`\n,]+)`", BLOCK.sub("", GUIDE))
    assert len(lines) > 40
    return [line.replace("\\", "/") for line in dict.fromkeys(lines)]


@pytest.mark.parametrize("line", _commands())
def test_every_command_of_the_guide_can_be_given(line):
    name, *arguments = shlex.split(line)[1:]
    if name in ("--version", "--help"):
        return
    command = cli.get_command(click.Context(cli), command_of(name, COMMANDS) or name)
    assert command is not None, name
    context = click.Context(command)
    _, rest, _ = command.make_parser(context).parse_args(arguments)
    assert rest == [], rest  # NoSuchOption is raised where an option is not there


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_its_options(name):
    section = re.search(rf"^### bidkit {name}\b.*?(?=^##)", GUIDE, re.MULTILINE | re.DOTALL)
    assert section, f"docs/opas.md, chapter 11, needs a section “### bidkit {name} – `suomeksi`”"
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    told = section[0] + GUIDE.partition("**Yhteiset valinnat:**")[2].partition("\n\n")[0]
    for option in (p for p in command.params if isinstance(p, click.Option) and "--help" not in p.opts):
        assert any(f"{word}`" in told or f"{word} " in told for word in option.opts), option.opts


@pytest.mark.parametrize("sheet", sheets.layout(), ids=lambda sheet: "-".join((sheet.noun, *sheet.path)))
def test_every_sheet_of_the_workbooks_is_told(sheet):
    title = sheets.words("fi").text(sheet.title)
    chapter = re.search(r"^## 4\..*?(?=^## 5\.)", GUIDE, re.MULTILINE | re.DOTALL)
    assert chapter
    assert re.search(rf"^\| [^|]*\b{re.escape(title)}\b[^|]* \|", chapter[0], re.MULTILINE), title


def test_the_table_of_contents_leads_to_headings():
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#{2,3} (.+)$", GUIDE, re.MULTILINE)
    }
    links = re.findall(r"\]\(#([^)]+)\)", GUIDE)
    assert len(links) > 20
    assert [link for link in links if link not in anchors] == []


def test_pictures_are_small_and_told_in_words():
    pictures = re.findall(r"!\[([^\]]*)\]\((images/[^)]+)\)", GUIDE)
    assert len(pictures) > 8
    for words, path in pictures:
        assert len(words) > 20, path
        assert 0 < (ROOT / "docs" / path).stat().st_size <= MOST_BYTES, path


@pytest.mark.parametrize("name", TERMINAL.SCREENS)
def test_pictures_of_the_terminal_show_what_the_command_prints(name):
    screen = TERMINAL.SCREENS[name]
    drawn = TERMINAL.draw(screen, TERMINAL.printed(screen))
    kept = (ROOT / f"docs/images/{name}.svg").read_text(encoding="utf-8")
    assert kept == drawn, "run python docs/terminal.py and look at the picture"
    assert f"images/{name}.svg" in GUIDE
