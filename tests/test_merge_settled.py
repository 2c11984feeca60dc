"""Conflicts settled by the lead's rows: what holds then, what is told of the rows, and that no file is touched."""

from __future__ import annotations

from typing import get_args

import pytest

from bidkit.dossier.load import load
from bidkit.dossier.normalised import normalised
from bidkit.i18n import FINDINGS, Translator
from bidkit.merge import merge, rows
from bidkit.merge.draft import _NAMED_IN
from bidkit.model._base import Entry
from bidkit.model.dossier import NOUNS
from bidkit.model.names import called
from bidkit.pipeline import assess
from tests.joint import LEAD, SECOND, THIRD, Joint
from tests.test_merge import CASES, OUTCOME, read, reference, same_service, told

FI = Translator("fi", FINDINGS, called)
PAIR = f"{LEAD}:{SECOND}"
CLIENTS = f"services.valmennus.capacity.clients:{PAIR}"
OTHER = same_service("clients: 95", "clients: 120")
BY = "Ohjausryhmä"


def row(id_, settled="", **more):
    """Return a row of the lead's file."""
    fields = {"id": id_, "settled": settled, "by": BY} | more
    return "- {" + ", ".join(f'{name}: "{value}"' for name, value in fields.items() if value) + "}\n"


def settled(tmp_path, changes, *lines, copies=()):
    return merge(read(tmp_path, [*changes, ("put", "", "resolutions", "".join(lines))], *copies))


def codes(merged):
    return [finding.code for finding in merged.findings]


def member(merged, id_):
    return next(one for one in merged.dossier.members if one.organisation.id == id_)


def service(merged, owner=LEAD):
    return member(merged, owner).services[0]


@pytest.mark.parametrize(("how", "clients"), [("keep_first", 95), ("keep_second", 120), ("sum", 215)])
def test_capacity_is_that_of_the_first_of_the_second_or_of_both(tmp_path, how, clients):
    merged = settled(tmp_path, OTHER, row(CLIENTS, how))
    assert service(merged).capacity.clients == clients
    assert member(merged, SECOND).services == ()
    assert told(merged) == [
        "note BK633 resolutions.yaml | Vetäjä on ratkaissut jäsenten tiedostojen ristiriitoja: 1. "
        "Päättäjä: Ohjausryhmä."
    ]
    assert [one.settled for one in merged.conflicts] == [how]
    assert rows(merged, FI) == ()


def test_nothing_read_is_changed(tmp_path):
    dossier = read(tmp_path, [*OTHER, ("put", "", "resolutions", row(CLIENTS, "sum"))])
    before = normalised(dossier)
    merge(dossier)
    assert normalised(dossier) == before


def test_a_sum_of_three_members(tmp_path):
    changes = [*OTHER]
    for how, *what in same_service("clients: 95", "clients: 30"):
        own = [THIRD if part == SECOND else part.replace("uraohjaus", "ryhmavalmennus") for part in what]
        changes.append((how, *own))
    third = f"services.valmennus.capacity.clients:{LEAD}:{THIRD}"
    merged = settled(tmp_path, changes, row(CLIENTS, "sum"), row(third, "sum"))
    assert service(merged).capacity.clients == 95 + 120 + 30
    assert codes(merged) == ["BK633"]


def test_renaming_the_second_takes_all_its_references_along(tmp_path):
    profile = "profile: Ohjausta on {services.valmennus.dose.hours} tuntia ja valmennusta muuallakin."
    changes = [
        *OTHER,
        ("change", SECOND, "organisation", "profile: Yhdistys valmentaa työttömiä työnhakijoita.", profile),
        ("change", SECOND, "services", "start_within_days: 10", "start_within_days: 5"),
    ]
    merged = settled(tmp_path, changes, row(CLIENTS, "rename_second", new_id="valmennus-paja"))
    second = member(merged, SECOND)
    assert [one.id for one in second.services] == ["valmennus-paja"]
    assert [one.services for one in second.staff] == [("valmennus-paja",)]
    assert [part.service for one in second.salaries for part in one.allocations] == ["valmennus-paja"]
    assert [part.service for one in second.cost_items for part in one.allocations] == ["valmennus-paja"]
    assert [one.service for one in second.outcomes] == ["valmennus-paja"]
    assert "services.valmennus-paja.dose.hours" in second.organisation.profile[""]
    assert "services.valmennus-paja.dose.hours" in second.services[0].content[""]
    assert service(merged).id == "valmennus"
    assert [one.services for one in merged.dossier.lot_offers] == [("valmennus",)]  # the lead's stay with the first
    assert [one.service for one in merged.dossier.prices] == ["valmennus"]
    assert codes(merged) == ["BK633"]  # they are two now, so that they start on other days is no conflict


def test_of_two_services_with_one_id_either_is_kept(tmp_path):
    changes = CASES["two services of one id"][0]
    id_ = f"services.valmennus:{PAIR}"
    first = settled(tmp_path / "a", changes, row(id_, "keep_first"))
    assert ([len(one.services) for one in first.dossier.members], service(first).kind) == ([1, 0, 1], "job_coaching")
    second = settled(tmp_path / "b", changes, row(id_, "keep_second"))
    assert [len(one.services) for one in second.dossier.members] == [0, 1, 1]
    assert service(second, SECOND).kind == "career_guidance"
    assert codes(first) == codes(second) == ["BK633"]


def test_ids_that_differ_by_a_dash_become_one(tmp_path):
    changes = CASES["ids that differ by a dash"][0]
    id_ = f"services.ryhma-valmennus=ryhmavalmennus:{LEAD}:{THIRD}"
    first = settled(tmp_path / "a", changes, row(id_, "keep_first"))
    assert [one.services for one in member(first, THIRD).staff] == [("ryhma-valmennus",)]
    assert [one.service for one in member(first, THIRD).outcomes] == ["ryhma-valmennus"]
    second = settled(tmp_path / "b", changes, row(id_, "keep_second"))
    assert [one.services for one in second.dossier.lot_offers] == [("ryhmavalmennus",)]
    assert [one.service for one in second.dossier.prices] == ["ryhmavalmennus"]
    both = settled(tmp_path / "c", changes, row(id_, "both"))
    assert [len(one.services) for one in both.dossier.members] == [1, 1, 1]
    assert codes(first) == codes(second) == codes(both) == ["BK633"]


@pytest.mark.parametrize(
    ("case", "field", "how", "value"),
    [
        ("dose of one service", "dose.hours", "keep_second", 20),
        ("start of one service", "start_within_days", "keep_second", 5),
        ("languages of one service", "languages", "keep_second", ("fi", "sv")),
        ("languages of one service", "languages", "keep_first", ("fi",)),
        ("hours of a unit", "work_hours.client", "keep_second", None),
        ("texts of one service", "texts", "keep_second", None),
    ],
)
def test_a_field_of_one_service_is_taken_from_either(tmp_path, case, field, how, value):
    changes = CASES[case][0]
    merged = settled(tmp_path, changes, row(CLIENTS, "keep_first"), row(f"services.valmennus.{field}:{PAIR}", how))
    assert codes(merged) == ["BK633"]
    one = service(merged)
    if field.startswith("work_hours"):
        assert [int(hours.hours) for hours in one.work_hours] == [18]
    elif field == "texts":
        assert one.aim == {"": "Asiakas saa opiskelupaikan."}
    else:
        for name in field.split("."):
            one = getattr(one, name)
        assert one == value


@pytest.mark.parametrize(
    ("how", "names"),
    [
        ("keep_first", ["Nuoret työnhakijat"] * 3),
        ("keep_second", ["Alle 30-vuotiaat", "Alle 30-vuotiaat", "Nuoret työnhakijat"]),
    ],
)
def test_a_client_group_means_the_same_in_both_files(tmp_path, how, names):
    merged = settled(tmp_path, CASES["another client group"][0], row(f"client_groups.nuoret.name:{PAIR}", how))
    assert [one.client_groups[0].name[""] for one in merged.dossier.members] == names
    third = ["BK604"] if how == "keep_second" else []  # for whom the group has another name now
    assert codes(merged) == [*third, "BK633"]


def test_a_client_group_is_renamed_with_what_names_it(tmp_path):
    line = row(f"client_groups.nuoret.name:{PAIR}", "rename_second", new_id="alle-30")
    second = member(settled(tmp_path, CASES["another client group"][0], line), SECOND)
    assert [one.id for one in second.client_groups] == ["alle-30"]
    assert second.services[0].client_groups == ("alle-30",)
    assert [one.client_group for one in second.outcomes] == ["alle-30"]


def test_an_outcome_row_is_kept_or_renamed(tmp_path):
    changes, id_ = CASES["one outcome row twice"][0], f"outcomes.malliverstas-t1:{PAIR}"
    ways = (("keep_first", [18], []), ("keep_second", [], [21]))
    for how, lead, second in ways:
        merged = settled(tmp_path / how, changes, row(id_, how))
        assert [one.reached for one in member(merged, LEAD).outcomes] == lead
        assert [one.reached for one in member(merged, SECOND).outcomes] == second
    merged = settled(tmp_path / "new", changes, row(id_, "rename_second", new_id="paja-t1"))
    assert [one.id for one in member(merged, SECOND).outcomes] == ["paja-t1"]


@pytest.mark.parametrize(
    ("how", "lead", "second"),
    [("keep_first", [20], []), ("keep_second", [], [15]), ("sum", [35], []), ("both", [20], [15])],
)
def test_a_person_is_one_or_two(tmp_path, how, lead, second):
    changes = [
        *CASES["one name"][0],
        ("change", SECOND, "salaries", "staff: valmentaja", "staff: uraohjaaja"),
    ]
    merged = settled(tmp_path, changes, row(f"staff.ohjaaja=uraohjaaja:{PAIR}", how))

    def hours(id_):
        return [int(one.hours_per_week) for one in member(merged, id_).staff if one.id != "valmentaja"]

    assert (hours(LEAD), hours(SECOND)) == (lead, second)
    assert codes(merged) == ["BK633"]
    people = {one.id for each in merged.dossier.members for one in each.staff}
    assert {one.staff for each in merged.dossier.members for one in each.salaries} <= people


@pytest.mark.parametrize(("how", "counts"), [("keep_first", (1, 0)), ("keep_second", (0, 1)), ("both", (1, 1))])
def test_a_reference_is_counted_once_or_twice(tmp_path, how, counts):
    changes = [reference(LEAD, "r1"), reference(SECOND, "k1")]
    merged = settled(tmp_path, changes, row(f"references.r1=k1:{PAIR}", how))
    assert (len(member(merged, LEAD).references), len(member(merged, SECOND).references)) == counts
    assert codes(merged) == ["BK633"]


def test_a_members_price_is_used_if_the_lead_keeps_it(tmp_path):
    changes = CASES["other price"][0]
    first = settled(tmp_path / "a", changes, row(f"prices.h1:{PAIR}", "keep_first"), copies=(SECOND,))
    second = settled(tmp_path / "b", changes, row(f"prices.h1:{PAIR}", "keep_second"), copies=(SECOND,))
    assert [str(m.dossier.prices[0].unit_price) for m in (first, second)] == ["62", "58.5"]
    assert codes(first) == codes(second) == ["BK633"]


def test_a_limit_is_taken_from_the_right_copy(tmp_path):
    line = row(f"conditions.v1.clients:{PAIR}", "keep_second")
    merged = settled(tmp_path, CASES["other limit"][0], line, copies=(SECOND,))
    assert str(merged.dossier.conditions[0].parameters["clients"]) == "6"
    assert merged.dossier.conditions[0].parameters["per"] == "day"


def test_one_organisation_is_kept(tmp_path):
    changes = CASES["one business id"][0]
    open_ = merge(read(tmp_path / "open", changes))
    assert [one.organisation.id for one in open_.dossier.members] == [LEAD, THIRD]  # until it is settled
    first = settled(tmp_path / "a", changes, row(f"organisation:{PAIR}", "keep_first"))
    second = settled(tmp_path / "b", changes, row(f"organisation:{PAIR}", "keep_second"))
    assert [one.organisation.id for one in first.dossier.members] == [LEAD, THIRD]
    assert [one.organisation.id for one in second.dossier.members] == [SECOND, THIRD]
    assert codes(first) == codes(second) == ["BK633"]


def test_of_two_with_one_id_the_second_is_renamed(tmp_path):
    changes = CASES["one id in two folders"][0]
    id_ = f"organisation.{LEAD}.{SECOND}:{LEAD}:{LEAD}"
    assert [one.id for one in merge(read(tmp_path / "open", changes)).conflicts] == [id_]
    merged = settled(tmp_path / "b", changes, row(id_, "rename_second", new_id="paja"))
    assert [one.organisation.id for one in merged.dossier.members] == [LEAD, "paja", THIRD]


@pytest.mark.parametrize(
    ("case", "copies", "id_"),
    [
        ("one insurance", (), f"insurances.vastuu=vastuu:{PAIR}"),
        ("one address", (), f"sites.pori=pori:{PAIR}"),
        ("certificates far apart", (), f"certificates.trade_register:{PAIR}"),
        ("services alike in one town", (), f"services.valmennus=uraohjaus:{PAIR}"),
        ("ids of organisations alike", (), f"organisation:tuki-puu:{THIRD}"),
        ("an offer of its own", (SECOND,), f"lot_offers:{PAIR}"),
        ("another tender", (SECOND,), f"tender:{PAIR}"),
    ],
)
def test_both_hold_as_they_are(tmp_path, case, copies, id_):
    changes = CASES[case][0]
    dossier = read(tmp_path / "open", changes, *copies)
    merged = settled(tmp_path / "both", changes, row(id_, "both"), copies=copies)
    assert codes(merged) == ["BK633"]
    assert [len(one.services) for one in merged.dossier.members] == [len(one.services) for one in dossier.members]


@pytest.mark.parametrize("case", CASES)
def test_every_open_conflict_has_a_row_that_the_lead_can_fill_in(tmp_path, case):
    changes, copies = CASES[case]
    merged = merge(read(tmp_path, changes, *copies))
    found = rows(merged, FI)
    assert [one.id for one in found] == [one.id for one in merged.conflicts]
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.about
        assert one.settled is None
        assert one.first != one.second or "malliverstas" in one.id


def test_a_row_has_both_values_in_words(tmp_path):
    (one,) = rows(merge(read(tmp_path, OTHER)), FI)
    assert one.model_dump(exclude_none=True) == {
        "id": CLIENTS,
        "about": "capacity.clients (”valmennus”)",
        "first": "Malliverstas ry",
        "first_value": "95 asiakasta",
        "second": "Esimerkkipaja ry",
        "second_value": "120 asiakasta",
    }


def test_a_row_without_an_answer_leaves_the_conflict_open(tmp_path):
    merged = settled(tmp_path, OTHER, row(CLIENTS))
    assert codes(merged) == ["BK602"]
    assert [one.settled for one in merged.conflicts] == [""]


FAULTS = {
    "a sum of texts": (
        "texts of one service", row(f"services.valmennus.texts:{PAIR}", "sum"), "BK630", "settled",
        "Valinta ”sum” ei ratkaise tätä: palvelun ”valmennus” tekstit (aim).",
        "Valitse jokin näistä: keep_first, keep_second, rename_second.",
    ),
    "two prices at once": (
        "other price", row(f"prices.h1:{PAIR}", "both"), "BK630", "settled",
        "Valinta ”both” ei ratkaise tätä: unit_price (”h1”).", "Valitse jokin näistä: keep_first, keep_second.",
    ),
    "a new id that is not given": (
        "one outcome row twice", row(f"outcomes.malliverstas-t1:{PAIR}", "rename_second"), "BK631", "",
        "Toinen on tarkoitus nimetä uudelleen, mutta uusi tunnus puuttuu: tulosrivi ”malliverstas-t1”.",
        "Anna sille tunnus, jota kukaan ei vielä käytä.",
    ),
    "a new id that somebody has": (
        "one outcome row twice", row(f"outcomes.malliverstas-t1:{PAIR}", "rename_second", new_id="tukipuu-t1"),
        "BK632", "new_id", "”tukipuu-t1” ei voi olla uusi tunnus: sen niminen on jo olemassa.",
        "Anna sille tunnus, jota kukaan ei vielä käytä.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_makes_no_sense_is_named_and_the_conflict_stays_open(tmp_path, name):
    case, line, code, field, text, hint = FAULTS[name]
    changes, copies = CASES[case]
    lines = (row(CLIENTS, "keep_first"), line) if "valmennus.texts" in line else (line,)
    merged = settled(tmp_path, changes, *lines, copies=copies)
    fault = next(f for f in merged.findings if f.code == code)
    at = next(one.at for one in merged.dossier.resolutions if one.id in line)
    assert str(fault.place) == str(at.of(field) if field else at)
    assert (fault.severity, FI.sentence(fault), FI.hint(fault)) == ("error", text, hint)
    assert "" in [one.settled for one in merged.conflicts]


def test_one_new_id_for_two_rows(tmp_path):
    theirs = OUTCOME.replace("malliverstas-t1", "tukipuu-t1").replace("uraohjaus", "valmennus")
    changes = [*CASES["one outcome row twice"][0], ("add", LEAD, "outcomes", theirs)]
    lines = (
        row(f"outcomes.malliverstas-t1:{PAIR}", "rename_second", new_id="uusi"),
        row(f"outcomes.tukipuu-t1:{LEAD}:{THIRD}", "rename_second", new_id="uusi"),
    )
    assert codes(settled(tmp_path, changes, *lines)) == ["BK632", "BK633"]


def test_a_row_whose_conflict_is_gone_is_a_note(tmp_path):
    merged = settled(tmp_path, [], row(CLIENTS, "sum", about="Asiakkaita kerralla"))
    assert told(merged) == [
        "note BK634 resolutions.yaml:1:8 | Tämä rivi ei enää ratkaise mitään: tiedostot ovat nyt yhtä mieltä, tai "
        "jokin niistä on muuttunut (Asiakkaita kerralla)."
    ]


def test_a_value_that_has_changed_since_is_told_and_the_row_still_used(tmp_path):
    lines = row(CLIENTS, "sum", first_value="95 asiakasta", second_value="100 asiakasta")
    merged = settled(tmp_path, OTHER, lines)
    assert told(merged)[0] == (
        "warning BK635 resolutions.yaml:1:" + str(lines.index('"100') + 1) + " | Muuttunut ratkaisun jälkeen, "
        "capacity.clients (”valmennus”): oli 100 asiakasta, on nyt 120 asiakasta "
        "(jasenet/esimerkkipaja/services.yaml:19:23). Katso uudelleen."
    )
    assert service(merged).capacity.clients == 215


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_value_written_in_any_language_has_not_changed(tmp_path, language):
    (one,) = rows(merge(read(tmp_path / "open", OTHER)), Translator(language, FINDINGS, called))
    lines = row(CLIENTS, "sum", first_value=one.first_value, second_value=one.second_value)
    assert codes(settled(tmp_path / "then", OTHER, lines)) == ["BK633"]


def test_two_rows_of_one_conflict_are_told_by_the_reader_and_the_first_holds(tmp_path):
    joint = Joint()
    for how, *what in OTHER:
        getattr(joint, how)(*what)
    joint.put("", "resolutions", row(CLIENTS, "keep_second") + row(CLIENTS, "sum"))
    loaded = load(joint.write(tmp_path))
    assert [(f.code, str(f.place)) for f in loaded.findings] == [("BK171", "resolutions.yaml:2:8")]
    assert service(merge(loaded.dossier)).capacity.clients == 120


def test_another_lead_opens_a_conflict_again(tmp_path):
    """What was the first is the second then, so a row could settle it the other way round."""
    merged = settled(
        tmp_path,
        [
            *OTHER,
            ("change", "", "consortium", "lead: malliverstas", "lead: esimerkkipaja"),
            ("change", "", "participants", "{id: malliverstas, role: lead}", "{id: malliverstas, role: member}"),
            ("change", "", "participants", "{id: esimerkkipaja, role: member}", "{id: esimerkkipaja, role: lead}"),
        ],
        row(CLIENTS, "keep_first"),
    )
    assert codes(merged) == ["BK602", "BK634"]


# --- texts -------------------------------------------------------------------------------------------
PROFILE = "profile: Yhdistys valmentaa työttömiä työnhakijoita."


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("services.uraohjaus.dose.hours", ""),
        ("organisation.name", ""),
        ("sites.pori.name", ""),  # the lead has a site of the same id
        ("staff.count", ""),
        ("tender.buyer", ""),
        ("price_lines.h1.quantity", ""),
        ("services.valmennus.dose.hours", "BK638"),
        ("outcomes.malliverstas-t1.reached", "BK638"),
        ("members.malliverstas.organisation.name", "BK638"),
        ("bid.date", "BK638"),
        ("consortium.lead", "BK638"),
        ("salaries.valmentaja-1.monthly", "BK216"),
        ("members.malliverstas.salaries.valmentaja-1.monthly", "BK216"),
        ("services.olematon.dose.hours", "BK207"),
    ],
)
def test_a_members_text_reaches_its_own_rows_and_the_tenders(tmp_path, reference, code):
    joint = Joint().change(SECOND, "organisation", PROFILE, f"profile: Näin on {{{reference}}}.")
    run = assess(joint.write(tmp_path))
    found = [f for f in run.findings if f.place.file == f"jasenet/{SECOND}/organisation.yaml"]
    assert [f.code for f in found] == [code] * bool(code)
    if code == "BK638":
        assert FI.sentence(found[0]) == f"”{reference}” tekstissä ”profile” on toisen järjestön tieto."
        assert str(found[0].place) == f"jasenet/{SECOND}/organisation.yaml:17:10"
        assert found[0].severity == "error"


def test_ids_that_repeat_print_what_their_own_member_has(tmp_path):
    text = "profile: Meillä "
    text += (
        "{organisation.name} / {sites.pori.name} / {staff.valmentaja.hours_per_week} / {services.uraohjaus.dose.hours}"
    )
    joint = Joint().change(SECOND, "organisation", PROFILE, text)
    joint.change(SECOND, "sites", "Porin toimipiste", "Rauman toimipiste").change(SECOND, "staff", "37,5", "30")
    joint.change("", "bid", "summary: Kokenut valmentaja, selkeä hinta.",
                 "summary: '{organisation.name}, {members.esimerkkipaja.sites.pori.name}'")  # fmt: skip
    assessment = assess(joint.write(tmp_path)).assessment
    bid = assessment.bid

    def printed(texts):
        from bidkit.model.narrative import plain, worded

        return plain(worded(bid.words(texts), bid.figures, Translator("fi")))

    assert (
        printed(next(one for one in bid.members if one.organisation.id == SECOND).organisation.profile)
        == "Meillä Esimerkkipaja ry / Rauman toimipiste / 30 / 16"
    )
    assert printed(bid.dossier.bid.summary) == "Malliverstas ry, Rauman toimipiste"


def test_a_shared_service_may_be_cited_by_both(tmp_path):
    joint = Joint()
    for how, *what in OTHER:
        getattr(joint, how)(*what)
    joint.change(SECOND, "organisation", PROFILE, "profile: Tunteja on {services.valmennus.dose.hours}.")
    joint.put("", "resolutions", row(CLIENTS, "sum"))
    assert [f for f in assess(joint.write(tmp_path)).findings if f.code in ("BK207", "BK638")] == []


@pytest.mark.parametrize(("how", "stays"), [("keep_first", "ryhma-valmennus"), ("keep_second", "ryhmavalmennus")])
def test_a_small_members_form_names_the_service_that_stays(tmp_path, how, stays):
    joint = Joint()
    for method, *given in CASES["ids that differ by a dash"][0]:
        getattr(joint, method)(*given)
    joint.members["kerho"] = {
        "light_member": "id: kerho\nname: Kerho ry\nmunicipality: Rauma\ncontact_role: Sihteeri\nlanguages: fi\n"
        "email: kerho@esimerkki.example\nactivity: Kahvila.\nservices: [ryhma-valmennus]\n"
    }
    joint.put("", "resolutions", row(f"services.ryhma-valmennus=ryhmavalmennus:{LEAD}:{THIRD}", how))
    merged = merge(joint.read(tmp_path))
    assert [one.settled for one in merged.conflicts] == [how]
    assert [one.id for each in merged.dossier.members for one in each.services if one.kind != "career_guidance"] == [
        stays
    ]
    assert merged.dossier.light_member[0].services == (stays,)


def test_every_field_that_names_an_entry_is_known():
    """Who drops or renames a service changes every field that may name it, also one that is new to the model."""
    fields = {"services": {"service", "services"}, "client_groups": {"client_group", "client_groups"}}
    for noun, names in fields.items():
        found = {
            (holder, path)
            for holder, one in NOUNS.items()
            for path in _paths(one.model)
            if path.rpartition(".")[2] in names
        }
        assert found == set(_NAMED_IN[noun])


def _paths(model):
    """Yield the fields of a model and of the lists of groups in it."""
    for name, field in model.model_fields.items():
        yield name
        for inner in _models_in(field.annotation):
            yield from (f"{name}.{path}" for path in _paths(inner))


def _models_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
