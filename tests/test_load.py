"""Files → Dossier: each fault is one finding, at its own field, in plain words; nothing else is lost."""

import pytest

from bidkit.dossier.load import load
from bidkit.i18n import Translator
from tests import small

FI = Translator("fi", ("common", "findings", "reading"))


def found(tmp_path, **changed):
    loaded = load(small.write(tmp_path, **changed))
    return loaded, [(f.code, str(f.place), FI.sentence(f)) for f in loaded.findings]


def test_a_whole_dossier_is_silent(tmp_path):
    loaded, findings = found(tmp_path)
    assert findings == []
    assert [s.id for s in loaded.dossier.members[0].services] == ["valmennus"]
    assert loaded.dossier.members[0].organisation.municipality == "609"
    assert set(loaded.files) == {f"{noun}.yaml" for noun in small.FILES}


def test_every_entry_knows_its_line_and_those_of_its_fields(tmp_path):
    loaded, _ = found(tmp_path)
    line = loaded.dossier.price_lines[0]
    assert str(line.at) == "price_lines.yaml:1:3"
    assert str(line.at.of("quantity")) == "price_lines.yaml:6:13"
    assert str(loaded.dossier.members[0].services[0].capacity.at.of("clients_per_day")) == "services.yaml:19:44"


@pytest.mark.parametrize(
    ("noun", "old", "new", "code", "place", "text"),
    [
        ("prices", "margin: 5 %", "margin: 0,5", "BK148", "prices.yaml:4:11", "”0,5” voi tarkoittaa 0,5 % tai 50 %."),
        ("price_lines", "quantity: 800", "quantity: n. 800", "BK143", "price_lines.yaml:6:13", "”n. 800” ei ole luku."),
        (
            "price_lines",
            "ceiling: 75",
            "ceiling: 1.250,00",
            "BK144",
            "price_lines.yaml:7:12",
            "”1.250,00”: sekä piste että pilkku. Tarkoititko 1 250,00?",
        ),
        (
            "salaries",
            "monthly: 3 000",
            "monthly: 3.000",
            "BK145",
            "salaries.yaml:4:12",
            "”3.000” voi tarkoittaa 3,000 tai 3 000.",
        ),
        ("bid", "date: 10.1.2027", "date: 10/1/2027", "BK149", "bid.yaml:2:7", "”10/1/2027” ei ole päivämäärä."),
        (
            "tender",
            "deadline: 15.2.2027 12:00",
            "deadline: 15.2.2027",
            "BK150",
            "tender.yaml:5:11",
            "”15.2.2027” ei ole päivämäärä kellonaikoineen.",
        ),
        (
            "sites",
            "municipality: Pori",
            "municipality: Porri",
            "BK157",
            "sites.yaml:4:17",
            "”Porri” ei ole Suomen kunta vuonna 2026.",
        ),
        ("sites", "accessible: kyllä", "accessible: ehkä", "BK152", "sites.yaml:5:15", "”ehkä” ei ole kyllä eikä ei."),
        ("lots", "- id: osa1", "- id: Osa 1", "BK156", "lots.yaml:1:7", "”Osa 1” ei kelpaa tunnukseksi."),
        (
            "services",
            "  dose: {hours: 16, weeks: 16}",
            "  dose: {hours: 16, weeks: 16, groups: 2}",
            "BK141",
            "services.yaml:13:40",
            "Tässä ei ole kenttää ”groups”.",
        ),
        (
            "services",
            "  dose: {hours: 16, weeks: 16}",
            "  dose: {hours: 16, weeks: 16,5}",
            "BK162",
            "services.yaml:13:32",
            "”5” jäi pilkun jälkeen yksin: aaltosulkeissa pilkku päättää edellisen arvon.",
        ),
        (
            "services",
            "  aim: Asiakas saa työpaikan.",
            "  aim: {fi: Ensin yksi, sitten toinen}",
            "BK162",
            "services.yaml:7:8",
            "”sitten toinen” jäi pilkun jälkeen yksin: aaltosulkeissa pilkku päättää edellisen arvon.",
        ),
        (
            "services",
            "  promise:",
            "  promisse:",
            "BK142",
            "services.yaml:4:13",
            "Tässä ei ole kenttää ”promisse”. Tarkoititko ”promise”?",
        ),
        (
            "price_lines",
            "unit: hour",
            "unit: tunti",
            "BK153",
            "price_lines.yaml:5:9",
            "”tunti” ei ole mikään vaihtoehdoista: hour, client, client_day, group, month, start, outcome, visit.",
        ),
        (
            "organisation",
            "business_id: 3134980-3",
            "business_id: 33134980-3",
            "BK155",
            "organisation.yaml:3:14",
            "”33134980-3” ei ole suomalainen Y-tunnus: väliviivan edellä pitää olla seitsemän numeroa.",
        ),
        (
            "outcomes",
            "reached: 18",
            "reached: 59",
            "BK160",
            "outcomes.yaml:9:12",
            "Luku ”tuloksen saavuttaneet” (59) on suurempi kuin ”seurannassa tavoitetut” (58).",
        ),
        ("outcomes", "  cohort: 60\n", "", "BK140", "outcomes.yaml:1:3", "Kenttä ”cohort” puuttuu."),
        (
            "outcomes",
            "start: 1.1.2025",
            "start: 1.1.2026",
            "BK159",
            "outcomes.yaml:6:8",
            "Jakso päättyy 31.12.2025, ennen kuin se alkaa 1.1.2026.",
        ),
        (
            "services",
            "  steps:\n    - name: Aloitus\n      phase: start\n      what: Sovitaan tavoitteet.\n",
            "  steps: Aloitus\n",
            "BK154",
            "services.yaml:9:10",
            "Kentässä ”steps” pitää olla luettelo, mutta siinä on yksi arvo.",
        ),
    ],
)
def test_a_faulty_field(tmp_path, noun, old, new, code, place, text):
    _, findings = found(tmp_path, **small.change(noun, old, new))
    assert (code, place, text) in findings
    assert len([f for f in findings if f[0] != "BK174"]) == 1


def test_all_mistakes_are_told_in_one_run(tmp_path):
    changed = small.change("prices", "margin: 5 %", "margin: 0,5") | small.change("bid", "10.1.2027", "1/10/2027")
    changed |= small.change("organisation", "3134980-3", "3134980-4")
    _, findings = found(tmp_path, **changed)
    assert [f[0] for f in findings] == ["BK155", "BK149", "BK148", "BK174"]


def test_two_lots_with_one_id(tmp_path):
    again = small.FILES["lots"] + "- id: osa1\n  number: 2\n  title: Toinen\n"
    loaded, findings = found(tmp_path, lots=again)
    assert findings == [
        ("BK171", "lots.yaml:4:7", "Tunnus ”osa1” on kahdesti tiedostossa lots; se on jo paikassa lots.yaml:1:3.")
    ]
    assert [x.number for x in loaded.dossier.lots] == ["1"]


@pytest.mark.parametrize("noun", ["services", "lots", "price_lines", "prices", "lot_offers"])
def test_a_needed_file_that_is_missing(tmp_path, noun):
    loaded, findings = found(tmp_path, **{noun: None})
    assert loaded.dossier is None
    told = f"{noun}.yaml puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä."
    assert findings == [("BK170", f"{noun}.yaml", told)]


@pytest.mark.parametrize("noun", ["sites", "staff", "criteria", "answers", "outcomes", "attestations"])
def test_an_optional_file_may_be_left_out(tmp_path, noun):
    loaded, findings = found(tmp_path, **{noun: None})
    assert loaded.dossier is not None
    assert findings == []


def test_what_is_faulty_is_remembered_so_that_nothing_else_complains(tmp_path):
    loaded, _ = found(tmp_path, **small.change("services", "hours: 16, weeks: 16", "hours: paljon, weeks: 16"))
    assert loaded.dossier.lost("services", "valmennus")
    loaded, _ = found(tmp_path, **small.change("outcomes", "cohort: 60", "cohort: noin 60"))
    assert loaded.dossier.lost("outcomes", "t1")


def test_a_faulty_optional_field_of_the_only_entry_does_not_hide_the_rest(tmp_path):
    loaded, findings = found(tmp_path, **small.change("organisation", "amount: 420 000", "amount: paljon"))
    assert [f[:2] for f in findings] == [("BK143", "organisation.yaml:10:13")]
    assert loaded.dossier.members[0].organisation.turnover == ()


def test_a_wrong_business_id_does_not_hide_the_rest(tmp_path):
    loaded, findings = found(tmp_path, **small.change("organisation", "3134980-3", "3134980-4"))
    assert [f[:2] for f in findings] == [("BK155", "organisation.yaml:3:14")]
    assert loaded.dossier.members[0].organisation.business_id == "3134980-4"


def test_a_fault_in_what_is_computed_with_stops_the_run_and_says_so(tmp_path):
    loaded, findings = found(tmp_path, **small.change("tender", "15.2.2027 12:00", "15.2.2027"))
    assert loaded.dossier is None
    assert [f[:2] for f in findings] == [("BK150", "tender.yaml:5:11"), ("BK174", "tender.yaml")]
    assert findings[1][2] == ("Reunaehtoja ja hintoja ei vielä tarkistettu, koska täällä on virheitä: tender.yaml.")


def test_a_group_below_its_name_is_found_at_its_name(tmp_path):
    wrong = small.FILES["services"].replace("  work_hours:\n", "  workhours:\n")
    _, findings = found(tmp_path, services=wrong)
    assert ("BK142", "services.yaml:20:3") in [f[:2] for f in findings]


@pytest.mark.parametrize(
    ("noun", "entry", "place"),
    [
        ("certificates", "{id: a, kind: tax, title: A, issued: 2.1.2027, valid_until: 1.1.2027}", "1:63"),
        (
            "insurances",
            "{id: a, kind: liability, title: A, insurer: B, valid_from: 2.1.2027, valid_until: 1.1.2027}",
            "1:85",
        ),
        ("sites", "{id: a, name: A, address: B, municipality: Pori, from: 2.1.2027, until: 1.1.2027}", "1:75"),
        (
            "staff",
            "{id: a, title: A, roles: b, services: c, hours_per_week: 1, from: 2.1.2027, until: 1.1.2027}",
            "1:86",
        ),
    ],
)
def test_what_ends_before_it_begins(tmp_path, noun, entry, place):
    _, findings = found(tmp_path / "backwards", **{noun: f"- {entry}\n"})
    text = "Jakso päättyy 1.1.2027, ennen kuin se alkaa 2.1.2027."
    assert ("BK159", f"{noun}.yaml:{place}", text) in findings
    _, findings = found(tmp_path / "one_day", **{noun: f"- {entry.replace('2.1.', '1.1.')}\n"})
    assert findings == []


def test_a_group_inside_an_entry_that_ends_before_it_begins(tmp_path):
    _, findings = found(tmp_path, **small.change("tender", "end: 31.3.2029", "end: 31.3.2027"))
    assert findings[0][:2] == ("BK159", "tender.yaml:7:34")


def test_an_empty_list_is_told_and_a_tender_without_conditions_too(tmp_path):
    _, findings = found(tmp_path / "empty", rivals="[]\n")
    assert findings == [("BK172", "rivals.yaml", "Tiedostossa rivals ei ole yhtään kohtaa.")]
    for name, written in (("none", None), ("nothing", ""), ("bare", "[]\n")):
        _, findings = found(tmp_path / name, conditions=written, attestations=None)
        told = "Tarjouspyynnölle ei ole kirjattu reunaehtoja, joten yhtään vaatimusta ei ole tarkistettu."
        assert ("BK175", "conditions.yaml", told) in findings
        assert "BK172" not in [code for code, *_ in findings]
    _, findings = found(tmp_path / "faulty", conditions="- id: [\n")
    assert "BK175" not in [code for code, *_ in findings]


def test_a_double_name_is_told_where_the_name_is(tmp_path):
    twice = small.FILES["prices"] + small.FILES["prices"]
    _, findings = found(tmp_path, prices=twice)
    line = len(small.FILES["prices"].splitlines()) + 1
    assert [(code, place) for code, place, _ in findings] == [("BK171", f"prices.yaml:{line}:9")]


ATTACHED = "- {id: a1, number: 1, title: Todistus, file: FILE}\n"


@pytest.mark.parametrize("name", ["Liite_02.pdf", "hinnoittelu.xlsx"])
def test_an_attachment_that_is_there(tmp_path, name):
    (tmp_path / "attachments").mkdir()
    (tmp_path / "attachments/Liite_02.pdf").write_bytes(b"%PDF")
    _, findings = found(tmp_path, attachments=ATTACHED.replace("FILE", name))
    assert findings == []


def test_an_attachment_that_is_not_there(tmp_path):
    _, findings = found(tmp_path, attachments=ATTACHED.replace("FILE", "Liite_02.pdf"))
    assert findings == [("BK176", "attachments.yaml:1:46", "Tiedostoa ”Liite_02.pdf” ei ole kansiossa attachments.")]


def test_an_attachment_that_leads_out_of_the_dossier(tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF")
    folder = tmp_path / "aineisto"
    _, findings = found(folder, attachments=ATTACHED.replace("FILE", "../../secret.pdf"))
    assert [f[:2] for f in findings] == [("BK111", "attachments.yaml:1:46")]
