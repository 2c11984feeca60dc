"""Gaps: what is asked against what members and partners cover, by vectors worked out by hand."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.dossier.load import load
from bidkit.dossier.validate import validate
from bidkit.gaps import find
from bidkit.gaps.cells import Box, Cell, Competence, Tongue, boxes
from bidkit.gaps.cover import MOST_EXACT, cover
from bidkit.gaps.demand import home
from bidkit.gaps.spans import at_least, both, minus
from bidkit.model.codes import municipality_code
from bidkit.model.dossier import NOUNS
from tests import small
from tests.conftest import EXAMPLES, run

TODAY = date(2027, 1, 15)
PORI, ULVILA, RAUMA = map(municipality_code, ("Pori", "Ulvila", "Rauma"))
LOTS = small.FILES["lots"] + "  area: [Pori, Ulvila]\n  client_groups: nuoret\n"
SITES = small.FILES["sites"] + "  serves: [Ulvila]\n"
STAFF = small.FILES["staff"] + small.FILES["staff"].replace("id: valmentaja", "id: toinen")
SERVICES = small.FILES["services"]
WHOLE = {"lots": LOTS, "sites": SITES, "staff": STAFF}
PARTNER = """\
- id: {id}
  name: {id} ry
  role: {role}
  competence: Valmennus
  kinds: {services}
  municipalities: [{municipalities}]
  client_groups: [{groups}]
  languages: [{languages}]
"""


def partner(id_, municipalities, services="job_coaching", groups="nuoret", languages="fi", role="subcontractor"):
    return PARTNER.format(
        id=id_, municipalities=municipalities, services=services, groups=groups, languages=languages, role=role
    )


def dossier_of(folder, **changed):
    loaded = load(small.write(folder, **{**WHOLE, **changed}))
    assert loaded.dossier is not None, loaded.findings
    return loaded.dossier


def look(folder, *, area=(), as_of=None, limit=None, **changed):
    return find(dossier_of(folder, **changed), validate, TODAY, area=area, as_of=as_of, travel_limit=limit)


def told(gap):
    """Return a gap as a test reads it."""
    days = tuple(date.fromordinal(day).isoformat() for day in gap.days)
    return gap.box.municipalities, gap.box.groups, gap.lacks, days, [str(place) for place in gap.places]


TERM = ("2027-04-01", "2029-03-31")


# --- what nobody covers --------------------------------------------------------------------------------
def test_what_is_covered_makes_no_gap(tmp_path):
    found = look(tmp_path)
    assert found.gaps == () == found.left
    assert found.demand.area == (PORI, ULVILA)
    assert [len(found.demand.asked), found.choices, found.strengths, found.shared] == [2, (), (), ()]


def test_a_municipality_less_is_exactly_one_gap(tmp_path):
    (gap,) = look(tmp_path, sites=small.FILES["sites"]).gaps
    assert told(gap) == ((ULVILA,), ("nuoret",), ("municipality",), TERM, ["services.yaml:1:3", "sites.yaml:1:3"])
    assert [str(place) for place in gap.asked] == ["lots.yaml:4:9"]


@pytest.mark.parametrize(
    ("noun", "text", "lack", "place"),
    [
        ("lots", LOTS.replace("groups: nuoret", "groups: [nuoret, maahanmuuttajat]"), "group", "services.yaml:5:18"),
        ("services", SERVICES.replace("languages: fi", "languages: en"), "language", "services.yaml:17:14"),
        ("services", SERVICES.replace("clients: 20, clients_per_day: 8, clients_per_year: 60", "clients: 0"),
         "capacity", "services.yaml:19:13"),
        ("staff", STAFF.replace("language: fi", "language: en"), "speaker", "staff.yaml:6:3"),
    ],
)  # fmt: skip
def test_each_lack_is_told_with_its_place(tmp_path, noun, text, lack, place):
    (gap,) = look(tmp_path, **{noun: text}).gaps
    assert gap.lacks == (lack,)
    assert place in [str(one) for one in gap.places]


def test_a_lot_of_a_kind_that_nobody_gives(tmp_path):
    dossier = dossier_of(tmp_path)
    other = replace(dossier.members[0], services=())
    (gap,) = find(replace(dossier, members=(other,)), validate, TODAY).gaps
    assert gap.box.competences == (Competence(),)  # nothing answers the lot, so any service would do
    assert gap.lacks == ("kind",)
    assert [str(place) for place in gap.places] == ["services.yaml"]


def test_who_tells_no_languages_is_taken_at_the_word_of_the_service(tmp_path):
    silent = small.FILES["staff"].split("  languages:")[0]
    assert look(tmp_path, staff=silent).gaps == ()


def test_languages_asked_by_a_condition_with_their_level(tmp_path):
    asked = "- {{id: k, kind: service_language, text: Kieli, parameters: {{languages: [fi, sv], enough: {}{}}}}}\n"
    (gap,) = look(tmp_path / "a", conditions=asked.format("all", "")).gaps
    assert gap.box.tongues == (Tongue(("sv",)),)
    assert look(tmp_path / "b", conditions=asked.format("any", "")).gaps == ()
    low = STAFF.replace("level: native", "level: b1")
    assert look(tmp_path / "c", conditions=asked.format("any", ", level: b1"), staff=low).gaps == ()
    (gap,) = look(tmp_path / "d", conditions=asked.format("any", ", level: b2"), staff=low).gaps
    assert gap.lacks == ("speaker",)
    informs = asked.format("all", "").replace("text: Kieli", "text: Kieli, binding: information")
    assert look(tmp_path / "e", conditions=informs).gaps == ()


def test_people_that_a_condition_asks_are_asked_once_and_not_in_each_municipality(tmp_path):
    asked = (
        "- {id: k, kind: staff_qualification, text: T, parameters: {level: bachelor, fields: social, role: coach}}\n"
    )
    degree = "  qualifications:\n    - {title: Sosionomi, level: bachelor, field: social}\n"
    (gap,) = look(tmp_path / "a", conditions=asked).gaps
    assert gap.box.municipalities == ("",)
    assert gap.lacks == ("qualification",)
    found = look(tmp_path / "b", conditions=asked, staff=small.FILES["staff"] + degree)
    assert found.gaps == ()
    (nobody,) = look(tmp_path / "c", conditions=asked.replace("coach", "nurse")).gaps
    assert nobody.lacks == ("role",)
    helped = look(tmp_path / "d", conditions=asked, partners=partner("apu", "Rauma", services="[social]"))
    assert [one.partner.first.id for one in helped.choices] == ["apu"]


def test_the_place_of_performance_belongs_to_the_area(tmp_path):
    asked = "- {id: k, kind: place_of_performance, text: P, parameters: {municipalities: [Rauma]}}\n"
    (gap,) = look(tmp_path, conditions=asked).gaps
    assert gap.box.municipalities == (RAUMA,)


# --- days ----------------------------------------------------------------------------------------------
def test_a_lease_that_ends_leaves_a_gap_from_the_day_after(tmp_path):
    (gap,) = look(tmp_path, sites=SITES + "  until: 31.7.2028\n").gaps
    days = ("2028-08-01", "2029-03-31")
    assert told(gap) == ((PORI, ULVILA), ("nuoret",), ("days",), days, ["sites.yaml:7:10"])
    assert look(tmp_path / "b", sites=SITES + "  until: 31.3.2029\n").gaps == ()


def test_a_person_who_leaves_leaves_a_gap_only_if_nobody_stays(tmp_path):
    leaving = small.FILES["staff"] + "  until: 30.9.2027\n"
    (gap,) = look(tmp_path / "a", staff=leaving).gaps
    assert told(gap)[2:4] == (("days",), ("2027-10-01", "2029-03-31"))
    assert told(gap)[4] == ["staff.yaml:8:10"]
    found = look(tmp_path / "b", staff=leaving + small.FILES["staff"].replace("id: valmentaja", "id: toinen"))
    assert found.gaps == ()


def test_who_comes_late_and_who_leaves_early_may_make_a_hole(tmp_path):
    staff = small.FILES["staff"] + "  until: 30.9.2027\n"
    staff += small.FILES["staff"].replace("id: valmentaja", "id: toinen") + "  from: 1.12.2027\n"
    (gap,) = look(tmp_path, staff=staff).gaps
    assert told(gap)[3] == ("2027-10-01", "2027-11-30")


def test_as_of_looks_at_what_is_left_of_the_term(tmp_path):
    staff = small.FILES["staff"] + "  from: 1.6.2027\n"
    assert len(look(tmp_path, staff=staff).gaps) == 1
    assert look(tmp_path, staff=staff, as_of=date(2027, 6, 1)).gaps == ()


# --- travel --------------------------------------------------------------------------------------------
TRAVEL = "- {id: pori-ulvila, site: pori, municipality: Ulvila, minutes: 45}\n"


@pytest.mark.parametrize(("limit", "beyond"), [(44, True), (45, False), (46, False), (None, False)])
def test_the_limit_of_travel(tmp_path, limit, beyond):
    found = look(tmp_path, travel=TRAVEL, limit=limit)
    assert [told(gap)[0] for gap in found.gaps] == [(ULVILA,)] * beyond
    assert [(gap.lacks, told(gap)[4]) for gap in found.gaps] == [(("travel",), ["travel.yaml:1:64"])] * beyond


def test_what_is_given_remotely_reaches_beyond_the_limit(tmp_path):
    remote = SERVICES + "  remote: Videopuheluin.\n"
    assert look(tmp_path, travel=TRAVEL, services=remote, limit=10).gaps == ()


@pytest.mark.parametrize(("said", "near_enough"), [('"ei"', False), ('"Nej."', False), ('"kyllä"', True)])
def test_a_bare_no_is_no_way_to_give_it_remotely(tmp_path, said, near_enough):
    remote = SERVICES + f"  remote: {said}\n"
    gaps = look(tmp_path, travel=TRAVEL, services=remote, limit=10).gaps
    assert [gap.lacks for gap in gaps] == ([] if near_enough else [("travel",)])


def test_a_nearer_site_is_enough(tmp_path):
    near = "- {id: ulvila, name: U, address: Tie 1, municipality: Ulvila}\n"
    services = SERVICES.replace("sites: pori", "sites: [pori, ulvila]")
    assert look(tmp_path, travel=TRAVEL, sites=SITES + near, services=services, limit=10).gaps == ()


def test_visits_from_the_only_site_are_limited_too(tmp_path):
    services = SERVICES.replace("sites: pori", "sites: pori\n  municipalities: Ulvila")
    own = {"sites": small.FILES["sites"], "services": services, "travel": TRAVEL}
    assert look(tmp_path, **own, limit=45).gaps == ()
    (gap,) = look(tmp_path, **own, limit=44).gaps
    assert gap.lacks == ("travel",)


def test_minutes_that_nobody_told_count_as_near_and_are_named(tmp_path):
    found = look(tmp_path, limit=10)
    assert found.gaps == ()
    assert [(site, code, str(at)) for site, code, at in found.supply.untold] == [("pori", ULVILA, "sites.yaml:6:11")]
    assert look(tmp_path / "b", limit=50, travel=TRAVEL).supply.untold == ()


# --- one alone -----------------------------------------------------------------------------------------
def test_the_only_person_is_named_and_two_are_silence(tmp_path):
    (one,) = look(tmp_path / "a", staff=small.FILES["staff"]).singles
    assert one.person.staff.id == "valmentaja"
    assert one.box.municipalities == (PORI, ULVILA)
    assert [str(place) for place in one.places] == ["staff.yaml:1:3"]
    assert look(tmp_path / "b").singles == ()


def two_members(tmp_path, **second):
    """Return a dossier of two members; the second one serves Ulvila alone."""
    lead = dossier_of(tmp_path / "lead", sites=small.FILES["sites"])
    other = dossier_of(
        tmp_path / "other",
        organisation=small.FILES["organisation"]
        .replace("id: esimerkki", "id: toinen")
        .replace("Esimerkki ry", "Toinen ry"),
        sites=small.FILES["sites"].replace("municipality: Pori", "municipality: Ulvila"),
        **second,
    )
    return replace(lead, members=(*lead.members, *other.members))


def test_what_hangs_on_one_of_two_members(tmp_path):
    found = find(two_members(tmp_path), validate, TODAY)
    assert found.gaps == ()
    assert {(one.member, one.person, one.box.municipalities) for one in found.singles} == {
        (0, None, (PORI,)),
        (1, None, (ULVILA,)),
    }
    swapped = replace(found.dossier, members=found.dossier.members[::-1])
    again = find(swapped, validate, TODAY)
    assert {(1 - one.member, one.box) for one in again.singles} == {(one.member, one.box) for one in found.singles}


# --- partners ------------------------------------------------------------------------------------------
RAUMA_TOO = LOTS.replace("[Pori, Ulvila]", "[Pori, Ulvila, Rauma]")


def test_a_planted_partner_closes_a_planted_gap(tmp_path):
    found = look(tmp_path, lots=RAUMA_TOO, partners=partner("apu", "Rauma"))
    (gap,) = found.gaps
    assert gap.box.municipalities == (RAUMA,)
    (choice,) = found.choices
    assert (choice.partner.first.id, choice.needed, found.cover.exact, found.left) == ("apu", True, True, ())


@pytest.mark.parametrize(
    "other",
    [
        {"municipalities": "Ulvila"},
        {"municipalities": "Rauma", "services": "career_guidance"},
        {"municipalities": "Rauma", "languages": "sv"},
        {"municipalities": "Rauma", "groups": ""},
        {"municipalities": ""},
    ],
)
def test_a_partner_who_does_not_tell_that_it_does_covers_nothing(tmp_path, other):
    found = look(tmp_path, lots=RAUMA_TOO, partners=partner("apu", **other))
    assert found.choices == ()
    assert [gap.box for gap in found.left] == [gap.box for gap in found.gaps]


def test_the_fewest_partners_and_what_stays_open(tmp_path):
    lots = LOTS.replace("[Pori, Ulvila]", "[Pori, Rauma, Eura, Huittinen, Kankaanpää]")
    register = (
        partner("yksi", "Rauma") + partner("kaksi", "Eura") + partner("molemmat", "Rauma, Eura")
        + partner("kolmas", "Huittinen, Eura") + partner("neljas", "Huittinen, Rauma")
    )  # fmt: skip
    found = look(tmp_path, lots=lots, partners=register)
    # Rauma, Eura and Huittinen by two of five in several ways; the first by the order of the register is taken
    assert [one.partner.first.id for one in found.choices] == ["yksi", "kolmas"]
    assert [gap.box.municipalities for gap in found.left] == [(municipality_code("Kankaanpää"),)]
    assert not any(one.needed for one in found.choices)


def test_who_bids_with_us_is_no_candidate_and_one_known_twice_is_one(tmp_path):
    twice = partner("apu", "Rauma") + partner("b", "Eura").replace("name: b ry", "name: Apu  RY")
    own = partner("oma", "Rauma").replace("name: oma ry", "name: esimerkki ry")
    found = look(tmp_path, lots=RAUMA_TOO, partners=twice + own)
    assert [len(one.entries) for one in found.partners] == [2]


def test_where_we_are_strong(tmp_path):
    (one,) = look(tmp_path / "a", partners=partner("apu", "Ulvila")).strengths
    assert (one.box.municipalities, one.names, str(one.places[0])) == ((PORI,), ("Esimerkki ry",), "services.yaml:1:3")
    vague = "- {id: apu, name: Apu ry, role: referral, competence: Kaikki, services: job_coaching}\n"
    assert look(tmp_path / "b", partners=vague).strengths == ()  # it may do so everywhere
    assert look(tmp_path / "c").strengths == ()  # nobody to compare with


def test_a_planted_overlap_is_found_and_nothing_else(tmp_path):
    found = look(
        tmp_path, partners=partner("apu", "Ulvila, Rauma") + partner("muu", "Rauma", services="debt_counselling")
    )
    (both_do,) = found.shared
    assert both_do.names == ("Esimerkki ry", "apu ry")
    assert both_do.box == Box((Competence("job_coaching"),), (ULVILA,), ("nuoret",))
    assert [str(place) for place in both_do.places] == ["services.yaml:1:3", "partners.yaml:1:3"]
    assert [(one.name, one.partner) for one in found.roles] == [
        ("Esimerkki ry", ""), ("apu ry", "subcontractor"), ("muu ry", "subcontractor"),
    ]  # fmt: skip


# --- set cover -----------------------------------------------------------------------------------------
def by_force(rows, candidates):
    rows = [row for row in rows if row]
    for size in range(candidates + 1):
        for chosen in combinations(range(candidates), size):
            mask = sum(1 << n for n in chosen)
            if all(row & mask for row in rows):
                return chosen
    raise AssertionError


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_fewest_are_those_of_trying_all(data):
    candidates = data.draw(st.integers(0, 10))
    rows = data.draw(st.lists(st.integers(0, (1 << candidates) - 1), max_size=25))
    found = cover(rows, candidates)
    assert found.chosen == by_force(rows, candidates)  # also the first of the smallest, by the register
    assert (found.exact, found.lower) == (True, len(found.chosen))
    assert cover(rows[::-1] + rows, candidates) == found
    alone = {n for n in range(candidates) if 1 << n in rows}
    assert found.needed == alone


def test_twenty_five_candidates_are_exact():
    projective = [sum(1 << (n + step) % 21 for step in (0, 1, 4, 14, 16)) for n in range(21)]  # a plane of order 4
    found = cover([*projective, *(1 << n for n in range(21, 25))], MOST_EXACT)
    assert found.exact
    assert len(found.chosen) == 9  # a line (5) blocks every line of the plane; and four that are needed
    pairs = [1 << a | 1 << b for a, b in combinations(range(25), 2)]
    assert cover(pairs, MOST_EXACT).chosen == tuple(range(24))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(26, 40))
def test_beyond_that_the_bound_holds(seed, candidates):
    chance = random.Random(seed)
    planted = chance.sample(range(candidates), 5)
    rows = [
        1 << chance.choice(planted) | chance.getrandbits(candidates) & chance.getrandbits(candidates) for _ in range(60)
    ]
    found = cover(rows, candidates)
    mask = sum(1 << n for n in found.chosen)
    assert all(row & mask for row in rows)
    assert found.lower <= 5  # the planted five cover all
    assert len(found.chosen) <= found.ratio * 5
    assert found.exact == (len(found.chosen) == found.lower)


def test_the_ratio_is_the_harmonic_number_of_the_largest():
    rows = [1 << 0 | 1 << (n + 1) for n in range(4)] + [1 << 30 | 1 << 31]
    assert cover(rows, 32).ratio == 1 + Fraction(1, 2) + Fraction(1, 3) + Fraction(1, 4)


# --- parts ---------------------------------------------------------------------------------------------
cells = st.builds(
    Cell, st.sampled_from([Competence("a"), Competence("b")]), st.sampled_from("xyz"), st.sampled_from("gh"),
    st.sampled_from([Tongue(("fi",)), Tongue(("sv",))]),
)  # fmt: skip


@given(st.lists(cells, unique=True), st.randoms())
def test_boxes_hold_every_cell_once_whatever_the_order(found, chance):
    made = boxes(found)
    inside = [cell for box in made for cell in box.cells]
    assert len(inside) == len(set(inside))
    assert set(inside) == set(found)
    mixed = list(found)
    chance.shuffle(mixed)
    assert {frozenset(box.cells) for box in boxes(mixed)} == {frozenset(box.cells) for box in made}


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), max_size=6), st.integers(1, 3))
def test_days_are_counted_as_one_counts_them(pairs, needed):
    spans = [(first, first + length) for first, length in pairs]
    days = {day for day in range(1, 45) if sum(a <= day <= b for a, b in spans) >= needed}
    assert {day for a, b in at_least(needed, spans) for day in range(a, b + 1)} == days
    if needed == 1:
        left = {day for a, b in minus((5, 25), spans) for day in range(a, b + 1)}
        assert left == set(range(5, 26)) - days
        within = {day for a, b in both([(5, 25)], spans) for day in range(a, b + 1)}
        assert within == set(range(5, 26)) & days


# --- without a tender, and as a user runs it -------------------------------------------------------------
TRIAL = dict.fromkeys(noun for noun in small.FILES if NOUNS[noun].part != "member")


def test_without_a_tender_the_own_employment_area_or_a_named_one(tmp_path):
    found = look(tmp_path, **TRIAL)
    assert (found.demand.source, found.demand.area[0]) == ("home", PORI)
    assert set(found.demand.area) == set(home(found.dossier)) >= {PORI, ULVILA}
    covered = {cell.municipality for cell in found.demand.asked} - {
        c for gap in found.gaps for c in gap.box.municipalities
    }
    assert covered == {PORI, ULVILA}
    named = look(tmp_path, area=(PORI, RAUMA), **TRIAL)
    assert [gap.box.municipalities for gap in named.gaps] == [(RAUMA,)]
    assert named.gaps[0].asked == ()


def test_an_area_that_is_named_replaces_that_of_the_tender(tmp_path):
    found = look(tmp_path, area=(RAUMA,))
    assert (found.demand.source, found.demand.area) == ("given", (RAUMA,))


def test_the_order_of_entries_does_not_matter(tmp_path):
    register = [partner("apu", "Rauma"), partner("muu", "Eura"), partner("kolmas", "Ulvila")]
    lots = LOTS.replace("[Pori, Ulvila]", "[Pori, Ulvila, Rauma, Eura]")
    there = look(tmp_path / "a", lots=lots, partners="".join(register))
    back = look(tmp_path / "b", lots=lots, partners="".join(register[::-1]))
    assert {one.partner.first.id for one in there.choices} == {one.partner.first.id for one in back.choices}
    assert {frozenset(gap.box.cells) for gap in there.gaps} == {frozenset(gap.box.cells) for gap in back.gaps}
    assert {one.box for one in there.shared} == {one.box for one in back.shared}


def test_one_screen_in_finnish(tmp_path):
    folder = small.write(tmp_path / "a", **{**WHOLE, "lots": RAUMA_TOO, "partners": partner("apu", "Rauma")})
    done = run("aukot", folder)
    assert done.code == 0
    assert done.out.splitlines() == [
        "Pyydetty: tarjouspyynnön alue, kuntia 3, 1.4.2027–31.3.2029.",
        "Verrattu: Esimerkki ry; kumppaneita rekisterissä 1.",
        "",
        "Kukaan ei kata",
        "  Työhönvalmennus – Rauma – Nuoret työnhakijat – suomi: palvelua ei anneta siellä",
        "      services.yaml:1:3, sites.yaml:6:11, lots.yaml:4:9",
        "",
        "Vain yksi kattaa",
        "  Mikään ei ole yhden varassa.",
        "",
        "Vähimmät kumppanit",
        "  Vähin määrä, joka kattaa kaiken katettavissa olevan: 1.",
        "  apu ry (alihankkija, kukaan muu ei kata tätä, ei ole vielä suostunut nimettäväksi): "
        "Työhönvalmennus – Rauma – Nuoret työnhakijat – suomi",
        "      partners.yaml:1:3",
        "",
        "Missä olemme vahvoja",
        "  Työhönvalmennus – Pori, Ulvila – Nuoret työnhakijat",
        "      services.yaml:1:3",
        "",
        "Kuka tekee mitä",
        "  Esimerkki ry: Työhönvalmennus – Pori, Ulvila – Nuoret työnhakijat – 20 asiakasta yhtä aikaa",
        "      services.yaml:1:3",
        "  apu ry (alihankkija): Työhönvalmennus – Rauma – Nuoret työnhakijat",
        "      partners.yaml:1:3",
    ]
    for language in ("sv", "en"):
        said = run(
            "gaps", folder, "--travel-limit", "30", "--all", env={"BIDKIT_LANGUAGE": language}, encoding="cp1252"
        )
        assert said.code == 0
        assert "{" not in said.out


def test_nothing_to_compare(tmp_path):
    said = run("gaps", small.write(tmp_path / "a", **WHOLE)).out
    assert "Kaikki, mitä pyydetään, on katettu." in said
    assert "Rekisterissä ei ole kumppaneita, joihin verrata." in said
    assert "Kumppania ei tarvita: aukkoja ei ole." in said


def test_places_are_cells_in_a_workbook():
    said = run("gaps", EXAMPLES / "tyopolku-excel")
    assert said.code == 0
    assert "tiedot.xlsx › Palvelut › I2, tarjouspyynto.xlsx › Osa-alueet › I2" in said.out


def test_json_tells_the_same(tmp_path):
    changed = {**WHOLE, "lots": RAUMA_TOO, "partners": partner("apu", "Rauma"), "sites": SITES + "  until: 31.7.2028\n"}
    content = json.loads(run("gaps", small.write(tmp_path / "a", **changed), "--json").out)
    assert content["period"] == {"from": "2027-04-01", "to": "2029-03-31"}
    assert [(one["municipalities"], one["from"], one["lacks"], one["partners"]) for one in content["gaps"]] == [
        ([PORI, ULVILA], "2028-08-01", ["days"], []),
        ([RAUMA], "2027-04-01", ["municipality"], ["apu"]),
    ]
    assert [one["id"] for one in content["partners"]["fewest"]] == ["apu"]
    assert [one["municipalities"] for one in content["partners"]["uncovered_even_with_all"]] == [[PORI, ULVILA]]


def test_what_cannot_be_read_is_no_gap(tmp_path):
    folder = small.write(tmp_path / "a", partners="- id: [")
    done = run("gaps", folder)
    assert done.code == 2
    assert "partners.yaml" in done.out
    assert "Kukaan ei kata" not in done.out
    assert run("gaps", tmp_path / "missing").code == 2
    assert json.loads(run("gaps", folder, "--json").out)["findings"]


def test_misuse_is_told(tmp_path):
    folder = small.write(tmp_path / "a")
    wrong = run("gaps", folder, "--area", "Porri")
    assert wrong.code == 2
    assert "Pori" in wrong.err + wrong.out
    assert run("gaps", folder, "--travel-limit", "-1").code == 2


def test_a_faulty_entry_is_left_out_and_told(tmp_path):
    folder = small.write(tmp_path / "a", **{**WHOLE, "partners": partner("apu", "Rauma") + "- id: outo\n"})
    said = run("gaps", folder)
    assert said.code == 0
    assert "Virheellisiä merkintöjä jätettiin pois 1: bidkit check" in said.out


def test_many_lines_are_counted_unless_all_are_asked_for(tmp_path):
    register = "".join(partner(f"k{n}", "Rauma") for n in range(9))
    folder = small.write(tmp_path / "a", **{**WHOLE, "partners": register})
    assert f"muuta: bidkit gaps {folder} --all)" in run("gaps", folder).out
    assert "muuta:" not in run("gaps", folder, "--all").out
