"""What Stripe holds against what a shop believes: sums per currency, counts per status."""

from collections import Counter

from shop.sandbox.shapes import Body
from shop.sandbox.store import Store


def of(store: Store) -> Body:
    charges = store.all("charge")
    refunds = store.all("refund")
    returned = [refund for refund in refunds if refund["status"] == "succeeded"]
    on_the_way = [refund for refund in refunds if refund["status"] in ("pending", "requires_action")]
    return {
        "charged": _sums([charge for charge in charges if charge["status"] == "succeeded"]),
        "refunded": _sums(returned),
        "refunds_pending": _sums(on_the_way),
        "disputed": _sums([dispute for dispute in store.all("dispute") if dispute["status"] == "lost"]),
        "sessions": _counts(store.all("checkout.session")),
        "payment_intents": _counts(store.all("payment_intent")),
        "charges": _counts(charges),
        "refunds": _counts(refunds),
        "disputes": _counts(store.all("dispute")),
        "deliveries": _counts(store.all("delivery"), "state"),
        "events": len(store.all("event")),
    }


def _sums(bodies: list[Body]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for body in bodies:
        sums[body["currency"]] += body["amount"]
    return dict(sums)


def _counts(bodies: list[Body], name: str = "status") -> dict[str, int]:
    return dict(Counter(body[name] for body in bodies))
