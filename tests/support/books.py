"""The shop's books against Stripe's: every difference is a sentence, and there must be none.

What Stripe took less what it gave back is what the orders say; every paid session is one payment; what lies
on the shelf and what was sold is what there was; what is reserved is what somebody waits for; one letter for
each thing that happened.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from shop.catalogue.tables import StockMovement, Variant
from shop.mail.tables import Letter
from shop.orders.tables import Line, Order, Shipment, Withdrawal
from shop.payments.installation import shop_id
from shop.payments.tables import Attempt, Dispute, Payment, Refund, StripeEvent

Row = dict[str, Any]
RETURNED = ("succeeded",)
FAILED = ("failed", "canceled")


# All of Stripe's objects of one kind.
Objects = Callable[[str], Awaitable[list[Row]]]


async def differences(objects: Objects, had: dict[int, int], *, settled: bool = True) -> list[str]:
    """`had`: how many there were of each variant. `settled`: everything that was on its way has arrived."""
    return list(_Books(await _read(objects), had, settled=settled).differences())


async def _read(objects: Objects) -> dict[str, list[Row]]:
    kinds = ("checkout.session", "payment_intent", "charge", "refund", "dispute")
    at_stripe = {kind: await objects(kind) for kind in kinds}
    ours = {f"our {table._meta.tablename}": await table.select() for table in TABLES}
    return at_stripe | ours | {"shop": [{"id": await shop_id()}]}


TABLES = (
    Order, Line, Variant, Attempt, Payment, Refund, Dispute, StripeEvent, Letter, Withdrawal, Shipment,
    StockMovement,
)  # fmt: skip


class _Books:
    def __init__(self, read: dict[str, list[Row]], had: dict[int, int], *, settled: bool) -> None:
        self.had, self.settled = had, settled
        shop = read["shop"][0]["id"]
        self.sessions = {
            row["id"]: row for row in read["checkout.session"] if row["metadata"].get("shop") == shop
        }
        self.intents = {row["id"]: row for row in read["payment_intent"]}
        self.charges = read["charge"]
        self.returns = read["refund"]
        self.contested = read["dispute"]
        self.orders = {row["id"]: row for row in read["our order"]}
        self.lines = read["our line"]
        self.variants = read["our variant"]
        self.attempts = read["our attempt"]
        self.payments = read["our payment"]
        self.refunds = read["our refund"]
        self.disputes = read["our dispute"]
        self.events = read["our stripe_event"]
        self.letters = [row["key"] for row in read["our outbox"]]
        self.withdrawals = read["our withdrawal"]
        self.shipments = read["our shipment"]
        self.counted: Counter[int] = Counter()
        for row in read["our stock_movement"]:
            self.counted[row["variant"]] += row["change"]

    def differences(self) -> Iterator[str]:
        yield from self._every_paid_session_is_one_payment()
        yield from self._every_payment_is_at_stripe()
        yield from self._every_paid_order_was_paid_once()
        yield from self._money_that_paid_for_nothing_went_back()
        yield from self._refunds_are_the_same()
        yield from self._disputes_are_the_same()
        yield from self._the_sums_are_the_same()
        yield from self._stock_is_what_there_was()
        yield from self._stock_is_held_for_whoever_waits()
        yield from self._one_live_try_for_each_that_waits()
        yield from self._one_letter_for_each_thing()
        if self.settled:
            yield from self._nothing_is_left_to_do()

    def _every_paid_session_is_one_payment(self) -> Iterator[str]:
        counted = Counter(row["payment_intent_id"] for row in self.payments)
        for session in self.sessions.values():
            if session["payment_status"] == "paid" and counted[session["payment_intent"]] != 1:
                yield f"{session['id']} was paid and is {counted[session['payment_intent']]} payments"

    def _every_payment_is_at_stripe(self) -> Iterator[str]:
        for payment in self.payments:
            intent = self.intents.get(payment["payment_intent_id"])
            if intent is None or intent["status"] != "succeeded":
                yield f"payment {payment['id']} is no payment at Stripe"
            elif (intent["amount_received"], intent["currency"].upper()) != (
                payment["amount"],
                payment["currency"],
            ):
                yield f"payment {payment['id']} is {payment['amount']}, at Stripe {intent['amount_received']}"

    def _every_paid_order_was_paid_once(self) -> Iterator[str]:
        for order in self._orders("paid"):
            own = [row for row in self.payments if row["order"] == order["id"] and row["problem"] is None]
            if not order["total"] and not own:
                continue
            told = [
                (row["payment_intent_id"], row["session_id"], row["charge_id"], row["amount"]) for row in own
            ]
            wanted = tuple(order[f"stripe_{name}_id"] for name in ("payment_intent", "session", "charge"))
            wanted = (*wanted, order["total"])
            if told != [wanted]:
                yield f"order {order['number']} is paid by {told}, not by {wanted}"
            if sum(line["total"] or 0 for line in self._lines_of(order)) != order["lines_total"]:
                yield f"the lines of order {order['number']} are not its total"

    def _money_that_paid_for_nothing_went_back(self) -> Iterator[str]:
        for payment in self.payments:
            order = self.orders.get(payment["order"])
            pays = order is not None and order["stripe_payment_intent_id"] == payment["payment_intent_id"]
            kept = payment["amount"] - self._returned_at_stripe(payment["payment_intent_id"])
            if self.settled and not pays and not self._is_watched(payment) and kept:
                yield f"payment {payment['id']} ({payment['problem']}) keeps {kept} for nothing"

    def _refunds_are_the_same(self) -> Iterator[str]:
        # One that Stripe refused was never made there.
        made = [row for row in self.refunds if row["stripe_refund_id"] or row["state"] != "failed"]
        ours = sorted((row["stripe_refund_id"] or "", row["amount"], row["state"]) for row in made)
        theirs = sorted((row["id"], row["amount"], row["status"]) for row in self.returns)
        if self.settled and ours != theirs:
            yield f"our refunds are {ours}, Stripe's {theirs}"

    def _disputes_are_the_same(self) -> Iterator[str]:
        ours = sorted((row["stripe_dispute_id"], row["status"]) for row in self.disputes)
        theirs = sorted(
            (row["id"], row["status"]) for row in self.contested if self._is_ours(row["payment_intent"])
        )
        if self.settled and ours != theirs:
            yield f"our disputes are {ours}, Stripe's {theirs}"

    def _the_sums_are_the_same(self) -> Iterator[str]:
        """Counted the other way round: from the orders, not from the payments."""
        at_stripe: Counter[str] = Counter()
        for charge in self.charges:
            if charge["status"] == "succeeded" and self._is_ours(charge["payment_intent"]):
                kept = charge["amount"] - self._returned_at_stripe(charge["payment_intent"])
                at_stripe[charge["currency"].upper()] += kept
        says: Counter[str] = Counter()
        for order in self._orders("paid"):
            says[order["currency"]] += order["total"] - self._returned_by_us(
                order["stripe_payment_intent_id"]
            )
        for payment in self.payments:
            meant = self.orders.get(payment["order"])
            pays = meant is not None and meant["stripe_payment_intent_id"] == payment["payment_intent_id"]
            if not pays and self._is_watched(payment):
                says[payment["currency"]] += payment["amount"] - self._returned_by_us(
                    payment["payment_intent_id"]
                )
        if self.settled and +at_stripe != +says:
            yield f"Stripe holds {dict(at_stripe)}, the orders say {dict(says)}"

    def _stock_is_what_there_was(self) -> Iterator[str]:
        sold = self._pieces("paid")
        for variant in self.variants:
            there_was = self.had.get(variant["id"])
            here = variant["on_hand"] - self.counted[variant["id"]]
            if there_was is not None and here + sold[variant["id"]] != there_was:
                counted = f"{variant['on_hand']} here, {sold[variant['id']]} sold"
                yield f"{variant['sku']}: there were {there_was}, now {counted}"

    def _stock_is_held_for_whoever_waits(self) -> Iterator[str]:
        waits = self._pieces("pending", "processing")
        for variant in self.variants:
            if variant["reserved"] != waits[variant["id"]]:
                yield f"{variant['sku']}: {variant['reserved']} reserved, {waits[variant['id']]} waited for"

    def _one_live_try_for_each_that_waits(self) -> Iterator[str]:
        live = Counter(
            row["order"] for row in self.attempts if row["state"] in ("creating", "open", "processing")
        )
        for order in self.orders.values():
            waits = order["status"] in ("pending", "processing") and order["review"] is None
            if waits and live[order["id"]] != 1:
                yield f"order {order['number']} is {order['status']} with {live[order['id']]} live tries"
            if self.settled and not waits and live[order["id"]]:
                yield f"order {order['number'] or order['id']} is {order['status']} and can be paid still"

    def _one_letter_for_each_thing(self) -> Iterator[str]:
        wanted = {
            f"order:{order['number']}:paid{reader}"
            for order in self._orders("paid")
            for reader in ("", ":merchant")
        }
        perhaps = set()
        orders = {row["id"]: row["order"] for row in self.payments}
        for refund in self.refunds:
            to_shopper = f"refund:{refund['token']}"
            if refund["requested_by"] == "shop":
                wanted |= {to_shopper, f"{to_shopper}:merchant"}
            elif orders[refund["payment"]] is not None and refund["state"] not in ("requested", *FAILED):
                wanted.add(to_shopper)
            if refund["state"] in FAILED:
                wanted.add(f"{to_shopper}:failed")
                # It may have been on its way before it failed.
                perhaps.add(to_shopper)
        wanted |= {f"dispute:{dispute['stripe_dispute_id']}" for dispute in self.disputes}
        wanted |= {
            f"withdrawal:{row['token']}{reader}" for row in self.withdrawals for reader in ("", ":merchant")
        }
        for row in self.withdrawals:
            if row["email"] not in ("", self.orders[row["order"]]["email"]):
                wanted.add(f"withdrawal:{row['token']}:order")
        wanted |= {f"order:{self.orders[row['order']]['number']}:sent" for row in self.shipments}
        for attempt in self.attempts:
            if attempt["state"] == "failed" and attempt["why"] == "the bank did not pay":
                wanted.add(f"attempt:{attempt['token']}:failed")
        # Whoever was erased has no letters any more.
        for order in self._orders("paid"):
            if not order["email"]:
                perhaps |= {f"order:{order['number']}:paid", f"order:{order['number']}:sent"}
        perhaps |= {
            f"withdrawal:{row['token']}{reader}"
            for row in self.withdrawals
            for reader in ("", ":order")
            if not row["email"]
        }
        # Links are asked for as often as somebody likes.
        about_money = [key for key in self.letters if not key.startswith("link:")]
        written = [key for key in about_money if not key.endswith(":review")]
        if sorted({*written} - perhaps) != sorted(wanted - perhaps):
            yield f"letters {sorted(written)}, wanted {sorted(wanted)}"

    def _nothing_is_left_to_do(self) -> Iterator[str]:
        for event in self.events:
            if event["processed_at"] is None:
                yield f"event {event['event_id']} ({event['kind']}) has no result: {event['problem']}"
        for attempt in self.attempts:
            if attempt["state"] == "creating":
                yield f"nobody knows what became of try {attempt['id']}"
        for refund in self.refunds:
            if refund["state"] == "requested":
                yield f"refund {refund['id']} was never carried out"

    def _is_watched(self, payment: Row) -> bool:
        """People were told: it belongs to no order, does not agree with it, or could not be returned."""
        order = self.orders.get(payment["order"])
        could_not = any(row["payment"] == payment["id"] and row["state"] in FAILED for row in self.refunds)
        if order is None or order["review"] is not None or could_not:
            return True
        return f"session:{payment['session_id']}:review" in self.letters

    def _orders(self, *statuses: str) -> list[Row]:
        return [row for row in self.orders.values() if row["status"] in statuses]

    def _lines_of(self, order: Row) -> list[Row]:
        return [line for line in self.lines if line["order"] == order["id"]]

    def _pieces(self, *statuses: str) -> Counter[int]:
        pieces: Counter[int] = Counter()
        for line in self.lines:
            if self.orders[line["order"]]["status"] in statuses:
                pieces[line["variant"]] += line["quantity"]
        return pieces

    def _is_ours(self, intent: str) -> bool:
        return any(session["payment_intent"] == intent for session in self.sessions.values())

    def _returned_at_stripe(self, intent: str) -> int:
        return sum(
            r["amount"] for r in self.returns if r["payment_intent"] == intent and r["status"] in RETURNED
        )

    def _returned_by_us(self, intent: str | None) -> int:
        payments = {row["id"] for row in self.payments if row["payment_intent_id"] == intent}
        return sum(r["amount"] for r in self.refunds if r["payment"] in payments and r["state"] in RETURNED)
