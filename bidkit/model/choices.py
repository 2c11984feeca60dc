"""Codes as people read them: the words of a drop-down list are translations of the code itself."""

from __future__ import annotations


def label(code: str) -> str:
    """Return the msgid of a code: ``joint_authority`` is “joint authority”, translated in ``choices.po``."""
    return code.replace("_", " ")
