"""``bidkit prune``: remove old versions, keeping the newest and whatever was sent."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from bidkit.cli import arguments
from bidkit.i18n import N_, Translator

if TYPE_CHECKING:
    from bidkit.diagnostics import Finding
    from bidkit.publish.versions import Plan, Version


def _at_least_one(ctx: click.Context, param: click.Parameter, value: str | None) -> int:
    if ctx.resilient_parsing:
        return 1
    if value is not None and value.isascii() and value.isdigit() and 0 < int(value) < 1_000_000:
        return int(value)
    from bidkit.cli.terminal import reader

    raise click.BadParameter(
        reader().text(N_("a whole number of at least 1 is needed, such as 5: the newest always stays"))
    )


@click.command()
@arguments.folder()
@click.option(
    "--keep", "--pida", metavar="N", required=True, callback=_at_least_one, help="Kuinka monta uusinta versiota jää."
)
@click.option("--yes", "--kylla", "yes", is_flag=True, help="Poista kysymättä (komentosarjoja varten).")
@arguments.as_json()
def prune(folder: Path, keep: int, yes: bool, as_json: bool) -> None:
    """Poista vanhat versiot: N uusinta ja lähetetyt jäävät.

    KANSIO on aineiston kansio tai kansio, jossa versiot ovat (oletus: nykyinen kansio). Ensin kerrotaan, mitä
    poistettaisiin, ja kysytään lupa.

    Lähetetty on versio, jonka vieressä on paketti (v0007.zip) tai jonka kansiossa on tiedosto lahetetty.txt. Paikalleen
    jää myös versio, jota on muutettu käsin tai johon on lisätty jotakin.

    Paluuarvo: 0 tehty tai ei poistettavaa, 1 jotakin ei voitu poistaa, 2 kansiota ei ole tai lupaa ei voitu kysyä.
    """
    from bidkit.cli import terminal
    from bidkit.cli.history import existing, none_yet, unreadable
    from bidkit.publish import versions

    words = terminal.reader()
    parent = existing(folder, words, as_json=as_json)
    _refuse_link(folder, parent, words, as_json=as_json)
    try:
        plan = versions.plan(parent, keep)
    except OSError as error:
        unreadable(parent, error, words, as_json=as_json)
    if as_json:
        _for_machines(parent, plan, words, yes)
    if not plan.keep and not plan.remove:
        none_yet(folder, parent, words)
        return
    _show(parent, plan, words)
    if not plan.remove:
        return
    if not yes and not _agreed(words):
        terminal.say(words.text(N_("Nothing was removed.")))
        return
    hindered = remove(plan.remove)
    terminal.show_findings(hindered, words, everything=True)
    gone = len(plan.remove) - len(hindered)
    terminal.say(words.text(N_("Versions removed: {gone}; left: {left}."), gone=gone, left=versions.count(parent)))
    raise SystemExit(int(bool(hindered)))


def remove(old: tuple[Version, ...]) -> list[Finding]:
    """Remove versions, the oldest first; return what hindered it.

    Only the first that is held is waited for: a folder that nobody may change would cost 3 s each time.
    """
    import time

    from bidkit.publish import versions

    hindered: list[Finding] = []
    for version in old:
        finding = versions.remove(version, (lambda _: None) if hindered else time.sleep)
        hindered += [finding] if finding else []
    return hindered


def _refuse_link(folder: Path, parent: Path, words: Translator, *, as_json: bool) -> None:
    """End the run if the versions lie behind a link in the folder that was named: it may lead anywhere."""
    from bidkit.cli.history import stop
    from bidkit.diagnostics import Place
    from bidkit.messages import publishing
    from bidkit.publish import disk

    if parent != folder and disk.is_link(parent):
        stop([publishing.FOLDER_IS_LINK.at(Place(str(parent)), folder=str(parent))], words, as_json=as_json)


def _show(parent: Path, plan: Plan, words: Translator) -> None:
    """Say what would be removed, what stays, and why it does where that is not plain."""
    from bidkit.cli import terminal

    terminal.show_findings(plan.left, words, everything=True)
    if not plan.remove:
        terminal.say(words.text(N_("There is nothing to remove in {folder}."), folder=terminal.named(parent)))
        return
    removed = tuple(one.name for one in plan.remove)
    terminal.say(words.text(N_("To be removed from {folder}: {names}"), folder=terminal.named(parent), names=removed))
    sent = {one.name: one.packaged for one in plan.keep if one.packaged}
    kept = tuple(f"{one.name} ({sent[one.name]})" if one.name in sent else one.name for one in plan.keep)
    terminal.say(words.text(N_("Stays: {names}"), names=kept))


def _agreed(words: Translator) -> bool:
    """Ask whether to go on; without a terminal nobody can be asked, which ends the run."""
    from bidkit.cli import terminal

    if not sys.stdin.isatty():
        terminal.say(words.text(N_("Nothing was removed: nobody could be asked. In a script add --yes.")), err=True)
        raise SystemExit(2)
    return click.confirm(words.text(N_("Remove them for good?")))


def _for_machines(parent: Path, plan: Plan, words: Translator, yes: bool) -> NoReturn:
    """Print what is and what was done; without --yes nothing is."""
    from bidkit.cli import machine

    hindered = remove(plan.remove) if yes else []
    stuck = {str(one.facts["version"]) for one in hindered}
    names = [one.name for one in plan.remove]
    done: Mapping[str, object] = {
        "folder": parent.as_posix(),
        "to_remove": names,
        "removed": [name for name in names if name not in stuck] if yes else [],
        "kept": [one.name for one in plan.keep],
        "packaged": [one.name for one in plan.keep if one.packaged],
        "findings": [machine.brief(one, words) for one in (*plan.left, *hindered)],
    }
    machine.show(done)
    raise SystemExit(int(bool(hindered)))
