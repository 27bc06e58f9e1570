"""Writes shop/sandbox/spec/shapes.json from the spec beside this file: `python -m
tests.sandbox.stripe.reduce`.
"""

import json
from pathlib import Path
from typing import Any

SPEC = Path(__file__).with_name("spec-2026-10-28.endive.json")
SHAPES = Path(__file__).parents[3] / "shop/sandbox/spec/shapes.json"

PARAMETERS = [
    "AccountRetrieveCurrentParams",
    "BalanceTransactionListParams",
    "BalanceTransactionRetrieveParams",
    "ChargeListParams",
    "ChargeRetrieveParams",
    "ChargeUpdateParams",
    "Checkout.SessionCreateParams",
    "Checkout.SessionExpireParams",
    "Checkout.SessionListLineItemsParams",
    "Checkout.SessionListParams",
    "Checkout.SessionRetrieveParams",
    "Checkout.SessionUpdateParams",
    "DisputeCloseParams",
    "DisputeListParams",
    "DisputeRetrieveParams",
    "DisputeUpdateParams",
    "EventListParams",
    "EventRetrieveParams",
    "PaymentIntentCancelParams",
    "PaymentIntentConfirmParams",
    "PaymentIntentCreateParams",
    "PaymentIntentListParams",
    "PaymentIntentRetrieveParams",
    "PaymentIntentUpdateParams",
    "PaymentMethodRetrieveParams",
    "RefundCancelParams",
    "RefundCreateParams",
    "RefundListParams",
    "RefundRetrieveParams",
    "RefundUpdateParams",
    "WebhookEndpointCreateParams",
    "WebhookEndpointDeleteParams",
    "WebhookEndpointListParams",
    "WebhookEndpointRetrieveParams",
    "WebhookEndpointUpdateParams",
]
OBJECTS = [
    "account",
    "balance_transaction",
    "charge",
    "checkout.session",
    "dispute",
    "event",
    "item",
    "payment_intent",
    "payment_method",
    "price",
    "product",
    "refund",
    "webhook_endpoint",
]
# These belong to methods of payment that the sandbox does not offer.
OFFERED = {"Card", "SepaDebit"}
PER_METHOD = (
    "PaymentMethodOptions.",
    "PaymentMethodDetails.",
    "DestinationDetails.",
    "payment_method.",
    "NextAction.",
)

Schema = dict[str, Any]


def reduced() -> str:
    schemas = json.loads(SPEC.read_text())["components"]["schemas"]
    wanted = _reached(schemas, PARAMETERS)
    shapes = {
        "parameters": {name: _parameters(schemas[name]) for name in sorted(wanted)},
        "objects": {name: _object(schemas[name]) for name in sorted(_objects(schemas))},
        "event_types": schemas["event"]["properties"]["type"]["enum"],
    }
    lines = [f'"{part}": ' + _one_a_line(content) for part, content in shapes.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _reached(schemas: dict[str, Schema], roots: list[str]) -> set[str]:
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _references(schemas[name])
    return seen


def _references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for part in node for name in _references(part)]
    if not isinstance(node, dict):
        return []
    here = [_name(node)] if "$ref" in node else []
    return here + [name for part in node.values() for name in _references(part)]


def _name(node: Schema) -> str:
    return str(node["$ref"]).rsplit("/", 1)[-1]


def _parameters(schema: Schema) -> Schema:
    properties = {name: _type(node) for name, node in schema.get("properties", {}).items()}
    return {"required": schema.get("required", []), "properties": properties}


def _type(node: Schema) -> Any:
    if "$ref" in node:
        return {"of": _name(node)}
    if "anyOf" in node:
        return {"any": [_type(part) for part in node["anyOf"]]}
    if node["type"] == "array":
        return {"list": _type(node["items"])}
    if node["type"] == "object":
        return "map"
    if "enum" in node:
        return {"enum": node["enum"]}
    return node.get("format", node["type"])


def _objects(schemas: dict[str, Schema]) -> list[str]:
    names = ["Address", "Event.Request", "api_errors"]
    for name, schema in schemas.items():
        ours = name in OBJECTS or name.startswith(tuple(f"{root}." for root in OBJECTS))
        if ours and not schema.get("x-stub") and _is_offered(name) and schema.get("properties"):
            names.append(name)
    return names


def _is_offered(name: str) -> bool:
    for family in PER_METHOD:
        if family in name:
            return name.split(family, 1)[1].split(".", maxsplit=1)[0] in OFFERED | {
                "BillingDetails",
                "RedirectToUrl",
            }
    return True


def _object(schema: Schema) -> Schema:
    required, nullable = schema.get("required", []), schema.get("x-alwaysPresent", [])
    rest = [name for name in schema["properties"] if name not in required and name not in nullable]
    return {"required": required, "nullable": nullable, "optional": rest}


def _one_a_line(content: Any) -> str:
    if isinstance(content, list):
        return json.dumps(content)
    return (
        "{\n"
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(part)}" for name, part in content.items())
        + "\n}"
    )


if __name__ == "__main__":
    SHAPES.write_text(reduced())
