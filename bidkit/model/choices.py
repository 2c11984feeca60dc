"""Choices: a field that takes one of a fixed list of codes shows each as a label, in a drop-down or on a page.

The labels are in the domain ``choices``. Within one list no label, in any language, is another code's label or
name, so that a cell can be read back whatever language it was chosen in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin


def label(code: str) -> str:
    """Return the msgid of a code's label: ``joint_authority`` → ``joint authority``."""
    return code.replace("_", " ")


def codes(annotation: Any) -> tuple[str, ...]:
    """Return the codes that a field of this annotation takes, in the model's order; none if it takes any text."""
    return tuple(_codes(annotation))


def _codes(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for part in get_args(annotation):
            if get_origin(part) is not None:
                yield from _codes(part)
