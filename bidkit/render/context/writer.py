"""What every part of the context needs: words in the bid's language, narrative texts, and the rows they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from bidkit.conditions._base import LANGUAGES
from bidkit.consortium import roles
from bidkit.diagnostics import Finding, Measure
from bidkit.i18n import LOCALE, N_, Translator, grid
from bidkit.messages import document as say
from bidkit.model import narrative
from bidkit.model._base import Entry, Period
from bidkit.model.codes import municipalities
from bidkit.model.dossier import NOUNS
from bidkit.render.context import words
from bidkit.stages import Assessment
from bidkit.templates.values import Block, Rich, Run

NONE = "–"  # stands in a cell that has nothing to say
# Nouns whose ids each member of a joint bid gives for itself, so that two may have the same one.
OWN = frozenset({"organisation", "certificates", "insurances", "sites", "staff", "references", "light_member"})
_HIDDEN_PRICES = ("prices.", "price_lines.")
# A number and its unit, and "p. 4": they stay on one line.
_UNBROKEN = re.compile(r"(?<=\d) (?=[€%]|[^\W\d_]+/)|(?<=\b[sp]\.) (?=\d)")


def translator(language: str) -> Translator:
    """Return the words of a bid in ``language``: its own, and those of every kind of condition."""
    kinds = sorted(path.stem for path in (LOCALE / "fi").glob("conditions*.po"))
    return Translator(language, ("document", "common", "consortium", *kinds))


class Writer:
    """Turns dossier entries into the plain data that a template prints, and remembers which rows were used."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.bid = assessment.bid
        self.tender = self.bid.tender
        self.dossier = self.bid.dossier
        self.say = translator(self.bid.language)
        self.figures = self.bid.figures
        self.disclosed = self.figures.disclosed
        self.prices_shown = self.tender.price_in_bid
        self.joint = self.dossier.joint
        # Id → name of everybody who takes part, the lead first.
        self.names = dict(sorted(roles.names(self.dossier).items(), key=self._order))
        self.findings: list[Finding] = []
        self._sources: dict[str, int] = {}  # row → number, in the order of first use

    def _order(self, one: tuple[str, str]) -> tuple[int, str]:
        ids = [member.organisation.id for member in self.bid.members]
        return (ids.index(one[0]) if one[0] in ids else len(ids), one[0])

    # --- words ---------------------------------------------------------------------------------
    def text(self, texts: Mapping[str, str] | None, *, at: Entry | None = None, name: str = "") -> str:
        """Return a short text on one line, figures filled in; empty if there is none."""
        written = self.bid.words(texts)
        if not written:
            return ""
        return " ".join(narrative.plain(self._worded(written, at, name)).split())

    def rich(self, texts: Mapping[str, str] | None, *, at: Entry | None = None, name: str = "") -> Rich | None:
        """Return a narrative text as paragraphs, figures filled in; None if there is none."""
        written = self.bid.words(texts)
        paragraphs = self._worded(written, at, name) if written else ()
        return rich(paragraphs)

    def worded(self, texts: Mapping[str, str] | None, *, at: Entry, name: str) -> tuple[narrative.Paragraph, ...]:
        """Return the paragraphs of a narrative text, figures filled in."""
        return self._worded(self.bid.words(texts), at, name)

    def _worded(self, written: str, at: Entry | None, name: str) -> tuple[narrative.Paragraph, ...]:
        for reference in narrative.references(written):
            row = self.figures.row(reference)
            if self.figures.find(reference) is not None:  # what names nothing is printed as it stands
                self.cite(row, of=self._folder(at) if row.partition(".")[0] in OWN else "")
            if at is not None and not self.prices_shown and f"{row}.".startswith("prices."):
                self.findings.append(say.PRICE_IN_TEXT.at(at.at.of(name), reference=reference))
        return narrative.worded(written, self.figures, self.say)

    def word(self, table: Mapping[str, str], code: str) -> str:
        """Return the word of a code; a code that we have no word for is a word of the dossier's own."""
        msgid = table.get(code)
        return self.say.text(msgid) if msgid else code.replace("_", " ").replace("-", " ").capitalize()

    def many(self, parts: Iterable[str]) -> str:
        """Return the parts with commas, each once."""
        return ", ".join(dict.fromkeys(part for part in parts if part))

    def languages(self, codes: Iterable[str]) -> str:
        """Return the names of languages."""
        return self.many(self._language(code) for code in codes)

    def _language(self, code: str) -> str:
        if code in LANGUAGES:
            return self.say.text(LANGUAGES[code])
        from babel import Locale  # knows all others, but is slow to begin

        return str(Locale.parse(self.bid.language).languages.get(code, code))

    def area(self, codes: Iterable[str]) -> str:
        """Return the names of municipalities."""
        known = municipalities()
        return self.many(known[code].names[self.bid.language] for code in codes)

    def day(self, value: date | None) -> str:
        """Return a date; a dash if there is none."""
        return NONE if value is None else self.say.day(value)

    def span(self, period: Period) -> str:
        """Return a period, ``1.1.2025–31.12.2025``; one that goes on ends with the dash."""
        start = self.say.day(period.start)
        return f"{start}–{self.say.day(period.end)}" if period.end else f"{start}–"

    def percent(self, value: Decimal, places: int | None = None) -> str:
        """Return a percentage that no line break cuts."""
        return glued(self.say.percent(value, places))

    def money(self, value: Decimal, places: int = 2) -> str:
        """Return euros that no line break cuts."""
        return glued(self.say.money(value, places))

    def measure(self, value: Decimal | int, unit: str) -> str:
        """Return a number with its unit, at most two decimals, on one line: 38 h 20 min is 38.33 h."""
        amount = grid(value, 2) if isinstance(value, Decimal) else value
        return self.say.fact(Measure(amount, unit)).replace(" ", "\xa0", 1)

    def facts(self, *pairs: tuple[str, str | None]) -> list[dict[str, object]]:
        """Return label and value of those facts that have a value; labels are msgids."""
        return [{"label": self.say.text(label), "value": value} for label, value in pairs if value]

    # --- rows ----------------------------------------------------------------------------------
    def cite(self, *rows: str, of: str = "") -> str:
        """Remember that figures of these rows are printed; return their numbers in the list of sources.

        A field of a noun that is one entry, ``bid.language``, stands for that entry. ``of`` is the member of a joint
        bid that holds the rows, where two may have rows of the same name. Rows may be given with it too: ``x/staff.a``.
        """
        whole = (self._whole(row, of) for row in rows)
        numbers = [self._sources.setdefault(row, len(self._sources) + 1) for row in dict.fromkeys(whole)]
        mark = self.say.text(N_("S"))
        spans = _spans(sorted(numbers))
        return ", ".join(f"{mark}{a}" if a == b else f"{mark}{a}–{mark}{b}" for a, b in spans)

    def _whole(self, row: str, of: str) -> str:
        holder, _, own = row.rpartition("/")
        noun = own.partition(".")[0]
        whole = noun if NOUNS[noun].holds == "one" else own
        held = f"{holder or of}/{whole}"
        return held if self.joint and held in self.entries else whole

    def _folder(self, at: Entry | None) -> str:
        """Return the id of the member in whose folder an entry stands; empty if it is not told."""
        where = at.at.file.rpartition("/")[0] if at is not None and self.joint else ""
        owners = {m.organisation.at.file.rpartition("/")[0]: m.organisation.id for m in self.bid.members}
        return owners.get(where, "")

    def sources(self) -> dict[str, str]:
        """Return row → number in the list of sources."""
        mark = self.say.text(N_("S"))
        return {row: f"{mark}{number}" for row, number in self._sources.items()}

    def chapter(self, row: str) -> str:
        """Return the chapter in which a row is described; empty if it has none of its own."""
        noun = row.rpartition("/")[2].partition(".")[0]
        if noun in ("prices", "price_lines") and not self.prices_shown:
            return self.say.text(N_("Price form"))
        msgid = words.JOINT_CHAPTERS.get(noun) if self.joint else None
        msgid = msgid or words.CHAPTERS.get(noun)
        return self.say.text(msgid) if msgid else ""

    def tells_price(self, rows: Iterable[str]) -> bool:
        """Return whether a judgement on these rows would tell a price that only the price form may show."""
        return not self.prices_shown and any(row.startswith(_HIDDEN_PRICES) for row in rows)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry of the dossier by its row, ``services.valmennus``; of two members' same row the first.

        In a joint bid what each has of its own stands under ``member/row`` as well.
        """
        found: dict[str, Entry] = {}
        for noun, one in self.dossier.entries():
            found.setdefault(_row(noun, one), one)
        if self.joint:
            for member in self.bid.members:
                for noun in OWN - {"light_member"}:
                    held = getattr(member, noun)
                    for one in held if isinstance(held, tuple) else (held,):
                        found[f"{member.organisation.id}/{_row(noun, one)}"] = one
            found |= {f"{one.id}/light_member": one for one in self.dossier.light_member}
        return found


def _row(noun: str, one: Entry) -> str:
    return noun if NOUNS[noun].holds == "one" else f"{noun}.{one.key}"


def glued(text: str) -> str:
    """Return a text in which no line break parts a number from its unit or its ``p.``."""
    return _UNBROKEN.sub("\xa0", text)


def _spans(numbers: list[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of numbers, a run of two as two: 1 2 4 5 6 gives 1, 2, 4–6."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return [one for a, b in spans for one in ([(a, a), (b, b)] if b == a + 1 else [(a, b)])]


def rich(paragraphs: Iterable[narrative.Paragraph]) -> Rich | None:
    """Return paragraphs as a block value; None if there are none."""
    blocks = tuple(
        Block(one.kind, tuple(Run(span.text, span.bold, span.italic) for span in one.spans)) for one in paragraphs
    )
    return Rich(blocks) if blocks else None
