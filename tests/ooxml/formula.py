"""Does a formula read, as it is stored in a file: English names, commas, known sheets and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.utils import FORMULAE

LONGEST = 8192
CELL = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
AREA = re.compile(rf"(?:{CELL}(?::{CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?\d{{1,7}}:\$?\d{{1,7}})#?", re.I)
ON_SHEET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(.+)$")
STRUCTURED = re.compile(r"^([^\[\]]*)\[")


@dataclass
class Names:
    """What the formulas of one workbook may name, all in lower case; ``local`` is by sheet."""

    sheets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    local: dict[str, set[str]] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)


def formula_faults(text: str, names: Names, sheet: str = "") -> Iterator[str]:
    """Yield what is wrong with a formula (without its equals sign) that stands on ``sheet``."""
    if len(text) > LONGEST:
        yield f"the formula has {len(text)} characters, at most {LONGEST} are read"
    try:
        tokens = [t for t in Tokenizer("=" + text).items if t.type != Token.WSPACE]
    except (TokenizerError, IndexError) as fault:
        yield f"the formula ={text} does not read: {fault}"
        return
    for what in [*_grammar(tokens), *_functions(tokens)]:
        yield f"the formula ={text} does not read: {what}"
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            for what in _reference(token.value, names, sheet.lower()):
                yield f"the formula ={text} {what}"
        elif token.type == Token.OPERAND and token.value == "#REF!":
            yield f"the formula ={text} refers to what was deleted (#REF!)"


def _grammar(tokens: list[Token]) -> Iterator[str]:
    """Operands and operators take turns; brackets close what they opened; semicolons only in arrays."""
    stack: list[Token] = []
    want_operand, before = True, ""
    for token in tokens:
        after_open = before in ("(", ",")
        if token.type == Token.OPERAND or token.subtype == Token.OPEN or token.type == Token.OP_PRE:
            if not want_operand:
                yield f"an operator is missing before {token.value}"
            want_operand = token.type != Token.OPERAND
            if token.subtype == Token.OPEN:
                stack.append(token)
        elif token.subtype == Token.CLOSE:
            if not stack or stack.pop().type != token.type:
                yield f"{token.value} closes nothing"
            if want_operand and not after_open:
                yield f"something is missing before {token.value}"
            want_operand = False
        elif token.type == Token.SEP:
            inside = stack[-1].type if stack else ""
            if token.subtype == Token.ROW and inside not in (Token.ARRAY, "ARRAYROW"):
                yield "arguments are separated by a comma in a file, not by a semicolon"
            if want_operand and not after_open:
                yield f"something is missing before {token.value}"
            want_operand = True
        elif want_operand:
            yield f"something is missing before {token.value}"
        else:
            want_operand = token.type == Token.OP_IN
        before = "(" if token.subtype == Token.OPEN else "," if token.type == Token.SEP else token.value
    if stack:
        yield f"{stack[-1].value} is not closed"
    elif want_operand:
        yield "it ends too early"


def _functions(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.rstrip("(").rsplit(":", 1)[-1]
            if name.upper() not in FORMULAE and not name.startswith("_xlfn."):
                yield f"there is no function {name}"


def _reference(value: str, names: Names, sheet: str) -> Iterator[str]:
    on = ON_SHEET.match(value)
    if on:
        sheet = (on[1] or on[2]).replace("''", "'").lower()
        value = on[3]
        for one in sheet.split(":"):
            if one not in names.sheets:
                yield f"names the sheet {one}, which does not exist"
    if AREA.fullmatch(value):
        return
    table = STRUCTURED.match(value)
    if table:
        if table[1] and table[1].lower() not in names.tables:
            yield f"names the table {table[1]}, which does not exist"
        return
    if value.upper() == "#REF!":
        yield "refers to what was deleted (#REF!)"
    elif value.lower() not in names.names | names.local.get(sheet, set()) | names.tables:
        yield f"uses the name {value}, which is not defined"
