"""Records: what one step hands to the next, never changed once it is made.

For the type checker a record is a frozen dataclass, so no line can change one. When bidkit runs it is a plain
class: a dataclass that also guards itself, compares and prints itself compiles six methods, and of the sixty on
the path of a check that took a tenth of its time. A record is equal to itself only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass, fields

    def record(**_frozen: bool) -> Any:
        """Make a class a record: ``@record(frozen=True)``."""

        def made(cls: type) -> type:
            cls = dataclass(eq=False, repr=False)(cls)
            cls.__repr__ = _shown
            return cls

        return made

    def _shown(self: Any) -> str:
        return f"{type(self).__name__}({', '.join(f'{f.name}={getattr(self, f.name)!r}' for f in fields(self))})"


__all__ = ["record"]
