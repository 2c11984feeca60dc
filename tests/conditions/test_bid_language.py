"""Condition 21: bid language."""

import pytest

from bidkit.conditions.bid_language import BidLanguage
from bidkit.stages import State
from tests import make


def bid(language: str = "fi", accepted=("fi",)):
    tender = make.tender_(languages=list(accepted))
    return make.offering(basics=make.bid_basics(language=language), tender=tender)


@pytest.mark.parametrize(
    ("language", "condition", "tender", "state"),
    [
        ("fi", [], ["fi"], State.MET),
        ("sv", [], ["fi"], State.NOT_MET),
        ("sv", ["fi", "sv"], ["fi"], State.MET),
        ("fi", ["sv"], ["fi"], State.NOT_MET),
        ("fi", [], [], State.CANNOT_TELL),
    ],
)
def test_truth_table(language, condition, tender, state):
    assert make.judged(BidLanguage(languages=condition), bid(language, tender)).state is state


def test_it_explains_itself():
    verdict = make.judged(BidLanguage(languages=["fi", "en"]), bid("sv"))
    assert make.said(verdict) == ("Language of the bid: Swedish. It is not among those accepted: Finnish, English.")
    assert make.said(verdict, "fi") == ("Tarjouksen kieli: ruotsi. Se ei ole hyväksyttyjen joukossa: suomi, englanti.")
    assert (str(verdict.place), verdict.rows) == ("bid.yaml:2:3", ("bid.language",))
    assert "Change language in bid.yaml" in make.advised(verdict)


def test_it_is_silent_when_all_is_well():
    verdict = make.judged(BidLanguage(), bid())
    assert (make.said(verdict), verdict.hint) == ("Language of the bid: Finnish. Accepted: Finnish.", "")


def test_no_language_named_anywhere():
    verdict = make.judged(BidLanguage(), bid(accepted=()))
    assert (verdict.place.file, make.advised(verdict)) == ("tender.yaml", "Fill in languages of tender in tender.yaml.")


def test_partners_and_lots_do_not_change_it():
    services = (make.service_(id="a"), make.service_(id="b"))
    offered = make.offering(*services, apart=True, lots=2)
    assert make.judged(BidLanguage(), offered, lots=(1,)).state is State.MET


def test_a_language_without_a_name_is_printed_by_its_code():
    assert "Accepted: Finnish, de." in make.said(make.judged(BidLanguage(languages=["fi", "de"]), bid()))
