"""JSON Schema of every noun, from the model and the kinds of condition, for editors to complete and explain."""

from __future__ import annotations

import warnings
from typing import Any

from pydantic.json_schema import PydanticJsonSchemaWarning

from bidkit import conditions
from bidkit.i18n import N_, Translator
from bidkit.model.dossier import NOUNS

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(noun: str, words: Translator) -> dict[str, Any]:
    """Return the JSON Schema of the file of ``noun``, described in the language of ``words``.

    Raises KeyError if there is no such noun.
    """
    found = _model_schema(NOUNS[noun].model)
    if noun == "conditions":
        _add_kinds(found)
    definitions = found.pop("$defs", {})
    whole: dict[str, Any] = {"$schema": DRAFT, "title": noun, "$defs": definitions}
    if NOUNS[noun].holds == "one":
        whole |= found
    else:
        include = {
            "type": "object",
            "properties": {"include": {"type": "string"}},
            "required": ["include"],
            "additionalProperties": False,
        }
        whole |= {"type": "array", "items": {"anyOf": [found, include]}}
    translated: dict[str, Any] = _tidy(whole, words)
    return translated


def _model_schema(model: Any) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PydanticJsonSchemaWarning)  # the place has a default JSON cannot hold
        found: dict[str, Any] = model.model_json_schema(by_alias=True)
    return found


def _add_kinds(condition: dict[str, Any]) -> None:
    """Let the kind of a condition decide what its parameters may be."""
    names = conditions.kinds()
    condition["properties"]["kind"] = {"enum": list(names), "description": N_("Kind of condition")}
    rules = []
    for name in names:
        kind = conditions.kind(name)
        if kind is None:
            continue
        parameters = _model_schema(kind)
        condition.setdefault("$defs", {}).update(parameters.pop("$defs", {}))
        rules.append(
            {
                "if": {"properties": {"kind": {"const": name}}},
                "then": {"properties": {"parameters": parameters}},
            }
        )
    condition["allOf"] = rules


def _tidy(node: Any, words: Translator) -> Any:
    """Drop what is ours alone (places, Python's titles) and word the descriptions."""
    if isinstance(node, list):
        return [_tidy(one, words) for one in node]
    if not isinstance(node, dict):
        return node
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key == "@" or (key == "title" and isinstance(value, str) and "$schema" not in node):
            continue
        if key == "required":
            kept[key] = [name for name in value if name != "@"]
        elif key == "description" and isinstance(value, str):
            kept[key] = "\n\n".join(words.text(" ".join(part.split())) for part in value.split("\n\n"))
        elif key == "$defs":
            kept[key] = {name: _tidy(one, words) for name, one in value.items() if name != "Place"}
        else:
            kept[key] = _tidy(value, words)
    return kept
