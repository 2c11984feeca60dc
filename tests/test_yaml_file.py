"""YAML as people type it: every scalar stays text, every value has its place, every mistake is told plainly."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit.diagnostics import Finding, Place, Severity
from bidkit.dossier import yaml_file
from bidkit.dossier.yaml_file import read_document, read_yaml
from bidkit.i18n import Translator
from bidkit.messages import reading

ENGLISH = Translator("en")
FINNISH = Translator("fi", ("reading",))
SWEDISH = Translator("sv", ("reading",))


def plain(value):
    """Return a value without its places."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key != "@"}
    return [plain(one) for one in value] if isinstance(value, list) else value


def read(text: str):
    value, findings = read_yaml(text.encode(), "f.yaml")
    return plain(value), findings


def only(text: str | bytes) -> Finding:
    data = text.encode() if isinstance(text, str) else text
    _, findings = read_yaml(data, "f.yaml")
    assert len(findings) == 1, [ENGLISH.sentence(one) for one in findings]
    return findings[0]


@pytest.fixture(params=["C", "pure"])
def either_parser(request, monkeypatch):
    """Run a test with libyaml's parser and with the one in Python."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_file, "LOADER", yaml.SafeLoader)


GOOD = """\
# Palvelut
- id: 0123
  name: Työpolku
  open: no
  price: 1 234,50
  time: 12:30
  day: 31.1.2027
  empty:
  nothing: ~
  quoted: "~"
  text: |
    Ensimmäinen: rivi # 1
      toinen
  groups: [nuoret, {id: muut}]
  dose:
    weeks: 12
- {id: b, url: https://example.org/#osa}
"""


@pytest.mark.usefixtures("either_parser")
def test_every_scalar_stays_as_typed_and_good_input_is_silent():
    value, findings = read(GOOD)
    assert findings == []
    assert value == [
        {
            "id": "0123",
            "name": "Työpolku",
            "open": "no",
            "price": "1 234,50",
            "time": "12:30",
            "day": "31.1.2027",
            "empty": None,
            "nothing": None,
            "quoted": "~",
            "text": "Ensimmäinen: rivi # 1\n  toinen\n",
            "groups": ["nuoret", {"id": "muut"}],
            "dose": {"weeks": "12"},
        },
        {"id": "b", "url": "https://example.org/#osa"},
    ]


@pytest.mark.usefixtures("either_parser")
def test_every_value_knows_its_place():
    document = read_document(GOOD.encode(), "services.yaml")
    first, second = document.value
    at = first["@"]
    assert str(at) == "services.yaml:2:3"
    assert str(at.of("name")) == "services.yaml:3:9"
    assert str(at.of("groups[0]")) == "services.yaml:14:12"
    assert str(at.of("groups[1]")) == "services.yaml:14:20"
    assert str(first["groups"][1]["@"]) == "services.yaml:14:20"
    assert str(first["dose"]["@"].of("weeks")) == "services.yaml:16:12"
    assert str(at.of("left_out")) == "services.yaml:2:3"
    assert second["@"] == Place("services.yaml", "17:3")
    assert document.place.of("[1]").spot == "17:3"


def test_lists_in_lists_have_places_too():
    value, _ = read_yaml(b"grid:\n  - [a, b]\n  - [c]\n", "f.yaml")
    assert value["@"].of("grid[0][1]").spot == "2:9"
    assert value["@"].of("grid[1]").spot == "3:5"


@pytest.mark.parametrize("data", [b"", b"\n \n", b"# vain huomautus\n", b"---\n", b"~\n", b"\xef\xbb\xbf"])
def test_nothing_is_none(data):
    assert read_yaml(data, "f.yaml") == (None, [])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_with_a_mark_and_all_line_ends_are_read(codec, newline):
    value, findings = read_yaml(f"a: 1{newline}nimi: Työ".encode(codec), "f.yaml")
    assert (plain(value), findings) == ({"a": "1", "nimi": "Työ"}, [])
    assert value["@"].of("nimi").spot == "2:7"


def test_letters_of_two_parts_become_one():
    assert read("name: Jyva\u0308skyla\u0308\n") == ({"name": "Jyväskylä"}, [])


# text, code, spot, what the English sentence and hint say
MISTAKES = [
    ("a:\n\tb: 1\n", "BK116", "2:1", "begins with a tab", "ordinary spaces"),
    ("a:\n  b: 1\n\tc: 2\n", "BK116", "3:1", "begins with a tab", ""),
    ("a:\n\u00a0\u00a0b: 1\n", "BK116", "2:1", "begins with a no-break space", ""),
    ("a:\n  \u2003b: 1\n", "BK116", "2:3", "U+2003", ""),
    ("nimi:Työ\nb: 2\n", "BK117", "1:1", "“nimi:Työ” has no space", "nimi: Työ."),
    ("a: 1\nnimi:Työ\nb: 2\n", "BK117", "2:1", "“nimi:Työ” has no space", ""),
    ("- a: 1\n  nimi:Työ\n  c: 3\n", "BK117", "2:3", "“nimi:Työ” has no space", ""),
    ('a: "foo\nb: 2\n', "BK118", "1:4", "never closed", ""),
    ("a: 'foo\nb: 2\n", "BK118", "1:4", "never closed", ""),
    ('a: "foo\nb: "x"\nc: 3\n', "BK118", "1:4", "never closed", ""),
    ('a: "foo" bar\n', "BK119", "1:10", "closing quotation mark: bar.", ""),
    ("a: 'it's'\n", "BK119", "1:8", "closing quotation mark: s'.", ""),
    ("- title: Polku: työhön\n", "BK120", "1:10", "in it: Polku: työhön.", '"Polku: työhön"'),
    ("a: 1\n  b: 2\n", "BK121", "2:3", "begins at column 3", ""),
    ("a:\n    b: 1\n  c: 2\n", "BK121", "3:3", "begins at column 3", ""),
    ("a:\n  - x: 1\n   y: 2\n", "BK121", "3:4", "begins at column 4", ""),
    ("  a: 1\nb: 2\n", "BK121", "2:1", "begins at column 1", ""),
    ("a: {x} y\n", "BK122", "1:4", "begins with {", '"{x} y"'),
    ("a: [x] y\n", "BK122", "1:4", "begins with [", '"[x] y"'),
    ("a: %5\n", "BK122", "1:4", "begins with %", '"%5"'),
    ("a: @x\n", "BK122", "1:4", "begins with @", ""),
    ("a: *tärkeä* asia\n", "BK122", "1:4", "begins with *", '"*tärkeä* asia"'),
    ("a: *vain nuorille\n", "BK122", "1:4", "begins with *", '"*vain nuorille"'),
    ("a: & x\n", "BK122", "1:4", "begins with &", ""),
    ("a: > 5 v\n", "BK122", "1:4", "begins with >", '"> 5 v"'),
    ("a: - b\n", "BK122", "1:4", "begins with -", ""),
    ('a: % "x"\n', "BK122", "1:4", "begins with %", "'% \"x\"'"),
    ("a: 1\nsana\nb: 2\n", "BK124", "2:1", "“sana” stands where a field", ""),
    ("sana\nb: 2\n", "BK124", "1:1", "“sana” stands where a field", ""),
    ("a: [x\nb: 1\n", "BK125", "1:4", "opened here and not closed", ""),
    ("%YAML 1.1\n%YAML 1.1\n---\na: 1\n", "BK125", "2:1", "does not continue", ""),
]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(("text", "code", "spot", "says", "hint"), MISTAKES)
def test_a_mistake_in_the_syntax_is_told_plainly_where_it_was_made(text, code, spot, says, hint):
    found = only(text)
    assert (found.code, found.place.spot, found.severity) == (code, spot, Severity.ERROR)
    assert says in ENGLISH.sentence(found)
    assert hint in ENGLISH.hint(found)
    assert code in reading.UNREADABLE


@pytest.mark.parametrize(
    ("text", "spot", "code"), [('a: "C:\\polku"', "1:7", "\\p"), ('a: "\\ud83d"', "1:5", "\\ud83d")]
)
def test_a_backslash_that_begins_no_code(text, spot, code):
    found = only(text)
    assert (found.code, found.place.spot, found.facts["code"]) == ("BK123", spot, code)


def test_a_mistake_in_finnish_and_swedish():
    found = only("a: 1\nnimi:Työ\nb: 2\n")
    assert FINNISH.sentence(found) == "Tekstistä ”nimi:Työ” puuttuu välilyönti kaksoispisteen jälkeen."
    assert FINNISH.hint(found) == "Kirjoita kaksoispisteen jälkeen välilyönti: nimi: Työ."
    assert SWEDISH.sentence(found) == "”nimi:Työ” saknar mellanslag efter kolonet."
    tab = only("a:\n\tb: 1\n")
    assert FINNISH.sentence(tab) == "Rivin alussa on sarkain; sisennys tehdään tavallisilla välilyönneillä."


@pytest.mark.usefixtures("either_parser")
def test_each_field_that_is_there_twice_is_found_and_the_first_stands():
    text = "- id: a\n  name: x\n  id:\n    b: {c: 1, c: 2}\n  name: y\n- id: z\n"
    value, findings = read(text)
    assert value == [{"id": "a", "name": "x"}, {"id": "z"}]
    told = [(one.place.spot, one.facts["field"], one.facts["line"], one.facts["entry"]) for one in findings]
    assert told == [("3:3", "id", 1, "1:3"), ("4:15", "c", 4, "4:8"), ("5:3", "name", 2, "1:3")]
    assert {one.code for one in findings} == {"BK132"}
    assert ENGLISH.sentence(findings[0]) == "“id” is already on line 1 of the same entry."
    assert FINNISH.sentence(findings[0]) == "”id” on jo saman kohdan rivillä 1."
    assert "BK132" not in reading.UNREADABLE


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "spot", "sign", "value"),
    [
        ("a: &x 1\n", "1:4", "&x", {"a": "1"}),
        ("a: &x\n  b: 1\n", "1:4", "&x", {"a": {"b": "1"}}),
        ("a: *x\n", "1:4", "*x", {"a": None}),
        ("a: !!python/object:os.system x\n", "1:4", "!!python/object:os.system", {"a": "x"}),
        ("a: !x {b: 1}\n", "1:4", "!x", {"a": {"b": "1"}}),
        ("a: 1\n<<: {b: 2}\n", "2:1", "<<", {"a": "1"}),
        ("*x : 1\nb: 2\n", "1:1", "*x", {"b": "2"}),
    ],
)
def test_anchors_aliases_tags_and_merge_keys_are_findings_and_reading_goes_on(text, spot, sign, value):
    read_value, findings = read(text)
    assert [(one.code, one.place.spot, one.facts["sign"]) for one in findings] == [("BK129", spot, sign)]
    assert read_value == value


def test_an_alias_bomb_stays_small_and_is_told():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    value, findings = read("\n".join(lines))
    assert {one.code for one in findings} == {"BK129"}
    assert len(findings) == 9 + 8 * 9
    assert value["a8"] == [None] * 9


@pytest.mark.parametrize(
    ("text", "spot", "english"),
    [
        ('"@": x\nb: 2\n', "1:1", "“@” cannot be the name of a field."),
        ("~: x\nb: 2\n", "1:1", "An empty text cannot be the name of a field."),
        ("? [a]\n: 1\nb: 2\n", "1:3", "A list cannot be the name of a field."),
        ("{{ x }: {y: 1}, b: 2}\n", "1:2", "A group of fields cannot be the name of a field."),
    ],
)
def test_a_name_that_is_no_word_is_a_finding_and_its_value_is_left_out(text, spot, english):
    value, findings = read(text)
    assert [(one.code, one.place.spot) for one in findings] == [("BK130", spot)]
    assert ENGLISH.sentence(findings[0]) == english
    assert value == {"b": "2"}


@pytest.mark.parametrize(
    ("text", "spot", "english", "value"),
    [
        ("a: Paja #1\nb: 2\n", "1:9", "“#1” is taken for a remark; the value is “Paja”.", {"a": "Paja", "b": "2"}),
        ("- a\t# x \n", "1:5", "“# x” is taken for a remark; the value is “a”.", ["a"]),
        ("a: #1\n", "1:4", "“#1” is taken for a remark; the value is empty.", {"a": None}),
        ("a: yksi\n  kaksi #3\n", "2:9", "“#3” is taken for a remark; the value is “yksi kaksi”.", {"a": "yksi kaksi"}),
    ],
)
def test_text_cut_off_as_a_remark_is_a_warning(text, spot, english, value):
    read_value, findings = read(text)
    assert [(one.code, one.severity, one.place.spot) for one in findings] == [("BK133", Severity.WARNING, spot)]
    assert ENGLISH.sentence(findings[0]) == english
    assert read_value == value


@pytest.mark.parametrize(
    "text",
    [
        "# x\na: 1\n  # y\nb: C#\n",
        'a: "x" # y\n',
        "a: # myöhemmin\n",
        "a:  # lista\n  - 1\n",
        "a: x#1\n",
        "a: |  # z\n  b #1\n",
    ],
)
def test_remarks_that_cut_nothing_are_silent(text):
    assert read(text)[1] == []


def test_a_second_document_is_refused():
    found = only("a: 1\n---\nb: 2\n")
    assert (found.code, found.place.spot) == ("BK128", "2:1")
    assert read("---\na: 1\n...\n") == ({"a": "1"}, [])


@pytest.mark.usefixtures("either_parser")
def test_depth_is_bounded():
    deep = "\n".join(f"{' ' * n}a:" for n in range(21))
    found = only(deep + " 1")
    assert (found.code, found.place.spot) == ("BK126", "21:21")
    assert ENGLISH.sentence(found) == "The values here are nested deeper than 20 levels."
    fine = "\n".join(f"{' ' * n}a:" for n in range(20))
    assert read(fine + " 1")[1] == []
    assert only("[" * 1500).code in ("BK125", "BK126")


def test_a_bomb_of_brackets_does_not_crash():
    assert only("[" * 200_000).code == "BK126"
    assert only("{a: " * 200_000).code == "BK126"


def test_values_and_bytes_are_counted(monkeypatch):
    monkeypatch.setattr(yaml_file, "MOST_VALUES", 5)
    assert read("[1, 2, 3, 4]")[1] == []
    found = only("[1, 2, 3, 4, 5]")
    assert (found.code, found.place.spot) == ("BK127", "1:14")
    large = only(b"a: " + b"x" * (50 << 20))
    assert large.code == "BK105"
    assert ENGLISH.sentence(large) == "The file is 50.1 MB; at most 4 MB is read."
    assert FINNISH.sentence(large) == "Tiedoston koko on 50,1 Mt; enintään 4 Mt luetaan."


def test_a_file_full_of_mistakes_ends_with_a_word_about_it():
    _, findings = read("a: 1\n" * 500)
    assert [one.code for one in findings] == ["BK132"] * 100 + ["BK131"]
    assert findings[-1].place.spot == "102:1"


def test_cp1252_is_named_with_its_line_and_the_way_out():
    found = only("a: 1\nnimi: Työpolku\n".encode("cp1252"))
    assert (found.code, str(found.place)) == ("BK107", "f.yaml:2:9")
    assert ENGLISH.sentence(found) == (
        "The text is not UTF-8; it looks like an older Windows encoding (cp1252, “ANSI”)."
    )
    assert FINNISH.hint(found) == (
        "Avaa tiedosto Muistiossa, valitse Tallenna nimellä, koodaukseksi UTF-8 ja tallenna."
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\x00", "a Word, Excel or zip file"),
        (b"%PDF-1.7", "a PDF file"),
        (b"{\\rtf1 x}", "a rich text file (RTF)"),
        ("a: 1\nb: ä\n".encode("utf-16-le"), "UTF-16 text without its mark"),
        (b"\x7fELF\0\0\x01\xff", "data for a program"),
    ],
)
def test_what_is_not_text_is_named(data, kind):
    found = only(data)
    assert found.code == "BK108"
    assert ENGLISH.sentence(found) == f"This is not a text file: it looks like {kind}."


@pytest.mark.parametrize(
    ("text", "spot", "name"),
    [
        ("a: 1\nb: x\x0by\n", "2:5", "U+000B"),
        ("a: x\u202ey\n", "1:5", "U+202E"),
        ("a: x\x85y\n", "1:5", "U+0085"),
        ("a: x\u2028y\n", "1:5", "U+2028"),
        ("a: \x90\n", "1:4", "U+0090"),
        ("a: \ufffe\n", "1:4", "U+FFFE"),
    ],
)
def test_characters_that_no_document_can_hold(text, spot, name):
    found = only(text)
    assert (found.code, found.place.spot, found.facts["character"]) == ("BK109", spot, name)
    assert FINNISH.sentence(found) == f"Tässä on merkki {name}, jota mikään asiakirja ei voi sisältää."


def test_bad_characters_written_as_codes_and_texts_too_long_are_findings_of_their_own_value():
    value, findings = read('a: "x\\vy"\nb: "\\u00e4"\nc: ' + "z" * 32_768 + "\nd: " + "z" * 32_767 + "\n")
    assert [(one.code, one.place.spot) for one in findings] == [("BK109", "1:4"), ("BK110", "3:4")]
    assert ENGLISH.sentence(findings[1]) == "The text has 32,768 characters; at most 32,767 fit into one field."
    assert (value["a"], value["b"]) == ("xy", "ä")


def test_odd_spaces_inside_a_text_of_several_lines_are_no_indentation():
    value, findings = read("a: |\n  x\n  \u00a0y\nb: 'x\n\n  \u2003z'\n")
    assert findings == []
    assert value == {"a": "x\n\u00a0y\n", "b": "x\n\u2003z"}


ODD = st.text("ab:-#'\"{}[]&*!|>%@`,?\\ \t\n~<.\u00a0äu0x\x0b\u2028\ufeff\x85", max_size=60)


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.binary(max_size=80), ODD.map(str.encode)))
def test_no_bytes_raise_anything(data):
    value, findings = read_yaml(data, "f.yaml")
    assert all(ENGLISH.sentence(one) and ENGLISH.hint(one) for one in findings)
    assert findings or value is None or isinstance(value, str | list | dict)


def test_a_bad_escape_in_a_tag_has_a_place():
    _, findings = read_yaml(b"!%a: b\n", "f.yaml")
    assert [str(f.place) for f in findings] == ["f.yaml:1:1"]


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_no_change_to_a_good_file_raises_anything(data):
    index = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 8))
    mutated = GOOD[:index] + data.draw(ODD) + GOOD[index + length :]
    _, findings = read_yaml(mutated.encode(), "f.yaml")
    for one in findings:
        assert ENGLISH.sentence(one)
        assert FINNISH.sentence(one) != ENGLISH.sentence(one)
        line, column = map(int, one.place.spot.split(":"))
        assert 1 <= line <= mutated.count("\n") + 2
        assert column >= 1
