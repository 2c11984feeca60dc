"""Condition 20: service language."""

import pytest

from bidkit.conditions.service_language import ServiceLanguage
from bidkit.stages import State
from tests import make


def person(name: str = "v1", services=(), **skills: str):
    languages = [{"language": code, "level": level} for code, level in skills.items()]
    return make.staff(id=name, services=list(services), languages=languages)


def bid(*staff, languages=("fi", "sv")):
    return make.offering(make.service_(languages=list(languages)), staff=staff)


@pytest.mark.parametrize(
    ("level", "state"),
    [("b1", State.NOT_MET), ("b2", State.MET), ("c1", State.MET), ("native", State.MET)],
)
def test_the_boundary_of_the_level(level, state):
    verdict = make.judged(ServiceLanguage(languages=["fi"], level="b2"), bid(person(fi=level)))
    assert verdict.state is state


@pytest.mark.parametrize(
    ("asked", "enough", "given", "spoken", "state"),
    [
        (["fi"], "all", ["fi"], {"fi": "a1"}, State.MET),
        (["fi", "sv"], "all", ["fi", "sv"], {"fi": "c1", "sv": "b1"}, State.MET),
        (["fi", "sv"], "all", ["fi"], {"fi": "c1", "sv": "b1"}, State.NOT_MET),
        (["fi", "sv"], "all", ["fi", "sv"], {"fi": "c1"}, State.NOT_MET),
        (["fi", "sv"], "any", ["fi"], {"fi": "c1"}, State.MET),
        (["fi", "sv"], "any", ["en"], {"fi": "c1"}, State.NOT_MET),
        (["selko"], "all", ["fi", "selko"], {"selko": "c1"}, State.MET),
    ],
)
def test_truth_table(asked, enough, given, spoken, state):
    kind = ServiceLanguage(languages=asked, enough=enough)
    assert make.judged(kind, bid(person(**spoken), languages=given)).state is state


def test_several_people_speak_together():
    verdict = make.judged(ServiceLanguage(languages=["fi", "sv"]), bid(person(fi="c1"), person("v2", sv="c1")))
    assert (verdict.state, verdict.hint) == (State.MET, "")
    assert verdict.rows == ("services.valmennus", "staff.v1", "staff.v2")
    assert make.said(verdict) == (
        "Työhönvalmennus is given in the languages asked for (Finnish, Swedish), and its staff speak them."
    )


def test_a_language_the_service_lacks():
    verdict = make.judged(ServiceLanguage(languages=["fi", "sv"]), bid(person(fi="c1", sv="c1"), languages=["fi"]))
    assert make.said(verdict) == ("Työhönvalmennus is not given in this language: Swedish. Its languages: Finnish.")
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: palvelua ei anneta tällä kielellä: ruotsi. Palvelun kielet: suomi."
    )
    assert "languages of services.valmennus in services.yaml" in make.advised(verdict)


def test_a_language_nobody_masters():
    verdict = make.judged(ServiceLanguage(languages=["sv"], level="b2"), bid(person(fi="c1", sv="b1")))
    assert make.said(verdict) == (
        "No staff member of Työhönvalmennus masters this language at level B2 or better: Swedish."
    )
    assert make.said(verdict, "fi") == (
        "Työhönvalmennus: kukaan henkilöstöstä ei osaa tätä kieltä vähintään tasolla B2: ruotsi."
    )
    assert verdict.place.file == "staff.yaml"
    verdict = make.judged(ServiceLanguage(languages=["sv"], level="native"), bid(person(sv="c2")))
    assert "tasolla äidinkieli" in make.said(verdict, "fi")


def test_staff_who_do_not_tell_are_never_met():
    verdict = make.judged(ServiceLanguage(languages=["sv"]), bid(person(fi="c1"), person("v2")))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "staff.yaml")
    assert make.advised(verdict) == "Fill in languages of staff.v2 in staff.yaml."
    verdict = make.judged(ServiceLanguage(languages=["sv"]), bid())
    assert verdict.state is State.CANNOT_TELL
    assert make.advised(verdict) == ("Add the people who work in services.valmennus to staff, with their languages.")


def test_staff_of_another_service_do_not_count():
    services = (make.service_(id="a"), make.service_(id="b"))
    staff = (person("v1", ["a"], fi="c1"), person("v2", ["b"], sv="c1"))
    offered = make.offering(*services, staff=staff)
    verdict = make.judged(ServiceLanguage(languages=["fi"]), offered)
    assert verdict.state is State.NOT_MET
    assert "staff.v1" in verdict.rows


def test_every_member_and_each_lot():
    services = (make.service_(id="a"), make.service_(id="b"))
    offers = tuple((make.lot(id=f"osa{s}"), make.offer(lot=f"osa{s}", services=[s]), ()) for s in ("a", "b"))
    offered = make.offering(*services, apart=True, offers=offers, staff=(person(fi="c1"),))
    kind = ServiceLanguage(languages=["fi"])
    assert make.judged(kind, offered, lots=(0,)).state is State.MET
    assert make.judged(kind, offered, lots=(1,)).state is State.CANNOT_TELL
    assert make.judged(kind, offered).state is State.CANNOT_TELL
    assert make.judged(kind, offered, lots=()).state is State.NOT_APPLICABLE
