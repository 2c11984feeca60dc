#!/usr/bin/env python3
"""Makes a dossier of any size that builds clean: the same size gives the same files.

    python benchmarks/generate.py 500 /tmp/dossier

Each service has four paragraphs of narrative, a path of three steps, a coach with a salary, twelve cost items,
four outcome rows, a price line with its price, and its part of the conditions: a lot has five services and ten
conditions. Long lists are split over files, because the caps on size are for each file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

IN_A_LOT = 5
IN_A_FILE = 100

ORGANISATION = """\
id: esimerkki
name: Esimerkki ry
business_id: 3134980-3
legal_form: association
address: Esimerkkikatu 1, 28100 Pori
municipality: Pori
registers: [prepayment, employer, vat]
turnover:
  - {year: 2025, amount: 2 420 000}
contact: {role: Palvelupäällikkö, email: toimisto@esimerkki.example}
signatory: {role: Toiminnanjohtaja, email: toimisto@esimerkki.example}
profile: Yhdistys valmentaa työttömiä työnhakijoita koko maakunnassa.
"""
GROUPS = """\
- {id: nuoret, name: Nuoret työnhakijat}
- {id: pitkaan, name: Pitkään työttöminä olleet}
"""
SITES = """\
- {id: pori, name: Porin toimipiste, address: "Esimerkkikatu 1, 28100 Pori", municipality: Pori, accessible: kyllä}
- {id: rauma, name: Rauman toimipiste, address: "Mallikuja 4, 26100 Rauma", municipality: Rauma, accessible: kyllä}
"""
COST_BASIS = """\
year: 2026
working_time: {day: 7 h 40 min, leave_days: 25, other_absence_days: 10, client_share: 70 %}
holiday_bonus: 50 %
overhead: 12 %
risk: 5 %
"""
TENDER = """\
title: Työllistymistä tukevat valmennuspalvelut
reference: ESI/1/2027
buyer: Esimerkkikunta
procedure: open
deadline: 15.2.2027 12:00
valid_until: 30.6.2027
contract: {start: 1.4.2027, end: 31.3.2029}
languages: [fi]
price_in_bid: kyllä
documents:
  - {id: tp, title: Tarjouspyyntö, published: 1.12.2026}
"""
BID = """\
language: fi
date: 10.1.2027
valid_until: 31.8.2027
letter: |
  Tarjoamme tarjouspyynnön mukaiset valmennuspalvelut kokonaisuudessaan.

  Kaikki palvelun tuottamisesta aiheutuvat kulut sisältyvät hintoihin.
summary: Kokeneet valmentajat, selkeä hinta ja seurattu tulos.
"""
CRITERIA = """\
- {id: l1, number: L1, title: Toteutussuunnitelma, question: Kuvaa toteutus., points: 20, max_characters: 600}
"""
ANSWERS = """\
- criterion: l1
  text: Valmentaja tapaa asiakkaan viikoittain ja kirjaa tavoitteen, tehtävät ja seuraavan askeleen suunnitelmaan.
"""


def service(n: int) -> str:
    return f"""\
- id: palvelu-{n}
  name: Työhönvalmennus {n}
  kind: job_coaching
  promise: Valmentaja kulkee mukana töihin asti ja vielä työsuhteen alussa.
  client_groups: [nuoret, pitkaan]
  need: |
    Työnhaku on katkennut, ja asiakas tarvitsee rinnalleen ihmisen, joka tuntee paikalliset työnantajat. Edellisestä
    työstä on kulunut aikaa, ja luottamus omaan osaamiseen on heikentynyt.
  aim: |
    Asiakas saa työpaikan, joka sopii hänen voimavaroihinsa, ja pysyy siinä. **Tavoite** kirjataan suunnitelmaan
    ensimmäisellä viikolla, ja sitä tarkastellaan yhdessä jokaisessa tapaamisessa.
  content: |
    Tapaamisia on {{services.palvelu-{n}.dose.hours}} tuntia {{services.palvelu-{n}.dose.weeks}} viikon aikana.
    Tapaamiset pidetään toimipisteessä, työpaikalla tai muualla, missä asiakas asioi.

    - alkukartoitus ja suunnitelma
    - työpaikkojen etsiminen yhdessä
    - tuki työsuhteen alussa
  methods: |
    Valmennus noudattaa tuetun työllistymisen mallia. Valmentaja käyttää Kykyviisaria alussa ja lopussa, ja muutos
    käydään läpi asiakkaan kanssa.
  steps:
    - {{name: Aloitus, phase: start, what: Sovitaan tavoitteet ja aikataulu., hours: 2}}
    - {{name: Jakso, phase: period, what: Etsitään työtä ja harjoitellaan taitoja., hours: 12}}
    - {{name: Päätös, phase: end, what: Arvioidaan tulos ja sovitaan jatko., hours: 2}}
  dose: {{hours: 16, individual_hours: 12, weeks: {12 + n % 8}}}
  staff_roles: coach
  sites: [pori]
  languages: fi
  start_within_days: 10
  capacity: {{clients: 40, clients_per_day: 8, clients_per_year: 120}}
  work_hours:
    - {{unit: client, hours: 18}}
  result: Kolmasosa asiakkaista on työssä tai koulutuksessa jakson jälkeen.
"""


def staff(n: int) -> str:
    return f"""\
- id: valmentaja-{n}
  title: Työvalmentaja
  roles: coach
  services: palvelu-{n}
  hours_per_week: 37,5
  languages:
    - {{language: fi, level: native}}
"""


def salaries(n: int) -> str:
    return (
        f"- {{id: palkka-{n}, title: Työvalmentaja, staff: valmentaja-{n}, monthly: '{2900 + n % 300}',\n"
        f"   funding: market, source: Palkkataulukko, allocations: [{{service: palvelu-{n}, share: 100 %}}]}}\n"
    )


_ITEMS = (
    ("Tilat", "premises", "per_year", 7200),
    ("Siivous", "premises", "per_month", 180),
    ("Tietokoneet", "ict", "per_year", 1500),
    ("Ohjelmistot", "ict", "per_month", 45),
    ("Puhelimet", "ict", "per_month", 38),
    ("Aineistot", "materials", "per_client", 24),
    ("Matkat", "travel", "per_client", 65),
    ("Työnohjaus", "training", "per_year", 960),
    ("Koulutus", "training", "per_year", 700),
    ("Vakuutukset", "insurance", "per_year", 310),
    ("Kalusteet", "other", "per_year", 280),
    ("Tiedotus", "other", "per_month", 60),
)


def cost_items(n: int) -> str:
    return "".join(
        f"- {{id: kulu-{n}-{i}, title: {title} {n}, amount: '{amount + n % 50}', driver: {driver}, kind: {kind},\n"
        f"   funding: market, source: Kirjanpito, allocations: [{{service: palvelu-{n}, share: 100 %}}]}}\n"
        for i, (title, kind, driver, amount) in enumerate(_ITEMS)
    )


def outcomes(n: int) -> str:
    rows = (("employed", 22), ("education_started", 15), ("work_trial", 12), ("dropped_out", 11))
    return "".join(
        f"- {{id: tulos-{n}-{i}, service: palvelu-{n}, client_group: {'nuoret' if i % 2 else 'pitkaan'},\n"
        f"   indicator: {indicator}, start: 1.1.2025, end: 31.12.2025, cohort: {60 + n % 30}, followed_up: 58,\n"
        f"   reached: {reached + n % 7}, follow_up_months: 3, definition: Tilanne seurannassa,\n"
        "   instrument: Asiakasrekisteri, collector: Yhdistys, source: Seurantaraportti}\n"
        for i, (indicator, reached) in enumerate(rows)
    )


def price_line(n: int) -> str:
    return (
        f"- {{id: h{n}, number: '{n}', lot: osa{_lot_of(n)}, title: Työhönvalmennus {n}, unit: client,\n"
        "   quantity: 60, ceiling: '2000'}\n"
    )


def price(n: int) -> str:
    return (
        f"- {{line: h{n}, service: palvelu-{n}, strategy: cost_plus, margin: 5 %,\n"
        "   vat: {status: standard, ground: AVL 1 §, decided_by: Talouspäällikkö}}\n"
    )


def lot(n: int) -> str:
    return f"- {{id: osa{n}, number: '{n}', title: Valmennus {n}}}\n"


def lot_offer(n: int, services: int) -> str:
    first = (n - 1) * IN_A_LOT + 1
    names = ", ".join(f"palvelu-{i}" for i in range(first, min(first + IN_A_LOT, services + 1)))
    return f"- {{lot: osa{n}, services: [{names}]}}\n"


_CONDITIONS = (
    ("minimum_capacity", "Palvelussa on voitava palvella asiakkaita päivässä.", "{clients: 8, per: day}"),
    ("minimum_capacity", "Palvelussa on voitava palvella asiakkaita yhtä aikaa.", "{clients: 40, per: at_once}"),
    ("maximum_duration", "Palvelu kestää enintään 16 tuntia.", "{hours: 16}"),
    ("start_after_order", "Palvelu alkaa kymmenessä päivässä tilauksesta.", "{working_days: 10}"),
    ("service_language", "Palvelua on saatava suomeksi.", "{languages: [fi]}"),
    ("price_ceiling", "Yksikköhinta on enintään 2 000 euroa.", "{ceiling: '2000'}"),
    ("no_zero_price", "Hinta ei saa olla nolla.", "{}"),
)


def conditions(n: int) -> str:
    judged = "".join(
        f"- {{id: v{n}.{i}, kind: {kind}, text: {text}, lots: [osa{n}], parameters: {parameters},\n"
        f"   clause: {{document: tp, section: '3.{i}', page: '7'}}}}\n"
        for i, (kind, text, parameters) in enumerate(_CONDITIONS)
    )
    return judged + "".join(
        f"- {{id: v{n}.{i}, kind: statement, text: Tarjoaja hyväksyy ehdon {i}., lots: [osa{n}]}}\n" for i in (7, 8, 9)
    )


def attestations(n: int) -> str:
    return "".join(
        f"- {{condition: v{n}.{i}, holds: kyllä, by: Toiminnanjohtaja, on: 5.1.2027,\n"
        "   statement: Hyväksymme ehdon sellaisenaan.}\n"
        for i in (7, 8, 9)
    )


def _lot_of(n: int) -> int:
    return (n - 1) // IN_A_LOT + 1


def files(services: int) -> Iterator[tuple[str, str]]:
    """Yield the path of each file of a dossier of so many services, with its text."""
    lots = _lot_of(services)
    once = {
        "organisation": ORGANISATION,
        "client_groups": GROUPS,
        "sites": SITES,
        "cost_basis": COST_BASIS,
        "tender": TENDER,
        "bid": BID,
        "criteria": CRITERIA,
        "answers": ANSWERS,
    }
    lists: dict[str, tuple[Callable[[int], str], int]] = {
        "services": (service, services),
        "staff": (staff, services),
        "salaries": (salaries, services),
        "cost_items": (cost_items, services),
        "outcomes": (outcomes, services),
        "price_lines": (price_line, services),
        "prices": (price, services),
        "lots": (lot, lots),
        "lot_offers": (lambda n: lot_offer(n, services), lots),
        "conditions": (conditions, lots),
        "attestations": (attestations, lots),
    }
    yield from ((f"{noun}.yaml", text) for noun, text in once.items())
    for noun, (entry, count) in lists.items():
        for first in range(1, count + 1, IN_A_FILE):
            part = range(first, min(first + IN_A_FILE, count + 1))
            yield f"{noun}/{first:05}.yaml", "".join(entry(n) for n in part)


def write(services: int, folder: Path) -> Path:
    """Write a dossier of so many services to ``folder`` and return it."""
    for name, text in files(services):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


OWN = (
    "organisation",
    "client_groups",
    "sites",
    "cost_basis",
    "services",
    "staff",
    "salaries",
    "cost_items",
    "outcomes",
)


def business_id(n: int) -> str:
    """Return a business ID with a right check digit, another for each ``n``."""
    for number in range(1_000_000 + 20 * n, 9_999_999):
        rest = sum(int(d) * w for d, w in zip(str(number), (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{number}-{rest and 11 - rest}"
    raise ValueError(n)


def member(n: int, services: int) -> dict[str, str]:
    """Return the files of the n-th member of a consortium; the first is the lead and has the tender as well."""
    found: dict[str, str] = {}
    for name, text in files(services):
        noun = name.removesuffix(".yaml").split("/")[0]
        if n == 1 or noun in OWN:
            found[name] = text
    if n > 1:
        named = re.compile(r"\b(palvelu|valmentaja|palkka|kulu|tulos)-(?=\d)")
        found = {name: named.sub(rf"\g<1>-j{n:02}-", text) for name, text in found.items()}
        mine = (
            found["organisation.yaml"].replace("id: esimerkki", f"id: jasen-{n}").replace("3134980-3", business_id(n))
        )
        found["organisation.yaml"] = mine.replace("Esimerkki ry", f"Jäsen {n} ry").replace("katu 1", f"katu {n}")
        found["sites.yaml"] = found["sites.yaml"].replace("katu 1", f"katu {n}").replace("kuja 4", f"kuja {n + 4}")
        for name in [one for one in found if one.startswith("services/")]:
            found[name] = (
                found[name].replace("Työhönvalmennus ", f"Valmennus {n}.").replace("job_coaching", f"coaching_{n}")
            )
    return found


def partners(count: int, services: int, folder: Path) -> list[Path]:
    """Write the workbooks that members of a consortium send: a folder for the lead, one file for each other."""
    from bidkit.dossier.load import load
    from bidkit.dossier.workbook_writer import workbooks
    from bidkit.dossier.written import written

    found: list[Path] = []
    for n in range(1, count + 1):
        texts = folder / f"yaml{n}"
        for name, text in member(n, services).items():
            path = texts / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        dossier = load(texts).dossier
        if dossier is None:
            raise SystemExit(f"member {n} cannot be read")
        books = workbooks(written(dossier), "fi", examples=False)
        if n == 1:
            (folder / "lead").mkdir()
            for name, data in books.items():
                (folder / "lead" / name).write_bytes(data)
            found.append(folder / "lead")
        else:
            found.append(folder / f"member{n}.xlsx")
            found[-1].write_bytes(books["tiedot.xlsx"])
    return found


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
