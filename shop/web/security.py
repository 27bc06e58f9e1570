"""What every answer carries and what no forged request gets past.

Forged requests are told by where the browser says they come from, so pages need no token and can be cached.
"""

from urllib.parse import urlsplit

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from shop.web import words
from shop.web.manners import method
from shop.web.words import gettext as _

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
FORMS = (b"application/x-www-form-urlencoded", b"multipart/form-data")


def content_policy(form_targets: tuple[str, ...] = ()) -> str:
    """Own origin only, no inline script or style; forms may also lead to `form_targets`."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "font-src 'self'",
            "form-action " + " ".join(("'self'", *form_targets)),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def with_security_headers(app: ASGIApp, policy: str, https: bool = False) -> ASGIApp:
    """Adds the headers that an answer does not bring itself."""
    always = [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        # With no-referrer, Chromium would send `Origin: null` on our own forms.
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    ]
    if https:
        always.append((b"strict-transport-security", b"max-age=31536000"))

    async def secured(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                brought = {name for name, _ in headers}
                headers += [pair for pair in always if pair[0] not in brought]
                message["headers"] = headers
            await send(message)

        await app(scope, receive, send_with_headers)

    return secured


def refusing_forged(app: ASGIApp, origin: str, exempt: frozenset[str] = frozenset()) -> ASGIApp:
    """Lets a change through only where it comes from our own pages or from no browser at all."""
    own_host = urlsplit(origin).netloc

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if method(scope) not in CHANGES or scope["path"] in exempt:
            await app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if not _from_here(headers, own_host):
            await _refuse(send, 403)
        elif not _is_a_form(headers):
            await _refuse(send, 415)
        else:
            await app(scope, receive, send)

    return guarded


def _from_here(headers: dict[bytes, bytes], own_host: str) -> bool:
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    if origin is None:
        return True
    try:
        host = urlsplit(origin.decode("latin-1")).netloc.lower()
    except ValueError:
        return False
    return host in (own_host, headers.get(b"host", b"").decode("latin-1").lower())


def _is_a_form(headers: dict[bytes, bytes]) -> bool:
    kind = headers.get(b"content-type")
    # A form without a single field comes without a type from some clients.
    return kind is None or kind.lower().startswith(FORMS)


async def _refuse(send: Send, status: int) -> None:
    body = _refused().encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-language", words.tag().encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _refused() -> str:
    title, nothing = _("This form was sent from another site"), _("Nothing was changed.")
    way_on = _("Go to the shop")
    return (
        f"<!doctype html><html lang={words.tag()}><title>{title}</title><h1>{title}</h1>"
        f'<p>{nothing} <a href="{words.prefix()}/">{way_on}</a></p>'
    )
