"""What is typed at checkout stands on the cart from then on, so that nothing has to be typed twice.

Nowhere else: an address line or a log would show it to others.
"""

from shop.checkout.entered import Entered, typed
from shop.customers.who import Shopper
from shop.delivery.address import to_json
from shop.orders.owners import theirs
from shop.orders.tables import Order
from shop.web.forms import one_line

LONGEST_EMAIL, LONGEST_WAY = 254, 50


async def kept(fields: dict[str, str], shopper: Shopper) -> Entered:
    """What these fields say, right or wrong; what was placed meanwhile stays as it was agreed to."""
    entered = await typed(fields, shopper)
    # An account's own e-mail may change before the order is placed.
    email = "" if entered.email == shopper.email else one_line(entered.email, LONGEST_EMAIL)
    # A late payment may still pay for what was agreed to before: that keeps its e-mail and address.
    said = {"email": email, "way": entered.way[:LONGEST_WAY], "to": to_json(entered.to)}
    await Order.update({Order.typed: said}).where(theirs(shopper) & (Order.status == "cart"))
    return entered
