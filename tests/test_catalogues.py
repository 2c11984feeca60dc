"""The quick reader of .po files finds what Babel's reader finds."""

import pytest
from babel.messages.pofile import read_po

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
