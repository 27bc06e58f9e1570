"""One letter of each kind, as it might be written to ada: what designers look at, and its facts."""

from datetime import timedelta
from typing import Any

from shop import clock
from shop.mail.outbox import MERCHANT
from shop.mail.tables import Letter
from shop.settings import settings
from shop.web import words

ADA = "ada@example.com"
SAMPLE = "sample:"


def samples() -> list[Letter]:
    return [_letter(kind, *told) for kind, told in _told().items()]


def _told() -> dict[str, tuple[str, dict[str, Any]]]:
    """By kind: to whom, and the facts. Where both are told, the shopper's comes first."""
    order, amount = _order(), {"amount": 3200, "currency": settings().currency}
    about = {name: order[name] for name in ("number", "token", "email", "currency", "total")}
    now = clock.now()
    moment, soon = now.isoformat(), (now + timedelta(minutes=15)).isoformat()
    link = {"nonce": "a sample", "expires_at": soon}
    paid = {"order": order, "paid_at": moment, "has_account": False}
    given_back = {"order": about, "why": "the order had been paid already", **amount}
    withdrawn = {
        "order": about,
        "name": "Ada",
        "email": ADA,
        "lines": [{"title": "Stoneware mug, moss", "quantity": 1}],
        "made_at": moment,
    }
    return {
        "paid": (ADA, {**paid, "policies": ["# Terms\n\n1. **We** sell.\n2. You buy.\n\n- at any time\n"]}),
        "new order": (MERCHANT, {**paid, "charge": "ch_sample"}),
        "sent": (
            ADA,
            {
                "order": order,
                "carrier": "DHL",
                "tracking": "00340434161094042557",
                "tracking_url": "https://carrier.example/00340434161094042557",
                "sent_at": moment,
            },
        ),
        "payment failed": (ADA, {"order": about}),
        "refunded": (ADA, {"order": about, "why": "the mug arrived broken", **amount}),
        "given back": (ADA, given_back),
        "refund failed": (
            MERCHANT,
            {"order": about, "why": "", "asked": "the mug arrived broken", "payment": "pi_sample", **amount},
        ),
        "review": (
            MERCHANT,
            {"order": {"number": order["number"]}, "session": "cs_sample", "problem": "the amount differs"},
        ),
        "disputed": (MERCHANT, {"order": about, "dispute": "dp_sample", "reason": "fraudulent", **amount}),
        "sign in": (ADA, {**link, "path": "/sign-in/{secret}"}),
        "password": (ADA, {**link, "path": "/password/{secret}"}),
        "new email": (ADA, {**link, "path": "/account/email/{secret}"}),
        "email changed": (ADA, {"email": "new@example.com"}),
        "find orders": (ADA, {**link, "path": "/sign-in/{secret}", "orders": _found(order, moment)}),
        "withdrawal": (ADA, withdrawn),
    }


def _found(order: dict[str, Any], moment: str) -> list[dict[str, Any]]:
    """A guest's order has a path; a customer's opens after signing in."""
    of_a_guest = {name: order[name] for name in ("number", "currency", "total")} | {
        "path": f"/orders/{order['token']}",
        "placed_at": moment,
    }
    return [of_a_guest, {**of_a_guest, "number": "M4VT7C2R", "path": None}]


def _order() -> dict[str, Any]:
    lines = [
        {"title": "Stoneware mug, moss", "sku": "MUG-MOSS", "quantity": 2, "unit_price": 1600, "total": 3200},
        {"title": "Enamel kettle", "sku": "KETTLE", "quantity": 1, "unit_price": 5400, "total": 5400},
    ]
    return {
        "number": "K7QM2X9P",
        "token": "sample-of-an-order",
        "email": ADA,
        "currency": settings().currency,
        "lines": lines,
        "lines_total": 8600,
        "discount_total": 0,
        "delivery_title": "Parcel",
        "delivery_total": 490,
        "tax_added": 0,
        "tax_included": 1451,
        "total": 9090,
        "address": ["Ada", "Main Street 1", "10115 Berlin", "Germany"],
    }


def _letter(kind: str, recipient: str, facts: dict[str, Any]) -> Letter:
    return Letter(
        {
            Letter.key: f"{SAMPLE}{kind.replace(' ', '-')}",
            Letter.kind: kind,
            Letter.recipient: recipient,
            Letter.locale: settings().locale if recipient == MERCHANT else words.locale(),
            Letter.facts: facts,
            Letter.written_at: clock.now(),
            Letter.send_after: clock.now(),
        }
    )
