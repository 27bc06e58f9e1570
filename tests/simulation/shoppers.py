"""What shoppers do; the model says what must come of it.

A deed that makes no sense now does nothing.
"""

from shop.orders.tables import Line
from tests.simulation import model
from tests.simulation.history import Step
from tests.simulation.world import GOODS, World
from tests.support.pages import Page

# Enough to meet the limit of 999.
HUNDREDS = (1, 500, 999)


async def adds(world: World, step: Step) -> None:
    sku = list(GOODS)[step.a % len(GOODS)]
    wanted = HUNDREDS[step.b % 3] if sku == "nail" else step.b % 3 + 1
    await world.looks_around()
    await send(world, step, "/cart/lines", {"variant": sku.upper(), "quantity": wanted})
    owner = str(world.owner(step.who))

    def expected(now: model.Orders) -> model.Orders:
        new = next((token for token in now if token not in world.orders), "none")
        left = world.shelves[sku.upper()].left
        return model.with_more(world.orders, owner, sku.upper(), wanted, left, new)

    await world.expects(expected, f"{step.who} added {wanted} of {sku}")


async def changes(world: World, step: Step) -> None:
    """Mostly a line of their own."""
    lines = await Line.select(Line.token, Line.order.token, Line.variant.sku).where(
        Line.order.status == "cart"
    ).order_by(Line.id)  # fmt: skip
    await world.looks_around()
    mine = model.cart_of(world.orders, world.owner(step.who))
    own = [line for line in lines if mine is not None and line["order.token"] == mine[0]]
    choice = own if own and step.c % 5 else lines
    if not choice:
        return
    line, wanted = choice[step.a % len(choice)], step.b % 4
    await send(world, step, f"/cart/lines/{line['token']}", {"quantity": wanted})
    order, sku = line["order.token"], line["variant.sku"]
    expected = world.orders
    if line in own:
        expected = model.with_exactly(expected, order, sku, wanted, world.shelves[sku].left)
    await world.expects(lambda _: expected, f"{step.who} set {sku} to {wanted}")


async def looks(world: World, step: Step) -> None:
    person = world.browsers[step.who]
    page = await person.open("/checkout")
    world.tells(step.deed, page.status)
    if page.path == "/checkout":
        fields = page.form(action="/checkout").fields()
        world.agreed[step.who] = fields | {"email": person.email}


async def pays_what_was_looked_at(world: World, step: Step) -> str | None:
    """Where it leads, at the first press or at another one."""
    if step.who not in world.agreed:
        return None
    await world.looks_around()
    owner, expected = world.owner(step.who), world.orders
    fitted = model.fitted(expected, owner, world.shelves)
    answer = await world.browsers[step.who].post("/checkout", dict(world.agreed[step.who]))
    world.tells(step.deed, answer.status_code)
    if answer.status_code == 409:
        await world.expects(lambda _: fitted, f"{step.who} was asked to look again")
    location: str | None = answer.headers.get("location")
    return location


async def looks_and_pays(world: World, step: Step) -> None:
    await looks(world, step)
    await pays_what_was_looked_at(world, step)


async def pays_in_two_tabs(world: World, step: Step) -> None:
    """Both show the same cart: they lead to the same page."""
    await looks(world, step)
    interrupted = world.happened["interruptions that were reached"]
    first, second = [await pays_what_was_looked_at(world, step) for _ in range(2)]
    if first and second:
        world.happened["two tabs place the same cart"] += 1
    undisturbed = not world.was_away and interrupted == world.happened["interruptions that were reached"]
    if undisturbed and first and second and first != second:
        world.wrong.append(f"one cart in two tabs leads to {first} and to {second}")


async def continues(world: World, step: Step) -> None:
    await to_an_order(world, step, "payment")


async def reopens(world: World, step: Step) -> None:
    await to_an_order(world, step, "reopen")


async def to_an_order(world: World, step: Step, what: str) -> None:
    """Mostly their own; a stranger finds nothing there."""
    await world.looks_around()
    orders = [token for token, order in world.orders.items() if order.status == "pending" or not step.b % 4]
    if not orders:
        return
    token = orders[step.a % len(orders)]
    owner = world.orders[token].owner
    who = (world.browser_of(owner) if step.c % 5 else None) or step.who
    stranger = world.owner(who) != owner
    answer = await world.browsers[who].post(f"/orders/{token}/{what}")
    world.tells(step.deed, answer.status_code)
    if stranger and answer.status_code != 404:
        world.wrong.append(f"{who} may {what} an order of {owner}: {answer.status_code}")


async def comes_back(world: World, step: Step) -> None:
    sessions = await world.stripe.objects("checkout.session")
    if sessions:
        session = sessions[step.a % len(sessions)]["id"]
        answer = await world.browsers[step.who].get(f"/checkout/return?session_id={session}")
        world.tells(step.deed, answer.status_code)


async def opens_an_order(world: World, step: Step) -> None:
    """A guest's opens to whoever has its address, a customer's to that customer."""
    await world.looks_around()
    if not world.orders:
        return
    token, order = list(world.orders.items())[step.a % len(world.orders)]
    stranger = world.owner(step.who) != order.owner
    answer = await world.browsers[step.who].get(f"/orders/{token}")
    world.tells(step.deed, answer.status_code)
    wanted = {200, 303}
    if stranger and order.status == "cart":
        wanted = {404}
    elif stranger and not order.owner.startswith("guest"):
        wanted = {404} if step.who in world.signed_in else {303}
    elif stranger:
        wanted = {200}
    if answer.status_code not in wanted:
        world.wrong.append(f"{step.who} opened {order}: {answer.status_code}")


async def looks_at_the_cart(world: World, step: Step) -> None:
    """Their own lines and their own waiting orders stand there, and nobody else's."""
    await world.looks_around()
    owner = world.owner(step.who)
    page = await world.browsers[step.who].open("/cart")
    world.tells(step.deed, page.status)
    cart = model.cart_of(world.orders, owner)
    waiting = [t for t, order in world.orders.items() if order.owner == owner and order.status in model.HELD]
    wanted = (cart[1].pieces if cart else {}, sorted(waiting))
    if (found := (lines_on(page), orders_on(page, "#waiting"))) != wanted:
        world.wrong.append(f"{step.who} sees {found} in the cart, not {wanted}")


async def send(world: World, step: Step, address: str, fields: dict[str, object]) -> None:
    answer = await world.browsers[step.who].post(address, fields)
    world.tells(step.deed, answer.status_code)


def lines_on(page: Page) -> model.Pieces:
    skus = [node.attributes["href"] or "" for node in page.all(".line__title a")]
    numbers = [node.attributes["value"] or "" for node in page.all(".stepper__input")]
    return {sku.partition("variant=")[2]: int(n) for sku, n in zip(skus, numbers, strict=True)}


def orders_on(page: Page, where: str) -> list[str]:
    links = {node.attributes["href"] or "" for node in page.all(f"{where} a[href^='/orders/']")}
    return sorted(link.removeprefix("/orders/") for link in links)


DEEDS = (
    adds, changes, looks, looks_and_pays, pays_what_was_looked_at, pays_in_two_tabs, continues, reopens,
    comes_back, opens_an_order, looks_at_the_cart,
)  # fmt: skip
