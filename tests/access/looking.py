"""A page in a browser's window: an answer that somebody has received already, and what axe finds in it."""

from http.cookies import SimpleCookie
from typing import Any

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.async_api import Page as Window
from playwright.async_api import Route

from tests.support.pages import Page

# Of itself axe leaves out WCAG 2.2's 24 pixels.
ASKED = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
OUTSIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map((one) => one.outerHTML.slice(0, 120))"""
UNKEPT = {"content-encoding", "content-length", "transfer-encoding", "set-cookie"}
AXE = Axe().axe_script


async def show(window: Window, page: Page) -> None:
    """As if the window itself had asked for it: with its status, its policy, and the cookies of who did."""
    sent = SimpleCookie(page.response.request.headers.get("cookie"))
    kept = {name: morsel.value for name, morsel in sent.items()} | dict(page.response.cookies)
    await window.context.clear_cookies()
    await window.context.add_cookies([{"name": n, "value": v, "url": page.url} for n, v in kept.items()])
    headers = {name: value for name, value in page.headers.items() if name.lower() not in UNKEPT}

    async def answer(route: Route) -> None:
        await route.fulfill(status=page.status, headers=headers, body=page.response.content)

    await window.route(page.url.partition("#")[0], answer, times=1)
    await window.goto(page.url)


async def complaints_of_axe(window: Window) -> list[str]:
    """What stands too far outside for a narrow window is told, too."""
    if not await window.evaluate("'axe' in window"):
        await window.evaluate(AXE)
    found: dict[str, Any] = await window.evaluate("(asked) => axe.run(asked)", ASKED)
    said = [
        f"{wrong['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
        for wrong in found["violations"]
        for node in wrong["nodes"]
    ]
    return said + [f"too wide: {html}" for html in await window.evaluate(OUTSIDE)]
