"""The Word bid: what stands in it, in which order and language, and what must stand in no part of it."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from lxml import etree
from openpyxl import load_workbook

from bidkit import pipeline, templates
from bidkit.diagnostics import Finding
from bidkit.i18n import LOCALE, Translator
from bidkit.render.bid_document import NAMES, render
from bidkit.render.context import context, parties
from bidkit.render.context.fields import FIELDS
from bidkit.render.context.words import VAT
from bidkit.render.context.writer import Writer
from bidkit.stages import AnsweredCriterion, Assessment, BoundCondition, Judgement, State, Verdict
from tests import make
from tests.ooxml import all_strings, document_language, texts, validate_package

ROOT = Path(__file__).parent.parent
DAY = date(2027, 1, 15)
CREATED = datetime(2027, 1, 10, 12, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES = ("fi", "sv", "en")


@cache
def template(name: str, language: str) -> templates.Template:
    file = ROOT / "templates" / name / f"{language}.docx"
    return templates.compile(file.read_bytes(), f"{name}/{language}.docx")


@cache
def example(language: str = "fi", name: str = "tyopolku") -> Assessment:
    found = pipeline.assess(ROOT / "examples" / name, language=language, as_of=DAY).assessment
    assert found is not None
    return found


def printed(
    assessment: Assessment, *, name: str = "standard", draft: bool = False
) -> tuple[bytes, tuple[Finding, ...]]:
    word = template(name, assessment.bid.language)
    data, findings = render(assessment, word, build_id="0123456789abcdef", created=CREATED, draft=draft)
    assert data, findings
    return data, findings


@cache
def bid(language: str = "fi", *, name: str = "standard", draft: bool = False) -> bytes:
    return printed(example(language), name=name, draft=draft)[0]


def small(judgements: tuple[Judgement, ...] = (), **given: Any) -> Assessment:
    """Return an assessment of a bid with no more than it must have."""
    return Assessment(make.priced_bid(**given), judgements, DAY)


def body(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))[0]


def words(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t")).strip()


def style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val")


def headings(data: bytes, level: int = 1) -> list[str]:
    return [words(p) for p in body(data).iter(f"{W}p") if style(p) == f"Heading{level}"]


# --- order and completeness -------------------------------------------------------------------------
def test_chapters_stand_in_the_order_buyers_expect() -> None:
    lots = [(one.lot.number, example().bid.words(one.lot.title)) for one in example().bid.lots]
    assert headings(bid()) == [
        "Saate",
        "Tiivistelmä",
        "Tarjoaja",
        "Vaatimusten täyttyminen",
        *(f"Palvelukuvaus: osa-alue {number} {title}" for number, title in lots),
        "Henkilöstö",
        "Referenssit",
        "Tulokset asiakasryhmittäin",
        "Laatukriteerien vastaukset",
        "Vastuullisuus",
        "Tietosuoja",
        "Liitteet",
        "Tarjouspyynnön asiakirjat",
        "Lukujen lähteet",
    ]


CALL = {
    "cpv": ["85312320-8"],
    "contract": {
        "start": "1.3.2027", "end": "28.2.2029",
        "options": [{"months": 12, "notice": "Ilmoitus puoli vuotta ennen"}, {"months": 6}],
    },
    "documents": [
        {"id": "tp", "title": "Tarjouspyyntö", "version": "2", "published": "22.1.2027"},
        {"id": "a", "title": "Liite A", "published": "15.1.2027"},
    ],
    "questions": [
        {"id": "k1", "asked": "18.1.2027", "answered": "21.1.2027", "question": "Riittääkö?", "answer": "Riittää."},
        {"id": "k2", "asked": "19.1.2027", "question": "Entä tämä?"},
        {"id": "k3", "answered": "20.1.2027", "question": "Milloin?", "answer": "Heti."},
    ],
}  # fmt: skip


def rows(data: bytes) -> list[list[str]]:
    return [[words(cell) for cell in row.iter(f"{W}tc")] for row in body(data).iter(f"{W}tr")]


def test_the_documents_of_the_call_and_the_answers_that_the_bid_rests_on() -> None:
    data, _ = printed(small(tender=make.tender_(**CALL)))
    assert headings(data)[-2:] == ["Tarjouspyynnön asiakirjat", "Lukujen lähteet"]
    told = rows(data)
    start = told.index(["Asiakirja", "Versio", "Päivätty"])
    assert told[start + 1 : start + 6] == [
        ["Tarjouspyyntö", "2", "22.1.2027"],
        ["Liite A", "–", "15.1.2027"],
        ["Kysytty", "Vastattu", "Kysymys", "Vastaus"],
        ["18.1.2027", "21.1.2027", "Riittääkö?", "Riittää."],
        ["–", "20.1.2027", "Milloin?", "Heti."],
    ]
    assert ["CPV-koodit", "85312320-8"] in told
    assert ["Optiot", "12\xa0kuukautta + 6\xa0kuukautta. Ilmoitus puoli vuotta ennen"] in told
    assert not any("Entä tämä?" in cell for row in told for cell in row)  # it has no answer to go by


def test_the_short_proposal_names_them_among_its_facts() -> None:
    told = rows(printed(small(tender=make.tender_(**CALL)), name="short")[0])
    assert ["Tarjouspyynnön asiakirjat", "Tarjouspyyntö (versio 2), 22.1.2027; Liite A, 15.1.2027"] in told
    assert ["Vastaukset kysymyksiin", "20.1.2027, 21.1.2027"] in told
    few = [row[0] for row in rows(printed(small(tender=make.tender_()), name="short")[0])]
    assert not {"Tarjouspyynnön asiakirjat", "Vastaukset kysymyksiin", "CPV-koodit", "Optiot"} & set(few)


@pytest.mark.parametrize("name", ["documents", "questions", None])
def test_a_call_without_documents_or_questions_has_no_table_of_them(name: str | None) -> None:
    data, _ = printed(small(tender=make.tender_(**({name: CALL[name]} if name else {}))))
    heads = [row[0] for row in rows(data)]
    assert ("Tarjouspyynnön asiakirjat" in headings(data)) is (name is not None)
    assert ("Asiakirja" in heads) is (name == "documents")
    assert ("Kysytty" in heads) is (name == "questions")


def test_a_service_is_described_in_the_order_buyers_expect() -> None:
    found = headings(bid(), 3)
    start = found.index("Tavoite")
    order = found[start : found.index("Tavoite", start + 1)]
    assert order[:4] == ["Tavoite", "Luvattu tulos", "Kohderyhmä", "Asiakaspolku"]
    rest = ["Menetelmät", "Laajuus: ryhmä- ja yksilötyö", "Paikat", "Kielet", "Palvelun henkilöstö", "Yhteistyö"]
    rest += ["Laatu ja omavalvonta", "Raportointi", "Riskit", "Käynnistyssuunnitelma"]
    assert [one for one in order if one in rest] == rest


def test_the_path_goes_through_its_phases() -> None:
    service = example().bid.services[0].service
    rows = [words(row) for row in body(bid()).iter(f"{W}tr")]
    found = [next(n for n, row in enumerate(rows) if example().bid.words(step.name) in row) for step in service.steps]
    assert found == sorted(found)
    assert rows[found[0]].startswith("Ohjaus")
    assert rows[found[-1]].startswith("Seuranta")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["standard", "short"])
def test_no_heading_without_text_and_no_cell_or_row_without_words(language: str, name: str) -> None:
    data = bid(language, name=name)
    blocks = [b for b in body(data) if b.tag == f"{W}tbl" or words(b) or b.find(f".//{W}drawing") is not None]
    for here, after in zip(blocks, [*blocks[1:], blocks[-1]], strict=True):
        if re.match(r"Heading\d", style(here)):
            assert not (style(after).startswith("Heading") and style(after) <= style(here)), words(here)
    for cell in body(data).iter(f"{W}tc"):
        assert words(cell)
    for row in body(data).iter(f"{W}tr"):
        assert row.find(f"{W}tc") is not None


def test_what_has_no_content_vanishes_with_its_heading() -> None:
    data, _ = printed(small())
    assert headings(data) == [
        "Saate",
        "Tiivistelmä",
        "Tarjoaja",
        "Palvelukuvaus: osa-alue 1 Osa 1",
        "Lukujen lähteet",
    ]
    assert not {"Liikevaihto", "Todistukset", "Vakuutukset", "Asiakaspolku", "Paikat", "Riskit"} & set(
        headings(data, 3)
    )
    assert "{{" not in all_strings(data)
    assert "{%" not in all_strings(data)


def test_a_service_of_two_lots_is_described_once() -> None:
    lots = tuple(
        (make.lot(id=f"osa{n}", number=str(n)), make.offer(lot=f"osa{n}"), ((_line(n), make.price(line=f"h{n}")),))
        for n in (1, 2)
    )
    data, _ = printed(small(lots=lots))
    text = "\n".join(texts(data))
    assert text.count("Menetelmät.") == 1
    assert "Palvelu on kuvattu osa-alueen 1 kohdalla" in text
    assert headings(data, 2).count("Työhönvalmennus") == 2


def _line(number: int) -> Any:
    return make.price_line(id=f"h{number}", number=f"{number}.1", lot=f"osa{number}")


def test_every_member_of_a_group_is_presented() -> None:
    partner = make.organisation_(id="kumppani", name="Kumppani ry", business_id="1234567-1")
    contract = {"contract_key": "yhteinen", "title": "Yhteinen sopimus"}
    members = (
        make.member(references=(make.reference(**contract),)),
        make.member(organisation=partner, services=(), references=(make.reference(id="r2", **contract),)),
    )
    data, _ = printed(small(members=members))
    assert headings(data)[2] == "Tarjoajat yhdessä"
    assert headings(data)[-1] == "Liite: jäsenet"
    assert headings(data, 2)[-2:] == ["Esimerkki ry", "Kumppani ry"]
    text = "\n".join(texts(data))
    assert "Ryhmittymän vetäjä" in text
    assert headings(data, 2).count("Yhteinen sopimus") == 1
    assert "Esimerkki ry, Kumppani ry" in text


# --- the compliance matrix --------------------------------------------------------------------------
def judged(state: State, message: str = "Näin on.", rows: tuple[str, ...] = (), **given: Any) -> Judgement:
    entry = make.condition(**given)
    return Judgement(BoundCondition(entry, None, (), True, None), None, Verdict(state, message, rows=rows))


def test_verdicts_are_words() -> None:
    judgements = tuple(judged(state, id=f"v{n}") for n, state in enumerate(State))
    verdicts = [row["verdict"] for row in context(small(judgements), build_id="x", draft=False)[0]["conditions"]]
    assert verdicts[:5] == ["Täyttyy", "Ei täyty", "Ei tietoa", "Vakuutettu", "Ei koske tätä tarjousta"]
    assert verdicts[5].startswith("Täyttyy ")


def test_the_matrix_has_a_row_for_each_judgement() -> None:
    table = next(t for t in body(bid()).iter(f"{W}tbl") if "Liite tai kohta" in words(t))
    rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert len(rows) == 1 + len(example().judgements)
    assert all(len(row) == 6 and all(row) for row in rows)
    attested = next(row for row, j in zip(rows[1:], example().judgements, strict=True) if j.verdict.state == "attested")
    assert attested[2].startswith("Vakuutettu")


def test_evidence_cites_rows_that_the_appendix_lists() -> None:
    data, _ = context(example(), build_id="x", draft=False)
    listed = {row["number"] for row in data["sources"]}
    cited = set(re.findall(r"\bL\d+", "\n".join(texts(bid()))))
    assert cited <= listed
    assert len(listed) == len(data["sources"])
    known = {outcome.id for member in example().bid.members for outcome in member.outcomes}
    printed_rows = {row["row"] for row in data["sources"] if row["kind"] == "Tulosrivi"}
    assert printed_rows <= known
    assert {row["source"] for group in data["evidence"] for row in group["rows"]} <= listed


# --- quality answers, attachments, prices, names ------------------------------------------------------
def test_quality_answers_keep_order_wording_and_counts() -> None:
    data, _ = context(example(), build_id="x", draft=False)
    asked = [one.criterion for one in example().bid.criteria]
    assert [c["title"] for c in data["criteria"]] == [example().bid.words(one.title) for one in asked]
    assert headings(bid(), 2)[-len(asked) :] == [f"{one.number} {example().bid.words(one.title)}" for one in asked]
    for one in data["criteria"]:
        assert re.fullmatch(r"[\d\xa0]+ / [\d\xa0]+ merkkiä", one["characters"])


def test_characters_are_counted_as_a_portal_counts_them() -> None:
    criterion = make.tender.Criterion(
        id="l1", number="L1", title="Laatu", question="Miten?", points=10, max_characters=2000
    )
    answer = make.bid_model.Answer(criterion="l1", text="**Hyvin**.\n\n- yksi\n- kaksi")
    assessment = small(criteria=(AnsweredCriterion(criterion, answer),))
    (one,) = context(assessment, build_id="x", draft=False)[0]["criteria"]
    assert one["characters"] == f"{len('Hyvin.' + chr(10) + '- yksi' + chr(10) + '- kaksi')} / 2\xa0000 merkkiä"


def test_business_secrets_are_marked() -> None:
    attachments = (
        make.bid_model.Attachment(id="a", number="1", title="Ansioluettelot", confidential="kyllä"),
        make.bid_model.Attachment(id="b", number="2", title="Esite"),
    )
    table = body(printed(small(attachments=attachments))[0]).iter(f"{W}tr")
    rows = {words(row) for row in table}
    assert any("Ansioluettelot" in row and "Liikesalaisuus" in row for row in rows)
    assert any("Esite" in row and "Julkinen" in row and "Liikesalaisuus" not in row for row in rows)


def test_prices_are_printed_only_where_the_tender_wants_them() -> None:
    hidden, _ = printed(small(lots=_priced()))
    assert "Hinnat" not in headings(hidden)
    assert "61,37" not in all_strings(hidden)
    shown, _ = printed(small(lots=_priced(), tender=make.tender_(price_in_bid="kyllä")))
    assert "Hinnat" in headings(shown)
    assert "61,37\xa0€" in "\n".join(texts(shown))


def _priced() -> Any:
    return ((make.lot(), make.offer(), ((make.price_line(), make.price(unit_price="61,37")),)),)


def test_a_judgement_on_prices_tells_none() -> None:
    told = judged(State.MET, "Hinta on 61,37.", rows=("prices.h1",))
    kept = context(small((told,)), build_id="x", draft=False)[0]["conditions"][0]
    assert kept["explanation"] == "Ks. hintalomake."
    assert kept["shown_in"] == "Hintalomake"
    shown = context(small((told,), tender=make.tender_(price_in_bid="kyllä")), build_id="x", draft=False)[0]
    assert shown["conditions"][0]["explanation"] == "Hinta on 61,37."


def test_a_text_that_prints_a_price_is_told() -> None:
    basics = make.bid_basics(summary="Tunti maksaa {prices.h1.unit_price}.")
    _, findings = printed(small(basics=basics))
    (found,) = [f for f in findings if f.code == "BK432"]
    assert found.place == basics.at.of("summary")
    assert found.facts["reference"] == "prices.h1.unit_price"
    allowed = make.tender_(price_in_bid="kyllä")
    assert not [f for f in printed(small(basics=basics, tender=allowed))[1] if f.code == "BK432"]


def test_staff_are_named_only_on_request() -> None:
    members = (make.member(staff=(make.staff(name="Nimetty Henkilö"),)),)
    assert "Nimetty Henkilö" not in all_strings(printed(small(members=members))[0])
    named = small(members=members, basics=make.bid_basics(name_staff="kyllä"))
    assert "Nimetty Henkilö" in all_strings(printed(named)[0])


def test_an_id_does_not_give_a_name_away() -> None:
    members = (
        make.member(
            staff=(make.staff(id="nimetty.ahman", name="Nimetty Åhman"), make.staff(id="valmentaja")),
        ),
    )
    rows = {row["row"] for row in context(small(members=members), build_id="", draft=False)[0]["sources"]}
    assert "valmentaja" in rows
    assert "nimetty.ahman" not in rows
    named = small(members=members, basics=make.bid_basics(name_staff="kyllä"))
    assert "nimetty.ahman" in {row["row"] for row in context(named, build_id="", draft=False)[0]["sources"]}


# --- evidence ---------------------------------------------------------------------------------------
def evident(*rows: Any) -> tuple[bytes, tuple[Finding, ...]]:
    group = make.organisation.ClientGroup(id="nuoret", name="Nuoret")
    return printed(small(members=(make.member(outcomes=rows, client_groups=(group,)),)))


def charts(data: bytes) -> Iterator[tuple[list[str], list[float]]]:
    """Yield what each chart caches and what its embedded workbook holds: numbers only."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        for name in (n for n in names if re.fullmatch(r"word/charts/chart\d+\.xml", n)):
            root = etree.fromstring(package.read(name))
            cache_ = root.findall(".//{*}numCache/{*}pt/{*}v")
            relations = package.read(name.replace("charts/", "charts/_rels/") + ".rels").decode()
            book = re.search(r"embeddings/[^\"]+\.xlsx", relations)
            assert book
            sheet = load_workbook(io.BytesIO(package.read("word/" + book[0]))).worksheets[0]
            values = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)]
            yield [v.text or "" for v in cache_], values


def test_evidence_is_a_table_and_a_chart_of_the_same_figures() -> None:
    data, _ = evident(make.outcome(cohort=60, followed_up=57, reached=18))
    text = "\n".join(texts(data))
    for figure in ("60", "57", "18", "30,0\xa0%", "19,9–42,5\xa0%", "1.1.2025–31.12.2025", "3 kuukautta päättymisestä"):
        assert figure in text, figure
    for words_ in ("Työsuhde avoimilla työmarkkinoilla", "Asiakasrekisteri", "Yhdistys", "Seurantaraportti"):
        assert words_ in text, words_
    assert list(charts(data)) == [(["30.0"], [30])]


def test_what_is_suppressed_is_in_no_part_of_the_file() -> None:
    data, findings = evident(
        make.outcome(id="iso", cohort=80, followed_up=80, reached=40),
        make.outcome(id="salattu", cohort=1000, followed_up=1000, reached=997, indicator="satisfaction"),
    )
    whole = all_strings(data)
    for figure in ("997", "99,7", "99.7"):
        assert figure not in whole
    assert [values for _, values in charts(data)] == [[50]]
    (found,) = [f for f in findings if f.code == "BK430"]
    assert found.facts["row"] == "salattu"
    assert Translator("fi", ("document",)).sentence(found) == (
        "Tulosrivin ”salattu” lukuja ei tulosteta: tuloksen saavuttaneet."
    )
    assert "ei julk." in "\n".join(texts(data))


def test_few_starters_get_counts_and_no_bar() -> None:
    data, findings = evident(make.outcome(cohort=14, followed_up=14, reached=6))
    assert "6 / 14" in "\n".join(texts(data))
    assert not list(charts(data))
    assert "42,9" not in all_strings(data)
    assert [f.code for f in findings] == ["BK431"]


def test_the_example_charts_show_percentages_that_the_table_prints() -> None:
    text = "\n".join(texts(bid()))
    found = list(charts(bid()))
    assert found
    for cached, held in found:
        assert [float(v) for v in cached] == held
        for value in cached:
            assert value.replace(".", ",") + "\xa0%" in text


# --- form -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "draft"), [("standard", False), ("standard", True), ("short", False)])
def test_the_file_follows_the_standard(language: str, name: str, draft: bool) -> None:
    data = bid(language, name=name, draft=draft)
    assert validate_package(data) == []
    assert document_language(data) == {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[language]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_text_of_ours_is_left_in_english(language: str) -> None:
    with (LOCALE / language / "document.po").open("rb") as file:
        catalogue = {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}
    english = {msgid for msgid, text in catalogue.items() if msgid != text and len(msgid) > 2}
    for name in ("standard", "short"):
        left = english & set(texts(bid(language, name=name, draft=True)))
        assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_repeat_their_header_and_keep_their_rows_whole(language: str) -> None:
    for table in body(bid(language)).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        for row in rows:
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
        wanted = table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "BidTable"
        assert (rows[0].find(f"{W}trPr/{W}tblHeader") is not None) is wanted
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_charts_have_alternative_texts() -> None:
    found = list(body(bid()).iter("{*}docPr"))
    assert found
    for one in found:
        assert re.match(r"Pylväskuvio tuloksista, .+\. .+: [\d,]+\xa0%", one.get("descr"))


def test_a_draft_says_so_on_every_page_and_names_what_is_open() -> None:
    told = judged(State.NOT_MET, "Yksi puuttuu.", id="7.2", text="Kolme referenssiä.")
    assessment = small((told,))
    data, _ = printed(assessment, draft=True)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        headers = [package.read(n).decode() for n in package.namelist() if n.startswith("word/header")]
    assert headers
    assert all("LUONNOS" in header for header in headers)
    lines = texts(data)
    assert lines.index("Luonnos: ei vielä lähetettävä") < lines.index("Kolme referenssiä.") < lines.index("Sisällys")
    final = all_strings(printed(assessment)[0])
    assert "LUONNOS" not in final
    assert "Luonnos" not in final


@pytest.mark.parametrize(("language", "stamp"), [("sv", "UTKAST"), ("en", "DRAFT")])
def test_the_stamp_speaks_the_language_of_the_bid(language: str, stamp: str) -> None:
    assert stamp in all_strings(bid(language, draft=True))


def test_the_footer_counts_pages_and_names_the_build() -> None:
    with zipfile.ZipFile(io.BytesIO(bid())) as package:
        footer = package.read("word/footer1.xml").decode()
        core = package.read("docProps/core.xml").decode()
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "0123456789abcdef" in footer
    assert "0123456789abcdef" in core


def test_the_same_bid_gives_the_same_bytes() -> None:
    assert printed(example())[0] == bid()


def test_each_numbered_list_begins_at_one() -> None:
    basics = make.bid_basics(letter="1. yksi\n2. kaksi\n\nVäli.\n\n1. taas", summary="1. uusi")
    data, _ = printed(small(basics=basics))
    numbered = [p for p in body(data).iter(f"{W}p") if style(p) == "ListNumber"]
    held = [p.find(f"{W}pPr/{W}numPr/{W}numId") for p in numbered]
    used = [None if one is None else one.get(f"{W}val") for one in held]
    assert used[0] == used[1]  # the style's own
    assert len(set(used)) == 3
    assert validate_package(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        numbering = etree.fromstring(package.read("word/numbering.xml"))
    for number in used[2:]:
        (one,) = (n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == number)
        assert one.find(f".//{W}startOverride").get(f"{W}val") == "1"


# --- templates and guide ------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["standard", "short"])
def test_the_shipped_templates_have_no_faults(name: str, language: str) -> None:
    word = template(name, language)
    assert word.faults == ()
    assert word.check(NAMES) == ()


def test_the_shipped_templates_are_those_of_their_description() -> None:
    made = _made()
    for name, make_one in (("standard", made.standard), ("short", made.short)):
        for language in LANGUAGES:
            here = zipfile.ZipFile(ROOT / "templates" / name / f"{language}.docx")
            fresh = zipfile.ZipFile(io.BytesIO(make_one(language)))
            assert {n: here.read(n) for n in here.namelist()} == {n: fresh.read(n) for n in fresh.namelist()}, (
                "run python templates/make.py"
            )


def _made() -> Any:
    path = ROOT / "templates/make.py"
    spec = importlib.util.spec_from_file_location("template_description", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    before = sys.path.copy()
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before
    return module


def test_what_a_template_leaves_out_is_named() -> None:
    _, findings = printed(example(), name="short")
    (found,) = [f for f in findings if f.code == "BK433"]
    assert found.place.file == "short/fi.docx"
    said = Translator("fi", ("document",)).sentence(found)
    assert "Referenssit" in said
    assert "Henkilöstö" not in said
    assert not [f for f in printed(example())[1] if f.code == "BK433"]


@pytest.mark.parametrize(("own", "told"), [(False, "bidkit build --pohja standard"), (True, "lisää kentät tähän")])
def test_only_the_owner_of_a_template_is_told_to_change_it(dossier_copy: Any, own: bool, told: str) -> None:
    folder = dossier_copy("pienhankinta")
    if own:
        shutil.copytree(ROOT / "templates/short", folder / "templates/short")
    built = pipeline.build(folder, template="short", as_of=date(2027, 1, 15))
    (found,) = (f for f in built.run.findings if f.code == "BK433")
    assert told in Translator("fi", ("document",)).hint(found)


def paths(value: Any, path: str) -> Iterator[str]:
    """Yield the paths of everything that ``value`` holds, as the list of fields writes them."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, held in value.items():
            yield from paths(held, (f"{path}.{name}" if path else name) + "[]" * isinstance(held, list))
    elif isinstance(value, list):
        for held in value:
            yield from paths(held, path)


def test_the_fields_told_are_the_fields_there_are() -> None:
    assessment = example()
    bid_ = assessment.bid
    allowed = replace(bid_.dossier, tender=bid_.tender.model_copy(update={"price_in_bid": True}))
    assessment = replace(assessment, priced=replace(assessment.priced, bid=replace(bid_, dossier=allowed)))
    data, _ = context(assessment, build_id="x", draft=True)
    groups = {"tender", "bid", "bidder", "bidder.contact", "bidder.signatory"}
    again = (
        "open[].",
        "group.picture[].boxes[].",
        "annex[].certificates[].",
        "annex[].insurances[].",
    )  # told elsewhere
    found = {path for path in paths(data, "") if not path.startswith("open[].")} - groups
    for name in ("ryhmittyma", "sateenvarjo"):
        joint, _ = context(together(name), build_id="x", draft=True)
        found |= {path for path in paths(joint, "") if not path.startswith(again)}
    assert found - groups == set(FIELDS)


def together(name: str) -> Assessment:
    """Return a joint example whose second member signs the bid itself."""
    found = example("fi", name)
    dossier = found.bid.dossier
    signing = tuple(one.model_copy(update={"signs": None}) for one in dossier.participants)
    bid_ = replace(found.bid, dossier=replace(dossier, participants=signing))
    return replace(found, priced=replace(found.priced, bid=bid_))


def test_the_guide_lists_every_field_with_its_meaning() -> None:
    guide = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    say: Callable[[str], str] = Translator("fi", ("manual_document",)).text
    for path, meaning in FIELDS.items():
        assert f"| `{path}` | {say(meaning)} |" in guide
    assert len(re.findall(r"^\| `[a-z]", guide, re.M)) == len(FIELDS)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_said_of_vat_fits_its_narrow_column(language: str) -> None:
    """The column of the price table takes 17 small letters; a longer word would break in the middle."""
    words = Translator(language, ("document",))
    for text in VAT.values():
        assert all(len(word) <= 17 for word in words.text(text, rate="25,5 %").split()), words.text(text)


def test_a_reference_to_nothing_is_printed_as_it_stands_and_cites_nothing() -> None:
    writer = Writer(example())
    written = "Tunteja {foo.bar}, {palvelut.x.tunnit}, {services.puuttuu.aim}."
    assert writer.text({"fi": written}) == written
    assert writer.sources() == {}
    assert "{" not in writer.text({"fi": "Meitä on {staff.count}."})
    assert list(writer.sources()) == ["staff"]


def test_what_a_reference_does_not_tell_has_no_row() -> None:
    whole = make.reference(value="1 000", clients=12, contact="Hankintayksikkö")
    bare = make.reference(id="r2")
    first, second = (parties._reference(Writer(example()), one, make.member(), "L1") for one in (whole, bare))
    assert [first[name] for name in ("clients", "contact")] == ["12", "Hankintayksikkö"]
    assert "1\u00a0000,00" in str(first["value"])
    assert [second[name] for name in ("value", "clients", "contact")] == ["", "", ""]
