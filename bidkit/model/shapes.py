"""What a field of a noun holds, as its model has it: a value of a kind or a group of fields, one or many."""

from __future__ import annotations

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bidkit.model._base import Entry, FieldType, Kind
from bidkit.record import record


def field_called(model: type[BaseModel], name: str) -> FieldInfo | None:
    """Return the field that people write as ``name``, if the model has it."""
    return next((info for own, info in model.model_fields.items() if (info.alias or own) == name), None)


@record(frozen=True)
class Shape:
    """What a field holds: values of a kind or groups of fields, one or many."""

    kind: Kind
    many: bool = False
    choices: tuple[str, ...] = ()
    model: type[Entry] | None = None

    @classmethod
    def of(cls, info: FieldInfo) -> Shape:
        """Return the shape of a field."""
        return cls._of(info.annotation, tuple(info.metadata))

    @classmethod
    def _of(cls, annotation: Any, metadata: tuple[Any, ...] = ()) -> Shape:
        for mark in metadata:
            if isinstance(mark, FieldType):
                return cls(mark.kind)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if hasattr(annotation, "__metadata__"):
            return cls._of(arguments[0], annotation.__metadata__)
        if origin in (Union, UnionType):
            return cls._of(next(a for a in arguments if a is not type(None)))
        if origin is tuple:
            item = cls._of(arguments[0])
            return cls(item.kind, True, item.choices, item.model)
        if origin is Literal:
            return cls("choice", choices=tuple(str(a) for a in arguments))
        if isinstance(annotation, type) and issubclass(annotation, Entry):
            return cls("text", model=annotation)
        return cls("text")
