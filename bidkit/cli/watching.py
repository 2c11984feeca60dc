"""What the terminal shows while ``bidkit build --watch`` runs: a line for each build, and what stops the bid."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from bidkit.cli import terminal
from bidkit.cli.build import Work
from bidkit.cli.watch import Watch
from bidkit.i18n import N_
from bidkit.messages import reading
from bidkit.pipeline import Built


def watch(work: Work, *, open_it: bool, quiet: bool) -> None:
    """Build, then again after every save, until Ctrl-C; a folder that is not there is not waited for."""
    words = work.words
    out = work.how.get("out")
    aside = (work.dossier / "out", *([out] if isinstance(out, Path) else []))

    def again() -> bool:
        built = work.build()
        show(built, work, datetime.now())
        return _met_a_lock(built)

    def waiting(file: Path) -> None:
        terminal.say(words.text(N_("Waiting: {file} is open in another program."), file=file.name))

    template = Path(str(work.how.get("template") or ""))  # a name, or the path of a template elsewhere
    places = (work.dossier, *([template] if template.is_absolute() or len(template.parts) > 1 else []))
    watched = Watch(places, aside, again, time.sleep, waiting)
    try:
        watched.begin()
        built = work.build()
        work.show(built, quiet=quiet)
        if any(f.code == reading.NO_FOLDER.code for f in built.run.findings):
            raise SystemExit(2)
        if open_it:
            work.open(built)
        follow = N_("Watching {folder}: every save builds anew. Ctrl+C ends it.")
        terminal.say(words.text(follow, folder=terminal.named(work.dossier)))
        watched.run()
    except KeyboardInterrupt:
        terminal.say(words.text(N_("Watching has ended. All versions are safe.")))
        raise SystemExit(0) from None


def show(built: Built, work: Work, when: datetime) -> None:
    """Print one line with the time and the outcome, and below it what stops the bid, a line each."""
    words, clock = work.words, f"{when:%H.%M.%S}"
    errors = built.run.errors
    if built.folder is None:
        told = words.text(N_("nothing was written, errors: {n}."), n=len(errors))
    else:
        told = words.text(
            N_("wrote {version}.") if built.new else N_("nothing has changed since {version}."),
            version=str(built.folder),
        )
    standing = f" {terminal.tally(built.run.assessment, words)}" if built.run.assessment else ""
    terminal.say(f"{clock}  {told}{standing}")
    states = terminal.states(built.run.assessment)
    shown, more = terminal.few(errors)
    for finding in shown:
        terminal.say(f"  {terminal.headline(finding, words, states)}")
    if more:
        command = terminal.command("check", work.dossier, work.asked)
        terminal.say(f"  {words.text(N_('({n} more: {command} --all)'), n=sum(more.values()), command=command)}")


def _met_a_lock(built: Built) -> bool:
    return any(f.code == reading.LOCKED.code for f in built.run.findings)
