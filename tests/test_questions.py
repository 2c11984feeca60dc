"""`bidkit init` asks seven questions, keeps every answer at once, and goes on where it was interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bidkit.cli import answers
from bidkit.cli.answers import QUESTIONS, id_of
from bidkit.cli.questions import KEPT
from bidkit.dossier.load import load
from bidkit.i18n import FINDINGS, Translator

from .conftest import ROOT, UNSEEN, Run, hearing, heed_ctrl_c

LINES = (
    "Esimerkkipaja ry",
    "1234567-1",
    "",
    "Tampere",
    "tarjoukset@esimerkkipaja.fi",
    "Työhönvalmennus nuorille",
    "2",
)
ASKED = (
    "1/7 Järjestön nimi [",
    "2/7 Y-tunnus [",
    "3/7 Oikeudellinen muoto [",
    "4/7 Kotikunta [",
    "5/7 Sähköpostiosoite tilaajalle [",
    "6/7 Ensimmäisen palvelun nimi [",
    "7/7 Tarjouksen kieli [",
)
LATER = "täytän myöhemmin"
ENGLISH = ("Enter takes", "Name of", "Error", "Aborted", "Seven", "back:", "I fill", "association")


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in UNSEEN}
    return kept | {"PYTHONIOENCODING": "utf-8:strict", "PYTHONPATH": str(ROOT), **more}


def init(folder: Path, typed: bytes | str | None, *options: str, **more: str) -> Run:
    """Run ``bidkit init`` with lines piped in; None closes the standard input."""
    data = typed.encode() if isinstance(typed, str) else typed
    given = {"stdin": subprocess.DEVNULL} if data is None else {"input": data}
    done = subprocess.run(
        [sys.executable, "-m", "bidkit", "init", str(folder), *options],
        capture_output=True,
        env=environment(**more),
        timeout=120,
        check=False,
        **given,
    )
    encoding = more.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
    run = Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
    assert "Traceback" not in run.out + run.err
    if "BIDKIT_LANGUAGE" not in more and "--language" not in options:
        assert not [word for word in ENGLISH if word in run.out + run.err]
    (run.out + run.err).encode("cp1252")
    return run


def piped(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def kept(folder: Path) -> dict[str, str]:
    return json.loads((folder / KEPT).read_text(encoding="utf-8"))["answers"]


def begin(folder: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return hearing(
        [sys.executable, "-m", "bidkit", "init", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
    )


def until(running: subprocess.Popen[bytes], text: str) -> str:
    """Read what it says until ``text`` stands there; a run that ends without it fails the test."""
    seen = b""
    while text.encode() not in seen:
        piece = os.read(running.stdout.fileno(), 4096)
        assert piece, seen.decode()
        seen += piece
    return seen.decode()


def all_written(folder: Path) -> None:
    """Check that the workbooks hold the answers in `LINES` and nothing of the interview is left."""
    assert sorted(p.name for p in folder.iterdir()) == ["tarjouspyynto.xlsx", "tiedot.xlsx"]
    loaded = load(folder)
    told = {(f.place.spot, f.facts.get("field")) for f in loaded.findings}
    assert told  # blank workbooks want more than seven answers
    found = rows(folder / "tiedot.xlsx") | rows(folder / "tarjouspyynto.xlsx")
    assert {
        ("Tunnus *", "esimerkkipaja-ry"),
        ("Nimi *", LINES[0]),
        ("Y-tunnus *", LINES[1]),
        ("Oikeudellinen muoto *", "yhdistys"),
        ("Kotikunta *", LINES[3]),
        ("tyohonvalmennus-nuorille", LINES[5]),
        ("Kieli *", "sv"),
    } <= found
    assert LINES[4] in {value for _, value in found}


def rows(file: Path) -> set[tuple[object, object]]:
    """Return the first two cells of every row of a workbook, read by another program than ours."""
    import openpyxl

    book = openpyxl.load_workbook(file)
    return {(sheet.cell(n, 1).value, sheet.cell(n, 2).value) for sheet in book for n in range(1, sheet.max_row + 1)}


# --- from the first question to the workbooks --------------------------------------------------------------
def test_seven_answers_make_the_workbooks(tmp_path):
    run = init(tmp_path / "ä ö", piped(*LINES))
    assert run.code == 0
    assert [line for line in ASKED if line not in run.out] == []
    assert len(QUESTIONS) == 7
    all_written(tmp_path / "ä ö")


def test_every_question_can_be_left_open(tmp_path):
    run = init(tmp_path, "\n" * 7)
    assert run.code == 0
    assert run.out.count(f"[{LATER}]") == 5
    assert "3/7 Oikeudellinen muoto [yhdistys]" in run.out
    assert "7/7 Tarjouksen kieli [suomi]" in run.out
    found = rows(tmp_path / "tiedot.xlsx") | rows(tmp_path / "tarjouspyynto.xlsx")
    assert {("Y-tunnus *", None), ("Oikeudellinen muoto *", "yhdistys"), ("Kieli *", "fi")} <= found


@pytest.mark.parametrize(
    ("language", "asked"),
    [("sv", "1/7 Organisationens namn [fyller i senare]"), ("en", "1/7 Name of the organisation [")],
)
def test_the_questions_are_in_the_readers_language(tmp_path, language, asked):
    by_environment = init(tmp_path / "a", "lopeta\n", BIDKIT_LANGUAGE=language)
    by_option = init(tmp_path / "b", "stop\n", "--language", language)
    assert asked in by_environment.out
    assert asked in by_option.out


def test_what_is_asked_explains_itself(tmp_path):
    run = init(tmp_path, piped(*("?", "") * 7))
    words = Translator("fi", ("questions",))
    assert run.code == 0
    for question in QUESTIONS:
        assert words.text(question.why) != question.why
        assert words.text(question.why) in run.out


def test_nothing_is_asked_where_the_workbooks_are_already(tmp_path):
    assert init(tmp_path, piped(*LINES)).code == 0
    again = init(tmp_path, piped(*LINES))
    assert again.code == 1
    assert "1/7" not in again.out
    all_written(tmp_path)


def test_an_example_asks_nothing(tmp_path):
    assert "1/7" not in init(tmp_path, "", "--example").out


# --- answers that cannot be taken --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("1234567-2", "”1234567-2” ei ole suomalainen Y-tunnus: tarkistusnumero ei täsmää."),
        ("33134980-3", "”33134980-3” ei ole suomalainen Y-tunnus: "),
        ("en muista", "”en muista” ei ole suomalainen Y-tunnus: "),
    ],
)
def test_a_wrong_business_id_is_told_at_once_and_asked_again(tmp_path, wrong, told):
    run = init(tmp_path, piped(LINES[0], wrong, *LINES[1:]))
    assert run.code == 0
    assert told in run.out
    assert "Tarkista tunnus YTJ:stä (ytj.fi)" in run.out
    assert run.out.count("2/7") == 2
    all_written(tmp_path)


def test_a_business_id_without_its_hyphen_is_offered_mended(tmp_path):
    run = init(tmp_path, piped(LINES[0], "12345671", "", *LINES[2:]))
    assert run.code == 0
    assert "2/7 Y-tunnus [1234567-1]: " in run.out
    all_written(tmp_path)


def test_a_misspelt_municipality_is_asked_back(tmp_path):
    run = init(tmp_path, piped(*LINES[:3], "Tamere", "", *LINES[4:]))
    assert run.code == 0
    assert "”Tamere” ei ole kunta. Tarkoititko Tampere, Tammela?" in run.out
    assert "4/7 Kotikunta [Tampere]: " in run.out
    all_written(tmp_path)
    swedish = init(tmp_path / "sv", piped(*LINES[:3], "Tamere", "lopeta"), BIDKIT_LANGUAGE="sv")
    assert "Menade du Tammerfors" in swedish.out


def test_other_answers_that_cannot_be_taken(tmp_path):
    wrong_form, wrong_place, wrong_mail, wrong_language = "9", "Xyzzy 7", "tarjoukset at paja.fi", "suomea"
    lines = (
        "...",
        "x" * 201,
        "Esi\x1b[Amerkki",
        *LINES[:2],
        wrong_form,
        "",
        wrong_place,
        *LINES[3:4],
        wrong_mail,
        *LINES[4:6],
        wrong_language,
        LINES[6],
    )
    run = init(tmp_path, piped(*lines))
    assert run.code == 0
    for told in (
        "”...” ei ole nimi. Kirjoita se kirjaimin.",
        "Vastauksessa on 201 merkkiä; tähän mahtuu enintään 200.",
        "merkki U+001B",
        "”9” ei ole mikään näistä. Kirjoita numero 1–8.",
        "”Xyzzy 7” ei ole kunta. Kirjoita kunnan nimi suomeksi tai ruotsiksi, esim. Tampere.",
        "”tarjoukset at paja.fi” ei ole sähköpostiosoite. Kirjoita se esim. näin: tarjoukset@jarjesto.fi.",
        "”suomea” ei ole mikään näistä. Kirjoita numero 1–3.",
    ):
        assert told in run.out
    assert "\x1b" not in run.out
    all_written(tmp_path)


def test_a_line_without_end_answers_one_question_only(tmp_path):
    run = init(tmp_path, piped("y" * 250_000, *LINES))
    assert run.code == 0
    assert run.out.count("1/7") == 2
    all_written(tmp_path)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Esimerkkipaja ry", "association"),
        ("Exempelverkstaden rf", "association"),
        ("Malliverstas Oy", "company"),
        ("Mallisäätiö sr", "foundation"),
        ("Mallisäätiö", "foundation"),
        ("Exempelstiftelsen", "foundation"),
        ("Osuuskunta Malli", "cooperative"),
        ("Mallitaitojen osuuskunta", "cooperative"),
        ("Mallilan kuntayhtymä", "joint_authority"),
        ("Mallilan kaupunki", "municipality"),
        ("Mallikunta", "municipality"),
        ("Kunta-alan tuki ry", "association"),
        ("", "association"),
    ],
)
def test_the_likely_legal_form_comes_from_the_name(name, form):
    assert QUESTIONS[2].likely({"organisation.name": name}, Translator("fi", FINDINGS)) == form


@pytest.mark.parametrize("typed", ["2", "säätiö", "Stiftelse", "foundation"])
def test_a_choice_is_taken_by_number_label_or_code(typed):
    assert answers.read(QUESTIONS[2], typed, Translator("fi", FINDINGS)) == "foundation"


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Työhönvalmennus nuorille", "tyohonvalmennus-nuorille"),
        ("Åbo & Åland rf", "abo-aland-rf"),
        ("  Café – 2.0 ", "cafe-2-0"),
        ("Å-huset rf", "a-huset-rf"),
        ("3K-palvelu", "3k-palvelu"),
        ("Привет", "palvelu"),
        ("🎉", "palvelu"),
        ("pitkä nimi " * 9, "pitka-nimi-pitka-nimi-pitka-nimi-pitka-n"),
    ],
)
def test_ids_come_from_names(name, id_):
    from bidkit.model._base import _id

    assert id_of(name, "palvelu") == _id(id_)


def test_a_pipe_of_an_older_windows_program_is_read(tmp_path):
    assert init(tmp_path, piped(*LINES).encode("cp1252")).code == 0
    all_written(tmp_path)


def test_a_pipe_with_a_mark_and_carriage_returns_is_read(tmp_path):
    data = b"\xef\xbb\xbf" + piped(*LINES).replace("\n", "\r\n").encode()
    assert init(tmp_path, data).code == 0
    all_written(tmp_path)


def test_a_terminal_of_code_page_1252(tmp_path):
    run = init(tmp_path, piped("Ўзор", *LINES[1:]), PYTHONIOENCODING="cp1252:strict")
    assert run.code == 0
    assert "Järjestön nimi" in run.out


# --- going back, stopping, vanishing -----------------------------------------------------------------------
@pytest.mark.parametrize("word", ["takaisin", "b", "TILLBAKA", "back"])
def test_going_back_shows_the_answer_and_changes_it(tmp_path, word):
    run = init(tmp_path, piped("Väärä Oy", "", word, word, LINES[0], *LINES[1:]))
    assert run.code == 0
    assert "1/7 Järjestön nimi [Väärä Oy]: " in run.out
    assert "3/7 Oikeudellinen muoto [yhtiö]: " in run.out  # the first time round
    assert "3/7 Oikeudellinen muoto [yhdistys]: " in run.out
    all_written(tmp_path)


def test_going_back_at_the_first_question_and_keeping_an_answer(tmp_path):
    run = init(tmp_path, piped("takaisin", *LINES[:4], "b", "b", "b", "", "", "", *LINES[4:]))
    assert run.code == 0
    assert "Tämä on ensimmäinen kysymys." in run.out
    assert "2/7 Y-tunnus [1234567-1]: " in run.out
    assert "4/7 Kotikunta [Tampere]: " in run.out
    all_written(tmp_path)


def test_a_hyphen_clears_an_answer(tmp_path):
    init(tmp_path, piped("Väärä Oy", "b", "-", "lopeta"))
    assert kept(tmp_path) == {"organisation.name": ""}


@pytest.mark.parametrize("word", ["lopeta", "sluta", "Quit"])
def test_stopping_keeps_the_answers(tmp_path, word):
    run = init(tmp_path, piped(*LINES[:2], word))
    assert run.code == 0
    assert run.out.rstrip().endswith(
        f"Kysely jäi kesken. Vastauksesi ovat tallessa. Jatka komennolla: bidkit init {tmp_path}"
    )
    assert [p.name for p in tmp_path.iterdir()] == [KEPT]
    rest = init(tmp_path, piped(*LINES[2:]))
    assert "Jatketaan siitä, mihin jäätiin (3/7)." in rest.out
    all_written(tmp_path)


def test_stopping_names_the_options_to_go_on_with(tmp_path):
    run = init(tmp_path, piped("A", "lopeta"), "--language", "sv", "--format", "yaml")
    assert run.out.rstrip().endswith(f"Fortsätt med: bidkit init {tmp_path} --language sv --format yaml")


def test_stopping_before_any_answer_writes_nothing(tmp_path):
    run = init(tmp_path / "new", "lopeta\n")
    assert run.code == 0
    assert "Kysely jäi kesken. Mitään ei kirjoitettu." in run.out
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("answered", range(1, 7))
def test_answers_that_end_too_early_are_kept(tmp_path, answered):
    run = init(tmp_path, piped(*LINES[:answered]))
    assert run.code == 2
    assert "Vastaukset loppuivat kesken. Vastauksesi ovat tallessa." in run.out
    assert [p.name for p in tmp_path.iterdir()] == [KEPT]
    assert f"mihin jäätiin ({answered + 1}/7)" in init(tmp_path, piped(*LINES[answered:])).out
    all_written(tmp_path)


def test_only_wrong_answers_write_nothing(tmp_path):
    run = init(tmp_path / "new", "...\n")
    assert run.code == 2
    assert "Vastaukset loppuivat kesken. Mitään ei kirjoitettu." in run.out
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("typed", [None, ""])
def test_with_nobody_there_the_workbooks_are_blank_and_the_other_ways_are_told(tmp_path, typed):
    run = init(tmp_path, typed)
    assert run.code == 0
    assert "Kysymyksiin ei ole vastaajaa, joten työkirjat ovat tyhjiä." in run.out
    assert f"Valmis esimerkki: bidkit init {tmp_path} --esimerkki" in run.out
    assert "Vastaukset voi antaa myös putkesta, yksi riville" in run.out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["tarjouspyynto.xlsx", "tiedot.xlsx"]


@pytest.mark.parametrize("answered", range(8))
def test_killed_at_each_question_it_goes_on_there(tmp_path, answered):
    folder = tmp_path / "dossier"
    if answered < 7:
        with begin(folder) as running:
            for asked, line in zip(ASKED, LINES[:answered], strict=False):
                until(running, asked)
                running.stdin.write(f"{line}\n".encode())
                running.stdin.flush()
            until(running, ASKED[answered])
            running.stdin.write(b"half an answ")
            running.stdin.flush()
            running.kill()
    else:  # killed after the last answer, before the workbooks
        init(folder, piped(*LINES[:6]))
        state = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        state |= {"at": "", "answers": {**state["answers"], "bid.language": "sv"}}
        (folder / KEPT).write_text(json.dumps(state), encoding="utf-8")
    assert not list(folder.glob("*.xlsx"))
    rest = init(folder, piped(*LINES[answered:]))
    assert rest.code == 0
    assert (f"Jatketaan siitä, mihin jäätiin ({answered + 1}/7)." in rest.out) == (0 < answered < 7)
    assert [line for line in ASKED[:answered] if line in rest.out] == []
    all_written(folder)


def test_killed_after_going_back_it_stands_where_it_stood(tmp_path):
    with begin(tmp_path) as running:
        for asked, line in zip(ASKED[:3], (*LINES[:2], "takaisin"), strict=True):
            until(running, asked)
            running.stdin.write(f"{line}\n".encode())
            running.stdin.flush()
        until(running, ASKED[1])
        running.kill()
    rest = init(tmp_path, piped(*LINES[1:]))
    assert "mihin jäätiin (2/7)" in rest.out
    assert "2/7 Y-tunnus [1234567-1]: " in rest.out
    all_written(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="a signal cannot be sent to one process only")
@pytest.mark.parametrize("answered", [0, 2])
def test_ctrl_c_ends_without_noise_and_keeps_the_answers(tmp_path, answered):
    with begin(tmp_path) as running:
        for asked, line in zip(ASKED[:answered], LINES[:answered], strict=True):
            until(running, asked)
            running.stdin.write(f"{line}\n".encode())
            running.stdin.flush()
        until(running, ASKED[answered])
        running.send_signal(signal.SIGINT)
        said = running.stdout.read().decode()
    assert running.returncode == 130
    assert "Traceback" not in said
    saved = (
        f"Vastauksesi ovat tallessa. Jatka komennolla: bidkit init {tmp_path}" if answered else "Mitään ei kirjoitettu."
    )
    assert said.rstrip().endswith(f"Kysely jäi kesken. {saved}")
    assert [p.name for p in tmp_path.iterdir()] == [KEPT][: bool(answered)]
    init(tmp_path, piped(*LINES[answered:]))
    all_written(tmp_path)


# --- what is kept --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"form": 2, "at": "", "answers": {}}',
        '{"form": 1, "at": "x"}',
        '{"form": 1, "at": "", "answers": []}',
        "\xff\xfe",
        "[" * 100_000,
    ],
)
def test_a_damaged_file_of_answers_is_said_and_begun_anew(tmp_path, text):
    (tmp_path / KEPT).write_bytes(text.encode("latin-1"))
    run = init(tmp_path, piped(*LINES))
    assert run.code == 0
    assert "Aiempia vastauksia ei voi lukea, joten kysymykset alkavat alusta." in run.out
    all_written(tmp_path)


def test_a_kept_answer_that_no_longer_holds_is_asked_again(tmp_path):
    changed = {"organisation.name": LINES[0], "organisation.business_id": "1234567-9", "organisation.legal_form": 7}
    text = json.dumps({"form": 1, "at": "services.name", "answers": changed})
    (tmp_path / KEPT).write_text(text, encoding="utf-8")
    run = init(tmp_path, piped(*LINES[1:]))
    assert "mihin jäätiin (2/7)" in run.out
    all_written(tmp_path)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path):
    tmp_path.chmod(0o500)
    run = init(tmp_path, piped(*LINES))
    tmp_path.chmod(0o700)
    assert run.code == 2


def test_answers_that_cannot_be_kept_are_said_once_and_the_questions_go_on(tmp_path):
    (tmp_path / f"{KEPT}.tmp").mkdir()
    run = init(tmp_path, piped(*LINES[:3], "lopeta"))
    assert run.out.count("Vastauksia ei saada talteen (") == 1
    assert run.out.rstrip().endswith("Kysely jäi kesken. Vastauksiasi ei saatu talteen.")


def test_the_file_of_answers_is_no_file_of_the_dossier(tmp_path):
    init(tmp_path, piped(*LINES[:3], "lopeta"))
    assert KEPT not in str([f.place for f in load(tmp_path).findings])


# --- at a terminal -------------------------------------------------------------------------------------------
@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
@pytest.mark.parametrize("ending", [b"\x03", b"\x04"])
def test_a_person_at_a_terminal(tmp_path, ending):
    import pty

    main, other = pty.openpty()
    with hearing(
        [sys.executable, "-m", "bidkit", "init", str(tmp_path)],
        stdin=other,
        stdout=other,
        stderr=other,
        env=environment(),
        preexec_fn=controlling_terminal,
    ) as running:
        os.close(other)
        said = typed_at(main, (*zip(ASKED[:2], LINES[:2], strict=True), (ASKED[2], "")), ending)
    os.close(main)
    assert running.returncode == {b"\x03": 130, b"\x04": 0}[ending]
    assert "Traceback" not in said
    assert said.count("Esimerkkipaja ry") == 1  # what the terminal echoes is not said again
    assert "Kysely jäi kesken. Vastauksesi ovat tallessa." in said
    assert kept(tmp_path) == {
        "organisation.name": LINES[0], "organisation.business_id": LINES[1], "organisation.legal_form": "association"
    }  # fmt: skip


def controlling_terminal() -> None:
    """Make the pseudo-terminal the one whose Ctrl-C the process hears."""
    import fcntl
    import termios

    heed_ctrl_c()
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def typed_at(main: int, exchange: tuple[tuple[str, str], ...], ending: bytes) -> str:
    """Type each line when its question stands there, then ``ending``; return all that was shown."""
    seen = b""
    for asked, line in (*exchange, (ASKED[3], None)):
        while asked.encode() not in seen:
            seen += os.read(main, 4096)
        os.write(main, ending if line is None else f"{line}\n".encode())
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(main, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    return seen.decode()
