"""The shop as it is served in earnest: `python -m shop run` with several processes, and Stripe's double here.

It is killed, restarted and held up by files in a folder; see shop/faultpoints.py.
"""

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx

from shop.catalogue.tables import Variant
from shop.database import run, transaction
from shop.payments import lease
from shop.payments.reconcile import run_once
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings
from tests.support import books
from tests.support.elsewhere import Elsewhere
from tests.support.goods import put_on_sale
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper
from tests.support.tally import Tally

ROOT = Path(__file__).parents[2]
EMPTIED = (
    "outbox", "log", "refund", "dispute", "payment", "attempt", "stripe_event", "lease", "line", '"order"',
    "variant", "product",
)  # fmt: skip
# A busy machine takes its time over five new processes; whoever is quicker waits for nothing.
PATIENCE = 60.0
MOMENT = 10.0
PR_SET_PDEATHSIG = 1
# What a shopper sees of a process that dies.
DROPPED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.ConnectError)
Json = dict[str, Any]
T = TypeVar("T")


class Faults:
    """Steps of the code at which a process of the shop ends or waits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def kill_at(self, step: str) -> None:
        (self.folder / f"{step}.kill").touch()

    def has_killed(self, step: str) -> bool:
        return (self.folder / f"{step}.killed").exists()

    def hold_at(self, step: str, how_many: int = 1) -> None:
        for number in range(how_many):
            (self.folder / f"{step}.{number}.hold").touch()

    def held(self, step: str) -> int:
        return len(list(self.folder.glob(f"{step}.*.held")))

    async def all_held_at(self, step: str, how_many: int = 1) -> None:
        await until(lambda: self.held(step) == how_many, f"{how_many} held at {step}, not {self.held(step)}")

    def let_go(self, step: str = "*") -> None:
        for kind in ("hold", "held"):
            for file in self.folder.glob(f"{step}.*.{kind}"):
                file.unlink()

    def forget(self) -> None:
        for file in self.folder.iterdir():
            file.unlink()


class Buyer(Shopper):
    """Ada without patience: she knows the addresses and sends what the forms would send."""

    async def open(self, address: str) -> Page:
        try:
            return await super().open(address)
        except httpx.TransportError:
            # The connection that was kept led to a process that has died; a browser asks again.
            return await super().open(address)

    async def puts_into_cart(self, variant: Variant, quantity: int = 1) -> None:
        answer = await self.post("/cart/lines", {"variant": variant.sku, "quantity": quantity})
        assert answer.status_code < 400, answer.text

    async def looks_over(self) -> dict[str, str]:
        """What the Pay button would send."""
        page = await self.open("/checkout")
        assert page.path == "/checkout", f"{self.name} is at {page.url}"
        return page.form(action="/checkout").fields() | {"email": self.email}

    async def presses_pay(self, agreed: dict[str, str] | None = None) -> httpx.Response:
        return await self.post("/checkout", agreed or await self.looks_over())

    async def begins_to_pay(self, variant: Variant, quantity: int = 1) -> str:
        """To Stripe's page; answers its session."""
        await self.puts_into_cart(variant, quantity)
        return session_of(await self.presses_pay())


def session_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, (answer.status_code, answer.text[:1000])
    _, found, session = answer.headers["location"].partition("/c/pay/")
    assert found, answer.headers["location"]
    return session.partition("#")[0]


class House:
    def __init__(
        self,
        url: str,
        sandbox: Sandbox,
        faults: Faults,
        environment: dict[str, str],
        tally: Tally,
        under: tuple[str, ...] = (),
    ) -> None:
        self.url = url
        self.sandbox = sandbox
        self.faults = faults
        self.gateway = StripeGateway(settings().stripe)
        self.had: dict[int, int] = {}
        self.people: list[Buyer] = []
        self.tally = tally
        self.environment = environment
        self._under = under
        self._told = faults.folder.parent / "told"
        self._server: subprocess.Popen[bytes] | None = None

    # The server

    async def open(self) -> None:
        with self._told.open("ab") as told:
            self._server = subprocess.Popen(  # noqa: ASYNC220  # it only begins here
                [*self._under, sys.executable, "-m", "shop", "run"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=told, stderr=told,
                start_new_session=True, preexec_fn=_end_with_tests,  # noqa: PLW1509  # no thread of ours holds a lock
            )  # fmt: skip
        await self.serves()

    async def serves(self) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=5) as client:

            async def answers() -> bool:
                try:
                    return (await client.get("/health")).status_code == 200
                except httpx.HTTPError:
                    return False

            await becomes(answers, f"the shop serves; see {self._told}")

    async def killed(self) -> None:
        """All of its processes at once, without a warning."""
        assert self._server is not None
        os.killpg(self._server.pid, signal.SIGKILL)
        await asyncio.to_thread(self._server.wait)
        await until(lambda: not self._listens(), "its port is free")

    def _listens(self) -> bool:
        port = int(self.environment["SHOP_PORT"])
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind(("127.0.0.1", port))
            except OSError:
                return True
        return False

    def kill_a_process(self, which: int) -> bool:
        """One of those that serve; False where none does just now."""
        assert self._server is not None
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text().split()
        serving = [pid for pid in children if b"--multiprocessing-fork" in _command_of(pid)]
        if serving:
            os.kill(int(serving[which % len(serving)]), signal.SIGKILL)
        return bool(serving)

    async def close(self) -> None:
        for buyer in self.people:
            await buyer.client.aclose()
        await self.gateway.close()
        if self._server is not None and self._server.poll() is None:
            await self.killed()

    # Its people and goods

    def shopper(self, name: str) -> Buyer:
        buyer = Buyer(name, self.url)
        self.people.append(buyer)
        return buyer

    async def goods(self, stock: int, **more: Any) -> Variant:
        variant = await put_on_sale(stock=stock, **more)
        self.had[variant.id] = stock
        return variant

    async def emptied(self) -> None:
        """As on its first day, while it goes on serving."""
        for buyer in self.people:
            await buyer.client.aclose()
        self.people.clear()
        self.had.clear()
        self.faults.forget()
        # What is still on its way would arrive in the next test.
        await self.control("deliveries/rules", hold=["*"])
        await self.control("deliveries/flush")
        await self.control("reset")
        async with transaction():
            for table in EMPTIED:
                await run(f"DELETE FROM {table}")
            await run("UPDATE installation SET events_read_to = NULL, stripe = NULL")
        # The shop's own reconciler would come between two steps of a test; tests call it themselves.
        await lease.take("reconcile", "the tests", timedelta(days=1))

    def elsewhere(self, *what: str) -> Elsewhere:
        """Staff or a reconciler in another process; see tests/support/elsewhere.py."""
        return Elsewhere(self.environment, *what)

    # Stripe's side

    async def control(self, address: str, **given: object) -> Any:
        response = await self.sandbox.client.post(f"/_control/{address}", json=given)
        assert response.status_code == 200, response.text
        return response.json()

    async def objects(self, kind: str) -> list[Json]:
        found: list[Json] = (await self.sandbox.client.get(f"/_control/objects/{kind}")).json()
        return found

    async def pays(self, session: str, outcome: str = "card_success", **more: object) -> Json:
        """Somebody pays on Stripe's page; answers when each event was sent once."""
        done: Json = await self.control(f"sessions/{session}/pay", outcome=outcome, **more)
        return done

    async def events_wait(self, *kinds: str) -> None:
        await self.control("deliveries/rules", hold=list(kinds) or ["*"])

    async def events_arrive(self, *kinds: str, order: str = "as_sent") -> list[Json]:
        found: list[Json] = await self.control(
            "deliveries/release", types=list(kinds) or ["*"], order=order, keep_holding=True
        )
        return found

    async def works_again(self) -> None:
        await self.sandbox.client.delete("/_control/faults")

    # The books

    async def reconcile(self, rounds: int = 2) -> None:
        for _ in range(rounds):
            await run_once(self.gateway, everything=True)

    async def books_agree(self, fault: str = "", times: int = 1, *, settled: bool = True) -> None:
        """After `fault`, which goes into the tally with what it has cost.

        An event that Stripe's double sends by itself may be on its way; a difference that stays is one.
        """
        end = time.monotonic() + MOMENT
        while lost := await books.differences(self.objects, self.had, settled=settled):
            if time.monotonic() > end:
                break
            await asyncio.sleep(0.02)
        if fault:
            self.tally.add(fault, times, len(lost))
        assert lost == [], "the books differ:\n" + "\n".join(lost)


def _end_with_tests() -> None:
    """Linux tells it to stop even where the tests are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _command_of(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


async def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    async def asked() -> bool:
        return holds()

    await becomes(asked, what, seconds)


async def becomes(wanted: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not await wanted():
        assert time.monotonic() < end, f"not within {seconds} seconds: {what}"
        await asyncio.sleep(0.01)


async def at_once(steps: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*steps))


@asynccontextmanager
async def house(
    sandbox: Sandbox, folder: Path, environment: dict[str, str], tally: Tally, under: tuple[str, ...] = ()
) -> AsyncIterator[House]:
    """`under`: a program that runs the shop and watches it."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {**os.environ, **environment, "SHOP_FAULTPOINTS": str(folder)}
    here = House(settings().url, sandbox, Faults(folder), told, tally, under)
    try:
        await here.open()
        yield here
    finally:
        await here.close()
