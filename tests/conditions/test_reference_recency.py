"""Condition 28: reference recency."""

from datetime import date

import pytest

from bidkit.conditions.reference_recency import ReferenceRecency
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def refs(*ends, **given):
    return tuple(
        make.reference(id=f"r{n}", start="1.1.2020", **({"end": end} if end else {}), **given)
        for n, end in enumerate(ends)
    )


def judge(kind, *groups, **dossier):
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}"), references=group) for n, group in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members, **dossier))


@pytest.mark.parametrize(
    ("end", "state", "margin"),
    [("14.1.2024", State.NOT_MET, -1), ("15.1.2024", State.MET, 0), ("16.1.2024", State.MET, 1)],
)
def test_the_boundary(end, state, margin):
    verdict = judge(ReferenceRecency(years=3), refs(end))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "days"))
    assert verdict.facts["recent"] == Measure(0 if state is State.NOT_MET else 1, "references")
    assert (verdict.required, verdict.found) == (date(2024, 1, 15), date(2024, 1, int(end[:2])))


def test_measured_to_the_start_of_the_contract():
    assert judge(ReferenceRecency(years=3, measured_to="contract_start"), refs("1.3.2024")).state is State.MET
    assert judge(ReferenceRecency(years=3, measured_to="contract_start"), refs("29.2.2024")).state is State.NOT_MET


def test_what_goes_on_is_recent():
    assert judge(ReferenceRecency(years=1), refs(None)).found == date(2027, 1, 15)
    assert judge(ReferenceRecency(years=1), refs("31.12.2030")).found == date(2027, 1, 15)


def test_the_last_one_needed_decides_over_all_members():
    kind = ReferenceRecency(years=3, minimum=2)
    assert judge(kind, refs("1.1.2026"), refs("14.1.2024")).state is State.NOT_MET
    assert judge(kind, refs("1.1.2026"), refs("15.1.2024")).state is State.MET
    assert judge(kind, refs("1.1.2026", contract_key="k"), refs("1.1.2026", contract_key="k")).state is State.NOT_MET


def test_a_contract_held_together_ends_with_its_last_reference():
    verdict = judge(ReferenceRecency(years=3), refs("1.1.2020", contract_key="k"), refs("1.1.2025", contract_key="k"))
    assert verdict.found == date(2025, 1, 1)


def test_none_asked_for():
    assert judge(ReferenceRecency(years=3, minimum=0), refs("1.1.2021")).state is State.MET


def test_too_few_are_not_met():
    verdict = judge(ReferenceRecency(years=3, minimum=2), refs("1.1.2026"))
    assert (verdict.state, verdict.margin) == (State.NOT_MET, Measure(-1, "references"))


def test_what_is_not_told_is_never_met():
    kind = ReferenceRecency(years=3, tags=["group"])
    verdict = judge(kind, refs("1.1.2026"))
    assert (verdict.state, make.advised(verdict)) == (
        State.CANNOT_TELL,
        "Fill in tags of references.r0 in references.yaml.",
    )
    assert judge(kind, refs("15.1.2024")).state is State.CANNOT_TELL
    assert judge(kind, refs("14.1.2024")).state is State.NOT_MET  # too old, whatever it was
    assert judge(kind, refs("1.1.2026", tags=["group"])).state is State.MET


def test_it_says_so():
    verdict = judge(ReferenceRecency(years=3), refs("14.1.2024"))
    assert make.said(verdict) == (
        "Recent enough: 0 references. Required: at least 1 reference that ended on 15 Jan 2024 or later or go on "
        "(3 years before 15 Jan 2027, deadline for bids). The next one (references.r0) ended on 14 Jan 2024, "
        "1 day too early."
    )
    assert make.said(verdict, "fi") == (
        "Riittävän tuoreita: 0 referenssiä. Vaaditaan vähintään 1 referenssi: päättynyt 15.1.2024 tai myöhemmin tai "
        "jatkuu (3 vuotta ennen päivää 15.1.2027, tarjousten määräaika). Seuraava (references.r0) päättyi 14.1.2024, "
        "1 päivä liian aikaisin."
    )
    assert make.advised(verdict) == "Check the last days in references.yaml, or add newer references."
    assert (verdict.place.file, verdict.rows) == ("references.yaml", ("references.r0",))
    assert judge(ReferenceRecency(years=3), refs(None)).hint == ""
