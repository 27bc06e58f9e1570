"""What a shopper's page shows already, so that an answer need not bring it again.

A number stands for all that a page shows of a line, and the page bears the sum of them. Whoever asks for a
change sends the sum, and the numbers of the lines that the answer will draw anew: without these, the sum
must be what it would be now. If it is not, something else has changed since, and all of the cart is drawn.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shop.orders.views import NUMBERS, CartView, LineView, WaitingOrder, number_of
from shop.web.cookies import AnyRequest

HEADER = "Cart-Drawn"
SENT = re.compile(r"[0-9]{1,15}(?: [\w-]{1,64}:[0-9]{1,15}){0,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Of the list of lines: those drawn anew in their places, those put at its end, and those taken out."""

    lines: tuple[LineView, ...]
    new: tuple[LineView, ...]
    gone: tuple[str, ...]


def drawn(lines: Iterable[LineView], waiting: tuple[WaitingOrder, ...]) -> int:
    return (number_of(waiting) + sum(line.drawn for line in lines)) % NUMBERS


def redrawn(
    request: AnyRequest, cart: CartView, waiting: tuple[WaitingOrder, ...], sku: str
) -> Redrawn | None:
    """What to draw after a change of the line of `sku`; nothing where all of the cart must be drawn."""
    sent = request.headers.get(HEADER, "")
    if not SENT.fullmatch(sent):
        return None
    whole, *listed = sent.split(" ")
    numbers = {token: int(shown) for token, _, shown in (each.rpartition(":") for each in listed)}
    anew = [line for line in cart.lines if line.token in numbers or line.sku == sku]
    rest = drawn((line for line in cart.lines if line not in anew), waiting)
    if (int(whole) - sum(numbers.values()) - rest) % NUMBERS:
        return None
    new = tuple(line for line in anew if line.token not in numbers)
    gone = tuple(numbers.keys() - {line.token for line in anew})
    # The first one's picture loads at once, which ever it is.
    first = [line for line in cart.lines[:1] if gone and line not in anew]
    return Redrawn((*first, *(line for line in anew if line not in new)), new, gone)
