"""The Finnish guide for the lead of a consortium: its walk goes as told, its commands, links and pictures are true."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import click
import openpyxl
import pytest

from bidkit.cli import COMMANDS, cli
from bidkit.cli.names import command_of
from bidkit.consortium.liability import USUAL
from bidkit.dossier import sheets
from bidkit.i18n import Translator
from bidkit.model import consortium as model
from bidkit.model.choices import label
from bidkit.model.dossier import NOUNS
from bidkit.model.names import SHEETS

from .conftest import EXAMPLES, ROOT, Run
from .test_guide import BLOCK, TERMINAL

GUIDE = (ROOT / "docs/ryhmittyma.md").read_text(encoding="utf-8")
FINNISH = Translator("fi", ("choices",))


def _given() -> Iterator[str]:
    """Yield every command line that the guide prints, in a block or inside a sentence."""
    yield from (line for block in BLOCK.findall(GUIDE) for line in block.splitlines() if line.startswith("bidkit "))
    yield from re.findall(r"`(bidkit [^`\n,]+)`", BLOCK.sub("", GUIDE))


GIVEN = [line.replace("\\", "/") for line in dict.fromkeys(_given())]


def _chapter(number: int) -> str:
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, number
    return found[0]


@pytest.mark.parametrize("line", GIVEN)
def test_every_command_of_the_guide_can_be_given(line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    command = cli.get_command(click.Context(cli), command_of(name, COMMANDS) or name)
    assert command is not None, name
    _, rest, _ = command.make_parser(click.Context(command)).parse_args(arguments)
    assert rest == [], rest


def test_links_lead_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in re.findall(r"^#{2,3} (.+)$", GUIDE, re.MULTILINE)
    }
    assert [a for a in re.findall(r"\]\(#([^)]+)\)", GUIDE) if a not in anchors] == []
    assert [f for f in re.findall(r"\]\(([^#)]+)\)", GUIDE) if not (ROOT / "docs" / f).is_file()] == []
    for page in ("README.md", "docs/opas.md"):
        assert "ryhmittyma.md)" in (ROOT / page).read_text("utf-8"), page


def test_every_example_that_the_guide_names_is_there() -> None:
    named = set(re.findall(r"examples\\([\w-]+)", GUIDE))
    assert named == {"ryhmittyma-excel", "sateenvarjo"}
    assert [name for name in named if not (EXAMPLES / name).is_dir()] == []


@pytest.mark.parametrize("noun", [name for name, noun in NOUNS.items() if noun.part == "consortium"])
def test_every_sheet_of_the_lead_is_told(noun: str) -> None:
    title = sheets.words("fi").text(SHEETS[(noun,)])
    assert f"`{title}`" in GUIDE, title


@pytest.mark.parametrize(
    ("words", "chapter"),
    [(model.Settled, 5), (model.Topic, 6), (model.Form, 2)],
    ids=["ways to settle", "topics", "forms"],
)
def test_every_choice_has_a_row_in_the_words_of_the_workbook(words: object, chapter: int) -> None:
    rows = re.findall(r"^\| ([^|]+) \|", _chapter(chapter), re.MULTILINE)
    told = [FINNISH.text(label(word)) for word in get_args(words)]
    assert [word for word in told if word not in rows] == []


def test_what_could_not_be_verified_is_named() -> None:
    last = _chapter(12)
    assert "oikeudellista neuvoa" in last
    for point in ("yhteisvastuullisesti", "92 §", "kahdessa tarjouksessa", "Valtakirja", "alihankkijoita"):
        assert point in last, point
    assert set(USUAL) == set(get_args(model.Form))


@pytest.mark.parametrize("name", TERMINAL.LEAD_SCREENS)
def test_pictures_show_what_the_command_prints(name: str) -> None:
    screen = TERMINAL.LEAD_SCREENS[name]
    kept = (ROOT / f"docs/images/{name}.svg").read_text(encoding="utf-8")
    assert kept == TERMINAL.draw(screen, TERMINAL.printed(screen)), (
        "run python docs/terminal.py and look at the picture"
    )
    words = re.search(rf"!\[([^\]]*)\]\(images/{name}\.svg\)", GUIDE)
    assert words
    assert len(words[1]) > 40


def test_the_walk_of_ten_minutes_goes_as_told(run_bidkit: Callable[..., Run], tmp_path: Path) -> None:
    """Do what chapter 1 says, command by command, as somebody who has never seen bidkit would."""
    shutil.copytree(EXAMPLES / "ryhmittyma-excel", tmp_path / "ryhmittyma")
    check, build, gather, again = [
        shlex.split(line.replace("\\", "/"))[1:] for block in BLOCK.findall(_chapter(1)) for line in block.splitlines()
    ]
    assert run_bidkit(*check, cwd=tmp_path).code == 0
    assert run_bidkit(*build, cwd=tmp_path).code == 0
    assert (tmp_path / "ryhmittyma/out/v0001/tarjous.docx").is_file()
    first = run_bidkit(*gather, cwd=tmp_path)
    assert "avoinna 2, ratkaistu 0" in first.out
    book = openpyxl.load_workbook(tmp_path / "kokeilu/ryhmittyma.xlsx")
    sheet = book["Ratkaisut"]
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    for row in (2, 3):
        service = str(sheet.cell(row, heads["Tunnus"]).value).startswith("services")
        sheet.cell(row, heads["Ratkaisu"]).value = "nimeä toinen uudelleen" if service else "pidä ensimmäinen"
        if service:
            sheet.cell(row, heads["Uusi tunnus"]).value = "tyovalmennus-sotkamo"
    book.save(tmp_path / "kokeilu/ryhmittyma.xlsx")
    then = run_bidkit(*again, cwd=tmp_path)
    assert "avoinna 0, ratkaistu 2" in then.out


def test_enter_at_every_question_makes_the_blank_workbook_for_a_partner(tmp_path: Path) -> None:
    """Chapter 3: what is sent to a partner who has no bidkit."""
    assert "Paina Enter joka kysymyksen kohdalla" in _chapter(3)
    TERMINAL.bidkit(("init", "kumppanille"), tmp_path, "\n" * 7)
    assert (tmp_path / "kumppanille/tiedot.xlsx").is_file()


def test_the_umbrella_of_the_guide_is_gathered_from_forms(run_bidkit: Callable[..., Run], tmp_path: Path) -> None:
    """Chapter 11: forms come under any name, and the lead gathers them beside its own files."""
    example = EXAMPLES / "sateenvarjo"
    (tmp_path / "oma").mkdir()
    (tmp_path / "lomakkeet").mkdir()
    for name in ("tiedot.xlsx", "tarjouspyynto.xlsx", "ryhmittyma.xlsx"):
        shutil.copy(example / name, tmp_path / "oma")
    shutil.copytree(example / "attachments", tmp_path / "oma/attachments")
    for number, form in enumerate(sorted(example.glob("jasenet/*/jasenlomake.xlsx"))):
        shutil.copy(form, tmp_path / f"lomakkeet/lomake ({number}).xlsx")
    (line,) = [line for line in GIVEN if "lomakkeet" in line]
    said = run_bidkit(*shlex.split(line)[1:], "--pvm", "15.1.2027", cwd=tmp_path)
    assert "jäseniä 13, vetäjä tukiverkko" in said.out
    assert said.code == 0, said.out
    assert run_bidkit("check", "sateenvarjo", "--pvm", "15.1.2027", cwd=tmp_path).code == 0
