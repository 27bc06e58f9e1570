"""The customers' address books."""

from piccolo.columns import JSONB, BigSerial, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from shop.customers.tables import Customer


class Address(Table, tablename="address"):
    """Where a customer has things sent; `fields` are those of the address form. Newest use first."""

    id = BigSerial(primary_key=True)
    token = Varchar(length=64, unique=True, null=False)
    customer = ForeignKey(Customer, on_delete=OnDelete.restrict, null=False, index=True)
    fields = JSONB(null=False, default="{}")
    created_at = Timestamptz(null=False)
    used_at = Timestamptz(null=False)
