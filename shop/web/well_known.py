"""Files that programs ask for by names of their own: robots.txt, an icon, and what the shop is called."""

import json

from litestar import get
from litestar.datastructures import State
from litestar.response import Redirect, Response

from shop.settings import settings
from shop.web import look, words
from shop.web.assets import Assets

ROBOTS = "robots.txt"
# What is a shopper's own, and lists without an end; the pages themselves say that they are not to be found.
CLOSED = ("cart", "checkout", "orders/", "account", "search")
A_DAY = {"Cache-Control": "public, max-age=86400"}


@get("/robots.txt", sync_to_thread=False)
def robots(state: State) -> Response[bytes]:
    assets: Assets = state.assets
    return Response(assets.read(ROBOTS) or _robots().encode(), media_type="text/plain", headers=A_DAY)


@get("/favicon.ico", sync_to_thread=False)
def favicon(state: State) -> Redirect:
    assets: Assets = state.assets
    own = look.OLD_ICON if assets.read(look.OLD_ICON) else look.ICON
    return Redirect(assets.url(own), status_code=302, headers=A_DAY)


@get("/manifest.webmanifest", sync_to_thread=False)
def manifest(state: State) -> Response[bytes]:
    told = json.dumps(_manifest(state.assets)).encode()
    return Response(told, media_type="application/manifest+json", headers=A_DAY)


def _manifest(assets: Assets) -> dict[str, object]:
    icons = [{"src": assets.url(look.ICON), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": assets.url(name), "sizes": f"{size}x{size}", "type": "image/png"}
        for size, name in look.large_icons().items()
    ]
    return {
        "name": settings().name,
        "short_name": settings().name,
        "lang": words.tag(),
        "start_url": "/",
        "display": "browser",
        "background_color": look.PAPER,
        "theme_color": look.PAPER,
        "icons": icons,
    }


def _robots() -> str:
    prefixes = ["/", *(f"/{language}/" for language in list(words.languages())[1:])]
    closed = [f"Disallow: {prefix}{name}" for prefix in prefixes for name in CLOSED]
    return "\n".join(("User-agent: *", *closed, "", f"Sitemap: {settings().url}/sitemap.xml", ""))


ROUTES = [robots, favicon, manifest]
