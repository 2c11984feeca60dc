"""Members' files → one dossier: each conflict planted is one finding, at its cell, with both places and both values."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.dossier.load import load
from bidkit.i18n import FINDINGS, Translator
from bidkit.merge import merge
from bidkit.model.names import called
from tests.joint import LEAD, SECOND, THIRD, Joint

EXAMPLES = Path(__file__).parent.parent / "examples"
FI = Translator("fi", FINDINGS, called)
PAJA = f"jasenet/{SECOND}"
VERSTAS = f"jasenet/{LEAD}"

OUTCOME = """\
- id: malliverstas-t1
  service: uraohjaus
  client_group: nuoret
  indicator: employed
  start: 1.1.2024
  end: 31.12.2024
  cohort: 50
  followed_up: 48
  reached: 21
  follow_up_months: 6
  definition: Työsuhde
  instrument: Asiakasrekisteri
  collector: Yhdistys
  source: Seurantaraportti
"""
ADDRESSES = "Esimerkkipaja ryn katu 1, Rauma", "Malliverstas ryn katu 1, Pori"
PERSON = """\
- id: {id}
  title: Uraohjaaja
  roles: counsellor
  services: {service}
  hours_per_week: {hours}
  qualifications:
    - {{title: Sosionomi, level: bachelor, field: social, year: 2012}}
  languages:
    - {{language: fi, level: native}}
{more}"""
REFERENCE = """\
- id: {id}
  title: {title}
  buyer: Esimerkkikunta
  start: {start}
  end: {end}
  value: {value}
  description: Valmennusta
{more}"""
INSURANCE = """\
- id: vastuu
  kind: liability
  title: Vastuuvakuutus 12-345
  insurer: Esimerkkivakuutus
  amount: 200 000
  valid_from: {start}
"""
CERTIFICATE = """\
- id: {id}
  kind: {kind}
  title: {title}
  issued: {issued}
{more}"""
PARTNER = """\
- id: {id}
  name: {name}
  role: {role}
  competence: Uraohjaus
"""
SHEQ = "- id: v3\n  kind: quality_certificate\n  text: SHEQ.\n  parameters: {kinds: sheq}\n"
TAX = "- id: v3\n  kind: tax_certificate\n  text: Verovelkatodistus.\n  parameters: {months: 3}\n"


def person(where, id_, service, hours, more=""):
    return ("add", where, "staff", PERSON.format(id=id_, service=service, hours=hours, more=more))


def reference(where, id_, start="1.1.2024", end="31.12.2025", value="50 000", title="Työpaja", more=""):
    text = REFERENCE.format(id=id_, title=title, start=start, end=end, value=value, more=more)
    return ("put", where, "references", text)


def certificate(where, kind, issued, more="", title="Kaupparekisteriote"):
    return ("add", where, "certificates", CERTIFICATE.format(id=kind, kind=kind, title=title, issued=issued, more=more))


def role(id_, old, new):
    """Change the role of a participant, and what else its row says."""
    return ("change", "", "participants", f"{{id: {id_}, role: {old}}}", f"{{id: {id_}, role: {new}}}")


def same_service(old="", new=""):
    """Let the second member give the lead's service too, with a change; what names its own follows."""
    services = Joint().members[LEAD]["services"]
    assert services.count(old) >= 1
    follow = ("staff", "services: "), ("salaries", "service: "), ("cost_items", "service: "), ("outcomes", "service: ")
    renamed = [("change", SECOND, noun, f"{field}uraohjaus", f"{field}valmennus") for noun, field in follow]
    return [("put", SECOND, "services", services.replace(old, new, 1) if old else services), *renamed]


def read(tmp_path, changes, *copies):
    joint = Joint()
    for where in copies:
        joint.copy_tender(where)
    for how, *what in changes:
        getattr(joint, how)(*what)
    return joint.read(tmp_path)


def told(merged):
    return [f"{f.severity} {f.code} {f.place} | {FI.sentence(f)}".replace("\xa0", " ") for f in merged.findings]


CASES = {
    "capacity of one service": (same_service("clients: 95", "clients: 120"), ()),
    "capacity promised twice": (same_service(), ()),
    "one gives no capacity": (same_service("clients: 95", "clients_per_day: 9"), ()),
    "dose of one service": (same_service("hours: 16, weeks", "hours: 20, weeks"), ()),
    "start of one service": (same_service("start_within_days: 10", "start_within_days: 5"), ()),
    "languages of one service": (same_service("languages: fi", "languages: [fi, sv]"), ()),
    "hours of a unit": (same_service("{unit: client, hours: 16}", "{unit: client, hours: 18}"), ()),
    "texts of one service": (same_service("aim: Asiakas saa työpaikan.", "aim: Asiakas saa opiskelupaikan."), ()),
    "two services of one id": (same_service("kind: job_coaching", "kind: career_guidance"), ()),
    "ids that differ by a dash": (
        [
            ("change", LEAD, "services", "id: valmennus", "id: ryhma-valmennus"),
            ("change", LEAD, "services", "{services.valmennus.", "{services.ryhma-valmennus."),
            ("change", LEAD, "staff", "services: valmennus", "services: ryhma-valmennus"),
            ("change", LEAD, "salaries", "service: valmennus", "service: ryhma-valmennus"),
            ("change", LEAD, "cost_items", "service: valmennus", "service: ryhma-valmennus"),
            ("change", LEAD, "outcomes", "service: valmennus", "service: ryhma-valmennus"),
            ("change", "", "lot_offers", "services: valmennus", "services: ryhma-valmennus"),
            ("change", "", "prices", "service: valmennus", "service: ryhma-valmennus"),
        ],
        (),
    ),
    "one outcome row twice": ([("put", SECOND, "outcomes", OUTCOME)], ()),
    "another client group": ([("change", SECOND, "client_groups", "Nuoret työnhakijat", "Alle 30-vuotiaat")], ()),
    "other needs of a group": (
        [
            ("add", LEAD, "client_groups", "  needs: Suunta puuttuu\n"),
            ("add", SECOND, "client_groups", "  needs: Koulutus on kesken\n"),
        ],
        (),
    ),
    "one name": (
        [
            person(LEAD, "ohjaaja", "valmennus", 20, "  name: N.N.\n"),
            person(SECOND, "uraohjaaja", "uraohjaus", 15, "  name: n. n.\n"),
        ],
        (),
    ),
    "one profile, more than a week": (
        [person(LEAD, "ohjaaja", "valmennus", 20), person(SECOND, "uraohjaaja", "uraohjaus", 30)],
        (),
    ),
    "one reference by value": (
        [reference(LEAD, "r1"), reference(SECOND, "k1", title="Paja", start="1.6.2025", end="31.5.2026")],
        (),
    ),
    "one reference by name": ([reference(LEAD, "r1"), reference(THIRD, "r1", value="20 000")], ()),
    "one insurance": (
        [
            ("put", LEAD, "insurances", INSURANCE.format(start="1.1.2026")),
            ("put", SECOND, "insurances", INSURANCE.format(start="1.1.2026")),
        ],
        (),
    ),
    "one address": ([("change", SECOND, "sites", *ADDRESSES)], ()),
    "services alike in one town": (
        [
            ("change", SECOND, "services", "kind: career_guidance", "kind: job_coaching"),
            ("change", SECOND, "services", "name: Uraohjaus", "name: Työhönvalmennus"),
            ("change", SECOND, "services", "clients: 120", "clients: 95"),
            ("change", SECOND, "sites", "municipality: Rauma", "municipality: Pori"),
        ],
        (),
    ),
    "an expired certificate": ([certificate(SECOND, "sheq", "1.1.2024", "  valid_until: 1.1.2027\n", "SHEQ")], ()),
    "certificates far apart": (
        [certificate(LEAD, "trade_register", "1.1.2027"), certificate(SECOND, "trade_register", "1.3.2026")],
        (),
    ),
    "one business id": ([("change", SECOND, "organisation", "1234567-1", "3134980-3")], ()),
    "one id in two folders": (
        [
            ("change", SECOND, "organisation", "id: esimerkkipaja", "id: malliverstas"),
            ("change", "", "participants", "- {id: esimerkkipaja, role: member}\n", ""),
        ],
        (),
    ),
    "ids of organisations alike": (
        [
            ("change", SECOND, "organisation", "id: esimerkkipaja", "id: tuki-puu"),
            ("change", "", "participants", "id: esimerkkipaja", "id: tuki-puu"),
        ],
        (),
    ),
    "an offer of its own": (
        [("change", SECOND, "lot_offers", "services: valmennus", "services: uraohjaus")],
        (SECOND,),
    ),
    "another bid, not told": ([role("tukipuu", "member", "member, other_bid: kyllä")], ()),
    "a rival that is a member": (
        [("put", "", "rivals", "- {id: esimerkki-paja, lot: osa1, price: 50000, quality: 10}\n")],
        (),
    ),
    "another role in a register": (
        [("put", LEAD, "partners", PARTNER.format(id=SECOND, name="Esimerkkipaja ry", role="subcontractor"))],
        (),
    ),
    "other price": (
        [
            ("change", "", "prices", "strategy: cost_plus\n  margin: 5 %", "strategy: fixed\n  unit_price: 62"),
            ("change", SECOND, "prices", "strategy: cost_plus\n  margin: 5 %", "strategy: fixed\n  unit_price: 58,50"),
        ],
        (SECOND,),
    ),
    "other VAT status": (
        [("change", SECOND, "prices", "{status: standard, ground: AVL 1 §", "{status: exempt, ground: AVL 37 §")],
        (SECOND,),
    ),
    "other VAT rate": ([("change", SECOND, "prices", "{status: standard", "{status: standard, rate: 14 %")], (SECOND,)),
    "other unit": ([("change", SECOND, "price_lines", "unit: hour", "unit: client")], (SECOND,)),
    "other quantity": ([("change", SECOND, "price_lines", "quantity: 800", "quantity: 600")], (SECOND,)),
    "other ceiling": ([("change", SECOND, "price_lines", "ceiling: 75", "ceiling: 70")], (SECOND,)),
    "other deadline": ([("change", SECOND, "tender", "15.2.2027 12:00", "8.2.2027 12:00")], (SECOND,)),
    "other limit": ([("change", SECOND, "conditions", "{clients: 8, per: day}", "{clients: 6, per: day}")], (SECOND,)),
    "older document": ([("change", SECOND, "tender", "published: 1.12.2026", "published: 15.11.2026")], (SECOND,)),
    "a lot that we lack": ([("add", SECOND, "lots", "- {id: osa2, number: 2, title: Uraohjaus}\n")], (SECOND,)),
    "another tender": (
        [
            ("change", SECOND, "tender", "ESI/1/2027", "ESI/7/2026"),
            ("change", SECOND, "tender", "Työllistymistä tukevat valmennuspalvelut", "Kuntouttava työtoiminta"),
            ("change", SECOND, "price_lines", "quantity: 800", "quantity: 600"),
        ],
        (SECOND,),
    ),
    "no lead": ([role("malliverstas", "lead", "member")], ()),
    "two leads": ([role("tukipuu", "member", "lead")], ()),
    "another lead": ([role("tukipuu", "member", "lead"), role("malliverstas", "lead", "member")], ()),
    "lead misspelt": (
        [
            ("change", "", "consortium", "lead: malliverstas", "lead: malli-verstas"),
            ("change", "", "participants", "id: malliverstas", "id: malli-verstas"),
        ],
        (),
    ),
    "lead unknown": (
        [("change", "", "consortium", "lead: malliverstas", "lead: kotipesa"), role("malliverstas", "lead", "member")],
        (),
    ),
    "no participants": ([("put", "", "participants", "[]\n")], ()),
    "a file that is missing": ([("add", "", "participants", "- {id: kotipesa, role: member}\n")], ()),
    "a subcontractor's file is missing": ([("add", "", "participants", "- {id: kotipesa, role: subcontractor}\n")], ()),
    "a participant misspelt": ([("change", "", "participants", "id: esimerkkipaja", "id: esimerkki-paja")], ()),
    "a file that nobody listed": ([("change", "", "participants", "- {id: tukipuu, role: member}\n", "")], ()),
    "a service of one that left": (
        [
            role("esimerkkipaja", "member", "member, withdrawn: kyllä"),
            ("change", "", "lot_offers", "services: valmennus", "services: [valmennus, uraohjaus]"),
        ],
        (),
    ),
    "the lead has left": ([role("malliverstas", "lead", "lead, withdrawn: kyllä")], ()),
}


EXPECTED = Path(__file__).with_name("merge_findings.txt").read_text(encoding="utf-8")
FOUND = {name: lines for name, *lines in (part.splitlines() for part in EXPECTED.removeprefix("# ").split("\n# "))}


@pytest.mark.parametrize("case", CASES)
def test_a_planted_conflict_is_told_at_its_cell_with_both_places_and_values(tmp_path, case):
    changes, copies = CASES[case]
    assert told(merge(read(tmp_path, changes, *copies))) == FOUND[case]


def test_what_is_expected_is_planted():
    assert list(FOUND) == list(CASES)
    assert len(CASES) > 50


SILENCE = {
    "a whole consortium": ([], ()),
    "copies of the tender as the lead sent it": ([], (SECOND, THIRD)),
    "the lead's own copy in its folder": ([], (LEAD,)),
    "one client group in the same words": (
        [("change", SECOND, "client_groups", "Nuoret työnhakijat", "nuoret  TYÖNHAKIJAT")],
        (),
    ),
    "ids of people, sites and insurances that repeat": (
        [
            ("put", LEAD, "insurances", INSURANCE.format(start="1.1.2026")),
            ("put", SECOND, "insurances", INSURANCE.format(start="1.2.2026")),
        ],
        (),
    ),
    "one profile, not more than a week": (
        [person(LEAD, "ohjaaja", "valmennus", 20), person(SECOND, "uraohjaaja", "uraohjaus", 20)],
        (),
    ),
    "one name, one after the other": (
        [
            person(LEAD, "ohjaaja", "valmennus", 20, "  name: N.N.\n  until: 30.6.2027\n"),
            person(SECOND, "uraohjaaja", "uraohjaus", 30, "  name: N.N.\n  from: 1.7.2027\n"),
        ],
        (),
    ),
    "two names": (
        [
            person(LEAD, "ohjaaja", "valmennus", 30, "  name: N.N.\n"),
            person(SECOND, "uraohjaaja", "uraohjaus", 30, "  name: M.M.\n"),
        ],
        (),
    ),
    "one contract under one key": (
        [
            reference(LEAD, "r1", more="  contract_key: kunta-1\n"),
            reference(SECOND, "k1", more="  contract_key: kunta-1\n"),
        ],
        (),
    ),
    "one buyer, one after the other": (
        [reference(LEAD, "r1", end="31.12.2024"), reference(SECOND, "k1", start="1.1.2025")],
        (),
    ),
    "one buyer, other contracts": (
        [reference(LEAD, "r1"), reference(SECOND, "k1", value="20 000", title="Uraohjaus")],
        (),
    ),
    "one address, one capacity": (
        [
            ("change", SECOND, "sites", *ADDRESSES),
            ("change", SECOND, "services", "capacity: {clients: 120}", "capacity: {}"),
        ],
        (),
    ),
    "one kind in one town, other capacity": (
        [
            ("change", SECOND, "services", "kind: career_guidance", "kind: job_coaching"),
            ("change", SECOND, "sites", "municipality: Rauma", "municipality: Pori"),
        ],
        (),
    ),
    "one kind and capacity in other towns": (
        [
            ("change", SECOND, "services", "kind: career_guidance", "kind: job_coaching"),
            ("change", SECOND, "services", "name: Uraohjaus", "name: Työhönvalmennus"),
            ("change", SECOND, "services", "clients: 120", "clients: 95"),
        ],
        (),
    ),
    "a tax certificate that a condition judges": (
        [("add", "", "conditions", TAX), certificate(LEAD, "tax", "1.2.2027"), certificate(SECOND, "tax", "1.1.2026")],
        (),
    ),
    "a quality certificate that a condition judges": (
        [("add", "", "conditions", SHEQ), certificate(SECOND, "sheq", "1.1.2024", "  valid_until: 1.1.2027\n", "SHEQ")],
        (),
    ),
    "an expired certificate with a new one beside it": (
        [
            certificate(SECOND, "sheq", "1.1.2024", "  valid_until: 1.1.2027\n", "SHEQ"),
            (
                "add",
                SECOND,
                "certificates",
                CERTIFICATE.format(
                    id="sheq-2", kind="sheq", title="SHEQ", issued="2.1.2027", more="  valid_until: 1.1.2030\n"
                ),
            ),
        ],
        (),
    ),
    "certificates of one spring": (
        [certificate(LEAD, "trade_register", "1.1.2027"), certificate(SECOND, "trade_register", "1.9.2026")],
        (),
    ),
    "certificates with a last day, of other years": (
        [
            certificate(LEAD, "sheq", "1.1.2027", "  valid_until: 1.1.2030\n"),
            certificate(SECOND, "sheq", "1.1.2025", "  valid_until: 1.1.2028\n"),
        ],
        (),
    ),
    "another bid that the buyer is told of": (
        [
            ("change", SECOND, "lot_offers", "services: valmennus", "services: uraohjaus"),
            role("esimerkkipaja", "member", "member, other_bid: 'Alihankkijana toisessa, kerrottu kirjeessä'"),
        ],
        (SECOND,),
    ),
    "margins of prices": ([("change", SECOND, "prices", "margin: 5 %", "margin: 15 %")], (SECOND,)),
    "the lead's register and file agree": (
        [("put", LEAD, "partners", PARTNER.format(id=SECOND, name="Esimerkkipaja ry", role="member"))],
        (),
    ),
    "referrals go on": (
        [("put", LEAD, "partners", PARTNER.format(id=SECOND, name="Esimerkkipaja ry", role="referral"))],
        (),
    ),
    "a partner that is no member": (
        [("put", LEAD, "partners", PARTNER.format(id="kotipesa", name="Kotipesä ry", role="subcontractor"))],
        (),
    ),
    "a rival that is none of us": (
        [("put", "", "rivals", "- {id: kilpailija, lot: osa1, price: 50000, quality: 10}\n")],
        (),
    ),
    "no other bid": ([role("tukipuu", "member", "member, other_bid: ei")], ()),
    "one that left, and nothing names it": ([role("esimerkkipaja", "member", "member, withdrawn: kyllä")], ()),
    "a conflict with one that left": (
        [*same_service("clients: 95", "clients: 120"), role("esimerkkipaja", "member", "member, withdrawn: kyllä")],
        (),
    ),
    "one that left without a file": (
        [("add", "", "participants", "- {id: kotipesa, role: member, withdrawn: kyllä}\n")],
        (),
    ),
}


@pytest.mark.parametrize("case", SILENCE)
def test_what_is_no_conflict_is_not_told(tmp_path, case):
    changes, copies = SILENCE[case]
    merged = merge(read(tmp_path, changes, *copies))
    assert told(merged) == []
    assert merged.conflicts == ()


def test_of_a_file_that_could_not_be_read_only_that_is_told(tmp_path):
    folder = Joint().put(SECOND, "organisation", "id: esimerkkipaja\nname: [\n").write(tmp_path)
    loaded = load(folder)
    assert [str(f.place) for f in loaded.findings if "organisation" in f.place.file] != []
    assert told(merge(loaded.dossier)) == []


def test_one_run_shows_every_mistake(tmp_path):
    changes = [*CASES["another client group"][0], *CASES["two leads"][0], *CASES["one outcome row twice"][0]]
    codes = sorted(f.code for f in merge(read(tmp_path, changes)).findings)
    assert codes == ["BK600", "BK604", "BK621"]


def test_all_have_withdrawn(tmp_path):
    joint = Joint()
    for role, id_ in (("lead", LEAD), ("member", SECOND), ("member", THIRD)):
        joint.change(
            "", "participants", f"{{id: {id_}, role: {role}}}", f"{{id: {id_}, role: {role}, withdrawn: kyllä}}"
        )
    merged = merge(joint.read(tmp_path))
    assert [f.code for f in merged.findings] == ["BK637"]
    assert [one.organisation.id for one in merged.dossier.members] == [LEAD]


def test_three_members_of_one_service_are_compared_with_the_first(tmp_path):
    joint = Joint()
    for where, service, clients in ((SECOND, "uraohjaus", 120), (THIRD, "ryhmavalmennus", 30)):
        for how, *what in same_service("clients: 95", f"clients: {clients}"):
            own = [where if part == SECOND else part.replace("uraohjaus", service) for part in what]
            getattr(joint, how)(*own)
    merged = merge(joint.read(tmp_path))
    ids = [one.id for one in merged.conflicts]
    assert ids == [
        "services.valmennus.capacity.clients:malliverstas:esimerkkipaja",
        "services.valmennus.capacity.clients:malliverstas:tukipuu",
    ]
    assert [len(one.services) for one in merged.dossier.members] == [1, 0, 0]  # the first stands until it is settled


def test_a_light_form_of_somebody_who_has_sent_a_file(tmp_path):
    form = """\
id: esimerkkipaja
name: Esimerkkipaja ry
municipality: Rauma
contact_role: Sihteeri
email: paja@esimerkki.example
activity: Kahvila keskiviikkoisin.
languages: fi
"""
    folder = Joint().write(tmp_path)
    (folder / "jasenet/lomake").mkdir()
    (folder / "jasenet/lomake/light_member.yaml").write_text(form, encoding="utf-8")
    merged = merge(load(folder).dossier)
    assert told(merged) == [
        "error BK615 jasenet/lomake/light_member.yaml:1:5 | Kahdella jäsenellä on sama järjestön tunnus: "
        "Esimerkkipaja ry esimerkkipaja (jasenet/esimerkkipaja/organisation.yaml:1:5), Esimerkkipaja ry esimerkkipaja."
    ]
    assert merged.dossier.light_member == ()


def test_a_conflict_between_workbooks_names_their_cells(tmp_path):
    import shutil

    from openpyxl import load_workbook

    for id_ in (LEAD, SECOND):
        (tmp_path / "jasenet" / id_).mkdir(parents=True)
        shutil.copy(EXAMPLES / "tyopolku-excel/tiedot.xlsx", tmp_path / "jasenet" / id_)
        book = load_workbook(tmp_path / "jasenet" / id_ / "tiedot.xlsx")
        book["Järjestö"]["B2"] = id_
        book["Järjestö"]["B4"] = {LEAD: "3134980-3", SECOND: "1234567-1"}[id_]
        book["Palvelut"]["AP2"] = {LEAD: 95, SECOND: 120}[id_]
        book.save(tmp_path / "jasenet" / id_ / "tiedot.xlsx")
    shutil.copy(EXAMPLES / "tyopolku-excel/tarjouspyynto.xlsx", tmp_path)
    (tmp_path / "consortium.yaml").write_text(f"form: group\nlead: {LEAD}\n", encoding="utf-8")
    assert [line for line in told(merge(load(tmp_path).dossier)) if "BK602" in line] == [
        "error BK602 jasenet/esimerkkipaja/tiedot.xlsx › Palvelut › AP2 | Kaksi tiedostoa on eri mieltä, "
        "”Kapasiteetti: Asiakkaita yhtä aikaa” (”tyohonvalmennus”): Satakunnan Työpolku ry 95 asiakasta "
        "(jasenet/malliverstas/tiedot.xlsx › Palvelut › AP2), Satakunnan Työpolku ry 120 asiakasta."
    ]
