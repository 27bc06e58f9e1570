"""A sentence that the next page says, whichever it is, and says once: a cookie names it, a minute at most."""

from litestar.datastructures import Cookie

from shop.web import cookies
from shop.web.cookies import SAID, AnyRequest
from shop.web.words import gettext, later

IN, MADE, OUT, CONFIRMED, PASSWORD, EMAIL = "in", "made", "out", "confirmed", "password", "email"
SENTENCES = {
    IN: later("You are signed in."),
    MADE: later("Your account is made, and you are signed in."),
    OUT: later("You are signed out."),
    CONFIRMED: later("Your e-mail is confirmed."),
    PASSWORD: later("The new password is kept. Every other browser has to sign in again."),
    EMAIL: later("Your e-mail is changed. Orders that you made stay in this account."),
}


def next_page_says(what: str) -> Cookie:
    return cookies.cookie(SAID, what)


def now(request: AnyRequest) -> tuple[str, list[Cookie]]:
    """What there is to say, and the cookie that has then done its work."""
    what = cookies.said(request)
    return gettext(SENTENCES.get(what, "")), [cookies.gone(SAID)] if what else []
