"""Condition 14: place of performance."""

import pytest

from bidkit.conditions.place_of_performance import PlaceOfPerformance
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make

WANTED = ["Pori", "Rauma", "Huittinen", "Kankaanpää"]


def bid(*, sites=(), municipalities=(), **given):
    service = make.service_(sites=[one.id for one in sites], municipalities=list(municipalities))
    return make.offering(service, sites=tuple(sites), **given)


@pytest.mark.parametrize(
    ("serves", "state", "margin"),
    [
        (["Rauma"], State.NOT_MET, -2),
        (["Rauma", "Huittinen"], State.NOT_MET, -1),
        (["Rauma", "Huittinen", "Kankaanpää"], State.MET, 0),
        (["Rauma", "Huittinen", "Kankaanpää", "Ulvila"], State.MET, 0),
    ],
)
def test_the_boundary(serves, state, margin):
    verdict = make.judged(PlaceOfPerformance(municipalities=WANTED), bid(sites=[make.site(serves=serves)]))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "number"))


def test_it_names_the_missing_ones():
    verdict = make.judged(PlaceOfPerformance(municipalities=WANTED), bid(sites=[make.site()]))
    assert make.said(verdict) == (
        "Not covered: Rauma, Huittinen, Kankaanpää. Required: Pori, Rauma, Huittinen, Kankaanpää."
    )
    assert make.said(verdict, "fi") == (
        "Puuttuvat kunnat: Rauma, Huittinen, Kankaanpää. Vaaditaan: Pori, Rauma, Huittinen, Kankaanpää."
    )
    assert "municipalities of services.valmennus in services.yaml" in make.advised(verdict)
    assert verdict.facts["missing"] == ("Rauma", "Huittinen", "Kankaanpää")
    assert (verdict.place.file, verdict.rows) == ("services.yaml", ("sites.pori",))


def test_names_are_in_the_language_of_the_bid():
    offered = bid(basics=make.bid_basics(language="sv"))
    assert make.judged(PlaceOfPerformance(municipalities=["Pori"]), offered).facts["missing"] == ("Björneborg",)


def test_sites_and_visits_and_members_add_up():
    here = make.service_(id="a", sites=["pori"], municipalities=["Rauma"])
    there = make.service_(id="b", municipalities=["Huittinen"])
    offered = make.offering(here, there, apart=True, sites=(make.site(),))
    verdict = make.judged(PlaceOfPerformance(municipalities=["Pori", "Rauma", "Huittinen"]), offered)
    assert (verdict.state, verdict.hint) == (State.MET, "")
    assert verdict.rows == ("sites.pori", "services.a", "services.b")
    assert make.said(verdict) == "The service is given in every municipality required: Pori, Rauma, Huittinen."


@pytest.mark.parametrize(
    ("site", "state"),
    [
        ({"until": "28.2.2027"}, State.NOT_MET),
        ({"until": "1.3.2027"}, State.MET),
        ({"from": "1.3.2027"}, State.MET),
        ({"from": "2.3.2027"}, State.NOT_MET),
    ],
)
def test_a_site_must_be_in_use_when_the_contract_starts(site, state):
    offered = bid(sites=[make.site(**site)])
    assert make.judged(PlaceOfPerformance(municipalities=["Pori"]), offered).state is state


def test_the_area_of_the_lot_comes_before_that_of_the_tender():
    tender = make.tender_(area=["Rauma"])
    offers = ((make.lot(area=["Pori"]), make.offer(), ()),)
    sites = [make.site()]
    assert make.judged(PlaceOfPerformance(), bid(sites=sites, offers=offers, tender=tender)).state is State.MET
    assert make.judged(PlaceOfPerformance(), bid(sites=sites, tender=tender)).facts["missing"] == ("Rauma",)


def test_no_area_at_all_cannot_be_judged():
    verdict = make.judged(PlaceOfPerformance(), bid(sites=[make.site()]))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.advised(verdict) == "Fill in municipalities in the parameters of condition v1 in conditions.yaml."


def test_only_the_services_of_the_lot_count():
    services = (make.service_(id="a", municipalities=["Pori"]), make.service_(id="b", municipalities=["Rauma"]))
    offers = tuple((make.lot(id=f"osa{s}"), make.offer(lot=f"osa{s}", services=[s]), ()) for s in ("a", "b"))
    offered = make.offering(*services, offers=offers)
    assert make.judged(PlaceOfPerformance(municipalities=["Rauma"]), offered, lots=(0,)).state is State.NOT_MET
    assert make.judged(PlaceOfPerformance(municipalities=["Rauma"]), offered, lots=(1,)).state is State.MET
    assert make.judged(PlaceOfPerformance(), offered, lots=()).state is State.NOT_APPLICABLE


def test_judged_together_each_lot_still_needs_its_own_area():
    services = (make.service_(id="a", municipalities=["Pori"]), make.service_(id="b", municipalities=["Rauma"]))

    def offered(first: str, second: str):
        lots = (make.lot(id="osaa", area=[first]), make.lot(id="osab", area=[second]))
        answers = (make.offer(lot="osaa", services=["a"]), make.offer(lot="osab", services=["b"]))
        return make.offering(*services, offers=tuple((x, y, ()) for x, y in zip(lots, answers, strict=True)))

    assert make.judged(PlaceOfPerformance(), offered("Pori", "Rauma")).state is State.MET
    crossed = make.judged(PlaceOfPerformance(), offered("Rauma", "Pori"))
    assert (crossed.state, crossed.facts["missing"]) == (State.NOT_MET, ("Rauma",))
