"""What people type into the cells of a workbook: what must be told, at which cell and how, and what must be read right.

Each case changes one thing in a clean dossier; what it expects is everything that is found.
"""
# ruff: noqa: E501  (whole sentences, as they are printed)

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bidkit.cli.terminal import exit_code
from bidkit.model._base import _id
from bidkit.money import HELSINKI
from tests.workbooks import FI, Cell, expected, judged, said, setting, stops, value_at, write


def case(name: str, where: str | Mapping[str, Any], *rest: Any) -> Any:
    """One mistake: a cell, what is typed into it, and the findings; or several cells with what is typed into each.

    A finding without a place is about the first cell.
    """
    cells, findings = (where, rest) if isinstance(where, Mapping) else ({where: rest[0]}, rest[1:])
    return pytest.param(cells, findings, id=name)


def right(name: str, where: str | Mapping[str, Any], *rest: Any) -> Any:
    """One thing that is read without a word: a cell, what is typed, where it goes, and what it must be there."""
    cells, (path, value) = (where, rest) if isinstance(where, Mapping) else ({where: rest[0]}, rest[1:])
    return pytest.param(cells, path, value, id=name)


MISTAKES = [
    # --- euros and quantities
    case("about", "Kustannukset!C2", "n. 50", "BK143 ”n. 50” ei ole luku."),
    case("noin", "Kustannukset!C2", "noin 7 200", "BK143 ”noin 7 200” ei ole luku."),
    case("words-after", "Kustannukset!C2", "7 200 €/v", "BK143 ”7 200 €/v” ei ole luku."),
    case(
        "point-and-comma",
        "Kustannukset!C2",
        "1.250,00",
        "BK144 ”1.250,00”: sekä piste että pilkku. Tarkoititko 1 250,00?",
    ),
    case(
        "comma-and-point",
        "Kustannukset!C2",
        "1,250.00",
        "BK144 ”1,250.00”: sekä piste että pilkku. Tarkoititko 1 250,00?",
    ),
    case("thousand-or-decimals", "Kustannukset!C2", "1.250", "BK145 ”1.250” voi tarkoittaa 1,250 tai 1 250."),
    case(
        "two-thousand-points",
        "Kustannukset!C2",
        "1.250.000",
        "BK144 ”1.250.000”: sekä piste että pilkku. Tarkoititko 1 250 000?",
    ),
    case("too-fine", "Kustannukset!C2", "7200,55555", "BK146 ”7200,55555”: liikaa desimaaleja, sallittu enintään 4."),
    case("apostrophe-typed", "Kustannukset!C2", "'7200", "BK143 ”'7200” ei ole luku."),
    case("euro-first", "Kustannukset!C2", "€ 7200", "BK143 ”€ 7200” ei ole luku."),
    case(
        "negative-cost",
        "Kustannukset!C2",
        "-7200",
        "BK274 Rivin ”tilat” kustannus on -7\u00a0200,00 €, mutta kustannus ei voi olla negatiivinen.",
    ),
    case("arabic-figures", "Kustannukset!C2", "٧٢٠٠", "BK143 ”٧٢٠٠” ei ole luku."),
    case("truth-as-euros", "Kustannukset!C2", True, "BK143 ”TOSI” ei ole luku."),
    case(
        "date-as-euros",
        "Kustannukset!C2",
        Cell(date(2026, 5, 1), "d.m.yyyy"),
        "BK190 Solussa on päivä tai kellonaika 1.5.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 1.5?",
    ),
    case(
        "clock-as-euros",
        "Kustannukset!C2",
        Cell(time(7, 30), "h:mm"),
        "BK190 Solussa on päivä tai kellonaika 7:30, vaikka siihen ei kuulu sellaista. Tarkoititko 7:30?",
    ),
    case("percent-as-euros", "Kustannukset!C2", Cell(0.3, "0%"), "BK143 ”30 %” ei ole luku."),
    case(
        "shown-8,33", "Kustannukset!C2", Cell(8.333333, "0.00"), "BK191 Solussa näkyy 8,33, mutta sen arvo on 8,333333."
    ),
    case(
        "shown-8,33-on-grid",
        "Kustannukset!C2",
        Cell(8.3333, "0.00"),
        "BK191 Solussa näkyy 8,33, mutta sen arvo on 8,3333.",
    ),
    case(
        "shown-whole-euros",
        "Kustannukset!C2",
        Cell(7200.5, '#,##0 "€"'),
        "BK191 Solussa näkyy 7201, mutta sen arvo on 7200,5.",
    ),
    case(
        "finer-than-the-grid", "Kustannukset!C2", 8.333333, "BK146 ”8,333333”: liikaa desimaaleja, sallittu enintään 4."
    ),
    case("half-a-client", "Tulokset!G2", Cell(60.5, "0"), "BK191 Solussa näkyy 61, mutta sen arvo on 60,5."),
    case("negative-clients", "Tulokset!G2", "-5", "BK256 ”-5” on vähemmän kuin 0."),
    case(
        "more-reached-than-started",
        "Tulokset!H2",
        61,
        "BK160 Luku ”seurannassa tavoitetut” (61) on suurempi kuin ”aloittaneet” (60).",
    ),
    case("quantity-fine", "Hintarivit!F2", "600,125", "BK145 ”600,125” voi tarkoittaa 600,125 tai 600 125."),
    # --- per cent
    case("share-0,30", "Palvelut!V2", "0,30", "BK148 ”0,30” voi tarkoittaa 0,3 % tai 30 %."),
    case("share-0.3-native", "Palvelut!V2", 0.3, "BK148 ”0,3” voi tarkoittaa 0,3 % tai 30 %."),
    case("share-3000-text", "Palvelut!V2", "3000 %", "BK147 ”3000 %” ei ole sallitulla välillä 0–100."),
    case("share-3000-native", "Palvelut!V2", Cell(30, "0%"), "BK192 Solussa näkyy 3000 %. Tarkoititko 30 %?"),
    case("share-150-native", "Palvelut!V2", Cell(1.5, "0%"), "BK192 Solussa näkyy 150 %. Tarkoititko 1,5 %?"),
    case("share-over-100", "Palvelut!V2", 101, "BK147 ”101” ei ole sallitulla välillä 0–100."),
    case("share-words", "Palvelut!V2", "kolmekymmentä", "BK143 ”kolmekymmentä” ei ole luku."),
    case(
        "share-a-third",
        "Palvelut!V2",
        Cell(0.333333333, "0%"),
        "BK191 Solussa näkyy 33 %, mutta sen arvo on 33,3333333 %.",
    ),
    case(
        "share-12,5-shown-13", "Palvelut!V2", Cell(0.125, "0%"), "BK191 Solussa näkyy 13 %, mutta sen arvo on 12,5 %."
    ),
    case(
        "share-date",
        "Palvelut!V2",
        Cell(date(2026, 3, 30), "d.m.yyyy"),
        "BK190 Solussa on päivä tai kellonaika 30.3.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 30.3?",
    ),
    case("margin-0,05", "Hinnat!D2", "0,05", "BK148 ”0,05” voi tarkoittaa 0,05 % tai 5 %."),
    case("margin-negative-fraction", "Hinnat!D2", -0.05, "BK148 ”-0,05” voi tarkoittaa -0,05 % tai -5 %."),
    case("margin-500-native", "Hinnat!D2", Cell(5, "0%"), "BK192 Solussa näkyy 500 %. Tarkoititko 5 %?"),
    case("margin-2000", "Hinnat!D2", "2000 %", "BK147 ”2000 %” ei ole sallitulla välillä -100–1\u00a0000."),
    case(
        "margin-below-cost",
        "Hinnat!D2",
        "-5 %",
        "BK263 Rivin 1.1 hinta on 55,05 €/h ilman arvonlisäveroa, mutta täysi kustannus on 57,95 €/h.",
    ),
    case(
        "rate-0,12",
        "Kustannusperusteet!B11",
        0.12,
        "BK148 ”0,12” voi tarkoittaa 0,12 % tai 12 %.",
        stops("Kustannusperusteet"),
    ),
    case(
        "rate-150-native",
        "Kustannusperusteet!B11",
        Cell(1.5, "0%"),
        "BK192 Solussa näkyy 150 %. Tarkoititko 1,5 %?",
        stops("Kustannusperusteet"),
    ),
    # --- days, moments, hours
    case(
        "day-serial",
        "Todistukset!E2",
        46357,
        "BK178 Solussa on luku 46357, joka on Excelin laskutavalla päivä 1.12.2026; se luettiin niin.",
    ),
    case("day-serial-off", "Todistukset!E2", 20261201, "BK149 ”20261201” ei ole päivämäärä."),
    case("day-serial-with-time", "Todistukset!E2", 46357.5, "BK149 ”46357,5” ei ole päivämäärä."),
    case("day-slashes", "Todistukset!E2", "1/2/27", "BK149 ”1/2/27” ei ole päivämäärä."),
    case("day-never", "Todistukset!E2", "31.2.2027", "BK149 ”31.2.2027” ei ole päivämäärä."),
    case("day-two-figure-year", "Todistukset!E2", "1.12.26", "BK149 ”1.12.26” ei ole päivämäärä."),
    case("day-month-only", "Todistukset!E2", "12/2026", "BK149 ”12/2026” ei ole päivämäärä."),
    case("day-word", "Todistukset!E2", "joulukuu 2026", "BK149 ”joulukuu 2026” ei ole päivämäärä."),
    case("day-clock", "Todistukset!E2", Cell(time(10, 30), "h:mm"), "BK149 ”10:30” ei ole päivämäärä."),
    case("day-truth", "Todistukset!E2", True, "BK149 ”TOSI” ei ole päivämäärä."),
    case(
        "day-span-in-lone-column",
        "Todistukset!E2",
        "1.12.2026–31.3.2027",
        "BK149 ”1.12.2026–31.3.2027” ei ole päivämäärä.",
    ),
    case(
        "span-other-end",
        {"Referenssit!B2": "1.1.2024–31.12.2025", "Referenssit!C2": Cell(date(2026, 12, 31), "d.m.yyyy")},
        "BK240 ”1.1.2024–31.12.2025” on ajanjakso, mutta toisessa solussa (C2) on 31.12.2026.",
    ),
    case(
        "span-never",
        {"Referenssit!B2": "31.2.2024–31.12.2025", "Referenssit!C2": None},
        "BK149 ”31.2.2024” ei ole päivämäärä.",
    ),
    case(
        "span-half",
        {"Referenssit!B2": "1.1.–31.12.2025", "Referenssit!C2": None},
        "BK149 ”1.1.–31.12.2025” ei ole päivämäärä.",
    ),
    case("span-open", {"Referenssit!B2": "1.1.2024–", "Referenssit!C2": None}, "BK149 ”1.1.2024–” ei ole päivämäärä."),
    case(
        "span-backwards",
        {"Referenssit!B2": "31.12.2025–1.1.2024", "Referenssit!C2": None},
        "Referenssit!C2 BK159 Jakso päättyy 1.1.2024, ennen kuin se alkaa 31.12.2025.",
    ),
    case(
        "end-before-start",
        "Referenssit!C2",
        Cell(date(2023, 1, 1), "d.m.yyyy"),
        "BK159 Jakso päättyy 1.1.2023, ennen kuin se alkaa 1.1.2024.",
    ),
    case(
        "deadline-without-time",
        "Perustiedot!B7",
        "15.2.2027",
        "BK150 ”15.2.2027” ei ole päivämäärä kellonaikoineen.",
        stops("Perustiedot"),
    ),
    case(
        "deadline-date-only",
        "Perustiedot!B7",
        Cell(date(2027, 2, 15), "d.m.yyyy"),
        "BK253 Solussa on 15.2.2027 ilman kellonaikaa; Excelissä se tarkoittaa keskiyötä, jolloin päivä alkaa.",
        stops("Perustiedot"),
    ),
    case(
        "deadline-midnight",
        "Perustiedot!B7",
        Cell(datetime(2027, 2, 15), "d.m.yyyy hh:mm"),
        "BK253 Solussa on 15.2.2027 ilman kellonaikaa; Excelissä se tarkoittaa keskiyötä, jolloin päivä alkaa.",
        stops("Perustiedot"),
    ),
    case(
        "deadline-serial",
        "Perustiedot!B7",
        46433.5,
        "BK178 Solussa on luku 46433,5, joka on Excelin laskutavalla päivä 15.2.2027 klo 12.00; se luettiin niin.",
    ),
    case(
        "deadline-clock-only",
        "Perustiedot!B7",
        Cell(time(12, 0), "h:mm"),
        "BK150 ”12:00” ei ole päivämäärä kellonaikoineen.",
        stops("Perustiedot"),
    ),
    case(
        "deadline-hour-only",
        "Perustiedot!B7",
        "15.2.2027 12",
        "BK150 ”15.2.2027 12” ei ole päivämäärä kellonaikoineen.",
        stops("Perustiedot"),
    ),
    case("hours-about", "Henkilöstö!G2", "n. 37", "BK151 ”n. 37” ei ole tuntimäärä."),
    case("hours-or-minutes", "Henkilöstö!G2", "7.30", "BK254 ”7.30” voi tarkoittaa 7,30 h tai 7 h 30 min."),
    case(
        "hours-date",
        "Henkilöstö!G2",
        Cell(date(2026, 7, 30), "d.m.yyyy"),
        "BK190 Solussa on päivä tai kellonaika 30.7.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 30.7?",
    ),
    case(
        "hours-past-midnight",
        "Henkilöstö!G2",
        Cell(datetime(1900, 1, 1, 13, 30), "h:mm"),
        "BK190 Solussa on päivä tai kellonaika 1.1.1900 13.30, vaikka siihen ei kuulu sellaista. Tarkoititko 37:30?",
    ),
    case(
        "hours-seconds",
        "Henkilöstö!G2",
        Cell(timedelta(seconds=135020), "[h]:mm"),
        "BK191 Solussa näkyy 37:30, mutta sen arvo on 37:30:20.",
    ),
    case("hours-shown-less", "Henkilöstö!G2", Cell(37.5, "0"), "BK191 Solussa näkyy 38, mutta sen arvo on 37,5."),
    case("hours-percent", "Henkilöstö!G2", Cell(0.5, "0%"), "BK151 ”50 %” ei ole tuntimäärä."),
    # --- codes that Excel spoils
    case(
        "business-id-as-number",
        "Järjestö!B4",
        31349803,
        "BK155 ”31349803” ei ole suomalainen Y-tunnus: ehkä pitäisi olla 3134980-3.",
    ),
    case(
        "business-id-lost-zero",
        "Järjestö!B4",
        2012566,
        "BK155 ”2012566” ei ole suomalainen Y-tunnus: ehkä pitäisi olla 0201256-6.",
    ),
    case(
        "business-id-lost-zero-text",
        "Järjestö!B4",
        "201256-6",
        "BK155 ”201256-6” ei ole suomalainen Y-tunnus: ehkä pitäisi olla 0201256-6.",
    ),
    case(
        "business-id-check",
        "Järjestö!B4",
        "3134980-4",
        "BK155 ”3134980-4” ei ole suomalainen Y-tunnus: tarkistusnumero ei täsmää.",
    ),
    case(
        "business-id-long",
        "Järjestö!B4",
        "33134980-3",
        "BK155 ”33134980-3” ei ole suomalainen Y-tunnus: väliviivan edellä pitää olla seitsemän numeroa.",
    ),
    case(
        "business-id-vat-number",
        "Järjestö!B4",
        "FI31349803",
        "BK155 ”FI31349803” ei ole suomalainen Y-tunnus: muodon pitää olla 1234567-8.",
    ),
    case(
        "municipality-lost-zero",
        "Toimipaikat!D2",
        91,
        "BK164 ”91” ei ole kolminumeroinen kuntanumero. Tarkoititko 091 (Helsinki)?",
    ),
    case(
        "municipality-lost-zero-shown",
        "Toimipaikat!D2",
        Cell(91, "000"),
        "BK164 ”91” ei ole kolminumeroinen kuntanumero. Tarkoititko 091 (Helsinki)?",
    ),
    case("municipality-misspelt", "Toimipaikat!D2", "Porii", "BK157 ”Porii” ei ole Suomen kunta vuonna 2026."),
    case("municipality-number", "Toimipaikat!D2", 609.5, "BK157 ”609,5” ei ole Suomen kunta vuonna 2026."),
    case(
        "municipalities-one-misspelt",
        "Toimipaikat!E2",
        "Pori; Ulwila",
        "BK157 ”Ulwila” ei ole Suomen kunta vuonna 2026.",
    ),
    case(
        "municipalities-and",
        "Toimipaikat!E2",
        "Pori ja Ulvila",
        "BK157 ”Pori ja Ulvila” ei ole Suomen kunta vuonna 2026.",
    ),
    case(
        "municipalities-lost-zero",
        "Toimipaikat!E2",
        "91; 609",
        "BK164 ”91” ei ole kolminumeroinen kuntanumero. Tarkoititko 091 (Helsinki)?",
    ),
    case(
        "phone-lost-zero",
        "Järjestö!B15",
        401234567,
        "BK163 Numerosta ”401234567” puuttuu ensimmäinen nolla, jonka Excel jättää luvusta pois. Tarkoititko 0401234567?",
    ),
    case(
        "phone-lost-plus",
        "Järjestö!B15",
        358401234567,
        "BK163 Numerosta ”358401234567” puuttuu plusmerkki, jonka Excel jättää luvusta pois. Tarkoititko +358401234567?",
    ),
    case(
        "section-turned-date",
        "Vaatimukset!U2",
        Cell(date(2026, 2, 3), "d.m."),
        "BK190 Solussa on päivä tai kellonaika 3.2.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 3.2?",
    ),
    case(
        "section-as-number",
        "Vaatimukset!U2",
        3.1,
        "BK177 Solussa on luku, vaikka siihen kuuluu teksti; se luettiin tekstinä ”3,1”.",
    ),
    case("section-truth", "Vaatimukset!U2", True, "BK248 Solussa on totuusarvo TOSI, vaikka siihen kuuluu teksti."),
    case(
        "number-turned-date",
        "Hintarivit!C2",
        Cell(date(2026, 1, 1), "d-mmm"),
        "BK190 Solussa on päivä tai kellonaika 1.1.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 1.1?",
    ),
    case(
        "text-from-number",
        "Palvelut!B2",
        12345,
        "BK177 Solussa on luku, vaikka siihen kuuluu teksti; se luettiin tekstinä ”12345”.",
    ),
    # --- ids and what refers to them
    case("id-capital", "Palvelut!A2", "Valmennus", "BK156 ”Valmennus” ei kelpaa tunnukseksi."),
    case("id-space", "Palvelut!A2", "val mennus", "BK156 ”val mennus” ei kelpaa tunnukseksi."),
    case("id-umlaut", "Palvelut!A2", "työhönvalmennus", "BK156 ”työhönvalmennus” ei kelpaa tunnukseksi."),
    case(
        "id-emoji",
        "Palvelut!A2",
        "valmennus \N{GRINNING FACE}",
        "BK156 ”valmennus \N{GRINNING FACE}” ei kelpaa tunnukseksi.",
    ),
    case("id-quotes", "Palvelut!A2", "“valmennus”", "BK156 ”“valmennus”” ei kelpaa tunnukseksi."),
    case("id-missing", "Palvelut!A2", None, "BK140 Kenttä ”Tunnus” puuttuu."),
    case(
        "id-twice",
        {"Palvelut!A3": "valmennus", "Vaiheet!A3": "valmennus"},
        "BK171 Tunnus ”valmennus” on kahdesti välilehdellä Palvelut; se on jo paikassa tiedot.xlsx › Palvelut › A2.",
    ),
    case("ref-capital", "Henkilöstö!E2", "Valmennus", "BK156 ”Valmennus” ei kelpaa tunnukseksi."),
    case(
        "ref-misspelt",
        "Henkilöstö!E2",
        "valmenus",
        "BK201 Tunnusta ”valmenus” ei ole välilehdellä Palvelut. Tarkoititko ”valmennus”?",
    ),
    case("ref-nowhere", "Henkilöstö!E2", "olematon", "BK200 Tunnusta ”olematon” ei ole välilehdellä Palvelut."),
    case(
        "ref-one-of-two",
        "Henkilöstö!E2",
        "valmennus; olematon",
        "BK200 Tunnusta ”olematon” ei ole välilehdellä Palvelut.",
    ),
    case("ref-and", "Henkilöstö!E2", "valmennus ja ohjaus", "BK156 ”valmennus ja ohjaus” ei kelpaa tunnukseksi."),
    case("ref-by-name", "Tulokset!C2", "Nuoret työnhakijat", "BK156 ”Nuoret työnhakijat” ei kelpaa tunnukseksi."),
    case(
        "ref-outcome",
        "Tulokset!B2",
        "valmenus",
        "BK201 Tunnusta ”valmenus” ei ole välilehdellä Palvelut. Tarkoititko ”valmennus”?",
    ),
    case("ref-price-line", "Hinnat!A2", "h2", "BK200 Tunnusta ”h2” ei ole välilehdellä Hintarivit."),
    case(
        "ref-price-service",
        "Hinnat!B2",
        "ohjaus",
        "BK204 Hinnassa on palvelu ”ohjaus”, mutta osa-alueella 1 tarjotaan: valmennus.",
    ),
    case("ref-salary-staff", "Palkat!C2", "joku", "BK200 Tunnusta ”joku” ei ole välilehdellä Henkilöstö."),
    case(
        "ref-site",
        "Palvelut!T2",
        "porii",
        "BK201 Tunnusta ”porii” ei ole välilehdellä Toimipaikat. Tarkoititko ”pori”?",
    ),
    case(
        "ref-group", "Palvelut!E2", "nuoret, aikuiset", "BK200 Tunnusta ”aikuiset” ei ole välilehdellä Asiakasryhmät."
    ),
    case(
        "ref-document",
        "Vaatimukset!T2",
        "tpp",
        "BK201 Tunnusta ”tpp” ei ole välilehdellä Asiakirjat. Tarkoititko ”tp”?",
    ),
    case(
        "ref-line-lot",
        "Hintarivit!B2",
        "osa2",
        "BK201 Tunnusta ”osa2” ei ole välilehdellä Osa-alueet. Tarkoititko ”osa1”?",
    ),
    case("ref-attachment", "Liitteet!E2", "zz", "BK200 Tunnusta ”zz” ei ole välilehdellä Pyydetyt liitteet."),
    case("ref-group-of-lot", "Osa-alueet!F2", "vanhat", "BK200 Tunnusta ”vanhat” ei ole välilehdellä Asiakasryhmät."),
    # --- rows of lists whose owner is not there
    case(
        "step-of-nothing",
        "Vaiheet!A2",
        "olematon",
        "BK168 Rivin mukaan se kuuluu kohtaan ”olematon”, mutta välilehdellä Palvelut ei ole sellaista riviä. Lähellä olevia tunnuksia: valmennus, ohjaus.",
    ),
    case(
        "step-misspelt",
        "Vaiheet!A2",
        "valmenus",
        "BK168 Rivin mukaan se kuuluu kohtaan ”valmenus”, mutta välilehdellä Palvelut ei ole sellaista riviä. Lähellä olevia tunnuksia: valmennus.",
    ),
    case(
        "step-capital",
        "Vaiheet!A2",
        "VALMENNUS",
        "BK168 Rivin mukaan se kuuluu kohtaan ”VALMENNUS”, mutta välilehdellä Palvelut ei ole sellaista riviä. Lähellä olevia tunnuksia: valmennus.",
    ),
    case(
        "step-two",
        "Vaiheet!A2",
        "valmennus; ohjaus",
        "BK168 Rivin mukaan se kuuluu kohtaan ”valmennus; ohjaus”, mutta välilehdellä Palvelut ei ole sellaista riviä. Lähellä olevia tunnuksia: valmennus, ohjaus.",
    ),
    case("step-nameless", "Vaiheet!A2", None, "BK140 Kenttä ”Palvelu” puuttuu."),
    case("step-with-an-unseen-name", "Vaiheet!A2", "\N{ZERO WIDTH SPACE}", "BK140 Kenttä ”Palvelu” puuttuu."),
    case(
        "owner-misspelt",
        "Palvelut!A2",
        "valmenus",
        "Vaiheet!A2 BK168 Rivin mukaan se kuuluu kohtaan ”valmennus”, mutta välilehdellä Palvelut ei ole sellaista riviä. Lähellä olevia tunnuksia: valmenus.",
    ),
    case(
        "qualification-of-nobody",
        "Pätevyydet!A2",
        "valmentaja-2",
        "BK168 Rivin mukaan se kuuluu kohtaan ”valmentaja-2”, mutta välilehdellä Henkilöstö ei ole sellaista riviä. Lähellä olevia tunnuksia: valmentaja.",
    ),
    case(
        "experience-of-nobody",
        "Työkokemus!A2",
        "Valmentaja",
        "BK168 Rivin mukaan se kuuluu kohtaan ”Valmentaja”, mutta välilehdellä Henkilöstö ei ole sellaista riviä. Lähellä olevia tunnuksia: valmentaja.",
    ),
    # --- groups of fields
    case(
        "role-of-the-contact",
        "Järjestö!B12",
        None,
        "BK140 Kenttä ”Yhteyshenkilö: Rooli” puuttuu.",
        stops("Järjestö"),
    ),
    case(
        "role-of-the-signatory",
        "Järjestö!B16",
        None,
        "BK140 Kenttä ”Allekirjoittaja: Rooli” puuttuu.",
        stops("Järjestö"),
    ),
    # --- choices
    case(
        "choice-misspelt",
        "Järjestö!B5",
        "yhdstys",
        "BK153 ”yhdstys” ei ole mikään vaihtoehdoista: yhdistys, säätiö, osuuskunta, yhtiö, kunta, kuntayhtymä, toiminimi, muu.",
        stops("Järjestö"),
    ),
    case(
        "choice-other-word",
        "Hintarivit!E2",
        "tuntia",
        "BK153 ”tuntia” ei ole mikään vaihtoehdoista: tunti, asiakas, asiakaspäivä, ryhmä, kuukausi, aloitus, tulos, käynti.",
    ),
    case(
        "choice-number",
        "Järjestö!B5",
        5,
        "BK153 ”5” ei ole mikään vaihtoehdoista: yhdistys, säätiö, osuuskunta, yhtiö, kunta, kuntayhtymä, toiminimi, muu.",
        stops("Järjestö"),
    ),
    case(
        "choice-truth",
        "Järjestö!B5",
        True,
        "BK153 ”TOSI” ei ole mikään vaihtoehdoista: yhdistys, säätiö, osuuskunta, yhtiö, kunta, kuntayhtymä, toiminimi, muu.",
        stops("Järjestö"),
    ),
    case(
        "choice-binding",
        "Vaatimukset!D2",
        "ehdottomasti",
        "BK153 ”ehdottomasti” ei ole mikään vaihtoehdoista: pakollinen, pisteytetään, tiedoksi.",
    ),
    case(
        "choice-level",
        "Pätevyydet!C2",
        "tohtori",
        "BK153 ”tohtori” ei ole mikään vaihtoehdoista: ammatillinen tutkinto, erikoisammattitutkinto, AMK tai kandidaatti, ylempi korkeakoulututkinto, laillistettu ammattihenkilö, koulutus.",
    ),
    case("yes-or-maybe", "Toimipaikat!F2", "osittain", "BK152 ”osittain” ei ole kyllä eikä ei."),
    case("yes-as-1", "Toimipaikat!F2", 1, "BK152 ”1” ei ole kyllä eikä ei."),
    case("language-unknown", "Palvelut!X2", "klingon", "BK161 ”klingon” ei ole kielikoodi."),
    case("bid-language", "Tarjous!B2", "de", "BK212 Tarjousta ei voi tehdä kielellä ”de”; kielet ovat: fi, sv, en."),
    # --- pairs in one cell
    case(
        "pair-half",
        "Palkat!I2",
        "valmennus: 60 %; ohjaus",
        "BK241 Kohdassa ”ohjaus” pitää olla kaksi osaa: Palvelu ja Osuus.",
    ),
    case(
        "pair-no-value",
        "Palkat!I2",
        "valmennus:",
        "BK241 Kohdassa ”valmennus:” pitää olla kaksi osaa: Palvelu ja Osuus.",
    ),
    case(
        "pair-no-name",
        "Palkat!I2",
        "valmennus: 60 %; : 40 %",
        "BK241 Kohdassa ”: 40 %” pitää olla kaksi osaa: Palvelu ja Osuus.",
    ),
    case("pair-number-only", "Palkat!I2", "60 %", "BK241 Kohdassa ”60 %” pitää olla kaksi osaa: Palvelu ja Osuus."),
    case("pair-native-number", "Palkat!I2", 1, "BK241 Kohdassa ”1” pitää olla kaksi osaa: Palvelu ja Osuus."),
    case(
        "pair-date",
        "Palkat!I2",
        Cell(date(2026, 1, 1), "d.m.yyyy"),
        "BK190 Solussa on päivä tai kellonaika 1.1.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 1.1?",
    ),
    case(
        "pair-unknown-service",
        "Palkat!I2",
        "valmennus: 60 %; ohjuas: 40 %",
        "BK201 Tunnusta ”ohjuas” ei ole välilehdellä Palvelut. Tarkoititko ”ohjaus”?",
    ),
    case("pair-over-100", "Palkat!I2", "valmennus: 160 %", "BK147 ”160 %” ei ole sallitulla välillä 0–100."),
    case(
        "pair-sum-over-100",
        "Palkat!I2",
        "valmennus: 60 %; ohjaus: 60 %",
        "BK273 Rivin ”valmentaja-1” osuudet ovat yhteensä 120 %, mutta jaettavaa on vain 100 %.",
    ),
    case("pair-fractions", "Palkat!I2", "valmennus: 0,6; ohjaus: 40 %", "BK148 ”0,6” voi tarkoittaa 0,6 % tai 60 %."),
    case("pair-and", "Palkat!I2", "valmennus: 60 % ja ohjaus: 40 %", "BK143 ”60 % ja ohjaus: 40 %” ei ole luku."),
    case("pair-words", "Palkat!I2", "valmennus: puolet", "BK143 ”puolet” ei ole luku."),
    case("pair-capital", "Palkat!I2", "Valmennus: 60 %; ohjaus: 40 %", "BK156 ”Valmennus” ei kelpaa tunnukseksi."),
    case("pair-empty", "Palkat!I2", None, "BK140 Kenttä ”Osuudet palveluittain” puuttuu."),
    case(
        "turnover-without-year",
        "Järjestö!B11",
        "420 000",
        "BK241 Kohdassa ”420 000” pitää olla kaksi osaa: Vuosi ja Euroa.",
    ),
    case("turnover-doubtful", "Järjestö!B11", "2025: 1.250", "BK145 ”1.250” voi tarkoittaa 1,250 tai 1 250."),
    case("skill-without-level", "Henkilöstö!F2", "fi; sv", "BK241 Kohdassa ”fi” pitää olla kaksi osaa: Kieli ja Taso."),
    case(
        "skill-level-unknown",
        "Henkilöstö!F2",
        "fi: erinomainen",
        "BK153 ”erinomainen” ei ole mikään vaihtoehdoista: a1, a2, b1, b2, c1, c2, äidinkieli.",
    ),
    case(
        "work-hours-unknown-unit",
        "Palvelut!AE2",
        "kierros: 3",
        "BK153 ”kierros” ei ole mikään vaihtoehdoista: tunti, asiakas, asiakaspäivä, ryhmä, kuukausi, aloitus, tulos, käynti.",
    ),
    # --- parameters of conditions
    case(
        "parameter-misspelt",
        "Vaatimukset!E2",
        "Asiakaita vähintään",
        "BK194 ”Asiakaita vähintään” luettiin nimenä ”Asiakkaita vähintään”.",
    ),
    case("parameter-unknown", "Vaatimukset!E2", "Väri", "BK141 Tässä ei ole kenttää ”Väri”."),
    case(
        "parameter-of-another-kind",
        "Vaatimukset!E2",
        "Euroa vähintään",
        "BK141 Tässä ei ole kenttää ”Euroa vähintään”.",
    ),
    case(
        "parameter-of-statement",
        {"Vaatimukset!E3": "Asiakkaita vähintään", "Vaatimukset!F3": 9},
        "BK141 Tässä ei ole kenttää ”Asiakkaita vähintään”.",
    ),
    case("parameter-wrong-type", "Vaatimukset!F2", "monta", "BK143 ”monta” ei ole luku."),
    case("parameter-percent", "Vaatimukset!F2", Cell(0.3, "0%"), "BK143 ”30 %” ei ole luku."),
    case(
        "parameter-choice",
        "Vaatimukset!H2",
        "vuorokausi",
        "BK153 ”vuorokausi” ei ole mikään vaihtoehdoista: päivä, kuukausi, vuosi, asiakaspäiviä vuodessa, samaan aikaan.",
    ),
    case(
        "parameter-without-name",
        "Vaatimukset!J2",
        5,
        "BK247 Arvolta ”5” puuttuu nimi, koska viereinen solu I2 on tyhjä.",
    ),
    case("parameter-without-value", "Vaatimukset!F2", None, "BK140 Kenttä ”Asiakkaita vähintään” puuttuu."),
    case("optional-parameter-without-value", "Vaatimukset!H2", None, "BK140 Kenttä ”Laskentatapa” puuttuu."),
    case(
        "parameter-twice",
        {"Vaatimukset!I2": "Asiakkaita vähintään", "Vaatimukset!J2": 9},
        "BK196 ”Asiakkaita vähintään” on tässä toista kertaa; se on jo paikassa tarjouspyynto.xlsx › Vaatimukset › E2.",
    ),
    case(
        "parameter-not-there",
        {"Vaatimukset!E2": None, "Vaatimukset!F2": None},
        "Vaatimukset!H2 BK140 Kenttä ”Asiakkaita vähintään” puuttuu.",
    ),
    case("parameter-name-fails", "Vaatimukset!E2", "#NAME?", "BK189 Solussa näkyy #NAME?: sen kaava ei toimi."),
    case("kind-unknown", "Vaatimukset!C2", "outo", "BK202 ”outo” ei ole ehtolaji."),
    case("kind-misspelt", "Vaatimukset!C2", "vähimäiskapasiteetti", "BK202 ”vähimäiskapasiteetti” ei ole ehtolaji."),
    case("kind-missing", "Vaatimukset!C2", None, "BK140 Kenttä ”Laji” puuttuu."),
    # --- formulas and errors
    case(
        "formula-never-calculated",
        "Kustannukset!C2",
        "=600*12",
        "BK187 Solussa on kaava (=600*12), mutta sen tulosta ei ole tallennettu.",
    ),
    case("ref-error", "Kustannukset!C2", "#REF!", "BK189 Solussa näkyy #REF!: sen kaava ei toimi."),
    case("div-error", "Palvelut!B2", "#DIV/0!", "BK189 Solussa näkyy #DIV/0!: sen kaava ei toimi."),
    case("na-error-in-optional", "Palvelut!G2", "#N/A", "BK189 Solussa näkyy #N/A: sen kaava ei toimi."),
    case("error-in-id", "Palvelut!A2", "#N/A", "BK189 Solussa näkyy #N/A: sen kaava ei toimi."),
    case("error-in-owner", "Vaiheet!A2", "#VALUE!", "BK189 Solussa näkyy #VALUE!: sen kaava ei toimi."),
    case("error-in-pairs", "Palkat!I2", "#NAME?", "BK189 Solussa näkyy #NAME?: sen kaava ei toimi."),
    case("error-in-choice", "Hintarivit!E2", "#NULL!", "BK189 Solussa näkyy #NULL!: sen kaava ei toimi."),
    # --- texts
    case("text-missing", "Palvelut!B2", None, "BK140 Kenttä ”Nimi” puuttuu."),
    case("text-of-spaces", "Palvelut!B2", " \u00a0 ", "BK140 Kenttä ”Nimi” puuttuu."),
    case(
        "text-date",
        "Palvelut!B2",
        Cell(date(2026, 2, 4), "d.m.yyyy"),
        "BK190 Solussa on päivä tai kellonaika 4.2.2026, vaikka siihen ei kuulu sellaista. Tarkoititko 4.2?",
    ),
    case("clause-without-document", "Vaatimukset!T2", None, "BK140 Kenttä ”Tarjouspyynnössä: Asiakirja” puuttuu."),
]


@pytest.mark.parametrize(("cells", "findings"), MISTAKES)
def test_a_mistake_is_told_once_at_its_cell(tmp_path, cells, findings):
    run = judged(write(tmp_path, setting(cells)))
    assert sorted(said(run)) == sorted(expected(next(iter(cells)), findings))


RIGHT = [
    # --- euros and quantities
    right("plain-text", "Kustannukset!C2", "7200", "cost_items.0.amount", Decimal("7200")),
    right("comma", "Kustannukset!C2", "7200,50", "cost_items.0.amount", Decimal("7200.5")),
    right("point", "Kustannukset!C2", "7200.50", "cost_items.0.amount", Decimal("7200.5")),
    right("space-in-thousands", "Kustannukset!C2", "7 200,50", "cost_items.0.amount", Decimal("7200.5")),
    right("no-break-space", "Kustannukset!C2", "7\u00a0200,50", "cost_items.0.amount", Decimal("7200.5")),
    right("narrow-space", "Kustannukset!C2", "7\u202f200", "cost_items.0.amount", Decimal("7200")),
    right("thin-space", "Kustannukset!C2", "7\u2009200", "cost_items.0.amount", Decimal("7200")),
    right("euro-sign", "Kustannukset!C2", "7 200,50 €", "cost_items.0.amount", Decimal("7200.5")),
    right("EUR", "Kustannukset!C2", "7200 EUR", "cost_items.0.amount", Decimal("7200")),
    right("euroa", "Kustannukset!C2", "7 200 euroa", "cost_items.0.amount", Decimal("7200")),
    right("spaces-around", "Kustannukset!C2", "  7200\u00a0", "cost_items.0.amount", Decimal("7200")),
    right("line-break-after", "Kustannukset!C2", "7200\n", "cost_items.0.amount", Decimal("7200")),
    right("text-format", "Kustannukset!C2", Cell("7200", "@"), "cost_items.0.amount", Decimal("7200")),
    right("native", "Kustannukset!C2", 7200.25, "cost_items.0.amount", Decimal("7200.25")),
    right("binary-noise", "Kustannukset!C2", 0.30000000000000004, "cost_items.0.amount", Decimal("0.3")),
    right("four-decimals-shown", "Kustannukset!C2", Cell(8.3333, "0.0000"), "cost_items.0.amount", Decimal("8.3333")),
    right(
        "other-currency-format",
        "Kustannukset!C2",
        Cell(7200, "#,##0.00 [$€-40B]"),
        "cost_items.0.amount",
        Decimal("7200"),
    ),
    right(
        "accounting-format",
        "Kustannukset!C2",
        Cell(7200.5, '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-'),
        "cost_items.0.amount",
        Decimal("7200.5"),
    ),
    right("zero", "Palvelut!Y2", 0, "services.0.start_within_days", 0),
    right("count-as-text", "Tulokset!G2", " 60 ", "outcomes.0.cohort", 60),
    right("amount-text", "Hintarivit!F2", "600,5", "price_lines.0.quantity", Decimal("600.5")),
    # --- per cent
    right("share-sign", "Palvelut!V2", "30 %", "services.0.in_person", Decimal("30")),
    right("share-sign-close", "Palvelut!V2", "30%", "services.0.in_person", Decimal("30")),
    right("share-bare", "Palvelut!V2", "30", "services.0.in_person", Decimal("30")),
    right("share-native-format", "Palvelut!V2", Cell(0.3, "0%"), "services.0.in_person", Decimal("30")),
    right("share-native-decimals", "Palvelut!V2", Cell(0.125, "0.0%"), "services.0.in_person", Decimal("12.5")),
    right("share-native-bare", "Palvelut!V2", 30, "services.0.in_person", Decimal("30")),
    right("share-native-100", "Palvelut!V2", Cell(1, "0%"), "services.0.in_person", Decimal("100")),
    right("share-0,5-sign", "Palvelut!V2", "0,5 %", "services.0.in_person", Decimal("0.5")),
    right("share-zero", "Palvelut!V2", 0, "services.0.in_person", Decimal("0")),
    right("share-comma", "Palvelut!V2", "12,5", "services.0.in_person", Decimal("12.5")),
    right("margin-native", "Hinnat!D2", Cell(0.04, "0%"), "prices.0.margin", Decimal("4")),
    right("margin-bare", "Hinnat!D2", 4, "prices.0.margin", Decimal("4")),
    right("rate-text", "Kustannusperusteet!B11", "12,5 %", "cost_basis.overhead", Decimal("12.5")),
    right("rate-above-100", "Kustannusperusteet!B8", "150 %", "cost_basis.holiday_bonus", Decimal("150")),
    # --- days, moments, hours
    right(
        "day-native",
        "Todistukset!E2",
        Cell(date(2026, 11, 30), "d.m.yyyy"),
        "certificates.0.issued",
        date(2026, 11, 30),
    ),
    right(
        "day-iso-format",
        "Todistukset!E2",
        Cell(date(2026, 11, 30), "yyyy-mm-dd"),
        "certificates.0.issued",
        date(2026, 11, 30),
    ),
    right(
        "day-long-format",
        "Todistukset!E2",
        Cell(date(2026, 11, 30), "d. mmmm yyyy"),
        "certificates.0.issued",
        date(2026, 11, 30),
    ),
    right("day-text", "Todistukset!E2", "30.11.2026", "certificates.0.issued", date(2026, 11, 30)),
    right("day-text-zeros", "Todistukset!E2", "01.12.2026", "certificates.0.issued", date(2026, 12, 1)),
    right("day-text-spaces", "Todistukset!E2", "30. 11. 2026", "certificates.0.issued", date(2026, 11, 30)),
    right("day-text-iso", "Todistukset!E2", "2026-11-30", "certificates.0.issued", date(2026, 11, 30)),
    right(
        "day-of-a-moment",
        "Todistukset!E2",
        Cell(datetime(2026, 11, 30, 10, 30), "d.m.yyyy"),
        "certificates.0.issued",
        date(2026, 11, 30),
    ),
    right(
        "span-fills-end",
        {"Referenssit!B2": "1.2.2024–31.12.2025", "Referenssit!C2": None},
        "references.0.end",
        date(2025, 12, 31),
    ),
    right(
        "span-fills-start",
        {"Referenssit!B2": "1.2.2024–31.12.2025", "Referenssit!C2": None},
        "references.0.start",
        date(2024, 2, 1),
    ),
    right(
        "span-with-hyphen",
        {"Referenssit!B2": "1.2.2024 - 31.12.2025", "Referenssit!C2": None},
        "references.0.end",
        date(2025, 12, 31),
    ),
    right(
        "span-iso",
        {"Referenssit!B2": "2024-02-01 – 2025-12-31", "Referenssit!C2": None},
        "references.0.start",
        date(2024, 2, 1),
    ),
    right(
        "span-in-second",
        {"Referenssit!B2": None, "Referenssit!C2": "1.2.2024–31.12.2025"},
        "references.0.start",
        date(2024, 2, 1),
    ),
    right("span-and-same-end", {"Referenssit!B2": "1.2.2024–31.12.2025"}, "references.0.start", date(2024, 2, 1)),
    right("span-valid", {"Vakuutukset!F2": "1.1.2026–31.12.2029"}, "insurances.0.valid_until", date(2029, 12, 31)),
    right("span-in-use", {"Toimipaikat!H2": "1.1.2024–31.12.2030"}, "sites.0.until", date(2030, 12, 31)),
    right(
        "span-in-form",
        {"Perustiedot!B10": "1.4.2027–31.3.2029", "Perustiedot!B11": None},
        "tender.contract.end",
        date(2029, 3, 31),
    ),
    right(
        "deadline-text",
        "Perustiedot!B7",
        "15.2.2027 klo 12.00",
        "tender.deadline",
        datetime(2027, 2, 15, 12, 0, tzinfo=HELSINKI),
    ),
    right(
        "deadline-text-colon",
        "Perustiedot!B7",
        "15.2.2027 12:00",
        "tender.deadline",
        datetime(2027, 2, 15, 12, 0, tzinfo=HELSINKI),
    ),
    right(
        "deadline-native",
        "Perustiedot!B7",
        Cell(datetime(2027, 2, 15, 14, 30), "d.m.yyyy hh:mm"),
        "tender.deadline",
        datetime(2027, 2, 15, 14, 30, tzinfo=HELSINKI),
    ),
    right(
        "deadline-offset",
        "Perustiedot!B7",
        "2027-02-15T12:00+02:00",
        "tender.deadline",
        datetime(2027, 2, 15, 12, 0, tzinfo=HELSINKI),
    ),
    right("hours-decimal", "Henkilöstö!G2", "37,5", "staff.0.hours_per_week", Decimal("37.5")),
    right("hours-words", "Henkilöstö!G2", "37 h 30 min", "staff.0.hours_per_week", Decimal("37.5")),
    right("hours-clock", "Henkilöstö!G2", "37:30", "staff.0.hours_per_week", Decimal("37.5")),
    right("hours-tuntia", "Henkilöstö!G2", "37,5 tuntia", "staff.0.hours_per_week", Decimal("37.5")),
    right("hours-point", "Henkilöstö!G2", "37.5", "staff.0.hours_per_week", Decimal("37.5")),
    right(
        "hours-length",
        "Henkilöstö!G2",
        Cell(timedelta(seconds=135000), "[h]:mm"),
        "staff.0.hours_per_week",
        Decimal("37.5"),
    ),
    right(
        "hours-clock-native",
        "Kustannusperusteet!B4",
        Cell(time(7, 40), "h:mm"),
        "cost_basis.working_time.day",
        Decimal(23) / 3,
    ),
    right("hours-native", "Kustannusperusteet!B4", 7.5, "cost_basis.working_time.day", Decimal("7.5")),
    # --- codes
    right("business-id-en-dash", "Järjestö!B4", "3134980–3", "organisation.business_id", "3134980-3"),
    right("business-id-hard-hyphen", "Järjestö!B4", "3134980\u20113", "organisation.business_id", "3134980-3"),
    right("business-id-spaces", "Järjestö!B4", " 3134980-3\u00a0", "organisation.business_id", "3134980-3"),
    right("business-id-zero", "Järjestö!B4", "0201256-6", "organisation.business_id", "0201256-6"),
    right("municipality-small", "Toimipaikat!D2", "pori", "sites.0.municipality", "609"),
    right("municipality-swedish", "Toimipaikat!D2", "Björneborg", "sites.0.municipality", "609"),
    right("municipality-code-text", "Toimipaikat!D2", "609", "sites.0.municipality", "609"),
    right("municipality-code-number", "Toimipaikat!D2", 609, "sites.0.municipality", "609"),
    right("municipality-code-zero", "Toimipaikat!D2", Cell("091", "@"), "sites.0.municipality", "091"),
    right("municipalities-semicolon", "Toimipaikat!E2", "Ulvila; Rauma", "sites.0.serves", ("886", "684")),
    right("municipalities-comma", "Toimipaikat!E2", "Ulvila, Rauma", "sites.0.serves", ("886", "684")),
    right("municipalities-lines", "Toimipaikat!E2", "Ulvila\nRauma", "sites.0.serves", ("886", "684")),
    right("municipalities-trailing", "Toimipaikat!E2", "Ulvila;; Rauma;", "sites.0.serves", ("886", "684")),
    right("municipalities-one-number", "Toimipaikat!E2", 886, "sites.0.serves", ("886",)),
    right("phone-spaces", "Järjestö!B15", "040 123 4567", "organisation.contact.phone", "040 123 4567"),
    right("phone-plus", "Järjestö!B15", "+358401234567", "organisation.contact.phone", "+358401234567"),
    right("phone-text-zero", "Järjestö!B15", Cell("0401234567", "@"), "organisation.contact.phone", "0401234567"),
    right("phone-short", "Järjestö!B15", 116117, "organisation.contact.phone", "116117"),
    right("section-text", "Vaatimukset!U2", Cell("3.10", "@"), "conditions.0.clause.section", "3.10"),
    right("section-whole-number", "Vaatimukset!U2", 4, "conditions.0.clause.section", "4"),
    right("page-number", "Vaatimukset!V2", 12, "conditions.0.clause.page", "12"),
    right("number-whole", "Osa-alueet!B2", 2, "lots.0.number", "2"),
    # --- ids and references
    right("id-spaces-around", "Palvelut!A2", "valmennus\u00a0 ", "services.0.id", "valmennus"),
    right("refs-semicolon", "Henkilöstö!E2", "valmennus; ohjaus", "staff.0.services", ("valmennus", "ohjaus")),
    right("refs-comma", "Henkilöstö!E2", "valmennus, ohjaus", "staff.0.services", ("valmennus", "ohjaus")),
    right("refs-lines", "Henkilöstö!E2", "valmennus\nohjaus", "staff.0.services", ("valmennus", "ohjaus")),
    right("owner-spaces", "Vaiheet!A2", " valmennus ", "services.0.steps.0.name", {"": "Aloitus"}),
    # --- choices
    right("choice-label", "Järjestö!B5", "säätiö", "organisation.legal_form", "foundation"),
    right("choice-capital", "Järjestö!B5", "Säätiö", "organisation.legal_form", "foundation"),
    right("choice-capitals", "Järjestö!B5", "SÄÄTIÖ", "organisation.legal_form", "foundation"),
    right("choice-code", "Järjestö!B5", "foundation", "organisation.legal_form", "foundation"),
    right("choice-swedish", "Järjestö!B5", "stiftelse", "organisation.legal_form", "foundation"),
    right("choice-english-words", "Järjestö!B5", "joint authority", "organisation.legal_form", "joint_authority"),
    right("choice-spaces", "Järjestö!B5", " säätiö\u00a0", "organisation.legal_form", "foundation"),
    right("kind-label", "Vaatimukset!C2", "vähimmäiskapasiteetti", "conditions.0.kind", "minimum_capacity"),
    right("kind-capitals", "Vaatimukset!C2", "VÄHIMMÄISKAPASITEETTI", "conditions.0.kind", "minimum_capacity"),
    right("kind-code", "Vaatimukset!C2", "minimum_capacity", "conditions.0.kind", "minimum_capacity"),
    right("yes-capital", "Toimipaikat!F2", "Kyllä", "sites.0.accessible", True),
    right("yes-x", "Toimipaikat!F2", "x", "sites.0.accessible", True),
    right("yes-truth", "Toimipaikat!F2", True, "sites.0.accessible", True),
    right("no-truth", "Toimipaikat!F2", False, "sites.0.accessible", False),
    right("no-swedish", "Toimipaikat!F2", "nej", "sites.0.accessible", False),
    right("language-capitals", "Palvelut!X2", "FI; sv", "services.0.languages", ("fi", "sv")),
    # --- pairs
    right("pair-no-colon", "Palkat!I2", "valmennus 60 %; ohjaus 40 %", "salaries.0.allocations.1.share", Decimal("40")),
    right("pair-comma", "Palkat!I2", "valmennus: 60 %, ohjaus: 40 %", "salaries.0.allocations.1.share", Decimal("40")),
    right(
        "pair-decimal-comma",
        "Palkat!I2",
        "valmennus: 60,5 %, ohjaus: 39,5 %",
        "salaries.0.allocations.0.share",
        Decimal("60.5"),
    ),
    right("pair-lines", "Palkat!I2", "valmennus: 60 %\nohjaus: 40 %", "salaries.0.allocations.1.share", Decimal("40")),
    right("pair-equals", "Palkat!I2", "valmennus=60 %; ohjaus=40 %", "salaries.0.allocations.1.share", Decimal("40")),
    right("pair-tight", "Palkat!I2", "valmennus:60%;ohjaus:40%;", "salaries.0.allocations.1.share", Decimal("40")),
    right("pair-bare", "Palkat!I2", "valmennus: 60; ohjaus: 40", "salaries.0.allocations.1.share", Decimal("40")),
    right(
        "turnover-two-years",
        "Järjestö!B11",
        "2024: 400 000,50 €, 2025: 420 000",
        "organisation.turnover.1.amount",
        Decimal("420000"),
    ),
    right("skills-label-and-code", "Henkilöstö!F2", "fi: äidinkieli; SV: B2", "staff.0.languages.1.level", "b2"),
    right(
        "work-hours-clock", "Palvelut!AE2", "tunti: 1; asiakas: 7:40", "services.0.work_hours.1.hours", Decimal(23) / 3
    ),
    # --- parameters
    right("parameter-code", "Vaatimukset!E2", "clients", "conditions.0.parameters.clients", Decimal("8")),
    right(
        "parameter-swedish", "Vaatimukset!E2", "Minst antal klienter", "conditions.0.parameters.clients", Decimal("8")
    ),
    right("parameter-text-number", "Vaatimukset!F2", "8", "conditions.0.parameters.clients", "8"),
    right(
        "parameter-gap",
        {"Vaatimukset!I2": "Laskentatapa", "Vaatimukset!J2": "päivä", "Vaatimukset!G2": None, "Vaatimukset!H2": None},
        "conditions.0.parameters.per",
        "day",
    ),
    # --- texts
    right("smart-quotes", "Palvelut!B2", "”Töihin” – ’heti’", "services.0.name", {"": "”Töihin” – ’heti’"}),
    right("emoji", "Palvelut!B2", "Töihin \N{GRINNING FACE}", "services.0.name", {"": "Töihin \N{GRINNING FACE}"}),
    right(
        "no-break-spaces-inside",
        "Palvelut!B2",
        "Työhön\u00a0valmennus ",
        "services.0.name",
        {"": "Työhön\u00a0valmennus"},
    ),
    right("line-breaks-inside", "Palvelut!H2", "Ensin.\n\nSitten.", "services.0.aim", {"": "Ensin.\n\nSitten."}),
    right("longest", "Palvelut!H2", "a" * 32767, "services.0.aim", {"": "a" * 32767}),
    right(
        "looks-like-a-formula",
        "Palvelut!H2",
        "- asiakas saa työpaikan",
        "services.0.aim",
        {"": "- asiakas saa työpaikan"},
    ),
    right(
        "semicolon-in-one-word",
        "Palvelut!Q2",
        '"BIP; kevyt"; Kykyviisari',
        "services.0.tools",
        ("BIP; kevyt", "Kykyviisari"),
    ),
]


@pytest.mark.parametrize(("cells", "path", "value"), RIGHT)
def test_what_people_really_type_is_read_right(tmp_path, cells, path, value):
    run = judged(write(tmp_path, setting(cells)))
    assert said(run) == []
    assert value_at(run, path) == value


def test_there_are_as_many_as_promised():
    assert len(MISTAKES) >= 80
    assert len(RIGHT) >= 80


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("työhönvalmennus", "tyohonvalmennus"),
        ("Työ & valmennus 2", "tyo-valmennus-2"),
        ("“valmennus”", "valmennus"),
        ("\N{GRINNING FACE}", "valmennus-1"),
    ],
)
def test_an_id_is_proposed_that_looks_like_what_was_typed(tmp_path, typed, near):
    run = judged(write(tmp_path, setting({"Palvelut!A2": typed})))
    (finding,) = (f for f in run.findings if f.code == "BK156")
    assert FI.hint(finding).startswith(f"Kirjoita esim. {near} (")
    assert _id(near) == near


def test_a_character_of_one_cell_leaves_the_workbook_readable(tmp_path):
    """Only in a text file does it end the reading: there the exit code is 2."""
    run = judged(write(tmp_path, setting({"Palvelut!B2": "Työ_x000B_polku"})))
    assert said(run)[0].startswith("tiedot.xlsx › Palvelut › B2 BK109 ")
    assert run.assessment is not None
    assert not run.unreadable
    assert exit_code(run) == 1
