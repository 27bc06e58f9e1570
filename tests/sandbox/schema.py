"""Is this body what Stripe would send? Each field known, of its type, and none missing."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SPEC = Path(__file__).parent / "stripe/spec-2026-10-28.endive.json"
Schema = dict[str, Any]


def problems(body: Any, name: str) -> list[str]:
    return _check(body, {"$ref": f"#/components/schemas/{name}"}, name)


def event_problems(event: Schema) -> list[str]:
    """The envelope, and what it carries as the type of the event wants it."""
    return problems(event, "event") + _check(event["data"]["object"], _carried(event["type"]), event["type"])


@cache
def _schemas() -> Schema:
    schemas: Schema = json.loads(SPEC.read_text())["components"]["schemas"]
    return schemas


def _carried(event_type: str) -> Schema:
    carried: Schema = _schemas()[event_type]["properties"]["object"]
    return carried


def _check(value: Any, schema: Schema, path: str) -> list[str]:
    if value is None:
        return [] if schema.get("nullable") else [f"{path} is null"]
    if "$ref" in schema:
        return _check(value, _schemas()[schema["$ref"].rsplit("/", 1)[-1]], path)
    if "anyOf" in schema:
        return _any(value, schema["anyOf"], path)
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path} is {value!r}"]
    if not _has_type(value, schema.get("type")):
        return [f"{path} is no {schema['type']}: {value!r}"]
    if isinstance(value, list):
        found = [_check(part, schema["items"], f"{path}[{n}]") for n, part in enumerate(value)]
        return [problem for part in found for problem in part]
    return _check_object(value, schema, path) if isinstance(value, dict) else []


def _any(value: Any, schemas: list[Schema], path: str) -> list[str]:
    tries = [_check(value, schema, path) for schema in schemas]
    fitting = [found for schema, found in zip(schemas, tries, strict=True) if _is_meant(value, schema)]
    return min(fitting or tries, key=len)


def _is_meant(value: Any, schema: Schema) -> bool:
    """Of the alternatives only the one with the object's own name may excuse it."""
    if not isinstance(value, dict) or "object" not in value or "$ref" not in schema:
        return True
    target = _schemas()[schema["$ref"].rsplit("/", 1)[-1]]
    return value["object"] in target.get("properties", {}).get("object", {}).get("enum", [value["object"]])


def _has_type(value: Any, name: str | None) -> bool:
    wanted = {
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "array": isinstance(value, list),
        "object": isinstance(value, dict),
    }
    return name is None or wanted[name]


def _check_object(value: Schema, schema: Schema, path: str) -> list[str]:
    if schema.get("x-stub"):
        return []
    properties = schema.get("properties", {})
    always = {*schema.get("required", []), *schema.get("x-alwaysPresent", [])}
    found = [f"{path}.{name} is missing" for name in sorted(always - value.keys())]
    for name, part in value.items():
        if name in properties:
            found += _check(part, properties[name], f"{path}.{name}")
        elif isinstance(schema.get("additionalProperties"), dict):
            found += _check(part, schema["additionalProperties"], f"{path}.{name}")
        elif properties:
            found.append(f"{path}.{name} is unknown")
    return found
