"""Rows, columns and sheets moved about: nothing may vanish without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

from bidkit.dossier import sheets
from bidkit.dossier.xlsx import letters
from tests.mutants import meaning
from tests.mutants.dossiers import Base, Way, flat, identity
from tests.mutants.dossiers import base as dossier_of
from tests.mutants.meaning import Typed
from tests.mutants.package import Grid, Package
from tests.mutants.people import cell_of

ODD_NAMES = (
    "Muistiinpanot",
    "palvelut ",
    "PALVELUT",
    "Palvelut (2)",
    "Palvelu",
    "Services",
    "'",
    "a" * 31,
    "\U0001f600",
    "services_steps",
)


@dataclass(frozen=True)
class Done:
    """What one change did, and the rows of the workbook (file, sheet, row) whose content it took away on purpose."""

    what: str
    taken: frozenset[tuple[str, str, int]] = frozenset()
    columns: frozenset[tuple[str, str, int]] = frozenset()


@dataclass
class Table:
    """The sheet that a change is about."""

    base: Base
    file: str
    name: str
    package: Package

    @property
    def grid(self) -> Grid:
        return self.package.grid(self.name)

    @property
    def rows(self) -> list[int]:
        """Rows of entries."""
        return (
            sorted({i.row for i in self.base.inputs if (i.file, i.sheet) == (self.file, self.name)})
            or sorted(self.grid.rows)[1:]
        )

    @property
    def width(self) -> int:
        return max((n for line in self.grid.rows.values() for n in line), default=1)

    def done(self, what: str, rows: tuple[int, ...] = (), columns: tuple[int, ...] = ()) -> Done:
        return Done(
            f"{what} {self.name} {rows or columns or ''}",
            frozenset((self.file, self.name, row) for row in rows),
            frozenset((self.file, self.name, column) for column in columns),
        )


def _draw_row(draw: Any, table: Table) -> int:
    return int(draw(st.sampled_from(table.rows or [2])))


def _moved(grid: Grid, order: Callable[[int], int]) -> None:
    grid.rows = {order(row): line for row, line in grid.rows.items()}
    grid.about = {order(row): about for row, about in grid.about.items()}


def swap_rows(draw: Any, table: Table) -> Done:
    one, other = _draw_row(draw, table), _draw_row(draw, table)
    _moved(table.grid, lambda row: {one: other, other: one}.get(row, row))
    return table.done("swap rows")


def insert_rows(draw: Any, table: Table) -> Done:
    at, count = _draw_row(draw, table), draw(st.sampled_from((1, 2, 40, 3000)))
    _moved(table.grid, lambda row: row + count if row >= at else row)
    return table.done("insert rows")


def title_above(draw: Any, table: Table) -> Done:
    _moved(table.grid, lambda row: row + 2)
    table.grid.rows[1] = {1: cell_of(Typed("text", "Palvelumme 2027"), table.package)}
    return table.done("title above")


def delete_row(draw: Any, table: Table) -> Done:
    at = _draw_row(draw, table)
    table.grid.rows.pop(at, None)
    _moved(table.grid, lambda row: row - 1 if row > at else row)
    return table.done("delete row", (at,))


def clear_row(draw: Any, table: Table) -> Done:
    at = _draw_row(draw, table)
    line = table.grid.rows.get(at, {})
    table.grid.rows[at] = {number: (re.sub(r' t="\w+"', "", cell[0]), "") for number, cell in line.items()}
    return table.done("clear row", (at,))


def double_row(draw: Any, table: Table) -> Done:
    at = _draw_row(draw, table)
    end = max(table.grid.rows) + draw(st.integers(1, 4))
    table.grid.rows[end] = dict(table.grid.rows.get(at, {}))
    within = any(i.layout.path for i in table.base.inputs if (i.file, i.sheet) == (table.file, table.name))
    return table.done("double row", (at,) if within else ())


def repeat_heads(draw: Any, table: Table) -> Done:
    at = _draw_row(draw, table)
    _moved(table.grid, lambda row: row + 1 if row >= at else row)
    table.grid.rows[at] = dict(table.grid.rows.get(1, {}))
    return table.done("repeat headings")


def _columns(grid: Grid, order: Callable[[int], int]) -> None:
    for row, line in grid.rows.items():
        grid.rows[row] = {order(number): cell for number, cell in line.items()}


def swap_columns(draw: Any, table: Table) -> Done:
    one, other = draw(st.integers(1, table.width)), draw(st.integers(1, table.width))
    _columns(table.grid, lambda n: {one: other, other: one}.get(n, n))
    return table.done("swap columns", columns=(1, 2) if _is_form(table) else ())


def insert_columns(draw: Any, table: Table) -> Done:
    at, count = draw(st.integers(1, table.width + 1)), draw(st.integers(1, 2))
    _columns(table.grid, lambda n: n + count if n >= at else n)
    return table.done("insert columns", columns=(1, 2) if _is_form(table) else ())


def delete_column(draw: Any, table: Table) -> Done:
    at = draw(st.integers(1, table.width))
    for line in table.grid.rows.values():
        line.pop(at, None)
    _columns(table.grid, lambda n: n - 1 if n > at else n)
    return table.done("delete column", columns=(at,))


def double_column(draw: Any, table: Table) -> Done:
    at, end = draw(st.integers(1, table.width)), table.width + draw(st.integers(1, 3))
    for line in table.grid.rows.values():
        if at in line:
            line[end] = line[at]
    return table.done("double column")


def other_heading(draw: Any, table: Table) -> Done:
    """Misspell a heading, or put something else there."""
    row = 1 if not _is_form(table) else _draw_row(draw, table)
    at = draw(st.integers(1, table.width)) if not _is_form(table) else 1
    line = table.grid.rows.setdefault(row, {})
    title = next(
        (
            i.field.title(sheets.words("fi"), i.language)
            for i in table.base.inputs
            if i.file == table.file and i.sheet == table.name and (i.row == row if _is_form(table) else i.column == at)
        ),
        "",
    )
    cut = draw(st.integers(0, max(0, len(title) - 1)))
    kinds = (
        Typed("text", title[:cut] + draw(st.sampled_from(("", "x", " ", "*", "\n", "é"))) + title[cut + 1 :]),
        Typed("text", title.upper() + " *"),
        Typed("text", draw(st.sampled_from(("Omat muistiinpanot", "Hinta", "x", "id", "Tunnus", "Palvelu", "€")))),
        Typed("empty"), Typed("error", "#REF!"), Typed("bool", True), Typed("formula"),
        Typed("number", Decimal("2027")),
    )  # fmt: skip
    put = draw(st.sampled_from(kinds))
    line[at] = cell_of(put, table.package)
    what = f"heading {put.kind} {put.value!r} at {row},{at} of"
    return table.done(what, (row,)) if _is_form(table) else table.done(what, columns=(at,))


def move_cell(draw: Any, table: Table) -> Done:
    row, at = _draw_row(draw, table), draw(st.integers(1, table.width))
    to_row, to = draw(st.integers(1, max(table.grid.rows) + 5)), draw(st.integers(1, table.width + 3))
    cell = table.grid.rows.get(row, {}).pop(at, None)
    if cell is None or not cell[1]:
        return table.done("nothing moved")
    table.grid.rows.setdefault(to_row, {})[to] = cell
    return table.done(f"move cell {row},{at} to", (row, to_row))


def hide(draw: Any, table: Table) -> Done:
    which = draw(st.integers(0, 3))
    grid = table.grid
    if which == 0:
        row = _draw_row(draw, table)
        grid.about[row] = re.sub(' hidden="1"', "", grid.about.get(row, "")) + ' hidden="1"'
    elif which == 1:
        grid.head = re.sub(r"<cols>.*</cols>", "", grid.head, flags=re.DOTALL).replace(
            "<sheetData>",
            f'<cols><col min="1" max="{draw(st.integers(1, 16384))}" width="9" hidden="1"/></cols><sheetData>',
        )
    else:
        state = "hidden" if which == 2 else "veryHidden"
        book = table.package.parts["xl/workbook.xml"]
        table.package.parts["xl/workbook.xml"] = re.sub(
            rf'(<sheet name="{re.escape(table.name)}")',
            rf'\1 state="{state}"',
            re.sub(rf'(<sheet name="{re.escape(table.name)}") state="\w+"', r"\1", book),
        )
    return table.done(f"hide {which}")


def merge(draw: Any, table: Table) -> Done:
    top, left = draw(st.integers(1, max(table.grid.rows))), draw(st.integers(1, table.width))
    bottom, right = top + draw(st.integers(0, 3)), left + draw(st.integers(0, 3))
    area = f'<mergeCell ref="{letters(left)}{top}:{letters(right)}{bottom}"/>'
    table.grid.tail = table.grid.tail.replace("</sheetData>", f"</sheetData><mergeCells>{area}</mergeCells>", 1)
    return table.done("merge")


def reformat(draw: Any, table: Table) -> Done:
    """Give the cells of a column another format; what is a text stays one."""
    at, style = draw(st.integers(1, table.width)), draw(st.sampled_from(sorted(table.package.styles.values())))
    for line in table.grid.rows.values():
        if at in line and ' t="' in line[at][0]:
            line[at] = (re.sub(r' s="\d+"', "", line[at][0]) + f' s="{style}"', line[at][1])
    return table.done("reformat")


def filtered(draw: Any, table: Table) -> Done:
    table.grid.head = table.grid.head.replace("<sheetPr>", '<sheetPr filterMode="1">', 1)
    row = _draw_row(draw, table)
    table.grid.about[row] = re.sub(' hidden="1"', "", table.grid.about.get(row, "")) + ' hidden="1"'
    return table.done("filter")


def reorder_sheets(draw: Any, table: Table) -> Done:
    book = table.package.parts["xl/workbook.xml"]
    found = re.findall(r"<sheet [^>]*/>", book)
    order = draw(st.permutations(found))
    start, end = book.index("<sheets>") + 8, book.index("</sheets>")
    table.package.parts["xl/workbook.xml"] = book[:start] + "".join(order) + book[end:]
    return table.done("reorder sheets")


def rename_sheet(draw: Any, table: Table) -> Done:
    name = draw(
        st.sampled_from((*ODD_NAMES, table.name.upper(), f" {table.name}", table.name[:-1], table.name + " 2027"))
    )
    _rename(table, name)
    return replace(table.done(f"rename to {name!r}"), taken=frozenset(_all_of(table)))


def _rename(table: Table, name: str) -> None:
    book = table.package.parts["xl/workbook.xml"]
    new = f"<sheet name={quoteattr(name)}"
    table.package.settle()
    table.package.parts["xl/workbook.xml"] = book.replace(f'<sheet name="{table.name}"', new, 1)


def _all_of(table: Table) -> Iterator[tuple[str, str, int]]:
    yield from ((i.file, i.sheet, i.row) for i in table.base.inputs if (i.file, i.sheet) == (table.file, table.name))


def double_sheet(draw: Any, table: Table) -> Done:
    """Copy a sheet, as people keep last year's beside this year's."""
    name = draw(
        st.sampled_from(
            (
                f"{table.name} (2)",
                "vanha",
                *(s.text(t) for s in map(sheets.words, ("sv", "en")) for t in _titles(table.name)),
            )
        )
    )
    table.package.settle()
    parts = table.package.parts
    parts["xl/worksheets/sheet99.xml"] = re.sub(r"<legacyDrawing[^>]*/>", "", parts[table.package.names[table.name]])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/worksheets/sheet99.xml" ContentType="{kind}"/></Types>'
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{rel}" Target="worksheets/sheet99.xml"/></Relationships>'
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", f'<sheet name={quoteattr(name)} sheetId="99" r:id="rId99"/></sheets>'
    )
    return table.done(f"double as {name!r}")


def _titles(name: str) -> list[str]:
    known = sheets.titles("fi").get(sheets.folded(name))
    return [known.title] if known else []


def empty_million(draw: Any, table: Table) -> Done:
    style = max(table.package.styles.values())
    for row in draw(st.lists(st.integers(1000, 1_048_576), max_size=20)):
        table.grid.rows[row] = {1: (f' s="{style}"', "")}
    return table.done("formatted empty rows")


CHANGES: tuple[Callable[[Any, Table], Done], ...] = (
    *(
        swap_rows,
        insert_rows,
        title_above,
        delete_row,
        clear_row,
        double_row,
        repeat_heads,
        swap_columns,
        insert_columns,
    ),
    *(
        delete_column,
        double_column,
        other_heading,
        other_heading,
        move_cell,
        move_cell,
        hide,
        merge,
        reformat,
        filtered,
    ),
    *(reorder_sheets, rename_sheet, double_sheet, empty_million),
)


def _is_form(table: Table) -> bool:
    return any(i.layout.form for i in table.base.inputs if (i.file, i.sheet) == (table.file, table.name))


@st.composite
def structural(draw: Any, name: str, language: str = "fi") -> tuple[Base, dict[str, bytes], list[Done]]:
    """Draw one or two changes of rows, columns or sheets."""
    base = dossier_of(name, language)
    file = draw(st.sampled_from(sorted(base.packages)))
    package = base.packages[file].copy()
    inputs = sorted({i.sheet for i in base.inputs if i.file == file}) or [
        n for n in package.names if sheets.titles("fi").get(sheets.folded(n))
    ]
    done = []
    for _ in range(1 if draw(st.booleans()) else 2):
        table = Table(base, file, draw(st.sampled_from(inputs)), package)
        done.append(draw(st.sampled_from(CHANGES))(draw, table))
        package.settle()
    return base, {**base.written, file: package.data()}, done


def vanished(base: Base, run: Any, done: list[Done]) -> Iterator[str]:
    """Yield what is gone or other than before though nobody took it away, and what was taken without a finding."""
    new = [f for f in run.findings if identity(f) not in base.findings]
    told = {(f.place.file, f.place.spot.rpartition("!")[0] if f.place.in_workbook else "") for f in new}
    stopped = {
        (f.place.file, f.place.spot.rpartition("!")[0] if f.place.in_workbook else "")
        for f in new
        if f.severity == "error"
    }
    after = flat(run, base.home)
    for way in sorted(base.entries.keys() | after.keys(), key=str):
        if meaning.same(base.entries.get(way), after.get(way)) or _order_only(base, after, way):
            continue
        homes = {(i.file, i.sheet) for i in base.inputs if way[0] == i.entry[0]}
        homes |= {(file, "") for file, _ in homes}
        if len(done) > 1:  # rows have moved in between: judge the sheet as a whole
            excused = bool(homes & told) or any(_taken_row(base, one, way, whole=True) for one in done)
        elif _taken_row(base, done[0], way):
            excused = True
        elif _taken_column(base, done[0], way):
            excused = "delete" in done[0].what or bool(homes & told)
        else:  # only as a whole, because of what is wrong in it
            whole = next((way[:n] for n, part in enumerate(way) if isinstance(part, int)), way[:2])
            excused = bool(homes & stopped) and (not way[1] or way[:2] not in after or not after.get(whole))
        if not excused:
            yield f"{[d.what for d in done]}: {way}: {base.entries.get(way)!r} became {after.get(way)!r} without a word"
            return


def _taken_row(base: Base, done: Done, way: Way, *, whole: bool = False) -> bool:
    taken = (
        {(f, s, r) for f, s, _ in (*done.taken, *done.columns) for r in _rows_of(base, f, s)} if whole else done.taken
    )
    lost = {i.entry for i in base.inputs if (i.file, i.sheet, i.row) in taken}
    renamed = bool(lost) and "move" in done.what and way[:2] not in base.entries  # another id has come to a row
    return renamed or any(way[: len(e)] == e or way[:2] == e[:2] for e in lost)


def _taken_column(base: Base, done: Done, way: Way) -> bool:
    names = tuple(p for p in way[2:] if isinstance(p, str))
    fields = {
        (i.layout.noun, *i.layout.path, *i.field.path)
        for i in base.inputs
        if (i.file, i.sheet, i.column) in done.columns
        or (i.layout.form and any(c[:2] == (i.file, i.sheet) for c in done.columns))
    }
    parts = {f[:n] for f in fields for n in range(2, len(f) + 1)}
    if any((f[1:] and "parameter" in f[1]) or f[1] == "value" for f in fields) and names[:1] == ("parameters",):
        return True
    return (way[0], *names) in parts


def _rows_of(base: Base, file: str, sheet: str) -> Iterator[int]:
    yield from {i.row for i in base.inputs if (i.file, i.sheet) == (file, sheet)}


def _order_only(base: Base, after: dict[Way, Any], way: Way) -> bool:
    """Say whether the entries of a list inside an entry are as before but for their order."""
    if not any(isinstance(part, int) for part in way):
        return False
    at = next(n for n, part in enumerate(way) if isinstance(part, int))

    def content(found: dict[Way, Any]) -> list[str]:
        each: dict[int, list[str]] = {}
        for w, value in found.items():
            if w[:at] == way[:at] and len(w) > at:
                each.setdefault(w[at], []).append(f"{w[at + 1 :]}{value}")
        return sorted(str(sorted(one)) for one in each.values())

    return content(base.entries) == content(after)
