"""``bidkit explain``: the manual page of a finding's code or of a kind of condition."""

from __future__ import annotations

import click


@click.command()
@click.argument("subject", metavar="KOODI|EHTOLAJI")
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
