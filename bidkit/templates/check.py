"""Which names a template uses, and which of them nothing provides: found without any data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from bidkit.diagnostics import Fact, Finding, Message, Word
from bidkit.i18n import N_
from bidkit.messages import templates as say
from bidkit.templates.blocks import STYLES
from bidkit.templates.language import LOOP, nearest
from bidkit.templates.part import Part
from bidkit.templates.styles import Styles
from bidkit.templates.values import Contents, Drawing, Each, Names, Rich


class _Open(dict[str, Names]):
    """A value whose names nobody knows, such as a filter's result: anything may be asked of it."""


_OPEN = _Open()


@dataclass(slots=True)
class Checker:
    """A walk over the tree of one part with the names in scope."""

    part: Part
    styles: Styles
    known: Mapping[str, Names] = field(default_factory=lambda: _OPEN)
    faults: list[Finding] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def run(self) -> Checker:
        """Walk the part; collect its faults and its fields."""
        if self.part.tree is not None:
            self._statements(self.part.tree.body, self.known, {})
        else:
            self._each_alone()
        return self

    def _each_alone(self) -> None:
        """Judge the tags of a part whose blocks do not fit together: the names of all its loops hold everywhere."""
        trees = self.part.trees.values()
        loops = {
            one.target.name: _OPEN for one in trees if isinstance(one, nodes.For) and isinstance(one.target, nodes.Name)
        }
        names = self.known if isinstance(self.known, _Open) else {**self.known, **loops, "loop": _OPEN}
        for one in trees:
            match one:
                case nodes.For(iter=expression) | nodes.If(test=expression):
                    self._value(expression, names, {})
                case _:
                    self._value(one, names, {})

    def _statements(self, body: Iterable[nodes.Node], names: Mapping[str, Names], paths: Mapping[str, str]) -> None:
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, names, paths)
            elif isinstance(node, nodes.If):
                self._value(node.test, names, paths)
                self._statements([*node.body, *node.elif_, *node.else_], names, paths)
            elif isinstance(node, nodes.Output):
                for one in node.nodes:
                    self._output(one, names, paths)

    def _loop(self, node: nodes.For, names: Mapping[str, Names], paths: Mapping[str, str]) -> None:
        target = node.target
        assert isinstance(target, nodes.Name)
        assert isinstance(node.iter, nodes.Filter)  # the counter put round every list
        found = self._value(node.iter.node, names, paths)
        if not isinstance(found, (Each, _Open)):
            self._tell(node, say.NOT_A_LIST, kind=_kind(found))
        inner = dict(names) if not isinstance(names, _Open) else _Open(names)
        inner[target.name] = found.item if isinstance(found, Each) else _OPEN
        inner["loop"] = dict.fromkeys(LOOP)
        path = _path(node.iter.node, paths)
        self._statements(node.body, inner, {**paths, target.name: path, "loop": ""})

    def _output(self, node: nodes.Node, names: Mapping[str, Names], paths: Mapping[str, str]) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        alone = isinstance(node, nodes.Filter) and node.name == "_solo"
        value = self._value(node.node if alone else node, names, paths)  # type: ignore[attr-defined]
        if isinstance(value, (Each, Mapping)) and not isinstance(value, _Open):
            self._tell(node, say.UNFORMATTED, kind=_kind(value))
        elif isinstance(value, type) and not alone:
            self._tell(node, say.BLOCK_IN_TEXT, kind=_kind(value))
        for style in _styles_for(value):
            if style not in self.styles.ids:
                self._tell(node, say.MISSING_STYLE, style=style.capitalize())

    def _value(self, node: nodes.Node | None, names: Mapping[str, Names], paths: Mapping[str, str]) -> Names:
        """Return what an expression gives, as far as that is known, and note the fields it reads."""
        if path := _path(node, paths):
            if not path.startswith("."):  # .index and its like belong to the loop
                self.fields.add(path)
            return self._resolve(node, names)
        for child in node.iter_child_nodes() if node is not None else ():
            self._value(child, names, paths)
        return _OPEN

    def _resolve(self, node: nodes.Node | None, names: Mapping[str, Names]) -> Names:
        """Return what a dotted name stands for."""
        match node:
            case nodes.Name(name=name):
                return self._member(node, name, names)
            case nodes.Getattr(node=owner, attr=key) | nodes.Getitem(node=owner, arg=nodes.Const(value=key)):
                found = self._resolve(owner, names)
                if isinstance(found, Each) and isinstance(key, int):
                    return found.item
                return self._member(node, str(key), found)
        return _OPEN

    def _member(self, node: nodes.Node, name: str, owner: Names) -> Names:
        if isinstance(owner, Mapping) and name in owner:
            return owner[name]
        if not isinstance(owner, _Open):
            near = nearest(name, owner) if isinstance(owner, Mapping) else ()
            self._tell(node, say.UNKNOWN_FIELD, field=name, near=near)
        return _OPEN

    def _tell(self, node: nodes.Node, message: Message, **facts: Fact) -> None:
        tag = self.part.tags[node.lineno]
        fault = tag.spot.at(message, self.part.file, tag=tag.typed, **facts)
        if fault not in self.faults:
            self.faults.append(fault)


def _path(node: nodes.Node | None, paths: Mapping[str, str]) -> str:
    """Return the dotted name of an expression; inside a loop that of the list it goes through."""
    match node:
        case nodes.Name(name=name):
            return paths.get(name, name)
        case nodes.Getattr(node=owner, attr=key):
            return f"{_path(owner, paths)}.{key}"
        case nodes.Getitem(node=owner, arg=nodes.Const(value=key)):
            return _path(owner, paths) + ("" if isinstance(key, int) else f".{key}")
    return ""


def _styles_for(value: Names) -> tuple[str, ...]:
    if value is Contents:
        return ("toc 1", "toc 2")
    return tuple(STYLES.values()) if value is Rich else ()


def _kind(value: Names) -> Word:
    if isinstance(value, Each):
        return Word(N_("a list"))
    if isinstance(value, Mapping):
        return Word(N_("a group of fields"))
    if value is Rich:
        return Word(N_("a text of several paragraphs"))
    if value is Drawing:
        return Word(N_("a chart"))
    return Word(N_("a table of contents") if value is Contents else N_("a single value"))
