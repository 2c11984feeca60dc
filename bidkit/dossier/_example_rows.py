"""What the grey example rows say, in words and figures; how they are shown and known again is in `_examples`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def _d(text: str) -> Decimal:
    return Decimal(text)


_COACHING = ("Työhönvalmennus", "Jobbcoachning", "Job coaching")
_COACH = ("Työhönvalmentaja", "Jobbcoach", "Job coach")
_YOUNG = ("Nuoret työnhakijat", "Unga arbetssökande", "Young jobseekers")
_BUYER = ("Esimerkkilän työllisyysalue", "Exempelbygdens sysselsättningsområde", "Example employment area")
_MANAGER = ("Toiminnanjohtaja", "Verksamhetsledare", "Executive director")
_SHARES = [{"service": "valmennus", "share": _d("100")}]
_CLAUSE = {"clause.document": "tp", "clause.section": "3.2", "clause.page": "7"}

# Sheet → its rows: `Column.name` → value, as the model has it; of a text one in each of `sheets.LANGUAGES`.
EXAMPLES: Mapping[tuple[str, ...], tuple[dict[str, Any], ...]] = {
    ("organisation",): (
        {
            "id": "esimerkki",
            "name": "Esimerkki ry",
            "business_id": "3134980-3",
            "legal_form": "association",
            "founded": 1996,
            "address": (
                "Esimerkkikatu 1, 28100 Pori",
                "Exempelgatan 1, 28100 Björneborg",
                "Esimerkkikatu 1, 28100 Pori",
            ),
            "municipality": "609",
            "website": "www.esimerkki.example",
            "registers": ["prepayment", "employer", "vat"],
            "turnover": [{"year": 2024, "amount": _d("420000")}, {"year": 2025, "amount": _d("455000")}],
            "contact.role": ("Palvelupäällikkö", "Servicechef", "Service manager"),
            "contact.email": "toimisto@esimerkki.example",
            "contact.phone": "040 000 0000",
            "signatory.role": _MANAGER,
            "signatory.email": "johtaja@esimerkki.example",
            "profile": (
                "Yhdistys valmentaa työttömiä työnhakijoita työhön ja koulutukseen.",
                "Föreningen coachar arbetslösa arbetssökande till arbete och utbildning.",
                "The association coaches unemployed jobseekers towards work and education.",
            ),
            "e_invoicing": "003731349803, 003721291126",
        },
    ),
    ("certificates",): (
        {
            "id": "vero",
            "kind": "tax",
            "title": ("Verovelkatodistus", "Skatteskuldsintyg", "Certificate of tax payment"),
            "issuer": ("Verohallinto", "Skatteförvaltningen", "Tax Administration"),
            "issued": date(2027, 1, 4),
        },
    ),
    ("insurances",): (
        {
            "id": "vastuu",
            "kind": "liability",
            "title": ("Toiminnan vastuuvakuutus", "Ansvarsförsäkring", "Public liability insurance"),
            "insurer": ("Esimerkkivakuutus", "Exempelförsäkring", "Example Insurance"),
            "amount": _d("200000"),
            "valid_from": date(2026, 1, 1),
        },
    ),
    ("sites",): (
        {
            "id": "pori",
            "name": ("Porin toimipiste", "Verksamhetsstället i Björneborg", "Pori office"),
            "address": (
                "Esimerkkikatu 1, 28100 Pori",
                "Exempelgatan 1, 28100 Björneborg",
                "Esimerkkikatu 1, 28100 Pori",
            ),
            "municipality": "609",
            "serves": ["886", "531"],
            "accessible": True,
            "from": date(2019, 8, 1),
        },
    ),
    ("travel",): ({"id": "pori-ulvila", "site": "pori", "municipality": "886", "minutes": 25},),
    ("staff",): (
        {
            "id": "valmentaja-1",
            "title": _COACH,
            "roles": ["coach"],
            "services": ["valmennus"],
            "languages": [{"language": "fi", "level": "native"}, {"language": "sv", "level": "b2"}],
            "hours_per_week": _d("37.5"),
        },
    ),
    ("staff", "qualifications"): (
        {
            "staff": "valmentaja-1",
            "title": ("Sosionomi (AMK)", "Socionom (YH)", "Bachelor of Social Services"),
            "level": "bachelor",
            "field": "social",
            "year": 2014,
        },
    ),
    ("staff", "experience"): (
        {
            "staff": "valmentaja-1",
            "start": date(2018, 8, 1),
            "task": _COACHING,
            "tags": ["job_coaching", "individual_work"],
            "employer": "Esimerkki ry",
            "share": _d("100"),
        },
    ),
    ("references",): (
        {
            "id": "r1",
            "start": date(2023, 1, 1),
            "end": date(2025, 12, 31),
            "title": (
                "Työhönvalmennus nuorille",
                "Jobbcoachning för unga",
                "Job coaching for young people",
            ),
            "buyer": _BUYER,
            "tags": ["job_coaching", "employment_services"],
            "value_per_year": _d("85000"),
            "clients": 180,
            "contact": ("Palvelupäällikkö, hankinnat", "Servicechef, upphandling", "Service manager, procurement"),
            "description": (
                "Yksilövalmennusta kolmen vuoden sopimuksella, noin 60 asiakasta vuodessa.",
                "Individuell coachning med ett treårigt avtal, ungefär 60 klienter om året.",
                "Individual coaching under a three-year contract, about 60 clients a year.",
            ),
        },
    ),
    ("client_groups",): (
        {
            "id": "nuoret",
            "name": _YOUNG,
            "needs": (
                "Ensimmäinen työpaikka tai opiskelupaikka",
                "Den första arbets- eller studieplatsen",
                "A first job or place to study",
            ),
        },
    ),
    ("partners",): (
        {
            "id": "paja",
            "name": ("Esimerkkipaja ry", "Exempelverkstaden rf", "Example Workshop"),
            "business_id": "3134980-3",
            "role": "subcontractor",
            "competence": ("Puu- ja metallipajat", "Trä- och metallverkstäder", "Wood and metal workshops"),
            "municipalities": ["609"],
            "languages": ["fi"],
            "contact": "paja@esimerkki.example",
            "agreed": True,
        },
    ),
    ("funding",): (
        {
            "id": "avustus-1",
            "start": date(2026, 1, 1),
            "end": date(2026, 12, 31),
            "title": ("Toiminta-avustus", "Verksamhetsbidrag", "Operating grant"),
            "kind": "grant",
            "amount": _d("60000"),
            "source": ("Avustuspäätös 2026", "Bidragsbeslut 2026", "Grant decision 2026"),
        },
    ),
    ("services",): (
        {
            "id": "valmennus",
            "name": _COACHING,
            "kind": "job_coaching",
            "promise": (
                "Valmentaja kulkee mukana töihin asti.",
                "Coachen följer med ända till arbetet.",
                "The coach walks along all the way to work.",
            ),
            "client_groups": ["nuoret"],
            "need": ("Työnhaku on katkennut.", "Arbetssökandet har avbrutits.", "The search for work has broken off."),
            "aim": ("Asiakas saa työpaikan.", "Klienten får en arbetsplats.", "The client gets a job."),
            "content": (
                "Viikoittaiset tapaamiset, työpaikan haku yhdessä ja tuki työn alkaessa.",
                "Möten varje vecka, gemensamt arbetssökande och stöd när arbetet börjar.",
                "Weekly meetings, looking for work together and support when the work begins.",
            ),
            "dose.hours": _d("16"),
            "dose.individual_hours": _d("16"),
            "dose.weeks": _d("16"),
            "methods": ("Tuettu työllistyminen", "Supported employment", "Supported employment"),
            "tools": ["Kykyviisari"],
            "staff_roles": ["coach"],
            "clients_per_coach": 20,
            "sites": ["pori"],
            "in_person": _d("80"),
            "languages": ["fi", "sv"],
            "start_within_days": 10,
            "capacity.clients": 20,
            "capacity.clients_per_year": 60,
            "work_hours": [{"unit": "client", "hours": _d("20")}],
            "result": (
                "Työsuhde tai opiskelupaikka. Tilanne kysytään kolmen kuukauden päästä.",
                "Anställning eller studieplats. Läget frågas efter tre månader.",
                "A job or a place to study. The situation is asked after three months.",
            ),
            "reports_per_year": 4,
        },
    ),
    ("services", "steps"): (
        {
            "service": "valmennus",
            "name": ("Aloitus", "Start", "Start"),
            "phase": "start",
            "what": (
                "Tavataan ja sovitaan tavoitteet.",
                "Vi träffas och kommer överens om målen.",
                "We meet and agree on the aims.",
            ),
            "hours": _d("1.5"),
            "owner": _COACH,
        },
        {
            "service": "valmennus",
            "name": ("Seuranta", "Uppföljning", "Follow-up"),
            "phase": "follow_up",
            "what": ("Kysytään, mitä kuuluu.", "Vi frågar hur det går.", "We ask how things are."),
            "hours": _d("0.5"),
            "owner": _COACH,
        },
    ),
    ("services", "modules"): (
        {
            "service": "valmennus",
            "id": "hakemus",
            "name": ("Hakemuspaja", "Ansökningsverkstad", "Application workshop"),
            "what": ("Hakemus ja ansioluettelo kuntoon", "Ansökan och cv i skick", "Application and CV made ready"),
            "hours": _d("3"),
        },
    ),
    ("cost_basis",): (
        {
            "year": 2027,
            "working_time.working_days": 252,
            "working_time.day": Decimal(7) + Decimal(40) / 60,
            "working_time.leave_days": _d("25"),
            "working_time.other_absence_days": _d("10"),
            "working_time.client_share": _d("70"),
            "holiday_bonus": _d("50"),
            "holiday_days": 30,
            "other_payroll": _d("180000"),
            "overhead": _d("12"),
            "risk": _d("3"),
            "source": ("Talousarvio 2027", "Budget 2027", "Budget 2027"),
        },
    ),
    ("cost_basis", "side_costs"): (
        {
            "year": 2027,
            "pension": _d("17.1"),
            "health": _d("1.91"),
            "unemployment": _d("0.31"),
            "unemployment_above": _d("1.23"),
            "threshold": _d("2509500"),
            "accident": _d("0.57"),
            "group_life": _d("0.06"),
            "source": ("Oma päätös", "Eget beslut", "Own decision"),
        },
    ),
    ("salaries",): (
        {
            "id": "palkka-1",
            "title": _COACH,
            "staff": "valmentaja-1",
            "monthly": _d("3000"),
            "months": _d("12"),
            "working_time": _d("100"),
            "allocations": _SHARES,
            "productive": True,
            "funding": "market",
            "source": ("Palkkataulukko 1.1.2027", "Lönetabell 1.1.2027", "Pay scale 1 Jan 2027"),
        },
    ),
    ("cost_items",): (
        {
            "id": "tilat",
            "title": ("Tilat", "Lokaler", "Premises"),
            "amount": _d("600"),
            "driver": "per_month",
            "kind": "premises",
            "allocations": _SHARES,
            "funding": "market",
            "source": ("Vuokrasopimus", "Hyresavtal", "Lease"),
        },
        {
            "id": "matkat",
            "title": ("Matkat", "Resor", "Travel"),
            "amount": _d("2.5"),
            "driver": "per_hour",
            "kind": "travel",
            "allocations": _SHARES,
            "funding": "market",
            "source": ("Toteuma 2026", "Utfall 2026", "Actual cost 2026"),
        },
    ),
    ("outcomes",): (
        {
            "id": "t1",
            "service": "valmennus",
            "client_group": "nuoret",
            "start": date(2025, 1, 1),
            "end": date(2025, 12, 31),
            "indicator": "employed",
            "cohort": 60,
            "followed_up": 58,
            "reached": 18,
            "follow_up_months": 3,
            "definition": (
                "Työsuhde avoimilla työmarkkinoilla",
                "Anställning på den öppna arbetsmarknaden",
                "A job in the open labour market",
            ),
            "instrument": ("Asiakasrekisteri", "Klientregister", "Client register"),
            "collector": ("Valmentaja", "Coachen", "The coach"),
            "source": ("Seurantaraportti 2025", "Uppföljningsrapport 2025", "Follow-up report 2025"),
            "consent": True,
        },
    ),
    ("tender",): (
        {
            "title": (
                "Työllistymistä tukevat valmennuspalvelut",
                "Coachningstjänster som stöder sysselsättningen",
                "Coaching services that support employment",
            ),
            "reference": "ESI/1/2027",
            "buyer": _BUYER,
            "buyer_contact": ("Tarjouspalvelu", "Anbudstjänsten", "Tendering portal"),
            "procedure": "open",
            "deadline": datetime(2027, 2, 15, 12),
            "questions_until": datetime(2027, 1, 29, 16),
            "valid_until": date(2027, 6, 30),
            "contract.start": date(2027, 4, 1),
            "contract.end": date(2029, 3, 31),
            "languages": ["fi", "sv"],
            "cpv": ["85312320-8"],
            "area": ["609", "886"],
            "vat_rule": "per_line",
            "price_in_bid": False,
            "purchase_commitment": False,
            "price_points": _d("40"),
            "price_formula": "ratio",
            "quality_points": _d("60"),
            "quality_scaling": "sum",
        },
    ),
    ("tender", "contract", "options"): (
        {
            "months": 12,
            "notice": (
                "Tilaaja ilmoittaa optiosta kuusi kuukautta ennen kauden loppua",
                "Beställaren meddelar om optionen sex månader innan perioden går ut",
                "The buyer gives notice of the option six months before the term ends",
            ),
        },
    ),
    ("tender", "documents"): (
        {
            "id": "tp",
            "title": ("Tarjouspyyntö", "Anbudsförfrågan", "Invitation to tender"),
            "version": "1",
            "published": date(2026, 12, 1),
        },
    ),
    ("tender", "questions"): (
        {
            "id": "k1",
            "asked": date(2026, 12, 10),
            "answered": date(2026, 12, 17),
            "question": (
                "Voiko valmennuksen antaa etänä?",
                "Kan coachningen ges på distans?",
                "May the coaching be given remotely?",
            ),
            "answer": ("Kyllä, enintään puolet.", "Ja, högst hälften.", "Yes, half of it at most."),
        },
    ),
    ("lots",): (
        {
            "id": "osa1",
            "number": "1",
            "title": _COACHING,
            "description": (
                "Yksilövalmennus, noin 60 asiakasta vuodessa",
                "Individuell coachning, ungefär 60 klienter om året",
                "Individual coaching, about 60 clients a year",
            ),
            "area": ["609"],
            "client_groups": ["nuoret"],
        },
    ),
    ("conditions",): (
        {
            "id": "3.1",
            "text": (
                "Palvelussa on voitava palvella vähintään 8 asiakasta päivässä.",
                "I tjänsten ska man kunna betjäna minst 8 klienter per dag.",
                "The service must be able to serve at least 8 clients a day.",
            ),
            "kind": "minimum_capacity",
            "binding": "knock_out",
            "parameter1": "clients",
            "value1": 8,
            "parameter2": "per",
            "value2": "day",
            "lots": ["osa1"],
            **_CLAUSE,
        },
        {
            "id": "3.2",
            "text": (
                "Tarjous on voimassa vähintään 31.8.2027 asti.",
                "Anbudet är i kraft minst till 31.8.2027.",
                "The bid is valid until 31 August 2027 at the least.",
            ),
            "kind": "bid_validity",
            "binding": "knock_out",
            "parameter1": "until",
            "value1": date(2027, 8, 31),
            **_CLAUSE,
        },
        {
            "id": "3.3",
            "text": (
                "Tarjoaja hyväksyy sopimusluonnoksen.",
                "Anbudsgivaren godkänner avtalsutkastet.",
                "The bidder accepts the draft contract.",
            ),
            "kind": "statement",
            "binding": "knock_out",
            **_CLAUSE,
        },
    ),
    ("criteria",): (
        {
            "id": "l1",
            "number": "L1",
            "title": ("Toteutussuunnitelma", "Genomförandeplan", "Delivery plan"),
            "question": (
                "Kuvaa, miten palvelu toteutetaan.",
                "Beskriv hur tjänsten genomförs.",
                "Describe how the service is carried out.",
            ),
            "points": _d("20"),
            "lots": ["osa1"],
            "max_characters": 4000,
            "clause.document": "tp",
            "clause.section": "7",
            "clause.page": "12",
        },
    ),
    ("price_lines",): (
        {
            "id": "h1",
            "lot": "osa1",
            "number": "1.1",
            "title": ("Valmennustunti", "Coachningstimme", "Hour of coaching"),
            "unit": "hour",
            "quantity": _d("800"),
            "vat_basis": "excluded",
            "decimals": 2,
            "compared": True,
            "ceiling": _d("75"),
        },
    ),
    ("requested_attachments",): (
        {
            "id": "p1",
            "title": ("Verovelkatodistus", "Skatteskuldsintyg", "Certificate of tax payment"),
            "mandatory": True,
            "file_types": ["pdf"],
            "clause.document": "tp",
            "clause.section": "8",
            "clause.page": "13",
        },
    ),
    ("bid",): (
        {
            "language": "fi",
            "written_in": "fi",
            "date": date(2027, 2, 10),
            "valid_until": date(2027, 8, 31),
            "letter": (
                "Tarjoamme työhönvalmennusta.",
                "Vi erbjuder jobbcoachning.",
                "We offer job coaching.",
            ),
            "summary": (
                "Kokeneet valmentajat, selkeä hinta, mitatut tulokset.",
                "Erfarna coacher, ett tydligt pris, mätta resultat.",
                "Experienced coaches, a clear price, measured results.",
            ),
            "lot_preference": ["osa1"],
            "name_staff": False,
        },
    ),
    ("lot_offers",): (
        {
            "lot": "osa1",
            "services": ["valmennus"],
            "plan": (
                "Valmentaja aloittaa heti, kun sopimus alkaa.",
                "Coachen börjar genast när avtalet börjar.",
                "The coach starts as soon as the contract does.",
            ),
        },
    ),
    ("lot_offers", "capacity"): ({"lot": "osa1", "service": "valmennus", "clients": 20, "clients_per_day": 8},),
    ("prices",): (
        {
            "line": "h1",
            "service": "valmennus",
            "strategy": "cost_plus",
            "margin": _d("5"),
            "vat.status": "standard",
            "vat.ground": ("AVL 1 §", "MomsL 1 §", "VAT Act, section 1"),
            "vat.decided_by": ("Talouspäällikkö", "Ekonomichefen", "Finance manager"),
            "vat.decided_on": date(2027, 1, 5),
        },
    ),
    ("answers",): (
        {
            "criterion": "l1",
            "text": (
                "Valmentaja tapaa asiakkaan viikoittain ja hakee työpaikkaa hänen kanssaan.",
                "Coachen träffar klienten varje vecka och söker arbete tillsammans med klienten.",
                "The coach meets the client every week and looks for work together with them.",
            ),
            "expected_points": _d("16"),
        },
    ),
    ("attestations",): (
        {
            "condition": "3.3",
            "holds": True,
            "by": _MANAGER,
            "on": date(2027, 2, 1),
            "statement": (
                "Hyväksymme sopimusluonnoksen sellaisenaan.",
                "Vi godkänner avtalsutkastet som sådant.",
                "We accept the draft contract as it is.",
            ),
        },
    ),
    ("attachments",): (
        {
            "id": "liite-1",
            "number": "1",
            "title": ("Verovelkatodistus", "Skatteskuldsintyg", "Certificate of tax payment"),
            "file": "Liite_01_Verovelkatodistus.pdf",
            "answers": "p1",
            "confidential": False,
            "pages": 1,
        },
    ),
    ("rivals",): (
        {
            "id": "k1",
            "lot": "osa1",
            "price": _d("52000"),
            "quality": _d("45"),
            "note": (
                "Arvio edellisestä kilpailutuksesta",
                "Uppskattning från förra upphandlingen",
                "From the last tender",
            ),
        },
    ),
}
