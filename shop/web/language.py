"""Another language at another address: `/de/cart` is `/cart` in German.

Nobody is sent to a language: it is the address that says it, so pages can be kept and passed on.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from babel import Locale
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from markupsafe import Markup

from shop.settings import settings
from shop.web import words
from shop.web.cookies import AnyRequest
from shop.web.manners import moved

# What has no language, as has whatever is called like a file: sitemap.xml.
WORDLESS = {"static", "media", "webhooks", "health"}
LEADING = {b"location", b"hx-redirect", b"hx-location", b"hx-push-url", b"hx-replace-url"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with its own name for itself, and where the page at hand is read in it."""

    code: str
    name: str
    prefix: str
    here: str
    spoken: bool

    @property
    def address(self) -> str:
        return self.prefix + self.here


def in_its_language(app: ASGIApp) -> ASGIApp:
    """`app` knows no prefix: it is taken off what is asked, and put before our addresses in the answer."""
    prefixed = {f"/{language}": locale for language, locale in words.languages().items()}
    own = next(iter(prefixed))

    async def translated(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        end = path.find("/", 1)
        prefix = path if end < 0 else path[:end]
        locale, rest = prefixed.get(prefix), path[len(prefix) :]
        if locale is None or _is_wordless(rest):
            await app(scope, receive, send)
        elif prefix == own or not rest:
            # A shop may change its own language: the letters and bookmarks of before still arrive.
            await moved(scope, send, ("" if prefix == own else prefix) + "/" + quote(rest.lstrip("/\\")))
        else:
            inner = {**scope, "path": rest, "raw_path": scope.get("raw_path", b"")[len(prefix) :]}
            with words.speaking(locale):
                await app(inner, receive, _led(send, prefix.encode(), prefixed))  # type: ignore[arg-type]  # a scope with two values changed

    return translated


def here(request: AnyRequest) -> str:
    """Where this page can be read again, without its language: what was sent is not sent once more."""
    if request.method == "GET":
        query = request.scope["query_string"].decode("latin-1")
        return quote(request.scope["path"]) + ("?" + quote(query, safe="/?:@!$&'()*+,;=%~") if query else "")
    came, ours = request.headers.get("referer", ""), settings().url + words.prefix()
    return came.removeprefix(ours) if came.startswith(ours + "/") else "/"


def tongues(here: str) -> tuple[Tongue, ...]:
    """All that the page can be read in, the shop's own first; none where there is no choice."""
    locales = words.languages()
    own, spoken = next(iter(locales)), words.locale().partition("_")[0]
    return tuple(
        Tongue(code, _name(locale), "" if code == own else f"/{code}", here, code == spoken)
        for code, locale in locales.items()
        if len(locales) > 1
    )


def goods_lang() -> Markup:
    """For what the merchant wrote, which is in the shop's own language on every page."""
    return lang_of(settings().locale)


def lang_of(locale: str) -> Markup:
    """The attribute of a text that is in another language than its page: ` lang="en"`, or nothing.

    Screen readers pronounce by it, and browsers hyphenate.
    """
    if locale.partition("_")[0] == words.locale().partition("_")[0]:
        return Markup()
    return Markup(' lang="{}"').format(locale.replace("_", "-"))


def alternates(address: str) -> tuple[tuple[str, str], ...]:
    """The whole addresses of a page in each language, for search engines; x-default is the shop's own."""
    found = tuple((each.code, settings().url + each.address) for each in tongues(address))
    return (*found, *(("x-default", whole) for _, whole in found[:1]))


def _is_wordless(rest: str) -> bool:
    first = rest[1:].partition("/")[0]
    return first in WORDLESS or "." in first


def _led(send: Send, prefix: bytes, prefixed: dict[str, str]) -> Send:
    async def send_led(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                (name, prefix + value if name.lower() in LEADING and _is_ours(value, prefixed) else value)
                for name, value in message.get("headers", [])
            ]
        await send(message)

    return send_led


def _is_ours(address: bytes, prefixed: dict[str, str]) -> bool:
    """A path, and one that says no language yet."""
    first = address.split(b"?", 1)[0].split(b"/", 2)[1:2]
    return (
        address.startswith(b"/")
        and not address.startswith(b"//")
        and "/" + first[0].decode("latin-1") not in prefixed
    )


@cache
def _name(locale: str) -> str:
    name = Locale.parse(locale).language_name or locale
    return name[0].upper() + name[1:]
