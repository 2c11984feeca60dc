"""Narrative: paragraphs, emphasis, lists; figures as references; what a portal's character limit counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.i18n import Translator
from bidkit.model.narrative import Figures, Paragraph, Span, loose_figures, parse, plain, references, worded
from tests import make

DOSSIER = make.priced_bid(
    members=(
        make.member(
            outcomes=(make.outcome(), make.outcome(id="t2", cohort=12, followed_up=12, reached=7)),
        ),
    )
).bid.dossier
FIGURES = Figures(DOSSIER, "fi")
FI = Translator("fi")


def test_lines_join_and_blank_lines_part():
    assert parse("Yksi\nkaksi.\n\nKolme.") == (
        Paragraph("paragraph", (Span("Yksi kaksi."),)),
        Paragraph("paragraph", (Span("Kolme."),)),
    )


def test_lists_and_subheadings():
    kinds = [p.kind for p in parse("## Otsikko\nTeksti:\n- yksi\n- kaksi\n  jatkuu\n1. eka\n2. toka\n\nLoppu")]
    assert kinds == ["subheading", "paragraph", "bullet", "bullet", "number", "number", "paragraph"]


def test_emphasis():
    (one,) = parse("Tämä on **tärkeää** ja *uutta*, 2 * 3 ei.")
    assert [(s.text, s.bold, s.italic) for s in one.spans] == [
        ("Tämä on ", False, False),
        ("tärkeää", True, False),
        (" ja ", False, False),
        ("uutta", False, True),
        (", 2 * 3 ei.", False, False),
    ]


@pytest.mark.parametrize(
    "reference",
    [
        "cost_basis.overhead",
        "salaries.count",
        "cost_items.tilat.amount",
        "partners.verkko.name",
        "partners.count",
        "funding.avustus.amount",
        "rivals.r1.price",
        "prices.h1.margin",
        "answers.l1.expected_points",
        "staff.valmentaja.name",
    ],
)
def test_what_the_buyer_must_not_see_is_not_printed(reference):
    assert FIGURES.internal(reference)
    assert plain(worded(f"{{{reference}}}", FIGURES, FI)) == f"{{{reference}}}"


def test_names_of_staff_are_printed_where_the_bid_names_them():
    member = make.member(staff=(make.staff(name="Nimi"),))
    named = make.priced_bid(members=(member,), basics=make.bid_basics(name_staff="kyllä")).bid.dossier
    assert Figures(named, "fi").find("staff.valmentaja.name") == "Nimi"
    unnamed = make.priced_bid(members=(member,)).bid.dossier
    assert Figures(unnamed, "fi").find("staff.valmentaja.name") is None


@pytest.mark.parametrize(
    ("reference", "printed"),
    [
        ("services.valmennus.dose.hours", "16"),
        ("services.valmennus.name", "Työhönvalmennus"),
        ("services.count", "1"),
        ("outcomes.t1.reached", "18"),
        ("outcomes.t1.rate", "30 %"),
        ("outcomes.t2.rate", "7/12"),
        ("organisation.name", "Esimerkki ry"),
        ("tender.deadline", "15.1.2027 klo 12.00"),
        ("bid.valid_until", "30.6.2027"),
    ],
)
def test_a_figure(reference, printed):
    assert plain(worded(f"{{{reference}}}", FIGURES, FI)) == printed


@pytest.mark.parametrize(
    "reference", ["services.muu.name", "services.valmennus.x", "outcomes.t1.cost", "tender", "x.y"]
)
def test_no_figure(reference):
    assert FIGURES.find(reference) is None


def test_small_counts_are_hidden_in_texts_too():
    dossier = make.priced_bid(members=(make.member(outcomes=(make.outcome(cohort=30, followed_up=30, reached=3),)),))
    found = Figures(dossier.bid.dossier, "fi")
    assert found.find("outcomes.t1.reached") == "–"
    assert found.find("outcomes.t1.rate") == "–"


def test_references_and_loose_figures():
    text = "Tunteja {services.v.dose.hours}, asiakkaita 1 200 ja 30–40 %.\n\n1. eka\n2. toka 5"
    assert references(text) == ("services.v.dose.hours",)
    assert loose_figures(text) == ("1 200", "30–40", "5")


def test_characters_are_counted_as_pasted():
    assert (
        plain(parse("Yksi.\n\n- kaksi\n- **kolme**\n\n1. neljä\n2. viisi"))
        == "Yksi.\n- kaksi\n- kolme\n1. neljä\n2. viisi"
    )


@given(st.text(max_size=200))
def test_any_text_parses_and_loses_no_word(text):
    kept = "".join(plain(parse(text)).split())
    for word in text.split():
        bare = word.strip("*#-•.)0123456789")
        if bare.isalpha():
            assert bare in kept


def test_a_text_referred_to_is_printed_in_a_language_that_it_has():
    service = make.service_(id="polku", name={"fi": "Polku", "en": "Pathway"})
    dossier = make.offering(service).bid.dossier
    shown = [Figures(dossier, language).find("services.polku.name") for language in ("fi", "en", "sv")]
    assert shown == ["Polku", "Pathway", "Polku"]
