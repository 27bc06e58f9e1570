"""Shoppers come in and go: what they had as guests becomes theirs as customers, and nobody else's."""

from tests.simulation import model
from tests.simulation.history import Step
from tests.simulation.shoppers import orders_on, send
from tests.simulation.world import World


async def registers(world: World, step: Step) -> None:
    await _comes_in(world, step, "/register")


async def signs_in(world: World, step: Step) -> None:
    await _comes_in(world, step, "/sign-in")


async def _comes_in(world: World, step: Step, address: str) -> None:
    """Now and then somebody mistypes, or comes in at the other's browser."""
    others = ("ada", "ben")[step.a % 2]
    person = world.browsers[step.who if step.c % 8 else others]
    email = person.email
    password = person.password if step.b % 8 else "a kettle buys somebody"
    await world.looks_around()
    guest = world.guest(step.who)
    fields = {"email": email, "password": password}
    answer = await world.browsers[step.who].post(address, fields)
    world.tells(step.deed, answer.status_code)
    is_new = address == "/register" and email not in world.accounts
    is_in, should_be = answer.status_code == 303, is_new or world.accounts.get(email) == password
    # Who has mistyped too often is asked to wait.
    if is_in != should_be and answer.status_code != 429:
        world.wrong.append(f"{step.who} came in as {email}: {is_in}, and should have: {should_be}")
    expected = world.orders
    if is_in:
        world.accounts.setdefault(email, password)
        expected = _is_in(world, step.who, guest, email)
    await world.expects(lambda _: expected, f"{step.who} came in as {email}")


def _is_in(world: World, browser: str, guest: str | None, email: str) -> model.Orders:
    expected = model.taken_over(world.orders, guest, email)
    taken = [token for token, order in world.orders.items() if expected.get(token) != order]
    world.happened["sign-ins"] += 1
    world.happened["sign-ins that take over a guest's cart or orders"] += bool(taken)
    carts = [model.cart_of(world.orders, owner) for owner in (guest, email)]
    world.happened["sign-ins that join two carts"] += None not in carts
    world.signed_in[browser] = email
    return expected


async def signs_out(world: World, step: Step) -> None:
    await world.looks_around()
    await send(world, step, "/sign-out", {})
    world.signed_in.pop(step.who, None)
    await world.expects(lambda _: world.orders, f"{step.who} signed out")


async def looks_at_the_account(world: World, step: Step) -> None:
    await world.looks_around()
    page = await world.browsers[step.who].open("/account")
    world.tells(step.deed, page.status)
    email = world.signed_in.get(step.who)
    if email is None:
        wanted: list[str] = []
    else:
        own = {token: order for token, order in world.orders.items() if order.owner == email}
        wanted = sorted(token for token, order in own.items() if order.status != "cart" and order.numbered)
    if (email is None) != page.path.startswith("/sign-in") or orders_on(page, ".past-orders") != wanted:
        world.wrong.append(f"{step.who} sees {orders_on(page, '.past-orders')} as theirs, not {wanted}")


DEEDS = (registers, signs_in, signs_out, looks_at_the_account)
