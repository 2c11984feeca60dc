"""``bidkit explain``: the manual page of a finding's code or of a kind of condition."""

from __future__ import annotations

import click


def _subjects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the codes and kinds of condition that begin so, for the shell."""
    from bidkit.cli.manual import subjects

    return [name for name in subjects() if name.lower().startswith(incomplete.lower())]


@click.command()
@click.argument("subject", metavar="KOODI|EHTOLAJI", shell_complete=_subjects)
def explain(subject: str) -> None:
    """Selitä havainnon koodi (BK143) tai ehtolaji (minimum_capacity)."""
    from bidkit.cli import terminal
    from bidkit.cli.manual import page

    text = page(subject, terminal.reader_language())
    if text is None:
        from bidkit.cli.manual import near
        from bidkit.i18n import N_

        words = terminal.reader()
        terminal.say(
            words.text(N_("There is no page “{subject}”. Near: {near}."), subject=subject, near=near(subject)), err=True
        )
        raise SystemExit(2)
    terminal.say(text)
