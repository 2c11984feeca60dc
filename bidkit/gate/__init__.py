"""The one door for bytes and texts from outside; what must not come in is `Refused`.

Sizes are checked before anything is read, encodings are strict, and a Word or Excel file is looked
through in bounded memory before a library sees it.
"""

from bidkit.gate.files import guarded, inside, read, too_large
from bidkit.gate.names import file_name, sheet_name
from bidkit.gate.packages import MOST_OFFICE, OfficeRemark, office
from bidkit.gate.text import MOST_TEXT, clean, clean_file, decode, name_of, printable, spot_in, without_bad

__all__ = [
    "MOST_OFFICE",
    "MOST_TEXT",
    "OfficeRemark",
    "clean",
    "clean_file",
    "decode",
    "file_name",
    "guarded",
    "inside",
    "name_of",
    "office",
    "printable",
    "read",
    "sheet_name",
    "spot_in",
    "too_large",
    "without_bad",
]
