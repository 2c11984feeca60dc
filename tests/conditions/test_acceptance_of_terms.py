"""Condition 60: acceptance of terms."""

import pytest

from bidkit.conditions.acceptance_of_terms import AcceptanceOfTerms
from bidkit.stages import State
from tests import make


def judge(*words):
    return make.judged(AcceptanceOfTerms(), make.offering(attestations=words))


@pytest.mark.parametrize(
    ("attested", "state"),
    [({}, State.ATTESTED), ({"holds": "ei"}, State.NOT_MET), ({"condition": "v2"}, State.CANNOT_TELL)],
)
def test_a_persons_word_decides(attested, state):
    assert judge(make.attestation(**attested)).state is state


def test_without_a_word_it_cannot_be_told():
    verdict = judge()
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")
    assert make.said(verdict) == "Nobody has attested it yet."


def test_it_prints_the_words():
    verdict = judge(make.attestation(statement="Hyväksymme sopimusluonnoksen."))
    assert make.said(verdict, "fi") == "Hyväksymme sopimusluonnoksen. (Toiminnanjohtaja, 5.1.2027)"
    assert (verdict.rows, verdict.hint) == (("attestations.v1",), "")
