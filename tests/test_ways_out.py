"""The way out that a finding names fits what its user wrote: a pasted row, the kind of value, the kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.diagnostics import Finding, Severity
from tests import small
from tests.workbooks import FI, judged


def found(folder: Path, code: str, **files: str) -> list[Finding]:
    small.write(folder, **files)
    return [one for one in judged(folder).findings if one.code == code]


@pytest.mark.parametrize(
    ("noun", "hint"),
    [
        ("services", "Poista toinen, jos se on sama; muuten anna sille eri tunnus."),
        ("prices", "Poista toinen."),
        ("lot_offers", "Poista toinen."),
    ],
)
def test_an_entry_pasted_twice_is_removed(tmp_path, noun, hint):
    (one,) = found(tmp_path / "a", "BK171", **{noun: small.FILES[noun] * 2})
    assert FI.hint(one) == hint


STEP = "- {name: Vaihe, phase: start, what: Sovitaan tavoitteet}"


def test_a_step_pasted_twice_is_a_warning_at_the_second(tmp_path):
    first = small.FILES["services"].index("steps:\n")
    head = small.FILES["services"][: first + len("steps:\n")]
    tail = small.FILES["services"][first + len("steps:\n") :]
    pasted = f"{head}    {STEP}\n    {STEP}\n    {STEP.replace('Vaihe', 'Toinen')}\n{tail}"
    (one,) = found(tmp_path / "a", "BK219", services=pasted)
    line = head.count("\n") + 1
    assert (one.severity, one.place.spot) == (Severity.WARNING, f"{line + 1}:14")
    assert FI.sentence(one) == f"Tämä on sanasta sanaan sama kuin paikassa services.yaml:{line}:14."


def test_two_steps_that_differ_in_a_word_are_two_steps(tmp_path):
    pasted = small.FILES["services"].replace(
        "steps:\n", f"steps:\n    {STEP}\n    {STEP.replace('Sovitaan', 'Tehdään')}\n"
    )
    assert found(tmp_path / "a", "BK219", services=pasted) == []
