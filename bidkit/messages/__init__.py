"""The wording of every finding, one file a step: what is so, the way out, and the manual page.

Each file holds `Message` constants; their names are what the code says (``load.UNKNOWN_KEY.at(place, key=…)``).
Codes: BK1xx reading, BK2xx resolving and pricing, BK3xx conditions (BK3NN is number NN of the catalogue of
condition kinds; its wording lives in the kind's own file), BK4xx documents and templates, BK5xx publishing,
BK9xx our own faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from bidkit.diagnostics import Message


def catalogue() -> Iterator[Message]:
    """Yield every message of every step, for ``explain``, the documentation and the house tests."""
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Message):
                yield value
