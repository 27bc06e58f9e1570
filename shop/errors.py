"""What can go wrong in the shop's own words. Nothing here knows of HTTP; `shop/web/problems.py` answers.

Raise for what must not be kept (it rolls the transaction back), return for what must.
"""


class ShopError(Exception):
    """Something a shopper or operator can be told in one sentence."""


class NotFound(ShopError):
    """There is no such thing, or it is not theirs: both look the same from outside."""


class Moved(NotFound):
    """It is no longer there, but it is known where: `address`."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class NoLongerSold(NotFound):
    """It was there and has been taken out of the shop."""


class BadQuantity(ShopError):
    """A quantity that is not a whole number within the range."""


class SoldOut(ShopError):
    """Nothing is left of the variant, or it is no longer sold."""

    def __init__(self, sku: str) -> None:
        super().__init__(sku)
        self.sku = sku


class Promised(ShopError):
    """A count would leave fewer pieces than orders have been promised, or more than can be."""

    def __init__(self, on_hand: int, reserved: int) -> None:
        super().__init__(f"{on_hand} on hand, {reserved} reserved")
        self.on_hand = on_hand
        self.reserved = reserved


class CartFull(ShopError):
    """The cart has as many different lines as one payment can have."""


class CartChanged(ShopError):
    """What the shopper agreed to is not what the cart holds now: prices, stock or lines moved on."""


class OrderMoved(ShopError):
    """The order is no longer in the status that this command needs; read it again."""


class Overtaken(ShopError):
    """Somebody else changed what this transaction had read: it is run again from its beginning."""


class TotalOutOfRange(ShopError):
    """The total is below or above what Stripe charges in this currency."""


class RefundTooLarge(ShopError):
    """More than was paid and has not gone back yet, or nothing at all."""


class GivenBackAlready(ShopError):
    """The same amount was given back a moment ago: that is more likely a mistake than a wish."""


class NotToBeSent(ShopError):
    """The order must not leave the shop, for the reason that it gives."""


class RefundRefused(ShopError):
    """Stripe will not give this money back; the refund's row has failed and can be asked for anew."""


class GatewayUnreachable(ShopError):
    """Stripe gave no answer: what we asked for may or may not have happened."""


class GatewayRefused(ShopError):
    """Stripe understood and refused: what we asked for has not happened."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code or str(status))
        self.status = status
        self.code = code


class GatewayFailed(GatewayUnreachable):
    """Stripe answered that it failed: what we asked for may or may not have happened."""


class GatewayReplayedFailure(GatewayUnreachable):
    """Stripe repeats an old failure for this key: asking again is useless, looking is not."""


class DatabaseBusy(ShopError):
    """The database stayed locked over several tries; nothing of this request was kept."""
