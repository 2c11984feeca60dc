"""Condition 27: number of references."""

import pytest

from bidkit.conditions.references import References
from bidkit.diagnostics import Measure, Place
from bidkit.stages import State
from tests import make


def judge(kind, *groups, **dossier):
    """Judge with one member for each group of references."""
    members = tuple(
        make.member(organisation=make.organisation_(id=f"m{n}"), references=group) for n, group in enumerate(groups)
    )
    return make.judged(kind, make.priced_bid(members=members, **dossier))


def refs(*names, **given):
    return tuple(make.reference(id=name, **given) for name in names)


@pytest.mark.parametrize(
    ("names", "state", "margin"), [("a", State.NOT_MET, -1), ("ab", State.MET, 0), ("abc", State.MET, 1)]
)
def test_the_boundary(names, state, margin):
    verdict = judge(References(minimum=2), refs(*names))
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "references"))
    assert verdict.rows == tuple(f"references.{one}" for one in names)


def test_members_add_up_but_a_contract_held_together_counts_once():
    assert judge(References(minimum=2), refs("a"), refs("b")).state is State.MET
    assert judge(References(minimum=2), refs("a"), refs("a")).state is State.MET  # two members may use one id
    joint = judge(References(minimum=2), refs("a", contract_key="kunta-1"), refs("b", contract_key="kunta-1"))
    assert (joint.state, joint.found) == (State.NOT_MET, Measure(1, "references"))
    assert joint.rows == ("references.a", "references.b")


def test_all_the_tags_are_needed():
    kind = References(minimum=1, tags=["job_coaching", "group"])
    assert judge(kind, refs("a", tags=["group", "job_coaching", "x"])).state is State.MET
    assert judge(kind, refs("a", tags=["group"])).state is State.NOT_MET


@pytest.mark.parametrize(("start", "state"), [("15.1.2027", State.MET), ("16.1.2027", State.NOT_MET)])
def test_what_has_not_begun_by_the_deadline_is_no_reference(start, state):
    assert judge(References(minimum=1), refs("a", start=start)).state is state


def test_what_is_not_told_is_never_met():
    kind = References(minimum=2, tags=["group"])
    verdict = judge(kind, (*refs("a", tags=["group"]), *refs("b")))
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "references.yaml")
    assert make.said(verdict) == (
        "References known to fit: 1 reference. Required: at least 2 references. references.b does not tell what it was."
    )
    assert make.advised(verdict) == "Fill in tags of references.b in references.yaml."
    assert judge(kind, refs("b")).state is State.NOT_MET  # it would not be enough either way


def test_it_says_so_and_where_to_mend_it():
    verdict = judge(References(minimum=2), ())
    assert verdict.place == Place("references.yaml")
    assert make.said(verdict) == "We have 0 references. Required: at least 2 references; missing: 2 references."
    assert (
        make.said(verdict, "fi") == "Meillä on 0 referenssiä. Vaaditaan vähintään 2 referenssiä; puuttuu 2 referenssiä."
    )
    assert make.advised(verdict) == (
        "Add references or fill in their tags in references.yaml, or find a partner that has them."
    )
    met = judge(References(minimum=1, tags=["group"]), refs("a", tags=["group"]))
    assert (make.said(met, "fi"), met.hint) == (
        "Tällaisia meillä on 1 referenssi. Vaaditaan vähintään 1 referenssi.",
        "",
    )
