"""`/policies/terms` and the other pages of words."""

from litestar import get
from litestar.response import Template

from shop.settings import settings
from shop.web import policies
from shop.web.cookies import AnyRequest
from shop.web.head import head
from shop.web.pages import page


@get("/policies/{name:str}")
async def policy(request: AnyRequest, name: str) -> Template:
    shown = policies.current()
    asked = shown.named(name)
    return page(
        request,
        "policies/policy.html",
        head=head(f"/policies/{asked.name}", f"{asked.title} – {settings().name}"),
        policy=asked,
        version=shown.version,
    )
