"""Which documents each participant owes by form and role, and which of them are there.

The table is `bidkit/data/joint_documents.csv`. A document is there if an attachment with a file is known to be it: the
participant's `signs`, or one that answers the tender's request for it or is called by it, and names the participant if
each has its own. What is filled in in the buyer's portal bidkit cannot see: of that it only reminds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from bidkit import gate
from bidkit.consortium.roles import names, taking_part
from bidkit.diagnostics import Finding, Place, Severity, Word
from bidkit.i18n import N_
from bidkit.messages import consortium as say
from bidkit.model.bid import Attachment
from bidkit.model.codes import DATA
from bidkit.model.consortium import Participant
from bidkit.model.dossier import Dossier
from bidkit.model.tender import RequestedAttachment
from bidkit.record import record

FILE = "joint_documents.csv"


@record(frozen=True)
class Document:
    """A kind of document: what it is called, by which words it is known, and whether each participant has its own."""

    title: str  # msgid
    words: tuple[str, ...]  # in small letters, in Finnish, Swedish and English
    each: bool


DOCUMENTS: Mapping[str, Document] = {
    "espd": Document(
        N_("own ESPD (suitability form) in the portal"),
        ("espd", "kelpoisuusselvity", "hankinta-asiakirja", "upphandlingsdokument", "procurement document"),
        each=True,
    ),
    "power_of_attorney": Document(
        N_("signature or power of attorney"), ("valtakirja", "fullmakt", "power of attorney"), each=True
    ),
    "consortium_agreement": Document(
        N_("agreement between the members"),
        ("ryhmittymäsopimus", "konsortiosopimus", "yhteistyösopimus", "konsortieavtal", "consortium agreement"),
        each=False,
    ),
    "subcontractor_list": Document(
        N_("list of subcontractors with their shares"),
        ("alihankkij", "alihankint", "underleverant", "underentrepren", "subcontract"),
        each=False,
    ),
    "basic_data": Document(
        N_("basic data of the subcontractor in the portal"), ("perustiedot", "basuppgifter", "basic data"), each=True
    ),
    "commitment": Document(
        N_("commitment to put its resources at the lead's disposal"), ("sitoumus", "åtagande", "commitment"), each=True
    ),
    "member_agreement": Document(
        N_("agreement between the umbrella and the member"),
        ("jäsensopimus", "medlemsavtal", "member agreement"),
        each=True,
    ),
}


@record(frozen=True)
class Duty:
    """A row of the table: whoever has the role owes the document. ``reminder``: bidkit cannot see if it is done."""

    form: str
    role: str
    document: str
    signs: bool  # the participant's field `signs` names it
    reminder: bool
    verified: bool
    source: str


@record(frozen=True)
class Owed:
    """A document that a participant owes, with the attachment that is it and the tender's request for it, if any."""

    participant: Participant
    name: str  # of the organisation
    duty: Duty
    attachment: Attachment | None
    asked: RequestedAttachment | None

    @property
    def title(self) -> Word:
        """What the document is called."""
        return Word(DOCUMENTS[self.duty.document].title)

    @property
    def there(self) -> bool | None:
        """Whether it is there; None if that can be seen in the buyer's portal only."""
        if self.attachment is not None and self.attachment.file:
            return True
        return None if self.duty.reminder and self.asked is None else False

    @property
    def place(self) -> Place:
        """Where it can be mended."""
        if self.attachment is not None:
            return self.attachment.at.of("file")
        return self.participant.at.of("signs") if self.duty.signs else self.participant.at


@cache
def duties() -> tuple[Duty, ...]:
    """Return the table that ships with bidkit."""
    rows = (row for _, row in gate.rows((DATA / FILE).read_text(encoding="utf-8")))
    return tuple(
        Duty(
            row["form"],
            row["role"],
            row["document"],
            signs=row["signs"] == "yes",
            reminder=row["unasked"] == "note",
            verified=row["verified"] == "yes",
            source=row["source"],
        )
        for row in rows
    )


def owed(dossier: Dossier) -> tuple[Owed, ...]:
    """Return what each participant owes, in the order of the participants and of the table."""
    if dossier.consortium is None:
        return ()
    called, here = names(dossier), taking_part(dossier)
    found = []
    for one in here:
        for duty in duties():
            if (duty.form, duty.role) == (dossier.consortium.form, one.role) and _needed(duty, here):
                name = called.get(one.id, one.id)
                asked = _asked(dossier, duty)
                found.append(Owed(one, name, duty, _attachment(dossier, one, name, duty, asked), asked))
    return tuple(found)


def findings(dossier: Dossier) -> Iterator[Finding]:
    """Find documents that are missing, and remind of what is done in the portal."""
    if dossier.partly_read("attachments") or "participants" in dossier.incomplete:
        return  # what could not be read may be what is missing
    all_ = owed(dossier)
    for one in all_:
        if one.there is False:
            demanded = one.asked is not None and one.asked.mandatory
            severity = Severity.ERROR if demanded else Severity.WARNING
            yield say.DOCUMENT_MISSING.at(one.place, severity=severity, member=one.name, document=one.title)
    unseen = [one for one in all_ if one.there is None]
    if unseen and dossier.consortium is not None:
        who = tuple(dict.fromkeys(one.name for one in unseen))
        yield say.IN_THE_PORTAL.at(dossier.home("participants"), members=who)


def _needed(duty: Duty, here: tuple[Participant, ...]) -> bool:
    """Say whether there is anything to list: without subcontractors there is no list of them."""
    return duty.document != "subcontractor_list" or any(
        one.role in ("subcontractor", "umbrella_member") for one in here
    )


def _asked(dossier: Dossier, duty: Duty) -> RequestedAttachment | None:
    """Return the tender's request for a document, told by the words in its id or title."""
    words = DOCUMENTS[duty.document].words
    return next((one for one in dossier.requested_attachments if _says(words, one.id, *one.title.values())), None)


def _attachment(
    dossier: Dossier, one: Participant, name: str, duty: Duty, asked: RequestedAttachment | None
) -> Attachment | None:
    """Return the attachment that is a participant's document, one with a file before one without."""
    document = DOCUMENTS[duty.document]
    found = [x for x in dossier.attachments if duty.signs and x.id == one.signs]
    for x in dossier.attachments:
        texts = (x.id, x.file or "", *x.title.values())
        is_it = (asked is not None and x.answers == asked.id) or _says(document.words, *texts)
        if is_it and (not document.each or _says((one.id, name), *texts)):
            found.append(x)
    return next((x for x in found if x.file), found[0] if found else None)


def _says(words: tuple[str, ...], *texts: str) -> bool:
    """Say whether one of the texts has one of the words, whatever stands between its parts."""
    plain = [_plain(text) for text in texts]
    return any(_plain(word) in text for word in words for text in plain)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold().replace("ä", "a").replace("ö", "o") if letter.isalnum())
