"""The pieces of a template that only a joint bid has: its chapter, the client's path as a picture, a page a member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import word

from bidkit.i18n import N_

if TYPE_CHECKING:
    from make import Page

# Columns so that one, two or three equal boxes stand in the middle of a row: (columns, number of the box or what else).
GRID = [175, 125, 50, 125, 50, 125, 50, 125, 175]
BLANK, BETWEEN = -2, -1
ROWS: dict[int, list[tuple[int, int]]] = {
    3: [(2, 0), (1, BETWEEN), (3, 1), (1, BETWEEN), (2, 2)],
    2: [(1, BLANK), (3, 0), (1, BETWEEN), (3, 1), (1, BLANK)],
    1: [(3, BLANK), (3, 0), (3, BLANK)],
}
KEEP = "<w:keepNext/>"  # a picture stays on one page
ARROW = f'{KEEP}<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>'
BREAK = "<w:pageBreakBefore/>"


def chapter(page: Page) -> None:
    """Add who bids together, in which form, who signs what, and the client's path over them."""
    page.titled(1, "{{ group.title }}")
    page.line("{{ group.how }}")
    page.facts("f in group.facts", alt=N_("Basic facts of the joint bid"))
    page.heading(2, N_("Members and their tasks"))
    page.table("m in group.members", member_columns(), alt=N_("Members and their tasks"))
    page.section(2, N_("Leadership and cooperation"), "group.cooperation")
    page.section(2, N_("Liability"), "group.liability")
    page.heading(2, N_("Signatures and documents"))
    page.table(
        "s in group.signatures",
        [
            (N_("Organisation"), 40, [("{{ s.who }}", "TableText")]),
            (N_("How it is bound"), 42, [("{{ s.how }}", "TableText")]),
            (N_("Attachment"), 18, [("{{ s.where }}", "TableText")]),
        ],
        alt=N_("Signatures"),
    )
    page.tag("if group.documents")
    page.table(
        "d in group.documents",
        [
            (N_("Document"), 38, [("**{{ d.title }}**", "TableText")]),
            (N_("Who gives it"), 42, [("{{ d.who }}", "TableText")]),
            (N_("Where"), 20, [("{{ d.where }}", "TableText")]),
        ],
        alt=N_("Documents of the members"),
    )
    page.tag("endif", "for s in group.signing")
    page.signature("{{ s.who }}", "{{ s.name }}")
    page.tag("endfor")
    small(page, 2)
    path(page, 2)


def member_columns() -> list[tuple[str, int, list[tuple[str, str]]]]:
    """Return the columns of the table of members."""
    return [
        (N_("Organisation"), 30, [("**{{ m.name }}**", "TableText"), ("{{ m.business_id }}", "?TableSmall")]),
        (N_("Home municipality"), 17, [("{{ m.municipality }}", "TableText")]),
        (N_("Role"), 18, [("{{ m.role }}", "TableText")]),
        (N_("Part in the bid"), 35, [("{{ m.task }}", "TableText")]),
    ]


def small(page: Page, level: int) -> None:
    """Add the table of small members: what each does, for whom, and with how many hours."""
    whom = [("{{ m.client_groups }}", "TableText"), ("{{ m.languages }}", "TableSmall")]
    page.tag("if group.small")
    page.heading(level, N_("Small members"))
    page.table(
        "m in group.small",
        [
            (N_("Member"), 22, [("**{{ m.name }}**", "TableText"), ("{{ m.municipality }}", "TableSmall")]),
            (N_("What it does"), 18, [("{{ m.task }}", "TableText")]),
            (N_("For whom, languages"), 19, whom),
            (N_("Clients a year"), 13, [("{{ m.clients }}", "TableNumber")]),
            (N_("Paid work a week"), 12, [("{{ m.paid }}", "TableNumber")]),
            (N_("Volunteers a week"), 16, [("{{ m.volunteer }}", "TableNumber")]),
        ],
        alt=N_("Small members"),
    )
    page.line("{{ group.small_total }}")
    page.line(page.text(N_("The hours of volunteers are told for information; they are in no price.")), "Note")
    page.tag("endif")


def path(page: Page, level: int) -> None:
    """Add the client's path over the organisations: first the picture, then the table."""
    page.tag("if group.steps")
    page.heading(level, N_("The client's path over the organisations"))
    page.caption(page.text(N_("The path as a picture: boxes side by side without an arrow are alternatives.")))
    picture(page)
    page.caption(page.text(N_("Steps of the path, and who takes over")))
    path_table(page)
    page.tag("endif")


def path_table(page: Page) -> None:
    """Add the table of the path's steps."""
    lot = page.text(N_("Lot")) + " {{ p.lot }}"
    step = [("**{{ p.name }}**", "TableText"), ("{{ p.service }}", "?TableSmall"), (lot, "?TableSmall")]
    sees = page.text(N_("Sees to it:")) + " {{ p.handover_owner }}"
    page.table(
        "p in group.steps",
        [
            (N_("No."), 6, [("{{ p.number }}", "TableText")]),
            (N_("Step"), 29, step),
            (N_("Responsible"), 20, [("{{ p.owner }}", "TableText")]),
            (N_("Next step"), 12, [("{{ p.next }}", "TableText")]),
            (N_("Handover"), 33, [("{{ p.handover }}", "TableText"), (sees, "?TableSmall")]),
        ],
        alt=N_("The client's path over the organisations"),
    )


def picture(page: Page) -> None:
    """Add the path as boxes with arrows, a table too: it prints, is read aloud and is edited as one everywhere."""

    def only(*statements: str) -> str:
        text = "".join(f"{{% {one} %}}" for one in statements)
        return word.spanned(GRID, [(len(GRID), word.paragraph(text, "TableText"), False)])

    arrow = word.paragraph("{{ r.down }}", "Lead", ARROW)
    gap = word.paragraph("", "AfterTable", KEEP)
    rows = [only("for r in group.picture"), only("if r.down"), word.spanned(GRID, [(len(GRID), arrow, False)])]
    rows += [only("else"), word.spanned(GRID, [(len(GRID), gap, False)]), only("endif")]
    for count, cells in ROWS.items():
        rows.append(only(f"if r.count == {count}"))
        rows.append(word.spanned(GRID, [(span, _box(page, number), number >= 0) for span, number in cells]))
        rows.append(only("endif"))
    rows.append(only("endfor"))
    page.framed(
        "BidPlain", GRID, rows, header=False, alt=N_("The client's path as a picture; the table below tells the same")
    )


def _box(page: Page, number: int) -> str:
    if number == BLANK:
        return word.paragraph("", "AfterTable", KEEP)
    if number == BETWEEN:
        return word.paragraph("{{ r.across }}", "Lead", ARROW)
    box = f"r.boxes[{number}]"
    return page.cell(
        [
            (f"**{{{{ {box}.number }}}}. {{{{ {box}.name }}}}**", "TableText"),
            (f"{{{{ {box}.owner }}}}", "TableSmall"),
            (f"{{{{ {box}.leads_to }}}}", "?TableSmall"),
        ],
        KEEP,
    )


# --- the annex -------------------------------------------------------------------------------------
def annex(page: Page) -> None:
    """Add a page on each member, and small members several to a page."""
    page.tag("if annex")
    page.line(page.text(N_("Annex: members")), "Heading1", BREAK)
    page.tag("for m in annex", "if loop.first")
    page.titled(2, "{{ m.name }}")
    page.tag("else")
    page.line("{{ m.name }}", "Heading2", BREAK)
    page.tag("endif")
    page.facts("f in m.facts", alt=N_("Basic facts of the member"))
    page.tag("if m.profile")
    page.line("{{ m.profile }}")
    page.tag("endif")
    for name, title, columns in annex_tables():
        page.tag(f"if m.{name}")
        page.line(page.text(title), "Heading4")
        page.table(f"x in m.{name}", columns, alt=title)
        page.tag("endif")
    page.tag("endfor", "if group.small")
    page.line(page.text(N_("Small members")), "Heading2", BREAK)
    page.tag("for m in group.small")
    card(page)
    page.tag("endfor", "endif", "endif")


def annex_tables() -> list[tuple[str, str, list[tuple[str, int, list[tuple[str, str]]]]]]:
    """Return the tables of a member's page: field, heading, columns."""
    source = (N_("Source"), 9, [("{{ x.source }}", "TableText")])
    issued = [
        (N_("Certificate"), 37, [("{{ x.title }}", "TableText")]),
        (N_("Issued by"), 24, [("{{ x.issuer }}", "TableText")]),
        (N_("Date"), 15, [("{{ x.issued }}", "TableText")]),
        (N_("Valid until"), 15, [("{{ x.valid_until }}", "TableText")]),
        source,
    ]
    insured = [
        (N_("Insurance"), 30, [("{{ x.title }}", "TableText")]),
        (N_("Insurance company"), 22, [("{{ x.insurer }}", "TableText")]),
        (N_("Sum insured"), 16, [("{{ x.amount }}", "TableNumber")]),
        (N_("In force"), 23, [("{{ x.valid }}", "TableText")]),
        source,
    ]
    sites = [
        (N_("Site"), 28, [("{{ x.name }}", "TableText")]),
        (N_("Address"), 35, [("{{ x.address }}", "TableText")]),
        (N_("Municipalities served"), 28, [("{{ x.serves }}", "TableText")]),
        source,
    ]
    references = [
        (N_("Reference"), 38, [("{{ x.title }}", "TableText")]),
        (N_("Buyer"), 29, [("{{ x.buyer }}", "TableText")]),
        (N_("Period"), 24, [("{{ x.period }}", "TableText")]),
        source,
    ]
    return [
        ("certificates", N_("Certificates"), issued),
        ("insurances", N_("Insurances"), insured),
        ("sites", N_("Places"), sites),
        ("references", N_("References"), references),
    ]


def card(page: Page) -> None:
    """Add a small member in a few lines, three or four to a page."""
    page.line("{{ m.name }}", "Heading4")
    page.line("{{ m.activity }}", "", page.keep)
    told = "{{ m.accessible }}{% if m.accessible and m.supervised %}. {% endif %}{{ m.supervised }}"
    page.fixed(
        [
            (N_("Works in"), "{{ m.municipalities }}", ""),
            (N_("Services"), "{{ m.services }}", "m.services"),
            (N_("For whom, languages"), "{{ m.client_groups }}; {{ m.languages }}", ""),
            (N_("Clients a year"), "{{ m.clients }}", ""),
            (N_("Paid work a week"), "{{ m.paid }}", ""),
            (N_("Volunteers a week"), "{{ m.volunteer }}", ""),
            (N_("Place and guidance"), told, "m.accessible or m.supervised"),
            (N_("Source"), "{{ m.source }}", ""),
        ],
        alt=N_("Basic facts of the member"),
    )


def brief(page: Page) -> None:
    """Add the same to a short proposal: form, members, liability and the path as a table."""
    page.tag("if group")
    page.titled(1, "{{ group.title }}")
    page.line("{{ group.how }}")
    page.table("m in group.members", member_columns(), alt=N_("Members and their tasks"))
    page.tag("if group.liability")
    page.line("{{ group.liability }}")
    page.tag("endif")
    small(page, 2)
    page.tag("if group.steps")
    page.caption(page.text(N_("Steps of the path, and who takes over")))
    path_table(page)
    page.tag("endif", "endif")
