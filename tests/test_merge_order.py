"""Whatever the files hold: merging does not depend on their order, loses nothing, and once merged it stays so."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.diagnostics import Place
from bidkit.dossier.normalised import normalised
from bidkit.i18n import FINDINGS, Translator
from bidkit.merge import merge
from bidkit.model.consortium import Consortium, Participant, Resolution
from bidkit.model.dossier import Dossier, Member
from tests import make

IDS = ("aava", "harju", "koivu", "koi-vu", "lehto")
NUMBERS = ("3134980-3", "1234567-1", "2345678-0", "0112038-9")
WAYS = ("keep_first", "keep_second", "sum", "rename_second", "both", None)
SERVICES = ("valmennus", "val-mennus", "ohjaus")


@cache
def _service(id_: str, kind: str, clients: int, days: int, text: str):
    return make.service_(
        id=id_, kind=kind, capacity={"clients": clients}, start_within_days=days, client_groups=["nuoret"], content=text
    )


@cache
def _staff(name: str, hours: int, service: str):
    return make.staff(id="ohjaaja", name=name, hours_per_week=hours, services=[service])


@st.composite
def members(draw, id_: str, folder: str) -> Member:
    """Return a member that shares ids, names, references and addresses with others more often than not."""
    taken = draw(st.lists(st.sampled_from(SERVICES), min_size=1, max_size=2, unique=True))
    texts = st.sampled_from(("Sisältö.", "{services.valmennus.dose.hours} tuntia", "{sites.pori.name}"))
    kinds = st.sampled_from(("job_coaching", "career_guidance"))
    counts = st.sampled_from((10, 20))
    services = tuple(_service(one, draw(kinds), draw(counts), draw(counts), draw(texts)) for one in taken)
    group = draw(st.sampled_from(("Nuoret", "Nuoret työnhakijat")))
    own = make.organisation_(id=id_, name=f"{id_} {folder}", business_id=draw(st.sampled_from(NUMBERS)))
    return make.member(
        organisation=own.model_copy(update={"at": Place(f"jasenet/{folder}/organisation.yaml", "1:1")}),
        services=services,
        client_groups=(_group(group),),
        outcomes=(make.outcome(id=draw(st.sampled_from(("t1", "t2"))), service=taken[0]),),
        staff=(_staff(draw(st.sampled_from(("N.N.", "M.M."))), draw(counts), taken[0]),),
        references=(make.reference(value=draw(st.sampled_from(("1000", "2000"))), title=folder),),
        sites=(make.site(address=draw(st.sampled_from(("Katu 1", "Katu 2")))),),
        certificates=(make.certificate(issued=draw(st.sampled_from(("1.1.2025", "1.12.2026")))),),
        salaries=(make.salary(staff="ohjaaja", allocations=[{"service": taken[0], "share": "100 %"}]),),
    )


@cache
def _group(name: str):
    from bidkit.model.organisation import ClientGroup

    return ClientGroup.model_validate(make._at("client_groups", {"id": "nuoret", "name": name}))


@st.composite
def dossiers(draw) -> Dossier:
    """Return a consortium of one to four, some of whose conflicts are settled in some way, sensible or not."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4))
    several = tuple(draw(members(id_, f"k{n}")) for n, id_ in enumerate(ids))
    listed = tuple(dict.fromkeys(ids))
    rows = [
        {"id": id_, "role": "member", "withdrawn": draw(st.sampled_from(("ei", "ei", "ei", "kyllä")))} for id_ in listed
    ]
    found = Dossier(
        members=several,
        tender=make.tender_(),
        bid=make.bid_basics(),
        lots=(make.lot(),),
        price_lines=(make.price_line(),),
        lot_offers=(make.offer(),),
        prices=(make.price(),),
        consortium=Consortium(form="group", lead=ids[0], **{"@": Place("consortium.yaml")}),
        participants=tuple(
            Participant.model_validate(one | {"@": Place("participants.yaml", f"{n}:1")}) for n, one in enumerate(rows)
        ),
    )
    return replace(found, resolutions=tuple(draw(_settling(one.id, n)) for n, one in enumerate(merge(found).conflicts)))


@st.composite
def _settling(draw, id_: str, n: int) -> Resolution:
    way = draw(st.sampled_from(WAYS))
    new = f"uusi-{n}" if way == "rename_second" else None
    return Resolution.model_validate(
        {"id": id_, "settled": way, "new_id": new, "@": Place("resolutions.yaml", f"{n}:1")}
    )


EN = Translator("en", FINDINGS)


def worded(merged):
    return [(f.code, str(f.place), EN.sentence(f)) for f in merged.findings]


def settled(merged):
    return [(one.id, one.settled, one.first.value, one.second.value) for one in merged.conflicts]


@given(dossiers(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_files_makes_no_difference(dossier: Dossier, dice: random.Random):
    shuffled = list(dossier.members)
    dice.shuffle(shuffled)
    rows = list(dossier.resolutions)
    dice.shuffle(rows)
    one, other = merge(dossier), merge(replace(dossier, members=tuple(shuffled), resolutions=tuple(rows)))
    assert settled(other) == settled(one)
    assert sorted(worded(other)) == sorted(worded(one))
    assert normalised(other.dossier)["members"] == normalised(one.dossier)["members"]


@given(dossiers())
@settings(max_examples=100, deadline=None)
def test_merging_twice_is_merging_once(dossier: Dossier):
    once = merge(dossier).dossier
    assert normalised(merge(once).dossier) == normalised(once)


@given(dossiers())
@settings(max_examples=100, deadline=None)
def test_nothing_is_lost_without_a_word_and_no_id_is_left_twice(dossier: Dossier):
    before = normalised(dossier)
    merged = merge(dossier)
    assert normalised(dossier) == before
    assert merged.dossier.members
    for noun in ("services", "outcomes"):
        ids = [one.id for member in merged.dossier.members for one in getattr(member, noun)]
        assert len(ids) == len(set(ids))
    assert len({one.id for one in merged.conflicts}) == len(merged.conflicts)
    gone = {one.id for one in dossier.participants if one.withdrawn}
    kept = {one.organisation.at.file for one in merged.dossier.members}
    named = {side.place.file for one in merged.conflicts for side in (one.first, one.second)}
    for member in dossier.members:
        if member.organisation.id not in gone:
            assert member.organisation.at.file in kept | named
    for finding in merged.findings:
        assert EN.sentence(finding)
        assert finding.place.file
