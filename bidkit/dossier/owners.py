"""Lists inside entries have sheets of their own: each row names the entry that it belongs to."""

from __future__ import annotations

from bidkit.diagnostics import Fact, Message, Name, Place, Refused, Told
from bidkit.dossier import sheets
from bidkit.dossier.sheet_reader import Entry, Read, near_to, new_entry
from bidkit.dossier.table import Table
from bidkit.messages import values
from bidkit.messages import workbook as say
from bidkit.model._base import is_id
from bidkit.model.dossier import NOUNS


def attach(table: Table, home: str) -> None:
    """Give each row of a list to the entry that it belongs to."""
    noun, path, into = table.sheet.noun, table.sheet.path, table.into
    owners = into.nouns.get(noun)
    if isinstance(owners, dict):
        found = list(table.entries(home))
        if found:
            _group(owners, path[:-1])[path[-1]] = found
        return
    list_of = _Owners(table, owners or [])
    for entry in table.entries(home):
        list_of.take(entry)
    list_of.close()


def about_lost_sheets(into: Read) -> None:
    """Tell of a sheet with a list that entries cannot do without, if it is not there at all."""
    for sheet in (sheet for noun in into.nouns for sheet in sheets.sheets_for(noun)):
        owners = into.nouns[sheet.noun]
        if not sheet.in_every_entry or sheet.name in into.homes or not isinstance(owners, list) or not owners:
            continue
        owner = into.homes[sheet.noun]
        title = sheets.words("fi").text(sheet.title)
        place = Place(owner.file, f"{title}!A1")
        facts: dict[str, Fact] = {"sheet": Name(sheet.name), "owner": Name(sheet.noun)}
        into.findings.append(say.NO_SHEET.of(place, facts))
        for one in owners:
            one.setdefault(sheet.path[-1], Told(say.NO_SHEET))


class _Owners:
    """The entries of a noun, to which the rows of one list belong."""

    def __init__(self, table: Table, owners: list[Entry]) -> None:
        self.table, self.owners = table, owners
        self.field = table.sheet.path[-1]
        self.title = Name(table.sheet.noun)
        key = sheets.sheets_for(table.sheet.noun)[0].key.path[0]
        ids = [(owner.get(key), owner) for owner in owners]
        self.by_id: dict[str, Entry] = {}
        # Whose own id is at fault: a row that belongs to nothing else may be theirs.
        self.unsure: list[Entry] = []
        for id_, owner in ids:
            if isinstance(id_, str) and id_ not in self.by_id:
                self.by_id[id_] = owner
                self.unsure += [] if is_id(id_) else [owner]
            else:
                self.unsure.append(owner)
        self.orphans = False

    def take(self, entry: Entry) -> None:
        """Give one row to its owner, or say that there is none."""
        name = self.table.sheet.key.path[0]
        id_, place = entry.pop(name, None), entry["@"].of(name)
        if id_ is None or (isinstance(id_, str) and not _visible(id_)):
            self._orphan(values.MISSING_FIELD, place, field=Name(field=name, titles=self.table.sheet.key.titles))
        elif isinstance(id_, Refused):
            self.orphans = True
            if not isinstance(id_, Told):
                self.table.into.findings.append(id_.at(place))
        elif id_ in self.by_id:
            rows = self.by_id[id_].setdefault(self.field, [])
            if isinstance(rows, list) and not _says_none(entry):
                rows.append(entry)
        elif self.unsure:
            self.unsure[0].setdefault(self.field, []).append(entry)
        elif self.owners or not self._is_told():
            near = near_to(str(id_).casefold(), list(self.by_id))
            shown = (near,) if near else tuple(self.by_id)[:3]
            self._orphan(say.NO_PARENT, place, id=str(id_), sheet=self.title, near=shown)

    def _is_told(self) -> bool:
        """Say whether it is told anyway that there are no owners at all."""
        noun = self.table.sheet.noun
        return NOUNS[noun].required or noun in self.table.into.incomplete

    def _orphan(self, message: Message, place: Place, **facts: Fact) -> None:
        self.orphans = True
        self.table.find(message, place, None, **facts)

    def close(self) -> None:
        """Say which owners have no row and need one; if rows belong to nothing, they may be theirs."""
        if not self.table.sheet.in_every_entry:
            return
        headless = self.orphans or (bool(self.table.data.rows) and not self.table.at_columns)
        sheet = Name(self.table.sheet.name)
        for id_, owner in self.by_id.items():
            if self.field not in owner:
                unclear = headless or any(owner is one for one in self.unsure)
                owner[self.field] = Told(say.NO_PARENT) if unclear else Refused(say.NO_ROWS, id=id_, sheet=sheet)
        for owner in self.unsure:
            owner.setdefault(self.field, next(iter(self.by_id.values()), {}).get(self.field, Told(say.NO_PARENT)))


def _group(entry: Entry, path: tuple[str, ...]) -> Entry:
    """Return the group of fields at ``path``, made if it is not there."""
    for name in path:
        entry = entry.setdefault(name, new_entry(entry["@"].of(name)))
    return entry


def _visible(text: str) -> str:
    """Return a text without what nobody sees: spaces, and marks without width."""
    return "".join(c for c in text if c.isprintable()).strip()


def _says_none(entry: Entry) -> bool:
    """Say whether a row of a list holds nothing but “–”: the entry it names has none, and means it."""
    return len(entry) == 2 and sheets.EMPTY_LIST in entry.values()
