"""What the handlers of one sandbox share."""

from dataclasses import dataclass

from litestar import Response

from shop.sandbox.deliverer import Deliverer
from shop.sandbox.pages import Pages
from shop.sandbox.sandbox import Sandbox
from shop.sandbox.store import Store


@dataclass
class Rooms:
    sandbox: Sandbox
    deliverer: Deliverer
    pages: Pages

    @property
    def store(self) -> Store:
        return self.sandbox.store

    @property
    def now(self) -> int:
        return self.sandbox.clock.now()

    def missing(self, what: str) -> Response[str]:
        return self.pages.page("sandbox/missing.html", status=404, what=what)
