"""A partner may have filled in an older form, or one in another language: it is read and merged all the same."""

from __future__ import annotations

import shutil

import openpyxl
import pytest

from bidkit.dossier.load import load
from tests.conftest import EXAMPLES, run

GROUP = EXAMPLES / "ryhmittyma-excel" / "jasenet"
OTHERS = [str(GROUP / name / "tiedot.xlsx") for name in ("kaislaranta", "koskenniska", "siltaura")]


def member(folder, name):
    return next(one for one in load(folder).dossier.members if one.organisation.id == name)


def plain(one):
    nouns = ("services", "staff", "salaries", "cost_items", "references", "certificates", "insurances", "sites")
    return [one.organisation.model_dump(), *([e.model_dump() for e in getattr(one, noun)] for noun in nouns)]


@pytest.fixture
def merged(tmp_path):
    """Return the folder into which the partners' workbooks are merged, with the tender of the example."""

    def merge(*files):
        folder = tmp_path / "yhteinen"
        done = run("merge", *OTHERS, *map(str, files), "--lead", "kaislaranta", "--out", str(folder))
        assert done.code in (0, 1), done.err
        shutil.copy(EXAMPLES / "ryhmittyma-excel" / "tarjouspyynto.xlsx", folder)
        return folder, done

    return merge


def test_a_heading_as_it_was_called_before_and_sheets_that_were_not_there_yet(tmp_path, merged):
    older = tmp_path / "vanha lomake.xlsx"
    book = openpyxl.load_workbook(GROUP / "vaaramaki" / "tiedot.xlsx")
    for sheet in ("Matka-ajat", "Kumppanit", "Rahoitus"):
        del book[sheet]
    services = book["Palvelut"]
    (remote,) = [cell for cell in services[1] if cell.value == "Miten etänä"]
    remote.value = "Etäpalvelu"
    services.cell(2, remote.column).value = "Keskustelut voi pitää etänä."
    book.save(older)
    folder, done = merged(older)
    assert "vanha lomake.xlsx" in done.out
    (service,) = member(folder, "vaaramaki").services
    assert service.remote == {"": "Keskustelut voi pitää etänä."}
    assert not [f for f in load(folder).findings if "vaaramaki" in f.place.file and f.severity == "error"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_form_in_another_language_says_the_same(tmp_path, merged, language):
    done = run("convert", str(EXAMPLES / "ryhmittyma/jasenet/vaaramaki"), str(tmp_path / "a"), "--language", language)
    assert done.code == 0
    (book,) = [p for p in (tmp_path / "a").glob("*.xlsx") if p.name in ("uppgifter.xlsx", "data.xlsx")]
    folder, _ = merged(book)
    finnish = member(EXAMPLES / "ryhmittyma-excel", "vaaramaki")
    assert plain(member(folder, "vaaramaki")) == plain(finnish)
