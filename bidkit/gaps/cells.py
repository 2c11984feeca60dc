"""What is asked, cut into cells: competence × municipality × client group × language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Competence:
    """A kind of service, or people who must have a role or a qualification (then ``persons`` is above 0).

    Without ``kind`` any service will do: the lot is not answered yet, so nobody knows of which kind it is.
    """

    kind: str = ""
    role: str = ""
    level: str = ""
    fields: tuple[str, ...] = ()
    persons: int = 0


@dataclass(frozen=True)
class Tongue:
    """A language, or several one of which is enough; without ``codes`` any will do. Staff speak it at ``level``."""

    codes: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True)
class Cell:
    """One thing asked. An empty municipality or group stands for any."""

    competence: Competence
    municipality: str = ""
    group: str = ""
    tongue: Tongue = Tongue()


@dataclass(frozen=True)
class Box:
    """Cells that are told together, because every combination of their values is among them."""

    competences: tuple[Competence, ...]
    municipalities: tuple[str, ...]
    groups: tuple[str, ...]
    tongues: tuple[Tongue, ...] = (Tongue(),)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the box."""
        return tuple(
            Cell(c, m, g, t)
            for c in self.competences
            for m in self.municipalities
            for g in self.groups
            for t in self.tongues
        )


_ORDER = (2, 3, 1, 0)  # groups are put together first: they differ least from place to place


def boxes(cells: Iterable[Cell]) -> tuple[Box, ...]:
    """Return the cells in boxes, each cell in one; which boxes does not depend on the order of the cells."""
    rows = [(c.competence, c.municipality, c.group, c.tongue) for c in dict.fromkeys(cells)]
    ranks = [{value: rank for rank, value in enumerate(dict.fromkeys(row[n] for row in rows))} for n in range(4)]
    found: list[list[Any]] = [[(value,) for value in row] for row in rows]
    for n in _ORDER:
        alike: dict[tuple[Any, ...], list[Any]] = {}
        for row in found:
            alike.setdefault(tuple(row[:n] + row[n + 1 :]), []).extend(row[n])
        found = [[*key[:n], _in_order(values, ranks[n]), *key[n:]] for key, values in alike.items()]
    return tuple(Box(*row) for row in found)


def _in_order(values: Sequence[Any], rank: dict[Any, int]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=rank.__getitem__))
