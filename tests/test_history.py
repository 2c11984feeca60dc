"""`bidkit history`: every version in one line, what changed since the one before, and what is not a version."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bidkit import pipeline
from bidkit.publish import verify, versions, whole
from bidkit.publish.manifest import NAME, Manifest, Output, load
from tests import small
from tests.conftest import Run, run

DAY = ("--as-of", "2027-01-15")
MADE = datetime(2027, 1, 15, 7, 5, tzinfo=UTC).timestamp()
HELSINKI = {"TZ": "Europe/Helsinki"}


def built(folder: Path, *options: str, **changed: str) -> None:
    """Write the small dossier with these files changed and build it; the manifest gets a known date."""
    small.write(folder, **changed)
    done = run("build", folder, *DAY, *options)
    assert done.code == 0, done.out
    for file in (folder / "out").glob(f"v*/{NAME}"):
        os.utime(file, (MADE, MADE))


def history(folder: Path, *options: str, cwd: Path | None = None, **env: str) -> Run:
    return run("history", folder, *options, env=HELSINKI | env, cwd=cwd)


def without_content(version: Path) -> None:
    """Turn a version into one of a bidkit that did not keep the content yet."""
    listing = load((version / NAME).read_bytes())
    outputs = {path: one for path, one in listing.outputs.items() if path != versions.CONTENT}
    (version / versions.CONTENT).unlink()
    (version / NAME).write_bytes(Manifest(listing.build_id, "bidkit 0.0.9", listing.inputs, outputs).dump())
    os.utime(version / NAME, (MADE, MADE))


FIRST = (
    "v0001  tarjous 10.1.2027, tehty 15.1.2027 klo 9.05, suomi, 44 616,00 € ilman arvonlisäveroa, "
    "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu, eheä, ei pakattu"
)


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a dossier with four versions: a price, then a text changed, then a draft with a gap. Copy before writing."""
    folder = tmp_path_factory.mktemp("four") / "aineisto"
    built(folder)
    price = small.change("prices", "margin: 5 %", "margin: 7,5 %")
    built(folder, **price)
    letter = small.change("bid", "Tarjoamme valmennuspalvelut.", "Tarjoamme mielellämme valmennuspalvelut.")
    built(folder, **price, **letter)
    built(folder, "--draft", **price, **letter, **small.change("conditions", "clients: 8", "clients: 9"))
    return folder


@pytest.fixture
def copy(four: Path, tmp_path: Path) -> Path:
    return shutil.copytree(four, tmp_path / "aineisto")


def test_a_version_keeps_its_content_where_the_reader_looks_for_it():
    assert pipeline.CONTENT == versions.CONTENT == whole.CONTENT
    assert versions.CONTENT.startswith(f"{whole.INTERNAL}/")


def test_one_line_a_version_and_what_changed(four):
    done = history(four)
    assert done.code == 0, done.out + done.err
    assert done.out.splitlines() == [
        f"Versiot kansiossa {four / 'out'} (tehty: tiedoston päiväys tämän koneen ajassa)",
        FIRST,
        "v0002  tarjous 10.1.2027, tehty 15.1.2027 klo 9.05, suomi, 45 672,00 € ilman arvonlisäveroa, "
        "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu, eheä, ei pakattu; muuttunut: 1 hinta, 1 tieto",
        "v0003  tarjous 10.1.2027, tehty 15.1.2027 klo 9.05, suomi, 45 672,00 € ilman arvonlisäveroa, "
        "1 täyttyy, 0 ei täyty, 0 ei tietoa, 1 vakuutettu, eheä, ei pakattu; muuttunut: 1 teksti",
        "v0004  tarjous 10.1.2027, tehty 15.1.2027 klo 9.05, suomi, luonnos, 45 672,00 € ilman arvonlisäveroa, "
        "0 täyttyy, 1 ei täyty, 0 ei tietoa, 1 vakuutettu, eheä, ei pakattu; muuttunut: 1 ehto, 1 tieto, luonnos",
        f"Mitä muuttui: bidkit diff --in {four}",
    ]


@pytest.mark.parametrize("where", ["dossier", "out", "version", "current", "current out"])
def test_the_versions_are_found_from_wherever_one_stands(four, where):
    named = {"dossier": four, "out": four / "out", "version": four / "out/v0002"}
    if where in named:
        done = history(named[where])
    else:
        done = run("history", env=HELSINKI, cwd=four if where == "current" else four / "out")
        assert done.out.splitlines()[-1] == "Mitä muuttui: bidkit diff"
    assert [line[:5] for line in done.out.splitlines()[1:-1]] == ["v0001", "v0002", "v0003", "v0004"]
    assert FIRST in done.out


def test_any_folder_of_versions(four, tmp_path):
    elsewhere = shutil.copytree(four / "out", tmp_path / "Tarjoukset ä")
    assert FIRST in history(elsewhere).out


def test_json_tells_the_same(four):
    found = json.loads(history(four, "--json").out)
    assert found["folder"] == (four / "out").as_posix()
    assert [one["version"] for one in found["versions"]] == ["v0001", "v0002", "v0003", "v0004"]
    first, *_, last = found["versions"]
    assert first == {
        "version": "v0001",
        "folder": (four / "out/v0001").as_posix(),
        "made": "2027-01-15T09:05:00",
        "date": "2027-01-10",
        "language": "fi",
        "draft": False,
        "net": "44616.00",
        "gross": "55993.08",
        "tally": {"met": 1, "attested": 1},
        "program": first["program"],
        "build_id": load((four / "out/v0001" / NAME).read_bytes()).build_id,
        "whole": True,
        "packaged": None,
        "changed": None,
    }
    assert last["draft"] is True
    assert last["changed"] == {
        "verdicts": 1,
        "prices": 0,
        "figures": 1,
        "texts": 0,
        "added": 0,
        "removed": 0,
        "settings": ["draft"],
    }


def test_two_drafts_in_two_languages(tmp_path):
    gap = small.change("conditions", "clients: 8", "clients: 9")
    built(tmp_path / "a", "--draft", **gap)
    built(tmp_path / "a", "--draft", "--language", "sv", **gap, tender=small.FILES["tender"] + "cpv: '80500000'\n")
    lines = history(tmp_path / "a").out.splitlines()
    assert "suomi, luonnos, " in lines[1]
    assert "ruotsi, luonnos, " in lines[2]
    assert lines[2].endswith("; muuttunut: 1 tieto, kieli, mallipohja, luonnoksen muut virheet")


def test_a_version_that_did_not_keep_its_content_is_listed_with_what_its_manifest_knows(copy):
    without_content(copy / "out/v0002")
    lines = history(copy).out.splitlines()
    assert lines[1] == FIRST
    assert lines[2] == ("v0002  tehty 15.1.2027 klo 9.05, bidkit 0.0.9, sisältöä ei ole tallessa, eheä, ei pakattu")
    assert lines[3].endswith("eheä, ei pakattu")  # what changed since then cannot be told
    assert lines[4].endswith("muuttunut: 1 ehto, 1 tieto, luonnos")
    told = json.loads(history(copy, "--json").out)["versions"][1]
    assert (told["program"], told["net"], told["tally"], told["whole"]) == ("bidkit 0.0.9", None, None, True)


def test_what_is_not_whole_is_told_and_never_hides_the_rest(copy):
    (copy / "out/v0001/tarjous.docx").write_bytes(b"PK edited")
    (copy / "out/v0002" / NAME).write_bytes(b"{}")
    shutil.rmtree(copy / "out/v0003/sisainen")
    lines = history(copy).out.splitlines()
    assert lines[1] == FIRST.replace("eheä,", "ei eheä,")
    assert "sisältöä ei ole tallessa, ei eheä, ei pakattu" in lines[2]
    assert "sisältöä ei ole tallessa, ei eheä, ei pakattu" in lines[3]
    assert "luonnos" in lines[4]


@pytest.mark.parametrize(
    "data",
    [b"[]", b"{}", b"\xff", b'{"format": "x"}', b"[" * 100_000, b'{"format":1,"language":"fi","draft":false}'],
)
def test_a_content_that_bidkit_did_not_write_is_not_believed(copy, data):
    version = copy / "out/v0002"
    listing = load((version / NAME).read_bytes())
    (version / versions.CONTENT).write_bytes(data)
    outputs = {**listing.outputs, versions.CONTENT: Output.of(data)}
    (version / NAME).write_bytes(Manifest(listing.build_id, listing.program, listing.inputs, outputs).dump())
    done = history(copy)
    assert done.code == 0
    assert "sisältöä ei ole tallessa, eheä" in done.out.splitlines()[2]


def test_a_package_beside_a_version_or_a_note_in_it_says_that_it_was_sent(copy):
    (copy / "out/v0001_Esimerkkikunta.zip").write_bytes(b"PK")
    (copy / "out/v0002/Lähetetty.txt.txt").write_bytes(b"")
    (copy / "out/v00031.zip").write_bytes(b"PK")  # another number
    lines = history(copy).out.splitlines()
    assert "eheä, pakattu (v0001_Esimerkkikunta.zip)" in lines[1]
    assert "eheä, pakattu (Lähetetty.txt.txt)" in lines[2]
    assert "eheä, ei pakattu" in lines[3]


def test_the_note_leaves_a_version_whole(copy):
    """Else a build would make the same version again, and verify would call it unfit to be sent."""
    (copy / "out/v0004/lahetetty.txt").write_text("15.1.2027", encoding="utf-8")
    assert verify(copy / "out/v0004") == ()
    assert "Mikään ei ole muuttunut" in run("build", copy, *DAY, "--draft").out
    (copy / "out/v0004/sisainen/lahetetty.txt").write_text("15.1.2027", encoding="utf-8")
    assert [one.code for one in verify(copy / "out/v0004")] == ["BK517"]


def test_other_folders_files_and_links_are_not_versions(copy, tmp_path):
    for name in ("v12", "vanhat", ".tmp-0123456789abcdef", "v0009 muistiinpanot"):
        (copy / "out" / name).mkdir()
    (copy / "out/v0008").write_bytes(b"")
    (copy / "out/v0007").symlink_to(copy / "out/v0001", target_is_directory=True)
    (copy / "out/v0003").rename(copy / "out/v0003 kunnalle")
    lines = history(copy).out.splitlines()[1:-1]
    assert [line.split("  ")[0] for line in lines] == ["v0001", "v0002", "v0003 kunnalle", "v0004"]


def test_nothing_there_yet(tmp_path):
    small.write(tmp_path / "a")
    done = history(tmp_path / "a")
    assert (done.code, done.out) == (
        0,
        f"Kansiossa {tmp_path / 'a'} ei ole vielä versioita. Seuraavaksi: bidkit build {tmp_path / 'a'}\n",
    )
    assert json.loads(history(tmp_path / "a", "--json").out)["versions"] == []


def test_no_such_folder(tmp_path):
    done = history(tmp_path / "x")
    assert done.code == 2
    assert f"VIRHE     {tmp_path / 'x'}  BK510  Kansiota ”{tmp_path / 'x'}” ei ole." in done.out
    done = history(tmp_path / "x", "--json")
    assert done.code == 2
    assert [one["code"] for one in json.loads(done.out)["findings"]] == ["BK510"]


def test_it_only_reads(copy):
    def state() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in sorted(copy.rglob("*"))}

    before = state()
    assert history(copy).code == run("diff", "--in", copy).code == 0
    assert state() == before


@pytest.mark.parametrize(
    ("language", "word"), [("sv", "ändrat: 1 pris, 1 uppgift"), ("en", "changed: 1 price, 1 figure")]
)
def test_other_readers(four, language, word):
    assert word in history(four, BIDKIT_LANGUAGE=language).out
