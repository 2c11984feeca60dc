"""Kinds of boundary condition: one kind, one file. The kind's name is its file's name; there is no list to edit.

A kind is a class whose fields are what the tender may say and whose docstring is its manual page. See
`bidkit.conditions._base` for what it declares and returns.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bidkit.conditions._base import Kind


@cache
def kinds() -> tuple[str, ...]:
    """Return the names of all kinds, without importing them."""
    return tuple(sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_")))


@cache
def kind(name: str) -> type[Kind] | None:
    """Return the kind called ``name``, or None if there is none."""
    if name not in kinds():
        return None
    module = import_module(f"{__name__}.{name}")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Kind) and value.__module__ == module.__name__
    )


def near(name: str) -> tuple[str, ...]:
    """Return kinds whose names look like ``name``, for “did you mean”."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name.replace("-", "_").replace(" ", "_"), kinds(), n=3, cutoff=0.3))
