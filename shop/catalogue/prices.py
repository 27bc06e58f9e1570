"""What things cost, and have cost: this file alone writes a variant's price, and remembers each.

A former price may be shown struck through only beside the lowest price of the 30 days before the reduction
(Directive 98/6/EC, Article 6a), so every change leaves a row, the announcement of a former price included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from shop import clock
from shop.catalogue.tables import PastPrice, Variant
from shop.database import Rows, run
from shop.money import Money

DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reduction:
    """`former` is shown struck through, `lowest` is the lowest price of the 30 days before the reduction."""

    former: Money
    lowest: Money


async def begin(variants: Iterable[Variant]) -> None:
    """Remembers what new variants cost; inside the transaction that adds them."""
    rows = [_row(variant.id, variant.price, variant.currency, clock.now()) for variant in variants]
    if rows:
        await PastPrice.insert(*rows)


async def set_price(variant: int, price: int, compare_at: int | None) -> bool:
    """Inside the caller's transaction; False where it costs that already."""
    was = await _held(variant)
    if (was["price"], was["compare_at"]) == (price, compare_at):
        return False
    # An older shop has not remembered this one: it has cost that since it is sold.
    if not await PastPrice.exists().where(PastPrice.variant == variant):
        await PastPrice.insert(_row(variant, was["price"], was["currency"], was["product.created_at"]))
    await Variant.update({Variant.price: price, Variant.compare_at: compare_at}).where(Variant.id == variant)
    await PastPrice.insert(_row(variant, price, was["currency"], clock.now()))
    return True


async def reductions(products: list[int]) -> dict[int, Reduction]:
    """What is reduced among the variants of these products, by the variant's id; one query."""
    if not products:
        return {}
    rows = await run(
        'SELECT v."id", v."price", v."compare_at", v."currency", h."price" AS "past", h."since"'
        ' FROM "variant" v LEFT JOIN "past_price" h ON h."variant" = v."id"'
        f' WHERE v."product" IN ({", ".join("{}" for _ in products)}) AND v."compare_at" > v."price"'
        ' ORDER BY v."id", h."since" DESC, h."id" DESC',
        *products,
    )
    return {variant: _reduction(list(told)) for variant, told in groupby(rows, key=lambda row: row["id"])}


def _reduction(rows: Rows) -> Reduction:
    """`rows` are one variant's prices, the newest first."""
    now, currency = rows[0]["price"], rows[0]["currency"]
    return Reduction(Money(rows[0]["compare_at"], currency), Money(_lowest(rows, now), currency))


def _lowest(rows: Rows, now: int) -> int:
    """Whoever has never sold it for another price has only this one to tell."""
    before = []
    for row in rows[1:]:
        before.append(row["past"])
        if row["since"] <= rows[0]["since"] - DAYS:
            break
    return min(before, default=now)


async def _held(variant: int) -> dict[str, Any]:
    """The variant, which nobody else changes until the caller's transaction ends."""
    await run('UPDATE "variant" SET "price" = "price" WHERE "id" = {}', variant)
    found: dict[str, Any] | None = await (
        Variant.select(Variant.price, Variant.compare_at, Variant.currency, Variant.product.created_at)
        .where(Variant.id == variant)
        .first()
    )
    assert found is not None, "a variant is never deleted"
    return found


def _row(variant: int, price: int, currency: str, since: datetime) -> PastPrice:
    return PastPrice(
        {
            PastPrice.variant: variant,
            PastPrice.price: price,
            PastPrice.currency: currency,
            PastPrice.since: since,
        }
    )
