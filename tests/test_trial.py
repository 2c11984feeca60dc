"""A first bid from an organisation, its services and their costs alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run as run_bidkit
from tests.small import write

OWN = ("organisation", "services", "cost_basis", "salaries", "cost_items")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The small dossier without all that is not needed for a first build."""
    whole, part = tmp_path / "whole", tmp_path / "part"
    write(whole)
    part.mkdir()
    for name in OWN:
        if (file := whole / f"{name}.yaml").is_file():
            (part / file.name).write_bytes(file.read_bytes())
    return part


def test_three_groups_are_enough_for_a_draft(own: Path) -> None:
    done = run_bidkit("build", own, "--as-of", "15.1.2027")
    assert done.code == 0, done.out
    assert (own / "out/v0001/tarjous.docx").is_file()
    assert "Tarjouspyyntöä ei vielä ole, joten tämä on kokeilutarjous" in done.out
    assert "Jättöaika" not in done.out  # nobody waits for it
    assert "BK433" not in done.out  # nor are the chapters that its short template leaves out
    assert "BK280" not in done.out  # what is not decided about our own trial is no fault of the user's


def test_the_trial_is_stamped_as_a_draft(own: Path) -> None:
    from docx import Document

    run_bidkit("build", own, "--as-of", "15.1.2027")
    document = Document(str(own / "out/v0001/tarjous.docx"))
    assert any("LUONNOS" in p.text for s in document.sections for p in s.header.paragraphs)


def test_a_tender_begun_ends_the_trial(own: Path) -> None:
    (own / "lots.yaml").write_text('- {id: osa1, number: "1", title: Valmennus}\n', encoding="utf-8")
    done = run_bidkit("check", own, "--as-of", "15.1.2027")
    assert done.code == 2
    assert "kokeilutarjous" not in done.out
    assert "tender.yaml" in done.out


def test_without_services_there_is_no_trial(own: Path) -> None:
    (own / "services.yaml").unlink()
    done = run_bidkit("check", own, "--as-of", "15.1.2027")
    assert done.code == 2
    assert "kokeilutarjous" not in done.out
    assert "services.yaml" in done.out


@pytest.mark.parametrize(("language", "word"), [("fi", "LUONNOS"), ("sv", "UTKAST")])
def test_the_language_that_init_asks_for_does_not_end_the_trial(own: Path, language: str, word: str) -> None:
    from docx import Document

    (own / "bid.yaml").write_text(f"language: {language}\n", encoding="utf-8")
    done = run_bidkit("build", own, "--as-of", "15.1.2027")
    assert done.code == 0, done.out
    assert "Tarjouspyyntöä ei vielä ole, joten tämä on kokeilutarjous" in done.out
    assert "bid.yaml" not in done.out  # its date and letter are not asked for yet
    document = Document(str(own / "out/v0001/tarjous.docx"))
    assert any(word in p.text for s in document.sections for p in s.header.paragraphs)


def test_more_of_a_bid_than_its_language_ends_the_trial(own: Path) -> None:
    (own / "bid.yaml").write_text("language: fi\ndate: 10.2.2027\n", encoding="utf-8")
    done = run_bidkit("check", own, "--as-of", "15.1.2027")
    assert done.code == 2
    assert "kokeilutarjous" not in done.out


def test_before_the_organisation_is_described_nothing_is_asked_of_a_tender(tmp_path: Path) -> None:
    folder = tmp_path / "uusi"
    assert run_bidkit("init", folder).code == 0
    done = run_bidkit("check", folder, "--all", "--as-of", "15.1.2027")
    assert done.code == 2
    assert "tiedot.xlsx › Kustannusperusteet" in done.out
    assert "tarjouspyynto.xlsx ›" not in done.out


def test_a_folder_that_is_not_there_is_asked_for_no_conditions(tmp_path: Path) -> None:
    done = run_bidkit("check", tmp_path / "ei ole")
    assert done.code == 2
    assert "BK100" in done.out
    assert "BK175" not in done.out


def test_a_trial_tells_the_price_of_each_line_and_no_total(own: Path) -> None:
    done = run_bidkit("build", own, "--as-of", "15.1.2027")
    (told,) = [line for line in done.out.splitlines() if line.startswith("Hinnat: ")]
    assert "€/" in told
    assert told.endswith("; alv ratkaisematta.")
    assert "Hinta yhteensä" not in done.out


def test_a_trial_says_nothing_of_a_tender_that_is_not_there(own: Path, tmp_path: Path) -> None:
    run_bidkit("build", own, "--as-of", "15.1.2027")
    trial = _words(own / "out/v0001/tarjous.docx")
    assert "Luonnos: ei vielä lähetettävä" in trial
    assert "Yksikään pakollinen ehto ei ole avoinna." not in trial
    assert "Hankintamenettely" not in trial
    done = run_bidkit("build", tmp_path / "whole", "--as-of", "15.1.2027", "--draft")
    assert done.code == 0, done.out
    assert "Hinta yhteensä" in done.out
    bid = _words(tmp_path / "whole/out/v0001/tarjous.docx")
    assert "Yksikään pakollinen ehto ei ole avoinna." in bid
    assert "Hankintamenettely" in bid


def _words(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
