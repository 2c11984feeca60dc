"""Choices: a field that takes one of a fixed list of codes shows each as a label, in a drop-down or on a page.

The labels are in the domain ``choices``. Within one list no label, in any language, is another code's label or
name, so that a cell can be read back whatever language it was chosen in.
"""

from __future__ import annotations


def label(code: str) -> str:
    """Return the msgid of a code's label: ``joint_authority`` → ``joint authority``."""
    return code.replace("_", " ")
