"""The client's path over organisations: owners of steps and handovers, no loose step, no circle without an end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bidkit.diagnostics import Finding, Severity
from bidkit.dossier.load import load
from bidkit.dossier.validate import validate
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import paths
from bidkit.messages.resolving import DANGLING, DANGLING_NEAR
from bidkit.resolve import resolve
from tests.joint import LEAD, SECOND, Joint

PATH = f"""\
- {{id: alku, name: Alkukartoitus, owner: {LEAD}, next: [uraohjaus, valmennus], handover: Tavataan kolmisin.,
   handover_owner: {LEAD}}}
- {{id: uraohjaus, name: Uraohjaus, service: uraohjaus, owner: {SECOND}, next: valmennus, handover: Soitetaan.,
   handover_owner: {SECOND}}}
- {{id: valmennus, name: Työhönvalmennus, lot: osa1, service: valmennus, owner: {LEAD}, next: loppu}}
- {{id: loppu, name: Päätös, owner: {LEAD}}}
"""
CODES = {message.code for message in vars(paths).values() if hasattr(message, "code")}


def found(folder: Path, path: str | None, **changed: str) -> list[Finding]:
    """Return what is found of a path, and of what it names."""
    joint = Joint()
    for noun, text in changed.items():
        joint.put("", noun, text)
    if path is not None:
        joint.put("", "client_path", path)
    _, findings = resolve(joint.read(folder), validate)
    return [f for f in findings if f.code in CODES or f.place.file == "client_path.yaml"]


def told(finding: Finding, language: str = "en") -> str:
    words = Translator(language, FINDINGS)
    return f"{words.sentence(finding)} {words.hint(finding)}"


def changed(old: str, new: str) -> str:
    assert PATH.count(old) == 1, f"{old!r} is there {PATH.count(old)} times"
    return PATH.replace(old, new)


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in findings]


@pytest.mark.parametrize(
    "path",
    [
        PATH,
        changed("next: loppu", "next: [alku, loppu]"),  # one may go round again and still get out
        changed(f"- {{id: loppu, name: Päätös, owner: {LEAD}}}\n", "").replace(", next: loppu", ""),
        PATH + f"- {{id: oma, name: Toisen osan alku, lot: osa2, owner: {LEAD}, next: loppu}}\n",
    ],
)
def test_a_whole_path_is_silent(tmp_path: Path, path: str) -> None:
    lots = "- {id: osa1, number: 1, title: Työhönvalmennus}\n- {id: osa2, number: 2, title: Muu}\n"
    assert places(found(tmp_path, path, lots=lots)) == []


CASES: dict[str, tuple[str, str, str, Severity, str]] = {
    "a step without an owner": (
        changed(f", owner: {LEAD}}}\n", "}\n"), paths.NO_OWNER.code, "client_path.yaml:6:3", Severity.ERROR,
        "Nobody answers for the step “Päätös” of the client's path. Write the id of the organisation that answers "
        "for it:",
    ),
    "an owner with a slip": (
        changed(f"Päätös, owner: {LEAD}", "Päätös, owner: malliverstaz"), paths.OWNER_UNKNOWN.code,
        "client_path.yaml:6:36", Severity.ERROR,
        "“malliverstaz” is not an organisation that takes part. Write the id of one that does (near: malliverstas)",
    ),
    "a handover whose owner is not there": (
        changed(f"handover_owner: {SECOND}", "handover_owner: naapuri"), paths.OWNER_UNKNOWN.code,
        "client_path.yaml:4:20", Severity.ERROR, "“naapuri” is not an organisation",
    ),
    "a handover without an owner": (
        changed(f",\n   handover_owner: {SECOND}", ""), paths.NO_HANDOVER_OWNER.code, "client_path.yaml:3:3",
        Severity.WARNING,
        "After the step “Uraohjaus” the client goes from Esimerkkipaja ry to Malliverstas ry, but nobody answers for "
        "the handover.",
    ),
    "a handover that is not described": (
        changed("handover: Soitetaan.,\n   ", ""), paths.HANDOVER_UNTOLD.code, "client_path.yaml:3:3", Severity.NOTE,
        "After the step “Uraohjaus” the client goes from Esimerkkipaja ry to Malliverstas ry, but how is not told.",
    ),
    "a step that nobody gets to": (
        changed("next: [uraohjaus, valmennus]", "next: valmennus").replace(", handover: Tavataan kolmisin.", ""),
        paths.NEVER_REACHED.code, "client_path.yaml:3:3", Severity.WARNING,
        "No step leads to “Uraohjaus”, so no client gets there. Name it among the next steps of the step before it: "
        "alku.",
    ),
    "a path that never ends": (
        changed("next: loppu}", "next: uraohjaus, handover: x, handover_owner: tukipuu}").replace(
            f"- {{id: loppu, name: Päätös, owner: {LEAD}}}\n", ""),
        paths.NEVER_ENDS.code, "client_path.yaml:5:100", Severity.ERROR,
        "The path goes round without an end: Uraohjaus, Työhönvalmennus, Uraohjaus.",
    ),
    "a step that leads to itself alone": (
        changed(f"Päätös, owner: {LEAD}}}", f"Päätös, owner: {LEAD}, next: loppu}}"), paths.NEVER_ENDS.code,
        "client_path.yaml:6:56", Severity.ERROR, "The path goes round without an end: Päätös, Päätös.",
    ),
    "a step of another's service": (
        changed("service: valmennus", "service: ryhmavalmennus"), paths.NOT_ITS_SERVICE.code, "client_path.yaml:5:62",
        Severity.WARNING,
        "The step “Työhönvalmennus” belongs to the service “ryhmavalmennus” of Tukipuu ry, but Malliverstas ry answers "
        "for it.",
    ),
    "a next step with a slip": (
        changed("next: loppu", "next: lopu"), DANGLING_NEAR.code, "client_path.yaml:5:100", Severity.ERROR,
        "“lopu” is not",
    ),
    "a lot that is not there": (
        changed("lot: osa1", "lot: yyy"), DANGLING.code, "client_path.yaml:5:47", Severity.ERROR, "“yyy” is not",
    ),
    "a service that is not there": (
        changed("service: uraohjaus", "service: yyy"), DANGLING.code, "client_path.yaml:3:45", Severity.ERROR,
        "“yyy” is not",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_a_path_is_found_where_it_is(tmp_path: Path, case: str) -> None:
    path, code, place, severity, text = CASES[case]
    findings = found(tmp_path, path)
    mine = [f for f in findings if f.code == code]
    assert [(str(f.place), f.severity) for f in mine] == [(place, severity)]
    assert told(mine[0]).startswith(text)
    # A step whose name is misspelt is not reached either; nothing else follows from any of these.
    other = {paths.NEVER_REACHED.code} if code == DANGLING_NEAR.code else set()
    assert {f.code for f in findings} - {code} == other


def test_a_joint_bid_without_a_path_is_told_once(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, None)
    assert (finding.code, str(finding.place)) == (paths.NO_PATH.code, "client_path.yaml")
    assert finding.severity is Severity.NOTE
    assert told(finding, "fi").startswith(
        "Organisaatioita on mukana 3, mutta asiakkaan polkua niiden välillä ei ole kuvattu."
    )


def test_one_bidder_needs_no_path(dossier_copy: Any) -> None:
    dossier = load(dossier_copy("tyopolku")).dossier
    assert dossier is not None
    assert not {f.code for f in resolve(dossier, validate)[1]} & CODES


def test_each_circle_is_told_once(tmp_path: Path) -> None:
    rows = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "d"), ("f", "a")]
    path = "".join(f"- {{id: {a}, name: {a.upper()}, owner: {LEAD}, next: {b}}}\n" for a, b in rows)
    told_ = [f for f in found(tmp_path, path) if f.code == paths.NEVER_ENDS.code]
    assert [f.facts["chain"] for f in told_] == [("A", "B", "C", "A"), ("D", "E", "D")]


def test_a_small_member_may_do_its_part_of_the_leads_service(tmp_path: Path) -> None:
    """The umbrella's own service is given by small members too, each in its steps."""
    light = """\
id: kerho
name: Kerho
municipality: Pori
contact_role: Vetäjä
email: kerho@esimerkki.example
activity: Kerho.
services: valmennus
languages: fi
"""
    joint = Joint().put("", "client_path", changed(f"owner: {LEAD}, next: loppu", "owner: kerho, next: loppu"))
    folder = joint.write(tmp_path)
    (folder / "jasenet" / "kerho").mkdir()
    (folder / "jasenet" / "kerho" / "light_member.yaml").write_text(light, encoding="utf-8")
    dossier = load(folder).dossier
    assert dossier is not None
    codes = {f.code for f in resolve(dossier, validate)[1]}
    assert paths.NOT_ITS_SERVICE.code not in codes
    assert paths.OWNER_UNKNOWN.code not in codes
    assert paths.NO_HANDOVER_OWNER.code in codes  # from the club back to the lead


def test_what_could_not_be_read_is_not_missed(tmp_path: Path) -> None:
    """A member whose file is broken, or a step whose row is, has been told: no second finding follows from it."""
    joint = Joint().put("", "client_path", PATH).change(SECOND, "organisation", "name: Esimerkkipaja ry\n", "")
    dossier = load(joint.write(tmp_path / "a")).dossier
    assert dossier is not None
    assert [m.organisation.id for m in dossier.members] == [LEAD, "tukipuu"]
    assert paths.OWNER_UNKNOWN.code not in {f.code for f in resolve(dossier, validate)[1]}
    broken = Joint().put("", "client_path", changed("name: Uraohjaus, ", ""))
    dossier = load(broken.write(tmp_path / "b")).dossier
    assert dossier is not None
    codes = {f.code for f in resolve(dossier, validate)[1]}
    assert not codes & (CODES - {paths.NO_HANDOVER_OWNER.code})


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_finding_is_told_in_the_language_of_its_reader(tmp_path: Path, language: str) -> None:
    for n, (path, *_) in enumerate(CASES.values()):
        for finding in found(tmp_path / str(n), path):
            assert told(finding, language) != told(finding)
            assert "{" not in told(finding, language)
