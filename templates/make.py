"""Makes templates/standard and templates/short in Finnish, Swedish and English from one description.

Run it after changing the description or its words: ``python templates/make.py``. The words are those
of ``bidkit/locale/<language>/document.po``, so that the three languages never drift apart. A maintainer who
only wants another look changes the styles of the .docx in Word and has no need of this script.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import joint  # noqa: E402  (beside this file)
import word  # noqa: E402

from bidkit.i18n import N_, Translator  # noqa: E402

LANGUAGES = ("fi", "sv", "en")
KEEP = "<w:keepNext/>"  # short tables of facts stay on one page


class Page:
    """A template in one language: what is written on it, in order."""

    def __init__(self, language: str, *, compact: bool = False) -> None:
        self.words = Translator(language, ("document", "common"))
        self.keep = "" if compact else KEEP
        self.document = word.Document(language, f"{self.text(N_('Bid'))}: {{{{ tender.title }}}}", "", "", compact)
        self.document.header = word.paragraph(
            "{{ tender.buyer }} · {{ tender.reference }}\t{{ bidder.name }}", "Header"
        )
        page = self.text(N_("Page")) + " "
        footer = word.runs(f"{self.text(N_('Build'))} {{{{ build }}}}\t{page}")
        footer += word.number_field("PAGE") + word.runs(" / ") + word.number_field("NUMPAGES")
        self.document.footer = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{footer}</w:p>'

    def text(self, msgid: str) -> str:
        """Return a text of ours in this language."""
        return self.words.text(msgid)

    def add(self, xml: str) -> None:
        """Add a piece of markup."""
        self.document.body.append(xml)

    def heading(self, level: int, msgid: str) -> None:
        """Add a heading of ours."""
        self.add(word.paragraph(self.text(msgid), f"Heading{level}"))

    def titled(self, level: int, field: str) -> None:
        """Add a heading whose words are the dossier's."""
        self.add(word.paragraph(field, f"Heading{level}"))

    def line(self, text: str, style: str = "", extra: str = "") -> None:
        """Add a paragraph, with ``extra`` properties."""
        self.add(word.paragraph(text, style, extra))

    def tag(self, *statements: str) -> None:
        """Add statements, each in a paragraph of its own: they vanish when the template is filled."""
        for statement in statements:
            self.add(word.paragraph(f"{{% {statement} %}}"))

    def section(self, level: int, msgid: str, field: str) -> None:
        """Add a heading with its narrative text; both vanish where there is no text."""
        self.tag(f"if {field}")
        self.heading(level, msgid)
        self.line(f"{{{{ {field} }}}}")
        self.tag("endif")

    def caption(self, text: str) -> None:
        """Add the caption of the table or chart below."""
        self.line(text, "Caption")

    def table(
        self, each: str, columns: list[tuple[str, int, list[tuple[str, str]]]], *, alt: str, share: int = 100
    ) -> None:
        """Add a table with a header row and one row that repeats.

        Columns are heading, relative width, and the paragraphs of the cell as (text, style); a style that
        begins with ``?`` stands for a paragraph that is there only if its field has a value.
        """
        widths = [width for _, width, _ in columns]
        numeric = [any(style == "TableNumber" for _, style in cell) for _, _, cell in columns]
        heads = [
            word.paragraph(self.text(head), "TableHeadNumber" if right else "TableHead")
            for (head, _, _), right in zip(columns, numeric, strict=True)
        ]
        cells = [self.cell(cell) for _, _, cell in columns]
        cells[0] = word.paragraph(f"{{% for {each} %}}", "TableText") + cells[0]
        cells[-1] += word.paragraph("{% endfor %}", "TableText")
        rows = [word.row(widths, heads, header=True, share=share), word.row(widths, cells, share=share)]
        self.framed("BidTable", widths, rows, header=True, alt=alt, share=share)

    def cell(self, paragraphs: list[tuple[str, str]], extra: str = "") -> str:
        """Return the paragraphs of a cell, as `table` takes them."""
        found = ""
        for text, style in paragraphs:
            if style.startswith("?"):
                field = text.split("{{")[1].split("}}")[0].strip().split(" ")[0]
                found += word.paragraph(f"{{% if {field} %}}", "TableText") + word.paragraph(text, style[1:], extra)
                found += word.paragraph("{% endif %}", "TableText")
            else:
                found += word.paragraph(text, style, extra)
        return found

    def facts(self, each: str, *, alt: str) -> None:
        """Add a table of labels and values that repeats."""
        name = each.partition(" in ")[0]
        widths = [30, 70]
        cells = [
            word.paragraph(f"{{% for {each} %}}**{{{{ {name}.label }}}}**", "TableText", self.keep),
            word.paragraph(f"{{{{ {name}.value }}}}{{% endfor %}}", "TableText", self.keep),
        ]
        self.framed("BidFacts", widths, [word.row(widths, cells)], header=False, alt=alt)

    def fixed(self, rows: list[tuple[str, str, str]], *, alt: str) -> None:
        """Add a table of labels and values; a row with a condition is there only if that field has a value."""
        widths = [30, 70]
        made = []
        for label, text, condition in rows:
            first, last = (f"{{% if {condition} %}}", "{% endif %}") if condition else ("", "")
            cells = [
                word.paragraph(f"{first}**{self.text(label)}**", "TableText", self.keep),
                word.paragraph(f"{text}{last}", "TableText", self.keep),
            ]
            made.append(word.row(widths, cells))
        self.framed("BidFacts", widths, made, header=False, alt=alt)

    def framed(
        self, style: str, widths: list[int], rows: list[str], *, header: bool, alt: str, share: int = 100
    ) -> None:
        """Add a table of finished rows, and a little room below it."""
        self.add(word.table(style, widths, rows, header=header, alt=self.text(alt), share=share))
        self.line("", "AfterTable")

    def signature(self, who: str = "", name: str = "{{ bidder.name }}") -> None:
        """Add where the bid is signed; by whom it is unless told the lead's signatory."""
        widths = [50, 50]
        place = word.paragraph(self.text(N_("Place and date")), "TableSmall")
        who = who or "{% if bidder.signatory.name %}{{ bidder.signatory.name }}, {% endif %}{{ bidder.signatory.role }}"
        signed = word.paragraph(who, "TableText") + word.paragraph(name, "TableText")
        before = 200 if self.document.compact else 560
        blank = word.paragraph("", "TableText", f'<w:spacing w:before="{before}" w:after="0"/>')
        line = word.paragraph("_" * 34, "TableSmall")
        rows = [word.row(widths, [blank + line + place, blank + line + signed])]
        self.framed("BidPlain", widths, rows, header=False, alt=N_("Signature"))


def cover(page: Page) -> None:
    """Add the first page."""
    page.line("{{ tender.buyer }}", "CoverBuyer")
    page.line("{{ tender.title }}", "Title")
    group = "{% if group %}{% if group.name %} · {{ group.name }}{% endif %}{% endif %}"
    page.line(f"{page.text(N_('Bid'))} · {{{{ bidder.name }}}}{group}", "Subtitle")
    cover_facts(page)
    page.line("", "AfterTable")
    page.signature()
    page.add(word.PAGE_BREAK)


def cover_facts(page: Page, *more: tuple[str, str, str]) -> None:
    """Add the table of what is offered to whom, with ``more`` rows."""
    contact = "{{ bidder.contact.role }}{% if bidder.contact.name %}, {{ bidder.contact.name }}{% endif %}, "
    contact += "{{ bidder.contact.email }}{% if bidder.contact.phone %}, {{ bidder.contact.phone }}{% endif %}"
    lots = "{% for lot in bid.lots %}{{ lot }}{% if loop.last %}{% else %}; {% endif %}{% endfor %}"
    together = "{{ group.title }}{% if group.name %} {{ group.name }}{% endif %}: {{ group.partners }}"
    options = "{{ tender.options }}{% if tender.option_notice %}. {{ tender.option_notice }}{% endif %}"
    page.fixed(
        [
            (N_("The buyer's reference"), "{{ tender.reference }}", ""),
            (N_("Procedure"), "{{ tender.procedure }}", "tender.procedure"),
            (N_("Lots offered"), lots, ""),
            (N_("Lots in order of preference"), "{{ bid.preference }}", "bid.preference"),
            (N_("Bidder"), "{{ bidder.name }}, {{ bidder.business_id }}", ""),
            (N_("Bidding together"), together, "group"),
            (N_("Contract term"), "{{ tender.contract }}", ""),
            (N_("Options"), options, "tender.options"),
            (N_("CPV codes"), "{{ tender.cpv }}", "tender.cpv"),
            *more,
            (N_("Date of the bid"), "{{ bid.date }}", ""),
            (N_("Bid valid until"), "{{ bid.valid_until }}", ""),
            (N_("Contact"), contact, ""),
        ],
        alt=N_("Basic facts of the bid"),
    )


def open_list(page: Page) -> None:
    """Add what keeps a draft from being sent; only a draft has it."""
    page.tag("if draft")
    page.line(page.text(N_("Draft: not to be sent yet")), "OpenHeading")
    page.tag("if open")
    page.line(page.text(N_("These mandatory conditions are not met or not known:")))
    page.table(
        "o in open",
        [
            (N_("No."), 9, [("{{ o.number }}", "TableText"), (page.text(N_("Lot")) + " {{ o.lot }}", "?TableSmall")]),
            (N_("Requirement"), 36, [("{{ o.requirement }}", "TableText"), ("{{ o.clause }}", "?TableSmall")]),
            (N_("Verdict"), 14, [("**{{ o.verdict }}**", "TableText")]),
            (N_("Explanation"), 41, [("{{ o.explanation }}", "TableText")]),
        ],
        alt=N_("Open conditions"),
    )
    page.tag("else", "if conditions")
    page.line(page.text(N_("No mandatory condition is open.")))
    page.tag("endif", "endif", "if faults")
    page.line("{{ faults }}")
    page.tag("endif", "endif")


def contents(page: Page) -> None:
    """Add the table of contents, on pages of its own."""
    page.line(page.text(N_("Contents")), "TOCHeading")
    page.line("{{ contents }}")
    page.add(word.PAGE_BREAK)


def bidder(page: Page) -> None:
    """Add the bidder, of a group each member."""
    page.heading(1, N_("The bidder"))
    page.tag("for m in members")
    page.titled(2, "{{ m.name }}")
    page.facts("f in m.facts", alt=N_("Basic facts of the bidder"))
    page.tag("if m.profile")
    page.line("{{ m.profile }}")
    page.tag("endif")
    page.tag("if m.turnover")
    page.heading(3, N_("Turnover"))
    page.table(
        "t in m.turnover",
        [(N_("Year"), 40, [("{{ t.year }}", "TableText")]), (N_("Turnover"), 60, [("{{ t.amount }}", "TableNumber")])],
        alt=N_("Turnover"),
        share=50,
    )
    page.tag("endif", "if m.certificates")
    page.heading(3, N_("Certificates"))
    page.table(
        "c in m.certificates",
        [
            (N_("Certificate"), 40, [("{{ c.title }}", "TableText")]),
            (N_("Issued by"), 24, [("{{ c.issuer }}", "TableText")]),
            (N_("Date"), 14, [("{{ c.issued }}", "TableText")]),
            (N_("Valid until"), 14, [("{{ c.valid_until }}", "TableText")]),
            (N_("Source"), 8, [("{{ c.source }}", "TableText")]),
        ],
        alt=N_("Certificates"),
    )
    page.tag("endif", "if m.insurances")
    page.heading(3, N_("Insurances"))
    page.table(
        "i in m.insurances",
        [
            (N_("Insurance"), 31, [("{{ i.title }}", "TableText")]),
            (N_("Insurance company"), 23, [("{{ i.insurer }}", "TableText")]),
            (N_("Sum insured"), 21, [("{{ i.amount }}", "TableNumber")]),
            (N_("In force"), 17, [("{{ i.valid }}", "TableText")]),
            (N_("Source"), 8, [("{{ i.source }}", "TableText")]),
        ],
        alt=N_("Insurances"),
    )
    page.tag("endif", "endfor")


def matrix(page: Page) -> None:
    """Add the compliance matrix; of a joint bid with who meets what."""
    page.tag("if conditions")
    page.heading(1, N_("Fulfilment of the requirements"))
    page.line(
        page.text(N_("Conditions in each state:"))
        + " {% for t in tally %}{{ t.verdict }} {{ t.count }}{% if loop.last %}.{% else %}, {% endif %}{% endfor %}"
    )
    number = (N_("No."), 7, [("{{ c.number }}", "TableText"), (page.text(N_("Lot")) + " {{ c.lot }}", "?TableSmall")])
    asked = [("{{ c.requirement }}", "TableText"), ("{{ c.clause }}", "?TableSmall")]
    verdict = (N_("Verdict"), 12, [("**{{ c.verdict }}**", "TableText"), ("{{ c.binding }}", "TableSmall")])
    page.tag("if group")
    page.table(
        "c in conditions",
        [
            number,
            (N_("Requirement"), 24, asked),
            verdict,
            (N_("Who meets it"), 17, [("{{ c.met_by }}", "TableText")]),
            (N_("Explanation"), 23, [("{{ c.explanation }}", "TableText")]),
            (N_("Shown in"), 19, [("{{ c.shown_in }}", "TableText"), ("{{ c.evidence }}", "?TableSmall")]),
        ],
        alt=N_("Compliance matrix"),
    )
    page.tag("else")
    page.table(
        "c in conditions",
        [
            number,
            (N_("Requirement"), 27, asked),
            verdict,
            (N_("Explanation"), 27, [("{{ c.explanation }}", "TableText")]),
            (N_("Evidence"), 10, [("{{ c.evidence }}", "TableText")]),
            (N_("Attachment or section"), 19, [("{{ c.shown_in }}", "TableText")]),
        ],
        alt=N_("Compliance matrix"),
    )
    page.tag("endif")
    page.line(page.text(N_("Evidence: numbers refer to the list of sources at the end.")), "Note")
    page.tag("endif")


def services(page: Page) -> None:
    """Add the lots with their services; a service that an earlier lot described is only named."""
    page.tag("for lot in lots")
    page.titled(
        1, f"{page.text(N_('Service description'))}: {page.text(N_('lot'))} {{{{ lot.number }}}} {{{{ lot.title }}}}"
    )
    page.tag("if lot.description")
    page.line("{{ lot.description }}")
    page.tag("endif")
    for label, field in ((N_("Area"), "lot.area"), (N_("Client groups"), "lot.client_groups")):
        page.tag(f"if {field}")
        page.line(f"**{page.text(label)}:** {{{{ {field} }}}}")
        page.tag("endif")
    page.section(2, N_("How the lot is carried out"), "lot.plan")
    page.tag("if lot.promised")
    page.heading(2, N_("Capacity promised to the lot"))
    page.table(
        "p in lot.promised",
        [
            (N_("Service"), 50, [("{{ p.service }}", "TableText")]),
            (N_("Capacity"), 50, [("{{ p.capacity }}", "TableText")]),
        ],
        alt=N_("Capacity promised to the lot"),
    )
    page.tag("endif", "for s in lot.services")
    service(page)
    page.tag("endfor", "for d in lot.described")
    page.titled(2, "{{ d.name }}")
    page.line(
        page.text(N_("The service is described under lot {lot}; it is given in the same way in this lot.")).replace(
            "{lot}", "{{ d.lot }}"
        )
    )
    page.tag("endfor", "endfor")


def service(page: Page) -> None:
    """Add one service in the order that buyers are used to."""
    page.titled(2, "{{ s.name }}")
    page.line("{{ s.promise }}", "Lead")
    page.tag("if s.member")
    page.line(f"**{page.text(N_('Given by'))}:** {{{{ s.member }}}}")
    page.tag("endif")
    page.section(3, N_("Aim"), "s.aim")
    page.section(3, N_("Result promised"), "s.result")
    page.heading(3, N_("Target group"))
    page.tag("if s.need")
    page.line("{{ s.need }}")
    page.tag("endif", "for g in s.client_groups")
    page.line("**{{ g.name }}**{% if g.needs %}: {{ g.needs }}{% endif %}", "ListBullet")
    page.tag("endfor", "if s.exclusions")
    page.line("{{ s.exclusions }}")
    page.tag("endif", "if s.path")
    page.heading(3, N_("The client's path"))
    page.table("p in s.path", path_columns(), alt=N_("The client's path"))
    page.tag("endif")
    page.section(3, N_("Content"), "s.content")
    page.tag("if s.methods")
    page.heading(3, N_("Methods"))
    page.line("{{ s.methods }}")
    page.tag("if s.tools")
    tools = "{% for t in s.tools %}{{ t }}{% if loop.last %}.{% else %}, {% endif %}{% endfor %}"
    page.line(f"**{page.text(N_('Tools'))}:** {tools}")
    page.tag("endif", "endif")
    page.heading(3, N_("Extent: group and individual work"))
    page.facts("f in s.facts", alt=N_("Extent of the service"))
    places(page)
    page.heading(3, N_("Languages"))
    page.line("{{ s.languages }}")
    page.heading(3, N_("Staff of the service"))
    page.tag("if s.staffing")
    page.line(f"**{page.text(N_('Doing the work'))}:** {{{{ s.staffing }}}}")
    page.tag("endif")
    page.line(f"**{page.text(N_('Tasks'))}:** {{{{ s.roles }}}}")
    for msgid, name in (
        (N_("Cooperation"), "cooperation"),
        (N_("Quality and self-monitoring"), "quality"),
        (N_("Reporting"), "reporting"),
        (N_("Risks"), "risks"),
        (N_("Start-up plan"), "launch"),
    ):
        page.section(3, msgid, f"s.{name}")
    page.tag("if s.modules")
    page.heading(3, N_("Modules"))
    page.table(
        "m in s.modules",
        [
            (N_("Module"), 28, [("{{ m.name }}", "TableText")]),
            (N_("Content"), 57, [("{{ m.what }}", "TableText")]),
            (N_("Hours per client"), 15, [("{{ m.hours }}", "TableNumber")]),
        ],
        alt=N_("Modules"),
    )
    page.tag("endif")
    page.section(3, N_("Price to the client"), "s.price_to_client")


def path_columns() -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return the columns of the client's path."""
    return [
        (N_("Phase"), 14, [("{{ p.phase }}", "TableText")]),
        (N_("Step"), 19, [("**{{ p.name }}**", "TableText")]),
        (N_("What happens"), 35, [("{{ p.what }}", "TableText")]),
        (N_("Hours per client"), 12, [("{{ p.hours }}", "TableNumber")]),
        (N_("Responsible"), 20, [("{{ p.owner }}", "TableText")]),
    ]


def places(page: Page) -> None:
    """Add where the service is given."""
    page.tag("if s.has_places")
    page.heading(3, N_("Places"))
    page.tag("if s.sites")
    page.table(
        "p in s.sites",
        [
            (N_("Site"), 22, [("{{ p.name }}", "TableText")]),
            (N_("Address"), 28, [("{{ p.address }}", "TableText")]),
            (N_("Municipalities served"), 22, [("{{ p.serves }}", "TableText")]),
            (N_("Accessibility"), 28, [("{{ p.accessibility }}", "TableText")]),
        ],
        alt=N_("Places"),
    )
    page.tag("endif", "if s.municipalities")
    page.line(f"**{page.text(N_('Also in'))}:** {{{{ s.municipalities }}}}")
    page.tag("endif", "if s.remote")
    page.line("{{ s.remote }}")
    page.tag("endif", "endif")


def staff(page: Page) -> None:
    """Add the staff by role."""
    page.tag("if staff")
    page.heading(1, N_("Staff"))
    page.tag("for r in staff")
    page.titled(2, "{{ r.role }}")
    page.table("p in r.people", staff_columns(page), alt=N_("Staff"))
    page.tag("endfor", "endif")


def staff_columns(page: Page) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return the columns of the table of staff."""
    experience = "{% for e in p.experience %}{{ e }}{% if loop.last %}{% else %}; {% endif %}{% endfor %}"
    return [
        (
            N_("Job title"),
            21,
            [
                ("**{{ p.title }}**", "TableText"),
                ("{{ p.name }}", "?TableText"),
                ("{{ p.member }}", "?TableSmall"),
                ("{{ p.services }}", "?TableSmall"),
            ],
        ),
        (N_("Education"), 21, [("{{ p.qualifications }}", "TableText")]),
        (N_("Work experience"), 23, [(experience, "TableText")]),
        (N_("Languages"), 13, [("{{ p.languages }}", "TableText")]),
        (
            N_("Working time"),
            13,
            [("{{ p.hours }}", "TableText"), (page.text(N_("from")) + " {{ p.available }}", "?TableSmall")],
        ),
        (N_("Source"), 9, [("{{ p.source }}", "TableText")]),
    ]


def references(page: Page) -> None:
    """Add the references."""
    page.tag("if references")
    page.heading(1, N_("References"))
    page.tag("for r in references")
    page.titled(2, "{{ r.title }}")
    page.fixed(
        [
            (N_("Buyer"), "{{ r.buyer }}", ""),
            (N_("Period"), "{{ r.period }}", ""),
            (N_("Held by"), "{{ r.holder }}", "r.holder"),
            (N_("Value without VAT"), "{{ r.value }}", "r.value"),
            (N_("Clients"), "{{ r.clients }}", "r.clients"),
            (N_("Hours or client-days"), "{{ r.quantity }}", "r.quantity"),
            (N_("Contact at the buyer"), "{{ r.contact }}", "r.contact"),
            (N_("Source"), "{{ r.source }}", ""),
        ],
        alt=N_("Reference"),
    )
    page.line("{{ r.description }}")
    page.tag("endfor", "endif")


def evidence(page: Page) -> None:
    """Add the results of each client group: table, notes, chart."""
    page.tag("if evidence")
    page.heading(1, N_("Results by client group"))
    page.line(
        page.text(
            N_(
                "Shares are counted of everybody who started, not only of those who completed the service. "
                "The interval is the 95 per cent Wilson interval."
            )
        )
    )
    page.tag("for e in evidence")
    page.titled(2, "{{ e.group }}")
    page.caption(
        page.text(N_("Results: {group} ({services})"))
        .replace("{group}", "{{ e.group }}")
        .replace("{services}", "{{ e.services }}")
    )
    page.table("r in e.rows", evidence_columns(page), alt=N_("Results by client group"))
    page.tag("if e.few")
    page.line(page.text(N_("Under 20 starters no percentage is given, but the counts.")), "Note")
    page.tag("endif", "if e.hidden")
    page.line(page.text(N_("n/a: not published, because counts under five could identify single clients.")), "Note")
    page.tag("endif", "if e.chart")
    page.caption(page.text(N_("Share of all who started, per cent: {group}")).replace("{group}", "{{ e.group }}"))
    page.line("{{ e.chart }}", "ChartFrame")
    page.tag("endif", "endfor", "endif")


def evidence_columns(page: Page) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return the columns of the table of results."""
    return [
        (
            N_("Result and its definition"),
            22,
            [
                ("**{{ r.number }}. {{ r.indicator }}**", "TableText"),
                ("{{ r.service }}", "?TableSmall"),
                ("{{ r.definition }}", "TableSmall"),
            ],
        ),
        (N_("Started in, measured"), 13, [("{{ r.period }}", "TableText"), ("{{ r.follow_up }}", "TableSmall")]),
        (N_("Started (n)"), 9, [("{{ r.cohort }}", "TableNumber")]),
        (N_("Followed up"), 11, [("{{ r.followed_up }}", "TableNumber")]),
        (N_("Reached"), 10, [("{{ r.reached }}", "TableNumber")]),
        (N_("Share (95 %)"), 13, [("**{{ r.share }}**", "TableNumber"), ("{{ r.interval }}", "?TableNumber")]),
        (
            N_("How known, source"),
            22,
            [
                ("{{ r.instrument }}", "TableSmall"),
                ("{{ r.collector }}", "TableSmall"),
                ("{{ r.origin }}", "TableSmall"),
                ("{{ r.source }}", "TableSmall"),
            ],
        ),
    ]


def short_evidence_columns(page: Page) -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return the columns of the table of results, narrower."""
    found = evidence_columns(page)
    head = found[0][0]
    return [
        (head, 28, [("**{{ r.indicator }}**: {{ r.definition }}", "TableText"), ("{{ r.service }}", "?TableSmall")]),
        *found[1:6],
        (N_("Source"), 16, [("{{ r.origin }}", "TableSmall")]),
    ]


def quality(page: Page, level: int) -> None:
    """Add the answers to the award criteria, in the tender's order and words."""
    page.tag("if criteria")
    page.heading(level, N_("Answers to the quality criteria"))
    page.tag("for c in criteria")
    page.titled(level + 1, "{{ c.number }} {{ c.title }}")
    page.tag("if c.question")
    page.line("{{ c.question }}", "Quote")
    page.tag("endif")
    lots = "{% if c.lots %} · " + page.text(N_("Lots")) + " {{ c.lots }}{% endif %}"
    points = page.text(N_("at most {points} points")).replace("{points}", "{{ c.points }}")
    page.line("{{ c.characters }} · " + points + lots, "Count")
    page.tag("if c.answer")
    page.line("{{ c.answer }}")
    page.tag("endif")
    page.tag("endfor", "endif")


def prices(page: Page, level: int) -> None:
    """Add the price schedule; there is one only if the tender lets the bid show prices."""
    page.tag("if price")
    page.heading(level, N_("Prices"))
    page.tag("for lot in price.lots")
    page.titled(level + 1, f"{page.text(N_('Lot'))} {{{{ lot.number }}}} {{{{ lot.title }}}}")
    page.table(
        "p in lot.lines",
        [
            (N_("No."), 7, [("{{ p.number }}", "TableText")]),
            (N_("What is priced"), 24, [("{{ p.title }}", "TableText"), ("{{ p.basis }}", "TableSmall")]),
            (N_("Unit"), 14, [("{{ p.unit }}", "TableText")]),
            (N_("Quantity"), 9, [("{{ p.quantity }}", "TableNumber")]),
            (N_("Unit price"), 15, [("{{ p.unit_price }}", "TableNumber")]),
            (N_("Total without VAT"), 15, [("{{ p.net }}", "TableNumber")]),
            (N_("VAT"), 16, [("{{ p.vat }}", "TableNumber"), ("{{ p.vat_status }}", "TableSmallNumber")]),
        ],
        alt=N_("Prices"),
    )
    page.fixed(
        [
            (N_("Comparison price of the lot"), "**{{ lot.comparison }}**", ""),
            (N_("Total without VAT"), "{{ lot.net }}", ""),
            (N_("VAT"), "{{ lot.vat }}", ""),
            (N_("Total with VAT"), "{{ lot.gross }}", ""),
        ],
        alt=N_("Totals of the lot"),
    )
    page.tag("for g in lot.grounds")
    page.line(f"{page.text(N_('VAT ground'))}: {{{{ g }}}}", "Note")
    page.tag("endfor", "endfor", "if price.reason")
    page.line("{{ price.reason }}")
    page.tag("endif", "endif")


def attachments(page: Page, level: int) -> None:
    """Add the list of attachments."""
    page.tag("if attachments")
    page.heading(level, N_("Attachments"))
    page.table(
        "a in attachments",
        [
            (N_("No."), 10, [("{{ a.number }}", "TableText")]),
            (N_("Attachment"), 54, [("{{ a.title }}", "TableText")]),
            (N_("Publicity"), 24, [("**{{ a.confidential }}**", "?TableText"), ("{{ a.public }}", "?TableText")]),
            (N_("Pages"), 12, [("{{ a.pages }}", "TableNumber")]),
        ],
        alt=N_("Attachments"),
    )
    page.tag("endif")


def call_documents(page: Page) -> None:
    """Add which documents of the call, in which versions, and which answers the bid rests on."""
    page.tag("if tender.documents or tender.questions")
    page.heading(1, N_("Documents of the call"))
    page.tag("if tender.documents")
    page.line(page.text(N_("The bid rests on these documents of the call, in these versions.")))
    page.table(
        "d in tender.documents",
        [
            (N_("Document"), 62, [("{{ d.title }}", "TableText")]),
            (N_("Version"), 18, [("{% if d.version %}{{ d.version }}{% else %}–{% endif %}", "TableText")]),
            (N_("Dated"), 20, [("{{ d.published }}", "TableText")]),
        ],
        alt=N_("Documents of the call"),
    )
    page.tag("endif", "if tender.questions")
    page.line(page.text(N_("These questions and the buyer's answers to them have been taken into account.")))
    page.table(
        "q in tender.questions",
        [
            (N_("Asked"), 14, [("{{ q.asked }}", "TableText")]),
            (N_("Answered"), 14, [("{{ q.answered }}", "TableText")]),
            (N_("Question"), 36, [("{{ q.question }}", "TableText")]),
            (N_("Answer"), 36, [("{{ q.answer }}", "TableText")]),
        ],
        alt=N_("Questions and answers"),
    )
    page.tag("endif", "endif")


def sources(page: Page) -> None:
    """Add the list of the rows that figures come from."""
    page.tag("if sources")
    page.heading(1, N_("Sources of the figures"))
    page.line(page.text(N_("Every figure in this bid comes from one of these rows of the bidder's own records.")))
    page.table(
        "s in sources",
        [
            (N_("No."), 7, [("{{ s.number }}", "TableText")]),
            (N_("What"), 18, [("{{ s.kind }}", "TableText")]),
            (N_("Title"), 28, [("{{ s.title }}", "TableText"), ("{{ s.holder }}", "?TableSmall")]),
            (N_("Row"), 19, [("{{ s.row }}", "TableText")]),
            (N_("Origin"), 28, [("{{ s.origin }}", "TableText")]),
        ],
        alt=N_("Sources of the figures"),
    )
    page.tag("endif")


def standard(language: str) -> bytes:
    """Return the template of a whole bid."""
    page = Page(language)
    cover(page)
    open_list(page)
    contents(page)
    page.section(1, N_("Cover letter"), "bid.letter")
    page.section(1, N_("Summary"), "bid.summary")
    page.tag("if group")
    joint.chapter(page)
    page.tag("else")
    bidder(page)
    page.tag("endif")
    matrix(page)
    services(page)
    staff(page)
    references(page)
    evidence(page)
    quality(page, 1)
    page.section(1, N_("Social responsibility"), "bid.responsibility")
    page.section(1, N_("Data protection"), "bid.data_protection")
    prices(page, 1)
    attachments(page, 1)
    call_documents(page)
    sources(page)
    joint.annex(page)
    return page.document.data()


def short(language: str) -> bytes:
    """Return the template of a proposal of two or three pages, for dynamic small procurements."""
    page = Page(language, compact=True)
    page.line("{{ tender.title }}", "Title")
    page.line(f"{page.text(N_('Proposal'))} · {{{{ bidder.name }}}}", "Subtitle")
    open_list(page)
    documents = "{% for d in tender.documents %}{{ d.title }}{% if d.version %} (" + page.text(N_("version"))
    documents += " {{ d.version }}){% endif %}, {{ d.published }}{% if loop.last %}{% else %}; {% endif %}{% endfor %}"
    cover_facts(
        page,
        (N_("Documents of the call"), documents, "tender.documents"),
        (N_("Answers to questions"), "{{ tender.answered }}", "tender.answered"),
    )
    page.tag("if bid.summary")
    page.line("{{ bid.summary }}")
    page.tag("endif")
    joint.brief(page)
    page.tag("for lot in lots", "for s in lot.services")
    page.titled(1, "{{ s.name }}")
    page.line("{{ s.promise }}", "Lead")
    page.tag("if s.member")
    page.line(f"**{page.text(N_('Given by'))}:** {{{{ s.member }}}}")
    page.tag("endif", "if s.aim")
    page.line("{{ s.aim }}")
    page.tag("endif", "if s.path")
    page.table("p in s.path", path_columns(), alt=N_("The client's path"))
    page.tag("endif")
    page.facts("f in s.facts", alt=N_("Extent of the service"))
    page.tag("if s.result")
    page.line("{{ s.result }}")
    page.tag("endif", "endfor", "endfor", "if staff")
    page.heading(1, N_("Staff"))
    page.tag("for r in staff", "for p in r.people")
    who = "**{{ p.title }}**{% if p.name %}, {{ p.name }}{% endif %}{% if p.member %}, {{ p.member }}{% endif %}"
    page.line(who + ": {{ p.qualifications }}; {{ p.languages }}", "ListBullet")
    page.tag("endfor", "endfor", "endif", "if evidence")
    page.heading(1, N_("Results by client group"))
    page.tag("for e in evidence")
    page.caption("{{ e.group }}")
    page.table("r in e.rows", short_evidence_columns(page), alt=N_("Results by client group"))
    page.tag("if e.few")
    page.line(page.text(N_("Under 20 starters no percentage is given, but the counts.")), "Note")
    page.tag("endif")
    page.tag("if e.hidden")
    page.line(page.text(N_("n/a: not published, because counts under five could identify single clients.")), "Note")
    page.tag("endif", "endfor", "endif", "if conditions")
    page.heading(1, N_("Fulfilment of the requirements"))
    page.table(
        "c in conditions",
        [
            (N_("Requirement"), 40, [("{{ c.number }} {{ c.requirement }}", "TableText")]),
            (N_("Verdict"), 15, [("**{{ c.verdict }}**", "TableText"), ("{{ c.met_by }}", "?TableSmall")]),
            (N_("Explanation"), 45, [("{{ c.explanation }}", "TableText")]),
        ],
        alt=N_("Compliance matrix"),
    )
    page.tag("endif")
    quality(page, 1)
    prices(page, 1)
    attachments(page, 1)
    page.signature()
    return page.document.data()


def main() -> None:
    """Write the templates of both kinds in every language."""
    for language in LANGUAGES:
        (HERE / "standard" / f"{language}.docx").write_bytes(standard(language))
        (HERE / "short" / f"{language}.docx").write_bytes(short(language))


if __name__ == "__main__":
    main()
