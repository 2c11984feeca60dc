"""Mandatory attachments: every one that the tender asks for is there, in a file type it accepts."""

from pathlib import PurePosixPath
from typing import ClassVar

from pydantic import Field

from bidkit.conditions._base import About, Aggregate, Kind
from bidkit.diagnostics import Fact, Measure, Place
from bidkit.i18n import N_
from bidkit.model._base import Ids, Words
from bidkit.model.bid import Attachment
from bidkit.model.tender import RequestedAttachment
from bidkit.stages import PricedBid, Scope, Verdict


class MandatoryAttachments(Kind):
    """Every attachment that the tender demands must go with the bid, in a file type that the buyer accepts.

    The tender says it like this: “Liite on pakollinen” or, in a portal, “lataus vaaditaan”. A bid that lacks
    one often cannot be sent at all.

    bidkit goes through the attachments asked for (`requested_attachments`) that are mandatory, or those that
    the condition names in `attachments`. For each there must be an entry in `attachments` whose field `answers`
    names it, with the name of a file; its ending must be among the file types accepted (`file_types` of the
    request, or of the condition for all of them). If several files answer one request, each of them must do.

    Only the names are judged: whether the file is in the folder `attachments/` and can be opened is seen when
    you send the bid.

    If it is not met, add the attachment, or save the file again in a type that is accepted. An entry without a
    file is a place kept free: it cannot be told what will be in it.

    Example: `kind: mandatory_attachments`; or only some of them: `parameters: {attachments: [hintalomake,
    cv-lomake], file_types: [pdf]}`.
    """

    number: ClassVar[int] = 56
    title: ClassVar[str] = N_("Mandatory attachments")
    aggregate: ClassVar[Aggregate] = "lead"
    about: ClassVar[About] = "bid"

    attachments: Ids = Field(
        default=(),
        title=N_("Requested attachments"),
        description=N_("Ids of the attachments asked for; none named: all that are mandatory"),
    )
    file_types: Words = Field(
        default=(), title=N_("File types"), description=N_("File types accepted for all of them: pdf, docx, xlsx")
    )

    def judge(self, bid: PricedBid, scope: Scope) -> Verdict:
        """Look for what is missing, then for wrong file types, then for names that are not told."""
        dossier = bid.bid.dossier
        asked = {one.id: one for one in dossier.requested_attachments}
        strange = [one for one in self.attachments if one not in asked]
        if strange:
            return self.cannot_tell(
                N_("The condition names attachments that are not among those asked for: {attachments}."),
                hint=N_("Add them {@requested_attachments:to}, or correct condition {condition} in {file}."),
                place=scope.condition.at.of("parameters"),
                attachments=tuple(strange),
                condition=scope.condition.id,
            )
        wanted = [one for one in asked.values() if (one.id in self.attachments if self.attachments else one.mandatory)]
        if not wanted:
            return self.not_applicable(N_("The tender asks for no mandatory attachment."))
        return self._look(bid, {one.id: one for one in wanted})

    def _look(self, bid: PricedBid, wanted: dict[str, RequestedAttachment]) -> Verdict:
        given = [one for one in bid.bid.dossier.attachments if one.answers in wanted]
        missing = [one for one in wanted.values() if one.id not in {x.answers for x in given}]
        wrong = [x for x in given if x.file and not self._accepts(wanted[str(x.answers)], x.file)]
        empty = [x for x in given if not x.file]
        faulty = {one.id for one in missing} | {x.answers for x in (*wrong, *empty)}
        found = len(wanted) - len(faulty)
        if missing or not (wrong or empty):
            titles: tuple[Fact, ...] = tuple(bid.bid.words(one.title) for one in missing)
            place = missing[0].at if missing else given[0].at
            return self._number(found, len(wanted), given, place, titles, tuple(one.id for one in missing))
        if wrong:
            return self._wrong_type(bid, wanted, given, wrong[0], found)
        return self.missing(
            N_("Attachments ready: {ready}. Required: {required}. No file is named for {title}."),
            row=f"attachments.{empty[0].id}",
            field="file",
            place=empty[0].at.of("file"),
            required=Measure(len(wanted), "attachments"),
            ready=Measure(found, "attachments"),
            title=bid.bid.words(empty[0].title),
        )

    def _types(self, asked: RequestedAttachment) -> tuple[str, ...]:
        return tuple(one.lower().lstrip(".") for one in self.file_types or asked.file_types)

    def _accepts(self, asked: RequestedAttachment, file: str) -> bool:
        types = self._types(asked)
        return not types or PurePosixPath(file).suffix.lower().lstrip(".") in types

    def _number(
        self,
        found: int,
        wanted: int,
        given: list[Attachment],
        place: Place,
        titles: tuple[Fact, ...],
        ids: tuple[str, ...],
    ) -> Verdict:
        return self.at_least(
            found,
            wanted,
            "attachments",
            met=N_("Mandatory attachments ready: {found}. Required: {required}."),
            not_met=N_("Mandatory attachments ready: {found}. Required: {required}. Missing: {titles}."),
            hint=N_("Add an entry {@attachments:to} whose field {@attachments.answers} names what is missing: {ids}."),
            rows=[f"attachments.{one.id}" for one in given],
            places=[one.at for one in given],
            place=place,
            titles=titles,
            ids=ids,
        )

    def _wrong_type(
        self,
        bid: PricedBid,
        wanted: dict[str, RequestedAttachment],
        given: list[Attachment],
        wrong: Attachment,
        found: int,
    ) -> Verdict:
        place = wrong.at.of("file")
        return self.at_least(
            found,
            len(wanted),
            "attachments",
            met="",
            not_met=N_(
                "Mandatory attachments ready: {found}. Required: {required}. "
                "{title} is the file {name}; file types accepted: {accepted}."
            ),
            hint=N_("Save it as {accepted}, and correct {@attachments.file} of {row} in {file}."),
            rows=[f"attachments.{one.id}" for one in given],
            places=[one.at for one in given],
            place=place,
            title=bid.bid.words(wrong.title),
            name=wrong.file,
            accepted=self._types(wanted[str(wrong.answers)]),
            row=f"attachments.{wrong.id}",
        )
