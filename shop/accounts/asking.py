"""The pages that ask for a letter. What they answer never says whether an e-mail is known here."""

from dataclasses import dataclass

from litestar.datastructures import Cookie
from litestar.response import Template

from shop.customers import mailed_links
from shop.customers.mailed_links import NEW_EMAIL, ORDERS, PASSWORD, SIGN_IN
from shop.web import cookies
from shop.web.cookies import ASKED, AnyRequest
from shop.web.pages import page, within
from shop.web.words import later


@dataclass(frozen=True, slots=True)
class Asking:
    """A page with one field. `sent` is said afterwards, with the e-mail in it."""

    kind: str
    address: str
    title: str
    lead: str
    button: str
    sent: str


PAGES = {
    asking.address: asking
    for asking in (
        Asking(
            SIGN_IN,
            "/sign-in/link",
            later("Sign in by mail"),
            later(
                "We mail you a link that signs you in without a password. Where you have no account yet, it"
                " makes one; orders that you made as a guest are then in it."
            ),
            later("Mail me a link"),
            later("We have mailed a link to %(email)s. It works once, within 15 minutes."),
        ),
        Asking(
            PASSWORD,
            "/password",
            later("Forgot your password?"),
            later("We mail you a link with which you choose a new one."),
            later("Mail me a link"),
            later(
                "If there is an account for %(email)s, a link to choose a new password is on its way there."
                " It works once, within 15 minutes."
            ),
        ),
        Asking(
            ORDERS,
            "/find-orders",
            later("Find my order"),
            later(
                "Enter the e-mail that you ordered with. We mail you links to the orders of the last two"
                " years."
            ),
            later("Mail me my orders"),
            later(
                "If something was ordered with %(email)s in the last two years, a letter about it is on its"
                " way there."
            ),
        ),
    )
}

# Asked for on a page of its own, by whoever is signed in.
NEW_ADDRESS = Asking(
    NEW_EMAIL,
    "/account/email",
    later("Change your e-mail"),
    "",
    later("Mail me a link"),
    later(
        "We have mailed a link to %(email)s. Your e-mail changes when you open it in this browser, within 15"
        " minutes."
    ),
)


def asking_page(
    request: AnyRequest, asking: Asking, email: str, next_page: str, error: str | None = None, wait: int = 0
) -> Template:
    status = 200 if error is None else 429 if wait else 422
    return page(
        request,
        "accounts/asking.html",
        http_status=status,
        headers={"Retry-After": str(wait)} if wait else {},
        asking=asking,
        email=email,
        error=error,
        next=within(next_page),
    )


async def sent_page(request: AnyRequest) -> Template:
    """Tells this browser what it asked for; another one has nothing to learn here."""
    here = cookies.token(request, ASKED)
    asked = await mailed_links.asked_last(cookies.digest(here)) if here else None
    kind, email = asked or (SIGN_IN, "")
    asking = next(asking for asking in (*PAGES.values(), NEW_ADDRESS) if asking.kind == kind)
    return page(request, "accounts/sent.html", asking=asking, email=email)


async def browser(request: AnyRequest) -> tuple[str, list[Cookie]]:
    """The digest that this browser is known by, and the cookie that it keeps for it.

    A token that never asked for anything may be anybody's invention: it is not taken up.
    """
    token = cookies.token(request, ASKED)
    if token is None or await mailed_links.asked_last(cookies.digest(token)) is None:
        token = cookies.mint()
    return cookies.digest(token), [cookies.cookie(ASKED, token)]
