"""The closed language of templates: a small part of Jinja2, and nothing else.

After parsing, only the kinds of node named here pass; everything else is a fault that names the tag. There
are no calls, no arithmetic, no assignments and no imports, so a template can read what it is given and
repeat what it holds, and that is all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from typing import Any, Protocol

from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bidkit.diagnostics import Fact, Finding, Message, Word
from bidkit.i18n import N_
from bidkit.messages import templates as say
from bidkit.templates.scan import LONGEST_TAG, Tag
from bidkit.templates.values import Contents, Drawing, Filter, Rich

WORDS = ("for", "if", "elif", "else", "endif", "endfor")
LOOP = ("index", "first", "last")
DEEPEST_EXPRESSION = 20

_ALLOWED = (
    nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
_WHAT: Mapping[type[nodes.Node], str] = {
    nodes.Call: N_("a call"),
    nodes.BinExpr: N_("arithmetic"),
    nodes.UnaryExpr: N_("arithmetic"),
    nodes.Concat: N_("joining texts"),
    nodes.List: N_("a list"),
    nodes.Tuple: N_("a list"),
    nodes.Dict: N_("a mapping"),
    nodes.Slice: N_("a slice"),
    nodes.CondExpr: N_("if inside a field"),
    nodes.Test: N_("a test with “is”"),
}


class Reporter(Protocol):
    """Where the running template tells what is wrong with the tag that is being filled."""

    def report(self, message: Message, **facts: Fact) -> None: ...  # noqa: D102


class Missing(Undefined):
    """A name that the context does not have: reported wherever it is used, then empty, so that the run goes on."""

    reporter: Reporter | None = None

    def tell(self) -> None:
        """Report the name, with those that are nearest to it."""
        if self.reporter is not None:
            self.reporter.report(say.UNKNOWN_FIELD, field=str(self._undefined_name), near=self.near)

    near: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        self.tell()
        return False

    def _never(self, _other: object) -> bool:
        return bool(self)

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _never  # type: ignore[assignment]
    __hash__ = Undefined.__hash__


class Language(ImmutableSandboxedEnvironment):
    """Jinja2 with our filters and without everything else.

    ``show`` makes XML of each field's value; ``reporter`` hears the faults of one rendering.
    """

    def __init__(
        self, filters: Mapping[str, Filter], show: Callable[[object], object], reporter: Reporter | None = None
    ) -> None:
        super().__init__(autoescape=True, optimized=False, cache_size=0, finalize=show)
        self.filters.clear()
        self.globals.clear()
        self.tests.clear()
        self.filters.update({"length": len, **filters})
        self.reporter = reporter
        self.offered: Iterable[str] = ()
        self.undefined = self._missing  # type: ignore[assignment]

    def _missing(self, *, name: str, near: Iterable[str] | None = None) -> Missing:
        missing = Missing(name=name)
        missing.reporter = self.reporter
        missing.near = nearest(name, self.offered if near is None else near)
        return missing

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an entry of a mapping or a fact of the loop; attributes of objects do not exist."""
        if isinstance(obj, dict):
            found = obj.get(attribute, self)
            return self._missing(name=attribute, near=obj) if found is self else found
        if isinstance(obj, Missing):
            return obj
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self._missing(name=attribute, near=())

    def getitem(self, obj: object, argument: object) -> object:
        """Return an entry of a mapping by its name, or of a list by its number from 0."""
        if isinstance(obj, (list, tuple)) and isinstance(argument, int):
            return obj[argument] if 0 <= argument < len(obj) else self._missing(name=str(argument), near=())
        return self.getattr(obj, str(argument))


def nearest(name: str, offered: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return the names most like ``name``; if none is, the first few there are."""
    names = sorted(one for one in map(str, offered) if not one.startswith("_"))
    return tuple(get_close_matches(name, names, most, 0.6)) or tuple(names[:8])


def parse(tag: Tag, language: Language, file: str) -> tuple[nodes.Node | None, list[Finding]]:
    """Return a tag's tree (an expression, a `nodes.For` or a `nodes.If`) or what is wrong with it.

    Ends, ``else`` and comments have no tree.
    """
    fault = partial(tag.spot.at, file=file, tag=tag.typed)
    if tag.kind == "{#" or (tag.kind == "{%" and tag.code in ("else", "endif", "endfor")):
        return None, []
    if tag.kind == "{%" and tag.word not in WORDS:
        first, *rest = tag.code.split(" ")
        joined = first + "".join(rest[:1])  # "end for"
        near = (joined,) if joined in WORDS else tuple(get_close_matches(first, WORDS, 1, 0.6)) or WORDS
        return None, [fault(say.UNKNOWN_WORD, word=first[:30] or "–", near=near)]
    if len(tag.typed) > LONGEST_TAG:
        return None, []  # reported by the scan
    try:
        tree = _tree(tag, language)
    except (TemplateSyntaxError, RecursionError):
        return None, [fault(say.UNREADABLE)]
    if tree is None:
        return None, [fault(say.UNREADABLE)]
    faults = [fault(message, **facts) for message, facts in _forbidden(tree, language)]
    return (None if faults else tree), faults


def _tree(tag: Tag, language: Language) -> nodes.Node | None:
    """Parse one tag by itself, so that a mistake in it cannot hide those of others."""
    if plain := _plain_tag(tag):
        return plain
    if tag.kind == "{{":
        body = language.parse("{{ " + tag.code + " }}").body
        output = body[0] if len(body) == 1 else None
        found = output.nodes if isinstance(output, nodes.Output) else []
        return found[0] if len(found) == 1 and isinstance(found[0], nodes.Expr) else None
    code = tag.code.removeprefix("el")
    body = language.parse(f"{{% {code} %}}{{% end{code.split(' ')[0]} %}}").body
    return body[0] if len(body) == 1 and isinstance(body[0], (nodes.For, nodes.If)) else None


_NAME = r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*"
_PLAIN = re.compile(rf"(?:for ([A-Za-z]\w*) in |(if )(not )?)?({_NAME})", re.ASCII)
_RESERVED = frozenset(
    ["and", "or", "not", "in", "is", "if", "else", "recursive", "true", "false", "none", "True", "False", "None"]
)


def _plain_tag(tag: Tag) -> nodes.Node | None:
    """Return the tree of a tag that has nothing but names, as most have: jinja2 would take ten times as long."""
    found = _PLAIN.fullmatch(tag.code if tag.kind == "{{" else tag.code.removeprefix("el"))
    if found is None or (tag.kind == "{{") != (found[1] is None and found[2] is None):
        return None
    first, *more = found[4].split(".")
    if not _RESERVED.isdisjoint((first, *more, found[1])):
        return None
    tree: nodes.Expr = nodes.Name(first, "load")
    for name in more:
        tree = nodes.Getattr(tree, name, "load")
    if found[1]:
        return nodes.For(nodes.Name(found[1], "store"), tree, [], [], None, False)
    if found[2]:
        return nodes.If(nodes.Not(tree) if found[3] else tree, [], [], [])
    return tree


_Fault = tuple[Message, dict[str, Any]]


def _forbidden(tree: nodes.Node, language: Language) -> Iterator[_Fault]:
    """Yield what in a tag's tree is outside the language."""
    if isinstance(tree, nodes.For):
        if not isinstance(tree.target, nodes.Name):
            yield say.NOT_ALLOWED, {"what": Word(N_("two names in a loop"))}
        elif tree.target.name.startswith("_") or tree.target.name == "loop":
            yield say.NOT_ALLOWED, {"what": tree.target.name}
        if tree.test is not None or tree.recursive:
            yield say.NOT_ALLOWED, {"what": Word(N_("a condition in a loop"))}
        yield from _expression(tree.iter, language, 0)
    elif isinstance(tree, nodes.If):
        yield from _expression(tree.test, language, 0)
    elif isinstance(tree, nodes.Const) and tree.value is not None:  # prints itself in every bid
        yield say.NOT_ALLOWED, {"what": Word(N_("a text or a number in place of a field"))}
    else:
        yield from _expression(tree, language, 0)


def _expression(node: nodes.Node, language: Language, depth: int) -> Iterator[_Fault]:
    if depth > DEEPEST_EXPRESSION:
        yield say.NOT_ALLOWED, {"what": Word(N_("so many parts in one tag"))}
        return
    if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Const) and not _plain(node.value)):
        what = next((word for kind, word in _WHAT.items() if isinstance(node, kind)), N_("this construct"))
        yield say.NOT_ALLOWED, {"what": Word(what)}
        return
    yield from _names(node, language)
    for child in node.iter_child_nodes(exclude=("arg",)):  # a key was judged with the names
        if not (isinstance(node, nodes.Getattr) and _is_loop(child)):
            yield from _expression(child, language, depth + 1)


def _plain(value: object) -> bool:
    return isinstance(value, (str, int, float)) or value is None


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _names(node: nodes.Node, language: Language) -> Iterator[_Fault]:
    """Yield what is wrong with the names a node uses: private ones, unknown filters, ``loop`` by itself."""
    if isinstance(node, nodes.Filter):
        if node.name.startswith("_") or node.name not in language.filters:
            yield say.UNKNOWN_FILTER, {"filter": node.name, "near": nearest(node.name, language.filters)}
        if node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            yield say.NOT_ALLOWED, {"what": Word(N_("a call"))}
    if isinstance(node, nodes.Getitem):
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if not isinstance(key, (str, int)) or isinstance(key, bool) or str(key).startswith("_"):
            yield say.NOT_ALLOWED, {"what": Word(N_("a computed key"))}
    name = node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""
    if name.startswith("_"):
        yield say.NOT_ALLOWED, {"what": name}
    if _is_loop(node):
        yield say.NOT_ALLOWED, {"what": "loop"}
    if isinstance(node, nodes.Getattr) and _is_loop(node.node) and node.attr not in LOOP:
        yield say.NOT_ALLOWED, {"what": f"loop.{node.attr}"}


def guarded(use: Filter, name: str, reporter: Reporter) -> Callable[..., object]:
    """Return a filter that reports what it cannot format instead of raising."""

    def safe(value: object, *arguments: object) -> object:
        if isinstance(value, Missing):
            value.tell()
            return ""
        try:
            return use(value, *arguments)
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError):
            reporter.report(say.WRONG_VALUE, filter=name, kind=kind_of(value))
            return ""

    return safe


def kind_of(value: object) -> Fact:
    """Return what a value is, in the user's words."""
    words: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (type(None), N_("an empty value")),
        (bool, N_("yes or no")),
        (str, N_("a text")),
        ((int, Decimal), N_("a number")),
        (date, N_("a date")),
        ((list, tuple), N_("a list")),
        (dict, N_("a group of fields")),
        (Rich, N_("a text of several paragraphs")),
        (Drawing, N_("a chart")),
        (Contents, N_("a table of contents")),
    )
    return Word(next((word for kind, word in words if isinstance(value, kind)), N_("something else")))
