"""A small dossier as files: whole and clean; a test changes a line and looks at what is found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "organisation": """\
id: esimerkki
name: Esimerkki ry
business_id: 3134980-3
legal_form: association
address: Esimerkkikatu 1, 28100 Pori
municipality: Pori
registers: [prepayment, employer, vat]
turnover:
  - year: 2025
    amount: 420 000
contact:
  role: Palvelupäällikkö
  email: toimisto@esimerkki.example
signatory:
  role: Toiminnanjohtaja
  email: toimisto@esimerkki.example
profile: Yhdistys valmentaa työttömiä työnhakijoita.
""",
    "client_groups": """\
- id: nuoret
  name: Nuoret työnhakijat
""",
    "sites": """\
- id: pori
  name: Porin toimipiste
  address: Esimerkkikatu 1, 28100 Pori
  municipality: Pori
  accessible: kyllä
""",
    "staff": """\
- id: valmentaja
  title: Työvalmentaja
  roles: coach
  services: valmennus
  hours_per_week: 37,5
  languages:
    - {language: fi, level: native}
""",
    "services": """\
- id: valmennus
  name: Työhönvalmennus
  kind: job_coaching
  promise: Valmentaja kulkee mukana töihin asti.
  client_groups: nuoret
  need: Työnhaku on katkennut.
  aim: Asiakas saa työpaikan.
  content: Tapaamisia on {services.valmennus.dose.hours} tuntia.
  steps:
    - name: Aloitus
      phase: start
      what: Sovitaan tavoitteet.
  dose: {hours: 16, weeks: 16}
  methods: Työhönvalmennus.
  staff_roles: coach
  sites: pori
  languages: fi
  start_within_days: 10
  capacity: {clients: 20, clients_per_day: 8, clients_per_year: 60}
  work_hours:
    - {unit: client, hours: 16}
  result: Työsuhde.
""",
    "cost_basis": """\
year: 2026
working_time:
  day: 7 h 40 min
  leave_days: 25
  other_absence_days: 10
  client_share: 70 %
holiday_bonus: 50 %
overhead: 12 %
risk: 5 %
""",
    "salaries": """\
- id: valmentaja-1
  title: Työvalmentaja
  staff: valmentaja
  monthly: 3 000
  allocations:
    - {service: valmennus, share: 100 %}
  funding: market
  source: Palkkataulukko
""",
    "cost_items": """\
- id: tilat
  title: Tilat
  amount: 7 200
  driver: per_year
  kind: premises
  allocations:
    - {service: valmennus, share: 100 %}
  funding: market
  source: Vuokrasopimus
""",
    "outcomes": """\
- id: t1
  service: valmennus
  client_group: nuoret
  indicator: employed
  start: 1.1.2025
  end: 31.12.2025
  cohort: 60
  followed_up: 58
  reached: 18
  follow_up_months: 3
  definition: Työsuhde avoimilla työmarkkinoilla
  instrument: Asiakasrekisteri
  collector: Yhdistys
  source: Seurantaraportti
""",
    "tender": """\
title: Työllistymistä tukevat valmennuspalvelut
reference: ESI/1/2027
buyer: Esimerkkikunta
procedure: open
deadline: 15.2.2027 12:00
valid_until: 30.6.2027
contract: {start: 1.4.2027, end: 31.3.2029}
languages: fi
documents:
  - {id: tp, title: Tarjouspyyntö, published: 1.12.2026}
""",
    "lots": """\
- id: osa1
  number: 1
  title: Työhönvalmennus
""",
    "conditions": """\
- id: v1
  kind: minimum_capacity
  text: Palvelussa on voitava palvella vähintään 8 asiakasta päivässä.
  clause: {document: tp, section: 3.2, page: 7}
  parameters: {clients: 8, per: day}
- id: v2
  kind: statement
  text: Tarjoaja hyväksyy sopimusluonnoksen.
""",
    "criteria": """\
- id: l1
  number: L1
  title: Toteutussuunnitelma
  question: Kuvaa toteutus.
  points: 20
  max_characters: 200
""",
    "price_lines": """\
- id: h1
  number: 1.1
  lot: osa1
  title: Valmennustunti
  unit: hour
  quantity: 800
  ceiling: 75
""",
    "bid": """\
language: fi
date: 10.1.2027
valid_until: 31.8.2027
letter: Tarjoamme valmennuspalvelut.
summary: Kokenut valmentaja, selkeä hinta.
""",
    "lot_offers": """\
- lot: osa1
  services: valmennus
""",
    "prices": """\
- line: h1
  service: valmennus
  strategy: cost_plus
  margin: 5 %
  vat: {status: standard, ground: AVL 1 §, decided_by: Talouspäällikkö}
""",
    "answers": """\
- criterion: l1
  text: Valmentaja tapaa asiakkaan viikoittain.
""",
    "attestations": """\
- condition: v2
  holds: kyllä
  by: Toiminnanjohtaja
  on: 5.1.2027
  statement: Hyväksymme sopimusluonnoksen sellaisenaan.
""",
}


def write(folder: Path, **changed: str | None) -> Path:
    """Write the dossier; a noun given as text replaces its file, one given as None is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for noun, text in (FILES | changed).items():
        if text is not None:
            (folder / f"{noun}.yaml").write_text(text, encoding="utf-8")
    return folder


def change(noun: str, old: str, new: str) -> dict[str, str]:
    """Return one file with ``old`` replaced by ``new``; ``old`` must be there exactly once."""
    text = FILES[noun]
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {noun}"
    return {noun: text.replace(old, new)}
