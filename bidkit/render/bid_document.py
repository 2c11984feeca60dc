"""The Word bid: an assessment printed through a template, in the bid's own language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bidkit.diagnostics import Finding, Place, Word
from bidkit.i18n import N_
from bidkit.messages import document as say
from bidkit.render.context import context
from bidkit.render.context.fields import names
from bidkit.render.context.writer import translator
from bidkit.stages import Assessment
from bidkit.templates import Names, Properties, Template

NAMES: dict[str, Names] = names()
# What a bid should hardly go without: if the dossier has it and the template has no field of it, that is said.
_CHAPTERS = {
    "group": N_("Bidding together"),
    "members": N_("The bidder"),
    "conditions": N_("Fulfilment of the requirements"),
    "lots.services": N_("Service descriptions"),
    "staff": N_("Staff"),
    "references": N_("References"),
    "evidence": N_("Results by client group"),
    "criteria": N_("Answers to the quality criteria"),
    "bid.letter": N_("Cover letter"),
    "bid.summary": N_("Summary"),
    "bid.responsibility": N_("Social responsibility"),
    "bid.data_protection": N_("Data protection"),
    "price": N_("Prices"),
    "attachments": N_("Attachments"),
    "annex": N_("Annex: members"),
    "sources": N_("Sources of the figures"),
}


def render(
    assessment: Assessment,
    template: Template,
    *,
    build_id: str,
    created: datetime,
    draft: bool,
    faults: int = 0,
    shipped: bool = False,
) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the .docx and what is to be said of it; no bytes if the template has faults.

    The file's properties are those of the bidder; ``created`` is a date of the dossier, never the clock. A draft
    tells how many ``faults`` there are beside the open conditions. A template that is ``shipped`` is ours: its user is
    told of another rather than how to change it.
    """
    data, findings = context(assessment, build_id=build_id, draft=draft, faults=faults)
    bid = assessment.bid
    words = translator(bid.language)
    lead = bid.members[0].organisation
    properties = Properties(
        title=words.text(N_("Bid: {title}"), title=bid.words(bid.tender.title) or bid.tender.reference),
        creator=lead.name,
        identifier=build_id,
        created=created,
        language=bid.language,
    )
    if wrong := template.faults or template.check(NAMES):
        return b"", (*findings, *wrong)
    if not bid.dossier.trial:  # a first look at a bid needs no chapter in particular
        findings += _not_printed(template, data, say.FULL_TEMPLATE if shipped else say.NOT_PRINTED.hint)
    rendered = template.render(data, properties, draft=words.text(N_("DRAFT")) if draft else "")
    return rendered.data, (*findings, *rendered.faults)


def _not_printed(template: Template, data: dict[str, Any], hint: str) -> list[Finding]:
    """Return one note that names the chapters which have content but no field in this template."""
    used = template.fields()
    left_out = tuple(
        Word(title)
        for path, title in _CHAPTERS.items()
        if _content(data, path) and not any(name == path or name.startswith(f"{path}.") for name in used)
    )
    if not left_out:
        return []
    return [replace(say.NOT_PRINTED, hint=hint).at(Place(template.file), template=template.file, what=left_out)]


def _content(data: Any, path: str) -> bool:
    for name in path.split("."):
        data = [one[name] for one in data if one[name]] if isinstance(data, list) else data[name]
    return bool(data)
