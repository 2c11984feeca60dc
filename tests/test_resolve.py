"""Dossier → Bid: every reference, text and figure; what was set aside earlier is not complained of again."""

import pytest

from bidkit.dossier.load import load
from bidkit.dossier.validate import validate
from bidkit.i18n import Translator
from bidkit.resolve import resolve
from tests import small

FI = Translator("fi", ("common", "findings"))


def found(tmp_path, language=None, **changed):
    loaded = load(small.write(tmp_path, **changed))
    bid, findings = resolve(loaded.dossier, validate, language)
    return bid, [(f.code, str(f.place), FI.sentence(f)) for f in findings]


def test_a_whole_dossier_resolves_in_silence(tmp_path):
    bid, findings = found(tmp_path)
    assert findings == []
    (lot,) = bid.lots
    assert [line.line.id for line in lot.lines] == ["h1"]
    assert lot.lines[0].offered is lot.services[0]
    assert [p.id for p in lot.services[0].staff] == ["valmentaja"]
    assert [s.id for s in lot.services[0].sites] == ["pori"]
    assert [type(c.judge).__name__ for c in bid.conditions] == ["MinimumCapacity", "Statement"]
    assert bid.conditions[0].clause.document == "Tarjouspyyntö"


@pytest.mark.parametrize(
    ("noun", "old", "new", "code", "place", "text"),
    [
        (
            "prices",
            "service: valmennus",
            "service: valmenus",
            "BK201",
            "prices.yaml:2:12",
            "Tunnusta ”valmenus” ei ole tiedostossa services. Tarkoititko ”valmennus”?",
        ),
        (
            "prices",
            "line: h1",
            "line: xyz",
            "BK200",
            "prices.yaml:1:9",
            "Tunnusta ”xyz” ei ole tiedostossa price_lines.",
        ),
        ("price_lines", "lot: osa1", "lot: osa9", "BK201", "price_lines.yaml:3:8", None),
        ("services", "sites: pori", "sites: [pori, rauma]", "BK200", "services.yaml:16:17", None),
        ("services", "client_groups: nuoret", "client_groups: aikuiset", "BK200", "services.yaml:5:18", None),
        ("salaries", "service: valmennus", "service: muu", "BK200", "salaries.yaml:6:17", None),
        ("outcomes", "service: valmennus", "service: muu", "BK200", "outcomes.yaml:2:12", None),
        ("staff", "services: valmennus", "services: muu", "BK200", "staff.yaml:4:13", None),
        ("answers", "criterion: l1", "criterion: zz", "BK200", "answers.yaml:1:14", None),
        ("salaries", "staff: valmentaja\n", "staff: muu\n", "BK200", "salaries.yaml:3:10", None),
        ("lots", "  number: 1\n", "  number: 1\n  client_groups: muut\n", "BK200", "lots.yaml:3:18", None),
        ("criteria", "points: 20\n", "points: 20\n  lots: [osa9]\n", "BK201", "criteria.yaml:6:10", None),
        ("criteria", "points: 20\n", "points: 20\n  clause: {document: zz}\n", "BK200", "criteria.yaml:6:22", None),
        ("price_lines", "quantity: 800\n", "clause: {document: zz}\n", "BK200", "price_lines.yaml:6:22", None),
        ("bid", "language: fi\n", "language: fi\nlot_preference: [osa1, osa9]\n", "BK201", "bid.yaml:2:24", None),
        (
            "lot_offers",
            "services: valmennus\n",
            "services: valmennus\n  capacity:\n    - {service: muu, clients_per_day: 3}\n",
            "BK200",
            "lot_offers.yaml:4:17",
            None,
        ),
        (
            "conditions",
            "text: Tarjoaja hyväksyy sopimusluonnoksen.\n",
            "text: Tarjoaja hyväksyy.\n  evidence: liite9\n",
            "BK200",
            "conditions.yaml:9:13",
            "Tunnusta ”liite9” ei ole tiedostossa attachments.",
        ),
        (
            "attestations",
            "holds: kyllä\n",
            "holds: kyllä\n  evidence: liite9\n",
            "BK200",
            "attestations.yaml:3:13",
            None,
        ),
        ("conditions", "document: tp", "document: muu", "BK200", "conditions.yaml:4:22", None),
        (
            "conditions",
            "kind: minimum_capacity",
            "kind: minimum_capasity",
            "BK202",
            "conditions.yaml:2:9",
            "”minimum_capasity” ei ole ehtolaji.",
        ),
        ("conditions", "clients: 8", "clients: kahdeksan", "BK143", "conditions.yaml:5:25", "”kahdeksan” ei ole luku."),
        ("conditions", "clients: 8, per", "clientz: 8, per", "BK142", "conditions.yaml:5:25", None),
        (
            "services",
            "{services.valmennus.dose.hours} tuntia",
            "{services.valmennus.dose.tunnit} tuntia",
            "BK207",
            "services.yaml:8:12",
            "Tekstin ”content” viittaus ”services.valmennus.dose.tunnit” ei osoita mihinkään aineistossa.",
        ),
        (
            "services",
            "{services.valmennus.dose.hours} tuntia",
            "16 tuntia",
            "BK208",
            "services.yaml:8:12",
            "Tekstissä ”content” on lukuja, jotka eivät tule aineiston riveiltä: 16.",
        ),
        (
            "bid",
            "letter: Tarjoamme valmennuspalvelut.",
            "letter: Yleiskulut ovat {cost_basis.overhead}.",
            "BK216",
            "bid.yaml:4:9",
            "Tekstin ”letter” viittaus ”cost_basis.overhead” osoittaa sisäiseen tietoon, eikä sitä paineta.",
        ),
        ("attestations", "condition: v2", "condition: v9", "BK211", "attestations.yaml:1:14", None),
    ],
)
def test_a_fault(tmp_path, noun, old, new, code, place, text):
    _, findings = found(tmp_path, **small.change(noun, old, new))
    hits = [f for f in findings if f[:2] == (code, place)]
    assert hits, findings
    assert text is None or hits[0][2] == text


def test_a_lot_whose_service_could_not_be_read_is_set_aside_in_silence(tmp_path):
    bid, findings = found(tmp_path, **small.change("services", "hours: 16, weeks: 16", "hours: paljon, weeks: 16"))
    assert bid is None
    assert findings == []


def test_a_price_for_a_service_outside_its_lot(tmp_path):
    second = small.FILES["services"].replace("id: valmennus", "id: ryhma")
    _, findings = found(
        tmp_path,
        services=small.FILES["services"] + second,
        **small.change("prices", "service: valmennus", "service: ryhma"),
    )
    assert (
        "BK204",
        "prices.yaml:2:12",
        "Hinnassa on palvelu ”ryhma”, mutta osa-alueella 1 tarjotaan: valmennus.",
    ) in findings


def test_an_unanswered_criterion_costs_points(tmp_path):
    bid, findings = found(tmp_path, answers=None)
    assert findings == [
        (
            "BK209",
            "criteria.yaml:1:3",
            "Laatukriteeriin L1 ”Toteutussuunnitelma” ei ole vastausta; siitä saa enintään 20 pistettä.",
        )
    ]
    assert bid.criteria[0].answer is None


def test_a_bid_in_a_language_that_its_texts_lack(tmp_path):
    bid, findings = found(tmp_path, language="sv")
    assert bid.language == "sv"
    assert {f[0] for f in findings} == {"BK206"}
    assert (
        "BK206",
        "services.yaml:2:9",
        "Tekstiä ”name” ei ole tarjouksen kielellä (sv).",
    ) in findings


def test_a_text_that_lacks_the_bids_language_is_shown_in_another(tmp_path):
    bid, _ = found(tmp_path, language="sv")
    service = bid.services[0].service
    assert not bid.has(service.name)
    assert bid.words(service.name) == service.name[""] != ""
    assert bid.words({"en": "Pathway", "de": "Weg"}) == "Pathway"
    assert bid.words({"en": "Pathway", "fi": "Polku"}) == "Polku"  # the dossier's own language before others
    assert bid.words({"en": "Pathway", "sv": "Stigen"}) == "Stigen"
    assert bid.words(None) == bid.words({}) == ""


@pytest.mark.parametrize(
    ("buyer", "told"),
    [
        ("buyer: Esimerkkikunta", []),  # a name without a language is the same in all
        ("buyer: {fi: Esimerkkikunta, sv: Exempelkommunen}", []),
        ("buyer: {fi: Esimerkkikunta}", [("BK206", "Tekstiä ”buyer” ei ole tarjouksen kielellä (sv).")]),
    ],
)
def test_a_buyers_name_by_language(tmp_path, buyer, told):
    bid, findings = found(tmp_path, language="sv", **small.change("tender", "buyer: Esimerkkikunta", buyer))
    assert [(code, text) for code, place, text in findings if place.startswith("tender.yaml:3")] == told
    assert bid.words(bid.tender.buyer) == ("Exempelkommunen" if "sv:" in buyer else "Esimerkkikunta")


def test_a_language_nobody_can_print(tmp_path):
    bid, findings = found(tmp_path, language="de")
    assert bid is None
    assert findings == [("BK212", "bid.yaml:1:11", "Tarjousta ei voi tehdä kielellä ”de”; kielet ovat: fi, sv, en.")]


def test_a_price_for_a_lot_that_is_not_offered(tmp_path):
    lots = small.FILES["lots"] + "- id: osa2\n  number: 2\n  title: Toinen\n"
    lines = small.FILES["price_lines"] + "- {id: h2, number: 2.1, lot: osa2, title: Tunti, unit: hour}\n"
    prices = small.FILES["prices"] + (
        "- line: h2\n  service: valmennus\n  strategy: fixed\n  unit_price: 60\n"
        "  vat: {status: standard, ground: AVL 1 §, decided_by: Talouspäällikkö}\n"
    )
    _, findings = found(tmp_path, lots=lots, price_lines=lines, prices=prices)
    assert findings == [("BK205", "prices.yaml:6:9", "Riville 2.1 on hinta, mutta sen osa-aluetta 2 ei tarjota.")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: minimum_capacity", "kind: enimmaismaara", "BK202"),
        ("clients: 8, per", "clients: kahdeksan, per", "BK143"),
    ],
)
def test_a_condition_that_cannot_be_bound_is_never_forgotten(tmp_path, old, new, code):
    bid, findings = found(tmp_path, **small.change("conditions", old, new))
    assert [f[0] for f in findings] == [code]
    assert [c.judge is None for c in bid.conditions] == [True, False]


def test_outcomes_of_an_unknown_group_are_set_aside(tmp_path):
    bid, findings = found(tmp_path, **small.change("outcomes", "client_group: nuoret", "client_group: muut"))
    assert [f[0] for f in findings] == ["BK200"]
    assert bid.members[0].outcomes == ()


def test_outcomes_without_consent_are_not_used(tmp_path):
    bid, findings = found(tmp_path, **small.change("outcomes", "  cohort: 60\n", "  cohort: 60\n  consent: ei\n"))
    assert findings == [
        (
            "BK214",
            "outcomes.yaml:8:12",
            "Tulosriviä ”t1” ei käytetä: asiakkaat eivät ole suostuneet tähän käyttöön.",
        )
    ]
    assert bid.dossier.members[0].outcomes == ()


@pytest.mark.parametrize(("until", "told"), [("30.3.2029", True), ("31.3.2029", False), ("1.4.2029", False)])
def test_a_site_that_closes_before_the_contract_ends(tmp_path, until, told):
    changed = small.change("sites", "  accessible: kyllä\n", f"  until: {until}\n")
    _, findings = found(tmp_path, **changed)
    assert (
        findings
        == [
            (
                "BK215",
                "sites.yaml:5:10",
                "Toimipaikka ”pori” on käytössä 30.3.2029 asti, mutta sopimuskausi jatkuu 31.3.2029 asti.",
            )
        ]
        * told
    )


def test_a_rival_of_an_unknown_lot(tmp_path):
    _, findings = found(tmp_path, rivals="- {id: r1, lot: muu, price: 100, quality: 10}\n")
    assert findings == [("BK200", "rivals.yaml:1:17", "Tunnusta ”muu” ei ole tiedostossa lots.")]


@pytest.mark.parametrize(
    "attachments",
    [{"attachments": "- {id: l9, number: 1, title: Liite}\n"}, {"requested_attachments": "- {id: l9, title: Liite}\n"}],
)
def test_evidence_is_an_attachment_or_one_that_is_asked_for(tmp_path, attachments):
    change = small.change("attestations", "holds: kyllä\n", "holds: kyllä\n  evidence: l9\n")
    assert found(tmp_path, **change, **attachments)[1] == []


def test_a_partner_of_an_unknown_group(tmp_path):
    partner = "- id: verkko\n  name: Verkko ry\n  role: referral\n  competence: Velkaneuvonta\n  client_groups: "
    assert found(tmp_path / "good", partners=partner + "nuoret\n")[1] == []
    _, findings = found(tmp_path / "bad", partners=partner + "[nuoret, muut]\n")
    assert findings == [("BK200", "partners.yaml:5:27", "Tunnusta ”muut” ei ole tiedostossa client_groups.")]


CONTENT = "Tapaamisia on {services.valmennus.dose.hours} tuntia."


def with_content(tmp_path, content):
    """Return the findings of a dossier whose service has this content."""
    _, findings = found(tmp_path, **small.change("services", f"content: {CONTENT}", f"content: '{content}'"))
    return findings


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("Tunteja on {asumisneuvonta}.", ["{asumisneuvonta}"]),
        ("Tunteja on {services valmennus dose.hours}.", ["{services valmennus dose.hours}"]),
        ("Me, {{ organisation.name }}, ja {staff.count }.", ["{{ organisation.name }}", "{staff.count }"]),
        ("Me, {{organisation.name}}.", ["{{organisation.name}}"]),
        ("Sulje } jäi.", ["}"]),
        ("Sulje { jäi.", ["{"]),
        ("Tyhjä {} jäi.", ["{}"]),
    ],
)
def test_braces_that_are_no_reference_never_reach_the_buyer(tmp_path, content, shown):
    assert with_content(tmp_path, content) == [
        (
            "BK222",
            "services.yaml:8:12",
            f"Tekstin ”content” kohta ”{one}” ei ole viittaus, joten aaltosulkeet näkyisivät tarjouksessa tilaajalle.",
        )
        for one in shown
    ]


def test_braces_in_a_short_text_are_told_too(tmp_path):
    _, findings = found(tmp_path, **small.change("services", "what: Sovitaan", "what: Sovitaan {foo} ja {foo.bar}"))
    assert [(code, text[:22]) for code, _, text in findings] == [
        ("BK207", "Tekstin ”what” viittau"),
        ("BK222", "Tekstin ”what” kohta ”"),
    ]


@pytest.mark.parametrize("content", ["Ei sulkeita (eikä [muitakaan]).", "Meitä on {staff.count}: {organisation.name}."])
def test_a_text_with_good_references_or_no_braces_is_silent(tmp_path, content):
    assert with_content(tmp_path, content) == []


@pytest.mark.parametrize(
    ("written", "noun"),
    [
        ("palvelut.valmennus.tunnit", "services"),
        ("tjänster.valmennus.timmar", "services"),
        ("Toimipaikat.pori.osoite", "sites"),
    ],
)
def test_a_reference_that_begins_with_a_sheet_is_told_its_english_name(tmp_path, written, noun):
    ((code, place, text),) = with_content(tmp_path, f"Tunteja on {{{written}}}.")
    assert (code, place) == ("BK220", "services.yaml:8:12")
    assert text.startswith(f"Tekstin ”content” viittaus ”{written}” ei osoita")
    assert f"”{noun}”" in text


@pytest.mark.parametrize("word", ["ei", "Kyllä", "no", "Ei.", "nej"])
def test_a_text_that_is_only_yes_or_no_is_told(tmp_path, word):
    _, findings = found(tmp_path, **small.change("services", "  result:", f'  remote: "{word}"\n  result:'))
    assert findings == [
        (
            "BK221",
            "services.yaml:22:11",
            f"Tekstissä ”remote” on vain ”{word}”, ja se tulostuisi tarjoukseen omaksi kappaleekseen.",
        )
    ]


@pytest.mark.parametrize("words", ["Ei etänä.", "x", "Kyllä, puhelimitse."])
def test_a_text_with_more_than_yes_or_no_is_silent(tmp_path, words):
    _, findings = found(tmp_path, **small.change("services", "  result:", f'  remote: "{words}"\n  result:'))
    assert findings == []
