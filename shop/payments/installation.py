"""What makes this database's shop one of a kind at Stripe."""

from shop.payments.tables import Installation


async def shop_id() -> str:
    """The random id that marks our sessions; a renamed or moved shop keeps it."""
    found = await Installation.select(Installation.shop).first()
    assert found is not None, "the first migration wrote it"
    return str(found["shop"])
