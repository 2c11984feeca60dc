#!/usr/bin/env python3
"""Makes the Word template of the peer: the styles of bidkit's own, and the tags of docxtpl.

python benchmarks/peer_template.py /tmp/peer.docx
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import docx

STYLES = Path(__file__).parent.parent / "templates/standard/fi.docx"


class _Maker:
    def __init__(self) -> None:
        self.document = docx.Document(str(STYLES))
        body = self.document.element.body
        for child in list(body)[:-1]:
            body.remove(child)
        for section in self.document.sections:
            for story in (section.header, section.footer):
                for paragraph in story.paragraphs:
                    paragraph.text = ""

    def add(self, text: str, style: str = "Normal") -> None:
        self.document.add_paragraph(text, style=style)

    def narrative(self, name: str) -> None:
        self.add("{%p for x in " + name + " %}")
        self.add("{%p if x.bullet %}")
        self.add("{{ x.text }}", "List Bullet")
        self.add("{%p else %}")
        self.add("{{ x.text }}")
        self.add("{%p endif %}")
        self.add("{%p endfor %}")

    def table(self, head: Sequence[str], loop: str, cells: Sequence[str]) -> None:
        rows = [row for row in (head, [loop], cells, ["{%tr endfor %}"]) if row]
        table = self.document.add_table(len(rows), len(cells), style="Bid Table")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                first, *more = text.split("\n")
                style = "Table Head" if texts is head else "Table Text"
                cell.paragraphs[0].text, cell.paragraphs[0].style = first, style
                for line in more:
                    cell.add_paragraph(line, style=style)
        self.add("")


def make(path: Path) -> None:
    """Write the template to ``path``."""
    m = _Maker()
    m.add("{{ tender.buyer }}")
    m.add("{{ tender.title }}", "Title")
    m.add("Tarjous · {{ org.name }}", "Subtitle")
    m.table([], "{%tr for k, v in cover %}", ["{{ k }}", "{{ v }}"])
    m.add("Saate", "Heading 1")
    m.narrative("letter")
    m.add("Tiivistelmä", "Heading 1")
    m.narrative("summary")
    m.add("Tarjoaja", "Heading 1")
    m.add("{{ org.name }}", "Heading 2")
    m.table([], "{%tr for k, v in facts %}", ["{{ k }}", "{{ v }}"])
    m.narrative("profile")
    m.add("Liikevaihto", "Heading 3")
    m.table(["Vuosi", "Liikevaihto"], "{%tr for k, v in turnover %}", ["{{ k }}", "{{ v }}"])
    m.add("Vaatimusten täyttyminen", "Heading 1")
    m.add("{{ tally }}")
    m.table(
        ["Nro", "Vaatimus", "Tulos", "Selvitys", "Näyttö", "Liite tai kohta"],
        "{%tr for c in conditions %}",
        [
            "{{ c.id }}",
            "{{ c.text }}\n{{ c.clause }}",
            "{{ c.state }}\npakollinen",
            "{{ c.why }}",
            "{{ c.rows }}",
            "{{ c.chapter }}",
        ],
    )
    m.add("{%p for lot in lots %}")
    m.add("Palvelukuvaus: osa-alue {{ lot.number }} {{ lot.title }}", "Heading 1")
    m.add("{%p for s in lot.services %}")
    _service(m)
    m.add("{%p endfor %}")
    m.add("{%p endfor %}")
    m.add("Henkilöstö", "Heading 1")
    m.add("Valmennus", "Heading 2")
    m.table(
        ["Nimike", "Koulutus", "Työkokemus", "Kielet", "Työaika", "Lähde"],
        "{%tr for p in staff %}",
        ["{{ p.title }}\n{{ p.services }}", "–", "–", "{{ p.languages }}", "{{ p.hours }}", "{{ p.source }}"],
    )
    m.add("Tulokset asiakasryhmittäin", "Heading 1")
    m.add("{%p for g in groups %}")
    m.add("{{ g.name }}", "Heading 2")
    m.add("Tulokset: {{ g.name }} ({{ g.services }})", "Caption")
    m.table(
        [
            "Tulos ja sen määritelmä",
            "Aloittaneet ja mittaus",
            "Aloitti (n)",
            "Seurattu",
            "Saavutti",
            "Osuus (95 %)",
            "Mittari, lähde",
        ],
        "{%tr for r in g.rows %}",
        [
            "{{ r.what }}\n{{ r.service }}\n{{ r.definition }}",
            "{{ r.period }}\n{{ r.after }}",
            "{{ r.cohort }}",
            "{{ r.followed_up }}",
            "{{ r.reached }}",
            "{{ r.rate }}\n{{ r.interval }}",
            "{{ r.instrument }}\n{{ r.collector }}\n{{ r.source }}",
        ],
    )
    m.add("{%p endfor %}")
    m.add("Laatukriteerien vastaukset", "Heading 1")
    m.add("{%p for a in answers %}")
    m.add("{{ a.number }} {{ a.title }}", "Heading 2")
    m.add("{{ a.question }}")
    m.add("{{ a.count }}")
    m.narrative("a.text")
    m.add("{%p endfor %}")
    m.add("Hinnat", "Heading 1")
    m.add("{%p for lot in lots %}")
    m.add("Osa-alue {{ lot.number }} {{ lot.title }}", "Heading 2")
    m.table(
        ["Nro", "Hinnoiteltava", "Yksikkö", "Määrä", "Yksikköhinta", "Yhteensä ilman alv", "Alv"],
        "{%tr for x in lot.lines %}",
        [
            "{{ x.number }}",
            "{{ x.title }}\nilman arvonlisäveroa",
            "{{ x.unit }}",
            "{{ x.quantity }}",
            "{{ x.price }}",
            "{{ x.net }}",
            "{{ x.vat }}\nalv 25,5 %",
        ],
    )
    m.table([], "{%tr for k, v in lot.totals %}", ["{{ k }}", "{{ v }}"])
    m.add("{%p endfor %}")
    m.add("Lukujen lähteet", "Heading 1")
    m.table(
        ["Nro", "Laji", "Nimi", "Rivi", "Alkuperä"],
        "{%tr for x in sources %}",
        ["{{ x.number }}", "{{ x.kind }}", "{{ x.name }}", "{{ x.id }}", "{{ x.origin }}"],
    )
    m.document.save(str(path))


def _service(m: _Maker) -> None:
    m.add("{{ s.name }}", "Heading 2")
    m.add("{{ s.promise }}")
    for title, name in (("Tavoite", "aim"), ("Luvattu tulos", "result"), ("Kohderyhmä", "need")):
        m.add(title, "Heading 3")
        m.narrative(f"s.{name}")
    m.add("{%p for g in s.groups %}")
    m.add("{{ g }}", "List Bullet")
    m.add("{%p endfor %}")
    m.add("Asiakaspolku", "Heading 3")
    m.table(
        ["Vaihe", "Askel", "Mitä tapahtuu", "Tuntia / asiakas", "Vastuu"],
        "{%tr for x in s.steps %}",
        ["{{ x.phase }}", "{{ x.name }}", "{{ x.what }}", "{{ x.hours }} h", "–"],
    )
    for title, name in (("Sisältö", "content"), ("Menetelmät", "methods")):
        m.add(title, "Heading 3")
        m.narrative(f"s.{name}")
    m.add("Laajuus: ryhmä- ja yksilötyö", "Heading 3")
    m.table([], "{%tr for k, v in s.dose %}", ["{{ k }}", "{{ v }}"])
    m.add("Paikat", "Heading 3")
    m.table(
        ["Toimipaikka", "Osoite", "Palveltavat kunnat", "Esteettömyys"],
        "{%tr for x in s.sites %}",
        ["{{ x.name }}", "{{ x.address }}", "{{ x.municipality }}", "Esteetön"],
    )
    m.add("Kielet", "Heading 3")
    m.add("{{ s.languages }}")
    m.add("Palvelun henkilöstö", "Heading 3")
    m.add("Työn tekevät: {{ s.staff }}")
    m.add("Tehtävät: Valmennus")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
