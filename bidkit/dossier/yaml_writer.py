"""Nouns → YAML as people write it: one noun a file, long texts as blocks, quotes only where they are needed.

bidkit takes every value as it is typed (`bidkit.dossier.yaml_file`); quotes keep a text a text for other programs
and editors too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml

from bidkit.dossier import _examples, sheets
from bidkit.dossier.sheets import ANY, Column, parameters
from bidkit.dossier.written import Fields, Written, as_text
from bidkit.i18n import N_
from bidkit.model._base import HOME
from bidkit.model.names import SHEETS

_WIDEST, _LONG = 100, 200  # characters of a list on one line; of a text beyond which it is a block of its own
_TYPED = frozenset({"money", "amount", "count", "share", "rate", "margin", "hours", "day", "moment", "yes_no"})
# Plain without doubt: begins with a letter or figure, and nothing in it that YAML could take for its own.
_PLAIN = re.compile(r"[^\W_][^\n\t]*")
_OWN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\s$")
_FLOW = re.compile(r"[\[\]{},:?]")
_NOT_IN_BLOCK = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\A\s|\s\Z")
_RESOLVER: Any = yaml.resolver.Resolver()  # the stubs leave its method untyped


def yaml_files(written: Written, language: str = "fi") -> dict[str, str]:
    """Return the files by name; ``language`` is that of the headline that each begins with."""
    words = sheets.words(language)
    return {
        f"{noun}.yaml": "\n".join([f"# {words.text(SHEETS[(noun,)])}", *_noun(noun, found)]) + "\n"
        for noun, found in written.nouns.items()
    }


def _noun(noun: str, found: Fields | list[Fields]) -> Iterator[str]:
    if isinstance(found, dict):
        yield from _group(found, _columns(noun), (), "")
        return
    if not found:
        yield "[]"
    yield from _items(list(found), _columns(noun), (), "")


@cache
def _columns(noun: str) -> Mapping[tuple[str, ...], Column]:
    """Return every field of a noun, inside its lists too, by the names that lead to it."""
    found: dict[tuple[str, ...], Column] = {}
    for sheet in sheets.layout():
        if sheet.noun == noun:
            for column in sheet.columns:
                found[(*sheet.path, *column.path)] = column
                found |= {(*sheet.path, *column.path, *one.path): one for one in column.pair}
    return found


def _items(
    found: list[Fields], columns: Mapping[tuple[str, ...], Column], path: tuple[str, ...], indent: str
) -> Iterator[str]:
    """Yield a list of groups; each begins with a dash."""
    for entry in found:
        lines = list(_group(entry, columns, path, indent + "  "))
        if not lines:
            yield f"{indent}- {{}}"
            continue
        yield f"{indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]


def _group(
    entry: Fields, columns: Mapping[tuple[str, ...], Column], path: tuple[str, ...], indent: str
) -> Iterator[str]:
    for name, value in entry.items():
        here = (*path, name)
        if name == "parameters" and isinstance(value, dict):
            known = {column.path: column for column in parameters(str(entry.get("kind", "")))}
            yield from _below(name, value, known, (), indent)
        else:
            yield from _field(name, value, columns, here, indent)


def _field(
    name: str, value: Any, columns: Mapping[tuple[str, ...], Column], path: tuple[str, ...], indent: str
) -> Iterator[str]:
    """Yield the line or lines of one field."""
    column = columns.get(path, ANY)
    key = _scalar(name, ANY)
    if isinstance(value, dict):
        if column.kind == "texts" and set(value) == {HOME}:
            yield from _line(f"{indent}{key}:", value[HOME], column, indent)
        elif column.kind == "texts":
            yield f"{indent}{key}:"
            for language, text in value.items():
                yield from _line(f"{indent}  {_scalar(language, ANY)}:", text, column, indent + "  ")
        else:
            yield from _below(key, value, columns, path, indent)
    elif isinstance(value, list | tuple):
        yield from _list(key, list(value), columns, path, indent)
    else:
        yield from _line(f"{indent}{key}:", value, column, indent)


def _below(
    key: str, value: Fields, columns: Mapping[tuple[str, ...], Column], path: tuple[str, ...], indent: str
) -> Iterator[str]:
    if not value:
        yield f"{indent}{key}: {{}}"
        return
    yield f"{indent}{key}:"
    yield from _group(value, columns, path, indent + "  ")


def _list(
    key: str, value: list[Any], columns: Mapping[tuple[str, ...], Column], path: tuple[str, ...], indent: str
) -> Iterator[str]:
    column = columns.get(path, ANY)
    if any(isinstance(one, dict) for one in value):
        yield f"{indent}{key}:"
        yield from _items(value, columns, path, indent + "  ")
        return
    items = [_scalar(as_text(column, one), column, flow=True) for one in value]
    line = f"{indent}{key}: [{', '.join(items)}]"
    if len(line) <= _WIDEST:
        yield line
        return
    yield f"{indent}{key}:"
    yield from (f"{indent}  - {_scalar(as_text(column, one), column)}" for one in value)


def _line(start: str, value: Any, column: Column, indent: str) -> Iterator[str]:
    """Yield one value after its key: on the same line, or as a block of lines if it has several or is long."""
    text = as_text(column, value)
    if ("\n" in text or len(text) > _LONG) and not _NOT_IN_BLOCK.search(text):
        yield f"{start} |"
        yield from (f"{indent}  {line}" if line else "" for line in text.split("\n"))
    else:
        yield f"{start} {_scalar(text, column)}"


def _scalar(text: str, column: Column, *, flow: bool = False) -> str:
    """Return a text on one line, in quotes if it would be read as something else without."""
    plain = _PLAIN.fullmatch(text) and not _OWN.search(text) and not (flow and _FLOW.search(text))
    if plain and (column.kind in _TYPED or _is_text(text)):
        return text
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escaped(c)) for c in text) + '"'


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


@cache
def _is_text(text: str) -> bool:
    """Say whether other programs that read YAML take it for a text: 091, 3.1 and no are none."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


def blank_files(language: str) -> dict[str, str]:
    """Return files without content; an example stands in each as remarks."""
    words = sheets.words(language)
    how = words.text(N_("An example. Remove the # signs in front of the lines and write what is so with you."))
    found: dict[str, str] = {}
    for file, text in yaml_files(_examples.content(words), language).items():
        title, *lines = text.splitlines()
        found[file] = "\n".join([title, f"# {how}", "#", *(f"# {line}".rstrip() for line in lines)]) + "\n"
    return found
