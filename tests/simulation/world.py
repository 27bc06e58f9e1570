"""A shop, Stripe and their clocks in one process, without sockets and without chance.

What happens, happens in the order in which a history says it; in between the clocks stand still.
"""

from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx
from litestar import Litestar

from shop import clock
from shop.app import create_app
from shop.database import current_engine, run, transaction
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings
from shop.web.cookies import digest
from tests.simulation import model, tables
from tests.simulation.at_stripe import AtStripe, Inside, Json, brought
from tests.simulation.history import BROWSERS
from tests.support import books
from tests.support.goods import put_on_sale
from tests.support.house import EMPTIED, Buyer

# Price and stock: one runs out soon, and one comes in hundreds.
GOODS = {"mug": (1000, 3), "bowl": (1000, 20), "lamp": (1000, 8), "nail": (20, 4000)}
FIRST_DAY = datetime(2027, 1, 4, 9, tzinfo=UTC)
Act = Callable[[], Awaitable[None]]


class Crashed(BaseException):
    """The process is gone; nothing of the shop can catch this."""


class World:
    def __init__(self) -> None:
        self.stripe = AtStripe()
        self.app: Litestar = create_app()
        self.app.state.gateway = self.gateway = StripeGateway(settings().stripe)
        self.gateway._http._client_async = httpx.AsyncClient(transport=Inside(self.stripe.app))
        self.browsers: dict[str, Buyer] = {}
        self._forget()

    def _forget(self) -> None:
        self.agreed: dict[str, dict[str, str]] = {}
        self.accounts: dict[str, str] = {}
        self.signed_in: dict[str, str] = {}
        self.heard: list[str] = []
        self.forms: list[tuple[str, int | None, str]] = []
        self.had: dict[int, int] = {}
        self.orders: model.Orders = {}
        self.shelves: model.Shelves = {}
        self.away = self.was_away = self.is_behind = False
        # What was told, what came to pass, and what should not have.
        self.trail: list[str] = []
        self.happened: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._waiting: deque[tuple[int, Act]] = deque()

    async def begin(self) -> None:
        """An empty shop with four products, on its first day."""
        await self._all_leave()
        clock.reset()
        await self.stripe.control("reset")
        async with transaction():
            for table in (*EMPTIED, "sign_in", "sign_in_tries", "customer"):
                await run(f"DELETE FROM {table}")
            await run("UPDATE installation SET events_read_to = NULL")
        self._forget()
        self.browsers = {browser: self._person(name) for browser, name in BROWSERS.items()}
        for sku, (price, stock) in GOODS.items():
            variant = await put_on_sale(sku, price=price, stock=stock)
            self.had[variant.id] = stock
        # A shop begins with that when it starts.
        await run_once(self.gateway)
        await self.looks_around()

    async def end(self) -> None:
        await self._all_leave()
        await self.stripe.close()
        await self.gateway.close()

    async def _all_leave(self) -> None:
        for person in self.browsers.values():
            await person.client.aclose()

    def _person(self, name: str) -> Buyer:
        person = Buyer(name, settings().url)
        person.client = httpx.AsyncClient(transport=Inside(self.app), base_url=settings().url)
        return person

    # Who is who

    def guest(self, browser: str) -> str | None:
        cookie = self.browsers[browser].client.cookies.get("cart")
        return f"guest {digest(cookie)}" if cookie else None

    def owner(self, browser: str) -> str | None:
        return self.signed_in.get(browser) or self.guest(browser)

    def browser_of(self, owner: str) -> str | None:
        return next((browser for browser in BROWSERS if self.owner(browser) == owner), None)

    # The model

    async def looks_around(self) -> None:
        """Since the last look nobody put anything in or took anything out."""
        before, self.orders = self.orders, await tables.orders()
        self.shelves = await tables.shelves(self.had)
        self.wrong += [*model.wrong_between(before, self.orders), *model.wrong_now(self.orders, self.shelves)]

    async def expects(self, expected: Callable[[model.Orders], model.Orders], why: str) -> None:
        """Since the last look exactly this has happened; it is given what there is now."""
        now = await tables.orders()
        self.wrong += [f"{why}: {found}" for found in model.different(expected(now), now)]
        self.orders = now

    def tells(self, deed: str, status: int) -> None:
        self.trail.append(f"    {deed.replace('_', ' ')} is answered {status}")
        # A shopper may be asked to come again while Stripe is away, and never sees anything worse.
        if status >= 500 and not (status == 503 and (self.was_away or self.is_behind)):
            self.wrong.append(f"{deed} was answered {status}")

    # Interruptions

    def lies_in_wait(self, at: int, rival: Act | None) -> None:
        """Whoever comes to the named step after `at` others meets it there."""
        self._waiting.append((at, rival or _crash))
        self.happened["interruptions that were drawn"] += 1

    async def reached(self, step: str) -> None:
        self.trail.append(f"    at {step}")
        if not self._waiting:
            return
        left, act = self._waiting[0]
        if act is not _crash and current_engine().transaction_exists():
            # A rival would have to wait for the end of it.
            return
        if left:
            self._waiting[0] = (left - 1, act)
            return
        self._waiting.popleft()
        what = "the process dies" if act is _crash else "a rival comes between"
        self.trail.append(f"    at {step} {what}")
        self.happened["interruptions that were reached"] += 1
        self.happened[f"{what} at {step}"] += 1
        await act()

    # Stripe and time

    async def brings(self, event: Json) -> None:
        answered = await brought(event, self.app)
        self.tells("the news", answered)
        if answered == 200:
            self.heard.append(event["id"])

    async def unheard(self) -> list[Json]:
        return [event for event in await self.stripe.objects("event") if event["id"] not in self.heard]

    async def works_again(self) -> None:
        await self.stripe.works_again()
        self.away = False

    @property
    def now(self) -> datetime:
        return clock.now()

    async def passes(self, **time: float) -> None:
        by = timedelta(**time)
        clock.move(by)
        await self.stripe.control("clock", advance=by.total_seconds())

    # The end

    async def comes_to_rest(self) -> None:
        """Everything that is on its way arrives, and every page has closed."""
        self._waiting.clear()
        await self.works_again()
        await run_once(self.gateway, everything=True)
        for number, intent in enumerate(await self.stripe.objects("payment_intent")):
            if intent["status"] == "processing":
                await self.stripe.control(f"payments/{intent['id']}/settle", succeeds=number % 2 == 0)
        # Pages close after an hour; a bank may take days to return money.
        for hours in (2, 24, 24 * 5):
            await self.passes(hours=hours)
            for _ in range(2):
                await run_once(self.gateway, everything=True)
        await self.looks_around()

    async def differences(self) -> list[str]:
        found = await books.differences(self.stripe.objects, self.had)
        return self.wrong + found + await tables.unfinished()


async def _crash() -> None:
    raise Crashed
