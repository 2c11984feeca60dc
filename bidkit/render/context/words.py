"""Enumerations in words: what a reader of the bid sees in place of our codes."""

from __future__ import annotations

from collections.abc import Mapping

from bidkit.i18n import N_
from bidkit.stages import State

PROCEDURES: Mapping[str, str] = {
    "open": N_("Open procedure"),
    "restricted": N_("Restricted procedure"),
    "framework": N_("Framework agreement"),
    "dps": N_("Dynamic purchasing system"),
    "dps_call": N_("Call within a dynamic purchasing system"),
    "dynamic_small": N_("Dynamic small procurement"),
    "voucher": N_("Service voucher"),
    "direct": N_("Direct award"),
    "negotiated": N_("Negotiated procedure"),
}
LEGAL_FORMS: Mapping[str, str] = {
    "association": N_("Registered association"),
    "foundation": N_("Foundation"),
    "cooperative": N_("Cooperative"),
    "company": N_("Limited company"),
    "municipality": N_("Municipality"),
    "joint_authority": N_("Joint municipal authority"),
    "sole_trader": N_("Sole trader"),
    "other": N_("Other legal form"),
}
REGISTERS: Mapping[str, str] = {
    "prepayment": N_("prepayment register"),
    "employer": N_("employer register"),
    "vat": N_("VAT register"),
    "trade": N_("trade register"),
    "association": N_("register of associations"),
    "foundation": N_("register of foundations"),
    "social_services": N_("register of social service providers"),
}
PHASES: Mapping[str, str] = {
    "referral": N_("Referral"),
    "start": N_("Start"),
    "period": N_("Service period"),
    "end": N_("End"),
    "follow_up": N_("Follow-up"),
}
UNITS: Mapping[str, str] = {
    "hour": N_("hour"),
    "client": N_("client"),
    "client_day": N_("client-day"),
    "group": N_("group"),
    "month": N_("month"),
    "start": N_("start of a service"),
    "outcome": N_("outcome"),
    "visit": N_("visit"),
}
INDICATORS: Mapping[str, str] = {
    "employed": N_("Employed in the open labour market"),
    "subsidised_work": N_("Employed with a wage subsidy"),
    "self_employed": N_("Self-employed"),
    "work_trial": N_("In a work trial"),
    "education_started": N_("Started education"),
    "education_completed": N_("Completed education"),
    "moved_on": N_("Moved on in the service path"),
    "dropped_out": N_("Left the service early"),
    "work_ability": N_("Work ability improved"),
    "satisfaction": N_("Satisfied with the service"),
    "employers_contacted": N_("Was in touch with employers"),
}
SHORT_INDICATORS: Mapping[str, str] = {
    "employed": N_("Open market"),
    "subsidised_work": N_("Subsidised"),
    "self_employed": N_("Own business"),
    "work_trial": N_("Work trial"),
    "education_started": N_("To education"),
    "education_completed": N_("Educated"),
    "moved_on": N_("Moved on"),
    "dropped_out": N_("Left early"),
    "work_ability": N_("Work ability"),
    "satisfaction": N_("Satisfied"),
    "employers_contacted": N_("Employers"),
}
LEVELS: Mapping[str, str] = {
    "a1": N_("A1"),
    "a2": N_("A2"),
    "b1": N_("B1"),
    "b2": N_("B2"),
    "c1": N_("C1"),
    "c2": N_("C2"),
    "native": N_("mother tongue"),
}
QUALIFICATIONS: Mapping[str, str] = {
    "vocational": N_("vocational qualification"),
    "specialist": N_("specialist vocational qualification"),
    "bachelor": N_("bachelor's degree"),
    "master": N_("master's degree"),
    "licensed": N_("licensed professional"),
    "training": N_("further training"),
}
ROLES: Mapping[str, str] = {
    "coach": N_("Coaching"),
    "counsellor": N_("Counselling"),
    "manager": N_("Management"),
    "specialist": N_("Specialist work"),
    "instructor": N_("Instruction"),
    "supervisor": N_("Supervision of work"),
    "trainer": N_("Training"),
    "coordinator": N_("Coordination"),
    "psychologist": N_("Psychology"),
    "social_worker": N_("Social work"),
    "nurse": N_("Nursing"),
    "administrator": N_("Administration"),
}
VERDICTS: Mapping[State, str] = {
    State.MET: N_("Met"),
    State.NOT_MET: N_("Not met"),
    State.CANNOT_TELL: N_("Not known"),
    State.ATTESTED: N_("Attested"),
    State.NOT_APPLICABLE: N_("Does not concern this bid"),
    State.MET_BY: N_("Met as of {day}"),
}
BINDINGS: Mapping[str, str] = {
    "knock_out": N_("mandatory"),
    "scored": N_("scored"),
    "information": N_("for information"),
}
VAT: Mapping[str, str] = {
    "standard": N_("VAT {rate}"),
    "exempt": N_("exempt from VAT"),
    "not_liable": N_("seller not liable to VAT"),
    "unknown": N_("VAT status open"),
}
# Noun of the dossier → what its entries are called in the list of sources.
NOUNS: Mapping[str, str] = {
    "organisation": N_("Bidder's basic facts"),
    "certificates": N_("Certificate"),
    "insurances": N_("Insurance"),
    "sites": N_("Site"),
    "staff": N_("Staff member"),
    "references": N_("Reference"),
    "client_groups": N_("Client group"),
    "services": N_("Service"),
    "cost_basis": N_("Cost basis"),
    "salaries": N_("Pay"),
    "cost_items": N_("Cost item"),
    "outcomes": N_("Outcome row"),
    "tender": N_("Call for tenders"),
    "lots": N_("Lot"),
    "conditions": N_("Condition"),
    "criteria": N_("Award criterion"),
    "price_lines": N_("Price line"),
    "requested_attachments": N_("Requested attachment"),
    "bid": N_("Bid"),
    "lot_offers": N_("Offer for a lot"),
    "prices": N_("Price"),
    "answers": N_("Quality answer"),
    "attestations": N_("Attestation"),
    "attachments": N_("Attachment"),
    "consortium": N_("Form of the joint bid"),
    "light_member": N_("Form of a small member"),
}
# Noun → chapter of the bid in which its entries are described; the headings of the templates are the same words.
CHAPTERS: Mapping[str, str] = {
    "organisation": N_("The bidder"),
    "certificates": N_("The bidder"),
    "insurances": N_("The bidder"),
    "sites": N_("Service descriptions"),
    "services": N_("Service descriptions"),
    "lot_offers": N_("Service descriptions"),
    "staff": N_("Staff"),
    "references": N_("References"),
    "outcomes": N_("Results by client group"),
    "answers": N_("Answers to the quality criteria"),
    "prices": N_("Prices"),
    "attachments": N_("Attachments"),
}
JOINT_CHAPTERS: Mapping[str, str] = {
    **dict.fromkeys(("organisation", "certificates", "insurances", "sites"), N_("Annex: members")),
    "light_member": N_("Annex: members"),
    "consortium": N_("Bidding together"),
    "participants": N_("Bidding together"),
}
# Form of a consortium (empty: not told) → heading, and how they answer to the buyer.
FORMS: Mapping[str, str] = {
    "group": N_("Group of bidders"),
    "subcontracting": N_("Bid with subcontractors"),
    "reliance": N_("Reliance on the capacities of others"),
    "umbrella": N_("Umbrella of small organisations"),
    "": N_("Bidding together"),
}
HOW: Mapping[str, str] = {
    "group": N_("The organisations give this bid together as a group. They have named one of them as the lead."),
    "subcontracting": N_("The lead gives this bid. The other organisations do the parts of the work named below."),
    "reliance": N_(
        "The lead gives this bid. It meets some of the requirements with what the organisations named below have."
    ),
    "umbrella": N_(
        "The lead gives this bid and is the buyer's only contract party and contact. Small organisations near the "
        "clients do their part under it."
    ),
    "": N_("The organisations named below give this bid together."),
}
USUAL_ROLES: Mapping[str, str] = {
    "group": "member", "subcontracting": "subcontractor", "reliance": "capacity", "umbrella": "umbrella_member",
    "": "member",
}  # fmt: skip
PARTS: Mapping[str, str] = {
    "lead": N_("Lead"),
    "member": N_("Member"),
    "subcontractor": N_("Subcontractor"),
    "capacity": N_("Lends its capacities"),
    "umbrella_member": N_("Small member"),
}
# Role → what the attachment named as a participant's signature is.
BOUND: Mapping[str, str] = {
    "member": N_("Authorises the lead, or signs, in the attachment"),
    "subcontractor": N_("Commits itself to its part in the attachment"),
    "capacity": N_("Commits its capacities in the attachment"),
    "umbrella_member": N_("Agreement with the lead in the attachment"),
}
