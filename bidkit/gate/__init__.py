"""The one door for bytes and texts from outside; what must not come in is `Refused`.

Sizes are checked before anything is read, encodings are strict, and a Word or Excel file is looked
through in bounded memory before a library sees it. What opens such packages is imported when it is first
used: most commands meet none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bidkit.gate.files import guarded, inside, read, table_in, too_large
from bidkit.gate.text import MOST_TEXT, clean, clean_file, decode, name_of, printable, rows, spot_in, without_bad

if TYPE_CHECKING:
    from bidkit.gate.names import file_name, sheet_name
    from bidkit.gate.packages import (
        MOST_DETAIL,
        MOST_OFFICE,
        OLE,
        Area,
        OfficeRemark,
        area,
        cells_in,
        column_of,
        office,
        opened,
        parse,
    )

__all__ = [
    "MOST_DETAIL",
    "MOST_OFFICE",
    "MOST_TEXT",
    "OLE",
    "Area",
    "OfficeRemark",
    "area",
    "cells_in",
    "clean",
    "clean_file",
    "column_of",
    "decode",
    "file_name",
    "guarded",
    "inside",
    "name_of",
    "office",
    "opened",
    "parse",
    "printable",
    "read",
    "rows",
    "sheet_name",
    "spot_in",
    "table_in",
    "too_large",
    "without_bad",
]

_LATER = {
    "Area": "packages",
    "MOST_DETAIL": "packages",
    "MOST_OFFICE": "packages",
    "OfficeRemark": "packages",
    "OLE": "packages",
    "area": "packages",
    "cells_in": "packages",
    "column_of": "packages",
    "office": "packages",
    "opened": "packages",
    "parse": "packages",
    "file_name": "names",
    "sheet_name": "names",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
