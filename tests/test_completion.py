"""`bidkit completion`: the scripts, where they are put, and what a shell is answered when it asks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bidkit.cli import COMMANDS, completion
from bidkit.cli.manual import subjects
from bidkit.templates.find import names as templates
from tests.conftest import ROOT, UNSEEN, run

WITHOUT = (*UNSEEN, "SHELL", "PSModulePath", "ZDOTDIR", "XDG_CONFIG_HOME", "LOCALAPPDATA")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Give an empty home and an environment that names no shell."""
    for name in WITHOUT:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "koti ä"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


def asked(*words, shell="bash", **more):
    """Return what bidkit answers a shell that asks after ``words``, the last of which is being typed."""
    line = {
        "bash": {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)},
        "fish": {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1]},
        "powershell": {"COMP_WORDS": "\n".join(words[:-1]), "COMP_CWORD": words[-1]},
    }[shell]
    done = run(env={"_BIDKIT_COMPLETE": f"{shell}_complete", **line, **more})
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


def test_everything_with_a_page_is_offered():
    assert {"minimum_capacity", "BK100", "BK306"} <= set(subjects())


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("bidkit", ""), list(COMMANDS)),
        (("bidkit", "ch"), ["check"]),
        (("bidkit", "tark"), ["tarkista"]),
        (("bidkit", "kontr"), ["kontrollera"]),
        (("bidkit", "xyz"), []),
        (("bidkit", "--v"), ["--version"]),
        (("bidkit", "build", "--temp"), ["--template"]),
        (("bidkit", "rakenna", "--poh"), ["--pohja"]),
        (("bidkit", "build", "--pohja", ""), templates(None)),
        (("bidkit", "build", "--template", "sh"), ["short"]),
        (("bidkit", "check", "--kieli", ""), ["fi", "sv", "en"]),
        (("bidkit", "check", "x", "--language", "s"), ["sv"]),
        (("bidkit", "explain", "bk30"), [code for code in subjects() if code.startswith("BK30")]),
        (("bidkit", "selita", "minimum_c"), ["minimum_capacity"]),
        (("bidkit", "schema", "serv"), ["services"]),
        (("bidkit", "completion", "p"), ["powershell"]),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "powershell"])
def test_what_a_shell_is_offered(words, offered, shell):
    lines = [line for line in asked(*words, shell=shell) if line]
    found = [line.split("\t")[0].removeprefix("plain,") for line in lines]
    assert found == offered


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_a_folder_is_completed_by_the_shell_itself(shell):
    assert asked("bidkit", "check", "tar", shell=shell)[0].startswith("dir")


def test_powershell_is_offered_no_folders_so_that_it_offers_its_own():
    assert [line for line in asked("bidkit", "check", "tar", shell="powershell") if line] == []


def test_powershell_is_told_what_a_command_does_on_one_line():
    (line,) = asked("bidkit", "tark", shell="powershell")
    assert line == "tarkista\tTarkista KANSION aineisto tarjouspyynnön reunaehtoja vasten."
    (line,) = asked("bidkit", "ch", shell="powershell", BIDKIT_LANGUAGE="en")
    assert line == "check\tCheck the dossier in FOLDER against the conditions of the tender."


def test_powershell_hands_words_with_spaces_and_quotation_marks():
    found = asked("bidkit", "check", "'Omat kansiot\\ä'", "--kie", shell="powershell")
    assert [line.split("\t")[0] for line in found] == ["--kieli"]
    template = asked("bidkit", "build", '"C:\\Omat kansiot\\', "--pohja", '"sho', shell="powershell")
    assert template == ["short"]


# --- the scripts ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_script_is_printed_whole_and_plain(shell, home):
    done = run("completion", shell)
    assert done.code == 0
    assert done.out.isascii()
    assert "_BIDKIT_COMPLETE" in done.out
    assert f"{shell}_complete" in done.out
    assert list(home.iterdir()) == []


def test_the_script_of_powershell_is_well_formed(home):
    """As far as that can be told without PowerShell: brackets pair, nothing is left to fill in, strings end."""
    text = completion.script("powershell")
    assert text.startswith("Register-ArgumentCompleter -Native -CommandName bidkit -ScriptBlock {")
    assert text.rstrip().endswith("}")
    assert "%" not in text
    open_, pairs = [], {")": "(", "]": "[", "}": "{"}
    quoted = ""
    for character in text:
        if quoted:
            quoted = "" if character == quoted else quoted
        elif character in "'\"":
            quoted = character
        elif character in "([{":
            open_.append(character)
        elif character in pairs:
            assert open_.pop() == pairs[character]
    assert (open_, quoted) == ([], "")


@pytest.mark.skipif(not shutil.which("pwsh"), reason="needs PowerShell")
def test_powershell_takes_its_script(home):
    script = home / "c.ps1"
    script.write_text(completion.script("powershell"), encoding="utf-8")
    done = subprocess.run(["pwsh", "-NoProfile", "-File", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_by_the_installed_script(home, tmp_path):
    """A real bash, begun with the profile that --install wrote, asks a real bidkit."""
    assert run("completion", "bash", "--install", env={"HOME": str(home)}).code == 0
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/bidkit"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bidkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = (
        ". ~/.bashrc; COMP_WORDS=(bidkit che); COMP_CWORD=1; _bidkit_completion bidkit;"
        'echo "${COMPREPLY[@]}"; complete -p bidkit'
    )
    env = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, env=env, check=False, cwd=tmp_path
    )
    assert done.stdout.splitlines() == ["check", "complete -o nosort -F _bidkit_completion bidkit"], done.stderr


# --- where they are put -----------------------------------------------------------------------------------
BASH = '[ -r "$HOME/.local/share/bidkit/completion.bash" ] && . "$HOME/.local/share/bidkit/completion.bash"'


def test_bash_is_installed_once_and_the_profile_is_kept(home):
    profile = home / ".bashrc"
    profile.write_bytes(b"alias ll='ls -l'\nexport X=\xe4")  # no end of line, no UTF-8
    done = run("completion", "bash", "--install", env={"HOME": str(home)})
    assert done.code == 0
    assert done.out.splitlines() == [
        f"Kirjoitin tiedoston {home}/.local/share/bidkit/completion.bash.",
        f"Lisäsin rivin tiedostoon {profile}: {BASH}  # bidkit completion",
        "Seuraavaksi: avaa uusi pääte, kirjoita bidkit ja paina sarkainta (Tab).",
    ]
    wanted = b"alias ll='ls -l'\nexport X=\xe4\n" + f"{BASH}  # bidkit completion\n".encode()
    assert profile.read_bytes() == wanted
    again = run("täydennys", "bash", "--asenna", env={"HOME": str(home)})
    assert again.out.splitlines()[0] == "Täydennys on jo käytössä; mitään ei muutettu."
    assert profile.read_bytes() == wanted
    script = home / ".local/share/bidkit/completion.bash"
    assert script.read_bytes() == completion.script("bash").encode()
    script.write_text("old", encoding="utf-8")  # of an earlier version
    assert run("completion", "bash", "--install", env={"HOME": str(home)}).code == 0
    assert script.read_bytes() == completion.script("bash").encode()
    assert profile.read_bytes() == wanted


def test_a_profile_that_is_a_link_stays_one(home):
    (home / "dotfiles").mkdir()
    (home / "dotfiles/zshrc").write_text("# mine\n", encoding="utf-8")
    (home / ".zshrc").symlink_to(home / "dotfiles/zshrc")
    assert run("completion", "zsh", "--install", env={"HOME": str(home)}).code == 0
    assert (home / ".zshrc").is_symlink()
    lines = (home / "dotfiles/zshrc").read_text(encoding="utf-8").splitlines()
    assert (lines[0], len(lines)) == ("# mine", 2)
    assert lines[1].endswith('completion.zsh"  # bidkit completion')


def test_fish_needs_no_profile(home):
    assert run("completion", "fish", "--install", env={"HOME": str(home)}).code == 0
    files = [file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()]
    assert files == [".config/fish/completions/bidkit.fish"]


def test_powershell_elsewhere_than_on_windows(home):
    done = run("completion", "powershell", "--install", env={"HOME": str(home)})
    assert done.code == 0
    profile = home / ".config/powershell/Microsoft.PowerShell_profile.ps1"
    file = "$HOME/.local/share/bidkit/completion.ps1"
    assert profile.read_text(encoding="ascii") == f'if (Test-Path "{file}") {{ . "{file}" }}  # bidkit completion\n'
    assert "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned" in done.out


def test_powershell_on_windows(home, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA", str(home / "AppData/Local"))
    first, second = completion.places("powershell", "win32")
    assert first.script == second.script == home / "AppData/Local/bidkit/completion.ps1"
    assert [place.profile.relative_to(home).as_posix() for place in (first, second)] == [
        "Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1",
        "Documents/PowerShell/Microsoft.PowerShell_profile.ps1",
    ]
    assert first.line == (
        'if (Test-Path "$env:LOCALAPPDATA\\bidkit\\completion.ps1") '
        '{ . "$env:LOCALAPPDATA\\bidkit\\completion.ps1" }  # bidkit completion'
    )
    assert first.line.isascii()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"LINE  # bidkit completion\n"),
        (b"Set-Alias ll ls\r\n", b"Set-Alias ll ls\r\nLINE  # bidkit completion\r\n"),
        ("\ufeff# \xe4".encode(), "\ufeff# \xe4\nLINE  # bidkit completion\n".encode()),
        ("\ufeff# ä\r\n".encode("utf-16-le"), "\ufeff# ä\r\nLINE  # bidkit completion\r\n".encode("utf-16-le")),
        ("\ufeffx".encode("utf-16-be"), "\ufeffx\nLINE  # bidkit completion\n".encode("utf-16-be")),
    ],
)
def test_a_profile_is_added_to_in_its_own_encoding(tmp_path, before, after):
    profile = tmp_path / "new/profile.ps1"
    if before:
        profile.parent.mkdir()
        profile.write_bytes(before)
    line = f"LINE  {completion.MARK}"
    assert completion._append(profile, line)
    assert profile.read_bytes() == after
    assert not completion._append(profile, line)
    assert profile.read_bytes() == after


def test_a_mac_begins_login_shells(home):
    (place,) = completion.places("bash", "darwin")
    assert place.profile == home / ".bash_profile"


def test_a_home_that_cannot_be_written_to_is_told(home):
    (home / ".local").write_text("a file", encoding="utf-8")
    done = run("completion", "bash", "--install", env={"HOME": str(home)})
    assert done.code == 2
    assert done.err.startswith(f"Tiedostoa {home}/.local/share/bidkit")
    assert done.err.endswith("Muuta ei muutettu.\n")
    assert not (home / ".bashrc").exists()


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"SHELL": "/bin/bash"}, "bash"),
        ({"SHELL": "/usr/bin/zsh"}, "zsh"),
        ({"SHELL": "/usr/local/bin/fish"}, "fish"),
        ({"SHELL": "/bin/bash", "PSModulePath": "/opt/ps"}, "powershell"),
        ({"PSModulePath": "C:\\x"}, "powershell"),
        ({"SHELL": "/bin/tcsh"}, None),
        ({}, None),
    ],
)
def test_the_shell_is_found_out(home, monkeypatch, environment, found):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert completion.detected() == found


def test_a_shell_that_cannot_be_found_out_is_asked_for(home):
    done = run("completion", env={"HOME": str(home), "SHELL": ""})
    assert (done.code, done.out) == (2, "")
    assert done.err == "Mikä komentotulkki? Nimeä se: bash, zsh, fish tai powershell.\n"
    assert "_bidkit_completion" in run("completion", env={"SHELL": "/bin/zsh"}).out


def test_nothing_of_the_machine_is_written_into_a_script(home):
    for shell in completion.SHELLS:
        text = completion.script(shell)
        assert str(ROOT) not in text
        assert str(Path.home()) not in text
