"""What the shop sells. Products and variants are retired, never deleted: placed orders refer to them."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Collection(Table, tablename="collection"):
    id = BigSerial(primary_key=True)
    slug = Varchar(length=100, unique=True, null=False)
    title = Varchar(length=200, null=False)
    description = Text(null=False)
    position = Integer(null=False, default=0)


class Product(Table, tablename="product"):
    """What is shown. `option1` to `option3` name what its variants differ in; unused ones are empty.

    `changed_at` is when the merchant last changed what its page says.
    """

    id = BigSerial(primary_key=True)
    slug = Varchar(length=100, unique=True, null=False)
    title = Varchar(length=200, null=False)
    summary = Varchar(length=300, null=False, default="")
    description = Text(null=False)
    collection = ForeignKey(Collection, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    option1 = Varchar(length=50, null=False, default="")
    option2 = Varchar(length=50, null=False, default="")
    option3 = Varchar(length=50, null=False, default="")
    featured = Boolean(null=False, default=False)
    tax_class = Varchar(length=30, null=False, default="standard")
    is_sent = Boolean(null=False, default=True)
    position = Integer(null=False, default=0)
    created_at = Timestamptz(null=False)
    changed_at = Timestamptz(null=True, default=None)
    retired_at = Timestamptz(null=True, default=None)


class FormerAddress(Table, tablename="former_address"):
    """Where a product or a collection was found before its address changed; whoever kept that is led on."""

    id = BigSerial(primary_key=True)
    path = Varchar(length=120, unique=True, null=False)
    product = ForeignKey(Product, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    collection = ForeignKey(Collection, on_delete=OnDelete.cascade, null=True, default=None, index=True)

    former_address_leads_to_one = Check('("product" IS NULL) <> ("collection" IS NULL)')


class Variant(Table, tablename="variant"):
    """What is bought: `on_hand` lie in the shop, `reserved` of them are promised to placed orders.

    `compare_at` is a former price, shown struck through.
    """

    id = BigSerial(primary_key=True)
    product = ForeignKey(Product, on_delete=OnDelete.restrict, null=False, index=True)
    sku = Varchar(length=100, unique=True, null=False)
    option1 = Varchar(length=100, null=False, default="")
    option2 = Varchar(length=100, null=False, default="")
    option3 = Varchar(length=100, null=False, default="")
    price = BigInt(null=False)
    compare_at = BigInt(null=True, default=None)
    currency = Varchar(length=3, null=False)
    on_hand = Integer(null=False, default=0)
    reserved = Integer(null=False, default=0)
    position = Integer(null=False, default=0)
    retired_at = Timestamptz(null=True, default=None)

    variant_options_differ = Unique([product, option1, option2, option3])
    variant_never_oversold = Check((reserved >= 0) & (reserved <= on_hand))
    variant_price_in_range = Check('"price" >= 0 AND "price" <= 99999999')
    variant_on_hand_in_range = Check('"on_hand" <= 1000000000')
    variant_currency_is_a_code = Check('length("currency") = 3 AND "currency" = upper("currency")')


class PastPrice(Table, tablename="past_price"):
    """What a variant has cost from `since` on, until the next row of it."""

    id = BigSerial(primary_key=True)
    variant = ForeignKey(Variant, on_delete=OnDelete.restrict, null=False, index=True)
    price = BigInt(null=False)
    currency = Varchar(length=3, null=False)
    since = Timestamptz(null=False)


class StockMovement(Table, tablename="stock_movement"):
    """Staff counted or filled up: `on_hand` is what there was afterwards. Rows are added, never changed."""

    id = BigSerial(primary_key=True)
    variant = ForeignKey(Variant, on_delete=OnDelete.restrict, null=False, index=True)
    at = Timestamptz(null=False)
    change = Integer(null=False)
    on_hand = Integer(null=False)
    actor = Varchar(length=300, null=False)
    why = Varchar(length=300, null=False)

    stock_movement_ends_at_no_debt = Check('"on_hand" >= 0')


class Picture(Table, tablename="picture"):
    """Its bytes lie in SHOP_MEDIA under `digest` and `extension`. A picture of a variant shows that one.

    `sizes` lists the same picture in other widths and formats: `[{"width", "digest", "extension"}]`. It was
    made from the file `name`, whose bytes have the digest `source`.
    """

    id = BigSerial(primary_key=True)
    product = ForeignKey(Product, on_delete=OnDelete.cascade, null=False, index=True)
    variant = ForeignKey(Variant, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    position = Integer(null=False, default=0)
    alt = Varchar(length=300, null=False)
    width = Integer(null=False)
    height = Integer(null=False)
    digest = Varchar(length=64, null=False)
    extension = Varchar(length=5, null=False)
    sizes = JSONB(null=False, default="[]")
    name = Varchar(length=200, null=False, default="")
    source = Varchar(length=64, null=False, default="")

    picture_has_a_size = Check('"width" > 0 AND "height" > 0')
