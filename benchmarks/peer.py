#!/usr/bin/env python3
"""The peer: what bidkit builds, made the usual way with ruamel.yaml, docxtpl and openpyxl.

    python benchmarks/peer.py DOSSIER TEMPLATE OUT

It reads a dossier of `generate.py`, computes costs and prices, judges the conditions, and writes the bid, the price
workbook and the cost workbook with the same tables, texts, cells and formulas. It does less than bidkit: it checks
nothing of what it reads, knows no places, draws no charts, writes no table of contents, stores no values beside its
formulas, does not read back and makes no version.
"""

from __future__ import annotations

import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from ruamel.yaml import YAML

VAT = Decimal("25.5")
RATES = {"pension": "17.10", "health": "1.91", "unemployment": "0.31", "accident": "0.70", "group_life": "0.06"}
PHASES = {"start": "Aloitus", "period": "Palvelujakso", "end": "Päätös"}
INDICATORS = {
    "employed": "Työllistyi avoimille työmarkkinoille",
    "education_started": "Aloitti koulutuksen",
    "work_trial": "Työkokeilussa",
    "dropped_out": "Keskeytti palvelun",
}
DRIVERS = {"per_year": "vuosi", "per_month": "kuukausi", "per_client": "asiakas"}


# --- reading and reckoning ---------------------------------------------------------------------------
def load(folder: Path) -> dict[str, Any]:
    yaml = YAML(typ="safe")
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        noun = path.stem if path.parent == folder else path.parent.name
        content = yaml.load(path)
        found[noun] = found.get(noun, []) + content if isinstance(content, list) else content
    return found


def number(written: object) -> Decimal:
    return Decimal(re.sub(r"[^\d,.-]", "", str(written)).replace(",", "."))


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def fi(value: Decimal | int, places: int = 2) -> str:
    return f"{value:,.{places}f}".replace(",", "\u00a0").replace(".", ",")


def euros(value: Decimal) -> str:
    return f"{fi(value)}\u00a0€"


def salary_cost(salary: dict[str, Any], basis: dict[str, Any]) -> dict[str, Decimal]:
    monthly = number(salary["monthly"])
    yearly, holiday = cents(monthly * 12), cents(monthly * 30 / 25)
    bonus = cents(holiday * number(basis["holiday_bonus"]) / 100)
    gross = yearly + bonus
    side = {name: cents(gross * Decimal(rate) / 100) for name, rate in RATES.items()}
    return {
        "monthly": monthly,
        "yearly": yearly,
        "holiday": holiday,
        "bonus": bonus,
        "gross": gross,
        **side,
        "total": gross + sum(side.values()),
    }


def reckon(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the cost and price of each service by its id."""
    basis = data["cost_basis"]
    day = Decimal(7) + Decimal(40) / 60
    time = basis["working_time"]
    days = Decimal(252) - number(time["leave_days"]) - number(time["other_absence_days"])
    hours = cents(cents(days * day) * number(time["client_share"]) / 100)
    overhead, risk = number(basis["overhead"]), number(basis["risk"])
    salaries: dict[str, list[Any]] = {}
    for one in data["salaries"]:
        for allocation in one["allocations"]:
            salaries.setdefault(allocation["service"], []).append((one, salary_cost(one, basis)))
    items: dict[str, list[Any]] = {}
    for one in data["cost_items"]:
        for allocation in one["allocations"]:
            items.setdefault(allocation["service"], []).append(one)
    prices = {one["service"]: one for one in data["prices"]}
    lines = {one["id"]: one for one in data["price_lines"]}
    found = {}
    for service in data["services"]:
        id_ = service["id"]
        line = lines[prices[id_]["line"]]
        yearly = sum((cost["total"] for _, cost in salaries[id_]), Decimal(0))
        per_client = Decimal(0)
        for item in items[id_]:
            amount = number(item["amount"])
            if item["driver"] == "per_client":
                per_client += amount
            else:
                yearly += amount * 12 if item["driver"] == "per_month" else amount

        def loaded(direct: Decimal) -> Decimal:
            extra = cents(direct * overhead / 100)
            return direct + extra + cents((direct + extra) * risk / 100)

        sold = hours * len(salaries[id_])
        hourly = cents(loaded(yearly) / sold)
        work = next(number(w["hours"]) for w in service["work_hours"] if w["unit"] == line["unit"])
        unit_cost = cents(work * hourly) + loaded(per_client)
        price = cents(unit_cost * (1 + number(prices[id_]["margin"]) / 100))
        quantity = number(line["quantity"])
        net = cents(price * quantity)
        vat = cents(net * VAT / 100)
        found[id_] = {
            "line": line,
            "salaries": salaries[id_],
            "items": items[id_],
            "hours": sold,
            "hourly": hourly,
            "unit_cost": unit_cost,
            "price": price,
            "quantity": quantity,
            "net": net,
            "vat": vat,
            "gross": net + vat,
            "work": work,
        }
    return found


def judge(condition: dict[str, Any], services: list[dict[str, Any]], costs: dict[str, Any], data: Any) -> str:
    """Return the explanation of a condition of the generator's kinds; all of them are met."""
    parameters = condition.get("parameters") or {}
    kind = condition["kind"]
    if kind == "minimum_capacity":
        field = {"day": "clients_per_day", "at_once": "clients"}[parameters["per"]]
        total = sum(s["capacity"][field] for s in services)
        assert total >= parameters["clients"]
        return f"Voimme palvella {total} asiakasta; vaaditaan vähintään {parameters['clients']} asiakasta."
    if kind == "maximum_duration":
        longest = max(s["dose"]["hours"] for s in services)
        assert longest <= parameters["hours"]
        return f"{services[0]['name']}: kesto asiakasta kohden {longest} h; sallitaan enintään {parameters['hours']} h."
    if kind == "start_after_order":
        slowest = max(s["start_within_days"] for s in services)
        assert slowest <= parameters["working_days"]
        return f"{services[0]['name']}: tilauksesta aloitukseen enintään {slowest} työpäivää."
    if kind == "service_language":
        assert all(set(parameters["languages"]) <= {s["languages"]} for s in services)
        return f"{services[0]['name']}: palvelua annetaan pyydetyillä kielillä (suomi), ja henkilöstö osaa ne."
    highest = max(costs[s["id"]]["price"] for s in services)
    if kind == "price_ceiling":
        assert highest <= number(parameters["ceiling"])
        return f"Rivin hinta on {euros(highest)} ilman arvonlisäveroa; sallitaan enintään {parameters['ceiling']} €."
    assert highest > 0
    return f"Kaikki hinnat ovat yli nollan; pienin on {euros(min(costs[s['id']]['price'] for s in services))}."


# --- the Word bid ------------------------------------------------------------------------------------
def paragraphs(text: str, service: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    if service is not None:
        text = re.sub(r"\{services\.[\w-]+\.dose\.(\w+)\}", lambda m: str(service["dose"][m[1]]), text)
    found = []
    for block in re.split(r"\n\s*\n", text.replace("**", "").strip()):
        if block.startswith("- "):
            found += [{"bullet": True, "text": one[2:]} for one in block.splitlines()]
        else:
            found.append({"bullet": False, "text": " ".join(block.split())})
    return found


def wilson(reached: int, cohort: int) -> str:
    z, share = 1.959964, reached / cohort
    middle = share + z * z / (2 * cohort)
    half = z * ((share * (1 - share) + z * z / (4 * cohort)) / cohort) ** 0.5
    low, high = ((middle + sign * half) / (1 + z * z / cohort) * 100 for sign in (-1, 1))
    return f"{low:.1f}–{high:.1f}\u00a0%".replace(".", ",")


def service_view(service: dict[str, Any], data: dict[str, Any], staff: list[dict[str, Any]]) -> dict[str, Any]:
    groups = {one["id"]: one["name"] for one in data["client_groups"]}
    sites = {one["id"]: one for one in data["sites"]}
    dose = service["dose"]
    texts = {name: paragraphs(service[name], service) for name in ("aim", "result", "need", "content", "methods")}
    return {
        "name": service["name"],
        "promise": service["promise"],
        **texts,
        "groups": [groups[g] for g in service["client_groups"]],
        "steps": [{**step, "phase": PHASES[step["phase"]]} for step in service["steps"]],
        "dose": [
            ("Tunteja asiakasta kohden yhteensä", f"{dose['hours']} h"),
            ("Niistä yksilötyötä", f"{dose['individual_hours']} h"),
            ("Asiakkaan jakson pituus", f"{dose['weeks']} viikkoa"),
            ("Aloitus tilauksesta", f"{service['start_within_days']} työpäivää"),
            ("Asiakkaita yhtä aikaa", service["capacity"]["clients"]),
        ],
        "sites": [sites[s] for s in service["sites"]],
        "languages": "suomi",
        "staff": ", ".join(one["title"] for one in staff),
    }


def sources(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = [
        ("Tarjouspyyntö", data["tender"]["title"], "–", "–"),
        ("Tarjous", data["bid"]["date"], "–", "–"),
        ("Tarjoajan perustiedot", data["organisation"]["name"], "–", "–"),
    ]
    found += [("Palvelu", one["name"], one["id"], "–") for one in data["services"]]
    found += [("Työntekijä", one["title"], one["id"], "–") for one in data["staff"]]
    found += [("Hinta", one["title"], one["id"], "–") for one in data["price_lines"]]
    found += [
        ("Vakuutus ehdon täyttymisestä", f"{one['by']}, {one['on']}", one["condition"], "–")
        for one in data["attestations"]
    ]
    found += [("Tulos", INDICATORS[one["indicator"]], one["id"], one["source"]) for one in data["outcomes"]]
    return [
        {"number": f"L{n}", "kind": kind, "name": name, "id": id_, "origin": origin}
        for n, (kind, name, id_, origin) in enumerate(found, 1)
    ]


def bid(data: dict[str, Any], costs: dict[str, Any], template: Path, out: Path) -> None:
    tender, org, basics = data["tender"], data["organisation"], data["bid"]
    services = {one["id"]: one for one in data["services"]}
    staff: dict[str, list[Any]] = {}
    for one in data["staff"]:
        staff.setdefault(one["services"], []).append(one)
    offers = {one["lot"]: one["services"] for one in data["lot_offers"]}
    attested = {one["condition"]: one for one in data["attestations"]}
    conditions = []
    for one in data["conditions"]:
        row = {"id": one["id"], "text": one["text"], "clause": "", "rows": "L4–L8", "chapter": "Palvelukuvaukset"}
        if "clause" in one:
            row["clause"] = f"Tarjouspyyntö, kohta {one['clause']['section']}, s. {one['clause']['page']}"
        if one["kind"] == "statement":
            word = attested[one["id"]]
            row |= {"state": "Vakuutettu", "why": f"{word['statement']} ({word['by']}, {word['on']})"}
        else:
            mine = [services[s] for lot in one["lots"] for s in offers[lot]]
            row |= {"state": "Täyttyy", "why": judge(one, mine, costs, data)}
        conditions.append(row)
    lots = []
    for lot in data["lots"]:
        mine = [costs[s] for s in offers[lot["id"]]]
        net, vat = sum(c["net"] for c in mine), sum(c["vat"] for c in mine)
        lots.append(
            {
                "number": lot["number"],
                "title": lot["title"],
                "services": [service_view(services[s], data, staff[s]) for s in offers[lot["id"]]],
                "lines": [
                    {
                        "number": c["line"]["number"],
                        "title": c["line"]["title"],
                        "unit": "asiakas",
                        "quantity": fi(c["quantity"], 0),
                        "price": euros(c["price"]),
                        "net": euros(c["net"]),
                        "vat": euros(c["vat"]),
                    }
                    for c in mine
                ],
                "totals": [
                    ("Osa-alueen vertailuhinta", euros(net)),
                    ("Yhteensä ilman alv", euros(net)),
                    ("Alv", euros(vat)),
                    ("Yhteensä alv:n kanssa", euros(net + vat)),
                ],
            }
        )
    groups = []
    for group in data["client_groups"]:
        rows = [one for one in data["outcomes"] if one["client_group"] == group["id"]]
        groups.append(
            {
                "name": group["name"],
                "services": ", ".join(dict.fromkeys(services[r["service"]]["name"] for r in rows)),
                "rows": [
                    {
                        **r,
                        "what": f"{n}. {INDICATORS[r['indicator']]}",
                        "service": services[r["service"]]["name"],
                        "period": f"{r['start']}–{r['end']}",
                        "after": f"{r['follow_up_months']} kuukautta päättymisestä",
                        "rate": f"{fi(Decimal(r['reached'] * 100) / r['cohort'], 1)} %",
                        "interval": wilson(r["reached"], r["cohort"]),
                    }
                    for n, r in enumerate(rows, 1)
                ],
            }
        )
    texts = {one["criterion"]: one["text"] for one in data["answers"]}
    context = {
        "tender": tender,
        "org": org,
        "conditions": conditions,
        "lots": lots,
        "groups": groups,
        "cover": [
            ("Tilaajan viite", tender["reference"]),
            ("Hankintamenettely", "Avoin menettely"),
            ("Tarjotut osa-alueet", ", ".join(f"{x['number']} {x['title']}" for x in lots)),
            ("Tarjoaja", f"{org['name']}, {org['business_id']}"),
            ("Sopimuskausi", f"{tender['contract']['start']}–{tender['contract']['end']}"),
            ("Tarjouksen päiväys", basics["date"]),
            ("Tarjous voimassa", basics["valid_until"]),
            ("Yhteyshenkilö", f"{org['contact']['role']}, {org['contact']['email']}"),
        ],
        "letter": paragraphs(basics["letter"]),
        "summary": paragraphs(basics["summary"]),
        "facts": [
            ("Y-tunnus", org["business_id"]),
            ("Oikeudellinen muoto", "Rekisteröity yhdistys"),
            ("Osoite", org["address"]),
            ("Kotikunta", org["municipality"]),
            ("Yhteyshenkilö", org["contact"]["role"]),
            ("Allekirjoittaja", org["signatory"]["role"]),
        ],
        "profile": paragraphs(org["profile"]),
        "turnover": [(one["year"], euros(number(one["amount"]))) for one in org["turnover"]],
        "tally": f"Vaatimusten tulokset: Täyttyy {sum(c['state'] == 'Täyttyy' for c in conditions)}, "
        f"Vakuutettu {sum(c['state'] == 'Vakuutettu' for c in conditions)}.",
        "staff": [
            {
                "title": one["title"],
                "services": services[one["services"]]["name"],
                "languages": "suomi (äidinkieli)",
                "hours": f"{one['hours_per_week']} h/vko",
                "source": f"L{n}",
            }
            for n, one in enumerate(data["staff"], 4 + len(services))
        ],
        "answers": [
            {
                **one,
                "count": f"{len(texts[one['id']])} / {one['max_characters']} merkkiä",
                "text": paragraphs(texts[one["id"]]),
            }
            for one in data["criteria"]
        ],
        "sources": sources(data),
    }
    document = DocxTemplate(str(template))
    document.render(context, autoescape=True)
    document.save(str(out / "tarjous.docx"))


# --- the workbooks -----------------------------------------------------------------------------------
THIN = Border(*[Side(style="thin", color="B7C3D0")] * 4)
HEAD = PatternFill("solid", fgColor="DCE6F1")
INPUT = PatternFill("solid", fgColor="FFF9DB")
MONEY, SHARE = "#,##0.00\\ €", "0.00\\ %"


class Writer:
    """Appends rows to a sheet with the usual formats."""

    def __init__(self, book: Workbook, title: str) -> None:
        self.sheet = book.create_sheet(title)
        self.sheet.protection.sheet = True
        self.row = 0

    def add(self, *values: object, bold: bool = False, head: bool = False, inputs: tuple[int, ...] = ()) -> int:
        """Write a row and return its number; ``inputs`` are the columns that may be changed."""
        self.row += 1
        for col, value in enumerate(values, 1):
            if value is None:
                continue
            cell = self.sheet.cell(self.row, col, value)
            cell.border = THIN
            if bold or head:
                cell.font = Font(bold=True)
            if head:
                cell.fill = HEAD
            if isinstance(value, Decimal) or (isinstance(value, str) and value.startswith("=")):
                cell.number_format = MONEY
            if col in inputs:
                cell.fill = INPUT
                cell.protection = Protection(locked=False)
                check = DataValidation(type="decimal", operator="between", formula1="0", formula2="1000000000")
                check.add(cell)
                self.sheet.add_data_validation(check)
        return self.row

    def finish(self) -> None:
        """Set the widths and the print set-up."""
        for column in self.sheet.iter_cols():
            longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
            self.sheet.column_dimensions[column[0].column_letter].width = min(longest, 38) + 2
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 9
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True


def new_book() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book


def save(book: Workbook, writers: list[Writer], path: Path) -> None:
    for writer in writers:
        writer.finish()
    book.save(path)


def price_book(data: dict[str, Any], costs: dict[str, Any], path: Path) -> None:
    book = new_book()
    tender, org = data["tender"], data["organisation"]
    summary = Writer(book, "Yhteenveto")
    summary.add("Hintaerittely", bold=True)
    summary.add()
    for label, value in (
        ("Tilaaja", tender["buyer"]),
        ("Hankinta", tender["title"]),
        ("Tarjouspyynnön numero", tender["reference"]),
        ("Tarjoaja", org["name"]),
        ("Päiväys", data["bid"]["date"]),
        ("Voimassa asti", data["bid"]["valid_until"]),
        ("Alv", "Arvonlisävero pyöristetään riveittäin."),
    ):
        summary.add(label, value)
    summary.add()
    summary.add("Osa-alue", "Nimi", "Yhteensä ilman alv:tä", "Alv", "Yhteensä sis. alv", "Vertailuhinta", head=True)
    first = summary.row + 1
    writers, checks = [summary], []
    offers = {one["lot"]: one["services"] for one in data["lot_offers"]}
    for lot in data["lots"]:
        w = Writer(book, f"Osa-alue {lot['number']}")
        writers.append(w)
        w.add(f"Osa-alue {lot['number']}: {lot['title']}", bold=True)
        w.add(f"{tender['buyer']}, {tender['reference']}")
        w.add(org["name"])
        w.add("Yksikköhinnat sitovat, ja summat lasketaan niistä. Arvonlisävero pyöristetään riveittäin.")
        w.add()
        w.add(
            "Nro",
            "Palvelu",
            "Yksikkö",
            "Määrä",
            "Yksikköhinta ilman alv:tä",
            "Yhteensä ilman alv:tä",
            "Alv-%",
            "Alv",
            "Yhteensä sis. alv",
            head=True,
        )
        top = w.row + 1
        for id_ in offers[lot["id"]]:
            c, r = costs[id_], w.row + 1
            w.add(
                c["line"]["number"],
                c["line"]["title"],
                "asiakas",
                c["quantity"],
                c["price"],
                f"=ROUND(D{r}*E{r},2)",
                VAT / 100,
                f"=ROUND(F{r}*G{r},2)",
                f"=ROUND(F{r}+H{r},2)",
            )
        last = w.row
        w.add()
        for label, column in (
            ("Yhteensä ilman alv:tä", "F"),
            ("Alv", "H"),
            ("Yhteensä sis. alv", "I"),
            ("Vertailuhinta", "F"),
        ):
            w.add(label, None, None, None, f"=ROUND(SUM({column}{top}:{column}{last}),2)", bold=True)
        mine = [costs[s] for s in offers[lot["id"]]]
        sums = [sum(c[k] for c in mine) for k in ("net", "vat", "gross", "net")]
        name = f"'{w.sheet.title}'"
        checks += [(f"Osa-alue {lot['number']}", f"={name}!$E${last + 2 + i}", one) for i, one in enumerate(sums)]
        summary.add(lot["number"], lot["title"], *(f"={name}!$E${last + 2 + i}" for i in range(4)))
    columns = [f"=ROUND(SUM({x}{first}:{x}{summary.row}),2)" for x in "CDE"]
    summary.add("Yhteensä", None, *columns, bold=True)
    grounds = Writer(book, "Alv-perusteet")
    grounds.add("Rivien arvonlisäveroasema perusteineen", bold=True)
    grounds.add()
    grounds.add("Osa-alue", "Nro", "Palvelu", "Alv-asema", "Alv-%", "Peruste", head=True)
    for one in data["prices"]:
        line = costs[one["service"]]["line"]
        grounds.add(line["lot"], line["number"], line["title"], "verollinen", "25,5 %", one["vat"]["ground"])
    check = Writer(book, "Tarkistus")
    check.add("Lasketut summat ja tarjouksen luvut", bold=True)
    check.add()
    check.add("Kaikki luvut", f'=IF(COUNTIF($E$6:$E${5 + len(checks)},"OK")={len(checks)},"OK","EROAA")')
    check.add()
    check.add("Luku", "Laskettu nyt", "Tarjouksessa", "Ero", "Tulos", head=True)
    for label, cell, value in checks:
        r = check.row + 1
        check.add(label, cell, value, f"=ROUND(B{r}-C{r},2)", f'=IF(D{r}=0,"OK","EROAA")')
    red = CellIsRule(operator="equal", formula=['"EROAA"'], font=Font(color="B00020"))
    check.sheet.conditional_formatting.add(f"E6:E{check.row}", red)
    save(book, [*writers, grounds, check], path)


def cost_book(data: dict[str, Any], costs: dict[str, Any], path: Path) -> None:
    book = new_book()
    pay, build_up = Writer(book, "Palkat"), Writer(book, "Kustannukset")
    prices, results, volume = Writer(book, "Hinnat"), Writer(book, "Tuloksen hinta"), Writer(book, "Määrä")
    for writer, title in (
        (pay, "Palkat sivukuluineen, euroa vuodessa"),
        (build_up, "Kustannuslaskelma palveluittain"),
        (prices, "Hinnat ja täydet kustannukset"),
        (results, "Mitä yksi saavutettu tulos maksaa"),
        (volume, "Entä jos ostetaan vähemmän tai enemmän?"),
    ):
        writer.add("SISÄINEN – ei lähetetä tilaajalle", bold=True)
        writer.add(title, bold=True)
        writer.add()
    totals = _pay_sheet(pay, data, costs)
    names = {one["id"]: one["name"] for one in data["services"]}
    fixed, units = [], {}
    for id_, cost in costs.items():
        fixed_row, units[id_] = _build_up(build_up, names[id_], cost, totals)
        fixed.append(f"Kustannukset!$B${fixed_row}")
    prices.add(
        "Osa-alue",
        "Nro",
        "Palvelu",
        "Yksikkö",
        "Hinnoittelutapa",
        "Määrä",
        "Täysi kustannus",
        "Yksikköhinta ilman alv:tä",
        "Kate",
        "Tuotto",
        "Kustannus",
        "Tulos",
        "Muuttuva",
        "Tunnit",
        "Työ",
        "Tunnit yhteensä",
        head=True,
    )
    top = prices.row + 1
    for id_, c in costs.items():
        r = prices.row + 1
        prices.add(
            c["line"]["lot"],
            c["line"]["number"],
            c["line"]["title"],
            "asiakas",
            "kustannus ja kate",
            c["quantity"],
            f"=Kustannukset!$E${units[id_]}",
            c["price"],
            f"=IF(G{r}=0,0,ROUND((H{r}-G{r})/G{r},4))",
            f"=ROUND(F{r}*H{r},2)",
            f"=ROUND(F{r}*G{r},2)",
            f"=ROUND(J{r}-K{r},2)",
            f"=ROUND(F{r}*Kustannukset!$D${units[id_]},2)",
            c["work"],
            f"=ROUND(N{r}*1,2)",
            f"=ROUND(F{r}*N{r},2)",
            inputs=(6, 8),
        )
    last = prices.row
    prices.add("Yhteensä", *[None] * 8, *(f"=ROUND(SUM({x}{top}:{x}{last}),2)" for x in "JKLM"), bold=True)
    results.add(
        "Palvelu",
        "Asiakasryhmä",
        "Tulos",
        "Näyttörivi",
        "Aloittaneet",
        "Saavuttaneet",
        "Osuus",
        "Asiakkaan kustannus",
        "Tuloksen hinta",
        head=True,
    )
    for one in data["outcomes"]:
        if one["indicator"] != "dropped_out":
            r = results.row + 1
            results.add(
                names[one["service"]],
                one["client_group"],
                INDICATORS[one["indicator"]],
                one["id"],
                one["cohort"],
                one["reached"],
                f"=ROUND(F{r}/E{r},4)",
                f"=Kustannukset!$E${units[one['service']]}",
                f"=ROUND(H{r}*E{r}/F{r},2)",
            )
    volume.add("Tuotto arvioiduilla määrillä", f"=Hinnat!$J${last + 1}")
    for first in range(0, len(fixed), 200):  # a formula holds 8192 characters
        volume.add("Kiinteät kustannukset", "=ROUND(" + "+".join(fixed[first : first + 200]) + ",2)")
    volume.add("Määrän mukana kasvavat kustannukset", f"=Hinnat!$M${last + 1}")
    volume.add("Määrä", "Tuotto", "Kustannus", "Tulos", head=True)
    for percent in range(60, 150, 10):
        r = volume.row + 1
        volume.add(percent / 100, f"=ROUND($B$4*A{r},2)", f"=ROUND($B$5+$B$6*A{r},2)", f"=ROUND(B{r}-C{r},2)")
    save(book, [pay, build_up, prices, results, volume], path)


def _pay_sheet(w: Writer, data: dict[str, Any], costs: dict[str, Any]) -> dict[str, int]:
    for label, value in (
        ("Työpäiviä vuodessa", 252),
        ("Vuosiloma", 25),
        ("Poissaolot", 10),
        ("Päiviä työssä", "=ROUND($B$4-$B$5-$B$6,2)"),
        ("Työpäivän tunnit", Decimal(46) / 6),
        ("Tunteja työssä", "=ROUND($B$7*$B$8,2)"),
        ("Asiakastyön osuus", Decimal("0.7")),
        ("Asiakastyön tunnit", "=ROUND($B$9*$B$10,2)"),
    ):
        w.add(label, value)
    rows = {}
    for head in (
        (
            "Palkka",
            "Rahoitus",
            "Kuukausipalkka",
            "Kuukausia",
            "Vuosipalkka",
            "Lomapalkka",
            "Lomaraha",
            "Brutto",
            "Tunnit",
            "Lähde",
        ),
    ):
        w.add(*head, head=True)
    every = [pair for cost in costs.values() for pair in cost["salaries"]]
    gross = {}
    for one, cost in every:
        r = w.row + 1
        gross[one["id"]] = r
        w.add(
            one["title"],
            "hinnassa",
            cost["monthly"],
            12,
            f"=ROUND(C{r}*D{r},2)",
            f"=ROUND(C{r}*30/25,2)",
            f"=ROUND(F{r}*0.5,2)",
            f"=ROUND(E{r}+G{r},2)",
            "=$B$11",
            one["source"],
            inputs=(3, 4),
        )
    w.add()
    w.add("Palkka", "Brutto", *(x for name in RATES for x in (f"{name} %", name)), "Yhteensä", head=True)
    for one, _ in every:
        r = w.row + 1
        rows[one["id"]] = r
        side = [
            x
            for n, rate in enumerate(RATES.values())
            for x in (Decimal(rate) / 100, f"=ROUND($B{r}*{'CEGIK'[n]}{r},2)")
        ]
        w.add(
            one["title"],
            f"=H{gross[one['id']]}",
            *side,
            f"=ROUND(B{r}+D{r}+F{r}+H{r}+J{r}+L{r},2)",
            inputs=(3, 5, 7, 9, 11),
        )
    return rows


def _build_up(w: Writer, name: str, cost: dict[str, Any], totals: dict[str, int]) -> tuple[int, int]:
    """Write the build-up of one service; return the rows of its fixed costs and of its unit cost."""
    w.add()
    w.add(name, bold=True)
    q = w.add(
        "Arvioidut määrät vuodessa",
        "tunteja",
        cost["work"] * cost["quantity"],
        "asiakkaita",
        cost["quantity"],
        "ryhmiä",
        0,
    )
    w.add(
        "Kustannus",
        "Maksaja",
        "Määräytyy",
        "Summa",
        "Osuus",
        "Palvelun osuus",
        "Vuodessa",
        "Tunnit",
        "Lähde",
        head=True,
    )
    top = w.row + 1
    for one, _ in cost["salaries"]:
        r = w.row + 1
        w.add(
            one["title"],
            "hinnassa",
            "vuosi",
            f"=Palkat!$M${totals[one['id']]}",
            1,
            f"=ROUND(D{r}*E{r},2)",
            f"=F{r}",
            f"=ROUND(Palkat!$B$11*E{r},2)",
            one["source"],
            inputs=(5,),
        )
    for one in cost["items"]:
        r = w.row + 1
        yearly = {"per_year": f"=F{r}", "per_month": f"=ROUND(F{r}*12,2)", "per_client": f"=ROUND(F{r}*$E${q},2)"}
        w.add(
            one["title"],
            "hinnassa",
            DRIVERS[one["driver"]],
            number(one["amount"]),
            1,
            f"=ROUND(D{r}*E{r},2)",
            yearly[one["driver"]],
            None,
            one["source"],
            inputs=(4, 5),
        )
    last = w.row
    w.add()
    w.add("Laskelma", "vuosi", "tunti", "asiakas", "ryhmä", "Maksaja", "Vuodessa", head=True)

    def sums(column: str, *drivers: str) -> str:
        parts = (
            f'SUMIFS(${column}${top}:${column}${last},$B${top}:$B${last},"hinnassa",$C${top}:$C${last},"{one}")'
            for one in drivers
        )
        return f"=ROUND({'+'.join(parts)},2)"

    payers = ("hinnassa", "avustus", "palkkatuki", "kunnan raha", "oma raha")
    paid = [(p, f'=ROUND(SUMIFS($G${top}:$G${last},$B${top}:$B${last},"{p}"),2)') for p in payers]
    d = w.add(
        "Suorat kustannukset hinnassa",
        sums("G", "vuosi", "kuukausi"),
        sums("F", "tunti"),
        sums("F", "asiakas"),
        sums("F", "ryhmä"),
        *paid[0],
    )
    w.add("Yleiskustannukset, %", Decimal("0.12"), *[f"=$B${d + 1}"] * 3, *paid[1], inputs=(2,))
    w.add("Yleiskustannukset", *(f"=ROUND({x}{d}*{x}{d + 1},2)" for x in "BCDE"), *paid[2])
    w.add("Riskivaraus, %", Decimal("0.05"), *[f"=$B${d + 3}"] * 3, *paid[3], inputs=(2,))
    w.add("Riskivaraus", *(f"=ROUND(({x}{d}+{x}{d + 2})*{x}{d + 3},2)" for x in "BCDE"), *paid[4])
    fixed = w.add("Yhteensä", *(f"=ROUND({x}{d}+{x}{d + 2}+{x}{d + 4},2)" for x in "BCDE"), bold=True)
    w.add()
    h = w.add("Myytävät tunnit vuodessa", f'=ROUND(SUMIFS($H${top}:$H${last},$B${top}:$B${last},"hinnassa"),2)')
    w.add("Tunnin kustannus", f"=ROUND(IF(B{h}>0,ROUND($B${fixed}/B{h},2),0)+$C${fixed},2)")
    w.add()
    w.add("Yksikkö", "Työtunnit", "Työ", "Asiakkaan tai ryhmän kulut", "Täysi kustannus", head=True)
    r = w.row + 1
    w.add("tunti", 1, f"=ROUND(B{r}*$B${h + 1},2)", "=0", f"=ROUND(C{r}+D{r},2)")
    r += 1
    w.add("asiakas", cost["work"], f"=ROUND(B{r}*$B${h + 1},2)", f"=$D${fixed}", f"=ROUND(C{r}+D{r},2)")
    return fixed, r


def main(folder: Path, template: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    data = load(folder)
    costs = reckon(data)
    bid(data, costs, template, out)
    price_book(data, costs, out / "hinnoittelu.xlsx")
    cost_book(data, costs, out / "kustannukset.xlsx")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
