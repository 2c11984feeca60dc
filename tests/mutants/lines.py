"""One value in one line of YAML."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from bidkit.diagnostics import Finding
from bidkit.dossier import sheets
from bidkit.dossier.sheets import Column
from bidkit.model._base import KEYS
from tests import small
from tests import workbooks as larger
from tests.conftest import EXAMPLES
from tests.mutants import meaning
from tests.mutants.cells import renamed, told_as
from tests.mutants.copies import UNREADABLE, sound
from tests.mutants.dossiers import Base, Way, flat, identity, judged
from tests.mutants.people import typed
from tests.workbooks import put


@dataclass(frozen=True)
class Scalar:
    """One value in a file of YAML: where it stands, and what of the dossier it says."""

    file: str
    start: int
    end: int
    line: int
    way: Way  # to the field that `flat` has
    inside: Way  # from there to the value: number in a list, language, name in a pair
    field: Column
    parent: int  # line on which its entry begins
    last: int  # and the line after its end


@dataclass
class Files:
    """A whole dossier in YAML, before anything is changed."""

    texts: dict[str, str]
    scalars: list[Scalar]
    base: Base


@cache
def files(name: str) -> Files:
    """Return one of the dossiers in YAML."""

    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "a"
        if name in ("small", "larger"):
            small.write(folder, **(larger.FILES if name == "larger" else {}))
        else:
            shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns("out", "_*"))
        texts = {
            p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.yaml"))
        }
        run = judged(folder)
        written = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    home = run.dossier.bid.written_in or run.dossier.bid.language if run.dossier else "fi"
    base = Base(name, {}, [], [], flat(run, home), frozenset(map(identity, run.findings)), home, written)
    return Files(texts, [one for file, text in texts.items() for one in _scalars(file, text)], base)


@cache
def _fields() -> dict[Way, Column]:
    return {
        (s.noun, *s.path, *c.path): c
        for s in sheets.layout()
        for c in s.columns
        if c.kind not in ("parameter", "parent")
    }


def _scalars(file: str, text: str) -> Iterator[Scalar]:
    noun = file.split("/", maxsplit=1)[0].removesuffix(".yaml")
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:  # bidkit allows a question mark in a flow; other readers need not
        return
    if noun not in {w[0] for w in _fields()} or root is None:
        return
    entries = root.value if isinstance(root, yaml.SequenceNode) else [root]
    for entry in entries:
        if not isinstance(entry, yaml.MappingNode):
            continue
        names = {k.value: v for k, v in entry.value}
        many = next(s for s in sheets.layout() if s.noun == noun and not s.path).form is False
        key = next((names[k].value for k in KEYS if k in names), "") if many else ""
        kind = names["kind"].value if noun == "conditions" else ""
        span = (entry.start_mark.line + 1, entry.end_mark.line + 1)
        yield from _within(file, entry, (noun, key), (), kind, span)


def _within(file: str, node: Any, way: Way, inside: Way, kind: str, span: tuple[int, int]) -> Iterator[Scalar]:
    if isinstance(node, yaml.ScalarNode):
        names = (way[0], *(p for p in way[2:] if isinstance(p, str)))
        field = _fields().get(names)
        if names[1:2] == ("parameters",):
            field = next((c for c in sheets.parameters(kind) if c.path[0] == names[2]), None)
        if field is not None and field.kind == "pairs" and inside:
            field = next((c for c in field.pair if c.name == inside[-1]), None)
        if field is not None and not (node.style is None and node.value == ""):
            yield Scalar(
                file, node.start_mark.index, node.end_mark.index, node.start_mark.line + 1, way, inside, field, *span
            )
        return
    names = (way[0], *(p for p in way[2:] if isinstance(p, str)))
    leaf = names in _fields() or (names[1:2] == ("parameters",) and len(names) == 3)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            step = (way, (*inside, key.value)) if leaf else ((*way, key.value), ())
            yield from _within(file, value, *step, kind, span)
    else:
        for n, value in enumerate(node.value):
            step = (way, (*inside, n)) if leaf else ((*way, n), ())
            yield from _within(file, value, *step, kind, span)


@st.composite
def yaml_value(draw: Any, name: str) -> tuple[Files, Scalar, str, str]:
    """Draw a value of a dossier in YAML and what somebody writes instead, in quotation marks or as it is."""
    found = files(name)
    where = draw(st.sampled_from(found.scalars))
    put = draw(typed(where.field).filter(lambda t: t.kind == "text"))
    value = put.value if where.field.kind not in ("texts", "text") else put.value[:3000]
    free = found.texts[where.file].rpartition("\n")[0] and not re.search(
        r"[\[{,]\s*$", found.texts[where.file][: where.start]
    )
    allowed = r"[^\W_][\w ,.–%€-]*[\w%€]" if free and where.inside[-1:] == () else r"[^\W_][\w .–%€-]*[\w%€]"
    plain = re.fullmatch(allowed, value, re.ASCII) is not None and draw(st.booleans())
    written = value if plain else json.dumps(value, ensure_ascii=draw(st.booleans()))
    written = re.sub(r"(\\ud[89ab][0-9a-f]{2})(\\ud[c-f][0-9a-f]{2})", lambda m: json.loads(f'"{m[0]}"'), written)
    return found, where, value, written


def one_line(found: Files, where: Scalar, value: str, written: str, folder: Path) -> Iterator[str]:
    """Write a value in the place of one; yield what is wrong with what comes of it."""
    text = found.texts[where.file]
    block = text[where.start : where.start + 1] in "|>"
    tail = "\n" if block and text[where.end - 1 : where.end] == "\n" else ""
    changed = text[: where.start] + written + tail + text[where.end :]
    base = found.base
    put(folder, {})
    for name, data in base.written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data if name != where.file else changed.encode("utf-8", "surrogatepass"))
    run = judged(folder)
    yield from sound(folder, run)
    yield from _silent_line(base, where, value, written, run)


def _silent_line(base: Base, where: Scalar, value: str, written: str, run: Any) -> Iterator[str]:
    new = [f for f in run.findings if identity(f) not in base.findings]
    stops = [f for f in new if f.place.file == where.file and f.severity != "note" and _near(f, where)]
    whole_file = [f for f in new if f.place.file == where.file and f.code in UNREADABLE]
    if whole_file:
        return
    after, old = flat(run, base.home), dict(base.entries)
    way = where.way
    if way[0] == "bid" and way[2] in ("written_in", "language"):
        after, old = ({w: v for w, v in found.items() if not isinstance(v, dict)} for found in (after, old))
    normal = meaning.in_normal_form(value)
    expected = _expected(where, normal, old.get(way), base)
    is_key = len(way) == 3 and way[2] == next((k for k in KEYS if (*way[:2], k) in old), "id") and way[1]
    if is_key and expected and isinstance(expected[0], str):
        old = {renamed(w, way[:2], expected[0]): v for w, v in old.items()}
        way = renamed(way, way[:2], expected[0])
    changed = {w for w in old.keys() | after.keys() if not meaning.same(old.get(w), after.get(w))}
    gone = way[1] and way[:2] not in after
    if stops and (gone or is_key):
        rest = {w for w in changed if w[:2] not in (way[:2], where.way[:2]) and w[:2] in base.entries}
    elif stops and not way[1]:
        return  # what there is one of is done without, or with what is left of it
    else:
        rest = {w for w in changed if w[: len(way)] != way}
        if way[0] == "conditions" and (way[2] == "kind" or "parameters" in way):  # a kind may read none of them then
            rest = {w for w in rest if w[:2] != way[:2] or "parameters" not in w}
    if rest:
        yield f"{where.file}:{where.line} {written[:60]!r}: {sorted(rest, key=str)[0]} changed beside {way}"
    if stops or (
        not changed & {w for w in changed if w[: len(way)] == way}
        and any(meaning.same(e, old.get(way)) for e in expected)
    ):
        return
    got = after.get(way)
    if expected is not meaning.ANY and not any(meaning.same(one, got) for one in expected):
        what = f"was read as {str(got)[:200]}, not {str(expected)[:200]}; {told_as(new)[:200]}"
        yield f"{where.file}:{where.line} {way} ({where.field.kind}) {written[:80]!r} {what}"


def _expected(where: Scalar, value: str, before: Any, base: Base) -> list[Any]:
    """Return what the field may be when one value in it is another."""
    field = where.field
    if not where.inside:
        if field.many and field.kind != "pairs":  # in YAML a text is one item: commas are not looked at
            single = replace(field, many=False)
            found = meaning.of_text(value, single) if value.strip() else []
            return [[one] for one in found]
        found = meaning.of_text(value, field) if value.strip() else []
        return [{base.home: one} for one in found] if field.kind == "texts" else found
    if not value.strip():
        return []
    found = meaning.of_text(value, replace(field, many=False))
    wholes = []
    for one in found:
        all_of = deepcopy(before)
        at = all_of
        for step in where.inside[:-1]:
            at = at[step]
        at[where.inside[-1]] = one
        wholes.append(all_of)
    return wholes


def _near(finding: Finding, where: Scalar) -> bool:
    line = int(finding.place.spot.partition(":")[0] or 0)
    return line == 0 or where.parent - 1 <= line <= where.last + 1
