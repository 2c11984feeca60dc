"""What Finns write for money, numbers, percentages, dates and hours → exact values.

Anything that two readers could read in two ways is refused, never guessed (reliability.md, rule M).
Readers of workbooks hand native values (Decimal, int, date); readers of text hand the text as typed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from zoneinfo import ZoneInfo

from bidkit.diagnostics import Refused, Word
from bidkit.i18n import N_
from bidkit.messages import values

HELSINKI = ZoneInfo("Europe/Helsinki")
_SPACES = re.compile("[ \u00a0\u202f\u2009\t]+")
_GROUPED = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?", re.ASCII)
_LARGEST = Decimal("1e12")


_EXAMPLES = {0: "24", 2: "7,5"}  # by the decimals of a field: clients and years, hours and quantities
_EUROS = "52,50"


def number(
    written: object,
    *,
    places: int = 4,
    low: Decimal | None = None,
    high: Decimal | None = None,
    example: str | None = None,
) -> Decimal:
    """Return the exact number that ``written`` means.

    ``places`` is the field's grid: more decimals than that are refused. ``low`` and ``high`` are inclusive.
    ``example`` is a right value of the field, for whoever wrote no number; without it one by ``places``.
    Raises `Refused` with a message of `bidkit.messages.values`.
    """
    try:
        return _number(written, places, low, high)
    except Refused as refusal:
        if refusal.message is values.NOT_A_NUMBER:
            refusal.facts["example"] = example or _EXAMPLES.get(places, _EUROS)
        raise


def _number(written: object, places: int, low: Decimal | None, high: Decimal | None) -> Decimal:
    value = _native(written)
    shown = as_typed(written)
    if value is None:
        value = _typed(shown)
    if not value.is_finite() or abs(value) > _LARGEST:
        raise Refused(values.NOT_A_NUMBER, value=shown)
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise Refused(values.OFF_GRID, value=shown, places=places, rounded=half_up(value, places))
    if low is not None and high is None and value < low:
        raise Refused(values.TOO_SMALL, value=shown, low=low)
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(
            values.OUT_OF_RANGE,
            value=shown,
            low="…" if low is None else low,
            high="…" if high is None else high,
        )
    return _canonical(value)


def _canonical(value: Decimal) -> Decimal:
    """Return the value without zeros at its end: 68,00 and 68 are one number, wherever they were written."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short  # type: ignore[operator]  # finite


def _native(written: object) -> Decimal | None:
    if isinstance(written, bool):
        raise Refused(values.NOT_A_NUMBER, value=str(written))
    if isinstance(written, Decimal):
        return written
    if isinstance(written, int):
        return Decimal(written)
    if isinstance(written, float):
        return Decimal(repr(written))
    return None


def as_typed(written: object) -> str:
    """Return a value as its user sees it: text as typed, a native number with a decimal comma."""
    return f"{written:f}".replace(".", ",") if isinstance(written, Decimal) else str(written)


def _typed(shown: str) -> Decimal:
    text = _SPACES.sub(" ", shown).strip()
    text = re.sub(r"\s*(€|EUR|eur|euroa)$", "", text)
    sign = -1 if text[:1] in "-\u2212" and text else 1
    text = text[1:].strip() if sign < 0 else text
    match = _GROUPED.fullmatch(text)
    if match is None:
        likely = _likely(text)
        if likely:
            raise Refused(values.MIXED_SEPARATORS, value=shown, likely=f"{'-' if sign < 0 else ''}{likely}")
        raise Refused(values.NOT_A_NUMBER, value=shown)
    whole, separator, decimals = match[1].replace(" ", ""), match[2], match[3]
    if separator and len(decimals) == 3 and whole != "0" and " " not in match[1]:
        large = f"{int(whole + decimals):,}".replace(",", " ")
        raise Refused(values.AMBIGUOUS_NUMBER, value=shown, small=f"{whole},{decimals}", large=large)
    return sign * Decimal(f"{whole}.{decimals or 0}")


# Compiled when a text needs them, as the other long patterns below: hardly any run does.
_MIXED = r"(\d{1,3}(?:\.\d{3})+),(\d+)|(\d{1,3}(?:,\d{3})+)\.(\d+)|(\d{1,3}(?:[.,]\d{3}){2,})"


def _likely(text: str) -> str:
    """Return the number whose thousands are parted by one sign and its decimals by the other; empty if it is none."""
    match = re.fullmatch(_MIXED, text, re.ASCII)
    if match is None:
        return ""
    whole, decimals = match[1] or match[3] or match[5], match[2] or match[4]
    groups = re.sub("[.,]", " ", whole)
    return f"{groups},{decimals}" if decimals else groups


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """Round half away from zero to ``places`` decimals, as a spreadsheet's ROUND does."""
    with localcontext() as context:
        context.prec = max(40, value.adjusted() + places + 2)  # a cell may hold a number of 300 figures
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def money(written: object) -> Decimal:
    """Return euros, with at most four decimals (some price forms ask for four)."""
    return number(written, places=4)


def count(written: object) -> int:
    """Return a whole number from 0 up."""
    return int(number(written, places=0, low=Decimal(0)))


def percent(written: object, *, low: Decimal = Decimal(-100), high: Decimal = Decimal(1000)) -> Decimal:
    """Return per cent: ``12,5 %`` → 12.5. A bare number between 0 and 1 is refused."""
    shown = as_typed(written).strip()
    if shown.endswith("%"):
        try:
            return number(shown[:-1], places=4, low=low, high=high, example="3 %")
        except Refused as refusal:
            refusal.facts["value"] = shown
            raise
    value = number(written, places=4, low=low, high=high, example="3 %")
    if 0 < abs(value) < 1:
        with_comma = f"{value}".replace(".", ",")
        large = f"{(value * 100).normalize():f} %".replace(".", ",")
        raise Refused(values.AMBIGUOUS_PERCENT, value=shown, small=f"{with_comma} %", large=large)
    return value


_HOURS = re.compile(r"(?:(\d{1,5}) ?h)? ?(?:(\d{1,4}) ?min)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)", re.ASCII)


def hours(written: object) -> Decimal:
    """Return hours: ``7 h 40 min``, ``7:40``, ``45 min``, ``7,5 h`` or ``7,5``; never negative."""
    if isinstance(written, timedelta):
        return Decimal(written // timedelta(minutes=1)) / 60
    shown = str(written)
    text = _SPACES.sub(" ", shown).strip().lower().replace("tuntia", "h").replace("t ", "h ")
    clock = _CLOCK.fullmatch(text)
    if clock:
        return Decimal(int(clock[1])) + Decimal(int(clock[2])) / 60
    parts = _HOURS.fullmatch(text)
    if parts and (parts[1] or parts[2]):
        return Decimal(int(parts[1] or 0)) + Decimal(int(parts[2] or 0)) / 60
    try:
        return number(re.sub(r" ?h$", "", text) if isinstance(written, str) else written, places=2, low=Decimal(0))
    except Refused as refusal:
        if refusal.message is values.NOT_A_NUMBER:
            raise Refused(values.NOT_HOURS, value=shown) from None
        raise


_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def day(written: object) -> date:
    """Return a date: ``31.1.2027`` or ``2027-01-31``; slashes and two-figure years are refused."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    shown = str(written).strip()
    try:
        if match := _DAY.fullmatch(shown):
            return _sensible(date(int(match[3]), int(match[2]), int(match[1])), shown)
        if match := _ISO_DAY.fullmatch(shown):
            return _sensible(date(int(match[1]), int(match[2]), int(match[3])), shown)
    except ValueError:
        pass
    raise Refused(values.NOT_A_DATE, value=shown)


_ANY_DAY = f"{_DAY.pattern}|{_ISO_DAY.pattern}"
_SPAN = rf"\s*(?P<first>{_ANY_DAY})\s*[–\u2014-]\s*(?P<last>{_ANY_DAY})\s*"


def span(text: str) -> tuple[str, str] | None:
    """Return the two days of ``1.2.2027–31.12.2027`` as they are typed; None if it is no span."""
    found = re.fullmatch(_SPAN, text)
    return (found["first"], found["last"]) if found else None


def _sensible(value: date, shown: str) -> date:
    if not 1900 <= value.year <= 2100:
        raise Refused(values.NOT_A_DATE, value=shown)
    return value


_TIME = re.compile(r"(.+?)[ T]+(?:klo|kl\.|at)? ?(\d{1,2})[:.](\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_HOUR = re.compile(r"(.+?),? (?:klo|kl\.?) ?(\d{1,2})", re.ASCII | re.IGNORECASE)  # a bare figure may be anything


def moment(written: object) -> datetime:
    """Return a date with its time of day; Finnish time unless an offset is given."""
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=HELSINKI)
    shown = _SPACES.sub(" ", str(written)).strip()
    match = _TIME.fullmatch(shown) or _HOUR.fullmatch(shown)
    if match is None:
        raise Refused(values.NOT_A_MOMENT, value=shown)
    minutes, seconds, offset = (match[3], match[4], match[5]) if match.re is _TIME else ("0", "0", None)
    try:
        clock = time(int(match[2]), int(minutes), int(seconds or 0))
        at = datetime.combine(day(match[1]), clock, tzinfo=HELSINKI)
        if offset:
            at = datetime.fromisoformat(f"{at.date()}T{clock:%H:%M:%S}{offset.replace('Z', '+00:00')}")
    except (ValueError, Refused):
        raise Refused(values.NOT_A_MOMENT, value=shown) from None
    return at


_YES = frozenset({"kyllä", "kylla", "k", "x", "yes", "y", "true", "ja", "on"})
_NO = frozenset({"ei", "e", "no", "n", "false", "nej", "off", "-"})


def yes_no(written: object) -> bool:
    """Return what ``kyllä``/``ei``, ``ja``/``nej`` or ``yes``/``no`` means."""
    if isinstance(written, bool):
        return written
    word = str(written).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused(values.NOT_YES_OR_NO, value=str(written))


def bare_yes_no(text: str) -> bool:
    """Return whether a text is only a word for yes or no, which a single letter or mark is not."""
    word = text.strip(" .!\n").lower()
    return len(word) > 1 and word in _YES | _NO


_FORM, _RIGHT = "1234567-8", "3134980-3"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def business_id(written: object) -> str:
    """Return a Finnish business ID whose check figure is right (Finnish Tax Administration: weights mod 11)."""
    shown = bare(written).replace("\u2013", "-").replace("\u2011", "-")
    match = re.fullmatch(r"(\d+)-(\d)", shown, re.ASCII)
    if match is None or len(match[1]) != 7:
        why = N_("there should be seven figures before the hyphen") if match else N_("it should look like 1234567-8")
        likely = _restored(shown)
        meant = Word(N_("perhaps it should be {likely}"), (("likely", likely),))
        raise Refused(values.BAD_BUSINESS_ID, value=shown, why=meant if likely else Word(why), example=_FORM)
    if not _checks(match[1], match[2]):
        form = _FORM if shown != _FORM else _RIGHT  # the form itself is no right number, and somebody typed it
        raise Refused(values.BAD_BUSINESS_ID, value=shown, why=Word(N_("the check figure does not fit")), example=form)
    return shown


def _checks(figures: str, check: str) -> bool:
    """Tell whether the check figure fits the seven figures before it; of remainder 1 no ID is ever given."""
    rest = sum(int(d) * w for d, w in zip(figures, _WEIGHTS, strict=True)) % 11
    return rest != 1 and int(check) == (11 - rest) % 11


def _restored(shown: str) -> str:
    """Return the business ID whose hyphen or first zero a spreadsheet may have dropped; empty if there is none."""
    found = re.fullmatch(r"(\d{6,7})-?(\d)", shown, re.ASCII)
    figures = found[1].zfill(7) if found else ""
    return f"{figures}-{found[2]}" if found and _checks(figures, found[2]) else ""


def bare(written: object) -> str:
    """Return what stands in a text or a native number as it would be typed: ``401234567``, never ``4.01E+8``."""
    if isinstance(written, Decimal) and written.is_finite() and written == written.to_integral_value():
        return format(written.to_integral_value(), "f")
    return str(written).strip()


_MERE_FIGURES = re.compile(r"[1-9]\d{4,}", re.ASCII)


def phone(written: object) -> str:
    """Return a telephone number as typed; mere figures without the first zero or plus are a spreadsheet's doing.

    Numbers that begin with 116 and have six figures are whole (Traficom: European services of social value).
    """
    shown = bare(written)
    if not shown:
        raise Refused(values.EMPTY_TEXT, field="")
    if _MERE_FIGURES.fullmatch(shown) and not (len(shown) == 6 and shown.startswith("116")):
        abroad = shown.startswith("358")
        what = Word(N_("its plus sign") if abroad else N_("its first zero"))
        raise Refused(values.ZERO_LOST, value=shown, what=what, likely=f"{'+' if abroad else '0'}{shown}")
    return shown


def largest_remainder(total: Decimal, weights: list[Decimal], places: int = 2) -> list[Decimal]:
    """Share ``total`` by ``weights`` so that the rounded shares sum to it exactly; ties go to the earlier one.

    Raises ValueError if the weights do not add up to more than zero.
    """
    unit = Decimal(1).scaleb(-places)
    whole = sum(weights, Decimal(0))
    if whole <= 0 or any(w < 0 for w in weights):
        raise ValueError("weights must be non-negative and add up to more than zero")
    units = int((total / unit).to_integral_value(rounding=ROUND_HALF_UP))
    exact = [units * w / whole for w in weights]
    shares = [int(x // 1) for x in exact]
    order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[: units - sum(shares)]:
        shares[i] += 1
    return [s * unit for s in shares]
