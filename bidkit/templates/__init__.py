"""Word templates: find them, check them, fill them.

A template is an ordinary .docx with ``{{ field }}`` and ``{% for %}`` tags. `compile` finds all its
faults at once, each with its place; `Template.check` compares its fields with those that exist;
`Template.render` gives the document. Reading order of the modules: `scan` marks the tags in the tree,
`structure` matches and settles the blocks, `language` parses each tag, `part` builds the code of a part,
`filling` runs it, `finish`, `contents` and `stamp` complete the result, `engine` calls them all.
"""

from bidkit.templates.engine import Template, compile  # noqa: A004
from bidkit.templates.find import find, is_shipped
from bidkit.templates.values import (
    Block,
    Chart,
    Contents,
    Drawing,
    Each,
    Names,
    Properties,
    Rendered,
    Rich,
    Run,
    names_of,
)

__all__ = [
    "Block",
    "Chart",
    "Contents",
    "Drawing",
    "Each",
    "Names",
    "Properties",
    "Rendered",
    "Rich",
    "Run",
    "Template",
    "compile",
    "find",
    "is_shipped",
    "names_of",
]
