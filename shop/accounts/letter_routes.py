"""Asking for a letter: with a link that signs in, for a new password, or with one's orders."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.accounts import letters
from shop.accounts.asking import PAGES, asking_page, browser, sent_page
from shop.accounts.coming_in import address
from shop.customers import brakes
from shop.web import forms
from shop.web.cookies import AnyRequest
from shop.web.forms import NO_EMAIL, form, query
from shop.web.pages import see_other, within
from shop.web.words import gettext as _


@get(list(PAGES))
async def ask_page(request: AnyRequest) -> Template:
    return asking_page(request, PAGES[request.url.path], "", query(request, "next"))


@post(list(PAGES))
async def ask(request: AnyRequest) -> Template | Redirect:
    asking, typed = PAGES[request.url.path], await form(request)
    email, next_page = typed.get("email", "").strip(), typed.get("next", "")
    known = forms.email(email)
    if known is None:
        return asking_page(request, asking, email, next_page, _(NO_EMAIL))
    here = address(request)
    wait = await brakes.press(brakes.letters_from(here)) if here else 0
    if wait:
        return asking_page(request, asking, email, next_page, brakes.sentence(wait), wait)
    asks, baked = await browser(request)
    await letters.ask(asking.kind, known, asks, within(next_page))
    return see_other("/letter-sent", baked)


@get("/letter-sent")
async def sent(request: AnyRequest) -> Template:
    return await sent_page(request)


ROUTES = [ask_page, ask, sent]
