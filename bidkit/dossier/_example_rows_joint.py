"""What the grey example rows of a consortium and of a small member's form say; shown and known again in `_examples`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_MANAGERS = ("Toiminnanjohtajat", "Verksamhetsledarna", "The executive directors")
_AGREED = {"agreed": True, "by": _MANAGERS, "on": date(2027, 1, 12)}
_DIRECTOR = ("Vetäjän toiminnanjohtaja", "Ledarens verksamhetsledare", "Executive director of the lead")

# Sheet → its rows, as `_example_rows.EXAMPLES`: the association of those leads, its partner is the other member.
EXAMPLES: Mapping[tuple[str, ...], tuple[dict[str, Any], ...]] = {
    ("consortium",): (
        {
            "form": "group",
            "lead": "esimerkki",
            "name": ("Esimerkkilän ryhmittymä", "Exempelbygdens anbudsgrupp", "Example consortium"),
            "liability": (
                "Jäsenet vastaavat sopimuksesta tilaajalle yhdessä ja kukin koko sopimuksesta.",
                "Medlemmarna ansvarar tillsammans mot beställaren, och var och en för hela avtalet.",
                "The members answer for the contract to the buyer together, and each for all of it.",
            ),
            "cooperation": (
                "Ohjausryhmä kokoontuu joka kuukausi. Vetäjä raportoi ja laskuttaa.",
                "Styrgruppen möts varje månad. Ledaren rapporterar och fakturerar.",
                "The steering group meets every month. The lead reports and invoices.",
            ),
            "subcontracting_limit": Decimal(30),
        },
    ),
    ("participants",): (
        {
            "id": "esimerkki",
            "role": "lead",
            "task": (
                "Johtaa työtä ja valmentaa asiakkaita.",
                "Leder arbetet och coachar klienter.",
                "Leads the work and coaches clients.",
            ),
        },
        {
            "id": "paja",
            "role": "member",
            "task": (
                "Järjestää työpajajaksot.",
                "Ordnar perioder i verkstaden.",
                "Arranges periods in the workshop.",
            ),
            "signs": "liite-2",
            "withdrawn": False,
        },
    ),
    ("shares",): (
        {"id": "osa1-esimerkki", "lot": "osa1", "member": "esimerkki", "money": Decimal(60), "risk": Decimal(75)},
        {"id": "osa1-paja", "lot": "osa1", "member": "paja", "money": Decimal(40), "risk": Decimal(25)},
    ),
    ("client_path",): (
        {
            "id": "alkuhaastattelu",
            "name": ("Alkuhaastattelu", "Inledande intervju", "First interview"),
            "lot": "osa1",
            "service": "valmennus",
            "owner": "esimerkki",
            "next": ["pajajakso"],
            "handover": (
                "Valmentaja tulee asiakkaan kanssa pajalle ensimmäisenä päivänä.",
                "Coachen följer klienten till verkstaden den första dagen.",
                "The coach comes to the workshop with the client on the first day.",
            ),
            "handover_owner": "esimerkki",
        },
        {
            "id": "pajajakso",
            "name": ("Työpajajakso", "Period i verkstaden", "Period in the workshop"),
            "lot": "osa1",
            "owner": "paja",
        },
    ),
    ("agreements",): (
        {
            "id": "vetovastuu",
            "topic": "lead",
            **_AGREED,
            "note": (
                "Esimerkki ry vetää ryhmittymää ja allekirjoittaa.",
                "Esimerkki ry leder gruppen och undertecknar.",
                "Esimerkki ry leads the consortium and signs.",
            ),
        },
        {"id": "vastuu", "topic": "liability_to_buyer", "agreed": False},
        {"id": "tietosuoja", "topic": "data_protection", "agreed": False},
        {"id": "rahanjako", "topic": "money", "agreed": False},
        {"id": "irtautuminen", "topic": "exit", "agreed": False},
        {"id": "allekirjoitukset", "topic": "signatures", "agreed": False},
    ),
    ("resolutions",): (
        {
            "id": "client_groups.nuoret.name:esimerkki:paja",
            "about": ("Ryhmän nimi, ”nuoret”", "Gruppens namn, ”nuoret”", "Name of the group, “nuoret”"),
            "first": "Esimerkki ry",
            "first_value": ("Nuoret työnhakijat", "Unga arbetssökande", "Young jobseekers"),
            "second": "Esimerkkipaja ry",
            "second_value": ("Alle 30-vuotiaat työnhakijat", "Arbetssökande under 30 år", "Jobseekers under 30"),
            "settled": "keep_first",
            "by": _DIRECTOR,
            "on": date(2027, 1, 14),
        },
    ),
    ("light_member",): (
        {
            "id": "naapuri",
            "name": "Esimerkin Naapuriapu ry",
            "business_id": "3134980-3",
            "municipality": "609",
            "contact_role": ("Puheenjohtaja", "Ordförande", "Chair"),
            "email": "naapuri@esimerkki.example",
            "phone": "040 000 0000",
            "activity": (
                "Vapaaehtoiset kulkevat asiakkaan rinnalla ja pitävät avointa kahvilaa kahdesti viikossa.",
                "Frivilliga är klienternas följeslagare och håller öppet kafé två gånger i veckan.",
                "Volunteers walk beside clients and keep an open café twice a week.",
            ),
            "services": ["valmennus"],
            "client_groups": ["nuoret"],
            "municipalities": ["609", "886"],
            "languages": ["fi", "sv"],
            "clients_per_year": 30,
            "paid_hours": Decimal(5),
            "volunteer_hours": Decimal(20),
            "compensation": Decimal(4000),
            "accessible": True,
            "supervised": True,
        },
    ),
}
