"""People who shop without a browser: plain HTTP, cookies of their own, links followed, forms filled in."""

from collections.abc import Callable
from typing import Any

import httpx

from tests.support.pages import Form, Page

# What htmx 4 sends when it asks for a part of a page.
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "Accept": "text/html"}


class Shopper:
    """`page` is what they look at. `open`, `follow` and `submit` change it; `get` and `post` do not."""

    def __init__(self, name: str, shop_url: str) -> None:
        self.name = name
        self.email = f"{name}@example.com"
        self.password = f"{name} buys a kettle"
        self.client = httpx.AsyncClient(base_url=shop_url, timeout=20, verify=False)
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        assert self._page is not None, f"{self.name} has opened nothing yet"
        return self._page

    async def open(self, address: str) -> Page:
        """Goes there as a browser does, redirects included."""
        self._page = Page(await self.client.get(address, follow_redirects=True))
        return self.page

    async def reload(self) -> Page:
        return await self.open(self.page.url)

    async def follow(self, link: str) -> Page:
        return await self.open(self.page.link(link))

    async def submit(
        self, button: str | None = None, *, action: str | None = None, **filled_in: object
    ) -> Page:
        """Fills in the form that has this button or action, sends it and follows where it leads."""
        form = self.page.form(button, action=action)
        response = await self._send(form, button, filled_in, {})
        if response.is_redirect:
            response = await self.client.get(response.headers["location"], follow_redirects=True)
        self._page = Page(response)
        return self.page

    async def swap(
        self, button: str | None = None, *, action: str | None = None, **filled_in: object
    ) -> Page:
        """Sends the form as htmx does and returns the answer; the page stays what it was."""
        form = self.page.form(button, action=action)
        return Page(await self._send(form, button, filled_in, HTMX))

    async def get(self, address: str, **options: Any) -> httpx.Response:
        return await self.client.get(address, **options)

    async def post(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        return await self.client.post(address, data=data or {}, **options)

    async def _send(
        self, form: Form, button: str | None, filled_in: dict[str, object], headers: dict[str, str]
    ) -> httpx.Response:
        unknown = set(filled_in) - form.names()
        assert not unknown, f"the form {form.address} has no {unknown}, only {form.names()}"
        values = form.fields(button) | {name: str(value) for name, value in filled_in.items()}
        if form.method == "get":
            return await self.client.get(
                form.target(button), params=values, headers=headers, follow_redirects=True
            )
        return await self.client.post(form.target(button), data=values, headers=headers)


# What the fixture `guest` is.
Guests = Callable[[str], Shopper]
