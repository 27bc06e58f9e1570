"""The address that a shopper without a browser gives."""

from shop.sandbox.shapes import Body, shape


def example(session: Body) -> Body | None:
    wanted = session["shipping_address_collection"]
    if wanted is None:
        return None
    return shape(
        "Address",
        city="Sandtown",
        country=wanted["allowed_countries"][0],
        line1="1 Beach Road",
        postal_code="12345",
    )
