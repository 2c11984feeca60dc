"""What people type into cells, and how a file keeps it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from bidkit.dossier import sheets
from bidkit.dossier.sheets import Column
from tests.mutants.meaning import Typed
from tests.mutants.package import Package, texts_of


def cell_of(typed: Typed, package: Package, style: str = "") -> tuple[str, str]:
    """Return the attributes and the content of a cell in which ``typed`` stands; ``style`` is the one it had."""
    kind, value = typed.kind, typed.value
    own = f' s="{package.styles[typed.shape]}"' if typed.shape in package.styles else style
    if kind == "formula":
        attributes, content = cell_of(value, package, style) if value is not None else (own, "")
        content = re.sub(r"<is>.*</is>", lambda m: f"<v>{_words(value.value)}</v>", content, flags=re.DOTALL)
        attributes = attributes.replace('t="inlineStr"', 't="str"').replace('t="s"', 't="str"')
        if 't="str"' in attributes and value.shape == "shared":
            content = f"<v>{_words(value.value)}</v>"
        return attributes, f"<f>A1+B2*2</f>{content}"
    if kind == "text":
        if typed.shape == "shared":
            sst = package.parts["xl/sharedStrings.xml"]
            package.parts["xl/sharedStrings.xml"] = sst.replace("</sst>", f"<si>{_t(value)}</si></sst>")
            return f'{style} t="s"', f"<v>{len(texts_of(package)) - 1}</v>"
        if typed.shape == "str":
            return f'{style} t="str"', f"<v>{_words(value)}</v>"
        if typed.shape == "rich":
            half = len(value) // 2
            if "_x" in value:
                half = 0
            runs = "".join(f"<r><rPr><b/></rPr>{_t(part)}</r>" for part in (value[:half], value[half:]))
            return f'{style} t="inlineStr"', f'<is>{runs}<rPh sb="0" eb="1"><t>ääni</t></rPh></is>'
        return f'{style} t="inlineStr"', f"<is>{_t(value)}</is>"
    if kind == "bool":
        return f'{own} t="b"', f"<v>{int(value)}</v>"
    if kind == "error":
        return f'{own} t="e"', f"<v>{value}</v>"
    if kind in ("number", "percent"):
        return own, f"<v>{_double(value)}</v>"
    if kind in ("day", "moment", "length"):
        if typed.shape == "iso":
            return f' s="{package.styles[kind if kind != "day" else "date"]}" t="d"', f"<v>{value.isoformat()}</v>"
        return f' s="{package.styles[kind if kind != "day" else "date"]}"', f"<v>{_double(_serial(value))}</v>"
    return own, ""


def _t(text: str) -> str:
    return f'<t xml:space="preserve">{_words(text)}</t>'


def _words(text: str) -> str:
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]", lambda m: f"_x{ord(m[0]):04X}_", text)
    return escape(text).replace("\r", "_x000D_")


def _double(value: Decimal) -> str:
    """Return a number as Excel stores it: with 17 figures of a double."""
    if value == int(value) and abs(value) < 10**15:
        return str(int(value))
    return f"{float(value):.17G}" if abs(value) < 10**15 else repr(float(value))


def _serial(value: date | datetime | timedelta) -> Decimal:
    if isinstance(value, timedelta):
        length = value
    elif isinstance(value, datetime):
        length = value - datetime(1899, 12, 30)
    else:
        length = datetime.combine(value, time()) - datetime(1899, 12, 30)
    return Decimal(length // timedelta(seconds=1)) / 86400


DAYS = st.dates(date(1995, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(1995, 1, 1), datetime(2099, 12, 31)).map(
    lambda m: m.replace(microsecond=0, second=0 if m.second > 5 else m.second)
)
ODD = st.text(
    st.sampled_from(
        "aåÄö €%&<>\"';:,#-–=+@|{}[]!?*\\\t\n1.0\u00a0\u2009\u202f\u2019\u200b\u00ad\U0001f600"
        "e\u0301\x07\u202e\ud83d_x000D_"
    ),
    max_size=30,
)
_SAID = (
    "kyllä|ei|x|-|–|ja|TOSI|N/A|?|n. 50|ks. liite|0|-1|1,5|1.5|1.234|1,234|1.234,50|1 234,50|1\u00a0234,50 €|"
    "1\u202f234|12,5 %|12,5%|0,5|0,5 %|30|30 %|-0,5|100 %|99999999999|nan|1e9|inf|1_000|٣٤|０５|½|−5|- 5|--5|+5|"
    "7 h 40 min|7:40|7:40:30|45 min|7,5 h|7 t|1h|31.1.2027|1.2.27|31.12.1999|32.1.2027|2027-01-31|2027-13-01|"
    "1/2/2027|15.1.2027 12:00|15.1.2027 klo 12.00|15.1.2027 23:59:59|2027-01-15T12:00Z|1.2.2027–31.12.2027|"
    "1.2.2027-31.12.2027|2027-02-01 – 2027-12-31|esim. oma|e.g. mine|t.ex. x|valmennus|"
    "valmennus: 60 %; ohjaus: 40 %|valmennus: 60 %, ohjaus: 40 %|valmennus 60 %|a; b; c|a, b|a\nb|Pori|pori|"
    "Björneborg|609|91|091|Helsinki; Espoo|fi|FI|suomi|fi: native|2025: 420 000|3134980-3|31349803|3134980–3|"
    "0401234567|+358 40 123 4567|401234567|=1+1|'5|#REF!|#N/A|TRUE|False|Tunti|hour|tunti*|joint authority|"
    'joint_authority|avoin menettely|Open|{services.x.y}|"a; b"; c|"a|a;;b|;|,|a: b: c|a = 5|'
    "rivi 1\nrivi 2| a |\u00a0"
)
SAID = st.sampled_from((*_SAID.split("|"), "9" * 400, "x" * 5000, "ä" * 20000, "y" * 40000))
NUMBERS = st.one_of(
    st.integers(-5, 120).map(Decimal),
    st.integers(0, 10**16).map(Decimal),
    st.decimals(-10, 10**6, places=2, allow_nan=False),
    st.decimals(0, 1, places=4, allow_nan=False),
    st.decimals(-100, 10**5, places=6, allow_nan=False),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda f: Decimal(repr(f))),
    st.sampled_from(
        tuple(
            map(
                Decimal, ("0.30000000000000004", "1234.5600000000002", "0.1", "46418", "60", "1E-12", "1E+300", "0.035")
            )
        )
    ),
).map(lambda d: Decimal(repr(float(d))) if d != int(d) or abs(d) >= 10**15 else d)  # as a double keeps it


def _others(column: Column) -> st.SearchStrategy[str]:
    """Texts that are right in a column, as people write them."""
    if column.choices:
        names = list(column.choices)
        names += [
            words.text(code.replace("_", " "))
            for code in column.choices
            for words in map(sheets.words, sheets.LANGUAGES)
        ]
        return st.sampled_from(names)
    amounts = st.decimals(0, 10**6, places=2, allow_nan=False)
    match column.kind:
        case "money" | "amount" | "count" | "hours":
            return st.one_of(
                st.integers(0, 10**5).map(lambda n: f"{n:,}".replace(",", " ")),
                amounts.map(lambda d: f"{d:,}".replace(",", "\u00a0").replace(".", ",")),
                amounts.map(lambda d: f"{d} €"),
            )
        case "share" | "rate" | "margin":
            return st.decimals(0, 100, places=2).map(lambda d: f"{d} %".replace(".", ","))
        case "day":
            return DAYS.map(lambda d: f"{d.day}.{d.month}.{d.year}")
        case "moment":
            return MOMENTS.map(lambda m: f"{m.day}.{m.month}.{m.year} {m:%H:%M}")
        case "id" | "parent":
            return st.from_regex(r"\A[a-z][a-z0-9-]{0,8}\Z")
    return st.text(st.sampled_from("abC Åäö 123,.;:-–\n"), max_size=40)


TEXT_SHAPES = st.sampled_from(("inline", "shared", "str", "rich"))
STYLED = st.sampled_from(("general", "0", "0.00", "@"))


@st.composite
def typed(draw: Any, column: Column) -> Typed:
    """Draw what somebody may put into a cell of a column."""
    kind = draw(st.integers(0, 15))
    if kind <= 3:
        return Typed("text", draw(_others(column)), draw(TEXT_SHAPES))
    if kind <= 6:
        return Typed("text", draw(SAID), draw(TEXT_SHAPES))
    if kind == 7:
        return Typed("text", draw(st.one_of(ODD, st.text(max_size=20))), draw(TEXT_SHAPES))
    if kind <= 9:
        return Typed("number", draw(NUMBERS), draw(STYLED))
    if kind == 10:
        return Typed("percent", draw(NUMBERS), draw(st.sampled_from(("0 %", "0.00 %"))))
    if kind == 11:
        which = draw(st.sampled_from(("day", "moment", "length")))
        value = draw(
            {"day": DAYS, "moment": MOMENTS}.get(which, st.integers(1, 400_000).map(lambda s: timedelta(seconds=s)))
        )
        return Typed(which, value, draw(st.sampled_from(("", "iso") if which != "length" else ("",))))
    if kind == 12:
        return Typed("bool", draw(st.booleans()))
    if kind == 13:
        return Typed("error", draw(st.sampled_from(("#REF!", "#N/A", "#DIV/0!", "#NIMI?", "#VALUE!"))))
    if kind == 14:
        return Typed(
            "formula", draw(st.one_of(st.none(), typed(column).filter(lambda t: t.kind not in ("formula", "empty"))))
        )
    return Typed("empty")
