"""Condition 29: reference size."""

from decimal import Decimal

import pytest

from bidkit.conditions.reference_size import ReferenceSize
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def refs(*sizes, field="value_per_year", **given):
    return tuple(
        make.reference(id=f"r{n}", **({} if size is None else {field: size}), **given) for n, size in enumerate(sizes)
    )


def judge(kind, *groups):
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}"), references=group) for n, group in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members))


@pytest.mark.parametrize(
    ("size", "state", "margin"),
    [("49 999,99", State.NOT_MET, "-0.01"), ("50 000", State.MET, "0"), ("50 000,01", State.MET, "0.01")],
)
def test_the_boundary(size, state, margin):
    verdict = judge(ReferenceSize(value_per_year="50 000"), refs(size))
    assert (verdict.state, verdict.margin) == (state, Measure(Decimal(margin), "EUR/year"))
    assert verdict.facts["large"] == Measure(0 if state is State.NOT_MET else 1, "references")


@pytest.mark.parametrize(
    ("field", "unit", "limit"),
    [("value", "EUR", "100 000"), ("clients", "clients", "30"), ("value_per_year", "EUR/year", "9")],
)
def test_each_figure_is_compared_with_its_own(field, unit, limit):
    verdict = judge(ReferenceSize(**{field: limit}), refs(limit, field=field))
    assert (verdict.state, verdict.margin) == (State.MET, Measure(0, unit))
    other = "clients" if field != "clients" else "value"
    assert judge(ReferenceSize(**{field: limit}), refs("999999", field=other)).state is State.CANNOT_TELL


def test_the_last_one_needed_decides_over_all_members():
    kind = ReferenceSize(value_per_year="50 000", minimum=2)
    assert judge(kind, refs("90 000"), refs("40 000")).state is State.NOT_MET
    verdict = judge(kind, refs("90 000", "10 000"), refs("60 000"))
    assert (verdict.state, verdict.found) == (State.MET, Measure(Decimal(60000), "EUR/year"))
    assert verdict.rows == ("references.r0", "references.r0")


def test_a_contract_held_together_counts_once_with_its_largest_figure():
    kind = ReferenceSize(value_per_year="50 000", minimum=2)
    verdict = judge(kind, refs("60 000", contract_key="k"), refs("70 000", contract_key="k"))
    assert (verdict.state, verdict.found) == (State.NOT_MET, Measure(1, "references"))
    assert (
        judge(
            ReferenceSize(value_per_year="65 000"), refs("60 000", contract_key="k"), refs("70 000", contract_key="k")
        ).state
        is State.MET
    )


def test_what_is_not_told_is_never_met():
    verdict = judge(ReferenceSize(value_per_year="50 000", minimum=2), refs("60 000", None))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "references.yaml")
    assert make.said(verdict) == (
        "Large enough: 1 reference. Required: 2 references of at least 50,000.00 €/year. "
        "references.r1 does not tell its size."
    )
    assert make.advised(verdict) == "Fill in value_per_year of references.r1 in references.yaml."
    assert judge(ReferenceSize(value_per_year="1", minimum=0), refs(None)).state is State.MET
    exact = judge(ReferenceSize(value_per_year="60 000", tags=["group"]), refs("60 000"))
    assert exact.state is State.CANNOT_TELL
    untagged = judge(ReferenceSize(value_per_year="50 000", tags=["group"]), refs("60 000"))
    assert make.advised(untagged) == "Fill in tags of references.r0 in references.yaml."
    assert judge(ReferenceSize(value_per_year="50 000", tags=["group"]), refs("40 000")).state is State.NOT_MET


def test_exactly_one_limit():
    assert judge(ReferenceSize(), refs("1")).state is State.CANNOT_TELL
    verdict = judge(ReferenceSize(value="1", clients=1), refs("1"))
    assert make.said(verdict) == "The condition gives several limits (value, clients); it can judge one."
    assert verdict.place.file == "conditions.yaml"


def test_it_says_so():
    verdict = judge(ReferenceSize(value_per_year="50 000"), refs("40 000"))
    assert make.said(verdict) == (
        "Large enough: 0 references. Required: 1 reference of at least 50,000.00 €/year. "
        "The next one (references.r0): 40,000.00 €/year, 10,000.00 €/year too little."
    )
    assert make.said(verdict, "fi") == (
        "Riittävän laajoja: 0 referenssiä. Vaaditaan 1 referenssi, kukin vähintään 50 000,00 €/v. "
        "Seuraava (references.r0): 40 000,00 €/v, 10 000,00 €/v liian vähän."
    )
    assert make.advised(verdict) == (
        "Check value_per_year of references.r0 in references.yaml, or add larger references."
    )
    assert judge(ReferenceSize(value_per_year="1"), refs("2")).hint == ""
