"""An example as YAML and as workbooks: one content, so the very same documents, byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bidkit.diagnostics import Name
from bidkit.dossier.load import load
from bidkit.dossier.normalised import normalised
from bidkit.messages.loading import NOTHING_IN
from bidkit.model.dossier import NOUNS, Dossier
from bidkit.pipeline import CONTENT, COSTS, DOCUMENT, PRICING, build
from tests.conftest import EXAMPLES

YAML, EXCEL = EXAMPLES / "tyopolku", EXAMPLES / "tyopolku-excel"
DAY = date(2027, 1, 15)


def read(folder: Path) -> Dossier:
    dossier = load(folder).dossier
    assert dossier is not None
    return dossier


def test_the_workbooks_say_what_the_yaml_says() -> None:
    assert normalised(read(EXCEL)) == normalised(read(YAML))
    assert {p.name for p in EXCEL.iterdir() if p.is_file()} == {"tiedot.xlsx", "tarjouspyynto.xlsx"}


def test_the_attachments_are_the_same() -> None:
    files = {p.name: p.read_bytes() for p in (YAML / "attachments").iterdir()}
    assert {p.name: p.read_bytes() for p in (EXCEL / "attachments").iterdir()} == files


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_both_build_the_very_same_documents(tmp_path: Path, language: str) -> None:
    built = [build(folder, out=tmp_path / folder.name, language=language, as_of=DAY).folder for folder in (YAML, EXCEL)]
    assert built[0] is not None
    assert built[1] is not None
    for name in (DOCUMENT, PRICING, COSTS, CONTENT):
        assert (built[0] / name).read_bytes() == (built[1] / name).read_bytes(), name


def test_findings_name_the_cell_where_the_yaml_has_a_line() -> None:
    """The same notes from both, each at its place; of a noun without a YAML file the workbook has an empty sheet."""
    found = [load(folder).findings for folder in (YAML, EXCEL)]
    absent = {Name(noun) for noun in NOUNS if not (YAML / f"{noun}.yaml").exists()}
    found[1] = tuple(f for f in found[1] if f.code != NOTHING_IN.code or f.facts["noun"] not in absent)
    assert [f.code for f in found[0]] == [f.code for f in found[1]]
    assert all(f.place.in_workbook for f in found[1])
