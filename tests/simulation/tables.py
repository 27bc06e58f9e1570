"""What the shop's tables say, in the model's words."""

from collections import Counter

from shop.database import run
from tests.simulation.model import Orders, Seen, Shelf, Shelves

ORDERS = """
    SELECT o."token", o."status", o."number", o."guest_key", c."email", v."sku", l."quantity"
    FROM "order" o
    LEFT JOIN "customer" c ON c."id" = o."customer"
    LEFT JOIN "line" l ON l."order" = o."id"
    LEFT JOIN "variant" v ON v."id" = l."variant"
    ORDER BY o."id", l."id"
"""
# What may wait for people stays; nothing else waits for ever, and staff's wish is not forgotten.
UNFINISHED = """
    SELECT "number", "status" FROM "order"
    WHERE ("status" IN ('pending', 'processing') AND "review" IS NULL)
       OR ("status" = 'cart' AND "cancelling_at" IS NOT NULL)
"""
WHAT_CAME = {
    "pending": "orders that were placed",
    "processing": "payments that the bank confirmed later, or not",
    "paid": "orders that were paid",
    "cart": "orders that came back as carts",
    "cancelled": "orders that staff cancelled, or that joined another cart",
    "review": "payments that people have to look at",
    "dispute": "disputes",
}


async def orders() -> Orders:
    found: dict[str, Seen] = {}
    for row in await run(ORDERS):
        owner = row["email"] or f"guest {row['guest_key']}"
        numbered = row["number"] is not None
        seen = found.setdefault(row["token"], Seen(owner, row["status"], numbered, {}))
        if row["sku"] is not None:
            seen.pieces[row["sku"]] = row["quantity"]
    return found


async def shelves(had: dict[int, int]) -> Shelves:
    rows = await run('SELECT "id", "sku", "on_hand", "reserved" FROM "variant" ORDER BY "id"')
    return {row["sku"]: Shelf(had[row["id"]], row["on_hand"], row["reserved"]) for row in rows}


async def unfinished() -> list[str]:
    return [f"order {row['number']} is {row['status']} for ever" for row in await run(UNFINISHED)]


async def what_came() -> Counter[str]:
    moves = await run('SELECT "what", COUNT(*) AS "n" FROM "log" GROUP BY "what"')
    back = await run('SELECT "requested_by" AS "who", COUNT(*) AS "n" FROM "refund" GROUP BY "requested_by"')
    came = Counter({WHAT_CAME[row["what"]]: int(row["n"]) for row in moves if row["what"] in WHAT_CAME})
    for row in back:
        who = {"shop": "the shop itself", "stripe": "Stripe's own page"}.get(row["who"], "staff")
        came[f"refunds made by {who}"] += int(row["n"])
    return came
