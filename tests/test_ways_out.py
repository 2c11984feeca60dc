"""The way out that a finding names fits what its user wrote: a pasted row, the kind of value, the kind of file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from bidkit import money
from bidkit.diagnostics import Finding, Place, Refused, Severity
from bidkit.dossier.sheets import code_of
from bidkit.i18n import Translator
from bidkit.model._base import _amount, language_code, near_id
from bidkit.model.choices import label
from bidkit.model.codes import municipality_code
from bidkit.model.tender import _decimals
from bidkit.render.context.words import BINDINGS
from tests import small
from tests.workbooks import FI, judged, setting, write


def found(folder: Path, code: str, **files: str) -> list[Finding]:
    small.write(folder, **files)
    return [one for one in judged(folder).findings if one.code == code]


@pytest.mark.parametrize(
    ("noun", "hint"),
    [
        ("services", "Poista toinen, jos se on sama; muuten anna sille eri tunnus."),
        ("prices", "Poista toinen."),
        ("lot_offers", "Poista toinen."),
    ],
)
def test_an_entry_pasted_twice_is_removed(tmp_path, noun, hint):
    (one,) = found(tmp_path / "a", "BK171", **{noun: small.FILES[noun] * 2})
    assert FI.hint(one) == hint


STEP = "- {name: Vaihe, phase: start, what: Sovitaan tavoitteet}"


def test_a_step_pasted_twice_is_a_warning_at_the_second(tmp_path):
    first = small.FILES["services"].index("steps:\n")
    head = small.FILES["services"][: first + len("steps:\n")]
    tail = small.FILES["services"][first + len("steps:\n") :]
    pasted = f"{head}    {STEP}\n    {STEP}\n    {STEP.replace('Vaihe', 'Toinen')}\n{tail}"
    (one,) = found(tmp_path / "a", "BK219", services=pasted)
    line = head.count("\n") + 1
    assert (one.severity, one.place.spot) == (Severity.WARNING, f"{line + 1}:14")
    assert FI.sentence(one) == f"Tämä on sanasta sanaan sama kuin paikassa services.yaml:{line}:14."


def test_two_steps_that_differ_in_a_word_are_two_steps(tmp_path):
    pasted = small.FILES["services"].replace(
        "steps:\n", f"steps:\n    {STEP}\n    {STEP.replace('Sovitaan', 'Tehdään')}\n"
    )
    assert found(tmp_path / "a", "BK219", services=pasted) == []


def refusal(read: Callable[[object], object], written: object) -> Finding:
    with pytest.raises(Refused) as caught:
        read(written)
    return caught.value.at(Place("tiedot.xlsx", "Palvelut!A2"))


@pytest.mark.parametrize(
    ("read", "written", "example"),
    [
        (money.money, "noin 50", "52,50"),
        (money.percent, "n. 5 %", "3 %"),
        (money.percent, "viisi", "3 %"),
        (money.count, "kaksi", "24"),
        (_amount, "n. 5", "7,5"),
        (_decimals, "kaksi", "2"),
    ],
)
def test_the_example_of_a_number_is_one_of_its_kind(read, written, example):
    assert FI.hint(refusal(read, written)) == f"Kirjoita pelkkä luku, esim. {example}."
    read(example)


@pytest.mark.parametrize("written", ["0,2 milj.", "1.250,00 €/v", "12.50,00", "1.2,3", ".,", "n. 1.250,00"])
def test_what_is_no_number_is_not_proposed_again(written):
    assert refusal(money.money, written).code == "BK143"


@pytest.mark.parametrize(
    ("written", "likely"),
    [("1.250,5", "1 250,5"), ("1,250,000.00", "1 250 000,00"), ("-1.250,00", "-1 250,00"), ("1.250,00 €", "1 250,00")],
)
def test_a_number_of_two_signs_is_proposed_as_one_that_can_be_read(written, likely):
    told = refusal(money.money, written)
    assert (told.code, told.facts["likely"]) == ("BK144", likely)
    money.money(likely)


def test_a_number_for_an_id_is_proposed_as_text(tmp_path):
    run = judged(write(tmp_path, setting({"Palvelut!A2": 3.2})))
    (one,) = (f for f in run.findings if f.code == "BK156")
    assert FI.sentence(one) == "”3,2” ei kelpaa tunnukseksi."
    assert FI.hint(one).startswith("Kirjoita esim. 3.2 tekstinä, siis heittomerkki edessä: '3.2 (")
    assert near_id("3,2") == "3.2"


@pytest.mark.parametrize(
    ("typed", "form"), [("1234567-8", "3134980-3"), ("3134980-4", "1234567-8"), ("12", "1234567-8")]
)
def test_the_form_of_a_business_id_is_never_the_one_refused(typed, form):
    hint = FI.hint(refusal(money.business_id, typed))
    assert hint == f"Tarkista tunnus YTJ:stä (ytj.fi) ja kirjoita se muodossa {form}."


def word() -> bytes:
    held = BytesIO()
    docx.Document().save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "Vie tähän oikea työkirja, tai palauta tiedoston aiempi versio OneDriven versiohistoriasta."),
        (word(), "Vie tähän oikea työkirja."),
        (b"%PDF-1.7\n", "Vie tähän oikea työkirja."),
        (
            b"a;b\n1;2\n",
            "Vie tähän oikea työkirja, tai avaa tämä Excelissä, valitse Tiedosto, Tallenna nimellä ja tyypiksi "
            "Excel-työkirja (*.xlsx).",
        ),
    ],
    ids=["empty", "word", "pdf", "text"],
)
def test_the_way_out_fits_the_kind_of_file(tmp_path, data, hint):
    folder = write(tmp_path / "d")
    (folder / "tiedot.xlsx").write_bytes(data)
    (one,) = (f for f in judged(folder).findings if f.code == "BK182")
    assert FI.hint(one) == hint


@pytest.mark.parametrize("typed", ["Pori ja Ulvila", "Pori, Ulvila", "Pori / Ulvila"])
def test_two_municipalities_are_told_apart(typed):
    told = refusal(municipality_code, typed)
    assert FI.hint(told) == (
        "Kirjoita kunnan nimi tai kolminumeroinen kuntanumero; jos solussa voi olla useita kuntia, erota ne "
        "puolipisteellä (;). Lähellä: Pori, Ulvila."
    )


@pytest.mark.parametrize(
    "written", ["18.12.2026 klo 15", "18.12.2026 kl. 15", "18.12.2026, klo 15", "18.12.2026 Klo 15", "2026-12-18 kl 15"]
)
def test_a_full_hour_needs_no_minutes(written):
    assert money.moment(written) == datetime(2026, 12, 18, 15, tzinfo=money.HELSINKI)


@pytest.mark.parametrize("written", ["18.12.2026 15", "18.12.2026 klo 25", "klo 15", "18.12.2026 klo", "18.12. klo 15"])
def test_a_bare_figure_is_no_time_of_day(written):
    assert refusal(money.moment, written).code == "BK150"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("suomi", "fi"),
        ("Svenska", "sv"),
        ("finska", "fi"),
        ("English", "en"),
        ("selkokieli", "selko"),
        ("venäjä", "ru"),
        ("ukraina", "uk"),
        ("sv", "sv"),
        ("som", "som"),
    ],
)
def test_a_language_may_be_named(written, code):
    assert language_code(written) == code


@pytest.mark.parametrize("written", ["saame", "suomeksi", "suomi ja ruotsi", "klingon", "suom", ""])
def test_other_words_are_no_language(written):
    assert refusal(language_code, written).code == "BK161"


def test_a_text_names_its_language_by_the_code(tmp_path):
    """Were both taken, {fi: a, suomi: b} would lose one of the two texts without a word."""
    given = small.FILES["organisation"].replace("profile: ", "profile:\n  fi: Yksi\n  suomi: ")
    assert found(tmp_path / "a", "BK161", organisation=given)


@pytest.mark.parametrize(
    "typed", ["pakollinen", "Pakollinen", "ehdoton", "obligatoriskt", "ovillkorligt", "mandatory", "knock_out"]
)
def test_the_binding_is_read_as_the_bid_prints_it_and_as_it_was(tmp_path, typed):
    run = judged(write(tmp_path, setting({"Vaatimukset!D2": typed})))
    assert run.dossier is not None
    assert run.dossier.conditions[0].binding == "knock_out"
    assert "BK153" not in {one.code for one in run.findings}


def test_another_choice_is_not_read_by_the_words_of_the_binding():
    assert code_of("ehdoton", ("scored", "information")) == "ehdoton"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_workbook_calls_a_binding_as_the_bid_does(language):
    for code, printed in BINDINGS.items():
        assert Translator(language, ("choices",)).text(label(code)) == Translator(language, ("document",)).text(printed)


def without(*sheets: str) -> Callable[[dict[str, Any]], None]:
    def change(books: dict[str, Any]) -> None:
        for name in sheets:
            sheet = books[name]
            sheet.parent.remove(sheet)

    return change


def test_all_sheets_with_errors_are_named(tmp_path):
    faults = {"Perustiedot!B7": "x", "Palvelut!A2": "Ei Tunnus", "Kustannusperusteet!B2": "y"}
    (one,) = (f for f in judged(write(tmp_path, setting(faults))).findings if f.code == "BK174")
    assert one.facts["file"] == (
        "tiedot.xlsx › Kustannusperusteet",
        "tarjouspyynto.xlsx › Perustiedot",
        "tiedot.xlsx › Palvelut",
    )


def test_sheets_of_costs_that_are_gone_are_told_as_one(tmp_path):
    run = judged(write(tmp_path, without("Palkat", "Kustannukset")))
    (one,) = (f for f in run.findings if f.code == "BK284")
    assert str(one.place) == "tiedot.xlsx › Palkat › A1"
    assert FI.sentence(one).startswith("Kustannukset puuttuvat:")
    assert FI.hint(one).startswith("Täytä välilehdet Palkat ja Kustannukset.")


@pytest.mark.parametrize("gone", [(), ("Palkat",), ("Kustannukset",)])
def test_one_sheet_of_costs_is_enough(tmp_path, gone):
    assert "BK284" not in [f.code for f in judged(write(tmp_path, without(*gone))).findings]


def test_costs_that_cannot_be_read_are_not_missing(tmp_path):
    change = {"salaries": small.FILES["salaries"].replace("3 000", "n. 3 000"), "cost_items": None}
    small.write(tmp_path / "a", **change)
    assert "BK284" not in [f.code for f in judged(tmp_path / "a").findings]


def test_registers_are_chosen_and_printed_in_words(tmp_path):
    """Typed with commas, by code or by label: each is told from the others, and one that is none is named."""
    typed = "prepayment, Työnantaja; yhdistys"
    run = judged(write(tmp_path / "a", setting({"Järjestö!B10": typed})))
    assert run.dossier.members[0].organisation.registers == ("prepayment", "employer", "association")
    run = judged(write(tmp_path / "b", setting({"Järjestö!B10": "ennakkoperintä; verorekisteri"})))
    told = [(str(one.place), FI.about(one.place).sentence(one)) for one in run.findings if one.code == "BK153"]
    assert told == [
        (
            "tiedot.xlsx › Järjestö › B10",
            "”verorekisteri” ei ole mikään vaihtoehdoista: ennakkoperintä, työnantaja, alv, kauppa, yhdistys, säätiö, "
            "sosiaaliala.",
        )
    ]
