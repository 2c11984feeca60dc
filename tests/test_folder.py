"""Which files belong to a dossier, what their entries are, and what is said of the others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bidkit.diagnostics import Severity
from bidkit.dossier import folder as folder_module
from bidkit.dossier.folder import Raw, read_folder
from bidkit.i18n import Translator
from bidkit.messages import reading

ENGLISH = Translator("en")
FINNISH = Translator("fi", ("reading",))
NOUNS = {"organisation": "one", "services": "many", "staff": "many", "tender": "one", "attachments": "many"}


@pytest.fixture
def dossier(tmp_path):
    """Return a function that writes files and reads the folder."""

    def made(files: dict[str, str | bytes]) -> Raw:
        for name, content in files.items():
            path = tmp_path / "d" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_folder(tmp_path / "d", NOUNS)

    (tmp_path / "d").mkdir()
    return made


def told(raw: Raw) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in raw.findings]


def ids(raw: Raw, noun: str = "services") -> list[str]:
    return [entry["id"] for entry in raw.nouns[noun]]


def test_a_good_dossier_is_read_in_silence(dossier):
    raw = dossier(
        {
            "organisation.yaml": "name: Esimerkki ry\n",
            "services.yaml": "- id: a\n- id: b\n",
            "services/2.yaml": "id: d\n",
            "services/1.yml": "- id: c\n",
            "services/_old.yaml": ": [",
            "_notes.yaml": ": [",
            ".hidden.yaml": ": [",
            "readme.txt": "x",
            "attachments/cv.yaml": ": [",
            "out/v0001/x.yaml": ": [",
            "templates/x.yaml": ": [",
        }
    )
    assert raw.findings == ()
    assert raw.nouns["organisation"]["name"] == "Esimerkki ry"
    assert ids(raw) == ["a", "b", "c", "d"]
    assert str(raw.nouns["services"][3]["@"].of("id")) == "services/2.yaml:1:5"
    assert "staff" not in raw.nouns
    assert tuple(raw.digests) == ("organisation.yaml", "services.yaml", "services/1.yml", "services/2.yaml")
    assert raw.digests["services/2.yaml"] == hashlib.sha256(b"id: d\n").hexdigest()
    assert raw.incomplete == frozenset()


def test_a_missing_folder_has_a_code_of_its_own(tmp_path):
    raw = read_folder(tmp_path / "no", NOUNS)
    assert [one.code for one in raw.findings] == ["BK100"]
    assert ENGLISH.sentence(raw.findings[0]) == f"There is no dossier folder “{tmp_path / 'no'}”."
    assert (raw.nouns, raw.digests) == ({}, {})
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert [one.code for one in read_folder(tmp_path / "file", NOUNS).findings] == ["BK100"]
    assert "BK100" in reading.UNREADABLE


def test_a_folder_without_any_noun_says_what_it_looks_for(dossier):
    raw = dossier({"muut.txt": "x"})
    assert [one.code for one in raw.findings] == ["BK101"]
    assert "tiedot.xlsx, tarjouspyynto.xlsx, organisation.yaml, services.yaml" in ENGLISH.sentence(raw.findings[0])


def test_a_folder_that_may_not_be_read_is_a_finding(tmp_path, monkeypatch):
    def locked(_self):
        raise PermissionError(13, "x")

    monkeypatch.setattr(Path, "iterdir", locked)
    assert [one.code for one in read_folder(tmp_path, NOUNS).findings] == ["BK104"]


def test_empty_files_weigh_by_what_they_should_hold(dossier):
    raw = dossier({"organisation.yaml": "# nothing\n", "services.yaml": "", "staff.yaml": "[]"})
    assert told(raw) == [("BK134", "organisation.yaml"), ("BK134", "services.yaml")]
    assert [one.severity for one in raw.findings] == [Severity.ERROR, Severity.NOTE]
    assert raw.nouns == {"services": [], "staff": []}
    assert FINNISH.sentence(raw.findings[0]) == "Tiedosto on tyhjä."


def test_wrong_shapes_are_told_where_they_stand(dossier):
    raw = dossier(
        {
            "organisation.yaml": "- name: x\n",
            "tender.yaml": "sanoja vain\n",
            "services.yaml": "- id: a\n- vain teksti\n- [id, b]\n-\n- id: c\n",
            "staff.yaml": "vain teksti\n",
        }
    )
    assert told(raw) == [
        ("BK135", "organisation.yaml:1:1"),
        ("BK135", "services.yaml:2:3"),
        ("BK135", "services.yaml:3:3"),
        ("BK135", "services.yaml:4:2"),
        ("BK135", "staff.yaml:1:1"),
        ("BK135", "tender.yaml:1:1"),
    ]
    assert ENGLISH.sentence(raw.findings[0]) == "Here is a list, but a group of fields is asked for."
    assert FINNISH.sentence(raw.findings[1]) == "Tässä on teksti, vaikka pitäisi olla kohta, jolla on omat kentät."
    assert ids(raw) == ["a", "c"]
    assert raw.nouns["staff"] == []
    assert "tender" not in raw.nouns
    assert raw.incomplete == {"organisation", "services", "staff", "tender"}


def test_all_findings_of_all_files_are_collected_and_one_bad_file_stops_only_itself(dossier):
    raw = dossier(
        {
            "organisation.yaml": "name: x\nname: y\n",
            "services.yaml": "- id: a\n  b: c: d\n",
            "services/1.yaml": "- id: b\n",
            "staff.yaml": "- id: työ\n".encode("cp1252"),
            "tender.yaml": b"x" * (5 << 20),
        }
    )
    assert told(raw) == [
        ("BK132", "organisation.yaml:2:1"),
        ("BK120", "services.yaml:2:6"),
        ("BK107", "staff.yaml:1:9"),
        ("BK105", "tender.yaml"),
    ]
    assert ids(raw) == ["b"]
    assert "tender.yaml" not in raw.digests
    assert "staff.yaml" in raw.digests


def test_one_thing_in_two_files_is_a_finding(dossier):
    raw = dossier({"tender.yaml": "name: a\n", "tender.yml": "name: b\n", "tender/x.yaml": "name: c\n"})
    assert told(raw) == [("BK136", "tender.yml"), ("BK136", "tender/x.yaml")]
    assert ENGLISH.sentence(raw.findings[0]) == "“tender” is described in tender.yaml already."
    assert raw.nouns["tender"]["name"] == "a"


def test_unknown_names_are_warned_of_with_the_nearest(dossier):
    raw = dossier(
        {
            "organisation.yaml": "name: x\n",
            "service.yaml": "- id: a\n",
            "staff.yaml.txt": "- id: a\n",
            "ostoslista.yml": "x",
            "tenders/a.yaml": "x",
            "services/deep/a.yaml": "x",
            "kuvat/a.yaml": "x",
        }
    )
    assert [(str(one.place), ENGLISH.fact(one.facts["near"])) for one in raw.findings] == [
        ("ostoslista.yml", "none"),
        ("service.yaml", "services.yaml"),
        ("services/deep", "none"),
        ("staff.yaml.txt", "staff.yaml"),
        ("tenders", "tender/"),
    ]
    assert {(one.code, one.severity) for one in raw.findings} == {("BK137", Severity.WARNING)}
    assert FINNISH.sentence(raw.findings[1]) == (
        "Tiedostoa ei lueta, koska minkään aineiston osan nimi ei ole tämä. Lähellä olevia nimiä: services.yaml."
    )


def test_names_are_compared_as_windows_does(dossier):
    raw = dossier({"Organisation.YAML": "name: x\n", "SERVICES/A.Yml": "id: a\n"})
    assert raw.findings == ()
    assert ids(raw) == ["a"]


def test_entries_kept_elsewhere_are_taken_in_at_their_line(dossier):
    raw = dossier(
        {
            "services.yaml": "- id: a\n- include: _shared/more.yaml\n- id: d\n",
            "_shared/more.yaml": "- id: b\n- include: last.yaml\n",
            "last.yaml": "id: c\n",
        }
    )
    assert raw.findings == ()
    assert ids(raw) == ["a", "b", "c", "d"]
    assert str(raw.nouns["services"][1]["@"]) == "_shared/more.yaml:1:3"
    assert tuple(raw.digests) == ("services.yaml", "_shared/more.yaml", "last.yaml")


def test_an_entry_with_other_fields_beside_include_is_no_include(dossier):
    raw = dossier({"services.yaml": "- include: x.yaml\n  id: a\n"})
    assert raw.findings == ()
    assert ids(raw) == ["a"]


def test_a_circle_of_includes_is_named_in_order(dossier):
    raw = dossier(
        {
            "services.yaml": "- include: a.yaml\n- id: x\n",
            "a.yaml": "- include: b.yaml\n",
            "b.yaml": "- id: y\n- include: ./a.yaml\n",
            "staff.yaml": "- include: staff.yaml\n",
        }
    )
    assert told(raw) == [("BK138", "b.yaml:2:12"), ("BK138", "staff.yaml:1:12")]
    assert ENGLISH.sentence(raw.findings[0]) == ("The files include each other in a circle: a.yaml > b.yaml > a.yaml.")
    assert FINNISH.sentence(raw.findings[1]) == ("Tiedostot sisällyttävät toisensa kehässä: staff.yaml > staff.yaml.")
    assert ids(raw) == ["y", "x"]


def test_no_file_is_read_twice(dossier):
    raw = dossier(
        {
            "services.yaml": "- include: services/1.yaml\n- include: a.yaml\n- include: a.yaml\n",
            "services/1.yaml": "id: b\n",
            "a.yaml": "id: a\n",
        }
    )
    assert told(raw) == [("BK139", "services.yaml:1:12"), ("BK139", "services.yaml:3:12")]
    assert raw.findings[1].facts["first"] == "services.yaml:2:12"
    assert ids(raw) == ["a", "b"]


@pytest.mark.parametrize("path", ["../x.yaml", "/etc/passwd", "C:\\x.yaml", "a\\b.yaml", "~/x.yaml"])
def test_an_include_stays_in_the_dossier(dossier, tmp_path, path):
    (tmp_path / "x.yaml").write_text("- id: secret\n", encoding="utf-8")
    raw = dossier({"services.yaml": f"- include: {path}\n- id: a\n"})
    assert told(raw) == [("BK111", "services.yaml:1:12")]
    assert FINNISH.sentence(raw.findings[0]) == f"Polku ”{path}” johtaa ulos aineistokansiosta."
    assert ids(raw) == ["a"]


def test_links_out_of_the_dossier_are_not_followed(dossier, tmp_path):
    (tmp_path / "x.yaml").write_text("- id: secret\n", encoding="utf-8")
    (tmp_path / "d" / "services.yaml").symlink_to(tmp_path / "x.yaml")
    (tmp_path / "d" / "link.yaml").symlink_to(tmp_path / "x.yaml")
    raw = dossier({"staff.yaml": "- include: link.yaml\n"})
    assert [one for one in told(raw) if one[0] != "BK137"] == [("BK111", "services.yaml"), ("BK111", "staff.yaml:1:12")]
    assert raw.nouns == {"services": [], "staff": []}
    assert list(raw.digests) == ["staff.yaml"]


def test_an_include_that_leads_nowhere_or_to_a_folder(dossier):
    raw = dossier(
        {
            "services.yaml": "- include: no.yaml\n- include:\n- include: [a]\n- include: sub\n- include: " + "x" * 300,
            "sub/x.txt": "x",
        }
    )
    assert told(raw) == [
        ("BK102", "services.yaml:1:12"),
        ("BK135", "services.yaml:2:11"),
        ("BK135", "services.yaml:3:12"),
        ("BK103", "services.yaml:4:12"),
        ("BK106", "services.yaml:5:12"),
    ]


def test_a_folder_where_a_file_should_be(dossier):
    raw = dossier({"services.yaml/x.txt": "x", "staff.yaml": "- id: a\n"})
    assert told(raw) == [("BK103", "services.yaml")]
    assert raw.nouns["services"] == []


def test_a_locked_file_is_a_finding_and_the_rest_is_read(dossier, monkeypatch):
    real = folder_module.gate.read

    def locked(path, *, most):
        if path.name == "staff.yaml":
            raise reading_refusal()
        return real(path, most=most)

    def reading_refusal():
        return folder_module.Refused(reading.LOCKED)

    monkeypatch.setattr(folder_module.gate, "read", locked)
    raw = dossier({"services.yaml": "- id: a\n", "staff.yaml": "- id: b\n"})
    assert told(raw) == [("BK104", "staff.yaml")]
    assert ids(raw) == ["a"]
    assert raw.incomplete == {"staff"}


def test_the_same_folder_gives_the_same_answer(dossier):
    files = {"services/b.yaml": "id: b\n", "services/a.yaml": "id: a\n", "x.yaml": "", "staff.yaml": "- x\n"}
    first, second = dossier(files), dossier({})
    assert (first.findings, list(first.digests.items())) == (second.findings, list(second.digests.items()))
