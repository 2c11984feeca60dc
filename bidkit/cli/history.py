"""``bidkit history``: the versions made so far, one a line, and what changed from one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bidkit.cli import arguments
from bidkit.diagnostics import Finding, Measure
from bidkit.i18n import N_, Translator

if TYPE_CHECKING:
    from bidkit.dossier.difference import Difference
    from bidkit.publish.versions import Version

# What changed, in a few words: one and many.
_COUNTS: Mapping[str, tuple[str, str]] = {
    "verdicts": (N_("{n} verdict"), N_("{n} verdicts")),
    "prices": (N_("{n} price"), N_("{n} prices")),
    "figures": (N_("{n} figure"), N_("{n} figures")),
    "texts": (N_("{n} text"), N_("{n} texts")),
    "added": (N_("{n} entry added"), N_("{n} entries added")),
    "removed": (N_("{n} entry removed"), N_("{n} entries removed")),
}


@click.command()
@arguments.folder()
@arguments.as_json()
def history(folder: Path, as_json: bool) -> None:
    """Näytä tarjouksen versiot ja mitä niissä on muuttunut.

    KANSIO on aineiston kansio tai kansio, jossa versiot ovat (oletus: nykyinen kansio). Uusin on viimeisenä.
    Mitään ei muuteta.
    """
    from bidkit.cli import machine, terminal
    from bidkit.publish import versions

    words = terminal.reader()
    parent = existing(folder, words, as_json=as_json)
    try:
        found = _compared(versions.versions(parent))
        rows = [_as_json(*one) if as_json else _row(*one, words) for one in found]
    except OSError as error:
        unreadable(parent, error, words, as_json=as_json)
    if as_json:
        machine.show({"folder": parent.as_posix(), "versions": rows})
    elif not rows:
        none_yet(folder, parent, words)
    else:
        head = N_("Versions in {folder} (made: the date of the file, in local time)")
        terminal.say(words.text(head, folder=terminal.named(parent)))
        for row in rows:
            terminal.say(str(row))
        if len(rows) > 1:
            next_ = N_("What changed: {command}")
            terminal.say(words.text(next_, command=_diff(folder)))


def _diff(folder: Path) -> str:
    """Return the command that tells more, as it is typed from where the user is."""
    from bidkit.cli import terminal

    return "bidkit diff" if str(folder) == "." else f"bidkit diff --in {terminal.typed(folder)}"


def existing(folder: Path, words: Translator, *, as_json: bool) -> Path:
    """Return the folder that holds the versions; end the run if there is no such folder."""
    from bidkit.diagnostics import Place
    from bidkit.messages import publishing
    from bidkit.publish import versions

    try:
        if not folder.is_dir():
            stop([publishing.NO_FOLDER.at(Place(str(folder)), folder=str(folder))], words, as_json=as_json)
        return versions.parent_of(folder)
    except OSError as error:
        unreadable(folder, error, words, as_json=as_json)


def unreadable(folder: Path, error: OSError, words: Translator, *, as_json: bool) -> NoReturn:
    """Say that a folder cannot be listed, and end the run."""
    from bidkit.diagnostics import Place
    from bidkit.messages import publishing
    from bidkit.publish.disk import cause

    finding = publishing.UNREADABLE.at(Place(str(folder)), file=str(folder), cause=cause(error))
    stop([finding], words, as_json=as_json)


def stop(findings: Iterable[Finding], words: Translator, *, as_json: bool) -> NoReturn:
    """Say why there is no answer, and end the run."""
    from bidkit.cli import machine, terminal

    if as_json:
        machine.show({"findings": [machine.brief(one, words) for one in findings]})
    else:
        terminal.show_findings(findings, words, everything=True)
    raise SystemExit(2)


def none_yet(folder: Path, parent: Path, words: Translator) -> None:
    """Say that there are no versions, and how the first is made."""
    from bidkit.cli import terminal

    dossier = parent.parent if parent.name == "out" and parent == folder else folder
    told = N_("There are no versions in {folder} yet. Next: {command}")
    terminal.say(words.text(told, folder=terminal.named(parent), command=terminal.command("build", dossier)))


def _compared(found: Iterator[Version]) -> Iterator[tuple[Version, Difference | None]]:
    """Yield every version with how it differs from the one before; None where that cannot be told."""
    from bidkit.dossier.difference import difference

    before: Mapping[str, Any] | None = None
    for version in found:
        now = None if isinstance(version.content, Finding) else version.content
        yield version, None if before is None or now is None else difference(before, now)
        before = now


def _row(version: Version, change: Difference | None, words: Translator) -> str:
    """Return a version in one line."""
    content = version.content
    made = [words.text(N_("made {made}"), made=version.made)] if version.made else []
    if isinstance(content, Finding):
        manifest = version.examined.manifest
        parts = [*made, words.text(N_("what was in it is not known"))]
        parts[1:1] = [manifest.program] if manifest else []
    else:
        parts = [words.text(N_("bid of {date}"), date=_day(content)), *made, _language(content, words)]
        parts += [words.text(N_("draft"))] if content["draft"] else []
        net = N_("{net} without VAT")
        parts += [words.text(net, net=Measure(_net(content), "EUR")), _verdicts(content, words)]
    whole = version.examined.whole
    parts.append(words.text(N_("whole") if whole else N_("not whole")))
    packaged = N_("packaged ({file})") if version.packaged else N_("not packaged")
    parts.append(words.text(packaged, file=version.packaged))
    line = f"{version.name}  {', '.join(parts)}"
    return line if change is None else f"{line}; {words.text(N_('changed: {what}'), what=brief(change, words))}"


def _day(content: Mapping[str, Any]) -> date | str:
    try:
        return date.fromisoformat(content["date"])
    except ValueError:
        return str(content["date"])


def _net(content: Mapping[str, Any]) -> Decimal:
    from bidkit.dossier.kept import decimal

    return decimal(content["price"].get("net")) or Decimal(0)


def _language(content: Mapping[str, Any], words: Translator) -> str:
    from bidkit.conditions._base import LANGUAGES

    return words.text(LANGUAGES.get(content["language"], content["language"]))


def _verdicts(content: Mapping[str, Any], words: Translator) -> str:
    from bidkit.cli import terminal
    from bidkit.stages import State

    counts = Counter(one["state"] for one in content["verdicts"])
    return terminal.tally_of({state: counts[state] for state in State}, words).removesuffix(".")


def _as_json(version: Version, change: Difference | None) -> dict[str, Any]:
    """Return a version for machines; what cannot be told is null."""
    content, manifest = version.content, version.examined.manifest
    known = {} if isinstance(content, Finding) else content
    price = known.get("price", {})
    return {
        "version": version.name,
        "folder": version.folder.as_posix(),
        "made": version.made.isoformat(timespec="seconds") if version.made else None,
        "date": known.get("date"),
        "language": known.get("language"),
        "draft": known.get("draft"),
        "net": price.get("net"),
        "gross": price.get("gross"),
        "tally": dict(Counter(one["state"] for one in known["verdicts"])) if known else None,
        "program": manifest.program if manifest else None,
        "build_id": manifest.build_id if manifest else None,
        "whole": version.examined.whole,
        "packaged": version.packaged or None,
        "changed": None if change is None else counts(change) | {"settings": [name for name, _, _ in change.settings]},
    }


def brief(change: Difference, words: Translator) -> str:
    """Return in a few words what changed: “3 hintaa, 1 teksti”."""
    from bidkit.dossier.difference import SETTINGS

    parts = [words.text(_COUNTS[name][n != 1], n=n) for name, n in counts(change).items() if n]
    parts += [words.text(SETTINGS[name]) for name, _, _ in change.settings]
    return ", ".join(parts) or words.text(N_("nothing at all"))


def counts(change: Difference) -> dict[str, int]:
    """Return how many things of each sort changed; of prices the lines are counted."""
    return {
        "verdicts": len(change.verdicts),
        "prices": change.lines,
        "figures": len(change.figures),
        "texts": len(change.texts),
        "added": len(change.added),
        "removed": len(change.removed),
    }
