"""Money, numbers, dates, hours: what Finns write, and what must be refused because it can be read in two ways."""

import contextlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit import money
from bidkit.diagnostics import Place, Refused
from bidkit.i18n import Translator
from bidkit.model.codes import municipality_code

HELSINKI = ZoneInfo("Europe/Helsinki")


def refusal(convert, written):
    with pytest.raises(Refused) as caught:
        convert(written)
    return caught.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234\u2009567,5", "1234567.5"),
        ("1234.50", "1234.50"),
        ("75 €", "75"),
        ("75,00€", "75"),
        ("0,125", "0.125"),
        ("-5,00", "-5"),
        ("\u22125,00", "-5"),
        (Decimal("8.33"), "8.33"),
        (8.33, "8.33"),
        (12, "12"),
    ],
)
def test_money_as_finns_write_it(written, value):
    assert money.money(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "code", "text"),
    [
        ("n. 50", "BK143", "”n. 50” ei ole luku."),
        ("1e3", "BK143", "”1e3” ei ole luku."),
        ("1_000", "BK143", "”1_000” ei ole luku."),
        ("１２", "BK143", "”１２” ei ole luku."),
        ("", "BK143", "”” ei ole luku."),
        ("12 34,50", "BK143", "”12 34,50” ei ole luku."),
        ("nan", "BK143", "”nan” ei ole luku."),
        (True, "BK143", "”True” ei ole luku."),
        ("1.250,00", "BK144", "”1.250,00”: sekä piste että pilkku. Tarkoititko 1 250,00?"),
        ("1,250.00", "BK144", "”1,250.00”: sekä piste että pilkku. Tarkoititko 1 250,00?"),
        ("1.250", "BK145", "”1.250” voi tarkoittaa 1,250 tai 1 250."),
        ("1,250", "BK145", "”1,250” voi tarkoittaa 1,250 tai 1 250."),
        ("1,23456", "BK146", "”1,23456”: liikaa desimaaleja, sallittu enintään 4."),
    ],
)
def test_what_money_cannot_be(written, code, text):
    caught = refusal(money.money, written)
    assert caught.message.code == code
    assert Translator("fi", ("common", "findings")).text(caught.message.text, **caught.facts) == text


@pytest.mark.parametrize(
    ("written", "value"),
    [("12,5 %", "12.5"), ("12,5%", "12.5"), ("30", "30"), ("0,3 %", "0.3"), ("0", "0"), ("1", "1")],
)
def test_percent(written, value):
    assert money.percent(written) == Decimal(value)


def test_a_bare_fraction_is_no_percentage():
    caught = refusal(money.percent, "0,3")
    assert (caught.message.code, caught.facts["small"], caught.facts["large"]) == ("BK148", "0,3 %", "30 %")


@pytest.mark.parametrize(
    "written", ["31.1.2027", "31. 1. 2027", "2027-01-31", date(2027, 1, 31), datetime(2027, 1, 31)]
)
def test_day(written):
    assert money.day(written) == date(2027, 1, 31)


@pytest.mark.parametrize("written", ["1/2/2027", "31.2.2027", "1.2.27", "2027", "tammikuu 2027", "31.1.1827", "", None])
def test_no_day(written):
    assert refusal(money.day, written).message.code == "BK149"


@pytest.mark.parametrize(
    "written",
    ["15.1.2027 12:00", "15.1.2027 klo 12.00", "2027-01-15T12:00", "2027-01-15 12:00+02:00", "2027-01-15T10:00Z"],
)
def test_moment(written):
    assert money.moment(written) == datetime(2027, 1, 15, 12, tzinfo=HELSINKI)


def test_a_summer_moment_is_summer_time():
    assert money.moment("15.6.2027 12:00").utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize("written", ["15.1.2027", "15.1.2027 25:00", "klo 12", ""])
def test_no_moment(written):
    assert refusal(money.moment, written).message.code == "BK150"


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("7 h 40 min", 460), ("7h40min", 460), ("7:40", 460), ("45 min", 45), ("7,5 h", 450), ("7,5", 450), ("16", 960)],
)
def test_hours(written, minutes):
    assert round(money.hours(written) * 60, 10) == minutes


def test_a_year_of_short_days_is_exact():
    assert money.half_up(money.hours("7 h 40 min") * 252) == Decimal("1932.00")  # vector C


@pytest.mark.parametrize("written", ["noin 16", "7 h 40", "-3"])
def test_no_hours(written):
    assert refusal(money.hours, written).message.code in ("BK151", "BK256")


@pytest.mark.parametrize("written", ["kyllä", "Kyllä", "ja", "yes", "x", True, "true"])
def test_yes(written):
    assert money.yes_no(written) is True


@pytest.mark.parametrize("written", ["ei", "nej", "no", False, "-"])
def test_no(written):
    assert money.yes_no(written) is False


def test_neither_yes_nor_no():
    assert refusal(money.yes_no, "ehkä").message.code == "BK152"


@pytest.mark.parametrize("written", ["3134980-3", " 3134980-3 ", "3134980–3"])
def test_business_id(written):
    assert money.business_id(written) == "3134980-3"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("33134980-3", "väliviivan edellä pitää olla seitsemän numeroa"),  # printed in a real decision
        ("3134980-4", "tarkistusnumero ei täsmää"),
        ("3134980", "muodon pitää olla 1234567-8"),
        ("FI31349803", "muodon pitää olla 1234567-8"),
        ("31349803", "ehkä pitäisi olla 3134980-3"),  # the hyphen eaten
        (31349803, "ehkä pitäisi olla 3134980-3"),
        (Decimal(1234562), "ehkä pitäisi olla 0123456-2"),  # the hyphen and the first zero eaten
        ("123456-2", "ehkä pitäisi olla 0123456-2"),
        ("31349804", "muodon pitää olla 1234567-8"),  # no ID is proposed that would not be one
        (3134980, "muodon pitää olla 1234567-8"),
    ],
)
def test_no_business_id(written, why):
    caught = refusal(money.business_id, written)
    text = Translator("fi", ("common", "findings")).text(caught.message.text, **caught.facts)
    assert text == f"”{written}” ei ole suomalainen Y-tunnus: {why}."


@pytest.mark.parametrize(
    "written",
    ["040 123 4567", "0401234567", "+358 40 123 4567", "+358401234567", "(02) 123 4567", "116117", "vaihde 112"],
)
def test_a_phone_number_stays_as_typed(written):
    assert money.phone(f" {written} ") == written


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (401234567, "Numerosta ”401234567” puuttuu ensimmäinen nolla, jonka Excel jättää luvusta pois."),
        (Decimal("4.01234567E+8"), "Numerosta ”401234567” puuttuu ensimmäinen nolla, jonka Excel jättää luvusta pois."),
        ("401234567", "Numerosta ”401234567” puuttuu ensimmäinen nolla, jonka Excel jättää luvusta pois."),
        (358401234567, "Numerosta ”358401234567” puuttuu plusmerkki, jonka Excel jättää luvusta pois."),
    ],
)
def test_a_phone_number_that_lost_its_beginning(written, sentence):
    caught = refusal(money.phone, written)
    likely = "+358401234567" if "plus" in sentence else "0401234567"
    words = Translator("fi", ("common", "findings"))
    assert words.text(caught.message.text, **caught.facts) == f"{sentence} Tarkoititko {likely}?"
    cell, line = caught.at(Place("tiedot.xlsx", "Organisaatio!B12")), caught.at(Place("organisation.yaml", "9:10"))
    assert words.hint(line) == f"Kirjoita koko puhelinnumero: {likely}."
    assert words.hint(cell) == (
        f"Kirjoita sen eteen heittomerkki ('{likely}) tai muotoile solu tekstiksi ja kirjoita se uudelleen."
    )


@pytest.mark.parametrize("written", ["091", "Helsinki", "helsingfors", 837, Decimal("837.0"), "837"])
def test_a_municipality_by_code_or_name(written):
    assert municipality_code(written) in ("091", "837")


@pytest.mark.parametrize("written", [91, Decimal(91), "91", " 91 "])
def test_a_code_of_a_municipality_that_lost_its_zero(written):
    caught = refusal(municipality_code, written)
    words = Translator("fi", ("common", "findings"))
    told = words.text(caught.message.text, **caught.facts)
    assert (caught.message.code, told) == (
        "BK164",
        "”91” ei ole kolminumeroinen kuntanumero. Tarkoititko 091 (Helsinki)?",
    )
    cell = caught.at(Place("tiedot.xlsx", "Toimipaikat!C2"))
    assert words.hint(cell) == "Kirjoita Helsinki, tai kuntanumero, jonka edessä on heittomerkki ('091)."


@pytest.mark.parametrize("written", [3, "1000", "Porri", Decimal("9.1")])
def test_what_is_near_no_code_of_a_municipality(written):
    assert refusal(municipality_code, written).message.code == "BK157"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("2.665", 2, "2.67"),
        ("1234.505", 2, "1234.51"),
        ("-2.665", 2, "-2.67"),
        ("0.5", 0, "1"),
        ("55.53004", 4, "55.5300"),
    ],
)
def test_rounding_is_half_up(value, places, rounded):
    assert money.half_up(Decimal(value), places) == Decimal(rounded)


cents = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n).scaleb(-2))


@given(cents)
def test_what_is_printed_reads_back(value):
    for language in ("fi", "sv"):
        assert money.money(Translator(language).number(value, 2)) == value


@given(cents.map(abs), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_add_up_to_the_cent(total, weights):
    parts = [Decimal(w) for w in weights]
    if not any(parts):
        with pytest.raises(ValueError, match="more than zero"):
            money.largest_remainder(total, parts)
        return
    shares = money.largest_remainder(total, parts)
    assert sum(shares) == total
    whole = sum(parts)
    assert all(abs(s - total * w / whole) < Decimal("0.01") for s, w in zip(shares, parts, strict=True))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for convert in (money.money, money.percent, money.day, money.moment, money.hours, money.yes_no, money.business_id):
        with contextlib.suppress(Refused):  # anything else fails
            convert(text)
