"""`bidkit diff`: real versions compared, line by line as a person reads it, and what cannot be compared."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from bidkit.cli.diff import AROUND, excerpts
from bidkit.diagnostics import Measure, Word
from bidkit.dossier.difference import difference
from bidkit.dossier.kept import fact
from bidkit.publish import versions
from bidkit.render.content import kept
from tests import small
from tests.conftest import Run, run
from tests.test_history import built, copy, four, without_content  # noqa: F401  (fixtures)


def diff(folder: Path, *arguments: object, **env: str) -> Run:
    return run("diff", *arguments, "--in", folder, env=env)


def lines(done: Run) -> list[str]:
    assert done.code == 0, done.out + done.err
    return done.out.splitlines()


def two(folder: Path, *options: str, **changed: str) -> list[str]:
    """Return what `diff` says of the small dossier and one with these files changed."""
    built(folder)
    built(folder, *options, **changed)
    return lines(diff(folder))


HEAD = "Mitä muuttui versiosta v0001 versioon v0002"


class TestWhatChanged:
    def test_a_price(self, four):  # noqa: F811
        assert lines(diff(four, "v0001", "v0002")) == [
            HEAD,
            "",
            "Hinnat",
            "  1.1 Valmennustunti (osa1): yksikköhinta 57,09 € (ennen: 55,77 €, ero +1,32 €); "
            "yhteensä ilman arvonlisäveroa 45 672,00 € (ennen: 44 616,00 €, ero +1 056,00 €)",
            "  Osa-alue 1 Työhönvalmennus: "
            "yhteensä ilman arvonlisäveroa 45 672,00 € (ennen: 44 616,00 €, ero +1 056,00 €); "
            "yhteensä arvonlisäveroineen 57 318,36 € (ennen: 55 993,08 €, ero +1 325,28 €); "
            "vertailuhinta 45 672,00 € (ennen: 44 616,00 €, ero +1 056,00 €)",
            "  Koko tarjous: "
            "yhteensä ilman arvonlisäveroa 45 672,00 € (ennen: 44 616,00 €, ero +1 056,00 €); "
            "yhteensä arvonlisäveroineen 57 318,36 € (ennen: 55 993,08 €, ero +1 325,28 €)",
            "",
            "Luvut, päivät ja valinnat",
            "  Hinnat, h1: Kateprosentti: 7,5 % (ennen: 5 %)",
        ]

    def test_the_other_way_round_the_difference_has_the_other_sign(self, four):  # noqa: F811
        assert (
            "  1.1 Valmennustunti (osa1): yksikköhinta 55,77 € (ennen: 57,09 €, ero -1,32 €); "
            "yhteensä ilman arvonlisäveroa 44 616,00 € (ennen: 45 672,00 €, ero -1 056,00 €)"
        ) in lines(diff(four, "2", "1"))

    def test_a_text(self, four):  # noqa: F811
        assert lines(diff(four, "2", "3")) == [
            "Mitä muuttui versiosta v0002 versioon v0003",
            "",
            "Tekstit",
            "  Tarjous: Saatekirje:",
            "    - Tarjoamme valmennuspalvelut.",
            "    + Tarjoamme mielellämme valmennuspalvelut.",
        ]

    def test_a_verdict_and_a_draft(self, four):  # noqa: F811
        assert lines(diff(four, "edellinen", "viimeinen")) == [
            "Mitä muuttui versiosta v0003 versioon v0004",
            "",
            "Miten tarjous tehtiin",
            "  luonnos: kyllä (ennen: ei)",
            "",
            "Reunaehdot",
            "  v1 Palvelussa on voitava palvella vähintään 8 asiakasta …: ei täyty (ennen: täyttyy). "
            "Vaaditaan: 9 asiakasta/pv; on: 8 asiakasta/pv.",
            "",
            "Luvut, päivät ja valinnat",
            "  Vaatimukset, v1: Tiedot: Asiakkaita vähintään: 9 (ennen: 8)",
        ]

    def test_dates_choices_numbers_and_what_was_left_out(self, tmp_path):
        changed = (
            small.change("bid", "valid_until: 31.8.2027", "valid_until: 30.9.2027")
            | small.change("staff", "hours_per_week: 37,5", "hours_per_week: 36")
            | small.change("cost_items", "kind: premises", "kind: materials")
            | small.change("organisation", "    amount: 420 000", "    amount: 430 000")
            | small.change("sites", "accessible: kyllä", "accessible: ei")
            | small.change("services", "  start_within_days: 10\n", "")
        )
        found = two(tmp_path / "a", "--draft", **changed)
        start = found.index("Luvut, päivät ja valinnat")
        assert found[start + 1 :] == [
            "  Järjestö: Liikevaihto: 2025: Euroa: 430 000,00 € (ennen: 420 000,00 €)",
            "  Toimipaikat, pori: Esteetön: ei (ennen: kyllä)",
            "  Henkilöstö, valmentaja: Tunteja viikossa: 36 h (ennen: 37,5 h)",
            "  Palvelut, valmennus: Työpäiviä aloitukseen: – (ennen: 10)",
            "  Kustannukset, tilat: Laji: tarvikkeet (ennen: tilat)",
            "  Tarjous: Voimassa asti: 30.9.2027 (ennen: 31.8.2027)",
        ]

    def test_entries_and_parts_of_entries(self, tmp_path):
        groups = small.FILES["client_groups"] + "- id: aikuiset\n  name: Aikuiset\n"
        steps = small.change(
            "services",
            "    what: Sovitaan tavoitteet.\n",
            "    what: Sovitaan tavoitteet.\n    - {name: Päätös, phase: end, what: Arvioidaan.}\n",
        )
        conditions = small.change("conditions", "- id: v2\n", "- id: v3\n")
        attest = small.change("attestations", "condition: v2", "condition: v3")
        found = two(tmp_path / "a", client_groups=groups, **steps, **conditions, **attest)
        assert found == [
            HEAD,
            "",
            "Reunaehdot",
            "  v3 Tarjoaja hyväksyy sopimusluonnoksen: vakuutettu (uusi)",
            "  v2 Tarjoaja hyväksyy sopimusluonnoksen: ei enää vaadita",
            "",
            "Lisätty",
            "  Asiakasryhmät, aikuiset",
            "  Palvelut, valmennus: Vaiheet: Päätös",
            "  Vaatimukset, v3",
            "  Vahvistukset, v3",
            "",
            "Poistettu",
            "  Vaatimukset, v2",
            "  Vahvistukset, v2",
        ]

    def test_the_order_of_entries(self, tmp_path):
        first = "    - {name: Aloitus, phase: start, what: Sovitaan.}\n"
        second = "    - {name: Jatko, phase: period, what: Jatketaan.}\n"
        one = small.FILES["services"].replace(
            "    - name: Aloitus\n      phase: start\n      what: Sovitaan tavoitteet.\n", first + second
        )
        assert one != small.FILES["services"]
        built(tmp_path / "a", services=one)
        built(tmp_path / "a", services=one.replace(first + second, second + first))
        assert lines(diff(tmp_path / "a"))[2:] == [
            "Luvut, päivät ja valinnat",
            "  Palvelut, valmennus: Vaiheet: järjestys: Jatko, Aloitus (ennen: Aloitus, Jatko)",
        ]

    def test_a_language_of_a_text_and_one_that_was_only_named(self, tmp_path):
        """To write which language a text is in changes nothing that is read."""
        named = small.change("client_groups", "name: Nuoret työnhakijat", "name: {fi: Nuoret työnhakijat}")
        sites = small.change("sites", "name: Porin toimipiste", "name: {fi: Porin toimipiste, sv: Verksamhetsstället}")
        assert two(tmp_path / "a", **named, **sites)[2:] == [
            "Tekstit",
            "  Toimipaikat, pori: Nimi: sv:",
            "    + Verksamhetsstället",
        ]

    def test_a_part_goes_by_its_name_in_the_language_of_the_dossier(self, tmp_path):
        name = small.change("services", "    - name: Aloitus\n", "    - name: {en: Start, fi: Aloitus}\n")["services"]
        built(tmp_path / "a", services=name)
        built(tmp_path / "a", services=name.replace("Sovitaan tavoitteet.", "Sovitaan."))
        assert "  Palvelut, valmennus: Vaiheet: Aloitus: Mitä tapahtuu:" in lines(diff(tmp_path / "a"))

    def test_nothing(self, copy):  # noqa: F811
        shutil.copytree(copy / "out/v0002", copy / "out/v0005")
        assert lines(diff(copy, 2, 5)) == ["Mikään ei ole muuttunut: v0002 ja v0005 ovat sisällöltään samat."]
        assert json.loads(diff(copy, 2, 5, "--json").out)["changed"] is False

    def test_json(self, four):  # noqa: F811
        found = json.loads(diff(four, 1, 3, "--json").out)
        assert (found["from"], found["to"], found["changed"]) == ("v0001", "v0003", True)
        assert found["prices"][0] == {
            "lot": "osa1",
            "line": "h1",
            "what": "unit_price",
            "old": "55.77",
            "new": "57.09",
        }
        assert [(one["lot"], one["line"], one["what"]) for one in found["prices"]][1:] == [
            ("osa1", "h1", "net"),
            ("osa1", None, "net"),
            ("osa1", None, "gross"),
            ("osa1", None, "comparison"),
            (None, None, "net"),
            (None, None, "gross"),
        ]
        (margin,) = found["figures"]
        for side, value in (("old", "5"), ("new", "7.5")):
            told = margin.pop(side)
            assert (Decimal(told["value"]), told["unit"]) == (Decimal(value), "percent")
        assert margin == {"noun": "prices", "entry": "h1", "field": ["margin"], "member": None}
        assert found["texts"][0]["new"] == "Tarjoamme mielellämme valmennuspalvelut."
        assert found["verdicts"] == found["added"] == found["removed"] == found["settings"] == []

    def test_other_readers(self, four):  # noqa: F811
        assert "    + Tarjoamme mielellämme valmennuspalvelut." in lines(diff(four, 2, 3, BIDKIT_LANGUAGE="sv"))
        english = lines(diff(four, 1, 2, BIDKIT_LANGUAGE="en"))
        assert english[0] == "What changed from v0001 to v0002"
        assert "(before: €" not in english[3]
        assert "unit price 57.09" in english[3]

    def test_a_console_of_code_page_1252(self, four):  # noqa: F811
        done = run("diff", 1, 4, "--in", four, encoding="cp1252")
        assert done.code == 0
        assert "vähintään 8 asiakasta …: ei täyty (ennen: täyttyy)" in done.out


class TestWhichVersions:
    @pytest.mark.parametrize(
        ("typed", "pair"),
        [
            ((), "v0003 versioon v0004"),
            (("v0001", "v0002"), "v0001 versioon v0002"),
            (("1", "0003"), "v0001 versioon v0003"),
            (("V2", "viimeinen"), "v0002 versioon v0004"),
            (("edellinen",), "v0003 versioon v0004"),
            (("1",), "v0001 versioon v0004"),
            (("senaste", "previous"), "v0004 versioon v0003"),
        ],
    )
    def test_names(self, four, typed, pair):  # noqa: F811
        for folder in (four, four / "out"):
            assert lines(diff(folder, *typed))[0] == f"Mitä muuttui versiosta {pair}"
        assert lines(run("diff", *typed, cwd=four))[0] == f"Mitä muuttui versiosta {pair}"

    def test_paths(self, four, tmp_path):  # noqa: F811
        sent = shutil.copytree(four / "out/v0001", tmp_path / "lähetetty tarjous")
        assert lines(diff(four, sent, four / "out/v0002"))[0] == (
            "Mitä muuttui versiosta lähetetty tarjous versioon v0002"
        )
        assert lines(run("diff", "out/v0001", "out/v0002", cwd=four))[0] == HEAD

    def test_one_that_was_renamed_keeps_its_number(self, copy):  # noqa: F811
        (copy / "out/v0001").rename(copy / "out/v0001 kunnalle")
        assert lines(diff(copy, 1, 2))[0] == "Mitä muuttui versiosta v0001 kunnalle versioon v0002"
        assert lines(diff(copy, "v0001 kunnalle", 2))[0] == "Mitä muuttui versiosta v0001 kunnalle versioon v0002"

    @pytest.mark.parametrize("typed", ["9", "v0009", "vanha", "../v0001", "", "v00001x"])
    def test_unknown(self, four, typed):  # noqa: F811
        done = diff(four, typed, "2")
        assert done.code == 2
        assert done.out.splitlines()[0] == (
            f"VIRHE     {four / 'out'}  BK526  Versiota ”{typed}” ei ole kansiossa ”{four / 'out'}”; "
            "siellä on: v0001, v0002, v0003, v0004."
        )

    def test_too_few(self, tmp_path):
        folder = small.write(tmp_path / "a")
        assert lines(diff(folder)) == [f"Kansiossa {folder} ei ole vielä versioita. Seuraavaksi: bidkit build {folder}"]
        built(folder)
        assert lines(diff(folder)) == [
            f"Kansiossa {folder / 'out'} on vasta yksi versio, joten vertailtavaa ei vielä ole."
        ]
        assert json.loads(diff(folder, "--json").out) == {"from": None, "to": None, "changed": False}
        assert "Versiota ”edellinen” ei ole" in diff(folder, "edellinen").out
        assert diff(folder, "edellinen").code == 2


class TestWhatCannotBeRead:
    def test_one_that_did_not_keep_its_content(self, copy):  # noqa: F811
        without_content(copy / "out/v0001")
        done = diff(copy, 1, 2)
        assert done.code == 2
        assert done.out.splitlines()[0] == (
            f"VIRHE     {copy / 'out/v0001'}  BK527  Versio ”v0001” ei kerro, mitä siinä oli: sen teki bidkit 0.0.9, "
            "joka ei vielä tallentanut sitä."
        )

    def test_one_whose_content_was_edited(self, copy):  # noqa: F811
        file = copy / "out/v0001" / versions.CONTENT
        file.write_bytes(file.read_bytes().replace(b"55.77", b"45.77"))
        done = diff(copy, 1, 2, "--json")
        assert done.code == 2
        (told,) = json.loads(done.out)["findings"]
        assert (told["code"], told["place"]) == ("BK528", str(file))
        assert told["message"] == (
            "”sisainen/sisalto.json” ei kerro, mitä versiossa oli: sitä on muutettu tekemisen jälkeen."
        )

    def test_one_without_it_or_its_manifest(self, copy):  # noqa: F811
        (copy / "out/v0001" / versions.CONTENT).unlink()
        assert "BK528" in diff(copy, 1, 2).out
        (copy / "out/v0002/manifest.json").unlink()
        done = diff(copy, 1, 2)
        assert done.code == 2
        assert "BK528" in done.out
        assert "BK511" in done.out

    def test_a_bid_edited_by_hand_is_compared_by_what_was_built(self, copy):  # noqa: F811
        (copy / "out/v0001/tarjous.docx").write_bytes(b"edited")
        assert lines(diff(copy, 1, 2))[0] == HEAD


class TestExcerpts:
    def test_around_each_change_and_nothing_in_between(self):
        words = [f"sana{n}" for n in range(40)]
        old = " ".join(words)
        new = " ".join([*words[:10], "uusi", *words[11:30], *words[31:]])
        assert list(excerpts(old, new)) == [
            (f"… {' '.join(words[5:16])} …", f"… {' '.join([*words[5:10], 'uusi', *words[11:16]])} …"),
            (f"… {' '.join(words[25:36])} …", f"… {' '.join([*words[25:30], *words[31:36]])} …"),
        ]

    def test_at_the_ends(self):
        assert list(excerpts("", "uusi teksti")) == [("", "uusi teksti")]
        assert list(excerpts("vanha", "")) == [("vanha", "")]
        assert list(excerpts("a b", "a b c")) == [("a b", "a b c")]
        assert list(excerpts("a  b\n\nc", "a b c")) == []

    def test_every_word_that_differs_is_shown(self):
        old = " ".join(f"sana{n % 7}" for n in range(300))
        new = old.replace("sana3 sana4", "sana3 X sana4", 2)
        shown = " ".join(after for _, after in excerpts(old, new))
        assert shown.split().count("X") == 2
        assert len(shown.split()) <= 2 * (2 * AROUND + 3)


@pytest.mark.parametrize(
    "value",
    [None, "teksti", 3, Decimal("1.50"), Measure(Decimal("2.5"), "EUR"), ("a", Measure(3, "clients/day")),
     Word("from {day}", (("day", "x"),))],
)  # fmt: skip
def test_a_fact_comes_back_as_it_was_kept(value):
    assert fact(json.loads(json.dumps(kept(value)))) == value


@pytest.mark.parametrize("value", [{"value": "x", "unit": "EUR"}, {"day": "31.1."}, {"word": "a", "facts": 3}, {}, 1.5])
def test_what_was_not_kept_by_us_is_shown_as_it_is(value):
    assert fact(value) == str(value)


def test_fields_that_this_program_does_not_know_go_by_their_names():
    """What a newer bidkit keeps is compared too; shapes that no bidkit keeps do not end the run."""
    bare = {"dossier": {"bid": {"written_in": "fi"}}, "verdicts": [], "price": {"lots": []}}
    old = bare | {"dossier": {"bid": {"written_in": "fi", "colour": "red"}, "lots": 3, "members": [{"staff": ["x"]}]}}
    new = bare | {"dossier": {"bid": {"written_in": "fi", "colour": ["red", 2]}, "lots": [], "members": "?"}}
    found = difference(old, new)
    assert [(one.where.field, one.old, one.new) for one in found.figures] == [(("colour",), "red", ("red", 2))]
    assert [(one.noun, one.entry) for one in found.removed] == [("staff", "1.")]


def test_members_of_a_consortium_are_told_apart():
    def side(*names: str) -> dict:
        members = [{"organisation": {"id": n, "name": f"{n} ry"}, "sites": [{"id": "t", "municipality": m}]}
                   for n, m in (name.split("/") for name in names)]  # fmt: skip
        return {"dossier": {"members": members, "bid": {}}, "verdicts": [], "price": {"lots": []}}

    found = difference(side("a/609", "b/609"), side("a/609", "b/091", "c/091"))
    assert [(one.where.member, one.where.entry, one.old, one.new) for one in found.figures] == [
        ("b", "t", "Pori", "Helsinki")
    ]
    assert [(one.member, one.noun, one.entry) for one in found.added] == [
        ("c", "organisation", ""),
        ("c", "sites", "t"),
    ]


def test_forms_of_small_members_are_told_apart():
    def side(*forms: dict) -> dict:
        small_members = {"light_member": list(forms)} if forms else {}
        return {"dossier": {"members": [], "bid": {}, **small_members}, "verdicts": [], "price": {"lots": []}}

    one, other = {"id": "kuoro", "clients_per_year": 30}, {"id": "naapuri", "clients_per_year": 12}
    found = difference(side(one), side(one | {"clients_per_year": 25}, other))
    assert [(f.where.noun, f.where.entry, f.old, f.new) for f in found.figures] == [("light_member", "kuoro", 30, 25)]
    assert [(w.noun, w.entry) for w in found.added] == [("light_member", "naapuri")]


def test_what_an_earlier_version_kept_no_list_of_is_no_change():
    """Versions made before there were consortia say nothing of one."""
    before = {"dossier": {"members": [], "bid": {}}, "verdicts": [], "price": {"lots": []}}
    nothing = {"consortium": None, "participants": [], "light_member": []}
    after = before | {"dossier": {"members": [], "bid": {}, **nothing}}
    for old, new in ((before, after), (after, before)):
        found = difference(old, new)
        assert (found.added, found.removed, found.figures, found.texts) == ((), (), (), ())
