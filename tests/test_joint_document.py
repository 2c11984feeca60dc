"""The Word bid of organisations that bid together: who meets, signs and does what, and what no buyer may read."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from lxml import etree

from bidkit import pipeline
from bidkit.diagnostics import Finding
from bidkit.i18n import LOCALE
from bidkit.messages import document as say
from bidkit.render.bid_document import render
from bidkit.render.context import context, judged
from bidkit.render.context.writer import Writer
from bidkit.stages import Assessment, Judgement, State, Verdict
from tests.conftest import EXAMPLES
from tests.joint import LEAD, SECOND, THIRD, Joint
from tests.ooxml import all_strings, texts, validate_package
from tests.test_bid_document import CREATED, W, _made, body, example, headings, printed, style, template, words

DAY = date(2027, 2, 5)
NAMES = {LEAD: "Malliverstas ry", SECOND: "Esimerkkipaja ry", THIRD: "Tukipuu ry"}
PATH = f"""\
- {{id: alku, name: Alkukartoitus, owner: {LEAD}, next: [uraohjaus, valmennus], handover: Tavataan kolmisin.,
   handover_owner: {LEAD}}}
- {{id: uraohjaus, name: Uraohjaus, service: uraohjaus, owner: {SECOND}, next: valmennus, handover: Soitetaan.,
   handover_owner: {SECOND}}}
- {{id: valmennus, name: Työhönvalmennus, service: valmennus, owner: {LEAD}, next: loppu}}
- {{id: loppu, name: Päätös, owner: {LEAD}}}
"""
SMALL = """\
id: kerho
name: Kyläkerho
municipality: Pori
contact_role: Vetäjä
email: kerho@esimerkki.example
activity: Kerho kokoontuu viikoittain.
services: valmennus
client_groups: nuoret
languages: [fi, sv]
clients_per_year: 14
paid_hours: 3 h
volunteer_hours: 9,5 h
compensation: 98 765,43
accessible: kyllä
supervised: kyllä
"""


def whole() -> Joint:
    """Return three members that all give a service, with a path over them."""
    services = "services: [valmennus, uraohjaus, ryhmavalmennus]"
    return Joint().change("", "lot_offers", "services: valmennus", services).put("", "client_path", PATH)


def umbrella(folder: Path, form: str = SMALL) -> Path:
    joint = whole().change("", "consortium", "form: group", "form: umbrella")
    joint.change("", "client_path", "service: uraohjaus, ", "")
    joint.members = {LEAD: joint.members[LEAD]}
    joint.put("", "lot_offers", "- lot: osa1\n  services: valmennus\n")
    joint.put("", "client_path", PATH.replace("service: uraohjaus, ", "").replace(SECOND, "kerho"))
    joint.put("", "participants", f"- {{id: {LEAD}, role: lead}}\n- {{id: kerho, role: umbrella_member}}\n")
    joint.write(folder)
    (folder / "jasenet" / "kerho").mkdir()
    (folder / "jasenet" / "kerho" / "light_member.yaml").write_text(form, encoding="utf-8")
    return folder


def assessed(folder: Path, language: str = "fi") -> Assessment:
    run = pipeline.assess(folder, language=language, as_of=DAY)
    assert run.assessment is not None, [(f.code, str(f.place)) for f in run.findings]
    return run.assessment


def said(assessment: Assessment) -> dict[str, Any]:
    return context(assessment, build_id="x", draft=False)[0]


@cache
def joint_bid(name: str, language: str, *, template_name: str = "standard", draft: bool = False) -> bytes:
    return printed(example(language, name), name=template_name, draft=draft)[0]


def rows(data: bytes) -> list[list[str]]:
    return [[words(cell) for cell in row.iter(f"{W}tc")] for row in body(data).iter(f"{W}tr")]


# --- order and completeness -----------------------------------------------------------------------
def test_the_group_stands_where_a_single_bidder_would(tmp_path: Path) -> None:
    data, _ = printed(assessed(whole().write(tmp_path)))
    assert headings(data)[:4] == ["Saate", "Tiivistelmä", "Ryhmittymä", "Vaatimusten täyttyminen"]
    assert headings(data)[-2:] == ["Lukujen lähteet", "Liite: jäsenet"]
    assert "Tarjoaja" not in headings(data)
    assert headings(data, 2)[:4] == [
        "Jäsenet ja tehtävät",
        "Vastuu",
        "Allekirjoitukset ja asiakirjat",
        "Asiakaspolku järjestöltä toiselle",
    ]
    assert headings(data, 2)[-3:] == ["Malliverstas ry", "Esimerkkipaja ry", "Tukipuu ry"]


@pytest.mark.parametrize("name", ["ryhmittyma", "sateenvarjo"])
@pytest.mark.parametrize("template_name", ["standard", "short"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_joint_bid_follows_the_standard_and_leaves_nothing_empty(
    name: str, template_name: str, language: str
) -> None:
    data = joint_bid(name, language, template_name=template_name)
    assert validate_package(data) == []
    everything = all_strings(data)
    assert "{{" not in everything
    assert "{%" not in everything
    assert "jasenet/" not in everything  # a path of our folders is nothing to a buyer
    for table in body(data).iter(f"{W}tbl"):
        boxes = table.find(f".//{W}gridSpan") is not None  # the picture has gaps between its boxes
        for cell in table.iter(f"{W}tc") if not boxes else ():
            assert words(cell), etree.tostring(table)[:400]


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", ["ryhmittyma", "sateenvarjo"])
def test_no_text_of_ours_is_left_in_english(name: str, language: str) -> None:
    english: set[str] = set()
    for domain in ("document", "consortium"):
        with (LOCALE / language / f"{domain}.po").open("rb") as file:
            catalogue = {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}
        english |= {msgid for msgid, text in catalogue.items() if msgid != text and len(msgid) > 2}
    for template_name in ("standard", "short"):
        assert not english & set(texts(joint_bid(name, language, template_name=template_name, draft=True)))


def test_a_single_bidder_has_none_of_it() -> None:
    data = said(example())
    assert data["group"] is None
    assert data["annex"] == []
    assert {one["met_by"] for one in data["conditions"]} == {""}
    assert {one["holder"] for one in data["sources"]} == {""}


@pytest.mark.parametrize(
    ("language", "form", "title", "liability"),
    [
        ("fi", "group", "Ryhmittymä", "yhteisvastuullisesti"),
        ("fi", "subcontracting", "Tarjous alihankkijoiden kanssa", "alihankkijoidensa työstä"),
        ("fi", "reliance", "Muiden voimavarojen käyttö", "voimavaroi"),
        ("fi", "umbrella", "Sateenvarjomalli", "ainoa sopimus"),
        ("sv", "group", "Anbudsgrupp", "solidariskt"),
        ("en", "group", "Group of bidders", "jointly and severally liable"),
    ],
)
def test_each_form_has_its_words(tmp_path: Path, language: str, form: str, title: str, liability: str) -> None:
    joint = whole().change("", "consortium", "form: group", f"form: {form}")
    group = said(assessed(joint.write(tmp_path), language))["group"]
    assert group["title"] == title
    (paragraph,) = group["liability"].blocks
    assert liability in paragraph.runs[0].text


def test_own_words_stand_in_place_of_the_usual_ones(tmp_path: Path) -> None:
    joint = whole().put("", "consortium", f"form: group\nlead: {LEAD}\nliability: Vetäjä vastaa yksin.\n")
    (paragraph,) = said(assessed(joint.write(tmp_path)))["group"]["liability"].blocks
    assert paragraph.runs[0].text == "Vetäjä vastaa yksin."


def test_members_are_listed_with_role_and_task(tmp_path: Path) -> None:
    joint = whole().change("", "participants", "role: member}\n- {id: tuki", "role: member, task: Ohjaa}\n- {id: tuki")
    group = said(assessed(joint.write(tmp_path)))["group"]
    listed = [(one["name"], one["municipality"], one["role"], one["task"]) for one in group["members"]]
    assert listed == [
        ("Malliverstas ry", "Pori", "Vetäjä", "–"),
        ("Esimerkkipaja ry", "Rauma", "Jäsen", "Ohjaa"),
        ("Tukipuu ry", "Ulvila", "Jäsen", "–"),
    ]
    assert group["partners"] == "Esimerkkipaja ry, Tukipuu ry"
    assert group["facts"][-1]["value"] == "Palvelupäällikkö, toimisto@esimerkki.example"


def test_one_that_has_left_is_nowhere(tmp_path: Path) -> None:
    joint = Joint().put("", "client_path", PATH.replace(SECOND, LEAD).replace("service: uraohjaus, ", ""))
    joint.change("", "participants", "{id: esimerkkipaja, role: member}", "{id: esimerkkipaja, role: member, "
                 "withdrawn: kyllä}")  # fmt: skip
    data, _ = printed(assessed(joint.write(tmp_path)))
    assert "Esimerkkipaja" not in all_strings(data)


# --- signatures and documents -----------------------------------------------------------------------
def test_who_signs_and_where(tmp_path: Path) -> None:
    joint = whole().put("", "attachments", "- {id: valta, number: 3, title: Valtakirja, file: attachments/v.pdf}\n")
    joint.change("", "participants", "{id: tukipuu, role: member}", "{id: tukipuu, role: member, signs: valta}")
    folder = joint.write(tmp_path)
    (folder / "attachments").mkdir()
    shutil.copy(EXAMPLES / "ryhmittyma/attachments/Liite_05_Valtakirjat.pdf", folder / "attachments/v.pdf")
    assessment = assessed(folder)
    group = said(assessment)["group"]
    assert [(one["who"], one["how"], one["where"]) for one in group["signatures"]] == [
        ("Malliverstas ry, Esimerkkipaja ry", "Allekirjoittaa tarjouksen: Toiminnanjohtaja", "–"),
        ("Tukipuu ry", "Valtuuttaa vetäjän tai allekirjoittaa liitteessä", "Liite 3"),
    ]
    assert group["signing"] == [{"name": "Esimerkkipaja ry", "who": "Toiminnanjohtaja"}]
    data, _ = printed(assessment)
    assert sum(row[-1].endswith("Esimerkkipaja ry") and "____" in row[-1] for row in rows(data)) == 1


def test_only_the_lead_signs_where_it_alone_is_the_bidder(tmp_path: Path) -> None:
    joint = whole().change("", "consortium", "form: group", "form: subcontracting")
    joint.put("", "participants", f"- {{id: {LEAD}, role: lead}}\n- {{id: {SECOND}, role: subcontractor}}\n"
                                  f"- {{id: {THIRD}, role: subcontractor}}\n")  # fmt: skip
    group = said(assessed(joint.write(tmp_path)))["group"]
    assert group["signing"] == []
    assert [one["how"] for one in group["signatures"]] == [
        "Allekirjoittaa tarjouksen: Toiminnanjohtaja",
        "Ei allekirjoita tarjousta; vetäjä vastaa sen osuudesta",
    ]


def test_missing_documents_are_named_in_a_draft_only(tmp_path: Path) -> None:
    assessment = assessed(whole().write(tmp_path))
    final, draft = (context(assessment, build_id="x", draft=d)[0]["group"]["documents"] for d in (False, True))
    assert [one["where"] for one in final] == ["Tilaajan portaalissa"]
    assert "Ei vielä liitteenä" in [one["where"] for one in draft]


# --- who meets what ---------------------------------------------------------------------------------
def judgement(assessment: Assessment, way: str, *ids: str, state: State = State.MET, **verdict: Any) -> Judgement:
    """Return the first judgement of an assessment as if its condition were met ``way`` by members."""

    class Judge:
        aggregate = way

    bound = replace(assessment.bid.conditions[0], judge=Judge())  # type: ignore[arg-type]
    return Judgement(bound, None, Verdict(state, "x", members=ids, **verdict))


@pytest.mark.parametrize(
    ("way", "ids", "state", "told"),
    [
        ("sum", (LEAD, SECOND, THIRD), State.MET, "yhdessä"),
        ("all", (LEAD, SECOND, THIRD), State.MET, "kukin"),
        ("all", (LEAD,), State.MET, "vetäjä"),
        ("lead", (LEAD,), State.ATTESTED, "vetäjä"),
        ("any", (SECOND,), State.MET, "Esimerkkipaja ry"),
        ("sum", (LEAD, THIRD), State.MET, "yhdessä: Malliverstas ry, Tukipuu ry"),
        ("any", (LEAD, SECOND, THIRD), State.MET, "Malliverstas ry, Esimerkkipaja ry, Tukipuu ry"),
        ("all", (), State.MET, "yhteinen kaikille"),
        ("all", (LEAD, SECOND, THIRD), State.NOT_MET, "–"),
        ("sum", (LEAD, SECOND, THIRD), State.CANNOT_TELL, "–"),
    ],
)
def test_the_matrix_says_who_meets_it(tmp_path: Path, way: str, ids: tuple[str, ...], state: State, told: str) -> None:
    assessment = assessed(whole().write(tmp_path))
    one = replace(assessment, judgements=(judgement(assessment, way, *ids, state=state),))
    assert [row["met_by"] for row in judged.conditions(Writer(one))] == [told]


def test_a_row_that_two_have_under_one_name_is_cited_by_its_holder(tmp_path: Path) -> None:
    """Every member's coach is called “valmentaja”: places tell whose it is."""
    assessment = assessed(whole().write(tmp_path))
    place = next(m for m in assessment.bid.members if m.organisation.id == SECOND).staff[0].at
    verdict = judgement(assessment, "any", rows=("staff.valmentaja",), places=(place.of("roles"),))
    both = judgement(assessment, "sum", rows=("staff.valmentaja",), places=())
    writer = Writer(replace(assessment, judgements=(verdict, both)))
    first, second = judged.conditions(writer)
    assert (first["evidence"], second["evidence"]) == ("L1", "L1–L3")
    assert list(writer.sources()) == [f"{id_}/staff.valmentaja" for id_ in (SECOND, LEAD, THIRD)]
    assert first["met_by"] == "Esimerkkipaja ry"


def test_sources_name_the_member_and_no_folder(tmp_path: Path) -> None:
    found = said(assessed(whole().write(tmp_path)))["sources"]
    coaches = [(one["row"], one["holder"]) for one in found if one["kind"] == "Työntekijä"]
    assert coaches == [("valmentaja", name) for name in NAMES.values()]
    assert len({one["number"] for one in found}) == len(found)


# --- people and references ---------------------------------------------------------------------------
def test_everybody_is_printed_with_the_employer(tmp_path: Path) -> None:
    (coaching,) = said(assessed(whole().write(tmp_path)))["staff"]
    assert [(one["member"], one["services"]) for one in coaching["people"]] == [
        ("Malliverstas ry", "Työhönvalmennus"),
        ("Esimerkkipaja ry", "Uraohjaus"),
        ("Tukipuu ry", "Ryhmät"),
    ]
    assert len({one["source"] for one in coaching["people"]}) == 3


def test_a_contract_that_two_hold_is_printed_once(tmp_path: Path) -> None:
    reference = """\
- id: r1
  title: Yhteinen sopimus
  buyer: Esimerkkikunta
  start: 1.1.2024
  contract_key: esi-1
  description: x
"""
    joint = whole().put(LEAD, "references", reference).put(THIRD, "references", reference)
    data = said(assessed(joint.write(tmp_path)))
    (printed_,) = data["references"]
    assert printed_["holder"] == "Malliverstas ry, Tukipuu ry"
    assert len(set(printed_["source"].split(", "))) == 2
    assert [len(page["references"]) for page in data["annex"]] == [1, 0, 1]


# --- the client's path -------------------------------------------------------------------------------
def test_the_path_is_a_table_with_owners_of_handovers(tmp_path: Path) -> None:
    steps = said(assessed(whole().write(tmp_path)))["group"]["steps"]
    assert [(s["number"], s["owner"], s["next"], s["handover"], s["handover_owner"]) for s in steps] == [
        ("1", "Malliverstas ry", "2, 3", "Tavataan kolmisin.", "Malliverstas ry"),
        ("2", "Esimerkkipaja ry", "3", "Soitetaan.", "Esimerkkipaja ry"),
        ("3", "Malliverstas ry", "4", "–", ""),
        ("4", "Malliverstas ry", "polku päättyy", "–", ""),
    ]


def drawn(tmp_path: Path, *nexts: str) -> list[tuple[str, str, list[str]]]:
    """Return arrows and boxes of the rows that show a path, whose steps are numbered as ``nexts`` name them."""
    rows_ = [f"- {{id: s{n}, name: S{n}, owner: {LEAD}, next: [{next_}]}}\n" for n, next_ in enumerate(nexts, 1)]
    picture = said(assessed(whole().put("", "client_path", "".join(rows_)).write(tmp_path)))["group"]["picture"]
    assert [row["count"] for row in picture] == [len(row["boxes"]) for row in picture]
    return [
        (row["down"], row["across"], [f"{b['name']} {b['leads_to']}".strip() for b in row["boxes"]]) for row in picture
    ]


def test_what_follows_goes_across_and_what_is_chosen_stands_side_by_side(tmp_path: Path) -> None:
    assert drawn(tmp_path, "s2", "s3, s4", "s5", "s5", "s6", "") == [
        ("", "→", ["S1", "S2 → 3, 4"]),
        ("↓", "", ["S3 → 5", "S4 → 5"]),
        ("↓", "→", ["S5", "S6"]),
    ]


def test_a_long_path_wraps_and_a_wide_one_too(tmp_path: Path) -> None:
    assert drawn(tmp_path / "long", "s2", "s3", "s4", "s5", "") == [
        ("", "→", ["S1", "S2", "S3 → 4"]),
        ("↓", "→", ["S4", "S5"]),
    ]
    wide = drawn(tmp_path / "wide", "s2, s3, s4, s5", "", "", "", "")
    assert [len(boxes) for _, _, boxes in wide] == [1, 2, 2]
    assert [down for down, *_ in wide] == ["", "↓", ""]


def test_a_path_that_goes_back_is_drawn_forward(tmp_path: Path) -> None:
    assert drawn(tmp_path, "s2", "s1, s3", "") == [("", "→", ["S1", "S2 → 1, 3", "S3"])]


def test_the_picture_is_a_table_that_a_screen_reader_can_name(tmp_path: Path) -> None:
    data, _ = printed(assessed(whole().write(tmp_path)))
    (table,) = [t for t in body(data).iter(f"{W}tbl") if t.find(f".//{W}gridSpan") is not None]
    assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Asiakaspolku kuvana")
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    for row in table.iter(f"{W}tr"):
        spans = [int(cell.find(f"{W}tcPr/{W}gridSpan").get(f"{W}val")) for cell in row.iter(f"{W}tc")]
        assert sum(spans) == columns
    boxes = [words(cell) for cell in table.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}tcBorders") is not None]
    assert [box.partition(".")[0] for box in boxes] == ["1", "2", "3", "4"]


def test_without_a_path_there_is_no_heading(tmp_path: Path) -> None:
    joint = whole()
    del joint.top["client_path"]
    data, _ = printed(assessed(joint.write(tmp_path)))
    assert "Asiakaspolku järjestöltä toiselle" not in headings(data, 2)


# --- the umbrella and the annex -----------------------------------------------------------------------
def test_small_members_show_hours_of_volunteers_and_say_they_have_no_price(tmp_path: Path) -> None:
    data, _ = printed(assessed(umbrella(tmp_path)))
    found = rows(data)
    head = next(n for n, row in enumerate(found) if row[-1] == "Vapaaehtoiset viikossa")
    assert found[head + 1] == ["KyläkerhoPori", "Työhönvalmennus", "Nuoret työnhakijatsuomi, ruotsi", "14", "3\xa0h",
                               "9,5\xa0h"]  # fmt: skip
    text = "\n".join(texts(data))
    assert "Vapaaehtoisten tunnit kerrotaan tiedoksi. Ne eivät ole missään hinnassa." in text
    assert "asiakkaita vuodessa 14, palkkatyötä 3\xa0h ja vapaaehtoistyötä 9,5\xa0h viikossa" in text
    assert "kerho@esimerkki.example" not in text  # the buyer has one contact, the lead's


def test_what_a_small_member_does_not_tell_is_a_dash(tmp_path: Path) -> None:
    form = re.sub(r"(client_groups|clients_per_year|paid_hours|volunteer_hours|accessible|supervised):.*\n", "", SMALL)
    data = said(assessed(umbrella(tmp_path, form)))
    (one,) = data["group"]["small"]
    assert [one[name] for name in ("client_groups", "clients", "paid", "volunteer")] == ["–"] * 4
    assert (one["accessible"], one["supervised"]) == ("", "")


def test_each_member_has_a_page_and_small_ones_share_one() -> None:
    data = joint_bid("sateenvarjo", "fi")
    start = next(p for p in body(data).iter(f"{W}p") if words(p) == "Liite: jäsenet" and style(p) == "Heading1")
    after = list(start.itersiblings(f"{W}p"))
    broken = [words(p) for p in (start, *after) if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert broken == ["Liite: jäsenet", "Pienet jäsenet"]
    cards = [words(p) for p in after if style(p) == "Heading4"]
    assert len(cards[cards.index("Referenssit") + 1 :]) == 12
    full = joint_bid("ryhmittyma", "fi")
    starts = [words(p) for p in body(full).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert starts[0] == "Liite: jäsenet"
    assert len(starts) == 4  # the lead's page begins under the heading of the annex


# --- what no buyer may read ---------------------------------------------------------------------------
CANARIES = {
    "3141.59": ("salaries", "monthly: 3 000", "monthly: 3 141,59"),
    "27182.81": ("cost_items", "amount: 7 200", "amount: 27 182,81"),
    "13.37": ("cost_basis", "overhead: 12 %", "overhead: 13,37 %"),
    "6.66": ("cost_basis", "risk: 5 %", "risk: 6,66 %"),
    "Salainenpalkkataulukko": ("salaries", "source: Palkkataulukko", "source: Salainen palkkataulukko"),
}
SHARES = f"""\
- {{id: a, member: {LEAD}, lot: osa1, money: 61.73 %, volume: 59.13 %, risk: 83.91 %}}
- {{id: b, member: {SECOND}, lot: osa1, money: 20.14 %, volume: 22.46 %, risk: 9.04 %}}
- {{id: c, member: {THIRD}, lot: osa1, money: 18.13 %, volume: 18.41 %, risk: 7.05 %}}
"""
SHARED = ("61.73", "59.13", "83.91", "20.14", "22.46", "9.04", "18.13", "18.41", "7.05")


def everything(data: bytes) -> str:
    """Return every part of a file as text without spaces, workbooks of charts unpacked, commas as points."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            found.append(everything(part) if part[:2] == b"PK" else part.decode("utf-8", "replace"))
    text = re.sub(r"</w:t>.*?<w:t[^>]*>", "", "\n".join(found))
    return re.sub(r"[\s\xa0\u202f]", "", text).replace(",", ".")


@pytest.mark.parametrize("template_name", ["standard", "short"])
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("shown", [False, True])
def test_costs_margins_and_shares_are_in_no_part_of_the_bid(
    tmp_path: Path, template_name: str, draft: bool, shown: bool
) -> None:
    joint = whole().put("", "shares", SHARES)
    for member in (LEAD, SECOND, THIRD):
        for noun, old, new in CANARIES.values():
            joint.change(member, noun, old, new)
    joint.change("", "prices", "margin: 5 %", "margin: 7,77 %")
    if shown:
        joint.change("", "tender", "languages: fi\n", "languages: fi\nprice_in_bid: kyllä\n")
    assessment = assessed(joint.write(tmp_path))
    text = everything(printed(assessment, name=template_name, draft=draft)[0])
    assert "Malliverstasry" in text
    for canary in (*CANARIES, "7.77%", *SHARED):
        assert canary not in text, canary
    assert text.count("Jäsen") > 0 or template_name == "short"


def test_compensation_of_the_small_is_in_no_part_of_the_bid(tmp_path: Path) -> None:
    for name in ("standard", "short"):
        text = everything(printed(assessed(umbrella(tmp_path / name)), name=name)[0])
        assert "Kyläkerho" in text
        assert "98765" not in text


def test_a_template_without_the_group_is_told_of() -> None:
    """A maintainer's own template of the time before has no chapter of the group: a note says so."""
    made = _made()
    page = made.Page("fi")
    page.line("{{ bidder.name }}")
    from bidkit import templates

    word = templates.compile(page.document.data(), "oma/fi.docx")
    data, findings = render(example("fi", "ryhmittyma"), word, build_id="x", created=CREATED, draft=False)
    assert data
    (note,) = [one for one in findings if one.code == say.NOT_PRINTED.code]
    told = {word.msgid for word in note.facts["what"]}  # type: ignore[union-attr]
    assert {"Bidding together", "Annex: members"} <= told


def test_nothing_but_known_findings_comes_of_it() -> None:
    found: list[Finding] = []
    for name in ("ryhmittyma", "sateenvarjo"):
        found += render(
            example("fi", name), template("standard", "fi"), build_id="x", created=CREATED, draft=False, shipped=True
        )[1]
    assert found == []
