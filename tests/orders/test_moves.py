"""The table of moves and the stock that moves with it, without HTTP in between."""

import asyncio
import random
from contextlib import suppress
from itertools import product

import pytest

from shop import clock
from shop.catalogue import stock as shelf
from shop.catalogue.tables import Variant
from shop.customers.who import Shopper as Who
from shop.database import repeatable, transaction
from shop.errors import SoldOut
from shop.orders import lines, moves
from shop.orders.cart import open_cart
from shop.orders.tables import Line, Order
from tests.journeys.steps import history, stock
from tests.support.goods import Goods

STATUSES = ("cart", "pending", "processing", "paid", "cancelled")
# What staff wish to cancel while the bank still works at it is cancelled when the bank does not pay.
ALLOWED = {
    ("cart", "pending"), ("cart", "paid"), ("cart", "cancelled"),
    ("pending", "cart"), ("pending", "processing"), ("pending", "paid"), ("pending", "cancelled"),
    ("processing", "cart"), ("processing", "paid"), ("processing", "cancelled"),
}  # fmt: skip
STEPS = ("place", "wait_for_bank", "pay", "pay_late", "give_back", "cancel", "join")


async def a_cart(sku: str, quantity: int, guest: str = "ada") -> Order:
    await lines.add(Who(guest_key=guest), sku, quantity)
    return await open_cart(Who(guest_key=guest))


async def a_cart_that_came_back(sku: str, quantity: int, guest: str = "ada") -> Order:
    """It was placed once and has a number, so that late money can be meant for it."""
    order = await a_cart(sku, quantity, guest)
    assert await step("place", order)
    assert await step("give_back", order)
    return await open_cart(Who(guest_key=guest))


@repeatable
async def step(name: str, order: Order, version: int | None = None) -> bool:
    """One move in a transaction of its own."""
    seen = order.version if version is None else version
    async with transaction():
        if name == "place":
            return bool(await moves.place(order.id, seen, order.number or f"N{order.id:07}", "test"))
        if name == "pay":
            return await moves.pay(order.id, "test", "", {})
        if name == "pay_late":
            return await moves.pay_late(order.id, seen, "test", {})
        if name == "wait_for_bank":
            return await moves.wait_for_bank(order.id, "test")
        happened = await getattr(moves, name)(order.id, "test", "")
        assert isinstance(happened, bool)
        return happened


async def status(order: Order) -> str:
    row = await Order.select(Order.status).where(Order.id == order.id).first()
    assert row is not None
    return str(row["status"])


def test_the_table_holds_the_moves_of_the_design_and_no_others() -> None:
    told = {(before, after) for before, afters in moves.MOVES.items() for after in afters}
    assert told == ALLOWED
    assert set(moves.MOVES) == set(STATUSES)


WAYS_THERE = {
    "cart": ("place", "give_back"),
    "pending": ("place",),
    "processing": ("place", "wait_for_bank"),
    "paid": ("place", "pay"),
    "cancelled": ("place", "cancel"),
}
LEADS_TO = {
    "place": "pending",
    "wait_for_bank": "processing",
    "pay": "paid",
    "pay_late": "paid",
    "give_back": "cart",
    "cancel": "cancelled",
    "join": "cancelled",
}
STARTS_AT = {
    "place": {"cart"},
    "wait_for_bank": {"pending"},
    "pay": {"pending", "processing"},
    "pay_late": {"cart"},
    "give_back": {"pending", "processing"},
    "cancel": {"pending", "processing"},
    "join": {"cart"},
}


@pytest.mark.parametrize(("before", "name"), list(product(STATUSES, STEPS)))
async def test_a_step_happens_where_the_table_says_so_and_changes_nothing_elsewhere(
    before: str, name: str, goods: Goods
) -> None:
    mug = await goods("mug", stock=5)
    order = await a_cart("MUG", 2)
    for earlier in WAYS_THERE[before]:
        assert await step(earlier, order)
    logged, left = await history(order), await stock(mug)
    happens = before in STARTS_AT[name]
    assert await step(name, order) is happens
    assert await status(order) == (LEADS_TO[name] if happens else before)
    assert await history(order) == logged + ([LEADS_TO[name]] if happens else [])
    held, sold = await status(order) in moves.HELD, await status(order) == "paid"
    assert await stock(mug) == ((3 if sold else 5, 2 if held else 0) if happens else left)


async def test_only_the_version_that_was_seen_can_be_placed(goods: Goods) -> None:
    await goods("mug")
    order = await a_cart("MUG", 2)
    assert not await step("place", order, version=order.version + 1)
    assert not await step("place", order, version=order.version - 1)
    assert await status(order) == "cart"


async def test_late_money_pays_only_for_the_version_that_it_came_for(goods: Goods) -> None:
    await goods("mug")
    order = await a_cart_that_came_back("MUG", 2)
    for version in (order.version - 1, order.version + 1):
        assert not await step("pay_late", order, version)
    assert await status(order) == "cart"


async def test_placing_what_is_not_there_undoes_all_of_it(goods: Goods) -> None:
    bowl, mug = await goods("bowl", stock=5), await goods("mug", stock=5)
    await lines.add(Who(guest_key="ada"), "BOWL", 2)
    order = await a_cart("MUG", 3)
    await Variant.update({Variant.on_hand: 2}).where(Variant.id == mug.id)
    with pytest.raises(SoldOut):
        await step("place", order)
    assert await status(order) == "cart"
    assert (await stock(bowl), await stock(mug)) == ((5, 0), (2, 0))
    assert await history(order) == []


async def test_late_money_never_takes_what_others_wait_for(goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    ada, ben = await a_cart_that_came_back("MUG", 3), await a_cart("MUG", 3, "ben")
    assert await step("place", ben)
    async with transaction():
        assert not await moves.could_take(ada.id)
    with pytest.raises(SoldOut):
        await step("pay_late", ada)
    assert await stock(mug) == (5, 3)


@pytest.mark.parametrize(
    ("verb", "quantity", "happens", "left"),
    [
        (shelf.reserve, 3, True, (5, 5)),
        (shelf.reserve, 4, False, (5, 2)),
        (shelf.release, 2, True, (5, 0)),
        (shelf.release, 3, False, (5, 2)),
        (shelf.consume, 2, True, (3, 0)),
        (shelf.consume, 3, False, (5, 2)),
        (shelf.take, 3, True, (2, 2)),
        (shelf.take, 4, False, (5, 2)),
    ],
)
async def test_a_verb_of_stock_happens_whole_or_not_at_all(
    verb: object, quantity: int, happens: bool, left: tuple[int, int], goods: Goods
) -> None:
    assert callable(verb)
    mug = await goods("mug", stock=5)
    await Variant.update({Variant.reserved: 2}).where(Variant.id == mug.id)
    assert await verb(mug.id, quantity) is happens
    assert await stock(mug) == left


async def test_of_twenty_who_reserve_at_once_as_many_succeed_as_there_are_pieces(goods: Goods) -> None:
    mug = await goods("mug", stock=7)

    @repeatable
    async def reserve() -> bool:
        async with transaction():
            return await shelf.reserve(mug.id, 1)

    done = await asyncio.gather(*[reserve() for _ in range(20)])
    assert done.count(True) == 7
    assert await stock(mug) == (7, 7)


async def test_orders_with_the_same_things_in_another_order_never_wait_for_each_other_crosswise(
    goods: Goods,
) -> None:
    things = [await goods(f"thing-{number}", stock=100) for number in range(4)]
    orders = []
    for number in range(12):
        shopper = Who(guest_key=f"guest {number}")
        for thing in random.Random(number).sample(things, 4):
            await lines.add(shopper, thing.sku, 1)
        orders.append(await open_cart(shopper))
    assert await asyncio.gather(*[step("place", order) for order in orders]) == [True] * 12
    for thing in things:
        assert await stock(thing) == (100, 12)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_is_tried_at_once_the_books_agree(seed: int, goods: Goods) -> None:
    """Rival steps on few orders over scarce stock: sold, held and left always add up."""
    dice = random.Random(seed)
    mug = await goods("mug", stock=6)
    orders = [await a_cart_that_came_back("MUG", dice.randint(1, 4), f"guest {n}") for n in range(4)]

    async def try_one() -> None:
        with suppress(SoldOut):
            await step(dice.choice([name for name in STEPS if name != "join"]), dice.choice(orders))

    for _ in range(4):
        await asyncio.gather(*[try_one() for _ in range(6)])
    held = sold = 0
    for order in orders:
        quantity = (await Line.select(Line.quantity).where(Line.order == order.id))[0]["quantity"]
        held += quantity if await status(order) in moves.HELD else 0
        sold += quantity if await status(order) == "paid" else 0
    assert await stock(mug) == (6 - sold, held)


async def test_every_move_is_dated_by_the_shop_s_clock(goods: Goods) -> None:
    await goods("mug")
    order = await a_cart("MUG", 1)
    before = clock.now()
    await step("place", order)
    row = await Order.select(Order.placed_at, Order.paid_at).where(Order.id == order.id).first()
    assert row is not None
    assert before <= row["placed_at"] <= clock.now()
    assert row["paid_at"] is None
