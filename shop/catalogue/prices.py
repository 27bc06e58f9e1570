"""What things cost, and have cost: this file alone writes a variant's price, and remembers each.

A former price may be shown struck through only beside the lowest price of the 30 days before the reduction
(Directive 98/6/EC, Article 6a), so every change leaves a row, the announcement of a former price included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from shop import clock
from shop.catalogue.tables import PastPrice, Variant
from shop.database import Rows, run
from shop.money import Money

DAYS = timedelta(days=30)
# One statement has room for so many rows.
AT_ONCE = 500
CHANGE = 'UPDATE "variant" SET "price" = {}, "compare_at" = {} WHERE "id" = {}'


@dataclass(frozen=True, slots=True)
class Reduction:
    """`former` is shown struck through, `lowest` is the lowest price of the 30 days before the reduction."""

    former: Money
    lowest: Money


async def begin(variants: Iterable[tuple[int, int, str]]) -> None:
    """Remembers what new variants cost: id, price and currency; inside the transaction that adds them."""
    await _remember([_row(variant, price, currency, clock.now()) for variant, price, currency in variants])


async def set_price(variant: int, price: int, compare_at: int | None) -> bool:
    """Inside the caller's transaction; False where it costs that already."""
    return await set_prices({variant: (price, compare_at)}) > 0


async def set_prices(wanted: Mapping[int, tuple[int, int | None]]) -> int:
    """Price and former price by the variant's id; how many were not so before."""
    past: list[PastPrice] = []
    changed = 0
    for start in range(0, len(wanted), AT_ONCE):
        part = sorted(wanted)[start : start + AT_ONCE]
        remembered = await PastPrice.select(PastPrice.variant).distinct().where(PastPrice.variant.is_in(part))
        known = {row["variant"] for row in remembered}
        for was in await _held(part):
            variant, (price, compare_at) = was["id"], wanted[was["id"]]
            if (was["price"], was["compare_at"]) == (price, compare_at):
                continue
            if variant not in known:
                # An older shop has not remembered this one: it has cost that since it is sold.
                past.append(_row(variant, was["price"], was["currency"], was["product.created_at"]))
            past.append(_row(variant, price, was["currency"], clock.now()))
            await run(CHANGE, price, compare_at, variant)
            changed += 1
    await _remember(past)
    return changed


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


async def _held(variants: list[int]) -> list[dict[str, Any]]:
    """The variants, which nobody else changes until the caller's transaction ends."""
    places = ", ".join("{}" for _ in variants)
    await run(f'UPDATE "variant" SET "price" = "price" WHERE "id" IN ({places})', *variants)
    found: list[dict[str, Any]] = await Variant.select(
        Variant.id, Variant.price, Variant.compare_at, Variant.currency, Variant.product.created_at
    ).where(Variant.id.is_in(variants))
    return found


async def _remember(past: list[PastPrice]) -> None:
    for start in range(0, len(past), AT_ONCE):
        await PastPrice.insert(*past[start : start + AT_ONCE])


def _row(variant: int, price: int, currency: str, since: datetime) -> PastPrice:
    return PastPrice(
        {
            PastPrice.variant: variant,
            PastPrice.price: price,
            PastPrice.currency: currency,
            PastPrice.since: since,
        }
    )
