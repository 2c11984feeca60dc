"""``bidkit build``: check a dossier and write its bid and pricing workbooks as a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bidkit.cli import arguments

if TYPE_CHECKING:
    from bidkit.i18n import Translator
    from bidkit.pipeline import Built


@click.command()
@arguments.dossier()
@arguments.out("Minne versiot tehdään (oletus: out).")
@arguments.language("Tarjouksen kieli (oletus: aineiston).")
@arguments.template()
@click.option(
    "--draft",
    "--luonnos",
    "draft",
    is_flag=True,
    help="Kirjoita luonnos, vaikka puutteita on; joka sivulle tulee LUONNOS.",
)
@arguments.day("Päivä, jona tarkistetaan, esim. 15.1.2027 (oletus: tänään).")
@click.option("--open", "--avaa", "open_it", is_flag=True, help="Avaa tarjous ja hinnoittelu, kun ne on kirjoitettu.")
@click.option(
    "--watch", "--seuraa", "watching", is_flag=True, help="Tee uudelleen aina, kun tallennat. Lopetus: Ctrl+C."
)
@arguments.quiet()
@arguments.as_json()
@click.pass_context
def build(ctx: click.Context, /, dossier: Path, open_it: bool, watching: bool, quiet: bool, **how: object) -> None:
    """Tee KANSION aineistosta tarjous (Word) ja hinnoittelu (Excel).

    Aineisto tarkistetaan ensin. Tiedostot kirjoitetaan uudeksi versioksi; vanhoja ei muuteta. Jos kansiota ei
    anna, aineisto on nykyisessä kansiossa.
    """
    from bidkit.cli import terminal
    from bidkit.i18n import N_

    words, as_json = terminal.reader(), bool(how.pop("as_json"))
    if as_json and watching:
        raise click.UsageError(words.text(N_("--json and --watch do not go together.")), ctx)
    work = Work(dossier, how, words)
    if watching:
        from bidkit.cli.watching import watch

        watch(work, open_it=open_it, quiet=quiet)
        return
    built = work.build()
    if as_json:
        from bidkit.cli import machine

        machine.show(machine.of_run(built.run, words, built))
    else:
        work.show(built, quiet=quiet)
    if open_it:
        work.open(built, err=as_json)
    raise SystemExit(work.code(built))


@dataclass(frozen=True)
class Work:
    """One build as it was asked for: can be done again and shown."""

    dossier: Path
    how: dict[str, object]  # the arguments of `bidkit.pipeline.build`
    words: Translator

    @property
    def day(self) -> date:
        """The day of judgement: the one asked for, or today."""
        return self.asked or date.today()

    @property
    def asked(self) -> date | None:
        """The day of judgement that the user gave, if one was."""
        given = self.how.get("as_of")
        return given if isinstance(given, date) else None

    def build(self) -> Built:
        """Do it."""
        from bidkit.cli import terminal
        from bidkit.cli.progress import told
        from bidkit.pipeline import build as run_build
        from bidkit.pipeline import unmark

        how = {**self.how, "as_of": self.day, "reader_language": terminal.reader_language()}
        with told(self.words) as progress:
            built = run_build(self.dossier, progress=progress, **how)  # type: ignore[arg-type]
        unmark(built.run, self.words)
        return built

    def code(self, built: Built) -> int:
        """Return the exit code: a draft may have gaps; what could not be read is told in any case."""
        from bidkit.cli import terminal

        code = terminal.exit_code(built.run)
        return code if code == 2 else int(built.folder is None)

    def show(self, built: Built, *, quiet: bool) -> None:
        """Print what was found and written."""
        from bidkit.cli import terminal

        terminal.show_run(built.run, self.day, self.words, asked=self.asked, quiet=quiet)
        terminal.show_built(built, self.words, asked=self.asked, quiet=quiet)

    def open(self, built: Built, *, err: bool = False) -> None:
        """Open what was written; say so if this computer cannot."""
        from bidkit.cli import terminal
        from bidkit.cli.opening import open_file
        from bidkit.i18n import N_
        from bidkit.pipeline import DOCUMENT, PRICING

        if built.folder is None:
            return
        for name in (DOCUMENT, PRICING):
            if not open_file(built.folder / name):
                none = N_("No program opened {file}. Open it yourself.")
                terminal.say(self.words.text(none, file=str(built.folder / name)), err=err)
