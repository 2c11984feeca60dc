"""Pages of the bid document: counted where it can be laid out, a person's word elsewhere."""

import pytest

from bidkit.render import layout
from tests import small
from tests.conftest import run

DAY = ("--as-of", "15.1.2027")
LIMIT = "- {id: v3, kind: text_limit, text: Enintään PAGES sivua., parameters: {pages: PAGES}}\n"


def dossier(folder, pages):
    return small.write(folder, conditions=small.FILES["conditions"] + LIMIT.replace("PAGES", str(pages)))


@pytest.mark.office
def test_build_counts_the_pages(tmp_path):
    enough = run("build", str(dossier(tmp_path / "a", 40)), *DAY)
    assert enough.code == 0, enough.out
    short = run("build", str(dossier(tmp_path / "b", 2)), *DAY)
    assert short.code == 1
    assert "BK355  Tarjousasiakirjassa on " in short.out
    assert "Sallitaan enintään 2 sivua; liikaa " in short.out


def test_without_an_office_program_a_person_must_attest(tmp_path):
    done = run("build", str(dossier(tmp_path / "a", 40)), *DAY, env={"PATH": "/nowhere"})
    assert done.code == 1
    assert "BK355  Kukaan ei ole vielä vakuuttanut tätä." in done.out


def test_a_program_that_fails_counts_nothing(monkeypatch):
    monkeypatch.setattr(layout.shutil, "which", lambda name: "/bin/false")
    assert layout.count_pages(b"not a document") is None
    monkeypatch.setattr(layout.shutil, "which", lambda name: None)
    assert layout.count_pages(b"not a document") is None
