"""The styles of a template, looked up once by the names that Word shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from bidkit.templates.words import NAMESPACES, VAL, w

LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
DEEPEST_HEADING = 9


@dataclass(slots=True)
class Styles:
    """``ids`` maps a paragraph style's name, in small letters, to its id; ``levels`` its id to a heading level.

    A style that is based on a heading is a heading of that level.
    """

    ids: dict[str, str] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Styles:
        """Read styles.xml."""
        styles = cls()
        parents: dict[str, str] = {}
        for style in root.iterfind("w:style[@w:type='paragraph']", NAMESPACES):
            identity = style.get(w("styleId"), "")
            name, parent = style.find(w("name")), style.find(w("basedOn"))
            styles.ids[(name.get(VAL, "") if name is not None else identity).lower()] = identity
            if parent is not None:
                parents[identity] = parent.get(VAL, "")
        for level in range(1, DEEPEST_HEADING + 1):
            if (identity := styles.ids.get(f"heading {level}")) is not None:
                styles.levels[identity] = level
        for identity in parents:
            styles._inherit(identity, parents)
        return styles

    def _inherit(self, identity: str, parents: dict[str, str]) -> None:
        chain: list[str] = []
        while identity in parents and identity not in self.levels and identity not in chain:
            chain.append(identity)
            identity = parents[identity]
        if identity in self.levels:
            self.levels.update(dict.fromkeys(chain, self.levels[identity]))

    @property
    def headings(self) -> frozenset[str]:
        """Return the ids of all heading styles."""
        return frozenset(self.levels)


def set_language(root: etree._Element, language: str) -> None:
    """Set the default language of styles.xml, so that Word checks spelling and readers pronounce rightly."""
    defaults = root.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        root.insert(0, defaults)
    holder = defaults
    for name in ("rPrDefault", "rPr"):
        found = holder.find(w(name))
        if found is None:
            found = etree.Element(w(name))
            holder.insert(0, found)
        holder = found
    lang = holder.find(w("lang"))
    if lang is None:
        lang = etree.Element(w("lang"))
        later = {w(name) for name in ("eastAsianLayout", "specVanish", "oMath")}
        before = next((one for one in holder if one.tag in later), None)
        holder.append(lang) if before is None else before.addprevious(lang)
    lang.set(VAL, LANGUAGES.get(language, language))
