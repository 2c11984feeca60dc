"""Condition 56: mandatory attachments."""

import pytest

from bidkit.conditions.mandatory_attachments import MandatoryAttachments
from bidkit.diagnostics import Measure
from bidkit.stages import State
from tests import make


def asked(name, **given):
    fields = {"id": name, "title": name.title()} | given
    return make.tender.RequestedAttachment.model_validate(make._at("requested_attachments", fields))


def attached(name, answers, file="a.pdf"):
    fields = {"id": name, "number": "1", "title": f"Liite {name}", "answers": answers} | (
        {"file": file} if file else {}
    )
    return make.bid_model.Attachment.model_validate(make._at("attachments", fields))


def judge(kind, requests, attachments):
    bid = make.priced_bid(requested_attachments=tuple(requests), attachments=tuple(attachments))
    return make.judged(kind, bid)


ALL = MandatoryAttachments()


@pytest.mark.parametrize(
    ("names", "state", "margin"), [("a", State.NOT_MET, -1), ("ab", State.MET, 0), ("abc", State.MET, 0)]
)
def test_the_boundary(names, state, margin):
    verdict = judge(ALL, [asked("a"), asked("b")], [attached(f"l{n}", n if n != "c" else None) for n in names])
    assert (verdict.state, verdict.margin) == (state, Measure(margin, "attachments"))


def test_only_the_mandatory_ones_unless_named():
    requests = [asked("a"), asked("b", mandatory="ei")]
    assert judge(ALL, requests, [attached("l", "a")]).state is State.MET
    assert judge(MandatoryAttachments(attachments=["b"]), requests, [attached("l", "a")]).state is State.NOT_MET
    assert judge(MandatoryAttachments(attachments=["b"]), requests, [attached("l", "b")]).state is State.MET
    assert judge(ALL, [asked("b", mandatory="ei")], []).state is State.NOT_APPLICABLE
    assert judge(ALL, [], []).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("file", "types", "state"),
    [
        ("a.pdf", ["pdf"], State.MET),
        ("A.PDF", [".pdf"], State.MET),
        ("a.docx", ["pdf", "DOCX"], State.MET),
        ("a.docx", ["pdf"], State.NOT_MET),
        ("pdf", ["pdf"], State.NOT_MET),
        ("a.anything", [], State.MET),
    ],
)
@pytest.mark.parametrize("by_condition", [True, False])
def test_the_file_type(file, types, state, by_condition):
    kind = MandatoryAttachments(file_types=types if by_condition else [])
    verdict = judge(kind, [asked("a", file_types=[] if by_condition else types)], [attached("l", "a", file)])
    assert verdict.state is state


def test_each_of_several_files_must_do():
    requests = [asked("a", file_types=["pdf"])]
    files = [attached("l1", "a"), attached("l2", "a", "b.odt")]
    verdict = judge(ALL, requests, files)
    assert (verdict.state, verdict.place.file) == (State.NOT_MET, "attachments.yaml")
    assert make.said(verdict) == (
        "Mandatory attachments ready: 0 attachments. Required: 1 attachment. "
        "Liite l2 is the file b.odt; file types accepted: pdf."
    )
    assert make.advised(verdict) == "Save it as pdf, and correct file of attachments.l2 in attachments.yaml."


def test_a_place_without_a_file_is_never_met():
    verdict = judge(ALL, [asked("a"), asked("b")], [attached("l1", "a", None), attached("l2", "b")])
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "attachments.yaml")
    assert make.said(verdict) == (
        "Attachments ready: 1 attachment. Required: 2 attachments. No file is named for Liite l1."
    )
    assert make.advised(verdict) == "Fill in file of attachments.l1 in attachments.yaml."


def test_a_name_that_the_tender_does_not_have():
    verdict = judge(MandatoryAttachments(attachments=["x"]), [asked("a")], [])
    assert (verdict.state, verdict.place.file) == (State.CANNOT_TELL, "conditions.yaml")


def test_it_says_so():
    verdict = judge(ALL, [asked("a"), asked("b"), asked("c")], [attached("l", "b")])
    assert make.said(verdict) == ("Mandatory attachments ready: 1 attachment. Required: 3 attachments. Missing: A, C.")
    assert make.said(verdict, "fi") == "Pakollisia liitteitä valmiina: 1 liite; vaaditaan 3 liitettä. Puuttuu: A, C."
    assert make.advised(verdict) == "Add an entry to attachments whose field answers names what is missing: a, c."
    assert (verdict.place.file, verdict.rows) == ("requested_attachments.yaml", ("attachments.l",))
    assert judge(ALL, [asked("a")], [attached("l", "a")]).hint == ""
