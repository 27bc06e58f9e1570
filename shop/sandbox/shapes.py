"""Which fields Stripe's objects have, and which of them are always sent, if only as null."""

import json
from functools import cache
from pathlib import Path
from typing import Any

Body = dict[str, Any]


class WrongShapeError(TypeError):
    """The sandbox was about to send something that Stripe never sends."""


def shape(name: str, /, **given: Any) -> Body:
    """An object as Stripe sends it: what is given, and null for what is always present."""
    fields = shapes()["objects"][name]
    body: Body = dict.fromkeys(fields["nullable"])
    if "object" in fields["required"]:
        body["object"] = name
    if "livemode" in fields["required"]:
        body["livemode"] = False
    body.update(given)
    _check(name, fields, body)
    return body


def _check(name: str, fields: Body, body: Body) -> None:
    missing = set(fields["required"]) - body.keys()
    unknown = body.keys() - set(fields["required"]) - set(fields["nullable"]) - set(fields["optional"])
    if missing or unknown:
        raise WrongShapeError(f"{name}: missing {sorted(missing)}, unknown {sorted(unknown)}")


@cache
def shapes() -> Body:
    parsed: Body = json.loads((Path(__file__).parent / "spec/shapes.json").read_text())
    return parsed
