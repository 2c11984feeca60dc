"""Word templates: what they may say, what becomes of it, and where each mistake is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import docx.document
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from bidkit.diagnostics import Finding, Message, Refused
from bidkit.gate import office
from bidkit.i18n import FINDINGS, Translator
from bidkit.messages import templates as say
from bidkit.templates import (
    Block,
    Chart,
    Contents,
    Drawing,
    Each,
    Properties,
    Rich,
    Run,
    Template,
    compile,  # noqa: A004
    find,
    names_of,
)

from .ooxml import texts, validate_package

ENGLISH = Translator("en", ("templates",))
PROPERTIES = Properties("Tarjous", "Esimerkkiyhdistys ry", "EY-1", datetime(2027, 3, 1, 12, tzinfo=UTC), "fi")
FILTERS: dict[str, Callable[..., object]] = {
    "money": lambda value: f"{value:.2f} €".replace(".", ","),
    "date": lambda value: f"{value.day}.{value.month}.{value.year}",
    "places": lambda value, digits: f"{value:.{digits}f}",
}
CONTEXT: dict[str, object] = {
    "bidder": {"name": "Esimerkkiyhdistys ry", "phone": None, "secret": False},
    "lots": 2,
    "price": Decimal("1234.5"),
    "start": date(2027, 5, 1),
    "empty": [],
    "services": [
        {"name": "Työpaja", "price": Decimal("10"), "steps": ["alku", "loppu"], "kind": "group"},
        {"name": "Valmennus", "price": Decimal("52.5"), "steps": [], "kind": "person"},
    ],
}
Content = str | tuple[str, ...] | list[list[str]]


def blank() -> docx.document.Document:
    """Return python-docx's empty document without the bulk that no template of ours has."""
    document = docx.Document()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(("stylesWithEffects", "customXml")):
            del document.part.rels[key]
    return document


def make(*content: Content, header: str = "", title: str = "") -> bytes:
    """Make a template: texts are paragraphs, ("#", text) headings, other tuples runs, lists tables."""
    document = blank()
    for one in content:
        if isinstance(one, str):
            document.add_paragraph(one)
        elif isinstance(one, tuple) and one[0] in ("#", "##"):
            document.add_heading(one[1], len(one[0]))
        elif isinstance(one, tuple):
            paragraph = document.add_paragraph()
            for number, text in enumerate(one):
                paragraph.add_run(text).bold = number % 2 == 0
        else:
            table = document.add_table(len(one), len(one[0]))
            for row, cells in zip(table.rows, one, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def compiled(*content: Content, header: str = "", title: str = "") -> Template:
    return compile(make(*content, header=header, title=title), "malli.docx", FILTERS)


def filled(*content: Content, context: dict[str, object] | None = None, header: str = "", title: str = "") -> bytes:
    template = compiled(*content, header=header, title=title)
    assert told(template.faults) == []
    result = template.render(CONTEXT | (context or {}), PROPERTIES)
    assert told(result.faults) == []
    assert validate_package(result.data) == []
    return result.data


def paragraphs(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


def cells(data: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[table].rows]


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def told(faults: Sequence[Finding]) -> list[str]:
    return [f"{one.place}: {ENGLISH.sentence(one)}" for one in faults]


def faults_of(*content: Content, header: str = "", title: str = "") -> tuple[Finding, ...]:
    """Return what is found at compiling, or else at filling."""
    template = compiled(*content, header=header, title=title)
    return template.faults or template.render(CONTEXT, PROPERTIES).faults


# What a template can do


def test_fields_formats_and_conditions() -> None:
    data = filled(
        "{{ bidder.name }}, {{ price | money }}, {{start|date}}, {{ price | places(3) }}, {{ services | length }}",
        "{% if lots > 1 and not bidder.secret %}monta{% elif lots == 1 %}yksi{% else %}ei{% endif %}",
        '{% if "oh" in "kohde" %}on{% endif %}{{ services[1].name }}{{ bidder["name"] }}',
    )
    assert paragraphs(data) == [
        "Esimerkkiyhdistys ry, 1234,50 €, 1.5.2027, 1234.500, 2",
        "monta",
        "onValmennusEsimerkkiyhdistys ry",
    ]


def test_a_field_without_value_prints_nothing() -> None:
    assert paragraphs(filled("Puh. {{ bidder.phone }}!")) == ["Puh. !"]


@pytest.mark.parametrize(
    "text", ["a & b < c > d", "\"quoted\" 'too'", "]]>", "<w:p/>", "{{ bidder }} {% if %}", "&amp;"]
)
def test_text_is_printed_as_it_is(text: str) -> None:
    data = filled("({{ text }})", "{{ text }}", header="{{ text }}", title="{{ text }}", context={"text": text})
    document = docx.Document(io.BytesIO(data))
    assert [one.text for one in document.paragraphs] == [f"({text})", text]
    assert document.sections[0].header.paragraphs[0].text == text
    assert document.core_properties.title == text


def test_newlines_are_line_breaks_and_tabs_tab_stops() -> None:
    data = filled("{{ text }}", context={"text": "yksi\nkaksi\tkolme"})
    assert paragraphs(data) == ["yksi\nkaksi\tkolme"]
    assert member(data, "word/document.xml").count("<w:br/>") == 1


@pytest.mark.parametrize(
    "runs",
    [
        ("a{", "{ bidder.na", "me }}b"),
        ("a", "{{ bidder.name", " }}b"),
        ("a{{", " bidder.name ", "}", "}b"),
        ("a{{\u00a0bidder.name\u00a0}}", "b"),
        ("a{{ bidder", ".", "name", " }}b"),
        ("a{{\nbidder.name\t}}b", ""),
        ("a{% if bid", "der.name == “Esimerkkiyhdistys ry” %}Esimerk", "kiyhdistys ry{% end", "if %}b"),
        ("a{%- if lots == 2 -%}{{- bidder.name -}}{%- endif -%}b", ""),
    ],
)
def test_tags_are_healed(runs: tuple[str, ...]) -> None:
    assert paragraphs(filled(runs)) == ["aEsimerkkiyhdistys ryb"]


def test_a_tag_keeps_the_look_of_its_first_run() -> None:
    data = filled(("a {{ bid", "der.name }} b", " c"))
    runs = [(run.text, bool(run.bold)) for run in docx.Document(io.BytesIO(data)).paragraphs[0].runs]
    assert runs == [("a Esimerkkiyhdistys ry", True), (" b", False), (" c", True)]


def test_several_tags_over_several_runs() -> None:
    runs = ("{{ lots }}{% if lots %}", "x{{ lots", " }}y{% endif %}{{ lo", "ts }}", "{# note #}z{{ lots }}")
    assert paragraphs(filled(runs)) == ["2x2y2z2"]


def test_paragraphs_of_statements_disappear() -> None:
    data = filled(
        "ennen",
        "{# a note for whoever edits this #}",
        "{% for one in services %}",
        "{{ loop.index }} {{ one.name }}",
        "{% if loop.last %}{# two #}",
        "viimeinen",
        "{% endif %}",
        "{% endfor %}",
        "jälkeen",
    )
    assert paragraphs(data) == ["ennen", "1 Työpaja", "2 Valmennus", "viimeinen", "jälkeen"]


def test_the_spelling_of_docxtpl_is_understood() -> None:
    data = filled(
        "{%p for one in services %}",
        "{{ one.name }}",
        "{%p endfor %}",
        [["A", "B"], ["{%tr for one in services %}", ""], ["{{ one.name }}", "x"], ["{%tr endfor %}", ""]],
    )
    assert paragraphs(data) == ["Työpaja", "Valmennus"]
    assert cells(data) == [["A", "B"], ["Työpaja", "x"], ["Valmennus", "x"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["{% for s in services %}{{ s.name }}", "{{ s.price | money }}{% endfor %}"]],
        [["{% for s in services %}", ""], ["{{ s.name }}", "{{ s.price | money }}"], ["", "{% endfor %}"]],
        [["{% for s in services %}{% if true %}{{ s.name }}", "{{ s.price | money }}{% endif %}{% endfor %}"]],
    ],
)
def test_rows_repeat(rows: list[list[str]]) -> None:
    data = filled([["Nimi", "Hinta"], *rows, ["Yht.", ""]])
    assert cells(data) == [["Nimi", "Hinta"], ["Työpaja", "10,00 €"], ["Valmennus", "52,50 €"], ["Yht.", ""]]


def test_pairs_of_rows_repeat() -> None:
    rows = [["{% for s in services %}{{ s.name }}", "1"], ["{{ s.kind }}", "2{% endfor %}"]]
    assert cells(filled(rows)) == [["Työpaja", "1"], ["group", "2"], ["Valmennus", "1"], ["person", "2"]]


def test_loops_inside_a_cell() -> None:
    rows = [["{% for s in services %}\n{{ s.name }}{% endfor %}", "x"]]
    assert cells(filled(rows)) == [["\nTyöpaja\nValmennus", "x"]]
    document = blank()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{% for s in services %}"
    cell.add_paragraph("{{ s.name }}")
    cell.add_paragraph("{% endfor %}")
    template = compile(saved(document), "malli.docx", FILTERS)
    assert cells(template.render(CONTEXT, PROPERTIES).data) == [["Työpaja\nValmennus"]]
    empty = template.render(CONTEXT | {"services": []}, PROPERTIES).data
    assert cells(empty) == [[""]]
    assert validate_package(empty) == []


def test_loops_of_tables_within_loops() -> None:
    data = filled(
        "{% for s in services %}",
        [
            ["{{ s.name }}", "{{ s.price | money }}"],
            ["{% for one in s.steps %}{{ loop.index }}", "{{ one }}{% endfor %}"],
        ],
        "{% endfor %}",
    )
    assert cells(data, 0) == [["Työpaja", "10,00 €"], ["1", "alku"], ["2", "loppu"]]
    assert cells(data, 1) == [["Valmennus", "52,50 €"]]
    assert paragraphs(data) == [""], "two tables side by side would be one in Word"


def test_a_table_without_rows_is_left_out() -> None:
    data = filled("a", [["{% for s in empty %}{{ s.name }}", "{{ s.price | money }}{% endfor %}"]], "b")
    assert docx.Document(io.BytesIO(data)).tables == []


def test_a_part_may_begin_and_end_in_the_text_of_its_paragraphs() -> None:
    assert paragraphs(filled("{% for s in services %}{{ s.name }}", "- {{ s.kind }}{% endfor %}")) == [
        "Työpaja", "- group", "Valmennus", "- person",
    ]  # fmt: skip


def test_headers_footnotes_text_boxes_and_title() -> None:
    document = blank()
    document.add_paragraph("x")
    section = document.sections[0]
    section.footer.paragraphs[0].text = "{% if lots %}{{ bidder.name }}{% endif %}"
    section.header.add_table(1, 1, Pt(200)).cell(0, 0).text = "{{ lots }}"
    document.core_properties.title = "Tarjous: {{ bidder.name }}{% if lots > 1 %} ({{ lots }}){% endif %}"
    template = compile(saved(document), "malli.docx", FILTERS)
    assert template.faults == ()
    done = docx.Document(io.BytesIO(template.render(CONTEXT, PROPERTIES).data))
    assert done.sections[0].footer.paragraphs[0].text == "Esimerkkiyhdistys ry"
    assert done.sections[0].header.tables[0].cell(0, 0).text == "2"
    assert done.core_properties.title == "Tarjous: Esimerkkiyhdistys ry (2)"


# The mistakes: each is found, with its place and the tag as typed


TAG_WITHOUT_END = "begins or ends a tag, but its other end is not in the same paragraph"
CROSSES = "begins and ends in different places with text beside it, so it is not clear what to repeat"
MISTAKES: list[tuple[tuple[Content, ...], str]] = [
    (
        (("#", "Palvelut"), "{{ bidder.nimi }}"),
        "document › 2: {{ bidder.nimi }}: there is no field “nimi” (document, “Palvelut”, paragraph 2).",
    ),
    (("{{ bider.name }}",), "document › 1: {{ bider.name }}: there is no field “bider” (document, paragraph 1)."),
    (
        (("#", "Hinnat"), [["Nimi", "Hinta"], ["{% for s in services %}{{ s.name }}", "{{ s.hinta }}{% endfor %}"]]),
        "document › 1/2/2: {{ s.hinta }}: there is no field “hinta” (document, “Hinnat”, table 1, row 2, column 2).",
    ),
    (
        ("a", "{% for s in services %}", "{{ s.name }}"),
        "document › 2: {% for s in services %} is never ended (document, paragraph 2).",
    ),
    (
        ("{% if lots %}", "{% for s in services %}", "{% endif %}"),
        "document › 2: {% for s in services %} is never ended (document, paragraph 2).",
    ),
    (
        ("{% endif %}",),
        "document › 1: {% endif %} ends or divides a part that {% if … %} has not begun (document, paragraph 1).",
    ),
    (
        ("{% for s in services %}{% else %}{% endfor %}",),
        "document › 1: {% else %} ends or divides a part that {% if … %} has not begun (document, paragraph 1).",
    ),
    (("x {{ lots } y",), f"document › 1: “{{{{ lots }} y” {TAG_WITHOUT_END} (document, paragraph 1)."),
    (("x lots }} y",), f"document › 1: “x lots }}}}” {TAG_WITHOUT_END} (document, paragraph 1)."),
    (("{{ lots", "}}"), f"document › 1: “{{{{ lots” {TAG_WITHOUT_END} (document, paragraph 1)."),
    (
        ("{{ price | maney }}",),
        "document › 1: {{ price | maney }}: there is no format “maney” (document, paragraph 1).",
    ),
    (
        ("{{ bidder.name | money }}",),
        "document › 1: {{ bidder.name | money }}: the format “money” cannot print a text (document, paragraph 1).",
    ),
    (("{{ 1/0 }}",), "document › 1: {{ 1/0 }}: a template may not use arithmetic (document, paragraph 1)."),
    (
        ("{%p if lots %}a{%p endif %}",),
        "document › 1: {%p if lots %} removes its whole paragraph or row, but there is other text in it "
        "(document, paragraph 1).",
    ),
    (
        ([["{%tr for s in services %}x"], ["{%tr endfor %}"]],),
        "document › 1/1/1: {%tr for s in services %} removes its whole paragraph or row, but there is other text in "
        "it (document, table 1, row 1, column 1).",
    ),
    (
        ("Palvelut: {% for s in services %}", "{{ s.name }}", "{% endfor %}"),
        "document › 1: {% for s in services %}: the part from {% for s in services %} to {% endfor %} "
        f"{CROSSES} (document, paragraph 1).",
    ),
    (
        ([["{{ lots }}{% for s in services %}", "{{ s.name }}{% endfor %}"]],),
        "document › 1/1/1: {% for s in services %}: the part from {% for s in services %} to {% endfor %} "
        f"{CROSSES} (document, table 1, row 1, column 1).",
    ),
    (
        ([["{% if lots %}a", "{% else %}b", "{% endif %}"]],),
        f"document › 1/1/2: {{% else %}}: the part from {{% if lots %}} to {{% endif %}} {CROSSES} "
        "(document, table 1, row 1, column 2).",
    ),
    (
        ("{% set x = 1 %}",),
        "document › 1: {% set x = 1 %}: templates do not know the word “set” (document, paragraph 1).",
    ),
    (
        ("{% end for %}",),
        "document › 1: {% end for %}: templates do not know the word “end” (document, paragraph 1).",
    ),
    (("{{ bidder. }}",), "document › 1: {{ bidder. }} cannot be understood (document, paragraph 1)."),
    (("{{ }}",), "document › 1: {{ }} cannot be understood (document, paragraph 1)."),
    (("{{ palvelun nimi }}",), "document › 1: {{ palvelun nimi }} cannot be understood (document, paragraph 1)."),
    (
        ("{% if lots = 1 %}x{% endif %}",),
        "document › 1: {% if lots = 1 %} cannot be understood (document, paragraph 1).",
    ),
    (
        ("{% if lots > bidder.name %}x{% endif %}",),
        "document › 1: {% if lots > bidder.name %} compares values of different kinds, such as a text and a number "
        "(document, paragraph 1).",
    ),
    (("{{ price }}",), "document › 1: {{ price }}: a number cannot be printed as it is (document, paragraph 1)."),
    (
        ("{{ services }}",),
        "document › 1: {{ services }}: a list cannot be printed as it is (document, paragraph 1).",
    ),
    (
        ("{{ bidder.secret }}",),
        "document › 1: {{ bidder.secret }}: yes or no cannot be printed as it is (document, paragraph 1).",
    ),
    (
        ("{% for one in bidder %}x{% endfor %}",),
        "document › 1: {% for one in bidder %} can only go through a list, but this is a group of fields "
        "(document, paragraph 1).",
    ),
    (
        ("{% for one in servces %}x{% endfor %}",),
        "document › 1: {% for one in servces %}: there is no field “servces” (document, paragraph 1).",
    ),
    (
        ("{% if bidder.naem %}x{% endif %}",),
        "document › 1: {% if bidder.naem %}: there is no field “naem” (document, paragraph 1).",
    ),
]


@pytest.mark.parametrize(("content", "expected"), MISTAKES, ids=[str(n) for n in range(1, len(MISTAKES) + 1)])
def test_each_mistake_has_its_place(content: tuple[Content, ...], expected: str) -> None:
    assert f"malli.docx › {expected}" in told(faults_of(*content))


def test_one_mistake_is_one_finding() -> None:
    for content, expected in MISTAKES:
        codes = [one.code for one in faults_of(*content)]
        assert len(set(codes)) == 1, (expected, codes)


def test_mistakes_in_headers_and_title() -> None:
    assert told(faults_of("x", header="{{ bidder.naem }}")) == [
        "malli.docx › header1 › 1: {{ bidder.naem }}: there is no field “naem” (header, header1.xml, paragraph 1)."
    ]
    assert told(faults_of("x", title="{{ naem }}")) == [
        "malli.docx › core › title: {{ naem }}: there is no field “naem” (file properties, the title)."
    ]
    assert [one.code for one in faults_of("x", title="{{ naem")] == [say.LOOSE_BRACES.code]


def test_all_mistakes_are_told_at_once() -> None:
    found = faults_of(
        "{{ 1 + 1 }}", "{{ a b }}", "{% endfor %}", "{{ lots", "{{ price | maney }}", header="{% include 'x' %}"
    )
    assert [one.code for one in found] == ["BK406", "BK412", "BK409", "BK408", "BK410", "BK407"]
    found = faults_of(
        "{{ a }}{{ b }}", "{% if c %}{% endif %}{{ price | date }}", "{% for x in d %}{% endfor %}{{ bidder.e }}"
    )
    assert [str(one.facts["field"]) for one in found if "field" in one.facts] == ["a", "b", "c", "d", "e"]
    assert [one.code for one in found].count(say.WRONG_VALUE.code) == 1


def test_names_are_judged_beside_a_block_that_does_not_end() -> None:
    template = compiled("{% for s in services %}{{ s.hinta }}", "{{ bidder.naem }}", "{{ “bidder.name” }}")
    assert [one.code for one in template.faults] == [say.UNCLOSED.code, say.NOT_ALLOWED.code]
    known = {"services": Each({"name": None}), "bidder": {"name": None}}
    assert [one.facts["field"] for one in template.check(known)] == ["naem"]


def test_the_same_mistake_in_a_loop_is_told_once() -> None:
    assert len(faults_of("{% for s in services %}{{ s.hinta }}{% endfor %}")) == 1


def test_nearest_names_are_offered() -> None:
    (fault,) = faults_of("{{ bidder.naem }}")
    assert ENGLISH.hint(fault) == "Did you mean one of these? name"
    (fault,) = faults_of("{% for s in services %}{{ s.prise }}{% endfor %}")
    assert fault.facts["near"] == ("price",)
    (fault,) = faults_of("{{ price | maney }}")
    assert fault.facts["near"] == ("money",)
    (fault,) = faults_of("{% fro s in services %}")
    assert fault.facts["near"] == ("for",)


def test_places_count_paragraphs_outside_tables_and_cells_within() -> None:
    content = ["1", [["a", "b"], ["c", "{{ x }}"]], "2", ("#", "Otsikko {{ y }}"), [["{{ z }}"]], "{{ q }}"]
    found = {str(one.facts["field"]): (one.place.spot, one.facts["heading"]) for one in faults_of(*content)}
    assert found == {
        "x": ("document!1/2/2", None),
        "y": ("document!3", None),
        "z": ("document!2/1/1", "Otsikko {{ y }}"),
        "q": ("document!4", "Otsikko {{ y }}"),
    }


# Safety


ATTACKS = [
    "cycler.__init__.__globals__.os.popen('id').read()",
    "bidder.__class__",
    "bidder.__class__.__mro__[1].__subclasses__()",
    "''.__class__.__base__.__subclasses__()",
    "'{0.__class__}'.format(bidder)",
    "'%s' % bidder",
    "bidder|attr('__class__')",
    "bidder['__class__']",
    "bidder['__cl' ~ 'ass__']",
    "request['application']['__globals__']",
    "self.__init__.__globals__",
    "self._TemplateReference__context",
    "lipsum.__globals__['os'].popen('id')",
    "joiner.__init__.__globals__",
    "namespace.__init__",
    "config.items()",
    "get_flashed_messages.__globals__",
    "range(100000000)",
    "'A' * 2000000000",
    "9 ** 9 ** 9",
    "'a'.center(1000000000)",
    "bidder.update({'name': 1})",
    "services.append(1)",
    "bidder.delete()",
    "dict(a=1)",
    "[].pop()",
    "(1).__class__",
    "x if x else y",
    "bidder is defined",
    "services[0:1]",
    "services[lots]",
    "services|map(attribute='__class__')|list",
    "services|groupby('x')",
    "loop.cycle('a')",
    "caller()",
    "super()",
    "lots.real",
    "bidder.items",
    "bidder.keys",
    "services.append",
    "_('x')",
]
STATEMENTS = [
    "{% set x = 1 %}", "{% import 'os' as o %}", "{% from 'x' import y %}", "{% include '/etc/passwd' %}",
    "{% extends 'x' %}", "{% macro m() %}", "{% block b %}", "{% call x() %}", "{% filter upper %}", "{% raw %}",
    "{% autoescape false %}", "{% do x %}", "{% with a = 1 %}", "{% for a, b in services %}{% endfor %}",
    "{% for s in services recursive %}{% endfor %}", "{% for s in services if s %}{% endfor %}",
    "{% for __s in services %}{% endfor %}", "{% for s in range(9) %}{% endfor %}",
    "{% if bidder.__class__ %}{% endif %}", "{% for s in ().__class__.__base__.__subclasses__() %}{% endfor %}",
]  # fmt: skip


RUNTIME = ("lots.real", "bidder.items", "bidder.keys", "services.append")  # names like any other: not there


def test_nothing_runs_in_the_body() -> None:
    tags = [f"{{{{ {one} }}}}" for one in ATTACKS if one not in RUNTIME] + STATEMENTS
    found = compiled(*(f"a {one} b" for one in tags)).faults
    refused = {str(one.facts["tag"]) for one in found}
    assert [one for one in tags if one.split(" %}")[0] not in {tag.split(" %}")[0] for tag in refused}] == []


@pytest.mark.parametrize("where", ["body", "header", "title"])
@pytest.mark.parametrize("attack", [*ATTACKS[:9], *RUNTIME, *STATEMENTS[:4]])
def test_nothing_runs_anywhere(attack: str, where: str) -> None:
    tag = attack if attack.startswith("{%") else f"{{{{ {attack} }}}}"
    content = {"body": "x", "header": "", "title": ""} | {where: tag}
    template = compiled(content["body"], header=content["header"], title=content["title"])
    result = template.render(CONTEXT, PROPERTIES)
    assert result.data == b""
    assert [one.facts["tag"] for one in result.faults] == [tag]


def test_values_are_never_read_as_tags() -> None:
    data = filled("{{ text }}", context={"text": "{{ 7 * 7 }}{% for x in y %}"})
    assert paragraphs(data) == ["{{ 7 * 7 }}{% for x in y %}"]


def test_loops_end() -> None:
    many: dict[str, object] = {"many": list(range(2000))}
    template = compiled("{% for a in many %}{% for b in many %}{% endfor %}{% endfor %}")
    (fault,) = template.render(many, PROPERTIES).faults
    assert fault.code == say.TOO_MANY_ROUNDS.code
    assert fault.facts["tag"] == "{% for b in many %}"


def test_documents_do_not_grow_without_end() -> None:
    template = compiled("{% for a in many %}{{ text }}{% endfor %}")
    result = template.render({"many": list(range(3000)), "text": "x" * 30_000}, PROPERTIES)
    assert [one.code for one in result.faults] == [say.TOO_BIG.code]


@pytest.mark.parametrize("code", ["(" * 240 + "1" + ")" * 240, "not " * 120 + "1", "bidder" + ".a" * 200, "a" * 600])
def test_tags_that_would_exhaust_the_parser(code: str) -> None:
    assert faults_of(f"{{{{ {code} }}}}")


def test_blocks_nested_too_deep() -> None:
    begins, ends = "{% for a in services %}" * 25, "{% endfor %}" * 25
    assert {one.code for one in compiled(begins + ends).faults} == {say.TOO_DEEP.code}


def test_only_plain_data_is_accepted() -> None:
    template = compiled("{{ a }}")
    for value in (object(), {1, 2}, open, Path("x"), {"a": [object()]}, 1.5):
        with pytest.raises(TypeError, match="plain data"):
            template.render({"a": value}, PROPERTIES)


# Files that are no templates


def test_files_that_are_no_templates() -> None:
    assert [one.code[:3] for one in compile(b"", "x.docx").faults] == ["BK1"]
    assert compile(make("x")[:3000], "x.docx").faults
    workbook = io.BytesIO()
    import openpyxl

    openpyxl.Workbook().save(workbook)
    (fault,) = compile(workbook.getvalue(), "x.docx").faults
    assert fault.code == say.NOT_WORD.code


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return the package with one text of one member replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            content = source.read(one)
            if one == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(one, content)
    return buffer.getvalue()


def test_macros_and_links_elsewhere_are_refused() -> None:
    external = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate" Target="file:///c:/x.dotm" TargetMode="External"/></Relationships>'
    )
    data = changed(make("{{ a b }}"), "word/_rels/document.xml.rels", "</Relationships>", external)
    assert [one.code for one in compile(data, "x.docx").faults] == [say.UNSAFE.code, say.UNREADABLE.code]


def test_tracked_changes_are_refused() -> None:
    data = changed(make("abc"), "word/document.xml", "<w:r>", '<w:ins w:id="1" w:author="x"><w:r>')
    data = changed(data, "word/document.xml", "</w:r>", "</w:r></w:ins>")
    assert [one.code for one in compile(data, "x.docx").faults] == [say.TRACKED.code]


def test_hidden_text_is_refused_where_it_stands() -> None:
    data = changed(make("abc", ("#", "Palvelut"), "def"), "word/document.xml", "<w:r><w:t>def", "<w:r>HIDE<w:t>def")
    hidden = changed(data, "word/document.xml", "HIDE", "<w:rPr><w:vanish/></w:rPr>")
    faults = compile(hidden, "x.docx").faults
    text = "Mallipohjassa on piilotettua tekstiä (word/document.xml). Se päätyisi jokaiseen tarjoukseen."
    assert [(one.code, str(one.place)) for one in faults] == [(say.UNSAFE.code, "x.docx › document › 3")]
    assert Translator("fi", FINDINGS).sentence(faults[0]) == text
    shown = changed(data, "word/document.xml", "HIDE", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
    assert compile(shown, "x.docx").faults == ()
    assert office(shown, "x.docx") == office(make("abc"), "x.docx")
    style = changed(make("abc"), "word/styles.xml", "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>")
    assert [str(one.place) for one in compile(style, "x.docx").faults] == ["x.docx:styles"]


def test_tags_that_cannot_be_filled_are_found() -> None:
    data = changed(
        make(("#", "Kuva"), "abc"), "word/document.xml", "<w:t>abc", "<w:instrText>X {{ y }}</w:instrText><w:t>abc"
    )
    (fault,) = compile(data, "x.docx").faults
    assert (fault.code, fault.place.spot) == (say.OUT_OF_REACH.code, "document!2")


def test_a_section_break_is_not_lost() -> None:
    document = blank()
    document.add_paragraph("{% if lots %}")
    document.add_paragraph("x")
    document.add_section()
    document.paragraphs[0]._p.get_or_add_pPr().append(document.paragraphs[-1]._p.pPr.sectPr)
    document.add_paragraph("{% endif %}")
    (fault, *_) = compile(saved(document), "x.docx").faults
    assert fault.code == say.SECTION_BREAK.code


# Fields and checks without data


def test_fields() -> None:
    template = compiled(
        "{{ bidder.name }}{% for s in services %}{{ s.name }}{% for one in s.steps %}{{ one }}{% endfor %}"
        "{{ loop.index }}{% endfor %}{% if lots > most %}{% endif %}",
        header="{{ bidder.phone | date }}",
    )
    assert template.fields() == {
        "bidder.name", "bidder.phone", "services", "services.name", "services.steps", "lots", "most",
    }  # fmt: skip


def test_check_without_data() -> None:
    known = names_of(CONTEXT)
    assert isinstance(known, dict)
    good = compiled(
        "{% for s in services %}{{ s.name }}{{ loop.first }}{{ s.steps | length }}{% endfor %}{{ bidder.phone }}"
    )
    assert good.check(known) == ()
    bad = compiled(
        "{% for s in services %}{{ s.naem }}{% for t in s.steps %}{{ t.x }}{% endfor %}{% endfor %}",
        "{{ s.name }}",
        "{% for x in bidder %}{{ x.y }}{% endfor %}{% if bidder.fax %}{% endif %}{{ services }}{{ loop.index }}",
    )
    assert [(one.code, one.facts.get("field")) for one in bad.check(known)] == [
        ("BK415", "naem"), ("BK415", "x"), ("BK415", "s"), ("BK418", None), ("BK415", "fax"), ("BK417", None),
        ("BK415", "loop"),
    ]  # fmt: skip


def test_check_of_blocks() -> None:
    known = {"text": Rich, "toc": Contents, "chart": Drawing, "rows": Each({"text": Rich})}
    template = compiled(
        "{{ text }}", "a {{ text }}", "{% for r in rows %}", "{{ r.text }}", "{% endfor %}", "{{ chart }}", "{{ toc }}"
    )
    found = [(one.code, one.place.spot, one.facts.get("style")) for one in template.check(known)]
    assert found == [
        ("BK420", "document!2", None), ("BK421", "document!7", "Toc 1"), ("BK421", "document!7", "Toc 2"),
    ]  # fmt: skip


def test_names_of_a_list_are_those_of_any_item() -> None:
    assert names_of({"a": [{"x": 1}, {"y": {"z": None}}], "t": Rich(())}) == {
        "a": Each({"x": None, "y": {"z": None}}),
        "t": Rich,
    }


# Blocks


RICH = Rich(
    (
        Block("paragraph", (Run("Tavallinen & "), Run("lihava", bold=True), Run(" ja\nuusi rivi", italic=True))),
        Block("bullet", (Run("luettelo"),)),
        Block("number", (Run("numeroitu"),)),
        Block("subheading", (Run("väliotsikko"),)),
        Block("quote", (Run("lainaus"),)),
    )
)


def test_rich_text_becomes_paragraphs_in_the_styles_of_the_template() -> None:
    document = blank()
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.add_run("{{ text }}").font.size = Pt(13)
    template = compile(saved(document), "x.docx")
    result = template.render({"text": RICH}, PROPERTIES)
    assert validate_package(result.data) == []
    done = docx.Document(io.BytesIO(result.data)).paragraphs
    assert [(one.style.name, one.text) for one in done] == [
        ("Body Text", "Tavallinen & lihava ja\nuusi rivi"),
        ("List Bullet", "luettelo"),
        ("List Number", "numeroitu"),
        ("Heading 4", "väliotsikko"),
        ("Quote", "lainaus"),
    ]
    assert [(run.bold, run.italic, run.font.size) for run in done[0].runs] == [
        (None, None, Pt(13)), (True, None, Pt(13)), (None, True, Pt(13)),
    ]  # fmt: skip


def test_rich_text_in_cells_and_loops() -> None:
    data = filled([["{{ text }}", "x"], ["{{ none }}", "y"]], context={"text": RICH, "none": Rich(())})
    assert cells(data)[0][0].startswith("Tavallinen & lihava ja\nuusi rivi\nluettelo\nnumeroitu")
    assert cells(data)[1] == ["", "y"]


@pytest.mark.parametrize("text", ["Teksti: {{ text }}", "{{ text }}{{ text }}", "{% if lots %}{{ text }}{% endif %}"])
def test_rich_text_inside_a_sentence_is_a_fault(text: str) -> None:
    template = compiled(text)
    faults = template.render(CONTEXT | {"text": RICH}, PROPERTIES).faults
    assert {one.code for one in faults} == {say.BLOCK_IN_TEXT.code}
    assert "a text of several paragraphs needs a paragraph of its own" in told(faults)[0]


def test_a_style_that_the_template_lacks_is_a_fault() -> None:
    document = blank()
    document.add_paragraph("{{ text }}")
    document.styles["List Bullet"].element.find(qn("w:name")).set(qn("w:val"), "Own Bullet")
    faults = compile(saved(document), "x.docx").render({"text": RICH}, PROPERTIES).faults
    assert [(one.code, one.facts["style"]) for one in faults] == [(say.MISSING_STYLE.code, "List bullet")]


CHART_XML = b'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'


def test_charts_are_added_with_their_workbooks() -> None:
    chart = Drawing(Chart(CHART_XML, b"PK-book"), 5_000_000, 2_500_000, 'Tulos "A" & <B>')
    template = compiled("{% for c in charts %}", "{{ c }}", "{% endfor %}", "{{ charts[0] }}")
    data = template.render({"charts": [chart, chart]}, PROPERTIES).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert [one for one in names if "charts/chart" in one] == [f"word/charts/chart{n}.xml" for n in (1, 2, 3)]
        assert archive.read("word/embeddings/Microsoft_Excel_Sheet2.xlsx") == b"PK-book"
        assert b'Id="rId1"' in archive.read("word/charts/_rels/chart2.xml.rels")
    body = member(data, "word/document.xml")
    assert re.findall(r'<wp:docPr id="(\d)"', body) == ["1", "2", "3"]
    assert 'descr="Tulos &quot;A&quot; &amp; &lt;B&gt;"' in body or "descr='Tulos \"A\" &amp; &lt;B&gt;'" in body
    document = docx.Document(io.BytesIO(data))
    ids = [
        one.get(qn("r:id"))
        for one in document.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart")
    ]
    assert [str(document.part.related_parts[one].partname) for one in ids] == [
        f"/word/charts/chart{n}.xml" for n in (1, 2, 3)
    ]


def with_toc_styles() -> docx.document.Document:
    document = blank()
    for level in (1, 2):
        document.styles.add_style(f"toc {level}", 1)
    return document


def test_contents_list_the_headings_of_the_finished_document() -> None:
    document = with_toc_styles()
    document.add_paragraph("{{ contents }}")
    document.add_heading("Johdanto", 1)
    document.add_paragraph("{% for s in services %}")
    document.add_heading("{{ s.name }} & co", 2)
    document.add_heading("ei mukana", 3)
    document.add_paragraph("{% endfor %}")
    template = compile(saved(document), "x.docx", FILTERS)
    data = template.render(CONTEXT | {"contents": Contents()}, PROPERTIES).data
    assert validate_package(data) == []
    lines = [(one.style.name, one.text) for one in docx.Document(io.BytesIO(data)).paragraphs][:3]
    assert lines == [("toc 1", "Johdanto\t"), ("toc 2", "Työpaja & co\t"), ("toc 2", "Valmennus & co\t")]
    body = member(data, "word/document.xml")
    assert re.findall(r'w:anchor="(\w+)"', body) == ["_Toc00001", "_Toc00002", "_Toc00003"]
    assert re.findall(r'w:name="(_Toc\d+)"', body) == ["_Toc00001", "_Toc00002", "_Toc00003"]
    assert body.count('w:dirty="true"') == 3
    assert "PAGEREF _Toc00002 \\h" in body
    assert "updateFields" not in member(data, "word/settings.xml")


# The package


def test_same_input_same_bytes() -> None:
    data = make("{{ bidder.name }}", header="{{ lots }}")
    first, second = (compile(data, "x.docx", FILTERS).render(CONTEXT, PROPERTIES).data for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        infos = archive.infolist()
    assert {(one.date_time, one.create_system) for one in infos} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert infos[0].filename == "[Content_Types].xml"


def test_untouched_parts_stay_identical() -> None:
    data = make("{{ bidder.name }}")
    done = compile(data, "x.docx", FILTERS).render(CONTEXT, PROPERTIES).data
    for name in ("word/theme/theme1.xml", "word/numbering.xml", "word/fontTable.xml", "word/webSettings.xml"):
        assert member(data, name) == member(done, name)


def test_properties_come_from_the_bid_only() -> None:
    document = blank()
    document.add_paragraph("x")
    document.core_properties.author = "Vanha Tekijä"
    document.core_properties.comments = "sisäinen"
    document.add_comment(document.paragraphs[0].runs, "salainen", "Vanha Tekijä", "VT")
    data = compile(saved(document), "x.docx").render({}, PROPERTIES).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(one) for one in archive.namelist()).decode("utf-8", "ignore")
        assert not [one for one in archive.namelist() if "comments" in one or "thumbnail" in one or "custom" in one]
    assert "Vanha Tekijä" not in everything
    assert "salainen" not in everything
    assert "python-docx" not in everything
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.identifier, core.language) == (
        "Tarjous",
        "Esimerkkiyhdistys ry",
        "EY-1",
        "fi-FI",
    )
    assert core.created == core.modified == datetime(2027, 3, 1, 12, tzinfo=core.created.tzinfo)
    assert '<w:lang w:val="fi-FI"' in member(data, "word/styles.xml")
    assert validate_package(data) == []


def test_what_word_leaves_for_itself_is_removed() -> None:
    data = changed(make("{{ bidder.name }}"), "word/document.xml", "<w:p>", '<w:p w:rsidR="00AB12CD">')
    data = changed(data, "word/document.xml", "<w:r>", '<w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00112233">')
    body = member(compile(data, "x.docx", FILTERS).render(CONTEXT, PROPERTIES).data, "word/document.xml")
    assert "rsid" not in body
    assert "proofErr" not in body


def header_texts(data: bytes) -> list[tuple[str, ...]]:
    found = []
    for section in docx.Document(io.BytesIO(data)).sections:
        kinds = (section.header, section.first_page_header, section.even_page_header)
        found.append(tuple("|".join(one.text for one in kind.paragraphs) for kind in kinds))
    return found


def test_a_draft_says_so_on_every_page() -> None:
    document = blank()
    document.add_paragraph("{{ lots }}")
    document.add_section()
    first, second = document.sections
    first.different_first_page_header_footer = True
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "oma"
    second.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    template = compile(saved(document), "x.docx")
    data = template.render(CONTEXT, PROPERTIES, draft="LUONNOS & <x>").data
    assert validate_package(data) == []
    stamp = "LUONNOS & <x>"
    assert [[one.split("|")[0] for one in kinds] for kinds in header_texts(data)] == [[stamp] * 3, [stamp] * 3]
    assert header_texts(data)[1][0] == f"{stamp}|oma|"  # and room between it and the text
    assert stamp not in str(texts(template.render(CONTEXT, PROPERTIES).data))


def test_a_draft_of_a_template_with_headers() -> None:
    template = compiled("x", header="{{ bidder.name }}")
    data = template.render(CONTEXT, PROPERTIES, draft="LUONNOS").data
    assert header_texts(data)[0][0] == "LUONNOS|Esimerkkiyhdistys ry|"


def test_bookmarks_in_loops_stay_unique() -> None:
    data = changed(
        make("{% for s in services %}", "{{ s.name }}", "{% endfor %}"),
        "word/document.xml",
        "<w:r><w:t>{{",
        '<w:bookmarkStart w:id="7" w:name="m"/><w:bookmarkEnd w:id="7"/><w:r><w:t>{{',
    )
    done = compile(data, "x.docx", FILTERS).render(CONTEXT, PROPERTIES).data
    assert member(done, "word/document.xml").count("bookmarkStart") == 1
    assert validate_package(done) == []


# Finding templates


def test_find(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "oma"
    own.mkdir(parents=True)
    (own / "fi.docx").write_bytes(b"x")
    assert find("oma", "fi", tmp_path) == own / "fi.docx"
    assert find(str(own), "fi", None) == own / "fi.docx"
    assert find(str(own / "fi.docx"), "sv", None) == own / "fi.docx"
    for name, language, code in (
        ("oma", "sv", say.NO_LANGUAGE),
        (str(own), "sv", say.NO_LANGUAGE),
        ("omaa", "fi", say.NOT_FOUND),
    ):
        with pytest.raises(Refused) as refused:
            find(name, language, tmp_path)
        assert refused.value.message is code
    assert refused.value.facts["near"] == ("oma",)
    with pytest.raises(Refused):
        find(str(own / "ei.docx"), "fi", None)
    (own / "sv.docx").mkdir()  # no file, but something is there: the gate says what when it reads
    assert find("oma", "sv", tmp_path) == find(str(own), "sv", None) == own / "sv.docx"


# Wording


def test_every_message_is_translated() -> None:
    for language in ("fi", "sv"):
        own = Translator(language, ("templates", "manual_templates"))
        for message in (one for one in vars(say).values() if isinstance(one, Message)):
            for msgid in (message.text, message.hint, message.page):
                assert own.text(msgid) != msgid, (language, message.code)
                fields = re.findall(r"(?<!\{)\{\w+\}(?!\})", msgid)
                if msgid is not message.page:
                    assert sorted(re.findall(r"(?<!\{)\{\w+\}(?!\})", own.text(msgid))) == sorted(fields)


def test_a_finding_in_finnish() -> None:
    (fault,) = faults_of(("#", "Palvelut"), [["{{ bidder.naem }}"]])
    finnish = Translator("fi", ("templates",))
    assert finnish.sentence(fault) == (
        "{{ bidder.naem }}: kenttää ”naem” ei ole (asiakirja, “Palvelut”, taulukko 1, rivi 1, sarake 1)."
    )
    assert finnish.hint(fault) == "Tarkoititko jotakin näistä? name"
