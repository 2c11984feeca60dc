"""Compiles a Word template and fills it: the order in which the rest of this package is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from bidkit.diagnostics import Finding, Place, Refused, Word
from bidkit.i18n import N_
from bidkit.messages import templates as say
from bidkit.templates.check import Checker
from bidkit.templates.contents import write_contents
from bidkit.templates.filling import Filling, chart_relation
from bidkit.templates.finish import repair
from bidkit.templates.language import Language
from bidkit.templates.lists import restart_lists
from bidkit.templates.package import CORE, Package, parse
from bidkit.templates.part import Part, compile_part, compile_text
from bidkit.templates.places import Spot, spots
from bidkit.templates.stamp import DC, write_draft, write_properties
from bidkit.templates.styles import Styles
from bidkit.templates.values import Chart, Filter, Names, Properties, Rendered, refuse_objects
from bidkit.templates.words import P, is_on, w

_STORIES = ("header", "footer", "footnotes", "endnotes")
_VANISH, _HIDDEN_TEXT = w("vanish"), Word(N_("hidden text"))
_TRACKED = [w(one) for one in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")]
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Template:
    """A compiled template. With ``faults`` it cannot be rendered; they are all there are, in document order."""

    file: str
    faults: tuple[Finding, ...] = ()
    _package: Package | None = None
    _parts: list[Part] = field(default_factory=list)
    _styles: Styles = field(default_factory=Styles)
    _filters: Mapping[str, Filter] = field(default_factory=dict)

    def fields(self) -> frozenset[str]:
        """Return the dotted names that the template uses; those of a list's items hang on the list's name."""
        walks = (Checker(part, self._styles).run() for part in self._parts)
        return frozenset(name for walk in walks for name in walk.fields)

    def check(self, known: Mapping[str, Names]) -> tuple[Finding, ...]:
        """Return a fault for each name that ``known`` does not have, and for each block in the wrong place.

        In a part with faults of its own each tag is judged alone, by names only.
        """
        walks = (Checker(part, self._styles, known).run() for part in self._parts)
        return tuple(fault for walk in walks for fault in walk.faults)

    def render(self, context: Mapping[str, object], properties: Properties, *, draft: str = "") -> Rendered:
        """Return the filled document, or every fault found while filling it.

        ``context`` is plain data and blocks (TypeError otherwise). ``draft`` is printed in the header of
        every page. The same arguments give the same bytes.
        """
        if self._package is None or self.faults:
            return Rendered(b"", self.faults)
        refuse_objects(context)
        filling = Filling(self._filters, context, self._styles)
        trees = {part.name: filling.tree(part) for part in self._parts if not part.plain}
        titles = [filling.fill(part) for part in self._parts if part.plain]
        if filling.faults:
            return Rendered(b"", tuple(filling.faults))
        package = self._package.copy()
        title = next(iter(titles), "") or properties.title
        for root in trees.values():
            repair(root)
            write_contents(root, self._styles)
        restart_lists(package, trees[package.main], self._styles)
        if draft:
            _stamp(package, trees, draft)
        for name, root in trees.items():
            package.put(name, root)
        for owner, charts in filling.charts.items():
            for number, chart in enumerate(charts, 1):
                _add_chart(package, owner, chart, chart_relation(number))
        write_properties(package, properties, title)
        return Rendered(package.write())


def compile(data: bytes, file: str, filters: Mapping[str, Filter] | None = None) -> Template:  # noqa: A001
    """Compile the bytes of a .docx; ``file`` is its name in findings, ``filters`` what ``|`` may call.

    Nothing is raised for what a template may have wrong: see `Template.faults`.
    """
    template = Template(file, _filters=filters or {})
    try:
        remarks = _gate(data, file)
        package = Package.read(data)
        _compile_parts(template, package)
    except Refused as refused:
        template.faults = (refused.finding(file),)
        return template
    except etree.XMLSyntaxError as error:
        template.faults = (say.DAMAGED.at(Place(file), cause=str(error)),)
        return template
    template._package = package
    faults = [*remarks, *template.faults]
    template.faults = tuple(one for n, one in enumerate(faults) if one not in faults[:n])
    return template


def _gate(data: bytes, file: str) -> list[Finding]:
    """Pass the bytes through the gate; what it would strip from a document, a template may not have."""
    from bidkit.gate import office

    return [
        say.UNSAFE.at(Place(file), what=Word(remark.what), detail=remark.detail or remark.part)
        for remark in office(data, file)
        if remark.level == "strip"
    ]


def _compile_parts(template: Template, package: Package) -> None:
    """Compile every part that has tags, and the main document in any case."""
    main = package.main
    for name in package.related(main, "styles"):
        template._styles = Styles.of(parse(package.parts[name]))
    language = Language({"_each": len, "_solo": len, **template._filters}, str)
    names = [main, *(name for kind in _STORIES for name in sorted(package.related(main, kind)))]
    faults: list[Finding] = []
    for name in package.related(main, "styles"):
        faults += _hidden(parse(package.parts[name]), name, template)
    for name in dict.fromkeys(names):
        if name not in package.parts:
            raise Refused(say.NOT_WORD, found=name)
        root = parse(package.parts[name])
        if next(root.iter(*_TRACKED), None) is not None:
            faults.append(Spot(name).at(say.TRACKED, template.file))
        faults += _hidden(root, name, template)
        if name != main and b"{" not in package.parts[name] and next(root.iter(w("commentReference")), None) is None:
            continue
        part = compile_part(root, name, template.file, template._styles.headings, language)
        template._parts.append(part)
    if core := _core_name(package):
        title = parse(package.parts[core]).findtext(f"{{{DC}}}title") or ""
        if "{" in title:
            template._parts.append(compile_text(title, core, template.file, language))
    template.faults = (*faults, *(fault for part in template._parts for fault in part.faults))


def _hidden(root: etree._Element, name: str, template: Template) -> list[Finding]:
    """Return a fault for each paragraph with hidden text: every bid would have it, and its reader could show it."""
    paragraphs = [next(one.iterancestors(P), None) for one in root.iter(_VANISH) if is_on(one)]
    here = dict(spots(root, name, template._styles.headings)) if paragraphs else {}
    found = [here.get(one, Spot(name)) for one in dict.fromkeys(paragraphs)]
    return [one.at(say.UNSAFE, template.file, what=_HIDDEN_TEXT, detail=name) for one in found]


def _core_name(package: Package) -> str:
    return next(iter(package.related("", CORE)), "")


def _stamp(package: Package, trees: dict[str, etree._Element], draft: str) -> None:
    """Stamp all headers, those without tags too."""
    names = dict.fromkeys(package.related(package.main, "header"))
    headers = {name: trees[name] if name in trees else parse(package.parts[name]) for name in names}
    write_draft(package, trees[package.main], headers, draft)
    trees.update(headers)


def _add_chart(package: Package, owner: str, chart: Chart, identity: str) -> None:
    """Add a chart's part and its workbook, related to each other as the chart's XML expects."""
    name = package.free_name("word/charts/chart{}.xml")
    package.add(name, chart.xml, _CHART_TYPE, owner=owner, kind="chart", identity=identity)
    book = package.free_name("word/embeddings/Microsoft_Excel_Sheet{}.xlsx")
    package.add(book, chart.workbook, _WORKBOOK_TYPE, owner=name, kind="package", identity="rId1")
