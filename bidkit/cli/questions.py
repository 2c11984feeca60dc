"""Asks the questions of ``bidkit init``. What is answered is kept at once, so that an interrupted run goes on.

A line is read from whoever answers, a person at a terminal or a pipe. Nothing is needed: what is left open is
filled in later in the workbook.
"""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from bidkit.cli import answers, terminal
from bidkit.cli.answers import QUESTIONS, Question, Wrong
from bidkit.diagnostics import Fact
from bidkit.i18n import FINDINGS, N_, Translator

KEPT = ".aloitus.json"  # the answers so far, in the folder of the dossier
_FORM = 1  # of that file
_MOST_READ = 100_000  # bytes of that file, or of one line
_BACK = frozenset(("takaisin", "tillbaka", "back", "b"))
_STOP = frozenset(("lopeta", "sluta", "avsluta", "stop", "quit"))
_OPEN = "-"  # clears an answer
_LATER = N_("I fill it in later")


def ask(folder: Path, language: str, again: str = "") -> dict[str, str]:
    """Ask what is not answered yet, in ``language``; return the answers by the paths of their fields.

    Whoever answers may go back, stop, or just vanish: each answer is in `KEPT` as soon as it is given. Where nobody
    is there to answer at all, none is returned. Ends the run (SystemExit) with 0 if it was stopped, 2 if the answers
    end too early and 130 on Ctrl-C; ``again`` is the command that goes on then.
    """
    words = Translator(language, (*FINDINGS, "questions"))
    interview = _Interview(folder, words, again or terminal.command("init", folder))
    try:
        if not interview.run():
            return {}
    except KeyboardInterrupt:
        terminal.say()
        interview.keep()
        interview.leave(N_("Stopped."), 130)
    return answers.given(interview.answers)


def finished(folder: Path) -> None:
    """Forget the answers: the workbooks hold them now."""
    for name in (KEPT, f"{KEPT}.tmp"):
        with suppress(OSError):
            (folder / name).unlink()


# --- asking ------------------------------------------------------------------------------------------------
class _Interview:
    """The questions as they are asked: where one stands, and what has been answered."""

    def __init__(self, folder: Path, words: Translator, again: str) -> None:
        self.folder, self.words, self.again = folder, words, again
        self.at = 0
        self.answers: dict[str, str] = {}
        self.kept, self.heard = True, False
        self.person = sys.stdin is not None and sys.stdin.isatty()

    def say(self, msgid: str, **facts: Fact) -> None:
        terminal.say(self.words.text(msgid, **facts))

    def run(self) -> bool:
        """Ask until all is answered; False if nobody is there who answers."""
        resumed = self._resume()
        if not self.answers and _nobody():
            self._tell_how()
            return False
        if not resumed:
            self.say(N_("Seven short questions, and your workbooks are ready to be filled in."))
        if self.at < len(QUESTIONS):
            self.say(N_("Enter takes the answer in brackets. back: the question before, ?: why, stop: later."))
        likely: str | None = ""
        while self.at < len(QUESTIONS) and likely is not None:
            likely = self._one(QUESTIONS[self.at], likely)
        return likely is not None

    def _one(self, question: Question, likely: str) -> str | None:
        """Ask one question once; return what may have been meant by an answer not taken, None if nobody is there."""
        default = self._default(question)
        typed = self._asked(question, likely or default)
        if typed is None:
            self._no_more()
            return None
        self.heard = True
        command = typed.casefold()
        if command in _BACK:
            self._back()
        elif command in _STOP:
            self.leave(N_("Stopped."), 0)
        elif command == "?":
            self.say(question.why)
            return likely
        else:
            try:
                self._take(question, self._read(question, typed or likely) if typed or likely else None)
            except Wrong as wrong:
                terminal.say(wrong.told)
                return wrong.likely
        return ""

    def _default(self, question: Question) -> str:
        """Return what Enter takes, as it is shown; empty if the answer is left open."""
        kept = self.answers.get(question.name)
        kept = question.likely(self.answers, self.words) if kept is None else kept
        return question.shown(kept, self.words) if kept else ""

    def _asked(self, question: Question, default: str) -> str | None:
        """Show the question and return the line that was typed; None if nobody is there."""
        for number, label in enumerate(question.choices().values(), 1):
            terminal.say(f"  {number}  {self.words.text(label)}")
        shown = default or self.words.text(_LATER)
        _show(f"{self.at + 1}/{len(QUESTIONS)} {self.words.text(question.text)} [{shown}]: ")
        line = _line()
        if not self.person:  # or a transcript would lack what was answered
            terminal.say(_printable(line or ""))
        return None if line is None else line.strip()

    def _read(self, question: Question, typed: str) -> str:
        return "" if typed == _OPEN else answers.read(question, typed, self.words)

    def _take(self, question: Question, answer: str | None) -> None:
        """Keep an answer and go on; None takes the default."""
        if answer is None:
            answer = self.answers.get(question.name)
            answer = question.likely(self.answers, self.words) if answer is None else answer
        self.answers[question.name] = answer
        self.at += 1
        self.keep()

    def _back(self) -> None:
        if not self.at:
            self.say(N_("This is the first question."))
            return
        self.at -= 1
        self.keep()

    def _no_more(self) -> None:
        """End the run because no more lines come, if any came."""
        if self.person:  # Ctrl-D or Ctrl-Z
            self.leave(N_("Stopped."), 0)
        if self.heard or self.answers:
            self.leave(N_("No more answers came."), 2)
        self._tell_how()

    def _tell_how(self) -> None:
        self.say(N_("There is nobody here to answer the questions, so the workbooks are blank."))
        self.say(N_("A complete example: {command} --example"), command=self.again)
        pipe = N_(
            "Answers can also be piped, one a line in the order of the questions; an empty line takes the default."
        )
        self.say(pipe)

    def leave(self, why: str, code: int) -> None:
        """End the run; say whether the answers are kept and how to go on."""
        told = self.words.text(why)
        if not self.answers:
            told += " " + self.words.text(N_("Nothing was written."))
        elif self.kept:
            go_on = N_("Your answers are kept. Go on with: {command}")
            told += " " + self.words.text(go_on, command=self.again)
        else:
            told += " " + self.words.text(N_("Your answers could not be kept."))
        terminal.say(told)
        raise SystemExit(code)

    # --- what is kept --------------------------------------------------------------------------------------
    def keep(self) -> None:
        """Store the answers, if there are any: whole or not at all, whatever happens meanwhile."""
        if not self.answers:
            return
        at = QUESTIONS[self.at].name if self.at < len(QUESTIONS) else ""
        text = json.dumps({"form": _FORM, "at": at, "answers": self.answers}, ensure_ascii=False, indent=1)
        new = self.folder / f"{KEPT}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.folder / KEPT)
        except OSError as error:
            if self.kept:
                from bidkit.publish.disk import cause

                told = N_("The answers cannot be kept ({cause}); the questions go on.")
                self.say(told, cause=cause(error))
            self.kept = False
        else:
            self.kept = True

    def _resume(self) -> bool:
        """Take up what an earlier run kept, if it did; a file that is not as we write it is left aside."""
        try:
            with (self.folder / KEPT).open("rb") as file:
                data = json.loads(file.read(_MOST_READ))
            at, given = data["at"], data["answers"]
            if data["form"] != _FORM or not isinstance(given, dict):
                raise ValueError("another form")
            self._take_up(str(at), given)
        except FileNotFoundError:
            return False
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self.say(N_("The answers of an earlier run cannot be read, so the questions begin again."))
            self.answers, self.at = {}, 0
            return False
        if self.at < len(QUESTIONS):
            go_on = N_("Going on where you stopped ({n}/{all}).")
            self.say(go_on, n=self.at + 1, all=len(QUESTIONS))
        return True

    def _take_up(self, at: str, given: Mapping[str, object]) -> None:
        """Take the kept answers that would be taken today, and stand where the earlier run stood."""
        for question in QUESTIONS:
            answer = given.get(question.name)
            if not isinstance(answer, str):
                continue
            with suppress(Wrong):
                self.answers[question.name] = self._read(question, answer) if answer else ""
        names = [question.name for question in QUESTIONS]
        first_open = next((i for i, name in enumerate(names) if name not in self.answers), len(names))
        self.at = min(names.index(at), first_open) if at in names else first_open


def _show(text: str) -> None:
    """Print without ending the line."""
    with suppress(OSError):
        click.echo(_printable(text), nl=False)
        sys.stdout.flush()


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text.rstrip("\r\n"))


def _line() -> str | None:
    """Return the next line of the standard input; None if there is none and none will come.

    Bytes are UTF-8, as terminals give them, or else what older Windows programs write to a pipe.
    """
    if sys.stdin is None:
        return None
    try:
        data = rest = sys.stdin.buffer.readline(_MOST_READ)
        while rest and not rest.endswith(b"\n"):  # the rest of a line that is no answer must not answer the next
            rest = sys.stdin.buffer.readline(_MOST_READ)
    except (OSError, ValueError):
        return None
    if not data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _nobody() -> bool:
    """Say whether it is plain before any question that nobody will answer; who holds a pipe may wait for it."""
    if sys.stdin is None:
        return True
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
        waits = sys.stdin.isatty() or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
        return not waits and isinstance(sys.stdin.buffer, io.BufferedReader) and not sys.stdin.buffer.peek(1)
    except (OSError, ValueError):
        return True
