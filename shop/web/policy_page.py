"""`/policies/terms` and the other pages of words."""

from litestar import get
from litestar.response import Template

from shop.web import policies
from shop.web.cookies import AnyRequest
from shop.web.pages import page


@get("/policies/{name:str}")
async def policy(request: AnyRequest, name: str) -> Template:
    shown = policies.current()
    return page(request, "policies/policy.html", policy=shown.named(name), version=shown.version)
