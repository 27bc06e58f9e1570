"""Opening a mailed link. Looking changes nothing, so that a program which reads the mail uses none up."""

from litestar import get, post
from litestar.response import Redirect, Template

from shop.accounts.coming_in import address, come_in
from shop.accounts.link_pages import over, password_page, sign_in_page
from shop.customers import by_link, mailed_links, passwords, tries
from shop.customers.mailed_links import ORDERS, PASSWORD, SIGN_IN
from shop.customers.password_rules import complaint
from shop.customers.who import Shopper
from shop.web import said
from shop.web.cookies import AnyRequest
from shop.web.forms import form
from shop.web.pages import see_other, within


@get("/sign-in/{secret:str}")
async def sign_in_link(request: AnyRequest, shopper: Shopper, secret: str) -> Template | Redirect:
    link = await mailed_links.look(request, secret, SIGN_IN, ORDERS)
    if link and link.used and link.email == shopper.email:
        return see_other(within(link.then))
    if link is None or not link.works:
        return over(request, "/sign-in/link", link)
    return await sign_in_page(request, shopper, link, secret)


@post("/sign-in/{secret:str}")
async def sign_in_by_link(request: AnyRequest, shopper: Shopper, secret: str) -> Template | Redirect:
    came = await by_link.sign_in(secret, shopper.customer)
    if came is None:
        return over(request, "/sign-in/link", await mailed_links.look(request, secret, SIGN_IN, ORDERS))
    customer, then = came
    says = said.CONFIRMED if customer == shopper.customer else said.IN
    return await come_in(request, shopper, customer, then, says=says)


@get("/password/{secret:str}")
async def password_link(request: AnyRequest, secret: str) -> Template:
    link = await mailed_links.look(request, secret, PASSWORD)
    if link is None or not link.works:
        return over(request, "/password", link)
    return password_page(request, link, secret)


@post("/password/{secret:str}")
async def choose_password(request: AnyRequest, shopper: Shopper, secret: str) -> Template | Redirect:
    password = (await form(request)).get("password", "")
    link = await mailed_links.look(request, secret, PASSWORD)
    if link is None or not link.works:
        return over(request, "/password", link)
    objection = complaint(password, link.email)
    if objection:
        return password_page(request, link, secret, objection)
    customer = await by_link.choose_password(secret, await passwords.hashed(password))
    if customer is None:
        return over(request, "/password", await mailed_links.look(request, secret, PASSWORD))
    await tries.forget(link.email, address(request))
    return await come_in(request, shopper, customer, "/account", says=said.PASSWORD)


ROUTES = [sign_in_link, sign_in_by_link, password_link, choose_password]
