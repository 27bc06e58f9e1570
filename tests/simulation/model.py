"""The small model: whose each order is and what is in it, and what a deed may make of that.

It knows no table and no address. What the shop says is compared with it after every step.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

MOST = 999
HELD = ("pending", "processing")
FINAL = ("paid", "cancelled")
Pieces = dict[str, int]


@dataclass(frozen=True)
class Seen:
    """An order as it stands in the tables. `numbered`: it has been placed once."""

    owner: str
    status: str
    numbered: bool
    pieces: Pieces


# By the token of each order.
Orders = Mapping[str, Seen]


@dataclass(frozen=True)
class Shelf:
    had: int
    on_hand: int
    reserved: int

    @property
    def left(self) -> int:
        return self.on_hand - self.reserved


# By the SKU of each variant.
Shelves = Mapping[str, Shelf]


def cart_of(orders: Orders, owner: str | None) -> tuple[str, Seen] | None:
    carts = [(token, order) for token, order in orders.items() if order.status == "cart"]
    return next(((token, order) for token, order in carts if order.owner == owner), None)


def with_more(orders: Orders, owner: str, sku: str, wanted: int, left: int, new: str) -> Orders:
    """Adds to the line, up to what is there and to 999, never lowers it; a first cart's token is `new`."""
    token, cart = cart_of(orders, owner) or (new, Seen(owner, "cart", numbered=False, pieces={}))
    had = cart.pieces.get(sku, 0)
    now = max(min(had + wanted, left, MOST), had)
    if not now:
        return orders
    return {**orders, token: replace(cart, pieces=cart.pieces | {sku: now})}


def with_exactly(orders: Orders, token: str, sku: str, wanted: int, left: int) -> Orders:
    """Sets the line, as far as there is enough; what has sold out stays until it is taken out."""
    order = orders[token]
    others = {name: n for name, n in order.pieces.items() if name != sku}
    now = min(wanted, left)
    if wanted == 0:
        return {**orders, token: replace(order, pieces=others)}
    if now <= 0:
        return orders
    return {**orders, token: replace(order, pieces=others | {sku: now})}


def fitted(orders: Orders, owner: str | None, shelves: Shelves) -> Orders:
    """A cart that asks for more than there is holds what there is."""
    found = cart_of(orders, owner)
    if found is None:
        return orders
    token, cart = found
    fits = {sku: min(n, shelves[sku].left) for sku, n in cart.pieces.items() if shelves[sku].left > 0}
    return {**orders, token: replace(cart, pieces=fits)}


def taken_over(orders: Orders, guest: str | None, customer: str) -> Orders:
    """A guest signs in: what waits becomes the customer's, and of two carts the customer's survives."""
    after = dict(orders)
    if guest is None:
        return after
    for token, order in orders.items():
        if order.owner == guest and order.status not in FINAL:
            after[token] = replace(order, owner=customer)
    goes, stays = cart_of(orders, guest), cart_of(orders, customer)
    if goes is not None and stays is not None:
        (token, cart), (survivor, own) = goes, stays
        both = Counter(own.pieces) + Counter(cart.pieces)
        after[survivor] = replace(own, pieces={sku: min(n, MOST) for sku, n in both.items()})
        if cart.numbered:
            after[token] = replace(cart, status="cancelled", pieces={})
        else:
            del after[token]
    return after


def wrong_between(before: Orders, after: Orders) -> Iterator[str]:
    """Nobody put anything in or took anything out, so orders may only have moved."""
    for token, order in after.items():
        was = before.get(token)
        if was is None:
            yield f"an order of {order.owner} came from nowhere"
        elif was.owner != order.owner:
            yield f"an order of {was.owner} is {order.owner}'s"
        elif was.status in FINAL and was != order:
            yield f"an order was {was.status} with {was.pieces}, and is {order.status} with {order.pieces}"
    for token, was in before.items():
        if token not in after and (was.numbered or was.status != "cart"):
            yield f"an order of {was.owner} that was {was.status} is gone"
    for owner in {order.owner for order in [*before.values(), *after.values()]}:
        wanted, kept = _pieces(before, owner), _pieces(after, owner)
        # Two carts that become one hold 999 of a thing at most.
        full = {sku for order in _of(after, owner) for sku, n in order.pieces.items() if n == MOST}
        lost = {sku: (n, kept[sku]) for sku, n in wanted.items() if kept[sku] < n and sku not in full}
        more = {sku: (wanted[sku], n) for sku, n in kept.items() if n > wanted[sku]}
        if lost or more:
            yield f"what {owner} wants changed by itself: {lost | more}"


def wrong_now(orders: Orders, shelves: Shelves) -> Iterator[str]:
    for owner, carts in Counter(order.owner for order in orders.values() if order.status == "cart").items():
        if carts > 1:
            yield f"{owner} has {carts} carts"
    for sku, shelf in shelves.items():
        held = sum(order.pieces.get(sku, 0) for order in orders.values() if order.status in HELD)
        sold = sum(order.pieces.get(sku, 0) for order in orders.values() if order.status == "paid")
        if shelf.reserved != held:
            yield f"{sku}: {shelf.reserved} reserved, {held} waited for"
        if shelf.on_hand + sold != shelf.had:
            yield f"{sku}: there were {shelf.had}, now {shelf.on_hand} here, {sold} sold"


def different(expected: Orders, found: Orders) -> Iterator[str]:
    for token in expected.keys() | found.keys():
        if expected.get(token) != found.get(token):
            yield f"expected {expected.get(token)}, found {found.get(token)}"


def _of(orders: Orders, owner: str) -> list[Seen]:
    return [order for order in orders.values() if order.owner == owner]


def _pieces(orders: Orders, owner: str) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for order in _of(orders, owner):
        pieces.update(order.pieces)
    return pieces
