"""Orders as templates are given them: a cart's prices and stock read live, a placed order's frozen."""

from typing import Any

from piccolo.query.functions.aggregate import Sum

from shop.catalogue.pictures import picture
from shop.catalogue.product import full_title, options_label
from shop.customers.who import Shopper
from shop.database import Rows, run
from shop.delivery import address
from shop.money import Money
from shop.orders.cart import find_cart
from shop.orders.moves import HELD
from shop.orders.owners import by_id, theirs
from shop.orders.tables import Line, Order
from shop.orders.views import MOST, CartView, LineView, Removed, WaitingOrder
from shop.settings import settings
from shop.web.forms import whole_number

# A variant's own picture, else its product's first.
LINES = """
    SELECT l."token", l."quantity", l."title" AS "placed_title", l."unit_price" AS "placed_price",
           v."sku", v."price", v."currency", v."option1", v."option2", v."option3", p."slug", p."title",
           p."tax_class", p."is_sent",
           CASE WHEN v."retired_at" IS NULL AND p."retired_at" IS NULL
                THEN v."on_hand" - v."reserved" ELSE 0 END AS "left",
           i."digest", i."extension", i."alt", i."width", i."height", i."sizes"
    FROM "line" l
    JOIN "variant" v ON v."id" = l."variant"
    JOIN "product" p ON p."id" = v."product"
    LEFT JOIN "picture" i ON i."id" =
        (SELECT "id" FROM "picture" WHERE "product" = p."id" AND ("variant" IS NULL OR "variant" = v."id")
         ORDER BY CASE WHEN "variant" IS NULL THEN 1 ELSE 0 END, "position", "id" LIMIT 1)
    WHERE l."order" = {} ORDER BY l."id"
"""


async def cart_of(shopper: Shopper) -> CartView:
    """The shopper's cart as its page shows it; an empty one where there is none."""
    cart = await find_cart(shopper)
    if cart is None:
        return CartView("", 0, (), Money(0, settings().currency))
    return await cart_view(cart)


async def cart_view(cart: Order) -> CartView:
    lines = tuple(_live_line(row) for row in await run(LINES, cart.id))
    total = sum((line.total for line in lines), Money(0, cart.currency))
    return CartView(cart.token, cart.version, lines, total)


async def placed_lines(order: Order) -> tuple[LineView, ...]:
    return tuple(_placed_line(row, order.currency) for row in await run(LINES, order.id))


async def told(order_id: int) -> dict[str, Any]:
    """A placed order in plain values, complete, for letters about it; amounts in minor units."""
    order = await by_id(order_id)
    lines = await (
        Line.select(Line.title, Line.sku, Line.quantity, Line.unit_price, Line.total)
        .where(Line.order == order_id)
        .order_by(Line.id)
    )
    to = address.from_json(order.deliver_to)
    return {
        "number": order.number,
        "token": order.token,
        "email": order.email,
        "currency": order.currency,
        "lines": lines,
        "lines_total": order.lines_total,
        "discount_total": order.discount_total,
        "delivery_title": order.delivery_title,
        "delivery_total": order.delivery_total,
        "tax_added": order.tax_added,
        "tax_included": order.tax_included,
        "total": order.total,
        "address": address.lines(to, order.locale) if to else None,
    }


async def waiting_orders(shopper: Shopper) -> tuple[WaitingOrder, ...]:
    """The shopper's orders that are placed and not paid, oldest first."""
    condition = theirs(shopper) & Order.status.is_in(list(HELD))
    orders = await Order.objects().where(condition).order_by(Order.placed_at)
    pieces = await _pieces([order.id for order in orders]) if orders else {}
    return tuple(_waiting(order, pieces.get(order.id, 0)) for order in orders)


async def removed(asked: dict[str, str], cart: CartView) -> Removed | None:
    """What was just taken out of the cart, and is out of it still."""
    sku, quantity = asked.get("removed"), whole_number(asked.get("quantity", ""), 1, MOST)
    if not sku or not quantity or any(line.sku == sku for line in cart.lines):
        return None
    rows: Rows = await run(
        'SELECT p."title", v."option1", v."option2", v."option3" FROM "variant" v'
        ' JOIN "product" p ON p."id" = v."product" WHERE v."sku" = {}',
        sku,
    )
    return Removed(sku, full_title(rows[0]["title"], rows[0]), quantity) if rows else None


async def _pieces(orders: list[int]) -> dict[int, int]:
    rows = (
        await Line.select(Line.order, Sum(Line.quantity)).where(Line.order.is_in(orders)).group_by(Line.order)
    )
    return {row["order"]: int(row["sum"]) for row in rows}


def _waiting(order: Order, count: int) -> WaitingOrder:
    return WaitingOrder(
        order.token,
        str(order.number),
        order.status,
        Money(order.total, order.currency),
        count,
        order.review is not None,
    )


def _live_line(row: dict[str, Any]) -> LineView:
    return _line(
        row, str(row["title"]), options_label(row), Money(row["price"], row["currency"]), int(row["left"])
    )


def _placed_line(row: dict[str, Any], currency: str) -> LineView:
    return _line(row, str(row["placed_title"]), "", Money(row["placed_price"], currency), 0)


def _line(row: dict[str, Any], title: str, options: str, price: Money, left: int) -> LineView:
    return LineView(
        token=row["token"],
        sku=row["sku"],
        title=title,
        options=options,
        slug=row["slug"],
        picture=picture(row),
        unit_price=price,
        quantity=row["quantity"],
        total=price * row["quantity"],
        left=left,
        tax_class=row["tax_class"],
        is_sent=bool(row["is_sent"]),
    )
