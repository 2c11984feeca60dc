"""A tender to try with: who has described an organisation, its services and their costs sees a first bid at once.

Nothing of it is guessed about a real buyer: one lot with all services, each priced at its full cost, VAT not
decided. A bid made so is always a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bidkit.diagnostics import Place
from bidkit.i18n import N_, Translator, languages
from bidkit.model.cost import CostBasis
from bidkit.model.dossier import NOUNS, nouns_of
from bidkit.model.service import Service

_LOT = "kaikki"
_TITLE, _BUYER, _ALL = N_("Trial bid"), N_("Buyer (not yet known)"), N_("All services")
_LETTER = N_(
    "This is a trial bid made without a tender. It shows our services and what they cost, so that we can see what is "
    "still missing. It is not meant to be sent."
)
_SUMMARY = N_("A trial of all our services, priced at their full cost without a margin.")


def is_untouched(written: Mapping[str, Any], incomplete: frozenset[str]) -> bool:
    """Say whether nothing is written yet of a tender or of an answer to one.

    The language of the bid is no answer yet: ``bidkit init`` asks for it at the very beginning.
    """
    tender = set(nouns_of("tender", "bid"))
    begun = {name for name in tender if written.get(name) and not _only_language(name, written[name])}
    return not begun and not tender & incomplete


def language(written: Mapping[str, Any]) -> str:
    """Return the language that a bid was promised in, Finnish if none was."""
    bid = written.get("bid")
    said = str(bid.get("language")) if isinstance(bid, Mapping) else ""
    return said if said in languages() else "fi"


def _only_language(name: str, value: Any) -> bool:
    return name == "bid" and isinstance(value, Mapping) and not set(value) - {"@", "language"}


def nouns(entries: Mapping[str, Any], at: Place, bid_language: str) -> dict[str, Any]:
    """Return tender and bid for the services in ``entries``; everything stands at ``at``."""
    services: tuple[Service, ...] = entries["services"]
    basis: CostBasis = entries["cost_basis"]
    first, last = f"1.1.{basis.year}", f"31.12.{basis.year}"
    written: dict[str, Any] = {
        "tender": {
            "title": _texts(_TITLE),
            "reference": "–",
            "buyer": _texts(_BUYER),
            "procedure": "direct",
            "deadline": f"{last} 16:00",
            "contract": {"start": first, "end": last, "@": at},
            "languages": list(languages()),
            "price_in_bid": "kyllä",
        },
        "lots": [{"id": _LOT, "number": "1", "title": _texts(_ALL)}],
        "price_lines": [
            {"id": f"rivi-{n}", "number": f"1.{n}", "lot": _LOT, "title": _named(one), "unit": _unit(one)}
            for n, one in enumerate(services, 1)
        ],
        "bid": {
            "language": bid_language,
            "date": first,
            "valid_until": last,
            "letter": _texts(_LETTER),
            "summary": _texts(_SUMMARY),
        },
        "lot_offers": [{"lot": _LOT, "services": [one.id for one in services]}],
        "prices": [
            {
                "line": f"rivi-{n}",
                "service": one.id,
                "strategy": "cost_plus",
                "margin": "0",
                "vat": {"status": "unknown", "@": at},
            }
            for n, one in enumerate(services, 1)
        ],
    }
    return {name: _read(name, value, at) for name, value in written.items()}


def client_groups(services: tuple[Service, ...]) -> tuple[Any, ...]:
    """Return the groups that services name, called by their ids: nobody has described them yet."""
    model = NOUNS["client_groups"].model
    first = {group: one for one in reversed(services) for group in one.client_groups}
    return tuple(model.model_validate({"id": id_, "name": id_, "@": one.at}) for id_, one in first.items())


def _read(name: str, value: Any, at: Place) -> Any:
    model = NOUNS[name].model
    if isinstance(value, list):
        return tuple(model.model_validate({**one, "@": at}) for one in value)
    return model.model_validate({**value, "@": at})


def _named(service: Service) -> dict[str, str]:
    return {language or "fi": name for language, name in service.name.items()}


def _unit(service: Service) -> str:
    return service.work_hours[0].unit if service.work_hours else "hour"


def _texts(msgid: str) -> dict[str, str]:
    return {language: Translator(language, ("workbook",)).text(msgid) for language in languages()}
