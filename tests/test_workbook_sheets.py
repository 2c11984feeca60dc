"""Sheets, headings, forms and files as people leave them: what must be told, and what must be read all the same.

Each case changes one thing in a clean dossier; what it expects is everything that is found.
"""
# ruff: noqa: E501  (whole sentences, as they are printed)

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from bidkit.diagnostics import Severity
from bidkit.dossier.load import load
from bidkit.dossier.normalised import normalised
from bidkit.dossier.workbook_writer import workbooks
from bidkit.dossier.written import Written, written
from tests import office, small
from tests.conftest import EXAMPLES
from tests.workbooks import (
    FI,
    MEMBER,
    TENDER,
    Books,
    Cell,
    Change,
    base,
    expected,
    first_sheets,
    home,
    judged,
    patch,
    said,
    setting,
    stops,
    value_at,
    write,
)


def both(*changes: Change) -> Change:
    """Return a change that does several."""

    def change(books: Books) -> None:
        for one in changes:
            one(books)

    return change


def row(sheet: str, number: int, *values: Any) -> Change:
    """Return a change that types a row, from the first column on."""

    def change(books: Books) -> None:
        for column, value in enumerate(values, 1):
            books[sheet].cell(number, column, value)

    return change


def merged(sheet: str, area: str) -> Change:
    """Return a change that merges cells."""
    return lambda books: books[sheet].merge_cells(area)


def hidden_row(sheet: str, number: int) -> Change:
    """Return a change that hides a row."""
    return lambda books: setattr(books[sheet].row_dimensions[number], "hidden", True)


def hidden_column(sheet: str, letter: str) -> Change:
    """Return a change that hides a column."""
    return lambda books: setattr(books[sheet].column_dimensions[letter], "hidden", True)


def filtered(books: Books) -> None:
    """Filter a sheet, which hides the rows that do not fit."""
    row("Toimipaikat", 3, "rauma", "Rauma", "Katu 1, Rauma", "Rauma")(books)
    books["Toimipaikat"].auto_filter.ref = "A1:I3"
    books["Toimipaikat"].auto_filter.add_filter_column(0, ["pori"])
    hidden_row("Toimipaikat", 3)(books)


def renamed(sheet: str, name: str) -> Change:
    """Return a change that gives a sheet another name."""
    return lambda books: setattr(books[sheet], "title", name)


def deleted(sheet: str) -> Change:
    """Return a change that deletes a sheet."""
    return lambda books: books[home(sheet)].remove(books[sheet])


MISTAKES = [
    # --- merged, hidden, filtered
    pytest.param(
        both(
            row("Kustannukset", 3, "muu", "Muu", 100, "vuotta kohden", "muu", "valmennus: 100 %", None, "X"),
            merged("Kustannukset", "G2:G3"),
        ),
        ["Kustannukset!G2 BK199 Solut G2:G3 on yhdistetty; niiden arvo koskee vain solua G2."],
        id="merged-down",
    ),
    pytest.param(
        merged("Kustannukset", "B2:C2"),
        ["Kustannukset!B2 BK199 Solut B2:C2 on yhdistetty; niiden arvo koskee vain solua B2."],
        id="merged-across",
    ),
    pytest.param(
        merged("Toimipaikat", "F2:G2"),
        ["Toimipaikat!F2 BK199 Solut F2:G2 on yhdistetty; niiden arvo koskee vain solua F2."],
        id="merged-across-optional",
    ),
    pytest.param(
        merged("Kustannukset", "G1:H1"),
        ["Kustannukset!H1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Lähde”."],
        id="merged-heading",
    ),
    pytest.param(
        hidden_row("Toimipaikat", 2),
        ["Toimipaikat!A2 BK198 Rivi 2 on piilossa, mutta sisältö luettiin silti."],
        id="hidden-row",
    ),
    pytest.param(
        hidden_row("Hinnat", 2),
        ["Hinnat!A2 BK198 Rivi 2 on piilossa, mutta sisältö luettiin silti."],
        id="hidden-row-of-prices",
    ),
    pytest.param(
        hidden_column("Toimipaikat", "F"),
        ["Toimipaikat!F1 BK198 Sarake F on piilossa, mutta sisältö luettiin silti."],
        id="hidden-column",
    ),
    pytest.param(
        hidden_column("Hinnat", "D"),
        ["Hinnat!D1 BK198 Sarake D on piilossa, mutta sisältö luettiin silti."],
        id="hidden-column-of-prices",
    ),
    pytest.param(
        lambda books: setattr(books["Toimipaikat"], "sheet_state", "hidden"),
        ["Toimipaikat!A1 BK198 Välilehti Toimipaikat on piilossa, mutta sisältö luettiin silti."],
        id="hidden-sheet",
    ),
    pytest.param(
        lambda books: setattr(books["Hinnat"], "sheet_state", "veryHidden"),
        ["Hinnat!A1 BK198 Välilehti Hinnat on piilossa, mutta sisältö luettiin silti."],
        id="very-hidden-prices",
    ),
    pytest.param(
        hidden_row("Kustannusperusteet", 8),
        ["Kustannusperusteet!A8 BK198 Rivi 8 on piilossa, mutta sisältö luettiin silti."],
        id="hidden-row-of-a-form",
    ),
    pytest.param(
        filtered, ["Toimipaikat!A3 BK198 Rivi 3 on piilossa, mutta sisältö luettiin silti."], id="filtered-rows"
    ),
    # --- rows
    pytest.param(
        row("Toimipaikat", 7, "rauma", "Rauma", "Katu 1, Rauma", "Ruama"),
        ["Toimipaikat!D7 BK157 ”Ruama” ei ole Suomen kunta vuonna 2026."],
        id="row-after-blank-rows",
    ),
    pytest.param(
        row("Kustannukset", 4, None, "Yhteensä", 7200),
        ["Kustannukset!B4 BK246 Rivi näyttää loppusummalta (”Yhteensä”), joten sitä ei luettu."],
        id="total-row",
    ),
    pytest.param(
        row("Kustannukset", 5, None, "Kostnader totalt", 7200),
        ["Kustannukset!B5 BK246 Rivi näyttää loppusummalta (”Kostnader totalt”), joten sitä ei luettu."],
        id="total-row-in-swedish",
    ),
    pytest.param(
        row("Asiakasryhmät", 3, None, "Aikuiset"),
        ["Asiakasryhmät!A3 BK140 Kenttä ”Tunnus” puuttuu."],
        id="row-without-id",
    ),
    pytest.param(
        setting({"Toimipaikat!A1048576": "x"}),
        ["Toimipaikat!A1048576 BK186 Solu A1048576 on täytetty, vaikka se on kaukana taulukon ulkopuolella."],
        id="far-row",
    ),
    pytest.param(
        setting({"Toimipaikat!K2": "Soita"}),
        ["Toimipaikat!K2 BK197 ”Soita” on paikassa, jolla ei ole otsikkoa, joten sitä ei luettu."],
        id="beside-the-table",
    ),
    pytest.param(
        setting({"Toimipaikat!K90": "Yhteensä 1"}),
        ["Toimipaikat!K90 BK197 ”Yhteensä 1” on paikassa, jolla ei ole otsikkoa, joten sitä ei luettu."],
        id="far-below-the-table",
    ),
    pytest.param(
        row("Kustannukset", 3, "esim. oma", "Oma", 100, "vuotta kohden"),
        ["Kustannukset!A3 BK167 Rivi on merkitty esimerkiksi (”esim.”), mutta sitä on muutettu; sitä ei luettu."],
        id="example-changed",
    ),
    pytest.param(
        row("Kustannukset", 3, "T.ex. egen", "Oma", 100, "vuotta kohden"),
        ["Kustannukset!A3 BK167 Rivi on merkitty esimerkiksi (”T.ex.”), mutta sitä on muutettu; sitä ei luettu."],
        id="example-in-swedish-changed",
    ),
    # --- headings
    pytest.param(
        setting({"Toimipaikat!D1": "Kunat *"}),
        ["Toimipaikat!D1 BK194 ”Kunat *” luettiin nimenä ”Kunta”."],
        id="heading-misspelt",
    ),
    pytest.param(
        setting({"Toimipaikat!F1": "Estetön"}),
        ["Toimipaikat!F1 BK194 ”Estetön” luettiin nimenä ”Esteetön”."],
        id="heading-misspelt-optional",
    ),
    pytest.param(
        setting({"Hinnat!G1": "Alv:Verokohtelu"}),
        ["Hinnat!G1 BK194 ”Alv:Verokohtelu” luettiin nimenä ”Alv: Verokohtelu”."],
        id="heading-without-space",
    ),
    pytest.param(
        setting({"Toimipaikat!D1": "Paikkakunta"}),
        [
            "Toimipaikat!D1 BK242 Välilehdellä ei ole pakollista otsikkoa ”Kunta”, mutta siinä on ”Paikkakunta”, jota bidkit ei tunne."
        ],
        id="heading-renamed",
    ),
    pytest.param(
        setting({"Toimipaikat!F1": "Onko esteetön"}),
        ["Toimipaikat!F1 BK193 bidkit ei tunne otsikkoa ”Onko esteetön”, joten sen kohdalta ei luettu mitään."],
        id="heading-renamed-optional",
    ),
    pytest.param(
        lambda books: books["Toimipaikat"].delete_cols(4),
        ["Toimipaikat!A1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Kunta”."],
        id="heading-deleted",
    ),
    pytest.param(
        setting({"Toimipaikat!D1": None}),
        ["Toimipaikat!D1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Kunta”."],
        id="heading-cleared",
    ),
    pytest.param(
        setting({"Toimipaikat!F1": None}),
        ["Toimipaikat!F2 BK197 ”kyllä” on paikassa, jolla ei ole otsikkoa, joten sitä ei luettu."],
        id="heading-cleared-optional",
    ),
    pytest.param(
        lambda books: books["Toimipaikat"].delete_cols(1),
        ["Toimipaikat!A1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Tunnus”."],
        id="id-column-deleted",
    ),
    pytest.param(
        lambda books: books["Toimipaikat"].delete_cols(3, 2),
        [
            "Toimipaikat!A1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Osoite”.",
            "Toimipaikat!A1 BK195 Välilehdeltä puuttuu pakollinen sarake ”Kunta”.",
        ],
        id="two-needed-columns-deleted",
    ),
    pytest.param(
        setting({"Toimipaikat!J1": "Kunta", "Toimipaikat!J2": "Rauma"}),
        ["Toimipaikat!J1 BK196 ”Kunta” on tässä toista kertaa; se on jo paikassa tiedot.xlsx › Toimipaikat › D1."],
        id="heading-twice",
    ),
    pytest.param(
        setting({"Toimipaikat!J1": "Kommun", "Toimipaikat!J2": "Rauma"}),
        ["Toimipaikat!J1 BK196 ”Kunta” on tässä toista kertaa; se on jo paikassa tiedot.xlsx › Toimipaikat › D1."],
        id="heading-twice-in-two-languages",
    ),
    pytest.param(
        setting({"Asiakasryhmät!D1": "Nimi (fi)", "Asiakasryhmät!D2": "Toinen"}),
        [
            "Asiakasryhmät!D1 BK196 ”Nimi (fi)” on tässä toista kertaa; se on jo paikassa tiedot.xlsx › Asiakasryhmät › B1."
        ],
        id="text-twice-in-the-own-language",
    ),
    pytest.param(
        setting({"Toimipaikat!J1": "Muistiinpano", "Toimipaikat!J2": "Soita"}),
        ["Toimipaikat!J1 BK193 bidkit ei tunne otsikkoa ”Muistiinpano”, joten sen kohdalta ei luettu mitään."],
        id="heading-of-ones-own",
    ),
    pytest.param(
        setting({"Toimipaikat!J1": "Kunta (sv)", "Toimipaikat!J2": "Björneborg"}),
        ["Toimipaikat!J1 BK193 bidkit ei tunne otsikkoa ”Kunta (sv)”, joten sen kohdalta ei luettu mitään."],
        id="language-of-no-text",
    ),
    pytest.param(
        setting({"Asiakasryhmät!D1": "Nmi (sv)", "Asiakasryhmät!D2": "Unga"}),
        ["Asiakasryhmät!D1 BK194 ”Nmi (sv)” luettiin nimenä ”Nimi (sv)”."],
        id="language-misspelt",
    ),
    pytest.param(
        setting({"Toimipaikat!F1": "#N/A"}),
        ["Toimipaikat!F1 BK189 Solussa näkyy #N/A: sen kaava ei toimi."],
        id="heading-fails",
    ),
    pytest.param(
        setting({"Toimipaikat!F1": '="Este"&"etön"'}),
        ['Toimipaikat!F1 BK187 Solussa on kaava (="Este"&"etön"), mutta sen tulosta ei ole tallennettu.'],
        id="heading-never-calculated",
    ),
    pytest.param(
        lambda books: books["Toimipaikat"].delete_rows(1),
        ["Toimipaikat!A1 BK166 Välilehdellä on tietoja, mutta ei riviä, jolla olisi bidkitin tuntemat otsikot."],
        id="no-headings",
    ),
    # --- sheets
    pytest.param(
        renamed("Toimipaikat", "Toimipaikt"),
        ["tiedot.xlsx › Toimipaikt › A1 BK249 Välilehti ”Toimipaikt” luettiin välilehtenä ”Toimipaikat”."],
        id="sheet-misspelt",
    ),
    pytest.param(
        renamed("Palvelut", "Palvellut"),
        ["tiedot.xlsx › Palvellut › A1 BK249 Välilehti ”Palvellut” luettiin välilehtenä ”Palvelut”."],
        id="needed-sheet-misspelt",
    ),
    pytest.param(
        renamed("Palvelut", "Omat tuotteet"),
        [
            "tiedot.xlsx › Omat tuotteet › A1 BK165 bidkit ei tunne välilehteä ”Omat tuotteet”, joten siitä ei luettu mitään.",
            "Palvelut!A1 BK170 Välilehti Palvelut puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä.",
        ],
        id="needed-sheet-renamed",
    ),
    pytest.param(
        deleted("Palvelut"),
        ["Palvelut!A1 BK170 Välilehti Palvelut puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä."],
        id="needed-sheet-deleted",
    ),
    pytest.param(
        deleted("Järjestö"),
        ["Järjestö!A1 BK170 Välilehti Järjestö puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä."],
        id="form-deleted",
    ),
    pytest.param(
        deleted("Hinnat"),
        ["Hinnat!A1 BK170 Välilehti Hinnat puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä."],
        id="prices-deleted",
    ),
    pytest.param(
        deleted("Vaiheet"),
        ["Vaiheet!A1 BK245 Välilehti Vaiheet puuttuu; siinä on välilehden Palvelut riveihin kuuluvia tietoja."],
        id="steps-deleted",
    ),
    pytest.param(
        both(deleted("Vaatimukset"), deleted("Vahvistukset")),
        [
            "Vaatimukset!A1 BK175 Tarjouspyynnölle ei ole kirjattu reunaehtoja, joten yhtään vaatimusta ei ole tarkistettu."
        ],
        id="conditions-and-attestations-deleted",
    ),
    pytest.param(
        lambda books: setattr(books[MEMBER].copy_worksheet(books["Palvelut"]), "title", "Palvelut (2)"),
        [
            "tiedot.xlsx › Palvelut (2) › A1 BK165 bidkit ei tunne välilehteä ”Palvelut (2)”, joten siitä ei luettu mitään."
        ],
        id="sheet-copied",
    ),
    pytest.param(
        lambda books: books[MEMBER].create_sheet("Services").append(["Id"]),
        [
            "tiedot.xlsx › Services › A1 BK169 ”Services” on tässäkin tiedostossa; se luettiin jo paikasta tiedot.xlsx › Palvelut › A1."
        ],
        id="sheet-twice-in-two-languages",
    ),
    pytest.param(
        lambda books: books[MEMBER].create_sheet("Muistiinpanot").append(["Soita"]),
        [
            "tiedot.xlsx › Muistiinpanot › A1 BK165 bidkit ei tunne välilehteä ”Muistiinpanot”, joten siitä ei luettu mitään."
        ],
        id="sheet-of-ones-own",
    ),
    pytest.param(
        lambda books: books["Palvelut"].delete_rows(2, 9),
        [
            "Palvelut!A1 BK173 Välilehdellä Palvelut ei ole yhtään käyttökelpoista kohtaa; tarjous tarvitsee vähintään yhden."
        ],
        id="needed-sheet-empty",
    ),
    pytest.param(
        lambda books: books["Hinnat"].delete_rows(2, 9),
        [
            "Hinnat!A1 BK173 Välilehdellä Hinnat ei ole yhtään käyttökelpoista kohtaa; tarjous tarvitsee vähintään yhden."
        ],
        id="prices-empty",
    ),
    pytest.param(
        lambda books: books["Vaiheet"].delete_rows(2, 9),
        [
            "Palvelut!A2 BK244 Kohdalla ”valmennus” ei ole yhtään riviä välilehdellä Vaiheet, vaikka niitä tarvitaan vähintään yksi.",
            "Palvelut!A3 BK244 Kohdalla ”ohjaus” ei ole yhtään riviä välilehdellä Vaiheet, vaikka niitä tarvitaan vähintään yksi.",
        ],
        id="steps-empty",
    ),
    pytest.param(
        lambda books: books["Vaiheet"].delete_rows(3),
        [
            "Palvelut!A3 BK244 Kohdalla ”ohjaus” ei ole yhtään riviä välilehdellä Vaiheet, vaikka niitä tarvitaan vähintään yksi."
        ],
        id="one-service-without-steps",
    ),
    pytest.param(
        lambda books: books["Rahoitus"].delete_rows(2, 9),
        ["Rahoitus!A1 BK172 Välilehdellä Rahoitus ei ole yhtään kohtaa."],
        id="optional-sheet-empty",
    ),
    pytest.param(
        setting({f"Järjestö!B{number}": None for number in range(2, 30)}),
        ["Järjestö!A1 BK170 Välilehti Järjestö puuttuu tai on tyhjä; tarjousta ei voi tehdä ilman sitä."],
        id="form-empty",
    ),
    # --- forms
    pytest.param(
        setting({"Järjestö!B9": None, "Järjestö!C9": "https://esimerkki.example"}),
        [
            "Järjestö!C9 BK255 ”https://esimerkki.example” on kohdan ”Verkkosivut” solun B9 vieressä, joten sitä ei luettu."
        ],
        id="form-value-beside",
    ),
    pytest.param(
        setting({"Järjestö!B7": None, "Järjestö!C7": "Katu 1, Pori"}),
        [
            "Järjestö!C7 BK255 ”Katu 1, Pori” on kohdan ”Osoite” solun B7 vieressä, joten sitä ei luettu.",
            stops("Järjestö"),
        ],
        id="form-needed-value-beside",
    ),
    pytest.param(
        setting({"Järjestö!F3": "Soita"}),
        ["Järjestö!F3 BK255 ”Soita” on kohdan ”Nimi” solun B3 vieressä, joten sitä ei luettu."],
        id="form-value-far-beside",
    ),
    pytest.param(
        setting({"Järjestö!A9": "Verkkosivt", "Järjestö!B9": "https://esimerkki.example"}),
        ["Järjestö!A9 BK194 ”Verkkosivt” luettiin nimenä ”Verkkosivut”."],
        id="form-row-misspelt",
    ),
    pytest.param(
        setting({"Järjestö!A7": "Käyntipaikka"}),
        [
            "Järjestö!A7 BK242 Välilehdellä ei ole pakollista otsikkoa ”Osoite”, mutta siinä on ”Käyntipaikka”, jota bidkit ei tunne.",
            stops("Järjestö"),
        ],
        id="form-row-renamed",
    ),
    pytest.param(
        lambda books: books["Järjestö"].delete_rows(7),
        ["Järjestö!A1 BK243 Välilehdeltä puuttuu pakollinen rivi ”Osoite”.", stops("Järjestö")],
        id="form-row-deleted",
    ),
    pytest.param(
        setting({"Järjestö!A40": "Osoite", "Järjestö!B40": "Toinen katu 2"}),
        ["Järjestö!A40 BK196 ”Osoite” on tässä toista kertaa; se on jo paikassa tiedot.xlsx › Järjestö › A7."],
        id="form-row-twice",
    ),
    pytest.param(
        setting({"Järjestö!A40": "Muistettavaa", "Järjestö!B40": "Soita"}),
        ["Järjestö!A40 BK193 bidkit ei tunne otsikkoa ”Muistettavaa”, joten sen kohdalta ei luettu mitään."],
        id="form-row-of-ones-own",
    ),
    pytest.param(
        setting({"Järjestö!B40": "irrallinen"}),
        ["Järjestö!B40 BK197 ”irrallinen” on paikassa, jolla ei ole otsikkoa, joten sitä ei luettu."],
        id="form-value-without-name",
    ),
    pytest.param(
        setting({"Järjestö!B3": None}),
        ["Järjestö!B3 BK140 Kenttä ”Nimi” puuttuu.", stops("Järjestö")],
        id="form-value-missing",
    ),
    pytest.param(
        setting({"Järjestö!B12": None}),
        ["Järjestö!B12 BK140 Kenttä ”Yhteyshenkilö: Rooli” puuttuu.", stops("Järjestö")],
        id="form-value-in-a-group-missing",
    ),
    pytest.param(
        setting({"Järjestö!A9": "#N/A", "Järjestö!B9": "x"}),
        ["Järjestö!A9 BK189 Solussa näkyy #N/A: sen kaava ei toimi."],
        id="form-name-fails",
    ),
]


@pytest.mark.parametrize(("change", "findings"), MISTAKES)
def test_a_mistake_is_told_once(tmp_path, change, findings):
    assert sorted(said(judged(write(tmp_path, change)))) == sorted(expected("", findings))


def headings(*titles: str) -> Change:
    """Return a change that gives the sheet of sites other headings."""
    return row("Toimipaikat", 1, *titles)


def turned(books: Books) -> None:
    """Put columns into another order, with a gap between."""
    books["Toimipaikat"].move_range("A1:A2", cols=20)
    books["Toimipaikat"].move_range("D1:D2", cols=20)


def title_above(books: Books) -> None:
    """Write a title above a table, merged over its columns."""
    books["Kustannukset"].insert_rows(1, 3)
    books["Kustannukset"]["A1"] = "Kustannukset 2027"
    books["Kustannukset"].merge_cells("A1:H1")


def blank_between(books: Books) -> None:
    """Leave rows free between entries, some with spaces in them."""
    row("Asiakasryhmät", 9, "aikuiset", "Aikuiset")(books)
    row("Asiakasryhmät", 5, "  ", "\u00a0")(books)


RIGHT = [
    pytest.param(lambda books: books["Toimipaikat"], id="saved-by-another-program"),
    pytest.param(title_above, id="title-above"),
    pytest.param(blank_between, id="blank-rows-between"),
    pytest.param(turned, id="columns-in-another-order"),
    pytest.param(lambda books: books["Toimipaikat"].delete_cols(9), id="optional-column-deleted"),
    pytest.param(headings("Id", "Namn", "Adress", "Kommun", "Andra kommuner", "Tillgänglig"), id="swedish-headings"),
    pytest.param(
        headings("Id", "Name", "Address", "Municipality", "Other municipalities", "Accessible"), id="english-headings"
    ),
    pytest.param(headings("id", "name", "address", "municipality", "serves", "accessible"), id="stable-headings"),
    pytest.param(
        headings("Tunnus", "Namn", "Address", "municipality", "Muut kunnat", "Accessible"), id="mixed-headings"
    ),
    pytest.param(
        headings("TUNNUS", " nimi *", "Osoite\n*", "Kunta\u00a0*"), id="headings-in-capitals-and-with-odd-spaces"
    ),
    pytest.param(setting({"Hinnat!G1": "vat.status"}), id="stable-heading-of-a-group"),
    pytest.param(setting({"Hinnat!G1": "Alv:\u00a0Verokohtelu"}), id="no-break-space-in-a-heading"),
    pytest.param(row("Toimipaikat", 4, "Tunnus *", "Nimi *", "Osoite *", "Kunta *"), id="headings-repeated"),
    pytest.param(
        row("Toimipaikat", 4, "Id", "Name", "Address", "Municipality"), id="headings-repeated-in-another-language"
    ),
    pytest.param(setting({"Toimipaikat!J1": "Muistiinpano"}), id="empty-column-of-ones-own"),
    pytest.param(setting({"Toimipaikat!J1": "Kunta"}), id="empty-second-column"),
    pytest.param(
        setting({"Asiakasryhmät!D1": "Nimi (sv)", "Asiakasryhmät!D2": "Unga arbetssökande"}), id="further-language"
    ),
    pytest.param(
        setting({"Asiakasryhmät!D1": "Namn(SV)", "Asiakasryhmät!D2": "Unga arbetssökande"}),
        id="further-language-otherwise",
    ),
    pytest.param(hidden_row("Toimipaikat", 7), id="hidden-empty-row"),
    pytest.param(hidden_row("Kustannusperusteet", 9), id="hidden-empty-row-of-a-form"),
    pytest.param(hidden_column("Toimipaikat", "H"), id="hidden-empty-column"),
    pytest.param(hidden_column("Järjestö", "D"), id="hidden-explanations-of-a-form"),
    pytest.param(lambda books: setattr(books["Ohje"], "sheet_state", "hidden"), id="hidden-guide"),
    pytest.param(
        lambda books: setattr(books["Toimipaikat"].auto_filter, "ref", "A1:I2"), id="filter-that-hides-nothing"
    ),
    pytest.param(merged("Kustannukset", "A20:C22"), id="merged-empty-cells"),
    pytest.param(renamed("Toimipaikat", "TOIMIPAIKAT "), id="sheet-in-capitals"),
    pytest.param(renamed("Toimipaikat", "Verksamhetsställen"), id="swedish-sheet"),
    pytest.param(renamed("Toimipaikat", "Sites"), id="english-sheet"),
    pytest.param(renamed("Toimipaikat", "sites"), id="stable-sheet"),
    pytest.param(deleted("Ohje"), id="guide-deleted"),
    pytest.param(deleted("Sivukulut"), id="empty-list-deleted"),
    pytest.param(lambda books: books["Järjestö"].insert_rows(4, 3), id="form-with-blank-rows"),
    pytest.param(lambda books: books["Järjestö"].move_range("A3:B3", rows=40), id="form-in-another-order"),
    pytest.param(lambda books: books["Järjestö"].insert_cols(1), id="form-a-column-to-the-right"),
    pytest.param(lambda books: books["Järjestö"].delete_rows(1), id="form-without-its-headings"),
    pytest.param(lambda books: books["Järjestö"].delete_rows(9), id="form-without-an-optional-row"),
    pytest.param(setting({"Järjestö!A40": "Muistettavaa"}), id="form-with-a-heading-of-ones-own"),
    pytest.param(setting({"Järjestö!A40": "Osoite"}), id="form-with-an-empty-second-row"),
    pytest.param(setting({"Järjestö!A3": "Namn", "Järjestö!A4": "business_id"}), id="form-in-other-languages"),
    pytest.param(lambda books: setattr(books["Palvelut"]["B2"], "comment", Comment("Tarkista", "Toimisto")), id="note"),
    pytest.param(
        setting({"Palvelut!B2": CellRichText("Työhön", TextBlock(InlineFont(b=True), "valmennus"))}), id="rich-text"
    ),
    pytest.param(
        lambda books: setattr(books["Toimipaikat"]["A1048576"], "fill", PatternFill("solid", fgColor="FFFF00")),
        id="one-stray-format-in-the-last-row",
    ),
]


def content(folder: Path) -> Any:
    """Return what the dossier of ``folder`` says, wherever it stands."""
    dossier = load(folder).dossier
    assert dossier is not None
    return normalised(dossier)


SAME = frozenset({"blank-rows-between", "further-language", "further-language-otherwise", "optional-column-deleted"})


@pytest.mark.parametrize("change", RIGHT)
def test_what_people_do_with_sheets_is_read_all_the_same(tmp_path, change, request):
    write(tmp_path / "changed", change)
    assert said(judged(tmp_path / "changed")) == []
    if request.node.callspec.id not in SAME:
        assert content(tmp_path / "changed") == content(write(tmp_path / "base"))


def test_a_row_after_blank_rows_and_a_further_language_are_there(tmp_path):
    run = judged(write(tmp_path / "a", blank_between))
    assert [group.id for group in run.entries["client_groups"]] == ["nuoret", "aikuiset"]
    heading = {"Asiakasryhmät!D1": "Nimi (sv)", "Asiakasryhmät!D2": "Unga arbetssökande"}
    run = judged(write(tmp_path / "b", setting(heading)))
    assert value_at(run, "client_groups.0.name") == {"fi": "Nuoret työnhakijat", "sv": "Unga arbetssökande"}


def test_examples_never_reach_a_bid(tmp_path):
    for file, data in workbooks(None, "fi").items():
        (tmp_path / file).write_bytes(data)
    raw = load(tmp_path)
    assert not any(raw.entries[noun] for noun in ("services", "staff", "cost_items", "prices", "conditions"))
    assert "BK167" not in {f.code for f in raw.findings}


def test_what_is_hidden_stops_a_bid_in_prices_and_costs_only(tmp_path):
    weights = {}
    for sheet in ("Toimipaikat", "Hinnat", "Palkat", "Kustannukset", "Hintarivit", "Kustannusperusteet"):
        (finding,) = [f for f in judged(write(tmp_path / sheet, hidden_row(sheet, 2))).findings if f.code == "BK198"]
        weights[sheet] = finding.severity
    assert weights.pop("Toimipaikat") is Severity.WARNING
    assert set(weights.values()) == {Severity.ERROR}


@pytest.mark.parametrize("rows", [50_000, 300_000])  # to the end of the sheet: tests/test_xlsx.py
def test_formatted_empty_rows_change_nothing(tmp_path, rows):
    row_ = '<row r="{}" s="1" customFormat="1" ht="15" customHeight="1"/>'
    more = "".join(row_.format(number) for number in range(10, rows))
    write(tmp_path)
    patch(tmp_path / MEMBER, "Toimipaikat", lambda xml: xml.replace("</sheetData>", more + "</sheetData>"))
    assert said(judged(tmp_path)) == []


# --- formulas with stored results ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("where", "typed", "result", "finding", "path", "value"),
    [
        ("Kustannukset!C2", "=600*12", "7200", "BK188 Solussa on kaava; siitä käytettiin tiedostoon tallennettua tulosta 7200.", "cost_items.0.amount", Decimal(7200)),
        ("Kustannukset!B2", '="Ti"&"lat"', "Tilat", "BK188 Solussa on kaava; siitä käytettiin tiedostoon tallennettua tulosta Tilat.", "cost_items.0.title", {"": "Tilat"}),
        ("Hinnat!D2", Cell("=4/100", "0%"), "0.04", "BK188 Solussa on kaava; siitä käytettiin tiedostoon tallennettua tulosta 4 %.", "prices.0.margin", Decimal(4)),
        ("Todistukset!E2", Cell("=DATE(2026,11,30)", "d.m.yyyy"), "46356", "BK188 Solussa on kaava; siitä käytettiin tiedostoon tallennettua tulosta 30.11.2026.", "certificates.0.issued", date(2026, 11, 30)),
    ],
)  # fmt: skip
def test_the_stored_result_of_a_formula_is_used_and_told(tmp_path, where, typed, result, finding, path, value):
    run = judged(write(tmp_path, setting({where: typed}), {where: result}))
    assert said(run) == expected(where, [finding])
    assert value_at(run, path) == value


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!"])
def test_the_stored_error_of_a_formula_is_told(tmp_path, error):
    run = judged(write(tmp_path, setting({"Kustannukset!C2": "=B9*2"}), {"Kustannukset!C2": error}))
    assert said(run) == expected("Kustannukset!C2", [f"BK189 Solussa näkyy {error}: sen kaava ei toimi."])


def test_a_control_character_is_told_at_its_cell(tmp_path):
    run = judged(write(tmp_path, setting({"Palvelut!B2": "Työ_x0007_hön"})))
    finding = "BK109 Tässä on merkki U+0007, jota mikään asiakirja ei voi sisältää."
    assert said(run) == expected("Palvelut!B2", [finding])


# --- the way out, in terms of cells -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (setting({"Palvelut!B2": None}), "Kirjoita se tähän soluun."),
        (setting({"Palvelut!V2": Cell(30, "0%")}), "Kirjoita soluun 30 %. Jos tarkoitat 3000 %, kirjoita se tekstinä: '3000 %."),
        (setting({"Toimipaikat!D2": 91}), "Kirjoita Helsinki, tai kuntanumero, jonka edessä on heittomerkki ('091)."),
        (setting({"Kustannukset!C2": Cell(8.333333, "0.00")}), "Näytä solussa enemmän desimaaleja, tai kirjoita siihen pyöristetty arvo 8,33."),
        (setting({"Vaatimukset!U2": Cell(date(2026, 2, 3), "d.m.")}), "Muuta solun muotoiluksi Teksti ja kirjoita uudelleen, tai aloita heittomerkillä: '3.2."),
        (setting({"Palkat!I2": "60 %"}), "Kirjoita esimerkiksi ”valmennus: 100 %”. Erota useat toisistaan puolipisteellä."),
        (setting({"Henkilöstö!F2": "fi"}), "Kirjoita esimerkiksi ”fi: äidinkieli; sv: b2”. Erota useat toisistaan puolipisteellä."),
        (setting({"Vaatimukset!J2": 5}), "Valitse soluun I2, mistä arvosta on kyse, tai tyhjennä tämä solu."),
        (setting({"Vaatimukset!E2": "Väri"}), "Korjaa nimi tai tyhjennä solu. Tässä käyvät: Asiakkaita vähintään, Laskentatapa, Palvelupäiviä vuodessa."),
        (setting({"Toimipaikat!D1": "Paikkakunta"}), "Jos ne tarkoittavat samaa, kirjoita tähän ”Kunta”; muuten lisää ”Kunta” sen rinnalle."),
        (setting({"Toimipaikat!J1": "Muistiinpano", "Toimipaikat!J2": "x"}), "Jätä se paikalleen, jos se on oma muistiinpanosi: kaikki bidkitin tuntemat otsikot ovat paikallaan."),
        (setting({"Järjestö!B9": None, "Järjestö!C9": "https://x.example"}), "Siirrä se soluun B9."),
        (setting({"Perustiedot!B7": Cell(date(2027, 2, 15), "d.m.yyyy")}), "Lisää kellonaika, esim. 15.1.2027 12:00. Jos tarkoitat keskiyötä, kirjoita se tekstinä: '15.1.2027 0:00."),
        (setting({"Henkilöstö!E2": "olematon"}), "Korjaa tunnus tai lisää se välilehdelle Palvelut."),
        (lambda books: books["Vaiheet"].delete_rows(3), "Lisää välilehdelle Vaiheet rivi ja kirjoita sen ensimmäiseen soluun ”ohjaus”."),
        (deleted("Palvelut"), "Täytä tämä välilehti. Jos olet poistanut sen, tee uudet työkirjat komennolla bidkit init ja kopioi se niistä."),
    ],
)  # fmt: skip
def test_the_way_out_speaks_of_cells(tmp_path, change, hint):
    run = judged(write(tmp_path, change))
    untouched = {str(f.place) for f in judged(write(tmp_path / "base")).findings}
    first = next(f for f in run.findings if str(f.place) not in untouched)
    assert FI.hint(first) == hint


# --- files ------------------------------------------------------------------------------------------------
def foreign(path: Path) -> None:
    """Write a workbook of somebody else's."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Budjetti"
    book.save(path)


def only(folder: Path) -> Path:
    """Leave nothing in a folder but one workbook of somebody else's."""
    for file in folder.iterdir():
        file.unlink()
    foreign(folder / "budjetti.xlsx")
    return folder


EMPTY = "BK101 Kansiossa ”{0}” ei ole yhtään aineiston tiedostoa, kuten tiedot.xlsx, tarjouspyynto.xlsx, "
FILES = [
    ("a-spare-copy", lambda d: shutil.copy(d / MEMBER, d / "tiedot - Kopio.xlsx"), [f"tiedot - Kopio.xlsx BK250 Tässä tiedostossa on samat välilehdet kuin tiedostossa tiedot.xlsx, joten niitä ei luettu tästä: {first_sheets(MEMBER)}, …."]),
    ("a-download-again", lambda d: shutil.copy(d / TENDER, d / "tarjouspyynto (1).xlsx"), [f"tarjouspyynto (1).xlsx BK250 Tässä tiedostossa on samat välilehdet kuin tiedostossa tarjouspyynto.xlsx, joten niitä ei luettu tästä: {first_sheets(TENDER)}, …."]),
    ("a-foreign-workbook", lambda d: foreign(d / "budjetti.xlsx"), ["budjetti.xlsx BK251 Työkirjassa ei ole yhtään bidkitin tuntemaa välilehteä, joten siitä ei luettu mitään."]),
    ("yaml-too", lambda d: (d / "sites.yaml").write_text(small.FILES["sites"], "utf-8"), ["Toimipaikat!A1 BK169 ”Toimipaikat” on tässäkin tiedostossa; se luettiin jo paikasta sites.yaml."]),
    ("the-organisation-missing", lambda d: (d / MEMBER).unlink(), ["tiedot.xlsx BK252 Tiedosto tiedot.xlsx puuttuu: missään tämän kansion työkirjassa ei ole välilehtiä Järjestö, Palvelut, Kustannusperusteet."]),
    ("xls", lambda d: (d / MEMBER).rename(d / "tiedot.xls"), ["tiedot.xls BK179 tiedot.xls on toisenlainen tiedosto (.xls); bidkit lukee .xlsx-työkirjoja."]),
    ("ods", lambda d: (d / MEMBER).rename(d / "tiedot.ods"), ["tiedot.ods BK179 tiedot.ods on toisenlainen tiedosto (.ods); bidkit lukee .xlsx-työkirjoja."]),
    ("csv", lambda d: (d / MEMBER).rename(d / "Tiedot.CSV"), ["Tiedot.CSV BK179 Tiedot.CSV on toisenlainen tiedosto (.csv); bidkit lukee .xlsx-työkirjoja."]),
    ("xlsm", lambda d: (d / MEMBER).rename(d / "tiedot.xlsm"), ["tiedot.xlsm BK179 tiedot.xlsm on toisenlainen tiedosto (.xlsm); bidkit lukee .xlsx-työkirjoja."]),
    ("nothing-in-the-file", lambda d: (d / MEMBER).write_bytes(b""), ["tiedot.xlsx BK182 Tämä on tyhjä tiedosto, ei Excel-työkirja (.xlsx)."]),
    ("text-called-xlsx", lambda d: (d / MEMBER).write_bytes(b"a;b\n1;2\n"), ["tiedot.xlsx BK182 Tämä on tekstitiedosto (.csv tai vastaava), ei Excel-työkirja (.xlsx)."]),
    ("cut-short", lambda d: (d / MEMBER).write_bytes(base()[MEMBER][:5000]), ["tiedot.xlsx BK106 Tiedostoa tiedot.xlsx ei voi lukea: se on vaurioitunut tai katkennut."]),
]  # fmt: skip
SILENT = [
    ("lock-of-office", lambda d: (d / "~$tiedot.xlsx").write_bytes(b"x" * 165)),
    ("lock-of-libreoffice", lambda d: (d / ".~lock.tiedot.xlsx#").write_bytes(b"x")),
    ("marked-copy", lambda d: shutil.copy(d / MEMBER, d / "tiedot_korjattavat.xlsx")),
    ("second-marked-copy", lambda d: shutil.copy(d / MEMBER, d / "tiedot_korjattavat (2).xlsx")),
    ("hidden-file", lambda d: (d / ".tiedot.xlsx").write_bytes(b"x")),
    ("another-name", lambda d: (d / MEMBER).rename(d / "Järjestön tiedot 2027.xlsx")),
    ("capitals", lambda d: (d / MEMBER).rename(d / "TIEDOT.XLSX")),
    ("old-xls-beside", lambda d: shutil.copy(d / MEMBER, d / "tiedot.xls")),
    ("workbook-among-attachments", lambda d: shutil.copytree(d, d / "attachments")),
]


@pytest.mark.parametrize(("change", "findings"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_files_that_are_no_part_or_not_readable_are_told_once(tmp_path, change, findings):
    folder = write(tmp_path / "d")
    change(folder)
    assert said(judged(folder)) == expected("", findings)


def test_a_blank_workbook_is_not_read_before_a_filled_one_of_another_name(tmp_path):
    folder = write(tmp_path / "d")
    (folder / MEMBER).rename(folder / "omat.xlsx")
    (folder / MEMBER).write_bytes(workbooks(Written({}), "fi", examples=True)[MEMBER])
    told = f"tiedot.xlsx BK250 Tässä tiedostossa on samat välilehdet kuin tiedostossa omat.xlsx, joten niitä ei luettu tästä: {first_sheets(MEMBER)}, …."
    run = judged(folder)
    assert said(run) == expected("", [told])
    assert value_at(run, "services.0.id") == "valmennus"


def test_a_blank_sheet_is_not_read_before_a_filled_one(tmp_path):
    folder = write(tmp_path / "d")
    book = openpyxl.load_workbook(folder / MEMBER)
    for name in book.sheetnames:
        if name != "Toimipaikat":
            del book[name]
    book.save(folder / "omat.xlsx")
    book = openpyxl.load_workbook(folder / MEMBER)
    book["Toimipaikat"].delete_rows(2, 50)
    book.save(folder / MEMBER)
    told = "Toimipaikat!A1 BK169 ”Toimipaikat” on tässäkin tiedostossa; se luettiin jo paikasta omat.xlsx › Toimipaikat › A1."
    assert said(judged(folder)) == expected("", [told])


@pytest.mark.parametrize("change", [f[1] for f in SILENT], ids=[f[0] for f in SILENT])
def test_files_that_are_left_alone(tmp_path, change):
    folder = write(tmp_path / "d")
    change(folder)
    assert said(judged(folder)) == []


@pytest.mark.parametrize("make", [only, lambda folder: shutil.rmtree(folder) or folder.mkdir() or folder])
def test_a_folder_without_a_sheet_of_ours_says_what_it_looks_for(tmp_path, make):
    folder = make(write(tmp_path / "d"))
    *notes, last = said(judged(folder))
    assert EMPTY.format(folder) in last
    assert all("BK251" in note for note in notes)


def test_a_workbook_that_is_open_elsewhere(tmp_path, monkeypatch):
    folder, opened = write(tmp_path), Path.open

    def locked(path, *rest, **more):
        if path.name == MEMBER:
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **more)

    monkeypatch.setattr(Path, "open", locked)
    first, *others = said(judged(folder))
    assert first.startswith("tiedot.xlsx BK104 Tiedostoa ei saa lukea: se on auki toisessa ohjelmassa")
    assert others == []


def test_the_workbooks_are_never_written_to(tmp_path):
    folder = write(tmp_path, setting({"Palvelut!A2": "Valmennus"}))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    judged(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


# --- other programs -----------------------------------------------------------------------------------
@pytest.mark.office
@pytest.mark.parametrize("name", ["small", "tyopolku"])
def test_workbooks_saved_by_libreoffice_say_the_same(tmp_path, name):
    files = dict(base())
    if name != "small":
        dossier = load(EXAMPLES / name).dossier
        assert dossier is not None
        files = dict(workbooks(written(dossier), "fi", examples=False))
    mine = tmp_path / "mine"
    mine.mkdir()
    for file, data in files.items():
        (mine / file).write_bytes(data)
    office.convert([mine / file for file in files], tmp_path / "theirs", "xlsx")
    assert content(tmp_path / "theirs") == content(mine)
    kinds = {f.code for f in load(mine).findings}
    assert {f.code for f in load(tmp_path / "theirs").findings} == kinds


def test_workbooks_like_those_of_google_sheets_say_the_same(tmp_path):
    """Texts inside the cells, no theme, no properties, formats of its own, rows with heights, empty cells with styles."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    for file, data in base().items():
        (theirs / file).write_bytes(_as_google(data))
    assert content(theirs) == content(write(tmp_path / "mine"))
    assert said(judged(theirs)) == []


_FORMATS = ("General", "d.m.yyyy", "d.m.yyyy hh:mm", "0.00##%", "#,##0.00##")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _as_google(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = "".join(
        f'<sheet state="visible" name="{escape(name)}" sheetId="{n}" r:id="rId{n + 3}"/>'
        for n, name in enumerate(book.sheetnames, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n + 3}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(book.sheetnames) + 1)
    )
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escape(f)}"/>' for n, f in enumerate(_FORMATS))
    styles = "".join(f'<xf borderId="0" fillId="0" fontId="0" numFmtId="{164 + n}"/>' for n in range(len(_FORMATS)))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default ContentType="application/xml" Extension="xml"/>'
        '<Default ContentType="application/vnd.openxmlformats-package.relationships+xml" Extension="rels"/>'
        '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml" PartName="/xl/workbook.xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr/><sheets>{sheets}</sheets><definedNames/><calcPr/></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_FORMATS)}">{formats}</numFmts><cellXfs count="{len(_FORMATS)}">{styles}</cellXfs></styleSheet>',
    }
    for number, sheet in enumerate(book.worksheets, 1):
        rows = "".join(
            f'<row r="{n}" ht="15.75" customHeight="1">{"".join(map(_google_cell, cells))}<c r="ZZ{n}" s="1"/></row>'
            for n, cells in enumerate(sheet.iter_rows(), 1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetPr/><sheetFormatPr customHeight="1" defaultRowHeight="15.75"/><sheetData>{rows}</sheetData></worksheet>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return out.getvalue()


def _google_cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return f'<c r="{cell.coordinate}" s="0"/>'
    if isinstance(value, datetime):
        style = 2 if "h" in cell.number_format else 1
        return f'<c r="{cell.coordinate}" s="{style}"><v>{(value - datetime(1899, 12, 30)).total_seconds() / 86400!r}</v></c>'
    if isinstance(value, int | float):
        style = 3 if "%" in cell.number_format else 4 if "0.00" in cell.number_format else 0
        return f'<c r="{cell.coordinate}" s="{style}"><v>{value!r}</v></c>'
    return f'<c r="{cell.coordinate}" s="0" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def test_there_are_as_many_as_promised():
    assert len(MISTAKES) + len(FILES) >= 80
    assert len(RIGHT) + len(SILENT) >= 40
