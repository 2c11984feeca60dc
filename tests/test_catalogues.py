"""The quick reader of .po files finds what Babel's reader finds; numbers look as Babel would print them."""

from decimal import Decimal

import pytest
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bidkit import i18n

FILES = sorted(i18n.LOCALE.glob("*/*.po"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_catalogues(path):
    with path.open("rb") as file:
        expected = {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
    assert expected
    assert i18n._catalogue(path.parent.name, path.stem) == expected


def test_what_editors_of_catalogues_write(tmp_path, monkeypatch):
    text = (
        '# A note\nmsgid ""\nmsgstr ""\n"Language: fi\\n"\n\n#: bidkit/x.py:1\n#, python-brace-format\n'
        'msgid "a \\"b\\" {n}\\n"\n"\\tc \\\\n"\nmsgstr ""\n"ä "\n"\\"ö\\"\\n"\n\n'
        'msgid "empty"\nmsgstr ""\n\n#~ msgid "gone"\n#~ msgstr "mennyt"\n\nmsgid "last"\nmsgstr "viimeinen"\n'
    )
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx/po.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    assert i18n._catalogue("xx", "po") == {'a "b" {n}\n\tc \\n': 'ä "ö"\n', "last": "viimeinen"}
    assert i18n._catalogue("xx", "nothing") == {}


@pytest.mark.parametrize(
    ("language", "locale"), [("fi", "fi"), ("sv", "sv"), ("en", "en_GB"), ("fr", "fr"), ("de", "de")]
)
@pytest.mark.parametrize("value", ["0", "-1", "999.5", "1000", "-1234567.891", "0.0001", "1E+6", "12345678901.23"])
def test_numbers_as_the_locale_has_them(language, locale, value):
    words = i18n.Translator(language)
    two_places = format_decimal(i18n.grid(Decimal(value), 2), format="#,##0.00", locale=locale)
    assert words.number(Decimal(value), 2) == two_places.replace("\u202f", "\u00a0")
    as_it_is = format_decimal(Decimal(value), format="#,##0.####", locale=locale)
    assert words.number(Decimal(value)) == as_it_is.replace("\u202f", "\u00a0")
