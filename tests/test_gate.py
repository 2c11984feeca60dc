"""The door: what comes in unchanged, what is mended, what is refused and in which words."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from xml.parsers import expat

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bidkit import gate
from bidkit.diagnostics import Refused
from bidkit.gate import packages
from bidkit.i18n import Translator
from bidkit.messages import catalogue, reading, workbook

ENGLISH = Translator("en")
FINNISH = Translator("fi", ("reading",))


def refusal(call, *args, **options) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **options)
    return caught.value


def told(refused: Refused) -> tuple[str, str]:
    return refused.message.code, ENGLISH.sentence(refused.finding("x"))


def worded_or_fine(call, *args) -> None:
    """Call; a refusal must have words, any other exception fails the test."""
    refused = None
    try:
        call(*args)
    except Refused as caught:
        refused = caught
    assert refused is None or told(refused)[1]


# --- reading ---------------------------------------------------------------------------------------


def test_a_file_is_read_up_to_its_limit(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"12345")
    assert gate.read(path, most=5) == b"12345"
    large = refusal(gate.read, path, most=4)
    assert large.message is reading.TOO_LARGE


def test_both_sizes_are_named(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * (3 << 20))
    assert told(refusal(gate.read, path, most=1 << 20)) == ("BK105", "The file is 3 MB; at most 1 MB is read.")


def test_what_is_not_there_or_not_a_file_is_refused(tmp_path):
    assert told(refusal(gate.read, tmp_path / "no", most=9)) == ("BK102", "The file is not here.")
    (tmp_path / "file").write_bytes(b"")
    assert told(refusal(gate.read, tmp_path / "file" / "no", most=9))[0] == "BK102"
    assert told(refusal(gate.read, tmp_path, most=9)) == ("BK103", "Here is a folder, but a file is asked for.")
    assert refusal(gate.read, tmp_path / ("x" * 300), most=9).message is reading.CANNOT_READ
    assert refusal(gate.read, tmp_path / "a\0b", most=9).message is reading.CANNOT_READ


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no name on Windows")
def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert told(refusal(gate.read, tmp_path / "pipe", most=9))[0] == "BK103"


def test_a_file_open_in_word_is_told_in_finnish(tmp_path, monkeypatch):
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")

    def locked(*_args, **_options):
        raise PermissionError(13, "The process cannot access the file")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", locked)
        refused = refusal(gate.read, path, most=9)
    assert refused.message is reading.LOCKED
    assert FINNISH.sentence(refused.finding("a.docx")) == (
        "Tiedostoa ei saa lukea: se on auki toisessa ohjelmassa, tai sinulla ei ole siihen lukuoikeutta."
    )


@pytest.mark.parametrize(
    "escape", ["../x", "a/../../x", "/etc/passwd", "~/x", "C:/x", "C:\\x", "..\\x", "a\\b", "a:b", "a\0b", "\ud83d"]
)
def test_paths_stay_inside(tmp_path, escape):
    refused = refusal(gate.inside, tmp_path, escape)
    assert refused.message is reading.LEAVES_FOLDER
    ENGLISH.sentence(refused.finding("x")).encode("utf-8")


def test_links_are_followed_before_a_path_is_judged(tmp_path):
    base = tmp_path / "dossier"
    (base / "inner").mkdir(parents=True)
    (tmp_path / "dossier2").mkdir()
    (base / "link").symlink_to(tmp_path / "dossier2")
    (base / "loop").symlink_to(base / "loop")
    assert refusal(gate.inside, base, "link/x").message is reading.LEAVES_FOLDER
    assert refusal(gate.inside, base, "../dossier2/x").message is reading.LEAVES_FOLDER
    assert gate.inside(base, "inner/../a b.yaml") == (base / "a b.yaml").resolve()
    assert refusal(gate.read, gate.inside(base, "loop"), most=9).message.code in reading.UNREADABLE


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (KeyError("rId3"), "KeyError: 'rId3'"),
        (zipfile.BadZipFile("x"), "it is damaged or cut short"),
        (MemoryError(), "it takes more memory than there is"),
        (RecursionError("x"), "it is nested too deep"),
        (PermissionError(13, "x"), "it is open in another program, or you have no right to read it"),
        (OSError(5, "Input/output error"), "OSError: Input/output error"),
        (ValueError("a\nb\x1b"), "ValueError: a b?"),
        (IndexError(), "IndexError"),
    ],
)
def test_whatever_a_library_raises_is_named(error, cause):
    def opening():
        with gate.guarded("form.xlsx"):
            raise error

    refused = refusal(opening)
    assert told(refused) == ("BK106", f"form.xlsx cannot be read: {cause}.")
    assert refused.__cause__ is error


def test_refusals_and_a_stop_by_the_user_pass_the_guard():
    first = Refused(reading.MISSING)
    for error in (first, KeyboardInterrupt(), SystemExit(3)):
        with pytest.raises(type(error)) as caught, gate.guarded("x"):
            raise error
        assert caught.value is error
    with gate.guarded("x"):
        pass


# --- text ------------------------------------------------------------------------------------------


def test_clean_text_comes_back_as_it_is():
    for text in ("", "abc", "Työhönvalmennus – 1 234,50 €", "😀", "a\u00a0b", "rivi\n\ttoinen"):
        assert gate.clean(text) == text


def test_line_ends_and_letters_are_put_in_normal_form():
    assert gate.clean("a\r\nb\rc") == "a\nb\nc"
    assert gate.clean("Jyva\u0308skyla\u0308") == "Jyväskylä"


BAD = [*(chr(n) for n in range(32) if n not in (9, 10, 13)), "\x7f", "\ud800", "\udfff", "\ufffe", "\uffff"]


@pytest.mark.parametrize("bad", [*BAD, "\u202a", "\u202e", "\u2066", "\u2069"], ids=lambda c: f"U+{ord(c):04X}")
def test_characters_that_no_document_can_hold_are_refused(bad):
    refused = refusal(gate.clean, f"ä{bad}b")
    assert told(refused)[1] == f"Here is the character U+{ord(bad):04X}, which no document can hold."
    assert refused.spot == ""
    assert refusal(gate.clean_file, f"1\n2\nä{bad}b").spot == "3:2"
    assert gate.without_bad(f"ä{bad}b") == "äb"


def test_length_is_counted_as_excel_counts():
    assert gate.clean("x" * 32_767)
    assert gate.clean("😀" * 16_383)
    assert refusal(gate.clean, "x" * 32_768).facts["length"] == 32_768
    assert refusal(gate.clean, "😀" * 16_384).facts["length"] == 32_768
    assert gate.clean_file("x" * 100_000)


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_what_passes_can_be_written_to_word_and_excel(text):
    try:
        cleaned = gate.clean(text)
    except Refused:
        assert gate.clean(gate.without_bad(text)) == gate.without_bad(text)
        return
    cleaned.encode("utf-8")
    assert gate.clean(cleaned) == cleaned
    docx.oxml.parse_xml("<a/>").text = cleaned


def test_utf8_and_utf16_with_a_mark_are_read():
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        assert gate.decode("a: ä€😀".encode(codec)) == "a: ä€😀"
    assert gate.decode(b"\xfe\xff\x00a") == "a"


def test_another_encoding_is_refused_with_its_line():
    refused = refusal(gate.decode, "eka\nnimi: Työ".encode("cp1252"))
    assert (refused.message, refused.spot) == (reading.NOT_UTF8, "2:9")
    assert "cp1252" in ENGLISH.sentence(refused.finding("x"))
    assert "another encoding" in told(refusal(gate.decode, b"a\x81\x8d"))[1]
    assert refusal(gate.decode, b"\xff\xfea\x00b").message is reading.NOT_UTF8


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_else(data):
    worded_or_fine(gate.decode, data)


# --- names -----------------------------------------------------------------------------------------

HOSTILE = [
    *("../../etc/passwd", "..\\..\\x", "C:\\x", "CON", "nul.docx", "COM1", "com\u00b9", "aux ", "a.", "a ", "", "."),
    *("..", "   ", "a\0b", "a\nb", "stream.docx:hidden", "\u202excod.exe", "\ud83d", "x" * 300, "ä" * 300, "😀" * 40),
    *("~user", "-rf", "'quoted'", "History", "[1]", "\\\\server\\share", "LPT9.tar.gz", "\u200b", "con" * 40),
]
KEPT_BY_WINDOWS = {"con", "nul", "aux", "com1", "com¹", "lpt9"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_becomes_a_file_name(tmp_path, text):
    name = gate.file_name(text)
    assert 0 < len(name.encode()) <= 80
    assert not set(name) & set('<>:"/\\|?*\0\n\u202e\u200b')
    assert name == name.strip(" .")
    assert name.split(".")[0].lower() not in KEPT_BY_WINDOWS
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_ordinary_name_is_kept_and_shortened_at_a_whole_letter():
    assert gate.file_name("Tarjous Pori 2027 – työpolku") == "Tarjous Pori 2027 – työpolku"
    assert gate.file_name("ää", most=3) == "ä"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_becomes_a_sheet_name(text):
    name = gate.sheet_name(text, used=["x" * 31, "HISTORY (2)"])
    assert 0 < len(name.encode("utf-16-le")) <= 62
    assert not set(name) & set("[]:*?/\\\0")
    assert name.lower() not in ("history", "x" * 31)
    openpyxl.Workbook().create_sheet(name)


def test_sheet_names_are_told_apart():
    assert gate.sheet_name("Hinnat") == "Hinnat"
    assert gate.sheet_name("Hinnat", ["hinnat"]) == "Hinnat (2)"
    assert gate.sheet_name("y" * 40, ["y" * 31, "y" * 27 + " (2)"]) == "y" * 27 + " (3)"


# --- Word and Excel files --------------------------------------------------------------------------

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def package(parts: dict[str, str | bytes], *, types: bool = True) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in {**({"[Content_Types].xml": TYPES} if types else {}), **parts}.items():
            written.writestr(name, content)
    return data.getvalue()


def saved(thing) -> bytes:
    data = io.BytesIO()
    thing.save(data)
    return data.getvalue()


def cause(data: bytes) -> str:
    refused = refusal(gate.office, data, "x.docx")
    assert refused.message is reading.OFFICE_UNSAFE
    return ENGLISH.fact(refused.facts["cause"])


def remarks(parts: dict[str, str | bytes]) -> set[tuple[str, str, str]]:
    return {(one.level, one.what, one.detail) for one in gate.office(package(parts), "x.docx")}


def test_files_as_word_and_excel_make_them_pass():
    assert (
        gate.office(package({"word/document.xml": "<w:document xmlns:w='x'/>", "media/a.png": b"\x89PNG"}), "x") == ()
    )
    workbook = openpyxl.Workbook()
    for row in range(1, 200):
        workbook.active.append([row, "x"])
    workbook.active.merge_cells("D1:E20")
    assert {one.level for one in gate.office(saved(workbook), "x.xlsx")} == {"leak"}  # its author, openpyxl
    assert {one.level for one in gate.office(saved(docx.Document()), "x.docx")} == {"leak"}


def test_old_protected_and_foreign_files_are_named():
    assert (
        refusal(gate.office, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "x").message is reading.OFFICE_PROTECTED
    )
    assert cause(b"a: 1") == "it is not a Word or Excel file"
    assert cause(package({"a.xml": "<a/>"}, types=False)) == "it is not a Word or Excel file"
    assert cause(b"PK\x03\x04" + b"x" * 99) == "it is damaged"
    whole = package({"word/document.xml": "<a>" + "x" * 9999 + "</a>"})
    assert cause(whole[: len(whole) // 2]) == "it is damaged"
    assert refusal(gate.office, b"PK" + b"x" * (25 << 20), "x").message is reading.TOO_LARGE


NESTED = "<a>" * 251 + "</a>" * 251
BOMBS = [
    ({"word/document.xml": "<a>" + " " * (8 << 20) + "</a>"}, "a part unpacks to far more than a real document holds"),
    ({f"p{n}.xml": "<a/>" for n in range(2000)}, "it has too many parts"),
    ({"a.xml": "<a/>", "A.xml": "<a/>"}, "two of its parts have one name"),
    ({"../a.xml": "<a/>"}, "the name of a part leads out of the file"),
    ({"/a.xml": "<a/>"}, "the name of a part leads out of the file"),
    ({"c:a.xml": "<a/>"}, "the name of a part leads out of the file"),
    ({"a.xml": NESTED}, "a part is nested too deep"),
    ({"a.bin": NESTED}, "a part is nested too deep"),
    ({"a.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "a part declares a document type"),
    ({"a.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "a part declares a document type"),
    ({"a.dat": b" " * 70000 + b"<!DOCTYPE a><a/>"}, "a part declares a document type"),
    ({"xl/worksheets/s.xml": '<s><mergeCell ref="A5:XFD20000"/></s>'}, "merged or linked areas cover too many cells"),
    ({"xl/worksheets/s.xml": '<s><mergeCell ref="$a$5:xfd20000"/></s>'}, "merged or linked areas cover too many cells"),
    ({"xl/worksheets/s.xml": '<s><mergeCell ref="A:Z"/></s>'}, "merged or linked areas cover too many cells"),
    ({"xl/worksheets/s.xml": '<s><mergeCell ref="5:20"/></s>'}, "merged or linked areas cover too many cells"),
    ({"xl/worksheets/s.xml": '<s><hyperlink ref="A1:XFD1048576"/></s>'}, "merged or linked areas cover too many cells"),
    ({"xl/worksheets/s.xml": '<s><c r="XFD1048576"/></s>'}, "a sheet reaches far beyond its filled cells"),
    (
        {"a.xml": "<a>" + "".join(f"<b{n}/>" for n in range(30_000)) + "</a>"},
        "a part is not made of elements as documents are",
    ),
    ({"a.xml": "<a>"}, "it is damaged"),
    ({"a.xml": "text"}, "it is damaged"),
]


@pytest.mark.parametrize(("parts", "why"), BOMBS, ids=[f"{n}-{why}" for n, (_, why) in enumerate(BOMBS)])
def test_what_could_fill_the_memory_is_refused(parts, why):
    assert cause(package(parts)) == why


def test_elements_and_the_whole_size_are_counted(monkeypatch):
    monkeypatch.setattr(packages, "_ELEMENTS", 10)
    assert cause(package({"a.xml": "<a>" + "<b/>" * 10 + "</a>"})) == "a part has too many elements"
    assert gate.office(package({"a.xml": "<a>" + "<b/>" * 9 + "</a>"}), "x") == ()
    monkeypatch.setattr(packages, "_UNPACKED", 100)
    assert cause(package({"a.png": os.urandom(101)})) == "it is too large when unpacked"


@pytest.mark.parametrize("long", ["<b c='{}'/>", "<!-- {} -->", "<{}/>"])
def test_a_tag_without_end_is_not_read_again_and_again(long):
    """A parser begins a tag that is not complete at its start with each piece: the pieces grow, and it must end."""
    data = f"<a>{long.format('x' * (5 << 20))}</a>".encode()
    asked: list[int] = []

    def piece(size: int) -> bytes:
        asked.append(size)
        return data[sum(asked) - size : sum(asked)]

    for most, pieces in ((1 << 20, 6), (16 << 20, 9)):
        asked.clear()
        parser = expat.ParserCreate()
        if most < len(data):
            refused = refusal(lambda: list(gate.parse(parser, "a.xml", piece, most=most)))  # noqa: B023
            assert ENGLISH.fact(refused.facts["cause"]) == "a part is not made of elements as documents are"
        else:
            assert b"".join(gate.parse(parser, "a.xml", piece, most=most)) == data
        assert len(asked) <= pieces


def test_encrypted_members_are_told_as_a_password():
    data = bytearray(package({"a.xml": "<a/>"}))
    for start in (data.index(b"PK\x01\x02") + 8, 6):
        data[start] |= 1
    assert refusal(gate.office, bytes(data), "x").message is reading.OFFICE_PROTECTED


def test_content_that_acts_or_comes_from_elsewhere_is_remarked():
    relations = (
        '<R><Relationship Type="x/attachedTemplate" Target="file:///c:/t.dotm" TargetMode="External"/>'
        '<Relationship Type="x/hyperlink" Target="https://example.org" TargetMode="External"/></R>'
    )
    assert remarks({"word/_rels/a.rels": relations}) == {
        ("strip", "a link to content elsewhere", "attachedTemplate: file:///c:/t.dotm")
    }
    assert remarks({"word/vbaProject.bin": b"x"}) == {("strip", "a macro, control or embedded object", "")}
    fields = '<w:a xmlns:w="x"><w:instrText>DDEAUTO c</w:instrText><w:instrText>PAGE</w:instrText></w:a>'
    assert remarks({"word/document.xml": fields}) == {("strip", "a field that fetches content", "DDEAUTO c")}
    formulas = "<s><f>WEBSERVICE(A1)</f><f>SUM(A1:A2)</f></s>"
    assert remarks({"xl/worksheets/s.xml": formulas}) == {
        ("strip", "a formula that reaches outside the file", "=WEBSERVICE(A1)")
    }


def test_what_a_reader_could_find_out_is_remarked():
    changed = '<w:a xmlns:w="x"><w:ins/><w:del/><w:vanish/></w:a>'
    assert remarks({"word/document.xml": changed}) == {("leak", "tracked changes", "2"), ("leak", "hidden text", "1")}
    assert remarks({"docProps/core.xml": '<a xmlns:d="y"><d:creator>Esimerkki</d:creator><title>x</title></a>'}) == {
        ("leak", "a name or remark in the properties", "Esimerkki")
    }
    assert remarks({"word/comments.xml": "<a/>"}) == {("leak", "comments", "")}
    hidden = '<b><sheet name="Kate" state="veryHidden"/><sheet name="Hinnat"/><row hidden="1"/><row/></b>'
    assert remarks({"xl/workbook.xml": hidden}) == {
        ("leak", "a hidden sheet", "Kate"),
        ("leak", "hidden rows or columns", "1"),
    }


def test_a_remark_is_a_warning_in_finnish():
    (one,) = gate.office(package({"word/comments.xml": "<a/>"}), "x.docx")
    found = one.finding("x.docx")
    assert (found.code, found.severity.value, found.place.file) == ("BK115", "warning", "x.docx")
    assert FINNISH.sentence(found).startswith("Tiedostossa on sisältöä, jonka lukija voisi nähdä (kommentteja)")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_packages_raise_nothing_else(data):
    whole = bytearray(
        package({"word/document.xml": "<a><b>x</b></a>", "docProps/core.xml": "<a><creator>x</creator></a>"})
    )
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(2, len(whole) - 1))] = data.draw(st.integers(0, 255))
    worded_or_fine(gate.office, bytes(whole), "x.docx")


# --- wording ---------------------------------------------------------------------------------------

OURS = [message for message in catalogue() if "BK100" <= message.code < "BK140"]


def test_there_are_forty_codes_and_none_twice():
    assert [message.code for message in OURS] == [f"BK{number}" for number in range(100, 140)]
    assert (reading.UNREADABLE - workbook.UNREADABLE).issubset({message.code for message in OURS})
    assert workbook.UNREADABLE < reading.UNREADABLE


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("message", OURS, ids=lambda message: message.code)
def test_every_text_is_translated_and_can_be_printed_in_a_windows_terminal(message, language):
    translator = Translator(language, ("reading", "manual_reading"))
    for text in (message.text, message.hint, message.page):
        assert translator.text(text) != text
        (text + translator.text(text)).encode("cp1252")
    assert 2 <= len(message.page.split("\n\n")) <= 6
