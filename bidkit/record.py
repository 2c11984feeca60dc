"""Records: what one step hands to the next, never changed once it is made.

For the type checker a record is a frozen dataclass, so no line can change one. When bidkit runs it is a plain
class: a dataclass compiles methods of its own for each class, and of the fifty on the path of a check that took a
tenth of its time, making the records a hundredth. All records are made by one function instead. A record is equal
to itself only; a value, such as a place, to any other that says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as record
    from dataclasses import dataclass as value
else:
    from dataclasses import Field, dataclass

    def value(**_frozen: bool) -> Any:
        """Make a class a value: a record that is equal to any other that says the same, ``@value(frozen=True)``."""

        def made(cls: type) -> type:
            cls = dataclass(unsafe_hash=True, repr=False)(cls)
            cls.__repr__ = _shown
            return cls

        return made

    def record(**_frozen: bool) -> Any:
        """Make a class a record: ``@record(frozen=True)``."""

        def made(cls: type) -> type:
            own = {name: vars(cls)[name] for name in cls.__annotations__ if name in vars(cls)}
            cls._defaults = {**getattr(cls, "_defaults", {}), **own}  # with those of a record it inherits from
            cls.__match_args__ = tuple(dict.fromkeys((*getattr(cls, "__match_args__", ()), *cls.__annotations__)))
            cls.__init__, cls.__repr__ = _init(cls.__match_args__, cls._defaults), _shown
            cls.__dataclass_fields__ = _Fields(cls)
            return cls

        return made

    def _init(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
        """Return the ``__init__`` of a class with the fields ``names``."""
        known = frozenset(names)
        new = tuple((name, one.default_factory) for name, one in defaults.items() if isinstance(one, Field))
        same = {name: one for name, one in defaults.items() if not isinstance(one, Field)}

        def init(self: Any, *values: Any, **named: Any) -> None:
            own = self.__dict__
            own.update(same)
            own.update(zip(names, values, strict=False), **named)
            for name, make in new:
                if name not in own:
                    own[name] = make()
            if own.keys() != known:
                raise TypeError(f"{type(self).__name__} has {sorted(known)}, not {sorted(own)}")

        return init

    def _shown(self: Any) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in self.__match_args__)})"

    class _Fields:
        """What `dataclasses.replace` and `dataclasses.fields` ask a record for, worked out when they first do."""

        def __init__(self, cls: type) -> None:
            self.cls = cls

        def __get__(self, _record: Any, _cls: type) -> Any:
            dataclass(init=False, eq=False, repr=False)(self.cls)
            return self.cls.__dataclass_fields__


__all__ = ["record", "value"]
