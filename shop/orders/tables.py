"""The order from its first line to its refund. While its status is `cart` it is the shopper's cart."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from shop.catalogue.tables import Variant
from shop.customers.tables import Customer


class Order(Table, tablename="order"):
    """`token` is what addresses carry, `number` what people and Stripe call it; `shop/orders/moves.py`
    alone writes `status`. `guest_key` is the SHA-256 of a guest's cart cookie. Tax rates are hundredths of
    a percent. `agreed_to` is the version of the policies that the shopper agreed to by paying. `typed` is
    what a cart's shopper has typed at checkout, right or wrong; nobody has agreed to it yet.
    """

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    number = Varchar(length=8, unique=True, null=True, default=None)
    status = Varchar(length=10, null=False, default="cart", index=True)
    version = Integer(null=False, default=0)
    customer = ForeignKey(Customer, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    guest_key = Varchar(length=64, null=True, default=None, index=True)
    email = Varchar(length=254, null=False, default="", index=True)
    locale = Varchar(length=20, null=False)
    currency = Varchar(length=3, null=False)
    lines_total = BigInt(null=False, default=0)
    discount_total = BigInt(null=False, default=0)
    delivery_total = BigInt(null=False, default=0)
    tax_added = BigInt(null=False, default=0)
    tax_included = BigInt(null=False, default=0)
    total = BigInt(null=False, default=0)
    typed = JSONB(null=True, default=None)
    deliver_to = JSONB(null=True, default=None)
    delivery_way = Varchar(length=50, null=True, default=None)
    delivery_title = Varchar(length=100, null=True, default=None)
    delivery_tax_rate = Integer(null=True, default=None)
    delivery_tax = BigInt(null=False, default=0)
    agreed_to = Varchar(length=64, null=True, default=None)
    agreed_at = Timestamptz(null=True, default=None)
    review = Varchar(length=300, null=True, default=None)
    stripe_session_id = Varchar(length=255, null=True, default=None)
    stripe_payment_intent_id = Varchar(length=255, null=True, default=None)
    stripe_charge_id = Varchar(length=255, null=True, default=None)
    created_at = Timestamptz(null=False)
    placed_at = Timestamptz(null=True, default=None)
    paid_at = Timestamptz(null=True, default=None)
    cancelling_at = Timestamptz(null=True, default=None)

    order_status_is_known = Check("\"status\" IN ('cart', 'pending', 'processing', 'paid', 'cancelled')")
    order_total_adds_up = Check('"total" = "lines_total" - "discount_total" + "delivery_total" + "tax_added"')
    order_amounts_are_no_debts = Check(
        '"lines_total" >= 0 AND "discount_total" >= 0 AND "delivery_total" >= 0'
        ' AND "tax_added" >= 0 AND "tax_included" >= 0 AND "total" >= 0'
    )
    order_has_one_owner_at_most = Check('"customer" IS NULL OR "guest_key" IS NULL')
    order_cart_has_an_owner = Check(
        '"status" <> \'cart\' OR "customer" IS NOT NULL OR "guest_key" IS NOT NULL'
    )
    order_placed_has_a_number = Check(
        '"status" IN (\'cart\', \'cancelled\') OR ("number" IS NOT NULL AND "placed_at" IS NOT NULL)'
    )
    order_paid_has_a_time = Check('"status" <> \'paid\' OR "paid_at" IS NOT NULL')


class Line(Table, tablename="line"):
    """One variant in an order. What it is called and costs is written by `place` and read live before."""

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    order = ForeignKey(Order, on_delete=OnDelete.cascade, null=False, index=True)
    variant = ForeignKey(Variant, on_delete=OnDelete.restrict, null=False, index=True)
    quantity = Integer(null=False)
    sku = Varchar(length=100, null=True, default=None)
    title = Varchar(length=300, null=True, default=None)
    unit_price = BigInt(null=True, default=None)
    total = BigInt(null=True, default=None)
    tax_rate = Integer(null=True, default=None)
    tax = BigInt(null=True, default=None)

    line_variant_once_per_order = Unique([order, variant])
    line_quantity_in_range = Check('"quantity" >= 1 AND "quantity" <= 999')
    line_total_is_the_product = Check('"total" IS NULL OR "total" = "unit_price" * "quantity"')


class Shipment(Table, tablename="shipment"):
    """A paid order was sent, or handed over where it is collected. `tracking` is the carrier's number."""

    id = BigSerial(primary_key=True)
    order = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, unique=True)
    carrier = Varchar(length=100, null=False, default="")
    tracking = Varchar(length=100, null=False, default="")
    tracking_url = Varchar(length=500, null=False, default="")
    sent_by = Varchar(length=300, null=False)
    sent_at = Timestamptz(null=False)


class Withdrawal(Table, tablename="withdrawal"):
    """The shopper has withdrawn from the contract, or from the lines in `lines` (tokens; empty: all)."""

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    order = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, index=True)
    name = Varchar(length=200, null=False)
    email = Varchar(length=254, null=False)
    lines = JSONB(null=False, default="[]")
    made_at = Timestamptz(null=False)
    answered_at = Timestamptz(null=True, default=None)


class PolicyVersion(Table, tablename="policy_version"):
    """The policies as they read when somebody agreed to them; `texts` by name, in Markdown."""

    id = BigSerial(primary_key=True)
    version = Varchar(length=64, unique=True, null=False)
    locale = Varchar(length=20, null=False)
    texts = JSONB(null=False, default="{}")
    first_at = Timestamptz(null=False)


class Log(Table, tablename="log"):
    """What happened to an order, who did it and why. Rows are added, never changed."""

    id = BigSerial(primary_key=True)
    order = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, index=True)
    at = Timestamptz(null=False)
    actor = Varchar(length=300, null=False)
    what = Varchar(length=100, null=False)
    why = Text(null=False)
