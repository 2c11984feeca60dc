"""Where a noun is written: on a sheet of a workbook, or in a text file of its own."""

from __future__ import annotations

from collections.abc import Mapping

from bidkit.diagnostics import Place


class Homed:
    """What knows where its nouns are written; ``homes`` has those that are not in a file of their own."""

    homes: Mapping[str, Place]

    def home(self, noun: str) -> Place:
        """Return where the entries of ``noun`` are written, or would be."""
        return self.homes.get(noun) or Place(f"{noun}.yaml")
